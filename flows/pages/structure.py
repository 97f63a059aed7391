"""Fields without a class or a label: what the page's build alone tells."""

from flows.pages.fields import Cover, Region
from flows.pages.html import bare_title
from flows.pages.layout import Layout
from flows.records import FieldName, PageField

_DESCRIPTIONS = (
    "[itemprop=description], [itemprop=articleBody], [property='schema:description'], "
    "main .text-formatted, article .text-formatted"
)


def head_title_field(layout: Layout) -> PageField | None:
    """Return the title from the head, for a page without a heading of its own."""
    title = bare_title(layout.head_title)
    at = layout.text.find(title) if title else -1
    if at < 0:
        return None
    return PageField(
        name=FieldName.TITLE, value=title, start=at, end=at + len(title), found_by="structure"
    )


def described_by_structure(
    layout: Layout, fields: list[PageField], regions: list[Region]
) -> list[PageField]:
    """Return the date and the description that *fields* lack, where the build is telling."""
    names = {found.name for found in fields}
    taken = Cover((region.start, region.end) for region in regions)
    found: list[PageField] = []
    if FieldName.DATE not in names:
        for tag in layout.soup.select("main time[datetime], article time[datetime]"):
            start, end = layout.span(tag)
            if start < end and start not in taken:
                iso = tag.get("datetime")
                found.append(
                    PageField(
                        name=FieldName.DATE,
                        value=layout.text[start:end],
                        start=start,
                        end=end,
                        found_by="structure",
                        iso=iso if isinstance(iso, str) else None,
                    )
                )
                break
    if FieldName.DESCRIPTION not in names:
        for tag in layout.soup.select(_DESCRIPTIONS):
            start, end = layout.span(tag)
            if start < end and start not in taken:
                found.append(
                    PageField(
                        name=FieldName.DESCRIPTION,
                        value=layout.text[start:end],
                        start=start,
                        end=end,
                        found_by="structure",
                    )
                )
                break
    return found
