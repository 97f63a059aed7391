"""Arguments in, exit status out: what scripts may rely on."""

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from flows import cli
from flows.commands import look
from flows.commands.runs import summary
from flows.pipeline import Outcome
from flows.records import Verdict
from flows.settings import Settings

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "flows/demo/data/posts-22684108-22684265.txt"


def command(*arguments, cwd, stdin="", env=None):
    """Run the command in *cwd*."""
    return subprocess.run(
        [sys.executable, "-m", "flows", *arguments],
        cwd=cwd,
        env=env,
        input=stdin,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


COMMANDS = ("run", "refetch", "demo", "check", "links", "failures", "report", "serve")
CACHE_ACTIONS = ("info", "check", "export", "import")


def test_help_names_every_command_and_every_setting(tmp_path):
    """Nothing has to be looked up in the code."""
    text = command("--help", cwd=tmp_path).stdout
    for name in (*COMMANDS, "cache"):
        assert re.search(rf"^    {name}\b", text, re.MULTILINE), name
    for name in Settings.model_fields:
        assert f"NSARCHIVE_{name.upper()}" in text


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(tmp_path, name):
    """--help of a command exits with 0."""
    assert command(name, "--help", cwd=tmp_path).returncode == 0


WRONG_USAGE = {
    "no command": [],
    "an unknown command": ["verify"],
    "no path": ["run"],
    "an unknown verdict": ["run", "--fail-on", "wrong", "posts.txt"],
    "an abbreviated option": ["run", "--off", "posts.txt"],
    "a quotation without a source": ["check", "--quote", "x"],
    "a stream and a quotation": ["check", "--jsonl", "-", "--quote", "x"],
    "a source that is not there": ["check", "--quote", "x", "--source", "nowhere.txt"],
    "an address instead of posts": ["run", "--engine", "direct", "https://a.example/thread"],
    "no cache to export": ["cache", "export", "all.warc.gz"],
    "a run that does not exist": ["report", "20200101T000000Z-verify-abcdef"],
    "a run id that leaves the folder": ["report", "../../etc"],
}


@pytest.mark.parametrize("arguments", WRONG_USAGE.values(), ids=WRONG_USAGE)
def test_wrong_usage_is_one_line_and_exit_2(tmp_path, arguments):
    """One line on standard error, nothing on standard output, nothing written."""
    done = command(*arguments, cwd=tmp_path)
    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


MEANT = {
    "a misspelt option": (
        ["run", "--enigne", "direct", "x.txt"],
        "mean --engine? (see nsarchive-verify run",
    ),
    "an option cut short": (["run", "--off", "x.txt"], "mean --offline?"),
    "a misspelt verdict": (["run", "--fail-on", "alterd", "x.txt"], "not 'alterd'"),
    "an address": (["run", "--engine", "direct", "https://a.example/1"], "an address, not a file"),
}


@pytest.mark.parametrize("arguments, told", MEANT.values(), ids=MEANT)
def test_a_mistake_is_named_with_what_was_probably_meant(tmp_path, arguments, told):
    """So that nobody has to search the help for one letter."""
    assert told in command(*arguments, cwd=tmp_path).stderr


PLACES = ("--cache", "--reports")


@pytest.mark.parametrize("option", PLACES)
def test_a_folder_that_cannot_be_made_is_told_before_anything_is_fetched(tmp_path, option):
    """Not as an internal fault, and not after hours."""
    (tmp_path / "file").write_text("no folder")
    posts = tmp_path / "posts.txt"
    posts.write_text("https://nsarchive.gwu.edu/document/1", "utf-8")
    arguments = ["run", "--engine", "direct", "--offline", option, "file", str(posts)]
    done = command(*arguments, cwd=tmp_path)
    assert done.returncode == 3
    assert "cannot be written" in done.stderr
    assert "internal fault" not in done.stderr
    assert "fetching" not in done.stderr


class _WrappingError(Exception):
    """As a library puts its own error around another."""


@pytest.mark.parametrize("kept", ["cause", "name"])
def test_ctrl_c_is_told_as_such_however_it_comes_up(monkeypatch, capsys, kept):
    """pydantic turns one that falls into its work into an error of its own."""

    def interrupted(_):
        if kept == "cause":
            raise _WrappingError("lost") from KeyboardInterrupt()
        raise _WrappingError("Error calling function `dump`: KeyboardInterrupt: ")

    monkeypatch.setattr(look, "failures", interrupted)
    assert cli.main(["failures"]) == 130
    assert capsys.readouterr().err == (
        "nsarchive-verify: interrupted; the next run goes on from here\n"
    )


def test_help_fits_a_narrow_terminal_and_tells_the_defaults(tmp_path):
    """No line runs over the edge; a number stands with what it is the number of."""
    env = {**os.environ, "COLUMNS": "72"}
    text = command("--help", cwd=tmp_path, env=env).stdout
    settings = text.partition("NSARCHIVE_")[2].partition("HTTP_PROXY")[0]
    assert max(map(len, settings.splitlines()[1:])) <= 72
    assert "(default: 4)" in settings
    assert "(default: true)" in settings


def test_what_was_found_is_summed_up_by_what_it_means(tmp_path):
    """Worst first, and unavailable ones apart from both."""
    outcome = Outcome(
        run_id="x",
        report=tmp_path / "report.json",
        verdicts={Verdict.VERBATIM: 7, Verdict.UNAVAILABLE: 2, Verdict.ALTERED: 1},
    )
    assert summary(outcome)[-2] == (
        "checks: 1 differ from the source (1 altered); 2 could not be checked (2 unavailable); "
        "7 agree (7 verbatim)"
    )


def test_global_options_stand_before_or_after_the_command(tmp_path):
    """Both places mean the same."""
    before = command("--cache", "c", "--quiet", "failures", "--json", cwd=tmp_path)
    after = command("failures", "--json", "--cache", "c", "--quiet", cwd=tmp_path)
    assert (before.returncode, before.stdout) == (after.returncode, after.stdout) == (0, "[]\n")


def test_links_prints_json_lines_whose_spans_hold(tmp_path):
    """One line per occurrence, with the fields that the contract names."""
    lines = command("links", str(SAMPLE), cwd=tmp_path).stdout.splitlines()
    found = [json.loads(line) for line in lines]
    assert [(link["post"], link["kind"]) for link in found] == [
        ("22684108", "document"),
        ("22684265", "document"),
    ]
    assert all(
        set(link) == {"post", "url", "canonical_url", "kind", "start", "end"} for link in found
    )
    assert list(tmp_path.iterdir()) == []


def test_check_compares_a_quotation_with_a_file(tmp_path):
    """The result is JSON, with offsets into the file's text."""
    source = "The delegation left Vienna\non 3 June. It did not sign.\n"
    (tmp_path / "source.txt").write_text(source, "utf-8")
    done = command(
        "check", "--quote", "left Vienna on 3 June", "--source", "source.txt", cwd=tmp_path
    )
    result = json.loads(done.stdout)
    assert result["verdict"] == "verbatim"
    match = result["matches"][0]
    assert source[match["start"] : match["end"]] == match["exact"] == "left Vienna\non 3 June"


def test_check_streams_comparisons_in_order_past_an_unreadable_line(tmp_path):
    """A source is given once; a broken line gives an error and the stream goes on."""
    lines = [
        {"source_id": "a", "source": "The committee met on Tuesday and approved the budget."},
        {"id": 1, "quote": "The committee met on Tuesday", "source_id": "a"},
        "{not json",
        {"id": 2, "quote": "The committee met on Friday and approved", "source_id": "a"},
        {"id": 3, "quote": "anything at all", "source_id": "unknown"},
    ]
    stdin = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    done = command("check", "--jsonl", "-", cwd=tmp_path, stdin=stdin)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == [1, None, 2, 3]
    assert answers[0]["verdict"] == "verbatim"
    assert answers[2]["verdict"] == "altered"
    assert "error" in answers[1]
    assert "error" in answers[3]


QUICK = {
    "links": ["links", str(SAMPLE)],
    "failures": ["failures"],
    "check": ["check", "--quote", "two posts", "--source", str(ROOT / "pyproject.toml")],
    "report": ["report"],
    "help": ["--help"],
}


@pytest.mark.parametrize("arguments", QUICK.values(), ids=QUICK)
def test_quick_commands_never_import_prefect(tmp_path, arguments):
    """They start in a fraction of a second because Prefect is not on their path."""
    program = (
        "import sys; from flows.cli import main\n"
        "try:\n    main(sys.argv[1:])\nexcept SystemExit: pass\n"
        "sys.exit('prefect' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_an_interrupted_reader_is_no_fault(tmp_path):
    """Piping into head ends quietly."""
    shell = f"{sys.executable} -m flows links {SAMPLE} {SAMPLE} | head -n 1"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", shell],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    assert len(done.stdout.splitlines()) == 1


def test_readme_names_every_setting_and_verdict():
    """The tables of the README are complete."""
    readme = (ROOT / "README.md").read_text("utf-8")
    for name in Settings.model_fields:
        assert f"NSARCHIVE_{name.upper()}" in readme, name
    for verdict in Verdict:
        assert f"`{verdict}`" in readme, verdict


def test_readme_names_every_dependency():
    """Each dependency has a line: what for, and why this one."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    readme = (ROOT / "README.md").read_text("utf-8")
    for requirement in project["dependencies"]:
        name = re.match(r"[A-Za-z0-9_-]+", requirement).group()
        assert f"`{name}`" in readme, name
