"""Unpack gzip, bzip2, xz, zstd, zip and tar, also inside each other, without being flooded.

Everything is unpacked piece by piece. A stream that unpacks to an absurd
multiple of its size, and archives nested deeper than anybody packs them, are
named and left.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, BinaryIO, cast

from flows.posts.streams import CHUNK, Bytes, Readable
from flows.records import Unreadable

if TYPE_CHECKING:
    import gzip
    import zipfile

#: Text packs to a fifth or a twentieth, dumps of repetitive JSON to a
#: fiftieth. Above this, and above the size below, it is no text.
MOST_RATIO = 200
RATIO_COUNTS_FROM = 100_000_000

#: A compressed dump inside a zip file is common, a third layer is not.
DEEPEST = 3
#: A zip file that is no seekable file is kept aside up to this size, in bytes.
_MOST_ASIDE = 2_000_000_000
_IN_MEMORY = 8_000_000

_GZIP, _BZIP2, _XZ = b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00"
_ZSTD, _ZIP = b"\x28\xb5\x2f\xfd", b"PK\x03\x04"
#: A tar file has no mark at its beginning, but one in its first header (POSIX.1).
_TAR_HEAD, _TAR_MARK_AT, _TAR_MARK = 512, 257, b"ustar"
#: Names and attributes of one tar entry, in bytes; its header could claim gigabytes.
_LONGEST_TAR_HEADER = 1_000_000


@dataclass(frozen=True, slots=True)
class Member:
    """One text inside an input: its name, with ``!`` before a zip entry's, and its bytes."""

    name: str
    source: Bytes


class _Counted:
    """Counts what an unpacker takes in."""

    def __init__(self, source: Readable) -> None:
        self._source = source
        self.taken = 0

    def read(self, size: int = -1, /) -> bytes:
        data = self._source.read(size if size >= 0 else CHUNK)
        self.taken += len(data)
        return data

    def readable(self) -> bool:
        return True

    def close(self) -> None:
        """Leave the source open; whoever opened it closes it."""


class _Bounded:
    """What an unpacker gives, up to the point where its size becomes absurd."""

    def __init__(self, unpacked: Readable, packed: _Counted) -> None:
        self._unpacked = unpacked
        self._packed = packed
        self._given = 0

    def read(self, size: int, /) -> bytes:
        data = self._unpacked.read(size)
        self._given += len(data)
        if self._given > max(RATIO_COUNTS_FROM, MOST_RATIO * self._packed.taken):
            raise ValueError(
                f"unpacks to more than {MOST_RATIO} times its size; the rest was left out"
            )
        return data


def members(
    source: Bytes, *, name: str, seekable: IO[bytes] | None = None, depth: int = 0
) -> Iterator[Member | Unreadable]:
    """Yield the texts in *source*: itself, or what it unpacks to.

    *seekable* is the file behind *source* if it can be sought in, which saves
    setting a zip file aside.
    """
    head = source.peek(_TAR_HEAD)
    tar = head[_TAR_MARK_AT:].startswith(_TAR_MARK)
    packed = tar or head.startswith((_GZIP, _BZIP2, _XZ, _ZSTD, _ZIP))
    if packed and depth >= DEEPEST:
        yield Unreadable(place=name, reason=f"packed more than {DEEPEST} times over")
    elif tar:
        yield from _tar_entries(source, name, depth)
    elif head.startswith(_ZIP):
        yield from _zip_entries(source, name, seekable, depth)
    elif packed:
        counted = _Counted(source)
        inner = Bytes(_Bounded(_unpacker(head, counted), counted))
        yield from members(inner, name=name, depth=depth + 1)
    else:
        yield Member(name, source)


def _unpacker(head: bytes, packed: _Counted) -> Readable:
    # Each unpacker takes up to 10 ms to load, and most inputs need none.
    stream = cast("BinaryIO", packed)
    if head.startswith(_GZIP):
        import gzip  # noqa: PLC0415

        return cast("Readable", _Patient(gzip.GzipFile(fileobj=stream, mode="rb")))
    if head.startswith(_BZIP2):
        import bz2  # noqa: PLC0415

        return cast("Readable", bz2.BZ2File(stream))
    if head.startswith(_XZ):
        import lzma  # noqa: PLC0415

        return cast("Readable", lzma.LZMAFile(stream))
    import zstandard  # noqa: PLC0415

    # Board archives are packed with windows of up to 2 GiB; 128 MiB is the
    # largest that ``zstd`` itself unpacks without being told to.
    decompressor = zstandard.ZstdDecompressor(max_window_size=1 << 27)
    return cast("Readable", decompressor.stream_reader(stream, read_across_frames=True))


