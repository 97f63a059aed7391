"""Read a line that is a date, and nothing else, in whatever way it is written.

A date is read as what it says: a day, a month, a year, a part of one, or a
range, perhaps only about, perhaps with a weekday and a time. Figures such as
03/04/1962 are two dates, and a year of two digits stands for any century, so
reading gives all that may be meant.
"""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache

from flows.dates.names import Word, folded, kind_of, month_of, weekday_of

#: Longer lines are prose.
LONGEST = 100

_SEASONS = {
    Word.SPRING: (3, 6),
    Word.SUMMER: (6, 9),
    Word.AUTUMN: (9, 12),
    Word.WINTER: (1, 3),
}
#: First and last day of a month, and month of a year, that may be called so;
#: such words are vague, so that their reaches overlap.
_DAYS = {Word.EARLY: (1, 15), Word.MIDDLE: (8, 23), Word.LATE: (15, 31)}
_MONTHS = {Word.EARLY: (1, 5), Word.MIDDLE: (4, 9), Word.LATE: (8, 12)}
_YEARS = {Word.EARLY: (0, 4), Word.MIDDLE: (3, 7), Word.LATE: (5, 9)}

_UNDATED = re.compile(
    r"\W*(?:undated|no\s+date|n\.?\s?d\.?|s\.?\s?d\.?|date\s+unknown|ohne\s+datum|sans\s+date"
    r"|sin\s+fecha|sem\s+data|без\s+даты)\W*",
    re.IGNORECASE,
)
_ZONE = (
    r"(?:\s*\(?(?:z|utc|gmt|ut|[ecmp][sd]t|msk|cet|cest|bst|local(?:\s+time)?)\b\)?)?"
    r"(?:\s?[+-]\d\d?(?::?\d\d)?(?![\d/.-]))?"
)
_TIME = re.compile(
    rf"(?:(?P<machine>(?<=\d)t)|(?:,|\bat\b|[-–—]|\s)*)(?<![\d.:/])(?P<hour>[01]?\d|2[0-4])(?::(?P<minute>[0-5]\d)"
    rf"(?::[0-5]\d(?:\.\d+)?)?(?:\s*(?P<half>[ap])\.?\s?m\b\.?)?|\s*(?P<only>[ap])\.?\s?m\b\.?)(?P<zone>{_ZONE})"
    r"|,?\s*\b(?P<military>[01]\d[0-5]\d|2[0-3][0-5]\d)\s*(?:hours|hrs|h|uhr)\b\.?"
    rf"(?P<zone2>{_ZONE})",
    re.IGNORECASE,
)
#: "131530Z NOV 62", as cables are timed: day, hour and minute, zone.
_GROUP = re.compile(r"\b(\d\d)([0-2]\d)([0-5]\d)\s?([a-z])\s+(?=[^\W\d_]{3})", re.IGNORECASE)
_TIGHT = re.compile(r"\b(\d{1,2})-([^\W\d_]{3,})\.?-('?\d{2,4})\b")
_ROMAN = re.compile(
    r"\b(\d{1,2})\s?[./-]\s?(I{1,3}|IV|VI{0,3}|IX|XI{0,2})\s?[./-]\s?(\d{4}|\d\d)\b"
)
_ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_SIGNS = re.compile(r"(\d{4})年(?:(\d{1,2})月)?(?:(\d{1,2})日)?")
_TOKEN = re.compile(
    r"(?P<iso>\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d))"
    r"|(?P<figures>\d{1,2}(?P<gap>\s?[-/.]\s?)\d{1,2}(?P=gap)(?:\d{4}|\d\d)(?!\d))"
    r"|(?P<isomonth>\d{4}-(?:0\d|1[0-2])(?!\d))"
    r"|(?P<decade>\d{3}0)(?:['’]?s|er)\b"
    r"|(?P<short>['’]\d\d\b)"
    r"|(?P<number>\d{1,4}(?!\d))(?:st|nd|rd|th|d|er|re|º|°|ª)?(?![^\W\d_])"
    r"|(?P<word>[^\W\d_]+(?:-feira)?(?:['’][^\W\d_]+)?)"
    r"|(?P<doubt>\?)"
    r"|(?P<dash>[-–—‒‑/~&])"
    r"|(?P<strange>[^\s.,;:()\[\]“”\"])"
)


