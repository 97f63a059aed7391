"""Words that left one place and came to another."""

from flows.matching.edits.context import sentence_ends
from flows.matching.edits.judgement import Judgement
from flows.matching.edits.naming import named
from flows.matching.placing.pairing import Step
from flows.matching.values.negation import denials
from flows.matching.words.sides import Difference, Sides
from flows.matching.words.wording import SHARED, Words
from flows.records import EditKind, Severity

#: So many changes leave no order to speak of.
_MOST_CHANGES = 60


#: Words between two halves of an exchange that are shown with it.
_REACH = 8


def moved(judgement: Judgement) -> None:
    """Turn words that left one place and came to another into one difference of order.

    It is grave where names, numbers or denials changed their places.
    """
    _turned_round(judgement)
    _exchanged_at_end(judgement)
    changes = judgement.differences
    q, s = judgement.sides.q, judgement.sides.s
    if len(changes) > _MOST_CHANGES:
        return
    one = 0
    while one < len(changes):
        for two in range(len(changes) - 1, one, -1):
            if not all(change.changes_words for change in changes[one : two + 1]):
                continue
            first, last = changes[one], changes[two]
            if last.q0 - first.q1 > _REACH or last.s0 - first.s1 > _REACH:
                continue
            if SHARED in q.kinds[first.q1 : last.q0]:
                continue
            gone = [norm for c in changes[one : two + 1] for norm in s.norms[c.s0 : c.s1]]
            come = [norm for c in changes[one : two + 1] for norm in q.norms[c.q0 : c.q1]]
            if gone and sorted(gone) == sorted(come):
                grave = (
                    denials(gone)
                    or any(c.severity is Severity.MAJOR for c in changes[one : two + 1])
                    or _names_exchanged(judgement.sides, (first.q0, last.q1, first.s0, last.s1))
                )
                changes[one : two + 1] = [
                    Difference(
                        EditKind.ORDER,
                        Severity.MAJOR if grave else Severity.MINOR,
                        first.q0,
                        last.q1,
                        first.s0,
                        last.s1,
                    )
                ]
                break
        one += 1


#: Words between names that merely list them.
_LISTING = frozenset({"and", "or"})


def _names_exchanged(sides: Sides, step: Step) -> bool:
    """Return whether names changed places around other words than those of a list."""
    q0, q1, s0, s1 = step
    ours = [place for place in range(q0, q1) if named(sides, sides.q, place, place + 1)]
    theirs = [place for place in range(s0, s1) if named(sides, sides.s, place, place + 1)]
    others = {norm for k, norm in enumerate(sides.q.norms[q0:q1], q0) if k not in ours}
    return (
        not others <= _LISTING
        and len(ours) > 1
        and [sides.q.norms[k] for k in ours] != [sides.s.norms[k] for k in theirs]
    )


def _exchanged_at_end(judgement: Judgement) -> None:
    """See whether words put in near an end are those that the source has beyond it.

    "Rome to Lagos" for "Lagos to Rome" looks like "Rome to" before "Lagos", for what
    stands beyond the end of a passage is nobody's counterpart.
    """
    sides, changes = judgement.sides, judgement.differences
    q, s = sides.q, sides.s
    for place in dict.fromkeys((0, len(changes) - 1)):
        change = changes[place]
        length = change.q1 - change.q0
        if (
            change.s0 < change.s1
            or not change.changes_words
            or SHARED in q.kinds[change.q0 : change.q1]
        ):
            continue
        rest, first = len(q) - change.q1, change.s0 - change.q0
        if 0 < rest <= _REACH and place == len(changes) - 1:
            end = change.s1 + rest
            step = (change.q0, len(q), change.s0, end + length)
            kept = q.norms[change.q1 :] == s.norms[change.s1 : end]
            beyond = s.norms[end : end + length]
        elif 0 < change.q0 <= _REACH and first >= length and place == 0:
            step = (0, change.q1, first - length, change.s0)
            kept = q.norms[: change.q0] == s.norms[first : change.s0]
            beyond = s.norms[first - length : first]
        else:
            continue
        if not kept or sorted(beyond) != sorted(q.norms[change.q0 : change.q1]) or _parted(s, step):
            continue
        grave = change.severity is Severity.MAJOR or _names_exchanged(sides, step)
        severity = Severity.MAJOR if grave else Severity.MINOR
        changes[place] = Difference(EditKind.ORDER, severity, *step)
        judgement.start = min(judgement.start, s.starts[step[2]])
        judgement.end = max(judgement.end, s.ends[step[3] - 1])


def _turned_round(judgement: Judgement) -> None:
    """See whether the words put in at one end are all that was changed, and stand at the other end."""
    sides, changes = judgement.sides, [d for d in judgement.differences if d.counts]
    q, s = sides.q, sides.s
    if len(changes) != 1 or not judgement.equal or len(q) > _MOST_TURNED:
        return
    change = changes[0]
    length = change.q1 - change.q0
    first, last = judgement.equal[0][1], sum(judgement.equal[-1][1:])
    if change.s0 < change.s1 or length < _LEAST_TURNED or first < length * (change.q0 > 0):
        return
    if change.q1 == len(q) and judgement.equal[0][0] == 0:
        step, beyond = (0, len(q), first - length, last), s.norms[first - length : first]
    elif change.q0 == 0:
        step, beyond = (0, len(q), first, last + length), s.norms[last : last + length]
    else:
        return
    if beyond != q.norms[change.q0 : change.q1] or _parted(s, step):
        return
    severity = Severity.MAJOR if denials(beyond) else Severity.MINOR
    place = judgement.differences.index(change)
    judgement.differences[place] = Difference(EditKind.ORDER, severity, *step)
    judgement.start = min(judgement.start, s.starts[step[2]])
    judgement.end = max(judgement.end, s.ends[step[3] - 1])


#: Words of a quotation whose halves may have changed places, and of the smaller half.
_MOST_TURNED, _LEAST_TURNED = 60, 2


def _parted(words: Words, step: Step) -> bool:
    """Return whether a sentence ends among the source's words of a step."""
    start, end = words.starts[step[2]], words.starts[step[3] - 1]
    return bool(sentence_ends(words.text, start, end + 1))
