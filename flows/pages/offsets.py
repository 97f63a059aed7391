r"""The way back from a page's text to the bytes it came from.

The parser tells no positions, so the raw markup is read a second time, by a
tokeniser that knows only what is a tag and what is not. The character data
the parser reported and the character data between the tags must agree word by
word; where they do not, there is no map, rather than a wrong one.

A map is a list of pairs ``(text offset, byte offset)``. From each pair to the
next the distance between the two stays the same; line breaks that were put in
between blocks have no byte of their own.
"""

import html
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import takewhile

from flows.pages.encoding import Decoded
from flows.pages.layout import Layout

Offsets = tuple[tuple[int, int], ...]
#: Start in the text, start in the markup, length: the same characters.
_Segment = tuple[int, int, int]

_TOKEN = re.compile(
    r"<!--.*?(?:--!?>|\Z)"
    r"|<(?P<raw>script|style|iframe|noembed|noframes|xmp)\b[^>]*+>.*?(?=</(?P=raw)[\s/>]|\Z)"
    r"|</?[a-z](?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+>"
    r"|<(?:/?[a-z]|[!?]|/)[^>]*+(?:>|\Z)",
    re.DOTALL | re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#x[0-9a-f]{1,8}|#[0-9]{1,9}|[a-z][a-z0-9]{1,31});?", re.IGNORECASE)
_PLAIN = re.compile(r"&|[^& \t\n\r\f]+")
_BLANKS = " \t\n\r\f"
_RUN = re.compile(r"[ \t\n\r\f]{2,}")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")

#: Encodings in which every character is one byte.
_SINGLE = re.compile(
    r"ascii|cp125\d|cp866|cp437|latin.?1|iso8859.*|koi8.*|mac_?roman", re.IGNORECASE
)


class _DisagreementError(Exception):
    """The parser and the tokeniser read the markup differently."""


def byte_offset(offsets: Offsets, at: int) -> int | None:
    """Return the byte offset of the character at *at*, or ``None`` before the map begins.

    >>> byte_offset(((0, 3), (5, 12)), 6)
    13
    """
    place = bisect_right(offsets, at, key=lambda pair: pair[0]) - 1
    if place < 0:
        return None
    text_at, byte_at = offsets[place]
    return byte_at + at - text_at


def offsets_of_plain(decoded: Decoded) -> Offsets:
    """Return the map of a text that is the whole body."""
    return _in_bytes([(0, 0, len(decoded.text))], decoded)


def offsets_of_html(layout: Layout, markup: str, decoded: Decoded) -> Offsets:
    """Return the map of a page's text; empty where no honest one can be given.

    *markup* is what was parsed: as many characters as *decoded* has.
    """
    if not decoded.exact or len(markup) != len(decoded.text):
        return ()
    try:
        return _in_bytes(_segments(layout, markup), decoded)
    except _DisagreementError:
        return ()


# ── text to markup ───────────────────────────────────────────────────────────


def _segments(layout: Layout, markup: str) -> Iterator[_Segment]:
    cursor = _Cursor(markup)
    for at, content in layout.written:
        if not content.strip(_BLANKS):
            continue
        places = cursor.find(content)
        if at >= 0:
            yield from _joined(_in_text(content, at, layout.text), places)


def _in_text(content: str, at: int, text: str) -> list[_Segment]:
    """Return where the parts of *content* stand in the text: (text, content, length)."""
    if text.startswith(content, at):
        return [(at, 0, len(content))]
    lines = content.strip("\r\n")
    if text.startswith(lines, at) and lines[0] in _BLANKS:
        return [(at, content.index(lines), len(lines))]
    start = len(content) - len(content.lstrip(_BLANKS))
    stop = len(content.rstrip(_BLANKS))
    parts: list[_Segment] = []
    for run in _RUN.finditer(content, start, stop):
        parts.append((at, start, run.start() - start))
        at += run.start() - start + 1
        start = run.end()
    parts.append((at, start, stop - start))
    return parts


def _joined(in_text: list[_Segment], places: list[_Segment]) -> Iterator[_Segment]:
    """Yield (text, markup, length) from (text, content, length) and (markup, content, length)."""
    first = 0
    for text_at, content_at, length in in_text:
        while first < len(places) and places[first][1] + places[first][2] <= content_at:
            first += 1
        for markup_at, piece_at, piece in places[first:]:
            if piece_at >= content_at + length:
                break
            low = max(content_at, piece_at)
            high = min(content_at + length, piece_at + piece)
            yield text_at + low - content_at, markup_at + low - piece_at, high - low


class _Cursor:
    """Walks over the character data of some markup, skipping tags."""

    def __init__(self, markup: str) -> None:
        self._markup = markup
        self._regions = _between_tags(markup)
        self._at = self._end = 0

    def find(self, content: str) -> list[_Segment]:
        """Return where *content* comes next: (markup, content, length).

        Raises:
            _DisagreementError: something else comes next.
        """
        if self._at >= self._end or self._markup[self._at : self._end].isspace():
            self._next_region()
        same = self._end - self._at == len(content) and self._markup.startswith(content, self._at)
        if same and "&" not in content:
            found = [(self._at, 0, len(content))]
            self._at = self._end
            return found
        return self._word_by_word(content)

    def _word_by_word(self, content: str) -> list[_Segment]:
        found: list[_Segment] = []
        done = 0
        while done < len(content):
            if content[done] in _BLANKS:
                done += 1
                continue
            self._skip_blanks()
            # Up to the next entity the two are mostly the same to the letter.
            limit = min(self._end, self._at + len(content) - done)
            stop = self._markup.find("&", self._at, limit)
            whole = self._markup[self._at : limit if stop < 0 else stop]
            if whole and content.startswith(whole, done):
                found.append((self._at, done, len(whole)))
                done += len(whole)
                self._at += len(whole)
                continue
            entity = _ENTITY.match(self._markup, self._at, self._end)
            meant = html.unescape(entity[0]) if entity else ""
            if entity and meant != entity[0]:
                if meant in _BLANKS:
                    self._at = entity.end()
                    continue
                if not content.startswith(meant, done):
                    raise _DisagreementError
                # Written without a semicolon, an entity may run into letters.
                tail = _common_tail(meant, entity[0])
                if tail < len(meant):
                    found.append((self._at, done, 1))
                done += len(meant)
                self._at = entity.end()
                if tail:
                    found.append((self._at - tail, done - tail, tail))
                continue
            plain = _PLAIN.match(self._markup, self._at, self._end)
            size = min(len(plain[0]), len(content) - done) if plain else 0
            if not size or not self._markup.startswith(content[done : done + size], self._at):
                raise _DisagreementError
            found.append((self._at, done, size))
            done += size
            self._at += size
        return found

    def _skip_blanks(self) -> None:
        while True:
            while self._at < self._end and self._markup[self._at] in _BLANKS:
                self._at += 1
            if self._at < self._end:
                return
            self._next_region()

    def _next_region(self) -> None:
        region = next(self._regions, None)
        if region is None:
            raise _DisagreementError
        self._at, self._end = region


def _common_tail(one: str, other: str) -> int:
    pairs = takewhile(
        lambda pair: pair[0] == pair[1], zip(reversed(one), reversed(other), strict=False)
    )
    return sum(1 for _ in pairs)


def _between_tags(markup: str) -> Iterator[tuple[int, int]]:
    start = 0
    for token in _TOKEN.finditer(markup):
        if token.start() > start and not markup[start : token.start()].isspace():
            yield start, token.start()
        start = token.end()
    if start < len(markup):
        yield start, len(markup)


# ── markup to bytes ──────────────────────────────────────────────────────────


def _in_bytes(segments: Iterable[_Segment], decoded: Decoded) -> Offsets:
    if not decoded.exact:
        return ()
    text = decoded.text
    one_byte_each = _SINGLE.fullmatch(decoded.encoding) is not None
    if one_byte_each or (decoded.encoding == "utf-8" and text.isascii()):
        return _changes((at, raw + decoded.offset) for at, raw, _ in segments)
    if decoded.encoding != "utf-8":
        return ()
    return _changes(_in_utf8(segments, text, decoded.offset))


def _in_utf8(segments: Iterable[_Segment], text: str, offset: int) -> Iterator[tuple[int, int]]:
    seen, size = 0, offset
    for at, raw, length in segments:
        size += _utf8_length(text[seen:raw])
        seen = raw
        yield at, size
        piece = text[raw : raw + length]
        if piece.isascii():
            continue
        before, beyond = 0, size
        for found in _BEYOND_ASCII.finditer(piece):
            after = found.end()
            beyond += _utf8_length(piece[before:after])
            before = after
            if after < length:
                yield at + after, beyond


def _utf8_length(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))


def _changes(pairs: Iterable[tuple[int, int]]) -> Offsets:
    kept: list[tuple[int, int]] = []
    distance: int | None = None
    for at, byte in pairs:
        if byte - at != distance:
            kept.append((at, byte))
            distance = byte - at
    return tuple(kept)
