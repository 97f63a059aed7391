"""Numbers in digits and in words, and whether two of them are one number.

English number words up to trillions; "twelve hundred", "two and a half" is
left alone. A value is compared as an exact decimal, written without
superfluous noughts; an ordinal is another thing than a cardinal. "1995-96" and
"the 1970s" are one number each, and so is a time of day.
"""

import re
from decimal import Decimal, InvalidOperation

from flows.matching.values.clock import HALVES, time_at
from flows.matching.values.romans import NUMERALS, roman_at
from flows.matching.words.wording import NUMBER, Words
from flows.matching.words.wordlists import words_of

_UNITS = {
    word: value
    for value, word in enumerate(
        words_of(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen "
            "fourteen fifteen sixteen seventeen eighteen nineteen"
        )
    )
}
_TENS = {
    word: 10 * value
    for value, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2
    )
}
_SCALES = {
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
}
_ORDINALS = {
    word: value
    for value, word in enumerate(
        words_of(
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh "
            "twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth "
            "nineteenth"
        ),
        start=1,
    )
}
_ORDINALS |= {"twentieth": 20, "thirtieth": 30, "fortieth": 40, "fiftieth": 50, "hundredth": 100}
_SUFFIXES = frozenset({"st", "nd", "rd", "th", "d"})
#: Fractions that measures are written in: "1/2" may be a day of January, and
#: equals itself as well.
_FRACTION = re.compile(r"(\d{1,2})/(2|3|4|8|16|32)")
#: Parts of one, as "two thirds" names them.
PARTS = {
    "half": 2,
    "third": 3,
    "quarter": 4,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "eighth": 8,
    "tenth": 10,
}
PARTS |= {f"{word}s": part for word, part in PARTS.items()} | {"halves": 2}
_DASHES = frozenset("-–—‐‑")
_THIN_BLANKS = frozenset(" \u00a0\u202f\u2009")
_TWO_YEARS = re.compile(r"(\d{4})/(\d{2}|\d{4})")
_PLURALS = {f"{word}s": word for word in ("hundred", *_SCALES)}
_VAGUE = frozenset(
    {"dozen", "dozens", "half", "quarter", "twice", "double", "triple", "once", "thrice", *_PLURALS}
)

#: Words after a number that belong to it: "$5" is not "$5 million".
SCALE_WORDS = frozenset(_SCALES) | {"hundred"}
NUMBER_WORDS = (
    frozenset(_UNITS)
    | frozenset(_TENS)
    | frozenset(_SCALES)
    | frozenset(_ORDINALS)
    | _VAGUE
    | {"hundred"}
)

#: Words that may belong to a number in figures before them.
_FOLLOWING = SCALE_WORDS | HALVES | _SUFFIXES | {"s"}
#: Words that a number may begin with.
_BEGINNINGS = frozenset(_UNITS) | frozenset(_TENS) | frozenset(_ORDINALS) | NUMERALS | {"a"}


def is_number_word(norm: str) -> bool:
    """Return whether a word names a number (``one`` and ``second`` included)."""
    return norm in NUMBER_WORDS


def find_numbers(words: Words) -> list[tuple[int, int, str]]:
    """Return ``(first, last, value)`` for each number among *words*, in order.

    >>> from flows.matching.words.wording import read_words
    >>> find_numbers(read_words("one thousand two hundred, the 2nd, $2.5 million"))
    [(0, 4, '1200'), (5, 7, '2nd'), (8, 10, '2500000')]
    """
    found: list[tuple[int, int, str]] = []
    end = 0
    for place in words.numbers_and(_BEGINNINGS):
        if place < end:
            continue
        last, value = _number_at(words, place)
        if value is not None:
            found.append((place, last, value))
            end = last
    return found


