"""``checks.csv``: one row per check, for a spreadsheet.

RFC 4180 (CRLF, doubled quotes) in UTF-8. The file starts with a byte order
mark, because without one Excel reads UTF-8 as the machine's old code page;
``utf-8-sig`` reads it in Python. A text cell that a spreadsheet would run as
a formula gets an apostrophe in front (OWASP, "CSV Injection"), and one longer
than a cell can be is cut, and says so: the words as they are stand in
``report.json``.
"""

import csv
import io
from collections.abc import Callable

from flows.records import Check, CheckedPost, Report, Severity
from flows.reporting.as_json import time_to_json
from flows.reporting.characters import writable
from flows.reporting.wording import edit_words, witness_words

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

#: Code units of UTF-16 that a cell of Excel holds; it writes the rest over the rows below.
_LONGEST = 32_767
_CUT = " [… cut here; whole in report.json]"

_Cell = str | int | float | None
_Column = Callable[[CheckedPost, Check], _Cell]

#: Names and order are stable; new columns come at the end.
COLUMNS: dict[str, _Column] = {
    "post_id": lambda post, _: post.post.id,
    "board": lambda post, _: post.post.board,
    "thread": lambda post, _: post.post.thread,
    "author_id": lambda post, _: post.post.author_id,
    "posted_at": lambda post, _: time_to_json(post.post.posted_at),
    "permalink": lambda post, _: post.post.permalink,
    "check_id": lambda _, check: check.id,
    "kind": lambda _, check: check.kind.value,
    "field": lambda _, check: check.field.value if check.field else None,
    "verdict": lambda _, check: check.verdict.value,
    "reason": lambda _, check: check.reason,
    "exact": lambda _, check: check.exact,
    "start": lambda _, check: check.start,
    "end": lambda _, check: check.end,
    "source_exact": lambda _, check: " […] ".join(match.exact for match in check.matches),
    "edits": lambda _, check: "; ".join(edit_words(edit) for edit in check.edits),
    "major_edits": lambda _, check: sum(edit.severity is Severity.MAJOR for edit in check.edits),
    "warnings": lambda _, check: " ".join(check.warnings),
    "witnesses": lambda _, check: "; ".join(witness_words(witness) for witness in check.witnesses),
    "score": lambda _, check: check.score,
    "source_url": lambda _, check: check.source.url if check.source else None,
    "layer": lambda _, check: check.source.layer.value if check.source else None,
    "captured_at": lambda _, check: (
        time_to_json(check.source.captured_at) if check.source else None
    ),
    "digest": lambda _, check: check.source.digest if check.source else None,
    "link": lambda _, check: check.link,
}


def report_to_csv(report: Report) -> bytes:
    """Return the checks of *report* as CSV, in the order of the posts."""
    table = io.StringIO(newline="")
    writer = csv.writer(table, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for post in report.posts:
        for check in post.checks:
            writer.writerow(_cell(column(post, check)) for column in COLUMNS.values())
    return table.getvalue().encode("utf-8-sig")


def _cell(value: _Cell) -> str | int | float:
    if value is None:
        return ""
    if not isinstance(value, str):
        return value
    # Older readers stop at a NUL.
    value = writable(value).replace("\0", "\ufffd")
    return _fitting(f"'{value}" if value.startswith(_FORMULA_STARTS) else value)


def _fitting(value: str) -> str:
    if len(value) <= _LONGEST // 2:
        return value
    units = value.encode("utf-16-le")
    if len(units) <= 2 * _LONGEST:
        return value
    # Half a character at the cut is left out.
    return units[: 2 * (_LONGEST - len(_CUT))].decode("utf-16-le", "ignore") + _CUT
