"""The quality gate: figures of the comparison engine against committed floors.

``python -m tests.quality_gate`` asks the engine a few thousand generated
questions whose right answers are known, prints the figures and ends with 1
when one is below its floor, or when the questions are not those that the
floors were set for. ``--size full`` asks some 100,000, ``--size found`` asks
of prose that happens to be installed.
"""

import argparse
import json
import sys
from collections import OrderedDict
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from flows.records import Comparison
from tests.quality import floors
from tests.quality.cases import Case, Source
from tests.quality.figures import Engine, Tally, run
from tests.quality.suites import SIZES, batches, fingerprint

#: Prepared sources kept at hand; cases of one source stand close together.
_PREPARED = 16
_MOST_FAILURES = 300
_EXCERPT = 700


def engine() -> Engine:
    """Return the engine under test, which prepares each source once."""
    from flows.matching import SourceText, compare  # noqa: PLC0415  the gate's own tests need no engine

    prepared: OrderedDict[str, SourceText] = OrderedDict()

    def ask(quote: str, source: Source) -> Comparison:
        if source.key not in prepared:
            prepared[source.key] = SourceText(source.text, source.kind)
            if len(prepared) > _PREPARED:
                prepared.popitem(last=False)
        return compare(quote, prepared[source.key])

    return ask


class Failures:
    """Cases with a wrong answer, a few of each class, as lines a person can read."""

    def __init__(self, per_class: int) -> None:
        self.lines: list[dict[str, object]] = []
        self._left: dict[tuple[str, str], int] = {}
        self._per_class = per_class

    def __call__(self, case: Case, got: Comparison, figures: list[str]) -> None:
        key = (case.name, figures[0])
        self._left[key] = self._left.get(key, self._per_class) - 1
        if self._left[key] < 0:
            return
        starts = [place[0] for place in case.places] or [m.start for m in got.matches] or [0]
        ends = [place[1] for place in case.places] or [m.end for m in got.matches] or [_EXCERPT]
        low, high = max(0, min(starts) - 60), max(ends) + 60
        self.lines.append(
            {
                "class": case.name,
                "wrong": figures,
                "kind": case.source.kind,
                "quote": case.quote,
                "source": case.source.text[low : min(high, low + 2 * _EXCERPT)],
                "source_from": low,
                "source_key": case.source.key,
                "expected": {
                    "verdicts": sorted(case.verdicts),
                    "places": case.places,
                    "warning": case.warning,
                    "edits": [[sorted(e.kinds), e.quoted, e.source, e.major] for e in case.edits],
                },
                "got": {
                    "verdict": got.verdict,
                    "reason": got.reason,
                    "score": round(got.score, 4),
                    "matches": [[m.start, m.end] for m in got.matches],
                    "edits": [[e.kind, e.quoted, e.source, e.severity] for e in got.edits],
                    "warnings": got.warnings,
                },
            }
        )


def measure(size: str, ask: Engine, failures: Failures | None = None) -> tuple[Tally, str]:
    """Return the tally of suite *size* and the fingerprint of its cases."""
    digest = sha256()

    def seen(cases: list[Case]) -> None:
        digest.update(fingerprint(iter(cases)).encode())

    tally = run(batches(size), ask, wrong=failures, seen=seen)
    return tally, f"sha256:{digest.hexdigest()}"


def complaints(size: str, tally: Tally, print_of_cases: str) -> list[str]:
    """Return, as plain lines, why the gate is closed; empty when it is open.

    Prose found on this machine has no floors: it is other prose elsewhere.
    """
    if size == "found":
        return []
    content = floors.load() if floors.FLOORS.exists() else {"suites": {}}
    wanted = content["suites"].get(size, {}).get("fingerprint")
    found = [str(miss) for miss in floors.misses(content, size, tally.gated())]
    if wanted != print_of_cases:
        found.append(
            f"the {size} suite's cases are not those the floors were set for: {print_of_cases}, "
            f"expected {wanted}; if the generator was changed on purpose, run --raise-floor"
        )
    return found


def table(tally: Tally, *, classes: bool) -> Iterator[str]:
    """Yield the figures as lines: share, right answers of answers, name."""
    for name, share in tally.shares().items():
        if classes or " · " not in name:
            yield f"{100 * share:8.3f} %  {tally.right[name]:6} of {tally.asked[name]:6}  {name}"
    yield (
        f"{tally.cases} comparisons in {tally.seconds:.1f} s; "
        f"the slowest took {1000 * tally.slowest:.0f} ms"
    )


def main(arguments: list[str] | None = None) -> int:
    """Run the gate and return its exit status: 0 open, 1 closed, 2 a floors file not accepted."""
    parser = argparse.ArgumentParser(prog="python -m tests.quality_gate", description=__doc__)
    parser.add_argument("--size", choices=[*SIZES, "found"], default="small")
    parser.add_argument(
        "--show", type=int, default=0, metavar="N", help="print N wrong answers of each class"
    )
    parser.add_argument("--classes", action="store_true", help="print the figures of every class")
    parser.add_argument(
        "--failures", type=Path, metavar="FILE", help="write wrong answers as JSON lines"
    )
    parser.add_argument(
        "--raise-floor", action="store_true", help="raise each floor to what was reached"
    )
    options = parser.parse_args(arguments)
    failures = Failures(max(options.show, 4))
    tally, print_of_cases = measure(options.size, engine(), failures)
    sys.stdout.writelines(f"{line}\n" for line in table(tally, classes=options.classes))
    # The worst first: a file cut short still tells of every false assurance.
    ordered = sorted(failures.lines, key=lambda line: not str(line["wrong"]).startswith("['not "))
    lines = [json.dumps(line, ensure_ascii=False) for line in ordered]
    if options.show:
        sys.stdout.writelines(f"{line}\n" for line in lines)
    if options.failures:
        options.failures.write_text("\n".join(lines[:_MOST_FAILURES]) + "\n", "utf-8")
    try:
        if options.raise_floor and options.size != "found":
            before = floors.load() if floors.FLOORS.exists() else {"suites": {}, "seal": ""}
            floors.save(floors.raised(before, options.size, tally.gated(), print_of_cases))
        found = complaints(options.size, tally, print_of_cases)
    except floors.FloorsError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    sys.stderr.writelines(f"{line}\n" for line in found)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
