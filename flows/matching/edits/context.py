"""What stands around quoted words, and whether it turns them round."""

import re
from collections.abc import Iterator
from functools import lru_cache

from flows.matching.words.wordlists import words_of
from flows.records import Context, Match

#: Characters of the source on either side that a match carries with it.
AROUND = 40
#: A sentence of the context is cut at this length.
LONGEST_SENTENCE = 400

_CONTRAST_AFTER = re.compile(
    r"[\s\"“”'’)\]]*[,;:—–-]*[\s\"“”'’(]*(?:and\s+)?"
    r"(?:but|however|except|unless|although|though|yet|nevertheless|notwithstanding|"
    r"only\s+(?:if|when|after|until)|if\s+and\s+only|provided|until|on\s+condition|if|save|rather\s+than|"
    r"in\s+case|so\s+long\s+as|as\s+long\s+as|whereas|while|despite|in\s+spite|subject\s+to|without|"
    r"not|never|instead\s+of|other\s+than|apart\s+from|aside\s+from|excluding|lest|with\s+the\s+exception|barring|contrary|"
    r"(?:is|was|are|were)\s+(?:\w+ly\s+)?(?:false|untrue|incorrect|wrong|mistaken|baseless|denied))\b",
    re.IGNORECASE,
)
_DENIAL_BEFORE = re.compile(
    r"(?:\b(?:not|nicht|kein\w*|nie|pas|jamais|не|ни|never|no|nor|neither|without|unless|cannot|hardly|scarcely|barely|\w+n['’]t|fail(?:ed|s|ing)?\s+to|"
    r"refus(?:e|ed|es|ing)\s+to|declin(?:e|ed|es|ing)\s+to|if|whether|no\s+longer|far\s+from|instead\s+of|rather\s+than)"
    r"|\b(?:untrue|false|incorrect|wrong|den(?:y|ied|ies|ying)|doubt(?:s|ed|ing|ful)?|disput(?:e|ed|es|ing)|"
    r"reject(?:s|ed|ing)?|myth|evidence|mistaken|not\s+(?:\w+\s+){0,3}\w+|no\s+(?:\w+\s+){0,2}\w+|"
    r"(?:did|does|do|was|is|has|had|could|would)n['’]t\s+(?:\w+\s+){0,2}\w+|never\s+(?:\w+\s+){0,2}\w+|"
    r"(?:nobody|no\s+one|none|few|neither|nothing)\s+(?:\w+\s+){0,5}\w+)\s+(?:\w+\s+)?that"
    r"|\b(?:nobody|no\s+one|none|few|neither|nothing|little|not\s+all|no\s+\w+)\s+(?:in|of|on|under|from|about|among))"
    r"[\s\"“‘'(\[]*\Z",
    re.IGNORECASE,
)
# One class of signs comes first in either branch, so that they are found sooner.
_SENTENCE_END = re.compile(
    r"[.!?\n](?:(?<!\n)[\"”’')\]]*+(?:\[\d{1,3}\])?\s+"
    r"(?=(?:[-*•+–—][ \t]+|\(?[a-z0-9]{1,3}[.)][ \t]+)?[\"“‘'(\[]*[A-Z0-9])|(?<=\n)\s*\n)"
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Gen|Col|Lt|Sen|Rep|Gov|Prof|St|No|Nos|vs|Jr|Sr|Inc|Co|Amb|Sec|Dept|Feb|Jan|Mar|Apr|Jun|Jul|"
    r"Aug|Sept?|Oct|Nov|Dec|approx|ca|cf|e\.g|i\.e|p|pp|fig|para|art)|(?<![A-Za-z])[A-Za-z]|\b[A-Z](?:\.[A-Z])+)\Z"
)


def sentence_ends(text: str, start: int, end: int) -> list[int]:
    """Return where sentences end between *start* and *end*: the offset after each end.

    Wrongly seeing an end would hide what governs a sentence, so abbreviations
    and initials are not taken for one.
    """
    return [
        stop.end()
        for stop in _SENTENCE_END.finditer(text, start, end)
        if not _abbreviates(text, stop.start())
    ]


