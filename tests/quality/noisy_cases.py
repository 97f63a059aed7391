"""Cases against recognised text: noise that is none of the quoter's doing, and edits in it."""

from collections.abc import Iterator
from dataclasses import replace
from random import Random

from rapidfuzz.distance import Levenshtein

from flows.records import EditKind, Verdict
from tests.quality.alterations import ALTERATIONS, UNDER_NOISE, Change, applied
from tests.quality.cases import Case, Expected, Family, Source
from tests.quality.documents import Document, Placed, make_document, rewrite
from tests.quality.fragments import DISHONEST, HONEST
from tests.quality.page_cases import ALTERED, runs
from tests.quality.recognition import doubled, interleaved, misread, recognised
from tests.quality.strangers import invented
from tests.quality.templates import REAL_WORD_TRAPS

RATES = (0.0, 0.02, 0.05, 0.10, 0.20)
NOISY = frozenset({Verdict.OCR_NOISE, Verdict.TYPOGRAPHIC, Verdict.VERBATIM})
_KEPT = {"negation", "never", "contrast", "contraction", "prefix"}


def faithful_noisy(rng: Random, size: int, rate: float, key: str, most: int) -> Iterator[Case]:
    """Yield passages as the document had them, against what recognition made of it."""
    clean = make_document(rng, size)
    read = recognised(rng, clean, rate)
    source = Source(key, read.text, "ocr")
    at = {placed.start: index for index, placed in enumerate(clean.sentences)}
    for run in runs(rng, clean)[:most]:
        first, last = at[run[0].start], at[run[-1].start]
        place = read.sentences[first].start, read.sentences[last].end
        quote = clean.text[run[0].start : run[-1].end]
        name = f"noise of {rate:.0%}"
        if rng.random() < 0.1:
            name, quote = "copied with its noise", read.text[place[0] : place[1]]
        yield Case(
            family=Family.FAITHFUL,
            name=name,
            quote=quote,
            source=source,
            verdicts=NOISY,
            places=(place,),
            noise=rate,
        )
    for _ in range(max(2, most // 4)):
        yield Case(
            family=Family.ABSENT,
            name="invented sentence, under noise",
            quote=invented(rng, clean),
            source=source,
            noise=rate,
        )
    for name in ("ellipsis between sentences", "two ellipses"):
        for _ in range(2):
            case = HONEST[name](rng, clean, source)
            if case is not None:
                yield from _moved(case, clean, read, rate)


def _moved(case: Case, clean: Document, read: Document, rate: float) -> Iterator[Case]:
    """Yield *case*, made on the clean page, with its places in the read one."""
    spans = {(placed.start, placed.end): index for index, placed in enumerate(clean.sentences)}
    if not all(place in spans for place in case.places):
        return
    new = tuple((read.sentences[spans[p]].start, read.sentences[spans[p]].end) for p in case.places)
    yield replace(case, places=new, noise=rate, name=f"{case.name}, under noise", figures=())


def odd_layouts(rng: Random, size: int, key: str, most: int) -> Iterator[Case]:
    """Yield passages of a page read twice over, and of two columns read as one."""
    clean = make_document(rng, size)
    light = recognised(rng, clean, 0.01, stamps=0.01)
    columns = interleaved(rng, clean, make_document(rng, size))
    for name, read in (
        ("doubled words", doubled(light)),
        ("interleaved columns", recognised(rng, columns, 0.01)),
    ):
        source = Source(f"{key}/{name}", read.text, "ocr")
        at = {placed.start: index for index, placed in enumerate(clean.sentences)}
        for run in runs(rng, clean)[:most]:
            place = read.sentences[at[run[0].start]].start, read.sentences[at[run[-1].start]].end
            yield Case(
                family=Family.FAITHFUL,
                name=name,
                quote=clean.text[run[0].start : run[-1].end],
                source=source,
                verdicts=NOISY,
                places=(place,),
                noise=0.01,
            )


def kept_lines(rng: Random, size: int, key: str, most: int) -> Iterator[Case]:
    """Yield passages of two columns read line by line whose line ends were kept, whole and altered."""
    clean = make_document(rng, size)
    columns = interleaved(rng, clean, make_document(rng, size), rng.randint(36, 56))
    source = Source(f"{key}/kept lines", columns.text, "ocr")
    at = {placed.start: index for index, placed in enumerate(clean.sentences)}
    names = noise_names(rng)
    for run in runs(rng, clean)[:most]:
        last = columns.sentences[at[run[-1].start]]
        place = columns.sentences[at[run[0].start]].start, last.end
        quote = clean.text[run[0].start : run[-1].end]
        yield Case(
            family=Family.FAITHFUL,
            name="columns with line ends",
            quote=quote,
            source=source,
            verdicts=NOISY,
            places=(place,),
            noise=0.01,
        )
        at_random = rng.randrange(len(run))
        changes = ALTERATIONS[next(names)](rng, run[at_random].sentence)
        if changes is None:
            continue
        offset = run[at_random].start - run[0].start
        changed = [Change(c.start + offset, c.end + offset, c.new, c.expected) for c in changes]
        yield Case(
            family=Family.ALTERED,
            name="altered, in columns with line ends",
            quote=applied(quote, changed),
            source=source,
        )
        first = rng.randrange(len(quote) // 3)
        cut = quote.find(" ", first), quote.find(" ", first + rng.choice((2, 6, 20, 50)))
        if 0 < cut[0] < cut[1] < len(quote) - 20:
            yield Case(
                family=Family.ALTERED,
                name="words left out of columns with line ends",
                quote=quote[: cut[0]] + quote[cut[1] :],
                source=source,
            )


#: Alterations of one word that leave it to the noise to hide them.
_HIDEABLE = (
    "not dropped",
    "never turned into always",
    "n't dropped",
    "prefix negation",
    "antonym",
    "word changed",
    "word left out",
    "name changed",
)
#: So many letters nearer must the misread word be to the source's than to the quoter's.
_NEARER = 2


def altered_misread(rng: Random, size: int, rate: float, key: str, most: int) -> Iterator[Case]:
    """Yield altered passages of a recognised page whose changed words were misread as well."""
    clean = make_document(rng, size)
    swaps: list[tuple[int, int, str]] = []
    planned: list[tuple[str, int, str]] = []
    for number, run in enumerate(runs(rng, clean)[:most]):
        placed = run[0]
        for turn in range(len(_HIDEABLE)):
            name = _HIDEABLE[(number + turn) % len(_HIDEABLE)]
            hidden = _hidden(rng, placed, ALTERATIONS[name](rng, placed.sentence))
            if hidden is not None and hidden[1] not in clean.text:
                swap, quote = hidden
                swaps.append(swap)
                planned.append((name, clean.sentences.index(placed), quote))
                break
    smudged = clean.rewritten(swaps)
    _, shift = rewrite(clean.text, swaps)
    kept = tuple((shift(start) - 1, shift(end, after=True) + 1) for start, end, _ in swaps)
    read = recognised(rng, smudged, rate, protected=kept)
    source = Source(key, read.text, "ocr")
    for name, index, quote in planned:
        placed = read.sentences[index]
        yield Case(
            family=Family.ALTERED,
            name=f"{name}, itself misread",
            quote=quote,
            source=source,
            verdicts=ALTERED,
            places=((placed.start, placed.end),),
            noise=rate,
        )


def _hidden(
    rng: Random, placed: Placed, changes: list[Change] | None
) -> tuple[tuple[int, int, str], str] | None:
    """Return the misreading of the source's word and the altered quotation, if one hides the other."""
    if changes is None or len(changes) != 1:
        return None
    old, new = changes[0].expected.source, changes[0].expected.quoted
    if not old.replace("'", "").isalpha() or len(old) < 3:
        return None
    reading = misread(rng, old, 1)
    if reading is None or (new and _nearness(new, reading) < _nearness(old, reading) + _NEARER):
        return None
    at = placed.start + placed.sentence.text.index(old, max(0, changes[0].start - 1))
    return (at, at + len(old), reading), applied(placed.sentence.text, changes)


def _nearness(word: str, reading: str) -> int:
    return Levenshtein.distance(word.lower(), reading.lower())


def altered_noisy(
    rng: Random, size: int, rate: float, key: str, names: Iterator[str], most: int
) -> Iterator[Case]:
    """Yield altered passages of a recognised page whose changed words were read rightly."""
    clean = make_document(rng, size)
    planned: list[tuple[str, tuple, int, list[Change]]] = []
    for run in runs(rng, clean):
        if len(planned) == most:
            break
        for _ in range(6):
            name, at = next(names), rng.randrange(len(run))
            changes = ALTERATIONS[name](rng, run[at].sentence)
            if changes is not None and all(_legible(change) for change in changes):
                planned.append((name, run, at, changes))
                break
    kept = [
        (run[at].start + change.start - 1, run[at].start + change.end + 1)
        for _, run, at, changes in planned
        for change in changes
    ]
    kept += [
        placed.mark_span(m)
        for placed in clean.sentences
        for m in placed.sentence.marks
        if m.tag in _KEPT
    ]
    read = recognised(rng, clean, rate, protected=tuple(kept))
    source = Source(key, read.text, "ocr")
    index = {placed.start: number for number, placed in enumerate(clean.sentences)}
    for name, run, at, changes in planned:
        offset = run[at].start - run[0].start
        moved = [Change(c.start + offset, c.end + offset, c.new, c.expected) for c in changes]
        quote = applied(clean.text[run[0].start : run[-1].end], moved)
        if quote in clean.text:
            continue
        place = read.sentences[index[run[0].start]].start, read.sentences[index[run[-1].start]].end
        # Recognition lost the points and commas of the words on the source's side.
        expected = tuple(
            replace(c.expected, source=_without_points(c.expected.source)) for c in changes
        )
        yield Case(
            family=Family.ALTERED,
            name=f"{name}, under noise",
            quote=quote,
            source=source,
            verdicts=ALTERED,
            places=(place,),
            edits=expected,
            noise=rate,
        )
    for name in (
        "swallowed not",
        "swallowed never",
        "swallowed contrast",
        "spliced whole sentences",
        "reversed around a sign",
    ):
        case = DISHONEST[name](rng, clean, source)
        if case is not None:
            yield from _moved(case, clean, read, rate)


def _legible(change: Change) -> bool:
    """Return whether the change is still one when every point is lost: 6.3 and 63 are not told apart."""
    old, new = (
        "".join(sign for sign in words if sign.isalnum())
        for words in (change.expected.source, change.expected.quoted)
    )
    return old != new


def _without_points(words: str) -> str:
    return words.replace(".", " ").replace(",", " ").replace("  ", " ")


def real_words(rng: Random, size: int, rate: float, key: str) -> Iterator[Case]:
    """Yield passages whose word and the source's word look alike, yet are two ordinary words."""
    clean = make_document(rng, size)
    swaps, planned = [], []
    for run in runs(rng, clean)[:8]:
        text = run[0].sentence.text
        blanks = [
            at
            for at in range(20, len(text) - 20)
            if text[at - 1].isalpha() and text[at] == " " and text[at + 1].isalpha()
        ]
        if not blanks:
            continue
        at, (one, two) = rng.choice(blanks), rng.choice(REAL_WORD_TRAPS)
        if rng.random() < 0.5:
            one, two = two, one
        swaps.append((run[0].start + at, run[0].start + at, f" {one}"))
        planned.append((clean.sentences.index(run[0]), f"{text[:at]} {two}{text[at:]}", one, two))
    trapped = clean.rewritten(swaps)
    _, shift = rewrite(clean.text, swaps)
    kept = tuple((shift(a) - 1, shift(a, after=True) + 1) for a, _, _ in swaps)
    read = recognised(rng, trapped, rate, protected=kept)
    source = Source(key, read.text, "ocr")
    kinds = frozenset({EditKind.WORD, EditKind.NEGATION, EditKind.NAME, EditKind.NUMBER})
    for index, quote, one, two in planned:
        placed = read.sentences[index]
        yield Case(
            family=Family.ALTERED,
            name="another real word, under noise",
            quote=quote,
            source=source,
            verdicts=ALTERED,
            places=((placed.start, placed.end),),
            edits=(Expected(kinds, two, one),),
            noise=rate,
        )


def noise_names(rng: Random) -> Iterator[str]:
    """Yield the alterations that stay visible under noise, in turn and for ever."""
    while True:
        yield from rng.sample(UNDER_NOISE, len(UNDER_NOISE))
