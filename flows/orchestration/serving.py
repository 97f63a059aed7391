"""Both flows on their schedules, in one process that needs nothing else.

``serve`` brings its own Prefect server unless the user names one, registers
one deployment per flow, and starts each scheduled run as a process of its own.
At most one run of a flow goes on at a time: Prefect cancels one that comes too
early, since the run that is going on does its work. `prefect.yaml` deploys the
same two flows to workers instead.
"""

import flows.orchestration.environment  # isort: skip  # noqa: F401  Prefect reads it when imported

import asyncio
import hashlib
import os
import signal
import socket
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.client.schemas.schedules import CronSchedule
from prefect.deployments.runner import RunnerDeployment
from prefect.flows import Flow
from prefect.runner import Runner
from prefect.schedules import Cron, Interval, Schedule
from prefect.settings import PREFECT_API_URL, temporary_settings
from prefect.types.entrypoint import EntrypointType

from flows.errors import EngineError, InputError, UsageError, VerifyError
from flows.orchestration.environment import loopback_without_proxy
from flows.orchestration.local_server import LocalServer
from flows.orchestration.refetching import refetch_failed
from flows.orchestration.tidying import only_one, tidy_if_idle
from flows.orchestration.verifying import verify_posts
from flows.settings import Settings

#: In force when neither a cron nor an interval is given, in UTC.
VERIFY_CRON = "0 6 * * *"
REFETCH_CRON = "*/30 * * * *"

#: The port on which people look for Prefect; another one if it is taken.
USUAL_PORT = 4200

#: How often dead runs are looked for, beside the look at the start of each run.
TIDY_SECONDS = 60.0

#: The first run of an interval starts this long after the schedules are made;
#: Prefect looks for new schedules every 5 seconds.
FIRST_RUN = timedelta(seconds=10)

_ONE_AT_A_TIME = ConcurrencyLimitConfig(
    limit=1,
    # Waiting runs are not started in the order they came, and all do the same work.
    collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW,
)


def serve(
    folder: str,
    settings: Settings,
    *,
    verify_cron: str | None = None,
    refetch_cron: str | None = None,
    interval: float | None = None,
) -> int:
    """Run both flows on their schedules until told to stop; return the exit status.

    SIGTERM and Ctrl-C end it: a run that is going on is cancelled (the next
    one goes on where it stopped), the schedules are paused, and the server is
    ended if it is ours. Starting again resumes the schedules.

    Args:
        folder: The posts to verify, a folder or a file, read anew at every run.
        settings: Where the cache and the reports are; the runs take the other
            settings from the environment.
        verify_cron: When to verify, in UTC; ``VERIFY_CRON`` by default.
        refetch_cron: When to refetch, in UTC; ``REFETCH_CRON`` by default.
        interval: Seconds between two runs of each flow that has no cron. The
            first verification starts at once, the first refetch half-way.

    Raises:
        InputError: *folder* does not exist.
        UsageError: a schedule makes no sense, or another ``serve`` has the cache.
        EngineError: Prefect's server cannot be started or reached.
    """
    signal.signal(signal.SIGTERM, _leave)
    posts = Path(folder)
    if not posts.exists():
        raise InputError(folder, "no such file or folder")
    choice = (verify_cron, refetch_cron, interval)
    schedules(*choice, now=datetime.now(UTC))  # a mistake shows before a server is started
    with ExitStack() as stack:
        if not stack.enter_context(only_one(settings.cache, "serve.lock")):
            raise UsageError(f"another serve is running on {settings.cache}; end it first")
        stack.enter_context(loopback_without_proxy())
        if not PREFECT_API_URL.value():
            server = LocalServer(services=True, port=_port(), quiet=False)
            stack.callback(server.stop)
            stack.enter_context(temporary_settings({PREFECT_API_URL: server.api_url}))
        try:
            when = schedules(*choice, now=datetime.now(UTC))
            asyncio.run(_serve(_deployments(posts, settings, when), settings.cache))
        except VerifyError:
            raise
        except Exception as error:
            url = PREFECT_API_URL.value()
            raise EngineError(
                f"Prefect's server at {url}: {type(error).__name__}: {error}"
            ) from error
    return 0


