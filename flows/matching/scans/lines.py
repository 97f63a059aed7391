"""Tell lines of another column from words that a quoter left out, by their rhythm.

Lines of a column are stretches of about one length, parted by stretches of
about one length, each from one line end to the next and most of them in the
middle of a sentence. Words that a quoter left out have no such rhythm. Where
line ends are lost, nothing tells a word left out beside a cut from one of the
other column, and where a passage is cut only once there is no rhythm to see:
then nothing is said for the quotation.
"""

import re
from enum import Enum
from itertools import pairwise
from statistics import median

from flows.matching.words.wording import Words


class Rhythm(Enum):
    """What the cuts through a passage look like."""

    #: Lines of another column, from line end to line end.
    LINES = "lines"
    #: Perhaps lines of another column.
    PERHAPS = "perhaps"
    #: Words left out.
    NONE = "none"


#: Characters of a line of a column; of a block of lines.
_SHORTEST, _LONGEST, _LONGEST_BLOCK = 14, 130, 420
#: The longest of several lines has more, in the narrowest column: fewer are words left out.
_NARROW = 24
#: How far lines of one column are from their median: they are ragged, and a
#: misread word at an end is taken for the other column's.
_RAGGED_LOW, _RAGGED_HIGH = 0.5, 1.6
#: One line in so many may be shorter or longer: the last of a paragraph, and
#: one whose neighbour could not be read.
_ODD_ONE_IN = 5
#: Share of cuts that must fall into the middle of a sentence, on either side.
_MID_SENTENCE = 0.34
#: Where line ends are lost, blocks of several lines must be seen so often, and
#: so must lines of a column that ends before the passage does.
_BLOCKS = 3
#: Lines of another column in one place of a passage that is cut only there.
_MOST_LINES = 4

_BREAK = re.compile(r"[ \u00a0]*[\n\r\f\v]\s*|\s{2,}|\t\s*")
_CLOSING = re.compile(r"[ .,;:!?'\"’”)\]¬~•*|-]*?(?=[ \u00a0]*[\n\r\f\v]|\s{2}|\t)")
_OPENING = re.compile(r"\s+(?=[\"“”'‘(\[]*\Z)")
_ENDS_SENTENCE = re.compile(r"[.!?:;]['\"”’)\]]*\s*\Z")


def rhythm_of(text: str, cuts: list[tuple[int, int]], start: int, end: int) -> Rhythm:
    """Return what the *cuts* through the passage ``text[start:end]`` look like."""
    told = sum(from_line_end_to_line_end(text, cut) for cut in cuts)
    if told == len(cuts):
        return _by_lines(text, cuts, start, end)
    if told or len(cuts) == 1 or not _mid_sentence(text, cuts):
        # Where line ends were kept, a cut without them is the quoter's.
        return Rhythm.NONE
    return Rhythm.PERHAPS if _by_length(cuts, start, end) else Rhythm.NONE


def _by_lines(text: str, cuts: list[tuple[int, int]], start: int, end: int) -> Rhythm:
    """Return whether as many lines stand in every cut, and as many between every two.

    A column that ends before the other leaves fewer lines from there on, and
    where the last one ends the passage goes on alone: a line left out there by
    the quoter would not be seen, so that proves nothing.
    """
    if not _within_sentences(text, cuts) or _opens_each_line(text, start, end):
        return Rhythm.NONE
    theirs = [_lines(text, *cut) for cut in cuts]
    if len(cuts) == 1:
        return Rhythm.PERHAPS if theirs[0] <= _MOST_LINES else Rhythm.NONE
    ours = [_lines(text, one[1], two[0]) for one, two in pairwise(cuts)]
    edges = _lines(text, start, cuts[0][0]), _lines(text, cuts[-1][1], end)
    if min(ours) < max(ours) or not of_lines(cuts):
        return Rhythm.NONE
    if min(theirs) == max(theirs) and max(edges) <= max(ours):
        return Rhythm.LINES
    return Rhythm.PERHAPS if theirs == sorted(theirs, reverse=True) else Rhythm.NONE


def of_lines(cuts: list[tuple[int, int]]) -> bool:
    """Return whether every one of *cuts* is as long as a line, or a block of lines, may be."""
    lengths = [end - start for start, end in cuts]
    return min(lengths) >= _SHORTEST and _NARROW <= max(lengths) <= _LONGEST_BLOCK


def _lines(text: str, start: int, end: int) -> int:
    """Return in how many lines ``text[start:end]`` stands."""
    return sum(1 for line in re.split(r"[\n\r\f\v]+", text[start:end]) if re.search(r"\w", line))


