"""The store elsewhere: any place that fsspec knows, one object for each capture."""

import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import delete, insert, select, update

from flows.archive.catalogue.database import Database
from flows.archive.catalogue.rows import Location
from flows.archive.catalogue.tables import files
from flows.archive.evidence.store import LocalStore, Store, file_header_of, whole_or_damaged
from flows.archive.locks import Owner
from flows.errors import DamagedCaptureError, StoreError, UsageError


def open_store(url: str, folder: Path, database: Database, *, owner: Owner | None) -> Store:
    """Return the store at *url* (default: files in *folder*).

    Args:
        url: An fsspec URL. One that names a local folder is served like the
            default, whose writes are flushed to disk before they count.
        folder: Where the files lie by default.
        database: Where their lengths are known.
        owner: Who writes; nobody does if it is ``None``.

    Raises:
        UsageError: *url* is of no kind that can be used here.
        StoreError: the place cannot be reached.
    """
    name = owner.name if owner is not None else "reader"
    is_dead = owner.is_dead if owner is not None else _nobody
    if url:
        from fsspec.implementations.local import LocalFileSystem  # noqa: PLC0415  slow to import

        system, root = _located(url)
        if not isinstance(system, LocalFileSystem):
            return RemoteStore(system, root, database, owner=name, is_dead=is_dead)
        folder = Path(root)
    return LocalStore(folder, database, owner=name, is_dead=is_dead, elsewhere=bool(url))


def _nobody(_: str) -> bool:
    return False


def _located(url: str) -> tuple[Any, str]:
    import fsspec  # noqa: PLC0415  slow to import, and seldom needed

    try:
        system, root = fsspec.core.url_to_fs(url)
    except (ValueError, ImportError) as error:
        raise UsageError(f"setting store_url (NSARCHIVE_STORE_URL): {error}") from error
    except Exception as error:
        raise StoreError(f"the store at {_scheme(url)} cannot be reached: {error}") from error
    return system, str(root)


def _scheme(url: str) -> str:
    """Return the kind of place alone: an address may hold a password."""
    return url.partition("://")[0] + "://…"


class RemoteStore:
    """Objects at an fsspec URL; each pair of records is an object of its own.

    Most object stores cannot append, and none loses an object it has
    accepted, so one object per capture is both the simple and the safe way.

    Args:
        system: The file system, as fsspec calls it.
        root: The folder in it.
        database: Where the lengths of the objects are known.
        owner: The name under which this process writes.
        is_dead: Whether another owner is no more.
    """

    def __init__(
        self,
        system: Any,  # noqa: ANN401  fsspec has no types
        root: str,
        database: Database,
        *,
        owner: str,
        is_dead: Callable[[str], bool],
    ) -> None:
        self._system = system
        self._root = root
        self._database = database
        self._owner = owner
        self._is_dead = is_dead
        self._count = 0

    def append(self, data: bytes, at: datetime) -> tuple[str, int, int]:
        """Write *data* as a new object.

        The catalogue knows its name before the object is there, and vouches
        for nothing in it until it is: a crash in between leaves no stray one.

        Raises:
            StoreError: it could not be written.
        """
        self._count += 1
        name = f"{at:%Y%m%dT%H%M%S%f}-{self._owner}-{self._count}.warc.gz"
        header = file_header_of(name, at)
        length = len(header) + len(data)
        with self._database.writing() as connection:
            row = {"name": name, "length": 0, "owner": self._owner, "closed": 1}
            connection.execute(insert(files).values(row))
        try:
            self._system.makedirs(self._root, exist_ok=True)
            self._system.pipe_file(f"{self._root}/{name}", header + data)
        except Exception as error:
            self._forget(name)
            raise StoreError(f"{self._root}: the evidence cannot be written: {error}") from error
        with self._database.writing() as connection:
            connection.execute(
                update(files).where(files.c.name == name).values(length=length, owner=None)
            )
        return name, len(header), length

    def read(self, location: Location) -> bytes:
        """Return the bytes at *location*.

        Raises:
            DamagedCaptureError: they are not there.
            StoreError: the store cannot be read at all.
        """
        start = location.offset
        try:
            data: bytes = self._system.cat_file(
                f"{self._root}/{location.file}", start=start, end=start + location.length
            )
        except FileNotFoundError as error:
            raise DamagedCaptureError(f"{location.file}: the object is missing") from error
        except Exception as error:
            raise StoreError(f"{location.file}: {error}") from error
        return whole_or_damaged(data, location)

    def names(self) -> Iterator[str]:
        """Yield the names of all objects, sorted."""
        try:
            found = self._system.glob(f"{self._root}/*.warc.gz")
        except Exception as error:
            raise StoreError(f"{self._root}: cannot be listed: {error}") from error
        yield from sorted(str(path).rpartition("/")[2] for path in found)

    def lengths(self) -> dict[str, int]:
        """Return the length of every object in bytes, by its name: one listing, however many.

        A folder that is not there is an empty one: object stores have none.
        What the store tells no length of counts as whole.

        Raises:
            StoreError: the store cannot be listed.
        """
        try:
            self._system.invalidate_cache(self._root)
            found = self._system.ls(self._root, detail=True)
        except FileNotFoundError:
            return {}
        except Exception as error:
            raise StoreError(f"{self._root}: cannot be listed: {error}") from error
        lengths = {str(entry["name"]).rpartition("/")[2]: entry.get("size") for entry in found}
        return {name: sys.maxsize if size is None else size for name, size in lengths.items()}

    def whole(self, name: str) -> Any:  # noqa: ANN401  a binary file
        """Return the object *name*, open for reading."""
        return self._system.open(f"{self._root}/{name}", "rb")

    def close(self) -> None:
        """Nothing is held open."""

    def cut_torn_tails(self) -> list[str]:
        """Remove the objects that dead owners were writing; return their names."""
        query = select(files.c.name, files.c.owner).where(
            files.c.owner.is_not(None), files.c.length == 0
        )
        with self._database.reading() as connection:
            begun = connection.execute(query).all()
        removed = [row.name for row in begun if self._is_dead(row.owner)]
        for name in removed:
            self._forget(name)
        return removed

    def _forget(self, name: str) -> None:
        """Remove an object of which nothing was ever vouched for, if it is there."""
        path = f"{self._root}/{name}"
        try:
            if self._system.exists(path):
                self._system.rm_file(path)
        except Exception:  # noqa: BLE001  it stays, and the catalogue goes on knowing its name
            return
        with self._database.writing() as connection:
            connection.execute(delete(files).where(files.c.name == name))
