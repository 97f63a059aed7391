"""Places that are plainly worse are not judged, and nothing is told otherwise for it."""

import pytest

from flows.matching import SourceText, compare, searching
from flows.matching.values.spellings import has_one_spelling
from flows.matching.verdict import FAITHFUL
from flows.matching.words.folding import fold_key
from flows.matching.words.wordlists import words_of

_PORTS = words_of(
    "Varna Odessa Gdynia Trieste Bergen Cadiz Aarhus Split Rijeka Patras Bremen Lorient"
)
_GOODS = words_of(
    "barley copper timber cotton sulphur marble olives leather cement paper glass wool"
)
#: A log that says much the same thing of every port.
LOG = "\n".join(
    f"The harbour master of {port} kept all {goods} under customs seal for {number} nights."
    for number, (port, goods) in enumerate(zip(_PORTS, _GOODS, strict=True), start=14)
)

QUOTED = {
    "one word changed": "The harbour master of Cadiz kept all timber under customs seal",
    "a number as well": "The harbour master of Cadiz kept all cotton under customs seal for 71 nights",
    "words of two lines": "The harbour master of Split kept all wool under customs seal for 25 nights",
    "a word left out": "The harbour master of Bremen kept glass under customs seal",
    "words in another order": "The master of Rijeka harbour kept all olives under customs seal",
    "no line more than another": "The harbour master of Genoa kept all rubber under customs seal",
}


def _none(*_):
    """Tell nothing of any place, so that all are judged."""
    return []


@pytest.mark.parametrize("quote", QUOTED.values(), ids=QUOTED)
def test_places_that_are_left_out_change_nothing(quote, monkeypatch):
    """A comparison that judges every lookalike tells the same."""
    told = compare(quote, SourceText(LOG))
    monkeypatch.setattr(searching, "telling_words", _none)
    assert compare(quote, SourceText(LOG)) == told


def test_a_line_with_other_names_is_not_judged(monkeypatch):
    """Of many lines that lack more words than the right one, none is judged."""
    judged = []
    judge = searching.judge

    def counted(*place, exact):
        judged.append(place)
        return judge(*place, exact=exact)

    monkeypatch.setattr(searching, "judge", counted)
    compare(QUOTED["one word changed"], SourceText(LOG))
    # The line itself, and the one that the other word is taken from.
    few = len(judged)
    monkeypatch.setattr(searching, "telling_words", _none)
    compare(QUOTED["one word changed"], SourceText(LOG))
    assert few <= 2
    assert len(judged) - few >= 5


OTHERWISE = {
    "a rank cut short": ("general", "the army under General Brandt left", "the army under Gen. Brandt left"),
    "a unit cut short": ("kilometres", "a road of 5 kilometres was built", "a road of 5 km was built"),
    "a day cut short": ("november", "it began on 3 November 1961 at noon", "it began on 3 Nov. 1961 at noon"),
    "a sign": ("percent", "nearly 12 percent of them stayed away", "nearly 12% of them stayed away"),
    "a currency": ("dollars", "a loan of 40 dollars was refused", "a loan of $40 was refused"),
    "a figure": ("seventeen", "they held seventeen of the posts then", "they held 17 of the posts then"),
    "a part": ("thirds", "about two thirds of them went home", "about 2/3 of them went home"),
    "a contraction": ("shall", "we shall not sign any such paper", "we shan't sign any such paper"),
    "another": ("cannot", "we cannot sign any such paper", "we can't sign any such paper"),
    "its verb": ("would", "he said they would sign the paper", "he said they'd sign the paper"),
}  # fmt: skip


@pytest.mark.parametrize("word, quote, page", OTHERWISE.values(), ids=OTHERWISE)
def test_a_word_that_may_be_written_otherwise_tells_nothing(word, quote, page):
    """Where a word agrees with other letters than its own, their absence is no difference."""
    assert compare(quote, SourceText(page)).verdict in FAITHFUL
    assert word.encode() not in fold_key(page)
    assert not has_one_spelling(word)
