"""Sockets: every byte recorded, every connection checked, every wait bounded.

A ``Recorder`` belongs to one request. While it is in force in a thread, the
connections used there copy what they send and receive into it, read no
further than its limits, and never wait beyond its deadline: a server that
sends one byte a minute cannot hold a worker, be it in the head, in the body,
or in a proxy's answer.
"""

import contextlib
import io
import os
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from http.client import HTTPResponse
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError
from urllib3.poolmanager import PoolManager

from flows.archive.network.resolving import Address, addresses

#: Seconds to wait for a connection to be made; no site that answers takes longer.
CONNECT_SECONDS = 20.0

#: What may come besides the body: head, interim answers, chunk sizes.
HEAD_ALLOWANCE = 1_048_576


class AddressRefusedError(Exception):
    """A name leads to an address that must not be connected to.

    Not an ``OSError``: nothing between here and the client may take it for a
    failure of the network and try the next address.
    """


class TooMuchError(Exception):
    """More bytes came than the limit allows."""


class OutOfTimeError(TimeoutError):
    """The time for the whole response is over."""


@dataclass(slots=True)
class Recorder:
    """One exchange while it happens.

    ``deadline`` is on ``time.monotonic``; ``limit`` bounds the bytes received.
    ``beyond`` is the end of what was received, if it came after the end of the
    answer: a Content-Length that is too small, or an answer to nothing.
    """

    deadline: float
    limit: int
    sent: bytearray = field(default_factory=bytearray)
    received: bytearray = field(default_factory=bytearray)
    beyond: bytes = b""
    ip: str | None = None

    def seconds_left(self) -> float:
        """Return the seconds until the deadline.

        Raises:
            OutOfTimeError: there are none.
        """
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise OutOfTimeError("the whole response took too long")
        return left


_recorder: ContextVar[Recorder | None] = ContextVar("recorder", default=None)


@contextmanager
def recording(*, seconds: float, limit: int) -> Iterator[Recorder]:
    """Record the one request made inside this ``with`` statement.

    Args:
        seconds: Time for the whole exchange, connection included.
        limit: Most bytes of a body, as sent over the wire.
    """
    recorder = Recorder(deadline=time.monotonic() + seconds, limit=limit + HEAD_ALLOWANCE)
    token = _recorder.set(recorder)
    try:
        yield recorder
    finally:
        _recorder.reset(token)


class _RecordedStream(io.RawIOBase):
    """The receiving side of a socket, copied and bounded."""

    def __init__(self, raw: io.RawIOBase, sock: socket.socket, recorder: Recorder) -> None:
        self._raw = raw
        self._sock = sock
        self._recorder = recorder
        self._at_once = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int | None:  # noqa: ANN401  the protocol's type
        self._sock.settimeout(0 if self._at_once else self._recorder.seconds_left())
        count = self._raw.readinto(buffer)
        if count:
            self._recorder.received += memoryview(buffer)[:count]
            if len(self._recorder.received) > self._recorder.limit:
                raise TooMuchError("more bytes came than the limit allows")
        return count

    def end(self, buffered: Any) -> None:  # noqa: ANN401  the reader on top of this
        """Note what has arrived beyond the end of the answer; never waits.

        A connection with anything left in it must not carry another answer.
        """
        self._at_once = True
        before = self._sock.gettimeout()
        with contextlib.suppress(OSError, ValueError, TooMuchError):
            self._recorder.beyond = bytes(buffered.peek(1))
        with contextlib.suppress(OSError):
            self._sock.settimeout(before)
        if self._recorder.beyond:
            with contextlib.suppress(OSError):
                self._sock.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        if not self.closed:
            self._raw.close()
        super().close()


