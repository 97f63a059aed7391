"""The sources of a run, as read: what became of each, its page, its prepared text."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from flows.matching import SourceText, compare_in_context
from flows.records import Comparison, Layer, Page, Source

#: Prepared texts kept at once. A prepared text of 2 MB takes some 25 MB, the
#: usual one of 10 kB next to nothing; posts that cite one source stand close
#: together, so a few hundred serve even a large run.
PREPARED_AT_ONCE = 256

#: Comparisons kept at once. Words that are quoted again and again stand in many
#: places, a match for each: one list of them serves all.
COMPARED_AT_ONCE = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One source with the page read from its capture.

    ``page`` is ``None`` when there is no capture, or none that can be read.
    """

    source: Source
    page: Page | None = None


class Shelf:
    """Finds the witnesses for a cited address, and prepares each text once.

    ``load`` gives the reading of one canonical address, or ``None`` for an
    address that this run does not know; ``companions`` maps a cited address
    to those of the primary document's text.
    """

    def __init__(
        self,
        load: Callable[[str], Reading | None],
        companions: Callable[[str], Iterable[str]] | Mapping[str, Iterable[str]],
    ) -> None:
        self._companions = companions if callable(companions) else companions.__getitem__
        self._load = load
        self._prepare = lru_cache(maxsize=PREPARED_AT_ONCE)(self._prepared)
        self._compare = lru_cache(maxsize=COMPARED_AT_ONCE)(self._compared)

    def reading(self, url: str) -> Reading | None:
        """Return the reading of *url*, or ``None`` if this run does not know it."""
        return self._load(url)

    def prepared(self, url: str) -> SourceText:
        """Return the text of *url*, folded and indexed; only for a reading with a page.

        Raises:
            KeyError: *url* has no page on this shelf.
        """
        return self._prepare(url)

    def compared(self, exact: str, url: str) -> Comparison:
        """Return how *exact* compares with the text of *url*; the same words give the same object.

        Raises:
            KeyError: *url* has no page on this shelf.
        """
        return self._compare(exact, url)

    def witnesses(self, url: str) -> list[Reading]:
        """Return what may vouch for words cited to *url*: the page, then the document."""
        readings = (self._load(address) for address in (url, *self._companions(url)))
        return [reading for reading in readings if reading is not None]

    def _compared(self, exact: str, url: str) -> Comparison:
        return compare_in_context(exact, self.prepared(url))

    def _prepared(self, url: str) -> SourceText:
        reading = self._load(url)
        if reading is None or reading.page is None:
            raise KeyError(url)
        return prepare(reading.page)


def prepare(page: Page) -> SourceText:
    """Return the text of *page* prepared for comparison.

    The Archive's PDF files are scans whose text layer was recognised by
    machine, so they are compared with the same allowance as OCR pages.
    """
    return SourceText(page.text, kind="page" if page.layer is Layer.PAGE else "ocr")
