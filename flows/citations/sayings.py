"""Sentences that say that somebody says something: their verbs, and whether they assert it.

"The memo says" asserts; "the memo never says", "if the memo said", "does the
memo say", "imagine a memo saying" do not, and what follows is nobody's words.
"""

import re

#: Verbs of speaking. People write some of these things as well, papers say few of them.
_ALOUD = (
    "call ask tweet post repeat joke quip shout whisper yell chant scream sing mutter boast chat"
    " comment claim"
)
#: Verbs that stand before written words as often.
_ON_PAPER = (
    "state announce insist declare admit warn quote cite describe dub label argue remark reply"
    " answer add explain conclude note report record complain promise observe urge deny confess"
    " lament recall"
)


def _inflected(verb: str) -> str:
    if verb.endswith("y"):
        return rf"{verb[:-1]}(?:y|ies|ied|ying)"
    if verb.endswith("e"):
        return rf"{verb[:-1]}(?:es?|ed|ing)"
    return rf"{verb}(?:s|[a-z]?(?:ed|ing))?"


_SAID_ALOUD = (
    rf"(?:{'|'.join(map(_inflected, _ALOUD.split()))}|say(?:s|ing)?|said|quoth|tell(?:s|ing)?|told"
    r"|puts?\s+it|go(?:es)?|thinks?|thought|keeps?\s+\w+ing)"
)
#: A verb of saying in any form; in small letters, as "States" and "Notes" are nouns.
SAYS = (
    rf"(?:{_SAID_ALOUD}|{'|'.join(map(_inflected, _ON_PAPER.split()))}|wr[oi]tes?|writing|written"
    r"|reads|(?:speaks?|spoken?)\s+of)"
)
_VERB = re.compile(rf"\b{SAYS}\b")
_IS_ALOUD = re.compile(rf"{_SAID_ALOUD}\Z")
_IS_CITING = re.compile(r"(?:quot|cit)\w+\Z")
_LEADS_TO = re.compile(
    r"(?:(?!\b(?:when|while|because|if|who)\b)[^.!?“”\"«»„:]){0,60}\W*\Z", re.IGNORECASE
)
#: "The money quote" is a noun, and so is every bare verb behind an article.
_NOUN = re.compile(
    r"\b(?:the|this|that|an?|my|your|his|her|its|our|their|of|some|any)\s+(?:[\w’'-]+\s+){0,2}\Z",
    re.IGNORECASE,
)
#: One word that is no plural and no pronoun takes no bare verb.
_NAMED_NOUN = re.compile(
    r"\W*(?!(?:i|we|you|they|people|police|who)\b)[\w’'-]*[^\Ws]\s+[a-z]+\Z", re.IGNORECASE
)
_PLURAL = re.compile(r"(?:records|notes|reports|quotes|answers|replies|comments)\b", re.IGNORECASE)
_ARTICLE_BEFORE = re.compile(
    r"\b(?:the|these|those|its|his|her|their|our)\s+(?:new\w*\s+|declassified\s+|released\s+)?\Z",
    re.IGNORECASE,
)
_BARE = frozenset(f"{_ALOUD} {_ON_PAPER} saying".split())
_INVERTED = re.compile(rf"\W*(?P<verb>{SAYS})\s+(?P<name>[^.!?“”\",:]{{2,60}}?)\W*\Z")
_CLAUSE = re.compile(
    r"[;:()\[\]—–]|\s-+\s|,\s|\b(?:and|but|or|so|that|when|while|because|if|as|how|what|where|since"
    r"|though|although|until|than|then)\b",
    re.IGNORECASE,
)
#: Imagined, acted out ("I'm like “…”", "me: “…”"), or put in the poster's own words.
_IMAGINED = re.compile(
    r"\b(?:imagin(?:e|ing)|suppose|assum(?:e|ing)|pretend(?:ing|s)?|as\s+(?:if|though))\b"
    r"|\b(?:in\s+other\s+words|in\s+short|in\s+plain\s+\w+|translat(?:ion|es?|ed)|basically"
    r"|essentially|tl;?dr|(?:mean(?:s|ing|t)|i\.e)\.?(?:\s+(?:is|was))?(?=\W*\Z))(?:\W|\Z)"
    r"|\b(?:be|is|was|are|were|am|all)\s+like\W*\Z|[’'](?:m|s|re)\s+like\W*\Z"
    r"|\A\W*(?:also\s+)?(?:me|you|us|them)\s*:\W*\Z",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"(?<!only\s)\b(?:does|did|do)\s+(?:it|they|he|she|this|that|any(?:body|one)|(?:the|your)\s+[\w’'-]+)"
    r"\s+(?:\w+ly\s+)?\Z",
    re.IGNORECASE,
)
_IF = re.compile(r"\bif\s+\Z", re.IGNORECASE)
#: "Not only does it say …" is so.
_DENIED = re.compile(
    r"\bnowhere\b|(?:\b(?:never|not(?!\s+only)|cannot|hardly|would|should|could|might|must)\b|n[’']t\b)"
    r"(?:\W+\w+){0,2}\W*\Z",
    re.IGNORECASE,
)
#: A paper says a thing; people say it once, always, or last week.
_SOME_TIME = re.compile(
    r"\b(?:once|always|often|usually|famously|yesterday|today|tonight|nowadays|used\s+to|keeps?|kept"
    r"|last\s+(?:week|night|month|year|time)|the\s+other\s+day)\b",
    re.IGNORECASE,
)


