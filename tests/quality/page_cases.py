"""Cases against page text: faithful in every typing, altered in every way, cut, repeated."""

import re
from collections.abc import Iterator
from itertools import count, cycle
from random import Random

from flows.records import EditKind, Verdict
from tests.quality.alterations import ALTERATIONS, Change, applied
from tests.quality.cases import Case, Expected, Family, Source
from tests.quality.documents import Document, Placed, rewrite
from tests.quality.strangers import heavily_changed
from tests.quality.templates import BOILERPLATE
from tests.quality.typography import SPACING, TYPOGRAPHY, Pair, Passage, mixed

VERBATIM = frozenset({Verdict.VERBATIM})
SAME_WORDS = frozenset({Verdict.VERBATIM, Verdict.TYPOGRAPHIC})
ALTERED = frozenset({Verdict.ALTERED})
UNSURE = SAME_WORDS | {Verdict.NOT_CHECKABLE}
_ALL_VARIATIONS = tuple(SPACING | TYPOGRAPHY)


def runs(rng: Random, document: Document, most: int = 3) -> list[tuple[Placed, ...]]:
    """Return disjoint runs of one to three neighbouring sentences of a paragraph, shuffled."""
    found: list[tuple[Placed, ...]] = []
    at, sentences = 0, document.sentences
    while at < len(sentences):
        wanted, run = rng.choice((1, 1, 1, 2, 2, most)), [sentences[at]]
        while len(run) < wanted and at + len(run) < len(sentences):
            following = sentences[at + len(run)]
            if following.paragraph != run[0].paragraph:
                break
            run.append(following)
        found.append(tuple(run))
        at += len(run)
    rng.shuffle(found)
    return found


def _written_twice(pairs: list[Pair], text: str, start: int, end: int) -> tuple[list, str]:
    """Return the source's swaps, and the quotation of ``text[start:end]``, for *pairs*."""
    swaps = [(a, b, source) for a, b, source, _ in pairs]
    quote, _ = rewrite(text[start:end], [(a - start, b - start, new) for a, b, _, new in pairs])
    return swaps, quote


def faithful_page(
    rng: Random, document: Document, key: Iterator[str], names: Iterator[tuple[str, ...]], most: int
) -> Iterator[Case]:
    """Yield faithful quotations, each with its own variations, of one page."""
    swaps: list = []
    quoted: list[tuple[tuple[str, ...], str, tuple[Placed, ...], frozenset[Verdict]]] = []
    for run in runs(rng, document)[:most]:
        start, end = run[0].start, run[-1].end
        passage = Passage(document.text, start, end)
        wanted = next(names)
        pairs = mixed(rng, passage, list(wanted))
        more, quote = _written_twice(pairs, document.text, start, end)
        swaps += more
        right = VERBATIM if all(name in SPACING for name in wanted) else SAME_WORDS
        if "ellipsis signs on both sides" in wanted:
            right |= {Verdict.ELIDED}
        quoted.append((wanted, quote, run, right))
    text, shift = rewrite(document.text, swaps)
    source = Source(next(key), text)
    for wanted, quote, run, right in quoted:
        # A mark inserted at the very edge belongs to the quotation.
        place = shift(run[0].start), shift(run[-1].end, after=True)
        name = wanted[0] if len(wanted) == 1 else "several variations"
        yield Case(
            family=Family.FAITHFUL,
            name=name,
            quote=quote,
            source=source,
            verdicts=right,
            places=(place,),
        )


def variation_names(rng: Random) -> Iterator[tuple[str, ...]]:
    """Yield every variation in turn, and now and then two to four of them together."""
    for name in cycle(_ALL_VARIATIONS):
        yield (name,)
        if rng.random() < 0.4:
            yield tuple(rng.sample(_ALL_VARIATIONS, rng.randint(2, 4)))


