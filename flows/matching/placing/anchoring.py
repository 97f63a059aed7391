"""Find the place of a quotation from a few of its pieces.

Some pieces, spread over the quotation, are looked up in the source. Where most of
them stand in order, at about their own distance, is the place. Any other place
lacks the pieces that were not found there, so it differs from the quotation in
at least as many words: that tells whether a search of the whole source could
find a better one.
"""

from operator import itemgetter
from typing import NamedTuple

from flows.matching.placing.locating import SMALL, Place, search
from flows.matching.placing.lookups import ANCHORS, anchors_found, spots_of
from flows.matching.words.index import ANCHOR, PIECE
from flows.matching.words.source import SourceText

#: Pieces of a quotation, each as long as an anchor: so many first, and so many at
#: most where these, being common, did not tell one place from the others.
PIECES, MORE_PIECES = ANCHORS, 2 * ANCHORS
#: Fewest pieces that must be found.
_FEWEST = 3
#: A piece that stands in more places says nothing about where words stand.
_COMMON = 8
#: More equally good places are left to the search of the whole source.
_MOST_PLACES = 4
#: Entries of the index that are looked at for one piece.
_MOST_ENTRIES = 64

#: A piece (by its number) and where it stands, as ``(place - place in the quotation)``.
_Hit = tuple[int, int]


class Anchored(NamedTuple):
    """The places that hold most of some pieces, and how many pieces every other place lacks."""

    places: list[Place]
    pieces: int
    lacking: int


def pieces_in(key: bytes) -> int:
    """Return how many pieces of *key* can be looked up at most."""
    # No word may reach from one piece to the next.
    return min(MORE_PIECES, len(key) // (ANCHOR + PIECE))


def anchored(key: bytes, source: SourceText, limit: int, pieces: int = PIECES) -> Anchored | None:
    """Return the places of *key* that *pieces* of it point to, at most *limit* edits away.

    ``None`` says nothing: the place has to be searched for. The distance of a
    place is not measured (it is 1) where both ends of the quotation were found
    among the first few pieces.
    """
    length = len(key)
    if pieces < PIECES or pieces > pieces_in(key):
        return None
    if len(source.key) > SMALL:
        telling, hits = anchors_found(
            key, source, pieces, most_entries=_MOST_ENTRIES, common=_COMMON
        )
    else:
        telling, hits = _found(key, source, pieces)
    if len(hits) < _FEWEST:
        return None
    slack = max(PIECE, length // 5)
    groups = _grouped(hits, slack)
    most = len(groups[0])
    best = [group for group in groups if len(group) == most]
    if most < _FEWEST or len(best) > _MOST_PLACES:
        return None
    places = [_place(key, source, group, pieces - 1, slack, limit) for group in best]
    if None in places:
        return None
    lacking = telling - (len(groups[len(best)]) if len(groups) > len(best) else 0)
    return Anchored([place for place in places if place is not None], pieces, lacking)


def _place(
    key: bytes, source: SourceText, group: dict[int, int], last: int, slack: int, limit: int
) -> Place | None:
    """Return the place around one group of pieces; ``None`` if it is none, or not one alone."""
    length = len(key)
    shifts = group.values()
    # Where the first few pieces tell too little, one at an end may be that of words near by.
    trusted = last < PIECES
    low = group[0] if trusted and 0 in group else max(0, min(shifts) - slack)
    high = length + (group[last] if trusted and last in group else max(shifts) + slack)
    if trusted and 0 in group and last in group:
        return Place(low, high, 1)
    found = search(key, source.key, [(low, high)], limit)
    return found[0] if len(found) == 1 else None


def _grouped(hits: list[_Hit], slack: int) -> list[dict[int, int]]:
    """Return the hits of one place each, by piece, those of most pieces first."""
    hits.sort(key=itemgetter(1))
    if hits[-1][1] <= hits[0][1] + slack:
        return [_single(hits)]
    numbers = [number for number, _ in hits]
    reaches = [shift + slack for _, shift in hits]
    groups: list[tuple[int, int, int]] = []
    last = 0
    for first, reach in enumerate(reaches):
        while last < len(hits) and hits[last][1] <= reach:
            last += 1
        groups.append((-len(set(numbers[first:last])), first, last))
        if last == len(hits):
            break
    groups.sort()
    chosen: list[tuple[int, int, int]] = []
    for found in groups:
        if all(found[2] <= first or found[1] >= last for _, first, last in chosen):
            chosen.append(found)
    return [_single(hits[first:last]) for _, first, last in chosen]


def _single(hits: list[_Hit]) -> dict[int, int]:
    """Return one hit of each piece: of several, the one nearest to the middle of all."""
    group = dict(hits)
    if len(group) < len(hits):
        middle = hits[len(hits) // 2][1]
        group = dict(sorted(hits, key=lambda hit: -abs(hit[1] - middle)))
    return group


def _found(key: bytes, source: SourceText, pieces: int) -> tuple[int, list[_Hit]]:
    """Return how many pieces are not too common, and where these stand in the source's key."""
    text = source.key
    telling, hits = 0, []
    for number, spot in enumerate(spots_of(len(key), pieces)):
        piece = key[spot : spot + ANCHOR]
        place = text.find(piece)
        if place < 0:
            telling += 1
            continue
        places: list[_Hit] = []
        while place >= 0 and len(places) <= _COMMON:
            places.append((number, place - spot))
            place = text.find(piece, place + 1)
        if len(places) <= _COMMON:
            telling += 1
            hits += places
    return telling, hits
