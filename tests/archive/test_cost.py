"""Politeness at its ideal time, and what a warm run costs."""

import threading
import time
from datetime import UTC, datetime
from itertools import pairwise

import pytest

from flows.archive.crews import MOST_WORKERS, side_by_side
from flows.demo.server import page
from tests.bench.archive import fill, warm_milliseconds

pytestmark = pytest.mark.alone


def spaced(stand_in, host):
    times = sorted(r.at for r in stand_in.requests if r.host == host)
    return [later - earlier for earlier, later in pairwise(times)]


def really(world):
    return world.archive(clock=lambda: datetime.now(UTC), sleep=time.sleep)


def test_two_hosts_side_by_side_take_the_ideal_time_and_no_host_is_hurried(world, want):
    rate, count = 40.0, 20
    hosts = ("nsarchive.gwu.edu", "nsarchive2.gwu.edu")
    world.set(requests_per_second=rate)
    plain = page("User-agent: *\n", content_type="text/plain")
    world.answer = lambda r: (
        plain if "robots" in r.path else page(r.path, content_type="text/plain")
    )
    urls = [f"https://{host}/document/{n}" for n in range(count) for host in hosts]
    with world.online(hosts=hosts) as stand_in, really(world) as archive:
        begun = time.monotonic()
        sources = archive.obtain([want(url) for url in urls])
        taken = time.monotonic() - begun
    assert {source.status for source in sources} == {"fetched"}
    for host in hosts:
        gaps = spaced(stand_in, host)
        assert len(gaps) == count
        # A gap may shrink by what the machine delays the one before.
        assert sum(gaps) / len(gaps) >= 0.8 / rate
    ideal = count / rate
    print(f"ideal {ideal:.2f} s, taken {taken:.2f} s")
    # The bench measures the ten per cent on a quiet machine; this catches a lost factor.
    assert taken < ideal * 2 + 1


def test_no_host_waits_until_another_is_done():
    """With more hosts than there are workers for at full strength, each has one at least."""
    hosts, per_host = 12, 8
    assert hosts * per_host > MOST_WORKERS
    items = [(host, number) for host in range(hosts) for number in range(per_host)]
    begun, all_begun = set(), threading.Event()

    def work(item):
        begun.add(item[0])
        if len(begun) == hosts:
            all_begun.set()
        assert all_begun.wait(20), f"only {len(begun)} of {hosts} hosts were begun"
        return item

    done = side_by_side(
        items, work, host=lambda item: str(item[0]), per_host=per_host, hurry=all_begun.set
    )
    assert sorted(done) == items


def test_a_slower_crawl_delay_wins(world, want):
    world.pages["/robots.txt"] = page("User-agent: *\nCrawl-delay: 10", content_type="text/plain")
    world.pages |= {f"/document/{n}": page("x", content_type="text/plain") for n in range(4)}
    with world.online():
        world.obtain(*(f"/document/{n}" for n in range(4)))
    assert sum(world.clock.slept) >= 30


def test_several_archives_on_one_cache_share_the_pace(world, want):
    rate = 50.0
    world.set(requests_per_second=rate)
    world.answer = lambda r: page(r.path, content_type="text/plain")
    with world.online() as stand_in, really(world) as one, really(world) as other:
        one.obtain([want("/document/0")])
        second = [want(f"/document/{n}") for n in range(10, 20)]
        thread = threading.Thread(target=other.obtain, args=(second,))
        thread.start()
        one.obtain([want(f"/document/{n}") for n in range(1, 10)])
        thread.join()
    gaps = spaced(stand_in, "nsarchive.gwu.edu")
    assert sum(gaps) / len(gaps) >= 0.8 / rate


@pytest.mark.parametrize("size", [2_000, 40_000])
def test_a_warm_run_spends_next_to_nothing_per_source(size, tmp_path):
    fill(tmp_path, size)
    milliseconds = warm_milliseconds(tmp_path, size)
    print(f"{size} sources: {milliseconds:.3f} ms per source")
    assert milliseconds < 0.2
