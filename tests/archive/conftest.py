"""A stand-in network and a clock that runs only when somebody sleeps."""

import contextlib
import random
from datetime import UTC, datetime, timedelta

import pytest

from flows.archive import Archive
from flows.demo.server import Answer, StandIn
from flows.records import LinkKind, Wanted
from flows.settings import Settings
from tests.browser import chromium, tab

__all__ = ["chromium", "tab"]

HOST = "nsarchive.gwu.edu"


class Clock:
    """Time that passes when somebody sleeps, and when it is told to."""

    def __init__(self):
        self.start = datetime(2026, 3, 1, 12, tzinfo=UTC)
        self.passed = 0.0
        self.slept = []

    def __call__(self):
        return self.start + timedelta(seconds=self.passed)

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.passed += seconds

    def forward(self, **amount):
        self.passed += timedelta(**amount).total_seconds()


class World:
    """A cache, a clock, and a stand-in for the Archive's sites.

    ``pages`` maps a path to an answer, to a list of answers (one per request,
    the last for all further ones), or to a function of the request.
    """

    def __init__(self, folder):
        self.folder = folder
        self.clock = Clock()
        self.pages = {"/robots.txt": Answer(status=404)}
        self.hosts = {HOST: self.pages}
        self.stand_in = None
        self.settings = Settings(
            cache=folder / "cache",
            reports=folder / "reports",
            requests_per_second=1000,
            backoff_seconds=0.5,
            max_attempts=4,
            timeout_seconds=5,
            wayback=False,
        )

    def set(self, **changes):
        self.settings = self.settings.model_copy(update=changes)

    def answer(self, request):
        found = self.hosts.get(request.host, {}).get(request.path, Answer(status=404))
        if isinstance(found, list):
            found = found[min(request.number, len(found)) - 1]
        return found(request) if callable(found) else found

    @contextlib.contextmanager
    def online(self, **options):
        options.setdefault("hosts", list(self.hosts))
        with StandIn(self.answer, **options) as self.stand_in, self.stand_in.in_environment():
            yield self.stand_in

    def archive(self, **options):
        options = {
            "clock": self.clock,
            "sleep": self.clock.sleep,
            "rng": random.Random(7),
        } | options
        return Archive(self.settings, **options)

    def obtain(self, *paths, inspect=None, **options):
        """Return what one run makes of *paths*, in an archive of its own."""
        with self.archive(inspect=inspect) as archive:
            return archive.obtain([wanted(path) for path in paths], **options)

    def asked(self, path):
        """Return how often *path* was asked for."""
        return sum(request.path == path for request in self.stand_in.requests)


def wanted(path, **options):
    url = path if "://" in path else f"https://{HOST}{path}"
    options = {"url": url, "kind": LinkKind.DOCUMENT} | options
    return Wanted(canonical_url=url, **options)


@pytest.fixture
def world(tmp_path, monkeypatch):
    """A cache, a clock, a stand-in network; nothing of this machine's environment."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "REQUESTS_CA_BUNDLE"):
        for variable in (name, name.lower()):
            # Set first, so that it is put back whatever a test does to it.
            monkeypatch.setenv(variable, "")
            monkeypatch.delenv(variable)
    return World(tmp_path)


@pytest.fixture
def want():
    """Make a ``Wanted`` from a path of the Archive's host, or from an address."""
    return wanted
