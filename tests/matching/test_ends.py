"""What a quotation has before a passage or after it, and what it is cut from."""

import pytest

from flows.matching import SourceText, compare
from flows.records import Severity, Verdict

MINUTES = SourceText(
    "The clerk closed the register at noon. The envoys sailed for Tripoli with two chests of silver. "
    "This year the harbour stayed open until the frost."
)
PUT_IN = {
    "before the passage": ("Reluctantly, the envoys sailed for Tripoli with two chests of silver.", "Reluctantly"),
    "several words before it": ("As was said then, the envoys sailed for Tripoli with two chests of silver.", "As was said then"),
    "after it": ("The envoys sailed for Tripoli with two chests of silver in secret.", "in secret"),
    "like the next sentence": ("The envoys sailed for Tripoli with two chests of silver this time.", "this time"),
    "a sentence after it": (
        "The envoys sailed for Tripoli with two chests of silver. Nobody ever saw them again.",
        "Nobody ever saw them again",
    ),
}  # fmt: skip


@pytest.mark.parametrize("quote, words", PUT_IN.values(), ids=PUT_IN)
def test_words_put_in_at_an_end_answer_no_other_sentence(quote, words):
    """What a quoter puts before or after a passage is an insertion there, and the place stays the passage."""
    result = compare(quote, MINUTES)
    assert result.verdict is Verdict.ALTERED
    assert [edit.quoted for edit in result.edits if edit.severity is not Severity.NONE] == [words]
    assert all(edit.source == "" for edit in result.edits if edit.severity is not Severity.NONE)
    assert [match.exact.rstrip(".") for match in result.matches] == [
        "The envoys sailed for Tripoli with two chests of silver"
    ]
