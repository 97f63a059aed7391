"""How common an English word is, from the wordfreq package, loaded on first need.

Frequencies are on the Zipf scale (van Heuven et al. 2014): 6 is one word in a
thousand, 3 one in a million. wordfreq counts what people write, misprints
included, so short entries of low frequency are no evidence of a word.
"""

from functools import lru_cache


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


#: Below these frequencies an entry of so many letters is more often a misprint
#: or a foreign word than an English one ("nev" 3.2, "bas" 3.2, "tbe" 2.6, "thc" 3.3).
_LEAST = {1: 9.0, 2: 4.6, 3: 3.4, 4: 3.0, 5: 2.6}
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
    least = _LEAST.get(len(bare))
    if least is None:
        least = _LEAST_OF_LONGER if len(bare) < 8 else _LEAST_OF_LONGEST
    return zipf(bare) >= least
