"""Words at the edge of a page whose first or last letters are lost with the margin.

Where a margin was torn off, cut by the binding or hidden by a fold, line after
line begins, or ends, with what is left of a word: "nister" for "Minister". What
stood there, and whether a short word is lost altogether, nobody can tell.
"""

from flows.matching.words.lexicon import is_ordinary
from flows.matching.words.source import SourceText
from flows.matching.words.wording import Words

#: Letters that a torn margin takes of a line; fewer are left of no word that tells anything.
_MOST_LOST, _LEAST_LEFT = 3, 2
#: Characters around a place whose lines tell whether a margin is torn, and how many lines do.
_AROUND, _LEAST_LINES = 1500, 6
#: Such a share of the lines begin, or end, with what is no word where the margin is torn.
_SHARE = 0.3


def torn_off(source: SourceText, meant: str, s: Words, place: int) -> bool:
    """Return whether the source's word at *place* is what a torn margin left of the word *meant*."""
    read = s.norms[place]
    if not _LEAST_LEFT <= len(read) < len(meant) <= len(read) + _MOST_LOST:
        return False
    start, end = s.starts[place], s.ends[place]
    left = meant.endswith(read) and _begins_line(s.text, start)
    right = meant.startswith(read) and _ends_line(s.text, end)
    if not (left or right):
        return False
    return not is_ordinary(read) or margin_torn(source, start, left=left)


def lost_with_margin(source: SourceText, meant: str, s: Words, place: int) -> bool:
    """Return whether a short word *meant*, before the source's word at *place*, fell into a torn margin."""
    if len(meant) > _MOST_LOST or not 0 < place < len(s):
        return False
    between = s.text[s.ends[place - 1] : s.starts[place]]
    return "\n" in between and any(
        margin_torn(source, s.starts[place], left=left) for left in (True, False)
    )


def margin_torn(source: SourceText, place: int, *, left: bool) -> bool:
    """Return whether the lines around ``source.read[place]`` lost letters at one end."""
    block = place // _AROUND
    question = "torn", block, left
    if question not in source.known:
        start = max(0, (block - 1) * _AROUND)
        lines = source.read[start : start + 3 * _AROUND].split("\n")
        ends = [line.split()[0 if left else -1] for line in lines if len(line.split()) > 1]
        plain = [word.lower() for word in ends if word.isalpha() and word[1:].islower()]
        torn = sum(not is_ordinary(word) for word in plain)
        source.known[question] = len(plain) >= _LEAST_LINES and torn >= _SHARE * len(plain)
    return source.known[question]


def _begins_line(text: str, start: int) -> bool:
    return start == 0 or "\n" in text[max(0, start - 2) : start]


def _ends_line(text: str, end: int) -> bool:
    return end >= len(text) or "\n" in text[end : end + 3]
