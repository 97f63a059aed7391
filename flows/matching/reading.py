"""Undo, with the way back, what machines did to a text before anyone compared it.

Text that was decoded wrongly (UTF-8 read as windows-1252) and character
references that were never resolved are put right in a working copy; offsets
into the copy are led back to the text as it was given.
"""

import html
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

_ENTITY = r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|amp|quot|apos|nbsp|lt|gt|ldquo|rdquo|lsquo|rsquo|ndash|mdash|hellip|shy);"
_DAMAGE = re.compile(_ENTITY + r"|[âÂÃ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]{1,2}")


@dataclass(frozen=True, slots=True)
class Reading:
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


def read(given: str) -> Reading:
    """Return *given* with mojibake and character references put right.

    >>> repaired = read("Ukraineâ€™s Rada")
    >>> repaired.text, repaired.given(9)
    ('Ukraine’s Rada', 11)
    """
    if "&" not in given and (given.isascii() or not ("â" in given or "Ã" in given or "Â" in given)):
        return Reading(given)
    pieces: list[str] = []
    breaks: list[int] = []
    shifts: list[int] = []
    last = length = 0
    for damage in _damages(given):
        mended = _mended(damage[0])
        if mended is None:
            continue
        pieces += given[last : damage.start()], mended
        length += damage.start() - last + len(mended)
        last = damage.end()
        breaks.append(length)
        shifts.append(last - length)
    if not breaks:
        return Reading(given)
    pieces.append(given[last:])
    return Reading("".join(pieces), tuple(breaks), tuple(shifts))


def _damages(given: str) -> Iterator[re.Match[str]]:
    """Yield the matches of ``_DAMAGE`` in order, sooner than a scan would: few places may begin one."""
    starts: list[int] = []
    for sign in "&âÂÃ":
        start = given.find(sign)
        while start >= 0:
            starts.append(start)
            start = given.find(sign, start + 1)
    end = 0
    for start in sorted(starts):
        if start >= end and (damage := _DAMAGE.match(given, start)):
            end = damage.end()
            yield damage


def _mended(damage: str) -> str | None:
    """Return what the damaged characters stood for, ``None`` if they are not damage."""
    if damage.startswith("&"):
        mended = html.unescape(damage)
        return mended if len(mended) == 1 else None
    for length in (3, 2):
        piece = damage[:length]
        try:
            raw = b"".join(_windows_1252(character) for character in piece)
            mended = raw.decode("utf-8")
        except (UnicodeEncodeError, UnicodeDecodeError):
            continue
        if len(piece) == len(damage):
            return mended
        return mended + damage[length:]
    return None


def _windows_1252(character: str) -> bytes:
    # Five bytes are undefined in windows-1252; decoders pass them through.
    if ord(character) < 256 and 0x80 <= ord(character) < 0xA0:
        return bytes([ord(character)])
    return character.encode("windows-1252")
