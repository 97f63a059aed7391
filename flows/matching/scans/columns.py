"""Recognise columns that a machine read as one, line by line or block by block.

The words of a quotation then stand in order, cut by lines of the other column
or columns. Which stretches those are is found here, by an alignment in which a
whole line between two words costs no more than one word; whether they are lines
of a column or words that the quoter left out, ``lines`` tells by their rhythm.
"""

from itertools import pairwise

from rapidfuzz.distance import Levenshtein

from flows.matching.placing.locating import Run, runs
from flows.matching.scans.excerpts import Excerpt, excerpt
from flows.matching.scans.lines import Rhythm, from_line_end_to_line_end, rhythm_of, to_line_ends
from flows.matching.words.quotation import Quotation
from flows.matching.words.source import SourceText
from flows.matching.words.wording import Words

#: Letters of a quotation that two line ends can cut.
LEAST = 50
#: Words of the quotation times words of the passage: some 0.2 s of work.
MOST_CELLS = 120_000
#: Characters of a line of a column, its indents and lost letters included.
_LONGEST = 130
#: The passage with the other column is so much longer, at least and at most.
_STRETCH_LOW, _STRETCH_HIGH = 1.3, 5.0
#: Share of the quotation that must be found in runs before it is looked at closely.
_COVERED = 0.4

# Costs of the alignment: a word read otherwise, another word, a word lost on
# either side, the other column begun.
_MISREAD, _OTHER, _MISSING, _EXTRA, _CUT = 0.3, 1.4, 1.6, 0.6, 1.2
_ALIKE = 0.6
#: A shorter stretch is a stamp or a word left out: the words will tell.
_SHORT_CUT = 3

#: Cuts from line end to line end that show that line ends were kept.
_ENOUGH = 2
#: Words on either side that are kept with the passage.
_AROUND = 3

_CONFIRMED = "The words stand there, cut by the lines of another column that were read with them."
_UNCONFIRMED = (
    "The words stand there between words that seem to be another column's; "
    "whether any of the passage was left out cannot be told."
)


def without_other_column(quotation: Quotation, source: SourceText) -> Excerpt | None:
    """Return the passage that holds the quotation cut up by another column, ``None`` if none does."""
    if len(quotation.key) < LEAST:
        return None
    place = _passage(quotation, source)
    if place is None:
        return None
    words = source.words(*place)
    quoted = _broken_alike(quotation.words.norms, words)
    if len(quoted) * len(words) > MOST_CELLS:
        return None
    pairs = _aligned(quoted, words.norms)
    cuts = [
        cut
        for (_, one), (_, two) in pairwise(pairs)
        if two - one > 1
        and (cut := to_line_ends(words, one, two))
        and (two - one > _SHORT_CUT or from_line_end_to_line_end(source.read, cut))
    ]
    told = [cut for cut in cuts if from_line_end_to_line_end(source.read, cut)]
    in_part = _ENOUGH <= len(told) < len(cuts)
    if in_part:
        # Where line ends were kept, a cut without them is the quoter's: the words will tell.
        cuts = told
    if not cuts:
        return None
    start, end = words.starts[pairs[0][1]], words.ends[pairs[-1][1]]
    rhythm = Rhythm.PERHAPS if in_part else rhythm_of(source.read, cuts, start, end)
    if rhythm is Rhythm.NONE:
        return None
    # A "not" just before or after the passage must be seen.
    low = words.starts[max(0, pairs[0][1] - _AROUND)]
    high = words.ends[min(len(words) - 1, pairs[-1][1] + _AROUND)]
    return excerpt(
        source,
        cuts,
        low,
        high,
        confirmed=rhythm is Rhythm.LINES,
        reason=_CONFIRMED if rhythm is Rhythm.LINES else _UNCONFIRMED,
        warning="interleaved_columns",
        blurred=not told,
    )


def _broken_alike(quoted: list[str], words: Words) -> list[str]:
    """Return the quoted words, those in two that a column has broken at a line end.

    The rest of a word stands after the other column's line: "Gene-", a line,
    "ral". Set against it in two, a word needs no rule of its own.
    """
    text, norms = words.text, set(words.norms)
    broken = {
        words.norms[place]
        for place, end in enumerate(words.ends)
        if text[end : end + 1] in {"-", "¬"} and text[end + 1 : end + 2].isspace()
    }
    if not broken:
        return quoted
    parts: list[str] = []
    for word in quoted:
        cut = next(
            (k for k in range(1, len(word)) if word[:k] in broken and word[k:] in norms),
            None,
        )
        parts += [word] if cut is None or word in norms else [word[:cut], word[cut:]]
    return parts


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
