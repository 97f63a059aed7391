"""PDF files: the text layer, page by page.

pypdfium2 reads the text; pages are parted by a form feed. The Archive's files
are scans, so a page may have no text layer at all: a file without any cannot
be compared, and a file with some says which pages are missing.
"""

from threading import Lock

import pypdfium2

from flows.pages.html import has_words
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


def read_pdf(body: bytes, *, url: str) -> Page:
    """Return the text layer of a PDF file; ``problem`` says why there is none."""
    with _ONE_AT_A_TIME:
        return _read(body, url)


def _read(body: bytes, url: str) -> Page:
    try:
        document = pypdfium2.PdfDocument(body)
    except (pypdfium2.PdfiumError, ValueError, OSError) as error:
        locked = "password" in str(error).lower()
        return _page(
            url,
            "",
            "locked PDF" if locked else DAMAGED,
            problem="The PDF file is locked with a password."
            if locked
            else "The PDF file is damaged and cannot be opened.",
        )
    try:
        texts, skipped = _texts(document)
    finally:
        document.close()
    return _joined(url, texts, skipped)


def _texts(document: pypdfium2.PdfDocument) -> tuple[list[str | None], int]:
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


def _joined(url: str, texts: list[str | None], skipped: int) -> Page:
    pages = [text or "" for text in texts]
    empty = [number for number, text in enumerate(pages, start=1) if not has_words(text)]
    basis = f"PDF text layer, {len(pages) - len(empty)} of {len(pages) + skipped} pages"
    if len(empty) == len(pages):
        return _page(
            url,
            "",
            basis,
            problem="The PDF file is a scan without a text layer."
            if pages
            else "The PDF file has no pages.",
        )
    incomplete = None
    if empty:
        incomplete = f"No text layer on {_numbered(empty)} of {len(pages) + skipped}."
    if skipped:
        incomplete = f"Only the first {len(pages)} of {len(pages) + skipped} pages were read."
    return _page(url, "\f".join(pages), basis, incomplete=incomplete)


def _numbered(numbers: list[int]) -> str:
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
