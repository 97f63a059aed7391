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
"""

import re
from collections.abc import Sequence

from flows.citations.fields import Block
from flows.records import Link, LinkKind

BLOCK, ONLY_LINK, CUE, NEAREST = "block", "only_link", "cue", "nearest"
REPLY, CANDIDATE = "reply", "candidate"

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


def other_addresses(text: str, links: Sequence[Link]) -> list[tuple[int, int]]:
    """Return the spans of addresses in *text* that are not the Archive's."""
    spans = [found.span() for found in _ANY_ADDRESS.finditer(text)]
    return [
        (start, end)
        for start, end in spans
        if not any(link.start < end and start < link.end for link in links)
    ]


def nearest_first(start: int, end: int, links: Sequence[Link]) -> list[Link]:
    """Return the usable *links*, nearest to ``[start, end)`` first, later ones before earlier."""
    usable = [link for link in links if link.canonical_url is not None]
    return sorted(usable, key=lambda link: (_gap(start, end, link.start, link.end), -link.start))


def addresses(links: Sequence[Link]) -> tuple[str, ...]:
    """Return the canonical addresses of *links*, each once, in order."""
    return tuple(dict.fromkeys(link.canonical_url for link in links if link.canonical_url))


def bind_words(
    text: str, start: int, end: int, links: Sequence[Link], others: Sequence[tuple[int, int]]
) -> tuple[tuple[str, ...], str]:
    """Return the addresses that may vouch for ``text[start:end]``, and the rule.

    Words that stand nearer to somebody else's address are quoted from there
    as far as anyone can tell: they are ``candidate``.
    """
    ordered = nearest_first(start, end, links)
    urls = addresses(ordered)
    if not urls:
        return (), ""
    first = ordered[0]
    distance = _gap(start, end, first.start, first.end)
    if any(_gap(start, end, *other) < distance for other in others):
        return urls, CANDIDATE
    if len(urls) == 1:
        return urls, ONLY_LINK
    cued = _CUE.search(text, max(0, first.start - 40), first.start) is not None
    return urls, CUE if cued and distance <= _BESIDE else NEAREST


def bind_block(place: int, blocks: Sequence[Block], links: Sequence[Link]) -> tuple[str, ...]:
    """Return the addresses that may vouch for the fields of ``blocks[place]``.

    A copied page is followed by its address, as the samples are, or headed by
    it; which of the two a post does shows at its first and last block.
    """
    block = blocks[place]
    usable = [link for link in links if link.canonical_url is not None]
    floor = blocks[place - 1].end if place else 0
    ceiling = blocks[place + 1].start if place + 1 < len(blocks) else float("inf")
    after = [link for link in usable if block.start <= link.start < ceiling]
    before = [link for link in usable if floor <= link.start < block.start]
    headed = any(link.start < blocks[0].start for link in usable) and not any(
        link.start >= blocks[-1].start for link in usable
    )
    before.reverse()
    sides = (before, after) if headed else (after, before)
    chosen = [*_documents_first(sides[0]), *_documents_first(sides[1])]
    rest = nearest_first(block.start, block.end, usable)
    return addresses([*chosen, *rest])


def _documents_first(links: Sequence[Link]) -> list[Link]:
    return sorted(links, key=lambda link: link.kind is not LinkKind.DOCUMENT)


def _gap(start: int, end: int, other_start: int, other_end: int) -> int:
    return max(0, other_start - end, start - other_end)
