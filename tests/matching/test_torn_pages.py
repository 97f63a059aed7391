"""Pages read across their columns are known by pairs of words that nobody wrote side by side."""

import pytest

from flows.matching import SourceText, compare, read_words
from flows.matching.scans.crossing import across_lines
from flows.matching.scans.tearing import tears
from flows.records import Verdict

LEFT = (
    "The keeper of the lighthouse wrote to",
    "Captain Almgren that nobody on the",
    "island had seen a supply boat since",
    "14 March and that the oil for the",
    "great lamp would last no longer than",
    "Easter. He had begun to burn the",
    "staves of empty barrels in a pan on",
    "the gallery, which could be seen for",
    "six miles on a clear night and not at",
    "all in fog. His wife was teaching the",
)
RIGHT = (
    "is a small profit for the shareholders",
    "and of their agents in the capital. A",
    "were printed in two colours, of which",
    "the red has faded, and the company of",
    "did not pay for the paper until after",
    "to the notary and were sealed by his",
    "has been lost with the ledger. Letters",
    "of credit were drawn on a bank that",
    "was closed in the following autumn by",
    "the order of a court which nobody had",
)
ACROSS = " ".join(line for row in zip(LEFT, RIGHT, strict=True) for line in row)
SOUND = " ".join(LEFT)
ONE_CUT = "would last no longer than Easter. He had begun to burn the"

TORN = {
    "an article before a preposition": "they sold the of a ship",
    "a preposition before a verb": "the house of was sold",
    "two joining words": "bread and but no wine",
    "a subject before an article": "so they the boat came",
    "two verbs": "the boat was has come",
    "the wrong article": "it was a island then",
}
WHOLE = {
    "with or without": "with or without a permit",
    "in and of itself": "a fault in and of itself",
    "a question": "what would the captain say",
    "a verb at the end of a clause": "what they agreed to in Bonn was of no use to or against him",
    "a cause": "it sank because of a storm and of age",
    "a letter": "Annex A is longer than Annex B and the in-house index",
    "a mark between": "the house he spoke of, was sold",
    "an abbreviation": "an FBI file and a UN post",
    "the hour": "an hour and a one-day stay in a European port",
}


@pytest.mark.parametrize("text", TORN.values(), ids=TORN)
def test_words_that_cannot_stand_side_by_side_are_seen(text):
    """Each text has one such pair, and it is found once."""
    assert len(tears(read_words(text))) == 1


@pytest.mark.parametrize("text", WHOLE.values(), ids=WHOLE)
def test_english_is_not_torn(text):
    """Set phrases, questions and marks between words tear nothing."""
    assert tears(read_words(text)) == []


def test_one_cut_on_a_torn_page_cannot_be_told():
    """Without line ends nothing but the state of the page shows another column."""
    result = compare(ONE_CUT, SourceText(ACROSS, "ocr"))
    assert result.verdict is Verdict.NOT_CHECKABLE
    assert "interleaved_columns" in result.warnings


def test_the_same_cut_on_a_sound_page_is_the_quoters():
    """Words that a quoter leaves out are as long as a line now and then."""
    quote = ONE_CUT.replace("than Easter. He had begun to burn the", "than Easter.")
    assert compare(quote, SourceText(SOUND, "ocr")).verdict is not Verdict.ALTERED
    left_out = SOUND.replace("since 14 March and that the oil for the great lamp ", "")
    assert compare(left_out, SourceText(SOUND, "ocr")).verdict is Verdict.ALTERED


def test_a_changed_word_on_a_torn_page_is_still_a_change():
    """A word in the middle of a line is nobody else's."""
    changed = ONE_CUT.replace("no longer", "much longer")
    assert compare(changed, SourceText(ACROSS, "ocr")).verdict is Verdict.ALTERED


def test_a_cut_in_mid_line_is_the_quoters_where_line_ends_were_kept():
    """Columns begin and end with lines."""
    page = "\n".join(line for row in zip(LEFT, RIGHT, strict=True) for line in row)
    quote = "His wife was teaching the"
    whole = f"{LEFT[7]} {LEFT[8]} {LEFT[9]}"
    assert compare(whole, SourceText(page, "ocr")).verdict is Verdict.OCR_NOISE
    cut = f"{LEFT[7].replace('could be seen for', 'for')} {LEFT[8]} {LEFT[9]}"
    assert quote in cut
    assert compare(cut, SourceText(page, "ocr")).verdict is Verdict.ALTERED


def test_lines_that_begin_with_names_and_numbers_are_a_column_as_well():
    """A capital at the beginning of a line is no end of a sentence before it."""
    page = "\n".join(line for row in zip(LEFT, RIGHT, strict=True) for line in row)
    assert compare(" ".join(LEFT), SourceText(page, "ocr")).verdict is Verdict.OCR_NOISE
    assert compare(" ".join(LEFT[:4]), SourceText(page, "ocr")).verdict is Verdict.OCR_NOISE


def test_of_two_equal_words_the_one_at_a_line_end_is_taken():
    """Both columns may have the word that the passage begins with."""
    theirs = ["so", "it", "was", "the", "x", "y", "the", "boat", "came"]
    nearest = across_lines(["the", "boat"], theirs, [False] * len(theirs))
    assert nearest == [(0, 6), (1, 7)]
    theirs = ["so", "it", "was", "the", "the", "x", "the", "y", "boat", "came"]
    line_ends = [place in {4, 8} for place in range(len(theirs))]
    assert across_lines(["the", "boat"], theirs, line_ends) == [(0, 3), (1, 8)]
