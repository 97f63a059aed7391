"""The short way: words that stand in the source exactly as quoted, white space aside.

Nothing is aligned and nothing is typed, for nothing differs. Whatever is not
quite so plain (an end inside a word, beside a number, before a "not", a mark
that the source has not) is left to the judgement word by word.
"""

import re

from flows.matching.context import context_of, match_of, reverses
from flows.matching.locating import MOST_PLACES
from flows.matching.numbers import NUMBER_WORDS
from flows.matching.quotation import Quotation
from flows.matching.source import SourceText
from flows.matching.verdict import reason_for
from flows.matching.wordlists import words_of
from flows.records import Comparison, Verdict

#: Fewer words get the warning ``short``.
SHORT_WORDS = 4

_FIRST = re.compile(r"[\w'’]+")
_LAST = re.compile(r"[\w'’.,%]+\Z")
# Verbs whose "not" may follow; the longer way sees to it.
_DELICATE = NUMBER_WORDS | frozenset(
    words_of(
        "is are was were be been am will would shall should can could may might must do "
        "does did has have had a million billion thousand"
    )
)
_OPENING = "\"'“‘«([{—–-…*_ \t\n"


def same_as_written(  # noqa: C901, PLR0911  a list of rules, each with its answer
    quotation: Quotation, source: SourceText, places: list[int]
) -> Comparison | None:
    """Return the verdict ``verbatim`` if it is plain at every one of *places*, else ``None``."""
    if not places or quotation.reading.breaks or source.reading.breaks or "[" in quotation.read:
        return None
    ours, key = quotation.folded.offsets, quotation.key
    text, offsets, quoted = source.read, source.folded.offsets, quotation.read
    first, last = int(ours[0]), int(ours[-1]) + 1
    core = quoted[first:last]
    if not _is_sturdy(core):
        return None
    words = core.split()
    lead, tail = quoted[:first].strip(), quoted[last:].strip()
    spans: list[tuple[int, int]] = []
    for place in places[:MOST_PLACES]:
        start, end = int(offsets[place]), int(offsets[place + len(key) - 1]) + 1
        if spans and start < spans[-1][1]:
            continue
        if text[start:end] != core and text[start:end].split() != words:
            return None
        if start and text[start - 1] not in _OPENING:
            return None
        if start > 1 and text[start - 1] in "-'’‘_*" and not text[start - 2].isspace():
            return None
        following = text[end : end + 1]
        if following and (following.isalnum() or following in "'’%_-" or ord(following) > 0x2E80):
            return None
        if not text.startswith(lead, start - len(lead)) or not text.startswith(tail, end):
            return None
        spans.append((start - len(lead), end + len(tail)))
    if not spans:
        return None
    return _verbatim(source, spans, short=len(words) < SHORT_WORDS)


def _is_sturdy(core: str) -> bool:
    """Return whether what stands beside the words cannot change the first or the last of them."""
    first, last = _FIRST.match(core), _LAST.search(core)
    if first is None or last is None or core[0].isdigit() or core[-1].isdigit():
        return False
    return (
        first[0].lower() not in _DELICATE
        and last[0].lower() not in _DELICATE
        and "-" not in last[0]
    )


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
        context=context_of(text, start, end),
    )
