"""Briefing books: the article, its notes, the documents with their descriptions.

The text is the whole page. A post that copies a document's entry from a
briefing book gives that document's title, date and source, so every title,
date and source of the page is a field here, the article's own first.
"""

import re
from dataclasses import replace
from urllib.parse import urlsplit

from flows.pages.article import read_article, source_fields
from flows.pages.layout import Layout
from flows.pages.regions import Region
from flows.records import FieldName, Page, PageField

_PATH = re.compile(r"^/briefing-book/", re.IGNORECASE)
_NUMBERED = re.compile(r"briefing book (?:no\. ?|# ?)\d+", re.IGNORECASE)
_DOCUMENT_TITLES = (
    ".field--name-field-document-title, .document-title, .views-field-title, "
    "article h2, article h3, article h4, main h2, main h3, main h4, dt"
)


def is_briefing_book(layout: Layout, *, url: str) -> bool:
    """Whether the page is a briefing book: by its address, else by its number near the top."""
    try:
        path = urlsplit(url).path
    except ValueError:
        return False
    if _PATH.match(path):
        return True
    return path.startswith("/node/") and bool(_NUMBERED.search(layout.text[:1500]))


def read_briefing_book(layout: Layout, regions: list[Region], *, url: str) -> Page:
    """Return the page's whole text with its titles, dates and sources."""
    page = read_article(layout, url=url, basis="briefing book, all words")
    fields = (*page.fields, *_titles(layout, page), *source_fields(layout, regions))
    return replace(page, fields=fields)


def _titles(layout: Layout, page: Page) -> list[PageField]:
    titles: dict[tuple[int, int], PageField] = {}
    own = {(found.start, found.end) for found in page.fields}
    for tag in layout.soup.select(_DOCUMENT_TITLES):
        start, end = layout.span(tag)
        if start < end and (start, end) not in own:
            titles[start, end] = PageField(
                name=FieldName.TITLE,
                value=layout.text[start:end],
                start=start,
                end=end,
                found_by="structure",
            )
    return list(titles.values())
