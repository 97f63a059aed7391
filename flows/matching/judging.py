"""Judge words that were located: every difference found, none weighed yet.

A judgement reads the words of the source around the place, sets them against
the quoted words and types what differs. Numbers and dates are first compared
as they are written; where that leaves differences, they are compared as values.
"""

from math import fsum

from flows.matching.edits.brackets import to_align
from flows.matching.edits.compounds import has_contraction, written_out
from flows.matching.edits.cuts import bracketed_number, cut_negation, cut_numbers, cut_words
from flows.matching.edits.differing import typed
from flows.matching.edits.ends import set_free
from flows.matching.edits.equal_values import (
    as_values,
    may_be_value,
    ranges_alike,
    written_otherwise,
)
from flows.matching.edits.facing import widened, words_facing
from flows.matching.edits.judgement import EqualRun, Judgement, runs_of
from flows.matching.edits.moving import moved
from flows.matching.edits.weights import weight, weight_of
from flows.matching.placing.aligning import align, unlike
from flows.matching.placing.pairing import Step
from flows.matching.words.effort import spend
from flows.matching.words.quotation import WHOLE, Piece, Quotation
from flows.matching.words.sides import Difference, Sides
from flows.matching.words.source import SourceText
from flows.matching.words.wording import SHARED, SIGN, Words
from flows.records import EditKind

#: Words of the source, on either side of an approximate place, among which
#: the true first and last word are looked for.
MARGIN_WORDS = 3


#: The same in characters.
MARGIN = 14 * MARGIN_WORDS


_WIDE = 160
#: Words more that must agree in a wider stretch, where they stand beyond a long insertion.
_MORE = 3
#: Steps of work for reading a word and for setting it against another.
_STEPS_A_WORD = 4
#: Words of a quotation beyond which it is judged once, whatever its ends look like.
_MOST_TWICE = 3000


def judge(
    quotation: Quotation, piece: Piece, source: SourceText, start: int, end: int, *, exact: bool
) -> Judgement | None:
    """Return how the words of *piece* differ from those at ``source.read[start:end]``.

    *exact* says that the place was found letter by letter; otherwise the words
    around it take part, and those that answer no quoted word fall away.
    ``None`` if no word agrees.
    """
    if exact:
        return _judged(quotation, piece, source, (start, end), 0)
    near = _judged(quotation, piece, source, (start, end), MARGIN)
    if near is None or not _frayed(near) or near.words.count > _MOST_TWICE:
        return near
    if widened(source.read, start, end, _WIDE) == widened(source.read, start, end, MARGIN):
        # Sentences end close by on either side: the same words would be judged again.
        return near
    # The place was cut short by a long insertion in the source.
    wide = _judged(quotation, piece, source, (start, end), _WIDE)
    return wide if wide is not None and _explains_more(wide, near) else near


def _explains_more(wide: Judgement, near: Judgement) -> bool:
    """Return whether the wider of two stretches is the place: it changes less, or it has more of the words."""
    return wide.weight < near.weight or (
        wide.agreeing >= near.agreeing + _MORE and len(wide.changed) <= len(near.changed)
    )


def stretch_read(source: SourceText, start: int, end: int) -> tuple[int, int]:
    """Return the stretch of the source of which ``judge`` may read words for an inexact place."""
    near, wide = (widened(source.read, start, end, margin) for margin in (MARGIN, _WIDE))
    return min(near[0], wide[0]), max(near[1], wide[1])


def _frayed(judgement: Judgement) -> bool:
    """Return whether words at an end of the quotation, or all but one, answer nothing, or something else."""
    last = len(judgement.sides.q) - 1
    for difference in judgement.differences:
        if (difference.q0 <= 1 or difference.q1 >= last) and difference.counts:
            return True
    return False


