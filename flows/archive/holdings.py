"""What an archive holds, as a whole: counted, hashed again, carried out and in."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from flows.archive.network.judging import Inspect
from flows.archive.premises import Premises
from flows.errors import InputError
from flows.records import LinkKind
from flows.settings import Settings

if TYPE_CHECKING:
    from flows.archive.evidence.exporting import Exported
    from flows.archive.evidence.importing import Canonical, Imported
    from flows.archive.evidence.inventory import Checked, Info


class Holdings:
    """The evidence of one cache, which need not be there yet; nothing is asked for.

    Args:
        settings: Where the cache is.
        premises: Its catalogue and store.
        inspect: Says why a body is no evidence; asked of what is taken in.
        clock: The time now, in UTC.
    """

    def __init__(
        self,
        settings: Settings,
        premises: Premises,
        *,
        inspect: Inspect | None,
        clock: Callable[[], datetime],
    ) -> None:
        self._settings = settings
        self._premises = premises
        self._inspect = inspect
        self._clock = clock

    def info(self) -> "Info | None":
        """Return counts and sizes, or ``None`` if there is no cache yet."""
        from flows.archive.evidence.inventory import take_stock  # noqa: PLC0415  slow to import

        database = self._premises.existing
        if database is None:
            return None
        store = self._premises.existing_store(database)
        return take_stock(database, store, catalogue=self._premises.catalogue)

    def check(self) -> "Checked | None":
        """Read and hash everything again; ``None`` if there is no cache yet."""
        from flows.archive.evidence.inventory import check_store  # noqa: PLC0415  slow to import

        database = self._premises.existing
        if database is None:
            return None
        return check_store(database, self._premises.existing_store(database), now=self._clock())

    def export(self, path: Path) -> "Exported":
        """Write everything kept to *path*, called ``*.warc.gz`` or ``*.wacz``.

        Raises:
            UsageError: *path* is called otherwise.
            InputError: there is no cache.
            StoreError: *path* cannot be written.
        """
        from flows.archive.evidence.exporting import export  # noqa: PLC0415  slow to import

        database = self._premises.existing
        if database is None:
            raise InputError(str(self._settings.cache), "there is no cache to export")
        return export(database, self._premises.existing_store(database), path, now=self._clock())

    def import_warc(self, path: Path, *, canonical: "Canonical | None" = None) -> "Imported":
        """Take the captures of the Archive's pages from a WARC file made by others.

        Args:
            path: The file, compressed or not.
            canonical: Gives canonical address and kind of a page's address, or
                ``None``; by default as links in posts are read.

        Raises:
            InputError: it cannot be opened, or holds no WARC record at all.
            StoreError: the cache cannot be written.
        """
        from flows.archive.evidence.importing import Importer  # noqa: PLC0415  slow to import

        if not path.is_file():
            raise InputError(str(path), "there is no such file")
        importer = Importer(
            settings=self._settings,
            ledger=self._premises.ledger,
            store=self._premises.store,
            canonical=canonical or _as_links_are_read,
            inspect=self._inspect,
            now=self._clock(),
        )
        return importer.take(path)


def _as_links_are_read(url: str) -> tuple[str, LinkKind] | None:
    from flows.citations import canonical_url, link_kind  # noqa: PLC0415  only for imports

    canonical = canonical_url(url)
    return None if canonical is None else (canonical, link_kind(canonical))
