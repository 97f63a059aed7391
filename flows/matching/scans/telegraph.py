"""Marks that a telegram spells out: STOP, COMMA, QUOTE, UNQUOTE.

A quoter who puts the marks in their places has changed no word.
"""

import re

from flows.matching.scans.confusions import misread
from flows.matching.words.wording import Words

_QUOTES = "\"'“”„«»‘’"
#: What is spelt out, and the marks that may stand for it.
SPELT = {
    "stop": ".!?;:",
    "period": ".",
    "pd": ".",
    "comma": ",",
    "cma": ",",
    "semicolon": ";",
    "colon": ":",
    "quote": _QUOTES,
    "unquote": _QUOTES,
    "paren": "([",
    "unparen": ")]",
    "dash": "-–—",
    "query": "?",
    "para": "\n",
}
_SPELT = re.compile(r"\b(?:STOP|PERIOD|PD|COMMA|CMA|UNQUOTE|UNPAREN|SEMICOLON)\b")
#: A page that spells marks out does so more than once, near enough to be seen.
_AROUND, _OFTEN = 1500, 2
#: Cost per letter up to which a mark is known however it was misread.
_LIKELY = 0.25


def spells_marks(q: Words, at: int, s: Words, s0: int, s1: int) -> bool:
    """Return whether source words ``s0:s1`` spell out marks that stand before quoted word *at*.

    >>> from flows.matching.words.wording import read_words
    >>> ours = read_words("We saw him, and he left. More follows.")
    >>> theirs = read_words("WE SAW HIM COMMA AND HE LEFT STOP MORE FOLLOWS STOP")
    >>> spells_marks(ours, 3, theirs, 3, 4), spells_marks(ours, 4, theirs, 3, 4)
    (True, False)
    """
    if not (0 < at < len(q)) or s1 - s0 > _MOST:
        return False
    between = q.text[q.ends[at - 1] : q.starts[at]]
    for place in range(s0, s1):
        marks = _mark(s.norms[place]) if s.written(place, place + 1).isupper() else ""
        if not any(mark in between for mark in marks):
            return False
    start = s.starts[s0]
    near = _SPELT.findall(s.text, max(0, start - _AROUND), start + _AROUND)
    return len(near) >= _OFTEN


#: Marks that stand side by side.
_MOST = 4


def _mark(norm: str) -> str:
    """Return the marks for which a word stands, none if it spells out no mark."""
    if norm in SPELT:
        return SPELT[norm]
    return next(
        (
            marks
            for word, marks in SPELT.items()
            if len(word) > 3 and misread(word, norm, capitals=True) <= _LIKELY * len(word)
        ),
        "",
    )
