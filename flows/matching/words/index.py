"""Indexes of a source's key: where its pieces of a few characters stand.

Pieces are numbered by a hash (division and multiplication: Knuth, The Art of
Computer Programming, vol. 3, §6.4), so that one step leads to all the places of
a piece, however long the source. Pieces that differ may share a number: whoever
asks compares what stands at the places with what was sought.
"""

import sys
from abc import ABC, abstractmethod
from itertools import count as count_from
from math import isqrt
from typing import Any

import numpy as np
import numpy.typing as npt

#: Length of the pieces of the sparse index: one machine word.
PIECE = 8
#: So many characters hold a piece of the sparse index wherever they stand.
ANCHOR = 2 * PIECE - 1
#: Length of the pieces of the dense index, short enough to survive one
#: misread letter in every seven.
SHORT_PIECE = 6
#: The dense index holds every second place: it costs three bytes a character.
SHORT_STEP = 2
#: A piece that occurs more often says nothing about where words stand.
COMMON = 400

#: A piece as a machine word.
WORD, _FOUR, _TWO = np.dtype("<u8"), np.dtype("<u4"), np.dtype("<u2")
# What the sparse index holds for a number: in the lowest bits the first entry, in the
# highest how many there are; three bits between are left to those who ask.
ENTRY_BITS = 32
LAST_ENTRY = (1 << ENTRY_BITS) - 1
_COUNT_BITS = ENTRY_BITS + 3
ONE_ENTRY = 1 << _COUNT_BITS
# The golden ratio in 32 bits. Odd, so that no two short pieces share a hash.
_GOLDEN = np.uint32(0x9E3779B1)
#: Pieces that are prepared at a time: what lies between stays in the processor's cache.
_CHUNK = 1 << 15
#: For each piece, which of the places of an index is its first one, and how many it has.
Found = tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]
_LOW, _HIGH = (0, 1) if sys.byteorder == "little" else (1, 0)


