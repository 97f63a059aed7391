"""Tell a page that was read across its columns by pairs of words that cannot stand side by side.

Where one column's line breaks off and another's goes on, the words on either
side were never written together: "the of", "and but", "to would". English prose
has such a pair once in some thousands of words, a page read across once in some
two hundred. Which lines belong together a language model tells by the same
sign; here the words that stand before nouns, before verbs and between clauses
are enough, for the question is only whether the page is torn at all.
"""

import re

from flows.matching.words.lexicon import is_ordinary
from flows.matching.words.source import SourceText
from flows.matching.words.wording import WORD, Words
from flows.matching.words.wordlists import words_of

_BEFORE_NOUNS = frozenset(words_of("a an the my its their our every"))
_PREPOSITIONS = frozenset(
    words_of("of at from by for with in into upon among between against during toward towards onto")
)
_JOINING = frozenset(words_of("and or but nor"))
_BEING = frozenset(words_of("is are was were would should could"))
_DOING = frozenset(words_of("has had did does"))
_VERBS = _BEING | _DOING | frozenset(words_of("am been shall cannot"))
_SUBJECTS = frozenset(words_of("he she they we"))
_OBJECTS = frozenset(words_of("them us him me"))
#: Which words cannot follow which, white space alone between them. What may end a
#: clause ("agreed to", "to have had") goes before nearly any word.
_NEVER_AFTER = (
    (
        _BEFORE_NOUNS,
        _BEFORE_NOUNS
        | _PREPOSITIONS
        | _JOINING
        | _VERBS
        | _SUBJECTS
        | _OBJECTS
        | frozenset(
            words_of("be have do to that which who whom because if although than as it when where")
        ),
    ),
    (
        _PREPOSITIONS,
        _VERBS | _SUBJECTS | frozenset(words_of("but nor of than although because if")),
    ),
    (frozenset(("to",)), _SUBJECTS | _DOING | frozenset(words_of("would could should to"))),
    (_JOINING, _JOINING | frozenset(("than",))),
    (_SUBJECTS, _BEFORE_NOUNS | _SUBJECTS | _OBJECTS),
    (_BEING | {"be", "cannot"}, _BEING | _DOING),
    (frozenset(words_of("he she")), frozenset(("are",))),
    (frozenset(words_of("they we")), frozenset(words_of("is was has does"))),
    (frozenset(words_of("than because although")), frozenset(words_of("and or than"))),
)
_FOLLOWS: dict[str, frozenset[str]] = {}
for _firsts, _seconds in _NEVER_AFTER:
    for _word in _firsts:
        _FOLLOWS[_word] = _FOLLOWS.get(_word, frozenset()) | _seconds
#: Words that have a capital only where a sentence begins.
_OPENING = frozenset(
    words_of("it he she they we this these those there if but however when where although after")
)
_POINT = re.compile(r"[a-z]{2}[.!?][\"'”’)]*\s+[\"'“‘(]*[A-Z]")
#: Characters on either side of a passage in which tears are sought; so many tear
#: a page, if there is one in so many words.
_AROUND, _WORDS_OF_TEAR = 5000, 800
#: A page keeps its points if there is one in so many words.
_WORDS_OF_SENTENCE = 50


def tears(words: Words) -> list[int]:
    """Return after which of the *words* the text is torn.

    >>> from flows.matching.words.wording import read_words
    >>> tears(read_words("the ship left the of a cargo and went at was sold"))
    [3, 9]
    """
    pointed = len(_POINT.findall(words.text, *_span(words))) * _WORDS_OF_SENTENCE >= len(words)
    return [
        place
        for place in range(len(words) - 1)
        if words.kinds[place] == words.kinds[place + 1] == WORD
        and words.text[words.ends[place] : words.starts[place + 1]].isspace()
        and is_torn(words, place, pointed=pointed)
    ]


def reads_torn(source: SourceText, cuts: list[tuple[int, int]], start: int, end: int) -> bool:
    """Return whether the page around ``source.read[start:end]`` is torn, or the *cuts* are.

    It is, with a tear in so many words, or at the edge of a cut, or beside
    several cuts. One tear on a long page may be a misprint.
    """
    words = source.words(max(0, start - _AROUND), end + _AROUND)
    found = tears(words)
    if len(words) <= _WORDS_OF_TEAR * len(found):
        return True
    edges = {edge for cut in cuts for edge in cut}
    return bool(found) and (
        len(cuts) > 1
        or any(words.ends[at] in edges or words.starts[at + 1] in edges for at in found)
    )


def _span(words: Words) -> tuple[int, int]:
    return (words.starts[0], words.ends[-1]) if len(words) else (0, 0)


def is_torn(words: Words, place: int, *, pointed: bool) -> bool:
    """Return whether a word and the next one cannot have been written side by side."""
    one, two = words.norms[place], words.norms[place + 1]
    first, second = words.text[words.starts[place]], words.written(place + 1, place + 2)
    if second.istitle() and first.islower():
        return (pointed and two in _OPENING) or (one in _BEFORE_NOUNS and two in {"the", "it"})
    if not second.islower() or words.text.startswith("-", words.ends[place + 1]):
        # "The in-house counsel".
        return False
    if len(one) == 1 and not first.islower():
        # "Annex A is": a letter.
        return False
    return two in _FOLLOWS.get(one, ()) or _wrong_article(one, two)


def _wrong_article(one: str, two: str) -> bool:
    """Return whether "a" stands before a vowel, or "an" before a consonant, as it sounds."""
    if one not in {"a", "an"} or len(two) < _LEAST_SOUNDED or not is_ordinary(two):
        return False
    if one == "a":
        return two[0] in "aio" and not two.startswith("on")
    return two[0] not in "aeiouh"


#: Shorter words are abbreviations as well, spelt letter by letter: "an mps officer".
_LEAST_SOUNDED = 4
