"""One source, from lease to catalogue entry: asked, judged, written down, then known."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from flows.archive.catalogue.due import State, after
from flows.archive.catalogue.journal import Journal
from flows.archive.catalogue.ledger import Ledger
from flows.archive.catalogue.rows import Known, Location, NewCapture, Stored
from flows.archive.evidence.digests import digest_of, labelled
from flows.archive.evidence.store import Store
from flows.archive.evidence.warc import Packed, Refers, pack
from flows.archive.locks import Owner
from flows.archive.network.fetching import Fetcher
from flows.archive.network.judging import Inspect
from flows.archive.network.mementos import memento_at
from flows.archive.network.probing import Prober
from flows.archive.network.wayback import Wayback
from flows.archive.outcomes import Exchange, Kind, Outcome
from flows.archive.policy import LONGEST_WAIT
from flows.archive.sourcing import COPY_DAMAGED, captured, failing, succeeded
from flows.archive.timing import Timing
from flows.records import Capture, Source, SourceStatus, Via, Wanted
from flows.settings import Settings

#: Seconds between two looks at a source that another process is fetching.
POLL_SECONDS = 0.05


class Obtainer:
    """Obtains sources and writes down what came of it.

    Args:
        settings: Limits and times.
        fetcher: Asks the network.
        ledger: Where sources and captures are entered.
        journal: Where answers of hosts about themselves are kept.
        store: Where the evidence lies.
        owner: The name under which this process leases sources.
        inspect: Says why a body is no evidence.
        timing: Time, waiting, chance.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        fetcher: Fetcher,
        ledger: Ledger,
        journal: Journal,
        store: Store,
        owner: Owner,
        inspect: Inspect | None,
        timing: Timing,
    ) -> None:
        self._settings = settings
        self._fetcher = fetcher
        self._prober = Prober(fetcher, journal, clock=timing.clock)
        self._wayback = Wayback(settings, fetcher, journal, timing)
        self._ledger = ledger
        self._store = store
        self._owner = owner
        self._inspect = inspect
        self._timing = timing
        self._writing = threading.Lock()

    def obtain(
        self, wanted: Wanted, settled: Callable[[Known], Source | None], run_id: str | None
    ) -> Source:
        """Return what became of *wanted*, which has its row in the catalogue.

        Another process that is fetching it is waited for. Once it is ours,
        *settled* says whether somebody else has found the answer meanwhile.
        """
        url = wanted.canonical_url
        while (holder := self._lease(url)) is not None:
            if self._owner.is_dead(holder):
                self._ledger.free_leases_of([holder])
            else:
                self._timing.sleep(POLL_SECONDS)
        try:
            known = self._ledger.known([url])[url]
            source = settled(known)
            if source is None:
                return self._ask(wanted, known, run_id)
        except BaseException:
            self._ledger.release(url, self._owner.name)
            raise
        self._ledger.release(url, self._owner.name)
        return source

    def _lease(self, url: str) -> str | None:
        # One try with all its redirects, and the longest wait before it.
        seconds = 6 * self._settings.timeout_seconds + LONGEST_WAIT + 60.0
        return self._ledger.lease(url, self._owner.name, now=self._timing.clock(), seconds=seconds)

    def _ask(self, wanted: Wanted, known: Known, run_id: str | None) -> Source:
        url = wanted.canonical_url

        def between(outcome: Outcome) -> None:
            self._ledger.enter_attempt(url, outcome, run_id)
            self._lease(url)

        capture = memento_at(url)
        if capture is not None:
            outcome = self._wayback.capture(capture, inspect=self._inspect, between=between)
        else:
            outcome = self._fetcher.obtain(
                url,
                # One that nobody counts as confirmed is asked for as a whole.
                headers=_validators(known.stored if known.checked_at is not None else None),
                only_at=known.stored.capture.url if known.stored is not None else None,
                inspect=self._inspect,
                between=between,
            )
            if outcome.kind is Kind.OBTAINED:
                outcome = self._prober.unmask(outcome)
        if outcome.kind is Kind.UNCHANGED and known.stored is None:
            reason = "it answered 304 Not Modified although no earlier copy was named"
            outcome = replace(outcome, kind=Kind.TRANSIENT, reason=reason)
        state = after(
            known.state,
            outcome,
            now=self._timing.clock(),
            backoff_seconds=self._settings.backoff_seconds,
            chance=self._timing.chance,
        )
        if outcome.succeeded and outcome.exchange is not None:
            return self._enter_success(known, outcome, outcome.exchange, state, run_id)
        if known.stored is None and known.archived is None and self._ledger.captures_of(url):
            # Only a capture that was withdrawn is in the catalogue and not in use.
            state = replace(state, reason=f"{state.reason}; {COPY_DAMAGED}")
        self._ledger.enter_result(url, outcome, state, run_id)
        if capture is None and known.stored is None and known.archived is None:
            self._look_elsewhere(known.wanted, outcome)
        return failing(wanted, self._ledger.known([url])[url])

    def _look_elsewhere(self, wanted: Wanted, outcome: Outcome) -> None:
        """Enter an archived copy, if the outcome allows to look for one and there is one.

        What this program refuses to fetch (robots.txt, its own limits) is not
        fetched in a roundabout way.
        """
        if not self._settings.wayback or outcome.kind is Kind.REFUSED:
            return
        hurried = outcome.kind is Kind.NO_CONNECTION
        found = self._wayback.find(wanted, inspect=self._inspect, hurried=hurried)
        exchange = found.exchange if found is not None else None
        if found is None or exchange is None:
            return
        steps = [(pack(step), step) for step in found.redirects]
        packed = pack(exchange)
        with self._writing:
            for step in steps:
                self._write(*step)
            new = self._write_capture(wanted.canonical_url, exchange, packed, found.archived_at)
            self._ledger.enter_archived(wanted.canonical_url, new)

    def _enter_success(
        self,
        known: Known,
        outcome: Outcome,
        exchange: Exchange,
        state: State,
        run_id: str | None,
    ) -> Source:
        wanted = known.wanted
        url = wanted.canonical_url
        old = known.stored
        digest = digest_of(exchange.body)
        same = old is not None and (outcome.kind is Kind.UNCHANGED or old.capture.digest == digest)
        refers = None
        if same and old is not None and _same_payload(old, outcome, exchange):
            refers = Refers(
                url=old.capture.url,
                at=old.capture.captured_at,
                payload_digest=old.payload_digest,
            )
        steps = [(pack(step), step) for step in outcome.redirects]
        packed = pack(exchange, refers=refers)
        with self._writing:
            for step in steps:
                self._write(*step)
            new = self._write_capture(url, exchange, packed, outcome.archived_at)
            unchanged = (old.id, new) if same and old is not None else None
            self._ledger.enter_result(
                url, outcome, state, run_id, new=None if same else new, unchanged=unchanged
            )
        current = self._ledger.known([url])[url]
        stored = current.stored
        if stored is None:
            raise RuntimeError(f"{url}: a capture was entered and is not there")
        if outcome.archived_at is not None:
            return captured(wanted, stored, attempts=current.attempts)
        status = SourceStatus.REVALIDATED if same else SourceStatus.FETCHED
        return succeeded(wanted, status, stored, attempts=current.attempts, via=Via.NETWORK)

    def _write_capture(
        self, canonical_url: str, exchange: Exchange, packed: Packed, archived_at: datetime | None
    ) -> NewCapture:
        """Write the records of *exchange*; return what to enter."""
        location, file_length = self._write(packed, exchange)
        capture = Capture(
            canonical_url=canonical_url,
            url=exchange.url,
            digest=digest_of(exchange.body),
            captured_at=archived_at or exchange.at,
            http_status=exchange.status,
            content_type=exchange.content_type,
            size=len(exchange.body),
            via=Via.WAYBACK if archived_at is not None else Via.NETWORK,
        )
        return NewCapture(
            capture=capture,
            location=location,
            record_id=packed.record_id,
            payload_digest=packed.payload_digest,
            file_length=file_length,
            etag=exchange.header("etag"),
            last_modified=exchange.header("last-modified"),
        )

    def _write(self, packed: Packed, exchange: Exchange) -> tuple[Location, int]:
        file, offset, file_length = self._store.append(packed.data, exchange.at)
        return Location(file=file, offset=offset, length=packed.length), file_length


def _same_payload(old: Stored, outcome: Outcome, exchange: Exchange) -> bool:
    """Return whether a revisit record may stand for the body of *exchange*.

    The same page sent in other chunks or another coding has another payload
    digest, and WARC's identical-payload-digest profile would be untrue of it.
    """
    if outcome.kind is Kind.UNCHANGED:
        return True
    return old.payload_digest == labelled(exchange.wire_body)


def _validators(stored: Stored | None) -> dict[str, str] | None:
    """Return the headers that ask whether *stored* still holds (RFC 9110 §13.1)."""
    if stored is None:
        return None
    headers = {}
    if stored.etag:
        headers["If-None-Match"] = stored.etag
    if stored.last_modified:
        headers["If-Modified-Since"] = stored.last_modified
    return headers or None
