"""What needs no server: schedules, names of final states, locks, the environment."""

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flows.errors import InputError, UsageError
from flows.orchestration.environment import loopback_without_proxy
from flows.orchestration.flow_runs import state_name, summary
from flows.orchestration.serving import REFETCH_CRON, VERIFY_CRON, schedules, serve
from flows.orchestration.tidying import only_one
from flows.pipeline.engine import Outcome
from flows.records import Verdict
from flows.settings import Settings

NOW = datetime(2025, 3, 2, 1, 11, tzinfo=UTC)

NO_SCHEDULE = {
    "words are no cron": {"verify_cron": "every day"},
    "a field is missing": {"refetch_cron": "0 6 * *"},
    "an hour that does not exist": {"verify_cron": "0 25 * * *"},
    "no time between runs": {"interval": 0.0},
    "runs before they began": {"interval": -5.0},
    "not a number": {"interval": float("nan")},
    "longer than time": {"interval": 1e300},
    "an interval for nothing": {
        "verify_cron": "0 6 * * *",
        "refetch_cron": "0 7 * * *",
        "interval": 60.0,
    },
}


@pytest.mark.parametrize("given", NO_SCHEDULE.values(), ids=NO_SCHEDULE)
def test_a_schedule_that_makes_no_sense_is_refused(given):
    """Before any server is started."""
    options = {"verify_cron": None, "refetch_cron": None, "interval": None, **given}
    with pytest.raises(UsageError):
        schedules(**options, now=NOW)


def test_without_options_both_flows_have_a_cron():
    verify, refetch = schedules(None, None, None, now=NOW)
    assert (verify.cron, refetch.cron) == (VERIFY_CRON, REFETCH_CRON)
    assert (verify.timezone, refetch.timezone) == ("UTC", "UTC")


def test_an_interval_begins_at_once_and_the_flows_take_turns():
    verify, refetch = schedules(None, None, 3600, now=NOW)
    assert verify.anchor_date - NOW < timedelta(minutes=1)
    assert refetch.anchor_date - verify.anchor_date == timedelta(minutes=30)


V = Verdict
STATES = {
    "everything stands there": ({V.VERBATIM: 2, V.OCR_NOISE: 1}, "Completed"),
    "one word differs": ({V.VERBATIM: 2, V.ALTERED: 1}, "DifferencesFound"),
    "words are nowhere, and a page is missing": (
        {V.NOT_FOUND: 1, V.UNAVAILABLE: 1},
        "DifferencesFound",
    ),
    "a missing page casts no doubt": ({V.VERBATIM: 1, V.UNAVAILABLE: 1}, "SomeUnchecked"),
    "nothing checked is no success": ({}, "NothingToCheck"),
    "counts of zero are none": ({V.ALTERED: 0}, "NothingToCheck"),
}


@pytest.mark.parametrize("verdicts, name", STATES.values(), ids=STATES)
def test_the_final_state_says_what_sort_of_findings(verdicts, name):
    assert state_name(Outcome(run_id="r", report=Path("report.json"), verdicts=verdicts)) == name


def test_a_path_cannot_write_markdown_into_the_summary():
    odd = Path("/reports/`**|<img>") / "report.json"
    text = summary(Outcome(run_id="r", report=odd))
    assert f"\n    {odd.with_name('report.html')}\n" in text


@pytest.fixture
def signals():
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)


def test_a_second_serve_on_the_same_cache_is_refused(tmp_path, signals):
    """Two would start every run twice."""
    settings = Settings(cache=tmp_path / "cache")
    with only_one(settings.cache, "serve.lock") as mine:
        assert mine
        with pytest.raises(UsageError, match="another serve"):
            serve(str(tmp_path), settings)


def test_serve_wants_posts_that_exist(tmp_path, signals):
    with pytest.raises(InputError):
        serve(str(tmp_path / "nowhere"), Settings(cache=tmp_path / "cache"))


PROXY_RULES = {
    "nothing set": ({}, "127.0.0.1,localhost,::1"),
    "set and empty": ({"NO_PROXY": "", "no_proxy": ""}, "127.0.0.1,localhost,::1"),
    "a host of the user's": (
        {"NO_PROXY": "intra.example"},
        "intra.example,127.0.0.1,localhost,::1",
    ),
    "no proxy for anything": ({"no_proxy": "*"}, "*"),
}


@pytest.mark.parametrize("given, expected", PROXY_RULES.values(), ids=PROXY_RULES)
def test_this_machine_is_never_asked_through_a_proxy(monkeypatch, given, expected):
    """And the user's own words are back afterwards."""
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    with loopback_without_proxy():
        assert os.environ["no_proxy"] == expected
    assert {n: os.environ[n] for n in ("NO_PROXY", "no_proxy") if n in os.environ} == given


def test_statistics_are_off_before_prefect_is_imported():
    """In a fresh process, and only where the user chose nothing."""
    code = (
        "import os; os.environ['DO_NOT_TRACK'] = '0'\n"
        "import flows.orchestration.environment, sys\n"
        "print('prefect' in sys.modules, os.environ['DO_NOT_TRACK'],"
        " os.environ['PREFECT_SERVER_ANALYTICS_ENABLED'])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "0", "false"]
