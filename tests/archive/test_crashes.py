"""Nothing that was known is lost: at kill -9, on a full disk, with two processes at once."""

import contextlib
import errno
import os
import random
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime

import pytest

from flows.archive.catalogue.tables import files
from flows.archive.evidence.store import LocalStore
from flows.demo.server import Answer, page
from flows.errors import StoreError
from flows.records import SourceStatus

#: A process that has imported everything and makes a copy of itself for each
#: line it reads. A copy obtains the sources it is told, as fast as it can, and
#: writes down which ones are done, before it goes on.
NURSERY = """
import os, sys
import warcio.warcwriter, flows.archive.network.fetching, flows.archive.evidence.reading
from flows.archive import Archive
from flows.records import LinkKind, Wanted
from flows.settings import Settings

def obtain(cache, count, log):
    settings = Settings(
        cache=cache, requests_per_second=1000, backoff_seconds=0.001, wayback=False, connections=2
    )
    urls = [f"https://nsarchive.gwu.edu/document/{n}" for n in range(int(count))]
    wanted = [Wanted(canonical_url=url, url=url, kind=LinkKind.DOCUMENT) for url in urls]
    said = open(log, "ab", buffering=0)
    tell = lambda s: said.write(f"{s.status} {s.capture.digest} {s.url}\\n".encode())
    with Archive(settings) as archive:
        archive.obtain(wanted, progress=tell)

for line in sys.stdin:
    child = os.fork()
    if not child:
        obtain(*line.split())
        os._exit(0)
    print(child, flush=True)
"""


