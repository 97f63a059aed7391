"""Soft 404s: what a host answers, with status 200, for a page that cannot exist.

A host that answers 404 for a random address is honest, and nothing more is
asked. One that answers 200 is remembered with its answer; a page that is a
near copy of it is not the source.
"""

import secrets
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from flows.archive.catalogue.journal import Journal, SiteAnswer, fresh
from flows.archive.network.fetching import Fetcher
from flows.archive.network.guard import SHARED_HOSTS
from flows.archive.network.judging import is_near_copy
from flows.archive.outcomes import Kind, Outcome

#: How long a host's answer is remembered.
LIFETIME = timedelta(days=1)

#: Bytes of the answer that are kept for comparison.
KEPT = 200_000


class Prober:
    """Knows how each host answers for what does not exist; asks each once a day at most."""

    def __init__(
        self, fetcher: Fetcher, journal: Journal, *, clock: Callable[[], datetime]
    ) -> None:
        self._fetcher = fetcher
        self._journal = journal
        self._clock = clock
        self._lock = threading.Lock()
        self._locks: dict[str, threading.Lock] = {}
        self._known: dict[str, SiteAnswer | None] = {}

    def unmask(self, outcome: Outcome) -> Outcome:
        """Return *outcome*, or ``unusable`` if its page is the host's soft 404."""
        exchange = outcome.exchange
        if exchange is None or "html" not in exchange.content_type.lower():
            return outcome
        host = urlsplit(exchange.url).hostname or ""
        with self._lock:
            lock = self._locks.setdefault(host, threading.Lock())
        with lock:
            if host not in self._known:
                self._known[host] = self._answer_of(exchange.url, host)
        answer = self._known[host]
        if answer is None or answer.status != 200:
            return outcome
        if not is_near_copy(answer.body, _without_address(exchange.body, exchange.url)):
            return outcome
        reason = f"the page is what {host} answers for any address that does not exist"
        return replace(outcome, kind=Kind.UNUSABLE, reason=reason)

    def _answer_of(self, url: str, host: str) -> SiteAnswer | None:
        kept = self._journal.probe(host)
        now = self._clock()
        if fresh(kept, now, LIFETIME):
            return kept
        root = SHARED_HOSTS.get(host, "")
        address = f"{urlsplit(url).scheme}://{host}{root}/{secrets.token_hex(12)}"
        outcome = self._fetcher.obtain(address, tries=1)
        if outcome.transient:
            return kept
        body = b""
        if outcome.exchange is not None:
            body = _without_address(outcome.exchange.body, address)
        answer = SiteAnswer(fetched_at=now, status=outcome.http_status or 0, body=body)
        self._journal.keep_probe(host, answer)
        return answer


def _without_address(body: bytes, url: str) -> bytes:
    """Return *body* without its own address: soft 404s like to repeat it."""
    path = urlsplit(url).path.encode("ascii", "replace")
    return body[:KEPT].replace(path, b"").replace(path.rpartition(b"/")[2] or path, b"")
