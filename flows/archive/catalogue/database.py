"""The catalogue as a database: opening, reading, writing; SQLite unless told otherwise."""

import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url, update
from sqlalchemy.exc import ArgumentError, DatabaseError, SQLAlchemyError

from flows.archive.catalogue.migrations import MIGRATIONS, migrate, version_of
from flows.archive.catalogue.tables import schema_versions
from flows.errors import StoreError, UsageError

CATALOGUE_FILE = "catalog.sqlite"

#: Milliseconds that SQLite waits for another process to finish writing.
BUSY_MILLISECONDS = 60_000


#: Databases that the catalogue was tried on; others differ in what a key may be.
SUPPORTED = ("sqlite", "postgresql")

#: A change that changes nothing.
TOUCHED = {"applied_at": schema_versions.c.applied_at}


class Database:
    """An open catalogue; safe to use from several threads.

    Use ``reading`` and ``writing``: each is one transaction.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._sqlite = engine.dialect.name == "sqlite"
        # SQLite has one writer at a time: waiting here is cheaper than there.
        self._turn = threading.Lock() if self._sqlite else _NoLock()

    @property
    def dialect(self) -> str:
        """The name of the database system, as SQLAlchemy calls it."""
        return self._engine.dialect.name

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Yield a connection that sees one state of the catalogue."""
        with _as_store_errors(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self, *, first: bool = False, fleeting: bool = False) -> Iterator[Connection]:
        """Yield a connection whose changes are kept together, or not at all.

        One writes at a time, in all processes: what is read here stays true
        until it is written. With *first* there may be no tables yet. What is
        *fleeting*, such as a lease, need not survive a power cut, and is not
        waited for until it is on disk.
        """
        with _as_store_errors(), self._turn, self._engine.connect() as connection:
            connection.execution_options(writes=True, fleeting=fleeting)
            with connection.begin():
                if not self._sqlite and not first:
                    # SQLite locks the whole database anyway; elsewhere these
                    # rows are what every writer has to hold.
                    connection.execute(update(schema_versions).values(TOUCHED))
                yield connection

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()


class _NoLock:
    def __enter__(self) -> None:
        return

    def __exit__(self, *error: object) -> None:
        return


def open_database(url: str, folder: Path) -> Database:
    """Open the catalogue at *url* (default: SQLite in *folder*), making or migrating it.

    Raises:
        UsageError: *url* is not one that SQLAlchemy can use.
        StoreError: the catalogue cannot be opened, or is from a newer version.
    """
    if not url:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(f"{folder}: the cache cannot be written: {error.strerror}") from error
    database = Database(_engine(url, folder))
    with database.reading() as connection:
        current = version_of(connection)
    if current != len(MIGRATIONS):
        _migrate(database)
    return database


def _migrate(database: Database) -> None:
    try:
        with database.writing(first=True) as connection:
            migrate(connection)
    except StoreError:
        # Where tables can be made by two processes at once, one of them fails.
        with database.reading() as connection:
            if version_of(connection) != len(MIGRATIONS):
                raise


def open_existing(url: str, folder: Path) -> Database | None:
    """Open the catalogue for reading, without making anything; ``None`` if there is none."""
    if not url and not (folder / CATALOGUE_FILE).exists():
        return None
    if not url and not os.access(folder, os.W_OK):
        # SQLite needs files of its own beside one in WAL mode, unless it is
        # told that nobody writes; and whoever could write could do so here too.
        url = f"sqlite:///file:{folder / CATALOGUE_FILE}?mode=ro&immutable=1&uri=true"
    database = Database(_engine(url, folder))
    with database.reading() as connection:
        if version_of(connection) == 0:
            database.close()
            return None
    return database


def shown(url: str) -> str:
    """Return the address of a catalogue for people to read.

    >>> shown("postgresql+psycopg://reader:secret@db.example/kept")
    'postgresql+psycopg://reader:***@db.example/kept'
    """
    return make_url(url).render_as_string(hide_password=True) if url else ""


def _engine(url: str, folder: Path) -> Engine:
    try:
        address = make_url(url or f"sqlite:///{folder / CATALOGUE_FILE}")
        _refuse_others(address.get_backend_name())
        # A server may have closed a connection that lay idle.
        engine = create_engine(address, pool_pre_ping=address.get_backend_name() != "sqlite")
    except (ArgumentError, SQLAlchemyError, ImportError) as error:
        raise UsageError(f"setting catalog_url (NSARCHIVE_CATALOG_URL): {error}") from error
    if engine.dialect.name == "sqlite":
        if "immutable" not in address.query:
            event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _refuse_others(system: str) -> None:
    if system not in SUPPORTED:
        raise ArgumentError(
            f"the catalogue can be kept in {' or '.join(SUPPORTED)}, not in {system}"
        )


def _prepare_sqlite(connection: Any, _: object) -> None:  # noqa: ANN401  the driver's own
    # The driver's own transactions begin too late; ours begin in _begin_sqlite.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")
    # Readers go on while one process writes. SQLite does not wait its turn for
    # this one statement, so several processes that open a new catalogue at once
    # have to.
    deadline = time.monotonic() + BUSY_MILLISECONDS / 1_000
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except connection.OperationalError as error:
            busy = error.sqlite_errorcode & 0xFF in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
            if not busy or time.monotonic() > deadline:
                raise
            time.sleep(0.01)
        else:
            break
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that will write says so at once: one that began reading
    # and writes later cannot wait for another writer, it fails.
    options = connection.get_execution_options()
    writes = options.get("writes", False)
    if writes:
        # With FULL, what was committed survives a power cut, too; WAL alone
        # does not promise it.
        level = "NORMAL" if options.get("fleeting", False) else "FULL"
        connection.exec_driver_sql(f"PRAGMA synchronous={level}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def _as_store_errors() -> Iterator[None]:
    try:
        yield
    except DatabaseError as error:
        code = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF
        # A full disk is reported as either of the two.
        full = code in {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR}
        advice = ": is its disk full? Make room or choose another cache" if full else ""
        if code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}:
            advice = (
                ". Move the cache folder away; a new one takes in what the damaged one kept with "
                "`cache import` of each file in its warc folder"
            )
        raise StoreError(f"the catalogue cannot be used: {error.orig}{advice}") from error
