"""HTTP as the stand-in server speaks it: requests read, answers sent, faults included."""

import socket
import struct
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

#: Largest request head that is read; the clients here send a few hundred bytes.
HEAD_LIMIT = 65_536

REASONS = {200: "OK", 301: "Moved Permanently", 302: "Found", 304: "Not Modified"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request as it arrived: names of ``headers`` are in lower case.

    ``number`` counts the requests for this very URL, from 1; ``at`` is
    ``time.monotonic()`` in seconds at arrival.
    """

    method: str
    url: str
    headers: Mapping[str, str]
    at: float
    number: int = 1

    @property
    def host(self) -> str:
        """The host asked for, without a port."""
        return urlsplit(self.url).hostname or ""

    @property
    def path(self) -> str:
        """The path and query asked for."""
        parts = urlsplit(self.url)
        return parts.path + (f"?{parts.query}" if parts.query else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What to answer, and what goes wrong on the way.

    ``delay`` waits that many seconds before the first byte. ``drip`` sends
    one byte of the body (or of ``raw``) each that many seconds. ``truncate`` sends so many
    bytes of the body, then closes although more were promised. ``chunked``
    sends the body in chunks instead of naming its length. ``raw`` replaces
    the whole answer. ``reset`` breaks the connection off instead of
    answering; ``silent`` never answers and keeps the connection open.
    """

    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    delay: float = 0.0
    drip: float = 0.0
    truncate: int | None = None
    chunked: bool = False
    raw: bytes | None = None
    reset: bool = False
    silent: bool = False

    @property
    def ends_connection(self) -> bool:
        """Whether the connection is of no use after this answer."""
        return self.raw is not None or self.reset or self.silent or self.truncate is not None


def page(body: str, *, status: int = 200, content_type: str = "text/html; charset=utf-8") -> Answer:
    """Return an answer that is a page.

    >>> page("<p>Hello</p>").headers
    (('Content-Type', 'text/html; charset=utf-8'),)
    """
    return Answer(
        status=status, headers=(("Content-Type", content_type),), body=body.encode("utf-8")
    )


#: Method, target and headers of a request.
Head = tuple[str, str, Mapping[str, str]]


def read_head(connection: socket.socket) -> Head | None:
    """Return method, target and headers of the next request; ``None`` at the end."""
    data = b""
    while b"\r\n\r\n" not in data:
        piece = connection.recv(4096)
        if not piece or len(data) > HEAD_LIMIT:
            return None
        data += piece
    lines = data.split(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    method, target, _ = lines[0].split(" ", 2)
    pairs = (line.partition(":") for line in lines[1:])
    return method, target, {name.strip().lower(): value.strip() for name, _, value in pairs}


def refusal(host: str) -> bytes:
    """Return the answer of a proxy that does not reach *host*."""
    body = f"This stand-in does not serve {host!a}.\n".encode()
    head = f"HTTP/1.1 502 Bad Gateway\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    return head.encode() + body


def send(connection: socket.socket, answer: Answer, method: str, closing: threading.Event) -> bool:
    """Send *answer*; return whether the connection can be used again.

    Waits end early when *closing* is set.
    """
    if answer.delay:
        closing.wait(answer.delay)
    if answer.reset:
        # Linger zero turns the close into a reset.
        linger = struct.pack("ii", 1, 0)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    elif answer.silent:
        closing.wait()
    elif answer.raw is not None:
        _send_bytes(connection, answer.raw, answer.drip, closing)
    else:
        connection.sendall(_head_of(answer))
        if method != "HEAD" and answer.status not in {204, 304}:
            _send_body(connection, answer, closing)
    return not (answer.ends_connection or closing.is_set())


def _send_body(connection: socket.socket, answer: Answer, closing: threading.Event) -> None:
    body = _chunks(answer.body) if answer.chunked else answer.body
    _send_bytes(connection, body[: answer.truncate], answer.drip, closing)


def _send_bytes(
    connection: socket.socket, data: bytes, drip: float, closing: threading.Event
) -> None:
    step = 1 if drip else max(1, len(data))
    for start in range(0, len(data), step):
        connection.sendall(data[start : start + step])
        if drip and closing.wait(drip):
            return


def _head_of(answer: Answer) -> bytes:
    named = {name.lower() for name, _ in answer.headers}
    lines = [f"HTTP/1.1 {answer.status} {REASONS.get(answer.status, 'Answer')}"]
    lines += [f"{name}: {value}" for name, value in answer.headers]
    if answer.chunked:
        lines.append("Transfer-Encoding: chunked")
    elif answer.status not in {204, 304} and "content-length" not in named:
        lines.append(f"Content-Length: {len(answer.body)}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def _chunks(body: bytes, *, size: int = 4096) -> bytes:
    pieces = [body[start : start + size] for start in range(0, len(body), size)]
    framed = [b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces]
    return b"".join(framed) + b"0\r\n\r\n"
