"""Sentences that can be published: both readings, and nothing that was not found."""

from dataclasses import replace

import pytest

from flows.records import Verdict
from flows.reporting.citing import citation, excerpt
from flows.reporting.fragments import with_links
from flows.reporting.outline import outline
from flows.reporting.pieces import Piece, Tone
from flows.reporting.wording import VERDICTS, WARNINGS, Group


def _citations(report):
    return {
        finding.number: (finding.check, citation(finding, report.run))
        for _, found in outline(with_links(report)).posts
        for finding in found
    }


def test_both_readings_stand_in_the_sentence_with_the_way_to_the_words(sample):
    """Post and day, source and day, address at the words, digest, check, run."""
    check, text = _citations(sample)[1]
    assert text == (
        f"Post 90000001 of 2 March 2025 ({sample.posts[0].post.permalink}) has “Nov 28, 1995”. The Archive page, as read on "
        f"2 March 2025, has “Nov 28, 1994”. <{check.link}> (Bytes compared: "
        f"{check.source.digest}; check 90000001-01, run 20250302T063000Z-verify-a1b2c3.)"
    )


def test_what_was_not_compared_gives_no_sentence(sample):
    """Nothing can be published about a source that was not read."""
    for check, text in _citations(sample).values():
        assert bool(text) is (VERDICTS[check.verdict].group is not Group.UNCHECKED)


def test_every_warning_goes_with_the_sentence(sample):
    """Who publishes it must not lose the caution."""
    for check, text in _citations(sample).values():
        if text:
            assert all(WARNINGS[warning] in text for warning in check.warnings)


def test_words_not_found_are_not_said_to_stand_anywhere(sample):
    """The source is named as read, not as having them."""
    ((_, text),) = [
        pair for pair in _citations(sample).values() if pair[0].verdict is Verdict.NOT_FOUND
    ]
    assert text.count(" has “") == 1
    assert "the words are in none of them" in text
    assert "The Archive page was read on 2 March 2025." in text


def test_a_stand_in_is_never_offered_for_publication(sample):
    """The demonstration's sources are invented."""
    report = replace(sample, run=replace(sample.run, stand_in=True))
    texts = [text for _, text in _citations(report).values() if text]
    assert texts
    assert all(text.startswith("Demonstration with a stand-in source") for text in texts)


def test_a_sentence_is_one_line_and_shows_what_cannot_be_seen(hostile):
    """It will be pasted into a page."""
    for _, text in _citations(hostile).values():
        assert text.isprintable()
    assert any("[U+202E]" in text for _, text in _citations(hostile).values())


FAR = "word " * 100
COLUMNS = {
    "a short reading is whole": (
        (Piece("it was ", Tone.SAME), Piece("1931", Tone.DIFFERS, 1)),
        "it was 1931",
    ),
    "sentences around are no part of it": (
        (Piece("Before. ", Tone.CONTEXT), Piece("it was so", Tone.SAME)),
        "it was so",
    ),
    "a long one is cut to what stands beside its differences": (
        (
            Piece(FAR + "in ", Tone.SAME),
            Piece("1931", Tone.DIFFERS, 1),
            Piece(" " + FAR, Tone.SAME),
        ),
        "[…] " + "word " * 13 + "in 1931 " + "word " * 13 + "[…]",
    ),
    "between two differences the middle goes": (
        (
            Piece("1931", Tone.DIFFERS, 1),
            Piece(" " + FAR, Tone.SAME),
            Piece("not", Tone.DIFFERS, 2),
        ),
        "1931 " + "word " * 13 + "[…] " + "word " * 13 + "not",
    ),
    "without differences both ends stay": (
        (Piece(FAR, Tone.SAME),),
        "word " * 28 + "[…] " + "word " * 27 + "word",
    ),
    "what the report left out itself is marked": (
        (Piece("one", Tone.SAME), Piece("", Tone.GAP), Piece("two", Tone.SAME)),
        "one […] two",
    ),
}


@pytest.mark.parametrize("column, text", COLUMNS.values(), ids=COLUMNS)
def test_a_reading_is_cut_only_away_from_its_differences(column, text):
    """And every cut is marked."""
    assert excerpt(column) == text
