"""How well a machine could read a page around one place, told by the words themselves."""

import re

from flows.matching.words.lexicon import is_ordinary

#: Characters on either side of a place whose words tell how well it was read.
_AROUND = 160
#: Fewer words than this around a place are too few for a share to mean much.
_FEW = 12
#: Share of words that a list does not know on a page that was read well: terms and names.
_UNKNOWN = 0.05
_EDGES = "\"'“”‘’()[]{}<>.,:;!?-–—_…"
_VOWEL = re.compile(r"[aeiouy]")


def is_well_formed(written: str) -> bool:
    """Return whether *written* looks like a word: letters only, a vowel, no capital inside.

    >>> [is_well_formed(word) for word in ("Tarvainen", "waB", "vrth", "th6", "NATO")]
    [True, False, False, False, True]
    """
    return (
        written.replace("'", "").isalpha()
        and (written[1:].islower() or written.isupper() or len(written) == 1)
        and _VOWEL.search(written.lower()) is not None
    )


def noise_around(text: str, start: int, end: int) -> float:
    """Return the share of the words in and around ``text[start:end]`` that a machine misread, 0 to 1.

    A word was misread if it is none of the language and has not the looks of a
    name. With one letter in ten misread it is some two words in five.

    >>> noise_around("all of it stands in thc lettcr tbat was sent to us by him", 25, 25)
    0.21
    """
    words = misread = 0
    for token in text[max(0, start - _AROUND) : end + _AROUND].split():
        word = token.strip(_EDGES)
        if not word or word.isdigit():
            continue
        words += 1
        if not is_ordinary(word.lower()):
            misread += not (word[0].isupper() and word[1:].islower() and is_well_formed(word))
    return round(misread / max(words, _FEW), 2)


def is_credible(norm: str, written: str, noise: float, *, used: bool) -> bool:
    """Return whether a word of a machine-read page may be taken for what the page says.

    An ordinary word may, and a number; so may a name or a term that no list
    knows, where little was misread around it or, *used*, where the page has it
    more than once.

    >>> is_credible("permit", "permit", 0.5, used=False), is_credible("irmccurole", "irmccurole", 0.5, used=False)
    (True, False)
    """
    if written == "i":
        return False
    if is_ordinary(norm) or norm.isdigit() or norm[:1] in "#@":
        return True
    if not is_well_formed(written) or len(norm) < _LEAST_NAME:
        return False
    if written[0].isupper() and used:
        return True
    return noise <= (_QUIET_FOR_NAMES if written[0].isupper() else _UNKNOWN)


_LEAST_NAME = 3
#: A capital shows a name, and a name is known to no list.
_QUIET_FOR_NAMES = 0.15