class _RecordedResponse(HTTPResponse):
    """``http.client``'s reader of responses, on a recorded stream."""

    def __init__(self, sock: socket.socket, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(sock, *args, **kwargs)
        self._stream: _RecordedStream | None = None
        recorder = _recorder.get()
        if recorder is not None:
            raw: Any = self.fp.detach()
            self._stream = _RecordedStream(raw, sock, recorder)
            self.fp = io.BufferedReader(self._stream)

    def _close_conn(self) -> None:
        """Close, after a look at what came beyond the end of the answer.

        With this the connection goes back to its pool, so there is no later
        moment at which the look would be safe.
        """
        stream, self._stream = self._stream, None
        if stream is not None:
            stream.end(self.fp)
        super()._close_conn()  # type: ignore[misc]  # http.client's own, missing in its stubs


class _Recorded(HTTPConnection):
    """What both kinds of connection have in common; mixed in before urllib3's own."""

    response_class = _RecordedResponse

    #: Which addresses may be connected to; set by ``GuardedAdapter``.
    permits: Callable[[str], bool]

    def connect(self) -> None:
        recorder = _recorder.get()
        try:
            super().connect()
        finally:
            if recorder is not None:
                # What was sent and received so far belongs to the proxy's tunnel.
                recorder.sent.clear()
                recorder.received.clear()
                recorder.beyond = b""

    def send(self, data: Any) -> None:  # noqa: ANN401
        super().send(data)
        recorder = _recorder.get()
        if recorder is not None and isinstance(data, bytes | bytearray):
            recorder.sent += data
            if self.proxy is None and self.sock is not None:
                recorder.ip = str(self.sock.getpeername()[0])

    def _new_conn(self) -> socket.socket:
        """Connect to the proxy, or to an address of the host that is permitted.

        Every address of the name has to be permitted: a name that leads
        inside with one of them is not trusted with the others.
        """
        recorder = _recorder.get()
        seconds = CONNECT_SECONDS
        if recorder is not None:
            seconds = self.timeout = min(CONNECT_SECONDS, recorder.seconds_left())
        try:
            found = addresses(self._dns_host, self.port or 0, seconds=seconds)
        except (socket.gaierror, UnicodeError) as error:
            cause = error if isinstance(error, socket.gaierror) else socket.gaierror(str(error))
            raise NameResolutionError(self.host, self, cause) from error
        if self.proxy is None:
            for *_, address in found:
                if not self.permits(str(address[0])):
                    why = f"{self.host} leads to {address[0]}, which is not public"
                    raise AddressRefusedError(why)
        if recorder is not None:
            self.timeout = min(CONNECT_SECONDS, recorder.seconds_left())
        return self._connect_to_one_of(found)

    def _connect_to_one_of(self, found: list[Address]) -> socket.socket:
        error: OSError = OSError("the name has no address")
        for family, kind, protocol, _, address in found:
            sock = socket.socket(family, kind, protocol)
            try:
                for option in self.socket_options or ():
                    sock.setsockopt(*option)
                sock.settimeout(self.timeout if isinstance(self.timeout, float) else None)
                sock.connect(address)
            except OSError as failed:
                sock.close()
                error = failed
            else:
                return sock
        if isinstance(error, TimeoutError):
            raise ConnectTimeoutError(self, f"{self.host} did not accept in time") from error
        raise NewConnectionError(self, os.strerror(error.errno or 0)) from error


class GuardedAdapter(HTTPAdapter):
    """requests' transport on connections that record and are checked.

    Args:
        permits: Which addresses may be connected to without a proxy.
        connections: Open connections kept per host.
    """

    def __init__(self, *, permits: Callable[[str], bool], connections: int) -> None:
        rules = {"permits": staticmethod(permits)}
        plain = type("Connection", (_Recorded,), rules)
        secure = type("SecureConnection", (_Recorded, HTTPSConnection), rules)
        self._pools = {
            "http": type("Pool", (HTTPConnectionPool,), {"ConnectionCls": plain}),
            "https": type("SecurePool", (HTTPSConnectionPool,), {"ConnectionCls": secure}),
        }
        super().__init__(pool_connections=64, pool_maxsize=connections, max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        """Make the manager of direct connections use the guarded ones."""
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = self._pools

    def proxy_manager_for(self, proxy: str, **proxy_kwargs: Any) -> PoolManager:  # noqa: ANN401
        """Return the manager for *proxy*, using the same connections."""
        manager: PoolManager = super().proxy_manager_for(proxy, **proxy_kwargs)
        manager.pool_classes_by_scheme = self._pools
        return manager
