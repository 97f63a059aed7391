"""News, project and other pages of the site: all their words, and the title.

Extractors of "main content" lose up to a third of a page's words, and a
quotation from a caption or a note would then count as not found; so nothing
is left out here but navigation, and the title is the only field.
"""

from flows.pages.addresses import file_addresses, frame_addresses, ocr_address
from flows.pages.fields import title_of
from flows.pages.layout import Layout
from flows.pages.structure import head_title_field
from flows.pages.version import EXTRACTOR
from flows.records import Layer, Page


def read_article(layout: Layout, *, url: str, basis: str = "all words of the page") -> Page:
    """Return the page's whole text with its title."""
    title = title_of(layout) or head_title_field(layout)
    return Page(
        url=url,
        layer=Layer.PAGE,
        text=layout.text,
        extractor=EXTRACTOR,
        basis=basis,
        title=title.value if title is not None else None,
        fields=(title,) if title is not None else (),
        ocr_url=ocr_address(layout, url=url),
        file_urls=file_addresses(layout, url=url),
        frame_urls=frame_addresses(layout, url=url),
    )
