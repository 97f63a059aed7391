"""One request at a time: the answer as an ``Exchange``, or why there is none.

GET only, TLS always verified, no cookies, no credentials, no redirect
followed by itself. What goes wrong is told in plain words, and classified by
whether another try may end otherwise.
"""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from http.cookiejar import DefaultCookiePolicy
from typing import Any

import requests
from requests.utils import get_environ_proxies
from urllib3.exceptions import HTTPError

from flows import __version__
from flows.archive.network.decoding import ACCEPTED, TooLargeError, UndecodableError, decode
from flows.archive.network.diagnosis import diagnose
from flows.archive.network.guard import is_public
from flows.archive.network.transport import (
    AddressRefusedError,
    GuardedAdapter,
    Recorder,
    TooMuchError,
    recording,
)
from flows.archive.outcomes import Exchange, Kind, Outcome
from flows.settings import Settings

#: The name under which robots.txt may speak to this program.
ROBOT_NAME = "nsarchive-verify"

#: Bytes of an answer without a source that are read, so that its connection
#: can be used again.
DRAINED = 65_536

_TEXTUAL = ("text/", "application/xhtml+xml", "application/xml", "application/json")
_PDF = ("application/pdf", "application/x-pdf", "application/octet-stream", "binary/octet-stream")


def user_agent(contact: str) -> str:
    """Return the User-Agent: the tool, its version, and whom to write to.

    >>> user_agent("archivist@example.org").partition("/")[2].partition(" ")[2]
    '(archivist@example.org)'
    """
    contact = contact.strip().encode("ascii", "replace").decode("ascii")
    return f"{ROBOT_NAME}/{__version__}" + (f" ({contact})" if contact else "")


def acceptable(content_type: str) -> bool:
    """Return whether a body of this type can hold the text of a source.

    >>> [acceptable(t) for t in ("text/html; charset=utf-8", "", "image/png")]
    [True, True, False]
    """
    kind = content_type.partition(";")[0].strip().lower()
    return not kind or kind.startswith((*_TEXTUAL, *_PDF))


