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
from flows.matching.edits.differing import grouped
from flows.matching.edits.equal_values import is_no_value
from flows.matching.edits.facing import Outline, outlined, quoted_words, widened_start
from flows.matching.edits.kinds import alone, stands_for_itself, word_for_word
from flows.matching.edits.weights import weight, weight_of
from flows.matching.judging import MARGIN
from flows.matching.placing.aligning import align, unlike
from flows.matching.placing.anchoring import Anchored
from flows.matching.placing.locating import Place
from flows.matching.placing.pairing import Step
from flows.matching.searching import CERTAIN_SHARE, GAP, Pointers, settles
from flows.matching.verdict import reason_for
from flows.matching.words.quotation import Quotation
from flows.matching.words.source import SourceText
from flows.matching.words.wording import SHARED, SIGN, WORD, Words, read_words
from flows.matching.words.wordlists import words_of
from flows.records import Comparison, Edit, EditKind, Verdict

#: Of fewer words each counts, so they are weighed one by one.
_FEWEST = 8
#: So many words at the beginning are settled if they agree.
_SETTLED = 4
# A few words in small letters, and the mark behind them.
_FEW_WORDS = re.compile(r"([a-z]+(?: [a-z]+){0,4})[,;:.!?]?")
#: Words that may spell out a sign between two numbers.
_SIGNS = frozenset(words_of("to by"))
#: Characters beside a place of which words may be read.
_READ = MARGIN + 100
#: What may stand behind the last word of a place, and before its first one.
_BEHIND = frozenset(("", " ", "\n", *",;:!?”)", '"'))
_OPENING = "\"“‘'(["


class _Change(NamedTuple):
    """Words put in and words left out, where either stand, and the steps from those to these."""

    put_in: list[str]
    left_out: list[str]
    quoted_start: int
    source_start: int
    steps: list[Step]

    @property
    def weight(self) -> int:
        """How many words are changed."""
        return sum([max(q1 - q0, s1 - s0) for q0, q1, s0, s1 in self.steps])

    @property
    def word_for_word(self) -> bool:
        """Whether no word stands on one side only."""
        return len(self.put_in) == len(self.left_out) == len(self.steps)


def changed_in_one_place(
    quotation: Quotation, source: SourceText, pointers: Pointers
) -> Comparison | None:
    """Return the verdict ``altered`` if plain words alone differ where *pointers* point, else ``None``."""
    if quotation.brackets or quotation.reading.breaks or source.reading.breaks:
        return None
    anchor = _settling(pointers)
    outline = _outline(quotation, source, anchor.places[0]) if anchor is not None else None
    change = _change(quotation, source, outline) if outline is not None else None
    if anchor is None or outline is None or change is None or not settles(anchor, change.weight):
        return None
    share = _share(quotation, source, outline, change)
    if share < CERTAIN_SHARE or not _same_marks(quotation, source, outline):
        return None
    text, (first, last) = source.read, quotation.letters
    low = with_opening(quotation.read, first, source, outline.low)
    high = with_closing(quotation.read, last, source, outline.high)
    edits = tuple(_edit(change, step) for step in change.steps)
    return Comparison(
        verdict=Verdict.ALTERED,
        matches=(match_of(text, low, high),),
        edits=edits,
        warnings=("context_reverses",) if reverses(text, low, high) else (),
        score=round(share, 4),
        reason=reason_for(Verdict.ALTERED, edits, 1),
        context=context_of(text, low, high) if quotation.in_context else None,
    )


def _settling(pointers: Pointers) -> Anchored | None:
    """Return what points to one place alone, so that with one word changed it is the best one."""
    few = pointers.few
    if few is not None and settles(few, 1):
        return few if len(few.places) == 1 else None
    more = pointers.more
    if more is None or len(more.places) > 1 or not settles(more, 1):
        return None
    spans = {(place.start, place.end) for place in (*more.places, *(few.places if few else ()))}
    return more if len(spans) == 1 else None


