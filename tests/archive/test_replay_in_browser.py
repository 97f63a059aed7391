"""ReplayWeb.page opens an export: its pages are listed, and each shows the words it was kept with.

``make replay`` fetches the player (``.replaywebpage``); ``NSARCHIVE_REPLAYWEBPAGE``
names another folder with its ``index.html``, ``ui.js`` and ``sw.js``. Without it
the same pages are looked up by the index of the export alone.
"""

import gzip
import io
import json
import os
import re
import struct
import threading
import time
import zipfile
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from warcio.archiveiterator import ArchiveIterator

from flows.demo.server import Answer, page

HOST = "https://nsarchive.gwu.edu"
PLAYER = Path(os.environ.get("NSARCHIVE_REPLAYWEBPAGE", Path.cwd() / ".replaywebpage"))

#: All words of the player's page, through its shadow trees, and apart from
#: them those of the page that it replays.
WORDS = """(() => {
  let replayed = "";
  const words = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return node.data + " ";
    if (["STYLE", "SCRIPT"].includes(node.tagName)) return "";
    if (node.tagName === "IFRAME") {
      replayed += node.contentDocument?.body?.innerText ?? "";
      return "";
    }
    const inside = node.shadowRoot ? words(node.shadowRoot) : "";
    return inside + Array.from(node.childNodes, words).join("");
  };
  return {around: words(document.body), replayed};
})()"""


@pytest.fixture
def kept(world):
    """A cache with pages sent in several ways, two editions of one, and revisits."""
    coded = (("Content-Type", "text/html"), ("Content-Encoding", "gzip"))
    zipped = gzip.compress(b"<p>a compressed page</p>")
    chunked = b"<p>a page in chunks</p>" + b"<p>filler</p>" * 900
    world.pages |= {
        "/document/1": page("<p>an unchanged page</p>"),
        "/document/2": Answer(headers=coded, body=zipped),
        "/document/3": [page("<p>the first edition</p>"), page("<p>the second edition</p>")],
        "/document/4": Answer(headers=(("Content-Type", "text/html"),), body=chunked, chunked=True),
        "/sites/a%20b.htm": page("<p>an escaped address</p>"),
    }
    with world.online():
        for _ in range(2):
            world.obtain(*(path for path in world.pages if "robots" not in path))
            world.clock.forward(days=31)
    return world


SHOWN = {
    "a page found unchanged": ("20260301", "/document/1", "an unchanged page"),
    "its revisit a month later": ("20260401", "/document/1", "an unchanged page"),
    "a compressed page": ("20260301", "/document/2", "a compressed page"),
    "the edition of March": ("20260301", "/document/3", "the first edition"),
    "the edition of April": ("20260401", "/document/3", "the second edition"),
    "a page sent in chunks": ("20260301", "/document/4", "a page in chunks"),
    "an escaped address": ("20260301", "/sites/a%20b.htm", "an escaped address"),
}


def exported(world):
    with world.archive() as archive:
        return archive.holdings.export(world.folder / "all.wacz").path


def test_the_parts_of_an_export_lie_where_a_player_looks_for_them(kept):
    """No extra field before the bytes that the directory does not announce; an index of blocks."""
    path = exported(kept)
    data = path.read_bytes()
    with zipfile.ZipFile(path) as wacz:
        for part in wacz.infolist():
            (extra,) = struct.unpack_from("<H", data, part.header_offset + 28)
            assert extra == len(part.extra), part.filename
        meta, *blocks = wacz.read("indexes/index.idx").splitlines()
        assert json.loads(meta.split(b" ", 2)[2])["filename"] == "index.cdx.gz"
        index = wacz.read("indexes/index.cdx.gz")
    lines = []
    for block in blocks:
        key, stamp, place = block.split(b" ", 2)
        place = json.loads(place)
        lines += gzip.decompress(index[place["offset"] :][: place["length"]]).splitlines()
        assert lines[-1] >= key + b" " + stamp
    assert len(lines) == 10
    assert lines == sorted(lines)


