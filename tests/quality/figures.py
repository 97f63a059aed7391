"""From cases and comparisons to figures: one share of right answers per figure and class.

Every figure is written so that 1 is best. ``not assured`` is one minus the
rate of false assurance, ``not accused`` one minus that of false accusation.
"""

import re
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from time import process_time

from flows.records import Comparison, Edit, EditKind, Severity, Verdict
from tests.quality.cases import ACCUSING, ASSURING, PLACING, Case, Expected, Family, Source

Engine = Callable[[str, Source], Comparison]

#: Differences of typing alone; listing them is never wrong.
_HARMLESS = {
    EditKind.TYPOGRAPHY,
    EditKind.CASE,
    EditKind.OCR,
    EditKind.EDITORIAL,
    EditKind.OMISSION,
}
_NEAR = 0.9
#: The classes whose figures stand apart.
COLUMNS = frozenset({"interleaved columns", "columns with line ends"})
#: A class with fewer answers than this has no floor: one answer would be too much of it.
_LEAST_ANSWERS = 20
_WORDS = re.compile(r"[\w'’]+")


@dataclass(frozen=True, slots=True)
class Mark:
    """One answer: the figure it counts for, whether it was right, and what was expected."""

    figure: str
    right: bool


@dataclass(slots=True)
class Tally:
    """Right answers and answers, per figure and per class of case."""

    right: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0
    seconds: float = 0.0
    cases: int = 0

    def add(self, case: Case, marks: list[Mark]) -> None:
        """Count *marks*, each for its figure and for the figure within its class."""
        for mark in marks:
            for name in (mark.figure, f"{mark.figure} · {case.name}"):
                self.asked[name] += 1
                self.right[name] += mark.right

    def shares(self) -> dict[str, float]:
        """Return each figure's share of right answers, by name."""
        return {name: self.right[name] / asked for name, asked in sorted(self.asked.items())}

    def gated(self) -> dict[str, float]:
        """Return the shares that have floors: every figure, and every class asked often enough."""
        return {
            name: share
            for name, share in self.shares().items()
            if " · " not in name or self.asked[name] >= _LEAST_ANSWERS
        }


def overlap(one: tuple[int, int], two: tuple[int, int]) -> float:
    """Return the intersection over union of two half-open spans.

    >>> overlap((0, 10), (5, 10))
    0.5
    """
    shared = min(one[1], two[1]) - max(one[0], two[0])
    return max(0, shared) / (max(one[1], two[1]) - min(one[0], two[0])) if shared > 0 else 0.0


def located(case: Case, got: Comparison) -> bool:
    """Return whether every expected place is among the matches, cut from the source itself."""
    honest = all(case.source.text[m.start : m.end] == m.exact for m in got.matches)
    spans = [(match.start, match.end) for match in got.matches]
    if len(case.places) == 1 and spans:
        # One passage told in several matches, as around an ellipsis, is one place.
        spans.append((min(start for start, _ in spans), max(end for _, end in spans)))
    return honest and all(
        any(overlap(place, span) >= _NEAR for span in spans) for place in case.places
    )


def _words(text: str) -> set[str]:
    return set(_WORDS.findall(text.casefold()))


def _touches(expected: Expected, edit: Edit) -> bool:
    return bool(
        _words(expected.quoted) & _words(edit.quoted)
        or _words(expected.source) & _words(edit.source)
    )


def kind_right(expected: Expected, edits: tuple[Edit, ...]) -> bool:
    """Return whether an edit names the expected change by a right kind and weight."""
    return any(
        edit.kind in expected.kinds
        and _touches(expected, edit)
        and (not expected.major or edit.severity is Severity.MAJOR)
        for edit in edits
    )


def invented_edits(case: Case, got: Comparison) -> list[Edit]:
    """Return the edits that tell of words nobody changed."""
    return [
        edit
        for edit in got.edits
        if edit.kind not in _HARMLESS
        and edit.severity is not Severity.NONE
        and not any(_touches(e, edit) for e in case.edits)
    ]


