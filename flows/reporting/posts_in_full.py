"""A post's text with the checked words marked in it.

A reader sees at a glance which words were checked, with what result, and
which were left to the poster: those are never charged as misquotation.
"""

from dataclasses import dataclass

from flows.records import Check
from flows.reporting.outline import Finding

# A post longer than this is shown up to here; report.json holds the whole.
LONGEST_SHOWN = 20_000


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some text of a post, and the finding that speaks about it, if any."""

    text: str
    finding: Finding | None


def marked_text(text: str, findings: tuple[Finding, ...]) -> tuple[Stretch, ...]:
    """Return *text* in stretches, each with the narrowest finding about it.

    A quotation inside a passage keeps its own finding; the passage has the
    words around it.
    """
    text = text[:LONGEST_SHOWN]
    owner: list[Finding | None] = [None] * len(text)
    # Wide ones first, so that narrow ones are written over them.
    for finding in sorted(findings, key=_width, reverse=True):
        start, end = max(0, finding.check.start), min(len(text), finding.check.end)
        owner[start:end] = [finding] * max(0, end - start)
    stretches: list[Stretch] = []
    start = 0
    for position in range(1, len(text) + 1):
        if position == len(text) or owner[position] is not owner[start]:
            stretches.append(Stretch(text[start:position], owner[start]))
            start = position
    return tuple(stretches)


def _width(finding: Finding) -> int:
    check: Check = finding.check
    return check.end - check.start
