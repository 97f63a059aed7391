"""The whole set of cases, in the order in which they are always made.

A suite is made batch by batch from seeds of its own, so that any batch can be
made alone and the large suite is never held in memory at once.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import cycle
from random import Random

from flows.records import Verdict
from tests.quality import found_prose, noisy_cases, page_cases
from tests.quality.alterations import ALTERATIONS
from tests.quality.cases import Case, Family, Source
from tests.quality.documents import make_document
from tests.quality.fragments import DISHONEST, HONEST
from tests.quality.strangers import FOREIGN, assembled, invented, paraphrased, refilled

_SEED = "sources and sayings"


@dataclass(frozen=True, slots=True)
class Size:
    """How many batches of each sort a suite has, and how long its pages are."""

    pages: int
    lengths: tuple[int, ...]
    noisy: int
    most: int = 24


SIZES = {
    "small": Size(pages=30, lengths=(0, 1500, 4000, 12_000, 60_000), noisy=20),
    "full": Size(
        pages=330,
        lengths=(0, 800, 2000, 5000, 9000, 20_000, 20_000, 60_000, 200_000),
        noisy=170,
        most=48,
    ),
}


def _rng(*parts: object) -> Random:
    return Random("/".join(map(str, (_SEED, *parts))))


def batches(size: str) -> Iterator[list[Case]]:
    """Yield the suite *size* ("small", "full" or "found"), batch by batch."""
    if size == "found":
        yield from found_prose.batches()
        return
    plan = SIZES[size]
    names = page_cases.variation_names(_rng("variations"))
    alterations = cycle(ALTERATIONS)
    under_noise = noisy_cases.noise_names(_rng("noise"))
    for number in range(plan.pages):
        length = plan.lengths[number % len(plan.lengths)]
        yield _page_batch(number, length, plan, names, alterations)
    if size == "full":
        yield _page_batch(plan.pages, 2_000_000, plan, names, alterations)
    for number in range(plan.noisy):
        rate = noisy_cases.RATES[number % len(noisy_cases.RATES)]
        yield _noisy_batch(number, rate, plan, under_noise)
    yield list(_cannot_say())


def _page_batch(
    number: int,
    length: int,
    plan: Size,
    names: Iterator[tuple[str, ...]],
    alterations: Iterator[str],
) -> list[Case]:
    rng = _rng("page", number)
    keys = (f"page {number}/{part}" for part in range(99))
    typed = make_document(rng, length)
    cases = list(page_cases.faithful_page(rng, typed, keys, names, plan.most))
    document = make_document(rng, length)
    source = Source(f"page {number}", document.text)
    cases += page_cases.altered_page(rng, document, source, alterations, plan.most)
    few = plan.most // 4
    for makers in (
        page_cases.spellings(rng, document, source),
        page_cases.cut_short(rng, document, source),
        page_cases.prefix_cut_off(document, source),
        page_cases.misread_by_the_quoter(rng, document, source),
        page_cases.third_changed(rng, document, source),
        page_cases.lookalikes(document, source),
        page_cases.repeated(document, source),
    ):
        cases += [case for case, _ in zip(makers, range(few * 2), strict=False)]
    for maker in (HONEST | DISHONEST).values():
        made = (maker(rng, document, source) for _ in range(few * 4))
        cases += [case for case in made if case is not None][: max(2, few // 2)]
    for _ in range(few):
        for name, quote, family in (
            ("invented sentence", invented(rng, document), Family.ABSENT),
            ("refilled frame", refilled(rng, document), Family.ALTERED),
            ("paraphrase", paraphrased(rng, document), Family.ALTERED),
            ("assembled words", assembled(rng, document), Family.ALTERED),
        ):
            if quote is not None:
                cases.append(Case(family=family, name=name, quote=quote, source=source))
    return cases


def _noisy_batch(number: int, rate: float, plan: Size, names: Iterator[str]) -> list[Case]:
    rng, length = _rng("noisy", number), (3000, 8000, 20_000)[number % 3]
    cases = list(
        noisy_cases.faithful_noisy(rng, length, rate, f"noisy {number}/faithful", plan.most)
    )
    cases += noisy_cases.altered_noisy(
        rng, length, rate, f"noisy {number}/altered", names, plan.most
    )
    cases += noisy_cases.real_words(rng, 3000, rate, f"noisy {number}/words")
    if number % 3 == 0:
        cases += noisy_cases.odd_layouts(rng, 3000, f"noisy {number}", plan.most // 4)
        apart = _rng("columns", number)
        cases += noisy_cases.kept_lines(apart, 3000, f"noisy {number}", plan.most // 2)
    apart = _rng("misread", number)
    cases += noisy_cases.altered_misread(apart, 8000, rate, f"noisy {number}/misread", plan.most)
    return cases


def _cannot_say() -> Iterator[Case]:
    rng = _rng("cannot say")
    document = make_document(rng, 4000)
    english = Source("cannot say", document.text)
    silent = frozenset({Verdict.NOT_CHECKABLE})
    for language, sentences in FOREIGN.items():
        for sentence in sentences:
            yield Case(
                family=Family.NEUTRAL,
                name="another language",
                quote=sentence,
                source=english,
                verdicts=silent,
                figures=("language_told",),
            )
        foreign = Source(f"in {language}", "\n".join(sentences) * 12)
        quote = make_document(rng, 0).text
        yield Case(
            family=Family.NEUTRAL,
            name="source in another language",
            quote=quote,
            source=foreign,
            verdicts=silent,
            figures=("language_told",),
        )
        yield Case(
            family=Family.FAITHFUL,
            name="quoted in the source's language",
            quote=sentences[0],
            source=foreign,
            verdicts=page_cases.VERBATIM,
        )
    for quote in ("", "   ", "…", "[...]", "“”", "—", "\u200b"):
        yield Case(
            family=Family.NEUTRAL,
            name="nothing to compare",
            quote=quote,
            source=english,
            verdicts=silent,
            figures=("nothing_told",),
        )
    for text in ("", " \n ", "…"):
        yield Case(
            family=Family.NEUTRAL,
            name="empty source",
            quote=document.sentences[0].sentence.text,
            source=Source(f"empty {text!r}", text),
            verdicts=silent,
            figures=("nothing_told",),
        )


def fingerprint(cases: Iterator[Case]) -> str:
    """Return the SHA-256 of what *cases* ask and expect, in order."""
    digest = sha256()
    seen = ""
    for case in cases:
        if case.source.key != seen:
            digest.update(case.source.text.encode("utf-8", "surrogatepass"))
            seen = case.source.key
        edits = [(sorted(e.kinds), e.quoted, e.source, e.major) for e in case.edits]
        digest.update(
            repr((case.name, case.quote, sorted(case.verdicts), case.places, edits)).encode(
                "utf-8", "surrogatepass"
            )
        )
    return f"sha256:{digest.hexdigest()}"
