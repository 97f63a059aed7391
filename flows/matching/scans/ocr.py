"""Is a difference explained by a machine's misreading of the source?

It is, when the source's reading is not itself an ordinary word or number, and
is what an image of the quoted word may be taken for. A word that means something is evidence, however near it looks.
"""

from functools import partial

from flows.matching.scans.confusions import SLIGHT, misread
from flows.matching.scans.rivals import better_explained
from flows.matching.scans.slips import one_slip_means
from flows.matching.values.negation import is_negator
from flows.matching.words.lexicon import Ends, is_ordinary, zipf

NONE_USED: Ends = {}
_SAME_SHAPE = str.maketrans("iIl|!oOsSbBzZgq", "111110055882299")


def explains(  # noqa: PLR0911  a list of rules, each with its answer
    meant: list[str],
    read: list[str],
    *,
    capitals: bool = False,
    used: Ends = NONE_USED,
) -> bool:
    """Return whether the source's words *read* are a likely misreading of the words *meant*.

    They are if they mean nothing themselves, look like what was meant, and no
    other word explains them better. *capitals* says that the source has them
    in capitals; *used* has the words that it uses.

    >>> explains(["been"], ["bccn"]), explains(["has"], ["bas"]), explains(["with"], ["uitb"])
    (True, True, True)
    >>> explains(["forbid"], ["permit"]), explains(["not"], ["now"]), explains(["1994"], ["1934"])
    (False, False, False)
    >>> explains(["comfortable"], ["uncomforfable"]), explains(["inaccurate"], ["accurafe"])
    (False, False)
    """
    whole_meant, whole_read = "".join(meant), "".join(read)
    if not whole_meant or not whole_read:
        return False
    if any(character.isdigit() for character in whole_meant):
        return len(meant) == len(read) and all(map(_number_misread, meant, read))
    if len(read) > 1 and any(map(str.isdigit, read)):
        return False
    if whole_read.isdigit():
        return len(whole_read) <= len(whole_meant) and _shape(whole_meant) == _shape(whole_read)
    if whole_meant == whole_read:
        return True
    shared = without_shared_ends(meant, whole_read)
    if shared is not None:
        meant, whole_read = shared
        whole_meant, read = "".join(meant), [whole_read]
        if not whole_read or not meant:
            return False
    cost = partial(misread, capitals=capitals)
    whole_read = picture(meant, read)
    if has_word_too_many(whole_meant, read, cost(whole_meant, whole_read)):
        return False
    if _alike(meant, read, cost(whole_meant, whole_read)):
        return not better_explained(meant, whole_read, cost, used)
    return (
        len(meant) == len(read) == 1
        and not is_ordinary(whole_read)
        and one_slip_means(whole_read) == whole_meant
    )


def picture(meant: list[str], read: list[str]) -> str:
    """Return the words *read* as one, for comparison with the words *meant*.

    Where one word is meant, a blank that stands in a letter's place is that letter, worn off.

    >>> picture(["again"], ["aga", "n"]), picture(["again"], ["ag", "ain"])
    ('aga~n', 'again')
    """
    whole = "".join(read)
    if len(meant) > 1 or len(read) == 1 or len(whole) >= len(meant[0]):
        return whole
    return min(whole, "~".join(read), key=lambda seen: misread(meant[0], seen))


def without_shared_ends(meant: list[str], read: str) -> tuple[list[str], str] | None:
    """Return what is left of glued words when those that were read rightly are taken away."""
    first, last, rest = 0, len(meant), read
    while last - first > 1 and rest.startswith(meant[first]):
        rest, first = rest[len(meant[first]) :], first + 1
    while last - first > 1 and rest.endswith(meant[last - 1]):
        rest, last = rest[: -len(meant[last - 1])], last - 1
    return (meant[first:last], rest) if last - first < len(meant) else None


def has_word_too_many(meant: str, read: list[str], cost: float) -> bool:
    """Return whether one of the ordinary words *read* is none of what was *meant*, at that *cost*.

    >>> has_word_too_many("establishment", ["may", "establishmcnt"], 3.1)
    True
    >>> has_word_too_many("intend", ["in", "t6rid"], 0.8)
    False
    """
    return len(read) > 1 and any(
        is_ordinary(word)
        and misread(meant, "".join(read[:place] + read[place + 1 :]), limit=cost) <= cost
        for place, word in enumerate(read)
    )


def _alike(meant: list[str], read: list[str], cost: float) -> bool:
    """Return whether words look like what was read at so low a cost that noise may account for it."""
    whole_meant, whole_read = "".join(meant), "".join(read)
    length = max(len(whole_meant), len(whole_read))
    if len(read) == 1 and is_ordinary(whole_read):
        return _is_misprint(whole_meant, whole_read) and cost <= SLIGHT
    if len(read) > 1 and all(is_ordinary(word) and zipf(word) >= 4 for word in read):
        return False
    if all(not is_ordinary(word) for word in meant):
        # Two unknown words, names perhaps: only a real look-alike will do.
        return cost <= SLIGHT * (1 + length // 5)
    if any(is_negator(word) for word in meant):
        return cost <= 2 * SLIGHT
    if max(len(meant), len(read)) >= _MANY:
        # Among the letters of several words a short one may be hidden.
        return cost <= min(_MOST_OF_MANY, _LIKELY * length)
    return cost <= max(2 * SLIGHT, _LIKELY * length)


#: So many words together may cost no more than four slips.
_MANY, _MOST_OF_MANY = 3, 1.6
#: Cost per letter up to which a scrap that is no word is taken for a misread word.
_LIKELY = 0.25


def _is_misprint(meant: str, read: str) -> bool:
    """Return whether a rare entry of the word list is but a frequent word misread.

    >>> _is_misprint("the", "tho"), _is_misprint("but", "hut")
    (True, False)
    """
    rarer = zipf(meant) - zipf(read)
    return rarer >= _FAR_RARER or (len(read) >= 5 and zipf(read) < 3.0 and rarer >= 2.0)


#: One of so many thousand: nobody wrote the rarer word where the other fits.
_FAR_RARER = 3.3


def _number_misread(meant: str, read: str) -> bool:
    """Letters for digits of the same shape, or a number cut up by lost points."""
    if meant == read:
        return True
    if read.isdigit() or not read:
        return False
    return _shape(meant) == _shape(read)


def _shape(word: str) -> str:
    return word.translate(_SAME_SHAPE)