def spellings(rng: Random, document: Document, source: Source) -> Iterator[Case]:
    """Yield quotations in which a number or a day is written in another way."""
    for placed in document.sentences:
        marks = [mark for mark in placed.sentence.marks if mark.same]
        if not marks or rng.random() < 0.5:
            continue
        mark = rng.choice(marks)
        text = placed.sentence.text
        quote = text[: mark.start] + rng.choice(mark.same) + text[mark.end :]
        name = "day in another spelling" if mark.tag == "date" else "number in another spelling"
        yield Case(
            family=Family.FAITHFUL,
            name=name,
            quote=quote,
            source=source,
            verdicts=SAME_WORDS,
            places=((placed.start, placed.end),),
        )


def cut_short(rng: Random, document: Document, source: Source) -> Iterator[Case]:
    """Yield clauses closed with a full stop, contrasts cut off, cut words and numbers, short quotes."""
    makers = (_clause, _contrast, _cut_word_end, _cut_word_start, _cut_number, _short)
    for placed in document.sentences:
        case = rng.choice(makers)(rng, placed, source)
        # A cut quotation may stand uncut elsewhere, in a lookalike.
        cut_elsewhere = case and case.family is Family.MARKED and source.text.count(case.quote) > 1
        if case is not None and not cut_elsewhere:
            yield case


def _clause(rng: Random, placed: Placed, source: Source) -> Case | None:
    text = placed.sentence.text
    stops = [f.start() for f in re.finditer(r"(?<=[a-z])[,;](?= )", text) if f.start() > 40]
    if '"' in text or not stops or any(mark.tag == "contrast" for mark in placed.sentence.marks):
        return None
    at = rng.choice(stops)
    return Case(
        family=Family.FAITHFUL,
        name="clause closed with a full stop",
        quote=text[:at] + rng.choice((".", ".”", "")),
        source=source,
        verdicts=SAME_WORDS,
        places=((placed.start, placed.start + at),),
    )


def _contrast(rng: Random, placed: Placed, source: Source) -> Case | None:
    marks = [mark for mark in placed.sentence.marks if mark.tag == "contrast"]
    if not marks:
        return None
    quote = placed.sentence.text[: marks[0].start].rstrip(" ,;")
    return Case(
        family=Family.FAITHFUL,
        name="contrast cut off",
        quote=quote + rng.choice((".", "")),
        source=source,
        verdicts=SAME_WORDS,
        places=((placed.start, placed.start + len(quote)),),
        warning="context_reverses",
        figures=("warned",),
    )


def _marked(name: str, placed: Placed, source: Source, span: tuple[int, int], warning: str) -> Case:
    return Case(
        family=Family.MARKED,
        name=name,
        quote=placed.sentence.text[span[0] : span[1]],
        source=source,
        places=((placed.start + span[0], placed.start + span[1]),),
        warning=warning,
        figures=("warned",),
    )


def _long_words(placed: Placed) -> list[tuple[int, re.Match[str]]]:
    words = enumerate(re.finditer(r"\S+", placed.sentence.text))
    return [(at, word) for at, word in words if word.group().isalpha() and len(word.group()) > 6]


def _cut_word_end(rng: Random, placed: Placed, source: Source) -> Case | None:
    numbers = [mark for mark in placed.sentence.marks if mark.tag == "number"]
    long = [
        word
        for at, word in _long_words(placed)
        # A number word cut short is another number, which is no mere cut.
        if at > 6 and not any(mark.start <= word.start() < mark.end for mark in numbers)
    ]
    if not long:
        return None
    at = long[0].start() + len(long[0].group()) // 2
    return _marked("cut inside a word at the end", placed, source, (0, at), "truncated_end")


def _cut_word_start(rng: Random, placed: Placed, source: Source) -> Case | None:
    text = placed.sentence.text
    long = [word for _, word in _long_words(placed) if text.count(" ", word.end()) > 8]
    if not long:
        return None
    span = (long[-1].start() + 3, len(text))
    return _marked("cut inside a word at the start", placed, source, span, "truncated_start")


