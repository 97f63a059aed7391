"""Find the pieces of a quotation that was cut: with a mark of omission, or without.

Marked pieces are placed so that they stand in order and as near to each other
as can be; a piece of one common word is looked for beside its neighbours, never
anywhere. Unmarked joints are found from the longest runs of characters that
quotation and source share.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from flows.matching.edits.judgement import Judgement
from flows.matching.judging import judge
from flows.matching.placing.locating import Run, approximate_places, exact_places, runs
from flows.matching.words.quotation import Piece, Quotation
from flows.matching.words.source import SourceText
from flows.matching.words.wording import Words, inside_word

#: Places of one piece that are weighed against each other.
MOST_CHOICES = 60
#: A piece with a shorter key is looked for only near its neighbours.
SHORT_KEY = 10
_NEAR = 3000
#: Runs on diagonals closer than this belong to one place.
_DRIFT = 12
#: Fewest characters of the key that a piece without a mark may have: shorter
#: ones are found anywhere by chance.
LEAST_PIECE = 14
#: Characters that a run must add to what is covered already.
_LEAST_FRESH = 8
#: What one more joint must gain, in characters, to be believed.
_JOINT = 12


@dataclass(slots=True)
class Choice:
    """A place a piece may have, in the source's key."""

    start: int
    end: int
    distance: int


def place_pieces(
    quotation: Quotation, pieces: list[Piece], source: SourceText
) -> Iterator[Judgement | None]:
    """Yield a judgement for each of the *pieces*, ``None`` where one is not found."""
    keys = [quotation.key_of(piece) for piece in pieces]
    choices: list[list[Choice]] = [[] for _ in pieces]
    for place, key in enumerate(keys):
        if len(key) >= SHORT_KEY:
            choices[place] = _choices(key, source)
    anchors = [choice for found in choices for choice in found]
    for place, key in enumerate(keys):
        if len(key) < SHORT_KEY:
            choices[place] = _near(key, source, anchors)
    chosen = _chain(choices)
    offsets = source.folded.offsets
    for piece, choice in zip(pieces, chosen, strict=True):
        if choice is None:
            yield None
            continue
        start, end = int(offsets[choice.start]), int(offsets[choice.end - 1]) + 1
        yield judge(quotation, piece, source, start, end, exact=choice.distance == 0)


def _choices(key: bytes, source: SourceText) -> list[Choice]:
    exact = exact_places(key, source)
    clean = [place for place in exact if is_clean(source, place, place + len(key))]
    found = [Choice(place, place + len(key), 0) for place in (clean or exact)[:MOST_CHOICES]]
    if not found:
        limit = int(len(key) * 0.45)
        found = [
            Choice(place.start, place.end, place.distance)
            for place in approximate_places(key, source, limit)[:MOST_CHOICES]
            if place.end > place.start
        ]
    return found


def is_clean(source: SourceText, start: int, end: int) -> bool:
    """Return whether a stretch of the key begins and ends where words do."""
    text, offsets = source.read, source.folded.offsets
    first, last = int(offsets[start]), int(offsets[end - 1]) + 1
    return not (
        (first and text[first - 1].isalnum() and inside_word(text, first))
        or (last < len(text) and text[last].isalnum() and inside_word(text, last))
    )


def _near(key: bytes, source: SourceText, anchors: list[Choice]) -> list[Choice]:
    if not anchors:
        anchors = [Choice(0, len(source.key), 0)]
    found: dict[int, Choice] = {}
    for anchor in anchors[:MOST_CHOICES]:
        low, high = max(0, anchor.start - _NEAR), min(len(source.key), anchor.end + _NEAR)
        places = [
            p for p in exact_places(key, source, low, high) if is_clean(source, p, p + len(key))
        ]
        for place in places[:MOST_CHOICES]:
            found[place] = Choice(place, place + len(key), 0)
    return [found[place] for place in sorted(found)][: 4 * MOST_CHOICES]


