"""``cache info``, ``check``, ``export`` and ``import``: the evidence store."""

import argparse
import sys
from pathlib import Path

from flows.archive import Archive
from flows.commands.exits import EXIT_DONE, EXIT_FAULT
from flows.commands.options import settings_from
from flows.commands.terminal import printable
from flows.pages import unusable_reason

_NO_CACHE = "there is no cache yet: `nsarchive-verify run PATH` makes one"


def info(options: argparse.Namespace) -> int:
    """Print counts and sizes, a line each."""
    with Archive(settings_from(options)) as archive:
        found = archive.holdings.info()
    if found is None:
        print(_NO_CACHE, file=sys.stderr)
        return EXIT_DONE
    rows = {
        "catalogue": f"{found.catalogue} (version {found.version})",
        "sources": found.sources,
        "not obtained": ", ".join(f"{count} {name}" for name, count in found.statuses) or 0,
        "captures": f"{found.captures} ({found.bodies} different bodies)",
        "captured": _period(found.oldest, found.newest),
        "attempts": found.attempts,
        "texts": found.texts,
        "posts": found.posts,
        "runs": found.runs,
        "WARC files": f"{found.files} ({found.bytes:,} bytes)",
    }
    for name, value in rows.items():
        print(printable(f"{name:<14}{value}"))
    return EXIT_DONE


def check(options: argparse.Namespace) -> int:
    """Re-read and re-hash every record; exit status 3 if something is wrong."""
    with Archive(settings_from(options)) as archive:
        checked = archive.holdings.check()
    if checked is None:
        print(_NO_CACHE, file=sys.stderr)
        return EXIT_DONE
    for problem in checked.problems:
        place = problem.file if problem.offset is None else f"{problem.file}:{problem.offset}"
        print(printable(f"{place}: {problem.reason}"))
    print(
        f"{checked.files} files, {checked.records} records, {checked.captures} captures: "
        + (
            f"{len(checked.problems)} problems"
            if not checked.sound
            else _soundness(checked.records)
        )
    )
    return EXIT_DONE if checked.sound else EXIT_FAULT


def export(options: argparse.Namespace) -> int:
    """Write every capture into one file and print its path."""
    with Archive(settings_from(options)) as archive:
        written = archive.holdings.export(Path(options.file))
    print(f"{written.records} records, {written.bytes:,} bytes", file=sys.stderr)
    print(written.path)
    return EXIT_DONE


def import_(options: argparse.Namespace) -> int:
    """Take captures in; name the records that were refused, and why."""
    with Archive(settings_from(options), inspect=unusable_reason) as archive:
        taken = archive.holdings.import_warc(Path(options.file))
    for problem in taken.refused:
        place = problem.file if problem.offset is None else f"{problem.file}:{problem.offset}"
        print(printable(f"refused {place}: {problem.reason}"), file=sys.stderr)
    said = f"{taken.taken} captures taken, {taken.known} known, {len(taken.refused)} refused"
    print(f"{said}, {taken.unchanged} found unchanged" if taken.unchanged else said)
    return EXIT_DONE


def _soundness(records: int) -> str:
    return "all sound" if records else "nothing is kept so far"


def _period(oldest: object, newest: object) -> str:
    return "never" if oldest is None else f"{oldest} to {newest}"