def _outline(quotation: Quotation, source: SourceText, place: Place) -> Outline | None:
    """Return the outline of a place whose ends are settled."""
    offsets = source.folded.offsets
    low, high = int(offsets[place.start]), int(offsets[place.end - 1]) + 1
    outline = outlined(quotation, source, low, high)
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
    before = len(" ".join(ours[:head])) + (head > 0)
    put_in, left_out = ours[head:rows], theirs[head:columns]
    steps = _steps(put_in, left_out)
    change = _Change(put_in, left_out, left + before, there + before, steps)
    if not steps or not (head or change.word_for_word or text[left - 2].isalpha()):
        # Where the word before them ends, and they would stand, is not plain.
        return None
    return change


def _steps(put_in: list[str], left_out: list[str]) -> list[Step]:
    """Return the steps from words put in to words left out, none if they are not plain."""
    for norm in (*put_in, *left_out):
        if not stands_for_itself(norm) or not is_no_value(norm):
            return []
    rows, columns = len(put_in), len(left_out)
    if rows <= 1 and columns <= 1 and rows + columns:
        steps = [(0, rows, 0, columns)]
    elif set(put_in).isdisjoint(left_out):
        steps = grouped(align(put_in, left_out, lead=False, trail=False))
    else:
        # Words may have changed places.
        return []
    for q0, q1, s0, s1 in steps:
        if q0 < q1 and s0 < s1:
            plain = q1 - q0 == s1 - s0 == 1
        else:
            norms = put_in[q0:q1] or left_out[s0:s1]
            plain = len(norms) < GAP and _SIGNS.isdisjoint(norms)
        if not plain:
            return []
    return steps


def _share(quotation: Quotation, source: SourceText, outline: Outline, change: _Change) -> float:
    """Return which share of the quoted words the source has; 0 if they do not show which answers which."""
    words = quoted_words(quotation, outline)
    if (
        SHARED not in words.kinds
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
        return (before and after) or (change.word_for_word and SIGN not in words.kinds)
    if not after or not _ends(source.read, outline.high) or _stand_beside(change, source, outline):
        return False
    return before or (SIGN not in words.kinds and _is_held_before(words, change, source, outline))


def _ends(text: str, end: int) -> bool:
    """Return whether the word before *end* ends there, and is no abbreviation with points."""
    behind = text[end : end + 1]
    if behind == ".":
        return text[end - 2] != "." and not text[end + 1 : end + 2].isalnum()
    return behind in _BEHIND


def _stand_beside(change: _Change, source: SourceText, outline: Outline) -> bool:
    """Return whether words put in may be those that the source has before or behind the place."""
    put_in = {norm for q0, q1, s0, s1 in change.steps if s0 == s1 for norm in change.put_in[q0:q1]}
    if not put_in:
        return False
    text, low, high = source.read, outline.low, outline.high
    beside = f"{text[max(0, low - _READ) : low]} {text[high : high + _READ]}"
    return not put_in.isdisjoint(read_words(beside).norms)


def _is_held_before(words: Words, change: _Change, source: SourceText, outline: Outline) -> bool:
    """Return whether words that differ near the beginning of both can only answer each other."""
    return (
        (change.word_for_word or not change.left_out)
        and _begins(source.read, outline.low)
        and (
            bisect_left(words.starts, change.quoted_start) >= _SETTLED
            or SIGN not in read_words(source.read, outline.high, outline.high + _READ).kinds
        )
    )


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


def _edit(change: _Change, step: Step) -> Edit:
    q0, q1, s0, s1 = step
    put_in, left_out, quoted_start, source_start, _ = change
    quoted, source = " ".join(put_in[q0:q1]), " ".join(left_out[s0:s1])
    if quoted and source:
        kind, severity = word_for_word(quoted, source)
    else:
        told = EditKind.INSERTION if quoted else EditKind.DELETION
        kind, severity = alone(put_in[q0:q1] or left_out[s0:s1], told)
    start, there = _place(put_in, q0, q1, quoted_start), _place(left_out, s0, s1, source_start)
    return Edit(
        kind=kind,
        quoted=quoted,
        source=source,
        severity=severity,
        quoted_start=start,
        quoted_end=start + len(quoted),
        source_start=there,
        source_end=there + len(source),
    )


def _place(norms: list[str], first: int, last: int, start: int) -> int:
    """Return where words stand; if there are none, where the word before them ends."""
    return start + len(" ".join(norms[:first])) + (first > 0) - (first == last)
