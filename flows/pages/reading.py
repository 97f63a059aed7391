"""A capture's bytes to a page: which way of reading fits, and whether it is evidence."""

from dataclasses import replace

from flows.pages.article import read_article
from flows.pages.briefing_book import is_briefing_book, read_briefing_book
from flows.pages.document import is_document, read_document
from flows.pages.doubtful import BROKEN_OFF, part_reason, strange_reason
from flows.pages.html import has_words, read_html
from flows.pages.layout import HIDDEN_WORDS, Layout
from flows.pages.legacy import is_legacy, read_legacy
from flows.pages.ocr import is_ocr_address, read_ocr
from flows.pages.offsets import offsets_of_html
from flows.pages.plain import read_plain
from flows.pages.problems import FRAME_SET, NO_TEXT_LAYER, NO_TEXT_LAYER_ON, NO_WORDS
from flows.pages.regions import Region, find_regions
from flows.pages.sniffing import Form, binary_kind, form_of
from flows.pages.version import EXTRACTOR
from flows.pages.walls import has_fields, plain_wall_reason, wall_reason
from flows.records import Layer, Page


def read_page(body: bytes, *, url: str, content_type: str) -> Page:
    r"""Return the readable text of *body* with the structure that was found.

    Never fails: what cannot be read gives a page whose ``problem`` says why.
    ``url`` is the address the bytes came from; relative addresses are
    resolved against it, and its shape helps to choose the way of reading.

    >>> page = read_page(b"<h1>Telegram</h1><p>Received.", url="", content_type="text/html")
    >>> page.text, page.title
    ('Telegram\n\nReceived.', 'Telegram')
    """
    return _read(body, url=url, content_type=content_type, with_offsets=True)[0]


def unusable_reason(body: bytes, *, url: str, content_type: str) -> str | None:
    """Return why *body* is no evidence (challenge, sign-in, missing page, no words), or ``None``.

    A PDF file that was scanned without a text layer is a source that was
    obtained, although nothing can be compared with it: ``None``.
    """
    page, obtained = _read(body, url=url, content_type=content_type, with_offsets=False)
    return None if obtained else page.problem


def lacks_text_layer(page: Page) -> bool:
    """Whether *page* is a PDF file of which some pages are pictures only."""
    return page.layer is Layer.PDF and (
        page.problem == NO_TEXT_LAYER or (page.incomplete or "").startswith(NO_TEXT_LAYER_ON)
    )


def breaks_off(page: Page) -> bool:
    """Whether the site sent *page* without its end, so that another try may bring it."""
    return page.incomplete == BROKEN_OFF


def _read(body: bytes, *, url: str, content_type: str, with_offsets: bool) -> tuple[Page, bool]:
    """Return the page, and whether the source itself was obtained."""
    form = form_of(body, content_type=content_type)
    if form is Form.PDF:
        from flows.pages import pdf  # noqa: PLC0415  PDFium takes 0.1 s to load

        page = pdf.read_pdf(body, url=url)
        return page, page.basis != pdf.DAMAGED
    if form is Form.HTML:
        return _html_page(body, url=url, content_type=content_type, with_offsets=with_offsets)
    layer = Layer.OCR if is_ocr_address(url) else Layer.PAGE
    if form is Form.PLAIN:
        page = read_plain(body, url=url, content_type=content_type, layer=layer)
        if not has_words(page.text):
            return replace(page, problem=NO_WORDS), False
        ocr = layer is Layer.OCR
        wall = plain_wall_reason(page.text, ocr=ocr)
        part = None if ocr else part_reason(page.text, "", url=url)
        return replace(page, problem=wall, incomplete=part), wall is None
    problem = NO_WORDS
    if form is Form.BINARY:
        problem = f"The answer is {binary_kind(body, content_type=content_type)}: it has no text."
    elif form is Form.DATA:
        problem = "The answer is data for programs, not a page."
    page = Page(
        url=url, layer=layer, text="", extractor=EXTRACTOR, basis=str(form), problem=problem
    )
    return page, False


def _html_page(
    body: bytes, *, url: str, content_type: str, with_offsets: bool
) -> tuple[Page, bool]:
    ocr = is_ocr_address(url)
    read = read_html(body, content_type=content_type, with_title=not ocr)
    regions = [] if ocr else find_regions(read.layout)
    page = _by_kind(read.layout, regions, url=url)
    page = replace(page, basis=f"{page.basis} ({read.decoded.encoding})")
    if with_offsets:
        page = replace(page, offsets=offsets_of_html(read.layout, read.markup, read.decoded))
    if page.frame_urls:
        return replace(page, incomplete=FRAME_SET), True
    if not has_words(page.text) or (read.layout.headed and not _more_than_title(page)):
        scripted = " It is made by a program in the browser." if read.layout.unread else ""
        return replace(page, problem=NO_WORDS + scripted), False
    wall = wall_reason(read.layout, read.markup, regions, url=url, ocr=ocr)
    known = has_fields(regions)
    if wall is None and not ocr:
        wall = strange_reason(page.text, url=url, has_fields=known)
    if wall is not None:
        return replace(page, problem=wall), False
    if page.incomplete is None and read.layout.hidden_words >= HIDDEN_WORDS:
        hidden = f"The page hides {read.layout.hidden_words} further words from its readers."
        page = replace(page, incomplete=hidden)
    if page.incomplete is None and not ocr:
        part = part_reason(page.text, read.markup, url=url, has_fields=known)
        page = replace(page, incomplete=part)
    return page, True


def _by_kind(layout: Layout, regions: list[Region], *, url: str) -> Page:
    if is_ocr_address(url):
        return read_ocr(layout, url=url)
    if is_legacy(layout, url=url):
        return read_legacy(layout, regions, url=url)
    if is_briefing_book(layout, url=url):
        return read_briefing_book(layout, regions, url=url)
    if is_document(layout, url=url):
        return read_document(layout, regions, url=url)
    return read_article(layout, url=url)


def _more_than_title(page: Page) -> bool:
    """Whether anything stands below the title that was taken from the head."""
    return has_words(page.text[len(page.title or "") :])
