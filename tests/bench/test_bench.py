"""The benchmarks can be listed, named and trusted to measure."""

import time

from tests.bench.__main__ import main
from tests.bench.registry import known, median_seconds, table
from tests.bench.rivals import RIVALS

TEXT = (
    "In the morning the ferry left late. " * 30
    + "Nobody saw the harbor master go ashore. "
    + "It rained. " * 60
)
QUOTE = "Nobody saw the harbor master go ashore."


def test_every_benchmark_has_a_name_and_a_bound():
    """Together they take five minutes or so."""
    benchmarks = known()
    assert {"speed", "places", "whole_cache", "command", "gate"} <= set(benchmarks)
    ours = ("speed", "prepare", "hostile", "places", "whole_cache", "command", "gate")
    assert sum(benchmarks[name].seconds for name in ours) <= 420


def test_an_unknown_name_is_refused(capsys):
    """One line says which names there are."""
    assert main(["speeed"]) == 2
    assert "speed" in capsys.readouterr().err


def test_names_can_be_listed(capsys):
    """The list tells what each measures and how long it takes."""
    assert main(["--list"]) == 0
    assert "whole_cache" in capsys.readouterr().out


def test_every_rival_finds_a_plain_passage():
    """A rival that is asked wrongly would make us look good."""
    start = TEXT.index(QUOTE)
    for rival in RIVALS:
        span = rival.locate(QUOTE, TEXT)
        assert span is not None, rival.name
        assert abs(span[0] - start) <= 3, rival.name
        assert abs(span[1] - start - len(QUOTE)) <= 3, rival.name


def test_every_rival_declines_what_is_not_there():
    """None of them finds an unrelated sentence."""
    for rival in RIVALS:
        assert (
            rival.locate("Quarterly zinc exports exceeded 4,217 barrels by Friday.", TEXT) is None
        ), rival.name


def test_the_median_is_of_the_calls_made():
    """A call is timed, and the budget ends the measuring."""
    seconds = median_seconds([lambda: time.sleep(0.01)], budget=0.05)
    assert seconds is not None
    assert 0.009 < seconds < 0.05
    assert median_seconds([time.time], budget=0) is None


def test_a_table_has_as_many_columns_as_its_head():
    """Markdown readers drop rows that do not fit."""
    lines = list(table(["a", "b", "c"], [["1", "2", "3"]]))
    assert {line.count("|") for line in lines} == {4}
