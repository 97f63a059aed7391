"""Tell names from other words: a capital that neither a sentence nor a line of capitals explains."""

from flows.matching.edits.context import is_abbreviation
from flows.matching.words.lexicon import zipf
from flows.matching.words.sides import Sides
from flows.matching.words.wording import Words
from flows.matching.words.wordlists import words_of

TITLES = frozenset(
    words_of(
        "mr mrs ms miss dr sir lord lady president secretary minister chancellor "
        "general gen colonel col ambassador premier prof professor senator sen chairman "
        "comrade king queen prince deputy"
    )
)
_PRONOUNS = frozenset(
    words_of(
        "he she it they we you i him her them us his hers its their theirs our your my "
        "this that these those who which there here then himself herself itself "
        "themselves"
    )
)
_FUNCTION = _PRONOUNS | frozenset(
    words_of(
        "a an the of in on at to for by with and or is was are were be been has have had "
        "all any both each either every few many more most much neither no none not one "
        "other several some such from into as if when but than so can could may might "
        "must shall should will would do does did after before during since until under over "
        "above below between against within without through upon like despite although though "
        "because while where why how what whether yet even only just also thus hence perhaps "
        "maybe soon later once again still now today yesterday tomorrow"
    )
)


def named(sides: Sides, words: Words, first: int, last: int) -> bool:
    """Return whether the words hold a name: a capital that no sentence start explains."""
    for place in range(first, last):
        start = words.starts[place]
        if not words.text[start].isupper():
            continue
        norm = words.norms[place]
        if norm in _FUNCTION or norm in TITLES:
            continue
        if not _starts_sentence(words.text, start):
            # In a line of capitals a capital says nothing.
            written = words.text[max(0, start - 30) : start + 30]
            if written.upper() != written or zipf(norm) < 3.5:
                return True
        elif (
            zipf(norm) < 3.2
            or _before_a_name(words, place)
            or _capital_elsewhere(sides.source.read, words.written(place, place + 1))
        ):
            return True
    return False


def shouted(sides: Sides, step: tuple[int, int, int, int]) -> bool:
    """Return whether capitals are the quoter's alone: the source has small letters there."""
    q0, q1, s0, s1 = step
    quoted, found = sides.q.written(q0, q1), sides.s.written(s0, s1)
    return len(quoted) > 1 and quoted.isupper() and found.islower()


def _starts_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - _BEFORE) : start].rstrip(" \t\n\u00a0\"“”‘'([*_>-—–")
    if before.endswith(".") and is_abbreviation(before[:-1]):
        return False
    return not before or before[-1] in ".!?:;…"


#: Characters before a word among which a sentence's end, or an abbreviation's point, is seen.
_BEFORE = 14


def _before_a_name(words: Words, place: int) -> bool:
    """Return whether a word stands before another capital, as the first of a name does."""
    after = place + 1
    return (
        after < len(words)
        and words.norms[after] not in _FUNCTION
        and not words.text[words.ends[place] : words.starts[after]].strip(" \u00a0\n.")
        and words.text[words.starts[after]].isupper()
        and not words.text[words.starts[place] : words.ends[after]].isupper()
    )


#: How far into a source a word is looked for in other sentences.
_REACH = 200_000


def _capital_elsewhere(text: str, word: str) -> bool:
    """Return whether *word* stands in mid-sentence somewhere, capital and all."""
    place = text.find(" " + word, 1, _REACH)
    while place >= 0:
        before, after = text[place - 1], text[place + 1 + len(word) : place + 2 + len(word)]
        if (before == "," or "a" <= before <= "z") and not (after.isalnum() or after == "_"):
            return True
        place = text.find(" " + word, place + 1, _REACH)
    return False
