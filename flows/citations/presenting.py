"""Whether quotation marks set words off as a quotation, or as a title or a term.

Marks stand around "scare words", slogans, titles and nicknames as well. Where
a sentence names no speaker, the place of the words tells: a quotation is a
sentence of its own, stands behind a colon or begins one, or is long and stands
beside the address it comes from.
"""

import re

from flows.citations.binding import Surroundings
from flows.citations.layout import Manner, Paragraph
from flows.citations.quotations import Quotation

#: As many words in the middle of a sentence are no term any more.
_LONG = 6
#: Fewer words, whatever stands around them, are a term.
_SOME = 3
#: Code points that are looked at before and behind a quotation.
_REACH = 80

_OPENING = "\"“„«»‟‘‚'`*_"
#: French sets blanks inside its marks.
_BLANKS = " \t\u00a0\u202f"
_MARKS = _OPENING + " \t\n\u00a0”’()[]<>,;:.!?–—-"
_INTRODUCED = re.compile(r"(?:[:：.!?…]|--|[—–])[\"”’)\]*_]*\s*\Z|\n\s*\Z")
_LIST_MARK = re.compile(r"(?:\A|\n)[ \t]*(?:[-*+•·>]|\(?\d{1,3}[.)])[ \t]*\Z")
_ENDS = re.compile(r"[.!?…,;][”\"’'»]*\Z")
_ENDS_BEHIND = re.compile(r"[”\"’'»)\]*_]*[.!?…](?:\s|\Z)|[\s”\"’'»)\]*_.,;]*(?:\n|\Z)")
_TITLE_WORD = re.compile(r"[^\W\d_][\w’'-]{3,}")
_CUE = re.compile(
    r"[^\w.!?]*(?:(?:full\s+)?sources?|sauce|link|via|see|from|here|quelle|fuente)?[^\w.!?]*\Z",
    re.IGNORECASE,
)


def is_presented(quotation: Quotation, paragraph: Paragraph, around: Surroundings) -> bool:
    """Whether *quotation*, to which no speaker is given, is set out as somebody's words."""
    text = around.text
    exact = text[quotation.start : quotation.end]
    words = len(exact.split())
    if words < _SOME or _is_title(exact):
        return False
    before = text[max(paragraph.start, quotation.start - _REACH) : quotation.start]
    behind = text[quotation.end : min(paragraph.end, quotation.end + _REACH)]
    if paragraph.manner is Manner.MARKED and (before + behind).strip(_MARKS):
        return False  # it stands in somebody else's words, or in mockery
    before = before.rstrip(_OPENING + _BLANKS)
    opens = not before.strip(_MARKS) or _INTRODUCED.search(before) or _LIST_MARK.search(before)
    ends = _ENDS_BEHIND.match(behind) or _ENDS.search(exact)
    if opens and (ends or words >= _LONG):
        return True
    return bool(opens or words >= _LONG) and beside_address(quotation, around)


def _is_title(words: str) -> bool:
    """Whether every longer word has a capital, yet not every letter, and no sentence ends."""
    longer = _TITLE_WORD.findall(words)
    capitals = all(word[0].isupper() for word in longer)
    return len(longer) > 1 and capitals and not words.isupper() and not _ENDS.search(words)


def beside_address(quotation: Quotation, around: Surroundings) -> bool:
    """Whether nothing but marks and "source:" stands between *quotation* and an address.

    A full stop in between begins a sentence that is not about the words.
    """
    for link in around.nearest_first(quotation.start, quotation.end)[:2]:
        start, end = min(link.end, quotation.end), max(link.start, quotation.start)
        if end - start <= _REACH and _CUE.match(around.text, start, end):
            return True
    return False
