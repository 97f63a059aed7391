"""The benchmarks by name; a file of this folder adds its own by decorating a function.

A benchmark yields lines of Markdown. It measures whatever it compares in the
same run, on the same input, and keeps within the seconds it states.
"""

import importlib
import os
import platform
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from time import perf_counter

_NOT_BENCHMARKS = {"registry", "__main__", "rivals"}


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A named benchmark: what it tells, about how long it takes, and what runs it."""

    name: str
    title: str
    seconds: int
    run: Callable[[], Iterator[str]]


_KNOWN: dict[str, Benchmark] = {}


def benchmark(
    name: str, title: str, *, seconds: int
) -> Callable[[Callable[[], Iterator[str]]], Callable[[], Iterator[str]]]:
    """Register the decorated function, which yields lines of Markdown, under *name*."""

    def register(run: Callable[[], Iterator[str]]) -> Callable[[], Iterator[str]]:
        _KNOWN[name] = Benchmark(name, title, seconds, run)
        return run

    return register


def known() -> dict[str, Benchmark]:
    """Return every benchmark of this folder, by name, in order of files."""
    for path in sorted(Path(__file__).parent.glob("*.py")):
        if path.stem not in _NOT_BENCHMARKS and not path.stem.startswith("test_"):
            importlib.import_module(f"tests.bench.{path.stem}")
    return dict(_KNOWN)


def versions(*packages: str) -> str:
    """Return the date, the machine and the versions that figures belong to, as one line."""
    found = []
    for package in packages:
        try:
            found.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            found.append(f"{package} not installed")
    where = f"{platform.python_implementation()} {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores"
    return f"{datetime.now(UTC):%Y-%m-%d}, {where}; {', '.join(found)}"


def table(head: list[str], rows: list[list[str]]) -> Iterator[str]:
    """Yield a Markdown table; the first column is text, the others are figures.

    >>> list(table(["what", "ms"], [["ours", "1"]]))
    ['| what | ms |', '|---|---:|', '| ours | 1 |']
    """
    yield f"| {' | '.join(head)} |"
    yield f"|---|{'---:|' * (len(head) - 1)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"


def median_seconds(calls: list[Callable[[], object]], *, budget: float) -> float | None:
    """Return the median time of *calls*, as many of them as *budget* seconds allow.

    Every call is made at least once if the budget is not yet spent, and all
    again and again while a tenth of it is left; ``None`` when none was made.
    """
    times: list[float] = []
    begun = perf_counter()
    while perf_counter() - begun < budget and len(times) < 25 * len(calls):
        for call in calls:
            start = perf_counter()
            call()
            times.append(perf_counter() - start)
            if perf_counter() - begun > budget:
                break
    return sorted(times)[len(times) // 2] if times else None


def shown(seconds: float | None) -> str:
    """Return a time as a reader likes it.

    >>> shown(0.000012), shown(0.0345), shown(2.5), shown(None)
    ('12 µs', '34.5 ms', '2.5 s', '–')
    """
    if seconds is None:
        return "–"
    if seconds < 0.001:
        return f"{seconds * 1e6:.0f} µs"
    return f"{seconds * 1e3:.1f} ms" if seconds < 1 else f"{seconds:.1f} s"
