"""Units of measure and of money behind a number: with another unit it is another quantity."""

from flows.matching.values.abbreviations import unit_of
from flows.matching.values.numbers import NUMBER_WORDS
from flows.matching.words.wording import NUMBER, SIGN, Words
from flows.matching.words.wordlists import words_of

_UNITS = frozenset(
    words_of(
        "inch foot yard rod fathom furlong mile league knot verst meter millimeter centimeter "
        "kilometer acre hectare ounce pound gram milligram kilogram ton tonne hundredweight "
        "carat kiloton megaton pint quart gallon bushel barrel liter second minute hour day "
        "week fortnight month year decade century volt watt kilowatt megawatt joule calorie "
        "kilocalorie ampere ohm hertz kilohertz megahertz rad rem roentgen curie sievert becquerel "
        "bar pascal degree celsius fahrenheit kelvin bit byte kilobyte megabyte gigabyte "
        "percent percentage permille dollar cent penny shilling pound euro franc mark lira peso "
        "peseta escudo yen yuan won rupee ruble rouble crown krona krone schilling guilder zloty "
        "forint dinar dirham rial riyal rand"
    )
)
#: Words between a number and its unit, or around "per".
_BETWEEN = frozenset(
    words_of("nautical statute square cubic metric short long troy light per each a an of")
)
#: Such words behind a number say which unit is meant.
KINDS_OF_UNITS = frozenset(words_of("nautical statute square cubic metric"))
_MEASURES = KINDS_OF_UNITS | frozenset(
    words_of(
        "inches pence centuries in ft yd mi km cm mm m kg mg lb lbs oz kt mt hr hrs min mins "
        "sec secs kw mw hz c f"
    )
)
#: How far behind its number a unit stands: "50 rads per square mile".
_REACH = 5


def is_measure(norm: str) -> bool:
    """Return whether a word is a unit, or may be one or a part of one behind a number.

    >>> [is_measure(norm) for norm in ("kilometres", "feet", "km", "trucks")]
    [True, True, True, False]
    """
    bare = norm.removesuffix("'s")
    return bare in _MEASURES or unit_of(bare) in _UNITS


def same_unit(ours: list[str], theirs: list[str]) -> bool:
    """Return whether either side is one unit, and both are one in British and American spelling.

    >>> same_unit(["kilometres"], ["kilometers"]), same_unit(["miles"], ["mile"])
    (True, False)
    """
    return (
        len(ours) == len(theirs) == 1
        and sorted(ours[0]) == sorted(theirs[0])
        and is_measure(ours[0])
        and unit_of(ours[0]) == unit_of(theirs[0])
    )


def measures(words: Words, first: int, last: int) -> bool:
    """Return whether the words ``first:last`` end in the unit of the number before them.

    >>> from flows.matching.words.wording import read_words
    >>> measures(read_words("some 185 square miles"), 3, 4), measures(read_words("miles of it"), 0, 1)
    (True, False)
    """
    return last > first and is_measure(words.norms[last - 1]) and _follows_number(words, last - 1)


def _follows_number(words: Words, place: int) -> bool:
    for before in range(place - 1, max(-1, place - 1 - _REACH), -1):
        norm = words.norms[before]
        if words.kinds[before] == NUMBER or norm in NUMBER_WORDS:
            return True
        if words.kinds[before] != SIGN and norm not in _BETWEEN and not is_measure(norm):
            return False
    return False
