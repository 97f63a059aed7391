"""Headers of copied posts: ids, authors, and times in UTC."""

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

import flows.demo
from flows.posts import read_posts
from flows.posts.dchan_text import is_header

SAMPLE = Path(flows.demo.__file__).parent / "data" / "posts-22684108-22684265.txt"


def test_the_sample_posts():
    stream = read_posts([SAMPLE])
    first, second = list(stream)
    assert (first.id, second.id) == ("22684108", "22684265")
    assert (first.author_id, second.author_id) == ("13825e", "13825e")
    assert first.posted_at == datetime(2025, 3, 2, 1, 11, tzinfo=UTC)
    assert second.posted_at == datetime(2025, 3, 2, 1, 41, tzinfo=UTC)
    assert first.zone_rule == second.zone_rule == "America/Los_Angeles"
    assert first.replies_to == second.replies_to == ("22683995",)
    assert (first.board, first.thread, first.permalink) == (None, None, None)
    assert first.text.startswith(">>22683995\n\nDate\n\nNov 28, 1994")
    assert first.text.endswith("27160-doc-06-clinton-letter-yeltsin")
    assert second.text.endswith("27170-doc-16-strobe-talbott-memorandum-president-moment-truth")
    [entry] = stream.inputs
    assert (entry.format, entry.posts, entry.unreadable) == ("dchan-text", 2, ())


TIMES = {
    "March 1, 2025, 5:11 p.m.": "2025-03-02T01:11",
    "March 9, 2025, 1:59 a.m.": "2025-03-09T09:59",
    "March 9, 2025, 3:00 a.m.": "2025-03-09T10:00",
    "Jan. 5, 2022, noon": "2022-01-05T20:00",
    "July 4, 2022, midnight": "2022-07-04T07:00",
    "Feb. 3, 2022, 5 p.m.": "2022-02-04T01:00",
    "Sept. 30, 2021, 12:30 a.m.": "2021-09-30T07:30",
    "Sept. 30, 2021, 12:30 p.m.": "2021-09-30T19:30",
    "May 31, 2021, 11:59 p.m.": "2021-06-01T06:59",
    "June 1, 2021, 8 a.m.": "2021-06-01T15:00",
    "Dec. 31, 2020, 11:59 p.m.": "2021-01-01T07:59",
    "Nov. 6, 2022, 1:30 a.m.": "2022-11-06T08:30",
}


@pytest.mark.parametrize("shown", TIMES)
def test_time_is_read_in_los_angeles(shown, read):
    """Django's N j, Y, P form, summer and winter."""
    [post], _ = read(f"Anonymous ID:\u00a0abc123 {shown} No.100 >>0001\n\nwords\n")
    assert post.posted_at.isoformat()[:16] == TIMES[shown]
    assert post.posted_at.tzinfo is UTC


HEADERS = {
    "as copied": "Anonymous ID:\u00a013825e March 1, 2025, 5:11 p.m. No.22684108 \u00a0 🗄️.is",
    "no backlinks": "Anonymous ID: 13825e March 1, 2025, 5:11 p.m. No.22684108",
    "no id": "Anonymous March 1, 2025, 5:11 p.m. No.22684108",
    "a name": "Some Name ID: 13825e March 1, 2025, 5:11 p.m. No.22684108",
    "a name with a code": "Q !!abcDEF12 ID: 13825e March 1, 2025, 5:11 p.m. No.22684108",
    "a subject": "Anonymous ID: 13825e A Long Subject March 1, 2025, 5:11 p.m. No.22684108",
    "blanks in front": "  Anonymous ID: 13825e March 1, 2025, 5:11 p.m. No.22684108",
    "a blank before the number": "Anonymous ID: 13825e March 1, 2025, 5:11 p.m. No. 22684108",
}


@pytest.mark.parametrize("header", HEADERS.values(), ids=HEADERS)
def test_headers(header, read):
    [post], _ = read(f"{header}\nwords\n")
    assert (post.id, post.text) == ("22684108", "words")
    assert post.posted_at == datetime(2025, 3, 2, 1, 11, tzinfo=UTC)


NO_HEADERS = {
    "a date in prose": "On March 1, 2025, 5:11 p.m. they met in room No. of the house",
    "a number without a time": "Anonymous ID: 13825e No.22684108",
    "a time without a number": "Anonymous ID: 13825e March 1, 2025, 5:11 p.m.",
    "a document's number": "See cable No.100 of May",
}


@pytest.mark.parametrize("line", NO_HEADERS.values(), ids=NO_HEADERS)
def test_these_lines_open_no_post(line, read):
    [post], [entry] = read(f"{line}\nwords\n", name="note.txt")
    assert entry.format == "prose"
    assert post.id == "note"


def test_impossible_time_is_no_time(read):
    [post], _ = read("Anonymous ID: 13825e Feb. 30, 2025, 5:11 p.m. No.5\nwords")
    assert post.posted_at is None


def test_words_before_the_first_header_are_named(read):
    header = "Anonymous ID: 13825e March 1, 2025, 5:11 p.m. No.5"
    posts, [entry] = read(f"Thread title\n\n{header}\nwords")
    assert [post.text for post in posts] == ["words"]
    assert [(gap.place, gap.reason) for gap in entry.unreadable] == [
        ("start", "1 line before the first post's header")
    ]


def test_offsets_lead_back_to_the_copied_body(read):
    header = "Anonymous ID: 13825e March 1, 2025, 5:11 p.m. No.5"
    body = "\n\n\nwords of the post\nand more\n\n"
    [post], _ = read(f"{header}\n{body}")
    [(place, raw)] = post.raw_offsets
    assert post.text == body[raw : raw + len(post.text)]
    assert place == 0


SLOW = {
    "blanks": b" " * 1_900 + b"No.1",
    "numbers": b"No." * 600,
    "ids": b"ID: abcdef " * 150 + b"No.1",
    "dates": b"March 1, 2025, " * 120 + b"No.1",
    "times": b"Jan 1, 2022, 5 p.m. " * 90 + b"No.x",
    "capitals": b"Aaaaaaaaa" * 200 + b"No.5",
}


@pytest.mark.parametrize("line", SLOW.values(), ids=SLOW)
def test_lines_made_to_be_slow_are_not(line):
    before = time.perf_counter()
    for _ in range(20):
        is_header(line)
    assert time.perf_counter() - before < 1
