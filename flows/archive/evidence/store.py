"""Where the records lie: files that only grow, on disk before the catalogue hears of them.

The crash rule: ``append`` returns after the bytes were flushed and synced.
Only then may the catalogue vouch for them. What lies beyond the vouched
length when a process died is cut by whoever takes the file over, so a file
never holds half a record that something is written after.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import and_, delete, insert, select, update

from flows.archive.catalogue.database import Database
from flows.archive.catalogue.entries import vouch
from flows.archive.catalogue.rows import Location
from flows.archive.catalogue.tables import files
from flows.errors import DamagedCaptureError, StoreError

#: Size at which a file is closed and another begun, in bytes.
ROTATE_AT = 500_000_000


class Store(Protocol):
    """A place for records."""

    def append(self, data: bytes, at: datetime) -> tuple[str, int, int]:
        """Write *data* durably; return the file, the offset, and the file's length now."""

    def read(self, location: Location) -> bytes:
        """Return the bytes at *location*."""

    def names(self) -> Iterator[str]:
        """Yield the names of all files, sorted."""

    def lengths(self) -> dict[str, int]:
        """Return the length of every file in bytes, by its name."""

    def whole(self, name: str) -> Any:  # noqa: ANN401  a binary file
        """Return the file *name*, open for reading."""

    def close(self) -> None:
        """Let go of the file being written."""

    def cut_torn_tails(self) -> list[str]:
        """Put in order what dead owners left; return the names of what was cut or removed."""


