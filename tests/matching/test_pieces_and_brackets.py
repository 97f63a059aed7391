"""Omissions, brackets, splices: honest and otherwise; warnings; what cannot be said."""

import pytest

from flows.matching import SourceText, compare, same_typography
from flows.records import EditKind, Verdict

PAGE = SourceText(
    "The allies met in Brussels in December. They agreed, after a long debate, to admit new members. "
    "The Russians did not accept the plan, but they did not leave the talks. He told the press about "
    "the meeting. It is not true that the treaty was signed that night. The summit ended with 12 "
    "agreements and no common statement. Nobody expected the second summit to bring more results."
)

JUDGED = {
    "a clause left out": ("They agreed … to admit new members.", Verdict.ELIDED),
    "three blank-separated points": ("They agreed . . . to admit new members.", Verdict.ELIDED),
    "bracketed points": ("They agreed [...] to admit new members.", Verdict.ELIDED),
    "points in round brackets": ("They agreed (…) to admit new members.", Verdict.ELIDED),
    "points at both ends alone": ("...to admit new members...", Verdict.TYPOGRAPHIC),
    "a pronoun explained": ("[The minister] told the press about the meeting.", Verdict.ELIDED),
    "a capital put in": ("[A]llies met in Brussels in December", Verdict.ELIDED),
    "an ending put in": ("They agreed, after a long debate[s], to admit new member[s].", Verdict.ELIDED),
    "sic": ("He told the press [sic] about the meeting.", Verdict.ELIDED),
    "a remark at the end": ("They agreed, after a long debate [emphasis added]", Verdict.ELIDED),
    "a remark in round brackets": ("They agreed (sic), after a long debate (emphasis added)", Verdict.ELIDED),
    "points that Markdown escaped": ("They agreed \\.\\.\\. to admit new members.", Verdict.ELIDED),
    "points in mid-line": ("They agreed ⋯ to admit new members.", Verdict.ELIDED),
    "a number changed in brackets at the end": ("The summit ended with [15]", Verdict.ALTERED),
    "a footnote marker at the end": ("The summit ended with 12 agreements [15]", Verdict.TYPOGRAPHIC),
    "a name for another in brackets": ("[Egyptians] did not accept the plan", Verdict.ALTERED),
    "a not left out behind points": ("The Russians did … accept the plan", Verdict.ALTERED),
    "a not put into brackets": ("They [did not agree], after a long debate, to admit", Verdict.ALTERED),
    "a number changed in brackets": ("The summit ended with [15] agreements", Verdict.ALTERED),
    "points in reversed order": (
        "The summit ended with 12 agreements … The allies met in Brussels in December.",
        Verdict.SPLICED,
    ),
    "sentences joined without a mark": (
        "The allies met in Brussels in December. He told the press about the meeting.",
        Verdict.SPLICED,
    ),
    "an invented sentence": ("The fishermen of the bay sold their nets to a stranger.", Verdict.NOT_FOUND),
    "no words": ("… — “”", Verdict.NOT_CHECKABLE),
    "another language": ("Der Vertrag wurde von den Staaten noch nicht unterzeichnet.", Verdict.NOT_CHECKABLE),
}  # fmt: skip


@pytest.mark.parametrize("quote, verdict", JUDGED.values(), ids=JUDGED)
def test_pieces_and_brackets_are_judged(quote, verdict):
    """An honest cut is told from one that changes the sense."""
    assert compare(quote, PAGE).verdict is verdict


INVENTED = (
    "Our aircraft were recalled at noon by a senator who had quarrelled with the whole orchestra"
)
IN_PART = {
    "a true sentence before a longer invented one": (
        f"He told the press about the meeting. {INVENTED}.",
        ["He told the press about the meeting."],
    ),
    "a true sentence behind one": (
        f"{INVENTED}! He told the press about the meeting.",
        ["He told the press about the meeting."],
    ),
    "a true sentence between two": (
        f"{INVENTED}. They agreed, after a long debate, to admit new members. {INVENTED}, in May.",
        ["They agreed, after a long debate, to admit new members."],
    ),
    "two true ones behind it": (
        f"{INVENTED}. He told the press about the meeting. The allies met in Brussels in December.",
        ["He told the press about the meeting.", "The allies met in Brussels in December."],
    ),
    "a mark of omission between": (
        f"He told the press about the meeting. ... {INVENTED}.",
        ["He told the press about the meeting."],
    ),
}


