"""Feeds, and what blogs export as such: RSS, RDF and Atom, a post per entry.

RSS 2.0 (https://www.rssboard.org/rss-specification), RSS 1.0, Atom (RFC 4287)
and its threads (RFC 4685), and WordPress's exports, which are RSS with the
comments of each entry inside it. The feed is never held: an entry is handed on
as soon as it ends.
"""

import re
from collections.abc import Iterable, Iterator
from html.entities import html5
from typing import Any

from lxml import etree

from flows.posts.columns import Columns
from flows.posts.draft import Yielded
from flows.posts.rows import post_from_row
from flows.posts.streams import Bytes
from flows.records import Unreadable

#: An element of lxml, which publishes no types.
_Element = Any

_FEED = re.compile(
    rb"(?:\s+|<\?[^>]{0,500}\?>|<!--(?:(?!-->).){0,5000}-->|<!DOCTYPE[^<>]{0,500}>)*+"
    rb"<(?:rss|feed|(?:\w{1,20}:)?RDF)\b",
    re.DOTALL,
)
_REFERENCE = re.compile(
    rb"&(?:(?P<known>#\d{1,7}|#x[0-9a-fA-F]{1,6}|amp|lt|gt|quot|apos)|(?P<name>[A-Za-z][A-Za-z0-9]{1,31}));"
    rb"|&"
)
#: Between these nothing is escaped.
_SECTION_END = b"]]>"
_SECTION = re.compile(rb"<!\[CDATA\[|\]\]>")
#: What a mark begins with, and how long it is at most.
_MARKS, _LONGEST_MARK = (b"&", b"<", b"]"), 34
_CLOSED = re.compile(
    rb"</(?:rss|feed|(?:\w{1,20}:)?RDF)\s*>\s*(?:<!--(?:(?!-->).){0,500}-->\s*)*\Z", re.DOTALL
)
#: How the parser calls what it finds behind the end: words, or another document.
_BEHIND = frozenset({"ERR_DOCUMENT_END", "ERR_RESERVED_XML_NAME"})
_LONGEST_END = 1_000
_WORDPRESS = "{http://wordpress.org/export/"

# What each part of a post is called, namespaces left out, the likeliest first.
_PARTS = {
    "text": ("encoded", "content", "comment_content", "description", "summary"),
    "title": ("title",),
    "id": ("guid", "id", "comment_id", "post_id"),
    "time": ("published", "pubDate", "comment_date_gmt", "issued", "date", "updated"),
    "author": ("creator", "author", "comment_author"),
    "permalink": ("link",),
    "replies_to": ("in-reply-to", "comment_parent"),
}


def is_feed(head: bytes) -> bool:
    r"""Whether *head* begins a feed.

    >>> is_feed(b'<?xml version="1.0"?>\n<rss version="2.0"><channel>')
    True
    """
    return _FEED.match(head) is not None


def read_feed(source: Bytes, *, origin: str, columns: Columns) -> Iterator[Yielded]:
    """Yield a post per entry and per comment inside one; a fault in the feed is named."""
    escaped = _Escaped(source)
    events = etree.iterparse(
        escaped, ("start", "end"), encoding="utf-8",
        resolve_entities=False, no_network=True, recover=True,
    )  # fmt: skip
    walk = _Walk(origin, columns)
    try:
        for found in walk.posts(events):
            if escaped.breaks_off:
                # The parser closes for itself what was open at the end.
                break
            yield found
    except etree.XMLSyntaxError as error:
        yield _broken(source, error.msg or "no XML")
        return
    fatal = [error for error in events.error_log if error.level_name == "FATAL"]
    if escaped.breaks_off or walk.is_within_entry:
        yield _broken(source, fatal[0].message if fatal else "it ends within an entry")
    elif any(error.type_name in _BEHIND for error in fatal):
        yield _broken(source, "something follows its end")


