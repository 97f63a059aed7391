"""``index.html``: the list of all runs in a folder of reports, newest first."""

from collections.abc import Sequence
from urllib.parse import quote

from flows.records import Verdict
from flows.reporting.as_html import page
from flows.reporting.runs import RunSummary
from flows.reporting.wording import VERDICTS, Group


def index_page(runs: Sequence[RunSummary]) -> bytes:
    """Return the page that lists *runs* in the order given."""
    rows = [
        {
            "run": run,
            # The folder's real name leads to the report, not what the file
            # in it says of itself.
            "address": quote(run.folder.name, safe=""),
            "groups": {group: _count(run, group) for group in Group},
        }
        for run in runs
    ]
    return page("index.html", rows=rows)


def _count(run: RunSummary, group: Group) -> int:
    counts = run.totals["verdicts"]
    return sum(
        counts.get(verdict.value, 0) for verdict in Verdict if VERDICTS[verdict].group is group
    )
