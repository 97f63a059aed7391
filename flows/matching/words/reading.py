"""Undo, with the way back, what machines did to a text before anyone compared it.

Text that was decoded wrongly (UTF-8 read as windows-1252), character references
and Markdown's escapes that were never resolved are put right in a working copy; offsets
into the copy are led back to the text as it was given.
"""

import html
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

# References by number and by name (HTML §13.5), saved as text twice or more if "&amp;" comes first.
_ENTITY = r"&(?:amp;)*(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z]{2,8}\d{0,2});"
_RESAVED = re.compile(r"&(?:amp;)+(?=[#A-Za-z])")
# CommonMark §2.4: a backslash before ASCII punctuation; RFC 8259 §7: "\u2019".
_ESCAPED = r"\\(?:[!-/:-@\[-`{-~]|u(?![dD][89a-fA-F])[0-9a-fA-F]{4})"
# Tags of HTML and of bulletin boards that dress words. Those that strike words out are left:
# they take something back.
_ATTRIBUTE = r"""\s{1,5}[a-z-]{1,20}\s?=\s?(?:"[^"<>]{0,300}"|'[^'<>]{0,300}'|[^\s<>"']{1,300})"""
_LINES = r"p|br|div|li|ul|ol|tr|td|blockquote|h[1-6]"
_TAG = (
    rf"</?(?:{_LINES}|b|i|u|em|strong|small|sup|sub|span|q|a|font|cite|mark|code|tt|wbr)"
    rf"(?:{_ATTRIBUTE}){{0,8}}\s?/?>"
)
_BOARD_TAG = r"\[/?(?:b|i|u|spoiler|quote|code|color|size|url)(?:=[^\[\]\n]{0,300})?\]"
# "10<sup>6</sup>" is not 106.
_RAISED = re.compile(r"(?<=\d)<(sup|sub)\b[^<>]*>(?=\d)", re.IGNORECASE)
_BETWEEN_FIGURES = {"sup": "^", "sub": "_"}
_BREAKS_LINE = re.compile(rf"</?(?:{_LINES})[\s/>]", re.IGNORECASE)
# UTF-8 of marks, of Latin letters with accents, of Greek and of Cyrillic begins so.
_BEGINS = "âÂÃïÄÅÊÐÑ"
# A character decoded wrongly once is two or three others, and twice up to seven.
_DAMAGE = re.compile(
    rf"{_ENTITY}|{_ESCAPED}|(?i:{_TAG}|{_BOARD_TAG})"
    rf"|[{_BEGINS}][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸâÂÃÄÅÆÊËÐÑï]{{1,8}}"
)


class Reading(NamedTuple):
    """A text as it is to be read, and the way back to the text as given.

    ``breaks`` and ``shifts`` run in parallel: from offset ``breaks[i]`` of
    ``text`` on, the given text is ``shifts[i]`` characters further on.
    """

    text: str
    breaks: tuple[int, ...] = ()
    shifts: tuple[int, ...] = ()

    def given(self, offset: int) -> int:
        """Return the offset in the given text of the character at *offset*."""
        if not self.breaks:
            return offset
        place = bisect_right(self.breaks, offset) - 1
        return offset + (self.shifts[place] if place >= 0 else 0)

    def given_end(self, offset: int) -> int:
        """Return where, in the given text, a stretch that ends at *offset* ends."""
        if not self.breaks or offset == 0:
            return offset
        place = bisect_right(self.breaks, offset - 1) - 1
        end = offset + (self.shifts[place] if place >= 0 else 0)
        if place + 1 < len(self.breaks) and self.breaks[place + 1] == offset:
            return offset + self.shifts[place + 1]
        return end

    def without(self, cuts: Sequence[tuple[int, int]], low: int, high: int) -> "Reading":
        """Return the reading of ``text[low:high]`` with *cuts* taken out, blanks in their places.

        >>> read("one two three four").without([(4, 8)], 0, 13).text
        'one  three '
        """
        pieces: list[str] = []
        breaks: list[int] = []
        shifts: list[int] = []
        length = 0
        edges = [low, *(edge for cut in cuts for edge in cut), high]
        for start, end in zip(edges[::2], edges[1::2], strict=True):
            piece = self.text[start:end] + " "
            for place in (start, *(at for at in self.breaks if start < at < end)):
                breaks.append(length + place - start)
                shifts.append(self.given(place) - breaks[-1])
            pieces.append(piece)
            length += len(piece)
        return Reading("".join(pieces), tuple(breaks), tuple(shifts))


