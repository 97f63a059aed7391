"""Captures in, pages out: each capture is read once per extractor version."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from pydantic import TypeAdapter

from flows.archive import Archive
from flows.checking import Reading, Shelf
from flows.citations import companions, link_kind
from flows.pages import EXTRACTOR, read_page
from flows.records import Layer, LinkKind, Page, Source

#: Pages held in memory at once; the others are read again from the catalogue.
PAGES_AT_ONCE = 1_024

_PAGE = TypeAdapter(Page)


class Sources:
    """What became of every source of a run, and the page read from each."""

    def __init__(self, archive: Archive, sources: Iterable[Source] = ()) -> None:
        self._archive = archive
        self._by_url = {source.canonical_url: source for source in sources}
        self._further: dict[str, tuple[str, ...]] = {}
        self._page = lru_cache(maxsize=PAGES_AT_ONCE)(self._read)

    def add(self, sources: Iterable[Source]) -> None:
        """Take in *sources*; a later one replaces an earlier one of the same address."""
        for source in sources:
            self._by_url[source.canonical_url] = source

    def __iter__(self) -> Iterator[Source]:
        return iter(list(self._by_url.values()))

    def __contains__(self, url: str) -> bool:
        return url in self._by_url

    def reading(self, url: str) -> Reading | None:
        """Return the source of *url* with its page, or ``None`` if it is not known here."""
        source = self._by_url.get(url)
        if source is None:
            return None
        return Reading(source=source, page=self._page(url, _digest(source)))

    def shelf(self) -> Shelf:
        """Return the shelf on which ``checking`` finds these sources."""
        return Shelf(self.reading, self.documents)

    def documents(self, url: str) -> tuple[str, ...]:
        """Return the addresses of the primary document's text behind the page *url*."""
        found = (*companions(url), *self._further.get(url, ()))
        return tuple(address for address in dict.fromkeys(found) if address != url)

    def further(self, url: str) -> list[tuple[str, LinkKind]]:
        """Return what only the page of *url* can name, and remember it as its witnesses.

        That is the document's first file, when the document's text page cannot
        be read, and the frames of a legacy page.
        """
        page = self._known_page(url)
        if page is None or page.layer is not Layer.PAGE:
            return []
        found = [(address, link_kind(address)) for address in page.frame_urls]
        if page.file_urls and not any(self._known_page(other) for other in companions(url)):
            found.append((page.file_urls[0], LinkKind.FILE))
        self._further[url] = tuple(address for address, _ in found)
        return found

    def _known_page(self, url: str) -> Page | None:
        reading = self.reading(url)
        page = reading.page if reading is not None else None
        return page if page is not None and page.problem is None else None

    def _read(self, url: str, digest: str | None) -> Page | None:
        source = self._by_url[url]
        capture = source.capture
        if capture is None or digest is None:
            return None
        kept = self._archive.text(digest, EXTRACTOR, url)
        if kept is not None:
            return _PAGE.validate_json(kept)
        body = self._archive.body(capture)
        page = read_page(body, url=url, content_type=capture.content_type)
        self._archive.keep_text(digest, EXTRACTOR, url, _PAGE.dump_json(page))
        return page


def _digest(source: Source) -> str | None:
    return source.capture.digest if source.capture is not None else None
