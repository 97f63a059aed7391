"""The refetch flow: the failed fetches again, and a new report of what recovered."""

import flows.orchestration.environment  # isort: skip  # noqa: F401  Prefect reads it when imported

from functools import partial
from pathlib import Path

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.logging import get_run_logger

from flows.orchestration.batches import run_as_task
from flows.orchestration.flow_runs import Call, call_flow, called, conclude, this_run
from flows.orchestration.tidying import deployed_run
from flows.pipeline import refetch
from flows.pipeline.engine import Outcome, Progress, Silence
from flows.settings import Settings


@flow(name="refetch-failed", retries=0, persist_result=False)
def refetch_failed(
    every: bool = False,  # noqa: FBT001, FBT002  a box to tick in a form
    cache: Path | None = None,
    reports: Path | None = None,
) -> State[str]:
    """Try the failed fetches again and check again the posts that depend on them.

    Writes a new report that says what recovered; when nothing is due, the run
    ends as NothingDue. The result is the path of the newest report.json.

    Args:
        every: Try every failed fetch, not only those whose next try is due.
        cache: Folder of the evidence; empty means NSARCHIVE_CACHE, else cache.
        reports: Folder of the reports; empty means NSARCHIVE_REPORTS, else reports.
    """
    run = this_run()
    with (
        called(cache=cache, reports=reports) as call,
        deployed_run(run, call.settings.cache, get_run_logger().warning),
    ):
        call.outcome = refetch(
            call.settings,
            every=every,
            run_batch=run_as_task,
            progress=call.progress,
            scheduled=run is not None and bool(run.auto_scheduled),
        )
    return conclude(call.outcome)


def run_refetch(
    settings: Settings, *, every: bool = False, progress: Progress | None = None
) -> Outcome:
    """Run the refetch flow in this process and return what it ended with.

    Raises:
        StoreError: the cache or the reports cannot be written.
        EngineError: Prefect could not be used.
    """
    run = partial(refetch_failed, every=every, cache=settings.cache, reports=settings.reports)
    return call_flow(run, Call(settings=settings, progress=progress or Silence()))
