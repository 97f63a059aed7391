"""What words weigh when the share of a quotation that its source has is told: "the" says little."""

from collections.abc import Iterable
from itertools import compress

from flows.matching.words.wording import WORD, Words

#: What a word of so few letters weighs beside a longer one.
_SHORT, _SHORT_WEIGHT = 3, 0.35
#: What the words of a shared stretch weigh on average, blank by blank.
_SHARED_WEIGHT = 0.7


def weight(norm: str, kind: int) -> float:
    """Return what one word weighs.

    >>> weight("the", WORD), weight("treaty", WORD)
    (0.35, 1.0)
    """
    return 1.0 if kind != WORD or len(norm) > _SHORT else _SHORT_WEIGHT


def weight_of(words: Words, unread: int) -> float:
    """Return what all words weigh, the *unread* ones of shared stretches included."""
    # The kinds of all but words are more than 0, so they are taken out again.
    short = _short(words.norms) - _short(compress(words.norms, words.kinds))
    return len(words) - (1 - _SHORT_WEIGHT) * short + _SHARED_WEIGHT * unread


def _short(norms: Iterable[str]) -> int:
    """Return how many of *norms* have up to three letters."""
    return sum(map(_SHORT.__ge__, map(len, norms)))
