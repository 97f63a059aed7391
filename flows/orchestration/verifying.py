"""The verify flow: posts in, report out."""

import flows.orchestration.environment  # isort: skip  # noqa: F401  Prefect reads it when imported

from collections import deque
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.logging import get_run_logger

from flows.orchestration.batches import run_as_task
from flows.orchestration.flow_runs import Call, call_flow, called, conclude, this_run
from flows.orchestration.tidying import deployed_run
from flows.pipeline import verify
from flows.pipeline.engine import Outcome, Progress, Silence
from flows.posts import read_posts
from flows.settings import Settings


@flow(name="verify-posts", retries=0, persist_result=False)
def verify_posts(
    paths: list[str],
    offline: bool = False,  # noqa: FBT001, FBT002  a box to tick in a form
    columns: str | None = None,
    cache: Path | None = None,
    reports: Path | None = None,
) -> State[str]:
    """Check what posts quote from the National Security Archive against its pages.

    Reads the posts, fetches the pages they cite as far as the cache lacks
    them, compares, and writes a report. Pages that cannot be obtained are
    findings, not failures. The result is the path of the new report.json.

    Args:
        paths: Files with posts, or folders of them, on the machine that runs this.
        offline: Make no request; use only what the cache holds.
        columns: Which columns of a CSV or JSON file hold what, as in id=number,text=body.
        cache: Folder of the evidence; empty means NSARCHIVE_CACHE, else cache.
        reports: Folder of the reports; empty means NSARCHIVE_REPORTS, else reports.
    """
    run = this_run()
    with (
        called(offline=offline or None, cache=cache, reports=reports) as call,
        deployed_run(run, call.settings.cache, get_run_logger().warning),
    ):
        call.outcome = verify(
            paths,
            call.settings,
            run_batch=run_as_task,
            progress=call.progress,
            scheduled=run is not None and bool(run.auto_scheduled),
            columns=columns,
        )
    return conclude(call.outcome)


def run_verify(
    paths: Sequence[str],
    settings: Settings,
    *,
    progress: Progress | None = None,
    columns: str | None = None,
) -> Outcome:
    """Run the verify flow in this process and return what it ended with.

    Raises:
        InputError: nothing in *paths* can be read; nothing was written.
        StoreError: the cache or the reports cannot be written.
        EngineError: Prefect could not be used.
    """
    if not any(path == "-" or Path(path).exists() for path in paths):
        # A mistyped name is told at once, not after a server has started.
        deque(read_posts(paths, columns=columns), maxlen=0)
    run = partial(
        verify_posts,
        paths=list(paths),
        offline=settings.offline,
        columns=columns,
        cache=settings.cache,
        reports=settings.reports,
    )
    return call_flow(run, Call(settings=settings, progress=progress or Silence()))
