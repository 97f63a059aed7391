"""The date of a post's labelled field against the dates of a page.

Dates are compared by the days they mean. Less than the page says is no
alteration, and more than it says is no confirmation; either is said.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from flows.checking.pointing import match_in, value_edit
from flows.dates import Related, Relation, read_date, relate
from flows.matching import SourceText, compare
from flows.records import Comparison, Edit, EditKind, Page, PageField, Severity, Verdict

#: What a relation makes of a date that a label gives.
VERDICTS = {
    Relation.SAME: Verdict.TYPOGRAPHIC,
    Relation.LESS_PRECISE: Verdict.ELIDED,
    Relation.MORE_PRECISE: Verdict.NOT_CHECKABLE,
    Relation.DIFFERENT: Verdict.ALTERED,
}
_ORDER = list(Relation)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidate:
    found: PageField
    related: Related
    same_year: bool


def compare_date(exact: str, fields: Iterable[PageField], page: Page) -> Comparison | None:
    """Return how the date *exact* compares with the page's date *fields*.

    A date that was only found by its place may be any date of a news page or
    a briefing book: it can confirm a date, and contradict none. ``None`` if
    there are no others and none confirms.
    """
    dates = _without_ends_of_ranges(list(fields))
    for found in dates:
        if found.value.split() == exact.split():
            reason = "The page gives the same date."
            return _at(found, page, Verdict.VERBATIM, reason, Related(relation=Relation.SAME))
    related = [
        _Candidate(found=found, related=how, same_year=bool(_years(exact) & _years(found.value)))
        for found in dates
        if (how := relate(exact, found.value, iso=found.iso)) is not None
    ]
    related.sort(key=_rank)
    labelled = [found for found in dates if found.found_by != "structure"]
    best = next((each for each in related if _decides(each, related)), None)
    if best is not None:
        verdict = VERDICTS[best.related.relation]
        reason = reason_for(best.related, exact, best.found.value)
        return _at(best.found, page, verdict, reason, best.related, exact)
    if labelled and (not read_date(exact) or not any(map(read_date, _values(labelled)))):
        return _in_words(exact, labelled[0], page)
    covered = next((each for each in related if each.related.relation in _PARTLY), None)
    if covered is None:
        return None
    reason = (
        f"No date of the page is marked as its own; “{covered.found.value}” stands on it, "
        "which is neither the same date nor against it."
    )
    return _at(covered.found, page, Verdict.NOT_CHECKABLE, reason, covered.related)


_PARTLY = (Relation.LESS_PRECISE, Relation.MORE_PRECISE)


def reason_for(related: Related, ours: str, theirs: str) -> str:
    """Return the sentence that says how the date *ours* stands to the page's *theirs*."""
    relation = related.relation
    if relation is Relation.LESS_PRECISE:
        return f"True as far as it goes; the page is more precise: “{theirs}”."
    if relation is Relation.MORE_PRECISE:
        return f"The post says more than the page, which says only “{theirs}”."
    if relation is Relation.DIFFERENT:
        weekday = "; its weekday is another" if related.wrong_weekday else ""
        return f"The page's field says “{theirs}”{weekday}."
    if related.ambiguous:
        return f"“{ours}” and the page's “{theirs}” can be the same day, and can be two days."
    without_time = " and gives no time" if related.adds_time else ""
    return f"The same day; the page writes it “{theirs}”{without_time}."


def warnings_for(related: Related) -> tuple[str, ...]:
    """Return the warnings that go with *related*."""
    warnings = []
    if related.relation in _PARTLY:
        warnings.append(str(related.relation.value))
    if related.adds_time and related.relation is not Relation.MORE_PRECISE:
        warnings.append("more_precise")
    if related.ambiguous:
        warnings.append("ambiguous")
    return tuple(warnings)


def is_date(line: str) -> bool:
    """Whether *line* is a date and nothing else."""
    return bool(read_date(line))


#: What stands between a title and its date on one line.
_PARTING = re.compile(r"\s*[,;:|(–—-]\s*")


def title_beside_day(line: str) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Return where a title and, before or behind it, a day stand on one *line*.

    A month or a year alone is part of the title: titles end in years.

    >>> title_beside_day("The Harbor Papers (Jun 4, 2019)")
    ((0, 17), (19, 30))
    """
    for gap in _PARTING.finditer(line):
        end = len(line.rstrip(") "))
        before, after = (0, gap.start()), (gap.end(), end)
        for title, day in ((before, after), (after, before)):
            if title[0] < title[1] and _is_day(line[day[0] : day[1]]):
                return title, day
    return None


def _is_day(text: str) -> bool:
    starts = [reading.start for reading in read_date(text)]
    return any(start.day is not None and start.year is not None for start in starts)


def _without_ends_of_ranges(fields: list[PageField]) -> list[PageField]:
    """Leave out the dates that are the ends of a range: the range is what the page says."""
    ranges = [
        (found.start, found.end)
        for found in fields
        if any(reading.is_range for reading in read_date(found.value))
    ]
    return [
        found
        for found in fields
        if not any(
            start <= found.start and found.end <= end and (start, end) != (found.start, found.end)
            for start, end in ranges
        )
    ]


def _rank(candidate: _Candidate) -> tuple[int, bool]:
    return (
        _ORDER.index(candidate.related.relation),
        candidate.found.found_by == "structure",
    )


def _decides(candidate: _Candidate, related: list[_Candidate]) -> bool:
    """Whether a page's date confirms or contradicts: its own does, one among many may confirm.

    The day on which an article was published contradicts dates of its own
    year; others are those of the papers it is about.
    """
    relation = candidate.related.relation
    if candidate.found.found_by == "structure":
        return relation is Relation.SAME
    among_others = any(each.found.found_by == "structure" for each in related)
    return relation is not Relation.DIFFERENT or not among_others or candidate.same_year


def _years(text: str) -> set[int | None]:
    return {reading.start.year for reading in read_date(text)}


def _values(fields: list[PageField]) -> list[str]:
    return [found.value for found in fields]


def _in_words(exact: str, found: PageField, page: Page) -> Comparison:
    """Compare as words what one side does not give as a date."""
    inside = compare(exact, SourceText(found.value))
    if inside.verdict in {Verdict.VERBATIM, Verdict.TYPOGRAPHIC}:
        reason = f"The words stand in the page's field: “{found.value}”."
        return _at(found, page, Verdict.TYPOGRAPHIC, reason, Related(relation=Relation.SAME))
    side = "the post's date" if not read_date(exact) else "the page's date"
    reason = f"The page's field says “{found.value}”; {side} could not be read as one."
    return Comparison(
        verdict=Verdict.NOT_CHECKABLE,
        matches=(match_in(page, found.start, found.end),),
        reason=reason,
    )


def _at(
    found: PageField,
    page: Page,
    verdict: Verdict,
    reason: str,
    related: Related,
    exact: str | None = None,
) -> Comparison:
    edits: tuple[Edit, ...] = ()
    if exact is not None and related.relation in {Relation.LESS_PRECISE, Relation.DIFFERENT}:
        less = related.relation is Relation.LESS_PRECISE
        edit = value_edit(
            EditKind.DATE,
            exact,
            found.value,
            source_at=found.start,
            severity=Severity.NONE if less else Severity.MAJOR,
        )
        edits = (edit,)
    return Comparison(
        verdict=verdict,
        matches=(match_in(page, found.start, found.end),),
        edits=edits,
        warnings=warnings_for(related),
        score=1.0,
        reason=reason,
    )
