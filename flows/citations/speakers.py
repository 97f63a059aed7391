"""Noun phrases as speakers: who is meant by "the envoy", "my uncle", "the memo", "they"."""

import re
from dataclasses import dataclass
from enum import Enum

from flows.citations.cues import is_of_source
from flows.citations.sayings import is_aloud, is_citing
from flows.records import Layer


class Voice(Enum):
    """Who is said to speak."""

    UNNAMED = "unnamed"
    SOURCE = "source"
    NAMED = "named"
    OTHERS = "others"


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who speaks: *layer* if the document or its editors do, *name* if somebody else is named."""

    voice: Voice
    layer: Layer | None = None
    name: str | None = None


UNNAMED = Attribution(Voice.UNNAMED)
OTHERS = Attribution(Voice.OTHERS)
SOURCE = Attribution(Voice.SOURCE)

ANYBODY = re.compile(
    r"(?:I|we|you|they|people|(?:every|some|any|no)(?:one|body)|one|me|us|them|folks)\Z",
    re.IGNORECASE,
)
_POINTING = re.compile(r"(?:he|she|it|this|that|which|here|there|who|what)\Z", re.IGNORECASE)
_PASSIVE = re.compile(
    r"\b(?:is|was|are|were|been|being|be|get|got)\s+(?:\w+ly\s+)?\Z", re.IGNORECASE
)
_REPORTED = re.compile(
    r"\s+(?:is|was|are|were|been)\s+\w+(?:ed|id)(?:\s+(?:as|to(?:\s+have)?))?\s*\Z", re.IGNORECASE
)
_AUXILIARY = re.compile(
    r"(?:\s+(?:has|have|had|is|was|are|were|be|been|does|did|do|will|can|may|also|even|just|still"
    r"|later|now|only|once|used|to|all|both|always|often|never|himself|herself|itself|\w+ly))+\s*\Z",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"[’']s?\Z")
#: In the languages that posts are written in; "Mon" is a Monday, "MI" a department.
MY = r"(?:my|your|mein\w{0,2}|mijn|meus?|minhas?|mój|moja|мо[йя]|мои|(?-i:[Mm]is?)|(?-i:mon)|(?-i:[Mm]io))"
MINE = re.compile(rf"\b{MY}\b", re.IGNORECASE)
PHRASE = re.compile(
    r"\b(?:of|at|in|on|from|for|to|by|with|about|over|under|after|before|near|behind|via)\b",
    re.IGNORECASE,
)
WORD = re.compile(r"[^\W\d_][\w’'-]*")
#: A name in the middle of a sentence that has no verb of saying: "Fox News ran with “…”".
_NAME_INSIDE = re.compile(
    r"\b(?:[Tt]he\s+|[A-Z][\w’'-]+\s+)(?P<name>[A-Z][\w’'-]+)|\b(?P<letters>[A-Z]{2,6})\b"
)


def subject_of(clause: str, verb: str) -> Attribution:
    """Return whom *clause*, which ends before *verb*, has for its subject."""
    passive = _PASSIVE.search(f"{clause} ") is not None
    words = _AUXILIARY.sub("", " " + _REPORTED.sub("", clause)).strip()
    last = words.rpartition(" ")[2]
    if not last:
        return UNNAMED
    if is_citing(verb) and ANYBODY.match(last):
        return SOURCE
    if last.lower() == "they" and not is_aloud(verb):
        return SOURCE  # whoever wrote the document
    if _POINTING.match(last) and verb.startswith("go"):
        return OTHERS
    found = named_by(words)
    return SOURCE if passive and found.voice is Voice.NAMED else found


def name_in(words: str) -> Attribution:
    """Return the last name in *words*, which begin with a capital that may be none."""
    names = [found.group(found.lastgroup or 0) for found in _NAME_INSIDE.finditer(words)]
    return named_by(names[-1]) if names else UNNAMED


def named_by(words: str) -> Attribution:
    """Return the speaker that the noun phrase *words* names by its head."""
    parts = [part.split(",", 1)[0] for part in PHRASE.split(words.strip())]
    found = WORD.findall(parts[0])
    if not found and len(parts) > 1:
        # "In his memoirs Churchill": behind such a beginning the subject comes last.
        found = WORD.findall(parts[-1])
        if any(map(is_of_source, found[1:3], found)):
            return SOURCE
    if not found:
        return UNNAMED
    name = _POSSESSIVE.sub("", found[-1])
    if is_of_source(name, found[-2] if len(found) > 1 else "") or _POINTING.match(name):
        return SOURCE
    if ANYBODY.match(name) or MINE.search(parts[0]):
        return OTHERS
    return Attribution(Voice.NAMED, name=name)
