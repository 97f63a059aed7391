"""Pages of worn type, and lines that a stamp or a crease made unreadable."""

import pytest

from flows.matching import SourceText, compare
from flows.records import EditKind, Severity, Verdict

BEFORE = "The keeper of the lamp wrote down what he had seen from the gallery that winter. "
AFTER = " In the spring the boats came back to the quay and the nets were mended on the wall."

READ_BY_EYE = {
    "a letter worn off where a blank is": ("the boats were late again in the first week", "the boats were late aga n in the first week"),
    "the first quoted word in two pieces": ("used to mark the depth of the channel there", "us d to mark the depth of the channel there"),
    "a thin letter that is a bracket": ("the captain whom I trust above all the others", "the captain whom [ trust above all the others"),
    "a piece that is a word of its own": ("they could not refuse the pilot his ordinary fee", "they could not r fuse the pilot his ordinary fee"),
    "the first quoted word glued to one before it": ("the harbour was closed for eleven days in all", "the mouth ofthe harbour was closed for eleven days in all"),
}  # fmt: skip


@pytest.mark.parametrize("quote, text", READ_BY_EYE.values(), ids=READ_BY_EYE)
def test_what_an_eye_would_read_is_faithful(quote, text):
    """Letters worn off are the machine's doing, not the quoter's."""
    result = compare(quote, SourceText(BEFORE + text + AFTER, "ocr"))
    assert result.verdict is Verdict.OCR_NOISE
    assert all(edit.severity is Severity.NONE for edit in result.edits)


UNTOLD = {
    "only some letters are left": ("the mate spoke freely of the wreck at supper", "the mate spoke fely of the wreck at supper"),
    "print across a word": ("seven barrels of tar were stolen from the shed", "seven WEDENMENe of tar were stolen from the shed"),
    "a line of scraps": ("the nets were hauled before the storm broke over the outer reef", "the nets wexe hlec oej att zacstn bopk ciep over the outer reef"),
    "two words with a letter lost between": ("they wished to appoint a man of their own", "they wished to a point a man of their own"),
    "a comma for a point": ("the tide had risen by 0.74 of a fathom", "the tide had risen by 0,74 of a fathom"),
    "a short word under a blot": ("we walked by the lake in the evening light", "we walked » the lake in the evening light"),
}  # fmt: skip


@pytest.mark.parametrize("quote, text", UNTOLD.values(), ids=UNTOLD)
def test_what_no_eye_could_read_accuses_nobody(quote, text):
    """The words that cannot be told are shown, and nothing is said for the quotation either."""
    result = compare(quote, SourceText(BEFORE + text + AFTER, "ocr"))
    assert result.verdict is Verdict.NOT_CHECKABLE
    assert {edit.kind for edit in result.edits if edit.severity is not Severity.NONE} == {
        EditKind.OCR
    }


TOLD = {
    "a word for one in two pieces": ("the boats were late today in the first week", "the boats were late aga n in the first week"),
    "an ordinary word with fewer letters": ("the country was quiet in those years", "the county was quiet in those years"),
    "letters that are left of another word": ("the mate spoke freely of the wreck at supper", "the mate spoke bitely of the wreck at supper"),
    "a word put in beside no blot": ("the captain whom I trust above all the others", "the captain whom trust above all the others"),
    "an I put in after a call": ("they heard a cry of help! I came down the stair", "they heard a cry of help! came down the stair"),
    "a short word beside a bar at the margin": ("the chain of the bell was cut by hand", "the chain of the bell |\ncut by hand"),
    "a denial dropped beside a piece": ("the boats were late again in the week", "the boats were not late aga n in the week"),
    "another figure beside a comma": ("the tide had risen by 0.74 of a fathom", "the tide had risen by 0,71 of a fathom"),
    "a name for one with a capital inside": ("the sloop belonged to MacTavish that summer", "the sloop belonged to McGregor that summer"),
    "no print across another word": ("seven barrels of tar were stolen from the shed", "seven CRATES of tar were stolen from the shed"),
}  # fmt: skip


@pytest.mark.parametrize("quote, text", TOLD.values(), ids=TOLD)
def test_what_can_be_read_tells_a_change(quote, text):
    """Worn type beside it is no excuse for another word."""
    assert compare(quote, SourceText(BEFORE + text + AFTER, "ocr")).verdict is Verdict.ALTERED
