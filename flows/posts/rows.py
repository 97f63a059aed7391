"""A row of somebody's export as a post: JSON objects, table rows, Reddit dumps."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flows.posts.columns import Columns, plain_name
from flows.posts.draft import LONGEST_POST, clean, from_iso, from_unix, trimmed
from flows.posts.markup import plain_text
from flows.posts.pieces import PIECES, joined, whole_text, with_whole_addresses
from flows.posts.replies import replies_in
from flows.records import Post

Row = Mapping[str, Any]

_REDDIT_KIND = re.compile(r"t[1-6]_")
_DELETED = {"[deleted]", "[removed]"}


def post_from_row(row: Row, *, origin: str, place: str, columns: Columns) -> Post | None:
    """Return *row* as a post, or ``None`` if it holds no text.

    A row without an id goes by its *place* in the file.
    """
    lower = {plain_name(str(key)): value for key, value in row.items()}
    text = _text(lower, columns)
    if text is None:
        return None
    raw = text[:LONGEST_POST]
    words, offsets = plain_text(raw)
    kept, pairs = trimmed(clean(words), offsets)
    posted_at, rule = _time(_first(lower, "time", columns))
    return Post(
        id=_REDDIT_KIND.sub("", _string(_first(lower, "id", columns)) or "") or place,
        text=kept,
        board=_string(_first(lower, "board", columns)),
        thread=_thread(lower, columns),
        author_id=_string(_first(lower, "author_id", columns)),
        posted_at=posted_at,
        zone_rule=rule,
        permalink=_permalink(lower, columns),
        replies_to=_replies(lower, columns, kept),
        origin=origin,
        raw_offsets=pairs,
    )


def has_text(row: Row, columns: Columns) -> bool:
    """Whether *row* has one of the keys under which a post's text is found."""
    keys = {plain_name(str(key)) for key in row}
    return any(name in keys for name in columns.names("text"))


def _first(row: Row, part: str, columns: Columns) -> object:
    for name in columns.names(part):
        value = row.get(name)
        if value not in (None, "", [], {}):
            return value
    return None


def _text(row: Row, columns: Columns) -> str | None:
    """Return the words of a row; a post of a link alone has its title and that link."""
    whole = whole_text(row)
    written = {name: whole.get(name) for name in columns.names("text")}
    texts = (joined(value) if name in PIECES else value for name, value in written.items())
    body = next((text for text in texts if isinstance(text, str)), None)
    if body is None:
        return None
    body = with_whole_addresses(body, whole)
    title = _string(_first(row, "title", columns))
    linked = row.get("url_overridden_by_dest") or (row.get("url") if "selftext" in row else None)
    linked = linked if isinstance(linked, str) and not row.get("is_self") else None
    if not body.strip() or body.strip() in _DELETED:
        return "\n\n".join(part for part in (title, linked) if part)
    return f"{body}\n\n{linked}" if linked and linked not in body else body


def _string(value: object) -> str | None:
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, Mapping):
        value = next((value[key] for key in ("shortname", "name", "id") if key in value), None)
        return _string(value) if not isinstance(value, Mapping) else None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, str | int | float):
        return clean(str(value)).strip()[:500] or None
    return None


def _thread(row: Row, columns: Columns) -> str | None:
    thread = _string(_first(row, "thread", columns))
    return _REDDIT_KIND.sub("", thread) if thread else None


def _permalink(row: Row, columns: Columns) -> str | None:
    link = _string(_first(row, "permalink", columns))
    if link is None:
        return None
    if link.startswith("/r/"):
        return f"https://www.reddit.com{link}"
    return link if re.match(r"https?://", link, re.IGNORECASE) else None


def _replies(row: Row, columns: Columns, text: str) -> tuple[str, ...]:
    named = _first(row, "replies_to", columns)
    listed = named if isinstance(named, list) else [named]
    ids = [_REDDIT_KIND.sub("", found) for item in listed if (found := _string(item))]
    return tuple(dict.fromkeys([*ids, *replies_in(text)]))


#: Times that name their zone: of mail (RFC 5322), and of Twitter's exports.
_OF_MAIL = re.compile(
    r"(?:[A-Za-z]{3}, )?\d{1,2} [A-Za-z]{3} \d{4} \d\d:\d\d(?::\d\d)? (?:[+-]\d{4}|GMT|UTC?)"
)
_OF_TWITTER = re.compile(r"([A-Za-z]{3}) ([A-Za-z]{3}) (\d\d) (\d\d:\d\d:\d\d) ([+-]\d{4}) (\d{4})")


def _other_time(value: object) -> datetime | None:
    written = value.strip() if isinstance(value, str) else ""
    if found := _OF_TWITTER.fullmatch(written):
        _, month, day, time, zone, year = found.groups()
        written = f"{day} {month} {year} {time} {zone}"
    if _OF_MAIL.fullmatch(written) is None:
        return None
    try:
        from email.utils import parsedate_to_datetime  # noqa: PLC0415  10 ms to load, for one spelling

        return from_iso(parsedate_to_datetime(written).isoformat())
    except ValueError:
        return None


def _time(value: object) -> tuple[datetime | None, str | None]:
    found = from_unix(value)
    if found is not None:
        return found, "UTC"
    found = from_iso(value)
    if found is None:
        found = _other_time(value)
        return found, "as written" if found is not None else None
    zoned = re.search(r"(?:Z|[+-]\d\d:?\d\d)\s*\Z", str(value)) is not None
    return found, "as written" if zoned else "UTC (no zone given)"
