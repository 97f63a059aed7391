"""PDF files: the text layer, page by page.

pypdfium2 reads the text; pages are parted by a form feed. The Archive's files
are scans, so a page may have no text layer at all: a file without any cannot
be compared, and a file with some says which pages are missing. Texts that
somebody recognised in the pictures of such pages (``scans``) take their place.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from threading import Lock

import pypdfium2

from flows.pages.html import has_words
from flows.pages.problems import NO_TEXT_LAYER, NO_TEXT_LAYER_ON
from flows.pages.version import EXTRACTOR
from flows.records import Layer, Page

#: Pages that are read; the longest documents cited have about a thousand.
MOST_PAGES = 5_000

#: Characters that are read in all: a crafted file of 50 MB holds thousands of times more.
MOST_CHARACTERS = 40_000_000

#: PDFium keeps state of its own and is not safe to enter from two threads.
_ONE_AT_A_TIME = Lock()

#: The basis of a page whose file cannot be opened.
DAMAGED = "damaged PDF"

#: PDFium's sign for a hyphen at a line's end.
_LINE_END_HYPHENS = str.maketrans({"\ufffe": "-", "\x02": "-", "\x00": None})

#: What PDFium raises for files and pages that it cannot read.
PDF_ERRORS = (pypdfium2.PdfiumError, ValueError, OSError)


@dataclass(frozen=True, slots=True)
class Recognised:
    """Texts that *engine* (its name and version) made of pictures, by page number from 1.

    ``blank`` are the pages on which nothing is printed; ``unread`` says why
    further pages were not looked at, if any were not.
    """

    engine: str = ""
    texts: Mapping[int, str] = field(default_factory=dict)
    blank: frozenset[int] = frozenset()
    unread: str | None = None


def read_pdf(body: bytes, *, url: str, recognised: Recognised | None = None) -> Page:
    """Return the text of a PDF file; ``problem`` says why there is none.

    Pages without a text layer have the text that was *recognised* in them. A
    file that is all recognised belongs to the layer ``ocr``, and the extractor
    names the engine whenever it was needed.
    """
    try:
        with opened(body) as document:
            texts, skipped = texts_of(document)
    except PDF_ERRORS as error:
        locked = "password" in str(error).lower()
        return _page(
            url,
            "",
            "locked PDF" if locked else DAMAGED,
            problem="The PDF file is locked with a password."
            if locked
            else "The PDF file is damaged and cannot be opened.",
        )
    return _joined(url, texts, skipped, recognised or Recognised())


@contextmanager
def opened(body: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """Give the document in *body*; nobody else uses PDFium until it is closed.

    Raises:
        PDF_ERRORS: it cannot be opened.
    """
    with _ONE_AT_A_TIME:
        document = pypdfium2.PdfDocument(body)
        try:
            yield document
        finally:
            document.close()


def texts_of(document: pypdfium2.PdfDocument) -> tuple[list[str | None], int]:
    """Return the text of each page (``None``: unreadable), and how many were not reached."""
    texts: list[str | None] = []
    total = 0
    count = len(document)
    for number in range(min(count, MOST_PAGES)):
        if total > MOST_CHARACTERS:
            break
        try:
            page = document[number]
            layer = page.get_textpage()
            text = layer.get_text_range().translate(_LINE_END_HYPHENS).replace("\r\n", "\n")
            layer.close()
            page.close()
        except (pypdfium2.PdfiumError, ValueError, UnicodeError):
            texts.append(None)
            continue
        total += len(text)
        texts.append(text)
    return texts, count - len(texts)


def _joined(url: str, texts: Sequence[str | None], skipped: int, recognised: Recognised) -> Page:
    layers = [text or "" for text in texts]
    pages = [
        text if has_words(text) else recognised.texts.get(number, "")
        for number, text in enumerate(layers, start=1)
    ]
    total = len(pages) + skipped
    empty = [number for number, text in enumerate(pages, start=1) if not has_words(text)]
    layered = sum(map(has_words, layers))
    made = len(pages) - len(empty) - layered
    basis = f"PDF text layer, {layered} of {total} pages"
    if recognised.engine:
        basis = f"{basis}; {made} recognised by {recognised.engine}"
    if len(empty) == len(pages):
        problem = NO_TEXT_LAYER if pages else "The PDF file has no pages."
        page = _page(url, "", basis, problem=problem)
    else:
        missing = [number for number in empty if number not in recognised.blank]
        page = _page(url, "\f".join(pages), basis, incomplete=_missing(missing, total, recognised))
    if skipped and page.problem is None:
        page = replace(page, incomplete=f"Only the first {len(pages)} of {total} pages were read.")
    if recognised.engine:
        page = replace(page, extractor=f"{EXTRACTOR}+{recognised.engine}")
    return replace(page, layer=Layer.OCR) if made and not layered else page


def _missing(empty: Sequence[int], total: int, recognised: Recognised) -> str | None:
    if not empty:
        return None
    if recognised.unread is not None:
        return f"No text of {_numbered(empty)} of {total}: {recognised.unread}."
    if recognised.engine:
        # A photograph has no words; nobody can tell it from a page that the
        # engine could not read.
        return f"No words were recognised on {_numbered(empty)} of {total}."
    return f"{NO_TEXT_LAYER_ON} {_numbered(empty)} of {total}."


def _numbered(numbers: Sequence[int]) -> str:
    shown = ", ".join(str(number) for number in numbers[:10])
    more = f" and {len(numbers) - 10} more" if len(numbers) > 10 else ""
    return f"{'page' if len(numbers) == 1 else 'pages'} {shown}{more}"


def _page(
    url: str, text: str, basis: str, *, problem: str | None = None, incomplete: str | None = None
) -> Page:
    return Page(
        url=url,
        layer=Layer.PDF,
        text=text,
        extractor=EXTRACTOR,
        basis=basis,
        problem=problem,
        incomplete=incomplete,
    )
