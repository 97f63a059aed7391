"""Counting a report: the figures of its ``totals``."""

from collections import Counter
from dataclasses import dataclass

from flows.records import Report, SourceStatus, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """The figures of one report.

    ``verdicts`` and ``sources_by_status`` hold every name there is, with zero
    where nothing occurred, so that a script never meets a missing key.
    """

    posts: int
    posts_with_links: int
    links: int
    sources: int
    checks: int
    verdicts: dict[Verdict, int]
    sources_by_status: dict[SourceStatus, int]


def totals(report: Report) -> Totals:
    """Return the figures of *report*, counted from its posts and sources.

    ``posts`` counts what was read, which is more than what is listed when a
    run read many posts that cite nothing. ``links`` counts occurrences,
    ``sources`` counts addresses.
    """
    verdicts = Counter(check.verdict for post in report.posts for check in post.checks)
    statuses = Counter(source.status for source in report.sources)
    return Totals(
        posts=max(len(report.posts), sum(entry.posts for entry in report.run.inputs)),
        posts_with_links=sum(1 for post in report.posts if post.links),
        links=sum(len(post.links) for post in report.posts),
        sources=len(report.sources),
        checks=verdicts.total(),
        verdicts={verdict: verdicts[verdict] for verdict in Verdict},
        sources_by_status={status: statuses[status] for status in SourceStatus},
    )
