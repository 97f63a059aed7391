"""A post that links to a capture cites that edition of a page, not the one of today."""

import csv

import pytest

from flows.demo.server import Answer
from tests.end_to_end.desk import DESCRIPTION, GRAIN, POST, document_page
from tests.end_to_end.mementos import Mementos

AT = "20230115093000"
NAMED = f"https://web.archive.org/web/{AT}id_/{GRAIN}"
TODAY = DESCRIPTION.replace("1,200 wagons", "1,400 wagons").replace("has failed", "had failed")
FAITHFUL = {"verbatim", "typographic"}
ON = {"NSARCHIVE_WAYBACK": "true"}


def write(desk, link, description=DESCRIPTION):
    return desk.write("posts.txt", POST.format(description=description, url=link))


def serve(desk, today=TODAY, *, at=AT, answers=()):
    """Let the page read *today*, and the Wayback Machine have the edition before it."""
    desk.site.set(GRAIN, document_page(description=today))
    machine = Mementos({GRAIN: {at: document_page()}}, answers=list(answers))
    desk.site.fallback["web.archive.org"] = machine
    return machine


@pytest.fixture
def captured(desk):
    """A post that links to a capture with the words that today's page has lost."""
    return write(desk, f"https://web.archive.org/web/{AT}/{GRAIN}")


def description(report):
    """Return the check on the description."""
    (found,) = [c for c in report["posts"][0]["checks"] if c["field"] == "description"]
    return found


def source(report, url=NAMED):
    (found,) = [s for s in report["sources"] if s["canonical_url"] == url]
    return found


def test_words_of_the_capture_are_faithful_although_the_page_was_edited(desk, captured):
    """The report says which edition they stand in, and that the page reads otherwise."""
    machine = serve(desk)
    result = desk.run("run", captured, **ON)
    report, check = result.report, description(result.report)
    assert check["verdict"] in FAITHFUL
    assert check["warnings"] == ["page_differs"]
    told = check["source"]
    assert (told["url"], told["via"]) == (NAMED, "wayback")
    assert told["captured_at"].startswith("2023-01-15T09:30:00")
    assert [(w["url"], w["capture"], w["verdict"] in FAITHFUL) for w in check["witnesses"]] == [
        (NAMED, True, True),
        (GRAIN, False, False),
    ]
    (link,) = report["posts"][0]["links"]
    assert (link["canonical_url"], link["capture_url"]) == (GRAIN, NAMED)
    assert (source(report)["status"], source(report)["via"]) == ("archived", "wayback")
    assert source(report, GRAIN)["status"] == "fetched"
    assert machine.asked == [NAMED]
    folder = desk.folder / "reports" / "latest"
    for name in ("report.html", "report.md"):
        assert "as captured 2023-01-15" in (folder / name).read_text("utf-8")
    with (folder / "checks.csv").open(encoding="utf-8-sig", newline="") as file:
        row = next(row for row in csv.DictReader(file) if row["field"] == "description")
    assert row["source_url"] == NAMED
    assert "as captured 2023-01-15: " in row["witnesses"]


def test_a_capture_in_the_cache_is_never_asked_for_again(desk, captured):
    """Neither after years, nor offline, nor where it was imported."""
    machine = serve(desk)
    desk.run("run", captured, **ON)
    again = desk.run("run", captured, NSARCHIVE_FRESH_DAYS="0", **ON)
    offline = desk.run("run", captured, "--offline", **ON)
    off = desk.run("run", captured)
    desk.run("cache", "export", "all.warc.gz")
    assert "all sound" in desk.run("cache", "check").out
    there = {"NSARCHIVE_CACHE": "elsewhere"}
    taken = desk.run("cache", "import", "all.warc.gz", **there).out
    assert taken.startswith("3 captures taken, 0 known, 0 refused")
    imported = desk.run("run", captured, "--offline", **there)
    for result in (again, offline, off, imported):
        check = description(result.report)
        assert (check["verdict"] in FAITHFUL, check["source"]["url"]) == (True, NAMED)
        assert check["source"]["captured_at"].startswith("2023-01-15T09:30:00")
    assert source(imported.report)["via"] == "import"
    assert machine.asked == [NAMED]


def test_words_put_in_since_are_told_from_those_of_the_capture(desk):
    """Faithful to today's page, and the finding says that the capture reads otherwise."""
    serve(desk)
    report = desk.run(
        "run", write(desk, f"https://web.archive.org/web/{AT}/{GRAIN}", TODAY), **ON
    ).report
    check = description(report)
    assert (check["verdict"] in FAITHFUL, check["source"]["url"]) == (True, GRAIN)
    assert "capture_differs" in check["warnings"]


