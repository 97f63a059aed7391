"""Where reports lie, and what a reader finds there at any moment."""

import json
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from lxml import html

from flows.errors import InputError, NoSuchRunError
from flows.reporting import (
    find_report,
    folders,
    list_runs,
    newest_report,
    previous_report,
    read_report,
    write_report,
)
from flows.reporting.fragments import with_links

FILES = ["checks.csv", "report.html", "report.json", "report.md"]
START = datetime(2025, 3, 2, 6, 0, tzinfo=UTC)


def _run(report, number, **more):
    end = START + timedelta(minutes=number)
    run = replace(report.run, id=f"run-{number:03d}", started_at=START, finished_at=end, **more)
    return replace(report, run=run)


def _names(folder):
    return sorted(path.name for path in folder.iterdir())


def _no_links(monkeypatch):
    def refuse(*_, **__):
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "symlink_to", refuse)


@pytest.fixture(params=["links", "no links"])
def file_system(request, monkeypatch):
    """Once as nearly everywhere, once as on FAT and some network shares."""
    if request.param == "no links":
        _no_links(monkeypatch)
    return request.param


def test_a_run_gets_a_folder_with_all_four_files(sample, tmp_path):
    """And the path of its report.json comes back."""
    path = write_report(sample, tmp_path / "reports")
    assert path == tmp_path / "reports" / sample.run.id / "report.json"
    assert _names(path.parent) == FILES
    assert _names(tmp_path / "reports") == [sample.run.id, "index.html", "latest"]


def test_what_was_written_is_read_back(sample, tmp_path):
    """Only links were filled in."""
    assert read_report(write_report(sample, tmp_path)) == with_links(sample)


def test_latest_is_the_newest_run_whole(sample, tmp_path, file_system):
    """Whatever the file system can do."""
    for number in (1, 2, 3):
        write_report(_run(sample, number), tmp_path)
        latest = tmp_path / "latest"
        assert _names(latest) == FILES
        assert read_report(latest / "report.json").run.id == f"run-{number:03d}"
        assert latest.is_symlink() == (file_system == "links")


def test_an_older_run_written_later_does_not_become_the_newest(sample, tmp_path, file_system):
    """Newest is the run that ended last."""
    write_report(_run(sample, 7), tmp_path)
    write_report(_run(sample, 3), tmp_path)
    assert newest_report(tmp_path).parent.name == "run-007"
    assert read_report(tmp_path / "latest" / "report.json").run.id == "run-007"


def test_latest_survives_a_move_to_a_file_system_without_links(sample, tmp_path, monkeypatch):
    """The link is replaced by a copy; the run it led to is not written over."""
    write_report(_run(sample, 1), tmp_path)
    before = (tmp_path / "run-001" / "report.json").read_bytes()
    _no_links(monkeypatch)
    write_report(_run(sample, 2), tmp_path)
    assert (tmp_path / "run-001" / "report.json").read_bytes() == before
    assert read_report(tmp_path / "latest" / "report.json").run.id == "run-002"


def test_a_copied_latest_stays_a_copy_and_is_kept_up_to_date(sample, tmp_path, monkeypatch):
    """A folder of reports may come from elsewhere."""
    with monkeypatch.context() as elsewhere:
        _no_links(elsewhere)
        write_report(_run(sample, 1), tmp_path)
    write_report(_run(sample, 2), tmp_path)
    assert not (tmp_path / "latest").is_symlink()
    assert read_report(tmp_path / "latest" / "report.json").run.id == "run-002"


def test_a_run_written_again_replaces_its_files(sample, tmp_path, file_system):
    """A resumed run keeps its id."""
    write_report(_run(sample, 1), tmp_path)
    again = replace(_run(sample, 1), posts=sample.posts[:1])
    assert read_report(write_report(again, tmp_path)) == with_links(again)
    assert read_report(tmp_path / "latest" / "report.json") == with_links(again)
    assert _names(tmp_path) == ["index.html", "latest", "run-001"]


def test_a_failed_write_leaves_nothing_behind(sample, tmp_path, monkeypatch):
    """No half report under a name that readers use, and no litter."""
    write_report(_run(sample, 1), tmp_path)

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("flows.reporting.folders.os.fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_report(_run(sample, 2), tmp_path)
    assert _names(tmp_path) == ["index.html", "latest", "run-001"]
    assert newest_report(tmp_path).parent.name == "run-001"


BAD_IDS = {
    "a way out": "../elsewhere",
    "a path": "a/b",
    "hidden": ".run",
    "nothing": "",
    "the name of the newest": "latest",
    "a line end": "run\n",
}


@pytest.mark.parametrize("run_id", BAD_IDS.values(), ids=BAD_IDS)
def test_an_id_that_cannot_be_a_folder_is_refused(sample, tmp_path, run_id):
    """Before anything is written."""
    report = replace(sample, run=replace(sample.run, id=run_id))
    with pytest.raises(ValueError, match="cannot be the name of a folder"):
        write_report(report, tmp_path / "reports")
    assert not (tmp_path / "reports").exists()


# ── several at once ──────────────────────────────────────────────────────────


def test_runs_ending_at_once_leave_latest_and_index_true(sample, tmp_path, file_system):
    """Whoever is last has seen the others."""
    small = replace(sample, posts=sample.posts[:1])
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: write_report(_run(small, n), tmp_path), range(1, 13)))
    assert read_report(tmp_path / "latest" / "report.json").run.id == "run-012"
    for name in FILES:
        newest = (tmp_path / "run-012" / name).read_bytes()
        assert (tmp_path / "latest" / name).read_bytes() == newest
    page = html.fromstring((tmp_path / "index.html").read_text("utf-8"))
    assert page.xpath("//th[@scope='row']//bdi/text()") == [
        f"run-{number:03d}" for number in range(12, 0, -1)
    ]


