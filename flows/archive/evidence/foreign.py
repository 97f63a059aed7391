"""The records of WARC files made by others, whatever these files have been through.

A damaged record costs itself and no other: reading goes on at the next place
where a record begins, in a file as such, in one gzip member per record, and in
a file that was compressed as a whole. A length that is not that of the record
is found out by what follows it, since half a page is worse than none.
"""

import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

#: Bytes read at a time.
PIECE = 65_536

#: Longest header of a record, in lines.
MOST_HEADERS = 1_000

_BEGINS = re.compile(rb"WARC/[0-9]+\.[0-9]+\r?\n")
_DIGESTS = {"warc-block-digest", "warc-payload-digest"}
_GZIP = b"\x1f\x8b\x08"


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreign:
    """One record, or what stands in the place of one: then ``problem`` says what is wrong.

    ``offset`` is in bytes from the start of the file, as it is on disk;
    ``begun`` is false if nothing there even looks like a record.
    """

    offset: int
    headers: dict[str, str] = field(default_factory=dict)
    block: bytes = b""
    problem: str | None = None
    begun: bool = True

    def header(self, name: str) -> str | None:
        """Return the header *name*, in any letter case."""
        return self.headers.get(name.lower())

    @property
    def kind(self) -> str:
        """The type of the record, in lower case."""
        return (self.header("WARC-Type") or "").lower()


def foreign_records(file: BinaryIO, *, limit: int) -> Iterator[Foreign]:
    """Yield every record of *file* in order, broken ones with their problem.

    Args:
        file: Seekable, at any position.
        limit: Largest block that is read, in bytes; larger ones are a problem.
    """
    file.seek(0)
    if file.read(len(_GZIP)) == _GZIP:
        yield from _compressed(file, limit)
        return
    file.seek(0)
    yield from _parsed(_Window(file.read), limit, at=None)


def _compressed(file: BinaryIO, limit: int) -> Iterator[Foreign]:
    offset: int | None = 0
    while offset is not None:
        member = _Member(file, offset)
        try:
            yield from _parsed(_Window(member.read), limit, at=offset)
        except _DamagedMemberError as error:
            yield Foreign(offset=offset, problem=f"the compressed data {error}")
            offset = _next_member(file, offset + 1)
            continue
        file.seek(member.end)
        following = file.read(len(_GZIP))
        if following and following != _GZIP:
            reason = "what follows is no compressed record"
            yield Foreign(offset=member.end, problem=reason, begun=False)
            offset = _next_member(file, member.end)
        else:
            offset = member.end if following else None


class _DamagedMemberError(Exception):
    """The compressed data of one member are damaged."""


class _Member:
    """What one gzip member stands for; ``end`` is known once it has been read to its end."""

    def __init__(self, file: BinaryIO, offset: int) -> None:
        self._file = file
        self._at = offset
        self._inflate = zlib.decompressobj(31)
        self._waiting = b""
        self.end = offset

    def read(self, size: int, /) -> bytes:
        """Return up to *size* bytes, none at the end of the member."""
        while not self._is_over():
            if not self._waiting:
                self._file.seek(self._at)
                self._waiting = self._file.read(PIECE)
                self._at += len(self._waiting)
            if not self._waiting:
                raise _DamagedMemberError("end too early")
            try:
                data = self._inflate.decompress(self._waiting, size)
            except zlib.error as error:
                raise _DamagedMemberError(f"are damaged ({error})") from None
            self._waiting = self._inflate.unconsumed_tail
            if self._is_over():
                self.end = self._at - len(self._inflate.unused_data)
            if data:
                return data
        return b""

    def _is_over(self) -> bool:
        return self._inflate.eof


def _next_member(file: BinaryIO, start: int) -> int | None:
    """Return where, from *start* on, a gzip member begins that begins a record."""
    file.seek(start)
    window, offset = b"", start
    while piece := file.read(PIECE):
        window += piece
        found = window.find(_GZIP)
        while found >= 0:
            if _begins_a_record(file, offset + found):
                return offset + found
            found = window.find(_GZIP, found + 1)
        kept = len(_GZIP) - 1
        offset += len(window) - kept
        window = window[-kept:]
        file.seek(offset + kept)
    return None


def _begins_a_record(file: BinaryIO, offset: int) -> bool:
    try:
        return _Member(file, offset).read(16).startswith(b"WARC/")
    except _DamagedMemberError:
        return False


