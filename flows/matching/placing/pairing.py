"""Pair the words of a block in which none are equal in place.

The cheapest way through the block: a word against a word, the more alike the
cheaper; a word alone; up to four words against one that was glued or split.
"""

from itertools import pairwise

from rapidfuzz.distance import Levenshtein

from flows.matching.values.negation import expanded
from flows.matching.words.effort import spend

#: Words ``q0:q1`` of the quotation, and the words ``s0:s1`` of the source that answer them.
Step = tuple[int, int, int, int]

_POINTS = str.maketrans("", "", ".,:/")
_MARKS = str.maketrans("", "", ".,:/~'")
#: Letters that the first words of a block have together, at least and at most.
Lengths = tuple[list[int], list[int]]
#: Words glued or split differ in no more letters; a contraction hides no more.
_UNEQUAL, _CONTRACTED = 2, 4

#: Steps of work for one pair of words.
_STEPS_A_PAIR = 5
#: Of a quotation of more words, blocks too large to be paired are divided by their letters.
LONG = 600
#: Loose letters are at most this long.
LOOSE = 3
#: Letters in which words divided otherwise come to the same end.
_FARTHEST = 120
#: Cost of a word split or glued whose letters all agree.
_EXACT = 0.1
#: Cost of a word read in pieces, a letter worn off between each two.
_WORN = 0.2
#: What it costs more to join a letter that stands alone, and is as likely a word lost or put in.
_LONE = 0.3


def paired(
    quoted: list[str],
    found: list[str],
    block: Step,
    *,
    noisy: bool,
    lead: bool,
    trail: bool,
    largest: int,
) -> list[Step]:
    """Return the steps through *block*, whole if it has more than *largest* pairs of words.

    With *lead*, source words before the first quoted word cost nothing, with
    *trail* those after the last. *noisy* lets words merely alike be glued or split.
    """
    q0, q1, s0, s1 = block
    if q0 == q1 or s0 == s1:
        return [block]
    if lead:
        s0 = max(s0, s1 - 2 * (q1 - q0) - 2)
    if trail:
        s1 = min(s1, s0 + 2 * (q1 - q0) + 2)
    rows, columns = q1 - q0, s1 - s0
    if rows == columns == 1:
        return [(q0, q1, s0, s1)]
    if rows * columns > largest:
        whole = (q0, q1, s0, s1)
        return [whole] if len(quoted) <= LONG else _by_letters(quoted, found, whole)
    spend(_STEPS_A_PAIR * rows * columns)
    costs = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    moves: list[list[tuple[int, int]]] = [[(0, 0)] * (columns + 1) for _ in range(rows + 1)]
    lengths = _lengths(quoted[q0:q1]), _lengths(found[s0:s1])
    for i in range(rows + 1):
        for j in range(columns + 1):
            if i or j:
                costs[i][j], moves[i][j] = _best_move(
                    quoted,
                    found,
                    (q0, s0, i, j),
                    costs,
                    lengths,
                    noisy=noisy,
                    free=(lead and i == 0) or (trail and i == rows),
                    edge=lead or trail,
                )
    steps: list[Step] = []
    i, j = rows, columns
    while i or j:
        down, across = moves[i][j]
        steps.append((q0 + i - down, q0 + i, s0 + j - across, s0 + j))
        i, j = i - down, j - across
    return steps[::-1]


def _by_letters(quoted: list[str], found: list[str], block: Step) -> list[Step]:
    """Return the steps of words at either end of *block* whose letters agree, and of the rest as one."""
    q0, q1, s0, s1 = block
    before = _same_letters(quoted[q0:q1], found[s0:s1])
    q, s = before[-1] if before else (0, 0)
    after = _same_letters(quoted[q0 + q : q1][::-1], found[s0 + s : s1][::-1], backwards=True)
    steps = [
        (q0 + one[0], q0 + two[0], s0 + one[1], s0 + two[1])
        for one, two in pairwise([(0, 0), *before])
    ]
    last = [(q1 - down, s1 - across) for down, across in [(0, 0), *after]][::-1]
    if (q0 + q, s0 + s) != last[0]:
        steps.append((q0 + q, last[0][0], s0 + s, last[0][1]))
    return steps + [(one[0], two[0], one[1], two[1]) for one, two in pairwise(last)]


