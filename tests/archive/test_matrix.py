"""The bestiary: every fault by name, the status it leads to, and what it costs in requests.

Run with ``-s`` to see the matrix. To add a fault, add a row: what the server
answers, the status in the report, the requests for the page (redirects and
tries), and words of the reason.
"""

import gzip
import socket
import threading
import time
import zlib
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime

import pytest

from flows.demo.server import Answer, page
from flows.records import SourceStatus

PATH = "/document/1"
TEXT = "<h1>A memorandum</h1><p>" + "The ambassador reported on the talks. " * 20 + "</p>"
PAGE = page(TEXT)


def encoded(body, coding, **options):
    headers = (("Content-Type", "text/html"), ("Content-Encoding", coding))
    return Answer(headers=headers, body=body, **options)


def moved(to, status=302):
    return Answer(status=status, headers=(("Location", to),))


def busy(after, status=429):
    return Answer(status=status, headers=(("Retry-After", after),))


@dataclass(frozen=True, kw_only=True)
class Fault:
    answer: object
    status: str
    requests: int
    reason: str | None = None
    pages: dict = field(default_factory=dict)
    settings: dict = field(default_factory=dict)
    hosts: dict = field(default_factory=dict)
    stand_in: dict = field(default_factory=dict)
    inspect: object = None
    slept: float = 0.0
    due_in: float | None = None


QUICK = {"timeout_seconds": 0.25, "max_attempts": 2}
SMALL = {"max_bytes": 100_000}
UNTIL_CLOSED = b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n"
BOMB = gzip.compress(bytes(50_000_000))
NOWHERE = {"other.gwu.edu": {}}

