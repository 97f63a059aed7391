"""Many witnesses, one verdict: nothing unread ever counts against a quotation."""

import pytest

from flows.checking import CitingPost, Shelf, check_post, search
from flows.records import CheckKind, Claim, Layer, Post, SourceStatus
from tests.checking.readings import OCR, OTHER, PAGE, checks, missing, page, verdict

WORDS = "the harbor would not be ready for heavy ships before the autumn of 1962"
EDITORS = f"The engineers warned that “{WORDS}” and asked for more cranes at the eastern quay."
RECOGNISED = (
    "U S Navy yard UNCLASSIFIED it was plain that tbe harbor would not be ready for heavy sbips "
    "before the autumn of 1962 and that cranes were short X at every quay in the district"
)
UNRELATED = (
    "A short history of the lighthouse service lists its keepers by year and describes how the "
    "lamps were trimmed, who carried the oil up the stairs, and what became of the old fog bell."
)
FAITHFUL = {"verbatim", "typographic"}


def test_words_on_the_page_are_faithful_whatever_the_document_answers():
    """The page settles it; the document is asked all the same and named."""
    (check,) = checks(WORDS, page(PAGE, EDITORS), page(OCR, UNRELATED))
    assert str(check.verdict) in FAITHFUL
    assert [witness.layer for witness in check.witnesses] == [Layer.PAGE, Layer.OCR]
    assert check.source.layer is Layer.PAGE


def test_words_in_the_document_alone_are_faithful():
    """A post may quote the document itself."""
    document = page(OCR, f"{UNRELATED} It was said that {WORDS}, and so it was.")
    (check,) = checks(WORDS, page(PAGE, UNRELATED), document)
    assert str(check.verdict) in FAITHFUL
    assert check.source.layer is Layer.OCR


def test_noise_in_the_document_is_no_alteration():
    """Where only the machine-read text has the words, its misreadings are its own."""
    assert verdict(WORDS, page(PAGE, UNRELATED), page(OCR, RECOGNISED)) == "ocr_noise"


ALTERED = {
    "a dropped not": WORDS.replace("not be", "be"),
    "another year": WORDS.replace("1962", "1965"),
    "another word": WORDS.replace("heavy", "light"),
}


@pytest.mark.parametrize("words", ALTERED.values(), ids=ALTERED)
def test_a_changed_word_is_altered_whatever_the_noise(words):
    """The page has the very passage, so the machine-read text cannot excuse a change."""
    assert verdict(words, page(PAGE, EDITORS), page(OCR, RECOGNISED)) == "altered"


UNREAD = {
    "failed": (SourceStatus.FAILED, "unavailable"),
    "gone": (SourceStatus.GONE, "unavailable"),
    "refused": (SourceStatus.REFUSED, "unavailable"),
    "a challenge page": (SourceStatus.UNUSABLE, "not_checkable"),
}


@pytest.mark.parametrize("status, expected", UNREAD.values(), ids=UNREAD)
def test_an_unread_source_says_nothing_about_the_words(status, expected):
    """Neither alone nor beside a page that lacks the words."""
    unread = missing(PAGE, status, "the server answered 503")
    assert verdict(WORDS, unread) == expected
    (check,) = checks(WORDS, page(PAGE, UNRELATED), missing(OCR, status, "no answer in 60 s"))
    assert check.verdict == expected
    assert "No answer in 60 s." in check.reason
    assert "sources_missing" in check.warnings


def test_words_are_not_found_only_when_every_witness_was_read():
    """Both layers were read in full and have nothing like it."""
    assert verdict(WORDS, page(PAGE, UNRELATED), page(OCR, UNRELATED)) == "not_found"


def test_a_partly_readable_source_cannot_prove_absence():
    """A PDF with scanned pages among its text pages leaves room for the words."""
    partial = page(PAGE, UNRELATED, incomplete="pages 3 to 7 have no text layer")
    (check,) = checks(WORDS, partial)
    assert check.verdict == "not_checkable"
    assert "Pages 3 to 7" in check.reason


def test_words_of_another_cached_source_are_misattributed():
    """The source that has them is named."""
    (check,) = checks(WORDS, page(PAGE, UNRELATED), page(OTHER, EDITORS))
    assert check.verdict == "misattributed"
    assert check.source.url == OTHER
    assert OTHER in check.reason


LONGER = (
    "The engineers asked for more cranes at the eastern quay. Nobody in the ministry had thought of "
    "the pilots, who went on strike the same night and took the only charts of the bay with them."
)
SHARED = f"{UNRELATED} The engineers asked for more cranes at the eastern quay. It rained."


