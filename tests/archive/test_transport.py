"""Sockets and decoding: addresses checked on the connection made, every byte bounded."""

import contextlib
import gzip
import ssl
import threading
import zlib
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
import requests
import trustme
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.archive.network.client import split_head, user_agent, without_secrets
from flows.archive.network.decoding import TooLargeError, UndecodableError, decode, unchunk
from flows.archive.network.guard import is_public
from flows.archive.network.transport import (
    AddressRefusedError,
    GuardedAdapter,
    OutOfTimeError,
    Recorder,
    recording,
)


class Hello(BaseHTTPRequestHandler):
    """Says hello, and counts who connected."""

    def do_GET(self):
        self.server.seen += 1
        self.send_response(200)
        self.send_header("Content-Length", "5")
        self.end_headers()
        self.wfile.write(b"hello")

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def server():
    """A server on this machine that no check should let anybody reach."""
    with HTTPServer(("127.0.0.1", 0), Hello) as server:
        server.seen = 0
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield server
        server.shutdown()


def session_that_permits(permits):
    session = requests.Session()
    session.trust_env = False
    session.mount("http://", GuardedAdapter(permits=permits, connections=1))
    session.mount("https://", GuardedAdapter(permits=permits, connections=1))
    return session


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost"])
def test_an_address_inside_is_refused_before_anything_is_sent(name, server):
    with session_that_permits(is_public) as session, pytest.raises(AddressRefusedError):
        session.get(f"http://{name}:{server.server_port}/", timeout=5)
    assert server.seen == 0


def test_a_permitted_address_is_connected_to_and_recorded(server):
    url = f"http://127.0.0.1:{server.server_port}/x"
    with (
        session_that_permits(lambda address: address == "127.0.0.1") as session,
        recording(seconds=5, limit=1000) as recorder,
    ):
        assert session.get(url, timeout=5).content == b"hello"
    assert recorder.ip == "127.0.0.1"
    assert bytes(recorder.sent).startswith(b"GET /x HTTP/1.1\r\n")
    assert bytes(recorder.received).endswith(b"\r\n\r\nhello")


def test_a_direct_connection_is_encrypted_checked_and_recorded(server, tmp_path):
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    bundle = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(str(bundle))
    url = f"https://localhost:{server.server_port}/x"
    with session_that_permits(lambda address: address in {"127.0.0.1", "::1"}) as session:
        with recording(seconds=5, limit=1000) as recorder:
            assert session.get(url, timeout=5, verify=str(bundle)).content == b"hello"
        with pytest.raises(requests.exceptions.SSLError):
            session.get(url.replace("localhost", "127.0.0.1"), timeout=5, verify=str(bundle))
    assert recorder.ip == "127.0.0.1"
    assert bytes(recorder.sent).startswith(b"GET /x HTTP/1.1\r\n")
    with session_that_permits(is_public) as session, pytest.raises(AddressRefusedError):
        session.get(url, timeout=5, verify=str(bundle))
    assert server.seen == 1


def test_one_address_inside_spoils_a_name(server, monkeypatch):
    found = [(2, 1, 6, "", ("8.8.8.8", 80)), (2, 1, 6, "", ("10.0.0.1", 80))]
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: found)
    with session_that_permits(is_public) as session, pytest.raises(AddressRefusedError):
        session.get("http://two-faced.example/", timeout=5)


def test_when_time_is_up_nothing_more_is_read():
    with pytest.raises(OutOfTimeError):
        Recorder(deadline=0.0, limit=1).seconds_left()


CODINGS = {
    "none": (lambda body: body, None),
    "identity": (lambda body: body, "identity"),
    "gzip": (gzip.compress, "gzip"),
    "gzip by its old name": (gzip.compress, "X-GZIP"),
    "deflate": (zlib.compress, "deflate"),
    "deflate without header": (lambda body: zlib.compress(body)[2:-4], "deflate"),
    "two codings": (lambda body: gzip.compress(zlib.compress(body)), "deflate, gzip"),
    "gzip in two members": (
        lambda body: gzip.compress(body[:5]) + gzip.compress(body[5:]),
        "gzip",
    ),
}


@pytest.mark.parametrize("name", CODINGS)
@settings(deadline=None)
@given(body=st.binary(max_size=300), zeros=st.sampled_from([0, 300_000]), cut=st.integers(1, 400))
def test_what_was_encoded_comes_back_however_it_is_cut(name, body, zeros, cut):
    encode, coding = CODINGS[name]
    body = bytes(zeros) + body
    data = encode(body)
    pieces = [data[start : start + cut] for start in range(0, len(data), cut)]
    assert decode(pieces, coding=coding, limit=300_300) == body


@pytest.mark.parametrize("name", [name for name in CODINGS if name not in {"none", "identity"}])
def test_a_bomb_stops_at_the_limit(name):
    encode, coding = CODINGS[name]
    fed = []

    def pieces():
        data = encode(bytes(30_000_000))
        for start in range(0, len(data), 512):
            fed.append(start)
            yield data[start : start + 512]

    with pytest.raises(TooLargeError):
        decode(pieces(), coding=coding, limit=100_000)
    assert len(fed) < 12


@given(st.binary(max_size=200), st.sampled_from(["gzip", "deflate", "gzip, gzip"]))
def test_rubbish_is_undecodable_or_short_but_never_a_crash(data, coding):
    with contextlib.suppress(UndecodableError, TooLargeError):
        assert len(decode([data], coding=coding, limit=1_000)) <= 1_000


@given(st.binary(max_size=500), st.integers(1, 60))
def test_chunks_come_apart_as_they_were_put_together(body, size):
    parts = [body[start : start + size] for start in range(0, len(body), size)]
    framed = b"".join(b"%x;a=b\r\n%s\r\n" % (len(part), part) for part in parts)
    assert unchunk(framed + b"0\r\n\r\n") == body


@given(st.binary(max_size=100))
def test_broken_chunks_are_undecodable(data):
    with contextlib.suppress(UndecodableError):
        assert len(unchunk(data)) < len(data)


HEADS = {
    "a plain answer": (b"HTTP/1.1 200 OK\r\nA: b\r\n\r\nbody", b"body"),
    "after interim answers": (
        b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nL: x\r\n\r\nHTTP/1.1 200 OK\r\n\r\nb",
        b"b",
    ),
    "with bare line feeds": (b"HTTP/1.0 200 OK\nA: b\n\nbody\r\n\r\n", b"body\r\n\r\n"),
    "without a body": (b"HTTP/1.1 304 Not Modified\r\n\r\n", b""),
}


@pytest.mark.parametrize("received, body", HEADS.values(), ids=HEADS)
def test_heads_end_where_they_end(received, body):
    head, rest = split_head(received)
    assert rest == body
    assert received.endswith(head + rest)


def test_what_a_proxy_is_told_is_left_out_of_the_record():
    request = b"GET / HTTP/1.1\r\nHost: a\r\nProxy-Authorization: Basic eA==\r\n\r\n"
    assert without_secrets(request) == b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"


CONTACTS = {
    "": "nsarchive-verify/",
    "archivist@example.org": "(archivist@example.org)",
    "Überschrift": "(?berschrift)",
}


@pytest.mark.parametrize("contact, expected", CONTACTS.items())
def test_the_user_agent_names_the_tool_and_the_contact(contact, expected):
    assert expected in user_agent(contact)
    assert user_agent(contact).startswith("nsarchive-verify/")
