"""Point into a page: matches, and edits that replace a whole value by another."""

from flows.records import Edit, EditKind, Match, Page, Severity

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