class Index(ABC):
    """Places of a key by the numbers of the pieces that stand there.

    The ``places`` of the pieces of one number are next to each other, and those
    of one and the same piece in order.
    """

    def __init__(self, places: npt.NDArray[np.int32]) -> None:
        self.places = places

    @abstractmethod
    def found(self, pieces: npt.NDArray[Any]) -> Found:
        """Return which of the places is the first one of each piece, and how many there are."""

    def places_of(
        self, firsts: npt.NDArray[np.integer], counts: npt.NDArray[np.integer]
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Return, place by place, to which of the *counts* it belongs, and the place itself."""
        owners = np.arange(len(counts)).repeat(counts)
        entries = (firsts + counts - counts.cumsum())[owners]
        entries += np.arange(len(owners))
        return owners, self.places[entries].astype(np.int64)


class SparseIndex(Index):
    """An index whose numbers are what remains of a piece divided by a prime.

    The ``table`` says of every number how many places its pieces have, times
    ``ONE_ENTRY``, and which is the first.
    """

    def __init__(self, places: npt.NDArray[np.int32], counts: npt.NDArray[np.int64]) -> None:
        super().__init__(places)
        self.table = counts * ONE_ENTRY
        self.table[1:] += np.cumsum(counts[:-1])

    def entries(self, pieces: npt.NDArray[np.uint64]) -> npt.NDArray[np.int64]:
        """Return what the table says of *pieces*, given as machine words."""
        return self.table[(pieces % np.uint64(len(self.table))).view(np.int64)]

    def found(self, pieces: npt.NDArray[np.uint64]) -> Found:
        """Return which of the places is the first one of each piece, and how many there are."""
        entries = self.entries(pieces)
        return entries & LAST_ENTRY, entries >> _COUNT_BITS


class DenseIndex(Index):
    """An index whose numbers are the first bits of a hash.

    ``starts`` says of every number which place is the first one.
    """

    def __init__(self, places: npt.NDArray[np.int32], starts: npt.NDArray[np.int32]) -> None:
        super().__init__(places)
        self.starts = starts

    def found(self, pieces: npt.NDArray[np.uint32]) -> Found:
        """Return the same for *pieces* that ``short_pieces`` gave."""
        bits = len(self.starts).bit_length() - 1
        numbers = (pieces * _GOLDEN >> np.uint32(32 - bits)).astype(np.int64)
        firsts = self.starts[numbers].astype(np.int64)
        return firsts, self.starts[numbers + 1] - firsts


def sparse_index(key: bytes) -> SparseIndex:
    """Return the places of every eighth piece of eight characters."""
    count = len(key) // PIECE
    size = _prime(max(2, count))
    entries = np.frombuffer(key, dtype=WORD, count=count) % np.uint64(size)
    counts = np.bincount(entries.view(np.int64), minlength=size)
    entries <<= np.uint64(32)
    entries |= np.arange(0, PIECE * count, PIECE, dtype=np.uint64)
    # The place decides among equal numbers, so any kind of sorting gives one order.
    entries.sort()
    return SparseIndex(entries.view(np.uint32)[_LOW::2].astype(np.int32), counts)


def _prime(least: int) -> int:
    """Return the first odd prime from *least* on: sharing no factor with text, it scatters the pieces."""
    return next(
        number
        for number in count_from(least | 1, 2)
        if all(number % factor for factor in range(3, isqrt(number) + 1, 2))
    )


def dense_index(key: bytes) -> DenseIndex:
    """Return the places of every second short piece, but for those of pieces that are common."""
    count = max(0, len(key) - SHORT_PIECE + SHORT_STEP) // SHORT_STEP
    entries = np.empty(count, dtype=np.uint64)
    halves = entries.view(np.uint32)
    halves[_LOW::2] = np.arange(0, SHORT_STEP * count, SHORT_STEP, dtype=np.uint32)
    for first in range(0, count, _CHUNK):
        start = SHORT_STEP * first
        stretch = key[start : start + SHORT_STEP * _CHUNK + SHORT_PIECE - SHORT_STEP]
        hashes = short_pieces(stretch, step=SHORT_STEP) * _GOLDEN
        halves[2 * first + _HIGH : 2 * (first + len(hashes)) : 2] = hashes
    # The place decides among equal hashes, so any kind of sorting gives one order.
    entries.sort()
    kept = _but_common(entries)
    bits = max(1, int(np.count_nonzero(kept)).bit_length() - 1)
    starts = np.zeros((1 << bits) + 1, dtype=np.int32)
    for first in range(0, count, _CHUNK):
        some = slice(first, first + _CHUNK)
        hashes = halves[_HIGH::2][some][kept[some]]
        numbers = (hashes >> np.uint32(32 - bits)).astype(np.int64)
        if len(numbers):
            low, high = int(numbers[0]), int(numbers[-1])
            starts[low + 1 : high + 2] += np.bincount(numbers - low).astype(np.int32)
    np.cumsum(starts, dtype=np.int32, out=starts)
    return DenseIndex(halves[_LOW::2].view(np.int32)[kept], starts)


def _but_common(entries: npt.NDArray[np.uint64]) -> npt.NDArray[np.bool_]:
    """Return which of some sorted *entries* are of hashes that are not common."""
    kept = np.ones(len(entries), dtype=bool)
    if len(entries) > COMMON:
        hashes = entries.view(np.uint32)[_HIGH::2]
        common = np.unique(hashes[COMMON:][hashes[COMMON:] == hashes[:-COMMON]]).astype(np.uint64)
        starts = entries.searchsorted(common << np.uint64(32))
        ends = entries.searchsorted((common + np.uint64(1)) << np.uint64(32))
        for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
            kept[start:end] = False
    return kept


def pieces_of(key: bytes) -> npt.NDArray[np.uint64]:
    """Return the pieces of eight characters at every place of *key*."""
    count = len(key) - PIECE + 1
    return np.ndarray((count,), WORD, key, 0, (1,)) if count > 0 else np.empty(0, WORD)


def short_pieces(key: bytes, *, step: int = 1) -> npt.NDArray[np.uint32]:
    """Return hashes of the short pieces at every *step*-th place of *key*.

    Five bits a character are enough to tell letters apart; six characters
    fill 30 bits, so pieces of plain letters never share a hash.
    """
    count = max(0, len(key) - SHORT_PIECE + 1)
    letters = np.frombuffer(key, dtype=np.uint8) & 31
    hashes = np.zeros(-(-count // step), dtype=np.uint32)
    for place in range(SHORT_PIECE):
        hashes <<= np.uint32(5)
        hashes |= letters[place : place + count : step]
    return hashes


def same_pieces(
    first: bytes,
    places: npt.NDArray[np.int64],
    second: bytes,
    others: npt.NDArray[np.int64],
    *,
    short: bool = False,
) -> npt.NDArray[np.bool_]:
    """Return, pair by pair, whether the keys have the same piece at *places* and at *others*."""
    if not short:
        same: npt.NDArray[np.bool_] = pieces_of(first)[places] == pieces_of(second)[others]
        return same
    # Of each character those bits count that are in a short piece.
    begin = _units(first, _FOUR)[places] ^ _units(second, _FOUR)[others]
    end = _units(first, _TWO)[places + 4] ^ _units(second, _TWO)[others + 4]
    same = (begin & 0x1F1F1F1F) == 0
    same &= (end & 0x1F1F) == 0
    return same


def _units(key: bytes, unit: np.dtype[Any]) -> npt.NDArray[Any]:
    """Return the *unit* at every place of *key*."""
    return np.ndarray((len(key) - unit.itemsize + 1,), unit, key, 0, (1,))
