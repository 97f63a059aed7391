"""The gate in its small form, and the gate itself put to the test."""

import json
from collections.abc import Iterator

import pytest

from flows.records import Comparison, Edit, Match, Severity, Verdict
from tests import quality_gate
from tests.quality import floors
from tests.quality.cases import Case
from tests.quality.figures import run
from tests.quality.suites import batches


def ideal(case: Case) -> Comparison:
    """Return what a flawless engine would answer."""
    if case.verdicts:
        verdict = min(case.verdicts)
    else:
        verdict = Verdict.NOT_FOUND if not case.places else Verdict.ALTERED
    text = case.source.text
    return Comparison(
        verdict=verdict,
        matches=tuple(Match(start=a, end=b, exact=text[a:b]) for a, b in case.places),
        edits=tuple(
            Edit(kind=min(e.kinds), quoted=e.quoted, source=e.source, severity=Severity.MAJOR)
            for e in case.edits
        ),
        warnings=(case.warning,) if case.warning else (),
    )


@pytest.fixture(scope="module")
def some_batches() -> list[list[Case]]:
    return [batch for batch, _ in zip(batches("small"), range(3), strict=False)]


def _asked(some: list[list[Case]], answer) -> dict[str, float]:
    current: Iterator[Case] = (case for batch in some for case in batch)
    return run(iter(some), lambda _quote, _source: answer(next(current))).shares()


def test_a_flawless_engine_passes_every_figure(some_batches):
    """Nothing is demanded that a right answer could not give."""
    shares = _asked(some_batches, ideal)
    assert {name: share for name, share in shares.items() if share < 1} == {}


SABOTAGE = {
    "everything is verbatim": lambda _: Comparison(verdict=Verdict.VERBATIM),
    "nothing is ever found": lambda _: Comparison(verdict=Verdict.NOT_FOUND),
    "places are thirty letters off": lambda case: Comparison(
        verdict=ideal(case).verdict,
        matches=tuple(
            Match(
                start=m.start + 30,
                end=m.end + 30,
                exact=case.source.text[m.start + 30 : m.end + 30],
            )
            for m in ideal(case).matches
        ),
    ),
    "offsets are right and the words are not": lambda case: Comparison(
        verdict=ideal(case).verdict,
        matches=tuple(Match(start=m.start, end=m.end, exact="words") for m in ideal(case).matches),
    ),
    "one altered quotation in fifty is assured": lambda case: (
        Comparison(verdict=Verdict.TYPOGRAPHIC) if len(case.quote) % 50 == 0 else ideal(case)
    ),
    "edits have no kind": lambda case: Comparison(
        verdict=ideal(case).verdict, matches=ideal(case).matches
    ),
}


@pytest.mark.parametrize("answer", SABOTAGE.values(), ids=SABOTAGE)
def test_a_sabotaged_engine_fails(some_batches, answer):
    """The gate can be closed."""
    perfect = floors.raised(EMPTY, "small", _asked(some_batches, ideal), "sha256:x")
    assert floors.misses(perfect, "small", _asked(some_batches, answer))


EMPTY = {"suites": {}, "seal": ""}


def test_floors_rise_and_never_fall_by_themselves():
    """A worse run leaves every floor where it was."""
    first = floors.raised(EMPTY, "small", {"located": 0.95, "kind": 0.5}, "sha256:x")
    second = floors.raised(first, "small", {"located": 0.90, "kind": 0.75}, "sha256:x")
    kept = {name: entry["floor"] for name, entry in second["suites"]["small"]["figures"].items()}
    assert kept == {"located": 0.95, "kind": 0.75}


def test_a_floor_lowered_by_hand_is_refused_without_a_reason(tmp_path):
    """The seal lets the floor itself be edited, but only with a reason beside it."""
    path = tmp_path / "floors.json"
    content = floors.raised(EMPTY, "small", {"located": 0.95}, "sha256:x")
    entry = content["suites"]["small"]["figures"]["located"]
    entry["floor"] = 0.9
    floors.save(content, path)
    with pytest.raises(floors.FloorsError, match="write a reason"):
        floors.load(path)
    entry["reason"] = "columns are told from notes now, which costs two places in a hundred"
    floors.save(content, path)
    assert floors.load(path) == json.loads(path.read_text("utf-8"))


TAMPERED = {
    "the best floor is lowered too": lambda suite: suite["figures"]["located"].update(
        floor=0.1, best=0.1
    ),
    "the fingerprint is replaced": lambda suite: suite.update(fingerprint="sha256:other"),
    "a figure is taken out": lambda suite: suite["figures"].clear(),
}


@pytest.mark.parametrize("tamper", TAMPERED.values(), ids=TAMPERED)
def test_a_tampered_file_breaks_its_seal(tmp_path, tamper):
    """What the gate measures against cannot be edited in passing."""
    path = tmp_path / "floors.json"
    content = floors.raised(EMPTY, "small", {"located": 0.95}, "sha256:x")
    tamper(content["suites"]["small"])
    floors.save(content, path)
    with pytest.raises(floors.FloorsError, match="seal"):
        floors.load(path)


def test_a_figure_that_is_no_longer_measured_is_missed():
    """Leaving a class out of the suite is not a way through the gate."""
    content = floors.raised(EMPTY, "small", {"located": 0.95}, "sha256:x")
    assert [miss.figure for miss in floors.misses(content, "small", {})] == ["located"]


def test_the_gate_is_open():
    """The engine reaches every committed floor on the committed cases."""
    tally, print_of_cases = quality_gate.measure("small", quality_gate.engine())
    assert quality_gate.complaints("small", tally, print_of_cases) == []
    assert tally.slowest < 2, "no comparison takes two seconds"
    assert tally.right["not assured"] == tally.asked["not assured"], "no false assurance"
