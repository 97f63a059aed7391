"""Take out what a scan has between two lines of a passage: heads of pages, and lines read twice.

Words beside a difference are looked at one by one elsewhere (``furniture``). A
head of several lines, or a line read twice, pushes the words of a passage so
far apart that they are no longer found together.
"""

from flows.matching.scans.excerpts import Excerpt, excerpt
from flows.matching.scans.furniture import pieces_of_furniture
from flows.matching.words.quotation import Quotation
from flows.matching.words.source import SourceText
from flows.matching.words.wording import read_words
from flows.records import Comparison

#: Characters beside a place that are kept with it: a head is at most so long.
_AROUND = 700
#: A longer stretch is no passage with something between its lines.
_LONGEST = 20_000
#: Fewest and most words, and fewest letters, of a line that is taken to be read twice.
_LEAST_WORDS, _MOST_WORDS, _LEAST_LETTERS = 5, 25, 24

_REASON = (
    "The words stand there, cut by what stands at the head of a page, or by a line that was "
    "read twice."
)


def without_page_heads(
    quotation: Quotation, source: SourceText, found: Comparison
) -> Excerpt | None:
    """Return the passage around the place that was *found*, without heads of pages, ``None`` if it has none."""
    if not found.matches:
        return None
    start = min(match.start for match in found.matches)
    end = max(match.end for match in found.matches)
    # What was mended is shorter than what was given: the offsets of the read text are no larger.
    low = max(0, start - _AROUND - len(quotation.read))
    high = min(len(source.read), end + _AROUND + len(quotation.read))
    if high - low > _LONGEST:
        return None
    cuts = _merged(pieces_of_furniture(source.read, low, high) + _read_twice(source, low, high))
    if not cuts:
        return None
    return excerpt(source, cuts, low, high, confirmed=True, reason=_REASON)


def _read_twice(source: SourceText, low: int, high: int) -> list[tuple[int, int]]:
    """Return the stretches of words that merely repeat those before them."""
    words = read_words(source.read, low, high)
    norms = words.norms
    found: list[tuple[int, int]] = []
    place = 0
    while place < len(norms):
        size = _repeated(norms, place)
        if size:
            found.append((words.ends[place + size - 1], words.ends[place + 2 * size - 1]))
        place += size or 1
    return found


def _repeated(norms: list[str], place: int) -> int:
    """Return how many words from *place* on stand there twice, the longest such stretch."""
    first = norms[place]
    if first not in norms[place + _LEAST_WORDS : place + _MOST_WORDS + 1]:
        return 0
    for size in range(min(_MOST_WORDS, len(norms) - place - 1), _LEAST_WORDS - 1, -1):
        if norms[place + size] != first:
            continue
        again = norms[place + size : place + 2 * size]
        if norms[place : place + size] == again and sum(map(len, again)) >= _LEAST_LETTERS:
            return size
    return 0


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged
