"""Words that changed places, and words near an end that have a choice of counterparts."""

import pytest

from flows.matching import SourceText, compare
from flows.matching.verdict import changes_words
from flows.records import EditKind, Severity, Verdict

LEDGER = (
    "The mill lent the abbey grain. Brother Anselm wrote to Bishop Odo and Bishop Odo answered nobody. "
    "The carts went from Arles to Nice. Then the abbot asked for silence. For a year all was quiet. "
    "The steward may hold the key but must first count the sacks. We rang at dawn and then at noon."
)
EXCHANGED = {
    "names at the end": ("The carts went from Nice to Arles", "Nice to Arles", "Arles to Nice"),
    "names at the beginning": (
        "Bishop Odo wrote to Brother Anselm and Bishop Odo answered nobody",
        "Bishop Odo wrote to Brother Anselm",
        "Brother Anselm wrote to Bishop Odo",
    ),
    "the last two words": ("Then the abbot asked silence for.", "silence for", "for silence"),
}


@pytest.mark.parametrize("quote, quoted, found", EXCHANGED.values(), ids=EXCHANGED)
def test_an_exchange_at_an_end_is_one_of_order(quote: str, quoted: str, found: str) -> None:
    """What stands beyond an end is the counterpart of words that were put in before it."""
    result = compare(quote, SourceText(LEDGER))
    assert result.verdict is Verdict.ALTERED
    told = [(edit.kind, edit.quoted, edit.source) for edit in result.edits if changes_words(edit)]
    assert told == [(EditKind.ORDER, quoted, found)]
    assert found in result.matches[0].exact


GRAVE = {
    "who did it to whom": ("Odo struck Anselm that day", "Anselm struck Odo that day", Severity.MAJOR),
    "a list": ("Odo and Anselm left that day", "Anselm and Odo left that day", Severity.MINOR),
    "words of one name": ("the Hall Upper was sold that day", "the Upper Hall was sold that day", Severity.MINOR),
    "no names": ("they left early quietly", "they left quietly early", Severity.MINOR),
}  # fmt: skip


@pytest.mark.parametrize("quote, text, severity", GRAVE.values(), ids=GRAVE)
def test_an_exchange_of_names_is_grave(quote: str, text: str, severity: Severity) -> None:
    """Another order matters where it says another thing of other people."""
    result = compare(quote, SourceText(f"It is said that {text}."))
    assert [(e.kind, e.severity) for e in result.edits if changes_words(e)] == [
        (EditKind.ORDER, severity)
    ]


NEAREST = {
    "at the end": ("The steward must hold", "must", "may"),
    "at the beginning": ("at dusk and then at noon.", "dusk", "dawn"),
}


@pytest.mark.parametrize("quote, quoted, found", NEAREST.values(), ids=NEAREST)
def test_a_word_at_an_end_answers_the_nearest(quote: str, quoted: str, found: str) -> None:
    """Of two words that may be meant the one in its place is taken, not one farther off."""
    result = compare(quote, SourceText(LEDGER))
    changed = [edit for edit in result.edits if changes_words(edit)]
    assert [(edit.quoted, edit.source) for edit in changed] == [(quoted, found)]


TURNED = {
    "the end taken first": ("and then at noon, we rang at dawn", Severity.MINOR),
    "the beginning taken last": ("for silence, then the abbot asked", Severity.MINOR),
}  # fmt: skip


@pytest.mark.parametrize("quote, severity", TURNED.values(), ids=TURNED)
def test_halves_of_a_sentence_that_changed_places_are_of_another_order(
    quote: str, severity: Severity
) -> None:
    """What is put in at one end and stands at the other has moved."""
    result = compare(quote, SourceText(LEDGER))
    assert result.verdict is Verdict.ALTERED
    assert [(e.kind, e.severity) for e in result.edits if changes_words(e)] == [
        (EditKind.ORDER, severity)
    ]


UNRELATED = (
    "In May the toll was raised and ships kept away from it. The bailiff sent for all of his men.\n"
    "  3. Barges that carry salt must be weighed at the upper lock before noon."
)
PUT_BEFORE = {
    "before the next item of a list": "Last year barges that carry salt must be weighed",
    "with words that stand earlier": "In private, the bailiff sent for all of his men",
}


@pytest.mark.parametrize("quote", PUT_BEFORE.values(), ids=PUT_BEFORE)
def test_words_put_before_a_sentence_are_nothing_but_put_in(quote: str) -> None:
    """No word of what stands before the sentence is said to be left out."""
    result = compare(quote, SourceText(UNRELATED))
    assert [(e.kind, e.source) for e in result.edits if changes_words(e)] == [
        (EditKind.INSERTION, "")
    ]


def test_a_long_clause_left_out_behind_the_first_words_is_a_deletion() -> None:
    """The first words are looked for farther off than words that were put for others."""
    page = SourceText(
        "The lower harbour is, as the harbourmaster had told the council in three letters of that spring, "
        "silted up as far as the second mole."
    )
    result = compare("The lower harbour is silted up as far as the second mole.", page)
    assert [e.kind for e in result.edits if changes_words(e)] == [EditKind.DELETION]


def test_words_within_a_passage_are_not_slid_apart() -> None:
    """Equal words far from an end stay where the fewest changes are."""
    page = SourceText(
        "Ask the clerk, the abbot.\nTell the clerk, the abbot.\nWarn the clerk, the abbot and the monks. "
        "Pay the clerk, then leave by the gate."
    )
    quote = "the abbot.\nTell the clerk, Odo, the abbot and the monks. Pay the clerk, then leave"
    told = [(edit.kind, edit.quoted) for edit in compare(quote, page).edits if changes_words(edit)]
    assert len(told) == 2
    assert (EditKind.INSERTION, "Odo") in told
