"""Search through everything: the index's size, making, speed and recall, against rivals."""

import sqlite3
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from random import Random
from time import perf_counter

from flows.concordance import Concordance, compare_with_all
from flows.matching import SourceText
from tests.bench.registry import benchmark, median_seconds, shown, table, versions
from tests.bench.rivals import RIVALS
from tests.quality.alterations import ALTERATIONS, applied
from tests.quality.documents import Document, make_document
from tests.quality.recognition import recognised
from tests.quality.strangers import invented

_CHARACTERS = 24_000_000
_ASKED = 300


def _texts(rng: Random) -> dict[str, Document]:
    made: dict[str, Document] = {}
    total = 0
    while total < _CHARACTERS:
        document = make_document(rng, 3000)
        made[f"source/{len(made)}"] = document
        total += len(document.text)
    return made


def _noisy(rng: Random, text: str, rate: float) -> str:
    return recognised(rng, Document(text, ()), rate).text


def _questions(rng: Random, texts: dict[str, Document]) -> dict[str, list[tuple[str, str]]]:
    """Return quotations of 80 letters and more by kind, each with the key it was taken from."""
    kinds: dict[str, list[tuple[str, str]]] = {
        "exact": [],
        "one word changed": [],
        "5 % of letters misread": [],
        "10 % of letters misread": [],
        "20 % of letters misread": [],
    }
    keys = list(texts)
    while len(kinds["exact"]) < _ASKED:
        key = rng.choice(keys)
        sentence = rng.choice(texts[key].sentences).sentence
        changes = ALTERATIONS["word changed"](rng, sentence)
        if len(sentence.text) < 80 or not changes:
            continue
        kinds["exact"].append((key, sentence.text))
        kinds["one word changed"].append((key, applied(sentence.text, changes)))
        for rate in (5, 10, 20):
            noisy = _noisy(rng, sentence.text, rate / 100)
            kinds[f"{rate} % of letters misread"].append((key, noisy))
    return kinds


@benchmark("whole_cache", "Finding a passage in every source of the cache", seconds=60)
def whole_cache() -> Iterator[str]:
    """Yield size, building time, latency and recall."""
    yield versions("numpy", "edlib", "rapidfuzz") + f"; SQLite {sqlite3.sqlite_version}"
    yield ""
    rng = Random("whole cache")
    texts = _texts(rng)
    total = sum(len(document.text) for document in texts.values())
    asked = _questions(rng, texts)
    with tempfile.TemporaryDirectory() as folder:
        start = perf_counter()
        with Concordance.open(Path(folder) / "index") as index:
            for key, document in texts.items():
                index.add(key, document.text)
        built = perf_counter() - start
        size = sum(path.stat().st_size for path in index.folder.iterdir())
        fts, fts_built, fts_size = _fts(Path(folder) / "fts.db", texts)
        yield f"{len(texts):,} sources of {total / 1e6:.0f} million characters."
        yield ""
        yield from table(
            ["index", "bytes a character", "built in", "1 GB would take"],
            [
                ["ours", f"{size / total:.2f}", shown(built), f"{built * 1e9 / total:.0f} s"],
                [
                    "SQLite FTS5",
                    f"{fts_size / total:.2f}",
                    shown(fts_built),
                    f"{fts_built * 1e9 / total:.0f} s",
                ],
            ],
        )
        yield ""
        yield from _recall(index, fts, asked)
        yield ""
        yield from _latency(rng, index, fts, texts, asked)
        fts.close()


def _fts(path: Path, texts: dict[str, Document]) -> tuple[sqlite3.Connection, float, int]:
    start = perf_counter()
    base = sqlite3.connect(path)
    base.execute("create virtual table page using fts5(key unindexed, text, content='')")
    base.executemany(
        "insert into page(rowid, key, text) values (?, ?, ?)",
        ((number, key, document.text) for number, (key, document) in enumerate(texts.items())),
    )
    base.commit()
    base.execute("insert into page(page) values ('optimize')")
    base.commit()
    return base, perf_counter() - start, path.stat().st_size


def _ask_fts(base: sqlite3.Connection, quote: str) -> list[str]:
    """Return the eight best pages for any of the words: a phrase would miss every edited one."""
    words = {"".join(sign for sign in word if sign.isalnum()) for word in quote.split()}
    asked = " OR ".join(f'"{word}"' for word in sorted(words) if word)
    rows = base.execute("select rowid from page where page match ? order by rank limit 8", (asked,))
    return [f"source/{row[0]}" for row in rows]


def _recall(
    index: Concordance, fts: sqlite3.Connection, asked: dict[str, list[tuple[str, str]]]
) -> Iterator[str]:
    rows = []
    for kind, questions in asked.items():
        ours = [[c.key for c in index.candidates(quote)] for _, quote in questions]
        held = sum(key in found for (key, _), found in zip(questions, ours, strict=True))
        first = sum(found[:1] == [key] for (key, _), found in zip(questions, ours, strict=True))
        some = questions[:40]
        theirs = sum(key in _ask_fts(fts, quote) for key, quote in some)
        rows.append(
            [
                kind,
                f"{100 * held / len(questions):.1f} %",
                f"{100 * first / len(questions):.1f} %",
                f"{100 * theirs / len(some):.1f} %",
            ]
        )
    yield from table(
        ["quotation", "ours, among eight", "ours, first", "SQLite FTS5, among eight"], rows
    )


def _latency(
    rng: Random,
    index: Concordance,
    fts: sqlite3.Connection,
    texts: dict[str, Document],
    asked: dict[str, list[tuple[str, str]]],
) -> Iterator[str]:
    quotes = [quote for _, quote in asked["exact"][:100]]
    strange = [invented(rng, make_document(rng, 0)) for _ in range(100)]
    prepared: dict[str, SourceText] = {}

    def load(key: str) -> SourceText:
        if key not in prepared:
            prepared[key] = SourceText(texts[key].text)
        return prepared[key]

    ours = median_seconds([partial(index.candidates, quote) for quote in quotes], budget=1.0)
    judged = median_seconds(
        [partial(compare_with_all, quote, index, load) for quote in quotes], budget=3.0
    )
    absent = median_seconds([partial(index.candidates, quote) for quote in strange], budget=1.0)
    theirs = median_seconds([partial(_ask_fts, fts, quote) for quote in quotes[:20]], budget=4.0)
    rows = [
        ["ours: candidates", shown(ours), "1"],
        ["ours: candidates of an invented sentence", shown(absent), f"{absent / ours:.1f}"],
        ["ours: candidates and their comparison", shown(judged), f"{judged / ours:.1f}"],
        ["SQLite FTS5, any of the words", shown(theirs), f"{theirs / ours:.0f}"],
    ]
    # A tenth of the sources is enough to tell the time of all.
    some = [document.text for document in list(texts.values())[::10]]
    for rival in RIVALS[:2]:
        start = perf_counter()
        for text in some:
            rival.locate(quotes[0], text)
        whole = (perf_counter() - start) * len(texts) / len(some)
        rows.append([f"{rival.name} over every source", shown(whole), f"{whole / ours:,.0f}"])
    yield from table(["one quotation", "median time", "÷ ours"], rows)
