"""Recognise two columns that a machine read as one, line by line.

The words of a quotation then stand in order, cut by lines of the other column:
stretches of about one length, parted by stretches of about one length, each
from one line end to the next and none at the end of a sentence. Words that a
quoter left out have no such rhythm; where line ends are lost, nothing tells a
word left out beside a cut from one of the other column, and then nothing is
said for the quotation.
"""

import re
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from rapidfuzz.distance import Levenshtein

from flows.matching.locating import Run, runs
from flows.matching.quotation import Quotation
from flows.matching.reading import Reading
from flows.matching.source import SourceText
from flows.matching.wording import Words
from flows.records import Comparison, Edit, EditKind, Severity

#: Letters of a quotation that two line ends can cut.
LEAST = 50
#: Words of the quotation times words of the passage: some 0.2 s of work.
MOST_CELLS = 120_000
#: Cuts that show a rhythm.
FEWEST = 2
#: Characters of a line of a column, its indents and lost letters included.
_SHORTEST, _LONGEST = 14, 130
#: How far lines of one column are from their median: they are ragged, and a
#: misread word at an end is taken for the other column's.
_RAGGED_LOW, _RAGGED_HIGH = 0.5, 1.6
#: Share of cuts that must fall into the middle of a sentence, on either side.
_OURS_MID_SENTENCE, _THEIRS_MID_SENTENCE = 0.5, 0.34
#: The passage with the other column is so much longer, at least and at most.
_STRETCH_LOW, _STRETCH_HIGH = 1.3, 4.0
#: Share of the quotation that must be found in runs before it is looked at closely.
_COVERED = 0.4

# Costs of the alignment: a word read otherwise, another word, a word lost on
# either side, the other column begun.
_MISREAD, _OTHER, _MISSING, _EXTRA, _CUT = 0.3, 1.4, 1.6, 0.6, 1.2
_ALIKE = 0.6
#: A shorter stretch is a stamp or a word left out: the words will tell.
_SHORT_CUT = 3

#: Words on either side that are kept with the passage.
_AROUND = 3

_BREAK = re.compile(r"[ \u00a0]*[\n\r\f\v]\s*|\s{2,}|\t\s*")
_ENDS_SENTENCE = re.compile(r"[.!?:;]['\"”’)\]]*\s*\Z")


@dataclass(frozen=True, slots=True)
class Columns:
    """A passage without the other column.

    ``confirmed`` says that every cut runs from line end to line end.
    """

    whole: SourceText
    source: SourceText
    cuts: tuple[tuple[int, int], ...]
    confirmed: bool

    def edits(self, quotation: Quotation, passage: Comparison) -> list[Edit]:
        """Return the other column's lines, as misreadings of the page."""
        words, given = quotation.words, self.whole.reading
        if not passage.matches:
            return []
        start, end = passage.matches[0].start, passage.matches[-1].end
        found: list[Edit] = []
        for one, two in self.cuts:
            first, last = given.given(one), given.given_end(two)
            text = self.whole.text[first:last]
            first += len(text) - len(text.lstrip())
            if start <= first < end:
                at = quotation.reading.given(words.starts[0])
                found.append(
                    Edit(
                        kind=EditKind.OCR,
                        quoted="",
                        source=text.strip(),
                        severity=Severity.NONE,
                        quoted_start=at,
                        quoted_end=at,
                        source_start=first,
                        source_end=first + len(text.strip()),
                    )
                )
        return found


