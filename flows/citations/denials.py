"""Sentences that call the words they hold false: a lie, a myth, a quotation that nobody spoke.

Such words are quoted from nobody. A document may tell of lies as well ("the
memo on the lie says …"), so the word must stand where it is said of the
quotation itself: before its "that", right before its mark, alone before a
colon, or behind the words.
"""

import re

_FALSE = (
    r"fake|false|bogus|phon(?:e)?y|untrue|made[\s-]up|fabricated|invented|forged|supposed|alleged"
)
_FALSEHOOD = (
    r"lies?|myth|hoax|falsehood|fiction|rumou?rs?|legend|invention|fabrication|nonsense|misquot\w+"
)
_CALLED_FALSE = re.compile(
    rf"\b(?:{_FALSEHOOD})\s+(?:has\s+it\s+)?that\b|\b(?:not\s+true|{_FALSE})\s+that\b"
    rf"|\b(?:falsely|wrongly|mistakenly|allegedly|supposedly|purportedly|misquot(?:ed|es?|ing))\b[^.;:]*\Z"
    rf"|\b(?:{_FALSE})\s+(?:[\w’'-]+\s+){{0,2}}(?:quot\w+|line|claim|story|sentence|words|version)\W*\Z"
    rf"|\A\W*(?:(?:the|a|an|one|common|popular|old|usual)\s+)*"
    rf"(?:{_FALSE}|{_FALSEHOOD})(?:\s+[\w’'-]+)?\s*:\W*\Z",
    re.IGNORECASE,
)
_FALSE_BEHIND = re.compile(
    rf"[\s,.]*(?:(?:is|was|are|were)\s+|[-–—(\[]+\s*)(?:(?:just|simply|all|pure|an?|completely|totally)\s+)*"
    rf"(?:{_FALSE}|{_FALSEHOOD}|(?:not|never)\s+(?:an?\s+)?(?:real|genuine|true|actual)\b)",
    re.IGNORECASE,
)


def is_called_false(before: str) -> bool:
    """Whether *before*, the sentence up to the words, calls them false.

    >>> is_called_false("It is a lie that the cable says "), is_called_false("The memo on lies says ")
    (True, False)
    """
    return _CALLED_FALSE.search(before) is not None


def is_called_false_behind(after: str) -> bool:
    """Whether *after*, right behind the words, calls them false.

    >>> is_called_false_behind(" — not a real quote"), is_called_false_behind(" is in the memo")
    (True, False)
    """
    return _FALSE_BEHIND.match(after) is not None
