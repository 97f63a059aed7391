"""What a generated case is, and what may rightly be said about it."""

from dataclasses import dataclass
from enum import StrEnum

from flows.records import EditKind, Verdict

#: Verdicts that tell a reader "the quotation is faithful".
ASSURING = frozenset({Verdict.VERBATIM, Verdict.TYPOGRAPHIC, Verdict.ELIDED, Verdict.OCR_NOISE})
#: Verdicts that tell a reader "the quotation is not what the source says".
ACCUSING = frozenset({Verdict.ALTERED, Verdict.SPLICED, Verdict.NOT_FOUND, Verdict.MISATTRIBUTED})
#: Verdicts that claim to have found the quotation's place.
PLACING = ASSURING | {Verdict.ALTERED, Verdict.SPLICED}


class Family(StrEnum):
    """What a case is evidence of.

    ``FAITHFUL`` must not be accused, ``ALTERED`` and ``ABSENT`` must not be
    assured, ``MARKED`` must not be assured unless its warning is given, and
    ``NEUTRAL`` is judged by what it expects alone.
    """

    FAITHFUL = "faithful"
    ALTERED = "altered"
    ABSENT = "absent"
    MARKED = "marked"
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True)
class Expected:
    """One alteration: the kinds it may rightly be given, and the words it touches.

    ``quoted`` and ``source`` are the changed words on either side; the engine
    may report more words around them, never none of them.
    """

    kinds: frozenset[EditKind]
    quoted: str
    source: str
    major: bool | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A text to quote from; cases share it, so that it is prepared once."""

    key: str
    text: str
    kind: str = "page"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One quotation, its source, and what may rightly be said of the two.

    ``verdicts`` are the right ones (empty: not judged); ``places`` the
    source's spans (empty: not judged), each of which must be among the
    matches; ``warning`` must be given, when set.
    """

    family: Family
    name: str
    quote: str
    source: Source
    verdicts: frozenset[Verdict] = frozenset()
    places: tuple[tuple[int, int], ...] = ()
    edits: tuple[Expected, ...] = ()
    warning: str = ""
    noise: float = 0.0
    figures: tuple[str, ...] = ()
