"""Locate words inside a source.

Words are *located* here and *judged* in ``judging``: this module says where
they are, never whether the quotation is fair. Places are half-open and count
characters of the source's key; ``SourceText.folded.offsets`` leads back.

Exact places come from the sparse index (every eighth piece of eight
characters: any stretch of fifteen holds one). Otherwise pieces that the two
keys share vote for a diagonal, and the windows with most votes are searched
for the place with the fewest edits.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import Postfix, Prefix

from flows.matching.placing.bitparallel import nearest
from flows.matching.placing.lookups import places_by_rarest
from flows.matching.words.effort import spend
from flows.matching.words.index import (
    ANCHOR,
    COMMON,
    PIECE,
    Index,
    pieces_of,
    same_pieces,
    short_pieces,
)
from flows.matching.words.source import SourceText

#: A key shorter than this is searched directly: an index would cost more.
SMALL = 24_000
#: Places of one and the same passage that are looked at, and reported.
MOST_PLACES = 1000
#: Windows in which an approximate place is looked for.
MOST_WINDOWS = 6
#: Shared pieces that are weighed in one step of work.
_PIECES_A_STEP = 5
#: Longest key that is aligned as a whole; longer ones are located by their runs.
LONGEST = 20_000


class Place(NamedTuple):
    """A stretch of the source's key and how many edits it is away."""

    start: int
    end: int
    distance: int


class Run(NamedTuple):
    """Characters that quotation and source share: ``quote[q:q+length] == source[s:s+length]``."""

    q: int
    s: int
    length: int


def exact_places(
    key: bytes, source: SourceText, start: int = 0, end: int | None = None
) -> list[int]:
    """Return where *key* stands in the source's key, in order, overlaps left out."""
    text = source.key
    stop = len(text) if end is None else end
    if not key:
        return []
    if len(text) <= SMALL or len(key) < ANCHOR or stop - start <= SMALL:
        return _find_all(key, text, start, stop)
    found = [
        place
        for place in places_by_rarest(key, source, 8 * MOST_PLACES)
        if start <= place <= stop - len(key) and text.startswith(key, place)
    ]
    found.sort()
    return _apart(found, len(key))


def _find_all(key: bytes, text: bytes, start: int, stop: int) -> list[int]:
    found: list[int] = []
    place = text.find(key, start, stop)
    while place >= 0 and len(found) < 40 * MOST_PLACES:
        found.append(place)
        place = text.find(key, place + 1, stop)
    return found


def _apart(places: list[int], length: int) -> list[int]:
    kept: list[int] = []
    for place in places:
        if not kept or place >= kept[-1] + min(length, PIECE):
            kept.append(place)
    return kept


def approximate_places(
    key: bytes, source: SourceText, limit: int, start: int = 0, end: int | None = None
) -> list[Place]:
    """Return the nearest places of *key* between *start* and *end*, at most *limit* edits away.

    All returned places are equally near; none overlaps another.
    """
    text = source.key
    stop = len(text) if end is None else end
    if not key or stop <= start:
        return []
    if stop - start <= SMALL and len(key) <= LONGEST:
        return search(key, text, [(start, stop)], limit)
    quotes, sources = shared_pieces(key, source)
    windows = _windows(quotes, sources, len(key), len(text))
    if len(key) > LONGEST:
        # Too long for one alignment of letters: the words will be aligned.
        diagonals = sources - quotes
        return [
            Place(low, high, 1)
            for low, high in windows[:1]
            if ((diagonals >= low) & (diagonals < high - len(key))).sum() > len(key) / 50
        ]
    found = search(key, text, windows, limit)
    if not found or found[0].distance > 0.25 * len(key):
        quotes, sources = shared_pieces(key, source, dense=True)
        windows = _windows(quotes, sources, len(key), len(text))
        again = search(key, text, windows, limit)
        if again and (not found or again[0].distance < found[0].distance):
            found = again
    return [place for place in found if place.start >= start and place.end <= stop]


def second_places(key: bytes, source: SourceText, first: Place, limit: int) -> list[Place]:
    """Return places beside *first*, at most *limit* edits away: noise may hide the right one.

    A stamp in the middle of a passage costs more letters than another name.
    """
    text = source.key
    if len(key) > LONGEST:
        return []
    if len(text) <= SMALL:
        windows = [(0, first.start), (first.end, len(text))]
    else:
        quotes, sources = shared_pieces(key, source, dense=True)
        windows = _windows(quotes, sources, len(key), len(text))
    found: list[Place] = []
    for low, high in windows:
        if high - low < len(key) // 2:
            continue
        found += [
            place
            for place in search(key, text, [(low, high)], limit)[:2]
            if place.end <= first.start or first.end <= place.start
        ]
    return found


