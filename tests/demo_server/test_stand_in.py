"""The stand-in server, asked by an ordinary requests client."""

import contextlib
import time

import pytest
import requests

from flows.demo.server import Answer, Request, StandIn, page

HOST = "nsarchive.gwu.edu"
HOME = f"https://{HOST}/"


@contextlib.contextmanager
def client_of(answer, **options):
    """Yield a session that reaches the stand-in, and the stand-in."""
    hosts = options.pop("hosts", [HOST])
    with StandIn(answer, hosts=hosts, **options) as stand_in, requests.Session() as session:
        session.trust_env = False
        session.proxies = {"http": stand_in.proxy_url, "https": stand_in.proxy_url}
        session.verify = str(stand_in.ca_bundle)
        yield session, stand_in


def hello(request: Request) -> Answer:
    return page(f"hello {request.path}")


def test_real_addresses_are_answered_over_checked_https():
    with client_of(hello) as (session, stand_in):
        answer = session.get(HOME + "document/1?a=b", timeout=5)
        assert answer.text == "hello /document/1?a=b"
        assert [request.url for request in stand_in.requests] == [HOME + "document/1?a=b"]


def test_plain_http_goes_the_same_way():
    with client_of(hello) as (session, _):
        assert session.get(f"http://{HOST}/x", timeout=5).text == "hello /x"


def test_one_connection_carries_many_requests_and_each_is_counted_by_url():
    with client_of(lambda request: page(str(request.number))) as (session, _):
        assert [session.get(HOME, timeout=5).text for _ in range(3)] == ["1", "2", "3"]


def test_hosts_that_are_not_served_are_refused_by_the_proxy():
    with client_of(hello) as (session, stand_in):
        with pytest.raises(requests.exceptions.ProxyError):
            session.get("https://elsewhere.example/", timeout=5)
        assert session.get("http://elsewhere.example/", timeout=5).status_code == 502
        assert stand_in.requests == []


@pytest.mark.parametrize("fault", ["expired", "other name", "unknown authority"])
def test_a_bad_certificate_is_refused_by_the_client(fault):
    with (
        client_of(hello, certificates={HOST: fault}) as (session, _),
        pytest.raises(requests.exceptions.SSLError),
    ):
        session.get(HOME, timeout=5)


BROKEN = {
    "a reset instead of an answer": Answer(reset=True),
    "a body cut short": Answer(body=b"x" * 100, truncate=10),
    "a chunked body cut short": Answer(body=b"x" * 9000, chunked=True, truncate=5000),
    "no answer at all": Answer(silent=True),
    "something that is not HTTP": Answer(raw=b"\x00\x01\x02\r\n\r\n"),
}


@pytest.mark.parametrize("answer", BROKEN.values(), ids=BROKEN)
def test_a_fault_reaches_the_client_as_an_error(answer):
    with (
        client_of(lambda _: answer) as (session, _),
        pytest.raises(requests.exceptions.RequestException),
    ):
        session.get(HOME, timeout=0.3)


def test_a_chunked_body_arrives_whole():
    body = bytes(range(256)) * 50
    with client_of(lambda _: Answer(body=body, chunked=True)) as (session, _):
        assert session.get(HOME, timeout=5).content == body


def test_a_dripping_body_takes_its_time_and_arrives():
    started = time.monotonic()
    with client_of(lambda _: Answer(body=b"12345", drip=0.02)) as (session, _):
        assert session.get(HOME, timeout=5).content == b"12345"
    assert time.monotonic() - started >= 0.08


def test_an_error_in_the_callers_function_is_answered_with_500():
    with client_of(lambda _: 1 / 0) as (session, _):
        assert session.get(HOME, timeout=5).status_code == 500


def test_a_client_told_by_the_environment_finds_it_and_the_environment_is_put_back(monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", "http://before.example")
    monkeypatch.setenv("https_proxy", "http://before.example")
    monkeypatch.delenv("REQUESTS_CA_BUNDLE", raising=False)
    with StandIn(hello, hosts=[HOST]) as stand_in:
        with stand_in.in_environment():
            assert requests.get(HOME, timeout=5).text == "hello /"
        assert "before.example" in requests.utils.get_environ_proxies(HOME)["https"]


def test_it_ends_at_once_even_while_it_owes_an_answer():
    started = time.monotonic()
    with (
        client_of(lambda _: Answer(silent=True)) as (session, _),
        pytest.raises(requests.exceptions.Timeout),
    ):
        session.get(HOME, timeout=0.1)
    assert time.monotonic() - started < 2
