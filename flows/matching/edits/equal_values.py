"""Compare numbers and dates as values, however they are written."""

import re
from decimal import Decimal
from itertools import compress, count

from flows.matching.edits.judgement import EqualRun
from flows.matching.values.clock import HALVES
from flows.matching.values.dates import MONTHS, SUFFIXES, find_dates
from flows.matching.values.numbers import (
    NUMBER_WORDS,
    find_numbers,
    plain,
    spelt_range,
)
from flows.matching.words.effort import spend
from flows.matching.words.sides import Difference, Sides
from flows.matching.words.wording import NUMBER, SIGN, Words
from flows.records import EditKind, Severity

#: Steps of work for reading a word as a part of a value, and for setting it against another.
_STEPS_A_WORD = 4
_BLANKS = re.compile(r"\s+")
_CURRENCIES = {
    "dollar": "$", "dollars": "$", "pound": "£", "pounds": "£", "euro": "€", "euros": "€",
}  # fmt: skip
_PERCENT = frozenset({"%", "percent", "cent"})
#: Words that are a part of a value, and those that are one behind a number.
_VALUES = NUMBER_WORDS | _PERCENT | frozenset(MONTHS)
_BEHIND_NUMBERS = SUFFIXES | HALVES | {"s"}
#: Scales as they are cut short behind a sum of money.
_SCALES = {
    "k": 10**3, "m": 10**6, "mn": 10**6, "bn": 10**9, "b": 10**9, "tn": 10**12,
}  # fmt: skip


def is_no_value(norm: str) -> bool:
    """Return whether a word of letters is never a part of a number or of a date."""
    return norm not in _VALUES and norm not in _BEHIND_NUMBERS


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
                or norm in _VALUES
                or (norm in _BEHIND_NUMBERS and place and words.kinds[place - 1] == NUMBER)
            ):
                return True
    return False


def as_values(words: Words) -> Words:
    """Make one word of each date and of each number, named by its value."""
    spans = [(first, last, f"@{day}") for first, last, day in find_dates(words)]
    taken = {place for first, last, _ in spans for place in range(first, last)}
    spans += _percents(words)
    for first, last, value in find_numbers(words):
        if not taken.intersection(range(first, last)):
            spans.append(_with_currency(words, first, last, value))
    return _named(words, spans)


def by_value(ours: Words, theirs: Words) -> tuple[Words, Words]:
    """Return both sides with one word for each date and each number, named by its value."""
    spend(_STEPS_A_WORD * (len(ours) + len(theirs)))
    return ranges_alike(as_values(ours), as_values(theirs))


def ranges_alike(ours: Words, theirs: Words) -> tuple[Words, Words]:
    """Return both sides with "5 to 7" made one word, if either side has "5–7".

    >>> from flows.matching.words.wording import read_words
    >>> sides = [as_values(read_words(text)) for text in ("5 to 7 men", "5–7 men")]
    >>> [words.norms for words in ranges_alike(*sides)]
    [['#5–7', 'men'], ['#5–7', 'men']]
    """
    if "–" not in "".join(ours.norms) + "".join(theirs.norms):
        return ours, theirs
    return _ranged(ours), _ranged(theirs)


def _ranged(words: Words) -> Words:
    spans = [
        (place, place + 3, value)
        for place, norm in enumerate(words.norms)
        if norm[0] == "#" and (value := spelt_range(words, place))
    ]
    return _named(words, spans) if spans else words


def _named(words: Words, spans: list[tuple[int, int, str]]) -> Words:
    """Make one word of each of *spans*, called by its value."""
    norms, starts, ends, kinds = words.norms[:], words.starts[:], words.ends[:], words.kinds[:]
    for first, last, value in sorted(spans, reverse=True):
        norms[first:last] = [value]
        kinds[first:last] = [SIGN if value == "%" else NUMBER]
        del starts[first + 1 : last], ends[first : last - 1]
    return Words(words.text, norms, starts, ends, kinds)


def _percents(words: Words) -> list[tuple[int, int, str]]:
    """Return where "%", "percent" or "per cent" stands behind a number."""
    found: list[tuple[int, int, str]] = []
    if _PERCENT.isdisjoint(words.norms):
        return found
    for place, norm in enumerate(words.norms):
        first = place - (norm == "cent" and words.norms[place - 1] == "per")
        if norm in _PERCENT and first > 0 and (norm != "cent" or first < place):
            found.append((first, place + 1, "%"))
    return found


def _with_currency(words: Words, first: int, last: int, value: str) -> tuple[int, int, str]:
    """Return a number with the currency before it, or behind it: "$5m" is "5 million dollars"."""
    sign = words.norms[first - 1] if first else ""
    if sign in {"$", "£", "€"} and words.ends[first - 1] == words.starts[first]:
        scale = _SCALES.get(words.norms[last]) if last < len(words) else None
        if scale is not None and words.ends[last - 1] == words.starts[last] and _is_decimal(value):
            value, last = plain(Decimal(value) * scale), last + 1
        return first - 1, last, f"#{sign}{value}"
    following = words.norms[last] if last < len(words) else ""
    if following in _CURRENCIES:
        return first, last + 1, f"#{_CURRENCIES[following]}{value}"
    return first, last, f"#{value}"


def _is_decimal(value: str) -> bool:
    return value.replace(".", "", 1).isdecimal()


def written_otherwise(sides: Sides, runs: list[EqualRun]) -> list[Difference]:
    """List equal values in unlike spellings, among *runs* of equal words: no change, yet worth showing."""
    found: list[Difference] = []
    q, s = sides.q, sides.s
    for start, there, length in runs:
        for place in compress(count(start), map(NUMBER.__eq__, q.kinds[start : start + length])):
            other = place - start + there
            sign = q.norms[place][0]
            if sign not in "@#":
                continue
            ours, theirs = q.written(place, place + 1), s.written(other, other + 1)
            if ours != theirs and _BLANKS.sub(" ", ours) != _BLANKS.sub(" ", theirs):
                kind = EditKind.DATE if sign == "@" else EditKind.NUMBER
                step = (place, place + 1, other, other + 1)
                found.append(Difference(kind, Severity.NONE, *step))
    return found
