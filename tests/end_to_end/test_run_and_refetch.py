"""The whole path with the real command: posts in, HTTPS through a proxy, reports out."""

import json
import signal
import time

import pytest

from flows.demo.server import Answer, page
from tests.end_to_end.desk import (
    DESCRIPTION,
    GRAIN,
    GRAIN_OCR,
    POST,
    document_page,
    ocr_page,
)

FAITHFUL = {"verbatim", "typographic", "elided", "ocr_noise"}


def checks_of(report: dict, post: int = 0) -> list[dict]:
    return report["posts"][post]["checks"]


def verdicts(report: dict) -> set[str]:
    return {check["verdict"] for post in report["posts"] for check in post["checks"]}


def test_a_faithful_post_is_faithful_in_every_field(desk, grain_post):
    """Date, source, description and quotation are found, the quotation in both layers."""
    result = desk.run("run", grain_post)
    assert result.status == 0, result.err
    checks = checks_of(result.report)
    assert {check["field"] for check in checks} == {"date", "description", "source", None}
    assert verdicts(result.report) <= FAITHFUL
    quotation = next(check for check in checks if check["kind"] == "quotation")
    assert quotation["exact"].startswith("We do not expect")
    assert {witness["layer"] for witness in quotation["witnesses"]} == {"page", "ocr"}


def test_every_span_cuts_out_its_words(desk, grain_post):
    """text[start:end] == exact, for links and checks."""
    for post in desk.run("run", grain_post).report["posts"]:
        for check in post["checks"]:
            assert post["text"][check["start"] : check["end"]] == check["exact"]
        for link in post["links"]:
            assert post["text"][link["start"] : link["end"]] == link["url"]


ALTERATIONS = {
    "a dropped not": ("do not expect", "do expect", "negation"),
    "another number": ("1,200 wagons", "1,900 wagons", "number"),
    "another day": ("14 May", "15 May", "date"),
    "another name": ("Harold Quist", "Harold Voss", "name"),
}


@pytest.mark.parametrize("old, new, kind", ALTERATIONS.values(), ids=ALTERATIONS)
def test_an_alteration_is_named(desk, old, new, kind):
    """The passage that holds the change is altered, and the change is of its kind."""
    altered = DESCRIPTION.replace(old, new)
    posts = desk.write("posts.txt", POST.format(description=altered, url=GRAIN))
    passage = next(
        check for check in checks_of(desk.run("run", posts).report) if check["kind"] == "passage"
    )
    assert passage["verdict"] == "altered"
    assert kind in {edit["kind"] for edit in passage["edits"]}
    assert any(edit["severity"] == "major" for edit in passage["edits"])


def test_a_wrong_field_is_altered(desk):
    """A date and a source that the page does not give are said to differ."""
    text = POST.format(description=DESCRIPTION, url=GRAIN)
    text = text.replace("May 2, 1972", "May 3, 1972").replace("Department of State", "Navy")
    checks = checks_of(desk.run("run", desk.write("p.txt", text)).report)
    wrong = {check["field"]: check["verdict"] for check in checks if check["kind"] == "field"}
    assert wrong == {"date": "altered", "source": "altered"}


def test_each_source_is_requested_once_and_then_not_at_all(desk, grain_post):
    """Two posts share one fetch; a second run makes no request."""
    desk.write("more.txt", POST.format(description=DESCRIPTION, url=GRAIN + "#top"))
    first = desk.run("run", "posts.txt", "more.txt")
    assert (desk.asked(GRAIN), desk.asked(GRAIN_OCR)) == (1, 1)
    before = len(desk.server.requests)
    second = desk.run("run", "posts.txt", "more.txt")
    assert len(desk.server.requests) == before
    assert {source["status"] for source in second.report["sources"]} == {"cached"}
    assert [check["id"] for check in checks_of(first.report)] == [
        check["id"] for check in checks_of(second.report)
    ]


