"""Captures in, pages out: each capture is read once per extractor version."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Self

from pydantic import TypeAdapter

from flows.archive import Archive
from flows.checking import Reading, Shelf
from flows.citations import companions, link_kind, page_of
from flows.concordance import Concordance
from flows.errors import DamagedCaptureError, StoreError, cannot_write
from flows.pages import EXTRACTOR, breaks_off, lacks_text_layer, read_page
from flows.pipeline import recognising
from flows.records import Capture, Layer, LinkKind, Page, Source, SourceStatus, Via, Wanted

#: Pages held in memory at once; the others are read again from the catalogue.
PAGES_AT_ONCE = 1_024

#: Sources from elsewhere in the cache that are compared in full with words
#: that no cited source has.
MOST_CANDIDATES = 8

#: A source of which this run has what the site sends now.
NEW = {SourceStatus.FETCHED, SourceStatus.REVALIDATED}

_PAGE = TypeAdapter(Page)


class Sources:
    """What became of every source of a run, and the page read from each.

    Every page read goes into the concordance of the cache, so that words can
    be looked for in sources that no post of this run cites. Leaving the
    ``with`` block writes what was added.
    """

    def __init__(self, archive: Archive, cache: Path, sources: Iterable[Source] = ()) -> None:
        self._archive = archive
        folder = cache / "concordance"
        try:
            self._concordance = Concordance.open(folder)
        except OSError as error:
            raise cannot_write(folder, error) from error
        self._by_url = {source.canonical_url: source for source in sources}
        self._further: dict[str, tuple[str, ...]] = {}
        self._damaged: list[str] = []
        self._read_as: dict[str, Capture | None] = {}
        self._page = lru_cache(maxsize=PAGES_AT_ONCE)(self._read)
        self._cached = lru_cache(maxsize=PAGES_AT_ONCE)(self._from_cache)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            self._flush()
        except StoreError:
            # What ended the run is what is to be told.
            if error is None:
                raise

    def add(self, sources: Iterable[Source]) -> None:
        """Take in *sources*; a later one replaces an earlier one of the same address."""
        for source in sources:
            self._by_url[source.canonical_url] = source

    def __iter__(self) -> Iterator[Source]:
        return iter(list(self._by_url.values()))

    def __contains__(self, url: str) -> bool:
        return url in self._by_url

    def reading(self, url: str) -> Reading | None:
        """Return the source of *url* with its page.

        A source that this run did not ask for is taken from the cache;
        ``None`` if it is not there either.
        """
        source = self._by_url.get(url) or self._cached(url)
        if source is None:
            return None
        try:
            page = self._page(url, source.capture)
            if page is not None and breaks_off(page) and source.status in NEW:
                source = self._by_url[url] = self._wanted_again(source, page)
            return Reading(source=source, page=page)
        except DamagedCaptureError as error:
            source = self._archive.distrust(source, str(error))
            self._cached.cache_clear()
            if url in self._by_url:
                self._by_url[url] = source
                self._damaged.append(url)
            return Reading(source=source)

    def _wanted_again(self, source: Source, page: Page) -> Source:
        """Return *source*, newly obtained and not the whole of it, once entered as such."""
        if source.next_attempt_at is not None:
            return source
        sentence = page.incomplete or ""
        return self._archive.want_again(source, sentence[:1].lower() + sentence[1:].rstrip("."))

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
        be read, and the frames of a legacy page: those of a capture as they
        were captured.
        """
        page, cited = self._readable(url), page_of(url)
        if page is None or page.layer is not Layer.PAGE:
            return []
        archive = url.removesuffix(cited)
        found = [(archive + address, link_kind(address)) for address in page.frame_urls]
        if page.file_urls and not any(self._readable(other) for other in companions(cited)):
            found.append((page.file_urls[0], LinkKind.FILE))
        self._further[url] = tuple(address for address, _ in found)
        return found

    def holding(self, words: str) -> list[str]:
        """Return addresses in the whole cache that may hold *words*, the likeliest first."""
        self._flush()
        found = self._concordance.candidates(words, limit=MOST_CANDIDATES)
        return list(dict.fromkeys(candidate.key.partition(" ")[2] for candidate in found))

    def read_all(self) -> None:
        """Read every page of the run once, so that the concordance holds them all."""
        for url, source in list(self._by_url.items()):
            if self._read_as.get(url) != source.capture:
                self._read_as[url] = source.capture
                self.reading(url)

    def damaged(self) -> list[Wanted]:
        """Read every page; return the sources, not named before, whose copy proved damaged."""
        self.read_all()
        found, self._damaged = self._damaged, []
        sources = (self._by_url[url] for url in dict.fromkeys(found))
        return [Wanted(canonical_url=s.canonical_url, url=s.url, kind=s.kind) for s in sources]

    def _flush(self) -> None:
        try:
            self._concordance.flush()
        except OSError as error:
            raise cannot_write(self._concordance.folder, error) from error

    def _readable(self, url: str) -> Page | None:
        reading = self.reading(url)
        page = reading.page if reading is not None else None
        return page if page is not None and page.problem is None else None

    def _from_cache(self, url: str) -> Source | None:
        capture = self._archive.latest(url)
        if capture is None:
            return None
        return Source(
            url=capture.url,
            canonical_url=url,
            kind=link_kind(url),
            status=SourceStatus.CACHED,
            via=Via.CACHE,
            capture=capture,
        )

    def _read(self, url: str, capture: Capture | None) -> Page | None:
        if capture is None:
            return None
        self._archive.require(capture)
        read_as = page_of(url)
        page = self._kept(capture, EXTRACTOR, read_as)
        if page is None:
            body = self._archive.body(capture)
            page = read_page(body, url=read_as, content_type=capture.content_type)
            self._keep(capture, read_as, page)
        engine = recognising.engine() if lacks_text_layer(page) else None
        if engine is not None:
            page = self._recognised(capture, read_as, engine)
        if page.problem is None:
            # A key stands for one text for ever: the same bytes read by the same version.
            self._concordance.add(f"{capture.digest}/{page.extractor} {url}", page.text)
        return page

    def _recognised(self, capture: Capture, url: str, engine: str) -> Page:
        """Return the text that *engine* reads in the pictures of a scanned file."""
        page = self._kept(capture, f"{EXTRACTOR}+{engine}", url)
        if page is None:
            body = self._archive.body(capture)
            page, worked = recognising.recognised_page(body, url=url, engine=engine)
            if worked:
                self._keep(capture, url, page)
        return page

    def _kept(self, capture: Capture, extractor: str, url: str) -> Page | None:
        """Return what *extractor* made of *capture* before, if it did."""
        kept = self._archive.text(capture.digest, extractor, url)
        return _PAGE.validate_json(kept) if kept is not None else None

    def _keep(self, capture: Capture, url: str, page: Page) -> None:
        self._archive.keep_text(capture.digest, page.extractor, url, _PAGE.dump_json(page))
