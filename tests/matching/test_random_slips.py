"""Letters misread whatever their shape."""

import pytest

from flows.matching import SourceText, compare
from flows.records import Verdict

#: A page of which letters were put for any others, lost, added and changed about.
SLIPPED = (
    "Thw committee heacd on Monday that tje lighthouse at Varn had bven dark fur a week. "
    "Its keeper tqld them the oil was gonw and the botas could not land. He had qritten "
    "twice to the harbonr office, whicj never replied. A schooner wss lost on the shuals and "
    "fowr men were drawn from the watzr alive. The chairmsn asked who had signsd the order "
    "to stop the supply ahip, and nobody would answar him."
)

FAITHFUL = {
    "a short word with one letter wrong": "that the lighthouse at Varn had been dark for a week",
    "letters that changed places": "the oil was gone and the boats could not land",
    "two letters in a long word, one in a short": "written twice to the harbour office, which never replied",
    "a number word": "A schooner was lost on the shoals and four men were drawn from the water alive",
    "a word read as another by chance": "to stop the supply ship, and nobody would answer him",
}  # fmt: skip


@pytest.mark.parametrize("quote", FAITHFUL.values(), ids=FAITHFUL)
def test_slips_without_likeness_accuse_nobody(quote):
    """A letter that looks nothing like the printed one is the machine's all the same."""
    assert compare(quote, SourceText(SLIPPED, "ocr")).verdict in {
        Verdict.OCR_NOISE,
        Verdict.NOT_CHECKABLE,
    }


CHANGED = {
    "another verb": "He had complained twice to the harbour office",
    "a not left out": "the oil was gone and the boats could land",
    "a number": "A schooner was lost on the shoals and seven men were drawn from the water",
    "a name": "heard on Monday that the lighthouse at Osmund had been dark",
    "never made always": "to the harbour office, which always replied. A schooner was lost",
}  # fmt: skip


@pytest.mark.parametrize("quote", CHANGED.values(), ids=CHANGED)
def test_slips_clear_no_changed_word(quote):
    """A word that the scrap cannot be is a change, however many letters slipped around it."""
    assert compare(quote, SourceText(SLIPPED, "ocr")).verdict is Verdict.ALTERED


def test_a_word_read_for_another_is_a_change_where_letters_kept_their_shape():
    """Where only look-alikes were confused, "dent" stands for no "sent"."""
    page = SourceText(
        "Tbe clerk said that thc lettcr was dent by the carrier in tbe evening.", "ocr"
    )
    assert compare("that the letter was sent by the carrier", page).verdict is Verdict.ALTERED
