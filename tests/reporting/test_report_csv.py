"""checks.csv, as a spreadsheet and as a script read it."""

import csv
import io
from dataclasses import replace

import pytest

from flows.reporting.as_csv import COLUMNS, report_to_csv

FIRST_COLUMNS = [
    *("post_id", "board", "thread", "author_id", "posted_at", "permalink", "check_id"),
    *("kind", "field", "verdict", "reason", "exact", "start", "end", "source_exact"),
    *("edits", "major_edits", "warnings", "witnesses", "score", "source_url", "layer"),
    *("captured_at", "digest", "link"),
]


def _rows(report):
    text = report_to_csv(report).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_columns_are_stable():
    """New ones may only come after these."""
    assert list(COLUMNS)[: len(FIRST_COLUMNS)] == FIRST_COLUMNS


def test_there_is_one_row_per_check_in_the_order_of_the_posts(sample):
    """Line ends inside a cell do not begin a row."""
    ids = [check.id for post in sample.posts for check in post.checks]
    assert [row["check_id"] for row in _rows(sample)] == ids


def test_a_row_tells_what_was_found(sample):
    """Words, difference and evidence stand in one line."""
    row = _rows(sample)[0]
    assert row["exact"] == "Nov 28, 1995"
    assert row["source_exact"] == "Nov 28, 1994"
    assert row["edits"] == "date: post “Nov 28, 1995”, source “Nov 28, 1994” (major)"
    assert row["major_edits"] == "1"
    assert row["posted_at"] == "2025-03-02T01:11:00Z"


def test_the_file_is_what_excel_takes_for_utf_8(sample):
    """Byte order mark and CRLF (RFC 4180)."""
    content = report_to_csv(sample)
    assert content.startswith(b"\xef\xbb\xbfpost_id,")
    assert content.count(b"\r\n") == len(_rows(sample)) + 1


FORMULAS = {
    "equals": "=1+1",
    "plus": "+1",
    "minus": "-1",
    "at": "@SUM(A1)",
    "tab": "\t=1",
    "carriage return": "\r=1",
    "line feed": "\n=1",
    "a wide equals sign": "＝1",
}


@pytest.mark.parametrize("text", FORMULAS.values(), ids=FORMULAS)
def test_no_cell_is_run_as_a_formula(sample, text):
    """An apostrophe stands in front; the words themselves stay."""
    first = sample.posts[0]
    post = replace(first, post=replace(first.post, id=text))
    assert _rows(replace(sample, posts=(post,)))[0]["post_id"] == f"'{text}"


LONG = {
    "as long as a cell can be": ("a" * 32_767, False),
    "one letter more": ("a" * 32_768, True),
    "one more with its apostrophe": ("=" + "a" * 32_766, True),
    "letters that count twice": ("\U0001d504" * 16_384, True),
    "half as many of them": ("\U0001d504" * 16_383, False),
}


@pytest.mark.parametrize("text, is_cut", LONG.values(), ids=LONG)
def test_a_cell_holds_no_more_than_excel_takes(sample, text, is_cut):
    """Excel would write the rest over the rows below; a cut cell says where the whole is."""
    first = sample.posts[0]
    check = replace(first.checks[0], exact=text)
    cell = _rows(replace(sample, posts=(replace(first, checks=(check,)),)))[0]["exact"]
    assert len(cell.encode("utf-16-le")) <= 2 * 32_767
    assert cell.endswith("report.json]") == is_cut
    assert cell.lstrip("'").startswith(text[:16_000])
    assert is_cut or cell == text


def test_hostile_text_stays_in_its_cell(hostile):
    """Quotation marks and line ends are quoted, surrogates replaced."""
    row = _rows(hostile)[-1]
    assert row["post_id"] == "'=2+5"
    assert row["exact"].endswith("1. &lt; 5 > 4\ufffd")
    assert row["start"] == "0"
