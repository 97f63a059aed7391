"""The verify run: posts in, report out, stage after stage."""

import secrets
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from itertools import islice

from flows import __version__
from flows.archive import Archive
from flows.checking import CitingPost, check_post, search
from flows.pages import unusable_reason
from flows.pipeline.elsewhere import candidates_for
from flows.pipeline.engine import (
    POSTS_PER_BATCH,
    SOURCES_PER_BATCH,
    BatchRunner,
    Outcome,
    Progress,
    Silence,
    batches,
    run_directly,
)
from flows.pipeline.gathering import Gathering, wanted_sources
from flows.pipeline.keeping import remember
from flows.pipeline.reading import Sources
from flows.posts import read_posts
from flows.records import (
    CheckedPost,
    Input,
    Post,
    Report,
    Run,
    Source,
    Wanted,
)
from flows.reporting import changes_since, newest_report, read_report, write_report
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
    with open_archive(settings) as archive:
        archive.begin_run(run_id, "verify", started_at)
        remember(archive, run_id, items)
        sources = Sources(archive)
        fetch(archive, sources, wanted_sources(items), run_batch, progress, scheduled=scheduled)
        fetch_further(archive, sources, items, run_batch, progress, scheduled=scheduled)
        checked = check(items, sources, archive, run_batch, progress)
        run = Run(
            id=run_id,
            started_at=started_at,
            finished_at=datetime.now(UTC),
            version=__version__,
            offline=settings.offline,
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


def fetch(
    archive: Archive,
    sources: Sources,
    wanted: Sequence[Wanted],
    run_batch: BatchRunner,
    progress: Progress,
    *,
    scheduled: bool = False,
    again: bool = False,
) -> None:
    """Obtain *wanted* in batches and put what became of them into *sources*."""
    progress.stage("fetching sources", len(wanted))
    for batch in batches(wanted, SOURCES_PER_BATCH):
        work = partial(_obtain, archive, batch, progress, scheduled=scheduled, again=again)
        sources.add(run_batch("fetch", work, len(batch)))


def _obtain(
    archive: Archive,
    wanted: Sequence[Wanted],
    progress: Progress,
    *,
    scheduled: bool,
    again: bool,
) -> list[Source]:
    return archive.obtain(
        wanted,
        again=[item.canonical_url for item in wanted] if again else (),
        scheduled=scheduled,
        progress=lambda source: _tell(source, progress),
    )


def _tell(source: Source, progress: Progress) -> None:
    progress.advance()
    if source.capture is None:
        progress.note(f"{source.canonical_url}: {source.status}: {source.reason}")


def fetch_further(
    archive: Archive,
    sources: Sources,
    items: Iterable[CitingPost],
    run_batch: BatchRunner,
    progress: Progress,
    *,
    scheduled: bool = False,
) -> None:
    """Obtain what only the pages name: a document's file when its text page is missing.

    Files are large, so they are asked for only where a post quotes from the
    document.
    """
    quoted = dict.fromkeys(url for item in items for claim in item.claims for url in claim.urls)
    further: dict[str, Wanted] = {}
    for url in quoted:
        for address, kind in sources.further(url):
            if address not in sources:
                further[address] = Wanted(canonical_url=address, url=address, kind=kind)
    if further:
        fetch(archive, sources, list(further.values()), run_batch, progress, scheduled=scheduled)


def check(
    items: Sequence[CitingPost],
    sources: Sources,
    archive: Archive,
    run_batch: BatchRunner,
    progress: Progress,
) -> list[CheckedPost]:
    """Return every post of *items* with its findings."""
    progress.stage("checking posts", len(items))
    shelf = sources.shelf()
    elsewhere = search(shelf, candidates_for(archive, sources))
    checked: list[CheckedPost] = []

    def work(batch: Sequence[CitingPost]) -> list[CheckedPost]:
        done = []
        for item in batch:
            done.append(check_post(item, shelf, elsewhere))
            progress.advance()
        return done

    for batch in batches(items, POSTS_PER_BATCH):
        checked.extend(run_batch("check", partial(work, batch), len(batch)))
    return checked


def finish(
    run: Run, checked: Sequence[CheckedPost], sources: Sequence[Source], settings: Settings
) -> Outcome:
    """Write the report of *run*, compared with the newest one before it."""
    newest = newest_report(settings.reports)
    previous = read_report(newest) if newest is not None else None
    report = Report(run=run, posts=tuple(checked), sources=tuple(sources))
    report = Report(
        run=run,
        posts=report.posts,
        sources=report.sources,
        changes=changes_since(previous, report),
        since_run=previous.run.id if previous is not None else None,
    )
    path = write_report(report, settings.reports)
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
    progress.stage("reading posts", None)
    stream = read_posts(paths, columns=columns)
    gathering = Gathering()
    remaining: Iterator[Post] = iter(stream)

    def work(batch: Sequence[Post]) -> None:
        gathering.add(batch)
        progress.advance(len(batch))

    while batch := list(islice(remaining, POSTS_PER_BATCH)):
        run_batch("read", partial(work, batch), len(batch))
    return gathering.finish(), stream.inputs