def _number_at(  # noqa: PLR0911  a list of rules, each with its answer
    words: Words, place: int
) -> tuple[int, str | None]:
    norms = words.norms
    if norms[place].isdecimal() and _ends_with(words, place):
        return place + 1, plain(Decimal(norms[place]))
    time = time_at(words, place)
    if time is not None:
        return time
    if words.kinds[place] == NUMBER:
        return _range_at(words, place) or _grouped_at(words, place) or _digits_at(words, place)
    roman = roman_at(words, place)
    if roman:
        return place + 1, str(roman)
    if place + 1 < len(norms) and norms[place + 1] == "dozen":
        count = 1 if norms[place] == "a" else _UNITS.get(norms[place], 0)
        return (place + 2, str(12 * count)) if count else (place, None)
    part = _part_at(norms, place)
    if part is not None:
        return part
    if norms[place] in _ORDINALS:
        return place + 1, f"{_ORDINALS[norms[place]]}nd"
    if norms[place] in _UNITS or norms[place] in _TENS:
        return _words_at(norms, place)
    if norms[place] == "a" and place + 1 < len(norms) and norms[place + 1] in {"hundred", *_SCALES}:
        return _words_at(norms, place)
    return place, None


def _ends_with(words: Words, place: int) -> bool:
    """Return whether no word behind the figures at *place* can belong to their number."""
    after = place + 1
    return after == len(words.norms) or (
        words.kinds[after] != NUMBER and words.norms[after] not in _FOLLOWING
    )


def _part_at(norms: list[str], place: int) -> tuple[int, str] | None:
    """Read "two thirds"."""
    count = _UNITS.get(norms[place], 0)
    named = norms[place + 1] if place + 1 < len(norms) else ""
    if named not in PARTS or not 0 < count < PARTS[named] or (count > 1) != named.endswith("s"):
        return None
    return place + 2, plain(round(Decimal(count) / PARTS[named], 3))


def _range_at(words: Words, place: int) -> tuple[int, str] | None:
    """Read "1995-96", "1995–1996" and "1995/96", and "the 1970s"."""
    norms, last = words.norms, place + 1
    years = _TWO_YEARS.fullmatch(norms[place])
    if years is not None:
        return _ends_of_range(last, years[1], years[2])
    if last == len(norms) or not norms[place].isdigit():
        return None
    gap = words.text[words.ends[place] : words.starts[last]]
    if (
        norms[last] == "s"
        and norms[place][-1] == "0"
        and len(norms[place]) > 2
        and gap in {"", "'", "’"}
    ):
        return last + 1, f"{norms[place]}s"
    whole = gap in _DASHES or (
        gap.strip() in _DASHES and len(norms[place]) == len(norms[last]) == len("1995")
    )
    if not whole or not norms[last].isdigit() or _goes_further(words, place, last):
        return None
    return _ends_of_range(last + 1, norms[place], norms[last])


def _ends_of_range(last: int, first: str, second: str) -> tuple[int, str]:
    # Years and pages are cut short, "1995-6" and "123-25"; a vote of "12-3" is not.
    cut = len(second) < len(first) and (len(second) > 1 or len(first) == len("1995"))
    full = first[: len(first) - len(second)] + second if cut else second
    # What does not rise is a score, a vote or a shelf mark, and stands for itself.
    return last, f"{first}–{full if int(full) > int(first) else second}"


def spelt_range(words: Words, place: int) -> str:
    """Return the range that "5 to 7" at *place* writes out, among numbers named by value.

    Empty if none begins there.
    """
    norms = words.norms
    if place + 3 > len(norms) or norms[place + 1] != "to":
        return ""
    first, second = norms[place][1:], norms[place + 2][1:]
    numbers = norms[place][0] == norms[place + 2][0] == "#"
    return f"#{first}–{second}" if numbers and first.isdigit() and second.isdigit() else ""


def _goes_further(words: Words, first: int, last: int) -> bool:
    """Return whether more numbers hang on either side: a telephone number, a shelf mark, a day."""
    before = words.text[words.starts[first] - 1 : words.starts[first]]
    after = words.text[words.ends[last] : words.ends[last] + 1]
    return (
        bool(before and before in _DASHES) or bool(after and after in _DASHES) or before.isalnum()
    )


