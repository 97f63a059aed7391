"""The labelled fields that a post copied from document pages, block by block.

A block is one document's fields. It begins anew where a label comes again,
or behind the block's own link. Labels alone do not make a block ("Source:
my uncle"): it takes two different ones, or one that stands alone on its line
or before a date in a post that links to a document page.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from flows.citations.dates import is_date
from flows.citations.labels import Label, label_on, lines_with_labels
from flows.citations.layout import Line, Paragraph, lines_of, paragraphs_of
from flows.records import FieldName, Link, LinkKind

#: A value of a date field that is longer is prose.
LONGEST_DATE = 60
#: A title or source that is longer, in code points, has a line of prose below it.
LONGEST_WRAPPED = 300
#: Words of which the Archive's name is made, and of lines that name nothing.
_NO_SOURCE = frozenset(
    """
    the national security archive nsarchive nsarchive2 gwu edu george washington university at of
    website www org https unknown n a none see link below above here
    """.split()  # noqa: SIM905  read as words, checked at a glance
)
_DECORATION = "*_~|¦•·▪;> \t\u00a0"
#: Behind a value and before a link on one line.
_PARTING = tuple("|¦•·;")


@dataclass(frozen=True, slots=True)
class FieldValue:
    """A value of a labelled field; *sure* is false where own words may have slipped in."""

    name: FieldName
    start: int
    end: int
    sure: bool = True


@dataclass(slots=True)
class Block:
    """One document's fields: from its first line to its last, and its values."""

    start: int
    end: int
    values: list[FieldValue] = field(default_factory=list)


@dataclass(slots=True)
class _Section:
    """A label and the lines up to the next label, link line or end of the block."""

    name: FieldName
    start: int
    value_start: int
    end: int
    closed: bool


class _Links:
    """The links of a post in order of place, asked which of them stand in a stretch."""

    def __init__(self, links: Sequence[Link]) -> None:
        self._links = sorted(links, key=lambda link: link.start)
        self._starts = [link.start for link in self._links]

    def within(self, start: int, end: int) -> Iterator[Link]:
        """Yield the links that begin in ``[start, end)``."""
        for place in range(bisect_left(self._starts, start), len(self._starts)):
            if self._starts[place] >= end:
                break
            yield self._links[place]


def blocks_of(text: str, links: Sequence[Link]) -> list[Block]:
    """Return the blocks of labelled fields in *text*, in order."""
    lines = lines_with_labels(text)
    placed = _Links(links)
    labels = [label for number, line in enumerate(lines) if (label := label_on(text, line, number))]
    if not labels:
        return []
    has_document = any(link.kind is LinkKind.DOCUMENT for link in links)
    blocks = []
    floor = 0
    for group in _groups(text, lines, labels, placed):
        names = {label.name for label in group}
        enough = len(names) > 1 or (has_document and _tells_enough(text, lines, group[0]))
        if not enough:
            continue
        ceiling = _next_start(lines, labels, group)
        block = _block(text, lines, group, placed, floor, ceiling)
        if block.values:
            blocks.append(block)
            floor = block.end
    return blocks


def _tells_enough(text: str, lines: Sequence[Line], label: Label) -> bool:
    """Whether one label is enough: alone on its line, or before what is nothing but a date."""
    if label.alone:
        return label.name in {FieldName.DESCRIPTION, FieldName.POSTING, FieldName.DATE}
    value = text[label.value_start : lines[label.line].end]
    return label.name is FieldName.DATE and is_date(value)


def _groups(
    text: str, lines: Sequence[Line], labels: Sequence[Label], links: _Links
) -> Iterator[list[Label]]:
    """Split *labels* where one comes again and where a line that is a link stands between."""
    group: list[Label] = []
    for label in labels:
        again = any(known.name is label.name for known in group)
        apart = bool(group) and _link_line_between(
            text, lines[group[-1].line].end, lines[label.line].start, links
        )
        if group and (again or apart):
            yield group
            group = []
        group.append(label)
    if group:
        yield group


def _link_line_between(text: str, start: int, end: int, links: _Links) -> bool:
    return any(_on_own_line(text, link) for link in links.within(start, end))


def _on_own_line(text: str, link: Link) -> bool:
    line_start = text.rfind("\n", 0, link.start) + 1
    line_end = text.find("\n", link.end)
    around = text[line_start : link.start] + text[link.end : None if line_end < 0 else line_end]
    return not any(character.isalnum() for character in around)


def _next_start(lines: Sequence[Line], labels: Sequence[Label], group: Sequence[Label]) -> int:
    following = bisect_right(labels, group[-1].line, key=lambda label: label.line)
    return lines[labels[following].line].start if following < len(labels) else lines[-1].end + 1


def _block(
    text: str,
    lines: Sequence[Line],
    group: Sequence[Label],
    links: _Links,
    floor: int,
    ceiling: int,
) -> Block:
    first = lines[group[0].line].start
    block = Block(first, first)
    names = {label.name for label in group}
    if FieldName.DATE not in names:
        _add_unlabelled_date(text, lines, group[0], floor, block)
    for section in _sections(text, lines, group, links, ceiling):
        block.end = max(block.end, section.end)
        block.values.extend(_undecorated(text, value) for value in _values(text, section, links))
    block.values = [value for value in block.values if value.start < value.end]
    block.values.sort(key=lambda value: value.start)
    return block


