"""Findings into files: JSON for scripts, HTML for readers, Markdown, CSV, and history.

``write_report`` writes one run's folder whole, ``read_report`` reads it back,
``changes_since`` says what differs from the run before. Nothing here judges:
verdicts come from ``checking`` and are only told.
"""

from flows.reporting.folders import clear_unplaced, write_report
from flows.reporting.fragments import text_fragment
from flows.reporting.from_json import read_report
from flows.reporting.history import changes_since
from flows.reporting.runs import find_report, list_runs, newest_report, previous_report
from flows.reporting.schema import SCHEMA, json_schema
from flows.reporting.tally import Totals, totals

__all__ = [
    "SCHEMA",
    "Totals",
    "changes_since",
    "clear_unplaced",
    "find_report",
    "json_schema",
    "list_runs",
    "newest_report",
    "previous_report",
    "read_report",
    "text_fragment",
    "totals",
    "write_report",
]
