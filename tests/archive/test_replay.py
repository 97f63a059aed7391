"""An export replays: every page comes back as it was captured, revisited ones included.

The replay by pywb runs in a virtual environment of its own, because pywb pins
older releases of what this project uses: ``make replay`` makes ``.venv-replay``,
and ``NSARCHIVE_PYWB`` names the Python of another. Without it the same pages
are replayed by the plain rules of the WARC standard alone.
"""

import gzip
import hashlib
import json
import os
import subprocess
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from flows.demo.server import Answer, page

HOST = "https://nsarchive.gwu.edu"
SCRIPT = Path(__file__).with_name("replay_with_pywb.py")
PYWB = Path(os.environ.get("NSARCHIVE_PYWB", Path.cwd() / ".venv-replay/bin/python"))


def by_the_standard(warc, wanted):
    """Serve pages from the records nearest in time, revisits from what they refer to."""
    records = []
    with warc.open("rb") as file:
        for record in ArchiveIterator(file):
            header = record.rec_headers.get_header
            if record.rec_type in {"response", "revisit"}:
                key = header("WARC-Target-URI"), header("WARC-Date")
                refers = header("WARC-Refers-To-Target-URI"), header("WARC-Refers-To-Date")
                status = int(record.http_headers.get_statuscode())
                body = record.content_stream().read()
                records.append(
                    (key, refers if record.rec_type == "revisit" else None, status, body)
                )
    served = {}
    for asked in wanted:
        stamp, _, url = asked.partition("/")
        found = [r for r in records if r[0][0] == url]
        nearest = min(found, key=lambda r: abs(int(digits(r[0][1])) - int(stamp)))
        if nearest[1] is not None:
            nearest = next(r for r in records if r[0] == nearest[1])
        served[asked] = {"status": nearest[2], "sha256": hashlib.sha256(nearest[3]).hexdigest()}
    return served


def by_pywb(warc, wanted):
    """Serve pages with pywb's own manager and application."""
    command = [str(PYWB), str(SCRIPT), str(warc), *wanted]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=100)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def digits(date):
    return "".join(filter(str.isdigit, date))[:14]


PLAYERS = {"the standard": by_the_standard} | ({"pywb": by_pywb} if PYWB.exists() else {})


@pytest.mark.parametrize("player", PLAYERS)
def test_every_page_of_an_export_replays_as_it_was_captured(player, world):
    coded = (("Content-Type", "text/html"), ("Content-Encoding", "gzip"))
    zipped = Answer(headers=coded, body=gzip.compress(b"<p>a compressed page</p>"))
    chunked = Answer(
        headers=(("Content-Type", "text/html"),), body=b"<p>in chunks</p>" * 600, chunked=True
    )
    world.pages |= {
        "/document/1": page("<p>an unchanged page</p>"),
        "/document/2": zipped,
        "/document/3": [page("<p>the first edition</p>"), page("<p>the second edition</p>")],
        "/document/4": chunked,
        "/sites/a%20b.htm": page("<p>an escaped address</p>"),
    }
    expected = {}
    with world.online():
        for _ in range(2):
            paths = [path for path in world.pages if "robots" not in path]
            with world.archive() as archive:
                for source in world.obtain(*paths):
                    stamp = f"{world.clock():%Y%m%d%H%M%S}"
                    body = archive.body(source.capture)
                    expected[f"{stamp}/{source.url}"] = {
                        "status": 200,
                        "sha256": hashlib.sha256(body).hexdigest(),
                    }
            world.clock.forward(days=31)
    assert len(expected) == 10
    with world.archive() as archive:
        exported = archive.holdings.export(world.folder / "all.warc.gz")
    assert PLAYERS[player](exported.path, list(expected)) == expected
