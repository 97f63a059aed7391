"""Remarks of the poster at the ends of a copied stretch are theirs."""

import pytest

from flows.records import CheckKind
from tests.checking.readings import PAGE, checks, page

COPIED = (
    "The committee met in a borrowed kitchen, kept no list of its members and, until the spring, "
    "was thought to have kept no minutes either. A clerk wrote them down on the bus."
)
SOURCE = page(PAGE, f"Minutes of the committee found. {COPIED} They fill nine notebooks.")


def findings(text):
    return [
        (check.exact, str(check.verdict))
        for check in checks(text, SOURCE, kind=CheckKind.PASSAGE, binding="candidate")
    ]


REMARKS = {
    "before a colon": f"Wow, just wow: {COPIED}",
    "an exclamation": f"Holy cow! {COPIED}",
    "two of them": f"Hey all. Look here: {COPIED}",
    "behind an arrow": f"{COPIED} <- this, friends, this right here",
    "behind a dash": f"{COPIED} — who would have guessed",
    "behind the last sentence": f"{COPIED} Who would have guessed?",
    "on both sides": f"Well: {COPIED} Unbelievable stuff.",
}


@pytest.mark.parametrize("text", REMARKS.values(), ids=REMARKS)
def test_remarks_around_a_copy_are_not_charged(text):
    assert findings(text) == [(COPIED, "verbatim")]


CHANGES = {
    "the first word": COPIED.replace("The committee", "Our committee"),
    "the first words": COPIED.replace("The committee met", "Some people sat"),
    "the last word": COPIED.replace("the bus.", "the train."),
    "inside": COPIED.replace("no minutes", "minutes"),
    "behind a remark": "Wow, just wow: " + COPIED.replace("no minutes", "all minutes"),
    "the last sentence": COPIED.replace("A clerk wrote them", "A clerk never wrote them"),
}


@pytest.mark.parametrize("text", CHANGES.values(), ids=CHANGES)
def test_changes_at_the_ends_of_a_copy_are_charged(text):
    """A remark ends with a mark, and is not the source's sentence with a word changed."""
    ((exact, verdict),) = findings(text)
    assert verdict == "altered"
    assert exact == text.removeprefix("Wow, just wow: ")


def test_a_marked_quotation_has_no_remarks_in_it():
    """Whoever puts a remark between the marks puts it into the source's mouth."""
    (check,) = checks(f"Wow, just wow: {COPIED}", SOURCE)
    assert check.verdict == "altered"