def test_a_run_that_ends_between_looking_and_writing_is_not_forgotten(
    sample, tmp_path, monkeypatch, file_system
):
    """The slower process looks again, and leaves the faster one's newer run in place."""
    point_latest = folders._point_latest

    def overtaken(folder, newest):
        monkeypatch.setattr(folders, "_point_latest", point_latest)
        write_report(_run(sample, 9), folder)
        point_latest(folder, newest)

    monkeypatch.setattr(folders, "_point_latest", overtaken)
    write_report(_run(sample, 1), tmp_path)
    assert read_report(tmp_path / "latest" / "report.json").run.id == "run-009"
    page = html.fromstring((tmp_path / "index.html").read_text("utf-8"))
    assert page.xpath("//th[@scope='row']//bdi/text()") == ["run-009", "run-001"]


WRITER = """
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from flows.reporting import read_report, write_report

report, folder, first = read_report(Path(sys.argv[1])), Path(sys.argv[2]), int(sys.argv[3])
if sys.argv[4] == "no links":
    def refuse(*_, **__):
        raise OSError(1, "Operation not permitted")
    Path.symlink_to = refuse
for number in range(first, 16, 2):
    end = report.run.started_at + timedelta(minutes=number)
    run = replace(report.run, id=f"run-{number:03d}", finished_at=end)
    write_report(replace(report, run=run), folder)
"""


@pytest.mark.parametrize("kind", ["links", "no links"])
def test_a_reader_never_sees_half_a_report(tmp_path, kind):
    """Two processes write, one reads all the while."""
    golden = Path(__file__).parent / "golden" / "report.json"
    folder = tmp_path / "reports"
    seen, faults, done = set(), [], threading.Event()

    def read():
        while not done.is_set():
            try:
                seen.add(json.loads((folder / "latest" / "report.json").read_bytes())["run"]["id"])
                whole = (folder / "latest" / "report.html").read_text("utf-8")
                if not whole.rstrip().endswith("</html>"):
                    faults.append(whole[-40:])
                if not (folder / "index.html").read_text("utf-8").rstrip().endswith("</html>"):
                    faults.append("index.html")
                faults.extend(run.name for run in folder.glob("run-*") if _names(run) != FILES)
            except FileNotFoundError as error:
                if seen:
                    faults.append(str(error))
            except ValueError as error:
                faults.append(str(error))

    reader = threading.Thread(target=read)
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, golden, folder, str(first), kind])
        for first in (0, 1)
    ]
    reader.start()
    codes = [writer.wait(60) for writer in writers]
    done.set()
    reader.join()
    assert codes == [0, 0]
    # The very first index may be missed between the first latest and it.
    assert [fault for fault in faults if "index.html" not in fault] == []
    assert len(seen) > 1
    assert json.loads((folder / "latest" / "report.json").read_bytes())["run"]["id"] == "run-015"
    assert sorted(p.name for p in folder.iterdir() if p.name.startswith(".")) == []


# ── finding ──────────────────────────────────────────────────────────────────

FORMATS = {
    "json": "report.json",
    "html": "report.html",
    "markdown": "report.md",
    "csv": "checks.csv",
}


@pytest.mark.parametrize("name", FORMATS)
def test_a_report_is_found_by_run_and_format(sample, tmp_path, name):
    """By id, or the newest."""
    for number in (1, 2):
        write_report(_run(sample, number), tmp_path)
    assert find_report(tmp_path, "run-001", name) == tmp_path / "run-001" / FORMATS[name]
    assert find_report(tmp_path, None, name) == tmp_path / "run-002" / FORMATS[name]
    assert find_report(tmp_path, "latest", name) == tmp_path / "run-002" / FORMATS[name]


NO_RUNS = {
    "an unknown one": "run-999",
    "a way out of the folder": "../outside",
    "an absolute path": "/etc",
    "nothing": "",
    "a file": "index.html",
}


@pytest.mark.parametrize("run_id", NO_RUNS.values(), ids=NO_RUNS)
def test_a_run_that_does_not_exist_is_named(sample, tmp_path, run_id):
    """The message says which there are."""
    outside = write_report(_run(sample, 1), tmp_path / "outside")
    outside.parent.rename(tmp_path / "outside" / "x")
    write_report(_run(sample, 1), tmp_path / "reports")
    with pytest.raises(NoSuchRunError, match="the newest are run-001"):
        find_report(tmp_path / "reports", run_id)


