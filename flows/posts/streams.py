"""Streams of bytes and lines that never hold more than they must.

``Bytes`` lets a reader look ahead and keeps a fault (a truncated archive, a
disk error) as ``problem`` instead of raising it, so that everything before
the fault is still read. Every form reads UTF-8: ``Transcoded`` makes it.
"""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

CHUNK = 1 << 18

#: The longest piece of a line that is handed on at once, in bytes. Posts of
#: real boards are below 20,000.
LONGEST_PIECE = 1 << 20


class Readable(Protocol):
    """Anything with ``read(size)`` that gives ``b""`` at its end."""

    def read(self, size: int, /) -> bytes:
        """Return up to *size* bytes."""


class Bytes:
    """Bytes with a look ahead; ``problem`` says why they ended early, if they did."""

    def __init__(self, source: Readable) -> None:
        self._source = source
        self._ahead = b""
        self._ended = False
        self.problem: str | None = None
        self.position = 0

    def peek(self, size: int) -> bytes:
        """Return up to *size* bytes that the next ``read`` will give again."""
        if len(self._ahead) < size and not self._ended:
            parts = [self._ahead]
            missing = size - len(self._ahead)
            while missing > 0 and (more := self._more(missing)):
                parts.append(more)
                missing -= len(more)
            self._ahead = b"".join(parts)
        return self._ahead[:size]

    def read(self, size: int = CHUNK, /) -> bytes:
        """Return up to *size* bytes, ``b""`` only at the end."""
        if len(self._ahead) > size:
            given, self._ahead = self._ahead[:size], self._ahead[size:]
        elif self._ahead:
            given, self._ahead = self._ahead, b""
        else:
            given = b"" if self._ended else self._more(size)
        self.position += len(given)
        return given

    def unread(self, data: bytes) -> None:
        """Give *data* back; the next ``read`` begins with it."""
        self._ahead = data + self._ahead
        self.position -= len(data)

    def _more(self, size: int) -> bytes:
        try:
            found = self._source.read(min(max(size, 1), CHUNK * 16)) or b""
        except Exception as error:  # noqa: BLE001  every unpacker has errors of its own
            self.fail(_reason(error))
            return b""
        self._ended = self._ended or not found
        return found

    def fail(self, reason: str) -> None:
        """End the stream here, because of *reason*; the first reason is kept."""
        self._ended = True
        self.problem = self.problem or reason


def _reason(error: Exception) -> str:
    told = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return told[:1].lower() + told[1:]


class Transcoded:
    """The text of *source* as UTF-8; bytes that its encoding does not know are replaced."""

    def __init__(self, source: Bytes, encoding: str) -> None:
        self._source = source
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")
        self._finished = False
        self._begun = False

    def read(self, size: int, /) -> bytes:
        """Return some bytes of UTF-8, ``b""`` only at the end."""
        while not self._finished:
            raw = self._source.read(size)
            self._finished = not raw
            text = self._decoder.decode(raw, final=not raw)
            if not self._begun:
                text = text.lstrip("\ufeff")  # a mark that was itself encoded
            if text:
                self._begun = True
                return text.encode("utf-8", "replace")
        return b""


@dataclass(frozen=True, slots=True)
class Piece:
    """A line, or a piece of one that is too long; ``ended`` when its break follows.

    ``position`` is where it begins, in bytes.
    """

    text: bytes
    number: int
    position: int
    ended: bool


def pieces_of(source: Bytes) -> Iterator[Piece]:
    """Yield line after line of *source*, without breaks; long ones in several pieces.

    A line ends at LF, CR LF or, in files that have no LF in a whole chunk, CR.
    """
    number = 1
    position = 0
    rest = b""
    while data := source.read():
        data = rest + data
        if b"\n" not in data and b"\r" in data[:-1]:
            data = data.replace(b"\r", b"\n")
        lines = data.split(b"\n")
        rest = lines.pop()
        for line in lines:
            yield Piece(line.removesuffix(b"\r"), number, position, ended=True)
            position += len(line) + 1
            number += 1
        while len(rest) > LONGEST_PIECE:
            cut = _border(rest)
            yield Piece(rest[:cut], number, position, ended=False)
            position += cut
            rest = rest[cut:]
    if rest:
        yield Piece(rest.removesuffix(b"\r"), number, position, ended=True)


def skip_line(source: Bytes) -> bool:
    """Read on to the beginning of the next line; return whether there is one."""
    while data := source.read():
        place = data.find(b"\n")
        if place >= 0:
            source.unread(data[place + 1 :])
            return True
    return False


def _border(data: bytes) -> int:
    """Return where to cut *data* near ``LONGEST_PIECE`` without cutting a character."""
    cut = LONGEST_PIECE
    while cut > LONGEST_PIECE - 4 and data[cut] & 0xC0 == 0x80:
        cut -= 1
    return cut
