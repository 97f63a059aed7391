"""Look up a few stretches of a quotation in a source's sparse index.

Fifteen characters, an anchor, hold one entry of the index wherever they stand.
"""

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from flows.matching.words.index import (
    ANCHOR,
    ENTRY_BITS,
    LAST_ENTRY,
    ONE_ENTRY,
    PIECE,
    WORD,
    pieces_of,
)
from flows.matching.words.source import SourceText

#: Anchors of a quotation, spread over it.
ANCHORS = 5
#: The rarest is chosen of so many pieces, spread over the key.
_ROWS = 6
# Where entries are equally few, the first row counts.
_NUMBERED = np.arange(_ROWS)[:, None] << ENTRY_BITS
_ROW = ONE_ENTRY // (LAST_ENTRY + 1) - 1


def spots_of(length: int, anchors: int) -> list[int]:
    """Return where *anchors* stand in a key of that *length*, from its start to its end."""
    return [(length - ANCHOR) * number // (anchors - 1) for number in range(anchors)]


def places_by_rarest(key: bytes, source: SourceText, most: int) -> list[int]:
    """Return the places that the pieces with the fewest entries allow *key*, in no order.

    Wherever the key stands, the index holds every eighth of its pieces: those
    from its first character on, or from its second, or up to its eighth. Of each
    of these eight the rarest is asked. At most *most* entries of one are looked at.
    """
    most_rows = (len(key) - ANCHOR) // PIECE
    step = PIECE * max(1, most_rows // (_ROWS - 1))
    rows = min(_ROWS, PIECE * most_rows // step + 1)
    pieces = np.ndarray((rows, PIECE), WORD, key, 0, (step, 1))
    index = source.sparse
    entries = index.entries(pieces)
    entries += _NUMBERED[:rows]
    found: list[int] = []
    for column, entry in enumerate(np.minimum.reduce(entries).tolist()):
        if entry >= ONE_ENTRY:
            start, row, count = entry & LAST_ENTRY, entry >> ENTRY_BITS & _ROW, entry // ONE_ENTRY
            before = column + row * step
            if count == 1:
                found.append(index.places.item(start) - before)
                continue
            held = index.places[start : start + min(most, count)].tolist()
            found += [place - before for place in held]
    return found


def anchors_found(
    key: bytes, source: SourceText, anchors: int, *, most_entries: int, common: int
) -> tuple[int, list[tuple[int, int]]]:
    """Return how many of a key's *anchors* are not too common, and where these stand.

    An anchor is too common if a piece of it has more than *most_entries*, or if
    it stands in more than *common* places. Each place is given as the number of
    the anchor and the distance from the anchor's place in the key.
    """
    pieces = pieces_of(key)[_rows(len(key), anchors)]
    firsts, counts = source.sparse.found(pieces)
    telling = [True] * anchors
    if counts.max() > most_entries:
        telling = _telling(firsts, counts, key, source, most_entries)
    numbers, starts = _anchors_at(firsts, counts, pieces, source)
    hits: list[tuple[int, int]] = []
    for number, spot in enumerate(spots_of(len(key), anchors)):
        times = numbers.count(number)
        if times > common:
            telling[number] = False
        elif times:
            first = numbers.index(number)
            hits += [(number, start - spot) for start in starts[first : first + times]]
    return sum(telling), hits


@lru_cache(maxsize=1024)
def _rows(length: int, anchors: int) -> npt.NDArray[np.int64]:
    """Return, anchor by anchor, where its pieces stand in a key of that *length*."""
    return (np.array(spots_of(length, anchors))[:, None] + np.arange(PIECE)).ravel()


def _telling(
    firsts: npt.NDArray[np.int64],
    counts: npt.NDArray[np.int64],
    key: bytes,
    source: SourceText,
    most: int,
) -> list[bool]:
    """Return which anchors have no piece of more than *most* entries; the others lose theirs."""
    rows = _rows(len(key), len(counts) // PIECE).tolist()
    telling = [True] * (len(counts) // PIECE)
    for place in np.flatnonzero(counts > most).tolist():
        at, anchor = rows[place], place // PIECE
        piece, first, count = key[at : at + PIECE], int(firsts[place]), int(counts[place])
        if telling[anchor] and source.times(piece, first, count) > most:
            telling[anchor] = False
            counts[anchor * PIECE : (anchor + 1) * PIECE] = 0
    return telling


def _anchors_at(
    firsts: npt.NDArray[np.int64],
    counts: npt.NDArray[np.int64],
    pieces: npt.NDArray[np.uint64],
    source: SourceText,
) -> tuple[list[int], list[int]]:
    """Return, anchor by anchor, the number of each and where it stands.

    Two pieces that overlap, the first and the last, are a whole anchor.
    """
    looked_up, places = source.sparse.places_of(firsts, counts)
    if not len(places):
        return [], []
    starts = places - (looked_up & (PIECE - 1))
    numbers = looked_up // PIECE
    held = pieces_of(source.key)
    begin = held[starts] == pieces[::PIECE][numbers]
    numbers, starts = numbers[begin], starts[begin]
    ends = np.minimum(starts + (PIECE - 1), len(held) - 1)
    same = (held[ends] == pieces[PIECE - 1 :: PIECE][numbers]) & (starts >= 0)
    return numbers[same].tolist(), starts[same].tolist()
