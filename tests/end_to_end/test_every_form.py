"""One command over a folder with one file of every form, against one golden report."""

import json
import os
from pathlib import Path

import pytest

from tests.end_to_end.every_form import PAGES, write

GOLDEN = Path(__file__).parent / "every_form.golden.json"


@pytest.fixture(scope="module")
def golden():
    return json.loads(GOLDEN.read_text("utf-8")) if GOLDEN.exists() else {}


@pytest.fixture
def report(desk):
    """The report of the real command over the folder."""
    for url, markup in PAGES.items():
        desk.site.set(url, markup)
    folder = desk.folder / "posts"
    folder.mkdir()
    write(folder)
    result = desk.run("run", "posts")
    assert result.status == 0, result.err
    return result.report


def check_told(check):
    """Return a check as one row: what is claimed, where it was looked for, what was found."""
    source = check["source"]
    edits = [f"{edit['kind']}: {edit['quoted']} / {edit['source']}" for edit in check["edits"]]
    return {
        "claim": f"{check['field'] or check['kind']}: {check['exact']}",
        "verdict": check["verdict"],
        "source": f"{source['layer']} {source['url']}" if source else None,
        "within": check["within"] is not None if "within" in check else False,
        **({"edits": edits} if edits else {}),
        **({"warnings": check["warnings"]} if check["warnings"] else {}),
    }


def told(report):
    """Return what the report says of inputs, posts, links and claims, without run and times of it."""
    posts = [
        {
            "file": post.get("origin"),
            **{
                key: post[key]
                for key in ("id", "board", "thread", "author_id", "posted_at", "permalink")
            },
            "text": post["text"],
            "links": [
                f"{link['kind']} {link['url']} = {link['canonical_url']}" for link in post["links"]
            ],
            "checks": [check_told(check) for check in post["checks"]],
        }
        for post in report["posts"]
    ]
    sources = {source["canonical_url"]: source["status"] for source in report["sources"]}
    inputs = {
        entry["path"]: [entry["format"], entry["posts"], *entry["unreadable"]]
        for entry in report["run"]["inputs"]
    }
    totals = report["totals"]
    return {"inputs": inputs, "posts": posts, "sources": sources, "verdicts": totals["verdicts"]}


def test_report_over_every_form_is_the_golden_one(report):
    """To accept a change on purpose: GOLDEN=write, and read the difference line by line."""
    found = told(report)
    if os.environ.get("GOLDEN") == "write":
        GOLDEN.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert found == json.loads(GOLDEN.read_text("utf-8"))


def test_every_slice_of_the_report_is_cut_from_its_post(report):
    for post in report["posts"]:
        for link in post["links"]:
            assert post["text"][link["start"] : link["end"]] == link["url"]
        for check in post["checks"]:
            assert post["text"][check["start"] : check["end"]] == check["exact"]


def test_golden_report_shows_every_form_and_several_verdicts(golden):
    forms = {entry[0] for entry in golden["inputs"].values()}
    assert forms == {
        "4chan-html", "dchan-html", "dchan-text", "e-mail", "foolfuuka-json", "html", "imageboard-json",
        "json-lines", "lynxchan-html", "lynxchan-json", "mbox", "prose", "rows", "table", "unreadable",
        "vichan-html",
    }  # fmt: skip
    found = {verdict for verdict, number in golden["verdicts"].items() if number}
    assert found == {"verbatim", "elided", "ocr_noise", "altered", "misattributed"}
