"""What is known of a source that could not be obtained, and when to ask again.

Pure transitions: ``after`` takes the state, what happened and the time, and
returns the next state. Runs and processes may come and go between two steps.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from flows.archive.outcomes import Kind, Outcome
from flows.archive.policy import LONGEST_RETRY_AFTER
from flows.records import SourceStatus

#: The first due time after a transient failure, in units of the first wait
#: within a run: about a minute by default.
FIRST_DUE = 60.0

#: By how much the wait grows with every further failed run.
GROWTH = 4.0

#: No transient failure waits longer than this, unless the site asks for more.
LONGEST = timedelta(days=1)

#: A definite answer counts again only after this time, and is asked for again
#: by itself only after this time.
APART = timedelta(days=3)

#: A due time further ahead than this was reckoned by a clock that was wrong:
#: neither the rules above nor the longest Retry-After lead so far.
FURTHEST = timedelta(seconds=LONGEST_RETRY_AFTER) + LONGEST

#: After so many definite answers, ``APART`` each, nobody asks by himself.
ENOUGH = 3

_STATUS = {
    Kind.GONE: SourceStatus.GONE,
    Kind.BLOCKED: SourceStatus.REFUSED,
    Kind.REFUSED: SourceStatus.REFUSED,
    Kind.UNUSABLE: SourceStatus.UNUSABLE,
    Kind.TRANSIENT: SourceStatus.FAILED,
    Kind.NO_CONNECTION: SourceStatus.FAILED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What the catalogue knows about the failures of one source.

    ``status`` is ``None`` when nothing is wrong. ``failures`` counts the runs
    in a row that ended in a transient failure; ``definite`` counts definite
    answers at least ``APART`` each since the last success, whatever came
    between; ``definite_at`` is the last one counted.
    """

    status: SourceStatus | None = None
    reason: str | None = None
    http_status: int | None = None
    failures: int = 0
    definite: int = 0
    definite_at: datetime | None = None
    next_attempt_at: datetime | None = None


def after(
    state: State,
    outcome: Outcome,
    *,
    now: datetime,
    backoff_seconds: float,
    chance: Callable[[], float],
) -> State:
    """Return the state after *outcome*, reached at *now*.

    Success clears everything: that is recovery. A transient failure is due
    again after a time that grows with every failed run, is capped, is drawn
    from its upper half so that sources do not all come due together, and is
    never earlier than the site's Retry-After; where that kept anybody from
    asking at all, it is due as soon as the site may be asked. A definite answer (gone,
    blocked, refused, unusable) is due after ``APART``, and after ``ENOUGH``
    such answers never.
    """
    if outcome.succeeded:
        return State()
    status = _STATUS[outcome.kind]
    if outcome.transient:
        wait = transient_wait(state.failures + 1, backoff_seconds=backoff_seconds, chance=chance)
        asked = timedelta(seconds=outcome.retry_after or 0.0)
        return State(
            status=status,
            reason=outcome.reason,
            http_status=outcome.http_status,
            failures=state.failures + (not outcome.held),
            definite=state.definite,
            definite_at=state.definite_at,
            next_attempt_at=now + (asked if outcome.held else max(wait, asked)),
        )
    counted = state.definite_at is None or abs(now - state.definite_at) >= APART
    definite = state.definite + counted
    definite_at = now if counted else state.definite_at
    return State(
        status=status,
        reason=outcome.reason,
        http_status=outcome.http_status,
        definite=definite,
        definite_at=definite_at,
        next_attempt_at=(definite_at or now) + APART if definite < ENOUGH else None,
    )


def transient_wait(
    failures: int, *, backoff_seconds: float, chance: Callable[[], float]
) -> timedelta:
    """Return how long to leave a source alone after so many failed runs in a row.

    >>> [transient_wait(n, backoff_seconds=1, chance=lambda: 1.0).total_seconds()
    ...  for n in (1, 2, 3, 9)]
    [60.0, 240.0, 960.0, 86400.0]
    """
    longest = LONGEST.total_seconds()
    bound = min(longest, FIRST_DUE * backoff_seconds * GROWTH ** min(failures - 1, 16))
    return timedelta(seconds=bound * (0.5 + 0.5 * chance()))


def has_come(due: datetime, now: datetime) -> bool:
    """Return whether the time *due* has come, or was reckoned by a clock that was wrong."""
    return due <= now or due > now + FURTHEST


def may_ask(state: State, *, now: datetime, scheduled: bool) -> bool:
    """Return whether a verify run may ask for the source at *now*.

    Nobody asks before the due time. After ``ENOUGH`` definite answers only a
    person does (*scheduled* is false), and still not within ``APART``.
    """
    if state.status is None:
        return True
    if state.next_attempt_at is not None:
        return has_come(state.next_attempt_at, now)
    settled = state.definite_at is None or abs(now - state.definite_at) >= APART
    return settled and not scheduled


def is_due(state: State, *, now: datetime, every: bool, scheduled: bool) -> bool:
    """Return whether a refetch at *now* takes the source.

    Transient failures when their time has come; definite answers only when a
    scheduled run comes by after their time, or when *every* failure is wanted.
    """
    if state.status is None:
        return False
    if every:
        return True
    if state.next_attempt_at is None or not has_come(state.next_attempt_at, now):
        return False
    return scheduled or state.status is SourceStatus.FAILED
