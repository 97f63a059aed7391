"""The way back from a page's text leads to the very bytes, or there is no way."""

import html
import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.pages import byte_offset, read_page
from flows.records import Page

HTML = "text/html; charset={}"


def read(markup: str, *, encoding: str = "utf-8", bom: bytes = b"") -> tuple[Page, bytes]:
    body = bom + markup.encode(encoding)
    return read_page(body, url="", content_type=HTML.format(encoding)), body


def assert_leads_back(page: Page, body: bytes, encoding: str = "utf-8") -> int:
    """Check every letter of the text against the body; return how many there were."""
    checked = 0
    for at, character in enumerate(page.text):
        if not character.isalnum():
            continue
        place = byte_offset(page.offsets, at)
        assert place is not None
        rest = body[place : place + 24]
        if not rest.startswith(character.encode(encoding)):
            # The one other way to write a character is an entity.
            entity = rest.decode("latin-1").split(";")[0] + ";"
            assert html.unescape(entity)[:1] == character
        checked += 1
    return checked


MARKUPS = {
    "plain": "<p>one two</p><p>three</p>",
    "entities": "<p>a &amp; b &#66; &eacute;t&eacute; &nbsp; c&lt;d</p>",
    "collapsed blanks": "<p>a   b\n\n\t c \r\n d</p>  <b> e</b>  f",
    "beyond ASCII": "<p>naïve “words” — ещё слова 漢字 𝒳 done</p>",
    "comments and scripts": "a<!-- <p>no</p> -->b<script>if (a<b) '</p>'</script>c<style>p{}</style>d",
    "attributes with signs": "<a title='x > y' href=\"<\">a</a> b",
    "left out parts": "<nav>menu</nav><p>a</p><div hidden>no &amp; no</div><select><option>n</select><p>b",
    "preformatted": "<pre>\n one\n   two &amp; three\n</pre>after",
    "a less-than sign": "a < b and c<5 d",
    "stray tags": "a</b>b</p>c<>d</ >e</5>f",
    "unclosed": "<p>a <b>b <i>c",
    "stray ampersands": "AT&T R&D &nosuch; &ampers &copy2024",
    "a title with an entity": "<title>A &amp; B</title><h1>x</h1>y",
    "cells": "<table><tr><td> a <td>b</table>",
    "a processing instruction": "<?php echo ?>a<!DOCTYPE html>b<![CDATA[c]]>d",
}


@pytest.mark.parametrize("markup", MARKUPS.values(), ids=MARKUPS)
def test_every_letter_is_led_back_to_its_byte(markup):
    page, body = read(f"<h1>T</h1>{markup}")
    assert page.offsets
    assert assert_leads_back(page, body) > 1


ENCODINGS = ["windows-1252", "iso-8859-1", "utf-8"]


def test_raised_digits_are_led_back_to_theirs():
    """Brackets that were put in have no byte; the digit between them, or raised, has its own."""
    page, body = read(
        "<h1>T</h1><p>é 2021<sup>1</sup> b <sup><a href=#f>23</a></sup>. 10<sup>6</sup>"
    )
    for shown, written in (("[1]", b"1</sup> b"), ("[23]", b"23</a>"), ("⁶", b"6</sup>")):
        at = page.text.index(shown) + shown.startswith("[")
        assert byte_offset(page.offsets, at) == body.index(written)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_bytes_are_counted_in_the_encoding_of_the_body(encoding):
    page, body = read("<h1>Été</h1><p>naïve façade über</p>", encoding=encoding)
    assert assert_leads_back(page, body, encoding) == 18


def test_a_byte_order_mark_is_counted():
    page, body = read("<h1>T</h1><p>naïve</p>", bom=b"\xef\xbb\xbf")
    assert page.offsets[0] == (0, 7)
    assert_leads_back(page, body)


def test_plain_text_is_mapped_as_well():
    body = "naïve — text".encode()
    page = read_page(body, url="", content_type="text/plain")
    assert assert_leads_back(page, body) == 9


def test_the_byte_of_a_place_before_the_map_is_not_known():
    assert byte_offset((), 0) is None
    assert byte_offset(((5, 9),), 4) is None


NO_HONEST_MAP = {
    "bytes that mean nothing": b"<p>a \xe2\x80 b \xe2\x80\x94\xe2\x80\x94\xe2\x80\x94 c</p>",
    "UTF-16": b"\xff\xfe" + "<p>words</p>".encode("utf-16-le"),
}


@pytest.mark.parametrize("body", NO_HONEST_MAP.values(), ids=NO_HONEST_MAP)
def test_there_is_no_map_where_none_can_be_honest(body):
    page = read_page(body, url="", content_type="text/html; charset=utf-8")
    assert "c" in page.text or "words" in page.text
    assert page.offsets == ()


def test_the_distance_changes_at_every_pair():
    page, _ = read("<h1>T</h1><p>é &amp; è  x</p>")
    distances = [byte - at for at, byte in page.offsets]
    assert all(a != b for a, b in itertools.pairwise(distances))
    assert [at for at, _ in page.offsets] == sorted(at for at, _ in page.offsets)


PIECES = st.sampled_from(
    [
        "word", "naïve", "“x”", "&amp;", "&#8212;", "&nbsp;", " ", "  ", "\n", "\r\n", "<", ">", "&",
        "<p>", "</p>", "<b>", "</b>", "<br>", "<div class=a>", "</div>", "<td>", "<!-- c -->", "<!--",
        "<script>", "</script>", "<pre>", "</pre>", "<nav>", "</nav>", "<title>", "</title>", "<svg>",
        "<a href='>'>", "</a>", '"', "'", "漢", "e\u0301", "\u00ad", "<span hidden>", "</span>", "<table>",
        "<textarea>", "</textarea>", "<select>", "<noscript>", "</noscript>", "<iframe>", "</x", "&#x",
    ]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=40))
def test_any_soup_of_tags_gives_a_true_map_or_none(pieces):
    page, body = read("<h1>T</h1>" + "".join(pieces))
    if page.offsets:
        assert_leads_back(page, body)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.text(
            alphabet=st.characters(
                codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufeff"
            ),
            min_size=1,
            max_size=30,
        ).filter(lambda paragraph: any(map(str.isalnum, paragraph))),
        min_size=1,
        max_size=8,
    )
)
def test_well_formed_paragraphs_always_have_a_map(paragraphs):
    markup = "".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in paragraphs)
    page, body = read(f"<h1>T</h1>{markup}")
    assert page.offsets
    assert_leads_back(page, body)
