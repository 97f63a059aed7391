"""Let a quotation's pieces vote for the texts, and the places, where it may stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log2

import numpy as np
import numpy.typing as npt

from flows.concordance.letters import STRIDE, letters
from flows.concordance.pieces import hashes
from flows.concordance.segment import Segment

#: Postings looked at for one quotation, over all segments; rare pieces come
#: first, so that those left out say least.
_MOST_POSTINGS = 1_500
#: Votes for places within so many letters count together: noise and omitted
#: words shift the rest of a passage.
_WINDOW = 96
#: Letters of a quotation that vote; more would only cost time.
_MOST_LETTERS = 4000


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A text that may hold the quotation.

    ``offset`` is about where it would begin, in code points of the text as
    given (exact to some percent of the text's length); ``votes`` is the
    number of the quotation's pieces that stand there.
    """

    key: str
    offset: int
    votes: int


def candidates(quote: str, segments: Sequence[Segment], *, limit: int) -> list[Candidate]:
    """Return up to *limit* texts, the likeliest first; ties go by key."""
    wanted = hashes(letters(quote)[:_MOST_LETTERS], 1)
    held = [segment for segment in segments if len(segment)]
    if not wanted.size or not held:
        return []
    places = [segment.find(wanted) for segment in held]
    count = np.sum([number for _, number in places], axis=0)
    shared = _shared(count)
    order = np.argsort(shared, kind="stable")
    order = order[count[order] > 0]
    most = max(_MOST_POSTINGS, int(count[order[:1]].sum()))
    order = order[np.cumsum(count[order]) <= most]
    pieces = sum(map(len, held))
    # A piece that many texts share says little of which one is meant: of pages that
    # are alike but for a name and a number, these alone tell.
    weight = np.log2(pieces / shared + 1) / shared
    votes = _votes(held, places, order)
    if not votes.text.size:
        return []
    return _named(_ranked(votes, weight[votes.piece], limit), held, limit, log2(pieces + 2) - 1)


def _shared(count: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return for each piece how often it, or one of the next in the quotation, stands somewhere.

    A text holds one piece in ``STRIDE``, so a piece may be rare because few texts
    happen to be cut there; of as many neighbours each text that has the words holds one.
    """
    around = np.pad(np.maximum(count, 1), (1, STRIDE - 2), mode="edge")
    most: npt.NDArray[np.int64] = np.lib.stride_tricks.sliding_window_view(around, STRIDE).max(
        axis=1
    )
    return most


@dataclass(frozen=True, slots=True)
class _Votes:
    """For each vote its piece, its text and where in that the quotation would begin.

    Texts are numbered through all segments, the places of their letters in them.
    """

    piece: npt.NDArray[np.int64]
    text: npt.NDArray[np.int64]
    start: npt.NDArray[np.int64]


def _votes(
    segments: Sequence[Segment],
    places: Sequence[tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]],
    order: npt.NDArray[np.int64],
) -> _Votes:
    """Return the votes of the pieces *order*, which stand in each segment at *places*."""
    columns: list[tuple[npt.NDArray[np.int64], ...]] = []
    base = 0
    for segment, (begin, count) in zip(segments, places, strict=True):
        number = count[order]
        piece = np.repeat(order, number)
        if piece.size:
            inside = np.arange(piece.size) - np.repeat(np.cumsum(number) - number, number)
            place = segment.posting[begin[piece] + inside].astype(np.int64)
            text = np.searchsorted(segment.text_start, place, side="right") - 1
            start = (place - segment.text_start[text]) * STRIDE - piece
            columns.append((piece, text + base, start))
        base += segment.texts
    if not columns:
        nothing = np.empty(0, np.int64)
        return _Votes(nothing, nothing, nothing)
    return _Votes(*map(np.concatenate, zip(*columns, strict=True)))


def _ranked(
    votes: _Votes, weight: npt.NDArray[np.float64], limit: int
) -> list[tuple[float, int, int, int]]:
    """Return weight, text, place and number of the votes for one place in each text, best first."""
    order = np.lexsort((votes.start, votes.text))
    text, start, piece = votes.text[order], votes.start[order], votes.piece[order]
    # A window ends at a vote and reaches back; its weight is a difference of sums.
    line = text * (1 << 40) + start
    first = np.searchsorted(line, line - _WINDOW)
    sums = np.concatenate(([0.0], np.cumsum(weight[order])))
    window = sums[1:] - sums[first]
    ranks: dict[int, tuple[float, int, int, int]] = {}
    for at in np.argsort(-window, kind="stable")[: limit * 24].tolist():
        number = int(text[at])
        if number in ranks:
            continue
        distinct = len(set(piece[first[at] : at + 1].tolist()))
        ranks[number] = float(window[at]), number, int(start[first[at]]), distinct
        if len(ranks) == 2 * limit:
            break
    return list(ranks.values())


def _named(
    ranked: Sequence[tuple[float, int, int, int]],
    segments: Sequence[Segment],
    limit: int,
    least: float,
) -> list[Candidate]:
    """Return the texts as candidates; one that a single piece votes for needs the weight *least*."""
    ends = np.cumsum([segment.texts for segment in segments])
    best: dict[str, tuple[float, Candidate]] = {}
    for total, number, letter, distinct in ranked:
        # One piece alone must be almost unique.
        if distinct < 2 and total < least:
            continue
        which = int(np.searchsorted(ends, number, side="right"))
        segment = segments[which]
        text = number - int(ends[which]) + segment.texts
        share = max(letter, 0) / max(1, int(segment.arrays["letters"][text].item()))
        offset = int(share * int(segment.arrays["length"][text].item()))
        candidate = Candidate(key=segment.key(text), offset=offset, votes=distinct)
        held = best.get(candidate.key)
        if held is None or held[0] < total:
            best[candidate.key] = total, candidate
    found = sorted(best.values(), key=lambda item: (-item[0], item[1].key))
    return [candidate for _, candidate in found[:limit]]
