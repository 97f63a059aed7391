"""What both flows do around the pipeline: settings in, progress and findings out.

The command line calls a flow in its own process and wants the ``Outcome``
itself, its own progress shown, and errors as they are; it hands these over in
a ``Call``. A deployed run has no caller: it takes its settings from its
parameters and the environment.
"""

import flows.orchestration.environment  # isort: skip  # noqa: F401  Prefect reads it when imported

import logging
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from prefect.artifacts import create_markdown_artifact
from prefect.client.schemas.objects import FlowRun, State
from prefect.context import FlowRunContext
from prefect.logging import get_run_logger
from prefect.logging.handlers import PrefectConsoleHandler
from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings
from prefect.states import Completed

from flows.errors import EngineError, VerifyError
from flows.orchestration.environment import loopback_without_proxy
from flows.orchestration.local_server import api_settings
from flows.pipeline.engine import Outcome, Progress, Silence
from flows.records import Verdict
from flows.settings import Settings, load_settings

ARTIFACT_KEY = "verification-report"

#: Lines that one run writes about single sources; each costs a millisecond,
#: and the report has them all.
NOTES_LOGGED = 50

#: Verdicts that say the post's words are not the source's words.
DIFFERENCES = (Verdict.ALTERED, Verdict.SPLICED, Verdict.MISATTRIBUTED, Verdict.NOT_FOUND)


@dataclass(slots=True, kw_only=True)
class Call:
    """What a caller in the same process gives a flow, and gets back."""

    settings: Settings
    progress: Progress
    outcome: Outcome | None = None


_CALL: ContextVar[Call | None] = ContextVar("call", default=None)

#: What lasts from the first flow called to the end of the process: Prefect's threads
#: send the server what they still hold when the flow has long ended, and complain
#: on the terminal when they cannot reach it.
surroundings = ExitStack()


def call_flow(flow: Callable[[], object], call: Call) -> Outcome:
    """Run *flow* in this process, against the user's Prefect server or one of our own.

    Raises:
        EngineError: Prefect could not begin the run, or lost it half-way.
        VerifyError: whatever the pipeline raised, unchanged.
    """
    token = _CALL.set(call)
    try:
        # Nobody needs a heartbeat of a run that somebody is watching; ending
        # the thread that sends it takes a second.
        settings = {**api_settings(), PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}
        surroundings.enter_context(loopback_without_proxy())
        with temporary_settings(settings):
            surroundings.enter_context(_silent_console())
            flow()
    except VerifyError:
        raise
    except Exception as error:
        if call.outcome is None:
            if _is_ours(error):
                raise
            raise EngineError(
                f"Prefect could not run the flow: {type(error).__name__}: {error}; is its server "
                "(PREFECT_API_URL) running? --engine direct works without Prefect"
            ) from error
        # The report is written; only Prefect did not hear of it.
        call.progress.note(f"Prefect did not record the end of this run: {error}")
    finally:
        _CALL.reset(token)
    if call.outcome is None:
        raise EngineError("Prefect ended the run before it was done; --engine direct does not")
    return call.outcome


@contextmanager
def _silent_console() -> Iterator[None]:
    """Keep Prefect from the terminal, where the caller shows progress and errors itself.

    Its log still goes to the server. Who sets ``PREFECT_LOGGING_LEVEL`` wants to see it.
    """
    loggers = [logging.getLogger(), *map(logging.getLogger, logging.root.manager.loggerDict)]
    consoles = {h for log in loggers for h in log.handlers if isinstance(h, PrefectConsoleHandler)}
    if "PREFECT_LOGGING_LEVEL" in os.environ:
        consoles = set()
    levels = {handler: handler.level for handler in consoles}
    for handler in levels:
        handler.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        for handler, level in levels.items():
            handler.setLevel(level)


def _is_ours(error: BaseException) -> bool:
    """Tell whether *error* was raised in the pipeline or below it, not by Prefect itself."""
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_globals.get("__name__", "").startswith("flows.pipeline"):
            return True
        trace = trace.tb_next
    return False


@contextmanager
def called(**parameters: object) -> Iterator[Call]:
    """Yield what the pipeline needs: from the caller, else from *parameters*.

    Raises:
        UsageError: a parameter or a variable of the environment is not of its kind.
    """
    call = _CALL.get()
    if call is None:
        call = Call(settings=load_settings(**parameters), progress=Silence())
    watcher = call.progress
    call.progress = _Logged(watcher)
    try:
        yield call
    finally:
        call.progress = watcher


def this_run() -> FlowRun | None:
    """Return the flow run that this code runs in."""
    context = FlowRunContext.get()
    return context.flow_run if context is not None else None


def conclude(outcome: Outcome) -> State[str]:
    """Leave a summary in Prefect's user interface; return the final state.

    The state is always ``Completed``: findings are what a run is for. Its name
    says what sort of findings, so that a list of runs can be read at a glance;
    its result is the report's path.
    """
    name = state_name(outcome)
    create_markdown_artifact(
        key=ARTIFACT_KEY, markdown=summary(outcome), description=f"{outcome.run_id}: {name}"
    )
    counts = ", ".join(f"{n} {verdict}" for verdict, n in outcome.verdicts.items() if n)
    message = counts or "no checks"
    report = outcome.report.resolve()
    get_run_logger().info("%s: %s; %s", name, message, report)
    return Completed(name=name, message=message, data=str(report))


def state_name(outcome: Outcome) -> str:
    """Return one word for what a run ended with.

    A source that could not be obtained casts no doubt on a quotation, so it
    has a word of its own; and a run that checked nothing never looks like one
    that found nothing wrong.
    """
    if outcome.nothing_due:
        return "NothingDue"
    if any(outcome.verdicts.get(verdict) for verdict in DIFFERENCES):
        return "DifferencesFound"
    if not any(outcome.verdicts.values()):
        return "NothingToCheck"
    if outcome.verdicts.get(Verdict.UNAVAILABLE) or outcome.verdicts.get(Verdict.NOT_CHECKABLE):
        return "SomeUnchecked"
    return "Completed"


def summary(outcome: Outcome) -> str:
    """Return the totals of a run and the place of its report, in Markdown."""
    rows = [("check", verdict, n) for verdict, n in outcome.verdicts.items() if n]
    sources = [("source", status, n) for status, n in outcome.sources.items() if n]
    lines = [f"Run {outcome.run_id}", ""]
    if outcome.nothing_due:
        lines += ["No failed fetch was due; this is the newest report there is.", ""]
    if outcome.recovered:
        lines += [f"Recovered sources: {outcome.recovered}", ""]
    lines += ["| what | result | number |", "|---|---|---:|"]
    lines += [f"| {what} | {result} | {n} |" for what, result, n in (*rows, *sources)]
    # Indented, so that no character of a path is taken for Markdown.
    lines += ["", "The report:", "", f"    {outcome.report.with_name('report.html').resolve()}"]
    return "\n".join(lines) + "\n"


class _Logged:
    """A ``Progress`` that also writes the first notes of a run to its log in Prefect."""

    def __init__(self, watcher: Progress) -> None:
        self._watcher = watcher
        self._logger = get_run_logger()
        self._notes = 0

    def stage(self, name: str, total: int | None) -> None:
        self._watcher.stage(name, total)

    def advance(self, amount: int = 1) -> None:
        self._watcher.advance(amount)

    def note(self, text: str) -> None:
        self._watcher.note(text)
        self._notes += 1
        if self._notes <= NOTES_LOGGED:
            self._logger.warning("%s", text)
        elif self._notes == NOTES_LOGGED + 1:
            self._logger.warning("more of this kind: see the report")
