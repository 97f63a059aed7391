"""The runs that a folder of reports holds.

What is in the folder may be anything: runs, runs half copied by hand, other
people's files. Only a sub-folder with a ``report.json`` that begins as one of
ours is a run. Of that file only the beginning is read (``run`` and
``totals`` stand there), so that a listing of many large reports stays quick.
"""

import functools
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO, Literal

from flows.errors import InputError, NoSuchRunError
from flows.records import Report
from flows.reporting.from_json import read_report
from flows.reporting.schema import SCHEMA

#: Names of the files of one run, by the format a user asks for.
FILES = {
    "json": "report.json",
    "html": "report.html",
    "markdown": "report.md",
    "csv": "checks.csv",
}
LATEST = "latest"
INDEX = "index.html"

Format = Literal["json", "html", "markdown", "csv"]

# Long enough for the beginning of nearly every report in one read.
_CHUNK = 32_768


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSummary:
    """One run as its report begins: where it lies, when it was made, its figures.

    ``totals`` is the report's own object; ``made_at`` is the end of the run,
    or its start when it has no end.
    """

    folder: Path
    id: str
    flow: str
    offline: bool
    stand_in: bool
    made_at: datetime
    totals: dict[str, Any]


def list_runs(folder: Path) -> tuple[RunSummary, ...]:
    """Return the runs in *folder*, newest first; what is no readable run is left out."""
    found = (_summary(path) for path in run_folders(folder))
    runs = [summary for summary in found if summary is not None]
    # The id settles a tie, so that every process names the same run the newest.
    return tuple(sorted(runs, key=lambda run: (run.made_at, run.folder.name), reverse=True))


def run_folders(folder: Path) -> list[Path]:
    """Return the sub-folders that look like a run's, sorted by name.

    Hidden ones are reports being written; ``latest`` is another's copy.
    """
    try:
        return sorted(
            path
            for path in folder.iterdir()
            if not path.name.startswith(".")
            and path.name != LATEST
            and path.joinpath(FILES["json"]).is_file()
        )
    except OSError:
        return []


def newest_report(folder: Path, *, stand_in: bool | None = None) -> Path | None:
    """Return the path of the newest run's ``report.json``, or ``None`` if there is none.

    With *stand_in*, only runs against stand-in sources count, or only those
    against the real ones.
    """
    runs = _of_kind(list_runs(folder), stand_in=stand_in)
    return runs[0].folder / FILES["json"] if runs else None


def previous_report(folder: Path, *, stand_in: bool | None = None) -> Report | None:
    """Return the newest report of *folder* that can be read whole, or ``None``.

    A report that is damaged is passed over: a new run is not to fail because
    an old file was cut. For *stand_in* see ``newest_report``.
    """
    for run in _of_kind(list_runs(folder), stand_in=stand_in):
        try:
            return read_report(run.folder / FILES["json"])
        except InputError:
            continue
    return None


def find_report(folder: Path, run_id: str | None = None, format: Format = "json") -> Path:  # noqa: A002  the option's name
    """Return the path of a run's report in *format*; without *run_id*, the newest run's.

    Raises:
        NoSuchRunError: there is no such run in *folder*, or it lacks the file.
    """
    if run_id is None or run_id == LATEST:
        newest = _linked_newest(folder) or newest_report(folder)
        if newest is None:
            raise NoSuchRunError(f"no report in {folder}: `nsarchive-verify run PATH` makes one")
        run_folder = newest.parent
    else:
        # Found among the names that exist, never put together from what was
        # given: "../elsewhere" is then no run at all.
        named = [path for path in run_folders(folder) if path.name == run_id]
        if not named:
            raise NoSuchRunError(f"no run {run_id!r} in {folder}{_known(folder)}")
        run_folder = named[0]
    path = run_folder / FILES[format]
    if not path.is_file():
        raise NoSuchRunError(f"run {run_folder.name} has no {FILES[format]} in {run_folder}")
    return path


def _of_kind(runs: tuple[RunSummary, ...], *, stand_in: bool | None) -> list[RunSummary]:
    return [run for run in runs if stand_in is None or run.stand_in is stand_in]


def _known(folder: Path) -> str:
    names = [run.folder.name for run in list_runs(folder)[:3]]
    return f"; the newest are {', '.join(names)}" if names else ", which holds no run"


def _linked_newest(folder: Path) -> Path | None:
    """Return the run that ``latest`` leads to: a listing of thousands takes seconds."""
    latest = folder / LATEST
    if not latest.is_symlink():
        return None
    linked = folder / latest.readlink().name
    return linked / FILES["json"] if _summary(linked) else None


def _summary(path: Path) -> RunSummary | None:
    try:
        found = path.joinpath(FILES["json"]).stat()
    except OSError:
        return None
    return _read_summary(path, (found.st_mtime_ns, found.st_size, found.st_ino))


# A writer lists the runs several times over; only new files are read again.
@functools.lru_cache(maxsize=50_000)
def _read_summary(path: Path, stamp: tuple[int, ...]) -> RunSummary | None:  # noqa: ARG001  part of the key
    import ijson  # noqa: PLC0415  loaded late: most commands list no runs

    head: dict[str, Any] = {}
    try:
        with path.joinpath(FILES["json"]).open("rb") as file:
            for key, value in ijson.kvitems(file, "", buf_size=_CHUNK, use_float=True):
                head[key] = value
                if key == "totals":
                    break
            if head["schema"] != SCHEMA or not _ends_whole(file):
                return None
        run = head["run"]
        made_at = datetime.fromisoformat(run["finished_at"] or run["started_at"])
        return RunSummary(
            folder=path,
            id=str(run["id"]),
            flow=str(run.get("flow", "verify")),
            offline=bool(run["offline"]),
            stand_in=bool(run.get("stand_in")),
            made_at=made_at if made_at.tzinfo else made_at.replace(tzinfo=UTC),
            totals=_figures(head["totals"]),
        )
    except (OSError, KeyError, TypeError, ValueError, AttributeError, ijson.JSONError):
        return None


def _ends_whole(file: BinaryIO) -> bool:
    """Return whether *file* ends as an object does: one that was cut does not."""
    file.seek(0, os.SEEK_END)
    file.seek(max(0, file.tell() - 64))
    return file.read().rstrip().endswith(b"}")


def _figures(totals: dict[str, Any]) -> dict[str, Any]:
    # A foreign file may hold anything under these names; the index counts with them.
    return {
        **{name: int(totals[name]) for name in ("posts", "links", "sources", "checks")},
        "verdicts": {str(name): int(number) for name, number in totals["verdicts"].items()},
    }
