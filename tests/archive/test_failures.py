"""Failures over runs and days: when a source is due, and when nobody asks again."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.archive.catalogue.due import APART, ENOUGH, LONGEST, State, after, is_due, may_ask
from flows.archive.catalogue.tables import runs
from flows.archive.outcomes import Kind, Outcome
from flows.demo.server import Answer, page
from flows.records import SourceStatus

PATH = "/document/1"
PAGE = page("<p>The page at last.</p>")
NOW = datetime(2026, 3, 1, tzinfo=UTC)


def test_a_source_that_is_not_due_is_reported_without_a_request(world):
    world.pages[PATH] = Answer(status=503)
    with world.online():
        (first,) = world.obtain(PATH)
        asked = world.asked(PATH)
        (second,) = world.obtain(PATH)
        assert world.asked(PATH) == asked
    assert (second.status, second.reason) == (SourceStatus.FAILED, first.reason)
    assert second.next_attempt_at == first.next_attempt_at
    assert second.attempts == 4


def test_waits_grow_from_run_to_run_and_success_is_recovery(world):
    world.pages[PATH] = [*[Answer(status=503)] * 12, PAGE]
    waits = []
    with world.online():
        for _ in range(3):
            (source,) = world.obtain(PATH)
            waits.append((source.next_attempt_at - world.clock()).total_seconds())
            world.clock.forward(seconds=waits[-1] + 1)
        (source,) = world.obtain(PATH)
    # Half a second of backoff makes the first wait 15 to 30 seconds; ×4 each.
    assert all(15 * 4**n <= wait <= 30 * 4**n for n, wait in enumerate(waits))
    assert (source.status, source.attempts) == (SourceStatus.FETCHED, 13)
    with world.archive() as archive:
        assert archive.failures() == []
        assert archive.holdings.info().attempts == 13


def test_a_source_is_never_due_before_its_retry_after(world):
    busy = Answer(status=503, headers=(("Retry-After", "7200"),))
    world.pages[PATH] = busy
    with world.online():
        before = world.clock()
        (source,) = world.obtain(PATH)
        assert source.next_attempt_at >= before + timedelta(hours=2)
        world.clock.forward(minutes=119)
        with world.archive() as archive:
            assert archive.due() == []
        world.clock.forward(minutes=2)
        with world.archive() as archive:
            assert [w.canonical_url.endswith(PATH) for w in archive.due()] == [True]


def test_again_and_every_ask_although_nothing_is_due(world):
    world.pages[PATH] = Answer(status=404)
    with world.online():
        (source,) = world.obtain(PATH)
        world.obtain(PATH, again=[source.canonical_url])
        world.obtain(PATH, every=True)
        assert world.asked(PATH) == 3


@pytest.mark.parametrize("status", [404, 403])
def test_a_definite_answer_is_asked_for_three_times_and_never_again_by_itself(status, world):
    world.pages[PATH] = Answer(status=status)
    asked = []
    with world.online():
        for _ in range(20):
            world.obtain(PATH, scheduled=True)
            with world.archive() as archive:
                assert archive.due() == [], "refetch never asks again without --all"
            asked.append(world.asked(PATH))
            world.clock.forward(days=1)
        assert asked[:8] == [1, 1, 1, 2, 2, 2, 3, 3]
        assert asked[-1] == 3
        world.obtain(PATH)
        assert world.asked(PATH) == 4, "a person who runs it days later is not refused"
        world.obtain(PATH)
        assert world.asked(PATH) == 4


def test_recovery_of_what_was_gone_clears_it(world):
    world.pages[PATH] = [Answer(status=404), PAGE]
    with world.online():
        world.obtain(PATH)
        world.clock.forward(days=3)
        (source,) = world.obtain(PATH, scheduled=True)
    assert source.status is SourceStatus.FETCHED
    with world.archive() as archive:
        assert archive.failures() == []
        assert archive.due(every=True) == []


def test_refetch_takes_the_time_and_capture_that_the_posts_named(world, want):
    world.pages[PATH] = Answer(status=503)
    early, late = NOW - timedelta(days=900), NOW
    with world.online(), world.archive() as archive:
        archive.obtain([want(PATH, cited_at=late)])
        archive.obtain([want(PATH, cited_at=early, capture_wanted="20200101000000")], every=True)
        (due,) = archive.due(every=True)
    assert (due.cited_at, due.capture_wanted) == (early, "20200101000000")


def outcome(kind, retry_after=None):
    return Outcome(kind=kind, reason=str(kind), at=NOW, retry_after=retry_after)


steps = st.lists(
    st.tuples(
        st.sampled_from(list(Kind)),
        st.floats(0, 40 * 86_400),
        st.none() | st.floats(0, 7 * 86_400),
    ),
    min_size=1,
    max_size=30,
)


@given(steps, st.floats(0, 100), st.randoms(use_true_random=False))
def test_states_keep_their_promises_whatever_happens(history, backoff, rng):
    state, now, counted = State(), NOW, []
    for kind, wait, retry_after in history:
        now += timedelta(seconds=wait)
        before = state
        state = after(
            state,
            outcome(kind, retry_after),
            now=now,
            backoff_seconds=backoff,
            chance=rng.random,
        )
        if kind in {Kind.OBTAINED, Kind.UNCHANGED}:
            assert state == State(), "success clears everything"
            counted = []
        elif kind in {Kind.TRANSIENT, Kind.NO_CONNECTION}:
            assert state.status is SourceStatus.FAILED
            assert state.failures == before.failures + 1
            asked = timedelta(seconds=retry_after or 0)
            assert now + asked <= state.next_attempt_at <= now + max(LONGEST, asked)
        else:
            assert state.status is not SourceStatus.FAILED
            assert not is_due(state, now=now + timedelta(days=9), every=False, scheduled=False)
            counted += [now] if not counted or now - counted[-1] >= APART else []
            assert state.definite == len(counted)
            never = state.next_attempt_at is None
            assert never == (len(counted) >= ENOUGH)
            assert never or state.next_attempt_at >= now + APART - (now - counted[-1])
        assert is_due(state, now=now, every=True, scheduled=False) == (state.status is not None)
        if state.next_attempt_at is not None:
            at = state.next_attempt_at
            assert may_ask(state, now=at, scheduled=True)
            assert not may_ask(state, now=at - timedelta(seconds=1), scheduled=False)


@given(st.integers(1, 60), st.floats(0.001, 1000))
def test_waits_grow_by_the_run_are_capped_and_spread(failures, backoff):
    low = [after_run(failures, backoff, 0.0), after_run(failures + 1, backoff, 0.0)]
    high = after_run(failures, backoff, 1.0)
    assert low[0] <= low[1] <= LONGEST
    assert low[0] * 2 - high < timedelta(microseconds=3)
    assert high <= LONGEST


def after_run(failures, backoff, chance):
    state = State(status=SourceStatus.FAILED, failures=failures - 1)
    state = after(
        state, outcome(Kind.TRANSIENT), now=NOW, backoff_seconds=backoff, chance=lambda: chance
    )
    return state.next_attempt_at - NOW


def test_runs_of_dead_processes_are_marked_abandoned(world):
    with world.archive() as archive:
        archive.begin_run("run-1", "verify", NOW)
        database = archive._premises.database
        with database.writing() as connection:
            connection.execute(runs.update().values(owner="99999-nobody"))
        archive.begin_run("run-2", "verify", NOW)
        archive.finish_run("run-2", "completed", NOW)
        archive.begin_run("run-3", "refetch", NOW)
        with database.reading() as connection:
            outcomes = dict(connection.execute(runs.select()).columns("id", "outcome").all())
    assert outcomes == {"run-1": "abandoned", "run-2": "completed", "run-3": None}


def test_posts_are_found_by_what_they_cite_and_the_newest_form_counts(world):
    with world.archive() as archive:
        archive.remember_posts("r1", [("a", b"1", ["u1", "u2"]), ("b", b"2", ["u2", "u2"])])
        archive.remember_posts("r2", [("a", b"3", ["u3"]), ("a", b"4", ["u2"])])
        assert archive.posts_citing(["u1", "u3"]) == []
        assert archive.posts_citing(["u2"]) == [("a", b"4"), ("b", b"2")]
        many = [(f"k{n:05}", b"x", [f"v{n}"]) for n in range(1_200)]
        random.Random(1).shuffle(many)
        archive.remember_posts("r3", many)
        assert len(archive.posts_citing({f"v{n}" for n in range(1_200)})) == 1_200


BUSY = {
    "busy": Answer(status=503, headers=(("Retry-After", "3600"),)),
    "too many requests": Answer(status=429, headers=(("Retry-After", "3600"),)),
}


@pytest.mark.parametrize("busy", BUSY.values(), ids=BUSY)
def test_a_host_that_asks_for_a_long_pause_is_left_alone_with_all_its_sources(busy, world):
    """Whoever is not asked is due when the pause is over; other hosts are asked as ever."""
    other = "nsarchive2.gwu.edu"
    world.hosts[other] = {"/robots.txt": Answer(status=404), "/a.htm": PAGE}
    paths = [f"/document/{n}" for n in range(20)]
    world.pages |= dict.fromkeys(paths, busy)
    with world.online():
        before = world.clock()
        sources = world.obtain(*paths, f"https://{other}/a.htm")
        asked = [r for r in world.stand_in.requests if r.path.startswith("/document/")]
        # Those already on their way when the answer came; never more than connections.
        assert 1 <= len(asked) <= world.settings.connections
        *held, free = sources
        assert free.status is SourceStatus.FETCHED
        assert {source.status for source in held} == {SourceStatus.FAILED}
        pause = timedelta(hours=1)
        assert all(pause <= s.next_attempt_at - before < 1.1 * pause for s in held)
        assert sorted(source.attempts for source in held) == [0] * (20 - len(asked)) + [1] * len(
            asked
        )
        # Nor by the next run, not even for a source that is new.
        count = len(world.stand_in.requests)
        (new,) = world.obtain("/document/new")
        assert (new.status, new.attempts) == (SourceStatus.FAILED, 0)
        assert "asked for a pause" in new.reason
        assert len(world.stand_in.requests) == count
        # Whoever wants a source at any price gets the same answer, once.
        world.obtain(*paths, every=True)
        assert 1 <= len(world.stand_in.requests) - count <= world.settings.connections
        world.pages |= dict.fromkeys(paths, PAGE)
        world.clock.forward(minutes=61)
        last = world.obtain(*paths)
        assert {(s.status, s.reason) for s in last} == {(SourceStatus.FETCHED, None)}


def test_a_clock_that_was_years_ahead_for_one_run_does_no_lasting_harm(world):
    """What is dated too far ahead is no reason to leave a source, or its host's rules, alone."""
    paths = {
        "/document/1": PAGE,
        "/document/2": Answer(status=503),
        "/document/3": Answer(status=404),
    }
    world.pages |= paths
    world.set(wayback=True)
    with world.online(hosts=["nsarchive.gwu.edu", "web.archive.org"]):
        world.clock.forward(days=3650)
        world.obtain(*paths)
        world.clock.forward(days=-3650)
        asked = {path: world.asked(path) for path in (*paths, "/robots.txt")}
        with world.archive() as archive:
            due = [wanted.canonical_url[-1] for wanted in archive.due(scheduled=True)]
        assert due == ["2", "3"]
        world.pages |= dict.fromkeys(paths, PAGE)
        sources = world.obtain(*paths, scheduled=True)
        assert all(world.asked(path) > times for path, times in asked.items())
    assert {source.status for source in sources} == {SourceStatus.FETCHED, SourceStatus.REVALIDATED}


def test_a_clock_set_back_a_little_is_no_reason_to_ask_again(world):
    world.pages["/document/1"] = PAGE
    with world.online():
        world.obtain("/document/1")
        world.clock.forward(minutes=-50)
        (source,) = world.obtain("/document/1")
        assert (source.status, world.asked("/document/1")) == (SourceStatus.CACHED, 1)
