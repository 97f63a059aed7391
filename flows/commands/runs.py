"""``run``, ``refetch`` and ``serve``: the commands that do the work."""

import argparse
import sys
from collections.abc import Mapping
from contextlib import closing

from flows.commands.exits import EXIT_DONE, EXIT_FINDING
from flows.commands.options import settings_from
from flows.commands.terminal import printable, progress_for
from flows.pipeline import Outcome
from flows.records import SourceStatus, Verdict
from flows.reporting.wording import VERDICTS, Group
from flows.settings import Settings

_GROUPS = {
    Group.DIFFERS: "differ from the source",
    Group.UNCHECKED: "could not be checked",
    Group.AGREES: "agree",
}


def run(options: argparse.Namespace) -> int:
    """Read posts, fetch what they cite, compare, report."""
    settings = settings_from(options)
    outcome = start_verify(options.paths, settings, options)
    return conclude(outcome, settings, options)


def refetch(options: argparse.Namespace) -> int:
    """Try the failed fetches again and check the posts they affect."""
    settings = settings_from(options)
    outcome = start_refetch(settings, options, every=options.all)
    return conclude(outcome, settings, options)


def start_verify(paths: list[str], settings: Settings, options: argparse.Namespace) -> Outcome:
    """Run the verify flow on the engine of *settings*."""
    columns = getattr(options, "columns", None)
    with closing(progress_for(options)) as progress:
        if settings.engine == "direct":
            from flows.pipeline import verify

            return verify(paths, settings, progress=progress, columns=columns)
        from flows.verify import run_verify

        return run_verify(paths, settings, progress=progress, columns=columns)


def start_refetch(settings: Settings, options: argparse.Namespace, *, every: bool) -> Outcome:
    """Run the refetch flow on the engine of *settings*."""
    with closing(progress_for(options)) as progress:
        if settings.engine == "direct":
            from flows.pipeline import refetch as refetch_directly

            return refetch_directly(settings, every=every, progress=progress)
        from flows.refetch import run_refetch

        return run_refetch(settings, every=every, progress=progress)


def serve(options: argparse.Namespace) -> int:
    """Run both flows on their schedules until told to stop."""
    from flows.orchestration.serving import serve as serve_schedules

    return serve_schedules(
        options.folder,
        settings_from(options),
        verify_cron=options.verify_cron,
        refetch_cron=options.refetch_cron,
        interval=options.interval,
    )


def conclude(outcome: Outcome, settings: Settings, options: argparse.Namespace) -> int:
    """Say what a run found, print its report's path, and return the exit status."""
    if not getattr(options, "quiet", False):
        for line in summary(outcome):
            print(printable(line), file=sys.stderr)
    # Absolute, so that a script started elsewhere can open it.
    print(outcome.report.absolute())
    found = [verdict for verdict in settings.fail_on if outcome.verdicts.get(verdict)]
    return EXIT_FINDING if found else EXIT_DONE


def summary(outcome: Outcome) -> list[str]:
    """Return what a run found, in two or three lines."""
    lines = []
    if outcome.nothing_due:
        lines.append("nothing is due: no failed fetch has reached its next try (--all tries all)")
    if outcome.recovered:
        lines.append(f"recovered: {outcome.recovered} of the sources that had failed")
    lines.append(f"sources: {_counts(outcome.sources) or 'none cited'}")
    lines.append(f"checks: {_checks(outcome.verdicts) or 'nothing to check was found'}")
    lines.append(f"report: {outcome.report.with_name('report.html')}")
    return lines


def _checks(counts: Mapping[Verdict, int]) -> str:
    """Return the verdicts by what they mean for a reader, worst first."""
    parts = []
    for group, meaning in _GROUPS.items():
        found = {v: counts.get(v, 0) for v, words in VERDICTS.items() if words.group is group}
        if any(found.values()):
            parts.append(f"{sum(found.values())} {meaning} ({_counts(found)})")
    return "; ".join(parts)


def _counts(counts: Mapping[Verdict, int] | Mapping[SourceStatus, int]) -> str:
    return ", ".join(f"{count} {name}" for name, count in counts.items() if count)
