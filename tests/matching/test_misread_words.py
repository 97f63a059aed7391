"""What a machine misread, and what a quoter changed and a machine misread as well."""

import pytest

from flows.matching import SourceText, compare
from flows.records import EditKind, Severity, Verdict

WITH_NOISE = {
    "a prefix taken away, its word misread": ("the paper seemed complete to all of them", "tbe paper seemed incornplete to all of them"),
    "a prefix put on, the word misread": ("the paper seemed inaccurate to all of them", "tbe paper seemed accurafe to all of them"),
    "a not dropped that was glued to its verb": ("I would rather mention the loan to them", "I would rather notmention the loan to tbem"),
    "a contracted not dropped that was misread": ("they should say so in the letter", "they shouldr't say so in the lettcr"),
    "a million made a billion, the million misread": ("the loan of nine billion marks was paid", "the loan of nine mjllion marks was paid"),
    "a small word dropped that was misread": ("none of it for the shame of asking", "none of it bnt for the shame of asking"),
    "initials dropped": ("the staff met again on the last day", "the NSC staff met again on thc last day"),
    "a title dropped": ("the letter was brought by Okafor in person", "the lettcr was brought by Ms Okafor in person"),
    "a clause dropped beside a stamp": ("the motion is granted and the order stands", "the motion is granted in part and DENIED in part SECRET and thc order stands"),
    "a number dropped beside a word": ("to stay in force until November and no longer", "to stay in force until November 30 and no longcr"),
    "another word glued to a misread neighbour": ("under all circumstances the allies be told", "under nocircumstances tbe allies be told"),
    "a stop before a misread not": ("he answered that by then they had", "he answered that by then they had nof told anybody"),
}  # fmt: skip


@pytest.mark.parametrize("quote, text", WITH_NOISE.values(), ids=WITH_NOISE)
def test_noise_does_not_clear_a_changed_word(quote, text):
    """A misread word is the machine's only if no other word explains it better."""
    result = compare(quote, SourceText(f"Bcfore that it ralned in the valley {text}", "ocr"))
    assert result.verdict is Verdict.ALTERED


@pytest.mark.parametrize(
    "quote, text",
    [
        ("nine carts of 44.25 stone stood there", "six carts of 44 25 stone stood tbere"),
        ("nine carts or 44 percent stood there", "six carts or 44 perccnt stood tbere"),
    ],
)
def test_noise_in_one_number_is_no_change_beside_another(quote, text):
    """A lost point stays the machine's where another number was really changed."""
    result = compare(quote, SourceText(f"Bcfore that it ralned in the valley {text}", "ocr"))
    changed = [edit.quoted for edit in result.edits if edit.severity is Severity.MAJOR]
    assert (result.verdict, changed) == (Verdict.ALTERED, ["nine"])


def test_words_run_together_hide_no_other_word():
    """Letter by letter a short word among many others costs little, and is another word all the same."""
    source = SourceText("he sald the Tres5urv jndi(aled that would pay tbem in goId", "ocr")
    told = compare("he said the Treasury indicated albert would pay them in gold", source)
    assert told.verdict in {Verdict.ALTERED, Verdict.NOT_CHECKABLE}


EXPLAINED = {
    "capitals misread as capitals": ("TARVAINEN CALLED AT THE MINISTRY TODAY", "TAKVAINEN CALLEO AT THE MINISTRV TODAY"),
    "specks inside words": ("the securities were sold in the spring", "the secur;ties were so*ld in the sprin|g"),
    "an apostrophe lost to a blank": ("they don't recall the memorandum at all", "they don t recall the memorandum at all"),
    "blanks in other places": ("at the northern edge of the forest", "at thenor thern edge of the forest"),
    "a misread stamp": ("the ledger was kept in the old office", "the ledger was UNCLASS1FIED kept in the old office"),
    "the commonest word misread": ("on the last day of the month they met", "on tho last day of tbe month they met"),
}  # fmt: skip


@pytest.mark.parametrize("quote, text", EXPLAINED.values(), ids=EXPLAINED)
def test_a_misreading_is_not_the_quoters(quote, text):
    """What the page's image explains accuses nobody."""
    result = compare(quote, SourceText(f"Bcfore that it ralned in the valley {text}", "ocr"))
    assert result.verdict is Verdict.OCR_NOISE


OURS = (
    "the harbour master counted nineteen",
    "barges before the fog came down and",
    "would not let any of them leave until",
    "the pilots had been paid what they",
    "were owed for the winter months",
)
THEIRS = (
    "prices of tin and of hemp fell again",
    "while those of salt rose by a third in",
    "most of the towns along the coast, as",
    "the merchants had said they would in",
    "their letters to the council of state",
)
QUOTE = " ".join(OURS)


def _columns(joined: str) -> SourceText:
    lines = [line for pair in zip(OURS, THEIRS, strict=True) for line in pair]
    return SourceText(joined.join(lines), "ocr")


def test_a_passage_between_the_lines_of_another_column_is_whole():
    """Where line ends were kept, the other column's lines are the machine's doing, and listed."""
    source = _columns("\n")
    result = compare(QUOTE, source)
    assert result.verdict is Verdict.OCR_NOISE
    assert "interleaved_columns" in result.warnings
    listed = [edit.source for edit in result.edits if edit.kind is EditKind.OCR]
    assert list(THEIRS[:-1]) == listed
    assert all(source.text[e.source_start : e.source_end] == e.source for e in result.edits)


def test_nothing_is_said_where_line_ends_are_lost():
    """A word left out beside a cut cannot then be told from one of the other column."""
    assert compare(QUOTE, _columns(" ")).verdict is Verdict.NOT_CHECKABLE


IN_COLUMNS = {
    "a not left out": QUOTE.replace("would not let", "would let"),
    "a number changed": QUOTE.replace("nineteen", "ninety"),
    "a word at a line end left out": QUOTE.replace("came down and", "came down"),
    "a word at a line start left out": QUOTE.replace("until the pilots", "until pilots"),
    "a line left out": QUOTE.replace(f"{OURS[2]} ", ""),
    "a clause left out": QUOTE.replace(" before the fog came down", ""),
}


@pytest.mark.parametrize("quote", IN_COLUMNS.values(), ids=IN_COLUMNS)
def test_columns_hide_no_change(quote):
    """What the quoter changed or left out is not the other column's."""
    assert compare(quote, _columns("\n")).verdict in {Verdict.ALTERED, Verdict.SPLICED}


def test_answers_without_their_questions_are_no_column():
    """Lines of whole sentences alternate in a hearing as well."""
    asked = ["Did you sign the letter of March?", "Who gave you the letter to sign?", "Was the minister told of this?", "When did you leave the office?"]  # fmt: skip
    said = ["I signed it at the end of March.", "The clerk gave it to me in person.", "Nobody told the minister of it.", "I left it on the very next day."]  # fmt: skip
    source = SourceText("\n".join(line for pair in zip(asked, said, strict=True) for line in pair), "ocr")  # fmt: skip
    assert compare(" ".join(said), source).verdict in {Verdict.SPLICED, Verdict.ALTERED}
