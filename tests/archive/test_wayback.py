"""The Wayback Machine: a second way to a source, whose failures are its own."""

from datetime import UTC, datetime

import orjson
import pytest

from flows.archive.network.wayback import nearest, read_listing
from flows.demo.server import Answer, page
from flows.records import SourceStatus, Via

PATH = "/document/1"
URL = f"https://nsarchive.gwu.edu{PATH}"
CITED = datetime(2020, 6, 1, tzinfo=UTC)
ROBOTS = Answer(status=404)


class Machine:
    """A stand-in for web.archive.org."""

    def __init__(self, captures, *, listing=None):
        self.captures = captures
        self.listing = listing
        self.asked = []

    def __call__(self, request):
        self.asked.append(request.path)
        if request.path.startswith("/cdx/"):
            return self.listing or self.list()
        at, _, url = request.path.removeprefix("/web/").partition("id_/")
        found = self.captures.get(at)
        return found if found is not None and url == URL else Answer(status=404)

    def list(self):
        rows = [["timestamp", "original", "statuscode"]]
        rows += [[at, URL, "200"] for at in self.captures]
        return page(orjson.dumps(rows).decode(), content_type="application/json")


def memento(text, *, status=200):
    made = ("Memento-Datetime", "Wed, 01 Jan 2020 00:00:00 GMT")
    return Answer(status=status, headers=(("Content-Type", "text/html"), made), body=text.encode())


OLD, NEAR, LATER = (memento(f"<p>as of {year}</p>") for year in (2018, 2020, 2022))
CAPTURES = {"20180101000000": OLD, "20200101000000": NEAR, "20220101000000": LATER}


def run(world, want, machine, original=None, *, wayback=True, **options):
    world.set(wayback=wayback)
    world.pages[PATH] = original or Answer(status=404)
    hosts = ["nsarchive.gwu.edu"] + (["web.archive.org"] if machine else [])
    plain = world.answer
    world.answer = lambda r: machine(r) if r.host == "web.archive.org" else plain(r)
    options.setdefault("cited_at", CITED)
    inspect = options.pop("inspect", None)
    again = options.pop("every", False)
    with world.online(hosts=hosts), world.archive(inspect=inspect) as archive:
        (source,) = archive.obtain([want(PATH, **options)], every=again)
        body = archive.body(source.capture) if source.capture is not None else None
        assert archive.holdings.check() is None or archive.holdings.check().problems == ()
    return source, body


MISSING = {
    "the page is gone": Answer(status=404),
    "the site refuses access": Answer(status=403),
    "the site keeps failing": Answer(status=503),
    "the link leads home": Answer(status=302, headers=(("Location", "/"),)),
}


@pytest.mark.parametrize("original", MISSING.values(), ids=MISSING)
def test_the_capture_nearest_before_the_post_stands_in(original, world, want):
    source, body = run(world, want, Machine(CAPTURES), original)
    assert (source.status, source.via) == (SourceStatus.ARCHIVED, Via.WAYBACK)
    assert body == b"<p>as of 2020</p>"
    assert source.capture.captured_at == datetime(2020, 1, 1, tzinfo=UTC)
    assert source.capture.url == f"https://web.archive.org/web/20200101000000id_/{URL}"
    assert source.capture.canonical_url == URL
    assert "the Wayback Machine's capture of 2020-01-01 is used instead" in source.reason
    assert (source.next_attempt_at is None) is False


def test_without_one_before_the_post_the_next_after_it_stands_in(world, want):
    machine = Machine({"20220101000000": LATER})
    assert run(world, want, machine)[1] == b"<p>as of 2022</p>"


def test_a_capture_that_a_post_names_is_the_one_asked_for(world, want):
    machine = Machine(CAPTURES)
    source, body = run(world, want, machine, capture_wanted="20180101000000")
    assert body == b"<p>as of 2018</p>"
    assert not [path for path in machine.asked if path.startswith("/cdx/")]
    assert source.status is SourceStatus.ARCHIVED


NOT_A_COPY = {
    "an archived 404": memento("<p>Not found</p>", status=404),
    "an archived 429": memento("<p>Slow down</p>", status=429),
    "an archived wall": memento("<p>Checking your browser</p>"),
    "an empty copy": memento(" "),
    "a copy that leads home": Answer(
        status=302,
        headers=(("Location", "/web/20200101000000id_/https://nsarchive.gwu.edu/"),),
    ),
    "a copy that leads off the Archive": Answer(
        status=302, headers=(("Location", "/web/20200101000000id_/https://evil.example/"),)
    ),
}


@pytest.mark.parametrize("copy", NOT_A_COPY.values(), ids=NOT_A_COPY)
def test_what_is_archived_but_no_page_is_passed_over(copy, world, want):
    captures = CAPTURES | {"20200101000000": copy}
    source, body = run(
        world,
        want,
        Machine(captures),
        inspect=lambda body, **_: "a wall" if b"Checking" in body else None,
    )
    assert (source.status, body) == (SourceStatus.ARCHIVED, b"<p>as of 2018</p>")


ITS_OWN_FAULTS = {
    "it is down": Machine({}, listing=Answer(status=503)),
    "it is busy": Machine({}, listing=Answer(status=429)),
    "it breaks off": Machine({}, listing=Answer(reset=True)),
    "it answers nonsense": Machine({}, listing=page("<p>maintenance</p>")),
    "it answers other columns": Machine({}, listing=page('[["a"],["b"]]')),
    "it cannot be reached": None,
    "it has nothing": Machine({}),
    "it answers for itself": Machine({"20200101000000": page("<p>maintenance</p>")}),
}


