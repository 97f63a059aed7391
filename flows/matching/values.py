"""Compare numbers and dates as values, however they are written."""

import re

from flows.matching.aligning import Step
from flows.matching.dates import MONTHS, SUFFIXES, find_dates
from flows.matching.edits import Difference, Sides, agree
from flows.matching.numbers import find_numbers, is_number_word
from flows.matching.wording import NUMBER, Words
from flows.records import EditKind, Severity

_BLANKS = re.compile(r"\s+")


def may_be_value(sides: Sides, difference: Difference) -> bool:
    """Return whether a difference holds a number or a month, so that values may agree."""
    for words, first, last in (
        (sides.q, difference.q0, difference.q1),
        (sides.s, difference.s0, difference.s1),
    ):
        for place in range(first, last):
            norm = words.norms[place]
            if (
                words.kinds[place] == NUMBER
                or norm in MONTHS
                or is_number_word(norm)
                or (norm in SUFFIXES and place and words.kinds[place - 1] == NUMBER)
            ):
                return True
    return False


def as_values(words: Words) -> Words:
    """Make one word of each date and of each number, named by its value."""
    spans = [(first, last, f"@{day}") for first, last, day in find_dates(words)]
    taken = {place for first, last, _ in spans for place in range(first, last)}
    spans += [
        (first, last, f"#{value}")
        for first, last, value in find_numbers(words)
        if not taken.intersection(range(first, last))
    ]
    norms: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    kinds: list[int] = []
    place = 0
    for first, last, value in sorted(spans):
        for column, old in (
            (norms, words.norms),
            (starts, words.starts),
            (ends, words.ends),
            (kinds, words.kinds),
        ):
            column.extend(old[place:first])  # type: ignore[arg-type]  # each column is copied into its like
        norms.append(value)
        starts.append(words.starts[first])
        ends.append(words.ends[last - 1])
        kinds.append(NUMBER)
        place = last
    norms += words.norms[place:]
    starts += words.starts[place:]
    ends += words.ends[place:]
    kinds += words.kinds[place:]
    return Words(words.text, norms, starts, ends, kinds)


def written_otherwise(sides: Sides, steps: list[Step]) -> list[Difference]:
    """List equal values in unlike spellings: no change, yet worth showing."""
    found: list[Difference] = []
    for step in steps:
        q0, q1, s0, s1 = step
        if agree(sides, step) and sides.q.norms[q0][0] in "@#":
            ours, theirs = sides.q.written(q0, q1), sides.s.written(s0, s1)
            if _BLANKS.sub(" ", ours) != _BLANKS.sub(" ", theirs):
                kind = EditKind.DATE if sides.q.norms[q0][0] == "@" else EditKind.NUMBER
                found.append(Difference(kind, Severity.NONE, q0, q1, s0, s1))
    return found
