"""How common an English word is, from the wordfreq package, loaded on first need.

Frequencies are on the Zipf scale (van Heuven et al. 2014): 6 is one word in a
thousand, 3 one in a million. wordfreq counts what people write, misprints
included, so short entries of low frequency are no evidence of a word.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from flows.matching.words.wordlists import words_of


@lru_cache(maxsize=1)
def _frequencies() -> dict[str, float]:
    # 0.2 s and 30 MB: only comparisons that meet a doubtful word pay for it.
    from wordfreq import get_frequency_dict  # noqa: PLC0415  loaded on first need

    frequencies: dict[str, float] = get_frequency_dict("en", "large")
    return frequencies


@lru_cache(maxsize=65536)
def zipf(word: str) -> float:
    """Return the Zipf frequency of an English word in normal form, 0.0 if unknown.

    >>> zipf("government") > 5, zipf("t~ulation")
    (True, 0.0)
    """
    from math import log10  # noqa: PLC0415  beside its only use

    frequency = _frequencies().get(word, 0.0)
    return round(log10(frequency) + 9, 2) if frequency else 0.0


def written_by_anybody(words: Iterable[str]) -> list[str]:
    """Return those of *words*, in normal form, that have a frequency at all; misprints are among them."""
    frequencies = _frequencies()
    return [word for word in words if word in frequencies]


#: Words of two letters: frequency says nothing of these.
TWO_LETTERS = frozenset(
    words_of(
        "ah am an as at be by do dr eh ex go ha he hi if in is it me mr ms my no of oh ok "
        "on or ox pm so st to uk un up us vs we"
    )
)
#: Below these frequencies an entry of so many letters is more often a misprint
#: or a foreign word than an English one ("nev" 3.2, "bas" 3.2, "tbe" 2.6, "thc" 3.3).
_LEAST = {1: 9.0, 3: 3.4, 4: 3.0, 5: 2.6}
_LEAST_OF_LONGER = 2.0
_LEAST_OF_LONGEST = 1.2


def is_ordinary(word: str) -> bool:
    """Return whether *word* is an English word that a writer may well have meant.

    >>> [is_ordinary(word) for word in ("permit", "hut", "tbe", "nev", "bas", "a")]
    [True, True, False, False, False, True]
    """
    if word in {"a", "i"}:
        return True
    bare = word.removesuffix("'s")
    if len(bare) == 2:
        return bare in TWO_LETTERS
    least = _LEAST.get(len(bare))
    if least is None:
        least = _LEAST_OF_LONGER if len(bare) < 8 else _LEAST_OF_LONGEST
    return zipf(bare) >= least


#: A word is common from this frequency on; short ones from the higher one.
_COMMON, _COMMON_SHORT = 1e-6, 3e-6
_SHORT = 4


#: Words by their number of letters and their first letter, or "-" and their last.
Ends = Mapping[tuple[int, str], Sequence[str]]


def by_ends(words: Iterable[str]) -> Ends:
    """Return *words* by length and first letter, and by length and last letter.

    >>> by_ends(["treaty"])
    {(6, 't'): ['treaty'], (6, '-y'): ['treaty']}
    """
    found: dict[tuple[int, str], list[str]] = {}
    for word in words:
        found.setdefault((len(word), word[0]), []).append(word)
        found.setdefault((len(word), "-" + word[-1]), []).append(word)
    return found


@lru_cache(maxsize=1)
def common_words() -> Ends:
    """Return the common English words by their ends.

    >>> "permit" in common_words()[6, "p"], "oadr" in common_words()[4, "-r"]
    (True, False)
    """
    return by_ends(
        word
        for word, frequency in _frequencies().items()
        if frequency >= (_COMMON if len(word) > _SHORT else _COMMON_SHORT) and is_ordinary(word)
    )
