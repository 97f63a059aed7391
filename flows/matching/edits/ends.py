"""Words that a quotation has before the passage or after it.

An alignment sets each quoted word against the source's nearest, and at either
end that may be a word of the sentence before or after, which nobody quoted.
"""

import re

from flows.matching.edits.context import sentence_ends
from flows.matching.edits.markers import is_marker
from flows.matching.placing.pairing import Step
from flows.matching.words.sides import Sides, agree
from flows.matching.words.wording import SHARED, Words

#: Steps at either end among which a sentence may end.
_REACH = 24
#: So many words that agree at an end are the passage's.
SETTLED = 4
#: Fewest quoted words that are looked at as a sentence of their own.
_SENTENCE = 3
#: So few words may agree in part by chance, "this year" with "this is".
_FEW = 5


def set_free(sides: Sides, steps: list[Step]) -> list[Step]:
    """Return *steps* without words of the source that are of another sentence than the passage.

    The quoted words that were set against them were put in.
    """
    if not sides.source.is_ocr:
        steps = _without_sentence_before(sides, steps)
        steps = _without_sentence_after(sides, steps)
    return _without_markers(sides, steps)


def _without_sentence_before(sides: Sides, steps: list[Step]) -> list[Step]:
    if all(agree(sides, step) for step in steps[:SETTLED]):
        return steps
    cut = 0
    agreeing = 0
    for place, step in enumerate(steps[: min(_REACH, len(steps) - 1)], start=1):
        if sides.q.kinds[step[0] : step[1]] == [SHARED]:
            break
        agreeing += _letters_agreeing(sides, step)
        if _parts(sides, steps, place) and _strange(sides, (0, step[1]), agreeing):
            cut = place
    if not cut:
        return steps
    return [(0, steps[cut][0], steps[cut][2], steps[cut][2]), *steps[cut:]]


def _without_sentence_after(sides: Sides, steps: list[Step]) -> list[Step]:
    if all(agree(sides, step) for step in steps[-SETTLED:]):
        return steps
    cut = len(steps)
    agreeing = 0
    for place in range(len(steps) - 1, max(0, len(steps) - 1 - _REACH), -1):
        step = steps[place]
        if sides.q.kinds[step[0] : step[1]] == [SHARED]:
            break
        agreeing += _letters_agreeing(sides, step)
        part = (step[0], len(sides.q))
        if _parts(sides, steps, place) and (
            _strange(sides, part, agreeing) or _stood_before(sides, steps[:place], part)
        ):
            cut = place
    if cut == len(steps):
        return steps
    q0, end = steps[cut][0], steps[cut - 1][3]
    return [*steps[:cut], (q0, len(sides.q), end, end)]


def _parts(sides: Sides, steps: list[Step], place: int) -> bool:
    """Return whether a sentence of the source ends before the words of the step at *place*."""
    s, word = sides.s, steps[place][2]
    if not 0 < word < len(s.norms):
        return False
    start, end = s.ends[word - 1], s.starts[word]
    if end - start < len(". "):
        return False
    return any(stop <= end for stop in sentence_ends(s.text, start, end + 1))


def _stood_before(sides: Sides, steps: list[Step], part: tuple[int, int]) -> bool:
    """Return whether a last part's words are those that the quotation lacks just before it.

    "For the operators all." has lost its "all" to the end, whatever the next sentence begins with.
    """
    first, last = part
    if first == last or _ends_sentence(sides.q, first):
        return False
    words = sorted(sides.q.norms[first:last])
    return any(
        q0 == q1 and sorted(sides.s.norms[s0:s1]) == words for q0, q1, s0, s1 in steps[-_REACH:]
    )


def _letters_agreeing(sides: Sides, step: Step) -> int:
    return len(sides.q.norms[step[0]]) if agree(sides, step) else 0


def _strange(sides: Sides, part: tuple[int, int], agreeing: int) -> bool:
    """Return whether few of the letters of a part at an end of the quotation are the source's.

    Where the quotation parts sentences as well, one may stand for another.
    """
    first, last = part
    joint = first or last
    if first == last or joint == len(sides.q):
        return False
    letters = sum(map(len, sides.q.norms[first:last]))
    if _ends_sentence(sides.q, joint):
        return last - first >= _SENTENCE and agreeing * 4 < letters
    return agreeing * (2 if last - first <= _FEW else 5) <= letters


def _ends_sentence(q: Words, word: int) -> bool:
    return any(mark in q.text[q.ends[word - 1] : q.starts[word]] for mark in ".!?")


def _without_markers(sides: Sides, steps: list[Step]) -> list[Step]:
    """Set the number of a list item, footnote markers and remarks at an end against nothing."""
    first, last = 0, len(steps)
    while first < last and _is_marking(sides, steps[first]):
        first += 1
    while last > first and _is_marking(sides, steps[last - 1]):
        last -= 1
    if first == last or (first and _renumbers(sides, steps[first])):
        return steps
    before, after = steps[first], steps[last - 1]
    kept = steps[first:last]
    if first:
        left = _left_behind_number(sides, before)
        kept = [
            (0, before[0], left, left),
            *([(before[0],) * 2 + (left, before[2])] if left < before[2] else []),
            *kept,
        ]
    if last < len(steps):
        kept = [*kept, (after[1], len(sides.q), after[3], after[3])]
    return kept


# A number in the midst of a line, just before a place.
_NUMBER_BEFORE = re.compile(r"[^\s(][ \t]+(\d+)[.)]?\s+\Z")


def _renumbers(sides: Sides, step: Step) -> bool:
    """Return whether the source has another number, of no list, where the quotation has its first word.

    "14. Mai" for "am 4. Mai" is no item of a list.
    """
    q0, _, s0, _ = step
    if q0 != 1 or s0 >= len(sides.s):
        return False
    start = sides.s.starts[s0]
    number = _NUMBER_BEFORE.search(sides.s.text, max(0, start - _ITEM_REACH), start)
    return number is not None and number[1] != sides.q.norms[0].lstrip("#")


# An item's number in the source, and the few words behind it.
_ITEM = re.compile(r"(?:\A|[\s(])(\d{1,3})[.)]\s+(?:(?!\d{1,3}[.)]\s)\S+\s+){1,4}\Z")


def _left_behind_number(sides: Sides, step: Step) -> int:
    """Return which word of the source follows the item's number that the quotation begins with.

    "6. Action was taken" leaves out the "No" behind the source's "6."; where the source has
    no such number, the passage begins with the *step*.
    """
    q0, _, s0, _ = step
    start = sides.s.starts[s0] if s0 < len(sides.s) else 0
    item = _ITEM.search(sides.s.text, max(0, start - _ITEM_REACH), start) if q0 == 1 else None
    if item is None or item[1] != sides.q.norms[0].lstrip("#"):
        return s0
    first = s0
    while first and sides.s.starts[first - 1] > item.end(1):
        first -= 1
    return first


_ITEM_REACH = 60


def _is_marking(sides: Sides, step: Step) -> bool:
    q0, q1, s0, s1 = step
    return (
        q0 < q1
        and not agree(sides, step)
        and all(
            is_marker(sides.q, place)
            or sides.quotation.is_remark(sides.q.starts[place])
            or sides.quotation.is_closing_note(sides.q.starts[place])
            for place in range(q0, q1)
        )
        and not any(is_marker(sides.s, place) for place in range(s0, s1))
    )
