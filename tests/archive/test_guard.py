"""What may be asked, and when to try again: the pure rules."""

import ipaddress
import struct
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise
from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from urllib3.util import parse_url

from flows.archive.network.guard import is_public, refusal
from flows.archive.network.judging import is_near_copy
from flows.archive.network.pacing import LONGEST_PAUSE, Pace, take_slot
from flows.archive.outcomes import Kind, Outcome
from flows.archive.policy import LONGEST_WAIT, RetryPolicy, parse_retry_after
from flows.settings import ARCHIVE_HOSTS

ALLOWED = {
    "a document": "https://nsarchive.gwu.edu/document/27160-doc-06",
    "a port that is the scheme's own": "https://nsarchive.gwu.edu:443/document/1",
    "plain http on an old host": "http://nsarchive2.gwu.edu//NSAEBB/NSAEBB435/",
    "below the Archive's folder of a shared host": "https://www2.gwu.edu/~nsarchiv/NSAEBB/1.htm",
    "the same folder, its tilde escaped": "https://www.gwu.edu/%7Ensarchiv/index.html",
    "the folder itself": "https://www.gwu.edu/~nsarchiv",
    "robots.txt of a shared host": "https://www.gwu.edu/robots.txt",
    "a query": "https://nsarchive.gwu.edu/dc.html?doc=1",
}

REFUSED = {
    "the host as a label of another": "https://nsarchive.gwu.edu.evil.example/",
    "the host as a user name": "https://nsarchive.gwu.edu@evil.example/",
    "a user name and password": "https://user:pass@nsarchive.gwu.edu/",
    "an empty user name": "https://@nsarchive.gwu.edu/",
    "the host as a part of a name": "https://mynsarchive.gwu.edu/",
    "a sub-domain nobody listed": "https://dev.nsarchive.gwu.edu/",
    "a trailing dot": "https://nsarchive.gwu.edu./",
    "punycode": "https://xn--nsarchve-cza.gwu.edu/",
    "a letter that looks alike": "https://nsаrchive.gwu.edu/",
    "full-width letters": "https://ｎsarchive.gwu.edu/",
    "an ideographic full stop": "https://nsarchive。gwu.edu/",
    "a backslash": "https://nsarchive.gwu.edu\\@evil.example/",
    "a backslash before the host": "https:\\\\nsarchive.gwu.edu/",
    "a line break": "https://nsarchive.gwu.edu/\r\nHost: evil.example",
    "a tab inside the host": "https://nsarchive\t.gwu.edu/",
    "a blank": "https://nsarchive.gwu.edu/a b",
    "a NUL": "https://nsarchive.gwu.edu/\0",
    "another port": "https://nsarchive.gwu.edu:8443/",
    "the other scheme's port": "https://nsarchive.gwu.edu:80/",
    "a port that is none": "https://nsarchive.gwu.edu:99999/",
    "an address instead of a name": "https://127.0.0.1/",
    "an IPv6 address": "https://[::1]/",
    "a number for an address": "https://2130706433/",
    "another scheme": "ftp://nsarchive.gwu.edu/",
    "a file": "file:///etc/passwd",
    "no scheme": "nsarchive.gwu.edu/document/1",
    "no host": "https:///document/1",
    "the university's own pages": "https://www2.gwu.edu/index.html",
    "out of the folder by dots": "https://www2.gwu.edu/~nsarchiv/../index.html",
    "out of the folder by escaped dots": "https://www2.gwu.edu/~nsarchiv/%2e%2e/index.html",
    "out of the folder by escapes of escapes": "https://www2.gwu.edu/~nsarchiv/%252e%252e/x",
    "a folder that begins alike": "https://www2.gwu.edu/~nsarchivist/",
    "the Wayback Machine, unasked": "https://web.archive.org/web/2020/https://nsarchive.gwu.edu/",
    "nothing": "",
}


@pytest.mark.parametrize("url", ALLOWED.values(), ids=ALLOWED)
def test_the_archives_own_addresses_pass(url):
    assert refusal(url, ARCHIVE_HOSTS) is None


@pytest.mark.parametrize("url", REFUSED.values(), ids=REFUSED)
def test_look_alikes_never_pass(url):
    assert refusal(url, ARCHIVE_HOSTS)


