"""Look up a few stretches of a quotation in a source's sparse index, all at once.

Fifteen characters hold one entry of the index wherever they stand. So an anchor
of fifteen whose entries are not in the index stands nowhere in the source, and
the anchor with the fewest entries tells soonest where the quotation stands.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from flows.matching.words.source import PIECE, SourceText, pieces_of

#: Length of an anchor.
ANCHOR = 2 * PIECE - 1
#: Anchors of a quotation, spread over it.
ANCHORS = 5
#: A shorter key is looked up by its beginning alone.
_ONE_ANCHOR = 64
_SHIFTS = np.arange(PIECE)


@dataclass(frozen=True, slots=True)
class Lookup:
    """Where the index holds the pieces of a key's anchors.

    ``spots`` are the places of the anchors in the key. Row by row for an anchor,
    column by column for a piece in it, ``pieces`` are looked up, ``firsts`` says
    where their entries begin and ``counts`` how many there are.
    """

    key: bytes
    spots: list[int]
    pieces: npt.NDArray[np.uint64]
    firsts: npt.NDArray[np.int64]
    counts: npt.NDArray[np.int64]


def look_up(key: bytes, source: SourceText, anchors: int = ANCHORS) -> Lookup:
    """Return the lookup of *key*, which must be as long as an anchor.

    The last one is kept with the source: each step of a comparison asks for the same.
    """
    most = 1 if len(key) < _ONE_ANCHOR else anchors
    last = source.last_lookup
    if last is not None and last.key == key and len(last.spots) == most:
        return last
    spots = spots_of(len(key), anchors)[:most]
    wanted = pieces_of(key)[np.array(spots)[:, None] + _SHIFTS]
    held, _ = source.sparse
    firsts = held.searchsorted(wanted, "left")
    found = Lookup(key, spots, wanted, firsts, held.searchsorted(wanted, "right") - firsts)
    source.last_lookup = found
    return found


def spots_of(length: int, anchors: int) -> list[int]:
    """Return where *anchors* stand in a key of that *length*, from its start to its end."""
    return [(length - ANCHOR) * number // (anchors - 1) for number in range(anchors)]


def places_by_rarest(lookup: Lookup, source: SourceText, most: int) -> list[int]:
    """Return the places that the anchor with the fewest entries allows the key, in no order.

    At most *most* entries of a piece are looked at. Empty if any anchor is nowhere.
    """
    sums = lookup.counts.sum(axis=1).tolist()
    rarest = sums.index(min(sums))
    if not sums[rarest]:
        return []
    if sums[0] > most and lookup.counts[0].max() > most:
        rarest = 0
    _, places = source.sparse
    found: list[int] = []
    before = lookup.spots[rarest]
    bounds = zip(lookup.firsts[rarest].tolist(), lookup.counts[rarest].tolist(), strict=True)
    for shift, (first, count) in enumerate(bounds, before):
        if count:
            held = places[first : first + min(count, most)].tolist()
            found += [place - shift for place in held]
    return found


def anchors_found(
    lookup: Lookup, source: SourceText, *, most_entries: int, common: int
) -> tuple[int, list[tuple[int, int]]]:
    """Return how many anchors are not too common, and where these stand.

    An anchor is too common if a piece of it has more than *most_entries*, or if
    it stands in more than *common* places. Each place is given as the number of
    the anchor and the distance from the anchor's place in the key.
    """
    telling = (lookup.counts.max(axis=1) <= most_entries).tolist()
    numbers, starts = _anchors_at(lookup, source, telling)
    found: list[tuple[int, int]] = []
    for number, spot in enumerate(lookup.spots):
        times = numbers.count(number)
        if times > common:
            telling[number] = False
        elif times:
            first = numbers.index(number)
            found += [(number, start - spot) for start in starts[first : first + times]]
    return sum(telling), found


def _anchors_at(
    lookup: Lookup, source: SourceText, asked: list[bool]
) -> tuple[list[int], list[int]]:
    """Return, anchor by anchor, the number of each that is *asked* for and where it stands.

    Two pieces that overlap, the first and the last, are a whole anchor.
    """
    counts = lookup.counts if all(asked) else lookup.counts * np.array(asked)[:, None]
    counts = counts.ravel()
    ends = counts.cumsum()
    if not ends[-1]:
        return [], []
    _, places = source.sparse
    entries = np.arange(ends[-1]) + (lookup.firsts.ravel() - ends + counts).repeat(counts)
    looked_up = np.arange(len(counts)).repeat(counts)
    number = looked_up // PIECE
    starts = places[entries] - looked_up % PIECE
    inside = (starts >= 0) & (starts <= len(source.key) - ANCHOR)
    number, starts = number[inside], starts[inside]
    whole, wanted = pieces_of(source.key), lookup.pieces
    same = whole[starts] == wanted[:, 0][number]
    same &= whole[starts + PIECE - 1] == wanted[:, -1][number]
    return number[same].tolist(), starts[same].tolist()
