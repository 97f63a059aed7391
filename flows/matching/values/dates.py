"""Dates in any spelling, and whether two spellings name one day.

"Nov 28, 1994", "28 November 1994", "1994-11-28" and "28/11/1994" are one day.
"11/12/1994" may be two different days and equals only itself; so does "5 May 12",
while "5 May 62" is of 1962. Lines that are
dates, with ranges and "circa", are read in ``flows.dates``; here are dates among words.
"""

import re
from dataclasses import dataclass

from flows.matching.words.wording import NUMBER, Words, read_words
from flows.matching.words.wordlists import words_of

_NAMES = words_of(
    "january february march april may june july august september october november december"
)
MONTHS = {name: number for number, name in enumerate(_NAMES, start=1)}
MONTHS |= {name[:3]: number for name, number in list(MONTHS.items())}
MONTHS |= {"sept": 9}
#: Months in German, French and Russian, as words are compared: behind a number they are months.
FOREIGN_MONTHS = frozenset(
    norm
    for norm in read_words(
        "Januar Jänner Februar März Mai Juni Juli Oktober Dezember janvier février mars avril "
        "juin juillet août septembre octobre novembre décembre января февраля марта апреля мая "
        "июня июля августа сентября октября ноября декабря"
    ).norms
)
#: "2d" and "3d" are how older and legal texts write it.
SUFFIXES = frozenset({"st", "nd", "rd", "th", "d"})
_ORDINALS = {
    word: number
    for number, word in enumerate(
        words_of(
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh "
            "twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth "
            "nineteenth twentieth"
        ),
        start=1,
    )
} | {"thirtieth": 30}
_TENS = {"twenty": 20, "thirty": 30}
#: Words that a date may begin with, beside numbers.
_BEGINNINGS = frozenset(_TENS) | frozenset(_ORDINALS) | frozenset(MONTHS)
WEEKDAYS = frozenset(
    words_of(
        "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu "
        "thur thurs fri"
    )
)
_ISO = re.compile(
    r"\b(\d{4})-(\d{1,2})(?:-(\d{1,2})(?:[T ][\d:.]+(?:Z|[+-]\d\d:\d\d)?)?)?(?![\w-])"
)
_SLASHED = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4}|[3-9]\d)")
#: Years of two digits from here on are of the last century; earlier ones may be of two.
_EARLIEST_SHORT = 30
_FILLER = re.compile(r"[\s,.;:()\[\]]+|\b(?:the|of|on|undated|date)\b", re.IGNORECASE)


#: Longer quotations are no date alone.
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Day:
    """A day, or as much of one as is told: ``None`` for a part that is missing."""

    year: int | None
    month: int | None
    day: int | None = None

    def __str__(self) -> str:
        parts = (
            f"{self.year:04}" if self.year else "-",
            f"{self.month or 0:02}",
            f"{self.day or 0:02}",
        )
        return "-".join(parts)


def day_of(text: str) -> Day | None:
    """Return the whole day that *text* is, ``None`` if it is not one day and nothing else.

    >>> day_of("Nov 28, 1994") == day_of("Monday, 28 November 1994") == day_of("1994-11-28T12:00:00Z")
    True
    >>> day_of("November 1994"), day_of("circa 28 November 1994"), day_of("5-12 May 1995")
    (None, None, None)
    """
    if len(text) > _LONGEST:
        return None
    iso = _ISO.search(text)
    if iso is not None and not _FILLER.sub("", text.replace(iso[0], " ")):
        return _day(int(iso[1]), int(iso[2]), int(iso[3])) if iso[3] else None
    words = read_words(text)
    found = find_dates(words)
    if len(found) != 1:
        return None
    first, last, day = found[0]
    rest = words.norms[:first] + words.norms[last:]
    if any(norm not in WEEKDAYS and norm not in {"the", "on", "of", "date"} for norm in rest):
        return None
    return day if None not in (day.year, day.day) else None


def _day(year: int | None, month: int, day: int | None) -> Day | None:
    if not 1 <= month <= 12 or (day is not None and not 1 <= day <= 31):
        return None
    return Day(year, month, day)


def places_of(day: Day, text: str) -> list[tuple[int, int]]:
    """Return where *text* gives the whole *day*, in any spelling.

    >>> places_of(Day(1994, 11, 28), "It was Nov. 28, 1994, a Monday.")
    [(7, 20)]
    """
    found: dict[tuple[int, int], None] = {}
    for year in re.finditer(rf"\b{day.year:04}\b", text):
        words = read_words(text, max(0, year.start() - 30), year.end() + 12)
        for first, last, other in find_dates(words):
            if other == day:
                found[words.starts[first], words.ends[last - 1]] = None
    return list(found)


def find_dates(words: Words) -> list[tuple[int, int, Day]]:
    """Return ``(first, last, day)`` for each date among *words*, in order.

    >>> [(first, last, str(day)) for first, last, day in find_dates(read_words("on 28 November 1994 in May"))]
    [(1, 4, '1994-11-28')]
    """
    found: list[tuple[int, int, Day]] = []
    end = 0
    for place in words.numbers_and(_BEGINNINGS):
        hit = _date_at(words, place) if place >= end else None
        if hit is not None:
            # The article of "the 1st of May" is part of it.
            the = (
                place > 0
                and words.norms[place - 1] == "the"
                and "of" in words.norms[place + 1 : hit[0]]
            )
            found.append((place - the, *hit))
            end = hit[0]
    return found


