"""Fields without a class or a label: what the page's build alone tells."""

from bs4 import Tag

from flows.pages.html import bare_title, own_line
from flows.pages.labels import by_label
from flows.pages.layout import Layout
from flows.pages.regions import Cover, Region
from flows.records import FieldName, PageField

_DATES = "main time[datetime], article time[datetime]"
_DESCRIPTIONS = (
    "[itemprop=description], [itemprop=articleBody], [property='schema:description'], "
    "main .text-formatted, article .text-formatted"
)


def head_title_field(layout: Layout) -> PageField | None:
    """Return the title from the head, else the first lesser heading that is no label."""
    title = bare_title(layout.head_title)
    at = own_line(layout.text, title) if title else None
    if at is None:
        for tag in layout.tags.named("h2", "h3"):
            start, end = layout.span(tag)
            if start < end and by_label(layout.text[start:end]) is None:
                at, title = start, layout.text[start:end]
                break
    if at is None:
        return None
    return PageField(
        name=FieldName.TITLE, value=title, start=at, end=at + len(title), found_by="structure"
    )


def described_by_structure(
    layout: Layout, fields: list[PageField], regions: list[Region], elsewhere: Cover
) -> list[PageField]:
    """Return the date and the description that *fields* lack, where the build is telling."""
    taken = Cover((region.start, region.end) for region in regions)
    names = {found.name for found in fields}
    found: list[PageField] = []
    for name, selector in ((FieldName.DATE, _DATES), (FieldName.DESCRIPTION, _DESCRIPTIONS)):
        if name in names:
            continue
        for tag in layout.soup.select(selector):
            start, end = layout.span(tag)
            if start < end and start not in taken and start not in elsewhere:
                found.append(_found(layout, name, tag))
                break
    return found


def _found(layout: Layout, name: FieldName, tag: Tag) -> PageField:
    start, end = layout.span(tag)
    iso = tag.get("datetime")
    return PageField(
        name=name,
        value=layout.text[start:end],
        start=start,
        end=end,
        found_by="structure",
        iso=iso if isinstance(iso, str) else None,
    )