def _add_unlabelled_date(
    text: str, lines: Sequence[Line], first: Label, floor: int, block: Block
) -> None:
    """Take the date that stands on a line of its own right before the first label."""
    above = next((line for line in _upwards(lines, first.line) if not line.blank), None)
    if above is not None and above.start >= floor and is_date(text[above.start : above.end]):
        block.values.append(FieldValue(FieldName.DATE, above.start, above.end))
        block.start = above.start


def _upwards(lines: Sequence[Line], number: int) -> Iterator[Line]:
    """Yield the lines above that of *number*, the nearest first."""
    return (lines[place] for place in range(number - 1, -1, -1))


def _sections(
    text: str,
    lines: Sequence[Line],
    group: Sequence[Label],
    links: _Links,
    ceiling: int,
) -> Iterator[_Section]:
    for label, following in zip(group, [*group[1:], None], strict=True):
        line = lines[label.line]
        start = label.value_start
        end = lines[following.line].start if following is not None else ceiling
        closed = following is not None
        for link in links.within(start, end):
            if _on_own_line(text, link) or label.alone:
                # Only a label says that all above it was copied; before a link
                # the poster may have written a line of their own.
                at_line = text.rfind("\n", 0, link.start) + 1
                end, closed = max(start, at_line), False
                break
            if text[start : link.start].rstrip(" \t\u00a0")[-1:] in _PARTING:
                end, closed = link.start, False
                break
        yield _Section(label.name, line.start, start, end, closed)


def _values(text: str, section: _Section, links: _Links) -> Iterator[FieldValue]:
    paragraphs = _inside(text, section.value_start, section.end)
    if not paragraphs:
        return
    if section.name is FieldName.DESCRIPTION:
        yield from _description(text, paragraphs, closed=section.closed)
    elif section.name is FieldName.POSTING:
        yield from _postings(text, paragraphs)
    else:
        first = paragraphs[0]
        only_link = next(links.within(first.start, first.end), None) is not None
        words = text[first.start : first.end]
        if only_link or (section.name is FieldName.DATE and not _may_be_date(words)):
            return
        if section.name is FieldName.SOURCE and _names_no_source(words):
            return
        end = (
            first.end if section.name is FieldName.DATE else _wrapped_end(text, section, paragraphs)
        )
        yield FieldValue(section.name, first.start, end)


def _wrapped_end(text: str, section: _Section, paragraphs: Sequence[Paragraph]) -> int:
    """Return where a value ends that goes on, over line ends, up to the next label.

    Only a label says that a line below is the value's; an empty line ends it.
    """
    first, last = paragraphs[0], paragraphs[-1]
    if not section.closed or "\n\n" in re.sub(r"[ \t\u00a0]", "", text[first.start : last.end]):
        return first.end
    return last.end if last.end - first.start <= LONGEST_WRAPPED else first.end


def _may_be_date(words: str) -> bool:
    """Whether a line that a label calls a date is one, or might be: it is short and has figures."""
    return is_date(words) or (len(words) <= LONGEST_DATE and any(map(str.isdigit, words)))


def _names_no_source(words: str) -> bool:
    """Whether a poster names the Archive itself, or nothing, as the source of a post."""
    return _NO_SOURCE.issuperset(re.findall(r"\w+", words.casefold()))


def _undecorated(text: str, value: FieldValue) -> FieldValue:
    """Return *value* without the marks of a list, a table or of emphasis around it."""
    start, end = value.start, value.end
    while start < end and text[start] in _DECORATION:
        start += 1
    while start < end and text[end - 1] in _DECORATION:
        end -= 1
    has_words = any(text[place].isalnum() for place in range(start, end))
    return replace(value, start=start, end=end if has_words else start)


def _inside(text: str, start: int, end: int) -> list[Paragraph]:
    """Return the paragraphs of ``text[start:end]``, with offsets of *text*."""
    return [
        Paragraph(part.start + start, part.end + start, part.manner, ())
        for part in paragraphs_of(text[start:end])
    ]


def _description(
    text: str, paragraphs: Sequence[Paragraph], *, closed: bool
) -> Iterator[FieldValue]:
    """Every paragraph up to the next label; without one, only the first is sure."""
    for number, paragraph in enumerate(paragraphs):
        if is_date(text[paragraph.start : paragraph.end]):
            continue
        yield FieldValue(
            FieldName.DESCRIPTION, paragraph.start, paragraph.end, sure=closed or number == 0
        )


def _postings(text: str, paragraphs: Sequence[Paragraph]) -> Iterator[FieldValue]:
    """A title and the date after it are one value; words after the last date are none."""
    start: int | None = None
    found = False
    for paragraph in paragraphs:
        for line in _lines(text, paragraph):
            if is_date(text[line.start : line.end]):
                if start is not None:
                    yield FieldValue(FieldName.POSTING, start, line.end)
                    start, found = None, True
            elif start is None:
                start = line.start
    if start is not None and not found:
        first = paragraphs[0]
        yield FieldValue(FieldName.POSTING, first.start, first.end)


def _lines(text: str, paragraph: Paragraph) -> list[Line]:
    return [
        Line(line.start + paragraph.start, line.end + paragraph.start, line.marked)
        for line in lines_of(text[paragraph.start : paragraph.end])
        if not line.blank
    ]
