"""JSON Lines: one JSON value a line, each a post or a thread of posts.

A line that cannot be read is named with its number; the others are kept.
"""

import json
from collections.abc import Iterator
from io import BytesIO

import orjson

from flows.posts.boards import form_of, post_from
from flows.posts.columns import Columns
from flows.posts.draft import Yielded
from flows.posts.encoding import decoded
from flows.posts.json_documents import JsonWalk
from flows.posts.scanning import LONGEST_STRETCH, lines_with_links
from flows.posts.streams import Bytes, pieces_of
from flows.records import Unreadable


def is_json_lines(head: bytes) -> bool:
    r"""Whether the lines at the *head* of an input are JSON objects, most of them.

    One object alone counts as a document, which may be laid out over lines; so
    does an array that has a line for each object.

    >>> is_json_lines(b'{"a": 1}\n{"a": 2}\n'), is_json_lines(b'{\n"a": 1\n}')
    (True, False)
    """
    lines = [line.strip() for line in head.split(b"\n")[:40]]
    full = [line for line in lines if line][:20]
    objects = [line for line in full if line.startswith(b"{") and line.endswith((b"}", b"},"))]
    read = sum(_loads(line) is not None for line in objects)
    return len(full) > 1 and full[0] != b"[" and read >= 1 and 2 * read >= len(full)


def read_json_lines(
    source: Bytes, *, origin: str, columns: Columns, only_with_links: bool = False
) -> Iterator[Yielded]:
    """Yield the posts of *source*, line by line."""
    lines = _hits(source) if only_with_links else _lines(source)
    for line, position in lines:
        place = f"byte {position}"
        if line is None:
            yield Unreadable(place=place, reason=f"a line longer than {LONGEST_STRETCH} bytes")
        elif line.strip():
            yield from _posts(line, place, origin, columns)


def _lines(source: Bytes) -> Iterator[tuple[bytes | None, int]]:
    """Yield line after line with its place, ``None`` for one that is too long."""
    held: list[bytes] = []
    size = start = 0
    for piece in pieces_of(source):
        start = start if held else piece.position
        if size <= LONGEST_STRETCH:
            held.append(piece.text)
        size += len(piece.text)
        if piece.ended:
            too_long = size > LONGEST_STRETCH
            yield None if too_long else b"".join(held), start
            held, size = [], 0


def _hits(source: Bytes) -> Iterator[tuple[bytes | None, int]]:
    for stretch in lines_with_links(source):
        too_long = len(stretch.data) >= LONGEST_STRETCH
        yield None if too_long else stretch.data, stretch.position


def _posts(line: bytes, place: str, origin: str, columns: Columns) -> Iterator[Yielded]:
    value = _loads(line)
    if value is None:
        yield Unreadable(place=place, reason="not a JSON object")
        return
    form = form_of(value, columns)
    nested = any(isinstance(item, dict | list) for item in value.values())
    if form is None or (nested and "posts" in value):
        name = f"{place.replace(' ', '-')}-object"
        walk = JsonWalk(Bytes(BytesIO(line)), origin=origin, columns=columns, name=name)
        yield from walk.posts()
        if not walk.count:
            yield Unreadable(place=place, reason="no post in it: no text under a usual name")
        return
    post = post_from(
        value, (), form=form, origin=origin, place=place.replace(" ", "-"), columns=columns
    )
    if post is not None:
        yield post


def _loads(line: bytes) -> dict[str, object] | None:
    line = line.strip().removesuffix(b",")
    try:
        value = orjson.loads(line)
    except orjson.JSONDecodeError:
        try:
            # Takes half surrogate pairs, which real dumps hold.
            value = json.loads(decoded(line))
        except (ValueError, RecursionError):
            return None
    return value if isinstance(value, dict) else None
