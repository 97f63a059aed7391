"""The archive as the rest of the program sees it: sources in, captures out, nothing lost."""

import random
import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from flows.archive.catalogue.due import may_ask, transient_wait
from flows.archive.catalogue.journal import Journal
from flows.archive.catalogue.ledger import Ledger
from flows.archive.catalogue.rows import Known
from flows.archive.crews import side_by_side
from flows.archive.evidence.digests import digest_of
from flows.archive.holdings import Holdings
from flows.archive.network.guard import is_public
from flows.archive.network.judging import Inspect
from flows.archive.network.mementos import memento_at
from flows.archive.premises import Premises
from flows.archive.sourcing import now_obtained, without_request
from flows.archive.timing import Timing
from flows.archive.trusting import Trust
from flows.errors import DamagedCaptureError
from flows.records import Capture, Failure, Source, SourceStatus, Wanted
from flows.settings import Settings

#: Statuses of sources that nothing is wrong with.
OBTAINED = frozenset({SourceStatus.FETCHED, SourceStatus.REVALIDATED, SourceStatus.CACHED})

#: Workers per host besides those that ask it.
WRITING = 2


class _ClosedError(Exception):
    """The archive was closed while somebody waited in it."""


class Archive:
    """Obtains sources politely and keeps them as evidence; a context manager.

    Nothing is made on disk before something has to be written: asking an
    empty cache for its failures leaves it empty.

    Args:
        settings: Where the cache is, limits, politeness.
        inspect: ``inspect(body, url=…, content_type=…)`` says in a sentence
            why a body is no evidence, or ``None``.
        clock: The time now, in UTC.
        sleep: Waits so many seconds; by default it ends early on ``close``.
        rng: Source of chance for waits.
        permits: Which addresses may be connected to without a proxy.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        inspect: Inspect | None = None,
        clock: Callable[[], datetime] | None = None,
        sleep: Callable[[float], None] | None = None,
        rng: random.Random | None = None,
        permits: Callable[[str], bool] = is_public,
    ) -> None:
        self._settings = settings
        self._clock = clock or _utc_now
        self._closing = threading.Event()
        # Not for secrets: it spreads waits.
        self._chance = (rng or random.Random()).random  # noqa: S311
        timing = Timing(clock=self._clock, sleep=sleep or self._sleep, chance=self._chance)
        self._premises = Premises(settings, timing=timing, inspect=inspect, permits=permits)
        self._trust = Trust(self._premises, self._clock)
        #: What is kept, as a whole: counted, hashed again, carried out and in.
        self.holdings = Holdings(settings, self._premises, inspect=inspect, clock=self._clock)
        self._run_id: str | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give everything back; what is written stays."""
        self._closing.set()
        self._premises.close()

    # ── sources ──────────────────────────────────────────────────────────────

    def obtain(
        self,
        wanted: Sequence[Wanted],
        *,
        again: Collection[str] = (),
        every: bool = False,
        scheduled: bool = False,
        progress: Callable[[Source], None] | None = None,
    ) -> list[Source]:
        """Return what became of each of *wanted*, in the same order.

        What cannot be obtained is a finding: it never raises for a source.

        Args:
            wanted: What the run needs; an address may occur more than once.
            again: Canonical addresses asked for even if nothing is due, and even
                if their host had asked for a pause.
            every: Ask for all of them like that.
            scheduled: Nobody is waiting: what is gone is asked for seldom.
            progress: Told of each source once it is settled, in this thread.

        Raises:
            StoreError: the cache cannot be read or written.
        """
        urls = {item.canonical_url: item for item in reversed(wanted)}
        anew = set(urls) if every else set(again)

        def look(item: Wanted, known: Known | None, *, force: bool) -> Source | None:
            return without_request(
                item,
                known,
                now=self._clock(),
                fresh=timedelta(days=self._settings.fresh_days),
                offline=self._settings.offline,
                wayback=self._settings.wayback,
                again=force,
                scheduled=scheduled,
            )

        ledger = self._reading_ledger()
        known = self._trust.sound(ledger.known(urls)) if ledger is not None else {}
        found: dict[str, Source] = {}
        missing = []
        for url, item in urls.items():
            source = look(item, known.get(url), force=url in anew)
            if source is None:
                missing.append(item)
                continue
            found[url] = source
            if progress is not None:
                progress(source)

        def settled(item: Wanted, current: Known) -> Source | None:
            # What another process asked for since is new enough, even for "again".
            earlier = known.get(item.canonical_url)
            asked = current.attempts != (earlier.attempts if earlier is not None else 0)
            return look(item, current, force=item.canonical_url in anew and not asked)

        for item in missing:
            if item.canonical_url in anew and not self._is_due(known.get(item.canonical_url)):
                self._premises.pace.release(_host_of(item.canonical_url))
        for source in self._fetch(missing, settled):
            found[source.canonical_url] = source
            if progress is not None:
                progress(source)
        return [found[item.canonical_url] for item in wanted]

    def body(self, capture: Capture) -> bytes:
        """Return the decoded body of *capture*, which has the digest that it says.

        Raises:
            DamagedCaptureError: it is not in the store, or not with that digest.
            StoreError: the store or the catalogue cannot be read at all.
        """
        from flows.archive.evidence.reading import read_exchange  # noqa: PLC0415  warcio is slow to import

        problem = "it is not in the catalogue"
        for location in self._premises.ledger.locations(capture.digest):
            try:
                body = read_exchange(self._premises.store.read(location)).body
            except DamagedCaptureError as error:
                problem = str(error)
                continue
            if digest_of(body) == capture.digest:
                return body
            problem = f"{location.file}: the bytes at {location.offset} have another digest"
        raise DamagedCaptureError(problem)

    def recovered(self, sources: Sequence[Source]) -> list[Source]:
        """Return those of *sources* that failed, or came in part, and are obtained since."""
        failed = {
            source.canonical_url: source
            for source in sources
            if source.status not in OBTAINED or source.next_attempt_at is not None
        }
        ledger = self._reading_ledger() if failed else None
        known = ledger.known(failed) if ledger is not None else {}
        return [
            obtained
            for url, source in failed.items()
            if (obtained := now_obtained(source, known.get(url))) is not None
        ]

    def require(self, capture: Capture) -> None:
        """Fail unless the files of the store are as long as the record of *capture* needs.

        Raises:
            DamagedCaptureError: the record is not there in full.
            StoreError: the store cannot be looked at.
        """
        self._trust.require(capture)

    def distrust(self, source: Source, problem: str) -> Source:
        """Return *source* as it is without its capture, which cannot be read for *problem*.

        It counts as failed, and is due at once. The capture stays in the
        catalogue and its record in the store, for ``check`` to name.
        """
        return self._trust.distrust(source, problem)

    def want_again(self, source: Source, reason: str) -> Source:
        """Return *source*, whose capture is not the whole of it, as one to be asked for again.

        The capture is used meanwhile. The wait grows with every request made
        for the source, as a site may never send the rest.
        """
        if source.capture is None:
            return source
        wait = transient_wait(
            max(1, source.attempts),
            backoff_seconds=self._settings.backoff_seconds,
            chance=self._chance,
        )
        due = self._clock() + wait
        self._premises.ledger.want_again(source.capture, reason, due=due)
        return replace(source, reason=reason, next_attempt_at=due)

    def latest(self, canonical_url: str) -> Capture | None:
        """Return the capture in use for a source: the original's, or else an archived one."""
        ledger = self._reading_ledger()
        return ledger.latest(canonical_url) if ledger is not None else None

    def failures(self) -> list[Failure]:
        """Return every source that could not be obtained so far."""
        ledger = self._reading_ledger()
        return ledger.failures() if ledger is not None else []

    def due(self, *, every: bool = False, scheduled: bool = False) -> list[Wanted]:
        """Return the failed sources whose next try is due (*every*: all failed ones)."""
        ledger = self._reading_ledger()
        if ledger is None:
            return []
        due = ledger.due(now=self._clock(), every=every, scheduled=scheduled)
        if self._settings.wayback:
            return due
        return [wanted for wanted in due if memento_at(wanted.canonical_url) is None]

    # ── runs, posts, texts ───────────────────────────────────────────────────

    def begin_run(self, run_id: str, flow: str, started_at: datetime) -> None:
        """Enter a run that begins; unfinished runs of dead processes are marked abandoned."""
        journal, owner = self._premises.journal, self._premises.owner
        journal.abandon_runs(owner.is_dead, started_at)
        journal.begin_run(run_id, flow, started_at, owner.name)
        self._run_id = run_id

    def finish_run(self, run_id: str, outcome: str, finished_at: datetime) -> None:
        """Enter how a run ended."""
        self._premises.journal.finish_run(run_id, outcome, finished_at)

    def remember_posts(
        self, run_id: str, posts: Sequence[tuple[str, bytes, Sequence[str]]]
    ) -> None:
        """Keep posts (key, opaque JSON, canonical addresses), each in place of its older form."""
        self._premises.journal.remember_posts(run_id, posts)

    def posts_citing(self, urls: Collection[str]) -> list[tuple[str, bytes]]:
        """Return the kept posts (key, JSON) that cite any of *urls*, in order of their keys."""
        database = self._premises.existing
        return Journal(database).posts_citing(urls) if database is not None else []

    def keep_text(self, digest: str, extractor: str, url: str, payload: bytes) -> None:
        """Keep what *extractor* read from the body with *digest*; an empty payload is not kept."""
        self._premises.journal.keep_text(digest, extractor, url, payload)

    def text(self, digest: str, extractor: str, url: str) -> bytes | None:
        """Return what was kept, or ``None``."""
        database = self._premises.existing
        return Journal(database).text(digest, extractor, url) if database is not None else None

    # ── within ───────────────────────────────────────────────────────────────

    def _fetch(
        self, wanted: Sequence[Wanted], settled: Callable[[Wanted, Known], Source | None]
    ) -> Iterator[Source]:
        """Yield each of *wanted* as it is settled; hosts in parallel, each at its own pace."""
        if not wanted:
            return
        self._closing.clear()
        self._premises.ledger.want(wanted)
        obtainer = self._premises.obtainer

        def work(item: Wanted) -> Source:
            return obtainer.obtain(item, partial(settled, item), self._run_id)

        yield from side_by_side(
            wanted,
            work,
            host=lambda item: _host_of(item.canonical_url),
            # More than may ask at once: while some wait for their turn, others
            # write down what they got.
            per_host=self._settings.connections + WRITING,
            hurry=self._closing.set,
        )

    def _is_due(self, known: Known | None) -> bool:
        return known is None or may_ask(known.state, now=self._clock(), scheduled=False)

    def _sleep(self, seconds: float) -> None:
        if self._closing.wait(seconds):
            # Nobody waits for the answer any more: it is not asked for early.
            raise _ClosedError

    def _reading_ledger(self) -> Ledger | None:
        database = self._premises.existing
        return Ledger(database) if database is not None else None


def _host_of(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _utc_now() -> datetime:
    return datetime.now(UTC)
