"""Quotations that go on over the ends of lines, as verses and hard wraps do."""

import re

#: A quotation of more lines than this, in code points, is a mark that nobody closed.
_FURTHEST = 1_500

_MARK = re.compile(r"[“”„«»\"]")
_CLOSES = {"“": "”", "„": "“”", "«": "»"}
_BLANK_LINE = re.compile(r"\n(?:[ \t>]*\n)")


def closing_place(text: str, start: int, end: int) -> int:
    r"""Return where the quotation is closed that ``text[start:end]``, a line, leaves open.

    That is behind its closing mark on a line below, before the next blank one;
    0 if the line leaves none open, or if another begins first.

    >>> text = "He says “the doors\nstay shut” there."
    >>> text[closing_place(text, 0, 18):]
    ' there.'
    """
    opened = _left_open(text, start, end)
    if opened is None:
        return 0
    ceiling = min(len(text), end + _FURTHEST)
    blank = _BLANK_LINE.search(text, end, ceiling)
    mark = _MARK.search(text, end, blank.start() if blank is not None else ceiling)
    if mark is None or mark.group() not in _CLOSES.get(opened, opened):
        return 0
    if opened == '"' and not _may_close(text, mark.start()):
        return 0
    return mark.end()


def _left_open(text: str, start: int, end: int) -> str | None:
    """Return the mark in the line that no other in it closes."""
    opened = None
    for found in _MARK.finditer(text, start, end):
        mark = found.group()
        if opened is not None and mark in _CLOSES.get(opened, opened):
            opened = None
        elif opened is None and (mark in _CLOSES or _may_open(text, found.start(), start)):
            opened = mark
    return opened


def _may_open(text: str, place: int, start: int) -> bool:
    """Whether the straight mark at *place* stands before words, not behind them."""
    before = text[place - 1 : place] if place > start else " "
    after = text[place + 1 : place + 2]
    return text[place] == '"' and not before.isalnum() and not after.isspace()


def _may_close(text: str, place: int) -> bool:
    return not text[place - 1].isspace() and not text[place + 1 : place + 2].isalnum()
