"""How a catalogue made by an earlier version becomes one of this version.

A migration is a function of the open connection; its number is its place in
``MIGRATIONS``, from 1. A migration that was released is never changed: later
needs get a later number.
"""

from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy import Connection, func, insert, inspect, select

from flows.archive.catalogue import tables
from flows.errors import StoreError


def _first_tables(connection: Connection) -> None:
    """Version 1: everything the first release kept."""
    tables.metadata.create_all(connection)


MIGRATIONS: tuple[Callable[[Connection], None], ...] = (_first_tables,)


def version_of(connection: Connection) -> int:
    """Return the version of an open catalogue; 0 for an empty database."""
    if not inspect(connection).has_table(tables.schema_versions.name):
        return 0
    newest = select(func.max(tables.schema_versions.c.version))
    return connection.execute(newest).scalar() or 0


def migrate(connection: Connection, *, target: int = len(MIGRATIONS)) -> None:
    """Bring the catalogue to version *target*, inside the transaction of *connection*.

    Raises:
        StoreError: a newer version of this program made the catalogue.
    """
    current = version_of(connection)
    if current > target:
        raise StoreError(
            f"the catalogue has version {current}, this program knows {target}: "
            "use the newer version of nsarchive-verify that made it"
        )
    for number in range(current + 1, target + 1):
        MIGRATIONS[number - 1](connection)
        row = {"version": number, "applied_at": datetime.now(UTC)}
        connection.execute(insert(tables.schema_versions).values(row))
