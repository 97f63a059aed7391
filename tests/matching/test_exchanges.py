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
