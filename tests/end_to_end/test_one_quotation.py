"""``check`` with an address of the Archive: one quotation, and what to show for the answer."""

import json

from tests.end_to_end.desk import GRAIN

WORDS = "We do not expect the ministry to admit the shortfall before 14 May"


def answer(desk, quote, url=GRAIN):
    """Return what the command prints, as JSON."""
    return json.loads(desk.run("check", "--quote", quote, "--source", url).out)


def test_the_answer_names_the_copy_and_opens_it_at_the_words(desk):
    """As a report does: address, layer, time, digest, link."""
    told = answer(desk, WORDS)
    assert told["verdict"] == "verbatim"
    assert told["source"]["url"] == GRAIN
    assert told["source"]["layer"] == "page"
    assert told["source"]["digest"].startswith("sha256:")
    assert told["source"]["captured_at"].endswith("Z")
    assert told["link"].startswith(f"{GRAIN}#:~:text=")
    assert "14%20May" in told["link"]


def test_words_that_stand_nowhere_have_no_link(desk):
    """The copy that was read is named all the same."""
    told = answer(desk, "Nobody at the embassy has ever heard of any such wagons leaving by night")
    assert told["verdict"] == "not_found"
    assert told["link"] is None
    assert told["source"]["url"] == GRAIN


def test_a_source_that_is_gone_has_neither(desk):
    """Nothing was compared with."""
    told = answer(desk, WORDS, f"{GRAIN}-no-more")
    assert told["verdict"] == "unavailable"
    assert (told["source"], told["link"]) == (None, None)
