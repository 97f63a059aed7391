"""The Wayback Machine, asked for a capture that a post names, or when an original is missing.

Instead of a missing original, the capture nearest before the time of the post
is what its author may have seen; only if there is none, the nearest after it.
The failures of the Wayback Machine are its own, never those of the original.
"""

import re
import threading
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import quote

import orjson

from flows.archive.catalogue.due import has_come, transient_wait
from flows.archive.catalogue.journal import Journal, Lookup
from flows.archive.network.fetching import Fetcher
from flows.archive.network.guard import WAYBACK_HOST, refusal
from flows.archive.network.judging import Inspect, is_home
from flows.archive.network.mementos import Memento, made_at, memento_at, stamp
from flows.archive.network.surt import same_page
from flows.archive.outcomes import Kind, Outcome
from flows.archive.timing import Timing
from flows.records import Wanted
from flows.settings import Settings

#: Captures tried for one source: the nearest may itself be a wall.
MOST_CAPTURES = 3

#: Captures listed around the wanted time.
MOST_LISTED = 50

#: When to ask again for a source of which there is no capture.
NOTHING_THERE = timedelta(days=7)

#: After it failed, a run leaves it alone for so long: originals matter more.
RESTING = timedelta(minutes=5)

#: Tries per request. This is a second way to a source, not worth a long wait.
TRIES = 2


def nearest(rows: Iterable[tuple[str, str]], wanted: str) -> list[tuple[str, str]]:
    """Return captures (time, original address) in the order in which to try them.

    Those up to *wanted* come first, the latest before the others; then those
    after it, the earliest first. Times have 14 digits.

    >>> nearest([("20190101000000", "a"), ("20210101000000", "c"), ("20200101000000", "b")],
    ...         "20200601000000")
    [('20200101000000', 'b'), ('20190101000000', 'a'), ('20210101000000', 'c')]
    """
    found = sorted(set(rows))
    before = [row for row in found if row[0] <= wanted]
    return [*reversed(before), *found[len(before) :]]


def read_listing(body: bytes) -> list[tuple[str, str]]:
    """Return (time, original address) of the captures of real pages in a CDX answer.

    Raises:
        ValueError: the answer is not what the index answers.
    """
    rows = orjson.loads(body or b"[]")
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise ValueError("not a list of rows")
    if not rows:
        return []
    columns = {name: number for number, name in enumerate(rows[0])}
    at, original, status = (columns.get(n) for n in ("timestamp", "original", "statuscode"))
    if at is None or original is None:
        raise ValueError("not the columns asked for")
    listed = []
    for row in rows[1:]:
        good = status is None or str(row[status]) == "200"
        if good and re.fullmatch(r"[0-9]{14}", str(row[at])):
            listed.append((str(row[at]), str(row[original])))
    return listed


