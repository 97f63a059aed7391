"""Letters that a machine put for others without regard to their shape.

Not every misread letter looks like the one that was printed: a worn type, a
stain or a poor engine gives any letter for any other, loses one, adds one or
changes two about. Such slips explain nothing for certain, for they explain
too much; but on a page that has many of them nobody can tell one of them from a
change that a quoter made.
"""

from functools import lru_cache
from math import fsum
from string import ascii_lowercase

from rapidfuzz.distance import OSA

from flows.matching.values.negation import is_negator
from flows.matching.words.lexicon import is_ordinary, written_by_anybody, zipf

#: Slips a letter up to which a scrap may be a word: on a page read well, and where much was misread.
_PER_LETTER, _PER_LETTER_IN_NOISE = 0.25, 0.7
#: Share of misread words from which a word may be read for another one: much
#: rarer, about as common, whatever it says.
_SOME, _MUCH, _MOST = 0.06, 0.15, 0.3
#: What "rarer", "about as common" and "hardly ever written" mean on the Zipf scale.
_RARER, _AS_COMMON, _FAR_RARER = 0.8, -0.8, 3.0
_ANY = 1_000_000
#: Share of all that a scrap may mean by which one word is far likelier; shorter scraps mean anything.
_FAR_LIKELIER, _LEAST_TOLD = 0.9, 3
#: No word has more letters.
_LONGEST = 30
#: Scraps of so few letters say nothing where most was misread.
_SCRAP = 2
#: Letters from which a word may have two slips where most words have one.
_LONG = 6


def slips(meant: str, read: str, *, limit: float = float("inf")) -> float:
    """Return how many letters were put for others, lost, added or changed about; up to *limit*.

    >>> slips("have", "ahve"), slips("credit", "crxdt")
    (1.0, 2.0)
    """
    return float(OSA.distance(meant, read, score_cutoff=None if limit > _ANY else int(limit) + 1))


def may_be_slips(meant: str, read: str, noise: float) -> bool:
    """Return whether a scrap *read* may be *meant* where *noise* of the words were misread.

    >>> may_be_slips("only", "noly", 0.0), may_be_slips("rest", "rwtt", 0.1), may_be_slips("rest", "rwtt", 0.6)
    (True, False, True)
    """
    length = max(len(meant), len(read))
    if noise >= _MOST and length <= _SCRAP:
        return True
    most = max(1, int(length * (_PER_LETTER_IN_NOISE if noise >= _MUCH else _PER_LETTER)))
    return most < length and OSA.distance(meant, read, score_cutoff=most) <= most


def hides_anything(read: str, noise: float) -> bool:
    """Return whether a scrap is too short to tell one word from another where much was misread."""
    return noise >= _MOST and len(read) <= _SCRAP + 1


@lru_cache(maxsize=8192)
def one_slip_means(read: str) -> str:
    """Return the word that a scrap is if it has one slip, where one is far likelier than all others.

    >>> one_slip_means("wqs"), one_slip_means("ahve"), one_slip_means("tht")
    ('was', 'have', '')
    """
    if not _LEAST_TOLD <= len(read) <= _LONGEST or not read.isalpha():
        return ""
    written = written_by_anybody(_one_slip_off(read))
    found = {word: 10 ** zipf(word) for word in written if is_ordinary(word)}
    likeliest = max(found, key=lambda word: (found[word], word), default="")
    if not likeliest or is_negator(likeliest):
        return ""
    return likeliest if found[likeliest] >= _FAR_LIKELIER * fsum(found.values()) else ""


def _one_slip_off(read: str) -> set[str]:
    """Return everything that one letter lost, added, put for another or changed about makes of *read*."""
    found: set[str] = set()
    for place in range(len(read) + 1):
        before, after = read[:place], read[place:]
        found.add(before + after[1:])
        found.add(before + after[1:2] + after[:1] + after[2:])
        found.update(before + letter + after for letter in ascii_lowercase)
        found.update(before + letter + after[1:] for letter in ascii_lowercase)
    return found


def explains_less(noise: float) -> bool:
    """Return whether so much was misread that letters of like shape tell little of what was meant."""
    return noise >= _MUCH


def may_be_lost(written: str, noise: float) -> bool:
    """Return whether a quoted word of one letter may be lost where *noise* of the words were misread.

    An "I" is thin, and is lost where other letters are not.
    """
    return (
        len(written) == 1 and written.isalpha() and noise >= (_SOME if written in "Ii" else _MUCH)
    )


def may_be_slipped_word(meant: str, read: str, noise: float, *, scattered: bool) -> bool:
    """Return whether a word *read* may be another word, *meant*, with a letter misread.

    A word that hardly anybody writes may, for one that everybody does; others only
    where letters were *scattered*, misread whatever their shape. The more were, the
    less the word must be the rarer of the two. A denial is never taken for one that
    was not meant.

    >>> may_be_slipped_word("sent", "dent", 0.2, scattered=True)
    True
    >>> may_be_slipped_word("sent", "dent", 0.2, scattered=False)
    False
    >>> may_be_slipped_word("for", "or", 0.1, scattered=True)
    False
    """
    if noise < _SOME or is_negator(read) or (is_negator(meant) and noise < _MUCH):
        return False
    if not is_ordinary(meant):
        return False
    most = 2 if noise >= _MOST and min(len(meant), len(read)) >= _LONG else 1
    if OSA.distance(meant, read, score_cutoff=most) > most:
        return False
    if not scattered:
        return zipf(meant) - zipf(read) >= _FAR_RARER
    if noise >= _MOST:
        return True
    return zipf(meant) - zipf(read) >= (_AS_COMMON if noise >= _MUCH else _RARER)
