"""The short way: words that stand in the source exactly as quoted, white space aside.

Nothing is aligned and nothing is typed, for nothing differs. Whatever is not
quite so plain (an end inside a word, beside a number, before a "not", a mark
that the source has not) is left to the judgement word by word.
"""

from dataclasses import replace

from flows.matching.edits.context import context_of, match_of, reverses
from flows.matching.edits.edges import are_clean, are_sturdy
from flows.matching.placing.locating import MOST_PLACES
from flows.matching.verdict import reason_for
from flows.matching.words.quotation import Quotation
from flows.matching.words.source import SourceText
from flows.records import Comparison, Verdict

#: What closes a sentence: behind it and a blank no number and no verb goes on.
_CLOSING = frozenset(mark + sign for mark in ".!?" for sign in ("", '"', "”"))
#: Fewer words get the warning ``short``.
SHORT_WORDS = 4
#: So many characters are more than a few words, however these are counted.
_LONG = 60


def same_as_written(  # noqa: PLR0911  a list of rules, each with its answer
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
    sturdy = are_sturdy(core)
    if not sturdy and not (
        tail in _CLOSING and len(core) >= _LONG and are_sturdy(core, closed=True)
    ):
        return None
    words = core.split()
    spans: list[tuple[int, int]] = []
    for place in places[:MOST_PLACES]:
        start, end = int(offsets[place]), int(offsets[place + len(key) - 1]) + 1
        if spans and start < spans[-1][1]:
            continue
        if text[start:end] != core and text[start:end].split() != words:
            return None
        if not are_clean(text, start, end):
            return None
        if not text.startswith(lead, start - len(lead)) or not text.startswith(tail, end):
            return None
        if not sturdy and not text[end + len(tail) : end + len(tail) + 1].isspace():
            return None
        spans.append((start - len(lead), end + len(tail)))
    if not spans:
        return None
    result = _verbatim(source, spans, short=len(words) < SHORT_WORDS)
    return replace(result, context=context_of(text, *spans[0])) if quotation.in_context else result


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