@pytest.mark.parametrize("machine", ITS_OWN_FAULTS.values(), ids=ITS_OWN_FAULTS)
def test_its_failures_are_never_the_sources(machine, world, want):
    source, _ = run(world, want, machine)
    assert (source.status, source.capture) == (SourceStatus.GONE, None)
    assert source.reason == "it answered 404 Not Found"
    assert source.attempts == 1


NO_CAPTURE = {
    "a notice of maintenance": page("<p>Temporarily offline, please come back later.</p>"),
    "a time-out": Answer(status=503),
    "a short body": Answer(headers=memento("").headers, body=b"<html><p>x", truncate=5),
}


@pytest.mark.parametrize("answer", NO_CAPTURE.values(), ids=NO_CAPTURE)
def test_no_page_of_the_machine_itself_is_taken_for_a_capture_that_a_post_names(
    answer, world, want
):
    """It fails for now, and is asked for again."""
    named = f"https://web.archive.org/web/20200101000000id_/{URL}"
    world.set(wayback=True)
    captures = {"20200101000000": answer}
    machine = Machine(captures)
    world.answer = lambda r: machine(r) if r.host == "web.archive.org" else Answer(status=404)
    with world.online(hosts=["nsarchive.gwu.edu", "web.archive.org"]), world.archive() as archive:
        (source,) = archive.obtain([want(named)])
        assert (source.status, source.capture) == (SourceStatus.FAILED, None)
        assert source.next_attempt_at is not None
        captures["20200101000000"] = NEAR
        world.clock.forward(minutes=6)
        (source,) = archive.obtain([want(named)])
        assert (source.status, archive.body(source.capture)) == (
            SourceStatus.ARCHIVED,
            b"<p>as of 2020</p>",
        )


def test_what_is_refused_here_is_not_fetched_in_a_roundabout_way(world, want):
    machine = Machine(CAPTURES)
    world.pages["/robots.txt"] = page("User-agent: *\nDisallow: /")
    source, _ = run(world, want, machine)
    assert source.status is SourceStatus.REFUSED
    assert machine.asked == []


def test_switched_off_it_is_never_asked(world, want):
    machine = Machine(CAPTURES)
    source, _ = run(world, want, machine, wayback=False)
    assert source.status is SourceStatus.GONE
    assert machine.asked == []


def test_an_original_that_answers_never_needs_it(world, want):
    machine = Machine(CAPTURES)
    assert run(world, want, machine, page("<p>here</p>"))[0].status is SourceStatus.FETCHED
    assert machine.asked == []


def test_a_recovered_original_takes_the_place_of_the_copy(world, want):
    assert run(world, want, Machine(CAPTURES))[0].status is SourceStatus.ARCHIVED
    source, body = run(world, want, Machine(CAPTURES), page("<p>here again</p>"), every=True)
    assert (source.status, source.reason) == (SourceStatus.FETCHED, None)
    assert body == b"<p>here again</p>"


def test_an_archived_copy_is_not_looked_for_again_in_the_next_run(world, want):
    machine = Machine(CAPTURES)
    run(world, want, machine)
    asked = len(machine.asked)
    source, body = run(world, want, machine)
    assert (source.status, body) == (SourceStatus.ARCHIVED, b"<p>as of 2020</p>")
    assert len(machine.asked) == asked


def test_one_failure_of_it_spares_the_other_sources_the_wait(world, want):
    machine = Machine({}, listing=Answer(status=503))
    world.set(wayback=True)
    world.answer = lambda r: machine(r) if r.host == "web.archive.org" else Answer(status=404)
    with world.online(hosts=["nsarchive.gwu.edu", "web.archive.org"]), world.archive() as archive:
        sources = archive.obtain([want(f"/document/{n}") for n in range(20)])
    assert {source.status for source in sources} == {SourceStatus.GONE}
    assert len(machine.asked) <= 2


ORDERS = {
    "before, the latest first": (["2019", "2018", "2021"], "2020", ["2019", "2018", "2021"]),
    "the very moment counts as before": (["2020", "2021"], "2020", ["2020", "2021"]),
    "after, the earliest first": (["2023", "2021"], "2020", ["2021", "2023"]),
    "twice the same is one": (["2019", "2019"], "2020", ["2019"]),
}


@pytest.mark.parametrize("years, cited, order", ORDERS.values(), ids=ORDERS)
def test_captures_are_tried_in_order_of_nearness(years, cited, order):
    rows = [(f"{year}0101000000", "u") for year in years]
    assert [at[:4] for at, _ in nearest(rows, f"{cited}0101000000")] == order


def test_rows_of_other_statuses_and_broken_times_are_left_out():
    rows = [
        ["statuscode", "timestamp", "original"],
        ["404", "20200101000000", "a"],
        ["200", "2020", "b"],
        ["200", "20200101000000", "c"],
        ["-", "20200101000000", "d"],
    ]
    assert read_listing(orjson.dumps(rows)) == [("20200101000000", "c")]
    assert read_listing(b"") == read_listing(b"[]") == []


@pytest.mark.parametrize("body", [b"{}", b"[1]", b"<html>", b'[["x"]]', b"\xff"])
def test_an_answer_that_is_no_listing_is_a_value_error(body):
    with pytest.raises(ValueError):
        read_listing(body)
