"""What a comparison of words with one place of the source found."""

from dataclasses import dataclass, field

from flows.matching.words.quotation import Piece
from flows.matching.words.sides import Difference, Sides
from flows.matching.words.wording import Words
from flows.records import EditKind

#: Equal words in a row: the place of the first on either side, and how many.
EqualRun = tuple[int, int, int]


def runs_of(equal: list[tuple[int, int]]) -> list[EqualRun]:
    """Return pairs of equal words as runs of words that follow one another on both sides.

    >>> runs_of([(0, 2), (1, 3), (2, 5)])
    [(0, 2, 2), (2, 5, 1)]
    """
    runs: list[EqualRun] = []
    q, s, length = 0, 0, 0
    for quoted, found in equal:
        if length and quoted == q + length and found == s + length:
            length += 1
            continue
        if length:
            runs.append((q, s, length))
        q, s, length = quoted, found, 1
    if length:
        runs.append((q, s, length))
    return runs


@dataclass(slots=True)
class Judgement:
    """What differs between quoted words and the words of one place.

    ``start`` and ``end`` count in ``source.read``. ``words`` are the quoted
    words; ``differences`` and ``equal`` point into those of ``sides``, where a
    number or a date of several words may be one.
    """

    sides: Sides
    piece: Piece
    words: Words
    start: int
    end: int
    differences: list[Difference]
    equal: list[EqualRun]
    share: float
    warnings: list[str] = field(default_factory=list)

    @property
    def faithful(self) -> bool:
        """Whether no word differs, nor may."""
        return not any(difference.counts for difference in self.differences)

    @property
    def agreeing(self) -> int:
        """How many quoted words are the source's, those of shared stretches included."""
        return sum([length for _, _, length in self.equal]) + self.words.unread

    @property
    def changed(self) -> list[tuple[int, int]]:
        """The stretches of quoted words that are changed, neighbouring changes as one."""
        stretches: list[tuple[int, int]] = []
        end = -1
        for difference in self.differences:
            if not difference.counts:
                continue
            if stretches and stretches[-1][1] == difference.q0 and end == difference.s0:
                stretches[-1] = (stretches[-1][0], difference.q1)
            else:
                stretches.append((difference.q0, difference.q1))
            end = difference.s1
        return stretches

    @property
    def weight(self) -> int:
        """How many words the changes touch: to choose between places."""
        weight = 0
        for difference in self.differences:
            if difference.counts:
                kind, _, q0, q1, s0, s1 = difference
                weight += 2 if kind is EditKind.ORDER else max(q1 - q0, s1 - s0)
        return weight
