"""One sorted, immutable file of the index.

Layout: magic, length and CRC-32 of a JSON header, the header, then arrays,
each aligned to 64 bytes, little-endian:

* ``directory``: where the pieces with a given leading part of the hash begin,
* ``low``: the low 16 bits of each piece's hash, in order of the whole hash,
* ``posting``: the piece's number, counted in strides through all texts,
* ``text_start``: for each text its first piece's number, and a last one past the end,
* ``letters`` and ``length``: each text's letters, and its code points as given,
* ``key_hash``, ``key_text``: keys for asking whether a text is held, sorted,
* ``key_start``, ``keys``: the keys themselves, in order of texts.
"""

import hashlib
import json
import mmap
import os
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

from flows.errors import StoreError

MAGIC = b"NSAVCONC1\n"
_ALIGN = 64
_LEAST_BITS, _MOST_BITS = 16, 28
#: Entries of the directory with no more pieces than this, nearly all of them, are read whole.
_ROW = 32
_ROWS = np.arange(_ROW)
Array = npt.NDArray[np.generic]


class TornSegmentError(StoreError):
    """A segment file is shorter than it says, or its header or content is damaged."""


def key_hash(key: str) -> int:
    """Return 64 bits that stand for *key*."""
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), "little")


def directory_bits(pieces: int) -> int:
    """Return how many leading bits the directory tells apart: some 16 pieces share an entry."""
    return min(_MOST_BITS, max(_LEAST_BITS, (pieces // 16).bit_length()))


def write_segment(
    path: Path, arrays: dict[str, Array], count: int, pieces: Iterator[tuple[Array, Array]]
) -> None:
    """Write a segment beside *path*, bring it to the disk, and rename it into place.

    Args:
        path: The file to make.
        arrays: Every array but ``low`` and ``posting``; they are read last, so
            that making the pieces may fill the directory.
        count: How many pieces there are.
        pieces: ``low`` and ``posting``, in consecutive parts.
    """
    plan: dict[str, dict[str, object]] = {}
    at = 0
    shapes = {name: (array.dtype.str, array.size) for name, array in arrays.items()}
    shapes |= {"low": ("<u2", count), "posting": ("<u4", count)}
    for name, (dtype, size) in shapes.items():
        plan[name] = {"dtype": dtype, "size": size, "at": at, "crc": 0}
        at += -(-size * np.dtype(dtype).itemsize // _ALIGN) * _ALIGN
    beside = path.with_name(f"{path.name}.{os.getpid()}.new")
    # The header's length does not depend on the checksums, which come last.
    base = _base(plan, at)
    with beside.open("wb") as file:
        done = 0
        for low, posting in pieces:
            _put(file, base, plan["low"], low, done)
            _put(file, base, plan["posting"], posting, done)
            done += low.size
        for name, array in arrays.items():
            _put(file, base, plan[name], array, 0)
        file.seek(0)
        file.write(_header(plan, at))
        file.truncate(base + at)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    sync_folder(path.parent)


def _header(plan: dict[str, dict[str, object]], size: int) -> bytes:
    shown = {name: {**entry, "crc": f"{entry['crc']:08x}"} for name, entry in plan.items()}
    body = json.dumps({"arrays": shown, "size": size}).encode()
    return MAGIC + len(body).to_bytes(4, "little") + zlib.crc32(body).to_bytes(4, "little") + body


def _base(plan: dict[str, dict[str, object]], size: int) -> int:
    return -(-len(_header(plan, size)) // _ALIGN) * _ALIGN


def _put(file: BinaryIO, base: int, entry: dict[str, object], array: Array, done: int) -> None:
    raw = np.ascontiguousarray(array).tobytes()
    # Not os.pwrite, which Windows lacks.
    file.seek(base + int(str(entry["at"])) + done * array.dtype.itemsize)
    file.write(raw)
    entry["crc"] = zlib.crc32(raw, int(str(entry["crc"])))


def sync_folder(folder: Path) -> None:
    """Bring a folder's names to the disk, where the system can."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class Segment:
    """A segment opened for reading; its arrays are mapped, not read.

    Raises:
        TornSegmentError: the file is not whole.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with path.open("rb") as file:
            head = file.read(len(MAGIC) + 8)
            body = file.read(int.from_bytes(head[len(MAGIC) : len(MAGIC) + 4], "little"))
            if head[: len(MAGIC)] != MAGIC or zlib.crc32(body).to_bytes(4, "little") != head[-4:]:
                raise TornSegmentError(f"{path}: the header is damaged")
            header = json.loads(body)
            base = -(-(len(head) + len(body)) // _ALIGN) * _ALIGN
            if os.fstat(file.fileno()).st_size != base + header["size"]:
                raise TornSegmentError(f"{path}: the file is shorter or longer than it says")
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._checksums = {name: int(entry["crc"], 16) for name, entry in header["arrays"].items()}
        self.arrays: dict[str, Array] = {
            name: np.frombuffer(self._map, entry["dtype"], entry["size"], base + entry["at"])
            for name, entry in header["arrays"].items()
        }
        self.directory = self.arrays["directory"]
        self.low: npt.NDArray[np.uint16] = self.arrays["low"].view(np.uint16)
        self.posting: npt.NDArray[np.uint32] = self.arrays["posting"].view(np.uint32)
        self.text_start: npt.NDArray[np.int64] = self.arrays["text_start"].view(np.int64)
        self.bits = max(_LEAST_BITS, (self.directory.size - 1).bit_length() - 1)

    def __len__(self) -> int:
        """Return how many pieces the segment holds."""
        return int(self.low.size)

    @property
    def texts(self) -> int:
        """Return how many texts the segment holds."""
        return int(self.text_start.size) - 1

    def key(self, text: int) -> str:
        """Return the key of text number *text*."""
        start, end = self.arrays["key_start"][text : text + 2].tolist()
        return self.arrays["keys"][start:end].tobytes().decode()

    def __contains__(self, key: object) -> bool:
        """Return whether a text was added under *key*."""
        if not isinstance(key, str):
            return False
        wanted = np.uint64(key_hash(key))
        hashes = self.arrays["key_hash"]
        at = int(np.searchsorted(hashes, wanted))
        while at < hashes.size and hashes[at] == wanted:
            if self.key(int(self.arrays["key_text"][at].item())) == key:
                return True
            at += 1
        return False

    def check(self) -> None:
        """Read the whole file and compare every checksum.

        Raises:
            TornSegmentError: an array is damaged.
        """
        for name, array in self.arrays.items():
            if zlib.crc32(array.tobytes()) != self._checksums[name]:
                raise TornSegmentError(f"{self.path}: the array {name} is damaged")

    def find(
        self, wanted: npt.NDArray[np.uint32]
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Return, for each hash of *wanted*, where its pieces begin and how many there are."""
        shift = np.uint32(32 - self.bits)
        entry = (wanted >> shift).astype(np.int64)
        first = self.directory[entry].astype(np.int64)
        last = self.directory[entry + 1].astype(np.int64)
        low = wanted.astype(np.uint16)
        begin, count = self._counted(low, first, last)
        for wide in np.flatnonzero(last - first > _ROW).tolist():
            held = self.low[first[wide] : last[wide]]
            start = held.searchsorted(low[wide])
            begin[wide] = first[wide] + start
            count[wide] = held.searchsorted(low[wide], side="right") - start
        return begin, count

    def _counted(
        self,
        low: npt.NDArray[np.uint16],
        first: npt.NDArray[np.int64],
        last: npt.NDArray[np.int64],
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Count, in intervals of at most ``_ROW``, the pieces below *low* and those equal to it."""
        row = first[:, None] + _ROWS
        held = self.low[np.minimum(row, self.low.size - 1)]
        inside = row < last[:, None]
        wanted = low[:, None]
        below = np.count_nonzero(inside & (held < wanted), axis=1)
        return first + below, np.count_nonzero(inside & (held == wanted), axis=1)
