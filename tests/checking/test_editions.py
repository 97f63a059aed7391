"""A capture that a post names is a witness beside the page as it reads today."""

import pytest

from flows.records import CheckKind, FieldName, SourceStatus, Via
from tests.checking.readings import CAPTURE, OCR, OTHER, PAGE, checks, missing, page

WORDS = "the harbor would not be ready for heavy ships before the autumn of 1962"
THEN = f"The engineers warned that “{WORDS}” and asked for more cranes at the eastern quay."
NOW = THEN.replace("autumn", "spring").replace("more cranes", "two cranes")
GONE = (
    "A short history of the lighthouse service lists its keepers by year and describes how the "
    "lamps were trimmed, who carried the oil up the stairs, and what became of the old fog bell."
)
NEITHER = WORDS.replace("heavy", "light")
INVENTED = "Nobody in the whole district had ever paid a single penny of rent to the company."

#: The words, the capture's text, today's text; verdict, whose words they are, warnings.
EDITIONS = {
    "the same in both": (WORDS, THEN, THEN, "verbatim", CAPTURE, set()),
    "edited since": (WORDS, THEN, NOW, "verbatim", CAPTURE, {"page_differs"}),
    "taken out since": (WORDS, THEN, GONE, "verbatim", CAPTURE, {"page_differs"}),
    "only in today's page": (WORDS, NOW, THEN, "verbatim", PAGE, {"capture_differs"}),
    "put in since": (WORDS, GONE, THEN, "verbatim", PAGE, {"capture_differs"}),
    "altered against both": (NEITHER, THEN, NOW, "altered", CAPTURE, set()),
    "in neither": (INVENTED, THEN, NOW, "not_found", CAPTURE, set()),
}


@pytest.mark.parametrize("case", EDITIONS.values(), ids=EDITIONS)
def test_the_finding_says_in_which_edition_the_words_stand(case):
    """Faithful to what was cited, or to today's page, or altered against both."""
    words, then, now, verdict, url, warnings = case
    (check,) = checks(words, page(CAPTURE, then), page(PAGE, now), urls=(CAPTURE, PAGE))
    assert check.verdict == verdict
    assert check.source.url == url
    assert check.source.via is (Via.WAYBACK if url == CAPTURE else Via.NETWORK)
    assert set(check.warnings) == warnings
    assert [(w.url, w.capture) for w in check.witnesses] == [(CAPTURE, True), (PAGE, False)]


UNREAD = {
    "one word other than today": (WORDS, "altered"),
    "in today's page": (NOW.partition("“")[2].partition("”")[0], "verbatim"),
    "nowhere in today's page": (INVENTED, "unavailable"),
}


@pytest.mark.parametrize("words, verdict", UNREAD.values(), ids=UNREAD)
def test_a_capture_that_cannot_be_read_is_never_held_against_the_words(words, verdict):
    """Today's page is compared alone; who sees a difference learns that the page may be edited."""
    unread = missing(CAPTURE, SourceStatus.FAILED, "no connection")
    (check,) = checks(words, unread, page(PAGE, NOW), urls=(CAPTURE, PAGE))
    assert check.verdict == verdict
    assert ("capture_not_read" in check.warnings) is (verdict == "altered")


def test_a_capture_of_another_time_than_asked_for_is_named():
    """The Wayback Machine answers with the nearest one it has."""
    asked = CAPTURE.replace("20250301", "20150316")
    (check,) = checks(WORDS, page(asked, THEN), page(PAGE, THEN), urls=(asked, PAGE))
    assert check.warnings == ("other_capture",)


def test_the_nearest_of_two_captures_is_the_one_cited():
    """A post may link to two editions of one page, and quote what changed between them."""
    later = CAPTURE.replace("2025", "2026")
    readings = (page(later, NOW), page(CAPTURE, THEN), page(PAGE, NOW))
    (check,) = checks(WORDS, *readings, urls=(later, PAGE, CAPTURE))
    assert (check.verdict, check.source.url) == ("verbatim", CAPTURE)
    assert {"capture_differs", "page_differs"} <= set(check.warnings)


def test_editors_words_are_asked_of_both_editions_and_never_of_the_document():
    """A description stands on the page, whichever edition of it."""
    (check,) = checks(
        THEN,
        page(CAPTURE, THEN),
        page(PAGE, NOW),
        page(OCR, THEN),
        kind=CheckKind.PASSAGE,
        field=FieldName.DESCRIPTION,
        urls=(CAPTURE, PAGE),
    )
    assert [witness.url for witness in check.witnesses] == [CAPTURE, PAGE]
    assert check.verdict == "verbatim"


def test_another_edition_of_the_cited_page_is_no_other_source():
    """Words that somebody else's capture of the page has are not misattributed."""
    (check,) = checks(WORDS, page(PAGE, GONE), page(CAPTURE, THEN))
    assert check.verdict == "not_found"


def test_words_of_the_page_beside_a_capture_are_not_of_another_link():
    """Capture and page are one link; another page is another."""
    readings = (page(CAPTURE, GONE), page(PAGE, GONE), page(OTHER, THEN))
    (check,) = checks(WORDS, *readings, urls=(CAPTURE, PAGE, OTHER))
    assert "other_link" in check.warnings
    (check,) = checks(WORDS, page(CAPTURE, GONE), page(PAGE, THEN), urls=(CAPTURE, PAGE, OTHER))
    assert "other_link" not in check.warnings