class _Window:
    """Reads lines and blocks, and takes back what was read in vain."""

    def __init__(self, read: Callable[[int], bytes]) -> None:
        self._read = read
        self._data = b""
        self._start = 0
        self.position = 0

    def line(self) -> bytes:
        """Return the next line with its end, or its first 64 KiB; nothing at the end."""
        end = self._data.find(b"\n", self._start) + 1
        while not end and len(self._data) - self._start < PIECE and self._more():
            end = self._data.find(b"\n", self._start) + 1
        end = end or min(len(self._data), self._start + PIECE)
        return self._given(end)

    def take(self, size: int) -> bytes:
        """Return the next *size* bytes, fewer at the end."""
        pieces = [self._given(min(len(self._data), self._start + size))]
        missing = size - len(pieces[0])
        while missing and (piece := self._read(min(PIECE, missing))):
            pieces.append(piece[:missing])
            self._data, self._start = piece, len(pieces[-1])
            self.position += len(pieces[-1])
            missing -= len(pieces[-1])
        return b"".join(pieces)

    def skip(self, size: int) -> int:
        """Pass over *size* bytes; return how many there were."""
        left = size
        while left and (piece := self.take(min(PIECE, left))):
            left -= len(piece)
        return size - left

    def back(self, data: bytes) -> None:
        """Take back *data*, which was read last."""
        self._data = data + self._data[self._start :]
        self._start = 0
        self.position -= len(data)

    def _more(self) -> bool:
        piece = self._read(PIECE)
        self._data, self._start = self._data[self._start :] + piece, 0
        return bool(piece)

    def _given(self, end: int) -> bytes:
        data = self._data[self._start : end]
        self._start = end
        self.position += len(data)
        return data


def _parsed(window: _Window, limit: int, *, at: int | None) -> Iterator[Foreign]:
    """Yield the records of a text; *at* is their offset if their place in it is not one."""
    lost = False
    while line := window.line():
        offset = window.position - len(line) if at is None else at
        if not line.strip():
            continue
        begins = _BEGINS.search(line)
        if begins is not None and lost and begins.start():
            # The one before was cut in the middle of a line.
            window.back(line[begins.start() :])
            continue
        if begins is None or begins.start():
            if not lost:
                yield Foreign(offset=offset, problem="no record begins here", begun=False)
            lost = True
            continue
        record = _record(window, offset, limit)
        # What was taken back after a problem is no further problem.
        lost = record.problem is not None
        yield record


def _record(window: _Window, offset: int, limit: int) -> Foreign:
    """Return the record whose first line has just been read."""
    headers = _headers(window)
    text = headers.get("content-length", "")
    if not (text.isascii() and text.isdigit()):
        problem = "it does not say how long it is"
        return Foreign(offset=offset, headers=headers, problem=problem)
    length = int(text)
    if length > limit:
        there = window.skip(length)
        problem = f"it is larger than {limit} bytes ({there} of {length} are there)"
        return Foreign(offset=offset, headers=headers, problem=problem)
    block = window.take(length)
    if len(block) < length:
        window.back(block)
        problem = f"it is cut short: {len(block)} of {length} bytes"
        return Foreign(offset=offset, headers=headers, problem=problem)
    following = after = window.line()
    while after and not after.strip():
        after = window.line()
        following += after
    # Where a digest vouches for the block, damage to the next record is not its own.
    vouched = following.startswith(b"\r\n\r\n") and _DIGESTS & headers.keys()
    if after and not _BEGINS.fullmatch(after) and not vouched:
        window.back(block + following)
        problem = "its Content-Length is not the length of its block"
        return Foreign(offset=offset, headers=headers, problem=problem)
    window.back(after)
    return Foreign(offset=offset, headers=headers, block=block)


def _headers(window: _Window) -> dict[str, str]:
    headers: dict[str, str] = {}
    name = ""
    for _ in range(MOST_HEADERS):
        line = window.line()
        if not line.strip():
            break
        text = line.decode("utf-8", "replace").rstrip("\r\n")
        if text[:1] in {" ", "\t"} and name:
            headers[name] += " " + text.strip()
        elif ":" in text:
            name, _, value = text.partition(":")
            name = name.strip().lower()
            headers.setdefault(name, value.strip())
    return headers