class Files(BaseHTTPRequestHandler):
    """Serves named files, whole or in ranges."""

    protocol_version = "HTTP/1.1"

    def __init__(self, files, *args):
        self.files = files
        super().__init__(*args)

    def do_HEAD(self):
        self.do_GET()

    def do_GET(self):
        name = urlsplit(self.path).path.removeprefix("/") or "index.html"
        path = self.files.get(name)
        data = path.read_bytes() if path is not None else b""
        size, status = len(data), 200 if path is not None else 404
        self.send_response_only(206 if status == 200 and self.headers["Range"] else status)
        wanted = re.fullmatch(r"bytes=(\d*)-(\d*)", self.headers["Range"] or "")
        if wanted and path is not None:
            first = int(wanted[1]) if wanted[1] else size - int(wanted[2])
            last = min(int(wanted[2]), size - 1) if wanted[1] and wanted[2] else size - 1
            data = data[first : last + 1]
            self.send_header("Content-Range", f"bytes {first}-{last}/{size}")
        kinds = {".html": "text/html", ".js": "text/javascript"}
        self.send_header("Content-Type", kinds.get(Path(name).suffix, "application/octet-stream"))
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(data)

    def log_message(self, *_):
        pass


@contextmanager
def serving(files):
    """Serve *files*, by name, on 127.0.0.1; yield the address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Files, files))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def words_when(tab, holds, *, seconds=40):
    """Return the words in the player as soon as they are those waited for."""
    deadline = time.monotonic() + seconds
    while True:
        words = tab.value(WORDS)
        if holds(words):
            return words
        assert time.monotonic() < deadline, words
        time.sleep(0.1)


def in_replaywebpage(path, request):
    """Open the export in the player, and then each page; return what was shown for each."""
    tab = request.getfixturevalue("tab")
    files = {name: PLAYER / name for name in ("index.html", "ui.js", "sw.js")} | {"all.wacz": path}
    shown = {}
    with serving(files) as base:
        opened = f"{base}/?source={quote(f'{base}/all.wacz', safe='')}"
        tab.go(opened)
        listed = words_when(tab, lambda words: "/document/4" in words["around"])
        assert "Error" not in listed["around"]
        for name, (day, asked, expected) in SHOWN.items():
            tab.go("about:blank")
            url = quote(HOST + asked, safe="")
            tab.go(f"{opened}#view=replay&url={url}&ts={day}120000")
            shown[name] = words_when(
                tab, lambda words, expected=expected: expected in words["replayed"]
            )["replayed"]
    return shown


def by_the_index(path, _):
    """Look each page up as a player does: line, record, and what a revisit refers to."""
    shown = {}
    with zipfile.ZipFile(path) as wacz:
        lines = gzip.decompress(wacz.read("indexes/index.cdx.gz")).decode().splitlines()
        warc = wacz.read("archive/nsarchive-verify.warc.gz")
    rows = [(stamp, json.loads(fields)) for _, stamp, fields in (x.split(" ", 2) for x in lines)]
    for name, (day, asked, _) in SHOWN.items():
        of_page = [row for row in rows if row[1]["url"] == HOST + asked]
        row = min(of_page, key=lambda row: abs(int(row[0][:8]) - int(day)))
        digest = row[1]["digest"]
        row = next(r for r in of_page if r[1]["digest"] == digest and "revisit" not in r[1]["mime"])
        record = next(ArchiveIterator(io.BytesIO(warc[int(row[1]["offset"]) :])))
        shown[name] = record.content_stream().read().decode()
    return shown


PLAYERS = {"the index": by_the_index}
PLAYERS |= {"ReplayWeb.page": in_replaywebpage} if (PLAYER / "ui.js").exists() else {}


@pytest.mark.browser
@pytest.mark.parametrize("player", PLAYERS)
def test_every_page_shows_the_words_it_was_kept_with(player, kept, request):
    """The page of the day asked for, decoded, and a revisit with what it refers to."""
    shown = PLAYERS[player](exported(kept), request)
    for name, (_, _, expected) in SHOWN.items():
        assert expected in shown[name], name
