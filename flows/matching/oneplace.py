"""The short way of an edited quotation: plain words differ in one place, all else is as written.

One word put for another, a few words put in or left out, in small letters and no part
of a number or a date: what they are shows by themselves, and the equal words around
them need not be set against each other. Whatever is not quite so plain is left to the
judgement word by word, which gives the same of these.
"""

import re
from bisect import bisect_left
from math import fsum
from typing import NamedTuple

from flows.matching.concluding import with_closing, with_opening
from flows.matching.edits.context import context_of, match_of, reverses
from flows.matching.edits.equal_values import is_no_value
from flows.matching.edits.facing import Outline, outlined, quoted_words, widened_start
from flows.matching.edits.kinds import alone, stands_for_itself, word_for_word
from flows.matching.edits.weights import weight, weight_of
from flows.matching.judging import MARGIN
from flows.matching.placing.aligning import unlike
from flows.matching.placing.anchoring import Anchored
from flows.matching.searching import CERTAIN_SHARE, GAP, settles
from flows.matching.verdict import reason_for
from flows.matching.words.quotation import Quotation
from flows.matching.words.source import SourceText
from flows.matching.words.wording import SHARED, SIGN, WORD, Words
from flows.matching.words.wordlists import words_of
from flows.records import Comparison, Edit, EditKind, Severity, Verdict

#: Of fewer words each counts, so they are weighed one by one.
_FEWEST = 8
#: So many words at the beginning are settled if they agree.
_SETTLED = 4
# A few words in small letters, and the mark behind them.
_FEW_WORDS = re.compile(r"([a-z]+(?: [a-z]+){0,4})[,;:.!?]?")
#: Words that may spell out a sign between two numbers.
_SIGNS = frozenset(words_of("to by"))
#: What may stand behind the last word of a place, and before its first one.
_BEHIND = frozenset(("", " ", "\n", *",;:!?”)", '"'))
_OPENING = "\"“‘'(["


class _Change(NamedTuple):
    """Words put in and words left out, and where in either text they stand, or would."""

    put_in: list[str]
    left_out: list[str]
    quoted_start: int
    source_start: int

    @property
    def weight(self) -> int:
        return max(len(self.put_in), len(self.left_out))


def changed_in_one_place(
    quotation: Quotation, source: SourceText, anchor: Anchored
) -> Comparison | None:
    """Return the verdict ``altered`` if plain words alone differ at the place of *anchor*, else ``None``."""
    outline = _outline(quotation, source, anchor)
    change = _change(quotation, source, outline) if outline is not None else None
    if outline is None or change is None or not settles(anchor, change.weight):
        return None
    typed = _kind(change)
    share = _share(quotation, source, outline, change)
    if typed is None or share < CERTAIN_SHARE or not _same_marks(quotation, source, outline):
        return None
    text, (first, last) = source.read, quotation.letters
    low = with_opening(quotation.read, first, source, outline.low)
    high = with_closing(quotation.read, last, source, outline.high)
    edits = (_edit(change, *typed),)
    return Comparison(
        verdict=Verdict.ALTERED,
        matches=(match_of(text, low, high),),
        edits=edits,
        warnings=("context_reverses",) if reverses(text, low, high) else (),
        score=round(share, 4),
        reason=reason_for(Verdict.ALTERED, edits, 1),
        context=context_of(text, low, high),
    )


def _outline(quotation: Quotation, source: SourceText, anchor: Anchored) -> Outline | None:
    """Return the outline of the one place that can be meant, if its ends are settled."""
    if (
        len(anchor.places) > 1
        or not settles(anchor, 1)
        or quotation.brackets
        or quotation.reading.breaks
        or source.reading.breaks
    ):
        return None
    start, end, _ = anchor.places[0]
    offsets = source.folded.offsets
    outline = outlined(quotation, source, int(offsets[start]), int(offsets[end - 1]) + 1)
    return None if outline is None or not outline.settled or outline.between else outline