def test_only_get_requests_are_made_and_the_tool_names_itself(desk, grain_post):
    """No HEAD, no POST; the User-Agent says who asks and how to reach the person behind it."""
    desk.run("run", grain_post, NSARCHIVE_CONTACT="mailto:desk@example.org")
    assert {request.method for request in desk.server.requests} == {"GET"}
    agents = {request.headers["user-agent"] for request in desk.server.requests}
    assert all("nsarchive-verify" in agent and "desk@example.org" in agent for agent in agents)


def test_a_busy_server_is_asked_again_when_it_says(desk, grain_post):
    """429 with Retry-After: a later success leaves no failure behind."""
    busy = Answer(status=429, headers=(("Retry-After", "1"),), body=b"busy")
    desk.site.set(GRAIN, busy, document_page())
    started = time.monotonic()
    result = desk.run("run", grain_post)
    assert time.monotonic() - started >= 1
    assert desk.asked(GRAIN) == 2
    assert verdicts(result.report) <= FAITHFUL


FAULTS = {
    "server error": (Answer(status=503, body=b"no"), "failed"),
    "connection reset": (Answer(reset=True), "failed"),
    "truncated body": (Answer(body=b"x" * 4000, truncate=100), "failed"),
    "not found": (page("<h1>Not found</h1>", status=404), "gone"),
    "forbidden": (page("<h1>Forbidden</h1>", status=403), "refused"),
    "redirect to the home page": (
        Answer(status=302, headers=(("Location", "https://nsarchive.gwu.edu/"),)),
        "unusable",
    ),
}


@pytest.mark.parametrize("answer, status", FAULTS.values(), ids=FAULTS)
def test_a_source_that_cannot_be_had_is_a_finding(desk, grain_post, answer, status):
    """It is never called "not found", and nothing is said against the words."""
    desk.site.set(GRAIN, answer)
    desk.site.set("https://nsarchive.gwu.edu/", "<h1>National Security Archive</h1>" * 50)
    result = desk.run("run", grain_post, NSARCHIVE_MAX_ATTEMPTS="2")
    assert result.status == 0, result.err
    source = next(s for s in result.report["sources"] if s["canonical_url"] == GRAIN)
    assert source["status"] == status
    assert source["reason"]
    passages = [c for c in checks_of(result.report) if c["kind"] != "quotation"]
    assert {c["verdict"] for c in passages} <= {"unavailable", "not_checkable"}


def test_no_network_at_all_is_a_finding_for_every_source(desk, grain_post):
    """Exit 0, every source unavailable with the true reason, and refetch knows of it."""
    nowhere = "http://127.0.0.1:9"
    result = desk.run(
        "run", grain_post, HTTPS_PROXY=nowhere, https_proxy=nowhere, NSARCHIVE_MAX_ATTEMPTS="2"
    )
    assert result.status == 0, result.err
    assert verdicts(result.report) == {"unavailable"}
    assert {source["status"] for source in result.report["sources"]} == {"failed"}
    assert all("proxy" in source["reason"] for source in result.report["sources"])
    assert GRAIN in desk.run("failures").out


def test_refetch_recovers_and_verifies_again_only_what_it_must(desk, grain_post):
    """After the failure ends, refetch asks only for what failed and says what recovered."""
    desk.site.set(GRAIN, Answer(status=503))
    failed = desk.run("run", grain_post, NSARCHIVE_MAX_ATTEMPTS="2")
    assert "unavailable" in verdicts(failed.report)
    desk.site.set(GRAIN, document_page())
    asked = desk.asked(GRAIN_OCR)
    result = desk.run("refetch", "--all")
    assert result.status == 0, result.err
    assert verdicts(result.report) <= FAITHFUL
    assert desk.asked(GRAIN_OCR) == asked
    kinds = {change["kind"] for change in result.report["changes"]["items"]}
    assert "source_recovered" in kinds
    source = next(s for s in result.report["sources"] if s["canonical_url"] == GRAIN)
    assert source["status"] == "fetched"
    assert source["attempts"] == 3
    assert source["reason"] is None
    assert desk.run("failures", "--json").out.strip() == "[]"


