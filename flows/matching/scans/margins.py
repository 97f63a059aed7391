"""Take out notes in the margin, read between the lines of a passage.

Running text fills its lines: a line much shorter than its neighbours ends a
paragraph. One that does not, between two lines that make one sentence, was
written beside them. It may also be a word put in by hand, so nothing is said
for the quotation.
"""

import re
from statistics import median

from flows.matching.scans.excerpts import Excerpt, excerpt
from flows.matching.words.source import SourceText
from flows.records import Comparison

#: Characters beside a place that show how long its lines are.
_AROUND = 300
#: A longer passage has no rhythm of lines to speak of.
_LONGEST = 20_000
#: Characters of the usual line of a page, at least; a note has at most so much of it.
_SHORTEST, _NOTE = 24, 0.55
_LINE = re.compile(r"[^\n]*\n?")
_ENDED = re.compile(r"[.!?:;][\"'”’)\]]*\s*\Z")
_REASON = (
    "The words stand there, but for short lines between theirs that seem to be notes in the "
    "margin; whether they belong to the text cannot be told."
)


def without_margin(source: SourceText, found: Comparison) -> Excerpt | None:
    """Return the passage around the place that was *found*, without notes in the margin, ``None`` if it has none."""
    if not found.matches or "\n" not in source.read:
        return None
    low = max(0, min(match.start for match in found.matches) - _AROUND)
    high = min(len(source.read), max(match.end for match in found.matches) + _AROUND)
    if high - low > _LONGEST:
        return None
    notes = _notes(source.read, low, high)
    if not notes:
        return None
    return excerpt(
        source, notes, low, high, confirmed=False, reason=_REASON, warning="notes_in_margin"
    )


def _notes(text: str, low: int, high: int) -> list[tuple[int, int]]:
    """Return the lines of ``text[low:high]`` that stand beside the running text."""
    lines = [found.span() for found in _LINE.finditer(text, low, high) if found[0].strip()]
    sizes = [len(text[start:end].strip()) for start, end in lines]
    usual = median(sizes) if sizes else 0
    full = [size for size in sizes if size > _NOTE * usual]
    usual = median(full) if full else 0
    if usual < _SHORTEST:
        return []
    notes: list[tuple[int, int]] = []
    for place in range(1, len(lines) - 1):
        start, end = lines[place]
        before = text[slice(*lines[place - 1])]
        after = text[slice(*lines[place + 1])].lstrip(" \"'“‘(")
        if (
            sizes[place] <= _NOTE * usual
            and not _ENDED.search(text[start:end])
            and not _ENDED.search(before)
            and sizes[place - 1] > _NOTE * usual
            and (after[:1].islower() or before.rstrip()[-1:].islower())
        ):
            notes.append((start, end))
    return notes
