"""Writing a report so that a reader never sees half of it.

A run's folder is made whole under a hidden name beside its place, flushed to
disk, and renamed. ``latest`` and ``index.html`` follow. Several processes may
finish at once: each looks again after it has written, and writes again when
the folder has changed, so whoever is last leaves both true, without a lock.
"""

import contextlib
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from flows.records import Report
from flows.reporting.as_csv import report_to_csv
from flows.reporting.as_html import report_to_html
from flows.reporting.as_json import json_pieces
from flows.reporting.as_markdown import report_to_markdown
from flows.reporting.fragments import with_links
from flows.reporting.index_page import index_page
from flows.reporting.runs import FILES, INDEX, LATEST, list_runs

# A run's id becomes a folder's name on every file system, and an address.
_RUN_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,119}\Z")

# What is not in its place yet stands under one of these, then a dash.
_WRITING = ".writing"
_UNPLACED = (_WRITING, f".{LATEST}", f".{INDEX}")

# Rounds of looking again; more would need as many runs ending in this moment.
_MOST_ROUNDS = 100


def write_report(report: Report, folder: Path) -> Path:
    """Write *report* below *folder* and return the path of its ``report.json``.

    Makes ``<run id>/`` with all four files, then brings ``latest`` and
    ``index.html`` up to date. A run written again under the same id replaces
    its files one by one. Links with a text fragment are filled in where a
    check has a place but no link.

    Raises:
        ValueError: the run's id cannot be a folder's name.
        OSError: the disk refuses; nothing half-written stands under a name
            that readers use.
    """
    if not _RUN_ID.match(report.run.id) or report.run.id == LATEST:
        raise ValueError(f"run id {report.run.id!r} cannot be the name of a folder")
    report = with_links(report)
    folder.mkdir(parents=True, exist_ok=True)
    pages: dict[str, Callable[[Report], bytes]] = {
        FILES["html"]: report_to_html,
        FILES["markdown"]: report_to_markdown,
        FILES["csv"]: report_to_csv,
    }
    target = folder / report.run.id
    with _hidden_folder(folder) as made:
        for name, made_of in pages.items():
            _write_synced(made / name, [made_of(report)])
        # Last: where it stands, the others stand.
        _write_synced(made / FILES["json"], json_pieces(report))
        _sync_folder(made)
        _move_into_place(made, target)
    _sync_folder(folder)
    bring_up_to_date(folder)
    return target / FILES["json"]


def bring_up_to_date(folder: Path) -> None:
    """Make ``latest`` the newest run of *folder*, and ``index.html`` list them all."""
    for _ in range(_MOST_ROUNDS):
        runs = list_runs(folder)
        if runs:
            _point_latest(folder, runs[0].folder)
        _replace_file(folder / INDEX, index_page(runs))
        if list_runs(folder) == runs and _is_latest(folder, runs[0].folder if runs else None):
            break
    _sync_folder(folder)


def clear_unplaced(folder: Path) -> None:
    """Remove what writers that were killed left in *folder*, hidden and of no use to anybody.

    For a caller that lets nobody else write there meanwhile. What cannot be
    removed stays: it is in nobody's way.
    """
    for name in _UNPLACED:
        for left in folder.glob(f"{name}-*"):
            if left.is_dir() and not left.is_symlink():
                shutil.rmtree(left, ignore_errors=True)
            else:
                with contextlib.suppress(OSError):
                    left.unlink()


@contextlib.contextmanager
def _hidden_folder(folder: Path) -> Iterator[Path]:
    made = Path(tempfile.mkdtemp(prefix=f"{_WRITING}-", dir=folder))
    try:
        # mkdtemp makes it for the owner alone; reports are for whoever may
        # read the folder they lie in.
        made.chmod(folder.stat().st_mode & 0o777)
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _move_into_place(made: Path, target: Path) -> None:
    try:
        made.rename(target)
    except OSError:
        # Renaming onto a folder with files in it is refused everywhere.
        if not target.is_dir():
            raise
        _move_files(made, target)


def _move_files(made: Path, target: Path) -> None:
    """Move each file of *made* into *target*, whole at every moment."""
    for name in FILES.values():
        made.joinpath(name).replace(target / name)
    _sync_folder(target)


def _point_latest(folder: Path, newest: Path) -> None:
    """Make ``latest`` a link to *newest*, or its whole copy where links are not to be had.

    A ``latest`` that is a real folder stays one: a folder cannot be replaced
    by a link in one step, but each file in it can be by another.
    """
    latest = folder / LATEST
    if _is_latest(folder, newest):
        return
    if latest.is_symlink() or not latest.is_dir():
        link = folder / f".{LATEST}-{os.urandom(6).hex()}"
        try:
            link.symlink_to(newest.name, target_is_directory=True)
        except (OSError, NotImplementedError):
            # Another process may have put its copy there in the meantime.
            with contextlib.suppress(IsADirectoryError, PermissionError):
                latest.unlink(missing_ok=True)
        else:
            link.replace(latest)
            return
    with _hidden_folder(folder) as made:
        for name in FILES.values():
            _write_synced(made / name, [newest.joinpath(name).read_bytes()])
        _move_into_place(made, latest)


def _is_latest(folder: Path, newest: Path | None) -> bool:
    latest = folder / LATEST
    if newest is None:
        return True
    if latest.is_symlink():
        return latest.readlink() == Path(newest.name)
    try:
        # Contents, not times: two processes may have copied file by file.
        return all(
            latest.joinpath(name).read_bytes() == newest.joinpath(name).read_bytes()
            for name in FILES.values()
        )
    except OSError:
        return False


def _replace_file(path: Path, content: bytes) -> None:
    beside = path.with_name(f".{path.name}-{os.urandom(6).hex()}")
    try:
        _write_synced(beside, [content])
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _write_synced(path: Path, pieces: Iterable[bytes]) -> None:
    with path.open("wb") as file:
        file.writelines(pieces)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    # A renamed entry survives a power cut once its folder is flushed; some
    # file systems, and Windows, cannot open a folder, and need no such call.
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
