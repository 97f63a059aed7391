"""From the steps of an alignment to the differences, each of one kind.

What stands on one side only is one difference, however many words it has; a sign
belongs to its number, a bracket to the words it stands for.
"""

from flows.matching.edits.brackets import bracketed, editorial
from flows.matching.edits.compounds import none_joined
from flows.matching.edits.dividing import divided_otherwise, put_for_another, taken_together
from flows.matching.edits.kinds import describe
from flows.matching.placing.pairing import Step
from flows.matching.words.effort import spend
from flows.matching.words.sides import Difference, Sides
from flows.matching.words.wording import NUMBER, SIGN
from flows.records import EditKind, Severity


def typed(sides: Sides, steps: list[Step]) -> list[Difference]:
    """Return the differences among *steps*, neighbours that make one difference together."""
    if len(steps) > 1:
        steps = _joined(sides, steps)
    return [Difference(*_described(sides, step), *step) for step in _unlike(sides, steps)]


def _joined(sides: Sides, steps: list[Step]) -> list[Step]:
    """Return *steps*, or those that differ, with neighbours that make one difference as one."""
    signs = SIGN in sides.q.kinds or SIGN in sides.s.kinds
    none = "no" in sides.q.norms or "no" in sides.s.norms
    if not (signs or none or sides.source.is_ocr or sides.quotation.brackets):
        # What agrees tells something of signs, brackets, "no one" and misreadings alone.
        steps = _unlike(sides, steps)
    spend(len(steps))
    steps = bracketed(sides, grouped(steps))
    if sides.source.is_ocr:
        steps = taken_together(sides, put_for_another(sides, divided_otherwise(sides, steps)))
    if signs:
        steps = _signs_joined(sides, steps)
    if none:
        steps = none_joined(sides, steps)
    return steps


def _unlike(sides: Sides, steps: list[Step]) -> list[Step]:
    """Return those of *steps* that do not set a word against the same word."""
    ours, theirs = sides.q.norms, sides.s.norms
    return [
        (q0, q1, s0, s1)
        for q0, q1, s0, s1 in steps
        if q1 - q0 != 1 or s1 - s0 != 1 or ours[q0] != theirs[s0]
    ]


def grouped(steps: list[Step]) -> list[Step]:
    """Make one step of neighbouring words that stand on one side only."""
    grouped: list[Step] = []
    for step in steps:
        last = grouped[-1] if grouped else None
        if (
            last is not None
            and last[1] == step[0]
            and last[3] == step[2]
            and (
                (last[0] == last[1] and step[0] == step[1])
                or (last[2] == last[3] and step[2] == step[3])
            )
        ):
            grouped[-1] = (last[0], step[1], last[2], step[3])
        else:
            grouped.append(step)
    return grouped


def _described(sides: Sides, step: Step) -> tuple[EditKind, Severity]:
    if sides.quotation.brackets and step[0] < step[1]:
        judged = editorial(sides, step)
        if judged is not None:
            return judged
    return describe(sides, step)


def _signs_joined(sides: Sides, steps: list[Step]) -> list[Step]:
    """Show a sign that was lost or put in together with its number."""
    lone = {step for step in _unlike(sides, steps) if _is_lone_sign(sides, step)}
    if not lone:
        return steps
    joined: list[Step] = []
    for step in steps:
        last = joined[-1] if joined else None
        if last is not None and (
            (last in lone and _is_number(sides, step))
            or (step in lone and _is_after(sides, step) and _is_number(sides, last))
        ):
            joined[-1] = (last[0], step[1], last[2], step[3])
        else:
            joined.append(step)
    return joined


def _is_lone_sign(sides: Sides, step: Step) -> bool:
    q0, q1, s0, s1 = step
    if q1 - q0 + s1 - s0 == 1:
        return (sides.q.kinds[q0] if q0 < q1 else sides.s.kinds[s0]) == SIGN
    return (
        q1 - q0 == s1 - s0 == 1
        and sides.q.kinds[q0] == sides.s.kinds[s0] == SIGN
        and sides.q.norms[q0] != sides.s.norms[s0]
    )


def _is_after(sides: Sides, step: Step) -> bool:
    q0, q1, s0, _s1 = step
    norm = sides.q.norms[q0] if q0 < q1 else sides.s.norms[s0]
    return norm in "%‰" or not norm.isascii()


def _is_number(sides: Sides, step: Step) -> bool:
    q0, q1, s0, s1 = step
    return q1 - q0 == s1 - s0 == 1 and sides.q.kinds[q0] == sides.s.kinds[s0] == NUMBER
