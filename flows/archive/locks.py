"""Locks that end with the process that holds them, and that other processes can see.

A lock on an open file is given back by the system when its process dies,
however it dies; a row in a table is not.
"""

import os
import secrets
import sys
from pathlib import Path
from typing import IO

from flows.errors import cannot_write

if sys.platform != "win32":
    import fcntl


def try_lock(file: IO[bytes]) -> bool:
    """Lock *file* for this process if nobody else has; return whether it is ours now."""
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415  exists there only

        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def lock(file: IO[bytes]) -> None:
    """Lock *file*, waiting until nobody else has it."""
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415  exists there only

        msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
    else:
        fcntl.flock(file, fcntl.LOCK_EX)


class Owner:
    """This archive as others see it in the catalogue: a name, alive while its lock is held.

    Args:
        folder: Where the lock files of all owners of one cache lie.

    Raises:
        StoreError: nothing can be written there.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.name = f"{os.getpid()}-{secrets.token_hex(6)}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._file = (folder / f"{self.name}.lock").open("wb")
        except OSError as error:
            raise cannot_write(folder, error) from error
        try_lock(self._file)

    def is_dead(self, name: str) -> bool:
        """Return whether the owner called *name* is no more, which only its lock can tell."""
        if name == self.name:
            return False
        path = self._folder / f"{name}.lock"
        try:
            with path.open("rb+") as file:
                return try_lock(file)
        except FileNotFoundError:
            return True
        except OSError:
            return False

    def sweep(self) -> None:
        """Remove the lock files of the dead."""
        for path in self._folder.glob("*.lock"):
            if self.is_dead(path.stem):
                path.unlink(missing_ok=True)

    def close(self) -> None:
        """Give up the name."""
        self._file.close()
        (self._folder / f"{self.name}.lock").unlink(missing_ok=True)
