"""Find the place of a quotation from a few of its pieces.

Five pieces, spread over the quotation, are looked up in the source. Where most of
them stand in order, at about their own distance, is the place. Any other place
lacks the pieces that were not found there, so it differs from the quotation in
at least as many words: that tells whether a search of the whole source could
find a better one.
"""

from dataclasses import dataclass

import numpy as np

from flows.matching.locating import SMALL, Place, search
from flows.matching.source import PIECE, SourceText, pieces_of

#: Length of a piece: fifteen characters hold one entry of the sparse index.
ANCHOR = 2 * PIECE - 1
PIECES = 5
#: Fewest pieces that must be found.
_FEWEST = 3
#: A piece that stands in more places says nothing about where words stand.
_COMMON = 24
#: Entries of the index that are looked at for one piece.
_MOST_ENTRIES = 100
_SHIFTS = np.arange(PIECE)

#: A piece (by its number) and where it stands, as ``(place - place in the quotation)``.
_Hit = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Anchored:
    """A place, and how many pieces of the quotation every other place lacks."""

    place: Place
    lacking: int


def anchored(key: bytes, source: SourceText, limit: int) -> Anchored | None:
    """Return the place of *key* that its pieces point to, at most *limit* edits away.

    ``None`` says nothing: the place has to be searched for. The distance of the
    place is not measured (it is 1) where both ends of the quotation were found.
    """
    length = len(key)
    # No word may reach from one piece to the next.
    if length < PIECES * (ANCHOR + PIECE):
        return None
    spots = [(length - ANCHOR) * number // (PIECES - 1) for number in range(PIECES)]
    hits = _indexed(key, spots, source) if len(source.key) > SMALL else _found(key, spots, source)
    if hits is None:
        return None
    slack = max(PIECE, length // 5)
    group, rivals = _grouped(sorted(hits, key=lambda hit: hit[1]), slack)
    shifts = dict(group)
    if len(shifts) < max(_FEWEST, rivals + 1) or len(shifts) < len(group):
        return None
    last = PIECES - 1
    low, high = min(shifts.values()) - slack, max(shifts.values()) + length + slack
    if 0 in shifts:
        low = shifts[0]
    if last in shifts:
        high = shifts[last] + length
    if 0 in shifts and last in shifts:
        return Anchored(Place(low, high, 1), PIECES - rivals)
    found = search(key, source.key, [(max(0, low), high)], limit)
    return Anchored(found[0], PIECES - rivals) if len(found) == 1 else None


def _grouped(hits: list[_Hit], slack: int) -> tuple[list[_Hit], int]:
    """Return the largest group of hits in one place, and the pieces of the next largest."""
    best: list[_Hit] = []
    most = rivals = 0
    for first, (_, shift) in enumerate(hits):
        group = [hit for hit in hits[first : first + 2 * PIECES] if hit[1] <= shift + slack]
        count = len({number for number, _ in group})
        if count > most:
            rivals = max(rivals, most) if best and best[-1][1] < shift else rivals
            best, most = group, count
        elif best[-1][1] < shift:
            rivals = max(rivals, count)
    return best, rivals


def _found(key: bytes, spots: list[int], source: SourceText) -> list[_Hit] | None:
    """Return where each piece stands in the source's key; ``None`` if one is too common."""
    text = source.key
    hits: list[_Hit] = []
    for number, spot in enumerate(spots):
        piece = key[spot : spot + ANCHOR]
        place = text.find(piece)
        many = 0
        while place >= 0:
            many += 1
            if many > _COMMON:
                return None
            hits.append((number, place - spot))
            place = text.find(piece, place + 1)
    return hits


def _indexed(key: bytes, spots: list[int], source: SourceText) -> list[_Hit] | None:
    """Do what ``_found`` does with the sparse index, all pieces in one search."""
    pieces, places = source.sparse
    text = source.key
    wanted = pieces_of(key)[(np.array(spots)[:, None] + _SHIFTS).ravel()]
    firsts = pieces.searchsorted(wanted)
    firsts[firsts == len(pieces)] = 0
    hits: list[_Hit] = []
    for held in np.flatnonzero(pieces[firsts] == wanted).tolist():
        number, shift = divmod(held, PIECE)
        first = int(firsts[held])
        last = first + 1
        if last < len(pieces) and pieces[last] == wanted[held]:
            last = int(pieces.searchsorted(wanted[held], "right"))
            if last - first > _MOST_ENTRIES:
                return None
        spot = spots[number]
        anchor = key[spot : spot + ANCHOR]
        hits += [
            (number, entry - shift - spot)
            for entry in places[first:last].tolist()
            if entry >= shift and text.startswith(anchor, entry - shift)
        ]
    return hits
