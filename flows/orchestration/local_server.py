"""A Prefect server of our own: a child process that never outlives its parent.

``run`` needs a server for as long as it lasts, ``serve`` one with a scheduler;
when the user has none (no ``PREFECT_API_URL``, in the environment or in the
Prefect profile), this module starts one on the loopback interface. Prefect's
own temporary server would do for ``run``, but it has no scheduler, gives up
after 20 seconds on a slow machine, and stays behind for ever when its parent
is killed. This one ends when the pipe to its parent breaks, whatever ended the
parent, and ignores the signals that a terminal or a service manager sends to
the whole group, so that a flow which is being stopped can still say so.

The server keeps its history where every Prefect server of this user keeps it
(``PREFECT_HOME``, ``PREFECT_API_DATABASE_CONNECTION_URL``).
"""

import atexit
import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from queue import Empty, SimpleQueue
from typing import IO, TYPE_CHECKING

import flows.orchestration.environment  # isort: skip  # noqa: F401  Prefect reads it when imported
from flows.errors import EngineError

if TYPE_CHECKING:
    import uvicorn
    from prefect.settings.legacy import Setting

#: A first start migrates the database: 10 s alone, several times that on a busy machine.
START_SECONDS = 120.0
#: What a server may need to write down what it still holds.
STOP_SECONDS = 10.0

_WITHOUT = "--engine direct works without Prefect"


class LocalServer:
    """A server that starts, or has started."""

    def __init__(self, *, services: bool, port: int = 0, quiet: bool = True) -> None:
        """Start a server, without waiting for it.

        Args:
            services: With the scheduler and the user interface.
            port: Where to listen on 127.0.0.1; 0 takes a free one.
            quiet: Keep what the server says from standard error.
        """
        self._log: IO[bytes] | None = tempfile.TemporaryFile() if quiet else None  # noqa: SIM115  open as long as the server
        command = [sys.executable, "-m", __name__, str(port), "services" if services else "alone"]
        self._process = subprocess.Popen(  # noqa: S603  our own module
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            start_new_session=True,
        )

    @cached_property
    def api_url(self) -> str:
        """Where its API is; waits until it answers.

        Raises:
            EngineError: the server ended, or did not answer within ``START_SECONDS``.
        """
        try:
            return self._wait()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """End the server; it writes down what it still holds."""
        process = self._process
        if process.stdin is not None:
            process.stdin.close()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        for file in (process.stdout, self._log):
            if file is not None:
                file.close()

    def _wait(self) -> str:
        """Return the address that the server writes once it answers."""
        lines: SimpleQueue[bytes] = SimpleQueue()
        stdout = self._process.stdout
        assert stdout is not None  # noqa: S101  a pipe was asked for
        threading.Thread(target=lambda: lines.put(stdout.readline()), daemon=True).start()
        try:
            line = lines.get(timeout=START_SECONDS).decode()
        except Empty:
            raise EngineError(
                f"Prefect's server did not start within {START_SECONDS:.0f} seconds; {_WITHOUT}"
            ) from None
        if not line.startswith("http"):
            raise EngineError(f"Prefect's server did not start: {self._last_words()}; {_WITHOUT}")
        return line.strip()

    def _last_words(self) -> str:
        self._process.wait(STOP_SECONDS)
        if self._log is None:
            return "see above"
        self._log.seek(0)
        lines = self._log.read().decode(errors="replace").splitlines()
        return next((line.strip() for line in reversed(lines) if line.strip()), "it said nothing")


_shared: list[LocalServer] = []


def start_early() -> None:
    """Start a server for this process while Prefect is still being imported.

    Whether the user names a server is not known for certain before that, so
    this may prove needless; ``api_settings`` ends it then.
    """
    if "PREFECT_API_URL" not in os.environ and not _shared:
        _shared.append(LocalServer(services=False))
        atexit.register(_stop_shared)


def api_settings() -> dict["Setting", str]:
    """Return the settings of Prefect under which it has an API to talk to.

    None are needed if the user names a server; else they lead to a
    ``LocalServer``, started once per process and ended with it.

    Raises:
        EngineError: no server is named and ours does not start.
    """
    from prefect.settings import PREFECT_API_URL  # noqa: PLC0415  the server's own process needs its port first

    if PREFECT_API_URL.value():
        _stop_shared()
        return {}
    start_early()
    try:
        return {PREFECT_API_URL: _shared[0].api_url}
    except EngineError:
        _shared.clear()
        raise


def _stop_shared() -> None:
    while _shared:
        _shared.pop().stop()


@dataclass(slots=True)
class _Running:
    """The server of this process, once it is put together."""

    server: "uvicorn.Server | None" = None


def _serve(port: int, *, services: bool) -> None:
    """Be the server, until standard input ends."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    running = _Running()
    threading.Thread(target=_stop_with_parent, args=(running,), daemon=True).start()
    listener = socket.create_server(("127.0.0.1", port))
    port = listener.getsockname()[1]
    # The user interface asks this port, not the one it is served from.
    os.environ["PREFECT_SERVER_API_PORT"] = str(port)
    os.environ.pop("PREFECT_API_URL", None)

    import uvicorn  # noqa: PLC0415  like Prefect, only now that the port is known
    from prefect.server.api.server import create_app  # noqa: PLC0415  it reads the port

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:
                print(f"http://127.0.0.1:{port}/api", flush=True)  # noqa: T201  the parent reads it

        @contextlib.contextmanager
        def capture_signals(self) -> Iterator[None]:
            yield

    app = create_app(ephemeral=not services, final=True)
    running.server = Server(uvicorn.Config(app, log_level="error", lifespan="on"))
    running.server.run(sockets=[listener])


def _stop_with_parent(running: "_Running") -> None:
    """Wait until the parent closes its end of the pipe, or is gone."""
    # Not through sys.stdin, whose lock would be missed when the interpreter ends.
    while os.read(0, 1):
        pass
    if running.server is None:
        # Still being put together: there is nothing to write down.
        os._exit(0)
    running.server.should_exit = True


if __name__ == "__main__":
    _serve(int(sys.argv[1]), services=sys.argv[2] == "services")
