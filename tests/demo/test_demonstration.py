"""The demonstration shows every verdict, each where the tampered post says it should be."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from flows.records import Verdict

FAITHFUL = {"verbatim", "typographic"}


@pytest.fixture(scope="module")
def reports(tmp_path_factory) -> list[dict]:
    """The reports of one demonstration: the first run's, then the refetch's."""
    folder = tmp_path_factory.mktemp("demonstration")
    # No proxy or setting of the surroundings may reach the demonstration.
    foreign = ("HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "REQUESTS_CA_BUNDLE")
    environment = {
        name: value
        for name, value in os.environ.items()
        if name.upper() not in foreign and not name.startswith("NSARCHIVE_")
    }
    done = subprocess.run(
        [sys.executable, "-m", "flows", "demo", "--engine", "direct", "--quiet"],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert Path(done.stdout.strip()).name == "report.html"
    paths = [
        path for path in (folder / "reports").glob("*/report.json") if path.parent.name != "latest"
    ]
    return sorted(
        (json.loads(path.read_text(encoding="utf-8")) for path in paths),
        key=lambda report: report["run"]["started_at"],
    )


def verdicts(report: dict, post: str) -> set[str]:
    (found,) = [each for each in report["posts"] if each["id"] == post]
    return {check["verdict"] for check in found["checks"]}


def test_every_verdict_occurs(reports):
    occurring = {check["verdict"] for post in reports[0]["posts"] for check in post["checks"]}
    assert occurring == {str(verdict) for verdict in Verdict}


@pytest.mark.parametrize("post", ["22684108", "22684265"])
def test_the_sample_posts_are_faithful(reports, post):
    assert verdicts(reports[0], post) <= FAITHFUL


TAMPERED = {
    "a changed day": ("22690101", "altered"),
    "a changed year": ("22690102", "altered"),
    "a changed name": ("22690103", "altered"),
    "a dropped not": ("22690104", "altered"),
    "an inserted word": ("22690105", "altered"),
    "a swallowed clause": ("22690106", "altered"),
    "two passages joined": ("22690107", "spliced"),
    "a sentence of the other document": ("22690108", "misattributed"),
    "an invented sentence": ("22690109", "not_found"),
    "other typesetting": ("22690110", "typographic"),
    "an honest ellipsis": ("22690111", "elided"),
    "misread letters": ("22690112", "ocr_noise"),
    "a failing page": ("22690113", "unavailable"),
    "a page that is gone": ("22690114", "unavailable"),
    "a challenge": ("22690115", "not_checkable"),
    "a scan": ("22690116", "not_checkable"),
}


@pytest.mark.parametrize("post, verdict", TAMPERED.values(), ids=TAMPERED)
def test_each_tampered_post_gets_its_verdict_and_no_other_doubt(reports, post, verdict):
    assert verdict in verdicts(reports[0], post)
    assert verdicts(reports[0], post) <= {verdict, *FAITHFUL}


def test_the_failing_page_recovers_on_refetch(reports):
    assert len(reports) == 2
    assert reports[1]["changes"]["since_run"] == reports[0]["run"]["id"]
    assert verdicts(reports[1], "22690113") <= FAITHFUL
    kinds = {item["kind"] for item in reports[1]["changes"]["items"]}
    assert "source_recovered" in kinds


def test_a_retry_within_the_run_is_counted(reports):
    (source,) = [
        each for each in reports[0]["sources"] if each["canonical_url"].endswith("/media/27170/ocr")
    ]
    assert source["status"] == "fetched"
    assert source["attempts"] == 2
