"""Labelled fields: the post's value against the page's field of the same name.

Dates are compared as dates, in any spelling; titles and sources word by word,
within the field; a posting is a title and a date against the page's list. A
page that has no such field is asked for the words as a whole, and the check
says so.
"""

from dataclasses import replace

from flows.checking.asking import with_warnings
from flows.checking.dates import (
    VERDICTS,
    compare_date,
    is_date,
    reason_for,
    title_beside_day,
    warnings_for,
)
from flows.checking.entries import ARTICLES, at_entry
from flows.checking.pointing import in_page, match_in, value_edit
from flows.checking.sources import same_source
from flows.dates import Related, Relation, relate
from flows.matching import SourceText, compare, compare_in_context
from flows.records import (
    Claim,
    Comparison,
    Edit,
    EditKind,
    FieldName,
    Page,
    PageField,
    Posting,
    Severity,
    Verdict,
)

#: Shorter words resemble something on every page.
NEARLY_WORDS = 5

_FAITHFUL = (Verdict.VERBATIM, Verdict.TYPOGRAPHIC, Verdict.ELIDED)


def compare_field(claim: Claim, page: Page, whole: SourceText) -> Comparison:
    """Return how the field *claim* compares with the same field of *page*.

    Every match points into ``page.text``. *whole* is that text, prepared.
    """
    of_page = [found for found in page.fields if found.name is claim.field]
    page = at_entry(page, claim.title)
    if claim.field is FieldName.POSTING:
        return _compare_posting(claim, page, whole)
    same_name = [found for found in page.fields if found.name is claim.field]
    if claim.field is FieldName.DATE:
        return compare_date(claim.exact, same_name, page) or _anywhere(
            claim.exact, page, whole, "date"
        )
    if not same_name:
        return _anywhere(claim.exact, page, whole, str(claim.field))
    results = [_compare_value(claim.exact, found, page) for found in same_name]
    best = min(results, key=_unlikeness)
    its_own = same_name != of_page or not page.basis.startswith(ARTICLES)
    if best.verdict in _FAITHFUL or its_own:
        return best
    # An article has a title of its own, and names sources of some of its papers
    # alone: what is quite unlike those may be said of another.
    anywhere = _anywhere(claim.exact, page, whole, str(claim.field))
    return best if _is_near(claim.exact, best) and anywhere.verdict not in _FAITHFUL else anywhere


def _is_near(exact: str, result: Comparison) -> bool:
    """Whether the words are, but for one or two, those that the page has."""
    words, changed = len(exact.split()), _unlikeness(result)[1]
    return result.verdict is Verdict.ALTERED and words >= NEARLY_WORDS and changed * 3 <= words


def _unlikeness(result: Comparison) -> tuple[bool, int, int]:
    """Rank what the fields of one name answer: of several sources the likest is meant."""
    changed = [edit for edit in result.edits if edit.severity is not Severity.NONE]
    words = sum(max(len(edit.quoted.split()), len(edit.source.split())) for edit in changed)
    return result.verdict not in _FAITHFUL, words, len(changed)


def _compare_value(exact: str, found: PageField, page: Page) -> Comparison:
    inside = compare_in_context(exact, SourceText(found.value))
    if inside.verdict not in _FAITHFUL and found.name is FieldName.SOURCE:
        named = same_source(exact, found, page)
        if named is not None:
            return named
    if inside.verdict in _FAITHFUL or inside.verdict is Verdict.ALTERED:
        return in_page(inside, found.start, page)
    return _replaced(exact, found, page, EditKind.NAME)


def _compare_posting(claim: Claim, page: Page, whole: SourceText) -> Comparison:
    title, day = _title_and_date(claim.exact)
    results = [
        _posting_against(claim.exact, title, day, posting, page) for posting in page.postings
    ]
    if not results:
        return _anywhere(claim.exact, page, whole, "list of postings")
    return min(results, key=lambda result: (_POSTING_ORDER[result.verdict], len(result.edits)))


