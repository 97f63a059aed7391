"""Find the place, or the places, that a quotation is to be judged at.

Four ways, tried in this order by ``compare``: letter by letter; piece by piece,
where marks of omission divide the quotation; with differences; as pieces that
were joined without a mark.
"""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from flows.matching.edits.judgement import Judgement
from flows.matching.fragments import is_clean, place_pieces, split_unmarked
from flows.matching.judging import judge
from flows.matching.lookalikes import lacking, lookalikes, telling_words
from flows.matching.placing.anchoring import PIECES, Anchored, anchored, pieces_in
from flows.matching.placing.locating import (
    MOST_PLACES,
    Place,
    approximate_places,
    second_places,
)
from flows.matching.words.quotation import WHOLE, Piece, Quotation
from flows.matching.words.source import SourceText

#: A quotation of fewer words stands in many texts by chance: found, it gets the
#: warning ``short``; not found, its place cannot be guessed.
SHORT_WORDS = 4


#: Share of the quoted words (long ones counting more) that must stand in one
#: place for that place to be certain. Sentences on one subject share up to a third.
SURE_SHARE = 0.5


#: From this share on, and with fewer words than these in any difference, no two places
#: explain a quotation better than one does.
CERTAIN_SHARE, GAP = 0.9, 4


#: Largest share of the key that may differ where an approximate place is sought.
_FARTHEST = 0.45


#: In machine-read text a stamp may stand in mid-sentence.
_FARTHEST_IN_NOISE = 0.6


#: In machine-read text a place so much farther away, as a share of the key, may be the right one.
_SECOND = 0.3


#: Identical places judged one by one; the rest are compared with these.
_JUDGED = 40


#: One piece is not joined to another; pieces beyond this number are no quotation any more.
LEAST_PIECES, MOST_PIECES = 2, 60


#: Letters that a piece joined without a mark must have: a name or a phrase stands anywhere.
LEAST_JOINED = 19


LEAST_JOINED_WORDS = 5


@dataclass(slots=True)
class Finding:
    """Judged pieces in the order of the quotation, and how they are joined."""

    judgements: list[Judgement]
    marked: bool = False
    missing: list[Piece] = field(default_factory=list)
    others: list[tuple[int, int]] = field(default_factory=list)
    ambiguous: bool = False
    #: Only some sentences of the quotation stand in the source.
    partial: bool = False


def _judge_at(
    quotation: Quotation, source: SourceText, start: int, end: int, *, exact: bool
) -> Judgement | None:
    offsets = source.folded.offsets
    first, last = int(offsets[start]), int(offsets[end - 1]) + 1
    return judge(quotation, WHOLE, source, first, last, exact=exact)


def exactly(quotation: Quotation, source: SourceText, places: list[int]) -> Finding | None:
    """Look for the letters as they are; every place that is equally good counts."""
    key = quotation.key
    if not places or not quotation.words.norms:
        return None
    clean = [place for place in places if is_clean(source, place, place + len(key))]
    if not clean and len(quotation.words) < SHORT_WORDS:
        return None
    chosen = _apart(clean or places, len(key))[:MOST_PLACES]
    judged: list[tuple[int, Judgement]] = []
    for place in chosen[:_JUDGED]:
        judgement = _judge_at(quotation, source, place, place + len(key), exact=True)
        if judgement is not None:
            judged.append((place, judgement))
    if not judged:
        return None
    least = min(judgement.weight for _, judgement in judged)
    best = [(place, judgement) for place, judgement in judged if judgement.weight == least]
    if best[0][1].weight and best[0][1].share < SURE_SHARE:
        return None
    others = [(judgement.start, judgement.end) for _, judgement in best[1:]]
    offsets = source.folded.offsets
    taken = source.read[best[0][1].start : best[0][1].end]
    for place in chosen[_JUDGED:]:
        start, end = int(offsets[place]), int(offsets[place + len(key) - 1]) + 1
        if source.read[start:end] == taken:
            others.append((start, end))
    return Finding([best[0][1]], others=others)


def _apart(places: list[int], length: int) -> list[int]:
    kept: list[int] = []
    for place in places:
        if not kept or place >= kept[-1] + length:
            kept.append(place)
    return kept


