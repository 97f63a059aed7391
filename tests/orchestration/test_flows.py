"""The two flows in this process, over pipelines of a few lines."""

import json
import os
import re
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterId
from prefect.client.schemas.sorting import FlowRunSort
from prefect.flows import load_flow_from_entrypoint
from prefect.settings import PREFECT_API_URL, PREFECT_CLIENT_MAX_RETRIES, temporary_settings
from prefect.utilities.callables import parameter_schema

from flows import pipeline
from flows.demo import StandInArchive, demo_posts
from flows.demo.server import StandIn
from flows.errors import EngineError, InputError
from flows.orchestration import refetching, verifying
from flows.pipeline.engine import Outcome
from flows.records import SourceStatus, Verdict
from flows.settings import Settings

pytestmark = pytest.mark.prefect

TIMES = re.compile(r'"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[^"]*Z"')


class Watcher:
    def __init__(self):
        self.heard = []

    def stage(self, name, total):
        self.heard.append((name, total))

    def advance(self, amount=1):
        self.heard.append(amount)

    def note(self, text):
        self.heard.append(text)


@pytest.fixture
def settings(tmp_path):
    return Settings(cache=tmp_path / "cache", reports=tmp_path / "reports", offline=True)


@pytest.fixture
def outcome(tmp_path):
    return Outcome(
        run_id="20250302T011100Z-verify-abc123",
        report=tmp_path / "reports" / "run" / "report.json",
        verdicts={Verdict.VERBATIM: 3, Verdict.ALTERED: 1},
        sources={SourceStatus.FETCHED: 2},
    )


def newest_run(client):
    return client.read_flow_runs(sort=FlowRunSort.START_TIME_DESC, limit=1)[0]


def test_the_caller_gets_the_outcome_itself(monkeypatch, client, settings, outcome, capfd):
    """Settings go in and the outcome comes out as they are, and Prefect keeps quiet."""
    given = {}

    def stages(paths, settings, **options):
        given.update(paths=paths, settings=settings, **options)
        options["progress"].note("a page could not be had")
        return outcome

    monkeypatch.setattr(verifying, "verify", stages)
    watcher = Watcher()
    result = verifying.run_verify(["-"], settings, progress=watcher, columns="id=a")
    assert result is outcome
    assert given["settings"] is settings
    assert given["paths"] == ["-"]
    assert given["columns"] == "id=a"
    assert given["scheduled"] is False
    assert watcher.heard == ["a page could not be had"]
    captured = capfd.readouterr()
    assert captured.out + captured.err == ""
    run = newest_run(client)
    assert run.state.name == "DifferencesFound"
    assert run.parameters["offline"] is True


def test_a_batch_is_one_task_run_without_cache_or_result(monkeypatch, client, settings, outcome):
    """What the work returns comes back as the same object, past Prefect."""
    work_done = [object()]

    def stages(paths, settings, *, run_batch, **options):
        assert run_batch("fetch", lambda: work_done, 200) is work_done
        assert run_batch("check", lambda: None, 2) is None
        return outcome

    monkeypatch.setattr(verifying, "verify", stages)
    verifying.run_verify(["-"], settings)
    own = FlowRunFilter(id=FlowRunFilterId(any_=[newest_run(client).id]))
    names = {task.name for task in wait_for_task_runs(client, own, 2)}
    assert names == {"fetch 200 sources", "check 2 posts"}


def wait_for_task_runs(client, own, number):
    """Return the task runs once the server knows how each ended, and so their names."""
    for _ in range(100):
        found = client.read_task_runs(flow_run_filter=own)
        if len(found) == number and all(run.state.is_final() for run in found):
            return found
        time.sleep(0.1)
    return found


def test_the_summary_is_an_artifact(monkeypatch, client, settings, outcome):
    """Prefect's page of the run names the report and the totals."""
    monkeypatch.setattr(verifying, "verify", lambda *_, **__: outcome)
    verifying.run_verify(["-"], settings)
    rows = client.request("POST", "/artifacts/filter", json={"sort": "ID_DESC"}).json()
    mine = next(row for row in rows if row["flow_run_id"] == str(newest_run(client).id))
    assert mine["key"] == "verification-report"
    assert "| check | altered | 1 |" in mine["data"]
    assert str(outcome.report.with_name("report.html")) in mine["data"]


ERRORS = {
    "nothing to read": InputError("nowhere", "no such file or folder"),
    "a fault of the pipeline": ZeroDivisionError("a bug"),
}


