"""What happens to a source over time: unchanged, changed, out of reach, gone but archived."""

import json
import os
import sqlite3
from contextlib import closing

import pytest

from flows.demo.server import Answer, page
from tests.end_to_end.desk import DESCRIPTION, GRAIN, POST, document_page

FAITHFUL = {"verbatim", "typographic"}
TAG = ("ETag", '"grain-1"')
HTML = ("Content-Type", "text/html; charset=utf-8")


def grain(report):
    """Return the source record of the document page."""
    return next(source for source in report["sources"] if source["canonical_url"] == GRAIN)


def passages(report):
    """Return the verdicts on what only the page can vouch for."""
    checks = report["posts"][0]["checks"]
    return {check["verdict"] for check in checks if check["kind"] != "quotation"}


def tagged(description=DESCRIPTION):
    """Return the document page with an entity tag."""
    return Answer(headers=(HTML, TAG), body=document_page(description=description).encode())


def test_an_unchanged_page_is_revalidated_without_its_body(desk, grain_post):
    """An old capture is asked about with its tag; 304 keeps it."""
    desk.site.set(GRAIN, tagged(), Answer(status=304, headers=(TAG,)))
    desk.run("run", grain_post)
    report = desk.run("run", grain_post, NSARCHIVE_FRESH_DAYS="0").report
    asked = [r for r in desk.server.requests if r.url == GRAIN]
    assert asked[-1].headers["if-none-match"] == '"grain-1"'
    assert grain(report)["status"] == "revalidated"
    assert passages(report) <= FAITHFUL


def test_a_changed_page_is_a_new_capture_and_the_report_says_so(desk, grain_post):
    """The verdicts follow the page as it is now; the old capture stays."""
    desk.site.set(GRAIN, tagged(), tagged(DESCRIPTION.replace("1,200", "1,400")))
    before = desk.run("run", grain_post).report
    after = desk.run("run", grain_post, NSARCHIVE_FRESH_DAYS="0").report
    assert grain(before)["digest"] != grain(after)["digest"]
    assert "altered" in passages(after)
    kinds = {item["kind"] for item in after["changes"]["items"]}
    assert {"source_changed", "verdict_changed"} <= kinds
    assert "all sound" in desk.run("cache", "check").out


def test_an_old_capture_serves_while_the_site_is_out_of_reach(desk, grain_post):
    """The copy is used, and every finding that rests on it says that it is old."""
    desk.site.set(GRAIN, tagged(), Answer(status=503))
    desk.run("run", grain_post)
    report = desk.run(
        "run", grain_post, NSARCHIVE_FRESH_DAYS="0", NSARCHIVE_MAX_ATTEMPTS="2"
    ).report
    assert grain(report)["status"] == "stale"
    assert passages(report) <= FAITHFUL
    assert all("stale_source" in check["warnings"] for check in report["posts"][0]["checks"][:1])


def test_a_page_that_the_site_broke_off_is_asked_for_again(desk, grain_post):
    """It is a failed fetch that is due, although what was sent is read meanwhile."""
    whole = document_page().replace("</head><body>", "</head><body><main>", 1)
    whole = whole.replace("</article>", "</article></main>", 1)
    cut = whole[: whole.index("for the second year")].encode()
    desk.site.set(GRAIN, Answer(headers=(HTML, TAG), body=cut), tagged())
    first = desk.run("run", grain_post, NSARCHIVE_BACKOFF_SECONDS="60").report
    assert passages(first) & {"not_checkable"}
    assert grain(first)["status"] == "fetched"
    assert "breaks off" in grain(first)["reason"]
    assert grain(first)["next_attempt_at"] is not None
    (failed,) = json.loads(desk.run("failures", "--json").out)
    assert failed["canonical_url"] == GRAIN
    for offline in ((), ("--offline",)):
        meanwhile = desk.run("run", grain_post, *offline).report
        assert grain(meanwhile)["status"] == "cached"
        assert grain(meanwhile)["reason"] == grain(first)["reason"]
        assert grain(meanwhile)["next_attempt_at"] == grain(first)["next_attempt_at"]
        assert not any("stale_source" in c["warnings"] for c in meanwhile["posts"][0]["checks"])
    assert desk.asked(GRAIN) == 1
    mended = desk.run("refetch", "--all").report
    assert "if-none-match" not in desk.server.requests[-1].headers
    assert passages(mended) <= FAITHFUL
    assert json.loads(desk.run("failures", "--json").out) == []


def test_a_page_that_broke_off_and_then_is_out_of_reach_is_stale(desk, grain_post):
    """Now the site failed to answer, and the report says why and which copy it used."""
    whole = document_page().replace("</head><body>", "</head><body><main>", 1)
    cut = whole[: whole.index("for the second year")].encode()
    desk.site.set(GRAIN, Answer(headers=(HTML,), body=cut), Answer(status=503))
    desk.run("run", grain_post)
    source = grain(desk.run("refetch", "--all", NSARCHIVE_MAX_ATTEMPTS="1").report)
    assert source["status"] == "stale"
    assert "503" in source["reason"]
    assert "is used instead" in source["reason"]