_POSTING_ORDER = {
    Verdict.VERBATIM: 0,
    Verdict.TYPOGRAPHIC: 1,
    Verdict.ELIDED: 2,
    Verdict.NOT_CHECKABLE: 3,
    Verdict.ALTERED: 4,
}


def _posting_against(
    exact: str, title: str, day: str | None, posting: Posting, page: Page
) -> Comparison:
    match = match_in(page, posting.start, posting.end)
    titles = compare(title, SourceText(posting.title))
    edits: list[Edit] = []
    if titles.verdict not in _FAITHFUL:
        edits.extend(titles.edits)
        if not edits:
            edits.append(value_edit(EditKind.NAME, title, posting.title, source_at=posting.start))
    related = Related(relation=Relation.SAME)
    if day is not None and posting.date is not None:
        related = relate(day, posting.date) or related
        if related.relation is Relation.DIFFERENT:
            edits.append(
                value_edit(
                    EditKind.DATE,
                    day,
                    posting.date,
                    quoted_at=exact.rfind(day),
                    source_at=posting.start,
                )
            )
    if edits:
        return Comparison(
            verdict=Verdict.ALTERED,
            matches=(match,),
            edits=tuple(edits),
            score=1.0,
            reason=f"The page lists “{posting.title}”, {posting.date or 'without a date'}.",
        )
    same = " ".join(exact.split()) == " ".join(f"{posting.title} {posting.date or ''}".split())
    return Comparison(
        verdict=Verdict.VERBATIM if same else VERDICTS[related.relation],
        matches=(match,),
        warnings=() if same else warnings_for(related),
        score=1.0,
        reason=_posting_reason(day, posting, related),
    )


def _posting_reason(day: str | None, posting: Posting, related: Related) -> str:
    if day is None:
        return "The page lists a posting of this title."
    if posting.date is not None and related.relation is not Relation.SAME:
        return reason_for(related, day, posting.date)
    return "The page lists this posting, with this title and date."


def _title_and_date(exact: str) -> tuple[str, str | None]:
    """Split a posting, as a post gives it, into its title and its date, if it has one."""
    lines = [line.strip() for line in exact.splitlines() if line.strip()]
    for place in range(len(lines) - 1, -1, -1):
        if len(lines) > 1 and is_date(lines[place]):
            return " ".join(lines[:place] + lines[place + 1 :]), lines[place]
    line = " ".join(lines)
    parted = title_beside_day(line)
    if parted is None:
        return line, None
    (title_start, title_end), (day_start, day_end) = parted
    return line[title_start:title_end], line[day_start:day_end]


def _anywhere(exact: str, page: Page, whole: SourceText, name: str) -> Comparison:
    """Look for the words on the whole page, because it has no field of that name."""
    result = compare_in_context(exact, whole)
    note = f"The page has no field for the {name} that could be told apart."
    absent = "The words do not stand elsewhere on it."
    partial = not page.fields or page.incomplete is not None
    if result.verdict in _FAITHFUL:
        result = replace(result, reason=f"{note} The words do stand on it.")
    elif name != FieldName.DATE and _is_near(exact, result):
        result = replace(result, reason=f"{note} {result.reason}")
    elif result.verdict is not Verdict.NOT_CHECKABLE:
        # The words of a date or a title elsewhere on the page are no evidence
        # against the post: what the field would have said is not known.
        result = Comparison(
            verdict=Verdict.NOT_CHECKABLE if partial else Verdict.NOT_FOUND,
            reason=" ".join(filter(None, (note, absent, page.incomplete))),
        )
    return with_warnings(result, "field_not_labelled")


def _replaced(exact: str, found: PageField, page: Page, kind: EditKind) -> Comparison:
    return Comparison(
        verdict=Verdict.ALTERED,
        matches=(match_in(page, found.start, found.end),),
        edits=(value_edit(kind, exact, found.value, source_at=found.start),),
        score=1.0,
        reason=f"The page's field says “{found.value}”.",
    )
