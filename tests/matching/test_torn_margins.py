"""Pages whose margin was torn off, and with it the first letters of each line."""

import pytest

from flows.matching import SourceText, compare
from flows.records import Verdict

TORN = SourceText(
    "vernor of the island wrote in\n"
    "nuary that the wells had gone\n"
    "ack and that the cattle were\n"
    "ing driven north across a\n"
    "rched plain. The bishop sent\n"
    "ree carts of grain which the\n"
    "ttlers would not touch until\n"
    "eir own had been counted in\n"
    "sence of the magistrate.\n",
    "ocr",
)


@pytest.mark.parametrize(
    "quote",
    [
        "wrote in January that the wells had gone black and that the cattle were",
        "and that the cattle were being driven north across a parched plain",
        "which the settlers would not touch until their own had been counted",
    ],
)
def test_a_torn_margin_accuses_nobody(quote):
    """Letters that are gone from the page were not changed by the quoter."""
    assert compare(quote, TORN).verdict in {Verdict.NOT_CHECKABLE, Verdict.OCR_NOISE}


@pytest.mark.parametrize(
    "quote",
    [
        "which the settlers would touch until their own had been counted",
        "wrote in January that the mines had gone black and that the cattle were",
        "and that the cattle were being driven south across a parched plain",
    ],
)
def test_a_torn_margin_hides_no_change(quote):
    """Words in the middle of the lines are all there."""
    assert compare(quote, TORN).verdict is Verdict.ALTERED
