"""Set the words of a quotation against the words of a source.

The result is a list of steps ``(q0, q1, s0, s1)``: words ``q0:q1`` of the
quotation answer words ``s0:s1`` of the source. Equal words make steps of one
word each; an empty side is an insertion or a deletion; two words against one
are a word split or glued.
"""

from bisect import bisect_right
from collections.abc import Collection, Container, Iterator
from itertools import accumulate

from rapidfuzz.distance import LCSseq, Levenshtein, Postfix, Prefix

from flows.matching.placing.milestones import milestones
from flows.matching.placing.pairing import LONG, LOOSE, Step, paired
from flows.matching.words.effort import TooMuchWorkError, spend

#: All blocks of one alignment together: some 0.3 s of work.
MOST_CELLS = 40_000
#: Pairs of words that are compared in one step of work.
_CELLS_A_STEP = 2000
#: Blocks of differing words beyond this many pairs are not refined.
LARGEST_BLOCK = 6000
#: In noisy text fewer equal letters than this hold nothing in place: a lone "to"
#: is as likely the next one.
_SOLID = 6
#: Words at an end of a noisy alignment that a misread nearer one takes the place
#: of, if they stand so many words on.
_FAR_WORDS, _FAR_GAP = 2, 3
_ALIKE = 0.6
#: Equal runs at either end that are slid towards the rest.
_SLIDING = 4
#: Such runs as are left where only a lone word at the end could not be slid.
_LONE = 2
#: A lone equal word at an end that stands so many words out of place is looked for nearer.
_FAR, _NEAR_WORDS = 3, 8
#: Two lists of words whose product exceeds this are divided first: some ten pages' words.
_UNDIVIDED = 4_000_000
#: Two lists that cannot be divided, and whose product exceeds this, are not aligned.
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
        _draw_start(equal, quoted, found)
    if trail:
        _tighten_end(equal, quoted, found)
        _draw_end(equal, quoted, found)
        if noisy:
            _drop_far_end(equal, quoted, found)
    steps: list[Step] = []
    largest = _block_limit(equal, len(quoted), len(found))
    q = s = 0
    for q0, s0, length in equal:
        if q0 > q or s0 > s:
            steps += paired(
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
        steps += paired(
            quoted,
            found,
            (q, len(quoted), s, len(found)),
            noisy=noisy,
            lead=lead and not steps,
            trail=trail,
            largest=largest,
        )
    return steps


def _draw_start(equal: list[list[int]], quoted: list[str], found: list[str]) -> None:
    """Let a lone first equal word give way to one that stands nearer to the rest."""
    if len(equal) > 1 and equal[0][2] == 1:
        (q0, s0, _), (q1, s1, _) = equal[0], equal[1]
        far = abs((s1 - s0) - (q1 - q0))
        if far >= _FAR:
            near = _nearest(quoted[:q1][::-1], found[s0 + 1 : s1][::-1], far)
            if near is not None:
                equal[0][:2] = q1 - 1 - near[0], s1 - 1 - near[1]


def _draw_end(equal: list[list[int]], quoted: list[str], found: list[str]) -> None:
    """Let a lone last equal word give way to one that stands nearer to the rest."""
    if len(equal) > 1 and equal[-1][2] == 1:
        (q0, s0, length), (q1, s1, _) = equal[-2], equal[-1]
        q, s = q0 + length, s0 + length
        far = abs((s1 - s) - (q1 - q))
        if far >= _FAR:
            near = _nearest(quoted[q:], found[s:s1], far)
            if near is not None:
                equal[-1][:2] = q + near[0], s + near[1]


def _nearest(quoted: list[str], found: list[str], far: int) -> tuple[int, int] | None:
    """Return the pair of equal words, among the first ones, whose places differ least, by less than *far*."""
    pairs = (
        (abs(i - j), i, j)
        for j, word in enumerate(found[: _NEAR_WORDS + far])
        for i, other in enumerate(quoted[:_NEAR_WORDS])
        if word == other and abs(i - j) < far
    )
    best = min(pairs, default=None)
    return best[1:] if best else None


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
    return len("".join(words)) > LOOSE and tuple(words) in inserted


def _block_limit(equal: list[list[int]], quoted: int, found: int) -> int:
    """Return the size up to which blocks are refined, so that all of them take bounded time."""
    q = s = 0
    sizes: list[int] = []
    for q0, s0, length in [*equal, [quoted, found, 0]]:
        sizes.append((q0 - q) * (s0 - s))
        q, s = q0 + length, s0 + length
    if sum(sizes) <= MOST_CELLS:
        return LARGEST_BLOCK
    if quoted <= LONG:
        return _SMALL_BLOCK
    sizes.sort()
    fitting = bisect_right(list(accumulate(sizes)), MOST_CELLS)
    return max(_SMALL_BLOCK, min(LARGEST_BLOCK, sizes[fitting - 1] if fitting else 0))


#: Blocks up to this many pairs are refined always.
_SMALL_BLOCK = 16


def _equal_runs(quoted: list[str], found: list[str]) -> list[list[int]]:
    """Return the runs of equal words: where they begin on either side, and how many."""
    if len(quoted) * len(found) <= _UNDIVIDED:
        return _equal_between(quoted, found)
    runs: list[list[int]] = []
    q = s = 0
    for q1, s1 in [*milestones(quoted, found), (len(quoted), len(found))]:
        for q0, s0, length in _equal_between(quoted[q:q1], found[s:s1]):
            _add_run(runs, q + q0, s + s0, length)
        if q1 < len(quoted):
            _add_run(runs, q1, s1, 1)
        q, s = q1 + 1, s1 + 1
    return runs


def _add_run(runs: list[list[int]], q: int, s: int, length: int) -> None:
    if runs and runs[-1][0] + runs[-1][2] == q and runs[-1][1] + runs[-1][2] == s:
        runs[-1][2] += length
    else:
        runs.append([q, s, length])


def _equal_between(quoted: list[str], found: list[str]) -> list[list[int]]:
    first = _same_start(quoted, found)
    last = _same_start(quoted[first:][::-1], found[first:][::-1])
    rows, columns = len(quoted) - last, len(found) - last
    if (rows - first) * (columns - first) > LARGEST:
        raise TooMuchWorkError
    runs = [[0, 0, first]] if first else []
    if first < rows and first < columns:
        spend((rows - first) * (columns - first) // _CELLS_A_STEP)
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
    for last in range(min(len(equal) - 1, _SLIDING), 0, -1):
        runs = [list(run) for run in equal[: last + 1]]
        while len(runs) > 1:
            (q0, s0, length), (q1, s1, rest) = runs[-2:]
            if q0 + length != q1 or s0 + length == s1 or found[s1 - length : s1] != quoted[q0:q1]:
                break
            runs[-2:] = [[q0, s1 - length, length + rest]]
        if len(runs) == 1 or (len(runs) == _LONE <= last and runs[0][2] == 1):
            equal[: last + 1] = runs
            return


def _tighten_end(equal: list[list[int]], quoted: list[str], found: list[str]) -> None:
    """Slide the last equal words towards the rest, as far as they go."""
    for first in range(max(0, len(equal) - 1 - _SLIDING), len(equal) - 1):
        runs = [list(run) for run in equal[first:]]
        while len(runs) > 1:
            (q0, s0, length), (q1, s1, rest) = runs[:2]
            end = s0 + length
            if q0 + length != q1 or end == s1 or found[end : end + rest] != quoted[q1 : q1 + rest]:
                break
            runs[:2] = [[q0, s0, length + rest]]
        if len(runs) == 1 or (len(runs) == _LONE < len(equal) - first and runs[1][2] == 1):
            equal[first:] = runs
            return
