"""Where a pattern stands in a text with the fewest edits, anywhere in it.

edlib (Myers 1999, banded) does it where it is installed; elsewhere the same
recurrence runs on Python's big integers, slower and with the same result.
"""

from typing import NamedTuple

from flows.matching.words.effort import spend

try:
    import edlib
except ImportError:  # no wheel for this machine
    edlib = None


#: Pairs of letters that are compared in one step of work.
_CELLS_A_STEP = 16_000


class Hit(NamedTuple):
    """``text[start:end]`` is ``distance`` edits away from the pattern."""

    start: int
    end: int
    distance: int


def nearest(pattern: bytes, text: bytes, limit: int) -> list[Hit]:
    """Return the places of *text* nearest to *pattern*, at most *limit* edits away.

    All places of the smallest distance are returned, one for each end, in
    order; ends that touch belong to one place, whose first end counts. A place
    starts where the shortest such stretch starts.

    >>> nearest(b"treaty", b"thetreetyandthetreatx", 2)
    [Hit(start=3, end=9, distance=1), Hit(start=15, end=20, distance=1)]
    """
    if not pattern or not text or limit < 0:
        return []
    spend(len(pattern) * len(text) // _CELLS_A_STEP)
    # As many edits as letters would be a place that shares nothing.
    distance, ends = _ends(pattern, text, min(limit, len(pattern) - 1))
    hits: list[Hit] = []
    last = -2
    backwards = pattern[::-1]
    for end in ends:
        if end > last + 1:
            reach = text[max(0, end - len(pattern) - distance) : end][::-1]
            hits.append(Hit(end - _length(backwards, reach, distance), end, distance))
        last = end
    return hits


def _ends(pattern: bytes, text: bytes, limit: int) -> tuple[int, list[int]]:
    """Return the least distance and every end (exclusive) at which it is reached."""
    if edlib is None:
        return ends_in_python(pattern, text, limit)
    found = edlib.align(pattern, text, mode="HW", task="distance", k=limit)
    distance: int = found["editDistance"]
    if distance < 0:
        return -1, []
    return distance, sorted({end + 1 for _, end in found["locations"]})


def _length(pattern: bytes, text: bytes, limit: int) -> int:
    """Return the length of the shortest prefix of *text* within *limit* edits of *pattern*."""
    if edlib is not None:
        found = edlib.align(pattern, text, mode="SHW", task="distance", k=limit)
        if found["editDistance"] >= 0:
            return min(end + 1 if end is not None else 0 for _, end in found["locations"])
        return len(text)
    return prefix_in_python(pattern, text)


def ends_in_python(pattern: bytes, text: bytes, limit: int) -> tuple[int, list[int]]:
    """Do what ``_ends`` does without edlib."""
    scores = _scores(pattern, text, anchored=False)
    best = min(scores)
    if best > limit:
        return -1, []
    return best, [place + 1 for place, score in enumerate(scores) if score == best]


def prefix_in_python(pattern: bytes, text: bytes) -> int:
    """Do what ``_length`` does without edlib."""
    scores = _scores(pattern, text, anchored=True)
    if not scores:
        return 0
    return scores.index(min(scores)) + 1


def _scores(pattern: bytes, text: bytes, *, anchored: bool) -> list[int]:
    """Return the edit distance of *pattern* at each end in *text*.

    Hyyrö 2003, figure 8, with one machine word as long as the pattern;
    *anchored* makes every place start where the text starts.
    """
    length = len(pattern)
    peq: dict[int, int] = {}
    for place, byte in enumerate(pattern):
        peq[byte] = peq.get(byte, 0) | 1 << place
    mask = (1 << length) - 1
    high = 1 << (length - 1)
    positive, negative, score = mask, 0, length
    scores: list[int] = []
    for byte in text:
        equal = peq.get(byte, 0)
        carry = (((equal & positive) + positive) ^ positive) | equal | negative
        up = negative | ~(carry | positive) & mask
        down = positive & carry
        if up & high:
            score += 1
        elif down & high:
            score -= 1
        up = (up << 1 | anchored) & mask
        down = down << 1 & mask
        positive = down | ~(carry | up) & mask
        negative = up & carry
        scores.append(score)
    return scores
