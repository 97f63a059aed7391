"""Which link vouches for which words.

Whether a source really holds the words is decided later, with its text at
hand; here the post's links are put in the order in which to ask them, and it
is said by which rule the first one was chosen:

``block``      the link of the copied document page whose fields these are
``only_link``  the post links to one page of the Archive
``cue``        the link is introduced beside the words ("source: …")
``nearest``    the link that stands nearest
``reply``      the link stands in a post answered, or in an answer
``candidate``  nothing says that these words are quoted; a source has to show it
``mentioned``  marks set the words off, as they do a title or a term; the same holds
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from flows.citations.fields import Block
from flows.records import Link, LinkKind

BLOCK, ONLY_LINK, CUE, NEAREST = "block", "only_link", "cue", "nearest"
REPLY, CANDIDATE, MENTIONED = "reply", "candidate", "mentioned"

_ANY_ADDRESS = re.compile(
    r"(?:https?|hxxps?)://[^\s<>\"]{4,2000}|\bwww\.[\w-]+\.[a-z]{2,}[^\s<>\"]{0,2000}",
    re.IGNORECASE,
)
_CUE = re.compile(
    r"(?:sources?|sauce|quelle|fuente|via|from|link|see|read(?:\s+more)?|here|original|document)"
    r"\s*(?:is|at)?\s*[:：=–—-]*\s*[<(\[]*\s*\Z",
    re.IGNORECASE,
)
#: A link further away than this, in code points, is not "beside" the words.
_BESIDE = 200
#: As many sources on either side may be asked for one stretch of words.
MOST_SOURCES = 40


class Surroundings:
    """The addresses of a post in order of place, asked which are nearest to some words.

    ``links`` are the Archive's usable ones, ``others`` the spans of everybody
    else's, ``spans`` those of all addresses.
    """

    def __init__(self, text: str, links: Sequence[Link]) -> None:
        self.text = text
        self.links = [link for link in links if link.canonical_url is not None]
        known = [(link.start, link.end) for link in links]
        self.others = list(_outside(_ANY_ADDRESS.finditer(text), known))
        self.spans = sorted([*known, *self.others])
        self._starts = [link.start for link in self.links]
        self._other_starts = [start for start, _ in self.others]

    def nearest_first(self, start: int, end: int) -> list[Link]:
        """Return the links nearest to ``[start, end)``, later ones before earlier.

        At most ``MOST_SOURCES`` of each side, so that a post of links and
        quotations only is still bound in linear time.
        """
        place = bisect_left(self._starts, start)
        near = self.links[max(0, place - MOST_SOURCES) : place + MOST_SOURCES]
        return sorted(near, key=lambda link: (_gap(start, end, link.start, link.end), -link.start))

    def spans_in(self, start: int, end: int) -> list[tuple[int, int]]:
        """Return the spans of the addresses that begin in ``[start, end)``."""
        first = bisect_left(self.spans, (start, 0))
        return self.spans[first : bisect_left(self.spans, (end, 0))]

    def in_address(self, start: int, end: int) -> bool:
        """Whether ``[start, end)`` is part of an address."""
        place = bisect_left(self.spans, (start + 1, 0))
        return place > 0 and end <= self.spans[place - 1][1]

    def other_gap(self, start: int, end: int) -> float:
        """Return how far the nearest address of somebody else is, in code points."""
        place = bisect_left(self._other_starts, start)
        near = self.others[max(0, place - 1) : place + 1]
        return min((_gap(start, end, *other) for other in near), default=float("inf"))


def _outside(
    found: Iterable[re.Match[str]], known: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Yield the spans of *found* that touch none of *known*; both are in order of place."""
    place = 0
    for match in found:
        start, end = match.span()
        while place < len(known) and known[place][1] <= start:
            place += 1
        if place == len(known) or known[place][0] >= end:
            yield start, end


def addresses(links: Sequence[Link]) -> tuple[str, ...]:
    """Return the canonical addresses of *links*, each once, in order.

    A capture that a link names stands before its page: it is what was cited.
    """
    named = (url for link in links for url in (link.capture_url, link.canonical_url))
    return tuple(dict.fromkeys(url for url in named if url is not None))


def bind_words(around: Surroundings, start: int, end: int) -> tuple[tuple[str, ...], str]:
    """Return the addresses that may vouch for the words at ``[start, end)``, and the rule.

    Words that stand nearer to somebody else's address are quoted from there
    as far as anyone can tell: they are ``candidate``.
    """
    ordered = around.nearest_first(start, end)
    urls = addresses(ordered)
    if not urls:
        return (), ""
    first = ordered[0]
    distance = _gap(start, end, first.start, first.end)
    if around.other_gap(start, end) < distance:
        return urls, CANDIDATE
    if len({link.canonical_url for link in ordered}) == 1:
        return urls, ONLY_LINK
    cued = _CUE.search(around.text, max(0, first.start - 40), first.start) is not None
    return urls, CUE if cued and distance <= _BESIDE else NEAREST


def bind_block(place: int, blocks: Sequence[Block], around: Surroundings) -> tuple[str, ...]:
    """Return the addresses that may vouch for the fields of ``blocks[place]``.

    A copied page is followed by its address, as the samples are, or headed by
    it; which of the two a post does shows at its first and last block.
    """
    block = blocks[place]
    floor = blocks[place - 1].end if place else 0
    ceiling = blocks[place + 1].start if place + 1 < len(blocks) else float("inf")
    near = around.nearest_first(block.start, block.end)
    near.sort(key=lambda link: link.start)
    after = [link for link in near if block.start <= link.start < ceiling]
    before = [link for link in reversed(near) if floor <= link.start < block.start]
    links = around.links
    headed = bool(links) and links[0].start < blocks[0].start and links[-1].start < blocks[-1].start
    sides = (before, after) if headed else (after, before)
    chosen = [*_documents_first(sides[0]), *_documents_first(sides[1])]
    return addresses([*chosen, *around.nearest_first(block.start, block.end)])


def _documents_first(links: Sequence[Link]) -> list[Link]:
    return sorted(links, key=lambda link: link.kind is not LinkKind.DOCUMENT)


def _gap(start: int, end: int, other_start: int, other_end: int) -> int:
    return max(0, other_start - end, start - other_end)
