"""Runs that overlap on one cache: each report is whole, the newest lacks nothing, nobody asks twice."""

import json
import threading
import time
from pathlib import Path

from flows.demo.server import Answer, page
from tests.end_to_end.desk import DESCRIPTION, GRAIN, POST, document_page

OTHER = "https://nsarchive.gwu.edu/document/41007-doc-09-other-cable"
ONCE = {"NSARCHIVE_MAX_ATTEMPTS": "1"}


def post(url, number):
    """Return a faithful post about the page at *url*."""
    return POST.format(description=DESCRIPTION, url=url).replace("30000001", number)


def begun(desk, url, times=1):
    """Wait until *url* has been asked for so many *times*."""
    deadline = time.monotonic() + 60
    while desk.asked(url) < times:
        assert time.monotonic() < deadline, f"{url} was not asked for"
        time.sleep(0.02)


def held_back(until):
    """Return a page that is answered only when *until* is set."""

    def answer(_):
        until.wait(50)
        return page(document_page())

    return answer


def ended(process):
    """Wait for the end of a command that was started; return its report."""
    out, err = process.communicate(timeout=100)
    assert process.returncode == 0, err
    return json.loads(Path(out.splitlines()[-1]).read_bytes())


def newest(desk):
    """Return what a reader finds under ``latest``."""
    return json.loads((desk.folder / "reports" / "latest" / "report.json").read_bytes())


def description_of(report, number):
    """Return the verdict on the description in the post *number*."""
    (found,) = [item for item in report["posts"] if item["id"].endswith(number)]
    return next(c["verdict"] for c in found["checks"] if c["field"] == "description")


def test_a_refetch_keeps_the_posts_of_a_run_that_ended_meanwhile(desk):
    """It began when the newest report was another one."""
    ready = threading.Event()
    desk.site.set(GRAIN, Answer(status=503), held_back(ready))
    desk.run("run", desk.write("first.txt", post(GRAIN, "30000001")), **ONCE)
    refetch = desk.start("refetch", "--all", **ONCE)
    begun(desk, GRAIN, times=2)
    desk.site.set(OTHER, document_page())
    desk.run("run", desk.write("second.txt", post(OTHER, "30000002")), **ONCE)
    ready.set()
    report = ended(refetch)
    assert newest(desk)["run"]["id"] == report["run"]["id"]
    assert description_of(newest(desk), "30000001") == "verbatim"
    assert description_of(newest(desk), "30000002") == "verbatim"
    urls = {source["canonical_url"]: source["status"] for source in report["sources"]}
    assert (urls[GRAIN], urls[OTHER]) == ("fetched", "fetched")
    assert (desk.asked(GRAIN), desk.asked(OTHER)) == (2, 1)


def test_a_run_reports_what_a_refetch_has_recovered_meanwhile(desk):
    """The source failed early in the run, and was obtained before its report was written."""
    desk.site.set(GRAIN, Answer(status=503), document_page())
    ready = threading.Event()
    desk.site.set(OTHER, held_back(ready))
    both = desk.write("both.txt", post(GRAIN, "30000001") + post(OTHER, "30000002"))
    run = desk.start("run", both, **ONCE)
    begun(desk, OTHER)
    deadline = time.monotonic() + 60
    while GRAIN not in desk.run("failures").out:
        assert time.monotonic() < deadline
    assert GRAIN not in desk.run("refetch", "--all", **ONCE).err
    ready.set()
    report = ended(run)
    assert description_of(report, "30000001") == "verbatim"
    statuses = {source["canonical_url"]: source["status"] for source in report["sources"]}
    assert (statuses[GRAIN], statuses[OTHER]) == ("cached", "fetched")
    assert newest(desk)["run"]["id"] == report["run"]["id"]
    assert desk.run("failures").out.count(GRAIN) == 0
    assert (desk.asked(GRAIN), desk.asked(OTHER)) == (2, 1)
