"""Of whom "he" or "she" is said: the person with whom a sentence before begins.

A pronoun beside quoted words mostly means somebody in the source. Where the
post has just spoken of somebody else ("Professor Hollis gave a talk. He calls
it “…”"), it means that one.
"""

import re

from flows.citations.leads import names_in
from flows.citations.speakers import MINE, OTHERS, Attribution, Voice

#: Sentences before that are looked at, and code points.
_SENTENCES, _REACH = 2, 400

_HE = re.compile(r"(?:^|[\s,;–—])(?:he|she)\s+(?:\w+ly\s+)?(?:has\s+|had\s+)?\w+", re.IGNORECASE)
_BORDER = re.compile(r"(?<=[.!?…])[\"”’)\]]*\s+")
#: "Yesterday Professor Hollis", "Professor Hollis": names in a row.
_RUN = re.compile(
    r"[^\W\d_a-z][\w’'-]*(?:\s+(?:of|de|von|van|al|bin)(?=\s+[^\W\d_a-z])|\s+[^\W\d_a-z][\w’'.-]*)+"
    r"|(?<=\s)[^\W\d_a-z][\w’'-]+"
)


def antecedent_of(text: str, start: int, floor: int, sentence: str) -> Attribution | None:
    """Return of whom the pronoun in *sentence* is said, which stands beside the words at *start*.

    ``None`` if *sentence* has no such pronoun for its subject, or nobody is
    named in the sentences before it, not further back than *floor*.
    """
    if _HE.search(sentence[-80:]) is None:
        return None
    before = text[max(floor, start - _REACH) : start].rstrip("“\"'‘«„ \t")
    told = _BORDER.split(before)
    if before and before[-1] not in ".!?…\n":
        told = told[:-1]  # the sentence itself
    for earlier in reversed(told[-_SENTENCES:]):
        found = _person_of(earlier)
        if found is not None:
            return found
    return None


def _person_of(sentence: str) -> Attribution | None:
    if MINE.search(sentence):
        return OTHERS
    run = _RUN.search(sentence)
    names = names_in("of " + run.group()) if run is not None else []
    return Attribution(Voice.NAMED, name=" ".join(names)) if names else None
