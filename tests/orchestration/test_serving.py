"""``serve`` with real processes: schedules, overlaps, signals, sudden death."""

import os
import signal
import subprocess
import sys
import time
from functools import partial

import pytest
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterDeploymentId

pytestmark = pytest.mark.prefect


def runs_of(client, deployment):
    found = client.read_deployment_by_name(deployment)
    where = FlowRunFilter(deployment_id=FlowRunFilterDeploymentId(any_=[found.id]))
    return client.read_flow_runs(flow_run_filter=where)


def scheduled_states(client, deployment):
    return [run.state.name for run in runs_of(client, deployment) if run.auto_scheduled]


def state_of(client, run):
    return client.read_flow_run(run).state


def start_run(client, deployment):
    found = client.read_deployment_by_name(deployment)
    return client.create_flow_run_from_deployment(found.id).id


def test_one_command_runs_both_flows_on_schedule(service, client, alive):
    """On a fresh machine, with a server of its own that ends with it.

    That scheduled runs appear is what wrong versions of fastapi and SQLAlchemy
    prevent without a word.
    """
    process = service.start(own_server=True, interval=6)
    server = service.children(process)
    assert len(server) == 1
    assert "Prefect: http://127.0.0.1:" in service.log()
    service.wait_for(lambda: service.journal("end", "verify") and service.journal("end", "refetch"))
    assert service.journal("begin", "verify")[0][3] == "scheduled=True"

    # Both servers keep their history in one place, so either can be asked.
    verify, refetch = service.deployment(), service.deployment("refetch-failed")
    service.wait_for(lambda: "Completed" in scheduled_states(client, verify))
    service.wait_for(lambda: "NothingDue" in scheduled_states(client, refetch))
    process.terminate()
    assert process.wait(30) == 0
    assert not alive(server[0])
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


def test_a_server_ends_with_its_parent_even_when_that_is_killed(api, alive):
    """Nothing stays behind to hold a port and a database."""
    code = (
        "import sys\nfrom flows.orchestration.local_server import LocalServer\n"
        "server = LocalServer(services=False)\n"
        "print(server._process.pid, server.api_url, flush=True)\nsys.stdin.read()"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with parent:
        pid, address = parent.stdout.readline().split()
        assert address.startswith("http://127.0.0.1:")
        assert alive(int(pid))
        parent.kill()
    end = time.monotonic() + 20
    while alive(int(pid)):
        assert time.monotonic() < end
        time.sleep(0.1)
