"""What an answer means: is this the source, and if not, may another try help?

Every rule that turns an answer down stands here, each with its reason in
words that a reader of the report can check.
"""

import re
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from urllib.parse import quote, urljoin, urlsplit

from flows.archive.outcomes import Exchange, Kind, Outcome
from flows.archive.policy import parse_retry_after

#: Says why a body is no evidence, or ``None``; see ``flows.pages.unusable_reason``.
Inspect = Callable[..., str | None]

GONE = {404, 410, 451}
BLOCKED = {401, 402, 403, 407, 511}
#: Answers below 500 that another try may change.
BUSY = {408, 425, 429}
REDIRECTS = {301, 302, 303, 307, 308}

#: Two pages that share this much of their words are the same page. Measured
#: over words with their numbers, so that a template filled in with other
#: content stays well below it.
NEAR_COPY = 0.95

#: Drupal's and WordPress's ways to name a page in the query of the root.
_PICKS_A_PAGE = re.compile(r"(?:^|&)(?:p|page_id|attachment_id|q)=[^&]*[0-9]", re.ASCII)

_WORDS = re.compile(rb"[A-Za-z]{2,}|[0-9]+|[\x80-\xff]{2,}")


def judge(
    exchange: Exchange, *, wanted_url: str, now: datetime, inspect: Inspect | None
) -> Outcome:
    """Return what the answer in *exchange* means for the source at *wanted_url*.

    A redirect is judged by ``redirect_target``, not here.
    """
    status = exchange.status
    outcome = _by_status(exchange, now)
    if outcome is not None:
        return outcome
    reason = None
    if not exchange.body.strip():
        reason = f"it answered {status} with an empty body"
    elif _may_be_cut_short(exchange):
        reason = "it ended with the connection, and before the end of the page"
        return Outcome(
            kind=Kind.TRANSIENT, reason=reason, at=exchange.at, http_status=status, requests=1
        )
    elif inspect is not None:
        reason = _inspected(exchange, wanted_url, inspect)
    kind = Kind.OBTAINED if reason is None else Kind.UNUSABLE
    return Outcome(
        kind=kind,
        reason=reason or "",
        at=exchange.at,
        http_status=status,
        requests=1,
        exchange=exchange,
    )


def _may_be_cut_short(exchange: Exchange) -> bool:
    """Return whether a page that only the end of the connection ended lacks its own end.

    An answer that names no length cannot be told from one that broke off (RFC
    9112 §8) but by what it holds.
    """
    if exchange.header("content-length") or exchange.header("transfer-encoding"):
        return False
    body = exchange.body
    if body.startswith(b"%PDF-"):
        return b"%%EOF" not in body[-2_048:]
    html = body.lower()
    return b"<html" in html and b"</html" not in html and b"</body" not in html


def _inspected(exchange: Exchange, wanted_url: str, inspect: Inspect) -> str | None:
    try:
        return inspect(exchange.body, url=wanted_url, content_type=exchange.content_type)
    except Exception as error:  # noqa: BLE001  one page that nobody foresaw must not end a run
        return f"the page could not be inspected ({type(error).__name__}: {error})"


def _by_status(exchange: Exchange, now: datetime) -> Outcome | None:
    """Return the outcome that the status alone decides, or ``None`` for a page."""
    status = exchange.status
    said = f"it answered {status}{_phrase(status)}"
    if status in {200, 203}:
        return None
    if exchange.header("memento-datetime") and status != 304:
        # An archived answer is content: it says nothing about the archive's own health.
        kind, said = Kind.UNUSABLE, f"the archived copy is itself an answer {status}"
    elif status == 304:
        kind, said = Kind.UNCHANGED, ""
    elif status in GONE:
        kind = Kind.GONE
    elif status in BLOCKED:
        kind, said = Kind.BLOCKED, f"the site refuses access: {said}"
    elif _is_busy(exchange):
        kind = Kind.TRANSIENT
    elif status < 400:
        kind, said = Kind.UNUSABLE, f"{said}, which is not a page"
    else:
        kind, said = Kind.BLOCKED, f"the site turned the request down: {said}"
    return Outcome(
        kind=kind,
        reason=said,
        at=exchange.at,
        http_status=status,
        retry_after=pause_asked(exchange, now),
        requests=1,
        exchange=exchange if kind is Kind.UNCHANGED else None,
    )


def pause_asked(exchange: Exchange, now: datetime) -> float | None:
    """Return for how many seconds a busy host asks to be left alone, if it says so.

    Whatever an archived answer says, it does not speak for the archive.
    """
    if not _is_busy(exchange) or exchange.header("memento-datetime"):
        return None
    return parse_retry_after(exchange.header("retry-after"), now=now)


def _is_busy(exchange: Exchange) -> bool:
    return exchange.status in BUSY or not 200 <= exchange.status < 500


def redirect_target(exchange: Exchange) -> str | None:
    """Return where a redirect leads, as an absolute URL, or ``None`` if it is none.

    Characters outside ASCII are escaped as UTF-8, as browsers do; everything
    else is left as it came, for the guard to judge.
    """
    location = exchange.header("location")
    if exchange.status not in REDIRECTS or not location:
        return None
    raw = location.strip().encode("latin-1", "replace")
    plain = "".join(chr(byte) if byte < 0x80 else quote(bytes([byte])) for byte in raw)
    try:
        return urljoin(exchange.url, plain).partition("#")[0]
    except ValueError:
        return plain


def refused_redirect(
    source: str, target: str, visited: list[str], *, most: int
) -> tuple[Kind, str] | None:
    """Return why a redirect from *source* to *target* is not followed, or ``None``.

    A redirect home is an answer, and no source; the others are refused here.
    The guard's rules come on top of these.
    """
    if target in visited:
        return (
            Kind.REFUSED,
            f"a redirect loop: {' → '.join([*visited[visited.index(target) :], target])}",
        )
    if len(visited) > most:
        return Kind.REFUSED, f"more than {most} redirects"
    if urlsplit(source).scheme == "https" and urlsplit(target).scheme == "http":
        return Kind.REFUSED, f"a redirect from https to http, to {target}"
    if is_home(target) and not is_home(visited[0]):
        host = urlsplit(target).hostname
        return Kind.UNUSABLE, f"a redirect to the home page of {host} is a miss, not the page"
    return None


def is_home(url: str) -> bool:
    """Return whether *url* is the root of its site, with a query that picks no page or none.

    >>> is_home("https://nsarchive.gwu.edu/?from=dead-link"), is_home("https://unredacted.com/?p=7")
    (True, False)
    """
    parts = urlsplit(url)
    pages = {"", "/", "/index.html", "/index.htm", "/index.php", "/home"}
    return parts.path in pages and not _PICKS_A_PAGE.search(parts.query)


def is_near_copy(one: bytes, other: bytes) -> bool:
    """Return whether two bodies are the same page but for a detail such as its address.

    >>> is_near_copy(b"<p>Sorry, no page 17 here</p>" * 9, b"<p>Sorry, no page 17 here</p>" * 9)
    True
    >>> is_near_copy(b"<p>The first cable</p>", b"<p>The second letter</p>")
    False
    """
    if one == other:
        return True
    first, second = Counter(_WORDS.findall(one)), Counter(_WORDS.findall(other))
    larger = max(first.total(), second.total())
    return larger > 0 and (first & second).total() >= NEAR_COPY * larger


def _phrase(status: int) -> str:
    try:
        return f" {HTTPStatus(status).phrase}"
    except ValueError:
        return ""
