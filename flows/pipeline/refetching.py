"""The refetch run: only the failed fetches, then only the posts that depend on them."""

from collections.abc import Sequence
from datetime import UTC, datetime

from flows import __version__
from flows.checking import CitingPost
from flows.pipeline.concluding import alone_in, require_writable, with_recovered
from flows.pipeline.engine import BatchRunner, Outcome, Progress, Silence, run_directly
from flows.pipeline.gathering import wanted_sources
from flows.pipeline.keeping import post_key, recall
from flows.pipeline.reading import Sources
from flows.pipeline.stages import Stages
from flows.pipeline.verifying import finish, new_run_id, open_archive
from flows.records import CheckedPost, Report, Run, Source, Wanted
from flows.reporting import newest_report, previous_report, totals
from flows.settings import Settings


def refetch(
    settings: Settings,
    *,
    every: bool = False,
    run_batch: BatchRunner = run_directly,
    progress: Progress | None = None,
    scheduled: bool = False,
) -> Outcome:
    """Try the failed fetches that are due (*every*: all), and report what recovered.

    The new report is the newest one with the posts that depend on those
    sources checked again; posts that depend on none of them are carried over
    as they were.

    Raises:
        StoreError: the cache or the reports cannot be written.
    """
    progress = progress or Silence()
    started_at = datetime.now(UTC)
    run_id = new_run_id(started_at, "refetch")
    newest = newest_report(settings.reports, stand_in=settings.stand_in)
    previous = previous_report(settings.reports, stand_in=settings.stand_in)
    with open_archive(settings) as archive:
        due = [] if settings.offline else archive.due(every=every, scheduled=scheduled)
        if not due and newest is not None and previous is not None:
            counts = totals(previous)
            return Outcome(
                run_id=previous.run.id,
                report=newest,
                verdicts=counts.verdicts,
                sources=counts.sources_by_status,
                nothing_due=True,
            )
        require_writable(settings.reports)
        known = previous.sources if previous is not None else ()
        with Sources(archive, settings.cache, known) as sources:
            archive.begin_run(run_id, "refetch", started_at)
            stages = Stages(
                archive, sources, run_batch=run_batch, progress=progress, scheduled=scheduled
            )
            stages.fetch(due, again=lambda: archive.due(every=every, scheduled=scheduled))
            items = recall(archive, [wanted.canonical_url for wanted in due])
            sources.add(_known(settings, items, leaving_out=due))
            stages.fetch_further(items)
            checked = stages.check(items)
            with alone_in(settings.reports):
                # Another run may have written a report since this one began.
                previous = previous_report(settings.reports, stand_in=settings.stand_in)
                checked = with_recovered(archive, stages, sources, items, checked)
                run = Run(
                    id=run_id,
                    started_at=started_at,
                    finished_at=datetime.now(UTC),
                    version=__version__,
                    offline=settings.offline,
                    stand_in=settings.stand_in,
                    inputs=previous.run.inputs if previous is not None else (),
                    flow="refetch",
                )
                used = _sources(previous, sources, began_with=known)
                outcome = finish(run, _merged(previous, checked), used, settings)
            archive.finish_run(run_id, "completed", datetime.now(UTC))
    return outcome


def _known(
    settings: Settings, items: Sequence[CitingPost], *, leaving_out: Sequence[Wanted]
) -> list[Source]:
    """Return what the cache knows of the other sources of *items*, without a request."""
    tried = {wanted.canonical_url for wanted in leaving_out}
    others = [wanted for wanted in wanted_sources(items) if wanted.canonical_url not in tried]
    with open_archive(settings.model_copy(update={"offline": True})) as archive:
        return archive.obtain(others)


def _sources(
    previous: Report | None, sources: Sources, *, began_with: Sequence[Source]
) -> list[Source]:
    """Return the sources of *previous*, and in their places those that this run has changed."""
    before = {source.canonical_url: source for source in began_with}
    mine = {source.canonical_url: source for source in sources}
    used = {s.canonical_url: s for s in (previous.sources if previous is not None else ())}
    used |= {url: s for url, s in mine.items() if url not in used or s != before.get(url)}
    return list(used.values())


def _merged(previous: Report | None, checked: Sequence[CheckedPost]) -> list[CheckedPost]:
    """Return the posts of *previous* with those of *checked* in their places, new ones last."""
    new = {post_key(item.post): item for item in checked}
    old = previous.posts if previous is not None else ()
    merged = [new.pop(post_key(item.post), item) for item in old]
    return [*merged, *new.values()]
