"""Which words are marked, and where."""

from dataclasses import replace

import pytest

from flows.records import (
    Check,
    CheckKind,
    Context,
    Edit,
    EditKind,
    Match,
    Severity,
    Verdict,
)
from flows.reporting.collation import MOST_DIFFERENCES, collate
from flows.reporting.pieces import Piece, Tone

QUOTE = "the talks began in 1995 and went on"
SOURCE = "Later that year the talks began in 1994 and went on for weeks."
PLACE = "the talks began in 1994 and went on"


def _match(place=PLACE, source=SOURCE):
    start = source.index(place)
    return Match(start=start, end=start + len(place), exact=place)


def _edit(quoted="1995", source="1994", kind=EditKind.NUMBER, severity=Severity.MAJOR, **offsets):
    return Edit(kind=kind, quoted=quoted, source=source, severity=severity, **offsets)


def _check(edits, *, exact=QUOTE, start=40, verdict=Verdict.ALTERED, matches=None, **more):
    return Check(
        id="x",
        kind=CheckKind.QUOTATION,
        field=None,
        exact=exact,
        start=start,
        end=start + len(exact),
        verdict=verdict,
        reason="",
        matches=(_match(),) if matches is None else matches,
        edits=tuple(edits),
        **more,
    )


def _marked(column, tones=(Tone.DIFFERS, Tone.NOTED, Tone.SLIGHT, Tone.LEFT_OUT, Tone.MISSING)):
    return [(piece.text, piece.number) for piece in column if piece.tone in tones]


def _words(column):
    return "".join(p.text for p in column if p.tone not in {Tone.CONTEXT, Tone.GAP, Tone.CUT})


YEAR = QUOTE.index("1995")
SOURCE_YEAR = SOURCE.index("1994")
COUNTED_FROM = {
    "the quotation's start and the source's start": (YEAR, SOURCE_YEAR),
    "the post's start and the source's start": (YEAR + 40, SOURCE_YEAR),
    "the quotation's start and the place's start": (YEAR, SOURCE_YEAR - _match().start),
    "nothing at all, because they were never set": (0, 0),
}


@pytest.mark.parametrize("offsets", COUNTED_FROM.values(), ids=COUNTED_FROM)
def test_a_changed_word_is_marked_whatever_its_offsets_count_from(offsets):
    """The reading itself tells which of the ways was meant."""
    quoted, source = offsets
    width = 4 if any(offsets) else 0
    edit = _edit(
        quoted_start=quoted,
        quoted_end=quoted + width,
        source_start=source,
        source_end=source + width,
    )
    sides = collate(_check([edit]))
    assert _marked(sides.quoted) == [("1995", 1)]
    assert _words(sides.quoted) == QUOTE
    assert _words(sides.places[0]) == PLACE
    assert _marked(sides.places[0]) == [("1994", 1)]


def test_a_reading_that_does_not_stand_in_the_text_is_listed_but_not_marked():
    """A wrong mark is worse than none."""
    sides = collate(_check([_edit(quoted="1887", quoted_start=3, quoted_end=7)]))
    assert _marked(sides.quoted) == []
    assert [one.edit.quoted for one in sides.differences] == ["1887"]


def test_words_missing_in_the_post_leave_a_mark_at_their_place():
    """The gap carries the number of what is missing."""
    exact = "they would sign"
    source = "they would not sign"
    at = exact.index("sign")
    edit = _edit(
        quoted="",
        source="not",
        kind=EditKind.NEGATION,
        quoted_start=at,
        quoted_end=at,
        source_start=source.index("not"),
        source_end=source.index("not") + 3,
    )
    sides = collate(_check([edit], exact=exact, matches=(_match(source, source),)))
    assert _marked(sides.quoted) == [("", 1)]
    assert _marked(sides.places[0]) == [("not", 1)]
    assert sides.quoted[0].text == "they would "


def test_what_an_honest_ellipsis_left_out_is_printed_between_the_places():
    """A reader sees what the post's reader did not."""
    source = "one two, three or four, five six"
    first, last = _match("one two", source), _match(", five six", source)
    edit = _edit(
        quoted="…",
        source=", three or four",
        kind=EditKind.OMISSION,
        severity=Severity.NONE,
        quoted_start=8,
        quoted_end=9,
        source_start=7,
        source_end=22,
    )
    sides = collate(
        _check([edit], exact="one two … five six", verdict=Verdict.ELIDED, matches=(last, first))
    )
    assert _marked(sides.places[0], (Tone.LEFT_OUT,)) == [(", three or four", 1)]
    assert _marked(sides.quoted, (Tone.NOTED,)) == [("…", 1)]


def test_a_spliced_quotation_shows_each_place_by_itself():
    """In the order of the quotation, not of the source."""
    late, early = _match("for weeks."), _match("Later that year")
    sides = collate(_check([], verdict=Verdict.SPLICED, matches=(late, early)))
    assert [_words(place) for place in sides.places] == ["for weeks.", "Later that year"]


def test_a_passage_that_repeats_is_shown_once_and_counted():
    """Further places are a number, not a second copy."""
    again = replace(_match(), start=500, end=500 + len(PLACE))
    sides = collate(_check([], verdict=Verdict.VERBATIM, matches=(_match(), again, again)))
    assert len(sides.places) == 1
    assert sides.elsewhere == 2


def test_slight_differences_are_listed_once_each_after_the_others():
    """Forty curly quotation marks are one line, and take no number."""
    slight = _edit(quoted="'", source="’", kind=EditKind.TYPOGRAPHY, severity=Severity.NONE)
    sides = collate(_check([slight, slight, _edit()]))
    assert [(one.number, one.times) for one in sides.differences] == [(1, 1), (None, 2)]