def _judged(
    quotation: Quotation, piece: Piece, source: SourceText, place: tuple[int, int], margin: int
) -> Judgement | None:
    if piece is WHOLE:
        q, s = words_facing(quotation, source, place, margin)
        if SHARED in q.kinds and (judgement := _between_equals(quotation, source, q, s)):
            return judgement
    else:
        q = _part(quotation.words, piece)
        s = source.words(*widened(source.read, *place, margin))
    spend(_STEPS_A_WORD * (len(q) + len(s)))
    steps = _aligned(quotation, source, q, s)
    sides = Sides(quotation, source, q, s)
    equal = _agreeing(sides, steps)
    differences: list[Difference] = []
    if not steps or len(equal) < len(steps):
        judged, freed, differences = _differing(sides, steps)
        if judged is not sides or freed is not steps:
            sides, steps, equal = judged, freed, _agreeing(judged, freed)
    found = [step for step in steps if step[2] < step[3]]
    if not found:
        return None
    return _found(sides, piece, q, differences, runs_of(equal), (found[0][2], found[-1][3]))


def _found(
    sides: Sides,
    piece: Piece,
    words: Words,
    differences: list[Difference],
    equal: list[EqualRun],
    place: tuple[int, int],
) -> Judgement:
    """Return the judgement of words that answer the source's words of *place*."""
    first, last = place
    start, end = sides.s.starts[first], sides.s.ends[last - 1]
    judgement = Judgement(sides, piece, words, start, end, differences, equal, share=0.0)
    if first or last < len(sides.s):
        cut_numbers(judgement, first, last)
        cut_negation(judgement, last)
    if "[" in sides.quotation.read:
        bracketed_number(judgement, last)
    if differences:
        cut_words(judgement, first, last)
        moved(judgement)
    judgement.share = _share(judgement)
    return judgement


def _between_equals(
    quotation: Quotation, source: SourceText, q: Words, s: Words
) -> Judgement | None:
    """Return the judgement of a passage whose differences lie all in one place, if it is plain.

    The words before the first and after the last difference answer their likes
    from either end, as they would in an alignment of the whole; what the source
    has beside them answers nothing. So only the words between are aligned.
    ``None`` leaves signs, brackets, values and misread words to the long way.
    """
    if source.is_ocr or quotation.brackets or SIGN in q.kinds or SIGN in s.kinds:
        return None
    ends = _ends_beside(q, s)
    if ends is None:
        return None
    first, last = ends
    found = s.norms[first:last]
    head, rows, columns = unlike(q.norms, found)
    if SHARED in q.kinds[head:rows]:
        return None
    steps: list[Step] = []
    if head < rows or head < columns:
        steps.append((head, rows, first + head, first + columns))
        if head < rows and head < columns and rows + columns > 2 * head + 2:
            at = (head, first + head)
            steps = align(q.norms[head:rows], found[head:columns], at=at, lead=False, trail=False)
        if _has_choice(steps, q):
            return None
    sides = Sides(quotation, source, q, s)
    differences = typed(sides, steps) if steps else []
    if any(d.changes_words and may_be_value(sides, d) for d in differences):
        return None
    equal = [(0, first, head)] if head else []
    if len(steps) > 1:
        equal += runs_of(_agreeing(sides, steps))
    if rows < len(q):
        equal.append((rows, first + columns, len(q) - rows))
    return _found(sides, WHOLE, q, differences, equal, (first, last))


def _has_choice(steps: list[Step], q: Words) -> bool:
    """Return whether words left out, near an end, may have a choice of what to stand beside."""
    (start, first, _, _), (last, end, _, _) = steps[0], steps[-1]
    return (start == first and start < q.kinds.index(SHARED)) or (
        last == end and end > len(q) - q.kinds[::-1].index(SHARED)
    )


def _ends_beside(q: Words, s: Words) -> tuple[int, int] | None:
    """Return between which words of the source the quotation's first and last ones stand."""
    first, last = 0, len(s)
    if q.kinds[0] != SHARED or s.kinds[0] != SHARED:
        ours, theirs = q.kinds.index(SHARED), s.kinds.index(SHARED)
        beside = _beside(q.norms[:ours], s.norms[:theirs])
        if beside is None:
            return None
        first = beside
    if q.kinds[-1] != SHARED or s.kinds[-1] != SHARED:
        ours, theirs = q.kinds[::-1].index(SHARED), s.kinds[::-1].index(SHARED)
        beside = _beside(q.norms[::-1][:ours], s.norms[::-1][:theirs])
        if beside is None:
            return None
        last -= beside
    return first, last


