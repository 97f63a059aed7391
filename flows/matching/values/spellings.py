"""Whether a word may stand in a text in other letters than its own."""

import re
from functools import lru_cache

from flows.matching.values.abbreviations import may_be_abbreviated
from flows.matching.values.dates import MONTHS
from flows.matching.values.numbers import NUMBER_WORDS, PARTS
from flows.matching.values.romans import NUMERALS
from flows.matching.words.wordlists import words_of

# Shorter words are too often a part of a number, a date or a contraction.
_LETTERS = re.compile(r"[a-z]{4,}")
#: Words that a sign, a figure or a contraction may stand for.
_OTHERWISE = (
    NUMBER_WORDS
    | frozenset(PARTS)
    | NUMERALS
    | frozenset(MONTHS)
    | frozenset(
        words_of(
            "dollar dollars pound pounds euro euros percent cent "
            "cannot shall will would have that there what"
        )
    )
)


@lru_cache(maxsize=16384)
def has_one_spelling(norm: str) -> bool:
    """Return whether a word agrees with nothing but its own letters, however these are divided.

    >>> [has_one_spelling(norm) for norm in ("treaty", "general", "seventy", "dollars", "of")]
    [True, False, False, False, False]
    """
    return (
        _LETTERS.fullmatch(norm) is not None
        and norm not in _OTHERWISE
        and not may_be_abbreviated(norm)
    )
