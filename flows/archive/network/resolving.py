"""Names to addresses within a time limit, which the system's own lookup does not have."""

import queue
import socket
import threading
from typing import Any

#: What ``socket.getaddrinfo`` gives for one address.
Address = tuple[Any, ...]

_waiting: dict[tuple[str, int], "_Lookup"] = {}
_lock = threading.Lock()


class _Lookup:
    """One lookup going on, which several may wait for."""

    def __init__(self, host: str, port: int) -> None:
        self.done = threading.Event()
        self.result: queue.SimpleQueue[list[Address] | BaseException] = queue.SimpleQueue()
        self._host = host
        self._port = port

    def run(self) -> None:
        """Ask the system; it cannot be interrupted, so nobody but this thread waits for it."""
        found: list[Address] | BaseException
        try:
            found = list(socket.getaddrinfo(self._host, self._port, type=socket.SOCK_STREAM))
        except BaseException as error:  # noqa: BLE001  raised again where the lookup is waited for
            found = error
        with _lock:
            _waiting.pop((self._host, self._port), None)
        self.result.put(found)
        self.done.set()


def addresses(host: str, port: int, *, seconds: float) -> list[Address]:
    """Return the addresses of *host*, as ``socket.getaddrinfo`` does.

    A lookup that hangs is left to itself. Who asks for the same name meanwhile
    waits for that one, so that a dead resolver costs one thread per name.

    Raises:
        socket.gaierror: there are none, or they were not found within *seconds*.
        UnicodeError: *host* cannot be a name.
    """
    with _lock:
        lookup = _waiting.get((host, port))
        if lookup is None:
            lookup = _waiting[host, port] = _Lookup(host, port)
            # A thread that cannot be ended must not hold up the end of the program.
            threading.Thread(target=lookup.run, name=f"lookup of {host}", daemon=True).start()
    if not lookup.done.wait(seconds):
        raise socket.gaierror(socket.EAI_AGAIN, f"no answer within {seconds:g} seconds")
    found = lookup.result.get()
    lookup.result.put(found)
    if isinstance(found, BaseException):
        raise found
    return found
