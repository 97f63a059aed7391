"""Out and in: what other programs read, what is taken from them, what the check finds."""

import gzip
import hashlib
import io
import re
import subprocess
import sys
import zipfile
from datetime import UTC, datetime

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from flows.archive.catalogue.tables import confirmations
from flows.archive.evidence.acceptance import digest_holds
from flows.archive.evidence.digests import labelled
from flows.archive.evidence.foreign import foreign_records
from flows.archive.evidence.reading import members
from flows.archive.evidence.warc import member
from flows.demo.server import Answer, page
from flows.errors import InputError, UsageError
from flows.records import LinkKind, SourceStatus, Via

HOST = "https://nsarchive.gwu.edu"
PATH = "/document/1"
URL = f"{HOST}{PATH}"


def canonical(url):
    return (url, LinkKind.DOCUMENT) if "/document/" in url else None


@pytest.fixture
def full(world):
    """A cache with a page, a compressed one, a redirected one, a revisit and an older edition."""
    coded = (("Content-Type", "text/html"), ("Content-Encoding", "gzip"), ("ETag", '"1"'))
    body = gzip.compress(b"<p>a compressed page</p>")

    def compressed(request):
        same = "if-none-match" in request.headers
        return Answer(status=304) if same else Answer(headers=coded, body=body)

    world.pages |= {
        PATH: [page("<p>the first edition</p>"), page("<p>the second edition</p>")],
        "/document/2": compressed,
        "/document/3": Answer(status=301, headers=(("Location", PATH),)),
        "/document/4": Answer(body=b"<p>in chunks</p>" * 600, chunked=True),
    }
    paths = [PATH, "/document/2", "/document/3", "/document/4"]
    with world.online():
        world.obtain(*paths)
        world.clock.forward(days=31)
        world.obtain(*paths)
    return world


def exported(world, name="all.warc.gz"):
    with world.archive() as archive:
        return archive.holdings.export(world.folder / name)


def test_an_export_passes_warcios_own_checker(full):
    done = exported(full)
    command = [sys.executable, "-m", "warcio.cli", "check", "-v", str(done.path)]
    check = subprocess.run(command, capture_output=True, text=True, check=False)
    assert check.returncode == 0, check.stdout
    assert check.stdout.count("digest pass") + check.stdout.count("(revisit)") == done.records
    assert "fail" not in check.stdout


def test_an_exported_wacz_holds_what_it_says(full):
    done = exported(full, "all.wacz")
    with zipfile.ZipFile(done.path) as wacz:
        package = orjson.loads(wacz.read("datapackage.json"))
        assert package["wacz_version"] == "1.1.1"
        for resource in package["resources"]:
            data = wacz.read(resource["path"])
            assert resource["bytes"] == len(data)
            assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        assert wacz.getinfo("archive/nsarchive-verify.warc.gz").compress_type == zipfile.ZIP_STORED
        warc = wacz.read("archive/nsarchive-verify.warc.gz")
        index = gzip.decompress(wacz.read("indexes/index.cdx.gz")).splitlines()
        pages = [orjson.loads(line) for line in wacz.read("pages/pages.jsonl").splitlines()]
        digest = orjson.loads(wacz.read("datapackage-digest.json"))
        whole = wacz.read("datapackage.json")
    assert digest["hash"] == f"sha256:{hashlib.sha256(whole).hexdigest()}"
    assert index == sorted(index)
    for line in index:
        key, stamp, fields = line.split(b" ", 2)
        entry = orjson.loads(fields)
        start = int(entry["offset"])
        data = warc[start : start + int(entry["length"])]
        record = next(iter(ArchiveIterator(io.BytesIO(data))))
        assert record.rec_headers.get_header("WARC-Target-URI") == entry["url"]
        assert key.startswith(b"edu,gwu,nsarchive)/document/")
        assert len(stamp) == 14
    assert pages[0]["format"] == "json-pages-1.0"
    assert {entry["url"] for entry in pages[1:]} == {f"{HOST}/document/{n}" for n in (1, 2, 4)}


def test_an_export_of_another_name_or_of_nothing_is_refused(world):
    with world.archive() as archive, pytest.raises(InputError, match="no cache"):
        archive.holdings.export(world.folder / "all.warc.gz")
    world.pages[PATH] = page("x")
    with world.online():
        world.obtain(PATH)
    with world.archive() as archive, pytest.raises(UsageError, match="wacz"):
        archive.holdings.export(world.folder / "all.zip")
    assert not list(world.folder.glob("*all*"))