def test_a_sentence_that_two_sources_share_does_not_hide_the_other():
    """The source that has all the words is named, not the one that has the first of them."""
    (check,) = checks(LONGER, page(PAGE, SHARED), page(OTHER, f"{UNRELATED} {LONGER}"))
    assert check.verdict == "misattributed"
    assert check.source.url == OTHER


def test_a_sentence_in_a_partly_readable_source_proves_nothing_about_the_next():
    """The rest may stand on the pages that have no text."""
    partial = page(PAGE, SHARED, incomplete="pages 3 to 7 have no text layer")
    assert verdict(LONGER, partial) == "not_checkable"
    assert verdict(LONGER, page(PAGE, SHARED)) == "altered"


def test_words_of_another_source_cited_in_the_same_post_are_bound_there():
    """A post with several links is not accused of mixing them up."""
    (check,) = checks(WORDS, page(PAGE, UNRELATED), page(OTHER, EDITORS), urls=(PAGE, OTHER))
    assert str(check.verdict) in FAITHFUL
    assert check.source.url == OTHER
    assert "other_link" in check.warnings


def test_an_unread_cited_source_comes_before_misattribution():
    """What the cited source would have said is not known."""
    unread = missing(PAGE, SourceStatus.FAILED, "no connection")
    assert verdict(WORDS, unread, page(OTHER, EDITORS)) == "unavailable"


def test_a_swallowed_negation_is_altered_even_where_the_document_is_missing():
    """However much an ellipsis leaves out, the page has the very words around it."""
    page_text = (
        "Of all the bridges nine were lost, and the engineers reported with great regret that they "
        "could not say when the line would open again to heavy traffic from the northern mines."
    )
    words = "Of all the bridges nine were lost … when the line would open again"
    gone = missing(OCR, SourceStatus.GONE, "the server answered 404")
    (check,) = checks(words, page(PAGE, page_text), gone)
    assert check.verdict == "altered"
    assert "sources_missing" in check.warnings


def test_the_editors_words_given_to_the_document_are_warned_of():
    """ "The memo states: …" over the Archive's own summary."""
    (check,) = checks(WORDS, page(PAGE, EDITORS), page(OCR, UNRELATED), speaker=Layer.OCR)
    assert str(check.verdict) in FAITHFUL
    assert "editors_words" in check.warnings


def test_a_candidate_is_reported_only_when_a_source_holds_it():
    """The poster's own words are never charged as misquotation."""
    own = "I have been saying for years that nobody at the yard ever cared about cranes or ships"
    known = (page(PAGE, EDITORS), page(OCR, RECOGNISED))
    assert checks(own, *known, binding="candidate") == ()
    assert len(checks(WORDS, *known, binding="candidate")) == 1


def test_one_copied_sentence_among_own_words_is_found():
    """Of a candidate that no source holds as a whole, the sentences are asked one by one."""
    copied = f"The engineers warned that {WORDS}."
    own = "Nobody I know at the yard has ever cared about any of this."
    text = f"{own} {copied} Make of that what you will, friends."
    source = page(PAGE, f"{copied} They asked for more cranes at the eastern quay.")
    (check,) = checks(text, source, kind=CheckKind.PASSAGE, binding="candidate")
    assert (check.exact, check.verdict) == (copied, "verbatim")
    assert text[check.start : check.end] == copied


def test_a_claim_without_a_source_gives_no_finding():
    """There is nothing to ask."""
    assert checks(WORDS, page(PAGE, EDITORS), urls=()) == ()


def test_the_id_of_a_check_stays_the_same_from_run_to_run():
    """The same post and words give the same id, whatever the source answered."""
    found = checks(WORDS, page(PAGE, EDITORS))[0]
    absent = checks(WORDS, missing(PAGE, SourceStatus.FAILED, "no connection"))[0]
    assert found.id == absent.id


def test_the_places_of_words_quoted_again_and_again_are_kept_once():
    """A post may quote one word thousands of times, and a page have it as often."""
    text = "The crane stood beside the quay and the crane was idle. " * 40
    shelf = Shelf({PAGE: page(PAGE, text)}.get, lambda _: ())
    claims = tuple(
        Claim(
            kind=CheckKind.QUOTATION,
            start=0,
            end=9,
            exact="the crane",
            urls=(PAGE,),
            binding="nearest link",
        )
        for _ in range(3)
    )
    post = CitingPost(post=Post(id="1", text="the crane"), links=(), claims=claims)
    first, *others = check_post(post, shelf, search(shelf, lambda _: [])).checks
    assert len(first.matches) > 40
    assert all(check.matches is first.matches for check in others)
