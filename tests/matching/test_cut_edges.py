"""What stands just outside a quotation and turns it, or its first words, round."""

import pytest

from flows.matching import SourceText, compare
from flows.matching.verdict import changes_words
from flows.records import EditKind, Verdict

TURNED = {
    "behind a denial and its place": (
        "this Charter shall be read as closing the harbour",
        "Nothing in this Charter shall be read as closing the harbour.",
    ),
    "behind nobody and its group": (
        "the pilots knew the new channel by then",
        "None of the pilots knew the new channel by then.",
    ),
    "behind a denial of another language": (
        "принял письмо вечером в своём доме",
        "Посол не принял письмо вечером в своём доме.",
    ),
    "before an exception": (
        "The duty is paid by all ships.",
        "The duty is paid by all ships other than those of the bishop.",
    ),
    "before another exception": (
        "The duty is paid by all ships.",
        "The duty is paid by all ships apart from those of the bishop.",
    ),
}


@pytest.mark.parametrize("quote, text", TURNED.values(), ids=TURNED)
def test_a_cut_that_turns_words_round_is_told(quote: str, text: str) -> None:
    """Words that only a denial or an exception outside completes carry a warning."""
    assert "context_reverses" in compare(quote, SourceText(text)).warnings


def test_a_cut_behind_an_ordinary_place_is_not_told() -> None:
    """A denial must govern the words, not merely stand in the sentence."""
    result = compare(
        "the harbour was closed by noon",
        SourceText("On the feast of the harbour was closed by noon."),
    )
    assert "context_reverses" not in result.warnings


ITEMS = "5. The clerk left.\n6. No toll was raised on item 7, since Odo was ill.\n"


def test_words_left_out_behind_an_items_number_are_told() -> None:
    """Who gives the number of an item begins there: "6. Toll was raised" has lost the "No"."""
    result = compare("6. Toll was raised on item 7, since Odo was ill.", SourceText(ITEMS))
    assert result.verdict is Verdict.ALTERED
    told = [(edit.kind, edit.source) for edit in result.edits if changes_words(edit)]
    assert told == [(EditKind.NEGATION, "No")]


def test_another_number_of_an_item_is_its_quoters() -> None:
    """A number that the source has not before the words says nothing of what stands there."""
    result = compare("3. Toll was raised on item 7, since Odo was ill.", SourceText(ITEMS))
    assert result.verdict is Verdict.TYPOGRAPHIC
    assert "context_reverses" in result.warnings