def verb_of_saying(sentence: str) -> re.Match[str] | None:
    """Return the last verb of saying in *sentence* that leads to its end.

    >>> found = verb_of_saying("He said hello and the consul writes that the ")
    >>> found.group()
    'writes'
    """
    last = None
    for verb in _VERB.finditer(sentence):
        if _is_noun(sentence, verb):
            continue
        if _LEADS_TO.match(sentence, verb.end()):
            last = verb
    return last


def _is_noun(sentence: str, verb: re.Match[str]) -> bool:
    """Whether what looks like a verb is the noun behind an article, or in "Best quote: "."""
    if verb.group() in _BARE:
        return bool(
            _NOUN.search(sentence, 0, verb.start()) or _NAMED_NOUN.match(sentence, 0, verb.end())
        )
    return _PLURAL.match(sentence, verb.start()) is not None and bool(
        _ARTICLE_BEFORE.search(sentence, 0, verb.start())
    )


def inverted_subject(sentence: str) -> str | None:
    """Return the subject of a sentence that begins with its verb of saying.

    >>> inverted_subject("Writes the consul: ")
    'the consul'
    """
    found = _INVERTED.match(sentence[:1].lower() + sentence[1:])
    return found.group("name") if found is not None and found.group("verb") not in _BARE else None


def last_clause(words: str) -> str:
    """Return what stands behind the last border of clauses that has words behind it.

    >>> last_clause("I read on, and there the consul ")
    'there the consul'
    """
    parts = (part.strip() for part in reversed(_CLAUSE.split(words)))
    return next((part for part in parts if part), "")


def has_clauses(words: str) -> bool:
    """Whether *words* are more than one clause."""
    return _CLAUSE.search(words) is not None


def is_imagined(sentence: str) -> bool:
    """Whether *sentence* makes up what follows it."""
    return _IMAGINED.search(sentence) is not None


def is_asserted(head: str, verb: str) -> bool:
    """Whether *head*, all that stands before *verb* in its sentence, says that it is so.

    >>> [is_asserted(head, "say") for head in ("As they ", "The memo does not ", "If they ")]
    [True, False, False]
    """
    clause = last_clause(head)
    place = head.rfind(clause) if clause else 0
    if _IF.search(head, 0, place) or _ASKED.search(head):
        return False
    return is_citing(verb) or _DENIED.search(clause) is None


def is_of_some_time(clause: str) -> bool:
    """Whether *clause* tells when people said a thing, as one does of talk and not of papers."""
    return _SOME_TIME.search(clause) is not None


def is_aloud(verb: str) -> bool:
    """Whether *verb* is one of speaking rather than of writing."""
    return _IS_ALOUD.match(verb) is not None


def is_citing(verb: str) -> bool:
    """Whether *verb* announces somebody else's words: "I quote"."""
    return _IS_CITING.match(verb) is not None
