"""Roman numerals, where nothing else can be meant."""

import re

from flows.matching.words.wording import Words
from flows.matching.words.wordlists import words_of

# Up to XXXIX: longer ones are seldom numbers ("MIX", "CD", "DC").
_NUMERAL = re.compile(r"(X{0,3})(IX|IV|V?I{0,3})")
_ONES = {
    "": 0, "I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9,
}  # fmt: skip
#: The numerals in normal form, for a quick look.
NUMERALS = frozenset(
    ("x" * tens + ones.lower()) for tens in range(4) for ones in _ONES if tens or ones
)
#: Words after which a single letter is a numeral too.
_NUMBERED = frozenset(
    words_of(
        "act annex appendix article art book chapter clause corps group part phase protocol "
        "schedule section series stage table title tome type volume vol war"
    )
)


def roman_at(words: Words, place: int) -> int:
    """Return the number that the word at *place* writes in Roman numerals, 0 if it writes none.

    >>> from flows.matching.words.wording import read_words
    >>> [roman_at(read_words(text), 1) for text in ("Article VI", "annex iv", "and I", "Group MIX")]
    [6, 4, 0, 0]
    """
    written = words.written(place, place + 1)
    numbered = place > 0 and words.norms[place - 1] in _NUMBERED
    if not (written.isupper() or (written.islower() and numbered)):
        return 0
    if len(written) == 1 and not (numbered and written.isupper()):
        return 0
    found = _NUMERAL.fullmatch(written.upper())
    return 10 * len(found[1]) + _ONES[found[2]] if found else 0
