"""How long one comparison takes: ours against the rivals, on the same pairs."""

import sys
import tracemalloc
from collections.abc import Callable, Iterator
from functools import partial
from itertools import cycle
from random import Random
from time import perf_counter, process_time
from typing import Literal

from flows.matching import SourceText, compare
from tests.bench.registry import benchmark, median_seconds, shown, table, versions
from tests.bench.rivals import RIVALS, Rival
from tests.hostile import WILD, pair
from tests.quality.alterations import ALTERATIONS, applied
from tests.quality.documents import Document, make_document
from tests.quality.strangers import invented

_SIZES = {"2 kB": 2_000, "20 kB": 20_000, "200 kB": 200_000, "2 MB": 2_000_000}
_BUDGET = 0.6
#: In turn, so that half of the hostile texts are read as typed and half as scanned.
_KINDS: Iterator[Literal["page", "ocr"]] = cycle(("page", "ocr"))


def _pairs(rng: Random, document: Document) -> dict[str, list[str]]:
    """Return edited, verbatim and absent quotations of two to four sentences, some 300 letters."""
    edited, verbatim, absent = [], [], []
    change = ALTERATIONS["word changed"]
    while len(edited) < 8:
        at = rng.randrange(len(document.sentences))
        run = document.sentences[at : at + rng.randint(2, 4)]
        text = document.text[run[0].start : run[-1].end]
        changes = change(rng, run[0].sentence)
        if 200 < len(text) < 450 and changes:
            verbatim.append(text)
            edited.append(applied(text, changes))
            absent.append(" ".join(invented(rng, document) for _ in run))
    return {"edited": edited, "verbatim": verbatim, "absent": absent}


@benchmark("speed", "Time of one comparison, source prepared", seconds=60)
def speed() -> Iterator[str]:
    """Yield the median time per quotation for each size, kind and program."""
    rng = Random("speed")
    yield versions("rapidfuzz", "edlib", "fuzzysearch", "numpy")
    yield ""
    yield "Quotations of 200 to 450 characters; in brackets the rival's time divided by ours."
    yield ""
    rows = []
    for name, size in _SIZES.items():
        document = make_document(rng, size)
        source = SourceText(document.text)
        quotes = _pairs(rng, document)
        for kind, some in quotes.items():
            calls = [partial(compare, quote, source) for quote in some]
            calls[0]()
            ours = median_seconds(calls, budget=_BUDGET)
            theirs = [_against(rival, some, document.text, ours) for rival in RIVALS]
            rows.append([f"{kind}, {name}", shown(ours), *theirs])
    yield from table(["quotation, source", "ours", *(r.name for r in RIVALS)], rows)


def _against(rival: Rival, some: list[str], text: str, ours: float | None) -> str:
    if len(text) > rival.most_text or max(map(len, some)) > rival.most_quote:
        return "–"
    calls: list[Callable[[], object]] = [partial(rival.locate, quote, text) for quote in some]
    theirs = median_seconds(calls, budget=_BUDGET)
    return f"{shown(theirs)} ({theirs / ours:,.1f})" if theirs and ours else "–"


@benchmark("prepare", "Preparing a source, and pairs with nothing prepared", seconds=10)
def prepare() -> Iterator[str]:
    """Yield the folding speed, and one-off pairs against edlib."""
    rng = Random("prepare")
    yield versions("edlib", "rapidfuzz")
    yield ""
    text = make_document(rng, 2_000_000).text
    curly = text.replace('"', "”").replace("'", "’")
    rows = []
    for name, given in (("plain ASCII, 2 MB", text), ("curly quotation marks, 2 MB", curly)):
        seconds = median_seconds([partial(_prepared, given)], budget=1.0)
        rows.append(
            [name, shown(seconds), f"{len(given) / 1e6 / seconds:,.0f} MB/s" if seconds else "–"]
        )
    yield from table(["SourceText(text).key", "time", "speed"], rows)
    yield ""
    rows = [[name, *_memory(given)] for name, given in (("ASCII", text), ("curly", curly))]
    yield from table(["source of 2 MB, bytes a character", "text", "prepared", "peak"], rows)
    yield ""
    rows = []
    for size in (500, 2_000, 20_000):
        document = make_document(rng, size)
        some = _pairs(rng, document)["edited"]
        ours = median_seconds(
            [partial(_one_off, quote, document.text) for quote in some], budget=_BUDGET
        )
        edlib = RIVALS[1]
        theirs = median_seconds(
            [partial(edlib.locate, quote, document.text) for quote in some], budget=_BUDGET
        )
        ratio = f"{ours / theirs:.2f}" if ours and theirs else "–"
        rows.append([f"{size / 1000:g} kB", shown(ours), shown(theirs), ratio])
    yield from table(["one-off pair, edited", "ours", "edlib", "ours ÷ edlib"], rows)


def _prepared(text: str) -> bytes:
    return SourceText(text).key


def _memory(text: str) -> list[str]:
    """Return bytes a character: of the text, and of its keys and indexes, at rest and at the peak."""
    tracemalloc.start()
    source = SourceText(text)
    compare("Nothing of this kind was said by the visitors from the seventh floor.", source)
    at_rest, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    size = len(text)
    return [f"{part / size:.1f}" for part in (sys.getsizeof(text), at_rest, peak)]


def _one_off(quote: str, text: str) -> object:
    return compare(quote, SourceText(text))


@benchmark("hostile", "Inputs made to take long", seconds=40)
def hostile() -> Iterator[str]:
    """Yield the time of comparisons that could hang a careless program."""
    document = make_document(Random("hostile"), 100_000)
    text = document.text
    pairs = {
        "100 kB of the same word, in the same": ("the " * 25_000, "the " * 25_000),
        "60 letters of the same word, in 100 kB of it": ("the " * 15, "the " * 25_000),
        "100 kB of brackets, in a page": ("(" * 100_000, text),
        "a page's sentence, in 1 MB of brackets": (text[:120], "([{" * 333_333),
        "one word of 1 MB, in itself": ("a" * 1_000_000, "a" * 1_000_000),
        "a sentence, in one word of 1 MB": (text[:120], "ab" * 500_000),
        "a page quoted whole": (text, text),
        "a page quoted whole, every tenth word changed": (
            " ".join("other" if n % 10 == 9 else w for n, w in enumerate(text.split(" "))),
            text,
        ),
        "a page quoted backwards": (" ".join(reversed(text.split(" "))), text),
        "100 kB of ellipsis signs": ("… " * 50_000, text),
        "a thousand pieces with ellipses": (
            " … ".join(s.sentence.text for s in document.sentences),
            text,
        ),
        "100 kB of zero-width characters": ("\u200b" * 100_000, text),
        "digits alone": ("1" * 50_000, "12" * 50_000),
    }
    rows = []
    for name, (quote, given) in pairs.items():
        start = perf_counter()
        verdict = compare(quote, SourceText(given)).verdict
        rows.append([name, shown(perf_counter() - start), verdict.value])
    for name, kind in zip(WILD, _KINDS, strict=False):
        quote, given = pair(name, 100_000)
        source = SourceText(given, kind)
        start = process_time()
        verdict = compare(quote, source).verdict
        rows.append([f"{name}, 100 kB, {kind}", shown(process_time() - start), verdict.value])
    yield from table(["quotation, source", "time", "verdict"], rows)
