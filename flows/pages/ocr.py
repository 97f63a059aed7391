"""The text of a primary document as recognised by machine: ``/media/N/ocr``."""

import re
from urllib.parse import urlsplit

from flows.pages.layout import Layout
from flows.pages.version import EXTRACTOR
from flows.records import Layer, Page

_PATH = re.compile(r"/media/\d+/ocr/?$", re.IGNORECASE)


def is_ocr_address(url: str) -> bool:
    """Whether *url* is that of a document's recognised text."""
    try:
        return _PATH.search(urlsplit(url).path) is not None
    except ValueError:
        return False


def read_ocr(layout: Layout, *, url: str) -> Page:
    """Return the recognised text as it is; the page around it, if any, comes with it."""
    return Page(
        url=url,
        layer=Layer.OCR,
        text=layout.text,
        extractor=EXTRACTOR,
        basis="OCR page (HTML)",
    )
