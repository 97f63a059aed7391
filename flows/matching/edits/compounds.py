"""Take "no one" for the one word that it is, and "can't" for the two that it stands for."""

from flows.matching.placing.pairing import Step
from flows.matching.values.negation import expanded
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


def has_contraction(sides: Sides) -> bool:
    """Return whether "not" is contracted on either side, and stands alone on either."""
    norms = (*sides.q.norms, *sides.s.norms)
    return "not" in norms and any(norm == "cannot" or norm.endswith("n't") for norm in norms)


def written_out(words: Words) -> Words:
    """Return *words* with each contracted "not" as a word of its own.

    >>> from flows.matching.words.wording import read_words
    >>> out = written_out(read_words("we can't and shan't"))
    >>> out.norms, [out.written(place, place + 1) for place in (1, 2)]
    (['we', 'can', 'not', 'and', 'shall', 'not'], ['ca', "n't"])
    """
    out = Words(words.text, [], [], [], [], words.unread)
    for norm, start, end, kind in zip(
        words.norms, words.starts, words.ends, words.kinds, strict=True
    ):
        parts = expanded([norm]) if norm == "cannot" or norm.endswith("n't") else [norm]
        cut = end - (3 if len(parts) > 1 else 0)
        ends = (cut, end) if len(parts) > 1 else (end,)
        for part, first, last in zip(parts, (start, cut), ends, strict=False):
            out.extend(Words(words.text, [part], [first], [last], [kind]))
    return out