def read(given: str) -> Reading:
    """Return *given* with mojibake, character references and escapes put right.

    >>> repaired = read("Ukraineâ€™s Rada")
    >>> repaired.text, repaired.given(9)
    ('Ukraine’s Rada', 11)
    """
    if (
        "&" not in given
        and "\\" not in given
        and "<" not in given
        and not _has_board_tags(given)
        and (given.isascii() or not any(sign in given for sign in _BEGINS))
    ):
        return Reading(given)
    pieces: list[str] = []
    breaks: list[int] = []
    shifts: list[int] = []
    last = length = 0
    for start, end, mended in _damages(given):
        pieces += given[last:start], mended
        length += start - last + len(mended)
        last = end
        breaks.append(length)
        shifts.append(last - length)
    if not breaks:
        return Reading(given)
    pieces.append(given[last:])
    return Reading("".join(pieces), tuple(breaks), tuple(shifts))


def _damages(given: str) -> Iterator[tuple[int, int, str]]:
    """Yield where damage stands and what it stood for, sooner than a scan would: few places may begin one."""
    starts: list[int] = []
    # Without a closing tag "[b]" is a footnote marker, or a letter put in.
    for sign in ("[" if _has_board_tags(given) else "") + "<&\\" + _BEGINS:
        start = given.find(sign)
        while start >= 0:
            starts.append(start)
            start = given.find(sign, start + 1)
    end = 0
    for start in sorted(starts):
        if start < end or (damage := _DAMAGE.match(given, start)) is None:
            continue
        length, mended = _mended(damage[0])
        if length and (raised := _RAISED.match(given, start)):
            mended = _BETWEEN_FIGURES[raised[1].lower()]
        if length:
            end = start + length
            yield start, end, mended


def _has_board_tags(given: str) -> bool:
    # One sign is looked for much faster than two.
    return "[" in given and "[/" in given


@lru_cache(maxsize=4096)
def _mended(damage: str) -> tuple[int, str]:
    """Return how many of the characters are one, and which; 0 if they are not damage."""
    if damage.startswith("\\"):
        code = damage.removeprefix("\\u")
        return len(damage), damage[1:] if code == damage else chr(int(code, base=16))
    if damage.startswith(("<", "[")):
        return len(damage), "\n" if _BREAKS_LINE.match(damage) else ""
    if damage.startswith("&"):
        mended = html.unescape(_RESAVED.sub("&", damage))
        return (len(damage), mended) if len(mended) == 1 else (0, "")
    if not _goes_on(damage[1]):
        return 0, ""
    for length in range(len(damage), 1, -1):
        once = _decoded(damage[:length])
        # Text that was saved wrongly two times over.
        twice = _decoded(once) if once is not None and len(once) > 1 else None
        for character in (twice, once):
            if character is not None and len(character) == 1:
                return length, character
    # The closing quotation mark's last byte is a control character, which many programs drop.
    return (2, "”") if damage.startswith("â€") else (0, "")


def _goes_on(character: str) -> bool:
    """Return whether a character may be a byte of UTF-8 other than the first."""
    byte = _windows_1252(character)[0]
    return 0x80 <= byte < 0xC0


def _decoded(piece: str) -> str | None:
    try:
        return b"".join(map(_windows_1252, piece)).decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return None


def _windows_1252(character: str) -> bytes:
    # Five bytes are undefined in windows-1252; decoders pass them through.
    if ord(character) < 256 and 0x80 <= ord(character) < 0xA0:
        return bytes([ord(character)])
    return character.encode("windows-1252")
