"""How often the right place is found: ours against the rivals, on the same cases."""

from collections import Counter
from collections.abc import Iterator
from itertools import cycle
from random import Random

from tests.bench.registry import benchmark, table, versions
from tests.bench.rivals import RIVALS
from tests.quality import fragments, noisy_cases, page_cases
from tests.quality.alterations import ALTERATIONS
from tests.quality.cases import PLACING, Case, Family, Source
from tests.quality.documents import Document, make_document
from tests.quality.figures import located, overlap
from tests.quality.strangers import invented
from tests.quality_gate import engine

_TEXTS = 60
_RIVALS = (RIVALS[0], RIVALS[1], RIVALS[3])
_LENGTHS = (3_000, 8_000, 20_000)


def _cases() -> Iterator[tuple[str, Case]]:
    """Yield cases by group, a few of each group per text."""
    alterations = cycle(ALTERATIONS)
    noise = noisy_cases.noise_names(Random("places/noise"))
    for number in range(_TEXTS):
        rng, length = Random(f"places/{number}"), _LENGTHS[number % 3]
        document = make_document(rng, length)
        source = Source(f"place {number}", document.text)
        for run in page_cases.runs(rng, document)[:2]:
            start, end = run[0].start, run[-1].end
            yield "verbatim", _plain(document.text[start:end], source, (start, end))
        for case in page_cases.altered_page(rng, document, source, alterations, 5):
            yield "edited", case
        for case in page_cases.third_changed(rng, document, source):
            yield "a third of the words changed", case
        yield from _pieces(rng, document, source)
        for rate in (0.1, 0.2):
            key = f"place {number}/{rate}"
            for case in noisy_cases.altered_noisy(rng, length, rate, key, noise, 3):
                if len(case.places) == 1:
                    yield f"edited, {rate:.0%} of letters misread", case


def _pieces(rng: Random, document: Document, source: Source) -> Iterator[tuple[str, Case]]:
    for group, makers in (("ellipsis", _ELISIONS), ("splice", _SPLICES)):
        for maker in makers:
            tried = (maker(rng, document, source) for _ in range(6))
            yield from ((group, case) for case in [case for case in tried if case is not None][:1])
    for _ in range(3):
        quote = invented(rng, document)
        yield "absent", Case(family=Family.ABSENT, name="absent", quote=quote, source=source)


_ELISIONS = (fragments.within_a_sentence, fragments.between_sentences, fragments.three_pieces)
_SPLICES = (fragments.spliced_far, fragments.spliced_sentences, fragments.reversed_pieces)


def _plain(quote: str, source: Source, place: tuple[int, int]) -> Case:
    return Case(
        family=Family.FAITHFUL, name="verbatim", quote=quote, source=source, places=(place,)
    )


def _rival_right(case: Case, span: tuple[int, int] | None) -> bool:
    """A rival gives one span: for pieces, the hull of them all will do."""
    if not case.places:
        return span is None
    hull = min(start for start, _ in case.places), max(end for _, end in case.places)
    return span is not None and overlap(hull, span) >= 0.9


@benchmark(
    "places", "Right place found (IoU ≥ 0.9), and absent quotations rightly not placed", seconds=60
)
def places() -> Iterator[str]:
    """Yield the share of right places per group and program."""
    yield versions("rapidfuzz", "edlib")
    yield ""
    ask = engine()
    names = ["ours", *(rival.name for rival in _RIVALS)]
    right: Counter[tuple[str, str]] = Counter()
    asked: Counter[str] = Counter()
    for group, case in _cases():
        got = ask(case.quote, case.source)
        asked[group] += 1
        found = located(case, got) if case.places else got.verdict not in PLACING
        right[group, "ours"] += found
        for rival in _RIVALS:
            right[group, rival.name] += _rival_right(
                case, rival.locate(case.quote, case.source.text)
            )
    rows = [
        [f"{group} ({count})", *(f"{100 * right[group, name] / count:.1f} %" for name in names)]
        for group, count in asked.items()
    ]
    held = [group for group in asked if group != "absent"]
    total = sum(asked[group] for group in held)
    sums = {name: sum(right[group, name] for group in held) for name in names}
    rows.append(
        [
            f"**all with a place ({total})**",
            *(f"{100 * sums[name] / total:.1f} %" for name in names),
        ]
    )
    yield from table(["quotation", *names], rows)
