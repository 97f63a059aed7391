"""A source line may be shortened or spelt out; another source stays another."""

import pytest

from flows.records import CheckKind, FieldName
from tests.checking.readings import PAGE, checks, field, page

PAPERS = "National Archives, Record Group 84, Post Files 1950-1954, Box 7, Folder 2"
FRUS = "Foreign Relations of the United States, 1950-1952, Volume IX, Document 40"
LAWSUIT = "Freedom of Information Act lawsuit. Department of Agriculture."
LIBRARY = "Harriet Q. Marsh Library, White Ledger File, Box 11"

CASES = {
    "initials for words": (
        "National Archives, RG 84, Post Files 1950-1954, Box 7, Folder 2",
        PAPERS,
    ),
    "initials with dots": (
        "National Archives, R.G. 84, Post Files 1950-1954, Box 7, Folder 2",
        PAPERS,
    ),
    "a name without its last words": (
        "NARA, RG 84, Post Files 1950-54, box 7, folder 2.",
        PAPERS,
    ),
    "function words left out": (
        "FRUS, 1950-1952, Vol. IX, Doc. 40",
        FRUS,
    ),
    "the year's century left out": ("FRUS 1950-52, vol. IX, doc. 40", FRUS),
    "an act by its initials": ("FOIA lawsuit, Agriculture Department", LAWSUIT),
    "a department the other way round": (
        "Freedom of Information Act lawsuit. Agriculture Dept.",
        LAWSUIT,
    ),
    "a person's initials": ("HQM Library, WLF, Box 11", LIBRARY),
    "a middle name": ("Harriet Quentin Marsh Library, White Ledger File, Box 11", LIBRARY),
    "the page shortened, the post spelt out": (
        "Record Group 84, Post Files",
        "RG 84, Post Files",
    ),
}


@pytest.mark.parametrize("words, value", CASES.values(), ids=CASES)
def test_a_shortened_source_is_the_same_source(words, value):
    """Initials, cut words and function words make no other source."""
    (check,) = checks(words, _page(value), kind=CheckKind.FIELD, field=FieldName.SOURCE)
    assert check.verdict == "typographic", (check.reason, check.edits)
    assert all(edit.severity == "none" for edit in check.edits)


OTHERS = {
    "another record group": (
        "NARA, RG 48, Post Files 1950-1954, Box 7, Folder 2",
        PAPERS,
        "number",
    ),
    "numbers changed about": (
        "NARA, RG 84, Post Files 1950-1954, Box 2, Folder 7",
        PAPERS,
        "number",
    ),
    "another institution": (
        "Library of Congress, RG 84, Post Files 1950-1954, Box 7, Folder 2",
        PAPERS,
        "name",
    ),
    "initials of other words": ("FBIS, 1950-1952, Volume IX, Document 40", FRUS, "name"),
    "another volume": ("FRUS, 1950-1952, Volume XI, Document 40", FRUS, "name"),
    "other years": ("FRUS, 1950-57, Volume IX, Document 40", FRUS, "number"),
    "another department": ("FOIA lawsuit, Commerce Department", LAWSUIT, "name"),
    "another person of like initials": ("HRM Library, White Ledger File, Box 11", LIBRARY, "name"),
    "a first name for a last one": (
        "Harriet Q. Mar Library, White Ledger File, Box 11",
        LIBRARY,
        "name",
    ),
}


@pytest.mark.parametrize("words, value, kind", OTHERS.values(), ids=OTHERS)
def test_another_source_is_none_shortened(words, value, kind):
    """A changed number or name is listed, whatever else is merely shortened."""
    (check,) = checks(words, _page(value), kind=CheckKind.FIELD, field=FieldName.SOURCE)
    assert check.verdict == "altered", check.reason
    assert kind in {edit.kind for edit in check.edits if edit.severity == "major"}
    for edit in check.edits:
        assert words[edit.quoted_start : edit.quoted_end] == edit.quoted


LESS = {
    "parts left out": ("NARA, RG 84, Box 7, Folder 2", PAPERS, "Post Files 1950-1954"),
    "the institution alone": (
        "NARA",
        PAPERS,
        "Record Group 84, Post Files 1950-1954, Box 7, Folder 2",
    ),
    "a first name": ("Marsh Library, WLF, Box 11", LIBRARY, "Harriet Q"),
}


@pytest.mark.parametrize("words, value, left_out", LESS.values(), ids=LESS)
def test_a_source_with_parts_left_out_is_said_to_tell_less(words, value, left_out):
    """Whole parts may be left out of a source line; that they are, and which, is said."""
    (check,) = checks(words, _page(value), kind=CheckKind.FIELD, field=FieldName.SOURCE)
    assert (check.verdict, check.warnings) == ("elided", ("less_precise",))
    assert [e.source for e in check.edits if e.kind == "omission"] == [left_out]


def test_words_torn_out_of_a_part_make_another_source():
    """Box 2 is not what is left of "Box 7, Folder 2"."""
    words = "NARA, RG 84, Post Files 1950-1954, Box 2"
    (check,) = checks(words, _page(PAPERS), kind=CheckKind.FIELD, field=FieldName.SOURCE)
    assert check.verdict == "altered"


def test_of_several_sources_the_likest_is_meant():
    """A briefing book gives a source for each document."""
    text = f"Papers\n{PAPERS}\n{LIBRARY}\n"
    fields = (field(FieldName.SOURCE, PAPERS, text), field(FieldName.SOURCE, LIBRARY, text))
    words = LIBRARY.replace("11", "12")
    read = page(PAGE, text, fields=fields)
    (check,) = checks(words, read, kind=CheckKind.FIELD, field=FieldName.SOURCE)
    assert [(edit.quoted, edit.source) for edit in check.edits] == [("12", "11")]


def test_a_part_that_denies_is_not_left_out():
    """What the page says is not in the file is no detail."""
    value = "National Archives, Record Group 84, not in Post Files, Box 7"
    words = "National Archives, RG 84, Box 7"
    (check,) = checks(words, _page(value), kind=CheckKind.FIELD, field=FieldName.SOURCE)
    assert check.verdict == "altered"


def _page(value: str):
    text = f"A report\nSource\n{value}\nDescription\nA report on the quays and the cranes."
    return page(PAGE, text, fields=(field(FieldName.SOURCE, value, text),))