class Client:
    """Makes requests; safe to use from several threads.

    Args:
        settings: Limits, contact, connections.
        clock: The time now, in UTC; it dates the exchanges.
        permits: Which addresses may be connected to without a proxy.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        clock: Callable[[], datetime],
        permits: Callable[[str], bool] = is_public,
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._lock = threading.Lock()
        self._session = requests.Session()
        # The proxy and the authority are looked up below; .netrc is not.
        self._session.trust_env = False
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        adapter = GuardedAdapter(permits=permits, connections=settings.connections)
        self._session.mount("https://", adapter)
        self._session.mount("http://", adapter)
        self._session.headers.clear()
        self._headers = {
            "User-Agent": user_agent(settings.contact),
            "Accept": "text/html,application/xhtml+xml,application/pdf,text/plain,*/*;q=0.5",
            "Accept-Encoding": ACCEPTED,
            "Connection": "keep-alive",
        }

    def close(self) -> None:
        """Close every connection."""
        self._session.close()

    def get(
        self, url: str, *, headers: dict[str, str] | None = None, beginning: int | None = None
    ) -> Exchange | Outcome:
        """Return the exchange for one GET of *url*, whatever its status, or what went wrong.

        The body of an answer that is not a success (200 to 299) is not kept.
        With *beginning*, so many bytes of a body are enough, of whatever type.
        """
        limit = self._settings.max_bytes
        started = self._clock()
        asked = False
        try:
            prepared = self._session.prepare_request(
                requests.Request("GET", url, headers=self._headers | (headers or {}))
            )
            with recording(seconds=self._settings.timeout_seconds, limit=limit) as recorder:
                try:
                    return self._exchange(prepared, recorder, started, beginning)
                finally:
                    asked = bool(recorder.sent)
        except (requests.RequestException, HTTPError, OSError, ValueError) as error:
            seconds = self._settings.timeout_seconds
            return diagnose(error, url, started, seconds, asked=asked)
        except (AddressRefusedError, TooMuchError, TooLargeError) as error:
            reason = (
                f"the address was not connected to: {error}"
                if isinstance(error, AddressRefusedError)
                else f"the answer is larger than the limit of {limit} bytes"
            )
            return Outcome(kind=Kind.REFUSED, reason=reason, at=started, requests=1)
        except UndecodableError as error:
            reason = f"the body could not be decoded: {error}"
            return Outcome(kind=Kind.TRANSIENT, reason=reason, at=started, requests=1)

    def _exchange(
        self,
        prepared: requests.PreparedRequest,
        recorder: Recorder,
        started: datetime,
        beginning: int | None,
    ) -> Exchange | Outcome:
        url = str(prepared.url)
        answer = self._session.send(
            prepared,
            stream=True,
            allow_redirects=False,
            timeout=self._settings.timeout_seconds,
            verify=_authority(),
            proxies=get_environ_proxies(url),
        )
        raw: Any = answer.raw
        wanted = 200 <= answer.status_code < 300
        length = answer.headers.get("Content-Length", "")
        too_large = length.isdigit() and int(length) > self._settings.max_bytes
        content_type = answer.headers.get("Content-Type", "")
        try:
            if not wanted:
                _drain(raw)
                body = b""
            elif too_large and beginning is None:
                raise TooLargeError
            elif beginning is None and not acceptable(content_type):
                reason = f"its content type, {content_type[:60]!a}, is not one that holds text"
                return Outcome(
                    kind=Kind.REFUSED,
                    reason=reason,
                    at=started,
                    http_status=answer.status_code,
                    requests=1,
                )
            else:
                pieces: Iterator[bytes] = raw.stream(65_536, decode_content=False)
                coding = answer.headers.get("Content-Encoding")
                body = decode(
                    pieces,
                    coding=coding,
                    limit=beginning or self._settings.max_bytes,
                    beginning=beginning is not None,
                )
        finally:
            # Read to its end, the connection went back to its pool already;
            # otherwise what is left in it is of no use to anyone.
            ended = _at_end(raw)
            if not ended:
                raw.close()
        if wanted and ended and recorder.beyond.strip():
            reason = "more came than the answer announced, so that its end is not certain"
            return Outcome(
                kind=Kind.TRANSIENT,
                reason=reason,
                at=started,
                http_status=answer.status_code,
                requests=1,
            )
        received = bytes(recorder.received).removesuffix(recorder.beyond)
        head, rest = split_head(received)
        return Exchange(
            url=url,
            at=started,
            request=without_secrets(bytes(recorder.sent)),
            head=head,
            wire_body=rest if wanted or answer.is_redirect else b"",
            body=body,
            status=answer.status_code,
            headers=tuple(raw.headers.items()),
            ip=recorder.ip,
        )


def split_head(received: bytes) -> tuple[bytes, bytes]:
    r"""Return the head of the final answer and what follows it; interim answers are left out.

    >>> split_head(b"HTTP/1.1 103 Early\r\n\r\nHTTP/1.1 200 OK\r\nA: b\r\n\r\nbody")
    (b'HTTP/1.1 200 OK\r\nA: b\r\n\r\n', b'body')
    """
    rest = received
    while True:
        ends = [
            at + len(mark)
            for mark in (b"\r\n\r\n", b"\n\n", b"\n\r\n")
            if (at := rest.find(mark)) >= 0
        ]
        if not ends:
            return rest, b""
        head, rest = rest[: min(ends)], rest[min(ends) :]
        if not (head.startswith(b"HTTP/1.") and head[8:10] == b" 1"):
            return head, rest


def without_secrets(request: bytes) -> bytes:
    """Return *request* without what it told a proxy about its user."""
    lines = request.split(b"\r\n")
    return b"\r\n".join(
        line for line in lines if not line.lower().startswith(b"proxy-authorization:")
    )


def _authority() -> str | bool:
    """Return the certificates to trust, as every requests program looks them up."""
    return os.environ.get("REQUESTS_CA_BUNDLE") or os.environ.get("CURL_CA_BUNDLE") or True


def _at_end(raw: Any) -> bool:  # noqa: ANN401  urllib3's response
    inner = getattr(raw, "_fp", None)
    return inner is None or bool(getattr(inner, "closed", False)) or inner.isclosed()


def _drain(raw: Any) -> None:  # noqa: ANN401  urllib3's response
    """Read a short body to its end; how it fails does not matter, its status is known."""
    with suppress(HTTPError, OSError, TooMuchError):
        raw.read(DRAINED, decode_content=False)