def schedules(
    verify_cron: str | None,
    refetch_cron: str | None,
    interval: float | None,
    *,
    now: datetime,
) -> tuple[Schedule, Schedule]:
    """Return when to verify and when to refetch.

    >>> verify, refetch = schedules(None, "*/5 * * * *", 3600, now=datetime(2026, 1, 1, tzinfo=UTC))
    >>> verify.interval, refetch.cron
    (datetime.timedelta(seconds=3600), '*/5 * * * *')

    Raises:
        UsageError: a cron is none, an interval is not positive, or nothing is left for it.
    """
    if interval is None:
        crons = (verify_cron or VERIFY_CRON, refetch_cron or REFETCH_CRON)
        return _cron(crons[0]), _cron(crons[1])
    if not 0 < interval < timedelta.max.total_seconds():
        raise UsageError(f"--interval {interval}: seconds between two runs, more than 0")
    if verify_cron and refetch_cron:
        raise UsageError("--interval: both flows have a cron; leave one of the three out")
    every = timedelta(seconds=interval)
    first = now + FIRST_RUN
    return (
        _cron(verify_cron) if verify_cron else Interval(every, anchor_date=first),
        _cron(refetch_cron) if refetch_cron else Interval(every, anchor_date=first + every / 2),
    )


def _cron(text: str) -> Schedule:
    try:
        CronSchedule(cron=text)
    except ValueError:
        raise UsageError(
            f'"{text}" is no cron: five fields are wanted, minute hour day month weekday, '
            f'as in "{REFETCH_CRON}"'
        ) from None
    return Cron(text, timezone="UTC")


def _deployments(
    posts: Path, settings: Settings, when: tuple[Schedule, Schedule]
) -> list[RunnerDeployment]:
    """Return the deployments of this cache on this machine, and of no other."""
    cache, reports = settings.cache.resolve(), settings.reports.resolve()
    place = hashlib.sha256(f"{socket.gethostname()}\0{cache}".encode()).hexdigest()[:6]
    folders = {"cache": str(cache), "reports": str(reports)}
    verify = {"paths": [str(posts.resolve())], "offline": settings.offline, **folders}
    made: list[tuple[Flow[Any, Any], Schedule, dict[str, object]]] = [
        (verify_posts, when[0], verify),
        (refetch_failed, when[1], dict(folders)),
    ]
    return [
        RunnerDeployment.from_flow(
            flow,
            name=f"serve-{place}",
            schedule=schedule,
            parameters=parameters,
            description=f"Served on {socket.gethostname()} for {cache}",
            concurrency_limit=_ONE_AT_A_TIME,
            entrypoint_type=EntrypointType.MODULE_PATH,
        )
        for flow, schedule, parameters in made
    ]


async def _serve(deployments: Sequence[RunnerDeployment], cache: Path) -> None:
    runner = _StoppableRunner(name="nsarchive-verify", limit=len(deployments))
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, runner.handle_sigterm)
    known = [await runner.aadd_deployment(deployment) for deployment in deployments]
    _say(f"serving {', '.join(f'{d.flow_name}/{d.name}' for d in deployments)}")
    url = str(PREFECT_API_URL.value())
    _say(f"Prefect: {url.removesuffix('/api')} (API {url}); Ctrl-C or SIGTERM ends this")
    beside = [
        asyncio.create_task(runner.stop_when_told()),
        asyncio.create_task(_tidy_now_and_then(known, cache)),
    ]
    try:
        await runner.start()
    finally:
        for task in beside:
            task.cancel()
        await asyncio.gather(*beside, return_exceptions=True)
    await asyncio.to_thread(_tidy, known, cache)
    _say("ended; the schedules are paused until the next serve")


class _StoppableRunner(Runner):
    """A runner whose end is awaited: what it started is ended, and Prefect is told so."""

    def __init__(self, *, name: str, limit: int) -> None:
        super().__init__(name=name, limit=limit)
        self._told = asyncio.Event()
        self._home = asyncio.get_running_loop()

    def handle_sigterm(self, *_: object) -> None:
        """Remember that it is time to end; a signal may come before the start is over."""
        self._home.call_soon_threadsafe(self._told.set)

    async def stop_when_told(self) -> None:
        """Wait for a signal, then stop."""
        await self._told.wait()
        while not self.started:  # noqa: ASYNC110  Prefect has no event for it
            await asyncio.sleep(0.05)
        await self.astop()


async def _tidy_now_and_then(deployments: Sequence[UUID], cache: Path) -> None:
    while True:
        await asyncio.to_thread(_tidy, deployments, cache)
        await asyncio.sleep(TIDY_SECONDS)


def _tidy(deployments: Sequence[UUID], cache: Path) -> None:
    try:
        for line in tidy_if_idle(deployments, cache):
            _say(line)
    except Exception as error:  # noqa: BLE001  a server that is away for a minute is no reason to end
        _say(f"could not look for dead runs: {error}")


def _port() -> int:
    chosen = os.environ.get("PREFECT_SERVER_API_PORT")
    if chosen:
        return int(chosen)
    with socket.socket() as trial:
        return 0 if trial.connect_ex(("127.0.0.1", USUAL_PORT)) == 0 else USUAL_PORT


def _leave(*_: object) -> None:
    sys.exit(0)


def _say(text: str) -> None:
    print(f"nsarchive-verify: {text}", file=sys.stderr, flush=True)  # noqa: T201  the only voice of serve
