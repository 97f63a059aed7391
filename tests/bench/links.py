"""How fast links are found in large dumps, against ripgrep and grep on the same file.

Run as ``python -m tests.bench.links [MEGABYTES]`` from the project's folder.
Two dumps are generated in a temporary folder, JSON Lines and copied posts,
in which one post in ten thousand cites the Archive. Each program reads the
file once for the page cache and is then timed three times; the best counts.
Ours is the whole command, start-up included, which parses the posts found and
prints their links; the rivals count lines. ``rg`` and ``grep`` without regard
to case, over all hosts, do the comparable work; those with one exact host miss
most spellings. The last column is processor time over that of ``rg -ci``, or of
``grep -ciE`` where there is no ripgrep. Peak memory is that of the process as a
whole; ripgrep maps the file, which is counted there.
"""

import json
import os
import random
import shutil
import string
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.registry import benchmark, versions

POSTS_PER_LINK = 10_000
LINKS = (
    "https://nsarchive.gwu.edu/document/27160-doc-06-clinton-letter-yeltsin",
    "hxxps://NSArchive[.]gwu[.]edu/node/3712",
    "http://nsarchive2.gwu.edu//NSAEBB/NSAEBB435/",
    "https://unredacted.com/2015/03/10/a-note",
)
PATTERN = r"nsarchiv|gwu|unredacted|documentcloud"


def words(rng: random.Random) -> list[str]:
    """Return a vocabulary of made-up words, common letters first."""
    letters = "etaoinshrdlcumfpgybvkxjqz"
    weights = [1 / (rank + 2) for rank in range(len(letters))]
    return ["".join(rng.choices(letters, weights, k=rng.randint(2, 9))) for _ in range(5_000)]


def bodies(rng: random.Random) -> Iterator[tuple[int, str]]:
    """Yield post numbers with bodies for ever; every so many cites the Archive."""
    vocabulary = words(rng)
    pool = [" ".join(rng.choices(vocabulary, k=rng.randint(20, 90))) for _ in range(2_000)]
    number = 0
    while True:
        number += 1
        body = f"{rng.choice(pool)} {number}"
        if number % POSTS_PER_LINK == 1:
            body += f" {LINKS[number // POSTS_PER_LINK % len(LINKS)]}"
        yield number, body


def json_line(number: int, body: str) -> str:
    """Return one post as a JSON line."""
    return json.dumps({"id": str(number), "time": 1_600_000_000 + number, "text": body}) + "\n"


def copied_post(number: int, body: str) -> str:
    """Return one post as copied from a thread page."""
    author = "".join(random.Random(number).choices(string.hexdigits.lower()[:16], k=6))
    head = f"Anonymous ID:\u00a0{author} March 1, 2025, 5:11 p.m. No.{22_000_000 + number} \u00a0"
    return f"{head}\n\n{body}\n\n"


def write_dump(path: Path, size: int, line: Callable[[int, str], str]) -> int:
    """Write a dump of about *size* bytes and return the number of links in it."""
    written = links = 0
    with path.open("w", encoding="utf-8") as dump:
        for number, body in bodies(random.Random(7)):
            links += number % POSTS_PER_LINK == 1
            written += dump.write(line(number, body))
            if written >= size:
                return links
    return links


@dataclass(frozen=True)
class Timed:
    """Best wall and processor time in seconds, peak memory in bytes, and the lines found."""

    wall: float
    processor: float
    peak: int
    found: int


def timed(command: Sequence[str], *, counts: bool) -> Timed:
    """Run *command* four times; *counts* says that it prints a number, not the lines."""
    wall = processor = float("inf")
    peak = found = 0
    for _ in range(4):
        before = time.perf_counter()
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            output = process.stdout.read()
            _, _, usage = os.wait4(process.pid, 0)
            process.returncode = 0
        wall = min(wall, time.perf_counter() - before)
        processor = min(processor, usage.ru_utime + usage.ru_stime)
        peak = max(peak, usage.ru_maxrss * 1024)
        found = int(output or 0) if counts else output.count(b"\n")
    return Timed(wall, processor, peak, found)


def table(size: int) -> Iterator[str]:
    """Yield the rows of the table, in Markdown, for dumps of *size* bytes.

    Raises:
        AssertionError: a link was missed, so that the times mean nothing.
    """
    yield versions("stringzilla", "orjson")
    yield ""
    yield "| dump | program | seconds | MB/s | peak MB | found | × |"
    yield "|---|---|---:|---:|---:|---:|---:|"
    with tempfile.TemporaryDirectory() as folder:
        for name, line in (("JSON Lines", json_line), ("copied posts", copied_post)):
            path = Path(folder) / "dump"
            links = write_dump(path, size, line)
            megabytes = path.stat().st_size / 1e6
            results = [
                (program, timed(command, counts=not program.startswith("nsarchive")))
                for program, command in _programs(path)
            ]
            yardstick = results[1][1].processor if len(results) > 1 else float("nan")
            for program, result in results:
                cells = (
                    name,
                    program,
                    f"{result.wall:.2f}",
                    f"{megabytes / result.wall:.0f}",
                    f"{result.peak / 1e6:.0f}",
                    str(result.found),
                    f"{result.processor / yardstick:.1f}",
                )
                yield f"| {' | '.join(cells)} |"
                if program.startswith("nsarchive"):
                    assert result.found == links, f"{name}: {links} links were written"


@benchmark("links", "Finding links in large dumps, against ripgrep and grep", seconds=40)
def links_in_dumps() -> Iterator[str]:
    """Yield the table for dumps of 200 MB."""
    yield from table(200_000_000)


def main(arguments: Sequence[str]) -> int:
    """Print the table for dumps of the size given in megabytes."""
    for line in table(int(float(arguments[0]) * 1_000_000) if arguments else 200_000_000):
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
    return 0


def _programs(path: Path) -> Iterator[tuple[str, list[str]]]:
    yield "nsarchive-verify links", [sys.executable, "-m", "flows", "links", str(path)]
    if shutil.which("rg"):
        yield "rg -ci", ["rg", "-ci", PATTERN, str(path)]
        yield "rg -c (exact host)", ["rg", "-c", "-F", "nsarchive.gwu.edu", str(path)]
    if shutil.which("grep"):
        yield "grep -ciE", ["grep", "-ciE", PATTERN, str(path)]
        yield "grep -c (exact host)", ["grep", "-cF", "nsarchive.gwu.edu", str(path)]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