def test_the_wayback_machine_passes_only_when_enabled_and_only_for_captures():
    capture = "https://web.archive.org/web/2020id_/https://nsarchive.gwu.edu/"
    assert refusal(capture, ARCHIVE_HOSTS, wayback=True) is None
    assert refusal("https://web.archive.org/save/x", ARCHIVE_HOSTS, wayback=True)
    assert refusal("https://archive.org/web/2020/x", ARCHIVE_HOSTS, wayback=True)


@given(st.text(max_size=60) | st.from_regex(r"https?://[!-~]{0,40}nsarchive\.gwu\.edu[!-~]{0,20}"))
@example("https://nsarchive.gwu.edu")
@example("https://nsarchive.gwu.edu?@evil.example")
@example("https://nsarchive.gwu.edu#@evil.example")
def test_whatever_passes_is_on_a_listed_host_for_every_reader(url):
    if refusal(url, ARCHIVE_HOSTS) is not None:
        return
    parts = urlsplit(url)
    assert parts.hostname in ARCHIVE_HOSTS
    assert parts.port in {None, 80, 443}
    assert parts.username is None
    assert parse_url(url).host == parts.hostname


PRIVATE = {
    "this machine": "127.0.0.1",
    "this machine, another way": "127.9.9.9",
    "any address": "0.0.0.0",
    "a private network": "10.1.2.3",
    "another": "172.16.0.1",
    "a home network": "192.168.1.1",
    "a link": "169.254.169.254",
    "a carrier's network": "100.64.0.1",
    "multicast": "224.0.0.1",
    "broadcast": "255.255.255.255",
    "IPv6 this machine": "::1",
    "IPv6 unspecified": "::",
    "IPv6 link": "fe80::1%eth0",
    "IPv6 private": "fd00::1",
    "IPv4 inside IPv6": "::ffff:192.168.0.1",
    "IPv4 inside NAT64": "64:ff9b::7f00:1",
    "IPv4 inside 6to4": "2002:7f00:1::",
    "documentation": "192.0.2.1",
    "not an address": "localhost",
}


@pytest.mark.parametrize("address", PRIVATE.values(), ids=PRIVATE)
def test_addresses_inside_are_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["128.164.1.1", "2600:1900::1", "::ffff:8.8.8.8"])
def test_addresses_of_the_internet_are_public(address):
    assert is_public(address)


@given(st.ip_addresses(v=4))
def test_an_address_is_as_public_inside_ipv6_as_outside(address):
    mapped = ipaddress.IPv6Address(f"::ffff:{address}")
    assert is_public(str(mapped)) == is_public(str(address))


NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)

AFTER = {
    "seconds": ("120", 120),
    "no wait": ("0", 0),
    "blanks around": (" 5 ", 5),
    "a date": ("Sun, 01 Mar 2026 12:00:30 GMT", 30),
    "a date gone by": ("Sun, 01 Mar 2020 12:00:30 GMT", 0),
    "the form of RFC 850": ("Sunday, 01-Mar-26 12:01:00 GMT", 60),
    "the form of asctime": ("Sun Mar  1 12:01:00 2026", 60),
    "a year of two digits in the last century": ("Sunday, 06-Nov-94 08:49:37 GMT", 0),
    "years": ("999999999", 7 * 86_400),
    "a fraction": ("1.5", None),
    "a minus": ("-1", None),
    "digits of another script": ("٣", None),
    "words": ("soon", None),
    "nothing": ("", None),
    "absent": (None, None),
}


@pytest.mark.parametrize("value, seconds", AFTER.values(), ids=AFTER)
def test_retry_after_is_read_in_all_its_forms(value, seconds):
    assert parse_retry_after(value, now=NOW) == seconds


@given(st.integers(0, 4_000_000_000))
def test_every_http_date_is_understood(epoch):
    when = datetime.fromtimestamp(epoch, UTC)
    seconds = parse_retry_after(format_datetime(when, usegmt=True), now=NOW)
    assert seconds == min(max(0, (when - NOW).total_seconds()), 7 * 86_400)


@given(st.text(max_size=40))
def test_no_retry_after_raises(value):
    seconds = parse_retry_after(value, now=NOW)
    assert seconds is None or 0 <= seconds <= 7 * 86_400