def _by_length(cuts: list[tuple[int, int]], start: int, end: int) -> bool:
    """Return whether cuts, and what stands between them, are as long as lines, or blocks, are."""
    theirs = [two - one for one, two in cuts]
    ours = [two[0] - one[1] for one, two in pairwise(cuts)]
    edges = cuts[0][0] - start, end - cuts[-1][1]
    longest = _LONGEST if len(cuts) < _BLOCKS else _LONGEST_BLOCK
    return (
        _of_one_length(theirs, longest)
        and _of_one_length(ours, longest)
        and (len(cuts) >= _BLOCKS or max(edges) <= _RAGGED_HIGH * median(ours))
    )


def _of_one_length(lengths: list[int], longest: int) -> bool:
    usual = median(lengths)
    odd = sum(not _RAGGED_LOW * usual <= length <= _RAGGED_HIGH * usual for length in lengths)
    return _SHORTEST <= usual <= longest and odd <= len(lengths) // _ODD_ONE_IN


def _within_sentences(text: str, cuts: list[tuple[int, int]]) -> bool:
    """Return whether some cut falls into the middle of a sentence of the passage, and a third of all do."""
    within = sum(not _ENDS_SENTENCE.search(text[max(0, start - 4) : start]) for start, _ in cuts)
    return within >= max(1, _MID_SENTENCE * len(cuts))


def _opens_each_line(text: str, start: int, end: int) -> bool:
    """Return whether lines begin with capitals, as those of verses and of lists do."""
    firsts = [found[1] for found in _LINE_START.finditer(text, start, end)]
    return sum(map(str.isupper, firsts)) > _CAPITALS * len(firsts)


#: More lines than this share begin with capitals in no running text.
_CAPITALS = 0.8
_LINE_START = re.compile(r"[\n\r\f\v]\s*[\"“‘'(\[]*(\w)")


def _mid_sentence(text: str, cuts: list[tuple[int, int]]) -> bool:
    """Return whether most cuts fall into the middle of sentences, of the passage and of the other column.

    Lists, verses and turns of speech alternate line by line as well, but with
    whole sentences or capitals.
    """
    ours = theirs = 0
    for start, end in cuts:
        between = text[start:end]
        ours += text[end].islower() and not _ENDS_SENTENCE.search(text[max(0, start - 4) : start])
        first = next((letter for letter in between if letter.isalnum()), "")
        theirs += first.islower() or first.isdigit() or not _ENDS_SENTENCE.search(between)
    return min(ours, theirs) >= _MID_SENTENCE * len(cuts)


def to_line_ends(words: Words, one: int, two: int) -> tuple[int, int]:
    """Return the cut between words *one* and *two*, moved to line ends where that can be.

    Both columns may have the same word at a line end: either may be ours. A
    word or two of ours beside the cut may have been misread: what lies between
    it and the next line end stays with the passage, where the words will tell.
    """
    for step in (-1, 1):
        first, last = one, two
        while 0 <= first < last < len(words):
            cut = words.ends[first], words.starts[last]
            if from_line_end_to_line_end(words.text, cut):
                return cut
            same = (first, last - 1) if step < 0 else (first + 1, last)
            if words.norms[same[0]] != words.norms[same[1]]:
                break
            first, last = first + step, last + step
    for more in range(1, 2 * _MISREAD + 1):
        for before in range(max(0, more - _MISREAD), min(more, _MISREAD) + 1):
            first, last = one + before, two - more + before
            if last - first <= 1:
                return words.ends[one], words.starts[two]
            cut = words.ends[first], words.starts[last]
            if from_line_end_to_line_end(words.text, cut):
                return cut
    return words.ends[one], words.starts[two]


#: Words on either side of a cut that may be misread words of the passage.
_MISREAD = 2


def from_line_end_to_line_end(text: str, cut: tuple[int, int]) -> bool:
    """Return whether nothing but a line end, or a wide blank, parts the cut from the passage."""
    start, end = cut
    after = _CLOSING.match(text, start, end)
    start += len(after[0]) if after else 0
    before = _OPENING.search(text[start:end])
    if before is None:
        return False
    return _BREAK.match(text, start, end) is not None and _BREAK.match(before[0]) is not None


def ends_a_line(text: str, start: int, end: int) -> bool:
    """Return whether a line ends, or a wide blank stands, in ``text[start:end]``."""
    return _BREAK.search(text, start, end) is not None