@dataclass(frozen=True, slots=True)
class Part:
    """As much of a day as is told; ``None`` for what is not."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    vague: Word | None = None
    decade: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DateText:
    """One reading of a date: one part, or a range from ``start`` to ``end``.

    ``minutes`` since midnight is the time, if one is given, in ``zone``;
    ``weekday`` counts from 1 for Monday. ``undated`` is a statement of its
    own, and so is a day that no calendar has (``impossible``).
    """

    start: Part = Part()
    end: Part = Part()
    circa: bool = False
    weekday: int | None = None
    minutes: int | None = None
    zone: str = ""
    undated: bool = False
    impossible: bool = False

    @property
    def is_range(self) -> bool:
        """Whether two different dates are given."""
        return self.start != self.end


@lru_cache(maxsize=4096)
def read_date(text: str) -> tuple[DateText, ...]:
    """Return what the date *text* may mean, in order of likelihood; none if it is no date.

    >>> [reading.start.month for reading in read_date("03/04/1962")]
    [3, 4]
    >>> read_date("13 ноября 1962 г.") == read_date("Nov. 13th, 1962") == read_date("1962-11-13")
    True
    >>> read_date("In 1994 they met")
    ()
    """
    if len(text) > LONGEST:
        return ()
    if _UNDATED.fullmatch(text):
        return (DateText(undated=True),)
    line, minutes, zone = _without_time(unicodedata.normalize("NFKC", " ".join(text.split())))
    line = _SIGNS.sub(lambda it: "-".join(part.zfill(2) for part in it.groups() if part), line)
    line = _ROMAN.sub(lambda it: f"{it[1]}.{_ROMANS.index(it[2]) + 1}.{it[3]}", line)
    line = _TIGHT.sub(r"\1 \2 \3", line)
    found: dict[DateText, None] = {}
    # What a Roman numeral says is a month is one.
    day_first = _ROMAN.search(text) is not None
    for month_first in (False,) if day_first else (True, False):
        reading = _Reader(line, month_first=month_first).read()
        for meant in _centuries(reading) if reading is not None else ():
            found[replace(meant, minutes=minutes, zone=zone)] = None
    return tuple(meant for meant in found if not meant.impossible) or tuple(found)


def span_of(part: Part) -> tuple[int, int] | None:
    """Return the first and the last day that *part* may be, as ordinals, ``None`` without a year.

    >>> first, last = span_of(Part(1962, 11))
    >>> last - first
    29
    """
    year = part.year
    if year is None:
        return None
    if part.day is not None and part.month is not None:
        day = date(year, part.month, part.day).toordinal()
        return day, day
    months, first, last = (part.month or 1, part.month or 12), 1, 31
    years = (year, year)
    if part.decade:
        low, high = _YEARS.get(part.vague, (0, 9)) if part.vague else (0, 9)
        years = (year + low, year + high)
    elif part.month is not None and part.vague is not None:
        first, last = _DAYS.get(part.vague, (1, 31))
    elif part.vague is not None:
        months = _SEASONS.get(part.vague) or _MONTHS.get(part.vague, (1, 12))
    last = min(last, monthrange(years[1], months[1])[1])
    return date(years[0], months[0], first).toordinal(), date(years[1], months[1], last).toordinal()


def _without_time(line: str) -> tuple[str, int | None, str]:
    """Return *line* without the time in it, the minutes since midnight, and the zone."""
    group = _GROUP.search(line)
    if group is not None:
        minutes = int(group[2]) * 60 + int(group[3])
        return f"{line[: group.start()]}{group[1]} {line[group.end() :]}", minutes, group[4].lower()
    found = _TIME.search(line)
    if found is None:
        return line, None, ""
    rest = f"{line[: found.start()]} {line[found.end() :]}"
    if found["machine"]:
        # In the form that machines write, the time is filled in, not stated.
        return rest, None, ""
    if found["military"]:
        hour, minute = int(found["military"][:2]), int(found["military"][2:])
    else:
        hour, minute = int(found["hour"]), int(found["minute"] or 0)
    half = (found["half"] or found["only"] or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    zone = (found["zone"] or found["zone2"] or "").strip(" ()").lower()
    return rest, (hour * 60 + minute) % (24 * 60), zone


def _centuries(reading: DateText) -> Iterator[DateText]:
    """Yield *reading* for each century, where its years have two digits."""
    years = [part.year for part in (reading.start, reading.end) if part.year is not None]
    if not any(year < 100 for year in years):
        yield reading
        return
    for century in (1900, 2000, 1800):
        yield replace(
            reading,
            start=_in_century(reading.start, century),
            end=_in_century(reading.end, century),
        )


def _in_century(part: Part, century: int) -> Part:
    if part.year is None or part.year >= 100:
        return part
    return replace(part, year=part.year + century)


class _Reader:
    """Reads one line, token by token; one that has no place in a date ends it."""

    def __init__(self, line: str, *, month_first: bool) -> None:
        self._tokens = [(it.lastgroup or "", it.group(it.lastgroup or 0)) for it in _find(line)]
        self._month_first = month_first
        self._parts = [_Draft()]
        self._circa = False
        self._weekday: int | None = None

    def read(self) -> DateText | None:
        """Return the date, ``None`` if the line is none."""
        for place, (kind, written) in enumerate(self._tokens):
            if not self._take(kind, written, place):
                return None
        drafts = [draft for draft in self._parts if not draft.empty]
        parts = [part for draft in drafts if (part := draft.part()) is not None]
        if not 1 <= len(parts) <= 2 or len(parts) < len(drafts):
            return None
        start, end = _completed(parts[0], parts[-1])
        if not (_enough(start) and _enough(end)):
            return None
        return DateText(
            start=start,
            end=end,
            circa=self._circa,
            weekday=self._weekday,
            impossible=not (_possible(start) and _possible(end)),
        )

    def _take(self, kind: str, written: str, place: int) -> bool:
        draft = self._parts[-1]
        numbers = [int(number) for number in re.findall(r"\d+", written)]
        if kind == "iso":
            return draft.put(year=numbers[0], month=numbers[1], day=numbers[2])
        if kind == "isomonth":
            return draft.put(year=numbers[0], month=numbers[1])
        if kind == "figures":
            month, day = numbers[:2] if self._month_first else numbers[1::-1]
            if month > 12:
                month, day = day, month
            return draft.put(year=numbers[2], month=month, day=day)
        if kind in {"decade", "short"}:
            draft.decade = draft.decade or kind == "decade"
            return draft.put(year=numbers[0])
        if kind == "number":
            draft.numbers.append(numbers[0])
            return True
        return self._sign_or_word(kind, written, place)

    def _sign_or_word(self, kind: str, written: str, place: int) -> bool:
        word = folded(written)
        meaning = kind_of(word) if kind == "word" else None
        if kind == "doubt" or meaning is Word.CIRCA:
            self._circa = True
        elif kind == "dash" and self._is_vague(place - 1):
            pass  # "mid-November"
        elif kind == "dash" or meaning is Word.TO:
            self._next_part()
        elif kind != "word":
            return False
        elif meaning is None:
            return self._name(word)
        elif meaning is not Word.FILLER:
            self._parts[-1].vague = meaning
        return True

    def _is_vague(self, place: int) -> bool:
        return place >= 0 and kind_of(folded(self._tokens[place][1])) in _DAYS

    def _name(self, word: str) -> bool:
        """Take in the name of a month or, once, of a weekday."""
        if (month := month_of(word)) is not None:
            return self._parts[-1].put(month=month)
        weekday = weekday_of(word)
        if weekday is None or self._weekday is not None:
            return False
        self._weekday = weekday
        return True

    def _next_part(self) -> None:
        if not self._parts[-1].empty:
            self._parts.append(_Draft())


@dataclass(slots=True)
class _Draft:
    """What the tokens of one part have told so far."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    vague: Word | None = None
    decade: bool = False
    numbers: list[int] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        return self == _Draft()

    def put(self, **told: int) -> bool:
        """Take in what a token tells; false if it was told before."""
        for name, value in told.items():
            if getattr(self, name) is not None:
                return False
            setattr(self, name, value)
        return True

    def part(self) -> Part | None:
        """Return the part, ``None`` if a number is neither its day nor its year."""
        for number in self.numbers:
            name = "day" if number <= 31 and self.day is None else "year"
            if 100 <= number < 1000 or not self.put(**{name: number}):
                return None
        return Part(self.year, self.month, self.day, self.vague, self.decade)


