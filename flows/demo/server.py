"""A stand-in for the Archive's sites on 127.0.0.1, for the demo and for tests.

``StandIn`` is an HTTP proxy that answers by itself. The unchanged client,
told by ``HTTPS_PROXY`` and ``REQUESTS_CA_BUNDLE``, asks for the real
addresses; nothing leaves the machine. HTTPS is real: each host gets a
certificate from an authority made for this one ``StandIn`` alone, so that no
check of a certificate has to be switched off anywhere.

What is answered is up to the caller, faults included: see ``Answer``.
"""

import contextlib
import os
import socket
import socketserver
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from flows.demo.certificates import CertificateFault, Certificates
from flows.demo.wire import Answer, Head, Request, page, read_head, refusal, send

__all__ = ["Answer", "CertificateFault", "Request", "StandIn", "page"]

#: Seconds after which a connection that says nothing is closed.
IDLE_SECONDS = 30.0


@dataclass(slots=True)
class _Log:
    """The requests that arrived, in order of arrival."""

    requests: list[Request] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def enter(self, method: str, url: str, headers: Mapping[str, str]) -> Request:
        with self.lock:
            self.counts[url] += 1
            request = Request(
                method=method,
                url=url,
                headers=headers,
                at=time.monotonic(),
                number=self.counts[url],
            )
            self.requests.append(request)
        return request


class StandIn:
    """Serves *hosts* on 127.0.0.1 as an HTTP proxy, HTTPS included.

    Other hosts are refused with 502, as by a proxy that cannot reach them.
    Use it as a context manager::

        with StandIn(answer, hosts=["nsarchive.gwu.edu"]) as archive:
            subprocess.run(command, env=os.environ | archive.environment())

    Args:
        answer: Called for every request, from several threads at once. An
            exception it raises is answered with 500.
        hosts: Host names that are served.
        certificates: What is wrong with the certificate of a host, if anything.
        listen: Address to listen on; always one of this machine alone.
    """

    def __init__(
        self,
        answer: Callable[[Request], Answer],
        *,
        hosts: Iterable[str],
        certificates: Mapping[str, CertificateFault] | None = None,
        listen: str = "127.0.0.1",
    ) -> None:
        self._answer = answer
        self._hosts = frozenset(hosts)
        self._log = _Log()
        self._certificates = Certificates(certificates or {})
        self._closing = threading.Event()
        self._open: set[socket.socket] = set()
        self._open_lock = threading.Lock()
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._listen = listen
        self._server: _Server | None = None

    def __enter__(self) -> Self:
        self._folder = tempfile.TemporaryDirectory(prefix="stand-in-")
        self._certificates.authority.cert_pem.write_to_path(str(self.ca_bundle))
        self._server = _Server((self._listen, 0), self._serve)
        threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
        ).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._closing.set()
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
        with self._open_lock:
            for connection in self._open:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
        if self._folder is not None:
            self._folder.cleanup()

    @property
    def requests(self) -> list[Request]:
        """The requests so far, oldest first (a copy)."""
        with self._log.lock:
            return list(self._log.requests)

    @property
    def port(self) -> int:
        """The port listened on."""
        if self._server is None:
            raise RuntimeError("the stand-in is not running: use it in a with statement")
        return int(self._server.server_address[1])

    @property
    def proxy_url(self) -> str:
        """The address to give as a proxy."""
        return f"http://{self._listen}:{self.port}"

    @property
    def ca_bundle(self) -> Path:
        """The file with the certificate of the authority that signs for the hosts."""
        if self._folder is None:
            raise RuntimeError("the stand-in is not running: use it in a with statement")
        return Path(self._folder.name) / "authority.pem"

    def environment(self) -> dict[str, str]:
        """Return the environment variables that lead a client here."""
        variables = {"NO_PROXY": "", "REQUESTS_CA_BUNDLE": str(self.ca_bundle)}
        variables |= {"HTTP_PROXY": self.proxy_url, "HTTPS_PROXY": self.proxy_url}
        lower = {name.lower(): value for name, value in variables.items() if "PROXY" in name}
        return variables | lower

    @contextlib.contextmanager
    def in_environment(self) -> Iterator[None]:
        """Lead the clients of this process here, for the length of a with statement."""
        before = {name: os.environ.get(name) for name in self.environment()}
        os.environ.update(self.environment())
        try:
            yield
        finally:
            for name, value in before.items():
                if value is None:
                    os.environ.pop(name, None)
                else:
                    os.environ[name] = value

    def _serve(self, connection: socket.socket) -> None:
        """Serve one connection until either side ends it."""
        with self._open_lock:
            self._open.add(connection)
        try:
            connection.settimeout(IDLE_SECONDS)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._talk(connection)
        except (OSError, ValueError):
            pass  # the client went away or speaks something else: nothing to answer
        finally:
            with self._open_lock:
                self._open.discard(connection)
            connection.close()

    def _talk(self, connection: socket.socket) -> None:
        head = read_head(connection)
        if head is None:
            return
        method, target, headers = head
        if method != "CONNECT":
            self._exchange(connection, "http", "", (method, target, headers))
            return
        host = target.rpartition(":")[0].strip("[]")
        if host not in self._hosts:
            connection.sendall(refusal(host))
            return
        connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        with self._certificates.context(host).wrap_socket(connection, server_side=True) as secure:
            first = read_head(secure)
            if first is not None:
                self._exchange(secure, "https", target.removesuffix(":443"), first)

    def _exchange(
        self,
        connection: socket.socket,
        scheme: str,
        authority: str,
        head: Head | None,
    ) -> None:
        """Answer *head* and the requests that follow on the same connection."""
        while head is not None:
            method, target, headers = head
            if target.startswith("/"):
                target = f"{scheme}://{authority or headers.get('host', '')}{target}"
            if scheme == "http" and urlsplit(target).hostname not in self._hosts:
                connection.sendall(refusal(urlsplit(target).hostname or ""))
                return
            answer = self._ask(self._log.enter(method, target, headers))
            if not send(connection, answer, method, self._closing):
                return
            head = read_head(connection)

    def _ask(self, request: Request) -> Answer:
        try:
            return self._answer(request)
        except Exception as error:  # noqa: BLE001  whatever the caller's function does
            return page(f"{type(error).__name__}: {error}", status=500, content_type="text/plain")


class _Server(socketserver.ThreadingTCPServer):
    """Gives each connection to a function, in a thread of its own."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128
    allow_reuse_address = True

    def __init__(self, address: tuple[str, int], serve: Callable[[socket.socket], None]) -> None:
        super().__init__(address, socketserver.BaseRequestHandler)
        self._serve = serve

    def finish_request(self, request: object, client_address: object) -> None:  # noqa: ARG002
        """Hand the connection over."""
        if isinstance(request, socket.socket):
            self._serve(request)

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: a client that breaks off is what tests are about."""