def test_a_long_stretch_without_difference_is_shown_by_its_ends():
    """The mark in the middle of many pages is not lost among them."""
    exact = "a" * 3_000 + " 1995 " + "b" * 3_000
    sides = collate(_check([_edit(quoted_start=3_001, quoted_end=3_005)], exact=exact, matches=()))
    assert _marked(sides.quoted) == [("1995", 1)]
    assert sum(len(piece.text) for piece in sides.quoted) < 2_100
    assert [piece.text for piece in sides.quoted if piece.tone is Tone.CUT] == ["2,001", "2,001"]


def test_more_differences_than_a_reader_takes_in_are_counted():
    """They are all in report.json."""
    sides = collate(_check([_edit()] * (MOST_DIFFERENCES + 7)))
    assert len(sides.differences) == MOST_DIFFERENCES
    assert sides.unlisted == 7


SURROUNDINGS = {
    "words cut at a length begin after the first blank": (
        {"prefix": "ember the old pier, where ", "start": 900},
        None,
        "… the old pier, where ",
    ),
    "words at the very start of the page are whole": (
        {"prefix": "Where ", "start": 6},
        None,
        "Where ",
    ),
    "another line is no surrounding": ({"prefix": "A title\n\nDate: "}, None, "Date: "),
    "the sentence kept takes the place of its own end": (
        {"prefix": "h the harbour was shut. "},
        Context(before="By March the harbour was shut."),
        "By March the harbour was shut. ",
    ),
    "the sentence kept stands before the words between": (
        {"prefix": "In the end, ", "start": 12},
        Context(before="By March the harbour was shut."),
        "By March the harbour was shut. In the end, ",
    ),
}


@pytest.mark.parametrize("match, context, wanted", SURROUNDINGS.values(), ids=SURROUNDINGS)
def test_the_words_before_a_place_are_shown(match, context, wanted):
    """So that nobody needs the page to see what a quotation was taken from."""
    place = replace(_match(), **match)
    sides = collate(_check([], verdict=Verdict.VERBATIM, matches=(place,), context=context))
    assert sides.places[0][0] == Piece(wanted, Tone.CONTEXT)


def test_overlapping_differences_lose_no_word():
    """Every word of the quotation is still shown, once."""
    edits = [
        _edit("began in 1995", "began in 1994", EditKind.WORD, quoted_start=10, quoted_end=23),
        _edit("in 1995", "in 1994", EditKind.DATE, quoted_start=16, quoted_end=23),
    ]
    sides = collate(_check(edits))
    assert _words(sides.quoted) == QUOTE
    assert len(sides.differences) == 2


LEAD = "The clerks counted the crates twice before noon and wrote the sum into the ledger, " * 9
TAIL = "and nobody on the quay asked where the missing crates had gone that winter, " * 9


def _long_check(**more):
    exact, place = (f"{LEAD}in {year} at last {TAIL}" for year in ("1931", "1932"))
    edit = _edit(
        quoted="1931",
        source="1932",
        quoted_start=exact.index("1931"),
        quoted_end=exact.index("1931") + 4,
        source_start=place.index("1932"),
        source_end=place.index("1932") + 4,
    )
    return _check([edit], exact=exact, matches=(_match(place, place),), **more)


def test_words_far_from_every_difference_are_folded_alike_on_both_sides():
    """So that the changed word is found at a glance; no word is lost."""
    check = _long_check()
    sides = collate(check)
    assert _words(sides.quoted) == check.exact
    assert _words(sides.places[0]) == check.matches[0].exact
    for column in (sides.quoted, sides.places[0]):
        folded = [piece for piece in column if piece.tone is Tone.FOLDED]
        assert len(folded) == 2
        assert all(piece.number is None for piece in folded)
        (marked,) = [at for at, piece in enumerate(column) if piece.number == 1]
        for neighbour in (column[marked - 1], column[marked + 1]):
            assert neighbour.tone is Tone.SAME
            assert 100 < len(neighbour.text) < 200
    assert [p.text for p in sides.quoted if p.tone is Tone.FOLDED] == [
        p.text for p in sides.places[0] if p.tone is Tone.FOLDED
    ]


def test_without_a_numbered_difference_nothing_is_folded():
    """There is no place to look at before the others."""
    exact = LEAD[:1_000]
    sides = collate(_check([], exact=exact, verdict=Verdict.VERBATIM, matches=()))
    assert [piece.tone for piece in sides.quoted] == [Tone.SAME]


LABELS = {
    "labels in blocks of their own": (
        "Date May 2, 1961 Description",
        "\n\n",
        "\n\nSource\nLetter",
        "",
    ),
    "a sentence in the block before": ("The pier was shut.", "\n\n", "\n\nIt rained. ", "The pier"),
    "a line end inside a sentence": ("It is not so that", "that\n", "\nthe crates ", "It is not"),
}


@pytest.mark.parametrize("before, prefix, suffix, shown", LABELS.values(), ids=LABELS)
def test_a_pages_labels_are_no_sentence_around_the_words(before, prefix, suffix, shown):
    """Words that a hard wrap parts from the passage are."""
    match = Match(start=90, end=90 + len(PLACE), exact=PLACE, prefix=prefix, suffix=suffix)
    context = Context(before=before, after="Source Letter to the harbour master.")
    check = _check([], verdict=Verdict.VERBATIM, matches=(match,), context=context)
    around = "".join(p.text for p in collate(check).places[0] if p.tone is Tone.CONTEXT)
    assert around.startswith(shown)
    assert ("Source" in around) is ("Source" not in suffix)
    warned = collate(replace(check, warnings=("context_reverses",)))
    assert warned.places[0][0].text.startswith(before[:8])
