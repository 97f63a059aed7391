"""The quality gate in its full form, as a table."""

from collections.abc import Iterator

from tests import quality_gate
from tests.bench.registry import benchmark, table, versions


@benchmark("gate", "Quality gate, full suite", seconds=180)
def gate() -> Iterator[str]:
    """Yield every figure, and what is below its floor."""
    tally, print_of_cases = quality_gate.measure("full", quality_gate.engine())
    yield versions("rapidfuzz", "edlib", "wordfreq", "numpy")
    yield ""
    rows = [
        [
            name,
            f"{100 * share:.3f} %",
            f"{tally.asked[name] - tally.right[name]:,} of {tally.asked[name]:,}",
        ]
        for name, share in tally.shares().items()
        if " · " not in name
    ]
    yield from table(["figure", "right", "wrong answers"], rows)
    yield ""
    yield (
        f"{tally.cases:,} comparisons, {1000 * tally.seconds / tally.cases:.2f} ms each on average, "
        f"the slowest {1000 * tally.slowest:.0f} ms; cases {print_of_cases[:19]}…"
    )
    for line in quality_gate.complaints("full", tally, print_of_cases):
        yield f"- {line}"
