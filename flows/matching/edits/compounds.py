"""Take "no one" and "no longer" for the one word that they are."""

from flows.matching.placing.aligning import Step
from flows.matching.words.sides import Sides, agree
from flows.matching.words.wording import Words

#: What follows a "no" that it makes one word with; a number is named by its value.
_AFTER_NO = frozenset({"one", "#1", "longer"})


def none_joined(sides: Sides, steps: list[Step]) -> list[Step]:
    """Make one step of the two in which "no one" stands against a single other word.

    "Everyone" for "no one" is one change, a denial, and no number is lost with it.
    """
    joined: list[Step] = []
    for step in steps:
        last = joined[-1] if joined else None
        if last is not None and not agree(sides, last) and not agree(sides, step):
            whole = (last[0], step[1], last[2], step[3])
            if _is_none(sides.q, whole[:2], whole[3] - whole[2]) or _is_none(
                sides.s, whole[2:], whole[1] - whole[0]
            ):
                joined[-1] = whole
                continue
        joined.append(step)
    return joined


def _is_none(words: Words, place: tuple[int, int], others: int) -> bool:
    """Return whether the words at *place* are "no one" or its like, against one other word."""
    first, last = place
    return (
        last - first == 2
        and others == 1
        and words.norms[first] == "no"
        and words.norms[first + 1] in _AFTER_NO
    )
