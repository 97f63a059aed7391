"""Feeds that are damaged, large or hostile; sound ones are in the bestiary."""

import pytest

from flows.posts.columns import Columns
from flows.posts.feeds import read_feed
from flows.posts.streams import Bytes
from flows.records import Post

HEAD = '<?xml version="1.0"?><rss version="2.0"><channel>'
FOOT = "</channel></rss>"


class Dripping:
    """Gives a few bytes at a time, whatever is asked for."""

    def __init__(self, data, size):
        self.data, self.size, self.place = data, size, 0

    def read(self, _size, /):
        self.place += self.size
        return self.data[self.place - self.size : self.place]


def entry(words):
    return f"<item><description>{words}</description></item>"


def read(text, size=1 << 16):
    source = Bytes(Dripping(text.encode(), size))
    found = list(read_feed(source, origin="feed.xml", columns=Columns()))
    posts = [item.text for item in found if isinstance(item, Post)]
    return posts, [item.reason for item in found if not isinstance(item, Post)]


@pytest.mark.parametrize("size", [1, 2, 3, 5, 8, 13, 200])
def test_marks_are_read_wherever_the_pieces_of_the_stream_are_cut(size):
    feed = HEAD + entry("R&D &amp; nets &ndash; 5 &#62; 4 &unheard; &") + entry(
        "<![CDATA[<p>oil &amp; wicks ]] > & more</p>]]>"
    ) + FOOT  # fmt: skip
    posts, faults = read(feed, size)
    assert posts == ["R&D & nets – 5 > 4 &unheard; &", "oil & wicks ]] > & more"]
    assert faults == []


def test_entry_that_breaks_off_is_no_post():
    whole = entry("the lamp was lit")
    posts, faults = read(HEAD + whole + entry("no ship was sighted")[:-30])
    assert posts == ["the lamp was lit"]
    assert len(faults) == 1


def test_feed_that_breaks_off_between_entries_is_named():
    posts, faults = read(HEAD + entry("the lamp was lit"))
    assert posts == ["the lamp was lit"]
    assert len(faults) == 1


def test_second_feed_behind_the_first_is_named():
    feed = HEAD + entry("one") + FOOT
    posts, faults = read(feed + "\n" + feed)
    assert posts == ["one"]
    assert "follows its end" in faults[0]


def test_tags_left_open_lose_no_words():
    posts, faults = read(HEAD + entry("first <b>lamp") + entry("second lamp") + FOOT)
    assert posts == ["first lamp", "second lamp"]
    assert faults == []


def test_nesting_without_end_is_named():
    posts, faults = read(HEAD + entry("one") + "<item>" * 5_000 + FOOT)
    assert posts == ["one"]
    assert len(faults) == 1