@pytest.mark.parametrize("error", ERRORS.values(), ids=ERRORS)
def test_errors_come_out_as_they_are(monkeypatch, client, settings, error):
    """The command line decides what becomes of them; the run has failed."""
    namespace = {"__name__": "flows.pipeline.broken", "error": error}
    exec("def stages(*paths, **options): raise error", namespace)
    monkeypatch.setattr(verifying, "verify", namespace["stages"])
    with pytest.raises(type(error)) as raised:
        verifying.run_verify(["-"], settings)
    assert raised.value is error
    assert newest_run(client).state.is_failed()


def test_a_mistyped_name_starts_nothing(monkeypatch, settings):
    """It is told at once, and no server is started for it."""
    monkeypatch.setattr(verifying, "call_flow", None)
    with pytest.raises(InputError):
        verifying.run_verify(["nowhere"], settings)


def test_refetch_says_when_nothing_is_due(monkeypatch, client, settings, outcome):
    """A run without work never looks like one that found nothing wrong."""
    given = {}

    def stages(settings, **options):
        given.update(options)
        return replace(outcome, nothing_due=True)

    monkeypatch.setattr(refetching, "refetch", stages)
    assert refetching.run_refetch(settings, every=True).nothing_due
    assert given["every"] is True
    assert newest_run(client).state.name == "NothingDue"


def test_a_server_that_does_not_answer_is_one_clear_line(monkeypatch, api, settings, outcome):
    """And it names the way out."""
    monkeypatch.setattr(verifying, "verify", lambda *_, **__: outcome)
    unreachable = {PREFECT_API_URL: "http://127.0.0.1:1/api", PREFECT_CLIENT_MAX_RETRIES: 0}
    with temporary_settings(unreachable), pytest.raises(EngineError, match="--engine direct"):
        verifying.run_verify(["-"], settings)


def test_a_run_that_is_over_at_once_says_nothing_of_prefect(api, tmp_path):
    """Its threads still talk to the server, and not through a proxy, until the process ends."""
    proxy = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY"), "http://127.0.0.1:9")
    done = subprocess.run(
        [sys.executable, "-m", "flows", "refetch"],
        cwd=tmp_path,
        env={**os.environ, "PREFECT_API_URL": api, **proxy},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr.splitlines()[-1].startswith("report: ")
    assert "ERROR" not in done.stderr


def test_a_path_entrypoint_loads_the_flows(api):
    """As `prefect.yaml` names them; both become forms with a line of help per field."""
    root = Path(__file__).parents[2]
    deployments = yaml.safe_load((root / "prefect.yaml").read_text())["deployments"]
    for deployment in deployments:
        path, name = deployment["entrypoint"].split(":")
        flow = load_flow_from_entrypoint(f"{root / path}:{name}")
        flow.validate_parameters({"paths": ["posts"]} if name == "verify_posts" else {})
        fields = json.loads(parameter_schema(flow.fn).model_dump_json())["properties"]
        assert set(deployment.get("parameters", {})) <= set(fields)
        assert all(field["description"] for field in fields.values())
        assert deployment["concurrency_limit"]["limit"] == 1
        assert not deployment["name"].startswith("serve")


def told(report):
    """Return what a report says, without what differs from run to run."""
    content = json.loads(report.read_text())
    run = {key: content["run"][key] for key in ("version", "offline", "inputs")}
    return json.loads(TIMES.sub('"(a time)"', json.dumps({**content, "run": run})))


def run_demo(engine, place):
    """Run the demo's posts against its archive, both as they are at first."""
    settings = Settings(
        cache=place / "cache",
        reports=place / "reports",
        stand_in=True,
        requests_per_second=500,
        backoff_seconds=0,
        wayback=False,
    )
    archive = StandInArchive()
    with StandIn(archive, hosts=archive.hosts) as server, pytest.MonkeyPatch.context() as patch:
        for name, value in server.environment().items():
            patch.setenv(name, value)
        return engine([str(path) for path in demo_posts()], settings)


def test_both_engines_give_the_same_report(api, tmp_path):
    """With real posts and a real archive, reached through a proxy."""
    outcomes = {
        name: run_demo(engine, tmp_path / name)
        for name, engine in {"prefect": verifying.run_verify, "direct": pipeline.verify}.items()
    }
    assert outcomes["direct"].verdicts[Verdict.ALTERED]
    assert outcomes["prefect"].verdicts == outcomes["direct"].verdicts
    assert outcomes["prefect"].sources == outcomes["direct"].sources
    assert told(outcomes["prefect"].report) == told(outcomes["direct"].report)