class _Patient:
    """Gives what was unpacked before a fault, then the fault.

    ``GzipFile.read`` drops what it has when the stream turns out to be cut.
    """

    def __init__(self, unpacked: "gzip.GzipFile") -> None:
        self._unpacked = unpacked

    def read(self, size: int, /) -> bytes:
        return self._unpacked.read1(size)


def _zip_entries(
    source: Bytes, name: str, seekable: IO[bytes] | None, depth: int
) -> Iterator[Member | Unreadable]:
    import zipfile  # noqa: PLC0415  as above
    from tempfile import SpooledTemporaryFile  # noqa: PLC0415

    with SpooledTemporaryFile(max_size=_IN_MEMORY) as aside:
        if seekable is None:
            problem = _set_aside(source, cast("IO[bytes]", aside))
            if problem is not None:
                yield Unreadable(place=name, reason=problem)
                return
        try:
            with zipfile.ZipFile(seekable or cast("IO[bytes]", aside)) as packed:
                for entry in sorted(packed.infolist(), key=lambda entry: entry.filename):
                    if not entry.is_dir():
                        yield from _zip_entry(packed, entry, name, depth)
        # zipfile says NotImplementedError of versions and methods that it cannot read.
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            yield Unreadable(place=name, reason=f"broken zip file: {error}")


def _zip_entry(
    packed: "zipfile.ZipFile", entry: "zipfile.ZipInfo", name: str, depth: int
) -> Iterator[Member | Unreadable]:
    import zipfile  # noqa: PLC0415  as above

    inside = f"{name}!{entry.filename}"
    if entry.flag_bits & 0x1:
        yield Unreadable(place=inside, reason="needs a password")
        return
    try:
        opened = packed.open(entry)
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError) as error:
        yield Unreadable(place=inside, reason=str(error))
        return
    with opened:
        counted = _Counted(_Nothing())
        counted.taken = entry.compress_size
        inner = Bytes(_Bounded(cast("Readable", opened), counted))
        yield from members(inner, name=inside, depth=depth + 1)


class _Nothing:
    def read(self, size: int, /) -> bytes:  # noqa: ARG002  the shape of a stream
        return b""


class _Metered:
    """The bytes of a tar file, of which a header may take only so many."""

    def __init__(self, source: Readable) -> None:
        self._source = source
        self.left: float = 0

    def read(self, size: int, /) -> bytes:
        data = self._source.read(size)
        self.left -= len(data)
        if self.left < 0:
            raise ValueError("a header that is too long")
        return data


def _tar_entries(source: Bytes, name: str, depth: int) -> Iterator[Member | Unreadable]:
    import tarfile  # noqa: PLC0415  as above

    metered = _Metered(source)
    metered.left = _LONGEST_TAR_HEADER
    try:
        with tarfile.open(fileobj=cast("IO[bytes]", metered), mode="r|") as packed:
            while (entry := packed.next()) is not None:
                opened = packed.extractfile(entry) if entry.isreg() else None
                if opened is not None and not entry.issparse():
                    metered.left = float("inf")
                    inner = Bytes(cast("Readable", opened))
                    yield from members(inner, name=f"{name}!{entry.name}", depth=depth + 1)
                    while inner.read():
                        pass  # so that what is read next is a header
                elif not entry.isdir():
                    place = f"{name}!{entry.name}"
                    yield Unreadable(place=place, reason="neither a file nor a folder")
                metered.left = _LONGEST_TAR_HEADER
                packed.members.clear()  # type: ignore[attr-defined]  # else it remembers every entry; typeshed omits it
    except (tarfile.TarError, OSError, ValueError, EOFError) as error:
        yield Unreadable(place=name, reason=f"broken tar file: {error}")


def _set_aside(source: Bytes, aside: IO[bytes]) -> str | None:
    size = 0
    while data := source.read(CHUNK * 4):
        size += len(data)
        if size > _MOST_ASIDE:
            return f"a zip file of more than {_MOST_ASIDE} bytes inside something else"
        aside.write(data)
    aside.seek(0)
    return None
