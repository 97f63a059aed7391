"""What an archive works with, each made when it is first needed, and not before.

Looking into a cache that does not exist makes nothing on disk; importing this
module imports neither requests nor warcio.
"""

import threading
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from flows.archive.catalogue.database import (
    CATALOGUE_FILE,
    Database,
    open_database,
    open_existing,
    shown,
)
from flows.archive.catalogue.journal import Journal
from flows.archive.catalogue.ledger import Ledger
from flows.archive.evidence.remote import open_store
from flows.archive.evidence.store import Store
from flows.archive.locks import Owner
from flows.archive.network.judging import Inspect
from flows.archive.network.pacing import Pace
from flows.archive.timing import Timing
from flows.settings import Settings

if TYPE_CHECKING:
    from flows.archive.obtaining import Obtainer


class Premises:
    """Catalogue, store, owner and obtainer of one archive.

    Args:
        settings: Where the cache is.
        timing: Time, waiting, chance.
        inspect: Says why a body is no evidence.
        permits: Which addresses may be connected to without a proxy.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        timing: Timing,
        inspect: Inspect | None,
        permits: Callable[[str], bool],
    ) -> None:
        self._settings = settings
        self._timing = timing
        self._inspect = inspect
        self._permits = permits
        self._folder = settings.cache
        self._opening = threading.RLock()
        self._existing: Database | None = None
        self._opened: list[Callable[[], None]] = []

    def close(self) -> None:
        """Give everything back, the last made first."""
        while self._opened:
            self._opened.pop()()

    @property
    def catalogue(self) -> str:
        """Where the catalogue is, for people to read; without a password."""
        return shown(self._settings.catalog_url) or str(self._folder / CATALOGUE_FILE)

    @property
    def existing(self) -> Database | None:
        """The catalogue if there is one, without making it."""
        with self._opening:
            if self._existing is None:
                self._existing = open_existing(self._settings.catalog_url, self._folder)
                if self._existing is not None:
                    self._opened.append(self._existing.close)
            return self._existing

    def existing_store(self, database: Database) -> Store:
        """Return the store, without taking part in writing it."""
        return open_store(self._settings.store_url, self._folder / "warc", database, owner=None)

    @cached_property
    def database(self) -> Database:
        """The catalogue, made or migrated if need be."""
        with self._opening:
            database = open_database(self._settings.catalog_url, self._folder)
            self._opened.append(database.close)
            self._existing = database
            return database

    @cached_property
    def ledger(self) -> Ledger:
        """Entries about sources."""
        return Ledger(self.database)

    @cached_property
    def journal(self) -> Journal:
        """The other entries."""
        return Journal(self.database)

    @cached_property
    def owner(self) -> Owner:
        """This archive, as other processes see it."""
        with self._opening:
            owner = Owner(self._folder / "locks")
            self._opened.append(owner.close)
            return owner

    @cached_property
    def store(self) -> Store:
        """Where evidence is written; what dead processes left behind is put in order first."""
        with self._opening:
            owner = self.owner
            store = open_store(
                self._settings.store_url, self._folder / "warc", self.database, owner=owner
            )
            store.cut_torn_tails()
            owner.sweep()
            self._opened.append(store.close)
            return store

    @cached_property
    def pace(self) -> Pace:
        """What keeps to the rate of each host."""
        return Pace(
            self._folder / "pace",
            requests_per_second=self._settings.requests_per_second,
            clock=lambda: self._timing.clock().timestamp(),
            sleep=self._timing.sleep,
        )

    @cached_property
    def obtainer(self) -> "Obtainer":
        """What goes to the network."""
        from flows.archive.network.client import Client  # noqa: PLC0415  requests is slow to import
        from flows.archive.network.fetching import Fetcher  # noqa: PLC0415  so is tenacity
        from flows.archive.obtaining import Obtainer  # noqa: PLC0415  and what builds on them

        client = Client(self._settings, clock=self._timing.clock, permits=self._permits)
        self._opened.append(client.close)
        return Obtainer(
            self._settings,
            fetcher=Fetcher(self._settings, client, self.pace, self.journal, self._timing),
            ledger=self.ledger,
            journal=self.journal,
            store=self.store,
            owner=self.owner,
            inspect=self._inspect,
            timing=self._timing,
        )
