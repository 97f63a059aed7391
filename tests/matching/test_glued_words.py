"""Quoted words that a machine glued to others outside the quotation."""

from flows.matching import SourceText, compare
from flows.records import Verdict

GLUED = SourceText(
    "It was told that ofthe twomen on thc bridge one was notarmed ifyour guard says so.", "ocr"
)


def test_a_word_glued_to_one_outside_the_quotation_is_the_same_word():
    """The quotation begins after the first half and ends before the second."""
    assert compare("men on the bridge one was", GLUED).verdict is Verdict.OCR_NOISE


def test_a_denial_glued_before_the_quotation_is_no_such_word():
    """Without its "not" the word says the opposite."""
    assert compare("armed if your guard says so", GLUED).verdict is not Verdict.OCR_NOISE
