"""Saved thread pages of boards and forums, cut into posts as they are read.

A page is never parsed as a whole: it is cut where a post begins, so that a
page of any size or depth takes the memory of one post.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from flows.posts.draft import LONGEST_POST, Yielded, clean, from_iso, from_unix, trimmed
from flows.posts.encoding import decoded
from flows.posts.markup import attributes_of, undo_markup
from flows.posts.prose import name_of
from flows.posts.replies import replies_in
from flows.posts.streams import Bytes
from flows.records import Post, Unreadable

_TAG = re.compile(
    r"<(?P<close>/?)(?P<name>[a-z][a-z0-9]*)(?P<rest>(?:\s(?:[^<>\"']|\"[^\"<>]*\"|'[^'<>]*')*)?)/?>",
    re.IGNORECASE,
)
_ADDRESS_OF_THREAD = re.compile(r"/([\w+-]{1,40})/(?:res|thread)/(\d{1,15})(?:\.html)?")
_CANONICAL = re.compile(
    rb"<(?:link|meta)\b[^<>]{0,300}(?:rel=[\"']?canonical|og:url)[^<>]{0,500}>", re.IGNORECASE
)


_LYNXCHAN_TIME = re.compile(r"(\d\d)/(\d\d)/(\d{4}) (?:\([^()]{1,12}\) )?(\d\d:\d\d:\d\d)")
#: How vichan, 4chan and LynxChan mark the hash of an author.
_AUTHOR_CLASSES = frozenset({"poster_id", "hand", "labelId"})


@dataclass(frozen=True, slots=True)
class Board:
    """How one board software sets its posts.

    ``body`` is a class of the element that holds a post's words, or what its
    id begins with.
    """

    name: str
    start: re.Pattern[bytes]
    body: str
    zone_rule: str


DCHAN = Board(
    "dchan-html",
    re.compile(rb"<article\b(?=[^<>]{0,300}\bid=[\"']?\d)(?=[^<>]{0,300}\barticle\b)[^<>]{0,600}>", re.IGNORECASE),
    "post-body",
    "UTC",
)  # fmt: skip
VICHAN = Board(
    "vichan-html",
    re.compile(
        rb"<div\b(?=[^<>]{0,300}\bid=[\"']?(?:op|reply)_\d)(?=[^<>]{0,300}\bpost\b)[^<>]{0,600}>", re.IGNORECASE
    ),
    "body",
    "UTC",
)  # fmt: skip
FOURCHAN = Board(
    "4chan-html",
    re.compile(rb"<div\b(?=[^<>]{0,300}\bid=[\"']?p\d)(?=[^<>]{0,300}\bpost\b)[^<>]{0,600}>", re.IGNORECASE),
    "postMessage",
    "UTC",
)  # fmt: skip
LYNXCHAN = Board(
    "lynxchan-html",
    re.compile(rb"<(?:div|article)\b(?=[^<>]{0,300}\bid=[\"']?\d)(?=[^<>]{0,300}\b(?:opCell|postCell)\b)[^<>]{0,600}>", re.IGNORECASE),
    "divMessage",
    "UTC",
)  # fmt: skip
PHPBB = Board(
    "phpbb-html",
    re.compile(rb"<div\b(?=[^<>]{0,300}\bid=[\"']?p\d)(?=[^<>]{0,300}\bbg[1-3]\b)[^<>]{0,600}>", re.IGNORECASE),
    "content",
    "UTC",
)  # fmt: skip
XENFORO = Board(
    "xenforo-html",
    re.compile(rb"<article\b(?=[^<>]{0,300}\bid=[\"']?js-post-\d)[^<>]{0,600}>", re.IGNORECASE),
    "bbWrapper",
    "UTC",
)
VBULLETIN = Board(
    "vbulletin-html",
    re.compile(rb"<(?:table|li|div)\b(?=[^<>]{0,300}\bid=[\"']?post_?\d)[^<>]{0,600}>", re.IGNORECASE),
    "post_message_",
    "UTC",
)  # fmt: skip
BOARDS = (DCHAN, VICHAN, FOURCHAN, LYNXCHAN, PHPBB, XENFORO, VBULLETIN)


def is_html(head: bytes) -> bool:
    """Whether *head* begins a page, or a piece of one."""
    start = head.lstrip()[:1_000].lower()
    return start.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<?xml")) or (
        start.startswith(b"<") and re.match(rb"<(?:article|div|section|main|p|table|!--)\b", start)
        is not None
    )  # fmt: skip


def board_of(head: bytes) -> Board | None:
    """Return the software that made the page, told by how its posts begin and hold their words.

    Other software numbers and names the elements of its posts alike.
    """
    for board in BOARDS:
        found = board.start.search(head)
        if found is not None and board.body.encode() in head[found.end() :]:
            return board
    return None


def read_board_page(source: Bytes, board: Board, *, origin: str) -> Iterator[Yielded]:
    """Yield the posts of a saved thread page."""
    head, slices = _cut(source, board.start)
    page = _Page.of(head)
    for data, cut in slices:
        post = _post(decoded(data), board, page, origin)
        if isinstance(post, Post):
            if page.thread is None:
                page.board, page.thread = post.board, post.thread or post.id
            yield post
        else:
            yield Unreadable(place="a post", reason=post)
        if cut:
            yield Unreadable(place="a post", reason=f"longer than {LONGEST_POST} bytes; cut there")


def read_page(source: Bytes, *, origin: str) -> Iterator[Yielded]:
    """Yield the words of any other page as one post."""
    data = source.peek(LONGEST_POST + 1)
    text, offsets = undo_markup(decoded(data[:LONGEST_POST]), spaced=True)
    kept, pairs = trimmed(clean(text), offsets)
    if kept:
        replies = replies_in(kept)
        yield Post(
            id=name_of(origin), text=kept, replies_to=replies, origin=origin, raw_offsets=pairs
        )
    if len(data) > LONGEST_POST:
        yield Unreadable(place="end", reason=f"longer than {LONGEST_POST} bytes; cut there")


@dataclass(slots=True)
class _Page:
    """What the page says of all its posts."""

    address: str | None = None
    board: str | None = None
    thread: str | None = None

    @classmethod
    def of(cls, head: bytes) -> "_Page":
        page = cls()
        found = _CANONICAL.search(head)
        if found is not None:
            attributes = attributes_of(decoded(found.group()))
            address = attributes.get("href") or attributes.get("content") or ""
            if re.match(r"https?://", address):
                page.address = address.partition("#")[0]
                page.set_thread(address)
        return page

    def set_thread(self, address: str) -> None:
        """Take board and thread from the address of a thread."""
        found = _ADDRESS_OF_THREAD.search(address)
        if found is not None and self.thread is None:
            self.board, self.thread = found.group(1), found.group(2)


def _cut(source: Bytes, start: re.Pattern[bytes]) -> tuple[bytes, Iterator[tuple[bytes, bool]]]:
    """Return what stands before the first post, and the posts, each with whether it was cut."""
    pieces = _pieces(source, start)
    head, _ = next(pieces, (b"", False))
    return head, pieces


def _pieces(source: Bytes, start: re.Pattern[bytes]) -> Iterator[tuple[bytes, bool]]:
    held = b""
    too_long = False
    searched = 1
    while data := source.read():
        held += data
        while (found := start.search(held, searched)) is not None:
            yield held[: found.start()][:LONGEST_POST], too_long
            held, too_long, searched = held[found.start() :], False, 1
        searched = max(1, len(held) - 1_000)
        if len(held) > LONGEST_POST + 1_000:
            too_long = True
            held = held[: LONGEST_POST // 2] + held[-1_000:]
            searched = LONGEST_POST // 2
    yield held[:LONGEST_POST], too_long


def _post(html: str, board: Board, page: _Page, origin: str) -> Post | str:
    opening = _TAG.match(html)
    number = (
        re.search(r"\d+", attributes_of(opening.group("rest")).get("id", "")) if opening else None
    )
    body = _body(html, board.body)
    if number is None or body is None:
        return "the markup of its body is not what this board makes"
    start, end = body
    header = _Header(html[:start], board)
    text, offsets = undo_markup(html[start:end])
    kept, pairs = trimmed(clean(text), [(place, raw) for place, raw in offsets])
    for address in header.addresses:
        page.set_thread(address)
    posted_at = from_iso(header.iso) or from_unix(header.unix)
    return Post(
        id=number.group(),
        text=kept,
        board=page.board,
        thread=page.thread,
        author_id=header.author_id,
        posted_at=posted_at,
        zone_rule=board.zone_rule if posted_at is not None else None,
        permalink=f"{page.address}#{number.group()}" if page.address else None,
        replies_to=replies_in(kept),
        origin=origin,
        raw_offsets=pairs,
    )


def _body(html: str, body: str) -> tuple[int, int] | None:
    """Return where the words of the post stand: inside the element of *body*."""
    depth = 0
    name = ""
    start = 0
    for tag in _TAG.finditer(html):
        if not depth:
            attributes = attributes_of(tag.group("rest"))
            is_body = body in attributes.get("class", "").split() or (
                body.endswith("_") and attributes.get("id", "").startswith(body)
            )
            if is_body and not tag.group("close"):
                depth, name, start = 1, tag.group("name").lower(), tag.end()
        elif tag.group("name").lower() == name:
            depth += -1 if tag.group("close") else 1
            if depth == 0:
                return start, tag.start()
    return (start, len(html)) if depth else None


def _american(shown: str) -> str | None:
    """Return a time like ``05/06/2022 (Fri) 07:08:09``, LynxChan's, as ISO 8601 has it."""
    found = _LYNXCHAN_TIME.match(shown)
    if found is None:
        return None
    month, day, year, time = found.groups()
    return f"{year}-{month}-{day}T{time}"


