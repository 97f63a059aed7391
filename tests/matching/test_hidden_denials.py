"""Denials left out behind a mark of omission where a machine hid them."""

import pytest

from flows.matching import SourceText, compare
from flows.records import EditKind, Verdict

HIDDEN = {
    "glued to the next word": "the bridge was notrepaired before the floods of that spring",
    "glued to the word before": "the bridge wasnot repaired before the floods of that spring",
    "cut in two": "the bridge was n ot repaired before the floods of that spring",
    "its first letter glued to another word": "the bridge wa snot repaired before the floods of that spring",
    "without its apostrophe": "the bridge wasnt repaired before the floods of that spring",
    "the apostrophe a blank": "the bridge wasn t repaired before the floods of that spring",
}  # fmt: skip


@pytest.mark.parametrize("words", HIDDEN.values(), ids=HIDDEN)
def test_a_mark_of_omission_hides_no_hidden_denial(words):
    """A denial stays one when its blanks are lost."""
    page = SourceText(f"The surveyor wrote that {words}, and went home to his family.", "ocr")
    told = compare("wrote that the bridge … before the floods of that spring, and went home", page)
    assert told.verdict is Verdict.ALTERED
    assert any(edit.kind is EditKind.OMISSION for edit in told.edits)


@pytest.mark.parametrize("denial", ["neveqr", "nevon", "nqt", "nol"])
def test_a_misread_denial_left_out_leaves_the_question_open(denial):
    """Nobody can tell whether such a scrap turned the sentence round."""
    page = SourceText(
        f"The surveyor wrote that the bridge was {denial} repaired before the floods.", "ocr"
    )
    told = compare("The surveyor wrote that the bridge … repaired before the floods", page)
    assert told.verdict is Verdict.NOT_CHECKABLE


def test_whole_sentences_left_out_hide_nothing():
    """What stands in sentences of its own turns no other sentence round."""
    text = (
        "The bridge was repaired in May. Nobody wasnt there to see it. It opened before the floods."
    )
    told = compare(
        "The bridge was repaired in May. … It opened before the floods", SourceText(text, "ocr")
    )
    assert told.verdict is Verdict.ELIDED