FAULTS = {
    # ── no fault ──
    "a plain page": Fault(answer=PAGE, status="fetched", requests=1),
    "a chunked page": Fault(
        answer=Answer(body=TEXT.encode() * 20, chunked=True), status="fetched", requests=1
    ),
    "a page sent as gzip": Fault(
        answer=encoded(gzip.compress(TEXT.encode()), "gzip"), status="fetched", requests=1
    ),
    "a page sent as deflate without its header": Fault(
        answer=encoded(zlib.compress(TEXT.encode())[2:-4], "deflate"), status="fetched", requests=1
    ),
    "a page that moved": Fault(
        answer=moved("/document/2", 301), pages={"/document/2": PAGE}, status="fetched", requests=2
    ),
    "a page behind five redirects": Fault(
        answer=moved("/r1"),
        pages={f"/r{n}": moved(f"/r{n + 1}") for n in range(1, 5)} | {"/r5": PAGE},
        status="fetched",
        requests=6,
    ),
    # ── answers that are final ──
    **{
        f"status {status}": Fault(
            answer=Answer(status=status), status="gone", requests=1, reason=str(status)
        )
        for status in (404, 410, 451)
    },
    **{
        f"status {status}": Fault(
            answer=Answer(status=status), status="refused", requests=1, reason=str(status)
        )
        for status in (400, 401, 403, 405, 418)
    },
    "an image instead of a page": Fault(
        answer=page("x", content_type="image/png"),
        status="refused",
        requests=1,
        reason="content type",
    ),
    "an empty page": Fault(answer=page(" \n"), status="unusable", requests=1, reason="empty"),
    "a challenge page with status 200": Fault(
        answer=page("Checking your browser"),
        inspect=lambda body, **_: "a challenge page" if b"Checking" in body else None,
        status="unusable",
        requests=1,
        reason="a challenge page",
    ),
    "a page that any address of the host gives": Fault(
        answer=page(TEXT + "<p>/document/1</p>"),
        hosts={"nsarchive.gwu.edu": lambda request: page(TEXT + f"<p>{request.path}</p>")},
        status="unusable",
        requests=1,
        reason="any address that does not exist",
    ),
    "a redirect home with a word of excuse": Fault(
        answer=moved("/?from=missing-page-404"),
        pages={"/?from=missing-page-404": PAGE},
        status="unusable",
        requests=1,
        reason="home page",
    ),
    "a redirect to a page that the query of the root names": Fault(
        answer=moved("/?q=node/17"), pages={"/?q=node/17": PAGE}, status="fetched", requests=1
    ),
    "partial content nobody asked for": Fault(
        answer=Answer(status=206, body=b"x"), status="unusable", requests=1, reason="206"
    ),
    # ── answers that deserve another try ──
    **{
        f"status {status} for ever": Fault(
            answer=Answer(status=status), status="failed", requests=4, reason=str(status)
        )
        for status in (408, 425, 429, 500, 502, 503, 504)
    },
    "busy twice, then the page": Fault(
        answer=[Answer(status=503), Answer(status=429), PAGE], status="fetched", requests=3
    ),
    "busy with Retry-After in seconds": Fault(
        answer=[busy("7"), PAGE], status="fetched", requests=2, slept=7.0
    ),
    "busy with Retry-After as a date": Fault(
        answer=[
            busy(format_datetime(datetime.fromisoformat("2026-03-01T12:00:09Z"), usegmt=True)),
            PAGE,
        ],
        status="fetched",
        requests=2,
        slept=8.5,
    ),
    "busy for longer than there are numbers for": Fault(
        answer=busy("9" * 400, 503), status="failed", requests=1, due_in=604_800.0
    ),
    "busy for an hour": Fault(
        answer=busy("3600", 503), status="failed", requests=1, reason="503", due_in=3600.0
    ),
    "304 although nothing was asked about": Fault(
        answer=Answer(status=304), status="failed", requests=1, reason="304"
    ),
    "a damaged gzip body": Fault(
        answer=encoded(gzip.compress(TEXT.encode())[:60] + b"\xff" * 40, "gzip"),
        status="failed",
        requests=4,
        reason="decoded",
    ),
    "a gzip body that ends early": Fault(
        answer=encoded(gzip.compress(TEXT.encode())[:-20], "gzip"),
        status="failed",
        requests=4,
        reason="decoded",
    ),
    "a coding that was not asked for": Fault(
        answer=encoded(b"\x0b\x02\x80", "br"), status="failed", requests=4, reason="decoded"
    ),
    # ── the connection ──
    "a reset, then the page": Fault(
        answer=[Answer(reset=True), PAGE], status="fetched", requests=2
    ),
    "nothing but resets": Fault(
        answer=Answer(reset=True), status="failed", requests=4, reason="broke the connection off"
    ),
    "a body cut short": Fault(
        answer=Answer(body=b"x" * 500, truncate=100),
        status="failed",
        requests=4,
        reason="before its end",
    ),
    "a chunked body cut short": Fault(
        answer=Answer(body=b"x" * 9000, chunked=True, truncate=6000),
        status="failed",
        requests=4,
        reason="before its end",
    ),
    "a chunked body that ends between two chunks": Fault(
        answer=Answer(
            raw=b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
            b"5\r\nwords\r\n"
        ),
        status="failed",
        requests=4,
        reason="before its end",
    ),
    "a Content-Length that is too small": Fault(
        answer=Answer(
            headers=(("Content-Type", "text/html"), ("Content-Length", "100")),
            body=TEXT.encode(),
        ),
        status="failed",
        requests=4,
        reason="more came than the answer announced",
    ),
    "a Content-Length that is too small for a long page": Fault(
        answer=Answer(
            headers=(("Content-Type", "text/html"), ("Content-Length", "131072")),
            body=TEXT.encode() * 300,
        ),
        status="failed",
        requests=4,
        reason="more came than the answer announced",
    ),
    "an empty line after the end of the page": Fault(
        answer=Answer(
            headers=(("Content-Type", "text/html"), ("Content-Length", str(len(TEXT)))),
            body=TEXT.encode() + b"\r\n",
        ),
        status="fetched",
        requests=1,
    ),
    "a page that ends with the connection": Fault(
        answer=Answer(raw=UNTIL_CLOSED + f"<html>{TEXT}</html>".encode()),
        status="fetched",
        requests=1,
    ),
    "a page that the end of the connection cut": Fault(
        answer=Answer(raw=UNTIL_CLOSED + f"<html>{TEXT}".encode()),
        status="failed",
        requests=4,
        reason="before the end of the page",
    ),
    "a file that the end of the connection cut": Fault(
        answer=Answer(raw=UNTIL_CLOSED + b"%PDF-1.4\n" + b"0 0 obj\n" * 100),
        status="failed",
        requests=4,
        reason="before the end of the page",
    ),
    "no answer at all": Fault(
        answer=Answer(silent=True),
        settings=QUICK,
        status="failed",
        requests=2,
        reason="within 0.25 seconds",
    ),
    "a body that drips": Fault(
        answer=Answer(body=b"x" * 500, drip=0.05),
        settings=QUICK,
        status="failed",
        requests=2,
        reason="within 0.25 seconds",
    ),
    "a head that drips": Fault(
        answer=Answer(raw=b"HTTP/1.1 200 OK\r\n" + b"X-Long: y\r\n" * 50, drip=0.05),
        settings=QUICK,
        status="failed",
        requests=2,
        reason="within 0.25 seconds",
    ),
    "something that is not HTTP": Fault(
        answer=Answer(raw=b"SSH-2.0-server\r\n\r\n"),
        status="failed",
        requests=4,
        reason="could not be understood",
    ),
    # ── limits ──
    "a body that names a length over the limit": Fault(
        answer=Answer(body=b"x" * 200_000),
        settings=SMALL,
        status="refused",
        requests=1,
        reason="larger than the limit",
    ),
    "a chunked body over the limit": Fault(
        answer=Answer(body=b"x" * 200_000, chunked=True),
        settings=SMALL,
        status="refused",
        requests=1,
        reason="larger than the limit",
    ),
    "a gzip bomb": Fault(
        answer=encoded(BOMB, "gzip"),
        settings=SMALL,
        status="refused",
        requests=1,
        reason="larger than the limit",
    ),
    "a gzip bomb inside gzip": Fault(
        answer=encoded(gzip.compress(BOMB), "gzip, gzip"),
        settings=SMALL,
        status="refused",
        requests=1,
        reason="larger than the limit",
    ),
    # ── redirects ──
    "six redirects": Fault(
        answer=moved("/r1"),
        pages={f"/r{n}": moved(f"/r{n + 1}") for n in range(1, 9)},
        status="refused",
        requests=6,
        reason="more than 5 redirects",
    ),
    "a redirect loop": Fault(
        answer=moved("/r1"),
        pages={"/r1": moved(PATH)},
        status="refused",
        requests=2,
        reason="a redirect loop: https://nsarchive.gwu.edu/document/1 → ",
    ),
    "a redirect to the home page": Fault(
        answer=moved("/"), pages={"/": PAGE}, status="unusable", requests=1, reason="home page"
    ),
    "a redirect to http": Fault(
        answer=moved("http://nsarchive.gwu.edu/document/2"),
        pages={"/document/2": PAGE},
        status="refused",
        requests=1,
        reason="from https to http",
    ),
    "a redirect to a host that may not be asked": Fault(
        answer=moved("https://evil.example/"), status="refused", requests=1, reason="evil.example"
    ),
    "a redirect with a user name": Fault(
        answer=moved("https://nsarchive.gwu.edu@evil.example/"),
        status="refused",
        requests=1,
        reason="user name",
    ),
    "a redirect nowhere": Fault(
        answer=Answer(status=302), status="unusable", requests=1, reason="302"
    ),
    # ── robots.txt ──
    "robots.txt forbids it": Fault(
        answer=PAGE,
        pages={"/robots.txt": page("User-agent: *\nDisallow: /document/")},
        status="refused",
        requests=0,
        reason="robots.txt",
    ),
    "robots.txt forbids another program": Fault(
        answer=PAGE,
        pages={"/robots.txt": page("User-agent: other\nDisallow: /")},
        status="fetched",
        requests=1,
    ),
    "robots.txt forbids it and calls itself an image": Fault(
        answer=PAGE,
        pages={"/robots.txt": page("User-agent: *\nDisallow: /", content_type="image/png")},
        status="refused",
        requests=0,
        reason="robots.txt",
    ),
    "robots.txt forbids it at the head of more than is read": Fault(
        answer=PAGE,
        settings={"max_bytes": 600_000},
        pages={"/robots.txt": page("User-agent: *\nDisallow: /document/\n" + "# x\n" * 400_000)},
        status="refused",
        requests=0,
        reason="robots.txt",
    ),
    "robots.txt answers 403": Fault(
        answer=PAGE, pages={"/robots.txt": Answer(status=403)}, status="fetched", requests=1
    ),
    "robots.txt answers 503": Fault(
        answer=PAGE,
        pages={"/robots.txt": Answer(status=503)},
        status="failed",
        requests=0,
        reason="robots.txt of nsarchive.gwu.edu cannot be had",
    ),
    # ── TLS and the proxy ──
    **{
        f"a certificate with a fault: {fault}": Fault(
            answer=PAGE,
            stand_in={"certificates": {"nsarchive.gwu.edu": fault}},
            status="refused",
            requests=0,
            reason="certificate of nsarchive.gwu.edu is not valid",
        )
        for fault in ("expired", "other name", "unknown authority")
    },
    "a proxy that refuses the host": Fault(
        answer=PAGE,
        stand_in={"hosts": ["elsewhere.example"]},
        status="failed",
        requests=0,
        reason="the proxy refused to connect to nsarchive.gwu.edu (it answered 502)",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_leads_to_its_status_and_costs_no_more_than_it_should(name, world, want):
    fault = FAULTS[name]
    world.set(**fault.settings)
    world.pages |= {PATH: fault.answer, **fault.pages}
    if fault.hosts:
        world.answer = lambda request: (
            Answer(status=404) if "robots" in request.path else fault.hosts[request.host](request)
        )
    started = time.monotonic()
    with world.online(**fault.stand_in) as stand_in:
        before = world.clock()
        with world.archive(inspect=fault.inspect) as archive:
            (source,) = archive.obtain([want(PATH)])
            if source.capture is not None:
                archive.body(source.capture)
            assert not (checked := archive.holdings.check()) or checked.sound
        visited = [r for r in stand_in.requests if r.path == PATH or r.path.startswith("/r")]
        visited += [r for r in stand_in.requests if r.path == "/document/2"]
        requests = sum("robots" not in request.path for request in visited)
    print(f"{name:48} → {source.status:10} {requests} requests   {source.reason or ''}")
    assert source.status == fault.status, source.reason
    assert requests == fault.requests
    assert (fault.reason or "") in (source.reason or "")
    assert (source.capture is not None) == (source.status is SourceStatus.FETCHED)
    assert sum(world.clock.slept) >= fault.slept
    if fault.due_in is not None:
        assert (source.next_attempt_at - before).total_seconds() >= fault.due_in
    assert time.monotonic() - started < 3
    assert all(request.method == "GET" for request in stand_in.requests)


@pytest.mark.parametrize(
    "status, due",
    {"failed": True, "gone": False, "refused": False, "unusable": False}.items(),
)
def test_every_failure_is_listed_with_reason_attempts_and_due_time(status, due, world):
    answers = {"failed": 503, "gone": 404, "refused": 403, "unusable": 206}
    world.pages[PATH] = Answer(status=answers[status])
    with world.online():
        world.obtain(PATH)
    world.clock.forward(hours=2)
    with world.archive() as archive:
        (failure,) = archive.failures()
        assert (failure.status, failure.attempts) == (status, 4 if status == "failed" else 1)
        assert str(answers[status]) in failure.reason
        assert failure.http_status == answers[status]
        assert failure.next_attempt_at is not None
        assert bool(archive.due()) is due
        assert len(archive.due(every=True)) == 1


def no_name(*_, **__):
    raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")


def test_a_name_that_does_not_resolve_is_said_so_and_due_again(world, monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", no_name)
    started = time.monotonic()
    sources = world.obtain(*(f"/document/{n}" for n in range(50)))
    assert time.monotonic() - started < 3
    said = "no connection: the name nsarchive.gwu.edu could not be resolved"
    assert {source.reason for source in sources} == {said}
    assert {source.status for source in sources} == {SourceStatus.FAILED}
    assert all(source.next_attempt_at is not None for source in sources)
    assert all(source.attempts >= 1 for source in sources)
    # One source was tried as often as allowed; the others were spared its waits.
    assert len(world.clock.slept) < 12


def test_a_resolver_that_hangs_holds_nobody_beyond_the_limit(world, monkeypatch):
    released = threading.Event()
    lookups = []

    def hang(*arguments, **_):
        lookups.append(arguments)
        released.wait(30)
        raise socket.gaierror(socket.EAI_AGAIN, "too late")

    monkeypatch.setattr(socket, "getaddrinfo", hang)
    world.set(timeout_seconds=0.3, max_attempts=2)
    started = time.monotonic()
    sources = world.obtain(*(f"/document/{n}" for n in range(20)))
    assert time.monotonic() - started < 5
    released.set()
    assert {source.status for source in sources} == {SourceStatus.FAILED}
    said = "no connection: the name nsarchive.gwu.edu could not be resolved in time"
    assert {source.reason for source in sources} == {said}
    assert len(lookups) == 1


def test_a_proxy_whose_name_hangs_holds_nobody_beyond_the_limit(world, monkeypatch):
    released = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: released.wait(30))
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:3128")
    world.set(timeout_seconds=0.3, max_attempts=2)
    started = time.monotonic()
    (source,) = world.obtain(PATH)
    released.set()
    assert time.monotonic() - started < 5
    assert source.status is SourceStatus.FAILED
    assert "the name of the proxy could not be resolved" in source.reason


def test_a_proxy_that_is_not_there_is_said_so(world, monkeypatch):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{port}")
    (source,) = world.obtain(PATH)
    assert source.status is SourceStatus.FAILED
    assert "the proxy could not be reached (connection refused)" in source.reason


BROKEN_SETTINGS = {
    "certificates that are not there": ("REQUESTS_CA_BUNDLE", "/no/such/file", "cannot be read"),
    "a proxy of an unknown kind": ("HTTPS_PROXY", "gopher://127.0.0.1:1", "address of the proxy"),
    "a proxy that is no address": ("HTTPS_PROXY", "http://", "address of the proxy"),
    "a proxy that speaks SOCKS": ("HTTPS_PROXY", "socks5://127.0.0.1:1", "address of the proxy"),
}


@pytest.mark.parametrize("name", BROKEN_SETTINGS)
def test_a_broken_environment_is_told_from_a_broken_site(name, world, monkeypatch):
    variable, value, reason = BROKEN_SETTINGS[name]
    world.pages[PATH] = PAGE
    with world.online():
        monkeypatch.setenv(variable, value)
        monkeypatch.setenv(variable.lower(), value)
        (source,) = world.obtain(PATH)
    assert source.status is SourceStatus.FAILED
    assert reason in source.reason


def test_a_name_that_leads_inside_is_not_connected_to(world, monkeypatch):
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    (source,) = world.obtain(PATH)
    assert source.status is SourceStatus.REFUSED
    assert "127.0.0.1, which is not public" in source.reason


def test_other_sources_of_the_host_do_not_suffer_from_a_faulty_one(world):
    world.pages |= {
        "/document/1": Answer(reset=True),
        "/document/2": Answer(status=503),
        "/document/3": PAGE,
        "/document/4": PAGE,
    }
    with world.online():
        sources = world.obtain(*(f"/document/{n}" for n in range(1, 5)))
    assert [source.status for source in sources] == ["failed", "failed", "fetched", "fetched"]