class _Header:
    """What stands above a post's words: its time, its author's id, addresses of its thread."""

    def __init__(self, html: str, board: Board) -> None:
        self.iso: str | None = None
        self.unix: str | None = None
        self.author_id: str | None = None
        self.addresses: list[str] = []
        for tag in _TAG.finditer(html):
            if not tag.group("close"):
                self._take(attributes_of(tag.group("rest")), html, tag.end(), board)

    def _take(self, attributes: dict[str, str], html: str, end: int, board: Board) -> None:
        target = attributes.get("href", "")
        classes = attributes.get("class", "").split()
        shown = unescape(html[end : end + 80].partition("<")[0]).strip()
        if _ADDRESS_OF_THREAD.search(target):
            # A cross-link in a dChan header (archives, the original board) names
            # the thread as its own address does.
            self.addresses.append(target)
        if (
            board is DCHAN
            and self.iso is None
            and re.match(r"\d{4}-\d\d-\d\d[T ]", attributes.get("title", ""))
        ):
            self.iso = attributes["title"]
        self.iso = self.iso or attributes.get("datetime")
        if "labelCreated" in classes:
            self.iso = self.iso or _american(shown)
        self.unix = self.unix or attributes.get("data-utc") or attributes.get("unixtime")
        hashed = re.search(r"[?&]poster_hash=([\w+/.-]{1,20})", target)
        if self.author_id is None:
            if hashed is not None:
                self.author_id = hashed.group(1)
            elif not _AUTHOR_CLASSES.isdisjoint(classes):
                self.author_id = re.sub(r"\A\(?ID:\s*|\)\Z", "", shown) or None