def test_what_was_exported_can_be_imported_elsewhere(full, want):
    path = exported(full).path
    full.set(cache=full.folder / "elsewhere")
    with full.archive() as archive:
        first = archive.holdings.import_warc(path, canonical=canonical)
        again = archive.holdings.import_warc(path, canonical=canonical)
        assert (first.taken, again.taken, again.known) == (5, 0, 5)
        # What was found unchanged a month later is known to have been, once.
        assert (first.unchanged, again.unchanged) == (3, 3)
        assert {p.reason for p in first.refused} == {"an answer 301 is no page"}
        with archive._premises.database.reading() as connection:
            assert len(connection.execute(confirmations.select()).all()) == 3
        assert archive.holdings.check().problems == ()
        full.set(offline=True)
    with full.archive() as archive:
        (source,) = archive.obtain([want(PATH)])
        assert (source.status, source.via) == (SourceStatus.CACHED, Via.IMPORT)
        assert archive.body(source.capture) == b"<p>the second edition</p>"


def test_an_older_import_does_not_take_the_place_of_a_newer_capture(full, want):
    path = exported(full).path
    full.set(cache=full.folder / "elsewhere")
    full.pages[PATH] = page("<p>today's edition</p>")
    with full.online():
        full.clock.forward(days=5)
        full.obtain(PATH)
    with full.archive() as archive:
        archive.holdings.import_warc(path, canonical=canonical)
        assert archive.body(archive.latest(URL)) == b"<p>today's edition</p>"
        assert archive.holdings.info().captures == 6


HTML = [("Content-Type", "text/html")]