class LocalStore:
    """Files in a folder; each process appends to a file of its own.

    Args:
        folder: Where the files lie.
        database: Where their lengths are known.
        owner: The name under which this process has files.
        is_dead: Whether another owner is no more.
        elsewhere: Whether the folder is one that may be out of reach for a while.
        rotate_at: Size at which another file is begun, in bytes.
    """

    def __init__(
        self,
        folder: Path,
        database: Database,
        *,
        owner: str,
        is_dead: Callable[[str], bool],
        elsewhere: bool = False,
        rotate_at: int = ROTATE_AT,
    ) -> None:
        self._folder = folder
        self._database = database
        self._owner = owner
        self._is_dead = is_dead
        self._elsewhere = elsewhere
        self._rotate_at = rotate_at
        self._name: str | None = None
        self._file: Any = None

    def append(self, data: bytes, at: datetime) -> tuple[str, int, int]:
        """Write *data* durably; the caller sees to it that only one thread does so at a time.

        Raises:
            StoreError: it could not be written; the file is as it was before.
        """
        try:
            name, file = self._open(at)
            offset = file.seek(0, os.SEEK_END)
            try:
                file.write(data)
                _sync(file)
            except OSError:
                file.truncate(offset)
                raise
        except OSError as error:
            why = f"the evidence cannot be written ({error.strerror})"
            raise StoreError(f"{self._folder}: {why}: make room or choose another cache") from error
        length = offset + len(data)
        if length >= self._rotate_at:
            self._let_go(closed=True)
        return name, offset, length

    def read(self, location: Location) -> bytes:
        """Return the bytes at *location*.

        Raises:
            DamagedCaptureError: they are not there.
            StoreError: the folder cannot be read at all.
        """
        if not self._folder.is_dir():
            raise self._no_folder()
        try:
            with self._path(location.file).open("rb") as file:
                file.seek(location.offset)
                data = file.read(location.length)
        except FileNotFoundError as error:
            raise DamagedCaptureError(f"{location.file}: the file is missing") from error
        except OSError as error:
            raise StoreError(f"{location.file}: {error.strerror}") from error
        return whole_or_damaged(data, location)

    def names(self) -> Iterator[str]:
        """Yield the names of all files, sorted."""
        yield from sorted(path.name for path in self._folder.glob("*.warc.gz"))

    def lengths(self) -> dict[str, int]:
        """Return the length of every file in bytes, by its name.

        Raises:
            StoreError: the folder cannot be read, or is one elsewhere that is not there.
        """
        found = {}
        try:
            with os.scandir(self._folder) as entries:
                for entry in entries:
                    with suppress(FileNotFoundError):
                        found[entry.name] = entry.stat().st_size
        except FileNotFoundError as error:
            if self._elsewhere:
                raise self._no_folder() from error
        except OSError as error:
            raise StoreError(f"{self._folder}: {error.strerror}") from error
        return found

    def whole(self, name: str) -> Any:  # noqa: ANN401  a binary file
        """Return the file *name*, open for reading."""
        return self._path(name).open("rb")

    def close(self) -> None:
        """Leave the file to whoever comes next, without what nobody vouches for."""
        if self._name is None:
            return
        query = select(files.c.length).where(files.c.name == self._name)
        with self._database.reading() as connection:
            vouched = connection.execute(query).scalar()
        if vouched is not None and self._file.seek(0, os.SEEK_END) > vouched:
            self._file.truncate(vouched)
        self._let_go(closed=False)

    def cut_torn_tails(self) -> list[str]:
        """Cut what dead owners left unvouched for; return the names of the files cut.

        Their files are free for others afterwards.
        """
        query = select(files).where(files.c.owner.is_not(None))
        with self._database.reading() as connection:
            owned = connection.execute(query).all()
        cut = []
        for row in owned:
            if not self._is_dead(row.owner):
                continue
            with self._database.writing() as connection:
                mine = connection.execute(
                    update(files)
                    .where(and_(files.c.name == row.name, files.c.owner == row.owner))
                    .values(owner=self._owner)
                ).rowcount
            if mine and row.length == 0:
                self._forget(row.name)
            elif mine:
                cut += [row.name] if self._cut(row.name, row.length) else []
                self._give_back(row.name)
        return cut

    def _cut(self, name: str, length: int) -> bool:
        path = self._path(name)
        try:
            if path.stat().st_size <= length:
                return False
            with path.open("rb+") as file:
                file.truncate(length)
                _sync(file)
        except FileNotFoundError:
            return False
        return True

    def _forget(self, name: str) -> None:
        """Remove a file of which nothing was ever vouched for."""
        self._path(name).unlink(missing_ok=True)
        with self._database.writing() as connection:
            connection.execute(delete(files).where(files.c.name == name))

    def _open(self, at: datetime) -> tuple[str, Any]:
        if self._name is not None and self._file is not None:
            return self._name, self._file
        self._folder.mkdir(parents=True, exist_ok=True)
        name = self._take_over() or self._begin(at)
        self._name, self._file = name, self._path(name).open("rb+")
        return name, self._file

    def _take_over(self) -> str | None:
        """Take a file that nobody writes and that has room, or ``None``."""
        with self._database.writing() as connection:
            query = select(files.c.name, files.c.length).where(
                files.c.owner.is_(None), files.c.closed == 0, files.c.length < self._rotate_at
            )
            for name, length in connection.execute(query).all():
                path = self._path(name)
                if not path.exists() or path.stat().st_size != length:
                    continue
                connection.execute(
                    update(files).where(files.c.name == name).values(owner=self._owner)
                )
                return str(name)
        return None

    def _begin(self, at: datetime) -> str:
        """Begin a new file.

        The catalogue knows its name before it is on disk, and vouches for
        nothing in it until it is: a crash in between leaves no stray file.
        """
        name = f"{at:%Y%m%dT%H%M%S%f}-{self._owner}.warc.gz"
        header = file_header_of(name, at)
        with self._database.writing() as connection:
            connection.execute(
                insert(files).values(name=name, length=0, owner=self._owner, closed=0)
            )
        with self._path(name).open("xb") as file:
            file.write(header)
            _sync(file)
        _sync_folder(self._folder)
        with self._database.writing() as connection:
            vouch(connection, name, len(header))
        return name

    def _let_go(self, *, closed: bool) -> None:
        name, self._name = self._name, None
        self._file.close()
        self._file = None
        with self._database.writing() as connection:
            connection.execute(
                update(files).where(files.c.name == name).values(owner=None, closed=int(closed))
            )

    def _give_back(self, name: str) -> None:
        with self._database.writing() as connection:
            connection.execute(update(files).where(files.c.name == name).values(owner=None))

    def _no_folder(self) -> StoreError:
        return StoreError(f"{self._folder}: the folder of the captures is not there")

    def _path(self, name: str) -> Path:
        if Path(name).name != name:
            raise StoreError(f"{name!a} is not the name of a file of the store")
        return self._folder / name


def whole_or_damaged(data: bytes, location: Location) -> bytes:
    """Return *data*, which are to be the bytes at *location*.

    Raises:
        DamagedCaptureError: they are fewer.
    """
    if len(data) == location.length:
        return data
    raise DamagedCaptureError(too_short(location))


def too_short(location: Location) -> str:
    """Return that the file of *location* ends before the record there does."""
    end = location.offset + location.length
    return f"{location.file}: ends before byte {end}, which was written"


def file_header_of(name: str, at: datetime) -> bytes:
    """Return the record with which the file *name* begins."""
    from flows.archive.evidence.warc import file_header  # noqa: PLC0415  warcio is slow to import

    return file_header(name, at)


def _sync(file: Any) -> None:  # noqa: ANN401  a binary file
    file.flush()
    os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Make the name of a new file as durable as its bytes, where the system can."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
