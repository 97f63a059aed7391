"""Undo Content-Encoding piece by piece, never past a limit.

Only what can be undone under a limit is asked for (``ACCEPTED``): a few
kilobytes of gzip can stand for gigabytes.
"""

import zlib
from collections.abc import Iterable

#: The Accept-Encoding that every request sends.
ACCEPTED = "gzip, deflate"

#: Most codings that are undone one after the other; servers use one.
MOST_CODINGS = 3

_PIECE = 65_536


class UndecodableError(Exception):
    """The body is not what its Content-Encoding says, or is cut short."""


class TooLargeError(Exception):
    """The decoded body is larger than the limit."""


def decode(
    pieces: Iterable[bytes], *, coding: str | None, limit: int, beginning: bool = False
) -> bytes:
    """Return the body that *pieces* encode, at most *limit* bytes of it.

    Reading stops at the first byte too many, so neither memory nor time is
    spent on a bomb. With *beginning* the first *limit* bytes are enough.

    >>> decode([zlib.compress(b"words")], coding="deflate", limit=10)
    b'words'

    Raises:
        UndecodableError: a coding is unknown, the data are not of it or end early.
        TooLargeError: there are more than *limit* bytes.
    """
    stages = [_Inflating(name) for name in reversed(_codings(coding))]
    body = bytearray()
    for piece in pieces:
        for part in _through(stages, piece):
            body += part
            if len(body) > limit and beginning:
                return bytes(body[:limit])
            if len(body) > limit:
                raise TooLargeError(f"more than {limit} bytes")
    for stage in stages:
        stage.finish()
    return bytes(body)


def _codings(coding: str | None) -> list[str]:
    names = [name.strip().lower() for name in (coding or "").split(",")]
    names = [name for name in names if name not in {"", "identity"}]
    unknown = [name for name in names if name not in {"gzip", "x-gzip", "deflate"}]
    if unknown or len(names) > MOST_CODINGS:
        raise UndecodableError(f"the coding {', '.join(unknown or names)!a} was not asked for")
    return names


def _through(stages: "list[_Inflating]", piece: bytes) -> Iterable[bytes]:
    parts: Iterable[bytes] = (piece,)
    for stage in stages:
        parts = stage.parts_of(parts)
    return parts


class _Inflating:
    """One coding being undone, in parts of bounded size."""

    def __init__(self, name: str) -> None:
        self._gzip = name != "deflate"
        # 47 reads the header of gzip and of zlib alike.
        self._inflate = zlib.decompressobj(47)
        self._started = False
        self._header: bytes | None = None if self._gzip else b""

    def parts_of(self, pieces: Iterable[bytes]) -> Iterable[bytes]:
        """Yield the decoded parts of *pieces*, each of 64 KiB at most."""
        for piece in pieces:
            data, part = piece, b""
            # A part of full size may leave more behind in zlib, all input read.
            while data or len(part) == _PIECE:
                part = self._step(data)
                if part:
                    yield part
                data = self._inflate.unconsumed_tail or self._next_member()

    def finish(self) -> None:
        """Check that the data did not end early.

        Raises:
            UndecodableError: they did.
        """
        if self._started and not self._inflate.eof:
            raise UndecodableError("the compressed data end too early")

    def _step(self, data: bytes) -> bytes:
        self._started = True
        try:
            part = self._inflate.decompress(data, _PIECE)
        except zlib.error as error:
            if self._header is None:
                raise UndecodableError(f"the compressed data are damaged: {error}") from None
            # Some servers send "deflate" without the zlib header RFC 9110 asks for.
            whole, self._header = self._header + data, None
            self._inflate = zlib.decompressobj(-15)
            return self._step(whole)
        if self._header is not None:
            # The header has two bytes; what follows is damaged or it is not.
            self._header = self._header + data if len(self._header + data) < 2 else None
        return part

    def _next_member(self) -> bytes:
        """Return the data after the end of one gzip member, if another begins there."""
        rest = self._inflate.unused_data if self._inflate.eof else b""
        if self._gzip and rest.startswith(b"\x1f\x8b"):
            self._inflate = zlib.decompressobj(47)
            return rest
        return b""


def unchunk(data: bytes) -> bytes:
    r"""Return the body inside chunked transfer coding (RFC 9112 §7.1).

    >>> unchunk(b"5\r\nwords\r\n0\r\n\r\n")
    b'words'

    Raises:
        UndecodableError: the chunks are damaged or end early.
    """
    body, position = bytearray(), 0
    while True:
        line_end = data.find(b"\n", position)
        size_text = data[position:line_end].partition(b";")[0].strip()
        if line_end < 0 or not size_text:
            raise UndecodableError("the chunks end too early")
        try:
            size = int(size_text, 16)
        except ValueError:
            raise UndecodableError("the size of a chunk is not a number") from None
        if size == 0:
            return bytes(body)
        start = line_end + 1
        if size < 0 or start + size > len(data):
            raise UndecodableError("the chunks end too early")
        body += data[start : start + size]
        position = data.find(b"\n", start + size) + 1
        if position == 0:
            raise UndecodableError("the chunks end too early")
