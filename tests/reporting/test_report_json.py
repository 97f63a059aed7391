"""report.json: the schema, the golden file, and back again."""

import json
import string
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import jsonschema
import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows import records
from flows.errors import InputError
from flows.reporting import SCHEMA, json_schema, read_report
from flows.reporting.as_csv import report_to_csv
from flows.reporting.as_html import report_to_html
from flows.reporting.as_json import json_pieces, report_to_json
from flows.reporting.as_markdown import report_to_markdown
from flows.reporting.characters import writable
from flows.reporting.from_json import report_from_tree

GOLDEN = Path(__file__).parent / "golden" / "report.json"
#: The same report as earlier versions wrote it.
EARLIER = sorted(GOLDEN.parent.glob("report-*.json"))

CONTRACT_KEYS = {
    "": ["schema", "run", "totals", "changes", "posts", "sources"],
    "run": ["id", "started_at", "finished_at", "version", "offline", "inputs"],
    "totals": [
        *("posts", "posts_with_links", "links", "sources", "checks"),
        *("verdicts", "sources_by_status"),
    ],
    "post": [
        *("id", "board", "thread", "author_id", "posted_at", "permalink", "text"),
        *("links", "checks"),
    ],
    "link": ["url", "canonical_url", "kind", "start", "end"],
    "check": [
        *("id", "kind", "field", "exact", "start", "end", "verdict", "reason", "source"),
        *("matches", "edits", "warnings", "witnesses", "score", "link"),
    ],
    "match": ["start", "end", "exact", "prefix", "suffix"],
    "edit": ["kind", "quoted", "source", "severity"],
    "witness": ["layer", "url", "verdict", "score"],
    "source": [
        *("url", "canonical_url", "kind", "status", "http_status", "via", "captured_at"),
        *("digest", "attempts", "reason", "next_attempt_at"),
    ],
}


def _parts(tree):
    check = next(c for p in tree["posts"] for c in p["checks"] if c["edits"] and c["witnesses"])
    return {
        "": tree,
        "run": tree["run"],
        "totals": tree["totals"],
        "post": tree["posts"][0],
        "link": tree["posts"][0]["links"][0],
        "check": check,
        "match": check["matches"][0],
        "edit": check["edits"][0],
        "witness": check["witnesses"][0],
        "source": tree["sources"][0],
    }


def test_the_golden_report_is_written_byte_for_byte(sample):
    """A changed report.json is a change of the contract, never an accident."""
    assert report_to_json(sample) == GOLDEN.read_bytes()


@pytest.mark.parametrize("path", [GOLDEN, *EARLIER], ids=lambda path: path.name)
def test_the_golden_report_can_still_be_read(path, sample):
    """Reports written by earlier versions stay readable for ever."""
    assert read_report(path) == sample


@pytest.mark.parametrize("part", CONTRACT_KEYS)
def test_the_keys_of_the_contract_come_first_and_in_its_order(sample, part):
    """What goes beyond the contract stands after it."""
    wanted = CONTRACT_KEYS[part]
    assert list(_parts(json.loads(report_to_json(sample)))[part])[: len(wanted)] == wanted


def test_every_verdict_and_status_is_counted_even_when_absent(empty):
    """A script never meets a missing key."""
    totals = json.loads(report_to_json(empty))["totals"]
    assert totals["verdicts"] == dict.fromkeys(records.Verdict, 0)
    assert totals["sources_by_status"] == dict.fromkeys(records.SourceStatus, 0)


def test_the_sample_holds_every_verdict_and_status(sample):
    """The sample report is what the other tests take it for."""
    totals = json.loads(report_to_json(sample))["totals"]
    assert min(totals["verdicts"].values()) > 0
    assert min(totals["sources_by_status"].values()) > 0


ENUMS = {
    "verdict": records.Verdict,
    "layer": records.Layer,
    "link_kind": records.LinkKind,
    "via": records.Via,
}


