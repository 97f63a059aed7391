"""What a post sets before quoted words without a verb of saying: a lead, and names in it.

"Herald, 7 May: “…”" gives the words to the Herald, "Key line: “…”" to nobody
but the source. Nobody can list all leads; a name shows in its capitals, and
whether a source knows it is asked where the sources are at hand.
"""

import re

from flows.citations.cues import is_of_document, is_of_source

#: A longer sentence before a colon is more than a lead.
_WORDS = 8
#: No more marks and blanks stand before the words of a line.
_MOST_MARKS = 20
#: Lines further up than this, empty ones included, are no lead of the words.
_MOST_LINES = 12
#: A longer line is a paragraph that ends in a colon, not a lead.
_LONGEST = 160

_MARKS = " \t\r\n\u00a0>*•·#_-–—“”\"'‘«»„`"
_ITEM = re.compile(r"[ \t\u00a0]*(?:[-*+•·>“\"«„‘]|\(?\d{1,3}[.)]\s)")
_ADDRESS = re.compile(r"://|\bwww\.")
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_CAPITALS = re.compile(r"[^\W\d_a-zß-öø-ÿ][\w’'-]*")
#: Words in capitals that are no names: of the calendar, of English itself.
_NO_NAMES = re.compile(
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|satur|sat|sun)(?:day)?"
    r"|i|a|an|the|and|but|or|so|of|in|on|at|by|to|from|for|as|per|my|his|her|its|their|our|this|that|these"
    r"|those|here|there|now|then|also|page|section|top|secret|no|doc)\Z",
    re.IGNORECASE,
)
#: What stands behind a name at the beginning of a lead, and seldom behind another word.
_IS_NAME = re.compile(r"\W*[\w’'-]+(?:\s+in\s+(?:his|her)\b|\s+to\s+[^\W\d_a-z]|\s*[,(])")
#: A lead of one word that calls up the reader, or tells what follows, names nobody.
_CALLS = re.compile(
    r"(?:read|look|see|note|nb|listen|remember|check|wow|lol|fyi|btw|ps|edit|update|yes|also|and|but"
    r"|fact|facts|truth|true|real|proof|evidence|bottom|answer|reminder|example|context|background"
    r"|summary|conclusion|reason|point|intro|start|end|\w+(?:ed|ing|ly|ble|ive|est))\Z",
    re.IGNORECASE,
)


def lead_above(text: str, start: int) -> str:
    r"""Return the line that ends in a colon above the words at *start*, or "".

    Only where the words begin their line; items of a list and quoted lines
    between belong to the same lead.

    >>> text = "As the Herald wrote:\n\n- “one”\n- “two”"
    >>> lead_above(text, text.index("two"))
    'As the Herald wrote:'
    """
    end = text.rfind("\n", max(0, start - _MOST_MARKS), start)
    if end < 0 or text[end + 1 : start].strip(_MARKS):
        return ""
    for _ in range(_MOST_LINES):
        first = max(text.rfind("\n", max(0, end - _LONGEST), end) + 1, end - _LONGEST)
        line = text[max(0, first) : end]
        bare = line.strip(_MARKS)
        if bare.endswith((":", "：")):
            whole = first <= 0 or text[first - 1] == "\n"
            return bare if whole and not _ADDRESS.search(bare) else ""
        if (bare and not _ITEM.match(line)) or first <= 0:
            return ""
        end = first - 1
    return ""


def name_in_lead(sentence: str, clause: str) -> str | None:
    """Return the names in a lead as one string; ``None`` if it has none.

    The lead is the *sentence* that ends in a colon or, where that is long, its
    last *clause*. One that tells of a document is the source's, and so is one that tells
    of a part of it and names nobody.

    >>> name_in_lead("NYT, 7 Aug 1958", "7 Aug 1958"), name_in_lead("Key line", "Key line")
    ('NYT', None)
    >>> name_in_lead("Relevant paragraph of the Tolman cable", "the Tolman cable") is None
    True
    """
    lead = sentence if len(sentence.split()) <= _WORDS else clause
    words = _WORD.findall(lead)
    if any(map(is_of_document, words)):
        return None
    if len(words) == 1:
        only = words[0]
        return None if _CALLS.match(only) or is_of_source(only, "") or _no_name(only) else only
    names = names_in(lead)
    return " ".join(names) if names else None


def names_in(words: str) -> list[str]:
    """Return the words in capitals, without a first one that has its capital from its place.

    >>> names_in("Best of the Pentagon Papers"), names_in("Churchill in his memoirs")
    (['Pentagon', 'Papers'], ['Churchill'])
    """
    found = _WORD.findall(words)
    capitals = [word for word in found if _CAPITALS.match(word) and not _no_name(word)]
    if found[:1] != capitals[:1]:
        return capitals
    if not capitals:
        return []
    sure = found[1:2] == capitals[1:2] or found[0][1:] != found[0][1:].lower()
    sure = sure or _IS_NAME.match(words) is not None
    return capitals if sure and not _CALLS.match(found[0]) else capitals[1:]


def _no_name(word: str) -> bool:
    return _NO_NAMES.match(word) is not None