def flip(file, at):
    """Change one byte of *file*."""
    data = bytearray(file.read_bytes())
    data[at] ^= 0xFF
    file.write_bytes(data)


def lose(file, _):
    file.unlink()


DAMAGES = {
    "a flipped byte": flip,
    "a file cut in the middle": os.truncate,
    "a missing file": lose,
}


def middle_of_the_record(desk):
    """Return the file that holds the page's record, and the place of its middle."""
    with closing(sqlite3.connect(desk.folder / "cache" / "catalog.sqlite")) as catalogue:
        ((name, offset, length),) = catalogue.execute(
            "SELECT file, offset, length FROM captures WHERE canonical_url = ?", (GRAIN,)
        ).fetchall()
    (file,) = (desk.folder / "cache").rglob(name)
    return file, offset + length // 2


def forget_what_was_read(desk):
    """Make the next run read the captures again, as a new version of the readers would."""
    with closing(sqlite3.connect(desk.folder / "cache" / "catalog.sqlite")) as catalogue:
        catalogue.execute("DELETE FROM texts")
        catalogue.commit()


LOSSES = {name: damage for name, damage in DAMAGES.items() if damage is not flip}


@pytest.mark.parametrize("loss", LOSSES.values(), ids=LOSSES)
def test_no_verdict_rests_on_a_copy_that_is_lost(desk, grain_post, loss):
    """What was read from it is kept, and counts for nothing once it cannot be shown."""
    desk.site.set(GRAIN, tagged(), Answer(status=503))
    desk.run("run", grain_post)
    loss(*middle_of_the_record(desk))
    report = desk.run("run", grain_post, "--offline").report
    assert passages(report) == {"unavailable"}
    assert "the stored copy is damaged" in grain(report)["reason"]
    report = desk.run("run", grain_post, NSARCHIVE_MAX_ATTEMPTS="1").report
    assert passages(report) == {"unavailable"}
    assert "503" in grain(report)["reason"]
    assert "the stored copy is damaged" in grain(report)["reason"]
    desk.site.set(GRAIN, tagged())
    assert desk.run("refetch", "--all").status == 0
    report = desk.run("run", grain_post).report
    assert grain(report)["status"] == "cached"
    assert passages(report) <= FAITHFUL


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_copy_is_obtained_anew_and_not_trusted(desk, grain_post, damage):
    """The run goes on, no validators vouch for the damaged bytes, the site is asked once more."""
    desk.site.set(GRAIN, tagged())
    desk.run("run", grain_post)
    damage(*middle_of_the_record(desk))
    forget_what_was_read(desk)
    result = desk.run("run", grain_post)
    assert result.status == 0, result.err
    assert grain(result.report)["status"] == "fetched"
    assert passages(result.report) <= FAITHFUL
    assert "if-none-match" not in desk.server.requests[-1].headers
    assert desk.asked(GRAIN) == 2
    assert desk.run("cache", "check").status == 3


def test_a_damaged_copy_of_a_site_that_is_down_is_unavailable_and_due(desk, grain_post):
    """What cannot be read is no doubt about the quotation, and it is not forgotten."""
    desk.run("run", grain_post)
    for file in (desk.folder / "cache" / "warc").iterdir():
        file.unlink()
    forget_what_was_read(desk)
    result = desk.run("run", grain_post, "--offline")
    assert {c["verdict"] for c in result.report["posts"][0]["checks"]} == {"unavailable"}
    assert "cannot be read" in grain(result.report)["reason"]
    assert desk.run("refetch").status == 0
    assert desk.asked(GRAIN) == 2
    assert passages(desk.run("run", grain_post).report) <= FAITHFUL


def test_a_page_that_is_gone_is_read_from_the_wayback_machine(desk):
    """The capture nearest before the post is used, with its own date and address."""
    rows = [["timestamp", "original", "statuscode"], ["20240101000000", GRAIN, "200"]]

    def machine(request):
        if "/cdx/" in request.path:
            return page(json.dumps(rows), content_type="application/json")
        made = ("Memento-Datetime", "Mon, 01 Jan 2024 00:00:00 GMT")
        if "/web/20240101000000id_/" in request.path:
            return Answer(headers=(HTML, made), body=document_page().encode())
        return Answer(status=404)

    desk.site.set(GRAIN, Answer(status=404))
    desk.site.fallback["web.archive.org"] = machine
    posts = desk.write("posts.txt", POST.format(description=DESCRIPTION, url=GRAIN))
    report = desk.run("run", posts, NSARCHIVE_WAYBACK="true").report
    source = grain(report)
    assert (source["status"], source["via"]) == ("archived", "wayback")
    assert source["captured_at"].startswith("2024-01-01")
    assert passages(report) <= FAITHFUL
    assert "archived_source" in report["posts"][0]["checks"][0]["warnings"]
