"""A text as its reader sees it: lines, and paragraphs between blank lines.

Offsets are code points of the text. A line holding nothing but blanks
(NO-BREAK SPACE included) or nothing but a reply mark (``>>22683995``) is a
border between paragraphs.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from flows.citations.dates import is_date
from flows.citations.unclosed import closing_place

# Possessive throughout: every part can be read in one way only, or a line of
# reply marks with a word behind them would take for ever.
_REPLY_ONLY = re.compile(r"(?:>>>?[\w/]++(?:\s*+\((?:OP|You|Cross-thread)\))?+\s*+)++\Z")
_QUOTE_MARK = re.compile(r"[ \t]*((?:>[ \t]?)+)(?!>)")

#: Mail programs break lines between these columns, authors of posts do not.
_WRAP_LEAST, _WRAP_MOST = 45, 85
#: A line that had room for the next word was broken by its author, unless
#: all lines around it end sooner.
_WRAP_FITS = 62
_SENTENCE_END = re.compile(r"[.!?…:][\"'”’»)\]]*\s*\Z|[\"”»]\s*\Z")


class Manner(Enum):
    """How a paragraph is set off: as the author's own, or by ``>`` at every line."""

    PLAIN = "plain"
    MARKED = "marked"


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its break; ``start`` and ``end`` leave out blanks at its ends."""

    start: int
    end: int
    marked: bool

    @property
    def blank(self) -> bool:
        """Whether nothing stands on the line."""
        return self.start >= self.end


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Consecutive lines of one manner; offsets from first to last visible character."""

    start: int
    end: int
    manner: Manner
    lines: tuple[Line, ...]


def lines_of(text: str) -> list[Line]:
    r"""Return the lines of *text*; a ``>`` mark and the blanks after it are left out.

    >>> text = "> one\n\ntwo "
    >>> [text[line.start:line.end] for line in lines_of(text)]
    ['one', '', 'two']
    """
    lines = []
    place = 0
    for written in text.splitlines(keepends=True):
        start, end = place, place + len(written)
        place = end
        body = written.strip()
        if not body or _REPLY_ONLY.match(body):
            lines.append(Line(start, start, marked=False))
            continue
        start += len(written) - len(written.lstrip())
        end = start + len(body)
        mark = _QUOTE_MARK.match(text, start, end)
        if mark is not None and mark.end() < end:
            lines.append(Line(mark.end(), end, marked=True))
        else:
            lines.append(Line(start, end, marked=False))
    return lines


def paragraphs_of(text: str) -> list[Paragraph]:
    """Return the paragraphs of *text*, in order.

    Lines under each other without a blank line belong together only where the
    upper one was broken in mid-sentence, in a quotation or at a mail program's
    column: posts set one paragraph a line, and greentext one thought.
    """
    found: list[Paragraph] = []
    run: list[Line] = []
    quoted_until = 0
    lines = lines_of(text)
    for line, column in zip(lines, _wrap_columns(lines), strict=True):
        inside = line.start < quoted_until and bool(run) and line.marked == run[-1].marked
        if run and (line.blank or not (inside or _belongs(text, run, line, column))):
            found.append(_paragraph(run))
            run = []
        if not line.blank:
            run.append(line)
            if line.end > quoted_until:
                quoted_until = closing_place(text, max(line.start, quoted_until), line.end)
    if run:
        found.append(_paragraph(run))
    return found


def _wrap_columns(lines: Sequence[Line]) -> list[int]:
    """Return for every line up to which column the lines around it reach, blank to blank."""
    columns: list[int] = []
    block = widest = 0
    for line in [*lines, Line(0, 0, marked=False)]:
        if line.blank:
            columns.extend([widest] * block)
            columns.append(0)
            block = widest = 0
            continue
        block += 1
        width = line.end - line.start
        widest = max(widest, width if width <= _WRAP_MOST else 0)
    return columns[:-1]


def _belongs(text: str, run: list[Line], line: Line, column: int) -> bool:
    last = run[-1]
    if line.marked != last.marked:
        return False
    ends = _SENTENCE_END.search(text, max(last.start, last.end - 8), last.end) is not None
    if not ends and _quoted_as_in_mail(text, last) and _quoted_as_in_mail(text, line):
        return True
    width = last.end - last.start
    if not _WRAP_LEAST <= width <= _WRAP_MOST or line.end - line.start > _WRAP_MOST:
        return False
    first_word = text[line.start : line.end].split(maxsplit=1)[0]
    had_room = width + 1 + len(first_word) <= min(_WRAP_FITS, column)
    if had_room or _is_date(text, line) or _is_date(text, last):
        return False
    if not ends:
        return True
    return len(run) > 1 and width >= _WRAP_LEAST + 15


def _is_date(text: str, line: Line) -> bool:
    """Whether a line is a date alone: it stands below a title, and ends no sentence above."""
    return is_date(text[line.start : line.end])


def _quoted_as_in_mail(text: str, line: Line) -> bool:
    """Whether a blank follows the mark, as mail and Markdown set it; greentext has none."""
    return line.marked and text[line.start - 1].isspace()


def _paragraph(run: list[Line]) -> Paragraph:
    manner = Manner.MARKED if run[0].marked else Manner.PLAIN
    return Paragraph(run[0].start, run[-1].end, manner, tuple(run))