class Nursery:
    """Starts processes that obtain the first *count* documents."""

    def __init__(self, world):
        self._cache = world.folder / "cache"
        self._logs = world.folder
        self._started = 0
        self._process = subprocess.Popen(
            [sys.executable, "-c", NURSERY],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=dict(os.environ),
        )

    def start(self, count):
        """Return the process id."""
        self._started += 1
        log = self._logs / f"{self._started}.log"
        self._process.stdin.write(f"{self._cache} {count} {log}\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    def said(self):
        """Return the whole lines that all processes wrote, each as a list of words."""
        lines = []
        for log in self._logs.glob("*.log"):
            lines += [line for line in log.read_text().splitlines(keepends=True) if "\n" in line]
        return [line.split() for line in lines]

    def done(self):
        """Return how many sources any process said were done."""
        return len({url for _, _, url in self.said()})

    def close(self):
        self._process.stdin.close()
        self._process.kill()
        self._process.wait()


def numbered(request):
    """Answer a page of its own for each document, slowly enough to be interrupted."""
    if not request.path.startswith("/document/"):
        return Answer(status=404)
    number = request.path.rpartition("/")[2]
    return Answer(
        headers=(("Content-Type", "text/html"),),
        body=f"<p>{number} {random.Random(number).randbytes(900).hex()}</p>".encode(),
        delay=0.002,
    )


def test_fifty_kills_at_random_moments_lose_nothing(world):
    """Each process is killed while it works; what it had said was done stays done."""
    world.answer = numbered
    rng = random.Random(20260301)
    count, kills = 900, 0
    with world.online() as stand_in, contextlib.closing(Nursery(world)) as nursery:
        while kills < 50:
            batch = [nursery.start(count) for _ in range(2)]
            # Some are killed before they said anything, the others at work, on
            # a slow machine too.
            enough = nursery.done() + rng.randint(0, 6)
            patience = time.monotonic() + 5
            while nursery.done() < enough and time.monotonic() < patience:
                time.sleep(0.002)
            time.sleep(rng.uniform(0.0, 0.06))
            for process in batch:
                os.kill(process, signal.SIGKILL)
                kills += 1
        said = {url: digest for _, digest, url in nursery.said()}
        asked = [r.path for r in stand_in.requests if r.path.startswith("/document/")]
    with world.archive(clock=lambda: datetime.now(UTC)) as archive:
        archive._premises.store.cut_torn_tails()
        checked = archive.holdings.check()
        captures = {url: archive.latest(url) for url in said}
        assert all(captures[url].digest == digest for url, digest in said.items())
        assert all(archive.body(capture) for capture in captures.values())
    assert checked.problems == ()
    assert checked.captures >= len(said) > 50
    # A killed process may have asked for what it could not write down: a few.
    assert len(asked) - len(set(asked)) <= 2 * kills
    print(f"{kills} kills, {len(said)} captures said, {checked.captures} kept, all sound")


def test_several_processes_on_one_cache_fetch_nothing_twice(world):
    world.answer = numbered
    count = 120
    with world.online() as stand_in, contextlib.closing(Nursery(world)) as nursery:
        for _ in range(3):
            nursery.start(count)
        patience = time.monotonic() + 30
        while len(nursery.said()) < 3 * count and time.monotonic() < patience:
            time.sleep(0.02)
        asked = [r.path for r in stand_in.requests if r.path.startswith("/document/")]
    assert sorted(asked) == sorted({f"/document/{n}" for n in range(count)})
    assert len(nursery.said()) == 3 * count
    with world.archive(clock=lambda: datetime.now(UTC)) as archive:
        archive._premises.store.cut_torn_tails()
        assert archive.holdings.check().problems == ()
        assert archive.holdings.info().captures == count


def test_a_torn_tail_is_cut_and_the_file_used_again(world):
    world.pages |= {f"/document/{n}": page(f"<p>{n}</p>") for n in range(2)}
    with world.online():
        (first,) = world.obtain("/document/0")
        (file,) = (world.folder / "cache" / "warc").iterdir()
        length = file.stat().st_size
        with world.archive() as archive:
            own(archive, "99999-dead")
        with file.open("ab") as torn:
            torn.write(b"\x1f\x8b half a record")
        (second,) = world.obtain("/document/1")
    assert [path.name for path in (world.folder / "cache" / "warc").iterdir()] == [file.name]
    with world.archive() as archive:
        assert archive.holdings.check().problems == ()
        assert archive.body(first.capture) == b"<p>0</p>"
        assert archive.body(second.capture) == b"<p>1</p>"
    assert file.stat().st_size > length


def own(archive, owner):
    with archive._premises.database.writing() as connection:
        connection.execute(files.update().values(owner=owner))


def test_a_tail_of_a_living_process_is_left_alone(world):
    world.pages |= {f"/document/{n}": page(f"<p>{n}</p>") for n in range(2)}
    with world.online(), world.archive() as living:
        living._premises.store.append(b"\x1f\x8b being written", world.clock())
        world.obtain("/document/0")
        written = sorted((world.folder / "cache" / "warc").iterdir())
    assert len(written) == 2


class FullDisk:
    """A file on a disk that fills up after so many bytes."""

    def __init__(self, file, room):
        self._file = file
        self._room = room

    def write(self, data):
        part = data[: self._room]
        self._room -= len(part)
        self._file.write(part)
        if len(part) < len(data):
            raise OSError(errno.ENOSPC, "No space left on device")
        return len(data)

    def __getattr__(self, name):
        return getattr(self._file, name)


@pytest.mark.parametrize("room", [0, 1, 200, 700])
def test_a_full_disk_is_an_error_and_loses_nothing(room, world, want, monkeypatch):
    world.pages |= {f"/document/{n}": page(f"<p>{n} {'x' * 5}</p>") for n in range(3)}
    with world.online():
        (kept,) = world.obtain("/document/0")
        with monkeypatch.context() as patch:
            plain = LocalStore._open

            def full(self, at):
                name, file = plain(self, at)
                self._file = file if isinstance(file, FullDisk) else FullDisk(file, room)
                return name, self._file

            patch.setattr(LocalStore, "_open", full)
            with world.archive() as archive, pytest.raises(StoreError, match="No space left"):
                archive.obtain([want("/document/1")])
        with world.archive() as archive:
            assert archive.holdings.check().problems == ()
            assert archive.body(kept.capture)
        (source,) = world.obtain("/document/1")
    assert source.status is SourceStatus.FETCHED
    with world.archive() as archive:
        assert archive.holdings.check().problems == ()
        assert archive.body(source.capture).startswith(b"<p>1")


def test_a_cache_that_cannot_be_written_is_one_clear_error(world, want):
    (world.folder / "cache").write_text("a file where the folder should be")
    with world.archive() as archive, pytest.raises(StoreError, match="cache"):
        archive.obtain([want("/document/1")])


def test_a_damaged_catalogue_is_one_clear_error(world):
    (world.folder / "cache").mkdir()
    (world.folder / "cache" / "catalog.sqlite").write_bytes(b"not a database" * 100)
    with world.archive() as archive, pytest.raises(StoreError, match="catalogue"):
        archive.failures()


def test_an_error_in_the_callers_progress_ends_the_run_at_once(world, want):
    world.answer = numbered
    urls = [want(f"/document/{n}") for n in range(50)]

    def fail(source):
        raise RuntimeError(source.url)

    with world.online(), world.archive() as archive:
        with pytest.raises(RuntimeError):
            archive.obtain(urls, progress=fail)
        with contextlib.suppress(StoreError):
            assert len(archive.obtain(urls)) == 50


def test_a_flipped_byte_is_found_and_never_handed_out(world):
    world.pages["/document/1"] = page("<p>" + "words " * 400 + "</p>")
    with world.online():
        (source,) = world.obtain("/document/1")
    (file,) = (world.folder / "cache" / "warc").iterdir()
    data = bytearray(file.read_bytes())
    with world.archive() as archive:
        place = archive._premises.ledger.locations(source.capture.digest)[0]
    data[place.offset + place.length // 2] ^= 0x01
    file.write_bytes(data)
    with world.archive() as archive:
        problems = archive.holdings.check().problems
        assert {problem.offset for problem in problems} == {place.offset}
        with pytest.raises(StoreError):
            archive.body(source.capture)
