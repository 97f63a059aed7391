"""The order in which a report tells its findings.

Differences first, worst first; then what could not be checked, by the source
and the reason that stopped it; then agreements, post by post. HTML and
Markdown are written from this outline, so that they tell the same story.
"""

import itertools
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from flows.records import Check, CheckedPost, Report, Severity, Verdict
from flows.reporting.tally import Totals, totals
from flows.reporting.wording import VERDICTS, Group, counted, is_caution


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A check with its post and its number in the report (posts' order, from 1).

    ``part_of`` is the number of the check whose words hold those of this one.
    """

    number: int
    check: Check
    post: CheckedPost
    part_of: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """One reason why checks could not be made, and the findings it stopped."""

    url: str | None
    reason: str
    verdict: Verdict
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A report's findings in the order of telling."""

    report: Report
    totals: Totals
    headline: str
    explanation: str
    differing: tuple[tuple[Verdict, tuple[Finding, ...]], ...]
    to_look_at: tuple[Finding, ...]
    obstacles: tuple[Obstacle, ...]
    cautions: tuple[Finding, ...]
    agreeing: tuple[tuple[CheckedPost, tuple[Finding, ...]], ...]
    posts: tuple[tuple[CheckedPost, tuple[Finding, ...]], ...]

    def number_of(self, group: Group) -> int:
        """Return how many checks fall into *group*."""
        return sum(
            number
            for verdict, number in self.totals.verdicts.items()
            if VERDICTS[verdict].group is group
        )


def outline(report: Report) -> Outline:
    """Return the findings of *report* in the order of telling."""
    numbers = itertools.count(1)
    posts = tuple((post, _findings(post, numbers)) for post in report.posts)
    findings = [finding for _, found in posts for finding in found]
    by_verdict: dict[Verdict, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_verdict[finding.check.verdict].append(finding)
    counts = totals(report)
    headline, explanation = _headline(counts)
    differing = tuple(
        (verdict, tuple(sorted(by_verdict[verdict], key=_weight)))
        for verdict, words in VERDICTS.items()
        if words.group is Group.DIFFERS and by_verdict[verdict]
    )
    return Outline(
        report=report,
        totals=counts,
        headline=headline,
        explanation=explanation,
        differing=differing,
        to_look_at=_to_look_at(differing),
        obstacles=_obstacles(findings),
        cautions=tuple(finding for finding in findings if is_caution(finding.check)),
        agreeing=_agreeing(posts),
        posts=posts,
    )


def _findings(post: CheckedPost, numbers: Iterator[int]) -> tuple[Finding, ...]:
    numbered = [(next(numbers), check) for check in post.checks]
    known = {check.id: number for number, check in numbered}
    return tuple(
        Finding(
            number=number,
            check=check,
            post=post,
            part_of=known.get(check.within) if check.within is not None else None,
        )
        for number, check in numbered
    )


def _to_look_at(
    differing: tuple[tuple[Verdict, tuple[Finding, ...]], ...],
) -> tuple[Finding, ...]:
    """Return what differs, worst first, without parts of words that differ as a whole."""
    findings = [finding for _, found in differing for finding in found]
    numbers = {finding.number for finding in findings}
    return tuple(finding for finding in findings if finding.part_of not in numbers)


def _weight(finding: Finding) -> tuple[int, int]:
    majors = sum(edit.severity is Severity.MAJOR for edit in finding.check.edits)
    return (0 if majors else 1), finding.number


def _obstacles(findings: list[Finding]) -> tuple[Obstacle, ...]:
    stopped: dict[tuple[Verdict, str | None, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        check = finding.check
        if VERDICTS[check.verdict].group is Group.UNCHECKED:
            stopped[(check.verdict, _asked_url(check), check.reason)].append(finding)
    return tuple(
        Obstacle(url=url, reason=reason, verdict=verdict, findings=tuple(found))
        for (verdict, url, reason), found in stopped.items()
    )


def _asked_url(check: Check) -> str | None:
    if check.source:
        return check.source.url
    return check.witnesses[0].url if check.witnesses else None


def _agreeing(
    posts: tuple[tuple[CheckedPost, tuple[Finding, ...]], ...],
) -> tuple[tuple[CheckedPost, tuple[Finding, ...]], ...]:
    agreeing = (
        (post, tuple(f for f in found if VERDICTS[f.check.verdict].group is Group.AGREES))
        for post, found in posts
    )
    return tuple((post, found) for post, found in agreeing if found)


def _headline(counts: Totals) -> tuple[str, str]:
    """Return the report's finding in one sentence, and what stands behind it.

    "Nothing was checked" comes before everything else: an empty list of
    differences must not look like a clean result.
    """
    groups = dict.fromkeys(Group, 0)
    for verdict, number in counts.verdicts.items():
        groups[VERDICTS[verdict].group] += number
    made = counts.checks - groups[Group.UNCHECKED]
    if counts.checks == 0:
        return "Nothing was checked.", _why_nothing(counts)
    if made == 0:
        return "Nothing could be checked.", (
            f"{_all_of(counts.checks)} for a source that could not be obtained, or not be read. "
            "This says nothing about the quotations, neither for nor against them."
        )
    if groups[Group.DIFFERS]:
        verb = "differs" if groups[Group.DIFFERS] == 1 else "differ"
        first = (
            f"{groups[Group.DIFFERS]:,} of {counted(made, 'comparison')} {verb} from the source."
        )
    else:
        first = f"No difference in {counted(made, 'comparison')}."
    if not groups[Group.UNCHECKED]:
        return first, ""
    return first, (
        f"{counted(groups[Group.UNCHECKED], 'more check')} could not be made. "
        "That says nothing about the quotations, neither for nor against them."
    )


def _all_of(checks: int) -> str:
    return "The one check waits" if checks == 1 else f"All {checks:,} checks wait"


def _why_nothing(counts: Totals) -> str:
    if counts.posts == 0:
        return "No post was read."
    if counts.links == 0:
        return f"None of the {counted(counts.posts, 'post')} read holds a link to the Archive."
    return (
        f"{counted(counts.posts, 'post')} and {counted(counts.links, 'link')} to the Archive were "
        "read, but no field, passage or quotation was found that a source could vouch for."
    )