def in_marked_pieces(quotation: Quotation, source: SourceText) -> Finding | None:
    """Look for each stretch between marks of omission."""
    pieces = quotation.pieces()
    if not LEAST_PIECES <= len(pieces) <= MOST_PIECES:
        return None
    judged = list(place_pieces(quotation, pieces, source))
    found = [j for j in judged if j is not None and j.share >= SURE_SHARE]
    missing = [p for p, j in zip(pieces, judged, strict=True) if j is None or j.share < SURE_SHARE]
    words = sum(j.piece.last - j.piece.first for j in found)
    if not found or words * 2 < len(quotation.words):
        return None
    return Finding(found, marked=True, missing=missing)


class Pointers:
    """The places that pieces of a quotation point to, looked up when they are asked for."""

    def __init__(self, quotation: Quotation, source: SourceText) -> None:
        self._key = quotation.key_to_seek
        self._source = source

    @cached_property
    def few(self) -> Anchored | None:
        """The places that a few pieces point to."""
        return self._anchored(PIECES)

    @cached_property
    def more(self) -> Anchored | None:
        """The places that more pieces point to, where a few do not tell one from the others."""
        pieces = pieces_in(self._key)
        return self._anchored(pieces) if pieces != PIECES else None

    def _anchored(self, pieces: int) -> Anchored | None:
        return anchored(self._key, self._source, _limit(self._key, self._source), pieces)

    def each(self) -> Iterator[Anchored]:
        """Yield the places of a few pieces, then those of more."""
        if self.few is not None:
            yield self.few
        if self.more is not None:
            yield self.more


def _limit(key: bytes, source: SourceText) -> int:
    """Return how many edits away a place may be."""
    return int((_FARTHEST_IN_NOISE if source.is_ocr else _FARTHEST) * len(key))


def nearly(quotation: Quotation, source: SourceText, pointers: Pointers) -> Finding | None:
    """Look for the place with the fewest differences, and for its lookalikes."""
    key = quotation.key_to_seek
    if not key:
        return None
    limit = _limit(key, source)
    known: _Known = {}
    for anchor in pointers.each():
        judged = _judged_at(quotation, source, anchor.places, known)
        if judged and settles(anchor, min(judgement.weight for judgement in judged)):
            return _best_of(judged, source)
    places = approximate_places(key, source, limit)
    judged = _judged_at(quotation, source, places[:8], known)
    if not judged:
        return None
    if not all(judgement.faithful for judgement in judged):
        judged += _lookalikes_judged(quotation, source, places, judged, known)
        if source.is_ocr:
            near = min(places[0].distance + int(_SECOND * len(key)), limit)
            second = second_places(key, source, places[0], near)
            judged += _judged_at(quotation, source, second, known)
    return _best_of(judged, source)


#: Words judged in all places together, so that a quotation of any length takes bounded time.
_MOST_WORDS = 30_000
#: The same in machine-read text, where each word may be a misreading.
_MOST_WORDS_IN_NOISE = 10_000

#: Places that are judged however long the quotation: its words need not be counted for these.
_FEW_PLACES = 2

#: What was judged at a stretch of the source's key, for more than one way may lead there.
_Known = dict[tuple[int, int], Judgement | None]


def _judged_at(
    quotation: Quotation, source: SourceText, places: Iterable[Place], known: _Known
) -> list[Judgement]:
    """Return the judgements of those *places* that are sure; *known* has those judged before."""
    found: list[Judgement] = []
    for place in places:
        start, end = place.start, place.end
        if end <= start:
            continue
        if (start, end) not in known:
            if len(known) >= _FEW_PLACES and len(known) >= _most_places(quotation, source):
                break
            known[start, end] = _judge_at(quotation, source, start, end, exact=False)
        judgement = known[start, end]
        if judgement is not None and _is_sure(judgement):
            found.append(judgement)
    return found


