"""What the archive costs: against the ideal time at the limit, and per source when warm."""

import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import insert

from flows.archive import Archive
from flows.archive.catalogue.database import open_database
from flows.archive.catalogue.tables import captures, files, sources
from flows.demo.server import Answer, Request, StandIn, page
from flows.records import LinkKind, Source, Wanted
from flows.settings import Settings
from tests.bench.registry import benchmark, table, versions

HOSTS = ("nsarchive.gwu.edu", "nsarchive2.gwu.edu")
PER_SECOND = 10.0
PER_HOST = 30
WARM = 2_000
SIZES = (2_000, 100_000)


def wanted(host: str, number: int) -> Wanted:
    """Return the source of a made-up document."""
    url = f"https://{host}/document/{number}"
    return Wanted(canonical_url=url, url=url, kind=LinkKind.DOCUMENT)


@benchmark("archive", "Fetching at the limit, and warm runs over a large catalogue", seconds=25)
def archive() -> Iterator[str]:
    """Measure a polite fetch of two hosts side by side, and a warm run."""
    seconds, ideal, requests = fetch_at_the_limit()
    yield versions("requests", "sqlalchemy", "warcio")
    yield ""
    yield from table(
        ["fetch phase", "seconds", "ideal", "ratio"],
        [
            [
                f"{requests} requests, 2 hosts",
                f"{seconds:.2f}",
                f"{ideal:.2f}",
                f"{seconds / ideal:.2f}",
            ]
        ],
    )
    yield ""
    rows = []
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            fill(Path(folder), size)
            rows.append([f"{size:,} sources", f"{warm_milliseconds(Path(folder), size):.3f}"])
    yield from table(["warm run, sources in the catalogue", "ms per source"], rows)


def fetch_at_the_limit() -> tuple[float, float, int]:
    """Return seconds taken, seconds that the rate alone demands, and the requests made."""

    def answer(request: Request) -> Answer:
        if request.path.startswith("/document/"):
            return page(f"<p>{request.path} {'words ' * 500}</p>")
        return Answer(status=404)

    items = [wanted(host, number) for number in range(PER_HOST) for host in HOSTS]
    with (
        tempfile.TemporaryDirectory() as folder,
        StandIn(answer, hosts=HOSTS) as stand_in,
        stand_in.in_environment(),
        Archive(
            Settings(cache=Path(folder), requests_per_second=PER_SECOND, wayback=False)
        ) as kept,
    ):
        begun = time.perf_counter()
        found: list[Source] = kept.obtain(items)
        seconds = time.perf_counter() - begun
        requests = len(stand_in.requests)
    if not all(source.capture for source in found):
        raise RuntimeError("the stand-in did not answer")
    # Per host: robots.txt, the pages, and one address that cannot exist.
    return seconds, (requests / len(HOSTS) - 1) / PER_SECOND, requests


def fill(folder: Path, size: int) -> None:
    """Make a catalogue of *size* sources that are all fresh."""
    now = datetime.now(UTC)
    database = open_database("", folder)
    (folder / "warc").mkdir()
    (folder / "warc" / "f").write_bytes(b" ")
    kept = [
        {
            "id": number + 1,
            "canonical_url": wanted(HOSTS[0], number).canonical_url,
            "url": wanted(HOSTS[0], number).url,
            "digest": f"sha256:{number:064x}",
            "captured_at": now,
            "http_status": 200,
            "content_type": "text/html",
            "size": 1,
            "via": "network",
            "payload_digest": "",
            "record_id": "",
            "file": "f",
            "offset": 0,
            "length": 1,
        }
        for number in range(size)
    ]
    known = [
        {
            "canonical_url": row["canonical_url"],
            "url": row["url"],
            "kind": "document",
            "failures": 0,
            "definite": 0,
            "attempts": 1,
            "capture_id": row["id"],
            "checked_at": now,
        }
        for row in kept
    ]
    with database.writing() as connection:
        connection.execute(insert(files).values(name="f", length=1, closed=1))
        connection.execute(insert(captures), kept)
        connection.execute(insert(sources), known)
    database.close()


def warm_milliseconds(folder: Path, size: int) -> float:
    """Return the milliseconds that a run spends on one fresh source, the best of five runs."""
    items = [wanted(HOSTS[0], number) for number in range(0, size, max(1, size // WARM))]
    taken = []
    for _ in range(5):
        with Archive(Settings(cache=folder, wayback=False)) as kept:
            begun = time.perf_counter()
            found = kept.obtain(items)
            taken.append((time.perf_counter() - begun) / len(items) * 1_000)
        if {source.status for source in found} != {"cached"}:
            raise RuntimeError("the catalogue is not warm")
    return min(taken)