def _grouped_at(words: Words, place: int) -> tuple[int, str] | None:
    """Read "1 200", thousands parted by blanks."""
    norms, last = words.norms, place + 1
    if not norms[place].isdigit() or len(norms[place]) > 3 or norms[place][0] == "0":
        return None
    while (
        last < len(norms)
        and len(norms[last]) == 3
        and norms[last].isdigit()
        and words.text[words.ends[last - 1] : words.starts[last]] in _THIN_BLANKS
    ):
        last += 1
    return (last, "".join(norms[place:last])) if last > place + 1 else None


def _digits_at(words: Words, place: int) -> tuple[int, str | None]:
    norms = words.norms
    fraction = _fraction(norms[place])
    try:
        value = Decimal(norms[place]) if fraction is None else fraction
    except InvalidOperation:
        return place + 1, norms[place]
    last = place + 1
    if last < len(norms) and norms[place].isdigit() and words.kinds[last] == NUMBER:
        # "3 1/4" and "3¼": a whole and a fraction with nothing but a blank between them.
        part = _part_of_one(norms[last], words.text[words.starts[last]])
        if part is not None and not words.text[words.ends[place] : words.starts[last]].strip(
            " \u00a0-"
        ):
            return last + 1, plain(value + part)
    if last < len(norms) and norms[last] in _SUFFIXES and words.starts[last] == words.ends[place]:
        return last + 1, f"{norms[place]}nd"
    if last < len(norms) and norms[last] == "hundred":
        value, last = value * 100, last + 1
    while last < len(norms) and norms[last] in _SCALES:
        value, last = value * _SCALES[norms[last]], last + 1
    return last, plain(value)


def _fraction(norm: str) -> Decimal | None:
    found = _FRACTION.fullmatch(norm)
    if found is None or int(found[1]) >= int(found[2]):
        return None
    return round(Decimal(found[1]) / Decimal(found[2]), 3)


def _part_of_one(norm: str, written: str) -> Decimal | None:
    """Return the value of a fraction, "1/4" or "¼", ``None`` if the number is none."""
    fraction = _fraction(norm)
    if fraction is None and not written.isdecimal() and norm.startswith("0."):
        fraction = Decimal(norm)
    return fraction


def _words_at(norms: list[str], place: int) -> tuple[int, str | None]:
    total = group = 0
    last = place
    ordinal = False
    previous = ""
    while last < len(norms) and not ordinal:
        norm = norms[last]
        if norm == "a" and last == place:
            group = 1
        elif norm in _UNITS and previous != "unit" and not (previous == "ten" and _UNITS[norm] > 9):
            group += _UNITS[norm]
            previous = "unit"
        elif norm in _TENS and previous not in {"unit", "ten"}:
            group += _TENS[norm]
            previous = "ten"
        elif norm == "hundred" and previous in {"unit", "ten", ""}:
            group = max(group, 1) * 100
            previous = "hundred"
        elif norm in _SCALES:
            total += max(group, 1) * _SCALES[norm]
            group, previous = 0, "scale"
        elif norm == "and" and previous in {"hundred", "scale"} and _goes_on(norms, last + 1):
            pass
        elif norm in _ORDINALS and previous in {"ten", "hundred", "scale"}:
            group += _ORDINALS[norm]
            ordinal = True
        else:
            break
        last += 1
    value = plain(Decimal(total + group))
    return last, f"{value}nd" if ordinal else value


def _goes_on(norms: list[str], place: int) -> bool:
    return place < len(norms) and (norms[place] in _UNITS or norms[place] in _TENS)


def plain(value: Decimal) -> str:
    """Return a decimal without exponent and without noughts that say nothing.

    >>> plain(Decimal("2.50")), plain(Decimal("1200"))
    ('2.5', '1200')
    """
    written = format(value, "f")
    return written.rstrip("0").rstrip(".") if "." in written else written
