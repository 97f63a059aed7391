"""Ctrl-C and SIGTERM: a command told to end gives back what it holds, and says that it ended."""

import signal
import threading
from collections.abc import Callable
from types import FrameType
from typing import Self

from flows.commands.exits import EXIT_INTERRUPTED, EXIT_TERMINATED


class Interruption:
    """Lets SIGTERM end a command as Ctrl-C does, while this lasts.

    A service manager, ``timeout`` or a shutdown sends SIGTERM; by itself it
    would leave temporary folders behind, a terminal without its cursor, and
    nobody told. ``serve`` and Prefect's engine put handlers of their own in
    its place meanwhile.
    """

    def __init__(self) -> None:
        self._terminated = False
        self._before: Callable[[int, FrameType | None], object] | int | None = None

    def __enter__(self) -> Self:
        # Elsewhere than in the main thread Python lets nobody listen.
        if threading.current_thread() is threading.main_thread():
            self._before = signal.signal(signal.SIGTERM, self._end)
        return self

    def __exit__(self, *_: object) -> None:
        if self._before is not None:
            signal.signal(signal.SIGTERM, self._before)

    def told(self) -> tuple[str, int]:
        """Return what to say of it, and the exit status."""
        if self._terminated:
            return "ended by SIGTERM; the next run goes on from here", EXIT_TERMINATED
        return "interrupted; the next run goes on from here", EXIT_INTERRUPTED

    def _end(self, _number: int, _frame: FrameType | None) -> None:
        self._terminated = True
        raise KeyboardInterrupt


def was_interrupted(error: BaseException) -> bool:
    """Return whether *error* arose from an interruption: libraries put errors of their own around it.

    Those of pydantic keep only its name.
    """
    seen: list[BaseException] = []
    inner: BaseException | None = error
    while inner is not None and inner not in seen:
        if isinstance(inner, KeyboardInterrupt) or KeyboardInterrupt.__name__ in str(inner):
            return True
        seen.append(inner)
        inner = inner.__cause__ or inner.__context__
    return False
