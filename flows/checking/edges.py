"""Own words before and behind a copied stretch: "Wow, just wow: The group met …".

A stretch of a post without marks may begin with the poster's own remark and
end with another. What the source has not, up to a colon, a dash or the end of
a sentence, is theirs and no change of the source's words.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from flows.records import Claim, Edit, Severity

#: A remark is no longer than this, in code points; and two words in three of
#: it, or more, are not the source's, else it is a sentence with changed words.
_LONGEST = 120
_FOREIGN = 2 / 3

_BORDER = re.compile(r"[:：!?.…][\"”’)\]]*\s+|\s+(?:<?-+>?|[—–←→])\s+")
_WORD = re.compile(r"\w[\w’'-]*")


def without_own_edges(claim: Claim, edits: Sequence[Edit]) -> Claim | None:
    """Return *claim* without the remarks at its ends, or ``None`` if there are none.

    Args:
        claim: Unmarked words of a post.
        edits: How they differ from what the source has.
    """
    exact = claim.exact
    borders = list(_BORDER.finditer(exact))
    changed = [edit for edit in edits if edit.severity is not Severity.NONE]
    start, end = 0, len(exact)
    for border in borders:
        if border.end() <= _LONGEST and _is_foreign(exact, 0, border.start(), changed):
            start = border.end()
    for border in reversed(borders):
        behind = border.end()
        near = behind > start and len(exact) - behind <= _LONGEST
        if near and _is_foreign(exact, behind, len(exact), changed):
            end = border.start() + len(border.group().rstrip(" \t\n<>-—–←→"))
    if (start, end) == (0, len(exact)) or start >= end:
        return None
    return replace(
        claim,
        start=claim.start + start,
        end=claim.start + end,
        exact=exact[start:end],
        within=None,
    )


def _is_foreign(exact: str, start: int, end: int, changed: Sequence[Edit]) -> bool:
    words = list(_WORD.finditer(exact, start, end))
    foreign = sum(
        any(edit.quoted_start < word.end() and word.start() < edit.quoted_end for edit in changed)
        for word in words
    )
    return foreign >= _FOREIGN * len(words)
