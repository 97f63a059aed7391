"""A page's text reads as in a browser: blocks apart, inline words together, nothing changed."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.pages import read_page
from flows.pages.layout import lay_out

TEXTS = {
    "inline tags join words without a blank": ("un<b>believ</b>able", "unbelievable"),
    "paragraphs are parted by a blank line": ("<p>a</p><p>b", "a\n\nb"),
    "divisions are on lines of their own": ("<div>a</div><div>b</div>c", "a\nb\nc"),
    "a break is a line, two are a paragraph": ("a<br>b<br/><br />c", "a\nb\n\nc"),
    "list items are lines": ("<ul><li>a<li>b</ul>c", "a\nb\n\nc"),
    "table cells are parted by a tab": ("<table><tr><td>a<td>b<tr><td>c</table>", "a\tb\nc"),
    "white space collapses across tags": ("a  \n <i> b</i> \t c", "a b c"),
    "a hard wrap is a blank": ("one\r\ntwo\nthree", "one two three"),
    "preformatted text keeps its lines": ("<pre>a\n  b\n</pre>c", "a\n  b\n\nc"),
    "entities are characters": (
        "&ldquo;a&rdquo; &amp; b &#8211; c &lt;d&gt; &eacute;",
        "“a” & b – c <d> é",
    ),
    "windows-1252 numbers are what browsers show": ("&#147;a&#148; &#151;", "“a” —"),
    "a stray ampersand is itself": ("AT&T R&D &nosuch; x&y=1", "AT&T R&D &nosuch; x&y=1"),
    "a no-break blank stays": ("a&nbsp;b\u00a0c", "a\u00a0b\u00a0c"),
    "a soft hyphen stays": ("mem&shy;ber", "mem\u00adber"),
    "quotation marks stay as they are": ("‘a’ “b” \"c\" 'd' «e»", "‘a’ “b” \"c\" 'd' «e»"),
    "ligatures and full width stay": ("ﬁnal Ａ", "ﬁnal Ａ"),
    "a footnote's mark stays at its word": ("treaty<sup>12</sup>.", "treaty[12]."),
    "a footnote's mark stays apart": ("treaty <sup>12</sup> of", "treaty [12] of"),
    "a footnote's mark that is a link": ('day.<sup><a href="#n3">3</a></sup> The', "day.[3] The"),
    "a link that is raised": ('day.<a href="#n3"><sup>3</sup></a> The', "day.[3] The"),
    "a footnote's mark in its own brackets": ("treaty<sup>[12]</sup>.", "treaty[12]."),
    "brackets outside": ("treaty[<sup>12</sup>].", "treaty[12]."),
    "a footnote's mark is no part of a year": ("in 2021<sup>1</sup> he", "in 2021[1] he"),
    "nor of a year in pieces": ("in <b>20</b>21<sup>1</sup> he", "in 2021[1] he"),
    "an exponent stays raised": ("10<sup>6</sup> men", "10⁶ men"),
    "an exponent behind a factor": ("4 × 5<sup>2</sup>", "4 × 5²"),
    "an ordinal": ("the 5<sup>th</sup> of May", "the 5th of May"),
    "a unit": ("6 km<sup>2</sup> of", "6 km2 of"),
    "an isotope": ("U<sup>235</sup> and Sr<sup>90</sup>", "U235 and Sr90"),
    "a fraction": ("1<sup>1</sup>/<sub>2</sub>", "11/2"),
    "a link behind a short number": ('50<sup><a href="#f">8</a></sup>', "50[8]"),
    "lowered digits": ("H<sub>2</sub>O", "H2O"),
    "a word break opportunity is nothing": ("nsa<wbr>rchive", "nsarchive"),
    "comments are nothing": ("a<!-- no -->b", "ab"),
    "scripts and styles are no words": ("a<script>x<y</script>b<style>p{}</style>c", "abc"),
    "what is hidden is no word": ("a<span hidden>x</span>b<i style='display: none'>y</i>c", "abc"),
    "navigation is no word, and parts what is around it": ("a<nav>menu</nav>b", "a\n\nb"),
    "visually hidden labels are words": ("<b class=visually-hidden>Date</b> 1", "Date 1"),
    "a less-than sign is itself": ("a < b, c <= d, e<5", "a < b, c <= d, e<5"),
    "a picture's title is no word": ("a<svg><title>x</title><text>y</text></svg>b", "ab"),
    "words outside the body count": ("</body></html>after", "after"),
    "upper case and unknown tags": ("<P>a<CUSTOM-TAG>b</P>", "ab"),
    "an attribute with a greater-than sign": ('<a title="x > y">a</a>b', "ab"),
    "a list of choices is no word": ("a<select><option>x</select>b", "ab"),
    "right-to-left and combining characters": ("<p>שלום e\u0301", "שלום e\u0301"),
}


@pytest.mark.parametrize("markup, text", TEXTS.values(), ids=TEXTS)
def test_the_text_is_what_a_reader_sees(markup, text):
    assert lay_out(markup).text == text


def test_every_word_between_tags_is_kept_in_order():
    """Main-content extractors drop captions, notes and tables; here nothing is dropped."""
    parts = [f"word{number}" for number in range(600)]
    tags = [
        "p",
        "div",
        "span",
        "td",
        "li",
        "figcaption",
        "aside",
        "footer",
        "blockquote",
        "small",
        "header",
        "cite",
    ]
    markup = "".join(f"<{tags[n % 12]}>{part}</{tags[n % 12]}> " for n, part in enumerate(parts))
    assert lay_out(markup).text.split() == parts


INLINE = st.sampled_from(["b", "i", "em", "span", "a", "font", "sup", "time", "u", "x-own"])
BLOCK = st.sampled_from(["p", "div", "li", "td", "blockquote", "h3", "section", "dd", "figcaption"])
WORD = st.text(alphabet="abcdefghijäéß“’–\u00ad", min_size=1, max_size=8)


@st.composite
def paragraphs(draw) -> tuple[str, str]:
    """Draw a block of words in inline tags: its markup, and its text."""
    markup, text = "", ""
    for word in draw(st.lists(WORD, min_size=1, max_size=6)):
        blank = draw(st.sampled_from(["", " ", "\n  "]))
        tag = draw(INLINE)
        markup += f"{blank}<{tag}>{word}</{tag}>"
        text += (" " if blank and text else "") + word
    tag = draw(BLOCK)
    return f"<{tag}>{markup}</{tag}>", text


@given(st.lists(paragraphs(), min_size=1, max_size=8))
def test_inline_tags_never_part_or_join_words_and_blocks_always_part_them(drawn):
    text = lay_out("".join(markup for markup, _ in drawn)).text
    assert re.split(r"[\n\t]+", text) == [words for _, words in drawn]


def test_a_page_whose_words_are_all_navigation_is_read_with_it():
    page = read_page(b"<nav><a href=/x>The only words</a></nav>", url="", content_type="text/html")
    assert page.text == "The only words"
    assert page.problem is None


def test_a_page_that_hides_a_part_of_its_words_is_incomplete():
    body = f"<p>Shown.</p><div hidden>{'words that are folded away ' * 10}</div>".encode()
    page = read_page(body, url="", content_type="text/html")
    assert page.text == "Shown."
    assert page.incomplete is not None
    assert "50 further words" in page.incomplete


def test_a_page_without_a_heading_begins_with_its_title():
    page = read_page(
        b"<title>The Crane - The National Security Archive</title><p>Words.",
        url="https://nsarchive2.gwu.edu/NSAEBB/NSAEBB1/index.htm",
        content_type="text/html",
    )
    assert page.text == "The Crane\n\nWords."
    assert page.title == "The Crane"
    (title,) = page.fields
    assert page.text[title.start : title.end] == "The Crane"


def test_plain_text_is_kept_to_the_character():
    text = "  A  line\r\nand <b>another</b> &amp; one\n"
    page = read_page(text.encode(), url="", content_type="text/plain")
    assert page.text == text