@pytest.mark.parametrize("quote, true", IN_PART.values(), ids=IN_PART)
def test_the_true_part_of_an_invented_quotation_is_shown(quote, true):
    """The place of a whole true sentence is certain, and what goes with it is put in."""
    result = compare(quote, PAGE)
    assert result.verdict is Verdict.ALTERED
    assert [match.exact.rstrip(".") for match in result.matches] == [
        sentence.rstrip(".") for sentence in true
    ]
    assert {edit.kind for edit in result.edits if edit.severity != "none"} == {EditKind.INSERTION}
    assert "found_in_part" in result.warnings


NOT_IN_PART = {
    "a few true words beside it": f"But so it was. {INVENTED}.",
    "a part of a true sentence beside it": f"The allies met in December. {INVENTED}.",
    "no true sentence": f"{INVENTED}. {INVENTED}, in May.",
}


@pytest.mark.parametrize("quote", NOT_IN_PART.values(), ids=NOT_IN_PART)
def test_words_that_stand_anywhere_make_no_place(quote):
    """What two texts share by chance is no part of a quotation."""
    page = SourceText(PAGE.text + " But so it was.")
    assert compare(quote, page).verdict is Verdict.NOT_FOUND


def test_a_short_sentence_is_a_true_part_where_it_stands_once_and_whole():
    """Four words say where they come from if they are all of a sentence, and of one alone."""
    quote = f"The treaty was burnt. {INVENTED}."
    page = SourceText(PAGE.text + " The treaty was burnt. He left.")
    assert compare(quote, page).matches[0].exact == "The treaty was burnt."
    twice = SourceText(PAGE.text + " The treaty was burnt. Yes! The treaty was burnt.")
    assert compare(quote, twice).verdict is Verdict.NOT_FOUND
    part = SourceText(PAGE.text + " The treaty was burnt by him.")
    assert compare(quote, part).verdict is Verdict.NOT_FOUND


def test_an_omission_shows_what_was_left_out():
    """Each piece is a match of its own, and the edit holds the words between them."""
    result = compare("They agreed … to admit new members.", PAGE)
    assert [match.exact.rstrip(",.") for match in result.matches] == [
        "They agreed",
        "to admit new members",
    ]
    omission = next(edit for edit in result.edits if edit.kind is EditKind.OMISSION)
    assert "after a long debate" in omission.source
    assert PAGE.text[omission.source_start : omission.source_end] == omission.source


def test_an_only_of_a_name_sets_no_contrast():
    """What is left out may be called "Eyes Only"; an "only" of the sentence restricts it."""
    page = SourceText(
        "The cable, marked Eyes Only, was read aloud. It was only read to two of them."
    )
    assert compare("The cable … was read aloud.", page).verdict is Verdict.ELIDED
    assert compare("It was … read to two of them.", page).verdict is Verdict.ALTERED


WARNED = {
    "but follows": ("The Russians did not accept the plan", "context_reverses"),
    "a denial governs": ("the treaty was signed that night", "context_reverses"),
    "cut inside a word": ("The summit ended with 12 agree", "truncated_end"),
    "few words": ("new members", "short"),
}


@pytest.mark.parametrize("quote, warning", WARNED.values(), ids=WARNED)
def test_a_reader_is_warned(quote, warning):
    """What the words alone would hide is said in a warning."""
    assert warning in compare(quote, PAGE).warnings


ASKED = SourceText("He came in. They had gone? He sat down. Did he say “we agree”? So he left.")
MARKS = {
    "a question made a statement": ("They had gone. He sat down", True),
    "a statement made a question": ("They had gone? He sat down?", True),
    "a question as it stands": ("They had gone? He sat down.", False),
    "a question without its mark": ("They had gone", False),
    "a statement inside a question": ("“we agree.”", False),
}


@pytest.mark.parametrize("quote, warned", MARKS.values(), ids=MARKS)
def test_a_reader_is_told_of_a_question_made_a_statement(quote, warned):
    """The words are the same, so the verdict is too; the sense may not be."""
    result = compare(quote, ASKED)
    assert result.verdict in {Verdict.VERBATIM, Verdict.TYPOGRAPHIC}
    assert ("question_mark" in result.warnings) is warned


