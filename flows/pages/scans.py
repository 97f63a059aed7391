"""Pictures of the pages of a PDF file that have no text layer, for a recogniser.

Drawing is done here, without input or output; running a recogniser and giving
its texts to ``read_pdf`` is the caller's business.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from flows.pages.html import has_words
from flows.pages.pdf import PDF_ERRORS, opened, texts_of

#: Dots per inch at which scans are recognised best; huge pages get fewer, so
#: that a picture has at most this many dots.
_RESOLUTION = 300
_MOST_DOTS = 30_000_000
_POINTS_PER_INCH = 72

#: A dot at most as bright as this is ink, and a word of typescript is about
#: this share of a page; specks of dust are less.
_DARK = 128
_LEAST_INK = 0.0001


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as a grey picture in the PGM format, and the page's number from 1.

    ``blank`` says that there is less ink on it than a word takes.
    """

    number: int
    data: bytes
    blank: bool


def pages_without_text(body: bytes) -> list[int]:
    """Return the numbers, from 1, of the pages that have no text layer; none of a broken file."""
    try:
        with opened(body) as document:
            texts, _ = texts_of(document)
    except PDF_ERRORS:
        return []
    return [number for number, text in enumerate(texts, start=1) if not has_words(text or "")]


def picture_of(body: bytes, number: int) -> Picture | None:
    """Return a picture of page *number* (from 1), or ``None`` if it cannot be drawn."""
    try:
        with opened(body) as document:
            page = document[number - 1]
            width, height = page.get_size()
            fits = (_MOST_DOTS / max(width * height, 1.0)) ** 0.5
            scale = min(_RESOLUTION / _POINTS_PER_INCH, fits)
            grey = page.render(scale=scale, grayscale=True).to_numpy()
    except (*PDF_ERRORS, MemoryError):
        return None
    rows, columns = grey.shape[:2]
    blank = int((grey < _DARK).sum()) < _LEAST_INK * rows * columns
    return Picture(number, b"P5 %d %d 255\n" % (columns, rows) + grey.tobytes(), blank)


def pictures_of_scans(body: bytes) -> Iterator[Picture]:
    """Yield a picture of every page that has no text layer and can be drawn, one at a time."""
    for number in pages_without_text(body):
        picture = picture_of(body, number)
        if picture is not None:
            yield picture
