"""Places of a scanned page where nobody can tell, and what stands on a page without being its text."""

import pytest

from flows.matching import SourceText, compare
from flows.records import EditKind, Severity, Verdict

BEFORE = "Bcfore that it ralned in the valley and tbe mill stood stil1 for a weck "

UNTOLD = {
    "a word misread beyond telling": ("the surveyor praised the harvest at length", "the surveyor pnuiosd the harvest at lengtb"),
    "two words explain a reading alike": ("they could leave the harbour by night", "they OULD leave the harbour by nigbt"),
    "a scrap that is no word beside the words": ("the ledger was kept in the old office", "the ledger xqv2d was kept in tbe old office"),
    "a figure with one digit lost": ("a sum of 4815 marks was paid to the widow", "a sum of 48K5 marks was paid to tbe widow"),
    "letters of one word read into the next": ("a third of the fishermen stayed at home", "a thir dofthefiakorwun stayed at homc"),
}  # fmt: skip


@pytest.mark.parametrize("quote, text", UNTOLD.values(), ids=UNTOLD)
def test_nobody_is_accused_of_what_cannot_be_told(quote, text):
    """Neither faithful nor altered: the place is shown, and the words that cannot be told."""
    source = SourceText(BEFORE + text, "ocr")
    result = compare(quote, source)
    assert result.verdict is Verdict.NOT_CHECKABLE
    assert "misread_words" in result.warnings
    untold = [edit for edit in result.edits if edit.severity is not Severity.NONE]
    assert {edit.kind for edit in untold} == {EditKind.OCR}
    assert all(source.text[e.source_start : e.source_end] == e.source for e in untold)
    assert untold[0].source in result.reason
    assert result.matches


TOLD = {
    "an ordinary word stands there": ("the surveyor praised the harvest at length", "the surveyor ignored the harvest at lengtb"),
    "another word is far nearer": ("the surveyor praised the harvest at length", "the surveyor ignorcd the harvest at lengtb"),
    "one change beside many misreadings": ("the surveyor praised nine barrels of it at length", "the snrveyor pnuiosd seven barre1s of it at lengtb"),
    "a figure that can be read": ("a sum of 4815 marks was paid to the widow", "a sum of 4B25 marks was paid to tbe widow"),
    "a word put in beside misread ones": ("the surveyor gladly praised the harvest", "the survcyor pra1sed thc harvest"),
    "a word left out beside a misread one": ("the surveyor praised the harvest", "the surveyor may praiscd the harvest"),
    "a name on a page read well": ("the letter was given to Oyelaran that night", "the letter was given to Kaplinsky that night"),
}  # fmt: skip


@pytest.mark.parametrize("quote, text", TOLD.values(), ids=TOLD)
def test_noise_around_it_hides_no_change(quote, text):
    """Where the source's own word can be read, a change stays a change."""
    assert compare(quote, SourceText(BEFORE + text, "ocr")).verdict is Verdict.ALTERED


SAID = "The talks went on for a week. The envoys were not told of it."
ON_THE_PAGE = {
    "a mark of classification and a page number": "The talks went SECRET/NODIS - 3 - on for a week. The envoys were not told of it.",
    "boxes where words were withheld": "The talks (b)(1) went on for a week. The envoys 1.4 (c) were not told of it.",
    "a paragraph's number and mark": "The talks went on for a week. 4. (C) The envoys were not told of it.",
    "a number whose brackets were lost": "The talks went on for a week 4 C The envoys were not told of it",
    "what was made of handwriting": "The talks went 4fl^ on for ;jW~ a week. The envoys were not told of it.",
    "a dotted leader": "The talks went on for a week. ........ 7 The envoys were not told of it.",
    "the head of a cable's page": "The talks went on\n\nSECRET\n\nPAGE 02        MOSCOW  04563  121843Z\n\nfor a week. The envoys were not told of it.",
    "a line read twice": "The talks\nwent on for a week. The envoys were\nwent on for a week. The envoys were\nnot told of it.",
}  # fmt: skip


@pytest.mark.parametrize("text", ON_THE_PAGE.values(), ids=ON_THE_PAGE)
def test_what_is_not_the_pages_text_accuses_nobody(text):
    """Whoever leaves it out has changed no word; it is listed."""
    result = compare(SAID, SourceText(f"It rained for a month. {text} It was late.", "ocr"))
    assert result.verdict is Verdict.OCR_NOISE
    assert any(edit.kind is EditKind.OCR for edit in result.edits)


NOT_FURNITURE = {
    "a number of the sentence": ("The talks went on for a week", "The talks went on for 3 a week"),
    "a clause in capitals": ("The talks went on for a week", "The talks DID NOT END but went on for a week"),
    "a not beside a stamp": ("The talks were held for a week", "The talks were SECRET not held for a week"),
    "ships that are counted": ("It was late. Ships sailed at dawn", "It was late. 7 Ships sailed at dawn"),
}  # fmt: skip


@pytest.mark.parametrize("quote, text", NOT_FURNITURE.values(), ids=NOT_FURNITURE)
def test_words_of_the_text_are_no_furniture(quote, text):
    """What looks like it and is not is a change."""
    source = SourceText(f"It rained for a month. {text} before them all.", "ocr")
    assert compare(quote, source).verdict is Verdict.ALTERED


WIRE = "EMBTEL 12 WE SAW HIM COMMA AND HE LEFT STOP HE WOULD STOP THE SALE STOP QUOTE NEVER UNQUOTE WAS HIS WORD STOP"


def test_marks_that_a_telegram_spells_out_are_no_words():
    """Put in their places they are typography."""
    quote = "We saw him, and he left. He would stop the sale. “Never” was his word."
    assert compare(quote, SourceText(WIRE, "page")).verdict is Verdict.TYPOGRAPHIC


@pytest.mark.parametrize(
    "quote",
    ["We saw him, and he left. He would the sale.", "We saw him and, he left. He would stop the"],
)
def test_a_spelt_mark_stands_where_the_mark_does(quote):
    """A "stop" that is a word, and a mark elsewhere, are changes."""
    assert compare(quote, SourceText(WIRE, "page")).verdict is Verdict.ALTERED


def test_a_number_of_equal_halves_is_whole_on_a_page_read_twice():
    """Each half that lost the point between them stands there twice, as every word does."""
    words = "the road bears carts of up to 62 62 tons in a dry summer and fewer in a wet one"
    page = SourceText(" ".join(f"{word} {word}" for word in words.split()), "ocr")
    right = "carts of up to 62.62 tons in a dry summer"
    assert compare(right, page).verdict is Verdict.OCR_NOISE
    assert compare(right.replace("62.62", "62.63"), page).verdict is Verdict.ALTERED


def test_a_word_in_brackets_is_no_scrawl():
    """A closing bracket and a point make no handwriting of "not"."""
    page = SourceText(
        "They asked about the fees (whether paid in gold or not). It rained all day.", "ocr"
    )
    told = compare("They asked about the fees (whether paid in gold or). It rained all day", page)
    assert told.verdict is Verdict.ALTERED


def test_a_stamp_of_release_is_no_text():
    """What an archive stamps on a page between two lines was not left out."""
    page = SourceText(
        "The envoy left for\nApproved for Release: 2009/05/12 C0123456\nthe coast before noon.",
        "ocr",
    )
    assert compare("The envoy left for the coast before noon", page).verdict is Verdict.OCR_NOISE
