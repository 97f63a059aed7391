"""Runs that are told to end, or are killed: what they say, and what the next one finds."""

import json
import signal
import time

import pytest

from flows.demo.server import page
from tests.end_to_end.desk import DESCRIPTION, POST, document_page

TOLD = {signal.SIGINT: ("interrupted", 130), signal.SIGTERM: ("ended by SIGTERM", 143)}


def address(number):
    """Return the address of a document."""
    return f"https://nsarchive.gwu.edu/document/{42000 + number}-doc-{number:02d}-cable"


def slow_site(desk, count):
    """Serve so many documents, slowly enough to be interrupted; return the folder of posts."""

    def answer(_):
        time.sleep(0.15)
        return page(document_page())

    (desk.folder / "posts").mkdir()
    for number in range(count):
        desk.site.pages[address(number)] = [answer]
        text = POST.format(description=DESCRIPTION, url=address(number))
        desk.write(f"posts/{number}.txt", text.replace("30000001", str(30000001 + number)))
    return "posts"


def kept(desk):
    """Return how many captures the cache holds."""
    lines = desk.run("cache", "info").out.splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("captures")))


@pytest.fixture(autouse=True)
def hears_interruptions():
    """A shell starts its background jobs deaf to SIGINT, and so would be all that these start."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.parametrize("number", TOLD, ids=lambda number: number.name)
def test_a_run_that_is_told_to_end_says_so_and_the_next_goes_on(desk, number):
    """One line, the status that a shell knows, and nothing asked for twice."""
    posts = slow_site(desk, 16)
    process = desk.start("run", posts)
    deadline = time.monotonic() + 60
    while sum(desk.asked(address(n)) for n in range(16)) < 6:
        assert time.monotonic() < deadline
        assert process.poll() is None, process.communicate()
        time.sleep(0.02)
    process.send_signal(number)
    _, err = process.communicate(timeout=60)
    said, status = TOLD[number]
    assert process.returncode == status, err
    told = [line for line in err.splitlines() if line.startswith("nsarchive-verify:")]
    assert told == [f"nsarchive-verify: {said}; the next run goes on from here"]
    assert "Traceback" not in err
    assert not list((desk.folder / "reports").glob("*/report.json"))
    before = kept(desk)
    assert 0 < before < 16
    sources = desk.run("run", posts).report["sources"]
    documents = [s["status"] for s in sources if s["kind"] == "document"]
    assert documents.count("cached") == before
    assert documents.count("fetched") == 16 - before


def test_what_a_killed_run_left_half_written_is_cleared_away(desk, grain_post):
    """Such folders would pile up, hidden, in a place where runs are killed now and then."""
    desk.run("run", grain_post)
    reports = desk.folder / "reports"
    left = reports / ".writing-0a1b2c3d"
    left.mkdir()
    (left / "report.html").write_text("<!doctype html>")
    (reports / ".index.html-0a1b2c3d4e5f").write_text("<!doctype html>")
    (reports / ".latest-0a1b2c3d4e5f").symlink_to("nowhere")
    (reports / ".writing").mkdir()
    newest = desk.run("run", grain_post).report["run"]["id"]
    hidden = sorted(path.name for path in reports.glob(".*"))
    assert hidden == [".writing", ".writing.lock"]
    latest = json.loads((reports / "latest" / "report.json").read_text("utf-8"))
    assert latest["run"]["id"] == newest