def _layer(case: Case) -> str:
    if case.source.kind == "page":
        return "page"
    # Two columns read as one are told apart from everything else: no reader of
    # the text alone could always say where the other column begins.
    if case.name in COLUMNS:
        return f"ocr, {case.name}"
    return "ocr, 20 % noise" if case.noise > 0.1 else "ocr"


def _standing(case: Case, got: Comparison) -> Iterator[Mark]:
    """Yield whether the case was rightly assured, accused or neither."""
    layer = _layer(case)
    if case.family is Family.FAITHFUL:
        yield Mark(f"not accused, {layer}", got.verdict not in ACCUSING)
        if Verdict.NOT_CHECKABLE not in case.verdicts:
            yield Mark(f"assured, {layer}", got.verdict in ASSURING)
    elif case.family in {Family.ALTERED, Family.ABSENT}:
        yield Mark("not assured", got.verdict not in ASSURING)
    elif case.family is Family.MARKED:
        warned = case.warning in got.warnings and got.verdict is not Verdict.VERBATIM
        yield Mark("not assured without a warning", got.verdict not in ASSURING or warned)
    if case.family is Family.ABSENT:
        yield Mark("absent not accepted", got.verdict not in PLACING)


def _edits(case: Case, got: Comparison) -> Iterator[Mark]:
    layer = _layer(case)
    kinds = all(kind_right(expected, got.edits) for expected in case.edits)
    yield Mark(f"edit kind, {layer}", kinds)
    if got.verdict is Verdict.ALTERED:
        yield Mark(f"no invented edit, {layer}", not invented_edits(case, got))


def judge(case: Case, got: Comparison) -> list[Mark]:
    """Return what *got* is right and wrong about."""
    layer, marks = _layer(case), list(_standing(case, got))
    if case.verdicts:
        marks.append(Mark(f"verdict, {layer}", got.verdict in case.verdicts))
    if case.places:
        marks.append(Mark(f"located, {layer}", located(case, got)))
    if case.edits:
        marks += _edits(case, got)
    for figure in case.figures:
        if case.warning:
            marks.append(Mark(figure, case.warning in got.warnings))
        else:
            marks.append(Mark(figure, got.verdict in case.verdicts and located(case, got)))
    return marks


def _answer(engine: Engine, case: Case) -> Comparison:
    """Ask; an engine that raises has not answered, which is a wrong answer, not the end."""
    try:
        return engine(case.quote, case.source)
    except Exception as error:  # noqa: BLE001  whatever goes wrong is a finding about the engine
        place = traceback.extract_tb(error.__traceback__)[-1]
        reason = f"raised {error!r} at {place.filename}:{place.lineno}"
        return Comparison(verdict=Verdict.UNAVAILABLE, reason=reason)


def run(
    batches: Iterator[list[Case]],
    engine: Engine,
    *,
    wrong: Callable[[Case, Comparison, list[str]], None] | None = None,
    seen: Callable[[list[Case]], None] | None = None,
) -> Tally:
    """Ask *engine* every case and return the tally.

    Args:
        batches: The cases.
        engine: Compares one quotation with one source.
        wrong: Told of every case with a wrong answer, and in which figures.
        seen: Given every batch before it is asked.
    """
    tally = Tally()
    for cases in batches:
        if seen:
            seen(cases)
        for case in cases:
            # Processor time: a busy machine is not a slow engine.
            begun = process_time()
            got = _answer(engine, case)
            spent = process_time() - begun
            tally.seconds += spent
            tally.slowest = max(tally.slowest, spent)
            tally.cases += 1
            marks = [Mark("answered", got.verdict is not Verdict.UNAVAILABLE), *judge(case, got)]
            tally.add(case, marks)
            missed = [mark.figure for mark in marks if not mark.right]
            if missed and wrong:
                wrong(case, got, missed)
    return tally