def _change(quotation: Quotation, source: SourceText, outline: Outline) -> _Change | None:
    """Return what differs between the equal ends, ``None`` if it is not plain."""
    text = quotation.read
    first, last = quotation.letters
    left = text.rfind(" ", first, first + outline.before) + 1
    right = text.find(" ", first + outline.rows, last)
    if not left or right < 0:
        return None
    there = left + outline.low - first
    quoted = _FEW_WORDS.fullmatch(text, left, right)
    found = _FEW_WORDS.fullmatch(source.read, there, right + outline.high - last)
    if (
        quoted is None
        or found is None
        or quoted.end() - quoted.end(1) != found.end() - found.end(1)
    ):
        return None
    ours, theirs = quoted[1].split(" "), found[1].split(" ")
    head, rows, columns = unlike(ours, theirs)
    put_in, left_out = ours[head:rows], theirs[head:columns]
    if not head and not (put_in and left_out) and not text[left - 2].isalpha():
        # Where the word before them ends, and they would stand, is not plain.
        return None
    before = len(" ".join(ours[:head])) + (head > 0)
    return _Change(
        put_in,
        left_out,
        left + before - (not put_in),
        there + before - (not left_out),
    )


def _kind(change: _Change) -> tuple[EditKind, Severity] | None:
    """Return kind and severity of a change, ``None`` if it is not plain."""
    put_in, left_out = change.put_in, change.left_out
    for norm in (*put_in, *left_out):
        if not stands_for_itself(norm) or not is_no_value(norm):
            return None
    if len(put_in) == len(left_out) == 1:
        return word_for_word(put_in[0], left_out[0])
    norms = put_in or left_out
    if (put_in and left_out) or len(norms) >= GAP or not _SIGNS.isdisjoint(norms):
        return None
    return alone(norms, EditKind.INSERTION if put_in else EditKind.DELETION)


def _share(quotation: Quotation, source: SourceText, outline: Outline, change: _Change) -> float:
    """Return which share of the quoted words the source has; 0 if they do not show which answers which."""
    words = quoted_words(quotation, outline)
    if (
        SHARED not in words.kinds
        or SIGN in words.kinds
        or words.count < _FEWEST
        or not _is_held(words, change, source, outline)
    ):
        return 0.0
    lost = fsum([weight(norm, WORD) for norm in change.put_in])
    return 1 - lost / weight_of(words, words.unread)


def _is_held(words: Words, change: _Change, source: SourceText, outline: Outline) -> bool:
    """Return whether the words that differ can only answer each other.

    They do between shared stretches. Beside an end of the quotation, words left out
    may have a choice of what to stand beside, and where the place is not closed, the
    source must begin with the quotation.
    """
    place = change.quoted_start
    before = words.starts[words.kinds.index(SHARED)] < place
    after = words.starts[-1 - words.kinds[::-1].index(SHARED)] > place
    if outline.closed:
        return (before and after) or bool(change.put_in and change.left_out)
    if not after or not _ends(source.read, outline.high):
        return False
    return before or (
        bool(change.put_in)
        and bisect_left(words.starts, place) >= _SETTLED
        and _begins(source.read, outline.low)
    )


def _ends(text: str, end: int) -> bool:
    """Return whether the word before *end* ends there, and is no abbreviation with points."""
    behind = text[end : end + 1]
    if behind == ".":
        return text[end - 2] != "." and not text[end + 1 : end + 2].isalnum()
    return behind in _BEHIND


def _begins(text: str, start: int) -> bool:
    """Return whether no word before *start* may be one of the passage there."""
    return not text[widened_start(text, start, MARGIN) : start].strip(_OPENING)


def _same_marks(quotation: Quotation, source: SourceText, outline: Outline) -> bool:
    """Return whether what stands before the first letter, and after the last, is the source's."""
    first, last = quotation.letters
    lead, tail = quotation.read[:first].strip(), quotation.read[last:].strip()
    return source.read.startswith(lead, outline.low - len(lead)) and source.read.startswith(
        tail, outline.high
    )


def _edit(change: _Change, kind: EditKind, severity: Severity) -> Edit:
    quoted, source = " ".join(change.put_in), " ".join(change.left_out)
    return Edit(
        kind=kind,
        quoted=quoted,
        source=source,
        severity=severity,
        quoted_start=change.quoted_start,
        quoted_end=change.quoted_start + len(quoted),
        source_start=change.source_start,
        source_end=change.source_start + len(source),
    )
