"""The first or last quoted word, read together with one that was not quoted."""

from flows.matching.values.negation import PREFIXES, denials
from flows.matching.words.lexicon import is_ordinary, zipf
from flows.matching.words.wording import Words

#: What is glued to a word is one that people write.
_COMMON = 3.5
#: A word so many times rarer than both its halves is the two with a blank left out: "ofthe".
_FAR_RARER = 3.5


def glued_outside(q: Words, s: Words, step: tuple[int, int, int, int]) -> bool:
    """Return whether the first or last quoted word is glued to one outside the quotation.

    A quotation that begins with "men" has the second half of "twomen"; one that
    begins with "armed" has not that of "notarmed".
    """
    q0, q1, s0, s1 = step
    if q1 - q0 != 1 or s1 - s0 != 1:
        return False
    meant, read = q.norms[q0], s.norms[s0]
    if not meant.isalpha():
        return False
    before, after = read.removesuffix(meant), read.removeprefix(meant)
    return any(
        at_edge and _is_another(rest, read) and not _is_one_word(read, meant, rest)
        for at_edge, rest in ((q0 == 0, before), (q1 == len(q), after))
    )


def _is_one_word(read: str, meant: str, rest: str) -> bool:
    """Return whether people write what was *read* for itself, and not by leaving out a blank."""
    return is_ordinary(read) and zipf(read) > min(zipf(meant), zipf(rest)) - _FAR_RARER


def _is_another(rest: str, whole: str) -> bool:
    """Return whether the *rest* of a word is a word of its own that denies nothing."""
    return (
        rest != whole
        and rest not in PREFIXES
        and not denials([rest])
        and is_ordinary(rest)
        and zipf(rest) >= _COMMON
    )
