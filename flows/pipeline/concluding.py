"""The end of a run: one at a time, and with what other runs found out in the meantime.

Several runs may go on over one cache and one folder of reports: scheduled
ones, and those that somebody starts by hand. They share the catalogue, so
nothing is fetched twice; but a report is written from what its run has seen,
and the newest report is the one that is read. So whoever is about to write
looks first what has changed since.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from flows.archive import Archive
from flows.archive.locks import lock
from flows.checking import CitingPost
from flows.errors import StoreError
from flows.pipeline.keeping import cited
from flows.pipeline.reading import Sources
from flows.pipeline.stages import Stages
from flows.records import CheckedPost
from flows.reporting import clear_unplaced

LOCK_FILE = ".writing.lock"


@contextmanager
def alone_in(reports: Path) -> Iterator[None]:
    """Let no other run conclude while this lasts; the lock ends with its process.

    Whoever has it knows that what lies there half-written is of runs that were killed.
    """
    with _lock_file(reports) as file:
        lock(file)
        clear_unplaced(reports)
        yield


def require_writable(reports: Path) -> None:
    """Fail where no report could be written: at once, not after hours of fetching.

    Raises:
        StoreError: *reports* cannot be made, or nothing be written in it.
    """
    _lock_file(reports).close()


def _lock_file(reports: Path) -> BinaryIO:
    try:
        reports.mkdir(parents=True, exist_ok=True)
        return (reports / LOCK_FILE).open("ab")
    except OSError as error:
        why = f"the reports cannot be written: {error.strerror}"
        raise StoreError(f"{reports}: {why}") from error


def with_recovered(
    archive: Archive,
    stages: Stages,
    sources: Sources,
    items: Sequence[CitingPost],
    checked: Sequence[CheckedPost],
) -> list[CheckedPost]:
    """Return *checked* with those checked again whose failed sources another run has obtained.

    Args:
        archive: Says what became of the sources of this run meanwhile.
        stages: Checks again.
        sources: The sources of this run; the recovered ones are put in.
        items: The posts, in the order of *checked*.
        checked: What this run found.
    """
    recovered = archive.recovered(list(sources))
    if not recovered:
        return list(checked)
    sources.add(recovered)
    urls = {source.canonical_url for source in recovered}
    affected = [number for number, item in enumerate(items) if urls & cited(item)]
    anew = dict(zip(affected, stages.check([items[n] for n in affected]), strict=True))
    return [anew.get(number, item) for number, item in enumerate(checked)]
