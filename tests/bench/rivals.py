"""Other programs that find a passage in a text, each within the lengths it can bear.

Each returns the span of the best place it finds, or ``None``. Where a rival
gives a score, the usual threshold decides whether it claims to have found
anything: 70 of 100 for rapidfuzz, three errors in ten letters for edlib.
"""

import difflib
from collections.abc import Callable
from dataclasses import dataclass

import edlib
from fuzzysearch import find_near_matches
from rapidfuzz import fuzz

Span = tuple[int, int]
Locate = Callable[[str, str], Span | None]


def by_rapidfuzz(quote: str, text: str) -> Span | None:
    """Return what ``partial_ratio_alignment`` finds, if it scores 70 or more."""
    found = fuzz.partial_ratio_alignment(quote, text)
    return (found.dest_start, found.dest_end) if found and found.score >= 70 else None


def by_rapidfuzz_with_cutoff(quote: str, text: str) -> Span | None:
    """Return the same, told beforehand that less than 70 is of no interest."""
    found = fuzz.partial_ratio_alignment(quote, text, score_cutoff=70)
    return (found.dest_start, found.dest_end) if found else None


def by_edlib(quote: str, text: str) -> Span | None:
    """Return what an infix alignment finds, at three errors in ten letters at most."""
    found = edlib.align(quote, text, mode="HW", task="locations", k=max(1, len(quote) * 3 // 10))
    if found["editDistance"] < 0:
        return None
    start, end = found["locations"][0]
    return start, end + 1


def by_difflib(quote: str, text: str) -> Span | None:
    """Return the hull of the matching words, as difflib aligns them."""
    wanted = quote.split()
    words, spans, at = [], [], 0
    for word in text.split():
        at = text.index(word, at)
        words.append(word)
        spans.append((at, at + len(word)))
        at += len(word)
    matcher = difflib.SequenceMatcher(None, words, wanted, autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    if sum(block.size for block in blocks) < 0.5 * len(wanted):
        return None
    return spans[blocks[0].a][0], spans[blocks[-1].a + blocks[-1].size - 1][1]


def by_fuzzysearch(quote: str, text: str) -> Span | None:
    """Return the nearest match within one error in ten letters."""
    found = find_near_matches(quote, text, max_l_dist=max(1, len(quote) // 10))
    if not found:
        return None
    best = min(found, key=lambda match: match.dist)
    return best.start, best.end


@dataclass(frozen=True, slots=True)
class Rival:
    """A rival, and the longest quotation and text it is asked about."""

    name: str
    package: str
    locate: Locate
    most_quote: int
    most_text: int


RIVALS = (
    # Its search is not bounded by anything but the product of the lengths.
    Rival("rapidfuzz", "rapidfuzz", by_rapidfuzz, 2000, 2_100_000),
    Rival("edlib", "edlib", by_edlib, 20_000, 2_100_000),
    Rival("rapidfuzz, cutoff 70", "rapidfuzz", by_rapidfuzz_with_cutoff, 2000, 2_100_000),
    Rival("difflib on words", "python", by_difflib, 2000, 210_000),
    Rival("fuzzysearch", "fuzzysearch", by_fuzzysearch, 450, 210_000),
)
