"""A text as its reader sees it: lines, and paragraphs between blank lines.

Offsets are code points of the text. A line holding nothing but blanks
(NO-BREAK SPACE included) or nothing but a reply mark (``>>22683995``) is a
border between paragraphs.
"""

import re
from dataclasses import dataclass
from enum import Enum

_REPLY_ONLY = re.compile(r"(?:>>>?/?[\w/]+\s*(?:\((?:OP|You|Cross-thread)\))?\s*)+\Z")
_QUOTE_MARK = re.compile(r"[ \t]*((?:>[ \t]?)+)(?!>)")

#: Mail programs break lines between these columns, authors of posts do not.
_WRAP_LEAST, _WRAP_MOST = 45, 85
#: A line that had room for the next word was broken by its author.
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
    upper one was broken in mid-sentence or at a mail program's column: posts
    set one paragraph a line.
    """
    found: list[Paragraph] = []
    run: list[Line] = []
    for line in lines_of(text):
        if run and (line.blank or not _belongs(text, run, line)):
            found.append(_paragraph(run))
            run = []
        if not line.blank:
            run.append(line)
    if run:
        found.append(_paragraph(run))
    return found


def _belongs(text: str, run: list[Line], line: Line) -> bool:
    last = run[-1]
    if line.marked != last.marked:
        return False
    width = last.end - last.start
    if not _WRAP_LEAST <= width <= _WRAP_MOST or line.end - line.start > _WRAP_MOST:
        return False
    first_word = text[line.start : line.end].split(maxsplit=1)[0]
    if width + 1 + len(first_word) <= _WRAP_FITS:
        return False
    if _SENTENCE_END.search(text, max(last.start, last.end - 8), last.end) is None:
        return True
    return len(run) > 1 and width >= _WRAP_LEAST + 15


def _paragraph(run: list[Line]) -> Paragraph:
    manner = Manner.MARKED if run[0].marked else Manner.PLAIN
    return Paragraph(run[0].start, run[-1].end, manner, tuple(run))