@pytest.mark.parametrize("name", ENUMS)
def test_the_schema_knows_the_very_names_of_the_records(name):
    """Neither a new name nor a dropped one goes unnoticed."""
    assert json_schema()["$defs"][name]["enum"] == [item.value for item in ENUMS[name]]


def test_the_schema_counts_every_verdict_and_status():
    """The keys of the totals are the names of the records."""
    totals = json_schema()["$defs"]["totals"]["properties"]
    assert list(totals["verdicts"]["properties"]) == list(records.Verdict)
    assert list(totals["sources_by_status"]["properties"]) == list(records.SourceStatus)
    edit = json_schema()["$defs"]["check"]["properties"]["edits"]["items"]["properties"]
    assert edit["kind"]["enum"] == list(records.EditKind)


def test_the_schema_is_a_valid_schema_of_draft_2020_12():
    """The shipped file is itself checked."""
    jsonschema.Draft202012Validator.check_schema(json_schema())


BROKEN = {
    "a missing verdict": lambda tree: tree["posts"][0]["checks"][0].pop("verdict"),
    "an unknown verdict": lambda tree: tree["posts"][0]["checks"][0].update(verdict="fine"),
    "a time without a zone": lambda tree: tree["run"].update(started_at="2025-03-02T01:11:00"),
    "a negative offset": lambda tree: tree["posts"][0]["links"][0].update(start=-1),
    "a score above one": lambda tree: tree["posts"][0]["checks"][0].update(score=1.5),
    "another schema": lambda tree: tree.update(schema="nsarchive-verify/report/2"),
}


@pytest.mark.parametrize("spoil", BROKEN.values(), ids=BROKEN)
def test_the_schema_refuses(sample, spoil):
    """A schema that accepts everything would prove nothing."""
    tree = json.loads(report_to_json(sample))
    spoil(tree)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(json_schema()).validate(tree)


def test_further_keys_are_allowed_everywhere(sample):
    """Adding is free."""
    tree = json.loads(report_to_json(sample))
    for part in _parts(tree).values():
        part["a_later_addition"] = 1
    jsonschema.Draft202012Validator(json_schema()).validate(tree)
    assert report_from_tree(tree) == sample


def test_a_report_without_the_additions_is_read(sample):
    """Only the keys of the contract are needed."""
    tree = json.loads(report_to_json(sample))
    for post in tree["posts"]:
        for key in ("zone_rule", "replies_to", "origin", "raw_offsets"):
            del post[key]
        for check in post["checks"]:
            del check["context"], check["within"]
    assert [p.post.id for p in report_from_tree(tree).posts] == [p.post.id for p in sample.posts]


def test_times_are_written_in_utc_to_the_second(sample):
    """A fraction appears only where there is one."""
    run = json.loads(report_to_json(sample))["run"]
    assert run["finished_at"] == "2025-03-02T06:31:00Z"
    assert run["started_at"] == "2025-03-02T06:29:12.250000Z"
    assert json.loads(report_to_json(sample))["posts"][0]["posted_at"] == "2025-03-02T01:11:00Z"


def test_a_lone_surrogate_is_replaced_and_every_offset_holds(hostile):
    """What no encoding can write becomes U+FFFD, one for one."""
    tree = json.loads(report_to_json(hostile))
    post = tree["posts"][-1]
    assert post["text"].endswith("\ufffd")
    for check in post["checks"]:
        assert post["text"][check["start"] : check["end"]] == check["exact"]


NO_REPORTS = {
    "not JSON": b"hello",
    "cut in the middle": b'{"schema": "nsarchive-verify/report/1", "run": {',
    "a list": b"[]",
    "another schema": b'{"schema": "nsarchive-verify/report/9"}',
    "an entry missing": b'{"schema": "nsarchive-verify/report/1", "run": {}}',
}