def _date_at(words: Words, place: int) -> tuple[int, Day] | None:
    if words.kinds[place] == NUMBER:
        return _digits_first(words, place)
    norms = words.norms
    last, spelt = _spelt_day(norms, place)
    if spelt:
        # "The first may" is no day, "the first of May" is.
        of = last < len(norms) and norms[last] == "of"
        month = last + of
        return (
            _day_of_month(words, last, spelt)
            if month < len(norms) and (of or _is_month(words, month))
            else None
        )
    if norms[place] in MONTHS and place + 1 < len(norms) and _is_month(words, place):
        return _month_first(words, place)
    return None


def _digits_first(words: Words, place: int) -> tuple[int, Day] | None:
    norm = words.norms[place]
    slashed = _SLASHED.fullmatch(norm)
    if slashed is not None:
        return _from_slashes(place, *map(int, slashed.groups()))
    if _is_day(norm):
        dated = _day_of_month(words, _after_ordinal(words, place), int(norm))
        if dated is not None:
            return dated
    if not _is_year(norm):
        return None
    iso = _ISO.fullmatch(words.written(place, min(place + 3, len(words))))
    if iso is not None and iso[3]:
        day = _day(int(iso[1]), int(iso[2]), int(iso[3]))
        return (place + 3, day) if day else None
    return None


def _month_first(words: Words, place: int) -> tuple[int, Day] | None:
    norms = words.norms
    month, following = MONTHS[norms[place]], place + 1
    if not _joined(words, following):
        return None
    if norms[following] == "the" and following + 1 < len(norms):
        following += 1
    if _is_day(norms[following]):
        return _with_year(words, _after_ordinal(words, following), month, int(norms[following]))
    last, spelt = _spelt_day(norms, following)
    if spelt:
        return _with_year(words, last, month, spelt)
    year = _year_at(words, following) if following == place + 1 else 0
    return (place + 2, Day(year, month)) if year else None


def _spelt_day(norms: list[str], place: int) -> tuple[int, int]:
    """Return where an ordinal such as "twenty-first" ends and its number, 0 if there is none."""
    tens = _TENS.get(norms[place], 0)
    last = place + 1 if tens else place
    number = _ORDINALS.get(norms[last], 0) if last < len(norms) else 0
    if not number or (tens and number > 9):
        return place, 0
    return last + 1, tens + number


def _day_of_month(words: Words, place: int, day: int) -> tuple[int, Day] | None:
    """Read "of May 1995" or "May" after a day."""
    norms = words.norms
    if place + 1 < len(norms) and norms[place] == "of":
        place += 1
    if place >= len(norms) or norms[place] not in MONTHS or not _joined(words, place):
        return None
    return _with_year(words, place + 1, MONTHS[norms[place]], day)


def _joined(words: Words, place: int) -> bool:
    """Return whether the word at *place* may be of one date with the word before it."""
    gap = words.text[words.ends[place - 1] : words.starts[place]]
    return _PARTING.isdisjoint(gap) and not (words.norms[place] == "the" and gap.strip())


_PARTING = frozenset(";:!?")


def _is_month(words: Words, place: int) -> bool:
    return (
        words.norms[place] not in {"may", "march", "mar"}
        or words.text[words.starts[place]].isupper()
    )


def _from_slashes(place: int, first: int, second: int, year: int) -> tuple[int, Day] | None:
    """Read day/month or month/day, if only one of them is possible."""
    year += 1900 * (year < 100)
    if first == second or first > 12 >= second:
        day = _day(year, second, first)
    elif second > 12 >= first:
        day = _day(year, first, second)
    else:
        return None
    return (place + 1, day) if day else None


def _after_ordinal(words: Words, place: int) -> int:
    last = place + 1
    if (
        last < len(words)
        and words.norms[last] in SUFFIXES
        and words.starts[last] == words.ends[place]
    ):
        return last + 1
    return last


def _with_year(words: Words, place: int, month: int, day: int) -> tuple[int, Day] | None:
    whole = _day(None, month, day)
    if whole is None:
        return None
    year = _year_at(words, place)
    return (place + 1, Day(year, month, day)) if year else (place, whole)


def _year_at(words: Words, place: int) -> int:
    """Return the year that the word behind a month is, "62" and "'62" included, 0 if it is none."""
    if place >= len(words):
        return 0
    norm = words.norms[place]
    if _is_year(norm):
        return int(norm)
    short = len(norm) == 2 and norm.isascii() and norm.isdigit() and int(norm) >= _EARLIEST_SHORT
    gap = words.text[words.ends[place - 1] : words.starts[place]]
    return 1900 + int(norm) if short and gap.strip() in {"", ".", "'", "’", ", '", ", ’"} else 0


def _is_day(norm: str) -> bool:
    return norm.isascii() and norm.isdigit() and len(norm) <= 2 and 1 <= int(norm) <= 31


def _is_year(norm: str) -> bool:
    return norm.isascii() and len(norm) == 4 and norm.isdigit() and 1000 <= int(norm) <= 2100