def test_without_any_report_the_message_says_how_to_make_one(tmp_path):
    """Also when the folder itself is not there."""
    with pytest.raises(NoSuchRunError, match=r"nsarchive-verify run PATH"):
        find_report(tmp_path / "nowhere")
    assert newest_report(tmp_path / "nowhere") is None
    assert previous_report(tmp_path / "nowhere") is None


def test_a_file_that_was_deleted_is_named(sample, tmp_path):
    """A run without its CSV is still a run."""
    write_report(_run(sample, 1), tmp_path)
    (tmp_path / "run-001" / "checks.csv").unlink()
    with pytest.raises(NoSuchRunError, match=r"has no checks\.csv"):
        find_report(tmp_path, "run-001", "csv")


def test_runs_against_stand_ins_are_told_apart(sample, tmp_path):
    """A demonstration is never compared with a real run."""
    write_report(_run(sample, 1), tmp_path)
    write_report(_run(sample, 2, stand_in=True), tmp_path)
    assert newest_report(tmp_path).parent.name == "run-002"
    assert newest_report(tmp_path, stand_in=False).parent.name == "run-001"
    assert previous_report(tmp_path, stand_in=True).run.id == "run-002"


# ── what else may lie in the folder ──────────────────────────────────────────

TOTALS = '"totals": {"posts": 1, "links": 1, "sources": 1, "checks": 1, "verdicts": {}}'
RUN = '"run": {"id": "x", "started_at": "2030-01-01T00:00:00Z", "finished_at": null, "offline": false}'
FOREIGN = {
    "no JSON": "hello",
    "an empty file": "",
    "a list": "[]",
    "another program's report": '{"schema": "other/report/1", "run": {}, "totals": {}}',
    "a run without a start": '{"schema": "nsarchive-verify/report/1", "run": {"id": "x"}}',
    "totals that are no numbers": (
        f'{{"schema": "nsarchive-verify/report/1", {RUN}, "totals": {{"posts": []}}}}'
    ),
    "cut off after its totals": f'{{"schema": "nsarchive-verify/report/1", {RUN}, {TOTALS}, "po',
    "binary": "\x00\x01\x02",
}


@pytest.mark.parametrize("content", FOREIGN.values(), ids=FOREIGN)
def test_foreign_and_broken_folders_are_passed_over(sample, tmp_path, content):
    """They are neither the newest nor in the way."""
    write_report(_run(sample, 1), tmp_path)
    (tmp_path / "zzz").mkdir()
    (tmp_path / "zzz" / "report.json").write_text(content)
    (tmp_path / "notes").mkdir()
    (tmp_path / "README.md").write_text("mine")
    write_report(_run(sample, 2), tmp_path)
    assert [run.folder.name for run in list_runs(tmp_path)] == ["run-002", "run-001"]
    assert previous_report(tmp_path).run.id == "run-002"


def test_a_report_damaged_in_the_middle_is_not_compared_with(sample, tmp_path):
    """A new run does not fail because an old file was damaged."""
    write_report(_run(sample, 1), tmp_path)
    path = write_report(_run(sample, 2), tmp_path)
    path.write_bytes(path.read_bytes().replace(b'"posts": [', b'"posts": [,', 1))
    with pytest.raises(InputError):
        read_report(path)
    assert previous_report(tmp_path).run.id == "run-001"


def test_the_index_lists_the_runs_with_their_figures(sample, empty, tmp_path):
    """Newest first; nothing checked reads as none."""
    write_report(_run(sample, 1), tmp_path)
    write_report(_run(empty, 2), tmp_path)
    page = html.fromstring((tmp_path / "index.html").read_text("utf-8"))
    rows = [
        [" ".join(cell.text_content().split()) for cell in row.xpath("th|td")]
        for row in page.xpath("//tbody/tr")
    ]
    assert rows == [
        [
            "2 March 2025, 06:02 UTC run-002, offline",
            "1",
            "0",
            "none",
            "–",
            "–",
            "–",
            "json csv md",
        ],
        ["2 March 2025, 06:01 UTC run-001", "4", "9", "15", "6", "3", "6", "json csv md"],
    ]
    assert page.xpath("//tbody//a/@href")[0] == "run-002/report.html"


def test_a_hostile_folder_name_cannot_break_the_index(sample, tmp_path):
    """The name is escaped in the text and encoded in the address."""
    write_report(_run(sample, 1), tmp_path)
    name = '"><script>x'
    (tmp_path / name).mkdir()
    copied = (tmp_path / "run-001" / "report.json").read_bytes()
    (tmp_path / name / "report.json").write_bytes(copied)
    write_report(_run(sample, 2), tmp_path)
    page = html.fromstring((tmp_path / "index.html").read_text("utf-8"))
    assert page.xpath("//script") == []
    assert "%22%3E%3Cscript%3Ex/report.html" in page.xpath("//tbody//a/@href")
