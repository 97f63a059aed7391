"""A long post takes as long as its parts: what is found in it, twice as much in twice the text."""

import pytest

from flows.citations import find_claims, find_links
from tests.counting import calls

LINK = "https://nsarchive.gwu.edu/document/16118-document-04"

PARTS = {
    "labelled fields": f"Title: A Note on the Harbour\nDate: May 4, 1951\n{LINK}\n",
    "labels on lines of their own": "Title:\nA Note\nSource:\nThe harbour office\n\n",
    "quotations with their links": f'"The pilots shall be paid by the week" {LINK}\n',
    "items of a list": "1. the quay\n- the mole\n* the light\n",
    "quotation marks that close nothing": 'he said "they said “that ',
    "blank lines": "\n" * 40,
    "answers to posts": ">>10482233\n>the ferry was late\n",
    "addresses alone": f"{LINK} ",
}


def _read(text: str) -> None:
    find_claims(text, find_links(text))


@pytest.mark.parametrize("part", PARTS.values(), ids=PARTS)
def test_the_work_grows_as_the_post_does(part):
    """Four times the text is four times the work; nothing is looked for again in all of it."""
    few = 4_000 // len(part)
    _read(part)
    once = calls(lambda: _read(part * few + LINK))
    assert calls(lambda: _read(part * few * 4 + LINK)) < 6 * once