def _abbreviates(text: str, point: int) -> bool:
    """Return whether a point ends an abbreviation or an initial, and no sentence."""
    return text[point] != "\n" and is_abbreviation(text[max(0, point - 8) : point])


@lru_cache(maxsize=8192)
def is_abbreviation(ending: str) -> bool:
    """Return whether a text of eight characters, one more than any abbreviation has, ends in one."""
    return _ABBREVIATION.search(ending) is not None


def _first_end(text: str, start: int, end: int) -> int | None:
    """Return the first of ``sentence_ends``, but for one at the very beginning."""
    for stop in _SENTENCE_END.finditer(text, start, end):
        if stop.end() - start > 4 and not _abbreviates(text, stop.start()):
            return stop.end()
    return None


def _last_ends(text: str, start: int, end: int) -> Iterator[int]:
    """Yield ``sentence_ends`` from the last to the first, each when it is asked for."""
    place = end
    while (point := _last_point(text, start, place)) >= 0:
        stop = _SENTENCE_END.match(text, point, end)
        if stop is not None and not _abbreviates(text, point):
            yield stop.end()
        place = point


def _last_point(text: str, start: int, end: int) -> int:
    return max(
        text.rfind(".", start, end),
        text.rfind("!", start, end),
        text.rfind("?", start, end),
        text.rfind("\n", start, end),
    )


# Matched against the text read backwards, which finds its last word at once.
_LAST_WORD = re.compile(r"[\s\"“‘'(\[]*(?<!')([\w'’]+)")
_DENYING_LAST = frozenset(
    words_of(
        "not never no nor neither without unless cannot hardly scarcely barely to if "
        "whether longer nicht kein keine keinen keinem keiner nie pas jamais не ни than that in of on under from about among"
    )
)


def _may_deny(word: str) -> bool:
    return word in _DENYING_LAST or word.endswith(("n't", "n’t"))


# A condition at the beginning of a sentence, up to the comma before what hangs on it.
_CONDITION = re.compile(
    r"(?:\A|[.!?:;][\"”’)\]]*\s|\n\s*\n)[\"“‘'(\[]*(?:if|unless|had|were|should|until|lest)\s[^.!?;\n]*,\s\Z",
    re.IGNORECASE,
)
_LONGEST_CONDITION = 160


def _hangs_on_condition(text: str, start: int) -> bool:
    """Return whether the clause before *start* is the condition of what follows."""
    if text[max(0, start - 2) : start] not in {", ", ",\n"}:
        return False
    before = text[max(0, start - _LONGEST_CONDITION) : start]
    return _CONDITION.search(before) is not None


# "A few" are some, "few" are hardly any.
_FEW = re.compile(r"\ba\s(?:few|little)\b", re.IGNORECASE)


def reverses(text: str, start: int, end: int) -> bool:
    """Return whether the words just before or just after a stretch turn it round.

    >>> reverses("It is not true that we agreed, but so it was said.", 20, 29)
    True
    """
    last = _LAST_WORD.match(text[max(0, start - 24) : start][::-1])
    if (
        last
        and _may_deny(last[1][::-1].lower())
        and _DENIAL_BEFORE.search(text, max(0, start - 60), start)
    ):
        return True
    if _hangs_on_condition(text, start) or (start > 1 and _FEW.match(text, start - 2)):
        return True
    if end and text[end - 1] in ".!?":
        return False
    return _CONTRAST_AFTER.match(text, end, end + 60) is not None


def context_of(text: str, start: int, end: int) -> Context:
    """Return the rest of the sentence, or the whole sentence, before and after a stretch."""
    low = max(0, start - LONGEST_SENTENCE)
    first = low
    for stop in _last_ends(text, low, start):
        first = stop
        if text[first:start].strip(" \n\t\"“‘'(["):
            break
        first = low
    high = min(len(text), end + LONGEST_SENTENCE)
    before, after = text[first:start], text[end : _first_end(text, end, high) or high]
    return Context(before=" ".join(before.split()), after=" ".join(after.split()))


def match_of(given: str, start: int, end: int) -> Match:
    """Return the match at ``given[start:end]`` with the text on either side."""
    return Match(
        start=start,
        end=end,
        exact=given[start:end],
        prefix=given[max(0, start - AROUND) : start],
        suffix=given[end : end + AROUND],
    )
