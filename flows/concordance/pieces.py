"""Hash the pieces of letters that the index is made of."""

import numpy as np
import numpy.typing as npt

from flows.concordance.letters import PIECE

Hashes = npt.NDArray[np.uint32]
Words = npt.NDArray[np.uint64]

# Odd constants with well-spread bits (Knuth's multiplicative hashing, golden ratio).
_FIRST = np.uint64(0x9E3779B97F4A7C15)
_SECOND = np.uint64(0xC2B2AE3D27D4EB4F)
#: Pieces at a time: what is worked on stays in the processor's cache.
_STEP = 1 << 16


def hashes(text: bytes, stride: int) -> Hashes:
    """Return a 32-bit hash of the ``PIECE`` letters at every *stride*-th letter of *text*.

    >>> hashes(b"abcdefghijklmn", 4).size, hashes(b"abcdefghi", 1).size
    (2, 0)
    >>> text = bytes(range(97, 123)) * 3
    >>> bool((hashes(text, 4) == hashes(text, 1)[::4]).all())
    True
    """
    count = (len(text) - PIECE) // stride + 1
    if count < 1:
        return np.empty(0, np.uint32)
    if stride != 4:
        return _mixed(*_read_in_place(text, count, stride))
    found = np.empty(count, np.uint32)
    four = np.frombuffer(text + bytes(-len(text) % 4), "<u4")
    for start in range(0, count, _STEP):
        end = min(start + _STEP, count)
        found[start:end] = _mixed(*_aligned(four[start : end + 2], end - start))
    return found


def _mixed(eight: Words, two: Words) -> Hashes:
    mixed = eight * _FIRST
    mixed ^= mixed >> np.uint64(29)
    two *= _SECOND
    mixed += two
    mixed *= _FIRST
    mixed >>= np.uint64(32)
    return mixed.astype(np.uint32)


def _read_in_place(text: bytes, count: int, stride: int) -> tuple[Words, Words]:
    """Return the first eight letters, and the next two, of each piece."""
    eight = np.ndarray((count,), "<u8", text, 0, (stride,))
    two = np.ndarray((count,), "<u2", text, 8, (stride,))
    return eight.astype(np.uint64), two.astype(np.uint64)


def _aligned(four: Hashes, count: int) -> tuple[Words, Words]:
    """Return the same for pieces that begin at each of *four*, which is many times as fast."""
    eight = four[1 : count + 1].astype(np.uint64)
    eight <<= np.uint64(32)
    eight |= four[:count]
    two = (four[2 : count + 2] & np.uint32(0xFFFF)).astype(np.uint64)
    return eight, two
