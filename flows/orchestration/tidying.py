"""Before a deployed run begins: one at a time, and no trace of dead ones in the way.

A run whose process was killed together with whatever watched over it stays
RUNNING in Prefect for ever, and holds the only slot of its deployment. Here
such runs are found and marked as crashed. A run that stays alive holds a lock
on a file of the cache folder; the operating system gives the lock up with the
process, however that ends, so whoever holds the lock knows that every other
run on the same machine and cache is dead.
"""

import flows.orchestration.environment  # isort: skip  # noqa: F401  Prefect reads it when imported

import socket
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterDeploymentId,
    FlowRunFilterNextScheduledStartTime,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import FlowRun, State, StateType
from prefect.states import Cancelled, Crashed

if sys.platform != "win32":
    import fcntl

LOCK_FILE = "scheduled-runs.lock"

#: How long a run may take from being picked up to naming its machine.
STARTING = timedelta(minutes=5)

_HOST = "nsarchive-verify.host"
_CACHE = "nsarchive-verify.cache"


@contextmanager
def deployed_run(run: FlowRun | None, cache: Path, say: Callable[[str], None]) -> Iterator[None]:
    """Hold the cache for *run* while this lasts, if it is a run of a deployment.

    The two flows read and replace the same newest report, so they wait for
    each other. Runs that somebody started by hand in a terminal do not wait.
    """
    if run is None or run.deployment_id is None:
        yield
        return
    with _locked(cache, say), get_client(sync_client=True) as client:
        client.update_flow_run_labels(run.id, _labels(cache))
        for line in tidy(client, [run.deployment_id], cache, sparing=run.id):
            say(line)
        yield


def tidy_if_idle(deployments: Sequence[UUID], cache: Path) -> list[str]:
    """Do what ``tidy`` does, unless a run on *cache* is going on."""
    with only_one(cache) as idle:
        if not idle:
            return []
        with get_client(sync_client=True) as client:
            return tidy(client, deployments, cache)


def tidy(
    client: SyncPrefectClient,
    deployments: Sequence[UUID],
    cache: Path,
    *,
    sparing: UUID | None = None,
) -> list[str]:
    """Mark dead runs of *deployments* as crashed; with *sparing*, drop missed ones too.

    The caller holds the lock on *cache*. *sparing* is the run that is about to
    do the work: scheduled runs whose time went by before it are not caught up
    one after the other, it stands for all of them.

    Returns:
        What was done, a sentence each.
    """
    done = []
    active = [StateType.RUNNING, StateType.PENDING, StateType.CANCELLING]
    for run in _runs(client, deployments, active):
        if run.id != sparing and _is_dead(run, cache):
            crashed: State[None] = Crashed(message="Its process ended without a word.")
            client.set_flow_run_state(run.id, crashed, force=True)
            done.append(f"marked run {run.name} as crashed: its process is gone")
    if sparing is not None:
        for run in _runs(client, deployments, [StateType.SCHEDULED], before=datetime.now(UTC)):
            if run.id != sparing and run.auto_scheduled:
                missed: State[None] = Cancelled(
                    name="Missed", message=f"Run {sparing} did its work."
                )
                client.set_flow_run_state(run.id, missed, force=True)
                done.append(f"dropped run {run.name}, missed at {run.next_scheduled_start_time}")
    return done


def _runs(
    client: SyncPrefectClient,
    deployments: Sequence[UUID],
    states: list[StateType],
    *,
    before: datetime | None = None,
) -> list[FlowRun]:
    where = FlowRunFilter(
        deployment_id=FlowRunFilterDeploymentId(any_=list(deployments)),
        state=FlowRunFilterState(type=FlowRunFilterStateType(any_=states)),
    )
    if before is not None:
        where.next_scheduled_start_time = FlowRunFilterNextScheduledStartTime(before_=before)
    # One page of at most 200 is enough: the next run sees the rest.
    return client.read_flow_runs(flow_run_filter=where)


def _is_dead(run: FlowRun, cache: Path) -> bool:
    labels = run.labels or {}
    if _HOST in labels:
        return {**labels, **_labels(cache)} == labels
    # It never got as far as naming its machine.
    changed = run.state.timestamp if run.state is not None else None
    return changed is not None and datetime.now(UTC) - changed > STARTING


def _labels(cache: Path) -> dict[str, bool | int | float | str]:
    return {_HOST: socket.gethostname(), _CACHE: str(cache.resolve())}


@contextmanager
def _locked(cache: Path, say: Callable[[str], None]) -> Iterator[None]:
    with _open(cache, LOCK_FILE) as file:
        if not _lock(file, wait=False):
            say("waiting for another scheduled run on the same cache to end")
            _lock(file, wait=True)
        yield


@contextmanager
def only_one(cache: Path, name: str = LOCK_FILE) -> Iterator[bool]:
    """Yield whether this process got the lock *name* of *cache*, which it holds meanwhile."""
    with _open(cache, name) as file:
        yield _lock(file, wait=False)


def _lock(file: IO[bytes], *, wait: bool) -> bool:
    if sys.platform == "win32":
        # There is no such lock; Prefect's own limit has to do.
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _open(cache: Path, name: str) -> IO[bytes]:
    cache.mkdir(parents=True, exist_ok=True)
    return (cache / name).open("ab")
