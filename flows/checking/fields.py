"""Labelled fields: the post's value against the page's field of the same name.

Dates are compared as dates, in any spelling; titles and sources word by word,
within the field; a posting is a title and a date against the page's list. A
page that has no such field is asked for the words as a whole, and the check
says so.
"""

from dataclasses import replace

from flows.checking.asking import with_warnings
from flows.matching import SourceText, compare, equal_dates, parse_date
from flows.records import (
    Claim,
    Comparison,
    Edit,
    EditKind,
    FieldName,
    Match,
    Page,
    PageField,
    Posting,
    Severity,
    Verdict,
)

_FAITHFUL = (Verdict.VERBATIM, Verdict.TYPOGRAPHIC, Verdict.ELIDED)
_CONTEXT = 40


def compare_field(claim: Claim, page: Page, whole: SourceText) -> Comparison:
    """Return how the field *claim* compares with the same field of *page*.

    Every match points into ``page.text``. *whole* is that text, prepared.
    """
    if claim.field is FieldName.POSTING:
        return _compare_posting(claim, page, whole)
    same_name = [found for found in page.fields if found.name is claim.field]
    if claim.field is FieldName.DATE:
        return _compare_date(claim.exact, same_name, page, whole)
    if not same_name:
        return _anywhere(claim.exact, page, whole, str(claim.field))
    results = [_compare_value(claim.exact, found, page) for found in same_name]
    return min(results, key=lambda result: (result.verdict not in _FAITHFUL, -result.score))


def _compare_value(exact: str, found: PageField, page: Page) -> Comparison:
    inside = compare(exact, SourceText(found.value))
    if inside.verdict in _FAITHFUL or inside.verdict is Verdict.ALTERED:
        return _shifted(inside, found.start, page)
    return _replaced(exact, found, page, EditKind.NAME)


def _compare_date(exact: str, fields: list[PageField], page: Page, whole: SourceText) -> Comparison:
    for found in fields:
        if found.value.split() == exact.split():
            return _equal(found, page, Verdict.VERBATIM, "The page gives the same date.")
    for found in fields:
        if any(equal_dates(exact, given) for given in (found.value, found.iso) if given):
            reason = f"The same day; the page writes it “{found.value}”."
            return _equal(found, page, Verdict.TYPOGRAPHIC, reason)
    # A date that was only found by its place may be any date of a news page or
    # a briefing book: it can confirm a date, and contradict none.
    labelled = [found for found in fields if found.found_by != "structure"]
    if labelled:
        return _replaced(exact, labelled[0], page, EditKind.DATE)
    return _anywhere(exact, page, whole, "date")


def _compare_posting(claim: Claim, page: Page, whole: SourceText) -> Comparison:
    title, day = _title_and_date(claim.exact)
    best: tuple[int, Comparison] | None = None
    for posting in page.postings:
        result = _posting_against(claim.exact, title, day, posting, page)
        rank = (Verdict.VERBATIM, Verdict.TYPOGRAPHIC, Verdict.ALTERED).index(result.verdict)
        if best is None or rank < best[0] or len(result.edits) < len(best[1].edits):
            best = (rank, result)
    if best is None:
        return _anywhere(claim.exact, page, whole, "list of postings")
    return best[1]


def _posting_against(
    exact: str, title: str, day: str | None, posting: Posting, page: Page
) -> Comparison:
    match = _match(page, posting.start, posting.end)
    titles = compare(title, SourceText(posting.title))
    edits: list[Edit] = []
    if titles.verdict not in _FAITHFUL:
        edits.extend(titles.edits)
        if not edits:
            edits.append(_edit(EditKind.NAME, title, posting.title, 0, posting.start))
    if day is not None and posting.date is not None and not equal_dates(day, posting.date):
        edits.append(_edit(EditKind.DATE, day, posting.date, exact.rfind(day), posting.start))
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
        verdict=Verdict.VERBATIM if same else Verdict.TYPOGRAPHIC,
        matches=(match,),
        score=1.0,
        reason="The page lists this posting, with this title and date."
        if day is not None
        else "The page lists a posting of this title.",
    )


def _title_and_date(exact: str) -> tuple[str, str | None]:
    """Split a posting, as a post gives it, into its title and its date, if it has one."""
    lines = [line.strip() for line in exact.splitlines() if line.strip()]
    for place in range(len(lines) - 1, -1, -1):
        if len(lines) > 1 and parse_date(lines[place]) is not None:
            return " ".join(lines[:place] + lines[place + 1 :]), lines[place]
    return " ".join(lines), None


def _anywhere(exact: str, page: Page, whole: SourceText, name: str) -> Comparison:
    """Look for the words on the whole page, because it has no field of that name."""
    result = compare(exact, whole)
    note = f"The page has no field for the {name} that could be told apart."
    if result.verdict in _FAITHFUL:
        result = replace(result, reason=f"{note} The words do stand on it.")
    elif result.verdict is not Verdict.NOT_CHECKABLE:
        # The words of a date or a title elsewhere on the page are no evidence
        # against the post: what the field would have said is not known.
        result = Comparison(
            verdict=Verdict.NOT_CHECKABLE if not page.fields else Verdict.NOT_FOUND,
            reason=f"{note} The words do not stand elsewhere on it.",
        )
    return with_warnings(result, "field_not_labelled")


def _equal(found: PageField, page: Page, verdict: Verdict, reason: str) -> Comparison:
    match = _match(page, found.start, found.end)
    return Comparison(verdict=verdict, matches=(match,), score=1.0, reason=reason)


def _replaced(exact: str, found: PageField, page: Page, kind: EditKind) -> Comparison:
    return Comparison(
        verdict=Verdict.ALTERED,
        matches=(_match(page, found.start, found.end),),
        edits=(_edit(kind, exact, found.value, 0, found.start),),
        score=1.0,
        reason=f"The page's field says “{found.value}”.",
    )


def _edit(kind: EditKind, quoted: str, source: str, quoted_at: int, source_at: int) -> Edit:
    return Edit(
        kind=kind,
        quoted=quoted,
        source=source,
        severity=Severity.MAJOR,
        quoted_start=quoted_at,
        quoted_end=quoted_at + len(quoted),
        source_start=source_at,
        source_end=source_at + len(source),
    )


def _match(page: Page, start: int, end: int) -> Match:
    return Match(
        start=start,
        end=end,
        exact=page.text[start:end],
        prefix=page.text[max(0, start - _CONTEXT) : start],
        suffix=page.text[end : end + _CONTEXT],
    )


def _shifted(result: Comparison, by: int, page: Page) -> Comparison:
    """Return *result*, found inside a field, with its offsets counted in the page."""
    return replace(
        result,
        matches=tuple(_match(page, match.start + by, match.end + by) for match in result.matches),
        edits=tuple(
            replace(edit, source_start=edit.source_start + by, source_end=edit.source_end + by)
            for edit in result.edits
        ),
    )
