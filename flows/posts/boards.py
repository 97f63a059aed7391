"""Posts of board software in JSON: 4chan, vichan and 8kun; FoolFuuka; LynxChan.

Each has an object per post that can be told by its keys, whatever surrounds
it (a thread, a catalogue, a search result). ``around`` holds the scalar values
of the objects that enclose it, innermost first: a reply's thread and board
often stand only there.
"""

from collections.abc import Callable, Sequence
from typing import Any

from flows.posts.columns import Columns
from flows.posts.draft import LONGEST_POST, clean, from_iso, from_unix, trimmed
from flows.posts.markup import plain_text, undo_markup
from flows.posts.replies import replies_in
from flows.posts.rows import Row, has_text, post_from_row
from flows.records import Post

Around = Sequence[Row]


def _is_imageboard(row: Row) -> bool:
    return "no" in row and ("com" in row or "time" in row) and "comment" not in row


def _imageboard(row: Row, around: Around, origin: str) -> Post:
    """4chan, vichan, 8kun: ``com`` is HTML, ``resto`` 0 in the opening post."""
    opening = row.get("resto") in (0, "0", None)
    thread = row["no"] if opening else row["resto"]
    return _post(
        row["no"],
        row.get("com"),
        html=True,
        board=row.get("board") or _enclosing(around, "board"),
        thread=thread,
        author_id=row.get("id"),
        time=row.get("time"),
        origin=origin,
    )


def _is_foolfuuka(row: Row) -> bool:
    return "num" in row and ("thread_num" in row or "comment" in row or "comment_sanitized" in row)


def _foolfuuka(row: Row, around: Around, origin: str) -> Post:
    """FoolFuuka: ``comment`` is the raw text, ``timestamp`` Unix time."""
    board = row.get("board")
    if isinstance(board, dict):
        board = board.get("shortname")
    return _post(
        row["num"],
        row.get("comment") or row.get("comment_sanitized"),
        html=False,
        board=board or _enclosing(around, "board"),
        thread=row.get("thread_num") or row["num"],
        author_id=row.get("poster_hash_processed") or row.get("poster_hash"),
        time=row.get("timestamp"),
        origin=origin,
    )


def _is_lynxchan(row: Row) -> bool:
    return ("postId" in row or "threadId" in row) and ("message" in row or "markdown" in row)


def _lynxchan(row: Row, around: Around, origin: str) -> Post:
    """LynxChan: ``message`` is the raw text, ``creation`` ISO time; the thread encloses replies."""
    thread = row.get("threadId") or _enclosing(around, "threadId")
    raw = row.get("message")
    return _post(
        row.get("postId") or thread,
        raw if raw is not None else row.get("markdown"),
        html=raw is None,
        board=row.get("boardUri") or _enclosing(around, "boardUri"),
        thread=thread,
        author_id=row.get("id"),
        time=row.get("creation"),
        origin=origin,
    )


_FORMS: tuple[tuple[str, Callable[[Row], bool], Callable[[Row, Around, str], Post]], ...] = (
    ("lynxchan-json", _is_lynxchan, _lynxchan),
    ("foolfuuka-json", _is_foolfuuka, _foolfuuka),
    ("imageboard-json", _is_imageboard, _imageboard),
)


def form_of(row: Row, columns: Columns) -> str | None:
    """Return the name of the form of post that *row* is, or ``None`` if it is none."""
    if not columns.given:
        for name, fits, _ in _FORMS:
            if fits(row):
                return name
    return "rows" if has_text(row, columns) else None


def post_from(
    row: Row, around: Around, *, form: str, origin: str, place: str, columns: Columns
) -> Post | None:
    """Return the post in *row*, which is of *form*; ``None`` if it holds no text."""
    for name, _, build in _FORMS:
        if name == form:
            return build(row, around, origin)
    return post_from_row(row, origin=origin, place=place, columns=columns)


def _enclosing(around: Around, key: str) -> Any:  # noqa: ANN401  whatever the file holds
    return next((row[key] for row in around if key in row), None)


def _post(
    number: object,
    written: object,
    *,
    html: bool,
    board: object,
    thread: object,
    author_id: object,
    time: object,
    origin: str,
) -> Post:
    raw = written[:LONGEST_POST] if isinstance(written, str) else ""
    text, offsets = undo_markup(raw) if html else plain_text(raw)
    kept, pairs = trimmed(clean(text), offsets)
    posted_at = from_unix(time) or from_iso(time)
    return Post(
        id=str(number),
        text=kept,
        board=_name(board),
        thread=_name(thread),
        author_id=_name(author_id),
        posted_at=posted_at,
        zone_rule="UTC" if posted_at is not None else None,
        replies_to=replies_in(kept),
        origin=origin,
        raw_offsets=pairs,
    )


def _name(value: object) -> str | None:
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    return clean(str(value)).strip()[:200] or None
