"""Words of a post that say who is speaking, and from which source.

"The memo states: …" gives the words to the government's document; "the
Archive's summary says …" gives them to the editors, and "my uncle used to say
…" to nobody who could be asked.
"""

import re

from flows.records import Layer

_REACH = 90
_DOCUMENT = (
    r"memo(?:randum|s)?|memcon|telcon|letter|cable|telegram|report|transcript|dispatch|directive"
    r"|document|note|minutes|diary|estimate|briefing\s+paper|record|file|intelligence\s+summary"
)
_EDITORS = r"archive(?:'s|’s)?|archives|editors?|summary|description|page|posting|briefing\s+book|introduction"
_SAYS = (
    r"states?|stated|says?|said|reads?|notes?|noted|writes?|wrote|concludes?|concluded|reports?"
    r"|reported|puts?\s+it|according\s+to|quoted?|tells?|warns?|warned|records?|recorded|declares?"
    r"|declared|quote|adds?|added|argues?|argued|explains?|explained"
)
_BY_DOCUMENT = re.compile(
    rf"\b(?:{_DOCUMENT})\b[^.!?\n“”\"]{{0,40}}?\b(?:{_SAYS})\b[^.!?\n“”\"]{{0,25}}\Z"
    rf"|\b(?:according\s+to|quot(?:e|ing)|from|per)\s+(?:the|this|that|a)\s+(?:[\w-]+\s+){{0,3}}(?:{_DOCUMENT})\b[^.!?\n“”\"]{{0,15}}\Z",
    re.IGNORECASE,
)
_BY_EDITORS = re.compile(
    rf"\b(?:{_EDITORS})\b[^.!?\n“”\"]{{0,40}}?\b(?:{_SAYS})\b[^.!?\n“”\"]{{0,25}}\Z"
    rf"|\b(?:according\s+to|quot(?:e|ing)|from|per)\s+(?:the|this)\s+(?:[\w’'-]+\s+){{0,3}}(?:{_EDITORS})\b[^.!?\n“”\"]{{0,15}}\Z",
    re.IGNORECASE,
)
_LEAD = re.compile(
    rf"[^.!?\n“”\"]{{0,80}}\b(?:{_DOCUMENT}|{_EDITORS})\b[^.!?\n“”\"]{{0,40}}?\b(?:{_SAYS})\b[^.!?\n“”\"]{{0,25}}:\s*",
    re.IGNORECASE,
)

_FAMILIAR = (
    r"(?:grand|god|step)?-?(?:father|mother|pa|ma|dad|mom)|dad|mom|mum|uncle|aunt|brother|sister|cousin"
    r"|wife|husband|son|daughter|friends?|buddy|boss|neighbou?rs?|colleagues?|teacher|professor|coach|doctor"
)
_BY_OTHERS = re.compile(
    rf"\b(?:my|our)\s+(?:\w+\s+){{0,2}}(?:{_FAMILIAR})\b[^.!?\n“”\"]{{0,30}}?\b(?:{_SAYS}|say|told|calls?|called)\b[^.!?\n“”\"]{{0,20}}\Z"
    r"|\b(?:they|people|folks|anons|you|we|I|every(?:one|body)|some(?:one|body))\s+(?:all\s+|always\s+|used\s+to\s+)?"
    r"(?:call(?:s|ed)?|says?|said|asks?|asked|wonders?)(?:\s+(?:it|this|that|them))?(?:\s+a)?\W*\Z"
    r"|\b(?:books?|novel|film|movie|song|podcast|documentary|chapter\s+\S+\s+of)\W*\Z"
    r"|\b(?:so-called|as\s+(?:they|people)\s+say|as\s+the\s+saying\s+goes|proverb(?:\s+says)?)\W*\Z",
    re.IGNORECASE,
)
#: A dash and a name behind the words: who is said to have written them.
_ATTRIBUTION = re.compile(r"(?<=[.!?…\"”’»*_)])\s*(?:--|[—–―-])\s*[^\W\d_][^.!?\n]{1,100}\Z")
_LONGEST_ATTRIBUTION = 120


def attribution_start(text: str, start: int, end: int) -> int:
    """Return where "— Ambassador Hare, 1962" begins at the end of ``text[start:end]``, else *end*."""
    found = _ATTRIBUTION.search(text, max(start, end - _LONGEST_ATTRIBUTION), end)
    return found.start() if found is not None else end


def said_by_others(text: str, start: int, floor: int) -> bool:
    """Whether the words before *start* give what follows to somebody who is no source."""
    before = text[max(floor, start - _REACH) : start].rstrip(" \t\n“”\"'‘«„:,–—-")
    return _BY_OTHERS.search(before) is not None and speaker_before(text, start, floor) is None


def speaker_before(text: str, start: int, floor: int) -> Layer | None:
    """Return to which layer the words before *start* give what follows.

    Only the sentence before *start* is read, not beyond *floor*. Where both
    are named, the editors win: "the Archive's page on the memo says".
    """
    before = text[max(floor, start - _REACH) : start].rstrip(" \t\n“”\"'‘«„:,–—-")
    if _BY_EDITORS.search(before):
        return Layer.PAGE
    return Layer.OCR if _BY_DOCUMENT.search(before) else None


def lead_end(text: str, start: int, end: int) -> int:
    """Return where the words begin that "The memo states:" introduces, else *start*."""
    found = _LEAD.match(text, start, end)
    return found.end() if found is not None and found.end() < end else start
