"""Words of a post that say who is speaking, and from which source.

"The memo states: …" gives the words to the government's document; "the
Archive's summary says …" gives them to the editors.
"""

import re

from flows.records import Layer

_REACH = 90
_DOCUMENT = (
    r"memo(?:randums?|randa|s)?|(?:memcon|telcon|letter|cable|telegram|report|transcript|dispatch"
    r"|directive|document|note|estimate|briefing\s+paper|record|file)s?|dispatches|minutes|diary|papers"
    r"|intelligence\s+summary"
)
#: The same in posts of other languages.
_DOCUMENT_ABROAD = (
    r"(?:kabel|telegramm|fernschreiben|bericht|dokument|brief|protokoll|vermerk|akte|aktenvermerk"
    r")(?:e?[ns]?)|archivs?|informes?|documentos?|cartas?|memorando|memorándum|telegrama|despacho|archivo"
    r"|câble|télégramme|rapport|lettre|dépêche|procès-verbal|documento|lettera|rapporto"
    r"|документ\w{0,3}|телеграмм\w{0,2}|письм\w{0,2}|записк\w{0,2}|архив\w{0,2}|доклад\w{0,2}"
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
#: Nouns that mean what is cited, whatever it is: "the article says"; and parts of it.
_WRITING = (
    r"articles?|texts?|source|paper|piece|story|(?:web)?site|collection|authors?|writers?|link"
)
_PART = (
    r"quot(?:e|ation)|passage|paragraph|sentence|line|part|excerpt|section|footnote|margin|title"
    r"|caption|headline"
)
_OF_DOCUMENT = re.compile(rf"(?:{_DOCUMENT}|{_DOCUMENT_ABROAD})\Z", re.IGNORECASE)
_OF_SOURCE = re.compile(rf"(?:{_DOCUMENT}|{_DOCUMENT_ABROAD}|{_EDITORS})\Z", re.IGNORECASE)
_OF_WRITING = re.compile(rf"(?:{_WRITING})\Z", re.IGNORECASE)
_PART_OF_IT = re.compile(rf"(?:{_PART})\Z", re.IGNORECASE)
_LEAD = re.compile(
    rf"[^.!?\n“”\"]{{0,80}}\b(?:{_DOCUMENT}|{_EDITORS})\b[^.!?\n“”\"]{{0,40}}?\b(?:{_SAYS})\b[^.!?\n“”\"]{{0,25}}:\s*",
    re.IGNORECASE,
)

_ARTICLE = re.compile(r"(?:the|this|that|these|its|an?|his|her|their|our|my)\Z", re.IGNORECASE)
#: A dash and a name behind the words: who is said to have written them.
_ATTRIBUTION = re.compile(r"(?<=[.!?…\"”’»*_)])\s*(?:--|[—–―-])\s*[^\W\d_][^.!?\n]{1,100}\Z")
_LONGEST_ATTRIBUTION = 120


def attribution_start(text: str, start: int, end: int) -> int:
    """Return where "— Ambassador Hare, 1962" begins at the end of ``text[start:end]``, else *end*."""
    found = _ATTRIBUTION.search(text, max(start, end - _LONGEST_ATTRIBUTION), end)
    return found.start() if found is not None else end


def speaker_before(text: str, start: int, floor: int) -> Layer | None:
    """Return to which layer the words before *start* give what follows.

    Only the sentence before *start* is read, not beyond *floor*. Where both
    are named, the editors win: "the Archive's page on the memo says".
    """
    before = text[max(floor, start - _REACH) : start].rstrip(" \t\n“”\"'‘«„:,–—-")
    if _BY_EDITORS.search(before):
        return Layer.PAGE
    return Layer.OCR if _BY_DOCUMENT.search(before) else None


def is_of_document(noun: str) -> bool:
    """Whether *noun* means a document, in one of the languages that posts are written in.

    >>> is_of_document("cables"), is_of_document("Telegramm"), is_of_document("page")
    (True, True, False)
    """
    return _OF_DOCUMENT.match(noun) is not None


def is_of_source(noun: str, before: str) -> bool:
    """Whether *noun*, behind the word *before*, means a document, its editors or what is cited.

    "The article" is what the post links to, "the Herald article" is not; and
    "the last line" is one of it.
    """
    if _OF_SOURCE.match(noun):
        return True
    if _PART_OF_IT.match(noun):
        return not before[:1].isupper() or _ARTICLE.match(before) is not None
    return _OF_WRITING.match(noun) is not None and (
        not before or _ARTICLE.match(before) is not None
    )


def lead_end(text: str, start: int, end: int) -> int:
    """Return where the words begin that "The memo states:" introduces, else *start*."""
    found = _LEAD.match(text, start, end)
    return found.end() if found is not None and found.end() < end else start
