"""Which records are still there, as far as the lengths of their files tell.

What was read from a capture is kept in the catalogue, so a run may need none
of the bytes behind its verdicts. It looks once at how long every file is: a
record that lies beyond the end of its file is lost. A byte changed within a
record is found by reading it, and otherwise by ``cache check`` alone.
"""

from functools import cached_property

from sqlalchemy import select

from flows.archive.catalogue.database import Database
from flows.archive.catalogue.rows import Location
from flows.archive.catalogue.tables import files
from flows.archive.evidence.store import Store, too_short


class Presence:
    """The files of a store as they are when first asked about.

    Args:
        database: Where their lengths are known.
        store: Where they lie.
    """

    def __init__(self, database: Database, store: Store) -> None:
        self._database = database
        self._store = store

    @property
    def complete(self) -> bool:
        """Whether no file lacks anything.

        Raises:
            StoreError: the place of the files cannot be looked at.
        """
        return not self._lacking

    def problem(self, location: Location) -> str | None:
        """Return why the record at *location* is not there in full, or ``None``."""
        if location.file not in self._lacking:
            return None
        length = self._lacking[location.file]
        if length is None:
            return f"{location.file}: the file is missing"
        if length < location.offset + location.length:
            return too_short(location)
        return None

    @cached_property
    def _lacking(self) -> dict[str, int | None]:
        """The lengths in bytes of the files shorter than they were; ``None`` for a missing one."""
        # What the catalogue vouches for is on disk before: asked in this
        # order, a file that another process appends to is never too short.
        query = select(files.c.name, files.c.length).where(files.c.length > 0)
        with self._database.reading() as connection:
            vouched = connection.execute(query).all()
        if not vouched:
            return {}
        there = self._store.lengths()
        return {name: there.get(name) for name, length in vouched if there.get(name, -1) < length}