def _cut_number(rng: Random, placed: Placed, source: Source) -> Case | None:
    text = placed.sentence.text
    marks = [
        mark for mark in placed.sentence.marks if mark.start > 45 and mark.end - mark.start > 2
    ]
    marks = [mark for mark in marks if text[mark.start : mark.end].isdigit()]
    if not marks:
        return None
    return _marked("cut inside a number", placed, source, (0, marks[0].end - 1), "truncated_end")


def _short(rng: Random, placed: Placed, source: Source) -> Case | None:
    words = list(re.finditer(r"\S+", placed.sentence.text))
    if len(words) < 8:
        return None
    first, wanted = rng.randrange(len(words) - 6), rng.randint(1, 5)
    quote = placed.sentence.text[words[first].start() : words[first + wanted - 1].end()]
    after = placed.sentence.text[words[first + wanted - 1].end() :]
    ends = words[first].start(), words[first + wanted - 1].end()
    if any(mark.start < end < mark.end for mark in placed.sentence.marks for end in ends):
        return None
    # To stop before a negation is to leave it out.
    if not re.fullmatch(r"[A-Za-z ]+", quote) or re.match(r" (not|no|never)\b", after):
        return None
    return Case(
        family=Family.FAITHFUL,
        name=f"short: {wanted} words",
        quote=quote,
        source=source,
        verdicts=UNSURE,
    )


def prefix_cut_off(document: Document, source: Source) -> Iterator[Case]:
    """Yield quotations that begin inside a negated word: *possible* of *impossible*."""
    for placed in document.sentences:
        for mark in placed.sentence.marks:
            text = placed.sentence.text
            word = text[mark.start : mark.end]
            if mark.tag == "prefix" and word.endswith(mark.other) and len(text) - mark.end > 30:
                at = mark.end - len(mark.other)
                yield Case(
                    family=Family.MARKED,
                    name="negating prefix cut off",
                    quote=text[at:],
                    source=source,
                    places=((placed.start + at, placed.end),),
                    warning="truncated_start",
                    figures=("warned",),
                )


def altered_page(
    rng: Random, document: Document, source: Source, names: Iterator[str], most: int
) -> Iterator[Case]:
    """Yield altered quotations, some in another dress, some with neighbours, some altered twice."""
    made = tries = 0
    chosen = runs(rng, document)
    while made < most and tries < most * 60 and chosen:
        name, run = next(names), ()
        changes: list[Change] | None = None
        for _ in range(60):
            tries += 1
            run = rng.choice(chosen)
            at = rng.randrange(len(run))
            changes = ALTERATIONS[name](rng, run[at].sentence)
            if changes is not None:
                break
        if changes is None:
            continue
        label = name
        if rng.random() < 0.15:
            label, changes = _another_too(rng, run[at], changes, name)
        quote, offset = document.text[run[0].start : run[-1].end], run[at].start - run[0].start
        quote = applied(
            quote, [Change(c.start + offset, c.end + offset, c.new, c.expected) for c in changes]
        )
        if quote in document.text:
            continue
        if rng.random() < 0.3:
            quote = _in_another_dress(rng, quote)
        made += 1
        yield Case(
            family=Family.ALTERED,
            name=label,
            quote=quote,
            source=source,
            verdicts=ALTERED,
            places=((run[0].start, run[-1].end),),
            edits=tuple(change.expected for change in changes),
        )


def _another_too(
    rng: Random, placed: Placed, changes: list[Change], name: str
) -> tuple[str, list[Change]]:
    more = ALTERATIONS[rng.choice(list(ALTERATIONS))](rng, placed.sentence) or []
    apart = all(
        new.start > old.end + 12 or new.end < old.start - 12 for new in more for old in changes
    )
    return ("altered twice", changes + more) if more and apart else (name, changes)


