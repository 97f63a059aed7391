"""Where the labelled fields of a page stand: by class, else by label.

What was found in a surer way is not overruled by a less sure one: labels are
asked only for the fields that no class named.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from bs4 import Tag

from flows.pages.labels import LONGEST_LABEL, by_class, by_label, inline_label
from flows.pages.layout import Layout
from flows.pages.tags import Placed, classes_of
from flows.records import FieldName

FoundBy = Literal["class", "label", "structure"]

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_FIELD_CLASS = re.compile(r"field|node__|document[-_]", re.IGNORECASE)
_LABEL_CLASS = re.compile(r"(?:^|[-_])label$")
_LABEL_TAGS = (*HEADINGS, "dt", "th", "strong", "b", "label", "legend")
_TEASERS = ("views-row", "teaser", "node--view-mode-teaser", "view-mode-teaser")
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


def others(layout: Layout, regions: list[Region]) -> "Cover":
    """Return where a document's page shows something else: teasers, asides, rows, its footer.

    Dates and sources there are not this document's. The page's own part is
    the one that holds the first field outside a teaser.
    """
    teasers = Cover(layout.span(tag) for tag in _teasers(layout))
    own = next((each.start for each in regions if each.start not in teasers), None)
    if own is None:
        return Cover(())
    spans = (layout.span(tag) for tag in [*_teasers(layout), *layout.tags.named("article")])
    return Cover((start, end) for start, end in spans if not start <= own < end)


def _teasers(layout: Layout) -> list[Placed]:
    footers = [
        tag for tag in layout.tags.named("footer") if tag.find_parent(["main", "article"]) is None
    ]
    return [*footers, *layout.tags.named("aside"), *layout.tags.classed(*_TEASERS)]


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


# ── by class ─────────────────────────────────────────────────────────────────


def _regions_by_class(layout: Layout) -> list[Region]:
    regions: list[Region] = []
    # Up to where the last field of each name reached: what begins before is inside it.
    reached: dict[FieldName, int] = {}
    for tag in layout.tags.classed_like(_FIELD_CLASS):
        name = by_class(classes_of(tag))
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
            child.name in _LABEL_TAGS
            and label_end - label_start <= LONGEST_LABEL
            and by_label(layout.text[label_start:label_end]) is not None
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
    return any(_LABEL_CLASS.search(name) for name in classes_of(tag))


def _after_colon(layout: Layout, start: int, end: int) -> tuple[int, int]:
    rest = layout.text[start:end]
    bare = rest.lstrip()
    if bare.startswith(":"):
        return start + len(rest) - len(bare) + 1, end
    return start, end


# ── by label ─────────────────────────────────────────────────────────────────


def _labels(layout: Layout) -> list[_Label]:
    """Return the labels of the page: elements that hold nothing else, and lines of text."""
    found: dict[int, _Label] = {}
    for tag in layout.tags.named(*_LABEL_TAGS):
        _note(found, layout, tag)
    for tag in layout.tags.classed_like(_LABEL_CLASS):
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
    if not 0 < end - start <= LONGEST_LABEL or (start and layout.text[start - 1] not in "\n\t"):
        return
    if (name := by_label(layout.text[start:end])) is not None:
        found.setdefault(start, _Label(name=name, start=start, end=end))


def _regions_by_label(layout: Layout, labels: list[_Label]) -> list[Region]:
    labels = labels[:MOST_LABELS]
    starts = {label.start for label in labels}
    always = sorted(starts | _limits(layout))
    # A list of postings has headings of its own: those that are links.
    titled = sorted(_headings(layout, linked=True) - starts)
    around = [layout.span(tag) for tag in layout.tags.named("main", "article")]
    regions = []
    for label in labels:
        ends = [len(layout.text), *(high for low, high in around if low <= label.start < high)]
        ends += always[(at := bisect_left(always, label.end)) : at + 1]
        if label.name is not FieldName.POSTING:
            ends += titled[(at := bisect_left(titled, label.end)) : at + 1]
        end = min(ends)
        start, end = layout.trim(*_after_colon(layout, label.end, end))
        if start < end:
            start, end = _first_block(layout, label.name, label.end, start, end)
            regions.append(Region(name=label.name, start=start, end=end, found_by="label"))
    return regions


def _limits(layout: Layout) -> set[int]:
    """Return where any field must end: headings, footers, fields of other kinds."""
    others = [*layout.tags.named(*_LIMITS), *layout.tags.classed_like(_OTHER_FIELD)]
    spans = [layout.span(tag) for tag in others]
    return _headings(layout, linked=False) | {start for start, end in spans if start < end}


def _headings(layout: Layout, *, linked: bool) -> set[int]:
    return {
        layout.span(tag)[0]
        for tag in layout.tags.named(*HEADINGS[:3])
        if (tag.find("a", href=True) is not None) == linked
    }


def _first_block(
    layout: Layout, name: FieldName, label_end: int, start: int, end: int
) -> tuple[int, int]:
    """Narrow the region of a short field to its first line or paragraph."""
    value = layout.text[start:end]
    if name in {FieldName.DATE, FieldName.TITLE}:
        return layout.trim(start, start + len(value.split("\n", 1)[0]))
    if name is FieldName.SOURCE:
        # Behind its label on the same line, a source is that line.
        beside = "\n" not in layout.text[label_end:start]
        return layout.trim(start, start + len(value.split("\n" if beside else "\n\n", 1)[0]))
    return start, end
