"""The short way: words that stand in the source exactly as quoted, white space aside.

Nothing is aligned and nothing is typed, for nothing differs. Whatever is not
quite so plain (an end inside a word, beside a number, before a "not", a mark
that the source has not) is left to the judgement word by word.
"""

import re
from dataclasses import replace
from typing import NamedTuple

from flows.matching.edits.context import context_of, match_of, reverses
from flows.matching.edits.edges import ENDINGS, are_clean, are_sturdy
from flows.matching.placing.locating import MOST_PLACES
from flows.matching.verdict import reason_for
from flows.matching.words.quotation import Quotation
from flows.matching.words.source import SourceText
from flows.records import Comparison, Verdict

#: Behind what a sentence, or an item of a list, begins: no number and no "not" reaches across.
_OPENS = re.compile(r"(?:[.!?][\"”]?\s|\n\n|\n[-•*] )\Z")
_REACH = 3
#: Stands before a first word that nothing can change, so that the last word alone is asked about.
_BEGUN = "So "
#: Fewer words get the warning ``short``.
SHORT_WORDS = 4
#: So many characters are more than a few words, however these are counted.
_LONG = 60


def same_as_written(
    quotation: Quotation, source: SourceText, places: list[int]
) -> Comparison | None:
    """Return the verdict ``verbatim`` if it is plain at every one of *places*, else ``None``."""
    if not places or quotation.reading.breaks or source.reading.breaks or "[" in quotation.read:
        return None
    key = quotation.key
    text, offsets, quoted = source.read, source.folded.offsets, quotation.read
    first, last = quotation.letters
    core = quoted[first:last]
    lead, tail = quoted[:first].strip(), quoted[last:].strip()
    marks = _marks(core, lead, tail)
    # Where several passages are named, each ends where the longer way says.
    if marks is None or (marks.opened and len(places) > 1):
        return None
    words = core.split()
    spans: list[tuple[int, int]] = []
    for place in places[:MOST_PLACES]:
        start, end = int(offsets[place]), int(offsets[place + len(key) - 1]) + 1
        if spans and start < spans[-1][1]:
            continue
        if text[start:end] != core and text[start:end].split() != words:
            return None
        if not marks.stand_in(text, start, end):
            return None
        spans.append((start - len(lead), end + len(tail)))
    if not spans:
        return None
    result = _verbatim(source, spans, short=len(words) < SHORT_WORDS)
    return replace(result, context=context_of(text, *spans[0])) if quotation.in_context else result


class _Marks(NamedTuple):
    """The marks before and behind quoted words, and what has to begin and to end there.

    A sentence has to begin before words that are ``opened``, and one has to end
    behind those that are ``closed``: else what stands beside them may change them.
    """

    lead: str
    tail: str
    opened: bool = False
    closed: bool = False

    def stand_in(self, text: str, start: int, end: int) -> bool:
        """Return whether they stand at both ends of ``text[start:end]``, and nothing that counts."""
        before, after = start - len(self.lead), end + len(self.tail)
        return (
            before >= 0
            and are_clean(text, start, end)
            and text.startswith(self.lead, before)
            and text.startswith(self.tail, end)
            and (not self.closed or text[after : after + 1].isspace())
            and (not self.opened or _opens(text, before))
        )


def _marks(core: str, lead: str, tail: str) -> _Marks | None:
    """Return what is asked of the ends of *core*, ``None`` if nothing makes them plain."""
    if are_sturdy(core):
        return _Marks(lead, tail)
    if len(core) < _LONG:
        return None
    closing = tail in ENDINGS
    if closing and are_sturdy(core, closed=True):
        return _Marks(lead, tail, closed=True)
    begun = _BEGUN + core
    if not core[0].isupper() or not are_sturdy(begun, closed=closing):
        return None
    return _Marks(lead, tail, opened=True, closed=not are_sturdy(begun))


def _opens(text: str, start: int) -> bool:
    """Return whether a sentence, or an item of a list, begins at *start*."""
    return start == 0 or _OPENS.search(text[max(0, start - _REACH) : start]) is not None


def _verbatim(source: SourceText, spans: list[tuple[int, int]], *, short: bool) -> Comparison:
    text = source.read
    start, end = spans[0]
    warnings: tuple[str, ...] = ("context_reverses",) if reverses(text, start, end) else ()
    return Comparison(
        verdict=Verdict.VERBATIM,
        matches=tuple(match_of(text, first, last) for first, last in spans),
        warnings=(*warnings, "short") if short else warnings,
        score=1.0,
        reason=reason_for(Verdict.VERBATIM, (), len(spans)),
    )
