"""``links``, ``failures`` and ``report``: what is known, without fetching anything."""

import argparse
import sys
from datetime import datetime

import orjson

from flows.commands.exits import EXIT_DONE
from flows.commands.options import settings_from
from flows.commands.terminal import printable
from flows.records import Failure


def links(options: argparse.Namespace) -> int:
    """Print one JSON line per occurrence of an Archive address."""
    from flows.citations import each_link
    from flows.posts import read_posts

    for post in read_posts(options.paths, columns=options.columns, only_with_links=True):
        for link in each_link(post.text):
            line = {
                "post": post.id,
                "url": link.url,
                "canonical_url": link.canonical_url,
                "kind": link.kind,
                "start": link.start,
                "end": link.end,
            }
            sys.stdout.buffer.write(orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE))
    return EXIT_DONE


def failures(options: argparse.Namespace) -> int:
    """List the failed fetches with reason, attempts and next try."""
    from flows.archive import Archive

    with Archive(settings_from(options)) as archive:
        failed = archive.failures()
    if options.json:
        rows = [_as_json(failure) for failure in failed]
        sys.stdout.buffer.write(orjson.dumps(rows, option=orjson.OPT_INDENT_2))
        sys.stdout.buffer.write(b"\n")
        return EXIT_DONE
    for failure in failed:
        print(printable(_as_line(failure)))
    if not failed:
        print("no failed fetches", file=sys.stderr)
    return EXIT_DONE


def report(options: argparse.Namespace) -> int:
    """Print where a run's report is, or with ``--format`` what it says."""
    from flows.reporting import find_report

    settings = settings_from(options)
    path = find_report(settings.reports, options.run, options.format or "html")
    if options.format is None:
        print(path)
    else:
        sys.stdout.buffer.write(path.read_bytes())
    return EXIT_DONE


def _as_json(failure: Failure) -> dict[str, object]:
    return {
        "url": failure.url,
        "canonical_url": failure.canonical_url,
        "status": failure.status,
        "reason": failure.reason,
        "http_status": failure.http_status,
        "attempts": failure.attempts,
        "last_attempt_at": _time(failure.last_attempt_at),
        "next_attempt_at": _time(failure.next_attempt_at),
    }


def _as_line(failure: Failure) -> str:
    due = _time(failure.next_attempt_at)
    again = f"next try {due}" if due else "not tried again by itself"
    tries = "1 attempt" if failure.attempts == 1 else f"{failure.attempts} attempts"
    return f"{failure.canonical_url}\n    {failure.status}: {failure.reason}; {tries}; {again}"


def _time(moment: datetime | None) -> str | None:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ") if moment is not None else None
