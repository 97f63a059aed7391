"""Dates in any spelling, and whether two spellings name one day.

"Nov 28, 1994", "28 November 1994", "1994-11-28" and "28/11/1994" are one day.
"11/12/1994" may be two different days and equals only itself. A range is the
days at its two ends; "circa" makes a date another statement than the plain one.
"""

import re
from dataclasses import dataclass

from flows.matching.wording import NUMBER, Words, read_words
from flows.matching.wordlists import words_of

_NAMES = words_of(
    "january february march april may june july august september october november december"
)
MONTHS = {name: number for number, name in enumerate(_NAMES, start=1)}
MONTHS |= {name[:3]: number for name, number in list(MONTHS.items())}
MONTHS |= {"sept": 9}
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
WEEKDAYS = frozenset(
    words_of(
        "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu "
        "thur thurs fri"
    )
)
_CIRCA = re.compile(r"\b(?:circa|ca\.?|c\.|about|approx(?:imately|\.)?|around)\s+", re.IGNORECASE)
_ISO = re.compile(
    r"\b(\d{4})-(\d{1,2})(?:-(\d{1,2})(?:[T ][\d:.]+(?:Z|[+-]\d\d:\d\d)?)?)?(?![\w-])"
)
_SLASHED = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_RANGE = re.compile(r"\s*(?:–|—|-|\bto\b|\buntil\b|\bthrough\b)\s*", re.IGNORECASE)
_FILLER = re.compile(r"[\s,.;:()\[\]]+|\b(?:the|of|on|undated|date)\b", re.IGNORECASE)


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


@dataclass(frozen=True, slots=True)
class Date:
    """A date as a label gives it: one day, or a range from ``start`` to ``end``."""

    start: Day
    end: Day
    circa: bool = False


def parse_date(text: str) -> Date | None:
    """Return the date that *text* is, ``None`` if it is not one date and nothing else.

    >>> parse_date("Nov 28, 1994") == parse_date("28 November 1994") == parse_date("1994-11-28")
    True
    >>> parse_date("circa May 1995")
    Date(start=Day(year=1995, month=5, day=None), end=Day(year=1995, month=5, day=None), circa=True)
    >>> parse_date("1994-11-28T12:00:00Z") == parse_date("28 Nov 1994")
    True
    >>> parse_date("the Treaty of 1994") is None
    True
    """
    if len(text) > 200:
        return None
    stripped = " ".join(text.split())
    bare = _CIRCA.sub("", stripped)
    circa = bare != stripped
    whole = _one_day(bare)
    if whole is not None:
        return Date(whole, whole, circa)
    for gap in _RANGE.finditer(bare):
        first, second = bare[: gap.start()], bare[gap.end() :]
        end = _one_day(second)
        if end is None:
            continue
        start = _one_day(first) or _beginning(first, end)
        if start is not None:
            return Date(_completed(start, end), end, circa)
    return _shared_month(bare, circa=circa)


def _one_day(text: str) -> Day | None:
    iso = _ISO.search(text)
    if iso is not None and not _FILLER.sub("", text.replace(iso[0], " ")):
        return _day(int(iso[1]), int(iso[2]), int(iso[3]) if iso[3] else None)
    words = read_words(text)
    found = find_dates(words, years=True)
    if len(found) != 1:
        return None
    first, last, day = found[0]
    rest = words.norms[:first] + words.norms[last:]
    if any(norm not in WEEKDAYS and norm not in {"the", "on", "of", "date"} for norm in rest):
        return None
    return day


def _beginning(text: str, end: Day) -> Day | None:
    """Read the first part of "5 – 12 May 1995": a bare number, or a month, of the end's kind."""
    words = read_words(text)
    if len(words) == 1 and words.norms[0].isdigit() and end.day and int(words.norms[0]) < 32:
        return Day(end.year, end.month, int(words.norms[0]))
    if len(words) == 1 and words.norms[0] in MONTHS:
        return Day(end.year, MONTHS[words.norms[0]])
    return None


