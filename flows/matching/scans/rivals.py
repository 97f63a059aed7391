"""Would another word explain a misread word better than the quoted one?

"Accurafe" may be a misread "inaccurate" if letters may be lost; it is far more
likely a misread "accurate". A quoter who added the "in" is not cleared by the
noise, so the quoted word has to stand against its rivals: the same words with
a denial more or less, one word fewer, and the words of the language and of the
source that look like what was read.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Protocol

from rapidfuzz.distance import Levenshtein

from flows.matching.scans.confusions import one_slip_from
from flows.matching.values.negation import PREFIXES
from flows.matching.values.numbers import NUMBER_WORDS, is_number_word
from flows.matching.words.lexicon import Ends, common_words, is_ordinary, zipf


class Cost(Protocol):
    """What it costs to take one word for another: ``confusions.misread``."""

    def __call__(self, meant: str, read: str, *, limit: float = ...) -> float:
        """Return the cost of one word read for another; above *limit* it may be infinite."""


#: So much cheaper than the quoted words their sibling must be. A quotation that
#: lost a "not" may not live by a smudge.
_SIBLING = 0.1
#: So much cheaper another word must be, more if it is rarer, less if it is more
#: frequent: a list of words has thousands of chances to hold one that is near.
_ADVANTAGE, _PER_ZIPF = 0.6, 0.15
_LEAST_ADVANTAGE, _MOST_ADVANTAGE = 0.3, 1.0
#: Of shorter words all neighbours are near.
_SHORT = 5
#: What one slip costs, and so how many letters a rival may differ in.
_SLIP = 0.4


def better_explained(
    meant: list[str], read: str, cost: Cost, used: Ends, *, doubt: float = 0.0
) -> bool:
    """Return whether *read* is a likelier misreading of other words than of *meant*.

    *used* has the words that the source uses (``lexicon.by_ends``); with
    *doubt* the others must be cheaper by so much more.

    >>> from flows.matching.scans.confusions import misread
    >>> better_explained(["inaccurate"], "accurafe", misread, {})
    True
    >>> better_explained(["billion"], "mjllion", misread, {}), better_explained(["million"], "mjllion", misread, {})
    (True, False)
    """
    whole = "".join(meant)
    ours = cost(whole, read)
    least = ours - _SIBLING - doubt
    if least >= 0 and any(cost(other, read, limit=least) <= least for other in _siblings(meant)):
        return True
    if any(map(is_number_word, meant)) and any(
        cost(other, read, limit=ours) <= ours - doubt for other in NUMBER_WORDS if other != whole
    ):
        return True
    least = ours - _LEAST_ADVANTAGE - doubt
    if least < _SLIP:
        # Only the very same letters cost less, and what was read is no word.
        return False
    reach = 1 if len(read) < _SHORT else min(3, 1 + int(least / _SLIP))
    common = zipf(whole) if len(meant) == 1 else min(map(zipf, meant))
    return any(
        cost(other, read, limit=least) <= ours - doubt - _advantage(common - zipf(other))
        for other in (
            *_slips(read),
            *_neighbours(read, reach),
            *_near(read, reach, used, without=read),
        )
        if other != whole
    )


def lacks_what_tells(meant: str, read: str) -> bool:
    """Return whether *read* lacks the one letter that tells *meant* from a word as common.

    >>> lacks_what_tells("could", "ould"), lacks_what_tells("treaty", "reaty")
    (True, False)
    """
    if len(meant) != len(read) + 1:
        return False
    least = zipf(meant) - _AS_COMMON
    return any(
        before + after == read
        and any(
            other != meant[place] and zipf(before + other + after) >= least for other in _LETTERS
        )
        for place in range(len(meant))
        for before, after in ((meant[:place], meant[place + 1 :]),)
    )


_LETTERS = "abcdefghijklmnopqrstuvwxyz"
#: So much rarer a word may be and still be as likely: a third as common.
_AS_COMMON = 0.5


def nearest_cost(read: str, cost: Cost, used: Ends, limit: float) -> float:
    """Return what it costs to take the likeliest word for *read*; above *limit* it may be infinite."""
    reach = 1 if len(read) < _SHORT else min(3, 1 + len(read) // 4)
    return min(
        (
            cost(word, read, limit=limit)
            for word in (
                *_slips(read),
                *_neighbours(read, reach),
                *_near(read, reach, used, without=read),
            )
        ),
        default=float("inf"),
    )


def _advantage(commoner: float) -> float:
    """Return by how much a rival must be cheaper than words that are *commoner* on the Zipf scale."""
    return min(_MOST_ADVANTAGE, max(_LEAST_ADVANTAGE, _ADVANTAGE + _PER_ZIPF * commoner))


def _siblings(meant: list[str]) -> Iterator[str]:
    """Yield the words with a denial more or less, and with one word left out."""
    for place, word in enumerate(meant):
        before, after = "".join(meant[:place]), "".join(meant[place + 1 :])
        if len(meant) > 1:
            yield before + after
        if word.endswith("n't"):
            yield before + word[:-3] + after
        elif len(word) > 1:
            yield before + word + "n't" + after
        for denial in ("not", "no", "never"):
            yield before + denial + word + after
        for prefix in ("a", *PREFIXES):
            if len(prefix) > 1 or is_ordinary(prefix + word):
                yield before + prefix + word + after
            if word.startswith(prefix) and is_ordinary(word[len(prefix) :]):
                yield before + word[len(prefix) :] + after
    yield "".join(meant) + "not"


@lru_cache(maxsize=8192)
def _slips(read: str) -> tuple[str, ...]:
    """Return the common words that are one slip from *read*, those that differ in two letters too."""
    words = common_words()
    return tuple(
        word for word in one_slip_from(read) if word and word in words.get((len(word), word[0]), ())
    )


@lru_cache(maxsize=8192)
def _neighbours(read: str, reach: int) -> tuple[str, ...]:
    """Return the common words within *reach* letters of *read*."""
    return tuple(_near(read, reach, common_words()))


def _near(read: str, reach: int, words: Ends, *, without: str = "") -> Iterator[str]:
    """Yield the words near *read* that begin or end as it does: both ends are seldom misread."""
    for length in range(max(1, len(read) - reach), len(read) + reach + 1):
        for word in (
            *words.get((length, read[0]), ()),
            *words.get((length, "-" + read[-1]), ()),
        ):
            # A source may misread a word twice in the same way: that makes it no word.
            if word != without and Levenshtein.distance(word, read, score_cutoff=reach) <= reach:
                yield word