def _beside(quoted: list[str], found: list[str]) -> int | None:
    """Return how many of the words *found* stand before the first of *quoted*.

    All are equal, or the first ones are; otherwise ``None``: there is a choice.
    """
    more = len(found) - len(quoted)
    if more >= 0 and found[more:] == quoted:
        return more
    return 0 if quoted and quoted[:1] == found[:1] else None


def _agreeing(sides: Sides, steps: list[Step]) -> list[tuple[int, int]]:
    """Return the pairs of equal words among *steps*."""
    ours, theirs = sides.q.norms, sides.s.norms
    return [
        (q0, s0)
        for q0, q1, s0, s1 in steps
        if q1 - q0 == 1 and s1 - s0 == 1 and ours[q0] == theirs[s0]
    ]


def _aligned(quotation: Quotation, source: SourceText, q: Words, s: Words) -> list[Step]:
    """Return the steps from *q* to *s*; a stretch that both share answers itself."""
    quoted = to_align(quotation, q, s)
    if SHARED not in q.kinds:
        return align(quoted, s.norms, noisy=source.is_ocr)
    steps: list[Step] = []
    i = j = 0
    for place, kind in enumerate(q.kinds):
        if kind != SHARED:
            continue
        other = s.kinds.index(SHARED, j)
        if place > i or other > j:
            lead = not steps
            steps += align(quoted[i:place], s.norms[j:other], at=(i, j), trail=False, lead=lead)
        steps.append((place, place + 1, other, other + 1))
        i, j = place + 1, other + 1
    if i < len(quoted) or j < len(s.norms):
        steps += align(quoted[i:], s.norms[j:], at=(i, j), lead=False)
    return steps


def _part(words: Words, piece: Piece) -> Words:
    cut = slice(piece.first, piece.last)
    return Words(words.text, words.norms[cut], words.starts[cut], words.ends[cut], words.kinds[cut])


def _differing(sides: Sides, steps: list[Step]) -> tuple[Sides, list[Step], list[Difference]]:
    steps = set_free(sides, steps)
    differences = typed(sides, steps)
    if _grave(differences) > 1 and has_contraction(sides):
        # "Cannot and shall not" has a "not" too few to stand against "can not and shan't".
        spoken = Sides(sides.quotation, sides.source, written_out(sides.q), written_out(sides.s))
        steps_spoken = set_free(spoken, _aligned(sides.quotation, sides.source, spoken.q, spoken.s))
        differing = typed(spoken, steps_spoken)
        if _grave(differing) < _grave(differences):
            sides, steps, differences = spoken, steps_spoken, differing
    if any(may_be_value(sides, d) for d in differences if d.counts):
        spend(_STEPS_A_WORD * (len(sides.q) + len(sides.s)))
        q, s = ranges_alike(as_values(sides.q), as_values(sides.s))
        values = Sides(sides.quotation, sides.source, q, s)
        steps_by_value = set_free(
            values, _aligned(sides.quotation, sides.source, values.q, values.s)
        )
        by_value = typed(values, steps_by_value)
        if _grave(by_value) <= _grave(differences):
            written = written_otherwise(values, steps_by_value)
            return values, steps_by_value, sorted(by_value + written, key=lambda d: (d.q0, d.s0))
    return sides, steps, differences


def _grave(differences: list[Difference]) -> int:
    return sum(d.counts for d in differences)


def _share(judgement: Judgement) -> float:
    """Return which share of the quoted words the source has, long words counting more."""
    q = judgement.sides.q
    whole = weight_of(q, judgement.words.unread)
    # Exact: other sums of floats differ from one Python to the next.
    lost = fsum(
        [
            weight(q.norms[k], q.kinds[k])
            for difference in judgement.differences
            if difference.counts and difference.kind is not EditKind.ORDER
            for k in range(difference.q0, difference.q1)
        ]
    )
    return 1 - lost / whole if whole else 0.0
