"""News, project and other pages of the site: all their words, the title, the dates.

Extractors of "main content" lose up to a third of a page's words, and a
quotation from a caption or a note would then count as not found; so nothing
is left out here but navigation. Such a page has no date field; every date on
it is given as one, because a post that names a date may mean any of them.
"""

import re
from collections.abc import Sequence
from itertools import islice

from flows.pages.addresses import file_addresses, frame_addresses, ocr_address
from flows.pages.dates import DATE
from flows.pages.fields import title_of
from flows.pages.layout import Layout
from flows.pages.regions import Region
from flows.pages.structure import head_title_field
from flows.pages.version import EXTRACTOR
from flows.records import FieldName, Layer, Page, PageField

#: Dates of a page that are given; longer lists are chronologies.
MOST_DATES = 500

_PUBLISHED = re.compile(r"(?:published|posted)(?: on)?:?\s*\Z", re.IGNORECASE)


def read_article(layout: Layout, *, url: str, basis: str = "all words of the page") -> Page:
    """Return the page's whole text with its title and dates."""
    title = title_of(layout) or head_title_field(layout)
    return Page(
        url=url,
        layer=Layer.PAGE,
        text=layout.text,
        extractor=EXTRACTOR,
        basis=basis,
        title=title.value if title is not None else None,
        fields=(*((title,) if title is not None else ()), *date_fields(layout)),
        ocr_url=ocr_address(layout, url=url),
        file_urls=file_addresses(layout, url=url),
        frame_urls=frame_addresses(layout, url=url),
    )


def date_fields(layout: Layout) -> list[PageField]:
    """Return every date of the page, that of its publication first."""
    dates = [
        PageField(
            name=FieldName.DATE,
            value=found[0],
            start=found.start(),
            end=found.end(),
            found_by="label" if _is_published(layout.text, found.start()) else "structure",
        )
        for found in islice(DATE.finditer(layout.text), MOST_DATES)
    ]
    return sorted(dates, key=lambda found: (found.found_by != "label", found.start))


def source_fields(layout: Layout, regions: Sequence[Region]) -> list[PageField]:
    """Return the sources that the page names: of each document it describes, if it does so."""
    return [
        PageField(
            name=FieldName.SOURCE,
            value=layout.text[region.start : region.end],
            start=region.start,
            end=region.end,
            found_by=region.found_by,
        )
        for region in regions
        if region.name is FieldName.SOURCE
    ]


def _is_published(text: str, at: int) -> bool:
    return _PUBLISHED.search(text, max(0, at - 24), at) is not None
