"""Let a quotation's pieces vote for the texts, and the places, where it may stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log2

import numpy as np
import numpy.typing as npt

from flows.concordance.letters import STRIDE, letters
from flows.concordance.pieces import hashes
from flows.concordance.segment import Segment

#: Postings looked at for one quotation, over all segments, and at least in
#: each; rare pieces come first, so that those left out say least.
_MOST_POSTINGS, _LEAST_IN_EACH = 1_500, 400
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
    if not wanted.size or not segments:
        return []
    best: dict[str, tuple[float, Candidate]] = {}
    budget = max(_LEAST_IN_EACH, _MOST_POSTINGS // len(segments))
    for segment in segments:
        for weight, candidate in _of_segment(wanted, segment, budget, limit):
            held = best.get(candidate.key)
            if held is None or held[0] < weight:
                best[candidate.key] = weight, candidate
    ranked = sorted(best.values(), key=lambda item: (-item[0], item[1].key))
    return [candidate for _, candidate in ranked[:limit]]


def _of_segment(
    wanted: npt.NDArray[np.uint32], segment: Segment, budget: int, limit: int
) -> list[tuple[float, Candidate]]:
    if not len(segment):
        return []
    begin, count = segment.find(wanted)
    order = np.argsort(count, kind="stable")
    order = order[count[order] > 0]
    order = order[np.cumsum(count[order]) <= max(budget, int(count[order[:1]].sum()))]
    if not order.size:
        return []
    number = count[order]
    piece = np.repeat(order, number)
    inside = np.arange(piece.size) - np.repeat(np.cumsum(number) - number, number)
    place = segment.posting[begin[piece] + inside].astype(np.int64)
    text = np.searchsorted(segment.text_start, place, side="right") - 1
    start = (place - segment.text_start[text]) * STRIDE - piece
    # A piece that stands everywhere says little: the weight falls with its number.
    weight = np.log2(len(segment) / count[piece] + 1)
    return _ranked(segment, text, start, piece, weight, limit)


def _ranked(
    segment: Segment,
    text: npt.NDArray[np.int64],
    start: npt.NDArray[np.int64],
    piece: npt.NDArray[np.int64],
    weight: npt.NDArray[np.float64],
    limit: int,
) -> list[tuple[float, Candidate]]:
    """Return the texts by the weight of the votes for one place in each."""
    order = np.lexsort((start, text))
    text, start, piece, weight = text[order], start[order], piece[order], weight[order]
    ranks: dict[int, tuple[float, int, int]] = {}
    # A window ends at a vote and reaches back; its weight is a difference of sums.
    line = text * (1 << 40) + start
    first = np.searchsorted(line, line - _WINDOW)
    sums = np.concatenate(([0.0], np.cumsum(weight)))
    window = sums[1:] - sums[first]
    for at in np.argsort(-window, kind="stable")[: limit * 24].tolist():
        number = int(text[at])
        if number in ranks:
            continue
        votes = len(set(piece[first[at] : at + 1].tolist()))
        ranks[number] = float(window[at]), int(start[first[at]]), votes
        if len(ranks) == limit:
            break
    least = 1.5 * log2(len(segment) + 2)
    found = []
    for number, (total, letter, votes) in ranks.items():
        # One piece alone must be almost unique in the segment.
        if votes < 2 and total < least / 1.5 - 1:
            continue
        share = max(letter, 0) / max(1, int(segment.arrays["letters"][number].item()))
        offset = int(share * int(segment.arrays["length"][number].item()))
        found.append((total, Candidate(key=segment.key(number), offset=offset, votes=votes)))
    return found
