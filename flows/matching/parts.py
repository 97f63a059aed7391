"""Find the true part of a quotation that is half invented.

A sentence of the source may be followed by words that stand nowhere. The place of
that sentence is certain, so the rest is put in: ``altered``, with the true part shown.
"""

from flows.matching.edits.context import sentence_ends
from flows.matching.edits.judgement import Judgement
from flows.matching.fragments import is_clean
from flows.matching.judging import judge
from flows.matching.placing.locating import approximate_places, exact_places
from flows.matching.searching import LEAST_JOINED_WORDS, MOST_PIECES, SHORT_WORDS, Finding
from flows.matching.words.quotation import Piece, Quotation
from flows.matching.words.source import SourceText

#: Letters and digits of a sentence that stands in no text by chance.
_LEAST_KEY = 24
#: So few are enough if they are a whole sentence of the source as well, and the only such one.
_LEAST_SENTENCE = 16


def in_part(quotation: Quotation, source: SourceText) -> Finding | None:
    """Return whole sentences that stand in the source word for word, the others as missing.

    ``None`` if none does. In machine-read text the others may be there, misread
    beyond finding, so nothing is said of it.
    """
    pieces = [] if source.is_ocr else _sentences(quotation)
    if not 2 <= len(pieces) <= MOST_PIECES:
        return None
    found: list[Judgement] = []
    absent: list[Piece] = []
    for piece in pieces:
        judgement = _as_it_stands(quotation, piece, source)
        if judgement is not None:
            found.append(judgement)
        elif absent and absent[-1].last == piece.first:
            absent[-1] = Piece(absent[-1].first, piece.last)
        else:
            absent.append(piece)
    if not found or not absent:
        return None
    found[0].warnings.append("found_in_part")
    return Finding(found, missing=absent, partial=True)


def stands_in_part(quotation: Quotation, source: SourceText) -> bool:
    """Return whether stretches of a long quotation stand in the source, or much like it.

    A quotation of many pages is not looked for in every way in which a shorter one is:
    where none of these led to a place, it may be there nevertheless.
    """
    key = quotation.key_to_seek
    if len(key) < _LONG:
        return False
    apart = (len(key) - _STRETCH) // (_STRETCHES - 1)
    limit = int(_FARTHEST * _STRETCH)
    return any(
        approximate_places(key[place : place + _STRETCH], source, limit)
        for place in range(0, len(key) - _STRETCH + 1, apart)
    )


#: Letters and digits of a quotation of two pages or so.
_LONG = 3000
#: Stretches of so many letters are looked for, spread over the quotation, and the largest
#: share of one that may differ: passages on one subject differ in more than a half.
_STRETCHES, _STRETCH, _FARTHEST = 20, 120, 0.3


def _sentences(quotation: Quotation) -> list[Piece]:
    words = quotation.words
    pieces: list[Piece] = []
    first = 0
    for stop in (*sentence_ends(quotation.read, 0, len(quotation.read)), len(quotation.read)):
        last = first
        while last < len(words) and words.starts[last] < stop:
            last += 1
        if last > first:
            pieces.append(Piece(first, last))
        first = last
    return pieces


def _as_it_stands(quotation: Quotation, piece: Piece, source: SourceText) -> Judgement | None:
    key = quotation.key_of(piece)
    words = piece.last - piece.first
    if len(key) < _LEAST_SENTENCE or words < SHORT_WORDS:
        return None
    offsets = source.folded.offsets
    places = exact_places(key, source)
    if len(key) < _LEAST_KEY or words < LEAST_JOINED_WORDS:
        places = [place for place in places if _is_sentence(source, place, place + len(key))]
        places = places if len(places) == 1 else []
    for place in places:
        if is_clean(source, place, place + len(key)):
            start, end = int(offsets[place]), int(offsets[place + len(key) - 1]) + 1
            judgement = judge(quotation, piece, source, start, end, exact=True)
            if judgement is not None and judgement.faithful:
                return judgement
    return None


def _is_sentence(source: SourceText, start: int, end: int) -> bool:
    """Return whether a stretch of the source's key is one whole sentence of it."""
    text, offsets = source.read, source.folded.offsets
    first, last = int(offsets[start]), int(offsets[end - 1]) + 1
    before = text[max(0, first - _AROUND) : first].rstrip(_OPENING)
    after = text[last : last + _AROUND].lstrip(_CLOSING)
    return (not before or before[-1] in ".!?\n") and after[:1] in {".", "!", "?"}


_AROUND = 8
_OPENING = " \"“‘'(["
_CLOSING = "\"”’')]"
