"""Whose words a post quotes: only what a source is said to hold can be missing from it."""

import pytest

from flows.records import SourceStatus
from tests.checking.readings import OCR, PAGE, checks, missing, page

PASSAGE = (
    "The harbor master counts nine ships and writes that “no pilot will bring them in before the "
    "ice is gone.” Commander Aldous Brandt disagrees."
)
DOCUMENT = (
    "U S Consulate UNCLASSIFIED no pilot will bring them in before the ice is gone nine ships"
)
SOURCES = (page(PAGE, PASSAGE), page(OCR, DOCUMENT))

TRUE = "no pilot will bring them in before the ice is gone"
CHANGED = "no pilot will bring them in before the fog is gone"
INVENTED = "every ship was sunk by its own crew on the very first night"


@pytest.mark.parametrize("name", ["Herald", "landlord", "brandt's", "Aldo"])
def test_a_speaker_whom_no_source_knows_is_not_charged_to_it(name):
    """What the newspaper wrote is not missing from the Archive's page."""
    (check,) = checks(INVENTED, *SOURCES, named=name)
    assert check.verdict == "not_checkable"
    assert name in check.reason
    assert check.source is None


@pytest.mark.parametrize("name", ["Brandt", "master", "BRANDT", "pilot", "ship"])
def test_a_speaker_whom_a_source_knows_is_charged(name):
    """Words put into the mouth of somebody in the source are claimed to be in it."""
    (check,) = checks(INVENTED, *SOURCES, named=name)
    assert check.verdict == "not_found"


@pytest.mark.parametrize(
    "claim", [{"named": "Herald"}, {"binding": "mentioned"}], ids=["another speaker", "a term"]
)
def test_words_of_the_source_are_told_whoever_is_said_to_speak(claim):
    """The source itself shows that they were taken from it, faithfully or not."""
    (faithful,) = checks(TRUE, *SOURCES, **claim)
    assert faithful.verdict == "verbatim"
    (changed,) = checks(CHANGED, *SOURCES, **claim)
    assert changed.verdict == "altered"


def test_short_words_that_resemble_the_source_prove_nothing():
    """Four words with one changed stand in many places."""
    assert checks("before the fog is", *SOURCES, binding="mentioned") == ()


def test_a_term_that_a_source_has_is_told():
    """ "Nine ships" stands there, and a reader may want to see where."""
    (check,) = checks("nine ships", *SOURCES, binding="mentioned")
    assert check.verdict == "verbatim"


@pytest.mark.parametrize("words", ["experts", "an open and honest harbor", INVENTED])
def test_a_term_that_no_source_has_is_no_finding(words):
    """Irony, slogans and titles are quotations of nothing."""
    assert checks(words, *SOURCES, binding="mentioned") == ()


def test_an_unread_source_may_know_the_speaker():
    """Nothing is said against the words, nor are they left out."""
    gone = missing(PAGE, SourceStatus.FAILED, "no answer")
    (check,) = checks(INVENTED, gone, named="Herald")
    assert check.verdict == "unavailable"
