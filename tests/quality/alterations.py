"""Changes that make a quotation untrue, each with what may rightly be said of it.

An alteration takes a sentence and returns the changed words, or ``None`` when
the sentence has nothing of its sort to change. Spans are offsets into the
sentence.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from flows.records import EditKind
from tests.quality.cases import Expected
from tests.quality.grammar import Mark, Sentence
from tests.quality.vocabulary import WORDS

K = EditKind


@dataclass(frozen=True, slots=True)
class Change:
    """``sentence.text[start:end]`` becomes ``new``; ``expected`` says what that is."""

    start: int
    end: int
    new: str
    expected: Expected


Alteration = Callable[[Random, Sentence], list[Change] | None]


def _kinds(*kinds: EditKind) -> frozenset[EditKind]:
    return frozenset(kinds)


def _swap_mark(
    tags: set[str], kinds: frozenset[EditKind], *, major: bool | None = None
) -> Alteration:
    """Put another filler of the same slot in place of a marked one."""

    def alter(rng: Random, sentence: Sentence) -> list[Change] | None:
        marks = [mark for mark in sentence.marks if mark.tag in tags and mark.other]
        if not marks:
            return None
        mark = rng.choice(marks)
        old = sentence.text[mark.start : mark.end]
        return [Change(mark.start, mark.end, mark.other, Expected(kinds, mark.other, old, major))]

    return alter


def _drop_mark(tags: set[str], kinds: frozenset[EditKind]) -> Alteration:
    """Leave a marked word out, with the blank after it."""

    def alter(rng: Random, sentence: Sentence) -> list[Change] | None:
        text = sentence.text
        marks = [
            mark
            for mark in sentence.marks
            # At an end, a word left out is merely a shorter quotation.
            if mark.tag in tags
            and text[: mark.start].endswith(" ")
            and text[mark.end : mark.end + 1] == " "
        ]
        if not marks:
            return None
        mark = rng.choice(marks)
        return [
            Change(mark.start, mark.end + 1, "", Expected(kinds, "", text[mark.start : mark.end]))
        ]

    return alter


_MODAL = re.compile(
    r"(?<= )(will|would|can|could|should|may|must|was|were|is|are|had|has)(?= (?!not))"
)


def _added_not(rng: Random, sentence: Sentence) -> list[Change] | None:
    places = [found.end() for found in _MODAL.finditer(sentence.text)]
    if not places:
        return None
    at = rng.choice(places)
    return [Change(at, at, " not", Expected(_kinds(K.NEGATION), "not", "", major=True))]


def _added_contraction(rng: Random, sentence: Sentence) -> list[Change] | None:
    places = [
        m for m in _MODAL.finditer(sentence.text) if m.group() not in {"will", "can", "may", "must"}
    ]
    if not places:
        return None
    found = rng.choice(places)
    new = f"{found.group()}n't"
    return [
        Change(
            found.start(),
            found.end(),
            new,
            Expected(_kinds(K.NEGATION), new, found.group(), major=True),
        )
    ]


def _plain_blanks(sentence: Sentence) -> list[int]:
    text = sentence.text
    return [
        at
        for at in range(4, len(text) - 4)
        if text[at] == " " and text[at - 1].isalpha() and text[at + 1].islower()
    ]


def _inserted(rng: Random, sentence: Sentence) -> list[Change] | None:
    blanks = _plain_blanks(sentence)
    if not blanks:
        return None
    at, word = rng.choice(blanks), rng.choice(WORDS[rng.choice(("adverb", "adj"))])
    return [Change(at, at, f" {word}", Expected(_kinds(K.INSERTION), word, ""))]


def _inserted_phrase(rng: Random, sentence: Sentence) -> list[Change] | None:
    blanks = _plain_blanks(sentence)
    if not blanks:
        return None
    at = rng.choice(blanks)
    phrase = f"{rng.choice(WORDS['adverb'])} and {rng.choice(WORDS['adverb'])}"
    return [Change(at, at, f" {phrase}", Expected(_kinds(K.INSERTION), phrase, ""))]


def _title_added(rng: Random, sentence: Sentence) -> list[Change] | None:
    marks = [
        m
        for m in sentence.marks
        if m.slot == "person" and " " not in sentence.text[m.start : m.end]
    ]
    if not marks:
        return None
    mark, title = rng.choice(marks), rng.choice(("Mr.", "Mrs.", "Dr."))
    return [
        Change(
            mark.start, mark.start, f"{title} ", Expected(_kinds(K.NAME, K.INSERTION), title, "")
        )
    ]


def _neighbours_swapped(rng: Random, sentence: Sentence) -> list[Change] | None:
    """Exchange two different words that stand side by side."""
    found = list(re.finditer(r"(?<= )([a-z]{3,}) ([a-z]{3,})(?= )", sentence.text))
    found = [pair for pair in found if pair.group(1) != pair.group(2)]
    if not found:
        return None
    pair = rng.choice(found)
    new = f"{pair.group(2)} {pair.group(1)}"
    return [Change(pair.start(), pair.end(), new, Expected(_kinds(K.ORDER), new, pair.group()))]


def _exchanged(tags: set[str], kinds: frozenset[EditKind]) -> Alteration:
    """Let two fillers of one sort change places: who did it to whom."""

    def alter(rng: Random, sentence: Sentence) -> list[Change] | None:
        marks = [mark for mark in sentence.marks if mark.tag in tags]
        pairs = [
            (one, two)
            for i, one in enumerate(marks)
            for two in marks[i + 1 :]
            if one.slot == two.slot
            # "18" and "eighteen" may change places unseen.
            and sentence.text[one.start : one.end] not in two.same
            and sentence.text[one.start : one.end].lower()
            != sentence.text[two.start : two.end].lower()
        ]
        if not pairs:
            return None
        one, two = rng.choice(pairs)
        first, second = sentence.text[one.start : one.end], sentence.text[two.start : two.end]
        return [
            Change(one.start, one.end, second, Expected(kinds, second, first)),
            Change(two.start, two.end, first, Expected(kinds, first, second)),
        ]

    return alter


def _sign_dropped(pattern: str, new: str, kinds: frozenset[EditKind]) -> Alteration:
    """Drop or change a sign that belongs to a number."""
    sign = re.compile(pattern)

    def alter(rng: Random, sentence: Sentence) -> list[Change] | None:
        found = [
            f for f in sign.finditer(sentence.text) if not f.group().endswith("-") or f.start()
        ]
        if not found:
            return None
        place = rng.choice(found)
        # The whole number around the sign is what changed.
        around = [m for m in sentence.marks if m.start <= place.start() and place.end() <= m.end]
        if not around:
            return None
        old = sentence.text[around[0].start : around[0].end]
        changed = old.replace(place.group(), new, 1)
        return [Change(around[0].start, around[0].end, changed, Expected(kinds, changed, old))]

    return alter


def _hidden_not(rng: Random, sentence: Sentence) -> list[Change] | None:
    """Add a *not* whose letter o is Cyrillic."""
    changes = _added_not(rng, sentence)
    if changes is None:
        return None
    at = changes[0].start
    kinds = _kinds(K.NEGATION, K.INSERTION)
    return [Change(at, at, " n\u043et", Expected(kinds, "n\u043et", ""))]


_NEGATION = _kinds(K.NEGATION)
_NUMBER = _kinds(K.NUMBER)

ALTERATIONS: dict[str, Alteration] = {
    "number changed": _swap_mark(
        {"number", "decimal", "money", "percent", "minus"}, _NUMBER, major=True
    ),
    "article number changed": _swap_mark({"section"}, _NUMBER, major=True),
    "year changed": _swap_mark({"year"}, _kinds(K.NUMBER, K.DATE), major=True),
    "date changed": _swap_mark({"date"}, _kinds(K.DATE), major=True),
    "month or its year changed": _swap_mark({"month_year"}, _kinds(K.DATE, K.NUMBER)),
    "name changed": _swap_mark({"name"}, _kinds(K.NAME), major=True),
    "office or people changed": _swap_mark({"org", "people"}, _kinds(K.NAME, K.WORD)),
    "not dropped": _swap_mark({"negation"}, _NEGATION, major=True),
    "not added": _added_not,
    "n't dropped": _swap_mark({"contraction"}, _NEGATION, major=True),
    "n't added": _added_contraction,
    "never turned into always": _swap_mark({"never"}, _NEGATION, major=True),
    "prefix negation": _swap_mark({"prefix"}, _kinds(K.NEGATION), major=True),
    "antonym": _swap_mark({"antonym"}, _kinds(K.WORD)),
    "synonym": _swap_mark({"synonym"}, _kinds(K.WORD)),
    "word changed": _swap_mark({"word", "adjective"}, _kinds(K.WORD)),
    "word inserted": _inserted,
    "phrase inserted": _inserted_phrase,
    "word left out": _drop_mark({"adverb", "adjective"}, _kinds(K.DELETION)),
    "name left out": _drop_mark({"name"}, _kinds(K.DELETION, K.NAME)),
    "title added": _title_added,
    "neighbours swapped": _neighbours_swapped,
    "names exchanged": _exchanged({"name", "people"}, _kinds(K.ORDER, K.NAME, K.WORD)),
    "numbers exchanged": _exchanged({"number", "money", "decimal"}, _kinds(K.ORDER, K.NUMBER)),
    "decimal point dropped": _sign_dropped(r"(?<=\d)\.(?=\d)", "", _NUMBER),
    "minus sign dropped": _sign_dropped(r"(?<![\w-])-(?=\d)", "", _NUMBER),
    "currency changed": _sign_dropped(r"\$", "£", _kinds(K.NUMBER, K.WORD)),
    "currency dropped": _sign_dropped(r"[$£]", "", _kinds(K.NUMBER, K.WORD, K.DELETION)),
    "percent dropped": _sign_dropped(r"%", "", _kinds(K.NUMBER, K.WORD, K.DELETION)),
    "million turned into billion": _sign_dropped(r"million", "billion", _kinds(K.NUMBER, K.WORD)),
    "not added with a foreign letter": _hidden_not,
}

#: Those that text recognition, which loses punctuation, leaves visible.
UNDER_NOISE = (
    "number changed",
    "year changed",
    "date changed",
    "name changed",
    "not dropped",
    "not added",
    "never turned into always",
    "prefix negation",
    "antonym",
    "word changed",
    "word inserted",
    "phrase inserted",
    "word left out",
    "names exchanged",
    "numbers exchanged",
)


def applied(text: str, changes: list[Change]) -> str:
    """Return *text* after *changes*."""
    for change in sorted(changes, key=lambda item: item.start, reverse=True):
        text = text[: change.start] + change.new + text[change.end :]
    return text


def marked(sentence: Sentence, tags: set[str]) -> list[Mark]:
    """Return the marks of *sentence* that bear one of *tags*."""
    return [mark for mark in sentence.marks if mark.tag in tags]
