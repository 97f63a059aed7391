"""Words that a machine did not read at all: lines of rubbish, print under a stamp, worn letters.

A stamp across a line, a crease or a slanting page leaves scraps that are no
misread letters of anything, and real words among them by chance. What stood
there nobody can tell from the text, so nothing is said for or against what is
quoted from there.
"""

import re

from rapidfuzz.distance import LCSseq

from flows.matching.scans.slips import one_slip_means
from flows.matching.values.negation import is_negator
from flows.matching.words.legibility import is_well_formed
from flows.matching.words.lexicon import is_ordinary, zipf
from flows.matching.words.wording import NUMBER, WORD, Words

#: Of so many words side by side so many are scraps where a line was not read.
_LINE, _LEAST = 6, 4
#: A scrap that is one slip from so common a word is that word.
_COMMON = 4.0
#: A capital inside a word, beside small letters, is of another print across it; not one
#: that has the shape of its small letter, or the other way about.
_INNER_CAPITAL = re.compile(r"[a-z][ABDEFGHJLMNQRTY]|[A-Z]{2}[abdefghjmnqrty]")
#: Two words written as one, each with its capital: "McNamara".
_TWO_IN_ONE = re.compile(r"[A-Z]?[a-z]+[A-Z][a-z]{2,}")
#: Letters from which what lies under a stamp is more than a scrap.
_LEAST_BLOT = 4
#: Letters that lie under one that was read, at most.
_ROOM = 2
#: Such a share of a word's letters are left where others are worn away, and so many of them.
_LEFT, _LEAST_LEFT = 0.4, 2
#: Signs between blanks that an engine gives for a thin letter, and for print that it cannot read.
_STROKES = re.compile(r"[^\S\n][\[\]|\\][^\S\n]")
_BLOTS = re.compile(r"[^\S\n][\[\]|\\{}»«°¢~^_¬¦■□][^\S\n]")
#: Letters of a word that one sign may stand for.
_UNDER_SIGN = 3


def line_unread(s: Words, first: int, last: int) -> bool:
    """Return whether the words around the source's ``first:last`` are mostly scraps.

    >>> from flows.matching.words.wording import read_words
    >>> words = read_words("all of it was used as a peicc lec oe acstonen tart cp ie dak sd dase to sort")
    >>> line_unread(words, 11, 12), line_unread(words, 0, 1)
    (True, False)
    """
    low, high = max(0, first - _LINE + 1), min(len(s), last + _LINE - 1)
    if sum(not is_ordinary(norm) for norm in s.norms[low:high]) < _LEAST:
        return False
    scraps = [_is_scrap(s, place) for place in range(low, high)]
    return any(sum(scraps[at : at + _LINE]) >= _LEAST for at in range(len(scraps) - _LINE + 1))


def _is_scrap(s: Words, place: int) -> bool:
    """Return whether a word is none of the language, none misread, and has not the looks of a name."""
    norm = s.norms[place]
    if s.kinds[place] != WORD or is_ordinary(norm) or zipf(one_slip_means(norm)) >= _COMMON:
        return False
    written = s.written(place, place + 1)
    return not (written[0].isupper() and written[1:].islower() and is_well_formed(written))


def is_blot(s: Words, place: int) -> bool:
    """Return whether a word shows, by capitals among small letters, that other print lies across it.

    >>> from flows.matching.words.wording import read_words
    >>> [is_blot(read_words(word), 0) for word in ("WEEDENEMENe", "PbguE", "TREATY", "McNamara")]
    [True, True, False, False]
    """
    norm, written = s.norms[place], s.written(place, place + 1)
    return (
        s.kinds[place] == WORD
        and len(norm) >= _LEAST_BLOT
        and not is_ordinary(norm)
        and _INNER_CAPITAL.search(written) is not None
        and _TWO_IN_ONE.fullmatch(written) is None
    )


def has_room(q: Words, s: Words, step: tuple[int, int, int, int], blot: int) -> bool:
    """Return whether the quoted words of a *step* may lie under the source's word at *blot*."""
    return sum(map(len, q.norms[step[0] : step[1]])) <= _ROOM * len(s.norms[blot])


def is_stroke(q: Words, s: Words, step: tuple[int, int, int, int]) -> bool:
    """Return whether a quoted "I" that the source lacks stands there as a bar or a bracket."""
    q0, q1, _, s0 = step
    return (
        q1 - q0 == 1 and q.written(q0, q1) == "I" and _STROKES.search(_between(s, s0)) is not None
    )


def under_sign(q: Words, s: Words, step: tuple[int, int, int, int]) -> bool:
    """Return whether a short quoted word that the source lacks may be a sign there that means nothing."""
    q0, q1, _, s0 = step
    return (
        q1 - q0 == 1
        and len(q.norms[q0]) <= _UNDER_SIGN
        and q.kinds[q0] != NUMBER
        and _BLOTS.search(_between(s, s0)) is not None
    )


def _between(s: Words, place: int) -> str:
    """Return what stands before the source's word at *place*, and after another."""
    return s.text[s.ends[place - 1] : s.starts[place]] if 0 < place < len(s) else ""


def is_worn(meant: str, read: str) -> bool:
    """Return whether a scrap *read* has letters of *meant* alone, in their order, others being lost.

    >>> is_worn("freely", "fely"), is_worn("string", "sng"), is_worn("inaccurate", "accrate")
    (True, True, True)
    >>> is_worn("freely", "rely"), is_worn("freely", "fly"), is_worn("not", "nt"), is_worn("trust", "tusk")
    (False, False, False, False)
    """
    return (
        len(read) >= max(_LEAST_LEFT, _LEFT * len(meant))
        and meant.isalpha()
        and not is_negator(meant)
        and not is_ordinary(read)
        and LCSseq.similarity(meant, read) == len(read) < len(meant)
    )
