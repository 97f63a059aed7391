"""Pieces of a column: some text, and how it is shown."""

from dataclasses import dataclass
from enum import StrEnum


class Tone(StrEnum):
    """How a piece of a column is shown."""

    SAME = "same"
    DIFFERS = "differs"
    NOTED = "noted"
    SLIGHT = "slight"
    MISSING = "missing"
    LEFT_OUT = "left_out"
    CONTEXT = "context"
    GAP = "gap"
    FOLDED = "folded"
    CUT = "cut"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text of a column; ``number`` is that of the difference shown in it."""

    text: str
    tone: Tone
    number: int | None = None
