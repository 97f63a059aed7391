"""Look up a few stretches of a quotation in a source's sparse index, all at once.

Fifteen characters hold one entry of the index wherever they stand. So an anchor
of fifteen whose entries are not in the index stands nowhere in the source, and
the anchor with the fewest entries tells soonest where the quotation stands.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from operator import sub

import numpy as np

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
    column by column for a piece in it, ``firsts`` and ``lasts`` bound the entries.
    """

    key: bytes
    spots: list[int]
    firsts: list[list[int]]
    lasts: list[list[int]]


def look_up(key: bytes, source: SourceText) -> Lookup:
    """Return the lookup of *key*, which must be as long as an anchor.

    The last one is kept with the source: each step of a comparison asks for the same.
    """
    last = source.last_lookup
    if last is not None and last.key == key:
        return last
    most = 1 if len(key) < _ONE_ANCHOR else ANCHORS
    spots = [(len(key) - ANCHOR) * number // (ANCHORS - 1) for number in range(most)]
    wanted = pieces_of(key)[np.array(spots)[:, None] + _SHIFTS]
    pieces, _ = source.sparse
    firsts, lasts = pieces.searchsorted(wanted, "left"), pieces.searchsorted(wanted, "right")
    found = Lookup(key, spots, firsts.tolist(), lasts.tolist())
    source.last_lookup = found
    return found


def places_by_rarest(lookup: Lookup, source: SourceText, most: int) -> list[int]:
    """Return the places that the anchor with the fewest entries allows the key, in no order.

    At most *most* entries of a piece are looked at. Empty if any anchor is nowhere.
    """
    sums = [sum(lasts) - sum(firsts) for firsts, lasts in _rows(lookup)]
    rarest = sums.index(min(sums))
    if not sums[rarest]:
        return []
    if max(map(sub, lookup.lasts[0], lookup.firsts[0])) > most:
        rarest = 0
    _, places = source.sparse
    found: list[int] = []
    before = lookup.spots[rarest]
    for first, last in zip(lookup.firsts[rarest], lookup.lasts[rarest], strict=True):
        if first < last:
            found += [held - before for held in places[first : min(last, first + most)].tolist()]
        before += 1
    return found


def _rows(lookup: Lookup) -> Iterator[tuple[list[int], list[int]]]:
    """Yield the bounds of the entries of one anchor after another."""
    return zip(lookup.firsts, lookup.lasts, strict=True)


def anchors_found(
    lookup: Lookup, source: SourceText, *, most_entries: int, common: int
) -> tuple[int, list[tuple[int, int]]]:
    """Return how many anchors are not too common, and where these stand.

    An anchor is too common if a piece of it has more than *most_entries*, or if
    it stands in more than *common* places. Each place is given as the number of
    the anchor and the distance from the anchor's place in the key.
    """
    _, places = source.sparse
    key, text = lookup.key, source.key
    telling, found = 0, []
    for number, (firsts, lasts) in enumerate(_rows(lookup)):
        if max(map(sub, lasts, firsts)) > most_entries:
            continue
        spot = lookup.spots[number]
        anchor = key[spot : spot + ANCHOR]
        hits: list[tuple[int, int]] = []
        for shift, first in enumerate(firsts):
            if first < lasts[shift] and len(hits) <= common:
                hits += [
                    (number, held - shift - spot)
                    for held in places[first : lasts[shift]].tolist()
                    if held >= shift and text.startswith(anchor, held - shift)
                ]
        if len(hits) <= common:
            telling += 1
            found += hits
    return telling, found
