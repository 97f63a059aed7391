"""Find the true part of a quotation that is half invented.

A sentence of the source may be followed by words that stand nowhere. The place of
that sentence is certain, so the rest is put in: ``altered``, with the true part shown.
"""

from flows.matching.edits.context import sentence_ends
from flows.matching.edits.judgement import Judgement
from flows.matching.fragments import is_clean
from flows.matching.judging import judge
from flows.matching.placing.locating import exact_places
from flows.matching.searching import LEAST_JOINED_WORDS, MOST_PIECES, Finding
from flows.matching.words.quotation import Piece, Quotation
from flows.matching.words.source import SourceText

#: Letters and digits of a sentence that stands in no text by chance.
_LEAST_KEY = 24


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
    if len(key) < _LEAST_KEY or piece.last - piece.first < LEAST_JOINED_WORDS:
        return None
    offsets = source.folded.offsets
    for place in exact_places(key, source):
        if is_clean(source, place, place + len(key)):
            start, end = int(offsets[place]), int(offsets[place + len(key) - 1]) + 1
            judgement = judge(quotation, piece, source, start, end, exact=True)
            if judgement is not None and judgement.faithful:
                return judgement
    return None
