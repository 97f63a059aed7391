"""The generators make what they say: a gate built on wrong questions measures nothing."""

import re
from random import Random

import pytest

from flows.records import Verdict
from tests.quality.alterations import ALTERATIONS
from tests.quality.cases import Case, Family
from tests.quality.documents import make_document, rewrite
from tests.quality.recognition import misread, ordinary, recognised
from tests.quality.strangers import invented
from tests.quality.suites import batches, fingerprint
from tests.quality.typography import SPACING, TYPOGRAPHY


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    return [case for batch in batches("small") for case in batch]


def test_every_sentence_stands_where_the_document_says():
    """Also after the page was rewritten from end to end."""
    document = make_document(Random(5), 5000)
    assert all(document.text[s.start : s.end] == s.sentence.text for s in document.sentences)
    wider = document.rewritten(
        (at, at, "|") for at, sign in enumerate(document.text) if sign == "e"
    )
    for placed in wider.sentences:
        assert wider.text[placed.start : placed.end].replace("|", "") == placed.sentence.text


def test_offsets_move_with_what_is_inserted_and_removed():
    """An insertion at an offset lies before it or after it, as asked."""
    text, shift = rewrite("abcdef", [(1, 1, "XX"), (3, 5, "")])
    assert text == "aXXbcf"
    assert (shift(1), shift(1, after=True), shift(2), shift(5), shift(6)) == (1, 3, 4, 5, 6)
    with pytest.raises(ValueError, match="overlap"):
        rewrite("abcdef", [(1, 4, ""), (2, 5, "")])


def test_the_same_seed_gives_the_same_cases(cases):
    """The fingerprint would be worthless otherwise."""
    again = (case for batch in batches("small") for case in batch)
    assert fingerprint(again) == fingerprint(iter(cases))


def test_one_changed_letter_changes_the_fingerprint(cases):
    """A generator cannot be made easier without being seen."""
    head = cases[:40]
    case = head[7]
    head[7] = Case(family=case.family, name=case.name, quote=f"{case.quote}x", source=case.source)
    assert fingerprint(iter(head)) != fingerprint(iter(cases[:40]))


def test_every_class_that_the_gate_speaks_of_is_there(cases):
    """A maker that always declines would leave its class unmeasured."""
    names = {case.name for case in cases}
    wanted = {
        *SPACING,
        *TYPOGRAPHY,
        *ALTERATIONS,
        "interleaved columns",
        "invented sentence, under noise",
    }
    assert wanted <= names


def test_altered_words_differ_from_the_source(cases):
    """The quotation of an altered case is never simply there."""
    for case in cases:
        if case.family is Family.ALTERED and case.source.kind == "page" and case.edits:
            assert case.quote not in case.source.text, case


def test_faithful_quotations_have_the_letters_of_their_place(cases):
    """Apart from classes that add signs, folded letters and digits agree with the source's."""

    def letters(text: str) -> str:
        return re.sub(r"[\W_]+", "", text).casefold()

    plain = {
        "hard wraps in the source",
        "dashes",
        "quotation marks",
        "lookalike sentence",
        "hyphens",
    }
    seen = 0
    for case in cases:
        if case.name in plain:
            start, end = case.places[0]
            assert letters(case.quote) == letters(case.source.text[start:end]), case
            seen += 1
    assert seen > 50


def test_noise_never_makes_an_ordinary_word():
    """What reads as a word cannot be told from a different word."""
    rng = Random(3)
    for word in ("have", "government", "their", "modern", "Ambassador", "October") * 200:
        reading = misread(rng, word, 1)
        assert reading is None or not ordinary(reading.lower())


def test_protected_words_are_read_rightly():
    """The words an alteration touched stay legible under any noise."""
    document = make_document(Random(8), 4000)
    spans = [
        p.mark_span(m) for p in document.sentences for m in p.sentence.marks if m.tag == "negation"
    ]
    assert spans
    kept = [document.text[start:end] for start, end in spans]
    read = recognised(Random(9), document, 0.2, protected=tuple(spans))
    assert sum(read.text.count(word) for word in set(kept)) >= len(kept)


def test_an_invented_sentence_shares_no_frame_with_the_page():
    """So that *absent* means absent, not altered."""
    document = make_document(Random(21), 8000)
    used = {placed.sentence.frame for placed in document.sentences}
    assert not used & set(document.unused)
    assert invented(Random(1), document) not in document.text


def test_no_case_expects_a_verdict_that_its_family_forbids(cases):
    """A faithful case never wants an accusation, an altered one never an assurance."""
    for case in cases:
        if case.family is Family.FAITHFUL:
            assert not case.verdicts & {Verdict.ALTERED, Verdict.SPLICED, Verdict.NOT_FOUND}, case
        if case.family is Family.ALTERED:
            assert not case.verdicts & {Verdict.VERBATIM, Verdict.TYPOGRAPHIC, Verdict.ELIDED}, case
