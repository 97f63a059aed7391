"""What a person watching sees, on standard error: a bar on a terminal, lines elsewhere.

Each class is a ``flows.pipeline.Progress``; the pipeline is not imported here,
so that commands which only print start quickly.
"""

import argparse
import sys
from typing import TextIO


class PlainLines:
    """Says one line per stage and one per note; for log files and pipes."""

    def __init__(self, stream: TextIO, *, notes: bool = True) -> None:
        self._stream = stream
        self._notes = notes

    def stage(self, name: str, total: int | None) -> None:
        """Name the stage."""
        self._say(name if total is None else f"{name}: {total}")

    def advance(self, amount: int = 1) -> None:
        """Say nothing: a line per item would drown the notes."""

    def note(self, text: str) -> None:
        """Say it."""
        if self._notes:
            self._say(text)

    def close(self) -> None:
        """Nothing to put back."""

    def _say(self, text: str) -> None:
        print(printable(text), file=self._stream, flush=True)


class Bar:
    """A progress bar per stage; notes scroll above it."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
        from rich.progress import Progress as RichProgress

        self._bar = RichProgress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            console=Console(stderr=True, markup=False, highlight=False),
            transient=True,
        )
        self._task = self._bar.add_task("starting", total=None)
        self._bar.start()

    def stage(self, name: str, total: int | None) -> None:
        """Begin a new bar."""
        self._bar.update(self._task, description=name, total=total, completed=0)

    def advance(self, amount: int = 1) -> None:
        """Move the bar."""
        self._bar.advance(self._task, amount)

    def note(self, text: str) -> None:
        """Write it above the bar."""
        self._bar.console.print(printable(text), markup=False, highlight=False)

    def close(self) -> None:
        """Take the bar away."""
        self._bar.stop()


class Quiet:
    """Says nothing."""

    def stage(self, name: str, total: int | None) -> None:
        """Say nothing."""

    def advance(self, amount: int = 1) -> None:
        """Say nothing."""

    def note(self, text: str) -> None:
        """Say nothing."""

    def close(self) -> None:
        """Nothing to put back."""


def progress_for(options: argparse.Namespace) -> PlainLines | Bar | Quiet:
    """Return how this command tells what it is doing."""
    if getattr(options, "quiet", False):
        return Quiet()
    if sys.stderr.isatty():
        return Bar()
    return PlainLines(sys.stderr)


def printable(text: str) -> str:
    r"""Return *text* with control characters replaced, so that no page steers a terminal.

    >>> printable("not\x1b[2J found")
    'not�[2J found'
    """
    return "".join(c if c.isprintable() or c == "\n" else "\ufffd" for c in text)
