"""Posts copied as text from a dChan thread page.

Each begins with a header line such as

    Anonymous ID: 13825e March 1, 2025, 5:11 p.m. No.22684108 …

whose time is shown in Los Angeles, in Django's ``N j, Y, P`` form (``5 p.m.``,
``noon``). What follows the number on that line (archive marks, backlinks cut
to four digits) says nothing about the post. The page does not name its board.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from zoneinfo import ZoneInfo

from flows.posts.draft import LONGEST_POST, Yielded, clean, trimmed
from flows.posts.encoding import decoded
from flows.posts.replies import replies_in
from flows.posts.scanning import stretches_with_links
from flows.posts.streams import Bytes, Piece, pieces_of
from flows.records import Post, Unreadable

ZONE = "America/Los_Angeles"

#: Longer lines than this are never headers.
_LONGEST_HEADER = 2_000

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
#: Time and number, with every run of blanks made one blank. Searched for, not
#: matched from the start, so that a line made to be slow is not.
_STAMP = re.compile(
    r"(?P<month>[A-Z][a-z]{2,8})\.? (?P<day>\d{1,2}), (?P<year>\d{4}), "
    r"(?P<hour>noon|midnight|\d{1,2}(?::\d\d)? ?[ap]\.?m\.?) ?"
    r"(?:\([^()]{1,40}\) ?)?No\. ?(?P<number>\d{1,15})(?!\d)"
)
_ID = re.compile(r"\bID: ?(?P<id>[0-9A-Za-z+/._-]{4,12})(?= |\Z)")
#: Name, trip code and subject before the time take no more than this.
_LONGEST_NAME = 400


def is_header(line: bytes) -> bool:
    """Whether *line* opens a post.

    >>> is_header(b"Anonymous ID: 13825e March 1, 2025, 5:11 p.m. No.22684108 >>4347")
    True
    """
    return _header(line) is not None


def _header(line: bytes) -> "_Header | None":
    start = line[:_LONGEST_HEADER]
    if b"No." not in start:
        return None
    words = " ".join(decoded(start).split())
    stamp = _STAMP.search(words)
    if stamp is None or not 0 < stamp.start() <= _LONGEST_NAME:
        return None
    author = _ID.search(words, 0, stamp.start())
    return _Header(
        number=stamp.group("number"),
        author_id=author.group("id") if author is not None else None,
        posted_at=_time(stamp),
    )


@dataclass(frozen=True, slots=True)
class _Header:
    """What the line above a post says of it."""

    number: str
    author_id: str | None
    posted_at: datetime | None


def read_dchan_text(
    source: Bytes, *, origin: str, only_with_links: bool = False
) -> Iterator[Yielded]:
    """Yield the posts in a copied thread page; words before the first header are named."""
    if not only_with_links:
        yield from _read(pieces_of(source), origin)
        return
    for stretch in stretches_with_links(source, is_header):
        yield from _read(pieces_of(Bytes(BytesIO(stretch))), origin)


def _read(pieces: Iterable[Piece], origin: str) -> Iterator[Yielded]:
    header: _Header | None = None
    body: list[bytes] = []
    size = 0
    lost = 0
    before = 0
    fresh = True
    for piece in pieces:
        found = _header(piece.text) if fresh and piece.ended else None
        fresh = piece.ended
        if found is not None:
            if header is not None:
                yield from _post(header, body, lost, origin)
            header, body, size, lost = found, [], 0, 0
            continue
        if header is None:
            before += bool(piece.text.strip())
            continue
        if size < LONGEST_POST:
            body.append(piece.text + (b"\n" if piece.ended else b""))
            size += len(body[-1])
        else:
            lost += len(piece.text)
    if header is not None:
        yield from _post(header, body, lost, origin)
    if before:
        noun = "line" if before == 1 else "lines"
        yield Unreadable(place="start", reason=f"{before} {noun} before the first post's header")


def _post(header: _Header, body: list[bytes], lost: int, origin: str) -> Iterator[Yielded]:
    text, offsets = trimmed(clean(decoded(b"".join(body))))
    number = header.number
    yield Post(
        id=number,
        text=text,
        author_id=header.author_id,
        posted_at=header.posted_at,
        zone_rule=ZONE,
        replies_to=replies_in(text),
        origin=origin,
        raw_offsets=offsets,
    )
    if lost:
        yield Unreadable(
            place=f"post {number}",
            reason=f"the post is longer than {LONGEST_POST} bytes; the rest was left out",
        )


def _time(stamp: re.Match[str]) -> datetime | None:
    """Return the time in UTC; an hour that came twice in autumn is taken as the first."""
    try:
        month = _MONTHS.index(stamp.group("month")[:3].lower()) + 1
        hour, minute = _hour(stamp.group("hour"))
        shown = datetime(
            int(stamp.group("year")), month, int(stamp.group("day")), hour, minute,
            tzinfo=ZoneInfo(ZONE),
        )  # fmt: skip
        return shown.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _hour(written: str) -> tuple[int, int]:
    if written in {"noon", "midnight"}:
        return (12 if written == "noon" else 0), 0
    digits = re.findall(r"\d+", written)
    minute = int(digits[1]) if len(digits) > 1 else 0
    return int(digits[0]) % 12 + (12 if "p" in written else 0), minute
