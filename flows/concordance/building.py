"""Turn texts, or older segments, into one new segment."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from flows.concordance.letters import PIECE, STRIDE
from flows.concordance.pieces import hashes
from flows.concordance.segment import Array, Segment, directory_bits, key_hash, write_segment

#: Pieces of one merging step; bounds the memory of a merge to some 100 MB.
_STEP = 4_000_000


class Pending:
    """Texts added but not yet written: reduced letters, laid out on whole strides."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self.keys: dict[str, None] = {}
        self._letters: list[int] = []
        self._lengths: list[int] = []
        self.size = 0

    def add(self, key: str, reduced: bytes, length: int) -> None:
        """Add a text's letters; *length* is the text's, in code points as given."""
        padding = -len(reduced) % STRIDE
        self._parts += (reduced, b"\0" * padding)
        self.size += len(reduced) + padding
        self.keys[key] = None
        self._letters.append(len(reduced))
        self._lengths.append(length)

    def write(self, path: Path) -> None:
        """Write everything added as one segment."""
        counts = np.array(self._letters, np.int64)
        pieces = -(-counts // STRIDE)
        text_start = np.concatenate(([0], np.cumsum(pieces)))
        # The last pieces of a text would run over into the next one.
        whole = np.maximum((counts - PIECE) // STRIDE + 1, 0)
        steps = np.zeros(int(text_start[-1]) + 1, np.int8)
        np.add.at(steps, text_start[:-1], (whole > 0).astype(np.int8))
        np.add.at(steps, text_start[:-1] + whole, -(whole > 0).astype(np.int8))
        numbers = np.flatnonzero(np.cumsum(steps[:-1], dtype=np.int8).view(np.bool_)).astype(
            np.uint64
        )
        found = hashes(b"".join([*self._parts, b"\0" * PIECE]), STRIDE)
        ordered = (found[numbers].astype(np.uint64) << np.uint64(32)) | numbers
        ordered.sort()
        bits = directory_bits(ordered.size)
        arrays = _text_arrays(
            list(self.keys), counts, np.array(self._lengths, np.int64), text_start
        )
        edges = np.arange(1 << bits, dtype=np.uint64) << np.uint64(64 - bits)
        arrays["directory"] = np.append(np.searchsorted(ordered, edges), ordered.size).astype("<u4")
        low = ((ordered >> np.uint64(32)) & np.uint64(0xFFFF)).astype(np.uint16)
        write_segment(path, arrays, ordered.size, iter([(low, ordered.astype(np.uint32))]))


def _text_arrays(
    keys: Sequence[str],
    counts: npt.NDArray[np.int64],
    lengths: npt.NDArray[np.int64],
    text_start: npt.NDArray[np.int64],
) -> dict[str, Array]:
    encoded = [key.encode() for key in keys]
    marks = np.array([key_hash(key) for key in keys], np.uint64)
    order = np.argsort(marks, kind="stable")
    starts = np.cumsum([0, *map(len, encoded)])
    return {
        "text_start": text_start.astype("<i8"),
        "letters": counts.astype("<u4"),
        "length": lengths.astype("<u4"),
        "key_hash": marks[order].astype("<u8"),
        "key_text": order.astype("<u4"),
        "key_start": starts.astype("<u8"),
        "keys": np.frombuffer(b"".join(encoded), np.uint8),
    }


def merge(segments: Sequence[Segment], path: Path) -> None:
    """Write one segment that holds what *segments* hold, in their order."""
    totals = [int(segment.text_start[-1]) for segment in segments]
    bases = np.concatenate(([0], np.cumsum(totals)))
    keys = [segment.key(text) for segment in segments for text in range(segment.texts)]
    starts = [s.text_start[:-1] + base for s, base in zip(segments, bases, strict=False)]
    arrays = _text_arrays(
        keys,
        np.concatenate([segment.arrays["letters"] for segment in segments]).astype(np.int64),
        np.concatenate([segment.arrays["length"] for segment in segments]).astype(np.int64),
        np.concatenate([*starts, bases[-1:]]),
    )
    count = sum(map(len, segments))
    bits = directory_bits(count)
    directory = np.zeros((1 << bits) + 1, "<u4")
    arrays["directory"] = directory

    def pieces() -> Iterator[tuple[Array, Array]]:
        for first, leading, low, posting in _ranges(segments, bases, bits):
            held = np.bincount(leading - first)
            directory[first + 1 : first + 1 + held.size] = held
            yield low, posting
        np.cumsum(directory, out=directory)

    write_segment(path, arrays, count, pieces())


def _ranges(
    segments: Sequence[Segment], bases: npt.NDArray[np.int64], bits: int
) -> Iterator[tuple[int, npt.NDArray[np.int64], Array, Array]]:
    """Yield the pieces of all segments in order of hash, a range of hashes at a time."""
    total = sum(map(len, segments))
    parts = max(1, min(1 << 16, -(-total // _STEP)))
    edges = np.linspace(0, 1 << 16, parts + 1).astype(np.int64)
    for low_edge, high_edge in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        taken = []
        for segment, base in zip(segments, bases.tolist(), strict=False):
            widen = segment.bits - 16
            entries = segment.directory[low_edge << widen : (high_edge << widen) + 1].astype(
                np.int64
            )
            start, end = int(entries[0]), int(entries[-1])
            leading = np.repeat(
                np.arange(low_edge << widen, high_edge << widen, dtype=np.uint64), np.diff(entries)
            )
            # Leading bits and low bits overlap or meet: together the whole hash.
            whole = leading << np.uint64(32 - segment.bits) & np.uint64(0xFFFF0000)
            whole |= segment.low[start:end].astype(np.uint64)
            numbers = segment.posting[start:end].astype(np.uint64) + np.uint64(base)
            taken.append(whole << np.uint64(32) | numbers)
        ordered = np.concatenate(taken)
        ordered.sort()
        leading_bits = (ordered >> np.uint64(64 - bits)).astype(np.int64)
        low = ((ordered >> np.uint64(32)) & np.uint64(0xFFFF)).astype(np.uint16)
        yield low_edge << (bits - 16), leading_bits, low, ordered.astype(np.uint32)
