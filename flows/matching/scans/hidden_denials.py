"""Denials that a machine hid: glued to a neighbour, cut in two, without their apostrophe, or misread.

"The clause was notread by them" denies as much as "was not read" does; a
quotation that leaves it out behind a mark may not live by a lost blank.
"""

from collections.abc import Iterator
from itertools import zip_longest

from flows.matching.scans.confusions import misread
from flows.matching.scans.slips import slips
from flows.matching.words.lexicon import is_ordinary, zipf
from flows.matching.words.wordlists import words_of

_DENIALS = words_of("not never cannot nothing nobody without unless neither")
#: Scraps that may have been cut from one word, or from two that were glued.
_MOST_SCRAPS = 3
#: What is glued to a denial is a word that people write.
_COMMON = 3.5
_AUXILIARIES = frozenset(
    words_of("did does do is are was were has have had could would should must need ca wo")
)
#: Slips that denials of few and of more letters have at most where they were misread.
_SHORT, _SLIP, _TWO_SLIPS = 3, 1, 2
#: What a letter costs that was taken for one of like shape.
_ALIKE = 0.4


def hides_denial(norms: list[str]) -> bool:
    """Return whether one of the denials stands among *norms*, glued, cut or without its apostrophe.

    >>> hides_denial(["was", "notread"]), hides_denial(["ha", "dnever", "been"]), hides_denial(["didnt"])
    (True, True, True)
    >>> hides_denial(["another", "knotted", "rope"])
    False
    """
    return any(map(_denies_joined, _joined(norms))) or any(
        _lost_apostrophe(norm, after) for norm, after in zip_longest(norms, norms[1:], fillvalue="")
    )


def misread_denial(norms: list[str]) -> str:
    """Return the first of *norms* that may be a misread denial, "" if none may.

    >>> misread_denial(["they", "have", "neveqr", "met"]), misread_denial(["they", "met"])
    ('neveqr', '')
    """
    return next((norm for norm in norms if not is_ordinary(norm) and _may_deny(norm)), "")


def _joined(norms: list[str]) -> Iterator[str]:
    """Yield what neighbouring scraps make together, and single scraps, if they are no words."""
    for first in range(len(norms)):
        for last in range(first + 1, min(first + _MOST_SCRAPS, len(norms)) + 1):
            scraps = norms[first:last]
            whole = "".join(scraps)
            cut = not all(map(is_ordinary, scraps)) and not is_ordinary(whole)
            if cut or (len(scraps) > 1 and whole in _DENIALS):
                yield whole


def _denies_joined(whole: str) -> bool:
    return any(
        whole == denial
        or (whole.startswith(denial) and _is_common(whole[len(denial) :]))
        or (whole.endswith(denial) and _is_common(whole[: -len(denial)]))
        for denial in _DENIALS
    )


def _is_common(rest: str) -> bool:
    return is_ordinary(rest) and zipf(rest) >= _COMMON


def _lost_apostrophe(norm: str, after: str) -> bool:
    if norm.endswith("nt"):
        return norm[:-2] in _AUXILIARIES
    return after == "t" and norm.endswith("n") and norm[:-1] in _AUXILIARIES


def _may_deny(norm: str) -> bool:
    return (
        any(
            slips(denial, norm, limit=most) <= most
            or misread(denial, norm, limit=most * _ALIKE) <= most * _ALIKE
            for denial in _DENIALS
            for most in (_SLIP if len(denial) <= _SHORT else _TWO_SLIPS,)
            if abs(len(denial) - len(norm)) <= _TWO_SLIPS
        )
        or misread("no", norm, limit=_ALIKE) <= _ALIKE
    )
