"""What is kept: bytes as they came, digests, revisits, older copies beside newer ones."""

import gzip
import io
import socket

import pytest
from fsspec.implementations.memory import MemoryFileSystem
from sqlalchemy import insert
from warcio.archiveiterator import ArchiveIterator

from flows.archive.catalogue.tables import files
from flows.archive.evidence.digests import digest_of
from flows.archive.evidence.reading import parse_block
from flows.demo.server import Answer, page
from flows.errors import StoreError
from flows.records import SourceStatus, Via

PATH = "/document/1"
URL = f"https://nsarchive.gwu.edu{PATH}"
FIRST = page("<p>The first edition of the page.</p>")
SECOND = page("<p>The second edition, with other words.</p>")


def records(world):
    """Return (type, headers, block) of every record in the cache, in order."""
    found = []
    for path in sorted((world.folder / "cache" / "warc").glob("*.warc.gz")):
        with path.open("rb") as file:
            for record in ArchiveIterator(file, no_record_parse=True):
                headers = dict(record.rec_headers.headers)
                found.append((record.rec_type, headers, record.raw_stream.read()))
    return found


def kinds(world):
    return [kind for kind, *_ in records(world)]


def test_a_capture_is_kept_byte_for_byte_with_its_request(world):
    body = gzip.compress(b"<p>kept as it came</p>")
    coded = (("Content-Type", "text/html"), ("Content-Encoding", "gzip"), ("X-Odd", "a  b"))
    world.pages[PATH] = Answer(headers=coded, body=body)
    world.set(contact="archivist@example.org")
    with world.online():
        (source,) = world.obtain(PATH)
    assert kinds(world) == ["warcinfo", "response", "request"]
    _, (_, headers, block), (_, request_headers, request) = records(world)
    assert block.endswith(b"X-Odd: a  b\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
    assert headers["WARC-Target-URI"] == URL
    assert headers["WARC-Date"].startswith("2026-03-01T12:00:00.")
    assert headers["WARC-Payload-Digest"].startswith("sha256:")
    assert request.startswith(b"GET /document/1 HTTP/1.1\r\n")
    assert b"archivist@example.org" in request
    assert b"nsarchive-verify/" in request
    assert request_headers["WARC-Concurrent-To"] == headers["WARC-Record-ID"]
    assert source.capture.digest == digest_of(b"<p>kept as it came</p>")
    with world.archive() as archive:
        assert archive.body(source.capture) == b"<p>kept as it came</p>"


def test_a_chunked_body_is_kept_with_its_chunks_and_read_without(world):
    body = b"words " * 3000
    world.pages[PATH] = Answer(body=body, chunked=True)
    with world.online():
        (source,) = world.obtain(PATH)
    block = records(world)[1][2]
    assert b"\r\n1000\r\n" in block
    assert parse_block(block).body == body
    with world.archive() as archive:
        assert archive.body(source.capture) == body


def test_cookies_are_neither_kept_for_later_nor_sent(world):
    world.pages[PATH] = Answer(headers=(("Set-Cookie", "a=b"),), body=b"one")
    world.pages["/document/2"] = FIRST
    with world.online() as stand_in:
        world.obtain(PATH, "/document/2")
        assert not [r for r in stand_in.requests if "cookie" in r.headers]


def test_a_warm_run_makes_no_request(world):
    world.pages[PATH] = FIRST
    with world.online() as stand_in:
        world.obtain(PATH)
        before = len(stand_in.requests)
        (source,) = world.obtain(PATH)
        assert len(stand_in.requests) == before
    assert (source.status, source.via) == (SourceStatus.CACHED, Via.CACHE)


def conditional(request):
    validators = (("ETag", '"v1"'), ("Last-Modified", "Sun, 01 Feb 2026 00:00:00 GMT"))
    if request.headers.get("if-none-match") == '"v1"':
        assert request.headers["if-modified-since"] == "Sun, 01 Feb 2026 00:00:00 GMT"
        return Answer(status=304, headers=validators)
    return Answer(body=FIRST.body, headers=(*FIRST.headers, *validators))


REVALIDATIONS = {
    "the site says that nothing changed": (conditional, "revalidated", "revisit", 1),
    "the site sends the same page again": (FIRST, "revalidated", "revisit", 1),
    "the same page comes in chunks": (
        [FIRST, Answer(headers=FIRST.headers, body=FIRST.body, chunked=True)],
        "revalidated",
        "response",
        1,
    ),
    "the page has changed": ([FIRST, SECOND], "fetched", "response", 2),
}


@pytest.mark.parametrize("name", REVALIDATIONS)
def test_an_old_capture_is_asked_about_and_never_overwritten(name, world):
    answer, status, kind, captures = REVALIDATIONS[name]
    world.pages[PATH] = answer
    with world.online():
        (first,) = world.obtain(PATH)
        world.clock.forward(days=31)
        (second,) = world.obtain(PATH)
        (third,) = world.obtain(PATH)
    assert second.status == status
    assert third.status is SourceStatus.CACHED
    assert kinds(world)[3] == kind
    with world.archive() as archive:
        assert archive.holdings.info().captures == captures
        assert archive.body(first.capture) == FIRST.body
        expected = FIRST.body if captures == 1 else SECOND.body
        assert archive.body(third.capture) == expected
        assert archive.latest(URL) == third.capture
        assert archive.holdings.check().problems == ()


def test_a_revisit_record_says_what_it_refers_to(world):
    world.pages[PATH] = conditional
    with world.online():
        world.obtain(PATH)
        world.clock.forward(days=31)
        world.obtain(PATH)
    first, revisit = records(world)[1], records(world)[3]
    assert revisit[1]["WARC-Profile"].endswith("revisit/server-not-modified")
    assert revisit[1]["WARC-Refers-To-Target-URI"] == URL
    assert revisit[1]["WARC-Refers-To-Date"] == first[1]["WARC-Date"]
    assert revisit[1]["WARC-Payload-Digest"] == first[1]["WARC-Payload-Digest"]
    assert revisit[2].startswith(b"HTTP/1.1 304")


LOST = {
    "the network is down": (Answer(reset=True), "broke the connection off"),
    "the page is gone": (Answer(status=404), "404"),
    "the page is a wall now": (page("Checking your browser"), "a wall"),
}


@pytest.mark.parametrize("name", LOST)
def test_an_older_copy_is_used_and_said_when_the_original_cannot_be_had(name, world):
    answer, reason = LOST[name]
    world.pages[PATH] = [FIRST, answer]
    with world.online():
        world.obtain(PATH)
        world.clock.forward(days=31)
        (source,) = world.obtain(
            PATH, inspect=lambda body, **_: "a wall" if b"Checking" in body else None
        )
    assert source.status is SourceStatus.STALE
    assert reason in source.reason
    assert "the copy of 2026-03-01 is used instead" in source.reason
    with world.archive() as archive:
        assert archive.body(source.capture) == FIRST.body
        assert len(archive.failures()) == 1


def test_offline_makes_no_request_and_says_so(world):
    world.pages[PATH] = FIRST
    with world.online() as stand_in:
        world.obtain(PATH)
        world.set(offline=True)
        before = len(stand_in.requests)
        cached, missing = world.obtain(PATH, "/document/2")
        world.clock.forward(days=40)
        (old,) = world.obtain(PATH)
        assert len(stand_in.requests) == before
    assert (cached.status, old.status) == (SourceStatus.CACHED, SourceStatus.STALE)
    assert "offline" in old.reason
    assert missing.status is SourceStatus.FAILED
    assert "offline" in missing.reason
    assert missing.capture is None


def test_a_redirected_page_is_kept_with_the_redirect(world):
    world.pages[PATH] = Answer(status=301, headers=(("Location", "/document/2"),))
    world.pages["/document/2"] = FIRST
    with world.online():
        (source,) = world.obtain(PATH)
    targets = [h.get("WARC-Target-URI") for kind, h, _ in records(world) if kind == "response"]
    assert targets == [URL, "https://nsarchive.gwu.edu/document/2"]
    assert source.capture.canonical_url == URL
    assert source.capture.url.endswith("/document/2")


def test_no_secret_for_a_proxy_enters_the_evidence(world):
    world.pages["/document/2"] = FIRST
    # Undone before the stand-in leaves the environment, or its address would stay behind.
    with world.online() as stand_in, pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setenv("HTTP_PROXY", f"http://user:secret@127.0.0.1:{stand_in.port}")
        monkeypatch.setenv("http_proxy", f"http://user:secret@127.0.0.1:{stand_in.port}")
        (source,) = world.obtain("http://nsarchive.gwu.edu/document/2")
        assert "proxy-authorization" in stand_in.requests[-1].headers
    assert source.status is SourceStatus.FETCHED
    assert all(b"authorization" not in block.lower() for *_, block in records(world))


def test_the_same_wanted_twice_is_asked_for_once(world, want):
    world.pages[PATH] = FIRST
    with world.online(), world.archive() as archive:
        sources = archive.obtain([want(PATH), want(PATH)])
    assert world.asked(PATH) == 1
    assert sources[0] == sources[1]


def test_nothing_is_made_when_there_is_nothing_to_write(world, want):
    with world.archive() as archive:
        assert archive.failures() == []
        assert archive.due() == []
        assert archive.latest(URL) is None
        assert archive.text("sha256:00", "reader/1", URL) is None
        assert archive.posts_citing([URL]) == []
        assert archive.holdings.info() is None
        assert archive.holdings.check() is None
    assert not (world.folder / "cache").exists()


def test_texts_are_kept_by_version_and_empty_ones_never(world):
    with world.archive() as archive:
        archive.keep_text("sha256:00", "reader/1", URL, b"text")
        archive.keep_text("sha256:00", "reader/2", URL, b"")
        archive.keep_text("sha256:00", "reader/1", URL, b"text again")
        assert archive.text("sha256:00", "reader/1", URL) == b"text again"
        assert archive.text("sha256:00", "reader/2", URL) is None


def test_files_are_rotated_by_size(world, want):
    world.pages |= {f"/document/{n}": page(f"<p>{n}</p>") for n in range(4)}
    with world.online(), world.archive() as archive:
        archive._premises.store._rotate_at = 1_500
        world_sources = [
            archive.obtain([w])[0] for w in map(want, world.pages) if "robots" not in w.url
        ]
    assert len(list((world.folder / "cache" / "warc").iterdir())) > 1
    with world.archive() as archive:
        assert [archive.body(s.capture) for s in world_sources] == [
            f"<p>{n}</p>".encode() for n in range(4)
        ]


def test_an_object_store_holds_the_same_evidence(world):
    world.set(store_url="memory://evidence-test")
    world.pages[PATH] = [FIRST, SECOND]
    with world.online():
        (first,) = world.obtain(PATH)
        world.clock.forward(days=31)
        (second,) = world.obtain(PATH)
    with world.archive() as archive:
        assert archive.body(first.capture) == FIRST.body
        assert archive.body(second.capture) == SECOND.body
        assert archive.holdings.check().problems == ()
        exported = archive.holdings.export(world.folder / "all.warc.gz")
        assert exported.records == 6
    with io.BytesIO((world.folder / "all.warc.gz").read_bytes()) as file:
        assert sum(1 for _ in ArchiveIterator(file)) == 6


def test_an_object_that_was_being_written_when_its_owner_died_is_removed(world):
    """Its name is known, nothing in it is vouched for, and nothing else is touched."""
    world.set(store_url="memory://evidence-of-the-dead")
    world.pages[PATH] = FIRST
    with world.online():
        (source,) = world.obtain(PATH)
    begun = {"name": "begun.warc.gz", "length": 0, "owner": "1-dead", "closed": 1}
    objects = MemoryFileSystem()
    objects.pipe_file("/evidence-of-the-dead/begun.warc.gz", b"half a rec")
    with world.archive() as archive:
        with archive._premises.database.writing() as connection:
            connection.execute(insert(files).values(begun))
        assert archive.holdings.check().problems == ()
        assert archive.body(source.capture) == FIRST.body
        assert archive.holdings.info().files == 1
    assert not objects.exists("/evidence-of-the-dead/begun.warc.gz")


@pytest.mark.parametrize("form", ["file://{}", "{}"])
def test_an_address_that_is_a_folder_is_written_like_the_default(form, world):
    """Flushed to disk before it counts, and appended to: not an object for each capture."""
    folder = world.folder / "elsewhere"
    world.set(store_url=form.format(folder))
    world.pages |= {f"/document/{n}": page(f"<p>{n}</p>") for n in range(3)}
    with world.online():
        sources = world.obtain(*(f"/document/{n}" for n in range(3)))
    assert len(list(folder.iterdir())) == 1
    with world.archive() as archive:
        assert [archive.body(s.capture) for s in sources] == [b"<p>0</p>", b"<p>1</p>", b"<p>2</p>"]
        assert archive.holdings.check().problems == ()


def test_a_store_that_cannot_be_reached_is_one_clear_error(world, want):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    world.set(store_url=f"ftp://keeper:secret@127.0.0.1:{port}/kept")
    world.pages[PATH] = FIRST
    with (
        world.online(),
        world.archive() as archive,
        pytest.raises(StoreError, match=r"the store at ftp://… cannot be reached") as error,
    ):
        archive.obtain([want(PATH)])
    assert "secret" not in str(error.value)
