"""Plain prose without any post header: one post, named after its file.

A text too long to be held at once becomes several posts, cut at a blank line
or at least at a blank, so that no address is cut in two.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import PurePath

from flows.posts.dchan_text import replies_in
from flows.posts.draft import LONGEST_POST, Yielded, clean, trimmed
from flows.posts.streams import Piece
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


def read_prose(pieces: Iterable[Piece], *, origin: str) -> Iterator[Yielded]:
    """Yield the text as one post, or as several numbered ones if it is very long."""
    held: list[str] = []
    size = 0
    number = 1
    for piece in pieces:
        held.append(piece.text + ("\n" if piece.ended else ""))
        size += len(held[-1])
        if size > LONGEST_POST:
            text = "".join(held)
            cut = _border(text)
            yield from _post(text[:cut], origin, number)
            held, size, number = [text[cut:]], len(text) - cut, number + 1
    yield from _post("".join(held), origin, number)


def _border(text: str) -> int:
    """Return where to cut: behind the last blank line, line or blank of the last quarter."""
    floor = len(text) * 3 // 4
    for mark in ("\n\n", "\n", " "):
        place = text.rfind(mark, floor)
        if place >= 0:
            return place + len(mark)
    return len(text)


def _post(text: str, origin: str, number: int) -> Iterator[Yielded]:
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
