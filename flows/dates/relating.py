"""How one date, as a post gives it, stands to another, as a page gives it.

Dates are compared by the days they may mean. A date that covers the other is
less precise and still true; one that lies within the other claims more than
it says; anything else is another date.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from flows.dates.reading import DateText, Part, read_date, span_of


class Relation(Enum):
    """How a date stands to another, from the same to a different one."""

    SAME = "same"
    LESS_PRECISE = "less_precise"
    MORE_PRECISE = "more_precise"
    DIFFERENT = "different"


_ORDER = list(Relation)


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """A relation, and what is to be said of it.

    ``ambiguous``: the figures may be read as another day, too.
    ``adds_time``: the same day, but for a time that only the first text gives.
    ``wrong_weekday``: the weekday that is named is not that of the day.
    """

    relation: Relation
    ambiguous: bool = False
    adds_time: bool = False
    wrong_weekday: bool = False


def relate(ours: str, theirs: str, *, iso: str | None = None) -> Related | None:
    """Return how the date *ours* stands to *theirs*, ``None`` unless both are dates.

    *iso* is the page's own machine reading of its date. It settles what
    figures mean and stands in where the words cannot be read, but makes
    no month into a day: machines fill in what editors left open.

    >>> relate("November 1962", "Nov 13, 1962").relation
    <Relation.LESS_PRECISE: 'less_precise'>
    >>> relate("13 November 1962", "November 1962").relation
    <Relation.MORE_PRECISE: 'more_precise'>
    >>> relate("December 1962", "Nov 13, 1962").relation
    <Relation.DIFFERENT: 'different'>
    >>> relate("03/04/1962", "April 3, 1962")
    Related(relation=<Relation.SAME: 'same'>, ambiguous=True, adds_time=False, wrong_weekday=False)
    """
    said = read_date(ours)
    given = _with_machine_reading(read_date(theirs), iso)
    if not said or not given:
        return None
    pairs = [(_relation(one, other), one, other) for one in said for other in given]
    best, one, other = min(pairs, key=lambda pair: _ORDER.index(pair[0]))
    if best is Relation.DIFFERENT:
        return Related(relation=best)
    if _weekday_contradicts(one, other):
        return Related(relation=Relation.DIFFERENT, wrong_weekday=True)
    # The century of a year of two digits is no doubt: that of the page is meant.
    doubtful = _days(said) > 1 or _days(given) > 1
    adds_time = one.minutes is not None and other.minutes is None
    return Related(relation=best, ambiguous=doubtful, adds_time=adds_time)


def _with_machine_reading(given: tuple[DateText, ...], iso: str | None) -> tuple[DateText, ...]:
    machine = read_date(iso[:10]) if iso else ()
    if not machine:
        return given
    if not given:
        return machine
    if _days(given) > 1:
        settled = tuple(reading for reading in given if reading.start == machine[0].start)
        return settled or given
    exact = any(not reading.is_range and reading.start.day is not None for reading in given)
    return (*given, *machine) if exact else given


def _days(readings: tuple[DateText, ...]) -> int:
    return len({(reading.start.month, reading.start.day) for reading in readings})


def _relation(ours: DateText, theirs: DateText) -> Relation:
    if ours.undated or theirs.undated:
        return _undated(ours, theirs)
    if ours.impossible or theirs.impossible:
        return Relation.DIFFERENT
    ours, theirs, open_year = _same_year(ours, theirs)
    extent = _extent(ours, theirs)
    if extent is Relation.DIFFERENT:
        return extent
    found = [extent, open_year, _certainty(ours, theirs), _time(ours, theirs)]
    # Whoever is vaguer in one way and bolder in another claims more than is given.
    for relation in (Relation.DIFFERENT, Relation.MORE_PRECISE, Relation.LESS_PRECISE):
        if relation in found:
            return relation
    return Relation.SAME


def _undated(ours: DateText, theirs: DateText) -> Relation:
    if ours.undated and theirs.undated:
        return Relation.SAME
    if theirs.undated:
        return Relation.MORE_PRECISE
    return Relation.LESS_PRECISE if theirs.circa else Relation.DIFFERENT


def _same_year(ours: DateText, theirs: DateText) -> tuple[DateText, DateText, Relation]:
    """Lend a date without a year that of the other, and say who left it open."""
    mine, other = ours.start.year, theirs.start.year
    if mine is None and other is not None:
        return _in_year(ours, other), theirs, Relation.LESS_PRECISE
    if other is None and mine is not None:
        return ours, _in_year(theirs, mine), Relation.MORE_PRECISE
    if mine is None and other is None:
        return _in_year(ours, 2000), _in_year(theirs, 2000), Relation.SAME
    return ours, theirs, Relation.SAME


def _in_year(reading: DateText, year: int) -> DateText:
    # A leap day is one in no other year; then the day before is as near as it gets.
    def placed(part: Part) -> Part:
        leap = part.month == 2 and part.day == 29 and (year % 4 or (not year % 100 and year % 400))
        return replace(part, year=year, day=28 if leap else part.day)

    return replace(reading, start=placed(reading.start), end=placed(reading.end))


def _extent(ours: DateText, theirs: DateText) -> Relation:
    ends = [
        _covering(span_of(mine), span_of(other))
        for mine, other in ((ours.start, theirs.start), (ours.end, theirs.end))
    ]
    if ours.is_range == theirs.is_range:
        if Relation.DIFFERENT in ends:
            return Relation.DIFFERENT
        kinds = set(ends) - {Relation.SAME}
        if len(kinds) == 2:
            return Relation.MORE_PRECISE
        return kinds.pop() if kinds else Relation.SAME
    return _covering(_whole(ours), _whole(theirs))


def _whole(reading: DateText) -> tuple[int, int] | None:
    first, last = span_of(reading.start), span_of(reading.end)
    return (first[0], last[1]) if first and last else None


def _covering(ours: tuple[int, int] | None, theirs: tuple[int, int] | None) -> Relation:
    if ours is None or theirs is None:
        return Relation.DIFFERENT
    if ours == theirs:
        return Relation.SAME
    if ours[0] <= theirs[0] and theirs[1] <= ours[1]:
        return Relation.LESS_PRECISE
    if theirs[0] <= ours[0] and ours[1] <= theirs[1]:
        return Relation.MORE_PRECISE
    return Relation.DIFFERENT


def _certainty(ours: DateText, theirs: DateText) -> Relation:
    if ours.circa == theirs.circa:
        return Relation.SAME
    return Relation.LESS_PRECISE if ours.circa else Relation.MORE_PRECISE


def _time(ours: DateText, theirs: DateText) -> Relation:
    """A time that one of them leaves out makes it no other day; two times may be two zones'."""
    if ours.minutes is None or theirs.minutes is None or ours.minutes == theirs.minutes:
        return Relation.SAME
    return Relation.DIFFERENT if ours.zone == theirs.zone else Relation.MORE_PRECISE


def _weekday_contradicts(ours: DateText, theirs: DateText) -> bool:
    """Whether the post names another weekday than the page, or than the calendar."""
    if ours.weekday is None:
        return False
    if theirs.weekday is not None:
        return ours.weekday != theirs.weekday
    part = ours.start
    if ours.is_range or part.year is None or part.month is None or part.day is None:
        return False
    return date(part.year, part.month, part.day).isoweekday() != ours.weekday
