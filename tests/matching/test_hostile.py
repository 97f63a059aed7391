"""Texts made to take long are judged soundly, or said to be too much; they never take long.

The work is counted, not timed: in steps, as ``effort`` does, and in calls.
"""

from importlib import import_module
from random import Random

import pytest

from flows.matching import SourceText, compare
from flows.matching.placing.aligning import align
from flows.matching.placing.milestones import milestones
from flows.matching.words.effort import TooMuchWorkError, bounded, spend, spend_once
from flows.matching.words.wording import read_words
from flows.records import Verdict
from tests.counting import calls
from tests.hostile import CHANGED, FAITHFUL, KINDS, pair, prose

ASSURED = {Verdict.VERBATIM, Verdict.TYPOGRAPHIC, Verdict.ELIDED, Verdict.OCR_NOISE}
ACCUSED = {Verdict.ALTERED, Verdict.SPLICED, Verdict.NOT_FOUND}

#: Letters of a quotation of six pages.
LONG = 15_000

kinds = pytest.mark.parametrize("kind", ["page", "ocr"])


@kinds
@pytest.mark.parametrize("name", FAITHFUL)
def test_a_long_faithful_quotation_is_not_accused(name, kind):
    """However it is dressed: where judging it takes too much, that is what is said."""
    quote, text = pair(name, LONG)
    assert compare(quote, SourceText(text, kind)).verdict not in ACCUSED


@kinds
@pytest.mark.parametrize("name", CHANGED)
def test_a_long_changed_quotation_is_not_assured(name, kind):
    """However much agrees: a bound on the work assures nobody."""
    quote, text = pair(name, LONG)
    assert compare(quote, SourceText(text, kind)).verdict not in ASSURED


@kinds
@pytest.mark.parametrize("name", KINDS)
def test_anything_has_an_answer_cut_from_the_texts(name, kind):
    """Nothing raises, and what is shown stands in the texts as given."""
    quote, text = pair(name, 2_500)
    result = compare(quote, SourceText(text, kind))
    assert result.reason
    assert all(text[match.start : match.end] == match.exact for match in result.matches)
    assert all(0 <= edit.source_start <= edit.source_end <= len(text) for edit in result.edits)


GROWING = [
    "every fifth word another",
    "every word misspelt",
    "every word twice",
    "number words",
    "phrases shuffled",
    "zero-width signs",
]


@pytest.mark.parametrize("name", GROWING)
def test_the_work_grows_as_the_texts_do(name):
    """Four times the text takes four times the calls, or little more: six would be too many."""
    few, many = pair(name, 4_000), pair(name, 16_000)
    sources = [SourceText(text) for _, text in (few, many)]
    compare(few[0], sources[0])
    once = calls(lambda: compare(few[0], sources[0]))
    assert calls(lambda: compare(many[0], sources[1])) < 6 * once


@pytest.mark.parametrize("name", ["every fifth word another", "a denial after every tenth word"])
def test_work_cut_short_says_nothing_of_the_quotation(name, monkeypatch):
    """Neither that it is faithful, nor that it is not: the reason says why."""
    quote, text = pair(name, 3_000)
    whole = compare(quote, SourceText(text))
    assert whole.verdict is Verdict.ALTERED
    monkeypatch.setattr(import_module("flows.matching.compare"), "bounded", lambda: bounded(40))
    short = compare(quote, SourceText(text))
    assert short.verdict is Verdict.NOT_CHECKABLE
    assert not short.edits
    assert "long" in short.reason


def test_the_same_question_costs_the_same_however_often_it_was_asked():
    """What a source remembers of an earlier quotation does not change the answer to the next."""
    quote, text = pair("a smudged page", 3_000)
    source = SourceText(text, "ocr")
    assert compare(quote, source) == compare(quote, source)


def test_steps_are_counted_inside_a_bound_alone():
    """A question is paid for once; outside of a bound nothing is counted."""
    spend(10**12)
    with bounded(10):
        spend(4)
        spend_once("word", 6)
        spend_once("word", 6)
        with pytest.raises(TooMuchWorkError):
            spend(1)


def test_long_lists_are_divided_where_a_phrase_stands_once():
    """What is found between milestones is what is found without them."""
    words = read_words(prose(Random(4), 16_000)).norms
    quoted = [word if place % 50 else "zebra" for place, word in enumerate(words)]
    places = milestones(quoted, words)
    assert places == sorted(places)
    assert all(quoted[q] == words[s] for q, s in places)
    steps = align(quoted, words)
    assert [(q0, s0) for q0, _, s0, _ in steps] == [(k, k) for k in range(len(words))]


def test_a_long_quotation_in_another_order_is_not_said_to_be_absent():
    """Its parts stand there, though no place has it as a whole."""
    quote, text = pair("phrases shuffled", 100_000)
    assert compare(quote, SourceText(text)).verdict is not Verdict.NOT_FOUND
    stranger, _ = pair("another text", 100_000)
    assert compare(stranger, SourceText(text)).verdict is Verdict.NOT_FOUND
