"""Cut a passage into its sentences.

A paragraph may be the poster's own but for one copied sentence. Whoever has
the sources' texts at hand can ask for the sentences of a ``candidate`` that no
source holds as a whole.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from flows.records import Claim

_BORDER = re.compile(
    r"(?<=[.!?…])[\"”’»)\]]{0,3}(?:\[\d{1,3}\])?\s+(?=[\"“‘«„(\[]?[A-ZÀ-ÞА-Я0-9])|\n+"
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Gen|Lt|Col|Sgt|Sen|Rep|Gov|Amb|Prof|St|No|Nos|vs|Jr|Sr|p|pp|ca?|cf|vol"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)|\b(?:[A-Za-z]\.)+[A-Za-z])\.\Z"
)


def sentences_of(claim: Claim) -> list[Claim]:
    """Return the sentences of *claim* as claims of the same kind, in order.

    Offsets stay those of the post. A passage of one sentence gives none.

    >>> from flows.records import CheckKind
    >>> words = "He met Mr. Brown. They spoke."
    >>> passage = Claim(kind=CheckKind.PASSAGE, start=10, end=39, exact=words)
    >>> [(part.start, part.exact) for part in sentences_of(passage)]
    [(10, 'He met Mr. Brown.'), (28, 'They spoke.')]
    """
    spans = list(_spans(claim.exact))
    if len(spans) < 2:
        return []
    return [
        replace(
            claim,
            start=claim.start + start,
            end=claim.start + end,
            exact=claim.exact[start:end],
            within=None,
        )
        for start, end in spans
    ]


def _spans(words: str) -> Iterator[tuple[int, int]]:
    start = 0
    for border in _BORDER.finditer(words):
        end = border.start() + len(border.group().rstrip())
        if "\n" not in border.group() and _ABBREVIATION.search(words, max(start, end - 12), end):
            continue
        if end > start:
            yield start, end
        start = border.end()
    if start < len(words):
        yield start, len(words)
