"""The verify run: posts in, report out, stage after stage."""

import secrets
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from itertools import islice

from flows import __version__
from flows.archive import Archive
from flows.checking import CitingPost
from flows.errors import StoreError
from flows.pages import unusable_reason
from flows.pipeline.concluding import alone_in, require_writable, with_recovered
from flows.pipeline.engine import (
    POSTS_PER_BATCH,
    BatchRunner,
    Outcome,
    Progress,
    Silence,
    run_directly,
)
from flows.pipeline.gathering import Gathering, wanted_sources
from flows.pipeline.keeping import remember
from flows.pipeline.reading import Sources
from flows.pipeline.stages import Stages
from flows.posts import read_posts
from flows.records import CheckedPost, Input, Post, Report, Run, Source
from flows.reporting import changes_since, previous_report, write_report
from flows.settings import Settings


def verify(
    paths: Sequence[str],
    settings: Settings,
    *,
    run_batch: BatchRunner = run_directly,
    progress: Progress | None = None,
    scheduled: bool = False,
    columns: str | None = None,
) -> Outcome:
    """Read the posts in *paths*, check them against the Archive, write a report.

    Sources that cannot be obtained are findings of the report, not errors.

    Raises:
        InputError: nothing in *paths* can be read; nothing was written.
        StoreError: the cache or the reports cannot be written.
    """
    progress = progress or Silence()
    started_at = datetime.now(UTC)
    items, inputs = _gather(paths, run_batch, progress, columns)
    run_id = new_run_id(started_at, "verify")
    require_writable(settings.reports)
    with open_archive(settings) as archive, Sources(archive, settings.cache) as sources:
        archive.begin_run(run_id, "verify", started_at)
        remember(archive, run_id, items)
        stages = Stages(
            archive, sources, run_batch=run_batch, progress=progress, scheduled=scheduled
        )
        stages.fetch(wanted_sources(items))
        stages.fetch_further(items)
        checked = stages.check(items)
        with alone_in(settings.reports):
            checked = with_recovered(archive, stages, sources, items, checked)
            run = Run(
                id=run_id,
                started_at=started_at,
                finished_at=datetime.now(UTC),
                version=__version__,
                offline=settings.offline,
                stand_in=settings.stand_in,
                inputs=inputs,
            )
            outcome = finish(run, checked, list(sources), settings)
        archive.finish_run(run_id, "completed", datetime.now(UTC))
    return outcome


def new_run_id(started_at: datetime, flow: str) -> str:
    """Return an id that sorts by time and that no other run has.

    It names a folder, so it holds letters, digits and dashes only.
    """
    return f"{started_at:%Y%m%dT%H%M%SZ}-{flow}-{secrets.token_hex(3)}"


def open_archive(settings: Settings) -> Archive:
    """Return the archive of *settings*, with the rules that tell a page from a wall."""
    return Archive(settings, inspect=unusable_reason)


def finish(
    run: Run, checked: Sequence[CheckedPost], sources: Sequence[Source], settings: Settings
) -> Outcome:
    """Write the report of *run*, compared with the newest one before it.

    Raises:
        StoreError: it cannot be written; the newest one stays.
    """
    previous = previous_report(settings.reports, stand_in=settings.stand_in)
    report = Report(run=run, posts=tuple(checked), sources=tuple(sources))
    report = replace(
        report,
        changes=changes_since(previous, report),
        since_run=previous.run.id if previous is not None else None,
    )
    try:
        path = write_report(report, settings.reports)
    except OSError as error:
        why = f"the report cannot be written: {error.strerror or error}"
        raise StoreError(f"{settings.reports}: {why}") from error
    return Outcome(
        run_id=run.id,
        report=path,
        verdicts=Counter(done.verdict for post in checked for done in post.checks),
        sources=Counter(source.status for source in sources),
        recovered=sum(change.kind == "source_recovered" for change in report.changes),
    )


def _gather(
    paths: Sequence[str], run_batch: BatchRunner, progress: Progress, columns: str | None
) -> tuple[list[CitingPost], tuple[Input, ...]]:
    stream = read_posts(paths, columns=columns)
    gathering = Gathering()
    remaining: Iterator[Post] = iter(stream)

    def work(batch: Sequence[Post]) -> None:
        gathering.add(batch)
        progress.advance(len(batch))

    while batch := list(islice(remaining, POSTS_PER_BATCH)):
        if not gathering.posts:
            # Not before: that nothing can be read is told in one line.
            progress.stage("reading posts", None)
        run_batch("read", partial(work, batch), len(batch))
    return gathering.finish(), stream.inputs