def test_words_altered_against_both_editions_are_altered(desk):
    """No edition excuses what none of them says."""
    serve(desk)
    words = DESCRIPTION.replace("Harold Quist", "Harold Winter")
    report = desk.run(
        "run", write(desk, f"https://web.archive.org/web/{AT}/{GRAIN}", words), **ON
    ).report
    check = description(report)
    assert (check["verdict"], check["source"]["url"]) == ("altered", NAMED)
    assert [edit["kind"] for edit in check["edits"]] == ["name"]


def test_the_nearest_capture_is_said_to_be_of_another_time(desk, captured):
    """What was read, and what was asked for, are both in the report."""
    serve(desk, at="20230402080000")
    report = desk.run("run", captured, **ON).report
    check = description(report)
    assert check["verdict"] in FAITHFUL
    assert {"page_differs", "other_capture"} <= set(check["warnings"])
    assert check["source"]["captured_at"].startswith("2023-04-02T08:00:00")
    assert "the nearest is of 2023-04-02" in source(report)["reason"]


def test_a_capture_that_cannot_be_had_now_is_refetched_when_due(desk, captured):
    """Until then today's page is compared, with a warning; then the posts are checked again."""
    machine = serve(desk, answers=[Answer(status=503)] * 2)
    first = desk.run("run", captured, NSARCHIVE_MAX_ATTEMPTS="2", **ON).report
    assert description(first)["verdict"] == "altered"
    assert "capture_not_read" in description(first)["warnings"]
    assert source(first)["status"] == "failed"
    assert NAMED in desk.run("failures").out
    idle = desk.run("refetch", "--all")
    assert description(idle.report)["verdict"] == "altered"
    assert len(machine.asked) == 2, "switched off, it is not asked"
    report = desk.run("refetch", "--all", **ON).report
    assert description(report)["verdict"] in FAITHFUL
    assert {"source_recovered", "verdict_changed"} <= {
        c["kind"] for c in report["changes"]["items"]
    }
    assert desk.run("failures").out == ""


UNREADABLE = {
    "switched off": (f"https://web.archive.org/web/{AT}/{GRAIN}", {}, NAMED),
    "of an archive that is not asked": (
        f"https://archive.ph/{AT}/{GRAIN}",
        ON,
        f"https://archive.ph/{AT}/{GRAIN}",
    ),
}


@pytest.mark.parametrize("link, options, url", UNREADABLE.values(), ids=UNREADABLE)
def test_a_capture_that_is_not_asked_for_is_refused_and_today_is_compared(desk, link, options, url):
    """No request is made, the reason is given, and a difference is warned of."""
    serve(desk)
    report = desk.run("run", write(desk, link), **options).report
    assert source(report, url)["status"] == "refused"
    assert source(report, url)["reason"]
    assert description(report)["verdict"] == "altered"
    assert "capture_not_read" in description(report)["warnings"]
    hosts = {request.host for request in desk.server.requests}
    assert hosts == {"nsarchive.gwu.edu"}


def test_the_frames_of_a_captured_page_are_those_of_the_capture(desk):
    """A frame set is read with its frames, of the same time."""
    top = "https://nsarchive2.gwu.edu/NSAEBB/NSAEBB77/index.htm"
    frame = "https://nsarchive2.gwu.edu/NSAEBB/NSAEBB77/text.htm"
    frames = '<html><frameset cols="20%,80%"><frame src="text.htm"></frameset></html>'
    then = "The clerk counted forty crates of the harvest ledger before the river rose again."
    text = "<html><body><p>{} Nobody signed for them.</p></body></html>"
    desk.site.set(top, frames)
    desk.site.set(frame, text.format(then.replace("forty", "sixty")))
    desk.site.fallback["web.archive.org"] = Mementos(
        {top: {AT: frames}, frame: {AT: text.format(then)}}
    )
    words = desk.write("a.txt", f"It says: “{then}”\n\nhttps://web.archive.org/web/{AT}/{top}\n")
    (check,) = desk.run("run", words, **ON).report["posts"][0]["checks"]
    assert check["verdict"] in FAITHFUL
    assert check["source"]["url"] == f"https://web.archive.org/web/{AT}id_/{frame}"
    assert "page_differs" in check["warnings"]
