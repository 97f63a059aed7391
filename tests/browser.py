"""Chromium for tests, driven over its own protocol (DevTools): pages need no script for it."""

import json
import shutil
import subprocess
import time

import pytest
from websockets.sync.client import connect

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--disable-dev-shm-usage", "--remote-debugging-port=0"),
]
WIDE, NARROW = 1280, 390


class Tab:
    """One tab of the browser; ``heard`` collects what it reports unasked."""

    def __init__(self, address):
        self.socket = connect(address, max_size=None)
        self.heard = []
        self.last = 0
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.ask(f"{domain}.enable")

    def ask(self, method, **params):
        self.last += 1
        self.socket.send(json.dumps({"id": self.last, "method": method, "params": params}))
        while True:
            message = json.loads(self.socket.recv(timeout=30))
            if message.get("id") == self.last:
                assert "error" not in message, message
                return message["result"]
            self.heard.append(message)

    def open(self, path, *, width=WIDE):
        return self.go(path.as_uri(), width=width)

    def go(self, address, *, width=WIDE):
        self.ask(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=900,
            deviceScaleFactor=1,
            mobile=width == NARROW,
        )
        self.heard.clear()
        self.ask("Page.navigate", url=address)
        while not any(message["method"] == "Page.loadEventFired" for message in self.heard):
            self.heard.append(json.loads(self.socket.recv(timeout=30)))
        return self

    def value(self, expression):
        result = self.ask("Runtime.evaluate", expression=expression, returnByValue=True)
        assert "exceptionDetails" not in result, result
        return result["result"].get("value")

    def told(self, method):
        return [message["params"] for message in self.heard if message["method"] == method]


@pytest.fixture(scope="module")
def chromium(tmp_path_factory):
    """A running browser's folder of user data; ended by its own process id."""
    program = next((path for path in map(shutil.which, NAMES) if path), None)
    if program is None:
        pytest.fail(f"no browser to open pages in: install Chromium (one of {NAMES})")
    data = tmp_path_factory.mktemp("chromium")
    process = subprocess.Popen(
        [program, *FLAGS, f"--user-data-dir={data}", "about:blank"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    deadline = time.monotonic() + 30
    # The file's second line is written last.
    while len(lines_of(data / "DevToolsActivePort")) < 2:
        assert process.poll() is None, "Chromium ended as soon as it was started"
        assert time.monotonic() < deadline, "Chromium did not start within 30 seconds"
        time.sleep(0.05)
    yield data
    process.terminate()
    process.wait(15)


def lines_of(path):
    return path.read_text().splitlines() if path.exists() else []


@pytest.fixture
def tab(chromium):
    """A new tab, closed after the test."""
    port, browser = lines_of(chromium / "DevToolsActivePort")[:2]
    with connect(f"ws://127.0.0.1:{port}{browser}") as control:
        control.send(
            json.dumps({"id": 1, "method": "Target.createTarget", "params": {"url": "about:blank"}})
        )
        target = json.loads(control.recv(timeout=30))["result"]["targetId"]
        tab = Tab(f"ws://127.0.0.1:{port}/devtools/page/{target}")
        yield tab
        tab.socket.close()
        control.send(
            json.dumps({"id": 2, "method": "Target.closeTarget", "params": {"targetId": target}})
        )
