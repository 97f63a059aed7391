"""Streams of bytes and text that never hold more than they must.

``Bytes`` lets a reader look ahead and keeps a fault (a truncated archive, a
disk error) as ``problem`` instead of raising it, so that everything before
the fault is still read. ``Text`` decodes it piece by piece.
"""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

CHUNK = 1 << 18

#: The longest piece of a line that is handed on at once, in code points.
#: Posts of real boards are below 20,000.
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
        while len(self._ahead) < size and not self._ended:
            self._ahead += self._more(size - len(self._ahead))
        return self._ahead[:size]

    def read(self, size: int = CHUNK, /) -> bytes:
        """Return up to *size* bytes, ``b""`` only at the end."""
        if self._ahead:
            given, self._ahead = self._ahead[:size], self._ahead[size:]
        else:
            given = b"" if self._ended else self._more(size)
        self.position += len(given)
        return given

    def _more(self, size: int) -> bytes:
        try:
            found = self._source.read(min(max(size, 1), CHUNK * 16)) or b""
        except (OSError, EOFError, ValueError) as error:
            self.fail(str(error) or type(error).__name__)
            return b""
        self._ended = not found
        return found

    def fail(self, reason: str) -> None:
        """End the stream here, because of *reason*; the first reason is kept."""
        self._ended = True
        self.problem = self.problem or reason


@dataclass(frozen=True, slots=True)
class Piece:
    """A line, or a piece of one that is too long; ``ended`` when its break follows."""

    text: str
    number: int
    ended: bool


class Text:
    """The text of a ``Bytes`` stream, decoded with *encoding* as it is read."""

    def __init__(self, source: Bytes, encoding: str, errors: str) -> None:
        self._source = source
        self._decoder = codecs.getincrementaldecoder(encoding)(errors)
        self._finished = False

    def read(self) -> str:
        """Return the next piece of text, empty only at the end."""
        while not self._finished:
            raw = self._source.read(CHUNK)
            self._finished = not raw
            text = self._decoder.decode(raw, final=not raw)
            if text:
                return text
        return ""

    def pieces(self) -> Iterator[Piece]:
        """Yield line after line, without breaks; long ones in several pieces."""
        number = 1
        rest = ""
        while text := self.read():
            text = rest + text
            if "\r" in text:
                held = text.endswith("\r")
                text = text[:-1] if held else text
                text = text.replace("\r\n", "\n").replace("\r", "\n")
                text += "\r" if held else ""
            lines = text.split("\n")
            rest = lines.pop()
            for line in lines:
                yield Piece(line, number, ended=True)
                number += 1
            while len(rest) > LONGEST_PIECE:
                yield Piece(rest[:LONGEST_PIECE], number, ended=False)
                rest = rest[LONGEST_PIECE:]
        if rest:
            yield Piece(rest.rstrip("\r"), number, ended=True)
