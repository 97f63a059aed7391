"""``demo``: the unchanged pipeline against a stand-in archive on this machine.

A server on 127.0.0.1 answers for the Archive's hosts, over HTTPS with a
certificate authority made for the occasion; the pipeline reaches it as it
would reach any proxy, through ``HTTPS_PROXY`` and ``REQUESTS_CA_BUNDLE``.
"""

import argparse
import shutil
import sys

from flows.commands import runs
from flows.commands.exits import EXIT_DONE
from flows.commands.options import settings_from
from flows.commands.terminal import printable
from flows.demo import StandInArchive, demo_posts
from flows.demo.server import StandIn

#: A folder below the cache, made anew each time: captures of stand-in pages
#: must never lie among real ones.
DEMO_CACHE = "demo"


def demo(options: argparse.Namespace) -> int:
    """Verify the bundled posts, let the failing source recover, refetch, name the report."""
    chosen = settings_from(options)
    cache = chosen.cache / DEMO_CACHE
    shutil.rmtree(cache, ignore_errors=True)
    archive = StandInArchive()
    with StandIn(archive, hosts=archive.hosts) as server, server.in_environment():
        settings = settings_from(
            options,
            cache=cache,
            stand_in=True,
            offline=False,
            requests_per_second=200.0,
            backoff_seconds=0.05,
            wayback=False,
        )
        say = _silent if getattr(options, "quiet", False) else _say
        paths = [str(path) for path in demo_posts()]
        say("stand-in archive on 127.0.0.1; one of its pages fails at first")
        first = runs.start_verify(paths, settings, options)
        for line in runs.summary(first):
            say(line)
        archive.heal()
        say("the failing page works again: nsarchive-verify refetch --all")
        second = runs.start_refetch(settings, options, every=True)
    for line in runs.summary(second)[:-1]:
        say(line)
    print(chosen.reports / "latest" / "report.html")
    return EXIT_DONE


def _say(line: str) -> None:
    print(printable(line), file=sys.stderr, flush=True)


def _silent(line: str) -> None:
    """Say nothing, as --quiet asks."""
