r"""Undo the ways in which people disguise or damage an address.

Boards, mail programs and careful posters write addresses that no URL pattern
matches: ``hxxps``, ``[.]``, ``(dot)``, ``https:<em>//</em>``, ``<wbr>`` inside
a word, ``https:\/\/``, ``&#x2F;``, zero-width blanks. Here such a stretch
becomes what a browser would be given, together with the way back: every
character of the result knows the characters it was written as.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import unescape

#: Every way of writing below holds one of these, and begins with it or a blank.
_SIGNS = r"<&\[({\\$：／˜∼～\u00ad\u2010\u2011\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"
_TRIGGER = re.compile(rf"=\r?\n|[{_SIGNS}]")

#: One alternative per way of writing; bounded repetition keeps the time linear.
_DISGUISE = re.compile(
    rf"(?=[\s={_SIGNS}])(?:"
    r"""
    (?P<nothing>
        [\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]+
      | </?(?:wbr|em|i|b|strong|u|s|span|font|mark|code)\b[^<>]{0,200}>
      | &(?:shy|ZeroWidthSpace|zwnj|zwj|\#8203|\#x200b|\#173);
      | (?<=[A-Za-z0-9./_%~:-])=\r?\n(?=[A-Za-z0-9./_%~-])
    )
  | (?P<dot>   \s?(?:\[\s?(?:\.|dot|d0t|punkt|punto)\s?\]
                  | \(\s?(?:\.|dot|d0t|punkt|punto)\s?\)
                  | \{\s?(?:\.|dot)\s?\} | <(?:\.|dot)>)\s?
             | &(?:\#0*46|\#x0*2e|period); | \\+u002e )
  | (?P<root>  \[\s?://\s?\] | \(\s?://\s?\) | ：／／ )
  | (?P<slash> \\+/ | \\+u002f | \\+x2f | ／(?=[A-Za-z0-9~]) | &(?:\#0*47|\#x0*2f|sol);
             | \s?[\[(]\s?(?:/|slash)\s?[\])]\s? )
  | (?P<tilde> \\~(?:\{\})? | \\textasciitilde\s?(?:\{\})? | \$\\sim\$
             | [˜∼～](?=nsarchiv) | &(?:tilde|sim); )
  | (?P<kept>  \\[()_%&\#-] )
  | (?P<colon> \\+u003a | \\+x3a | &(?:\#0*58|\#x0*3a|colon); | \s?[\[(]\s?(?::|colon)\s?[\])]\s? )
  | (?P<amp>   \\+u0026 | &(?:\#0*38|\#x0*26|amp); )
  | (?P<less>  \\+u003c | &(?:\#0*60|\#x0*3c|lt); )
  | (?P<more>  \\+u003e | &(?:\#0*62|\#x0*3e|gt); )
  | (?P<quote> \\+" | \\+u0022 | &(?:\#0*34|\#x0*22|quot); )
  | (?P<tick>  \\+u0027 | &(?:\#0*39|\#x0*27|apos); )
  | (?P<blank> &(?:nbsp|\#0*160|\#x0*a0); )
  | (?P<hyphen> [\u2010\u2011] )
  | (?P<entity> &(?:\#\d{2,6}|\#x[0-9a-f]{2,5}|[a-z]{2,8}); ))
    """,
    re.IGNORECASE | re.VERBOSE,
)

_PLAIN = {
    "nothing": "",
    "dot": ".",
    "root": "://",
    "slash": "/",
    "tilde": "~",
    "colon": ":",
    "amp": "&",
    "less": "<",
    "more": ">",
    "quote": '"',
    "tick": "'",
    "blank": " ",
    "hyphen": "-",
}

_SPELT_DOT = re.compile(r"\s{1,9}(?:dot|punkt)\s{1,9}|[．。｡]", re.IGNORECASE)
_SPELT_SLASH = re.compile(r"\s{1,9}(?:forward[\s-])?slash\s{1,9}", re.IGNORECASE)
_QUOTED_BREAK = re.compile(r"\n(?:[ \t]{0,9}>){1,9}")
#: The equals sign of quoted-printable (RFC 2045 §6.7) that nobody undid, in front of a value.
_ESCAPED_EQUALS = re.compile(r"(?<=[?&;])(\w{1,40})=3D(?=[A-Za-z0-9])")
_SCHEME = re.compile(
    r"(?:[\[(<\"']?)(?:h?[tx*]{1,3}ps?|ｈｔｔｐｓ?|ftp)\s*(?::|%(?:25)*3a)?\s*(?:[/\\]|%(?:25)*2f){1,4}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class View:
    """A stretch of text with its disguises undone, and the way back.

    Character ``i`` of ``plain`` was written as ``raw[starts[i]:ends[i]]``.
    """

    plain: str
    starts: Sequence[int]
    ends: Sequence[int]

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the raw offsets of ``plain[start:end]``, which must not be empty."""
        return self.starts[start], self.ends[end - 1]

    def at(self, raw_offset: int) -> int:
        """Return the place in ``plain`` of the first character written at or after *raw_offset*."""
        low, high = 0, len(self.starts)
        while low < high:
            middle = (low + high) // 2
            if self.starts[middle] < raw_offset:
                low = middle + 1
            else:
                high = middle
        return low


def undisguise(raw: str) -> View:
    r"""Return *raw* as a browser would read it.

    >>> undisguise("nsarchive[.]gwu[.]edu\\/document").plain
    'nsarchive.gwu.edu/document'
    """
    if _TRIGGER.search(raw) is None:
        return View(raw, range(len(raw)), range(1, len(raw) + 1))
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    done = 0
    for found in _DISGUISE.finditer(raw):
        start, end = found.span()
        pieces.append(raw[done:start])
        starts.extend(range(done, start))
        ends.extend(range(done + 1, start + 1))
        plain = _plain_of(found)
        pieces.append(plain)
        starts.extend([start] * len(plain))
        ends.extend([end] * len(plain))
        done = end
    pieces.append(raw[done:])
    starts.extend(range(done, len(raw)))
    ends.extend(range(done + 1, len(raw) + 1))
    return View("".join(pieces), starts, ends)


def _plain_of(found: re.Match[str]) -> str:
    written = found.group()
    if found.lastgroup == "kept":
        return written[-1]
    if found.lastgroup == "entity":
        character = unescape(written)
        return character if len(character) == 1 else written
    return _PLAIN[found.lastgroup or "nothing"]


@lru_cache(maxsize=16)
def plain_address(written: str) -> str:
    """Return the address that *written* stands for, without any blank.

    A scheme in any disguise becomes ``https://``; an address without one is
    returned without one.

    >>> plain_address("hxxps://nsarchive [.] gwu dot edu/document/33560")
    'https://nsarchive.gwu.edu/document/33560'
    """
    plain = undisguise(written).plain
    plain = _QUOTED_BREAK.sub("", plain)
    plain = _SPELT_DOT.sub(".", plain)
    plain = _SPELT_SLASH.sub("/", plain)
    plain = _ESCAPED_EQUALS.sub(r"\1=", "".join(plain.split()))
    scheme = _SCHEME.match(plain)
    while scheme is not None:
        plain = "https://" + plain[scheme.end() :]
        scheme = _SCHEME.match(plain, len("https://"))
    return plain
