"""From what the catalogue knows to what a run is told: pure rules, no request made."""

from dataclasses import replace
from datetime import datetime, timedelta

from flows.archive.catalogue.due import State, may_ask
from flows.archive.catalogue.rows import Known, Stored
from flows.archive.network.mementos import memento_at, stamp
from flows.records import Source, SourceStatus, Via, Wanted

NO_COPY_OFFLINE = "no request was made (offline), and the cache holds no copy"
COPY_DAMAGED = "the stored copy is damaged: see cache check"
NO_WAYBACK = "the Wayback Machine is not asked (NSARCHIVE_WAYBACK), and the cache holds no copy"


def without_request(
    wanted: Wanted,
    known: Known | None,
    *,
    now: datetime,
    fresh: timedelta,
    offline: bool,
    wayback: bool,
    again: bool,
    scheduled: bool,
) -> Source | None:
    """Return the source as the cache has it, or ``None`` if it has to be asked for.

    A capture younger than *fresh* is used as it is, and one that the Wayback
    Machine made (asked only if *wayback* says so) for ever; a source whose next
    try is not due yet is reported with its true state; *again* overrides both.
    """
    if offline:
        return _offline(wanted, known, now=now, fresh=fresh)
    if not wayback and memento_at(wanted.canonical_url) is not None:
        held = _cached(wanted, known) if known is not None else None
        return held or _unasked(wanted, SourceStatus.REFUSED, NO_WAYBACK)
    if again or known is None:
        return None
    if known.state.status is None:
        return _cached(wanted, known) if _is_fresh(known, now, fresh) else None
    if may_ask(known.state, now=now, scheduled=scheduled):
        return None
    return failing(wanted, known)


def failing(wanted: Wanted, known: Known) -> Source:
    """Return a source whose last try failed, with the best copy there is.

    One that is wanted again because its page was not sent whole did not fail to
    be obtained: its copy is as new as any.
    """
    state = known.state
    if known.stored is not None and state.status is SourceStatus.FAILED and not state.failures:
        held = _cached(wanted, known)
        if held is not None:
            return replace(held, reason=state.reason, next_attempt_at=state.next_attempt_at)
    source = Source(
        url=wanted.url,
        canonical_url=wanted.canonical_url,
        kind=wanted.kind,
        status=state.status or SourceStatus.FAILED,
        attempts=known.attempts,
        http_status=state.http_status,
        reason=state.reason,
        next_attempt_at=state.next_attempt_at,
    )
    return with_copy(source, known)


def with_copy(source: Source, known: Known) -> Source:
    """Return *source*, which failed, with an older or archived capture if there is one."""
    if known.stored is not None:
        return _with(source, SourceStatus.STALE, known.stored, "the copy of {} is used instead")
    if known.archived is not None:
        said = "the Wayback Machine's capture of {} is used instead"
        return _with(source, SourceStatus.ARCHIVED, known.archived, said)
    return source


def _unasked(wanted: Wanted, status: SourceStatus, reason: str) -> Source:
    """Return a source that nobody was asked for."""
    return Source(
        url=wanted.url,
        canonical_url=wanted.canonical_url,
        kind=wanted.kind,
        status=status,
        reason=reason,
    )


def succeeded(
    wanted: Wanted, status: SourceStatus, stored: Stored, *, attempts: int, via: Via
) -> Source:
    """Return a source that this run obtained or found unchanged."""
    return Source(
        url=wanted.url,
        canonical_url=wanted.canonical_url,
        kind=wanted.kind,
        status=status,
        attempts=attempts,
        http_status=stored.capture.http_status,
        via=via,
        capture=stored.capture,
    )


def captured(wanted: Wanted, stored: Stored, *, attempts: int) -> Source:
    """Return a source that is itself a capture of the Wayback Machine.

    The machine answers with the nearest capture when there is none of the very
    time asked for; that it did is said.
    """
    via = Via.IMPORT if stored.capture.via is Via.IMPORT else Via.WAYBACK
    source = succeeded(wanted, SourceStatus.ARCHIVED, stored, attempts=attempts, via=via)
    asked, made = memento_at(wanted.canonical_url), stored.capture.captured_at
    if asked is None or asked.at == stamp(made):
        return source
    reason = f"of the time named there is no capture; the nearest is of {made:%Y-%m-%d %H:%M:%S}"
    return replace(source, reason=reason)


def now_obtained(source: Source, known: Known | None) -> Source | None:
    """Return *source*, which failed, as the cache has it if nothing is wrong with it any more.

    A copy that was used in its stead all along is no news.
    """
    if known is None or known.stored is None or known.state.status is not None:
        return None
    if source.capture is not None and source.capture.digest == known.stored.capture.digest:
        return None
    wanted = Wanted(canonical_url=source.canonical_url, url=source.url, kind=source.kind)
    return _cached(wanted, known)


def _is_fresh(known: Known, now: datetime, fresh: timedelta) -> bool:
    if known.stored is not None and memento_at(known.wanted.canonical_url) is not None:
        return True
    checked = known.checked_at
    # A time that far ahead was told by a clock that was wrong.
    return known.stored is not None and checked is not None and abs(now - checked) < fresh


def _cached(wanted: Wanted, known: Known) -> Source | None:
    if known.stored is None:
        return None
    if memento_at(wanted.canonical_url) is not None:
        return captured(wanted, known.stored, attempts=known.attempts)
    via = Via.IMPORT if known.stored.capture.via is Via.IMPORT else Via.CACHE
    return succeeded(wanted, SourceStatus.CACHED, known.stored, attempts=known.attempts, via=via)


def _offline(wanted: Wanted, known: Known | None, *, now: datetime, fresh: timedelta) -> Source:
    if known is not None and known.state.status is not None:
        return failing(wanted, known)
    if known is not None and known.stored is not None:
        source = _cached(wanted, known)
        if source is not None and not _is_fresh(known, now, fresh):
            old = f"no request was made (offline); the copy of {known.stored.capture.captured_at:%Y-%m-%d} is older than wanted"
            source = replace(source, status=SourceStatus.STALE, reason=old)
        if source is not None:
            return source
    if known is None:
        return _unasked(wanted, SourceStatus.FAILED, NO_COPY_OFFLINE)
    return failing(
        wanted, replace(known, state=State(status=SourceStatus.FAILED, reason=NO_COPY_OFFLINE))
    )


def _with(source: Source, status: SourceStatus, stored: Stored, said: str) -> Source:
    capture = stored.capture
    copy = said.format(f"{capture.captured_at:%Y-%m-%d}")
    via = Via.WAYBACK if status is SourceStatus.ARCHIVED else Via.CACHE
    reason = f"{source.reason}; {copy}" if source.reason else copy
    return replace(source, status=status, via=via, capture=capture, reason=reason)
