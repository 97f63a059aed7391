"""The quick way over a dump hands on the very lines and posts that may hold a link."""

import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.citations import find_links, may_hold_link
from flows.posts import scanning
from flows.posts.dchan_text import is_header, read_dchan_text
from flows.posts.streams import Bytes

HEADER = b"Anonymous ID: 13825e March 1, 2025, 5:11 p.m. No."
LINES = st.lists(
    st.sampled_from(
        [b"", b"a", b"words of a post", b"x" * 70, b"nsarchive.gwu.edu/node/1", b"GWU", b"NSArchiv",
         b"at unredacted.com", "Zürich ſ ﬁ".encode(), b"nsarchi", b"ve", b"long " * 20]
    ),
    max_size=40,
)  # fmt: skip


class Sips:
    """A source that gives a few bytes at a time."""

    def __init__(self, data, size):
        self._data = io.BytesIO(data)
        self._size = size

    def read(self, size, /):
        return self._data.read(min(size, self._size))


@pytest.fixture(autouse=True, params=[7, 40, 1000])
def small_chunks(request, monkeypatch):
    """Chunks small enough that every line crosses their borders."""
    monkeypatch.setattr(scanning, "_CHUNK", request.param)
    monkeypatch.setattr(scanning, "_BACK", 3_000)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(LINES, st.integers(1, 50))
def test_lines_with_needles_are_handed_on_once_and_in_order(lines, sip):
    data = b"\n".join(lines)
    found = list(scanning.lines_with_links(Bytes(Sips(data, sip))))
    assert [stretch.data for stretch in found] == [line for line in lines if may_hold_link(line)]
    for stretch in found:
        assert data[stretch.position : stretch.position + len(stretch.data)] == stretch.data


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(LINES, max_size=6), st.integers(1, 50))
def test_posts_with_links_are_the_same_either_way(bodies, sip):
    parts = [
        HEADER + str(number).encode() + b"\n" + b"\n".join(body)
        for number, body in enumerate(bodies, start=1)
    ]
    data = b"\n".join(parts)

    def linked(**options):
        found = read_dchan_text(Bytes(Sips(data, sip)), origin="x", **options)
        return [(post.id, post.text) for post in found if find_links(post.text)]

    assert linked(only_with_links=True) == linked()


def test_post_is_handed_on_from_header_to_header():
    data = HEADER + b"1\nno\n" + HEADER + b"2\nnsarchive.gwu.edu\nmore\n" + HEADER + b"3\nno\n"
    [post] = scanning.stretches_with_links(Bytes(io.BytesIO(data)), is_header)
    assert post == HEADER + b"2\nnsarchive.gwu.edu\nmore\n"


def test_line_that_is_too_long_is_cut_and_left(monkeypatch):
    monkeypatch.setattr(scanning, "LONGEST_STRETCH", 200)
    data = b"nsarchive " + b"x" * 2_000 + b"\nnext line at gwu\n"
    first, second = scanning.lines_with_links(Bytes(io.BytesIO(data)))
    assert len(first.data) == 200
    assert second.data == b"next line at gwu"
    assert data[second.position :].startswith(second.data)
