"""Judge words that were located: every difference found, none weighed yet.

A judgement reads the words of the source around the place, sets them against
the quoted words and types what differs. Numbers and dates are first compared
as they are written; where that leaves differences, they are compared as values.
"""

from math import fsum

from flows.matching.edits.between import between_equals
from flows.matching.edits.brackets import to_align
from flows.matching.edits.compounds import has_contraction, written_out
from flows.matching.edits.cuts import bracketed_number, cut_negation, cut_numbers, cut_words
from flows.matching.edits.differing import typed
from flows.matching.edits.ends import set_free
from flows.matching.edits.equal_values import by_value, may_be_value, written_otherwise
from flows.matching.edits.facing import aligned_apart, widened, words_facing
from flows.matching.edits.judgement import EqualRun, Judgement, runs_of
from flows.matching.edits.moving import moved
from flows.matching.edits.weights import weight, weight_of
from flows.matching.placing.aligning import align
from flows.matching.placing.pairing import Step
from flows.matching.words.effort import spend
from flows.matching.words.quotation import WHOLE, Piece, Quotation
from flows.matching.words.sides import Difference, Sides, agreeing, grave
from flows.matching.words.source import SourceText
from flows.matching.words.wording import SHARED, Words
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
        if SHARED in q.kinds and (between := between_equals(quotation, source, q, s)):
            return _found(between.sides, piece, q, *between[1:])
    else:
        q = _part(quotation.words, piece)
        s = source.words(*widened(source.read, *place, margin))
    spend(_STEPS_A_WORD * (len(q) + len(s)))
    steps = _aligned(quotation, source, q, s)
    sides = Sides(quotation, source, q, s)
    equal = runs_of(agreeing(sides, steps))
    differences: list[Difference] = []
    if not steps or sum([length for _, _, length in equal]) < len(steps):
        sides, steps, differences, equal = _differing(sides, steps, equal)
    found = [step for step in steps if step[2] < step[3]]
    if not found:
        return None
    return _found(sides, piece, q, differences, equal, (found[0][2], found[-1][3]))


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


def _aligned(quotation: Quotation, source: SourceText, q: Words, s: Words) -> list[Step]:
    """Return the steps from *q* to *s*; a stretch that both share answers itself."""
    quoted = to_align(quotation, q, s)
    if SHARED not in q.kinds:
        return align(quoted, s.norms, noisy=source.is_ocr)
    return aligned_apart(quoted, q, s, (0, len(quoted), 0, len(s)), outer=True)


def _part(words: Words, piece: Piece) -> Words:
    cut = slice(piece.first, piece.last)
    return Words(words.text, words.norms[cut], words.starts[cut], words.ends[cut], words.kinds[cut])


def _differing(
    sides: Sides, steps: list[Step], equal: list[EqualRun]
) -> tuple[Sides, list[Step], list[Difference], list[EqualRun]]:
    """Return the sides as they are to be judged, the steps between them, what differs and what is equal."""
    freed = set_free(sides, steps)
    if freed != steps:
        steps, equal = freed, runs_of(agreeing(sides, freed))
    differences = typed(sides, steps)
    if grave(differences) > 1 and has_contraction(sides):
        # "Cannot and shall not" has a "not" too few to stand against "can not and shan't".
        spoken = Sides(sides.quotation, sides.source, written_out(sides.q), written_out(sides.s))
        steps_spoken = set_free(spoken, _aligned(sides.quotation, sides.source, spoken.q, spoken.s))
        differing = typed(spoken, steps_spoken)
        if grave(differing) < grave(differences):
            sides, steps, differences = spoken, steps_spoken, differing
            equal = runs_of(agreeing(sides, steps))
    if any(may_be_value(sides, d) for d in differences if d.counts):
        values = Sides(sides.quotation, sides.source, *by_value(sides.q, sides.s))
        steps_by_value = set_free(
            values, _aligned(sides.quotation, sides.source, values.q, values.s)
        )
        valued = typed(values, steps_by_value)
        if grave(valued) <= grave(differences):
            equal = runs_of(agreeing(values, steps_by_value))
            written = written_otherwise(values, equal)
            valued = sorted(valued + written, key=lambda d: (d.q0, d.s0))
            return values, steps_by_value, valued, equal
    return sides, steps, differences, equal


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