class Wayback:
    """Finds archived copies.

    Args:
        settings: The hosts whose archived pages may be used.
        fetcher: Asks the network.
        journal: Remembers what was found, and when to ask again.
        timing: Time, waiting, chance.
    """

    def __init__(
        self, settings: Settings, fetcher: Fetcher, journal: Journal, timing: Timing
    ) -> None:
        self._settings = settings
        self._fetcher = fetcher
        self._journal = journal
        self._timing = timing
        self._one_at_a_time = threading.Lock()
        self._resting_until: datetime | None = None

    def capture(
        self, named: Memento, *, inspect: Inspect | None, between: Callable[[Outcome], None]
    ) -> Outcome:
        """Return what came of asking for the very capture *named*, or the one nearest to it.

        Args:
            named: The capture.
            inspect: Says why a body is no evidence.
            between: Told of every try that is followed by another.
        """
        with self._one_at_a_time:
            now = self._timing.clock()
            if self._resting_until is not None and now < self._resting_until:
                return Outcome(
                    kind=Kind.TRANSIENT,
                    reason="the Wayback Machine failed a moment ago",
                    at=now,
                    retry_after=(self._resting_until - now).total_seconds(),
                    asked=False,
                )

            inspect = _of_page(named.original, inspect)
            found = self._memento(
                named,
                lambda url: self._fetcher.obtain(
                    url, by_robots=False, inspect=inspect, between=between
                ),
            )
            if found.transient:
                self._resting_until = now + RESTING
            if found.kind is Kind.GONE:
                return replace(found, reason="the Wayback Machine has no capture of the page")
            return found

    def find(
        self, wanted: Wanted, *, inspect: Inspect | None, hurried: bool = False
    ) -> Outcome | None:
        """Return an archived copy of *wanted*, or ``None`` if none is known or none can be had.

        A source of which there was none is not asked for again for a week; a
        failure of the Wayback Machine has a due time of its own.

        Args:
            wanted: The source, with the time or the very capture that a post names.
            inspect: Says why a body is no evidence.
            hurried: One try only; there may be no network at all.
        """
        with self._one_at_a_time:
            now = self._timing.clock()
            if self._resting_until is not None and now < self._resting_until:
                return None
            return self._find(wanted, inspect, now, tries=1 if hurried else TRIES)

    def _find(
        self, wanted: Wanted, inspect: Inspect | None, now: datetime, *, tries: int
    ) -> Outcome | None:
        url = wanted.canonical_url
        earlier = self._journal.lookup(url)
        due = earlier.next_attempt_at if earlier is not None else None
        if due is not None and not has_come(due, now):
            return None
        inspect = _of_page(url, inspect)
        found = self._search(wanted, lambda address: self._get(address, inspect, tries))
        if found.archived_at is not None:
            return found
        if found.transient:
            self._resting_until = now + RESTING
        failures = (earlier.failures if earlier is not None else 0) + 1 if found.transient else 0
        wait = (
            transient_wait(
                failures,
                backoff_seconds=self._settings.backoff_seconds,
                chance=self._timing.chance,
            )
            if found.transient
            else NOTHING_THERE
        )
        self._journal.keep_lookup(
            url,
            Lookup(
                asked_at=now,
                reason=found.reason,
                failures=failures,
                next_attempt_at=now + max(wait, timedelta(seconds=found.retry_after or 0.0)),
            ),
        )
        return None

    def _search(self, wanted: Wanted, get: Callable[[str], Outcome]) -> Outcome:
        """Return the first usable copy, or the outcome that ended the search."""
        if wanted.capture_wanted is not None:
            found = self._memento(Memento(wanted.capture_wanted, wanted.canonical_url), get)
            if found.succeeded or found.transient:
                return found
        near = wanted.capture_wanted or stamp(wanted.cited_at or self._timing.clock())
        listing = get(_listing_url(wanted.canonical_url, near))
        if listing.exchange is None:
            return listing
        try:
            rows = read_listing(listing.exchange.body)
        except ValueError as error:
            reason = f"the index of the Wayback Machine cannot be read: {error}"
            return replace(listing, kind=Kind.TRANSIENT, reason=reason)
        last = replace(listing, kind=Kind.GONE, reason="the Wayback Machine has no copy")
        rows = [row for row in rows if same_page(row[1], wanted.canonical_url)]
        for row in nearest(rows, near)[:MOST_CAPTURES]:
            found = self._memento(Memento(*row), get)
            if found.succeeded or found.transient:
                return found
            last = found
        return last

    def _memento(self, asked: Memento, get: Callable[[str], Outcome]) -> Outcome:
        why = refusal(asked.original, self._settings.hosts)
        if why is not None:
            reason = f"an archived copy of another site: {why}"
            return Outcome(kind=Kind.REFUSED, reason=reason, at=self._timing.clock())
        outcome = get(asked.url)
        exchange = outcome.exchange
        if exchange is None or outcome.kind is not Kind.OBTAINED:
            return outcome
        made = exchange.header("memento-datetime")
        if made is None:
            reason = "the Wayback Machine answered with a page of its own, not with a capture"
            return replace(outcome, kind=Kind.TRANSIENT, reason=reason, exchange=None)
        got = memento_at(exchange.url)
        why = "not an archived copy" if got is None else refusal(got.original, self._settings.hosts)
        if (
            why is None
            and got is not None
            and is_home(got.original)
            and not is_home(asked.original)
        ):
            why = "the archived answer was a redirect to the home page"
        if why is not None or got is None:
            return replace(outcome, kind=Kind.UNUSABLE, reason=str(why))
        archived_at = made_at(got, made)
        if archived_at is None:
            reason = "the archived copy does not say when it was made"
            return replace(outcome, kind=Kind.UNUSABLE, reason=reason)
        return replace(outcome, archived_at=archived_at)

    def _get(self, url: str, inspect: Inspect | None, tries: int) -> Outcome:
        listing = "/cdx/" in url
        return self._fetcher.obtain(
            url, by_robots=False, inspect=None if listing else inspect, tries=tries
        )


def _of_page(url: str, inspect: Inspect | None) -> Inspect | None:
    """Return *inspect*, told that a body is that of the page *url*, wherever it came from."""
    if inspect is None:
        return None
    return lambda body, *, content_type, **_: inspect(body, url=url, content_type=content_type)


def _listing_url(url: str, near: str) -> str:
    return (
        f"https://{WAYBACK_HOST}/cdx/search/cdx?url={quote(url, safe='')}"
        f"&closest={near}&sort=closest&limit={MOST_LISTED}&output=json"
        "&fl=timestamp,original,statuscode&filter=statuscode:200"
    )
