"""``serve`` with real processes: schedules, overlaps, signals, sudden death."""

import os
import signal
import subprocess
from functools import partial

import pytest
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterDeploymentId

pytestmark = pytest.mark.prefect


def runs_of(client, deployment):
    found = client.read_deployment_by_name(deployment)
    where = FlowRunFilter(deployment_id=FlowRunFilterDeploymentId(any_=[found.id]))
    return client.read_flow_runs(flow_run_filter=where)


def state_of(client, run):
    return client.read_flow_run(run).state


def start_run(client, deployment):
    found = client.read_deployment_by_name(deployment)
    return client.create_flow_run_from_deployment(found.id).id


def test_scheduled_runs_of_both_flows_appear_and_complete(service, client):
    """This is what wrong versions of fastapi and SQLAlchemy prevent without a word."""
    process = service.start(interval=6)
    service.wait_for(lambda: service.journal("end", "verify") and service.journal("end", "refetch"))
    verify = service.deployment()
    assert service.journal("begin", "verify")[0][3] == "scheduled=True"

    def completed():
        states = [run.state.name for run in runs_of(client, verify) if run.auto_scheduled]
        return "Completed" in states

    service.wait_for(completed)
    refetch = service.deployment("refetch-failed")
    service.wait_for(lambda: "NothingDue" in [run.state.name for run in runs_of(client, refetch)])
    process.terminate()
    assert process.wait(30) == 0
    assert client.read_deployment_by_name(verify).paused


def test_dead_runs_and_overlaps(service, client, alive):
    """Two runs never overlap; one that died does not block the next; SIGTERM ends a busy one."""
    service.hold()
    process = service.start()
    first = start_run(client, service.deployment())
    line = service.wait_for(partial(service.journal, "begin", "verify"))[0]
    second = start_run(client, service.deployment())
    service.wait_for(lambda: state_of(client, second).is_final())
    assert state_of(client, second).is_cancelled()
    assert state_of(client, first).is_running()

    process.kill()
    process.wait()
    os.kill(int(line[-1]), signal.SIGKILL)
    process = service.start()
    service.wait_for(lambda: state_of(client, first).is_crashed())
    third = start_run(client, service.deployment())
    busy = service.wait_for(lambda: service.journal("begin", "verify")[1:])[0]
    assert state_of(client, third).is_running()

    process.terminate()
    assert process.wait(30) == 0
    assert not alive(int(busy[-1]))
    assert state_of(client, third).is_cancelled()


def test_one_command_brings_its_own_server_and_takes_it_away(service, alive):
    """The server ends with ``serve``, even when that is killed."""
    for end in (signal.SIGTERM, signal.SIGKILL):
        process = service.start(own_server=True)
        children = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(process.pid)],
            capture_output=True,
            text=True,
            check=True,
        ).stdout.split()
        assert len(children) == 1
        assert "Prefect: http://127.0.0.1:" in service.log()
        process.send_signal(end)
        assert process.wait(30) == (0 if end is signal.SIGTERM else -signal.SIGKILL)
        service.wait_for(lambda: not alive(int(children[0])))  # noqa: B023  used at once