def _most_places(quotation: Quotation, source: SourceText) -> int:
    words = _MOST_WORDS_IN_NOISE if source.is_ocr else _MOST_WORDS
    return max(_FEW_PLACES, words // max(1, len(quotation.words)))


def _lookalikes_judged(
    quotation: Quotation,
    source: SourceText,
    places: list[Place],
    judged: list[Judgement],
    known: _Known,
) -> list[Judgement]:
    """Return the judgements of the lookalikes, but for those that lack more words than are changed.

    Such a place is neither better than the best of those *judged* nor as good.
    """
    others = list(lookalikes(quotation.key_to_seek, source, places))
    words = telling_words(quotation, source) if others else []
    best = min(judged, key=_merit)
    most = max(best.weight, sum(last - first for first, last in best.changed))
    near = [place for place in others if lacking(words, source, place) <= most]
    found = _judged_at(quotation, source, near, known)
    if len(near) == len(others) or min([best, *found], key=_merit) is best:
        return found
    return _judged_at(quotation, source, others, known)


def settles(anchor: Anchored, weight: int) -> bool:
    """Return whether every other place of the source must be worse than one of such a *weight*.

    A place differs in a word wherever it lacks a piece of the quotation; one
    such word may be there in another spelling, as a number may.
    """
    return anchor.lacking == anchor.pieces or weight + 1 < anchor.lacking


def _best_of(judged: list[Judgement], source: SourceText) -> Finding:
    """Return the place with the fewest differences, and those that are as good."""
    if len(judged) == 1:
        return Finding(judged)
    best = min(judged, key=_merit)
    rivals = [
        judgement
        for judgement in judged
        if judgement is not best
        and judgement.faithful == best.faithful
        and _as_good(judgement, best)
        and (judgement.start >= best.end or judgement.end <= best.start)
    ]
    if not rivals:
        return Finding([best])
    theirs = source.read[best.start : best.end].split()
    ambiguous = any(source.read[rival.start : rival.end].split() != theirs for rival in rivals)
    equals = [rival for rival in rivals if rival.weight == best.weight]
    return Finding(
        [best], others=[(rival.start, rival.end) for rival in equals], ambiguous=ambiguous
    )


def _merit(judgement: Judgement) -> tuple[bool, int, int]:
    """Return what the best place has least of."""
    return not judgement.faithful, judgement.weight, judgement.start


def _as_good(judgement: Judgement, best: Judgement) -> bool:
    """Return whether a place may be the one that was meant.

    It may, when it lacks the very words that the best place lacks: "the Navy
    Staff" is no nearer to "the Admiralty" than "the Joint Chiefs of Staff".
    """
    return judgement.weight == best.weight or judgement.changed == best.changed


def _is_sure(judgement: Judgement) -> bool:
    if judgement.faithful:
        return True
    words = judgement.words.count
    agreeing = words * judgement.share
    if words < SHORT_WORDS:
        return False
    if words >= 8 and judgement.agreeing >= 0.55 * words:
        return True
    return judgement.share >= (SURE_SHARE if words > 6 else 0.55) and agreeing >= 2


def gapped(judgement: Judgement) -> bool:
    """Return whether a place leaves so much open that two places may explain it better."""
    return judgement.share < CERTAIN_SHARE or any(
        d.s1 - d.s0 >= GAP or d.q1 - d.q0 >= GAP for d in judgement.differences if d.changes_words
    )


def in_unmarked_pieces(
    quotation: Quotation, source: SourceText, whole: Finding | None
) -> Finding | None:
    """Look for pieces that were joined without a mark; better than *whole*, or nothing."""
    most = sys.maxsize if whole is None else whole.judgements[0].weight
    if most < LEAST_PIECES:
        # Each piece counts as a change, however faithful it is.
        return None
    pieces = split_unmarked(quotation, source)
    if not LEAST_PIECES <= len(pieces) <= MOST_PIECES:
        return None
    found: list[Judgement] = []
    weight = len(pieces)
    for judgement in place_pieces(quotation, pieces, source):
        if judgement is None or judgement.share < 0.7 or _too_small(judgement):
            return None
        weight += judgement.weight
        if weight > most:
            return None
        found.append(judgement)
    return Finding(found)


def _too_small(judgement: Judgement) -> bool:
    """Return whether a piece is so small that it may stand anywhere: a name, a phrase."""
    words = judgement.sides.q
    return len(words) < LEAST_JOINED_WORDS or sum(map(len, words.norms)) < LEAST_JOINED
