"""robots.txt as RFC 9309 has it: who may be asked for what, and how slowly.

A file that is not there (4xx) allows everything; one that cannot be had now
(5xx, no connection) means "not now", never "yes". Answers are kept for a day
(§2.4); an older one is used while a new one cannot be had.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from protego import Protego

from flows.archive.catalogue.journal import Journal, SiteAnswer, fresh
from flows.archive.network.client import ROBOT_NAME
from flows.archive.outcomes import Kind, Outcome

#: How long a robots.txt is believed.
LIFETIME = timedelta(days=1)

#: How long an old one is believed while a new one cannot be had.
LONGEST_LIFETIME = timedelta(days=30)

#: Bytes that are read (RFC 9309 §2.5 asks for 500 KiB at least).
LARGEST = 512_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What a robots.txt says to this program; ``parsed`` is ``None`` if all is allowed."""

    parsed: Protego | None = None

    def allows(self, url: str) -> bool:
        """Return whether *url* may be asked for."""
        return self.parsed is None or bool(self.parsed.can_fetch(url, ROBOT_NAME))

    @property
    def crawl_delay(self) -> float:
        """The seconds between requests that it asks for; 0 if it does not say."""
        delay = None if self.parsed is None else self.parsed.crawl_delay(ROBOT_NAME)
        return max(0.0, float(delay)) if delay is not None else 0.0


def read_rules(status: int, body: bytes) -> Rules:
    r"""Return the rules in an answer to the request for robots.txt.

    >>> rules = read_rules(200, b"User-agent: *\nDisallow: /search/\nCrawl-delay: 10\n")
    >>> rules.allows("https://nsarchive.gwu.edu/search/x"), rules.crawl_delay
    (False, 10.0)
    >>> read_rules(404, b"").allows("https://nsarchive.gwu.edu/search/x")
    True
    """
    if not 200 <= status < 300:
        return Rules()
    text = body[:LARGEST].decode("utf-8-sig", "replace")
    return Rules(parsed=Protego.parse(text))


def origin_of(url: str) -> str:
    """Return scheme and host of *url*, for which one robots.txt holds."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.lower()}"


class Robots:
    """The rules of every origin asked in a run, fetched once each.

    Args:
        journal: Where they are kept from run to run.
        fetch: Obtains a URL, with retries and redirects, but without robots.
        clock: The time now, in UTC.
        patience: How long a failure to obtain the rules is remembered.
    """

    def __init__(
        self,
        journal: Journal,
        *,
        fetch: Callable[[str], Outcome],
        clock: Callable[[], datetime],
        patience: timedelta,
    ) -> None:
        self._journal = journal
        self._fetch = fetch
        self._clock = clock
        self._patience = patience
        self._known: dict[str, tuple[datetime, Rules | Outcome]] = {}
        self._locks: dict[str, threading.Lock] = {}
        self._lock = threading.Lock()

    def rules_for(self, url: str) -> Rules | Outcome:
        """Return the rules for *url*, or why they cannot be had now."""
        origin = origin_of(url)
        with self._lock:
            lock = self._locks.setdefault(origin, threading.Lock())
        with lock:
            known = self._known.get(origin)
            if known is not None and self._clock() < known[0]:
                return known[1]
            result = self._load(origin)
            lifetime = self._patience if isinstance(result, Outcome) else LIFETIME
            self._known[origin] = (self._clock() + lifetime, result)
            return result

    def _load(self, origin: str) -> Rules | Outcome:
        kept = self._journal.robots(origin)
        now = self._clock()
        if kept is not None and fresh(kept, now, LIFETIME):
            return read_rules(kept.status, kept.body)
        outcome = self._fetch(f"{origin}/robots.txt")
        if outcome.transient or _says_nothing(outcome):
            if kept is not None and fresh(kept, now, LONGEST_LIFETIME):
                return read_rules(kept.status, kept.body)
            if outcome.kind is Kind.NO_CONNECTION or _says_nothing(outcome):
                return replace(outcome, asked=False, requests=1)
            reason = (
                f"the robots.txt of {urlsplit(origin).hostname} cannot be had: {outcome.reason}"
            )
            return replace(outcome, reason=reason, asked=False, requests=1)
        body = outcome.exchange.body if outcome.exchange is not None else b""
        status = outcome.http_status or 0
        self._journal.keep_robots(origin, SiteAnswer(fetched_at=now, status=status, body=body))
        return read_rules(status, body)


def _says_nothing(outcome: Outcome) -> bool:
    """Return whether there was no answer at all, for a reason that will not pass by itself.

    That is a bad certificate, or an address that must not be connected to:
    no source of the origin can be had either.
    """
    return outcome.kind is Kind.REFUSED and outcome.http_status is None
