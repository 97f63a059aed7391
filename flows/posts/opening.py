"""Open what the user named: files, folders, standard input, pipes.

A folder is walked in sorted order, each real folder once, so that a loop of
symbolic links ends. Anything that is not a stream of bytes with an end
(a device, a socket, a pipe to which nobody writes) is named, not read.
"""

import os
import select
import stat
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

STANDARD_INPUT = "-"

#: How long to wait for the first byte of a named pipe, in seconds. A pipe that
#: a program writes to has its first byte in far less.
PIPE_PATIENCE = 3.0


class UnreadableInputError(Exception):
    """One input cannot be read; its message is the reason. Never leaves this room."""


def files_in(paths: Sequence[str | os.PathLike[str]]) -> Iterator[str]:
    """Yield every file of *paths*; those of a folder sorted, hidden ones left out."""
    for path in paths:
        name = os.fspath(path)
        if name != STANDARD_INPUT and Path(name).is_dir():
            yield from _walk(Path(name), set())
        else:
            yield name


def _walk(folder: Path, seen: set[tuple[int, int]]) -> Iterator[str]:
    try:
        status = folder.stat()
        entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    except OSError:
        yield str(folder)
        return
    identity = (status.st_dev, status.st_ino)
    if identity in seen:
        return
    seen.add(identity)
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            yield from _walk(entry, seen)
        else:
            yield str(entry)


@contextmanager
def opened_bytes(path: str) -> Iterator[BinaryIO]:
    """Give the bytes of *path* as an unbuffered stream; standard input is left open.

    Raises:
        UnreadableInputError: there is no such file, or none that has an end.
    """
    if path == STANDARD_INPUT:
        yield cast("BinaryIO", getattr(sys.stdin, "buffer", sys.stdin))
        return
    with _open(path) as opened:
        yield opened


def _no_such(path: str) -> str:
    if path.lower().startswith(("http://", "https://")):
        return (
            "an address, not a file: save the page with the posts and give its file "
            "(for one quotation, see nsarchive-verify check --source)"
        )
    return "no such file or folder"


def _open(path: str) -> BinaryIO:
    try:
        mode = os.stat(path).st_mode  # noqa: PTH116  also names like /dev/fd/3
        if stat.S_ISREG(mode):
            return cast("BinaryIO", open(path, "rb", buffering=0))  # noqa: PTH123  the caller closes it
        if stat.S_ISFIFO(mode):
            return _open_pipe(path)
    except FileNotFoundError:
        raise UnreadableInputError(_no_such(path)) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UnreadableInputError(reason[:1].lower() + reason[1:]) from None
    if stat.S_ISDIR(mode):
        raise UnreadableInputError("the folder cannot be listed")
    raise UnreadableInputError("neither a file nor a pipe")


def _open_pipe(path: str) -> BinaryIO:
    """Open a named pipe without waiting for ever for somebody to write to it."""
    number = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        ready, _, _ = select.select([number], [], [], PIPE_PATIENCE)
        if not ready:
            raise UnreadableInputError("a named pipe to which nobody writes")  # noqa: TRY301  closed below
        os.set_blocking(number, True)
    except BaseException:
        os.close(number)
        raise
    return cast("BinaryIO", os.fdopen(number, "rb", buffering=0))