def _same_letters(
    quoted: list[str], found: list[str], *, backwards: bool = False
) -> list[tuple[int, int]]:
    """Return after how many words of either side the letters so far are the same, if divided otherwise."""
    ends: list[tuple[int, int]] = []
    i = j = 0
    ours = theirs = ""
    while max(len(ours), len(theirs)) <= _FARTHEST:
        if len(ours) <= len(theirs) and i < len(quoted):
            ours, i = (quoted[i] + ours if backwards else ours + quoted[i]), i + 1
        elif len(theirs) <= len(ours) and j < len(found):
            theirs, j = (found[j] + theirs if backwards else theirs + found[j]), j + 1
        else:
            return ends
        if ours == theirs:
            ends.append((i, j))
            ours = theirs = ""
        elif not (
            (ours.endswith(theirs) or theirs.endswith(ours))
            if backwards
            else (ours.startswith(theirs) or theirs.startswith(ours))
        ):
            return ends
    return ends


def _best_move(
    quoted: list[str],
    found: list[str],
    at: tuple[int, int, int, int],
    costs: list[list[float]],
    lengths: tuple[Lengths, Lengths],
    *,
    noisy: bool,
    free: bool,
    edge: bool,
) -> tuple[float, tuple[int, int]]:
    q0, s0, i, j = at
    (q_least, q_most), (s_least, s_most) = lengths
    best = 1e9
    move = (0, 0)
    if i and j:
        best = costs[i - 1][j - 1] + _unlike(quoted[q0 + i - 1], found[s0 + j - 1]) * (
            0.75 if edge else 1
        )
        move = (1, 1)
    lonely = 1.3 if edge else 1
    if i and costs[i - 1][j] + lonely < best:
        best, move = costs[i - 1][j] + lonely, (1, 0)
    skip = 0.0 if free else 1.0
    if noisy and j and not free:
        # Stamps and loose letters stand anywhere in noisy text.
        skip = 0.3 if len(found[s0 + j - 1]) <= LOOSE else 0.6
    if j and costs[i][j - 1] + skip < best:
        best, move = costs[i][j - 1] + skip, (0, 1)
    for down, across in ((1, 2), (2, 1), (1, 3), (3, 1), (1, 4), (4, 1)):
        # Nothing costs less than an exact joint, and most would not do even then.
        if (
            down <= i
            and across <= j
            and costs[i - down][j - across] + _EXACT < best
            and q_least[i] - q_least[i - down] <= s_most[j] - s_most[j - across] + _UNEQUAL
            and s_least[j] - s_least[j - across] <= q_most[i] - q_most[i - down] + _UNEQUAL
        ):
            cost = _joint(
                quoted[q0 + i - down : q0 + i], found[s0 + j - across : s0 + j], noisy=noisy
            )
            if costs[i - down][j - across] + cost < best:
                best, move = costs[i - down][j - across] + cost, (down, across)
    return best, move


def worn_at_blanks(word: str, pieces: list[str]) -> bool:
    """Return whether *pieces* make *word*, each blank between them standing for one letter of it.

    >>> worn_at_blanks("again", ["aga", "n"]), worn_at_blanks("again", ["a", "gain"])
    (True, False)
    """
    if len(word) != sum(map(len, pieces)) + len(pieces) - 1:
        return False
    at = 0
    for piece in pieces:
        if not word.startswith(piece, at):
            return False
        at += len(piece) + 1
    return True


def _lengths(words: list[str]) -> Lengths:
    """Return how many letters the first words have together, at least and at most.

    What may be lost counts at most only; a contraction is as long as what it stands for.
    """
    least, most = [0], [0]
    for word in words:
        marks = len(word) - len(word.translate(_MARKS))
        least.append(least[-1] + len(word) - marks)
        most.append(most[-1] + len(word) + (_CONTRACTED if "'" in word else 0))
    return least, most


def _unlike(first: str, second: str) -> float:
    if first == second:
        return 0.0
    mixed = 0.2 if first[:1].isdigit() != second[:1].isdigit() else 0.0
    return 1.6 - 1.2 * Levenshtein.normalized_similarity(first, second) + mixed


def _joint(quoted: list[str], found: list[str], *, noisy: bool) -> float:
    """Return what it costs to take several words on one side for one on the other."""
    first, second = "".join(quoted), "".join(found)
    if "'" in first + second and expanded(quoted) == expanded(found):
        return _EXACT
    if noisy and len(quoted) == 1 and worn_at_blanks(first, found):
        return _WORN
    cost = _glued(first, second, noisy=noisy)
    if cost > _EXACT and 1 in map(len, (quoted[0], quoted[-1], found[0], found[-1])):
        cost += _LONE
    return cost


def _glued(first: str, second: str, *, noisy: bool) -> float:
    if first.replace("'", "") == second.replace("~", "").replace("'", "") or (
        first[0].isdigit() and first.translate(_POINTS) == second
    ):
        return _EXACT
    if not noisy or abs(len(first) - len(second)) > _UNEQUAL:
        return 9.0
    alike = Levenshtein.normalized_similarity(first, second)
    return 0.5 + 2.4 * (1 - alike) if alike >= 0.7 else 9.0