def shared_pieces(
    key: bytes, source: SourceText, *, dense: bool = False
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return, pair by pair, where *key* and where the source hold the same piece.

    A piece that the source has more than ``COMMON`` times says nothing.
    """
    index: Index
    if dense:
        index = source.dense
        firsts, counts = source.dense.found(short_pieces(key))
    else:
        index = source.sparse
        firsts, counts = source.sparse.found(pieces_of(key))
        _leave_out_common(firsts, counts, key, source)
    spend(int(counts.sum()) // _PIECES_A_STEP)
    quotes, sources = index.places_of(firsts, counts)
    if not len(quotes):
        return quotes, sources
    same = same_pieces(key, quotes, source.key, sources, short=dense)
    return quotes[same], sources[same]


def _leave_out_common(
    firsts: npt.NDArray[np.int64], counts: npt.NDArray[np.int64], key: bytes, source: SourceText
) -> None:
    """Set to 0 the *counts* of those pieces of *key* that the source has too often."""
    known: dict[bytes, bool] = {}
    for place in np.flatnonzero(counts > COMMON).tolist():
        piece = key[place : place + PIECE]
        if piece not in known:
            first, count = int(firsts[place]), int(counts[place])
            # Among so many others of its number, a rare piece is not worth the time.
            known[piece] = count > 64 * COMMON or source.times(piece, first, count) > COMMON
        if known[piece]:
            counts[place] = 0


def _windows(
    quotes: npt.NDArray[np.int64], sources: npt.NDArray[np.int64], length: int, size: int
) -> list[tuple[int, int]]:
    """Return the stretches of the source on which most shared pieces agree."""
    if not len(quotes):
        return []
    slack = max(16, length // 4)
    diagonals = np.sort(sources - quotes)
    votes = diagonals.searchsorted(diagonals + slack, "right") - np.arange(len(diagonals))
    windows: list[tuple[int, int]] = []
    for choice in _most(votes, 40 * MOST_WINDOWS):
        low = int(diagonals[choice]) - slack
        high = int(diagonals[choice]) + slack + length + slack
        low, high = max(0, low), min(size, high)
        if all(abs(low - other) > slack for other, _ in windows):
            windows.append((low, high))
            if len(windows) == MOST_WINDOWS:
                break
    return windows


def _most(votes: npt.NDArray[np.int64], count: int) -> list[int]:
    """Return the places of the *count* largest *votes*, largest first, the earlier of equals."""
    chosen = np.arange(len(votes))
    if len(votes) > count:
        least = np.partition(votes, len(votes) - count)[len(votes) - count]
        more = np.flatnonzero(votes > least)
        equal = np.flatnonzero(votes == least)[: count - len(more)]
        chosen = np.sort(np.concatenate([more, equal]))
    order: list[int] = chosen[np.argsort(-votes[chosen], kind="stable")].tolist()
    return order


def search(key: bytes, text: bytes, windows: list[tuple[int, int]], limit: int) -> list[Place]:
    """Return the places nearest to *key* within *windows* of *text*, at most *limit* edits away."""
    best: list[Place] = []
    for low, high in windows:
        allowed = best[0].distance if best else limit
        for hit in nearest(key, text[low:high], allowed):
            place = Place(low + hit.start, low + hit.end, hit.distance)
            if best and place.distance < best[0].distance:
                best = []
            if all(place.end <= other.start or other.end <= place.start for other in best):
                best.append(place)
    return sorted(best[:MOST_PLACES], key=lambda place: place.start)


def runs(
    key: bytes, source: SourceText, *, least: int = 12, most: int = 400, dense: bool = False
) -> list[Run]:
    """Return the longest runs of characters that *key* shares with the source.

    Each run is as long as it can be; of more than *most*, the longest stay.
    Runs of fewer than 15 characters may be missed, if not *dense*.
    Ordered by place in the quotation, then in the source.
    """
    text = source.key
    quotes, sources = shared_pieces(key, source, dense=dense)
    if len(quotes) > 50 * most:
        quotes, sources = quotes[: 50 * most], sources[: 50 * most]
    found: dict[int, int] = {}
    result: list[Run] = []
    for q, s in zip(quotes.tolist(), sources.tolist(), strict=True):
        diagonal = s - q
        if found.get(diagonal, -1) > q:
            continue
        back = _common_suffix(key, q, text, s)
        on = _common_prefix(key, q, text, s)
        found[diagonal] = q + on
        if back + on >= least:
            result.append(Run(q - back, s - back, back + on))
    result.sort(key=lambda run: -run.length)
    return sorted(result[:most], key=lambda run: (run.q, run.s))


def _common_prefix(first: bytes, i: int, second: bytes, j: int) -> int:
    length = 0
    step = 32
    while True:
        a, b = first[i + length : i + length + step], second[j + length : j + length + step]
        if a != b or not a:
            return length + Prefix.similarity(a, b)
        length += len(a)
        step *= 2


def _common_suffix(first: bytes, i: int, second: bytes, j: int) -> int:
    length = 0
    step = 32
    while True:
        a = first[max(0, i - length - step) : i - length]
        b = second[max(0, j - length - step) : j - length]
        if a != b or not a:
            return length + Postfix.similarity(a, b)
        length += len(a)
        step *= 2
