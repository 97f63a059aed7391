"""What the stages need from whoever runs them: a way to run a batch, a place to report to.

The sequence of stages exists once, in ``verifying`` and ``refetching``. An
engine only decides how one batch of work is run: at once, in this process
(``run_directly``), or as one Prefect task (``flows.orchestration.batches``).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, TypeVar

from flows.records import SourceStatus, Verdict

T = TypeVar("T")
R = TypeVar("R")

#: Sizes at which a Prefect task costs less than a hundredth of its work.
POSTS_PER_BATCH = 2_000
SOURCES_PER_BATCH = 200


class BatchRunner(Protocol):
    """Runs one batch of *size* items and returns what the work returns."""

    def __call__(self, stage: str, work: Callable[[], R], size: int, /) -> R:
        """Run *work*, the part of *stage* that handles *size* items."""


def run_directly(stage: str, work: Callable[[], R], size: int, /) -> R:  # noqa: ARG001  protocol
    """Run *work* here and now."""
    return work()


class Progress(Protocol):
    """Hears what a run is doing; never prints to standard output."""

    def stage(self, name: str, total: int | None) -> None:
        """A stage of *total* items begins (``None``: not known beforehand)."""

    def advance(self, amount: int = 1) -> None:
        """So many more items of the stage are done."""

    def note(self, text: str) -> None:
        """Something a person watching would want to know."""


class Silence:
    """A ``Progress`` that says nothing."""

    def stage(self, name: str, total: int | None) -> None:
        """Say nothing."""

    def advance(self, amount: int = 1) -> None:
        """Say nothing."""

    def note(self, text: str) -> None:
        """Say nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a run ended with.

    ``report`` is the path of its report.json; ``recovered`` counts sources
    that an earlier run could not obtain and this one did; ``nothing_due``
    says that a refetch found nothing to do and ``report`` is the newest one
    there was.
    """

    run_id: str
    report: Path
    verdicts: Mapping[Verdict, int] = field(default_factory=dict)
    sources: Mapping[SourceStatus, int] = field(default_factory=dict)
    recovered: int = 0
    nothing_due: bool = False


def batches(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """Yield *items* in order, *size* at a time.

    >>> list(batches("abcde", 2))
    ['ab', 'cd', 'e']
    """
    for start in range(0, len(items), size):
        yield items[start : start + size]