def _chain(choices: list[list[Choice]]) -> list[Choice | None]:
    """Choose one place for each piece: near each other, in order if that can be."""
    best: list[dict[int, tuple[float, int]]] = []
    previous: list[Choice] = []
    for found in choices:
        layer: dict[int, tuple[float, int]] = {}
        for number, choice in enumerate(found):
            own = choice.distance / 10
            if not previous:
                layer[number] = (own + choice.start * 1e-9, -1)
                continue
            before = best[-1]
            layer[number] = min(
                (before[k][0] + own + _cost(previous[k], choice), k) for k in range(len(previous))
            )
        if found:
            best.append(layer)
            previous = found
    result: list[Choice | None] = [None] * len(choices)
    filled = [place for place, found in enumerate(choices) if found]
    if not filled:
        return result
    number = min(best[-1], key=lambda k: (best[-1][k][0], k))
    for layer_number in range(len(filled) - 1, -1, -1):
        result[filled[layer_number]] = choices[filled[layer_number]][number]
        number = best[layer_number][number][1]
    return result


def _cost(one: Choice, two: Choice) -> float:
    gap = two.start - one.end
    if gap < 0:
        return 20.0 + min(-gap, 200_000) / 10_000
    return min(gap, 200_000) / 10_000


def split_unmarked(quotation: Quotation, source: SourceText) -> list[Piece]:
    """Return the pieces of which a quotation without marks is joined, one if it is whole.

    The quotation is covered, from left to right, by runs of shared characters;
    a change of diagonal is a joint, if enough stands on either side of it.
    """
    key = quotation.key
    shared = runs(key, source)
    if not shared:
        return []
    joints = _cover(shared)
    if len(joints) < 2:
        return []
    words = quotation.words
    offsets = quotation.folded.offsets
    pieces: list[Piece] = []
    first = 0
    for (_, end), (start, _) in pairwise(joints):
        last = _joint_word(words, int(offsets[min(end, len(offsets) - 1)]), int(offsets[start]))
        if last <= first:
            return []
        pieces.append(Piece(first, last))
        first = last
    if first >= len(words):
        return []
    pieces.append(Piece(first, len(words)))
    return pieces


def _cover(shared: list[Run]) -> list[tuple[int, int]]:
    """Return the stretches of the quotation's key, each from one place of the source."""
    starts = np.array([run.q for run in shared])
    ends = np.array([run.q + run.length for run in shared])
    diagonals = np.array([run.s - run.q for run in shared])
    scores = np.zeros(len(shared), dtype=np.int64)
    backs: list[int] = []
    for number, run in enumerate(shared):
        score, back = run.length - _JOINT, -1
        if number:
            before = ends[:number]
            fresh = ends[number] - np.maximum(run.q, before)
            gap = np.maximum(0, starts[number] - before)
            apart = np.abs(diagonals[number] - diagonals[:number]) > _DRIFT + gap
            totals = scores[:number] + fresh - _JOINT * apart
            totals[fresh < _LEAST_FRESH] = -1
            earlier = int(totals.argmax())
            if totals[earlier] > score:
                score, back = int(totals[earlier]), earlier
        scores[number] = score
        backs.append(back)
    number = int(scores.argmax())
    path: list[Run] = []
    while number >= 0:
        path.append(shared[number])
        number = backs[number]
    path.reverse()
    stretches: list[list[int]] = []
    last: Run | None = None
    for run in path:
        end = run.q + run.length
        gap = max(0, run.q - (last.q + last.length)) if last else 0
        if last and abs((run.s - run.q) - (last.s - last.q)) <= _DRIFT + gap:
            stretches[-1][1] = end
        else:
            stretches.append([run.q, end])
        last = run
    return [(start, end) for start, end in stretches if end - start >= LEAST_PIECE]


def _joint_word(words: Words, low: int, high: int) -> int:
    """Return the word at which the next piece begins.

    Both pieces may go on, letter for letter, beyond the joint; between the two
    limits the end of a sentence is the likeliest joint, else the middle.
    """
    low, high = min(low, high), max(low, high)
    middle = (low + high) / 2

    def distance(place: int) -> float:
        return abs((words.ends[place - 1] + words.starts[place]) / 2 - middle)

    first = bisect_left(words.ends, low - 1) + 1
    last = min(bisect_right(words.starts, high + 1), len(words))
    closed = [
        place
        for place in range(max(first, 1), last)
        if any(
            mark in words.text[words.ends[place - 1] : words.starts[place]] for mark in ".!?;:\n"
        )
    ]
    if closed:
        return min(closed, key=distance)
    after = min(max(bisect_left(words.starts, middle), 1), len(words) - 1)
    return min(
        (place for place in range(after - 1, after + 2) if 0 < place < len(words)),
        key=distance,
        default=0,
    )
