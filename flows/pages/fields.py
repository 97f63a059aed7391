"""The labelled fields of a page: by class, else by label, else by structure.

Every field points into the page's text, so that a finding can show the reader
the very words. What was found in a surer way is not overruled by a less sure
one: labels are asked only for the fields that no class named.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from bs4 import Tag

from flows.pages.dates import DATE
from flows.pages.labels import by_class, by_label, inline_label
from flows.pages.layout import Layout
from flows.records import FieldName, PageField

FoundBy = Literal["class", "label", "structure"]

#: A source longer than this has swallowed what follows it.
LONGEST_SOURCE = 600

_LABEL_CLASS = re.compile(r"(?:^|[-_])label$")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LABEL_TAGS = (*_HEADINGS, "dt", "th", "strong", "b", "label", "legend")
_BLOCKS = ("article", "div", "dl", "form", "h2", "h3", "main", "section")
_LIMITS = ("footer", "aside", "form")
#: Fields that are no words of the document's description and end what stands before.
_OTHER_FIELD = re.compile(r"^field--?name-field-(?:media|file|document|pdf|image|tags|related)")
#: Labels that are followed up; a page of labels alone is no document page.
MOST_LABELS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """Where the values of one field stand, label excluded."""

    name: FieldName
    start: int
    end: int
    found_by: FoundBy


@dataclass(frozen=True, slots=True, kw_only=True)
class _Label:
    name: FieldName
    start: int
    end: int


def find_regions(layout: Layout) -> list[Region]:
    """Return the fields' regions in reading order: those of a class, then those of a label."""
    regions = _regions_by_class(layout)
    named = {region.name for region in regions}
    taken = Cover((region.start, region.end) for region in regions)
    regions += [
        region
        for region in _regions_by_label(layout, _labels(layout))
        if region.name not in named and region.start not in taken
    ]
    return sorted(regions, key=lambda region: (region.start, region.end))


def read_fields(layout: Layout, regions: list[Region]) -> list[PageField]:
    """Return the values in *regions*; postings are read by ``postings``."""
    times = sorted(
        (*layout.span(tag), _attribute(tag, "datetime")) for tag in layout.soup.find_all("time")
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


class Cover:
    """Tells whether a place lies in any of some spans."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._spans: list[tuple[int, int]] = []
        for start, end in sorted(spans):
            if self._spans and start <= self._spans[-1][1]:
                self._spans[-1] = (self._spans[-1][0], max(end, self._spans[-1][1]))
            else:
                self._spans.append((start, end))

    def __contains__(self, at: int) -> bool:
        place = bisect_right(self._spans, at, key=lambda span: span[0]) - 1
        return place >= 0 and at < self._spans[place][1]


def title_of(layout: Layout) -> PageField | None:
    """Return the page's title: its own ``h1``, not the one around the site's logo."""
    candidates = [
        tag
        for tag in layout.soup.select("h1, .page-title, .field--name-title")
        if layout.words(tag) and not _is_site_name(tag, layout)
    ]
    if not candidates:
        return None
    shown = layout.head_title.casefold()
    best = max(
        candidates,
        key=lambda tag: (
            bool(shown) and shown.startswith(layout.words(tag).casefold()[:60]),
            tag.find_parent(["main", "article"]) is not None,
            tag.name == "h1",
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


# ── by class ─────────────────────────────────────────────────────────────────


def _regions_by_class(layout: Layout) -> list[Region]:
    regions: list[Region] = []
    # Up to where the last field of each name reached: what begins before is inside it.
    reached: dict[FieldName, int] = {}
    for tag in layout.soup.find_all(class_=True):
        name = by_class(_classes(tag))
        if name is None or name is FieldName.TITLE:
            continue
        outer_start, outer_end = layout.span(tag)
        if outer_start < reached.get(name, 0):
            continue
        start, end = _without_label(layout, tag)
        if start < end:
            reached[name] = outer_end
            regions.append(Region(name=name, start=start, end=end, found_by="class"))
    # The teasers of the postings that a document page lists are not its description.
    listed = Cover((each.start, each.end) for each in regions if each.name is FieldName.POSTING)
    return [each for each in regions if each.name is FieldName.POSTING or each.start not in listed]


def _without_label(layout: Layout, tag: Tag) -> tuple[int, int]:
    start, end = layout.span(tag)
    for child in tag.find_all():
        label_start, label_end = layout.span(child)
        if label_start > start:
            break
        is_label = _has_label_class(child) or (
            child.name in _LABEL_TAGS and by_label(layout.words(child)) is not None
        )
        if is_label and label_start == start and label_end > label_start:
            return layout.trim(*_after_colon(layout, label_end, end))
    line = layout.text[start:end].split("\n", 1)[0]
    if by_label(line) is not None:
        return layout.trim(start + len(line), end)
    if (inline := inline_label(line)) is not None:
        return layout.trim(start + inline[1], end)
    return start, end


def _has_label_class(tag: Tag) -> bool:
    return any(_LABEL_CLASS.search(name) for name in _classes(tag))


def _after_colon(layout: Layout, start: int, end: int) -> tuple[int, int]:
    rest = layout.text[start:end]
    bare = rest.lstrip()
    if bare.startswith(":"):
        return start + len(rest) - len(bare) + 1, end
    return start, end


def _classes(tag: Tag) -> list[str]:
    value = tag.get("class")
    if value is None:
        return []
    return value.split() if isinstance(value, str) else [str(name) for name in value]


# ── by label ─────────────────────────────────────────────────────────────────


def _labels(layout: Layout) -> list[_Label]:
    """Return the labels of the page: elements that hold nothing else, and lines of text."""
    found: dict[int, _Label] = {}
    for tag in layout.soup.find_all(_LABEL_TAGS):
        _note(found, layout, tag)
    for tag in layout.soup.find_all(class_=_LABEL_CLASS):
        _note(found, layout, tag)
    at = 0
    for line in layout.text.split("\n"):
        for cell in line.split("\t"):
            if cell and (name := by_label(cell)) is not None:
                found.setdefault(at, _Label(name=name, start=at, end=at + len(cell)))
            elif cell and (inline := inline_label(cell)) is not None:
                found.setdefault(at, _Label(name=inline[0], start=at, end=at + inline[1]))
            at += len(cell) + 1
    return sorted(found.values(), key=lambda label: label.start)


def _note(found: dict[int, _Label], layout: Layout, tag: Tag) -> None:
    start, end = layout.span(tag)
    # A word in bold inside a sentence is no label: labels begin their line.
    if start >= end or (start and layout.text[start - 1] not in "\n\t"):
        return
    if (name := by_label(layout.text[start:end])) is not None:
        found.setdefault(start, _Label(name=name, start=start, end=end))


def _regions_by_label(layout: Layout, labels: list[_Label]) -> list[Region]:
    labels = labels[:MOST_LABELS]
    starts = {label.start for label in labels}
    always = sorted(starts | _limits(layout))
    # A list of postings has headings of its own: those that are links.
    titled = sorted(_headings(layout, linked=True) - starts)
    around = [layout.span(tag) for tag in layout.soup.find_all(["main", "article"])]
    regions = []
    for label in labels:
        ends = [len(layout.text), *(high for low, high in around if low <= label.start < high)]
        ends += always[(at := bisect_left(always, label.end)) : at + 1]
        if label.name is not FieldName.POSTING:
            ends += titled[(at := bisect_left(titled, label.end)) : at + 1]
        end = min(ends)
        start, end = layout.trim(*_after_colon(layout, label.end, end))
        if start < end:
            start, end = _first_block(layout, label.name, start, end)
            regions.append(Region(name=label.name, start=start, end=end, found_by="label"))
    return regions


def _limits(layout: Layout) -> set[int]:
    """Return where any field must end: headings, footers, fields of other kinds."""
    others = [*layout.soup.find_all(_LIMITS), *layout.soup.find_all(class_=_OTHER_FIELD)]
    spans = [layout.span(tag) for tag in others]
    return _headings(layout, linked=False) | {start for start, end in spans if start < end}


def _headings(layout: Layout, *, linked: bool) -> set[int]:
    return {
        layout.span(tag)[0]
        for tag in layout.soup.find_all(_HEADINGS[:3])
        if (tag.find("a", href=True) is not None) == linked
    }


def _first_block(layout: Layout, name: FieldName, start: int, end: int) -> tuple[int, int]:
    """Narrow the region of a short field to its first line or paragraph."""
    value = layout.text[start:end]
    if name in {FieldName.DATE, FieldName.TITLE}:
        return layout.trim(start, start + len(value.split("\n", 1)[0]))
    if name is FieldName.SOURCE and len(value) > LONGEST_SOURCE:
        return layout.trim(start, start + len(value.split("\n\n", 1)[0]))
    return start, end


# ── values ───────────────────────────────────────────────────────────────────


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


def _attribute(tag: Tag, name: str) -> str:
    value = tag.get(name)
    return value.strip() if isinstance(value, str) else ""
