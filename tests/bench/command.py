"""The real command on a stream: ``check --jsonl``, start-up included."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import cycle
from random import Random
from time import perf_counter

from tests.bench.registry import benchmark, shown, table, versions
from tests.quality import page_cases
from tests.quality.alterations import ALTERATIONS
from tests.quality.cases import Case, Source
from tests.quality.documents import make_document

_SOURCES, _QUOTES = 300, 2000


def _lines() -> tuple[str, list[Case]]:
    lines, cases = [], []
    alterations = cycle(ALTERATIONS)
    for number in range(_SOURCES):
        rng = Random(f"command/{number}")
        document = make_document(rng, rng.choice((2_000, 6_000, 15_000)))
        source = Source(f"s{number}", document.text)
        lines.append({"source_id": source.key, "source": source.text, "source_kind": "page"})
        cases += page_cases.altered_page(rng, document, source, alterations, 7)
    cases = cases[:_QUOTES]
    lines += [
        {"id": str(number), "quote": case.quote, "source_id": case.source.key}
        for number, case in enumerate(cases)
    ]
    return "".join(json.dumps(line) + "\n" for line in lines), cases


@benchmark("command", "`check --jsonl`, 2,000 quotations over 300 sources", seconds=10)
def command() -> Iterator[str]:
    """Yield the wall time of the whole process, and what it answered."""
    stream, cases = _lines()
    start = perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "flows", "check", "--jsonl", "-"],
        input=stream,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    seconds = perf_counter() - start
    yield versions("rapidfuzz", "edlib")
    yield ""
    if done.returncode:
        yield f"ended with {done.returncode}: {done.stderr.strip()[:300]}"
        return
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    verdicts = Counter(
        answer.get("verdict", "error")
        for answer in answers
        if "verdict" in answer or "error" in answer
    )
    yield from table(
        ["quotations", "wall time", "a quotation", "verdicts"],
        [
            [
                str(len(cases)),
                shown(seconds),
                shown(seconds / len(cases)),
                ", ".join(f"{k} {n}" for k, n in verdicts.most_common()),
            ]
        ],
    )