def _shared_month(text: str, *, circa: bool) -> Date | None:
    """Read "May 5–12, 1995"."""
    found = re.fullmatch(r"([^\W\d_]+)\.?\s+(\d{1,2})\s*[–—-]\s*(\d{1,2}),?\s+(\d{4})", text)
    if found is None or found[1].lower() not in MONTHS:
        return None
    month, year = MONTHS[found[1].lower()], int(found[4])
    first, last = _day(year, month, int(found[2])), _day(year, month, int(found[3]))
    return Date(first, last, circa) if first and last else None


def _completed(start: Day, end: Day) -> Day:
    return Day(start.year if start.year is not None else end.year, start.month, start.day)


def _day(year: int | None, month: int, day: int | None) -> Day | None:
    if not 1 <= month <= 12 or (day is not None and not 1 <= day <= 31):
        return None
    return Day(year, month, day)


def places_of(date: Date, text: str) -> list[tuple[int, int]]:
    """Return where *text* gives the one day that *date* is, in any spelling.

    >>> places_of(parse_date("28 November 1994"), "It was Nov. 28, 1994, a Monday.")
    [(7, 20)]
    """
    day = date.start
    if date.circa or date.start != date.end or day.year is None or day.day is None:
        return []
    found: dict[tuple[int, int], None] = {}
    for year in re.finditer(rf"\b{day.year:04}\b", text):
        words = read_words(text, max(0, year.start() - 30), year.end() + 12)
        for first, last, other in find_dates(words):
            if other == day:
                found[words.starts[first], words.ends[last - 1]] = None
    return list(found)


def find_dates(words: Words, *, years: bool = False) -> list[tuple[int, int, Day]]:
    """Return ``(first, last, day)`` for each date among *words*, in order.

    With *years*, a year that stands alone counts as a date.

    >>> [(first, last, str(day)) for first, last, day in find_dates(read_words("on 28 November 1994 in May"))]
    [(1, 4, '1994-11-28')]
    """
    found: list[tuple[int, int, Day]] = []
    place = 0
    while place < len(words):
        hit = _date_at(words, place, years=years)
        if hit is None:
            place += 1
        else:
            # The article of "the 1st of May" is part of it.
            the = (
                place > 0
                and words.norms[place - 1] == "the"
                and "of" in words.norms[place + 1 : hit[0]]
            )
            found.append((place - the, *hit))
            place = hit[0]
    return found


def _date_at(words: Words, place: int, *, years: bool) -> tuple[int, Day] | None:
    if words.kinds[place] == NUMBER:
        return _digits_first(words, place, years=years)
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


def _digits_first(words: Words, place: int, *, years: bool) -> tuple[int, Day] | None:
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
    if years:
        return place + 1, Day(int(norm), None)
    iso = _ISO.fullmatch(words.written(place, min(place + 3, len(words))))
    if iso is not None and iso[3]:
        day = _day(int(iso[1]), int(iso[2]), int(iso[3]))
        return (place + 3, day) if day else None
    return None


def _month_first(words: Words, place: int) -> tuple[int, Day] | None:
    norms = words.norms
    month, following = MONTHS[norms[place]], place + 1
    if norms[following] == "the" and following + 1 < len(norms):
        following += 1
    if _is_day(norms[following]):
        return _with_year(words, _after_ordinal(words, following), month, int(norms[following]))
    last, spelt = _spelt_day(norms, following)
    if spelt:
        return _with_year(words, last, month, spelt)
    if _is_year(norms[place + 1]):
        return place + 2, Day(int(norms[place + 1]), month)
    return None


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
    if place >= len(norms) or norms[place] not in MONTHS:
        return None
    return _with_year(words, place + 1, MONTHS[norms[place]], day)


def _is_month(words: Words, place: int) -> bool:
    return (
        words.norms[place] not in {"may", "march", "mar"}
        or words.text[words.starts[place]].isupper()
    )


def _from_slashes(place: int, first: int, second: int, year: int) -> tuple[int, Day] | None:
    """Read day/month or month/day, if only one of them is possible."""
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
    if place < len(words) and _is_year(words.norms[place]):
        return place + 1, Day(int(words.norms[place]), month, day)
    return place, whole


def _is_day(norm: str) -> bool:
    return norm.isascii() and norm.isdigit() and len(norm) <= 2 and 1 <= int(norm) <= 31


def _is_year(norm: str) -> bool:
    return norm.isascii() and len(norm) == 4 and norm.isdigit() and 1000 <= int(norm) <= 2100