def tried(kind, retry_after=None):
    return Outcome(kind=kind, reason="", at=NOW, retry_after=retry_after)


@given(
    st.sampled_from(list(Kind)),
    st.none() | st.floats(0, 1e6),
    st.integers(1, 25),
    st.floats(0, 1000),
    st.floats(0, 1, exclude_max=True),
    st.integers(1, 20),
    st.floats(0, 100),
)
def test_no_wait_breaks_a_promise(kind, retry_after, tries, elapsed, chance, most, backoff):
    policy = RetryPolicy(max_attempts=most, backoff_seconds=backoff)
    wait = policy.wait_before_next(
        tried(kind, retry_after), tries=tries, elapsed=elapsed, chance=lambda: chance
    )
    if kind not in {Kind.TRANSIENT, Kind.NO_CONNECTION} or tries >= most:
        assert wait is None
    if wait is not None:
        assert (retry_after or 0) <= wait <= LONGEST_WAIT
        assert wait <= max(backoff * 2.0 ** (tries - 1), retry_after or 0)
        assert elapsed + wait <= policy.total_seconds


@given(st.lists(st.floats(0, 3), min_size=2, max_size=40), st.floats(0.01, 5))
def test_slots_are_never_closer_than_the_interval(gaps, interval):
    now, free_at, slots = 1000.0, 0.0, []
    for gap in gaps:
        now += gap
        slot, free_at = take_slot(now, free_at, interval)
        assert slot >= now
        slots.append(slot)
    assert all(b - a >= interval - 1e-9 for a, b in pairwise(slots))


def test_a_slot_that_a_wrong_clock_left_far_ahead_does_not_block():
    slot, _ = take_slot(1000.0, 1000.0 + 86_400, 1.0)
    assert slot == 1000.0


def test_pages_from_one_template_are_not_copies_of_each_other():
    frame = b"<nav>" + b"Home About Documents Projects " * 20 + b"</nav>"
    one = frame + b"<p>" + b"The ambassador saw the minister. " * 4
    other = frame + b"<p>" + b"A cable of March describes a flight. " * 4
    assert is_near_copy(one, one + b" 7")
    assert not is_near_copy(one, other)
    assert not is_near_copy(b"", b"a b c")


def test_time_only_moves_forward_in_a_policy():
    policy = RetryPolicy(max_attempts=9, backoff_seconds=1, total_seconds=10)
    busy = tried(Kind.TRANSIENT, 4)
    waits = []
    elapsed = timedelta()
    while True:
        wait = policy.wait_before_next(
            busy, tries=len(waits) + 1, elapsed=elapsed.total_seconds(), chance=lambda: 0.0
        )
        if wait is None:
            break
        waits.append(wait)
        elapsed += timedelta(seconds=wait)
    assert waits == [4, 4]


def test_a_pause_is_shared_bounded_and_not_believed_from_a_wrong_clock(tmp_path):
    """What one process was told holds for all; a clock set back does not make it longer."""
    now = [1_000_000.0]

    def sleep(seconds):
        now[0] += seconds

    one, other = (
        Pace(tmp_path, requests_per_second=1, clock=lambda: now[0], sleep=sleep) for _ in range(2)
    )
    assert one.wait("a.example", patience=60) == 0
    one.hold("a.example", 30)
    assert other.wait("a.example", patience=60) == 0
    assert now[0] == 1_000_030.0, "a short pause is waited for"
    one.hold("a.example", 9e9)
    assert other.wait("a.example", patience=60) == LONGEST_PAUSE
    assert other.wait("b.example", patience=60) == 0
    now[0] -= 10
    assert other.pause("a.example") == 0, "the clock was wrong, then or now"
    one.hold("c.example", 100)
    one.release("c.example")
    assert other.wait("c.example", patience=60) == 0


def test_the_times_that_an_earlier_version_wrote_are_read(tmp_path):
    (tmp_path / "a.example").write_bytes(struct.pack("<d", 1_000_005.0))
    slept = []
    pace = Pace(tmp_path, requests_per_second=1, clock=lambda: 1_000_000.0, sleep=slept.append)
    assert pace.wait("a.example", patience=60) == 0
    assert slept == [5.0]
