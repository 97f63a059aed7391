"""Point into a page: matches, and edits that replace a whole value by another."""

from dataclasses import replace

from flows.records import Comparison, Edit, EditKind, Match, Page, Severity

#: Code points shown before and after a value.
_CONTEXT = 40


def match_in(page: Page, start: int, end: int) -> Match:
    """Return ``page.text[start:end]`` with its surroundings."""
    return Match(
        start=start,
        end=end,
        exact=page.text[start:end],
        prefix=page.text[max(0, start - _CONTEXT) : start],
        suffix=page.text[end : end + _CONTEXT],
    )


def value_edit(
    kind: EditKind,
    quoted: str,
    source: str,
    *,
    quoted_at: int = 0,
    source_at: int,
    severity: Severity = Severity.MAJOR,
) -> Edit:
    """Return the edit that has *quoted* for *source*, each with its place."""
    return Edit(
        kind=kind,
        quoted=quoted,
        source=source,
        severity=severity,
        quoted_start=quoted_at,
        quoted_end=quoted_at + len(quoted),
        source_start=source_at,
        source_end=source_at + len(source),
    )


def in_page(result: Comparison, by: int, page: Page) -> Comparison:
    """Return *result*, found in a value at *by*, with its offsets counted in the page."""
    return replace(
        result,
        matches=tuple(match_in(page, match.start + by, match.end + by) for match in result.matches),
        edits=tuple(
            replace(edit, source_start=edit.source_start + by, source_end=edit.source_end + by)
            for edit in result.edits
        ),
    )
