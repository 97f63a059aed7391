"""The values of a page's fields, each pointing into the page's text.

A finding can thus show the reader the very words: ``text[start:end] == value``.
"""

import re
from bisect import bisect_left

from bs4 import Tag

from flows.pages.dates import DATE
from flows.pages.layout import Layout
from flows.pages.regions import FoundBy, Region
from flows.pages.tags import attribute
from flows.records import FieldName, PageField

#: Headings among which the title is looked for; real pages have one or two.
MOST_HEADINGS = 50

#: Blocks that no title contains: a heading that is never closed does.
_BLOCKS = ("article", "div", "dl", "form", "h2", "h3", "main", "section")


def read_fields(layout: Layout, regions: list[Region]) -> list[PageField]:
    """Return the values in *regions*; postings are read by ``postings``."""
    times = sorted(
        (*layout.span(tag), attribute(tag, "datetime")) for tag in layout.tags.named("time")
    )
    fields: list[PageField] = []
    for region in regions:
        if region.name is FieldName.DATE:
            first = bisect_left(times, (region.start,))
            last = bisect_left(times, (region.end,))
            fields.extend(_dates(layout, region, times[first:last]))
        elif region.name is not FieldName.POSTING:
            fields.extend(_field(layout, region.name, region.start, region.end, region.found_by))
    return fields


def title_of(layout: Layout) -> PageField | None:
    """Return the page's title: its own ``h1``, not the one around the site's logo."""
    headings = [*layout.tags.named("h1"), *layout.tags.classed("page-title", "field--name-title")]
    candidates = [
        tag
        for tag in headings[:MOST_HEADINGS]
        if layout.words(tag) and not _is_site_name(tag, layout)
    ]
    if not candidates:
        return None
    shown = layout.head_title.casefold()
    best = max(
        candidates,
        key=lambda tag: (
            bool(shown) and shown.startswith(layout.words(tag).casefold()[:60]),
            tag.name == "h1",
            tag.find_parent(["main", "article"]) is not None,
        ),
    )
    start, end = _title_span(layout, best)
    found = _field(
        layout, FieldName.TITLE, start, end, "class" if best.name != "h1" else "structure"
    )
    return found[0] if found else None


def _title_span(layout: Layout, tag: Tag) -> tuple[int, int]:
    """Return where the title stands; a heading that is never closed ends at the next block."""
    start, end = layout.span(tag)
    paragraph = layout.text.find("\n\n", start, end)
    ends = [end if paragraph < 0 else paragraph]
    for block in tag.find_all(_BLOCKS):
        if layout.span(block)[0] > start:
            ends.append(layout.span(block)[0])
            break
    return layout.trim(start, min(ends))


def _is_site_name(tag: Tag, layout: Layout) -> bool:
    if layout.words(tag).casefold() in {
        "national security archive",
        "the national security archive",
    }:
        return True
    return bool(tag.find_parent(class_=re.compile(r"site-(?:name|branding|logo)")))


def _field(
    layout: Layout,
    name: FieldName,
    start: int,
    end: int,
    found_by: FoundBy,
    iso: str = "",
) -> list[PageField]:
    start, end = layout.trim(start, end)
    if start >= end:
        return []
    value = layout.text[start:end]
    return [
        PageField(name=name, value=value, start=start, end=end, found_by=found_by, iso=iso or None)
    ]


def _dates(layout: Layout, region: Region, times: list[tuple[int, int, str]]) -> list[PageField]:
    """Return the whole value, if it is one (it may be a range), then each date in it."""
    if not times:
        times = [
            (region.start + found.start(), region.start + found.end(), "")
            for found in DATE.finditer(layout.text[region.start : region.end])
        ]
    iso = times[0][2] if len(times) == 1 else ""
    fields: list[PageField] = []
    if len(times) < 2 or "\n" not in layout.text[region.start : region.end]:
        fields = _field(layout, FieldName.DATE, region.start, region.end, region.found_by, iso)
    for start, end, reading in times:
        if (start, end) != (region.start, region.end):
            fields += _field(layout, FieldName.DATE, start, end, region.found_by, reading)
    return fields
