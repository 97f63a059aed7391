"""Hand-made pages of the older sites: tables, frames, hard wraps, windows-1252."""

import re
from dataclasses import replace
from urllib.parse import urlsplit

from flows.pages.article import read_article, source_fields
from flows.pages.layout import Layout
from flows.pages.regions import Region
from flows.records import Page

_HOST = re.compile(
    r"(?:nsarchive2\.gwu\.edu|www2?\.gwu\.edu|(?:www\.)?seas\.gwu\.edu|(?:www\.)?nsarchive\.org)",
    re.IGNORECASE,
)
_PATH = re.compile(r"/(?:nsaebb|nukevault|coldwar|~nsarchiv)\b", re.IGNORECASE)


def is_legacy(layout: Layout, *, url: str) -> bool:
    """Whether the page is one of the older sites: by its address, or because it is a frame set."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    if layout.tags.named("frame"):
        return True
    return bool(_HOST.fullmatch(parts.hostname or "") or _PATH.search(parts.path))


def read_legacy(layout: Layout, regions: list[Region], *, url: str) -> Page:
    """Return all words of the page, table after table, its sources and the frames it shows."""
    page = read_article(layout, url=url, basis="legacy page, all words")
    return replace(page, fields=(*page.fields, *source_fields(layout, regions)))
