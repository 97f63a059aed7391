"""Set quoted words against a passage that whole lines of another column cut up.

An alignment with affine gaps (Gotoh 1982), in which a whole line between two
words costs no more than one word, and less where it goes from one line end to
another. A row is computed at once, so long passages take little time.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist

# Costs: a word read otherwise, another word, a quoted word lost; a word, or a
# scrap, of the source that is not quoted; the other column begun or left in
# mid-line, and at a line end.
_MISREAD, _OTHER, _MISSING, _EXTRA, _SCRAP, _EDGE, _LINE_END = 3, 18, 20, 11, 5, 5, 2
#: Letters of a scrap, at most: stamps and loose letters fall in anywhere.
_SCRAP_LETTERS = 3
#: Two words so much alike may be one misread.
_ALIKE = 0.6
_FAR = 1_000_000

Costs = npt.NDArray[np.int32]


def across_lines(
    quoted: Sequence[str], found: Sequence[str], line_ends: Sequence[bool]
) -> list[tuple[int, int]]:
    """Return which word of *quoted* answers which of *found*, in order.

    *line_ends* says of each word of *found* whether a line ends before it. The
    passage begins and ends anywhere. Of equally good answers the one whose words
    stand nearest to the end wins.

    >>> ours, theirs = "one two three four".split(), "x one two a b c d three four y".split()
    >>> across_lines(ours, theirs, [False] * len(theirs))
    [(0, 1), (1, 2), (2, 7), (3, 8)]
    """
    unlike = _unlike(quoted, found)
    extra = np.array([0, *(_SCRAP if len(word) <= _SCRAP_LETTERS else _EXTRA for word in found)])
    extras = np.cumsum(extra, dtype=np.int32)
    edges = np.full(len(found) + 1, _EDGE, dtype=np.int32)
    edges[:-1][np.asarray(line_ends, dtype=bool)] = _LINE_END
    # After a pair or a lost word; within a cut. One row for each quoted word.
    on = np.zeros((len(quoted) + 1, len(found) + 1), dtype=np.int32)
    cut = np.full_like(on, _FAR)
    for row in range(1, len(quoted) + 1):
        best = on[row - 1] + _MISSING
        answered = np.minimum(on[row - 1, :-1], cut[row - 1, :-1] + edges[:-1]) + unlike[row - 1]
        np.minimum(best[1:], answered, out=best[1:])
        spread = np.minimum.accumulate(best - extras) + extras
        on[row] = spread
        cut[row, 1:] = np.minimum.accumulate(spread[:-1] + edges[:-1])
    return _traced(unlike, on, cut, edges)


def _traced(unlike: Costs, on: Costs, cut: Costs, edges: Costs) -> list[tuple[int, int]]:
    i = len(unlike)
    j = int(on[i].argmin())
    pairs: list[tuple[int, int]] = []
    while i and j:
        cost, whole = int(unlike[i - 1, j - 1]), int(on[i, j])
        straight = on[i - 1, j - 1] + cost == whole
        if straight or cut[i - 1, j - 1] + edges[j - 1] + cost == whole:
            if cost < _OTHER:
                pairs.append((i - 1, j - 1))
            i, j = i - 1, j - 1
            if not straight:
                within = int(cut[i, j])
                j -= 1
                while on[i, j] + edges[j] != within:
                    j -= 1
        elif on[i - 1, j] + _MISSING == whole:
            i -= 1
        else:
            j -= 1
    return pairs[::-1]


def _unlike(quoted: Sequence[str], found: Sequence[str]) -> Costs:
    """Return what it costs to set each quoted word against each one found."""
    ours, theirs = sorted(set(quoted)), sorted(set(found))
    alike = cdist(ours, theirs, scorer=Levenshtein.normalized_similarity, score_cutoff=_ALIKE)
    costs = np.where(alike == 1, 0, np.where(alike >= _ALIKE, _MISREAD, _OTHER)).astype(np.int32)
    row_of = {word: place for place, word in enumerate(ours)}
    column_of = {word: place for place, word in enumerate(theirs)}
    rows, columns = [row_of[word] for word in quoted], [column_of[word] for word in found]
    return costs[np.ix_(rows, columns)]