def without_other_column(  # noqa: PLR0911  each test of the rhythm has its own way out
    quotation: Quotation, source: SourceText
) -> Columns | None:
    """Return the passage that holds the quotation cut up by another column, ``None`` if none does."""
    if len(quotation.key) < LEAST:
        return None
    place = _passage(quotation, source)
    if place is None:
        return None
    words = source.words(*place)
    quoted = quotation.words.norms
    if len(quoted) * len(words) > MOST_CELLS:
        return None
    pairs = _aligned(quoted, words.norms)
    cuts = [
        _to_breaks(words, one, two)
        for (_, one), (_, two) in pairwise(pairs)
        if two - one > _SHORT_CUT
    ]
    if len(cuts) < FEWEST:
        return None
    start, end = words.starts[pairs[0][1]], words.ends[pairs[-1][1]]
    if not _is_regular(cuts, start, end) or not _mid_sentence(source.read, cuts):
        return None
    confirmed = sum(_from_break_to_break(source.read, cut) for cut in cuts)
    if 0 < confirmed < len(cuts):
        # Where line ends were kept, a cut without them is the quoter's.
        return None
    # A "not" just before or after the passage must be seen.
    low = words.starts[max(0, pairs[0][1] - _AROUND)]
    high = words.ends[min(len(words) - 1, pairs[-1][1] + _AROUND)]
    return Columns(source, _spliced_out(source, cuts, low, high), tuple(cuts), bool(confirmed))


def _passage(quotation: Quotation, source: SourceText) -> tuple[int, int] | None:
    """Return the stretch of the source in which runs of the quotation stand in order."""
    chain = _chain(runs(quotation.key, source, least=8))
    size = len(quotation.key)
    if not chain or sum(run.length for run in chain) < _COVERED * size:
        return None
    first, last = chain[0], chain[-1]
    quoted = last.q + last.length - first.q
    found = last.s + last.length - first.s
    if not _STRETCH_LOW * quoted <= found <= _STRETCH_HIGH * quoted:
        return None
    # The first word may stand alone at the end of a line.
    low = max(0, first.s - 3 * first.q - _LONGEST)
    high = min(len(source.key), last.s + last.length + 3 * (size - last.q - last.length) + _LONGEST)
    offsets = source.folded.offsets
    return int(offsets[low]), int(offsets[high - 1]) + 1


def _chain(found: list[Run]) -> list[Run]:
    """Return the runs that cover most of the quotation, in order on both sides."""
    best: list[tuple[int, int]] = []
    for number, run in enumerate(found):
        score, back = run.length, -1
        for earlier in range(number):
            other = found[earlier]
            fresh = run.q + run.length - max(run.q, other.q + other.length)
            ahead = run.s - other.s - other.length
            if fresh > 0 and -4 <= ahead <= 4 * _LONGEST and best[earlier][0] + fresh > score:
                score, back = best[earlier][0] + fresh, earlier
        best.append((score, back))
    if not best:
        return []
    number = max(range(len(best)), key=lambda k: (best[k][0], -k))
    path: list[Run] = []
    while number >= 0:
        path.append(found[number])
        number = best[number][1]
    return path[::-1]


def _aligned(quoted: list[str], found: list[str]) -> list[tuple[int, int]]:
    """Return which word answers which, where whole lines between words cost as much as one."""
    rows, columns = len(quoted), len(found)
    far = 1e9
    # After a pair or a lost word; within a cut. The passage begins and ends anywhere.
    on = [[0.0] * (columns + 1)]
    cut = [[far] * (columns + 1)]
    moves: list[list[int]] = [[0] * (columns + 1)]
    opened: list[list[int]] = [[0] * (columns + 1)]
    for i in range(1, rows + 1):
        above, above_cut = on[-1], cut[-1]
        row, row_cut, row_moves, row_opened = [far], [far], [0], [0]
        row[0] = above[0] + _MISSING
        for j in range(1, columns + 1):
            cost = _unlike(quoted[i - 1], found[j - 1])
            best, move = above[j - 1] + cost, 1
            if above_cut[j - 1] + cost < best:
                best, move = above_cut[j - 1] + cost, 2
            if above[j] + _MISSING < best:
                best, move = above[j] + _MISSING, 3
            if row[j - 1] + _EXTRA < best:
                best, move = row[j - 1] + _EXTRA, 4
            row.append(best)
            row_moves.append(move)
            fresh = row[j - 1] + _CUT
            row_cut.append(min(fresh, row_cut[j - 1]))
            row_opened.append(int(fresh <= row_cut[j - 1]))
        on.append(row)
        cut.append(row_cut)
        moves.append(row_moves)
        opened.append(row_opened)
    return _traced(quoted, found, on, moves, opened)