def _find(line: str) -> Iterator[re.Match[str]]:
    return _TOKEN.finditer(line)


def _completed(start: Part, end: Part) -> tuple[Part, Part]:
    """Give either end of "5–12 May 1995", "May 5–12, 1995", "1961–62" what the other one tells."""
    if start == end:
        return start, end
    if end.year is None and end.month is None and end.day is not None and start.day is None:
        # "1961–12" and "May 1995–6" say nothing that can be relied on.
        return start, Part(day=0)
    if start.year is None:
        start = replace(start, year=end.year)
    if start.month is None and start.day is not None:
        start = replace(start, month=end.month)
    if end.month is None and end.day is not None:
        end = replace(end, month=start.month)
    if end.year is None:
        end = replace(end, year=start.year)
    elif end.year < 100 and start.year is not None and start.year >= 100:
        end = replace(end, year=start.year // 100 * 100 + end.year)
    return start, end


def _enough(part: Part) -> bool:
    """Whether *part* tells as much as makes a date."""
    if part.day is not None and (part.month is None or not 1 <= part.day <= 31):
        return False
    if part.year is None:
        return part.month is not None and part.day is not None
    return part.year < 100 or 1000 <= part.year <= 2100


def _possible(part: Part) -> bool:
    """Whether the calendar has *part*."""
    if part.month is None:
        return True
    if not 1 <= part.month <= 12:
        return False
    year = part.year if part.year is not None and part.year >= 100 else 2000
    return part.day is None or part.day <= monthrange(year, part.month)[1]
