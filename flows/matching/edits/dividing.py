"""Words that a machine divided in other places than the writer did.

"The northern" may be read "thenor thern": word set against word nothing agrees,
taken together every letter does.
"""

from flows.matching.edits.kinds import describe
from flows.matching.placing.pairing import Step
from flows.matching.scans.confusions import misread
from flows.matching.scans.ocr import explains, picture
from flows.matching.words.lexicon import is_ordinary
from flows.matching.words.sides import CHANGES, Sides, agree
from flows.records import EditKind, Severity

#: Steps that are taken together at most.
_MOST = 4
#: Stretches of one passage that are tried together at most.
_MOST_TRIED = 40
#: What words cost together, of what they cost one by one, if letters went from one to another.
_GAIN = 0.5
#: Letters misread, beside the blanks, in words divided otherwise: two slips.
_MOST_COST = 0.8
#: Words that change places with others without being a passage of their own.
_FEW = 3


def divided_otherwise(sides: Sides, steps: list[Step]) -> list[Step]:
    """Return *steps* with those made one that agree only together."""
    joined: list[Step] = []
    place = 0
    while place < len(steps):
        last = place
        if not agree(sides, steps[place]):
            last = min(place + _MOST, len(steps)) - 1
            while last > place and not _one_division(sides, steps[place : last + 1]):
                last -= 1
        first = steps[place]
        joined.append((first[0], steps[last][1], first[2], steps[last][3]))
        place = last + 1
    return joined


def _one_division(sides: Sides, steps: list[Step]) -> bool:
    q, s = sides.q.norms, sides.s.norms
    if any(agree(sides, step) for step in steps):
        return False
    quoted, found = q[steps[0][0] : steps[-1][1]], s[steps[0][2] : steps[-1][3]]
    if not quoted or not found or len(quoted) == len(found) == 1:
        return False
    ours, theirs = _letters(quoted), _letters(found)
    if any(map(str.isdigit, ours + theirs)) or abs(len(ours) - len(theirs)) > 1:
        return False
    if ours == theirs:
        return True
    for q0, q1, s0, s1 in steps:
        if q1 - q0 == s1 - s0 == 1 and len(s[s0]) > 1 and is_ordinary(s[s0]):
            # A word that stands for itself is no part of another.
            return False
    return not all(explains(q[q0:q1], s[s0:s1]) for q0, q1, s0, s1 in steps) and (
        misread(ours, theirs, limit=_MOST_COST) <= _MOST_COST
    )


def put_for_another(sides: Sides, steps: list[Step]) -> list[Step]:
    """Return *steps* with a few words put in and as many left out beside them made one change."""
    joined: list[Step] = []
    for step in steps:
        last = joined[-1] if joined else None
        if (
            last is not None
            and _alone(last) * _alone(step) < 0
            and abs(_alone(last) + _alone(step)) <= 1
            and max(map(abs, (_alone(last), _alone(step)))) <= _FEW
            and not _is_litter(sides, last)
            and not _is_litter(sides, step)
        ):
            joined[-1] = (last[0], step[1], last[2], step[3])
        else:
            joined.append(step)
    return joined


def _alone(step: Step) -> int:
    """Return how many words a step has on one side only: quoted ones positive, the source's negative."""
    q0, q1, s0, s1 = step
    if q0 == q1:
        return s0 - s1
    return q1 - q0 if s0 == s1 else 0


def _is_litter(sides: Sides, step: Step) -> bool:
    return step[0] == step[1] and describe(sides, step) == (EditKind.OCR, Severity.NONE)


def taken_together(sides: Sides, steps: list[Step]) -> list[Step]:
    """Return *steps* with those made one that change words, and together may be misread.

    "She asked" read "Siieaskecl" is no word put in beside another one changed.
    """
    joined: list[Step] = []
    place = tried = 0
    while place < len(steps):
        last = place
        if not agree(sides, steps[place]):
            last = _last_beside(sides, steps, place)
            if last > place and tried < _MOST_TRIED:
                tried += 1
                last = _last_misread(sides, steps, place, last)
            else:
                last = place
        first = steps[place]
        joined.append((first[0], steps[last][1], first[2], steps[last][3]))
        place = last + 1
    return joined


def _last_beside(sides: Sides, steps: list[Step], place: int) -> int:
    """Return the last of the next few steps that differ as well."""
    last = place
    while last + 1 < min(place + _MOST, len(steps)) and not agree(sides, steps[last + 1]):
        last += 1
    return last


def _last_misread(sides: Sides, steps: list[Step], place: int, last: int) -> int:
    """Return the last step that makes, from *place* on, one misreading of what were changes."""
    changes = [describe(sides, step)[0] in CHANGES for step in steps[place : last + 1]]
    first = steps[place]
    for end in range(last, place, -1):
        whole = (first[0], steps[end][1], first[2], steps[end][3])
        if (
            any(changes[: end - place + 1])
            and whole[0] < whole[1]
            and whole[2] < whole[3]
            and _as_long(sides, whole)
            and _shares_letters(sides, steps[place : end + 1])
            and describe(sides, whole)[0] is EditKind.OCR
        ):
            return end
    return place


def _shares_letters(sides: Sides, steps: list[Step]) -> bool:
    """Return whether letters of one word stand in another's place, and no word stands for itself.

    Steps that are as unlike together as one by one are changes beside misreadings.
    """
    q, s = sides.q.norms, sides.s.norms
    apart = 0.0
    for q0, q1, s0, s1 in steps:
        if q1 - q0 == s1 - s0 == 1 and is_ordinary(s[s0]) and not _is_part(s[s0], q[q0]):
            return False
        apart += misread(_letters(q[q0:q1]), _letters(s[s0:s1]))
    quoted, found = q[steps[0][0] : steps[-1][1]], s[steps[0][2] : steps[-1][3]]
    whole = misread(_letters(quoted), picture(quoted, list(map(_bare, found))))
    return whole <= _GAIN * apart


def _is_part(short: str, word: str) -> bool:
    return word.startswith(short) or word.endswith(short)


def _as_long(sides: Sides, step: Step) -> bool:
    """Return whether both sides of a step have about as many letters, and neither a figure."""
    ours = _letters(sides.q.norms[step[0] : step[1]])
    theirs = _letters(sides.s.norms[step[2] : step[3]])
    return abs(len(ours) - len(theirs)) <= 1 + len(ours) // 5 and not any(map(str.isdigit, ours))


def _letters(norms: list[str]) -> str:
    return "".join(map(_bare, norms))


def _bare(norm: str) -> str:
    return norm.replace("'", "").replace("~", "")
