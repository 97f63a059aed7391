"""A disk that is really full, and one that really cannot be written, under the real command.

Where file systems may be mounted, a small one is; elsewhere the kernel refuses
the same writes for another reason: a limit on the size of files, and
permissions without the right to overrule them.
"""

import os
import resource
import shutil
import subprocess
import sys
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from tests.end_to_end.desk import DESCRIPTION, POST, Result, document_page

OTHER = "https://nsarchive.gwu.edu/document/41009-doc-11-second-cable"
#: Large beside what SQLite writes at a time, and hard to compress.
FILLER = " ".join(f"{number * 7919 % 99991:x}" for number in range(4_000))


def command(desk, *arguments, prefix=(), before=None):
    """Run the command, in a process changed by *before* and started by *prefix*."""
    done = subprocess.run(
        [*prefix, sys.executable, "-m", "flows", *arguments],
        cwd=desk.folder,
        env=desk.environment(),
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
        preexec_fn=before,
    )
    return Result(done.returncode, done.stdout, done.stderr)


def mount(*arguments):
    """Return whether this could be mounted."""
    program = shutil.which("mount")
    if program is None or os.geteuid() != 0:
        return False
    return subprocess.run([program, *arguments], capture_output=True, check=False).returncode == 0


@contextmanager
def small_disk(folder):
    """Yield a function that takes room away: ``with taken(room):`` leaves so many bytes.

    It yields how to start a process that is to run out of room.
    """
    folder.mkdir()
    mounted = mount("-t", "tmpfs", "-o", "size=4m", "tmpfs", str(folder))

    @contextmanager
    def taken(room):
        if not mounted:
            sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
            limit = max(sizes, default=0) + room
            yield partial(resource.setrlimit, resource.RLIMIT_FSIZE, (limit, limit))
            return
        filler = folder / "filler"
        free = os.statvfs(folder).f_bavail * os.statvfs(folder).f_frsize
        filler.write_bytes(bytes(max(0, free - room)))
        yield None
        filler.unlink()

    try:
        yield taken
    finally:
        if mounted:
            subprocess.run(["umount", "-l", str(folder)], check=True)


@contextmanager
def read_only(folder):
    """Make *folder* one that cannot be written; yield how to start a process that feels it."""
    if mount("--bind", str(folder), str(folder)):
        try:
            assert mount("-o", "remount,ro,bind", str(folder))
            yield ()
        finally:
            subprocess.run(["umount", "-l", str(folder)], check=True)
        return
    paths = [folder, *folder.rglob("*")]
    modes = {path: path.stat().st_mode for path in paths}
    for path in paths:
        path.chmod(modes[path] & ~0o222)
    try:
        without = ("setpriv", "--bounding-set", "-dac_override", "--inh-caps", "-dac_override")
        yield without if os.geteuid() == 0 else ()
    finally:
        for path, mode in modes.items():
            path.chmod(mode)


def one_clear_line(result):
    """Return the one line of complaint."""
    lines = [line for line in result.err.splitlines() if line.startswith("nsarchive-verify:")]
    assert len(lines) == 1, result.err
    assert "Traceback" not in result.err
    assert "internal fault" not in lines[0]
    return lines[0]


@pytest.mark.parametrize("room", [0, 8_192, 24_576])
def test_a_full_disk_ends_the_run_and_loses_nothing(room, desk, grain_post):
    """Exit status 3 and the reason; with room again, the next run goes on."""
    other = desk.write("other.txt", POST.format(description=DESCRIPTION, url=OTHER))
    desk.site.set(OTHER, document_page(source=FILLER))
    with small_disk(desk.folder / "cache") as taken:
        assert desk.run("run", grain_post).status == 0
        with taken(room) as before:
            full = command(desk, "run", other, before=before)
        assert full.status == 3, full.err
        assert "ake room" in one_clear_line(full)
        checked = desk.run("cache", "check")
        assert checked.status == 0, checked.out
        assert desk.run("run", grain_post).report["sources"][0]["status"] == "cached"
        again = desk.run("run", other)
        assert again.status == 0, again.err
        (source,) = [s for s in again.report["sources"] if s["canonical_url"] == OTHER]
        assert source["status"] in {"fetched", "cached"}
        assert "all sound" in desk.run("cache", "check").out


def test_a_full_disk_of_reports_leaves_the_last_report_whole(desk, grain_post):
    """A reader never sees half a report, and what was fetched is kept."""
    other = desk.write("other.txt", POST.format(description=DESCRIPTION, url=OTHER))
    desk.site.set(OTHER, document_page())
    latest = desk.folder / "reports" / "latest" / "report.json"
    with small_disk(desk.folder / "reports") as taken:
        desk.run("run", grain_post)
        whole = latest.read_bytes()
        with taken(0) as before:
            full = command(desk, "run", other, before=before)
            assert latest.read_bytes() == whole
        assert full.status == 3
        one_clear_line(full)
        assert desk.run("run", other).status == 0
        assert desk.asked(OTHER) == 1


def test_a_cache_that_cannot_be_written_can_be_read(desk, grain_post):
    """What only looks works; what has to write says so, once, and does nothing."""
    desk.run("run", grain_post)
    asked = len(desk.server.requests)
    cache = desk.folder / "cache"
    before = {path: path.read_bytes() for path in cache.rglob("*") if path.is_file()}
    with read_only(cache) as prefix:
        for looking in (["failures"], ["cache", "info"], ["cache", "check"], ["report"]):
            result = command(desk, *looking, prefix=prefix)
            assert result.status == 0, (looking, result.err)
        exported = command(desk, "cache", "export", "all.wacz", prefix=prefix)
        assert exported.status == 0, exported.err
        result = command(desk, "run", grain_post, prefix=prefix)
        assert result.status == 3, result.out
        one_clear_line(result)
    after = {path: path.read_bytes() for path in cache.rglob("*") if path.is_file()}
    assert after == before
    assert len(desk.server.requests) == asked
    assert Path(desk.folder / "all.wacz").stat().st_size > 1_000
    assert desk.run("run", grain_post).status == 0


def test_what_a_damaged_catalogue_kept_can_be_taken_over(desk, grain_post):
    """The fault is named with what to do, and doing so gives the same findings without a request."""
    before = desk.run("run", grain_post).report
    catalogue = desk.folder / "cache" / "catalog.sqlite"
    catalogue.write_bytes(b"no database at all" * 400)
    result = desk.run("run", grain_post)
    assert result.status == 3
    assert "cache import" in result.err
    (desk.folder / "cache").rename(desk.folder / "damaged")
    for file in sorted((desk.folder / "damaged" / "warc").iterdir()):
        assert desk.run("cache", "import", str(file)).status == 0
    asked = len(desk.server.requests)
    after = desk.run("run", grain_post, "--offline").report
    assert len(desk.server.requests) == asked
    verdicts = [[check["verdict"] for check in r["posts"][0]["checks"]] for r in (before, after)]
    assert verdicts[0] == verdicts[1]
    assert {source["via"] for source in after["sources"]} == {"import"}
