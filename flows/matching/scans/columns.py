"""Recognise columns that a machine read as one, line by line or block by block.

The words of a quotation then stand in order, cut by lines of the other column
or columns. Which stretches those are is found here; whether they are lines of a
column or words that the quoter left out, ``lines`` tells by their rhythm, and
``tearing`` by the state of the page.
"""

import re
from itertools import pairwise

from flows.matching.placing.locating import Run, runs
from flows.matching.scans.crossing import across_lines
from flows.matching.scans.excerpts import Excerpt, excerpt
from flows.matching.scans.lines import (
    Rhythm,
    ends_a_line,
    from_line_end_to_line_end,
    of_lines,
    rhythm_of,
    to_line_ends,
)
from flows.matching.scans.tearing import reads_torn
from flows.matching.words.quotation import Quotation
from flows.matching.words.source import SourceText
from flows.matching.words.wording import NUMBER, Words

#: Letters of a quotation that a line end can cut.
LEAST = 30
#: Words of the quotation times words of the passage: some 0.1 s of work.
MOST_CELLS = 4_000_000
#: Characters of a line of a column, its indents and lost letters included.
_LONGEST = 130
#: The passage with the other column is so much longer, at least and at most.
_STRETCH_LOW, _STRETCH_HIGH = 1.3, 5.0
#: Fewest letters of a run, and the runs that are chained.
_LEAST_RUN, _MOST_RUNS = 7, 200
#: Letters at an end of the quotation that may stand in another line than the rest.
_LEAST_LOST = 3
#: So many letters between two runs take away what one letter of a run gives.
_APART = 32
#: Share of the quotation that must be found in runs before it is looked at closely.
_COVERED = 0.4

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
    place = _passage(quotation, source) if len(quotation.key) >= LEAST else None
    if place is None:
        return None
    words = source.words(*place)
    quoted = _broken_alike(quotation.words, words)
    if len(quoted) * len(words) > MOST_CELLS:
        return None
    line_ends = _line_ends(words)
    pairs = across_lines(quoted, words.norms, line_ends)
    cuts = _cuts(source, words, pairs)
    told = [cut for cut in cuts if from_line_end_to_line_end(source.read, cut)]
    in_part = _ENOUGH <= len(told) < len(cuts)
    if in_part:
        # Where line ends were kept, a cut without them is the quoter's: the words will tell.
        cuts = told
    if not cuts:
        return None
    start, end = words.starts[pairs[0][1]], words.ends[pairs[-1][1]]
    rhythm = Rhythm.PERHAPS if in_part else rhythm_of(source.read, cuts, start, end)
    kept = sum(line_ends) * _LONGEST >= words.ends[-1] - words.starts[0]
    shown = rhythm is not Rhythm.NONE or (
        not kept and of_lines(cuts) and reads_torn(source, cuts, start, end)
    )
    if not shown:
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


def _cuts(source: SourceText, words: Words, pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the stretches between words that answer quoted ones, as long as a line may be."""
    return [
        cut
        for (_, one), (_, two) in pairwise(pairs)
        if two - one > 1
        and (cut := to_line_ends(words, one, two))
        and (two - one > _SHORT_CUT or from_line_end_to_line_end(source.read, cut))
    ]


def _broken_alike(quoted: Words, words: Words) -> list[str]:
    """Return the quoted words, those in two that a column has broken at a line end.

    The rest of a word stands after the other column's line: "Gene-", a line,
    "ral". Set against it in two, a word needs no rule of its own; nor does a
    number that has lost its point or comma.
    """
    text, norms = words.text, set(words.norms)
    broken = {
        words.norms[place]
        for place, end in enumerate(words.ends)
        if text[end : end + 1] in {"-", "¬"} and text[end + 1 : end + 2].isspace()
    }
    parts: list[str] = []
    for place, word in enumerate(quoted.norms):
        if word in norms:
            parts.append(word)
        elif quoted.kinds[place] == NUMBER:
            parts += _POINTS.split(quoted.written(place, place + 1))
        else:
            cut = next(
                (k for k in range(1, len(word)) if word[:k] in broken and word[k:] in norms), None
            )
            parts += [word] if cut is None else [word[:cut], word[cut:]]
    return parts


_POINTS = re.compile(r"[.,:/]")


def _passage(quotation: Quotation, source: SourceText) -> tuple[int, int] | None:
    """Return the stretch of the source in which runs of the quotation stand in order."""
    chain = _chain(runs(quotation.key, source, least=_LEAST_RUN, most=_MOST_RUNS, dense=True))
    size = len(quotation.key)
    if not chain or sum(run.length for run in chain) < _COVERED * size:
        return None
    first, last = chain[0], chain[-1]
    before, after = first.q, size - last.q - last.length
    quoted, found = size - before - after, last.s + last.length - first.s
    cut = found >= _STRETCH_LOW * quoted or max(before, after) >= _LEAST_LOST
    if not cut or found > _STRETCH_HIGH * quoted + _LONGEST:
        return None
    # The first word may stand alone at the end of a line.
    low = max(0, first.s - 3 * before - _LONGEST)
    high = min(len(source.key), last.s + last.length + 3 * after + _LONGEST)
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
            total = best[earlier][0] + fresh - max(0, ahead) // _APART
            if fresh > 0 and -4 <= ahead <= 4 * _LONGEST and total > score:
                score, back = total, earlier
        best.append((score, back))
    if not best:
        return []
    number = max(range(len(best)), key=lambda k: (best[k][0], -k))
    path: list[Run] = []
    while number >= 0:
        path.append(found[number])
        number = best[number][1]
    return path[::-1]


def _line_ends(words: Words) -> list[bool]:
    """Return of each word whether a line ends, or a wide blank stands, before it."""
    edges = zip([0, *words.ends], words.starts, strict=False)
    return [ends_a_line(words.text, end, start) for end, start in edges]
