"""Columns, and notes in the margin, that a machine read into the lines of a passage."""

import pytest

from flows.matching import SourceText, compare
from flows.records import EditKind, Verdict

#: A passage whose words are pushed too far apart is said not to be there.
ACCUSED = {Verdict.ALTERED, Verdict.SPLICED, Verdict.NOT_FOUND}
OURS = (
    "the harbour master counted nineteen",
    "barges before the fog came down and",
    "would not let any of them leave un-",
    "til the pilots had been paid what",
    "they were owed for the winter and",
    "for the weeks in which the ice had",
    "kept them from the outer anchorage",
    "and from their families in the town",
)
THEIRS = (
    "prices of tin and of hemp fell again",
    "while those of salt rose by a third in",
    "most of the towns along the coast, as",
    "the merchants had said they would in",
    "their letters to the council of state",
    "which had been printed at great cost",
    "and sent to every custom house from",
    "the northern cape to the great river",
)
MORE = (
    "a bell was cast for the new chapel by",
    "two brothers who had learnt the trade",
    "in the low countries and who took no",
    "money for it but asked to have their",
    "names put on its rim where they can",
    "be read to this day by anybody who",
    "climbs the ladder with a lantern and",
    "does not mind the owls in the belfry",
)
QUOTE = " ".join(OURS).replace("un- til", "until")


def _rows(*columns: tuple[str, ...], block: int = 1) -> list[str]:
    starts = range(0, len(OURS), block)
    return [line for at in starts for column in columns for line in column[at : at + block]]


LAYOUTS = {
    "line by line": _rows(OURS, THEIRS),
    "three columns": _rows(OURS, THEIRS, MORE),
    "blocks of two lines": _rows(OURS, THEIRS, block=2),
}


@pytest.mark.parametrize("lines", LAYOUTS.values(), ids=LAYOUTS)
def test_lines_of_another_column_are_taken_out_where_line_ends_were_kept(lines):
    """A word broken at a line end is whole again; what was taken out is listed."""
    source = SourceText("\n".join(lines), "ocr")
    result = compare(QUOTE, source)
    assert result.verdict is Verdict.OCR_NOISE
    assert "interleaved_columns" in result.warnings
    listed = [edit for edit in result.edits if not edit.quoted and edit.kind is EditKind.OCR]
    assert (
        listed[0].source.split("\n")[0].lstrip("- ") == THEIRS[0] or THEIRS[0] in listed[0].source
    )
    assert all(source.text[e.source_start : e.source_end] == e.source for e in listed)


@pytest.mark.parametrize("lines", LAYOUTS.values(), ids=LAYOUTS)
def test_nothing_is_said_where_line_ends_were_lost(lines):
    """Nobody can then tell where the other column begins."""
    assert compare(QUOTE, SourceText(" ".join(lines), "ocr")).verdict is Verdict.NOT_CHECKABLE


ENDS_FIRST = [*_rows(OURS[:5], THEIRS[:5])[:-1], *OURS[5:]]


@pytest.mark.parametrize("joined", ["\n", " "], ids=["with line ends", "without"])
def test_nothing_is_said_where_the_other_column_ends_first(joined):
    """A line that the quoter left out just there would look like the other column's last."""
    assert compare(QUOTE, SourceText(joined.join(ENDS_FIRST), "ocr")).verdict is (
        Verdict.NOT_CHECKABLE
    )
    for line in OURS[1:-1]:
        quote = " ".join(OURS).replace(f"{line} ", "").replace("un- til", "until")
        verdict = compare(quote, SourceText(joined.join(ENDS_FIRST), "ocr")).verdict
        assert verdict not in {Verdict.OCR_NOISE, Verdict.ELIDED, Verdict.TYPOGRAPHIC}


CHANGED = {
    "a not left out": QUOTE.replace("would not let", "would let"),
    "a number changed": QUOTE.replace("nineteen", "ninety"),
    "a line left out": QUOTE.replace(f"{OURS[4]} ", ""),
    "half a line left out": QUOTE.replace("for the winter and for the weeks", "for the weeks"),
    "a word at a line end left out": QUOTE.replace("came down and", "came down"),
}


@pytest.mark.parametrize("quote", CHANGED.values(), ids=CHANGED)
@pytest.mark.parametrize("lines", LAYOUTS.values(), ids=LAYOUTS)
def test_no_layout_hides_a_change(quote, lines):
    """What the quoter changed or left out is not the other column's."""
    source = SourceText("\n".join(lines), "ocr")
    assert compare(quote, source).verdict in ACCUSED


def test_one_cut_from_line_end_to_line_end_shows_no_rhythm():
    """A quotation of two lines is cut once: it may be the quoter who left a line out."""
    source = SourceText("\n".join(_rows(OURS, THEIRS)), "ocr")
    result = compare(f"{OURS[0]} {OURS[1]}", source)
    assert result.verdict is Verdict.NOT_CHECKABLE


def test_a_clause_left_out_is_no_column():
    """A cut in mid-line, or over the end of a sentence, is the quoter's."""
    page = SourceText("\n".join(OURS), "ocr")
    assert compare(QUOTE.replace(" before the fog came down", ""), page).verdict is Verdict.ALTERED


def test_a_note_in_the_margin_is_not_held_against_the_quoter():
    """A short line between two lines of one sentence may not belong to it; a longer clause does."""
    noted = [*OURS[:2], "see file", *OURS[2:6], "ask legal", *OURS[6:]]
    result = compare(QUOTE, SourceText("\n".join(noted), "ocr"))
    assert result.verdict is Verdict.NOT_CHECKABLE
    assert "notes_in_margin" in result.warnings
    longer = [*OURS[:2], "which did not surprise a soul", *OURS[2:]]
    assert compare(QUOTE, SourceText("\n".join(longer), "ocr")).verdict is Verdict.ALTERED
