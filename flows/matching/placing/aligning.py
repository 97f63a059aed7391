"""Set the words of a quotation against the words of a source.

The result is a list of steps ``(q0, q1, s0, s1)``: words ``q0:q1`` of the
quotation answer words ``s0:s1`` of the source. Equal words make steps of one
word each; an empty side is an insertion or a deletion; two words against one
are a word split or glued.
"""

from collections.abc import Collection, Container, Iterator

from rapidfuzz.distance import LCSseq, Levenshtein, Postfix, Prefix

from flows.matching.values.negation import expanded

Step = tuple[int, int, int, int]

_POINTS = str.maketrans("", "", ".,:/")
_MARKS = str.maketrans("", "", ".,:/~'")
#: Letters that the first words of a block have together, at least and at most.
Lengths = tuple[list[int], list[int]]
#: Words glued or split differ in no more letters; a contraction hides no more.
_UNEQUAL, _CONTRACTED = 2, 4

#: All blocks of one alignment together: some 0.3 s of work.
MOST_CELLS = 40_000
#: Blocks of differing words beyond this many pairs are not refined.
LARGEST_BLOCK = 6000
#: Loose letters are at most this long.
_LOOSE = 3
#: Cost of a word split or glued whose letters all agree.
_EXACT = 0.1
#: In noisy text fewer equal letters than this hold nothing in place: a lone "to"
#: is as likely the next one.
_SOLID = 6
#: Words at an end of a noisy alignment that a misread nearer one takes the place
#: of, if they stand so many words on.
_FAR_WORDS, _FAR_GAP = 2, 3
_ALIKE = 0.6
#: Two lists of words whose product exceeds this are aligned piece by piece.
LARGEST = 500_000_000


def align(
    quoted: list[str],
    found: list[str],
    *,
    noisy: bool = False,
    lead: bool = True,
    trail: bool = True,
    at: tuple[int, int] = (0, 0),
) -> list[Step]:
    """Return the steps from the words *quoted* to the words *found*.

    With *lead*, source words before the first quoted word belong to no step,
    with *trail* those after the last. *noisy* lets words that are merely alike
    be glued or split. The steps count from *at*.

    >>> align(["the", "allies", "agree"], ["that", "the", "allies", "not", "agree", "to"])
    [(0, 1, 1, 2), (1, 2, 2, 3), (2, 2, 3, 4), (2, 3, 4, 5)]
    """
    if quoted == found:
        return list(_word_by_word(*at, len(quoted)))
    steps = _aligned(quoted, found, noisy=noisy, lead=lead, trail=trail)
    if lead or trail:
        # What the quotation alone has, in any order.
        inserted = dict.fromkeys(
            tuple(sorted(quoted[q0:q1])) for q0, q1, s0, s1 in steps if s0 == s1
        )
        _keep_moved(steps, found, inserted, ends=[0] * lead + [-1] * trail)
        while lead and steps and _is_loose(steps[0], found, inserted):
            steps.pop(0)
        while trail and steps and _is_loose(steps[-1], found, inserted):
            steps.pop()
    if at == (0, 0):
        return steps
    return [(q0 + at[0], q1 + at[0], s0 + at[1], s1 + at[1]) for q0, q1, s0, s1 in steps]


def _word_by_word(q: int, s: int, length: int) -> Iterator[Step]:
    """Return the steps of so many equal words, from *q* and from *s* on."""
    ours, theirs = range(q, q + length), range(s, s + length)
    return zip(
        ours, range(q + 1, q + length + 1), theirs, range(s + 1, s + length + 1), strict=True
    )


def unlike(quoted: list[str], found: list[str]) -> tuple[int, int, int]:
    """Return where the two begin to differ, and where in either the equal end begins.

    >>> unlike(["the", "allies", "agree"], ["the", "allies", "now", "agree"])
    (2, 2, 3)
    """
    first = Prefix.similarity(quoted, found)
    after = Postfix.similarity(quoted[first:], found[first:])
    return first, len(quoted) - after, len(found) - after


def _is_loose(step: Step, found: list[str], inserted: Container[tuple[str, ...]]) -> bool:
    """Return whether a step at an end is nothing but source words beside the passage."""
    return step[0] == step[1] and not _stays(step, found, inserted)


def _aligned(
    quoted: list[str], found: list[str], *, noisy: bool, lead: bool, trail: bool
) -> list[Step]:
    equal = _equal_runs(quoted, found)
    if noisy:
        equal = [run for run in equal if sum(map(len, quoted[run[0] : run[0] + run[2]])) >= _SOLID]
    if lead:
        _tighten_start(equal, quoted, found)
    if trail:
        _tighten_end(equal, quoted, found)
        if noisy:
            _drop_far_end(equal, quoted, found)
    steps: list[Step] = []
    largest = _block_limit(equal, len(quoted), len(found))
    q = s = 0
    for q0, s0, length in equal:
        if q0 > q or s0 > s:
            steps += _refine(
                quoted,
                found,
                (q, q0, s, s0),
                noisy=noisy,
                lead=lead and not steps,
                trail=False,
                largest=largest,
            )
        steps += _word_by_word(q0, s0, length)
        q, s = q0 + length, s0 + length
    if q < len(quoted) or s < len(found):
        steps += _refine(
            quoted,
            found,
            (q, len(quoted), s, len(found)),
            noisy=noisy,
            lead=lead and not steps,
            trail=trail,
            largest=largest,
        )
    return steps


