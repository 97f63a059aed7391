"""Lines on their own that may be a page's title, date or source, although no label says so.

Only the page can tell them from a headline of the poster's: they are
``candidate`` claims of a field that is not named yet.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from flows.citations.binding import CANDIDATE, Surroundings, bind_words
from flows.citations.dates import is_date
from flows.citations.labels import label_on
from flows.citations.layout import lines_of
from flows.records import CheckKind, Claim, Link

#: Titles of the Archive's pages are shorter.
LONGEST = 300
#: Lines of one post that are looked at; who pastes more pastes pages, not headings.
MOST_LINES = 300

_DECORATION = "*_~|•·▪#=-–— \t\u00a0"
_QUOTES = "“„«\"'‘>"


def find_lone_lines(text: str, links: Sequence[Link], claims: Sequence[Claim]) -> list[Claim]:
    r"""Return a claim for each line of *text* that may be a field and is none of *claims*, in order.

    >>> from flows.citations import find_links
    >>> text = "A Dinner in May\nMay 4, 1962\nhttps://nsarchive.gwu.edu/document/33560-dinner"
    >>> [claim.exact for claim in find_lone_lines(text, find_links(text), [])]
    ['A Dinner in May', 'May 4, 1962']
    """
    around = Surroundings(text, links)
    return list(_lone_lines(around, claims)) if around.links else []


def _lone_lines(around: Surroundings, claims: Sequence[Claim]) -> Iterator[Claim]:
    text, left = around.text, MOST_LINES
    labelled = sorted((claim.start, claim.end) for claim in claims if claim.field is not None)
    for number, line in enumerate(lines_of(text)):
        label = label_on(text, line, number)
        if label is not None and label.alone:
            continue
        start, end = _bare(text, label.value_start if label is not None else line.start, line.end)
        if start >= end or end - start > LONGEST or _touches(labelled, start, end):
            continue
        if around.spans_in(line.start, line.end) or around.in_address(start, end):
            continue
        words = text[start:end]
        if words[0] in _QUOTES or (len(words.split()) < 2 and not is_date(words)):
            continue
        urls, _ = bind_words(around, start, end)
        yield Claim(
            kind=CheckKind.FIELD, start=start, end=end, exact=words, urls=urls, binding=CANDIDATE
        )
        left -= 1
        if not left:
            return


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    """Return ``start, end`` without marks of headings and of emphasis."""
    while start < end and text[start] in _DECORATION:
        start += 1
    while start < end and text[end - 1] in _DECORATION:
        end -= 1
    return start, end


def _touches(taken: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    place = bisect_right(taken, (end,)) - 1
    return place >= 0 and taken[place][1] > start