def test_refetch_leaves_alone_what_is_not_due(desk, grain_post):
    """Without --all, a failure whose next try lies ahead is not asked for."""
    desk.site.set(GRAIN, Answer(status=503, headers=(("Retry-After", "3600"),)))
    desk.run("run", grain_post, NSARCHIVE_MAX_ATTEMPTS="1")
    asked = desk.asked(GRAIN)
    result = desk.run("refetch")
    assert result.status == 0, result.err
    assert desk.asked(GRAIN) == asked
    assert "nothing is due" in result.err


def test_a_killed_run_goes_on_where_it_was(desk, grain_post):
    """What was fetched before SIGKILL is not fetched again."""
    desk.site.set(GRAIN_OCR, Answer(silent=True))
    process = desk.start("run", grain_post)
    deadline = time.monotonic() + 30
    while not desk.asked(GRAIN_OCR) and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(0.5)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert not list((desk.folder / "reports").glob("*/report.json"))
    desk.site.set(GRAIN_OCR, ocr_page())
    result = desk.run("run", grain_post)
    assert result.status == 0, result.err
    assert desk.asked(GRAIN) == 1
    assert verdicts(result.report) <= FAITHFUL


def test_offline_makes_no_request(desk, grain_post):
    """--offline uses the cache, and says so of what is not in it."""
    result = desk.run("run", grain_post, "--offline")
    assert result.status == 0, result.err
    assert desk.server.requests == []
    assert verdicts(result.report) == {"unavailable"}


def test_fail_on_sets_the_exit_status(desk):
    """Exit 1 when a named verdict occurs, 0 when it does not."""
    altered = DESCRIPTION.replace("do not expect", "do expect")
    posts = desk.write("posts.txt", POST.format(description=altered, url=GRAIN))
    assert desk.run("run", posts, "--fail-on", "altered,not_found").status == 1
    assert desk.run("run", posts, "--fail-on", "misattributed").status == 0


UNREADABLE = {
    "no such file": ("missing.txt", None),
    "an empty file": ("empty.txt", b""),
    "rubbish": ("rubbish.bin", bytes(range(256)) * 20),
}


@pytest.mark.parametrize("name, content", UNREADABLE.values(), ids=UNREADABLE)
def test_unreadable_input_is_one_line_and_exit_2(desk, name, content):
    """One clear line on standard error, and nothing written."""
    if content is not None:
        (desk.folder / name).write_bytes(content)
    result = desk.run("run", name)
    assert result.status == 2
    assert result.out == ""
    assert name in result.err.splitlines()[-1]
    assert "Traceback" not in result.err
    assert not (desk.folder / "reports").exists()
    assert not (desk.folder / "cache").exists()


def test_hosts_that_only_look_like_the_archive_are_never_contacted(desk):
    """A look-alike is no link; nothing is asked of it."""
    text = "Read “all of this” at https://nsarchive.gwu.edu.evil.example/document/1-doc-1"
    result = desk.run("run", desk.write("p.txt", text))
    assert result.status == 0, result.err
    assert desk.server.requests == []
    assert result.report["totals"]["links"] == 0


def test_two_runs_at_once_share_their_fetches(desk, grain_post):
    """Two processes on one cache: both end well, each source is asked for once."""
    processes = [desk.start("run", grain_post) for _ in range(2)]
    ends = [process.communicate(timeout=60) for process in processes]
    assert [process.returncode for process in processes] == [0, 0], ends
    assert (desk.asked(GRAIN), desk.asked(GRAIN_OCR)) == (1, 1)


def test_the_list_of_failures_can_be_read_back_as_input(desk, grain_post):
    """``failures --json`` names addresses that ``links`` and ``run`` find again."""
    desk.site.set(GRAIN, Answer(status=404))
    desk.run("run", grain_post)
    listed = desk.run("failures", "--json").out
    lines = desk.run("links", "-", stdin=listed).out.splitlines()
    assert [json.loads(line)["canonical_url"] for line in lines] == [GRAIN]
