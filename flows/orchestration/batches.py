"""One Prefect task per batch: how the pipeline's stages run under Prefect.

A batch is hundreds of sources or thousands of posts, so that a task run, a
few milliseconds here and more in the server, costs next to nothing beside it.
Retries, caching and results are not Prefect's here: the catalogue knows which
source failed and when it is due again, and what was fetched already.
"""

import flows.orchestration.environment  # isort: skip  # noqa: F401  Prefect reads it when imported

import time
from collections.abc import Callable
from typing import TypeVar

from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect.logging import get_run_logger

R = TypeVar("R")

_ITEMS = {"read": "posts", "fetch": "sources", "check": "posts"}


def run_as_task(stage: str, work: Callable[[], R], size: int, /) -> R:
    """Run *work*, the part of *stage* that handles *size* items, as one task run.

    A ``BatchRunner`` for use inside a flow. The work runs in the flow's own
    thread, and what it raises is raised here.
    """
    done: list[R] = []

    def run() -> None:
        # Neither the work nor its result passes through Prefect, which would
        # walk through either looking for futures.
        done.append(work())

    _batch(stage, size, _ITEMS.get(stage, "items"), run)
    return done[0]


@task(
    name="batch",
    task_run_name="{stage} {size} {items}",
    cache_policy=NO_CACHE,
    retries=0,
    persist_result=False,
)
def _batch(stage: str, size: int, items: str, run: Callable[[], None]) -> None:
    started = time.monotonic()
    run()
    seconds = time.monotonic() - started
    get_run_logger().info("%s: %d %s in %.1f s", stage, size, items, seconds)
