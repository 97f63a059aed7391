"""Two runs of words set against each other, and the differences found between them."""

from typing import NamedTuple

from flows.matching.words.quotation import Quotation
from flows.matching.words.source import SourceText
from flows.matching.words.wording import Words
from flows.records import EditKind, Severity

#: Kinds that mean: not the same words.
CHANGES = frozenset(
    {
        EditKind.NEGATION,
        EditKind.NUMBER,
        EditKind.DATE,
        EditKind.NAME,
        EditKind.WORD,
        EditKind.INSERTION,
        EditKind.DELETION,
        EditKind.ORDER,
    }
)


class Difference(NamedTuple):
    """A typed difference: words ``q0:q1`` of the quotation, ``s0:s1`` of the source's words."""

    kind: EditKind
    severity: Severity
    q0: int
    q1: int
    s0: int
    s1: int

    @property
    def changes_words(self) -> bool:
        """Whether the words themselves differ, not merely their dress."""
        return self.kind in CHANGES and self.severity is not Severity.NONE

    @property
    def doubtful(self) -> bool:
        """Whether nobody can tell if a machine misread the words or the quoter changed them."""
        return self.kind is EditKind.OCR and self.severity is not Severity.NONE

    @property
    def counts(self) -> bool:
        """Whether the words differ, or may."""
        return (
            self.kind in CHANGES or self.kind is EditKind.OCR
        ) and self.severity is not Severity.NONE


class Sides(NamedTuple):
    """Both sides of an alignment, with what a rule may want to know about them."""

    quotation: Quotation
    source: SourceText
    q: Words
    s: Words


def agree(sides: Sides, step: tuple[int, int, int, int]) -> bool:
    """Return whether a step sets one word against the same word."""
    q0, q1, s0, s1 = step
    return q1 - q0 == s1 - s0 == 1 and sides.q.norms[q0] == sides.s.norms[s0]


def agreeing(sides: Sides, steps: list[tuple[int, int, int, int]]) -> list[tuple[int, int]]:
    """Return the pairs of equal words among *steps*."""
    ours, theirs = sides.q.norms, sides.s.norms
    return [
        (q0, s0)
        for q0, q1, s0, s1 in steps
        if q1 - q0 == 1 and s1 - s0 == 1 and ours[q0] == theirs[s0]
    ]


def grave(differences: list[Difference]) -> int:
    """Return how many of *differences* change words, or may."""
    return sum([difference.counts for difference in differences])