AGENDA = SourceText(
    "A few of the miners supported the plan. If they were asked, the guards would take the money. "
    "The report that the mill was sold last spring is false. In March, the clerk left for the coast. "
    "There were extra few guards at the gate."
)
TURNED = {
    "few of a few": ("Few of the miners supported the plan", True),
    "what hangs on a condition": ("The guards would take the money.", True),
    "what is called false": ("the mill was sold last spring", True),
    "all of a few": ("A few of the miners supported the plan", False),
    "what comes with its condition": (
        "If they were asked, the guards would take the money.",
        False,
    ),
    "what follows a time": ("the clerk left for the coast", False),
    "few behind another word": ("few guards at the gate", False),
}


@pytest.mark.parametrize("quote, warned", TURNED.values(), ids=TURNED)
def test_a_cut_that_turns_the_sense_is_told_from_one_that_does_not(quote, warned):
    """What stands before or behind the quoted words governs them, or does not."""
    result = compare(quote, AGENDA)
    assert result.verdict in {Verdict.VERBATIM, Verdict.TYPOGRAPHIC}
    assert ("context_reverses" in result.warnings) is warned


@pytest.mark.parametrize("quote", ["able to do so was the man", "sent from the talks that day"])
def test_a_word_inside_a_longer_word_is_not_that_word(quote):
    """*able* is not *unable*, whatever the letters say."""
    source = SourceText("Then unable to do so was the man. He was absent from the talks that day.")
    assert compare(quote, source).verdict is Verdict.ALTERED


def test_possible_is_not_found_in_impossible():
    """One word is too little to point at another."""
    result = compare("possible", SourceText("That was impossible."))
    assert result.verdict not in {Verdict.VERBATIM, Verdict.TYPOGRAPHIC}


def test_every_place_of_a_repeated_passage_is_a_match():
    """A passage that stands three times is found three times."""
    text = "All times are local times of the day. Rain. " * 3
    result = compare("All times are local times of the day.", SourceText(text))
    assert [text[m.start : m.end] for m in result.matches] == [
        "All times are local times of the day."
    ] * 3


def test_two_lookalikes_at_one_distance_are_ambiguous():
    """Where two places fit equally ill, the report says so."""
    text = (
        "Poland will not sign the treaty before the spring of that year. Snow fell. "
        "Norway will not sign the treaty before the spring of that year."
    )
    result = compare(
        "Quarry will not sign the treaty before the spring of that year.", SourceText(text)
    )
    assert result.verdict is Verdict.ALTERED
    assert "ambiguous" in result.warnings


def test_a_title_is_compared_with_the_whole_title():
    """Half a title is not the title."""
    whole = "The Blow Up in Budapest and its Consequences"
    assert (
        same_typography("The blow up in Budapest and its consequences", whole).verdict
        is Verdict.TYPOGRAPHIC
    )
    assert same_typography("The Blow Up in Budapest", whole).verdict is Verdict.ALTERED


OCR = SourceText(
    "U S Department of State The partners bave been told that the plan vvill cost $2 5 billion "
    "and that no t~ansfer is due UNCLASSIFIED before May 1994 forinternational observers at "
    "10 45 in the WASH INGTON office S where the men permit it",
    "ocr",
)
FROM_OCR = {
    "letters misread": ("The partners have been told that the plan will cost", Verdict.OCR_NOISE),
    "a decimal point lost by the machine": ("the plan will cost $2.5 billion", Verdict.OCR_NOISE),
    "a stamp in mid-sentence": ("no transfer is due before May 1994", Verdict.OCR_NOISE),
    "a blank lost": ("for international observers at 10:45", Verdict.OCR_NOISE),
    "a word split": ("in the Washington office where the men", Verdict.OCR_NOISE),
    "a decimal point taken away by the quoter": ("the plan will cost $25 billion", Verdict.ALTERED),
    "another real word": ("office where the men forbid it", Verdict.ALTERED),
    "a negation dropped": ("and that transfer is due before May 1994", Verdict.ALTERED),
    "another year": ("no transfer is due before May 1995", Verdict.ALTERED),
    "too short to say": ("nuclear weapons", Verdict.NOT_CHECKABLE),
}


@pytest.mark.parametrize("quote, verdict", FROM_OCR.values(), ids=FROM_OCR)
def test_noise_is_told_from_change(quote, verdict):
    """A misreading is the machine's; another real word, number or negation is the quoter's."""
    assert compare(quote, OCR).verdict is verdict
