"""Plain prose without any post header: one post, named after its file.

A text too long to be held at once becomes several posts, cut at a blank line
or at least at a blank, so that no address is cut in two.
"""

import re
from collections.abc import Iterator
from pathlib import PurePath

from flows.citations import may_hold_link
from flows.posts.draft import LONGEST_POST, Yielded, clean, trimmed
from flows.posts.encoding import decoded
from flows.posts.replies import replies_in
from flows.posts.streams import Bytes
from flows.records import Post

_NOT_IN_IDS = re.compile(r"[^\w.-]+")
_SUFFIXES = re.compile(r"(?:\.(?:txt|text|md|log|gz|bz2|zst|xz|zip|html?|eml))+\Z", re.IGNORECASE)


def name_of(origin: str) -> str:
    """Return the id of a text without header, derived from its file name.

    >>> name_of("notes/what they said.txt.gz")
    'what-they-said'
    """
    last = PurePath(origin.replace("!", "/")).name
    name = _NOT_IN_IDS.sub("-", _SUFFIXES.sub("", last)).strip("-.")
    return name[:100] or "text"


def read_prose(source: Bytes, *, origin: str, only_with_links: bool = False) -> Iterator[Yielded]:
    """Yield the text as one post, or as several numbered ones if it is very long."""
    number = 1
    held = b""
    while data := source.peek(LONGEST_POST):
        held = source.read(LONGEST_POST)
        if len(data) == LONGEST_POST:
            # What stands behind the border is read again with the next part.
            cut = _border(held)
            source.unread(held[cut:])
            held = held[:cut]
        if not only_with_links or may_hold_link(held):
            yield from _post(held, origin, number)
        number += 1


def _border(data: bytes) -> int:
    """Return where to cut: behind the last blank line, line or blank of the last quarter."""
    floor = len(data) * 3 // 4
    for mark in (b"\n\n", b"\n", b" "):
        place = data.rfind(mark, floor)
        if place >= 0:
            return place + len(mark)
    cut = len(data)
    while cut > len(data) - 4 and data[cut - 1] & 0xC0 == 0x80:
        cut -= 1
    return cut - 1 if data[cut - 1] >= 0xC0 else len(data)


def _post(data: bytes, origin: str, number: int) -> Iterator[Yielded]:
    text = decoded(data).replace("\r\n", "\n")
    kept, offsets = trimmed(clean(text))
    if kept:
        name = name_of(origin)
        yield Post(
            id=name if number == 1 else f"{name}-{number}",
            text=kept,
            replies_to=replies_in(kept),
            origin=origin,
            raw_offsets=offsets,
        )