def _drop_far_end(equal: list[list[int]], quoted: list[str], found: list[str]) -> None:
    """Drop the last equal words if they stand far on, and nearer ones were merely misread."""
    while len(equal) > 1:
        (q0, s0, length), (q1, s1, rest) = equal[-2], equal[-1]
        q, s = q0 + length, s0 + length
        if rest > _FAR_WORDS or s1 - s < _FAR_GAP + q1 - q:
            break
        near = found[s + q1 - q : s + q1 - q + _FAR_WORDS + 1]
        if not any(Levenshtein.normalized_similarity(quoted[q1], word) >= _ALIKE for word in near):
            break
        equal.pop()


def _keep_moved(
    steps: list[Step], found: list[str], inserted: Collection[tuple[str, ...]], *, ends: list[int]
) -> None:
    """Cut source words before the first quoted word, and after the last, to those that moved inside."""
    for end in ends:
        if not steps or steps[end][0] != steps[end][1]:
            continue
        q0, q1, s0, s1 = steps[end]
        for length in dict.fromkeys(map(len, inserted)):
            if length <= s1 - s0:
                cut = (q0, q1, s1 - length, s1) if end == 0 else (q0, q1, s0, s0 + length)
                if _stays(cut, found, inserted):
                    steps[end] = cut
                    break


def _stays(lone: Step, found: list[str], inserted: Container[tuple[str, ...]]) -> bool:
    """Return whether source words beside the passage are those that the quotation has inside it."""
    words = sorted(found[lone[2] : lone[3]])
    return len("".join(words)) > _LOOSE and tuple(words) in inserted


def _block_limit(equal: list[list[int]], quoted: int, found: int) -> int:
    """Return the size up to which blocks are refined, so that all of them take bounded time."""
    q = s = cells = 0
    for q0, s0, length in [*equal, [quoted, found, 0]]:
        cells += (q0 - q) * (s0 - s)
        q, s = q0 + length, s0 + length
    return LARGEST_BLOCK if cells <= MOST_CELLS else 16


def _equal_runs(quoted: list[str], found: list[str]) -> list[list[int]]:
    if len(quoted) * len(found) > LARGEST:
        return [[0, 0, _same_start(quoted, found)]]
    first = _same_start(quoted, found)
    last = _same_start(quoted[first:][::-1], found[first:][::-1])
    rows, columns = len(quoted) - last, len(found) - last
    runs = [[0, 0, first]] if first else []
    if first < rows and first < columns:
        runs += [
            [first + op.src_start, first + op.dest_start, op.src_end - op.src_start]
            for op in LCSseq.opcodes(quoted[first:rows], found[first:columns])
            if op.tag == "equal"
        ]
    if last:
        runs.append([rows, columns, last])
    return runs


def _same_start(quoted: list[str], found: list[str]) -> int:
    for length, (first, second) in enumerate(zip(quoted, found, strict=False)):
        if first != second:
            return length
    return min(len(quoted), len(found))


def _tighten_start(equal: list[list[int]], quoted: list[str], found: list[str]) -> None:
    """Slide the first equal words towards the rest, as far as they go.

    A minimal alignment may hang the first "the" on one that stands words
    earlier; nothing is lost by taking the nearest.
    """
    while len(equal) > 1:
        (q0, s0, length), (q1, s1, _) = equal[0], equal[1]
        if q0 + length != q1 or found[s1 - length : s1] != quoted[q0:q1] or s0 + length == s1:
            break
        equal[1][0], equal[1][1], equal[1][2] = q0, s1 - length, equal[1][2] + length
        equal.pop(0)


def _tighten_end(equal: list[list[int]], quoted: list[str], found: list[str]) -> None:
    """Slide the last equal words towards the rest, as far as they go."""
    while len(equal) > 1:
        (q0, s0, length), (q1, s1, rest) = equal[-2], equal[-1]
        end = s0 + length
        if q0 + length != q1 or found[end : end + rest] != quoted[q1 : q1 + rest] or end == s1:
            break
        equal[-2][2] += rest
        equal.pop()


def _refine(
    quoted: list[str],
    found: list[str],
    block: Step,
    *,
    noisy: bool,
    lead: bool,
    trail: bool,
    largest: int,
) -> list[Step]:
    """Pair the words of a block in which none are equal in place."""
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
        return [(q0, q1, s0, s1)]
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
        skip = 0.3 if len(found[s0 + j - 1]) <= _LOOSE else 0.6
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
            first = "".join(quoted[q0 + i - down : q0 + i])
            second = "".join(found[s0 + j - across : s0 + j])
            cost = _glued(first, second, noisy=noisy)
            if "'" in first + second and expanded(quoted[q0 + i - down : q0 + i]) == expanded(
                found[s0 + j - across : s0 + j]
            ):
                cost = _EXACT
            if cost > _EXACT and (len(found[s0 + j - 1]) == 1 or len(found[s0 + j - across]) == 1):
                cost += 0.3
            if costs[i - down][j - across] + cost < best:
                best, move = costs[i - down][j - across] + cost, (down, across)
    return best, move


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


def _glued(first: str, second: str, *, noisy: bool) -> float:
    if first.replace("'", "") == second.replace("~", "").replace("'", "") or (
        first[0].isdigit() and first.translate(_POINTS) == second
    ):
        return _EXACT
    if not noisy or abs(len(first) - len(second)) > _UNEQUAL:
        return 9.0
    alike = Levenshtein.normalized_similarity(first, second)
    return 0.5 + 2.4 * (1 - alike) if alike >= 0.7 else 9.0
