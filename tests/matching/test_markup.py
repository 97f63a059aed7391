"""Markup that was left in the words, and marks of notes and of lists."""

import pytest

from flows.matching import SourceText, compare
from flows.records import Verdict

PAGE = (
    "The ferry left the quay at noon. Its master had been warned that the channel was mined, "
    "and he took the longer way. None of the crew spoke of it."
)
DRESSED = {
    "a tag around a word": "Its master had been <b>warned</b> that the channel was mined",
    "a tag with attributes": 'Its <a href="/notes#4" class="note">master</a> had been warned that the channel',
    "tags of paragraphs": "<p>Its master had been warned that the channel was mined</p>",
    "a tag that breaks the line": "Its master had been warned<br/>that the channel was mined",
    "a board's tags": "Its master had been [spoiler]warned[/spoiler] that the channel was mined",
    "a board's tag of one letter": "Its master had been [i]warned[/i] that the channel was mined",
    "a reference saved as text twice": "Its master had been warned &amp;#8220;that the channel was mined&amp;#8221;",
    "a reference by a rarer name": "Its master had&ensp;been warned that the channel was mined",
    "a character of JSON": "\\u201cIts master had been warned that the channel was mined",
    "a lettered item": "(b) Its master had been warned that the channel was mined",
    "an item in Roman numerals": "iii) Its master had been warned that the channel was mined",
    "a lettered note after a blank": "Its master had been warned [c] that the channel was mined",
}


@pytest.mark.parametrize("quote", DRESSED.values(), ids=DRESSED)
def test_markup_is_dress(quote: str) -> None:
    """What dresses words, numbers them or points to a note changes none of them."""
    assert compare(quote, SourceText(PAGE)).verdict in {Verdict.VERBATIM, Verdict.TYPOGRAPHIC}


def test_markup_of_the_source_is_dress_as_well() -> None:
    """A source that was saved with its tags has the words, and the place leads back to it."""
    source = SourceText("<div>The <i>ferry</i> left<br>the quay at&nbsp;noon.</div>")
    result = compare("The ferry left the quay at noon.", source)
    assert result.verdict is Verdict.TYPOGRAPHIC
    assert source.text[result.matches[0].start : result.matches[0].end].startswith("The <i>ferry")


NO_DRESS = {
    "signs that compare": ("for a < b and c > d the rule holds", "for a > b and c > d the rule holds"),
    "a sign between letters": ("the depth d<w in every channel", "the depth dw in every channel"),
    "a sign between words": ("the depth d < w in every channel", "the depth d w in every channel"),
    "a sign of difference": ("the depth d ≠ w in every channel", "the depth d w in every channel"),
    "so many or more": ("we counted 40+ ferries that year", "we counted 40 ferries that year"),
    "a raised number": ("some 10<sup>6</sup> litres were lost", "some 106 litres were lost there"),
    "a lowered number": ("the code 10<sub>2</sub> was set there", "the code 102 was set there"),
    "words struck out": ("the channel was <s>not</s> mined that year", "the channel was mined that year"),
    "another letter of a list": ("(c) The channel was mined.", "(a) It was.\n(b) The channel was mined."),
    "a word within tags": ("the channel was <b>hardly</b> mined then", "the channel was mined then"),
    "a word within a board's tags": ("the [b]outer[/b] channel was mined", "the channel was mined"),
}  # fmt: skip


@pytest.mark.parametrize("quote, text", NO_DRESS.values(), ids=NO_DRESS)
def test_what_bears_sense_is_no_markup(quote: str, text: str) -> None:
    """Signs, words and marks that say something are compared, whatever stands around them."""
    assert compare(quote, SourceText(text)).verdict is Verdict.ALTERED


def test_more_than_at_the_beginning_is_the_sources_or_the_boards() -> None:
    """A board sets the same sign before every line, so a quotation has it in either case."""
    for text in ("We lost > 40 nets in the storm.", "We lost 40 nets in the storm."):
        result = compare("> 40 nets in the storm", SourceText(text))
        assert result.verdict in {Verdict.VERBATIM, Verdict.TYPOGRAPHIC}


@pytest.mark.parametrize("sign", ["\u200b", "\u00ad", "\u2060", "\ufeff"])
def test_signs_without_width_divide_no_number(sign: str) -> None:
    """Wherever a program sets them, the words and numbers are the same, and another number is another."""
    text = "The fleet lost 1,250 nets on May 3, 1962 at 10:45, some 2.5 tons of them."
    assert compare(sign.join(text), SourceText(text)).verdict is Verdict.TYPOGRAPHIC
    assert compare(text, SourceText(sign.join(text))).verdict is Verdict.TYPOGRAPHIC
    for written, other in (("1,250", "1,260"), ("1962", "1963"), ("10:45", "10:46"), ("2.5", "25")):
        changed = compare(sign.join(text.replace(written, other)), SourceText(text))
        assert changed.verdict is Verdict.ALTERED