def _in_another_dress(rng: Random, quote: str) -> str:
    """Change only typing, on the quotation's side alone."""
    dress = rng.randrange(5)
    if dress == 0:
        return quote.replace("'", "’").replace(" - ", " — ")
    if dress == 1:
        return re.sub(r"(.{50,66}) ", r"\1\n", quote)
    if dress == 2:
        return f"“{quote}”"
    if dress == 3:
        return quote.replace(" ", "\u00a0", 3)
    return quote.replace('"', "”").replace(". ", ".  ")


def misread_by_the_quoter(rng: Random, document: Document, source: Source) -> Iterator[Case]:
    """Yield quotations with a misspelt word where the page reads rightly: the quoter's change."""
    for placed in document.sentences:
        found = list(
            re.finditer(r"(?<= )(have|been|the|that|with|from)(?= )", placed.sentence.text)
        )
        if not found or rng.random() < 0.7:
            continue
        place = rng.choice(found)
        reading = {
            "have": "bave",
            "been": "heen",
            "the": "tbe",
            "that": "tliat",
            "with": "witb",
            "from": "frorn",
        }
        new = reading[place.group()]
        text = placed.sentence.text
        yield Case(
            family=Family.ALTERED,
            name="misspelt by the quoter",
            quote=text[: place.start()] + new + text[place.end() :],
            source=source,
            verdicts=ALTERED,
            places=((placed.start, placed.end),),
            edits=(Expected(frozenset({EditKind.WORD, EditKind.NAME}), new, place.group()),),
        )


def third_changed(rng: Random, document: Document, source: Source) -> Iterator[Case]:
    """Yield passages of which a third of the words is replaced; their place is still certain."""
    for run in runs(rng, document)[:4]:
        text = document.text[run[0].start : run[-1].end]
        if len(text) < 120 or document.text.count(text) > 1:
            continue
        yield Case(
            family=Family.ALTERED,
            name="a third of the words changed",
            quote=heavily_changed(rng, text),
            source=source,
            verdicts=ALTERED,
            places=((run[0].start, run[-1].end),),
            figures=("third_changed_found",),
        )


def lookalikes(document: Document, source: Source) -> Iterator[Case]:
    """Yield both of two lookalike sentences, and a third reading that fits neither."""
    for pair in document.twins:
        one, two = (document.sentences[at] for at in pair)
        for placed in (one, two):
            if document.text.count(placed.sentence.text) == 1:
                yield Case(
                    family=Family.FAITHFUL,
                    name="lookalike sentence",
                    quote=placed.sentence.text,
                    source=source,
                    verdicts=VERBATIM,
                    places=((placed.start, placed.end),),
                    figures=("right_lookalike",),
                )
        a, b = one.sentence.text, two.sentence.text
        head = next((at for at in count() if a[at : at + 1] != b[at : at + 1]), 0)
        tail = next((at for at in count(1) if a[-at] != b[-at]), 1) - 1
        head = a.rfind(" ", 0, head) + 1
        tail = len(a) - min(x for x in (a.find(" ", len(a) - tail), len(a)) if x >= 0)
        third = "Quarrington" if a[head : head + 1].isalpha() else "777"
        if head < len(a) - tail:
            yield Case(
                family=Family.ALTERED,
                name="third reading of lookalikes",
                quote=a[:head] + third + a[len(a) - tail :],
                source=source,
                verdicts=ALTERED,
                warning="ambiguous",
                figures=("ambiguity_told",),
            )


def repeated(document: Document, source: Source) -> Iterator[Case]:
    """Yield boilerplate that stands several times in the page: every place is listed."""

    for text in BOILERPLATE:
        places = [(m.start(), m.end()) for m in re.finditer(re.escape(text), document.text)]
        if 2 <= len(places) <= 12:
            yield Case(
                family=Family.FAITHFUL,
                name="repeated passage",
                quote=text,
                source=source,
                verdicts=VERBATIM,
                places=tuple(places),
                figures=("repeats_found",),
            )