class _Escaped:
    """A feed in which every ``&`` is as XML wants it, for what follows another would be lost.

    Bare ones are escaped, characters named as in HTML are given by number.
    """

    def __init__(self, source: Bytes) -> None:
        self._source = source
        self._held = b""
        self._in_section = False
        self._end = b""
        self._ended = False

    @property
    def breaks_off(self) -> bool:
        """Whether all was read, and the end of the feed is missing."""
        return self._ended and _CLOSED.search(self._end) is None

    def read(self, size: int, /) -> bytes:
        """Return some bytes, ``b""`` only at the end."""
        while data := self._source.read(size):
            data = data if self._end else data.lstrip()
            self._end = (self._end + data)[-_LONGEST_END:]
            if given := self._escaped(self._held + data):
                return given
        rest, self._held = self._held, b""
        self._ended = not rest
        return self._piece(rest)

    def _escaped(self, data: bytes) -> bytes:
        """Return *data* escaped, but for an end in which a mark may have begun; that is held."""
        pieces: list[bytes] = []
        start = 0
        for mark in _SECTION.finditer(data):
            pieces.append(self._piece(data[start : mark.start()]))
            pieces.append(mark[0])
            self._in_section = mark[0] != _SECTION_END
            start = mark.end()
        rest = data[start:]
        begun = max(len(rest) - _LONGEST_MARK, 0)
        cut = next((k for k in range(begun, len(rest)) if rest[k : k + 1] in _MARKS), len(rest))
        pieces.append(self._piece(rest[:cut]))
        self._held = rest[cut:]
        return b"".join(pieces)

    def _piece(self, piece: bytes) -> bytes:
        return piece if self._in_section else _REFERENCE.sub(_as_xml, piece)


def _as_xml(reference: re.Match[bytes]) -> bytes:
    if reference["known"]:
        return reference[0]
    characters = html5.get(f"{reference['name'].decode()};") if reference["name"] else None
    if characters is None:
        return b"&amp;" + reference[0][1:]
    return "".join(f"&#{ord(character)};" for character in characters).encode()


def _broken(source: Bytes, reason: str) -> Unreadable:
    return Unreadable(
        place=f"byte {source.position} or before",
        reason=f"the feed cannot be read there: {reason}"[:300],
    )


class _Walk:
    """The entries of one feed, in order."""

    def __init__(self, origin: str, columns: Columns) -> None:
        self._origin = origin
        self._columns = columns
        self._count = 0
        self._open: list[_Element] = []
        self._comments: list[Yielded] = []

    @property
    def is_within_entry(self) -> bool:
        """Whether an entry has begun that has not ended."""
        return bool(self._open)

    def posts(self, events: Iterable[tuple[str, _Element]]) -> Iterator[Yielded]:
        """Yield the entries that *events* complete, each before the comments inside it."""
        for event, element in events:
            if event == "start":
                if _is_entry(element) or (self._open and _is_comment(element)):
                    self._open.append(element)
                continue
            ended = bool(self._open) and element is self._open[-1]
            if ended:
                self._open.pop()
                found = self._post(element)
                if self._open:
                    self._comments.append(found)
                    element.clear()
                else:
                    yield found
                    yield from self._comments
                    self._comments = []
            if not self._open:
                _let_go(element)

    def _post(self, entry: _Element) -> Yielded:
        self._count += 1
        place = f"entry-{self._count}"
        held = _parts_of(entry)
        row = {part: _first(held, names) for part, names in _PARTS.items()}
        row["replies_to"] = None if row["replies_to"] == "0" else row["replies_to"]
        row["text"] = row["text"] or ""
        post = post_from_row(row, origin=self._origin, place=place, columns=self._columns)
        if post is None or not post.text:
            return Unreadable(place=place, reason="no post: no words in it")
        return post


def _is_entry(element: _Element) -> bool:
    return _name(element) in {"item", "entry"}


def _is_comment(element: _Element) -> bool:
    """Whether a comment begins; feeds give the address to comment at the same name."""
    return _name(element) == "comment" and element.tag.startswith(_WORDPRESS)


def _name(element: _Element) -> str:
    """Return the name of an element without its namespace, empty for comments and the like."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _let_go(element: _Element) -> None:
    """Forget what was read: all that *element* holds, and what stands before it."""
    element.clear()
    around = element.getparent()
    while around is not None and element.getprevious() is not None:
        del around[0]


def _parts_of(entry: _Element) -> dict[str, _Element]:
    """Return the elements of an entry by their names, of several the first."""
    held: dict[str, _Element] = {}
    for child in entry:
        if not _is_link_elsewhere(child):
            held.setdefault(_name(child), child)
    return held


def _first(held: dict[str, _Element], names: tuple[str, ...]) -> str | None:
    """Return what the first of *names* that says anything says, ``None`` if none does."""
    said = (_said(held[name]) for name in names if name in held)
    return next((words for words in said if words.strip()), None)


def _is_link_elsewhere(child: _Element) -> bool:
    return _name(child) == "link" and child.get("rel", "alternate") != "alternate"


def _said(element: _Element) -> str:
    """Return the words of an element: its text, its address, the name or the markup in it."""
    named = next((child for child in element if _name(child) == "name"), None)
    if named is not None:
        return _said(named)
    if element.get("type") == "xhtml":
        return "".join(etree.tostring(child, encoding="unicode") for child in element)
    words = "".join(element.itertext(with_tail=False))
    return words or element.get("href") or element.get("ref") or ""
