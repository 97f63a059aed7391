"""One Prefect server for all tests of this folder, and processes that serve."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import flows.orchestration.environment  # isort: skip  # noqa: F401  before anything of Prefect's

import pytest
from prefect.client.orchestration import get_client
from prefect.logging.handlers import APILogWorker
from prefect.settings import PREFECT_API_URL, PREFECT_HOME, temporary_settings

from flows.orchestration.flow_runs import surroundings
from flows.orchestration.local_server import LocalServer

STAND_IN = Path(__file__).parent / "stand_in"

#: What makes Prefect look more often than people need it to.
IMPATIENT = {
    "PREFECT_RUNNER_POLL_FREQUENCY": "1",
    "PREFECT_SERVER_SERVICES_SCHEDULER_RECENT_DEPLOYMENTS_LOOP_SECONDS": "1",
}


@pytest.fixture(scope="session")
def api(tmp_path_factory):
    """A server with a scheduler, and Prefect told to use it; yields its address."""
    home = tmp_path_factory.mktemp("prefect-home")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("PREFECT_HOME", str(home))
        environment.delenv("PREFECT_API_URL", raising=False)
        for name, value in IMPATIENT.items():
            environment.setenv(name, value)
        server = LocalServer(services=True, quiet=False)
        try:
            with temporary_settings({PREFECT_HOME: home, PREFECT_API_URL: server.api_url}):
                yield server.api_url
                # What is still to be logged goes to a server that is there.
                APILogWorker.drain_all(timeout=5)
        finally:
            server.stop()


@pytest.fixture(autouse=True)
def _as_if_the_process_had_ended():
    """What a called flow changes for the rest of its process ends with the test."""
    yield
    surroundings.close()


@pytest.fixture
def client(api):
    """A client of the server, for looking at it from outside."""
    with get_client(sync_client=True) as client:
        yield client


class Service:
    """A ``serve`` process over a pipeline that keeps a journal, and lasts while held."""

    def __init__(self, place, api_url):
        self._place = place
        self._journal = place / "journal"
        self._hold = place / "hold"
        self._api_url = api_url
        self._processes = []
        (place / "posts").mkdir()

    def start(self, *, own_server=False, **schedule):
        """Start and wait until it says that it serves; returns the process."""
        given = {name: value for name, value in os.environ.items() if name != "PREFECT_API_URL"}
        paths = [str(STAND_IN), os.environ.get("PYTHONPATH", "")]
        environment = {
            **given,
            **({} if own_server else {"PREFECT_API_URL": self._api_url}),
            "PREFECT_SERVER_API_PORT": "0",
            "PYTHONPATH": os.pathsep.join(filter(None, paths)),
            "STAND_IN_JOURNAL": str(self._journal),
            "STAND_IN_HOLD": str(self._hold),
        }
        code = (
            "import sys; from flows.orchestration.serving import serve; from flows.settings import load_settings\n"
            f"sys.exit(serve('posts', load_settings(cache='cache'), **{schedule!r}))"
        )
        self._log = self._place / f"log-{len(self._processes)}"
        with self._log.open("w") as log:
            process = subprocess.Popen(
                [sys.executable, "-c", code],
                cwd=self._place,
                env=environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self._processes.append(process)
        self.wait_for(lambda: "ends this" in self.log() or process.poll() is not None)
        assert process.poll() is None, self.log()
        return process

    def log(self):
        return self._log.read_text()

    def deployment(self, flow="verify-posts"):
        words = self.log().replace(",", " ").split()
        return next(word for word in words if word.startswith(f"{flow}/"))

    def hold(self):
        self._hold.touch()

    def let_go(self):
        self._hold.unlink()

    def journal(self, *words):
        """Return the lines of the journal that begin with *words*."""
        lines = self._journal.read_text().splitlines() if self._journal.exists() else []
        return [line.split() for line in lines if line.split()[: len(words)] == list(words)]

    def wait_for(self, condition, seconds=60.0):
        end = time.monotonic() + seconds
        while not (result := condition()):
            assert time.monotonic() < end, self.log()
            time.sleep(0.1)
        return result

    def children(self, process):
        done = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(process.pid)],
            capture_output=True,
            text=True,
            check=True,
        )
        return [int(pid) for pid in done.stdout.split()]

    def close(self):
        for process in self._processes:
            if process.poll() is None:
                process.kill()
                process.wait()
        for line in self.journal("begin"):
            if (self._place / "journal").exists() and is_alive(int(line[-1])):
                os.kill(int(line[-1]), signal.SIGKILL)


def is_alive(pid):
    """Tell whether a process runs; one that is dead but not yet buried does not."""
    state = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False
    ).stdout.strip()
    return bool(state) and not state.startswith("Z")


@pytest.fixture
def alive():
    return is_alive


@pytest.fixture
def service(tmp_path, api):
    service = Service(tmp_path, api)
    yield service
    service.close()