def foreign(
    *,
    url=URL,
    status="200 OK",
    answer=HTML,
    body=b"<p>from elsewhere</p>",
    gz=True,
    **headers,
):
    """Return a record as other programs write it (WARC 1.0, SHA-1)."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=gz)
    head = StatusAndHeaders(status, answer, protocol="HTTP/1.1")
    length = len(body)
    record = writer.create_warc_record(
        url, "response", payload=io.BytesIO(body), length=length, http_headers=head
    )
    record.rec_headers.replace_header("WARC-Date", "2021-05-01T10:00:00Z")
    for name, value in headers.items():
        record.rec_headers.replace_header(name.replace("_", "-"), value)
    writer.write_record(record)
    return out.getvalue()


def of_length(text):
    """Return a record, not compressed, that says it is *text* bytes long."""
    return re.sub(rb"(?<=\nContent-Length: )\d+", text, foreign(gz=False), count=1)


def flipped(data):
    """Return *data* with one byte changed in its middle."""
    middle = len(data) // 2
    return data[:middle] + bytes([data[middle] ^ 0xFF]) + data[middle + 1 :]


def taken(world, data):
    path = world.folder / "foreign.warc.gz"
    path.write_bytes(data)
    with world.archive(inspect=lambda body, **_: "a wall" if b"wall" in body else None) as archive:
        result = archive.holdings.import_warc(path, canonical=canonical)
        checked = archive.holdings.check()
        assert checked is None or checked.problems == ()
    return result


@pytest.mark.parametrize("gz", [True, False])
def test_a_record_made_by_others_is_taken_and_says_where_it_came_from(gz, world):
    result = taken(world, foreign(gz=gz))
    assert (result.taken, result.refused) == (1, ())
    with world.archive() as archive:
        capture = archive.latest(URL)
        assert archive.body(capture) == b"<p>from elsewhere</p>"
        assert f"{capture.captured_at:%Y-%m-%d}" == "2021-05-01"
        assert capture.via is Via.IMPORT
    (file,) = (world.folder / "cache" / "warc").iterdir()
    assert b"X-Imported-From: foreign.warc.gz" in gzip.decompress(file.read_bytes())


MEMENTO = f"https://web.archive.org/web/20190314093000id_/{URL}"


def test_a_capture_of_the_wayback_machine_is_taken_as_what_it_is(world, want):
    """Beside the page, for ever, and of the time when it was made, not when it was fetched."""
    made = ("Memento-Datetime", "Thu, 14 Mar 2019 09:30:00 GMT")
    again = [taken(world, foreign(url=MEMENTO, answer=[*HTML, made])) for _ in range(2)]
    assert [(result.taken, result.known) for result in again] == [(1, 0), (0, 1)]
    world.set(wayback=True)
    with world.archive() as archive:
        (source,), page_itself = archive.obtain([want(MEMENTO)]), archive.latest(URL)
    assert (source.status, source.via, page_itself) == (SourceStatus.ARCHIVED, Via.IMPORT, None)
    assert f"{source.capture.captured_at:%Y-%m-%d %H:%M}" == "2019-03-14 09:30"


BODY = b"<p>from elsewhere</p>"
SAME = "http://netpreserve.org/warc/1.0/revisit/identical-payload-digest"


def revisit(*, url=URL, status=b"200 OK", digest=BODY, at="2021-06-01T10:00:00Z", **headers):
    """Return a revisit record as other programs write it, with the head of the answer alone."""
    headers = {
        "WARC-Target-URI": url,
        "WARC-Date": at,
        "WARC-Profile": SAME,
    } | {name.replace("_", "-"): value for name, value in headers.items()}
    # Without one, warcio would add that of an empty payload.
    told = f"sha1:{hashlib.sha1(digest).hexdigest()}" if digest is not None else "none:0"
    headers["WARC-Payload-Digest"] = told
    head = b"HTTP/1.1 " + status + b"\r\nContent-Type: text/html\r\n\r\n"
    return member("revisit", "application/http; msgtype=response", headers, head)


REFERS = {"WARC_Refers_To_Target_URI": URL, "WARC_Refers_To_Date": "2021-05-01T10:00:00Z"}
FOUND_UNCHANGED = {
    "by the digest of its payload": revisit(),
    "by digest, address and time": revisit(**REFERS),
    "by time alone": revisit(digest=None, **REFERS),
    "by an answer 304": revisit(status=b"304 Not Modified", **REFERS),
}


@pytest.mark.parametrize("record", FOUND_UNCHANGED.values(), ids=FOUND_UNCHANGED)
@pytest.mark.parametrize("order", ["behind", "before", "in the cache"])
def test_a_page_found_unchanged_by_others_is_held_to_be_so(record, order, world, want):
    """The capture stays the one it was, and is as fresh as that answer."""
    if order == "in the cache":
        taken(world, foreign())
        result = taken(world, record)
    else:
        result = taken(world, record + foreign() if order == "before" else foreign() + record)
    assert (result.unchanged, result.refused) == (1, ())
    world.clock.start = datetime(2021, 6, 20, tzinfo=UTC)
    with world.archive() as archive:
        (source,) = archive.obtain([want(PATH)])
        assert (source.status, archive.holdings.info().captures) == (SourceStatus.CACHED, 1)
        assert archive.body(source.capture) == BODY
        assert archive.holdings.export(world.folder / "again.warc.gz").records == 3


def test_a_page_that_came_back_to_what_it_was_is_a_capture_of_its_own(world):
    """First one edition, then another, then the first one again."""
    other = foreign(body=b"<p>otherwise</p>", WARC_Date="2021-05-15T10:00:00Z")
    result = taken(world, foreign() + other + revisit(**REFERS))
    assert (result.taken, result.unchanged) == (3, 0)
    with world.archive() as archive:
        latest = archive.latest(URL)
        assert (archive.body(latest), latest.captured_at.month) == (BODY, 6)


def test_a_body_kept_once_for_two_pages_is_the_page_of_both(world):
    """Crawlers leave out the body of whatever they have under another address."""
    twin = f"{HOST}/document/2"
    result = taken(world, foreign() + revisit(url=twin, **REFERS))
    assert (result.taken, result.refused) == (2, ())
    with world.archive() as archive:
        assert archive.body(archive.latest(twin)) == BODY


UNREADABLE = {
    "nothing of the kind is held": (b"", revisit(**REFERS)),
    "another body is held": (foreign(), revisit(digest=b"<p>another</p>", **REFERS)),
    "neither digest nor the right time": (
        foreign(),
        revisit(digest=None, **REFERS | {"WARC_Refers_To_Date": "2021-05-02T10:00:00Z"}),
    ),
    "it refers to another site": (
        foreign(),
        revisit(WARC_Refers_To_Target_URI="https://evil.example/document/1"),
    ),
    "its time cannot be right": (foreign(), revisit(at="2126-06-01T10:00:00Z", **REFERS)),
}


@pytest.mark.parametrize("held, record", UNREADABLE.values(), ids=UNREADABLE)
def test_a_revisit_record_without_what_it_refers_to_is_counted_and_named(held, record, world):
    before = foreign(url=f"{HOST}/document/9") + held
    result = taken(world, before + record)
    assert result.unchanged == 0
    (problem,) = result.refused
    assert problem.offset == len(before)
    assert problem.reason


BROKEN = {
    "a capture with a banner": (foreign(url=MEMENTO.replace("id_", "")), "with a banner"),
    "no capture": (foreign(url=MEMENTO), "of the Wayback Machine itself"),
    "a capture of another site": (
        foreign(url=MEMENTO.replace("gwu.edu", "gwu.example")),
        "not one of the hosts",
    ),
    "a wrong payload digest": (
        foreign(WARC_Payload_Digest="sha1:" + "A" * 32),
        "WARC-Payload-Digest is not that of its bytes",
    ),
    "a wrong block digest": (
        foreign(WARC_Block_Digest="sha256:" + "0" * 64),
        "WARC-Block-Digest is not that of its bytes",
    ),
    "no date": (foreign(WARC_Date="yesterday"), "is none"),
    "a date to come": (foreign(WARC_Date="2126-01-01T00:00:00Z"), "cannot be right"),
    "a date before the web": (foreign(WARC_Date="1970-01-01T00:00:00Z"), "cannot be right"),
    "another site": (foreign(url="https://evil.example/document/1"), "not one of the hosts"),
    "a look-alike": (foreign(url="https://nsarchive.gwu.edu@evil.example/"), "user name"),
    "not a page of the Archive": (foreign(url=f"{HOST}/elsewhere"), "no address of a page"),
    "an answer 404": (foreign(status="404 Not Found"), "404"),
    "a wall": (foreign(body=b"a wall"), "a wall"),
    "an empty body": (foreign(body=b""), "empty"),
    "cut short": (foreign(gz=False)[:-30], "not the length of its block"),
    "a flipped byte in the compressed data": (flipped(foreign()), "compressed data are damaged"),
    "no length": (of_length(b"long"), "how long it is"),
    "a length far too long": (of_length(b"9000"), "cut short"),
    "a length too long": (of_length(b"130"), "not the length of its block"),
    "a length too short": (of_length(b"60"), "not the length of its block"),
    "a record that was truncated when made": (foreign(WARC_Truncated="time"), "the whole answer"),
    "a part of a record": (foreign(WARC_Segment_Number="1"), "the whole answer"),
    "an answer that broke off": (
        foreign(answer=[("Content-Type", "text/html"), ("Content-Length", "900")]),
        "the answer in it broke off: 21 of 900 bytes",
    ),
    "something between two records": (b"\0\1\2 nothing of the kind", "no compressed record"),
    "not HTTP": (
        member(
            "response",
            "application/http; msgtype=response",
            {"WARC-Target-URI": URL, "WARC-Date": "2021-05-01T10:00:00Z"},
            b"no head",
        ),
        "no HTTP response",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_record_is_refused_with_its_reason_and_spoils_no_other(name, world):
    data, reason = BROKEN[name]
    gz = not data.startswith(b"WARC/")
    before, after = (foreign(url=f"{HOST}/document/{n}", gz=gz) for n in (8, 9))
    result = taken(world, before + data + after)
    assert result.taken == 2
    assert [reason in problem.reason for problem in result.refused] == [True]


@settings(deadline=None)
@given(at=st.integers(0), change=st.integers(1, 255), gz=st.booleans())
def test_whatever_happens_to_a_byte_of_one_record_the_others_are_taken(at, change, gz):
    before, bad, after = (foreign(url=f"{HOST}/document/{n}", gz=gz) for n in (7, 8, 9))
    at %= len(bad)
    bad = bad[:at] + bytes([bad[at] ^ change]) + bad[at + 1 :]
    found = foreign_records(io.BytesIO(before + bad + after), limit=1_000_000)
    urls = [r.header("WARC-Target-URI") for r in found if r.problem is None]
    assert {f"{HOST}/document/7", f"{HOST}/document/9"} <= set(urls)


@settings(deadline=None)
@given(cut=st.integers(0), gz=st.booleans())
def test_a_file_cut_anywhere_gives_the_whole_records_before_the_cut(cut, gz):
    records = [foreign(url=f"{HOST}/document/{n}", gz=gz) for n in range(3)]
    data = b"".join(records)
    data = data[: cut % len(data)]
    found = list(foreign_records(io.BytesIO(data), limit=1_000_000))
    whole = sum(len(b"".join(records[: n + 1])) <= len(data) for n in range(3))
    assert sum(r.problem is None for r in found) >= whole
    assert all(len(r.block) == int(r.header("Content-Length")) for r in found if not r.problem)


def test_a_file_compressed_as_a_whole_is_taken_apart(world):
    records = [foreign(url=f"{HOST}/document/{n}", gz=False) for n in range(3)]
    result = taken(world, gzip.compress(b"".join(records)))
    assert (result.taken, result.refused) == (3, ())


def test_a_compressed_file_that_was_cut_gives_what_came_before(world):
    whole = foreign(url=f"{HOST}/document/8")
    result = taken(world, whole + foreign()[:-40])
    assert result.taken == 1
    assert [problem.offset for problem in result.refused] == [len(whole)]
    assert "end too early" in result.refused[0].reason


def test_what_is_no_warc_is_bad_input(world):
    (world.folder / "x.warc.gz").write_bytes(b"just some text\n" * 20)
    with world.archive() as archive:
        with pytest.raises(InputError):
            archive.holdings.import_warc(world.folder / "x.warc.gz", canonical=canonical)
        with pytest.raises(InputError):
            archive.holdings.import_warc(world.folder / "missing.warc.gz", canonical=canonical)


def plain_headers(date="2026-03-01T12:00:00.000000Z", **more):
    return {"WARC-Target-URI": URL, "WARC-Date": date} | more


BLOCK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>x</p>"
PAYLOAD = {"WARC-Payload-Digest": labelled(b"<p>x</p>")}
TYPE = "application/http; msgtype=response"
SOUND = member("response", TYPE, plain_headers(**PAYLOAD), BLOCK)


def rewritten(old, new):
    return gzip.compress(gzip.decompress(SOUND).replace(old, new))


DAMAGE = {
    "no date": (rewritten(b"WARC-Date: 2026-03-01T12:00:00.000000Z\r\n", b""), "its date"),
    "a date that is none": (rewritten(b"2026-03-01T12", b"2026-13-01T12"), "its date"),
    "a date to come": (rewritten(b"2026-03", b"2036-03"), "cannot be right"),
    "no record id": (rewritten(b"WARC-Record-ID", b"WARC-Other"), "no proper record id"),
    "no block digest": (rewritten(b"WARC-Block-Digest", b"X-Block"), "no block digest"),
    "no payload digest": (rewritten(b"WARC-Payload-Digest", b"X-Payload"), "no payload digest"),
    "a changed body": (rewritten(b"<p>x</p>", b"<p>y</p>"), "another digest"),
    "a length too short": (rewritten(b"Content-Length: ", b"Content-Length: 1\r\nX: "), "length"),
    "half a record": (SOUND[: len(SOUND) // 2], "damaged or ends too early"),
    "not compressed": (b"WARC/1.1\r\n\r\n", "damaged or ends too early"),
    "the same id twice": (SOUND + SOUND, "same id"),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_the_check_finds_what_other_checkers_accept(name, world):
    data, reason = DAMAGE[name]
    world.pages[PATH] = page("<p>sound</p>")
    with world.online():
        world.obtain(PATH)
    with world.archive() as archive:
        assert archive.holdings.check().sound
        file, _, length = archive._premises.store.append(data, world.clock())
        with archive._premises.database.writing() as connection:
            connection.exec_driver_sql("UPDATE files SET length = ?", (length,))
        problems = archive.holdings.check().problems
        assert reason in " ".join(problem.reason for problem in problems)
        assert {problem.file for problem in problems} == {file}


def test_a_missing_or_unknown_file_is_found(world):
    world.pages[PATH] = page("<p>sound</p>")
    with world.online():
        world.obtain(PATH)
    (file,) = (world.folder / "cache" / "warc").iterdir()
    file.rename(file.with_name("other.warc.gz"))
    with world.archive() as archive:
        reasons = " ".join(problem.reason for problem in archive.holdings.check().problems)
    assert "the file is missing" in reasons
    assert "does not know this file" in reasons


def test_members_are_found_however_the_file_is_cut(full):
    data = exported(full).path.read_bytes()
    whole = list(members(io.BytesIO(data), end=len(data)))
    assert b"".join(part for _, part in whole) == data
    for end in range(0, len(data), 97):
        found = list(members(io.BytesIO(data), end=end))
        kept = [(at, part) for at, part in found if part is not None]
        assert kept == whole[: len(kept)]
        boundary = sum(len(part) for _, part in kept)
        assert (boundary == end) == (len(kept) == len(found))


DIGESTS = {
    "hexadecimal": ("sha256:" + hashlib.sha256(b"x").hexdigest(), True),
    "upper case": ("SHA-256:" + hashlib.sha256(b"x").hexdigest().upper(), True),
    "base 32": (labelled(b"x"), True),
    "another's": (labelled(b"y"), False),
    "an algorithm nobody knows": ("crc9:00", None),
    "no label": ("00", None),
    "nothing": (None, None),
}


@pytest.mark.parametrize("digest, holds", DIGESTS.values(), ids=DIGESTS)
def test_digests_are_read_in_every_spelling(digest, holds):
    assert digest_holds(digest, b"x") is holds