@pytest.mark.parametrize("content", NO_REPORTS.values(), ids=NO_REPORTS)
def test_what_is_no_report_is_refused_with_its_path(tmp_path, content):
    """The message names the file, and nothing but InputError comes out."""
    path = tmp_path / "report.json"
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"report\.json: "):
        read_report(path)


def test_a_missing_report_is_refused_with_its_path(tmp_path):
    """A path that does not exist is an input error, too."""
    with pytest.raises(InputError, match=r"nowhere\.json: No such file"):
        read_report(tmp_path / "nowhere.json")


# ── any report whatever ──────────────────────────────────────────────────────

ANY_TEXT = st.text(st.characters(codec="utf-8"), max_size=12)
# Surrogates among them.
ANY_CODE_POINTS = st.text(st.characters(exclude_categories=()), max_size=12)
NAMES = st.text(string.ascii_letters + string.digits, min_size=1, max_size=6)
TIMES = st.datetimes(datetime(1970, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  the zone is given beside it
OFFSETS = st.integers(0, 9)
SCORES = st.floats(0, 1)


def _record(record, **fields):
    return st.builds(record, **fields)


def _tuples(strategy, most=2):
    return st.lists(strategy, max_size=most).map(tuple)


def _checks(draw, text, words):
    start = draw(st.integers(0, len(text)))
    end = draw(st.integers(start, len(text)))
    return draw(
        _record(
            records.Check,
            id=NAMES,
            kind=st.sampled_from(records.CheckKind),
            field=st.none() | st.sampled_from(records.FieldName),
            exact=st.just(text[start:end]),
            start=st.just(start),
            end=st.just(end),
            verdict=st.sampled_from(records.Verdict),
            reason=words,
            source=st.none()
            | _record(
                records.CheckSource,
                url=words,
                layer=st.sampled_from(records.Layer),
                digest=st.none() | words,
                captured_at=st.none() | TIMES,
                via=st.none() | st.sampled_from(records.Via),
            ),
            matches=_tuples(
                _record(
                    records.Match,
                    start=OFFSETS,
                    end=OFFSETS,
                    exact=words,
                    prefix=words,
                    suffix=words,
                )
            ),
            edits=_tuples(
                _record(
                    records.Edit,
                    kind=st.sampled_from(records.EditKind),
                    quoted=words,
                    source=words,
                    severity=st.sampled_from(records.Severity),
                    quoted_start=OFFSETS,
                    quoted_end=OFFSETS,
                    source_start=OFFSETS,
                    source_end=OFFSETS,
                ),
                most=3,
            ),
            warnings=_tuples(words),
            witnesses=_tuples(
                _record(
                    records.Witness,
                    layer=st.sampled_from(records.Layer),
                    url=words,
                    verdict=st.sampled_from(records.Verdict),
                    score=SCORES,
                    reason=words,
                    captured_at=st.none() | TIMES,
                    capture=st.booleans(),
                )
            ),
            score=SCORES,
            link=st.none() | words,
            context=st.none() | _record(records.Context, before=words, after=words),
            within=st.none() | NAMES,
        )
    )


@st.composite
def _posts(draw, words):
    text = draw(words)
    post = draw(
        _record(
            records.Post,
            id=words,
            text=st.just(text),
            board=st.none() | words,
            thread=st.none() | words,
            author_id=st.none() | words,
            posted_at=st.none() | TIMES,
            zone_rule=st.none() | words,
            permalink=st.none() | words,
            replies_to=_tuples(words),
            origin=words,
            raw_offsets=_tuples(st.tuples(OFFSETS, OFFSETS)),
        )
    )
    links = draw(
        _tuples(
            _record(
                records.Link,
                url=words,
                canonical_url=st.none() | words,
                kind=st.sampled_from(records.LinkKind),
                start=OFFSETS,
                end=OFFSETS,
                capture_wanted=st.none() | words,
                capture_url=st.none() | words,
            )
        )
    )
    number = draw(st.integers(0, 2))
    checks = tuple(_checks(draw, text, words) for _ in range(number))
    return records.CheckedPost(post=post, links=links, checks=checks)


def _sources(words):
    def with_one_address(source, capture):
        return source if capture is None else replace(source, capture=capture)

    return st.builds(
        with_one_address,
        _record(
            records.Source,
            url=words,
            canonical_url=words,
            kind=st.sampled_from(records.LinkKind),
            status=st.sampled_from(records.SourceStatus),
            attempts=OFFSETS,
            http_status=st.none() | st.integers(100, 599),
            via=st.none() | st.sampled_from(records.Via),
            reason=st.none() | words,
            next_attempt_at=st.none() | TIMES,
            capture=st.none(),
        ),
        st.none()
        | _record(
            records.Capture,
            canonical_url=words,
            url=words,
            digest=words,
            captured_at=TIMES,
            http_status=st.integers(100, 599),
            content_type=words,
            size=OFFSETS,
            via=st.sampled_from(records.Via),
        ),
    )


def reports(words):
    """Any report, however little sense it makes; its strings are drawn from *words*."""
    return _record(
        records.Report,
        run=_record(
            records.Run,
            id=NAMES,
            started_at=TIMES,
            finished_at=st.none() | TIMES,
            version=words,
            offline=st.booleans(),
            inputs=_tuples(
                _record(
                    records.Input,
                    path=words,
                    format=words,
                    posts=OFFSETS,
                    unreadable=_tuples(_record(records.Unreadable, place=words, reason=words)),
                )
            ),
            flow=st.sampled_from(["verify", "refetch"]),
            stand_in=st.booleans(),
        ),
        posts=_tuples(_posts(words)),
        sources=_tuples(_sources(words)),
        changes=_tuples(
            _record(
                records.Change,
                kind=st.sampled_from(["new_post", "source_changed", "source_lost"]),
                post=st.none() | words,
                check=st.none() | words,
                source=st.none() | words,
                before=st.none() | words,
                after=st.none() | words,
            )
        ),
        since_run=st.none() | words,
    )


ANY = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
VALIDATOR = jsonschema.Draft202012Validator(json_schema())


@ANY
@given(reports(ANY_TEXT))
def test_any_report_survives_the_way_to_json_and_back(report):
    """Nothing is lost or changed, and the same report gives the same bytes."""
    written = report_to_json(report)
    assert report_from_tree(orjson.loads(written)) == report
    assert report_to_json(report_from_tree(orjson.loads(written))) == written


@ANY
@given(reports(ANY_CODE_POINTS))
def test_any_report_follows_the_schema_and_keeps_its_offsets(report):
    """Whatever the texts hold, lone surrogates included."""
    tree = json.loads(report_to_json(report))
    VALIDATOR.validate(tree)
    assert tree["schema"] == SCHEMA
    for written, post in zip(tree["posts"], report.posts, strict=True):
        assert written["text"] == writable(post.post.text)
        for check in written["checks"]:
            assert written["text"][check["start"] : check["end"]] == check["exact"]


@ANY
@given(reports(ANY_CODE_POINTS))
def test_any_report_can_be_written_in_every_form(report):
    """No text makes a writer stumble."""
    assert report_to_html(report).decode("utf-8").rstrip().endswith("</html>")
    assert report_to_markdown(report).decode("utf-8")
    assert report_to_csv(report).decode("utf-8-sig")


def test_it_is_written_check_by_check(sample):
    """All matches at once take many times the memory of the findings they belong to."""
    checks = [check for post in sample.posts for check in post.checks]
    many = replace(checks[0], matches=checks[0].matches * 2_000)
    report = replace(sample, posts=(replace(sample.posts[0], checks=(many,) * 5),))
    pieces = list(json_pieces(report))
    whole = b"".join(pieces)
    assert json.loads(whole)["posts"][0]["checks"][4]["exact"] == many.exact
    assert max(map(len, pieces)) * 4 < len(whole)
