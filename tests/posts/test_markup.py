"""Board markup undone, with the way back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.posts.markup import plain_text, undo_markup

CASES = {
    "line breaks": ("a<br>b<br/>c<br />d", "a\nb\nc\nd"),
    "paragraph per line, an empty one between": (
        '<p class="body-line ltr ">a</p><p class="body-line empty "></p><p class="x">b</p>',
        "a\n\nb\n",
    ),
    "no-break blank lines stay": ("<p>a</p><p>&nbsp;</p><p>b</p>", "a\n\u00a0\nb\n"),
    "entities": ("it&#039;s &lt;b&gt; &amp; &quot;c&quot;", "it's <b> & \"c\""),
    "greentext": ('<span class="quote">&gt;a</span><br>b', ">a\nb"),
    "reply": ('<a href="/b/res/1.html#2">&gt;&gt;2</a><br>yes', ">>2\nyes"),
    "word break in an address": ("https://nsarchive.gwu.edu/docu<wbr>ment/1", "https://nsarchive.gwu.edu/document/1"),
    "italic slashes": ("https:<em>//</em>example.com/", "https://example.com/"),
    "target wins over a cut label": (
        '<a href="https://example.com/whole">https://example.com/wh…</a> x',
        "https://example.com/whole x",
    ),
    "target of a label that is no address": (
        '<a href="https://nsarchive.gwu.edu/node/1">here</a>',
        "here <https://nsarchive.gwu.edu/node/1>",
    ),
    "other targets of such labels are left": ('<a href="https://example.com/">here</a>', "here"),
    "mail address": ('<a href="mailto:a@example.com">write</a>', "write"),
    "spoiler": ("a <s>b</s> c", "a b c"),
    "words struck out": ("a <del>b</del> <strike>c</strike>", "a ~~b~~ ~~c~~"),
    "script": ("a<script>var b = '<br>';</script>c", "ac"),
    "comment": ("a<!-- b -->c", "ac"),
    "less-than in prose": ("1 < 2 and <3 and a<b", "1 < 2 and <3 and a<b"),
    "unknown entity": ("&nosuchthing; &amp", "&nosuchthing; &amp"),
    "line breaks of the source are blanks": ("a\n  b", "a b"),
    "unclosed": ("<p>a<b>b", "ab"),
    "soft hyphen": ("treat&shy;y", "treaty"),
    "greentext whose mark the board took": ('a <span class="quote">b c</span>', "a >b c"),
    "cells of a table": ("<table><tr><td>Date<td>May 4</tr></table>", "Date\nMay 4\n"),
    "a summary": ("<details><summary>a</summary>b</details>", "a\nb\n"),
    "marks that a browser sets": ("he wrote <q>a <b>b</b></q> there", "he wrote “a b” there"),
    "greentext that has its mark": ('<span class="quote">&gt;b c</span>', ">b c"),
    "greentext that has its mark in a tag": ('<span class="quote"><b>&gt;b</b> c</span>', ">b c"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_undone(case):
    raw, want = CASES[case]
    assert undo_markup(raw)[0] == want


def test_pages_set_paragraphs_apart_and_mark_block_quotes():
    raw = "<p>a</p><blockquote>b<br>c</blockquote><p>d</p>"
    assert undo_markup(raw, spaced=True)[0].strip() == "a\n\n> b\n> c\n\nd"


def test_pages_mark_what_is_struck_out():
    """Boards hide spoilers in the same tag, and set their lines close together."""
    assert undo_markup("a <s>b</s> c", spaced=True)[0] == "a ~~b~~ c"


AS_WRITTEN = {
    "a block quote in somebody's post": (
        "<p>a</p><blockquote><p>b</p></blockquote><p>c</p>",
        "a\n> b\nc\n",
    ),
    "a block quote that is the whole post": ("<blockquote>a<br>b</blockquote>", "a\nb\n"),
    "signs that are no markup": ("1 < 2, a<c> and R&D", "1 < 2, a<c> and R&D"),
    "a tag that breaks lines": ("a\nb<br>c", "a b\nc"),
    "an entity": ("it&#039;s", "it's"),
    "line breaks of escaped words": ("a\n\n&gt; b\n\nc", "a\n\n> b\n\nc"),
    "Windows line breaks of escaped words": ("a &amp; b\r\n\r\n c", "a & b\n\n c"),
    "Windows line breaks of plain words": ("a\r\nb\r\nc", "a\nb\nc"),
    "line breaks beside a tag that breaks none": ("a\n<i>b</i>\nc", "a\nb\nc"),
}


@pytest.mark.parametrize("case", AS_WRITTEN)
def test_words_of_an_export_keep_their_lines(case):
    """Whether an export's text is HTML or only escaped shows in it."""
    raw, want = AS_WRITTEN[case]
    text, pairs = plain_text(raw)
    assert text == want
    for place, character in enumerate(text):
        if character.isalpha():
            assert raw[back(pairs, place)] == character


def back(pairs, place):
    """Return the raw place of *place*, as ``Post.raw_offsets`` is meant to be read."""
    at, raw = max(pair for pair in [(0, 0), *pairs] if pair[0] <= place)
    return raw + place - at


PIECES = st.sampled_from(
    ["word", " ", "é", "<br>", "<p>", "</p>", "<em>", "</em>", "<wbr>", "&amp;", "&gt;", "\n", "x",
     '<a href="https://example.com/a">', "</a>", "<span class='quote'>", "</span>", "<", ">", "&"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40))
def test_every_character_leads_back_to_where_it_came_from(pieces):
    """A copied character stands at its raw place; a made one at the tag or entity it came from."""
    raw = "".join(pieces)
    text, pairs = undo_markup(raw)
    places = [place for place, _ in pairs]
    assert places == sorted(set(places))
    for place, character in enumerate(text):
        origin = raw[back(pairs, place)]
        in_target = character in "https://example.com/a"
        assert origin == character or origin in "&< \n" or in_target


@given(st.text(max_size=400))
def test_any_text_can_be_undone(raw):
    text, pairs = undo_markup(raw)
    assert all(place <= len(text) and offset <= len(raw) for place, offset in pairs)
