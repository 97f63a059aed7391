"""When to try again within one run: pure values, no clock, no sleep, no chance of their own.

RFC 9110 §10.2.3 for Retry-After, §5.6.7 for the three date forms.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from flows.archive.outcomes import Kind, Outcome

#: Longest wait between two tries of one run, in seconds. A site that asks for
#: more is left to a later run: nothing is gained by a worker that sits still.
LONGEST_WAIT = 60.0

#: Seconds after which a run gives up on one source, waits included.
TOTAL_SECONDS = 300.0

#: How much shorter the waits are while the host is not even reached: nobody is
#: burdened by the tries, and a network that is down is not back in seconds; the
#: source is due again in a minute anyway.
UNREACHED = 0.1

#: Longest Retry-After that is believed, in seconds; a week.
LONGEST_RETRY_AFTER = 7 * 86_400.0

#: A draw from [0, 1).
Chance = Callable[[], float]


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryPolicy:
    """How often and when a source is tried within one run.

    ``backoff_seconds`` is the upper end of the first wait; a site that asks
    for more than ``longest_wait`` is not waited for.
    """

    max_attempts: int
    backoff_seconds: float
    total_seconds: float = TOTAL_SECONDS
    longest_wait: float = LONGEST_WAIT

    def wait_before_next(
        self, outcome: Outcome, *, tries: int, elapsed: float, chance: Chance
    ) -> float | None:
        """Return how many seconds to wait after *tries* tries, or ``None`` to stop.

        The wait is drawn evenly between nothing and a bound that doubles with
        each try ("full jitter": clients that failed together do not come back
        together), and never ends before the Retry-After of the site.

        >>> policy = RetryPolicy(max_attempts=3, backoff_seconds=1.0)
        >>> busy = Outcome(kind=Kind.TRANSIENT, reason="busy", at=datetime.now(UTC))
        >>> [policy.wait_before_next(busy, tries=n, elapsed=0, chance=lambda: 0.5)
        ...  for n in (1, 2, 3)]
        [0.5, 1.0, None]
        """
        if not (outcome.transient and outcome.asked) or tries >= self.max_attempts:
            return None
        first = self.backoff_seconds
        if outcome.kind is Kind.NO_CONNECTION:
            first *= UNREACHED
        bound = min(self.longest_wait, first * 2.0 ** min(tries - 1, 32))
        wait = chance() * bound
        if outcome.retry_after is not None:
            wait = max(wait, outcome.retry_after)
        if wait > self.longest_wait or elapsed + wait > self.total_seconds:
            return None
        return wait


_SECONDS = re.compile(r"[0-9]+", re.ASCII)
_TWO_DIGIT_YEAR = re.compile(r"[A-Za-z]+, [0-9]{2}-[A-Za-z]{3}-([0-9]{2}) ", re.ASCII)


def parse_retry_after(value: str | None, *, now: datetime) -> float | None:
    """Return the seconds that Retry-After asks to wait from *now*, or ``None`` if unreadable.

    Takes seconds and all three forms of HTTP dates; a date gone by means no
    wait; more than ``LONGEST_RETRY_AFTER`` counts as that.

    >>> noon = datetime(2026, 1, 1, 12, tzinfo=UTC)
    >>> [parse_retry_after(value, now=noon) for value in (
    ...     "120", "Thu, 01 Jan 2026 12:01:00 GMT", "Thursday, 01-Jan-26 12:01:00 GMT",
    ...     "Thu Jan  1 12:01:00 2026", "soon")]
    [120.0, 60.0, 60.0, 60.0, None]
    """
    value = (value or "").strip()
    if _SECONDS.fullmatch(value):
        return min(float(value), LONGEST_RETRY_AFTER)
    when = parse_http_date(value, now=now)
    if when is None:
        return None
    return min(max(0.0, (when - now).total_seconds()), LONGEST_RETRY_AFTER)


def parse_http_date(value: str, *, now: datetime) -> datetime | None:
    """Return the time that an HTTP date names, in UTC, or ``None``.

    A two-digit year more than 50 years ahead of *now* is the past one with
    the same digits (RFC 9110 §5.6.7).
    """
    try:
        when = parsedate_to_datetime(value)
        when = when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)
        short = _TWO_DIGIT_YEAR.match(value)
        if short is not None:
            century = now.year - now.year % 100
            when = when.replace(year=century + int(short[1]))
            if when - now > timedelta(days=50 * 365.25):
                when = when.replace(year=when.year - 100)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return when
