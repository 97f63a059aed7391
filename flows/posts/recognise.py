"""Tell the form of an input from its content; file names are not asked.

The readers of forms other than JSON Lines are loaded when an input may have
their form: all together take longer to load than 200 MB to search.
"""

import re
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from flows.citations import may_hold_link
from flows.posts.columns import Columns
from flows.posts.draft import Yielded
from flows.posts.encoding import SAMPLE, encoding_of, is_text
from flows.posts.json_documents import JsonWalk
from flows.posts.jsonlines import is_json_lines, read_json_lines
from flows.posts.opening import UnreadableInputError
from flows.posts.streams import Bytes, Transcoded, skip_line
from flows.records import Post

#: How much of a page is searched for the mark of a board, in bytes: themes
#: put style sheets and menus before the first post.
_PAGE_SAMPLE = 1 << 20
#: What stands before the JSON in Twitter's archive of one's own posts (``tweets.js``).
_SCRIPT = re.compile(rb"\s*window(?:\.\w{1,40}){1,4}\s*=\s*(?=[\[{])")


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the caller wants of every form."""

    columns: Columns
    only_with_links: bool = False


def recognise(
    source: Bytes, *, origin: str, wishes: Wishes
) -> tuple[Callable[[], str], Iterator[Yielded]]:
    """Return what tells the name of the form of *source*, and what it yields.

    The name is final once something was yielded: what kind of posts a JSON
    document holds shows only in its first one.

    Raises:
        UnreadableInputError: it is empty, or no text at all.
    """
    text = as_utf_8(source)
    name, found = _form(text, origin, wishes)
    return name, _with_links(found) if wishes.only_with_links else found


def _form(text: Bytes, origin: str, wishes: Wishes) -> tuple[Callable[[], str], Iterator[Yielded]]:
    head = text.peek(SAMPLE)
    if (script := _SCRIPT.match(head)) is not None:
        text.read(script.end())
        head = text.peek(SAMPLE)
    columns, only = wishes.columns, wishes.only_with_links
    start = head.lstrip()[:1]
    if start in {b"{", b"["} and is_json_lines(head):
        return _named("json-lines"), read_json_lines(
            text, origin=origin, columns=columns, only_with_links=only
        )
    if start in {b"{", b"["} and _is_json(head):
        walk = JsonWalk(text, origin=origin, columns=columns)
        return lambda: walk.form or "json", _document(walk, text, origin, wishes)
    return _marked_up(text, head, origin, columns) or _plain(text, head, origin, wishes)


def _marked_up(
    text: Bytes, head: bytes, origin: str, columns: Columns
) -> tuple[Callable[[], str], Iterator[Yielded]] | None:
    """Return how feeds, pages and mail are read, ``None`` for what is none of these."""
    from flows.posts.html_pages import board_of, is_html, read_board_page, read_page
    from flows.posts.mail import is_mail, is_mailbox, read_mail

    if head.lstrip()[:1] == b"<":
        from flows.posts.feeds import is_feed, read_feed

        if is_feed(head):
            return _named("feed"), read_feed(text, origin=origin, columns=columns)
    if is_html(head):
        board = board_of(text.peek(_PAGE_SAMPLE))
        if board is not None:
            return _named(board.name), read_board_page(text, board, origin=origin)
        return _named("html"), read_page(text, origin=origin)
    if is_mail(head):
        mailbox = is_mailbox(head)
        return _named("mbox" if mailbox else "e-mail"), read_mail(
            text, origin=origin, mailbox=mailbox
        )
    return None


def _plain(
    text: Bytes, head: bytes, origin: str, wishes: Wishes
) -> tuple[Callable[[], str], Iterator[Yielded]]:
    from flows.posts.dchan_text import is_header, read_dchan_text
    from flows.posts.prose import read_prose
    from flows.posts.table import delimiter_of, read_table

    delimiter = delimiter_of(head, wishes.columns)
    if delimiter is not None:
        return _named("table"), read_table(
            text, origin=origin, columns=wishes.columns, delimiter=delimiter
        )
    only = wishes.only_with_links
    if any(is_header(line) for line in head.splitlines()):
        return _named("dchan-text"), read_dchan_text(text, origin=origin, only_with_links=only)
    return _named("prose"), read_prose(text, origin=origin, only_with_links=only)


def _document(walk: JsonWalk, text: Bytes, origin: str, wishes: Wishes) -> Iterator[Yielded]:
    """Yield the posts of a document; behind a line that is too long, JSON Lines may go on."""
    yield from walk.posts()
    if walk.gave_up and skip_line(text):
        yield from read_json_lines(
            text, origin=origin, columns=wishes.columns, only_with_links=wishes.only_with_links
        )


def _named(name: str) -> Callable[[], str]:
    return lambda: name


def _is_json(head: bytes) -> bool:
    """Whether a text that begins with a brace or bracket goes on as JSON does."""
    rest = head.lstrip()[1:].lstrip()[:1]
    opened = head.lstrip()[:1]
    return rest in (b'"}' if opened == b"{" else b'{["-0123456789]tfn') if rest else False


def _with_links(found: Iterator[Yielded]) -> Iterator[Yielded]:
    for item in found:
        if not isinstance(item, Post) or may_hold_link(item.text.encode("utf-8", "replace")):
            yield item


def as_utf_8(source: Bytes) -> Bytes:
    """Return the text of *source* as UTF-8, whatever it was written in.

    Raises:
        UnreadableInputError: it is empty, or no text at all.
    """
    while (sample := source.peek(SAMPLE)) and not sample.strip():
        source.read(len(sample))  # nothing but blanks so far
    if not sample:
        raise UnreadableInputError(source.problem or "empty")
    if not is_text(sample):
        raise UnreadableInputError("neither text nor an archive of texts")
    encoding = encoding_of(sample)
    if encoding == "utf-8":
        return source
    if encoding == "utf-8-sig":
        while source.peek(3) == BOM_UTF8:
            source.read(3)
        return source
    return Bytes(Transcoded(source, encoding))
