"""Whether a stretch of the source begins and ends where its first and last words do.

What stands beside quoted words may change them: the rest of a word, a sign or a
scale beside a number, a "not" after a verb. Where it plainly cannot, nothing
around the stretch need be read.
"""

import re

from flows.matching.values.numbers import NUMBER_WORDS
from flows.matching.words.wordlists import words_of

_FIRST = re.compile(r"[\w'’]+")
# Matched against the text read backwards, which finds its last word at once.
_LAST = re.compile(r"[\w'’.,%]+")
# Verbs whose "not" may follow.
_DELICATE = NUMBER_WORDS | frozenset(
    words_of(
        "is are was were be been am will would shall should can could may might must do "
        "does did has have had a million billion thousand"
    )
)
# What may deny the whole of a sentence from its end.
_DENYING = (" not", " never", "\nnot", "\nnever")
#: What closes a sentence: behind it and a blank no number and no verb goes on.
ENDINGS = frozenset(mark + sign for mark in ".!?" for sign in ("", '"', "”"))
_OPENING = frozenset("\"'“‘«([{—–-…*_ \t\n")


def are_sturdy(core: str, *, closed: bool = False) -> bool:
    """Return whether what stands beside *core* cannot change its first or its last word.

    Nothing can change the last one if a sentence is *closed* behind it, on both sides.

    >>> are_sturdy("The treaty was signed"), are_sturdy("The treaty was"), are_sturdy("5 treaties")
    (True, False, False)
    >>> are_sturdy("The treaty was", closed=True)
    True
    """
    first, last = _FIRST.match(core), _LAST.match(core[:-81:-1])
    if first is None or last is None or core[0].isdigit() or first[0].lower() in _DELICATE:
        return False
    return closed or not (
        core[-1].isdigit() or last[0][::-1].lower() in _DELICATE or "-" in last[0]
    )


def are_clean(text: str, start: int, end: int) -> bool:
    """Return whether nothing at the edges of ``text[start:end]`` belongs to a word inside.

    >>> are_clean("the non-aligned states", 8, 15), are_clean("the aligned states", 4, 11)
    (False, True)
    """
    if start and text[start - 1] not in _OPENING:
        return False
    if start > 1 and text[start - 1] in "-'’‘_*" and not text[start - 2].isspace():
        return False
    if text.startswith(_DENYING, end):
        return False
    following = text[end : end + 1]
    return not following or not (
        following.isalnum() or following in "'’%_-" or ord(following) > 0x2E80
    )
