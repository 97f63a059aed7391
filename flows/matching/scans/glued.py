"""The first or last quoted word, read together with one that was not quoted."""

from flows.matching.values.negation import PREFIXES, denials
from flows.matching.words.lexicon import is_ordinary, zipf
from flows.matching.words.wording import Words

#: What is glued to a word is one that people write.
_COMMON = 3.5


def glued_outside(q: Words, s: Words, step: tuple[int, int, int, int]) -> bool:
    """Return whether the first or last quoted word is glued to one outside the quotation.

    A quotation that begins with "men" has the second half of "twomen"; one that
    begins with "armed" has not that of "notarmed".
    """
    q0, q1, s0, s1 = step
    if q1 - q0 != 1 or s1 - s0 != 1:
        return False
    meant, read = q.norms[q0], s.norms[s0]
    if is_ordinary(read) or not meant.isalpha():
        return False
    before, after = read.removesuffix(meant), read.removeprefix(meant)
    return (q0 == 0 and _is_another(before, read)) or (q1 == len(q) and _is_another(after, read))


def _is_another(rest: str, whole: str) -> bool:
    """Return whether the *rest* of a word is a word of its own that denies nothing."""
    return (
        rest != whole
        and rest not in PREFIXES
        and not denials([rest])
        and is_ordinary(rest)
        and zipf(rest) >= _COMMON
    )
