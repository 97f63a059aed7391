"""What every form of post has in common: clean text, bounded size, time in UTC."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TypeAlias

from flows.records import Post, Unreadable

#: What a form yields: posts, and what could not be read, in order of place.
Yielded: TypeAlias = Post | Unreadable

#: The longest text of one post, in bytes; what goes beyond is named as
#: unreadable. Boards allow 20,000, mailing lists a few hundred thousand.
LONGEST_POST = 4_000_000

_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_YEARS = range(1990, 2101)


def clean(text: str) -> str:
    """Return *text* with characters replaced, one for one, that no UTF-8 file can hold."""
    if "\x00" in text or not text.isprintable():
        text = _CONTROL.sub("\ufffd", text)
        text = _SURROGATE.sub("\ufffd", text)
    return text


def trimmed(
    text: str, offsets: Iterable[tuple[int, int]] = ((0, 0),)
) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return *text* without blank lines at its ends, and its offsets to match.

    *offsets* pairs places of *text* with places of the raw form; the result
    is empty where both are the same.
    """
    start = len(text) - len(text.lstrip())
    start = text.rfind("\n", 0, start) + 1
    end = len(text.rstrip())
    kept = text[start:end]
    pairs: list[tuple[int, int]] = []
    for place, raw in offsets:
        if place <= start:
            pairs = [(0, raw + start - place)]
        elif place <= end:
            pairs.append((place - start, raw))
    if all(place == raw for place, raw in pairs):
        return kept, ()
    return kept, tuple(pairs)


def from_unix(seconds: object) -> datetime | None:
    """Return the time of a Unix time stamp in seconds or milliseconds, if it is a sane one."""
    if isinstance(seconds, str) and re.fullmatch(r"\d{9,17}(?:\.\d+)?", seconds):
        seconds = float(seconds)
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        return None
    value = float(seconds)
    while value > 1e11:
        value /= 1_000
    try:
        found = datetime.fromtimestamp(value, UTC)
    except (OverflowError, OSError, ValueError):
        return None
    return found if found.year in _YEARS else None


def from_iso(written: object) -> datetime | None:
    """Return the time of an ISO 8601 string; one without a zone is taken as UTC."""
    if not isinstance(written, str):
        return None
    # Years first are the same with slashes.
    dated = re.sub(r"\A\s*(\d{4})/(\d\d)/(\d\d)(?!\d)", r"\1-\2-\3", written)
    try:
        found = datetime.fromisoformat(dated.strip())
        found = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return found if found.year in _YEARS else None
