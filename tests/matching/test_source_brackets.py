"""Brackets of the source, and of a quoter: whose they are."""

import pytest

from flows.matching import SourceText, compare
from flows.records import EditKind, Verdict

MINUTES = (
    "Item 9. The delegate [of the river ports] asked for a pause, and the clerk, who kept the "
    "minutes [in French], noted list[port, toll] beside it. He left at once."
)


def test_brackets_of_the_source_are_words_like_any() -> None:
    """Who copies the source's brackets with its words has copied it exactly."""
    quote = "the clerk, who kept the minutes [in French], noted list[port, toll] beside it"
    assert compare(quote, SourceText(MINUTES)).verdict is Verdict.VERBATIM


CHANGED = {
    "another word in the source's bracket": "The delegate [of the river guilds] asked for a pause",
    "a name put into it": "noted list[port, Ostend] beside it. He left at once.",
    "words dropped before it": "The delegate asked for a pause, and the minutes [in French], noted list[port, toll]",
    "words dropped before one that ends the quotation": "Item 9. The delegate [of the river ports] asked for a "
    "pause, and the clerk [in French],",
}


@pytest.mark.parametrize("quote", CHANGED.values(), ids=CHANGED)
def test_a_changed_bracket_of_the_source_is_altered(quote: str) -> None:
    """What the source has in brackets is not the quoter's to change."""
    assert compare(quote, SourceText(MINUTES)).verdict is Verdict.ALTERED


@pytest.mark.parametrize("note", ["[p. 14]", "[See also the second volume.]", "[ibid.]"])
def test_a_note_behind_the_last_sentence_is_the_quoters(note: str) -> None:
    """A bracket after the end stands for no word of the next sentence."""
    source = SourceText("The toll was raised in spring. Pilots of 14 ports saw the second notice.")
    result = compare(f"The toll was raised in spring. {note}", source)
    assert result.verdict is Verdict.ELIDED
    assert [e.source for e in result.edits if e.kind is EditKind.EDITORIAL] == [""]


def test_a_note_that_denies_is_none() -> None:
    """A denial in brackets behind the last sentence is told."""
    source = SourceText("The toll was raised in spring. Pilots saw the notice.")
    result = compare("The toll was raised in spring. [It was not.]", source)
    assert result.verdict is Verdict.ALTERED
