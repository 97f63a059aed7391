"""Words that left one place and came to another."""

from flows.matching.edits.judgement import Judgement
from flows.matching.values.negation import denials
from flows.matching.words.sides import Difference
from flows.matching.words.wording import SHARED
from flows.records import EditKind, Severity

#: So many changes leave no order to speak of.
_MOST_CHANGES = 60


#: Words between two halves of an exchange that are shown with it.
_REACH = 8


def moved(judgement: Judgement) -> None:
    """Turn words that left one place and came to another into one difference of order."""
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
                grave = denials(gone) or any(
                    c.severity is Severity.MAJOR for c in changes[one : two + 1]
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
