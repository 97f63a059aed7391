"""What differs between the equal ends of a passage, as words and as values.

The words before the first and after the last difference answer their likes from
either end, as they would in an alignment of the whole; what the source has beside
them answers nothing. So only the words between are aligned.
"""

from typing import NamedTuple

from flows.matching.edits.compounds import has_contraction
from flows.matching.edits.differing import typed
from flows.matching.edits.ends import SETTLED, set_free
from flows.matching.edits.equal_values import by_value, may_be_value, written_otherwise
from flows.matching.edits.facing import aligned_apart
from flows.matching.edits.judgement import EqualRun, runs_of
from flows.matching.placing.aligning import align, unlike
from flows.matching.placing.pairing import Step
from flows.matching.words.quotation import Quotation
from flows.matching.words.sides import Difference, Sides, agreeing, grave
from flows.matching.words.source import SourceText
from flows.matching.words.wording import SHARED, SIGN, Words

#: Shared stretches between changes; with more of them little would be gained.
_MOST_SHARED = 3


class Between(NamedTuple):
    """The differences of a passage, and what is equal; ``place`` are the source's words of it."""

    sides: Sides
    differences: list[Difference]
    equal: list[EqualRun]
    place: tuple[int, int]


def between_equals(quotation: Quotation, source: SourceText, q: Words, s: Words) -> Between | None:
    """Return what differs between the equal ends of *q* and *s*, which share a stretch.

    ``None`` leaves to the alignment of the whole what is not plain: brackets, misread
    words, contractions, and ends that have a choice of what to stand beside.
    """
    if source.is_ocr or quotation.brackets:
        return None
    written = _between(Sides(quotation, source, q, s))
    if written is None or not written.differences:
        return written
    changed = grave(written.differences)
    if changed > 1 and has_contraction(written.sides):
        return None
    if not any(d.counts and may_be_value(written.sides, d) for d in written.differences):
        return written
    valued = _between(Sides(quotation, source, *by_value(q, s)))
    if valued is None or grave(valued.differences) > changed:
        return valued and written
    differences = valued.differences + written_otherwise(valued.sides, valued.equal)
    return valued._replace(differences=sorted(differences, key=lambda d: (d.q0, d.s0)))


def _between(sides: Sides) -> Between | None:
    _, _, q, s = sides
    ends = _ends_beside(q, s)
    if ends is None:
        return None
    first, last = ends
    found = s.norms[first:last]
    head, rows, columns = unlike(q.norms, found)
    shared = q.kinds[head:rows].count(SHARED)
    if shared > _MOST_SHARED or (shared and _slides(q, s, rows, first + columns)):
        return None
    equal = [(0, first, head)] if head else []
    differences: list[Difference] = []
    if head < rows or head < columns:
        part = (head, rows, first + head, first + columns)
        steps = _steps(q, s, part)
        if _has_choice(steps, q) or not _is_free(sides, steps, part, ends):
            return None
        differences = typed(sides, _with_neighbours(sides, steps, part))
        if len(steps) > 1:
            equal += runs_of(agreeing(sides, steps))
    if rows < len(q):
        equal.append((rows, first + columns, len(q) - rows))
    return Between(sides, differences, equal, ends)


def _slides(q: Words, s: Words, rows: int, columns: int) -> bool:
    """Return whether what differs last, before *rows* and *columns*, may as well stand further on.

    An alignment of the whole reads each stretch from its beginning, behind what is shared.
    """
    start = rows - q.kinds[:rows][::-1].index(SHARED)
    there = columns - s.kinds[:columns][::-1].index(SHARED)
    after = next((k for k in range(rows, len(q)) if q.kinds[k] == SHARED), len(q)) - rows
    _, stop, _ = unlike(q.norms[start : rows + after], s.norms[there : columns + after])
    return start + stop != rows


def _steps(q: Words, s: Words, part: Step) -> list[Step]:
    """Return the steps between words of *q* and words of *s* that begin and end otherwise."""
    q0, q1, s0, s1 = part
    if q0 == q1 or s0 == s1 or (q1 - q0 == s1 - s0 == 1):
        return [part]
    return aligned_apart(q.norms, q, s, part, outer=False)


def _with_neighbours(sides: Sides, steps: list[Step], part: Step) -> list[Step]:
    """Return *steps* with the equal words beside them, of which a sign may be a part."""
    q, s = sides.q, sides.s
    if SIGN not in q.kinds and SIGN not in s.kinds:
        return steps
    q0, q1, s0, s1 = part
    before = [(q0 - 1, q0, s0 - 1, s0)] if q0 else []
    after = [(q1, q1 + 1, s1, s1 + 1)] if q1 < len(q) else []
    return before + steps + after


def _is_free(sides: Sides, steps: list[Step], part: Step, ends: tuple[int, int]) -> bool:
    """Return whether no words at an end of the quotation are of another sentence than the passage."""
    (q0, q1, _, s1), (first, _) = part, ends
    q, kinds = sides.q.norms, sides.q.kinds
    before = q0 >= SETTLED or SHARED in kinds[:q0]
    after = len(q) - q1 >= SETTLED or kinds[-1] == SHARED
    if not after and SHARED in kinds[q1:]:
        # All words behind the stretch agree: they are the passage's, if none was left out before.
        after = all(one < two for one, two, _, _ in steps)
    if before and after:
        return True
    whole = [
        *align(q[:q0], q[:q0], at=(0, first)),
        *steps,
        *align(q[q1:], q[q1:], at=(q1, s1)),
    ]
    return set_free(sides, whole) == whole


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
