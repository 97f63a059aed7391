"""The postings in which a document was published, as its page lists them.

The markup of that list is not known for certain, so it is read liberally:
links are titles and dates are dates, whichever comes first and however deep
they are wrapped; without links, lines are titles and the dates beside them.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise

from flows.pages.dates import DATE
from flows.pages.layout import Layout
from flows.pages.regions import Cover, Region
from flows.pages.tags import attribute
from flows.records import FieldName, Posting

_NOT_A_TITLE = re.compile(
    r"(?:read|view|see|learn|show)? ?(?:more|posting|all|details|document|here)?\W*", re.IGNORECASE
)
_AROUND_DATE = " \t\n\u00a0,;:|·•()[]–—-"
_AROUND_TITLE = " \t\n\u00a0,;|·•"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Span:
    start: int
    end: int


def read_postings(layout: Layout, regions: list[Region]) -> list[Posting]:
    """Return the postings in *regions*, in the page's order, each once."""
    postings: list[Posting] = []
    for region in regions:
        if region.name is FieldName.POSTING:
            postings.extend(_in_region(layout, region))
    seen: set[tuple[str, str | None]] = set()
    return [
        posting
        for posting in postings
        if (posting.title, posting.date) not in seen and not seen.add((posting.title, posting.date))  # type: ignore[func-returns-value]  # set.add gives None
    ]


def _in_region(layout: Layout, region: Region) -> list[Posting]:
    dates = _dates(layout, region)
    titles = _linked_titles(layout, region, dates) or _line_titles(layout, region, dates)
    # A date inside a title's own words ("Moscow, November 1994: …") is not
    # the posting's date; it has been left in the title.
    taken = Cover((title.start, title.end) for title in titles)
    free = [day for day in dates if day.start not in taken]
    date_first = bool(free and titles and free[0].start < titles[0].start)
    postings = []
    for place, title in enumerate(titles):
        if date_first:
            low = titles[place - 1].end if place else region.start
            high = title.start
        else:
            low = title.end
            high = titles[place + 1].start if place + 1 < len(titles) else region.end
        day = next(iter(_between(free, low, high)), None)
        postings.append(_posting(layout, title, day))
    return postings


def _between(spans: list[_Span], low: int, high: int) -> list[_Span]:
    """Return those of the sorted *spans* that begin in ``low <= start < high``."""
    first = bisect_left(spans, low, key=lambda span: span.start)
    last = bisect_left(spans, high, key=lambda span: span.start)
    return spans[first:last]


def _dates(layout: Layout, region: Region) -> list[_Span]:
    """Return the dates of the region; the ends of a link part words that touch."""
    links = (layout.span(tag) for tag in layout.tags.named("a"))
    cuts = {at for span in links for at in span if region.start < at < region.end}
    bounds = sorted({region.start, region.end} | cuts)
    return [
        _Span(start=low + found.start(), end=low + found.end())
        for low, high in pairwise(bounds)
        for found in DATE.finditer(layout.text[low:high])
    ]


def _posting(layout: Layout, title: _Span, day: _Span | None) -> Posting:
    return Posting(
        title=layout.text[title.start : title.end],
        date=None if day is None else layout.text[day.start : day.end],
        start=title.start if day is None else min(title.start, day.start),
        end=title.end if day is None else max(title.end, day.end),
    )


def _linked_titles(layout: Layout, region: Region, dates: list[_Span]) -> list[_Span]:
    titles: list[_Span] = []
    for tag in layout.tags.named("a"):
        start, end = layout.span(tag)
        if not region.start <= start < end <= region.end or not _is_posting(attribute(tag, "href")):
            continue
        span = _without_date(layout, start, end, dates)
        words = layout.text[span.start : span.end]
        if words and not _NOT_A_TITLE.fullmatch(words) and (not titles or titles[-1] != span):
            titles.append(span)
    return titles


def _is_posting(address: str) -> bool:
    """Whether a link may lead to a posting, not to the document's own file or text below."""
    path = address.split("?", 1)[0].lower()
    return bool(path) and not (path.endswith(".pdf") or "/media/" in path or "/files/" in path)


def _line_titles(layout: Layout, region: Region, dates: list[_Span]) -> list[_Span]:
    titles = []
    at = region.start
    for line in re.split(r"([\n\t])", layout.text[region.start : region.end]):
        span = _without_date(layout, at, at + len(line), dates)
        words = layout.text[span.start : span.end]
        if any(character.isalpha() for character in words) and not _NOT_A_TITLE.fullmatch(words):
            titles.append(span)
        at += len(line)
    return titles


def _without_date(layout: Layout, start: int, end: int, dates: list[_Span]) -> _Span:
    """Return the span without a date that opens or closes it, and without what joined them."""
    for day in _between(dates, start, end):
        before = layout.text[start : day.start]
        after = layout.text[day.end : end]
        if not after.strip(_AROUND_DATE):
            return _trimmed(layout, start, day.start, _AROUND_DATE)
        if not before.strip(_AROUND_DATE):
            return _trimmed(layout, day.end, end, _AROUND_DATE)
    return _trimmed(layout, start, end, _AROUND_TITLE)


def _trimmed(layout: Layout, start: int, end: int, around: str) -> _Span:
    piece = layout.text[start:end]
    left = piece.lstrip(around)
    start += len(piece) - len(left)
    right = left.rstrip(around)
    # "Budapest (Part 1)": a bracket that was opened inside stays closed.
    while (
        len(right) < len(left) and left[len(right)] in ")]" and right.count("(") > right.count(")")
    ):
        right = left[: len(right) + 1]
    return _Span(start=start, end=start + len(right))