def _traced(
    quoted: list[str],
    found: list[str],
    on: list[list[float]],
    moves: list[list[int]],
    opened: list[list[int]],
) -> list[tuple[int, int]]:
    i = len(quoted)
    j = min(range(len(found) + 1), key=lambda column: (on[i][column], column))
    pairs: list[tuple[int, int]] = []
    while i and j:
        move = moves[i][j]
        if move in {1, 2}:
            if _unlike(quoted[i - 1], found[j - 1]) < _OTHER:
                pairs.append((i - 1, j - 1))
            i, j = i - 1, j - 1
            if move == 2:
                while not opened[i][j]:
                    j -= 1
                j -= 1
        elif move == 3:
            i -= 1
        else:
            j -= 1
    return pairs[::-1]


def _unlike(first: str, second: str) -> float:
    if first == second:
        return 0.0
    return _MISREAD if Levenshtein.normalized_similarity(first, second) >= _ALIKE else _OTHER


def _to_breaks(words: Words, one: int, two: int) -> tuple[int, int]:
    """Return the cut between words *one* and *two*, slid to line ends where the words allow it.

    Both columns may have the same word at a line end: either may be ours.
    """
    for step in (-1, 1):
        first, last = one, two
        while 0 <= first < last < len(words):
            cut = words.ends[first], words.starts[last]
            if _from_break_to_break(words.text, cut):
                return cut
            same = (first, last - 1) if step < 0 else (first + 1, last)
            if words.norms[same[0]] != words.norms[same[1]]:
                break
            first, last = first + step, last + step
    return words.ends[one], words.starts[two]


def _is_regular(cuts: list[tuple[int, int]], start: int, end: int) -> bool:
    """Return whether cuts, and what stands between them, are lines of two columns."""
    theirs = [two - one for one, two in cuts]
    ours = [two[0] - one[1] for one, two in pairwise(cuts)]
    edges = cuts[0][0] - start, end - cuts[-1][1]
    return (
        _of_one_length(theirs)
        and _of_one_length(ours)
        and max(edges) <= _RAGGED_HIGH * median(ours)
    )


def _of_one_length(lengths: list[int]) -> bool:
    usual = median(lengths)
    return _SHORTEST <= usual <= _LONGEST and all(
        _RAGGED_LOW * usual <= length <= _RAGGED_HIGH * usual for length in lengths
    )


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
        theirs += first.islower() or first.isdigit()
    return ours >= _OURS_MID_SENTENCE * len(cuts) and theirs >= _THEIRS_MID_SENTENCE * len(cuts)


def _from_break_to_break(text: str, cut: tuple[int, int]) -> bool:
    """Return whether nothing but a line end, or a wide blank, parts the cut from the passage."""
    start, end = cut
    after = re.match(r"[.,;:!?'\"’”)\]]*", text[start:end])
    start += after.end() if after else 0
    before = re.search(r"\s+(?=[\"“”'‘(\[]*\Z)", text[start:end])
    if before is None:
        return False
    return _BREAK.match(text, start, end) is not None and _BREAK.match(before[0]) is not None


def _spliced_out(
    source: SourceText, cuts: list[tuple[int, int]], low: int, high: int
) -> SourceText:
    """Return the passage as a source of its own whose offsets lead back into *source*."""
    pieces: list[str] = []
    breaks: list[int] = []
    shifts: list[int] = []
    length = 0
    edges = [low, *(edge for cut in cuts for edge in cut), high]
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        piece = source.read[start:end] + " "
        for place in (start, *(at for at in source.reading.breaks if start < at < end)):
            breaks.append(length + place - start)
            shifts.append(source.reading.given(place) - breaks[-1])
        pieces.append(piece)
        length += len(piece)
    return source.excerpt(Reading("".join(pieces), tuple(breaks), tuple(shifts)))
