"""Cases from prose that other people wrote: what Python's manual and installed licences say.

Read where it is installed and never kept here. It differs from machine to
machine, so its figures have no floors; they show what generated prose hides.
"""

import re
from collections.abc import Iterator
from importlib.metadata import distributions
from itertools import cycle
from pydoc_data.topics import topics
from random import Random

from rapidfuzz import fuzz

from tests.quality import page_cases
from tests.quality.alterations import ALTERATIONS
from tests.quality.cases import Case, Family, Source
from tests.quality.documents import Document, Placed
from tests.quality.fragments import (
    between_sentences,
    reversed_pieces,
    spliced_sentences,
    within_a_sentence,
)
from tests.quality.grammar import Sentence
from tests.quality.noisy_cases import NOISY
from tests.quality.recognition import recognised

_BREAK = re.compile(r"(?<=[a-z)]\.)\s+|\n\s*\n\s*")
_PROSE = re.compile(r"[A-Z][^|=>{}*`_\\]*[a-z)]\.")
_ALTERED = ("not added", "n't added", "word inserted", "phrase inserted", "neighbours swapped")
_LEAST, _MOST = 60, 400
_STRANGE = 60


def _texts() -> Iterator[tuple[str, str]]:
    for name, text in sorted(topics.items()):
        yield f"manual: {name}", text
    for found in sorted(distributions(), key=lambda each: each.name):
        for path in found.files or ():
            if re.match(r"(?i)(licen[cs]e|copying|notice|readme)", path.name):
                try:
                    yield f"{found.name}: {path}", path.read_text("utf-8")
                except (OSError, UnicodeDecodeError):
                    continue


def _pieces(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield what stands between two breaks, and the number of its paragraph."""
    start = paragraph = 0
    for found in _BREAK.finditer(text):
        yield start, found.start(), paragraph
        paragraph += "\n\n" in found.group()
        start = found.end()


def documents() -> Iterator[tuple[str, Document]]:
    """Yield each text with the sentences that stand in it once."""
    for name, text in _texts():
        placed = [
            Placed(start, end, Sentence(text[start:end], ""), paragraph)
            for start, end, paragraph in _pieces(text)
            if _LEAST < end - start < _MOST
            and _PROSE.fullmatch(text, start, end)
            and text.count(text[start:end]) == 1
        ]
        if len(placed) > 8:
            yield name, Document(text, tuple(placed))


def _bare(text: str) -> str:
    return " ".join(text.casefold().split())


def batches() -> Iterator[list[Case]]:
    """Yield the cases of each text in turn."""
    names = page_cases.variation_names(Random("found/variations"))
    alterations = cycle(_ALTERED)
    assert set(_ALTERED) <= set(ALTERATIONS)
    before: Document | None = None
    for name, document in documents():
        rng = Random(f"found/{name}")
        keys = (f"{name}/{part}" for part in range(9))
        cases = list(page_cases.faithful_page(rng, document, keys, names, 8))
        source = Source(name, document.text)
        cases += page_cases.altered_page(rng, document, source, alterations, 8)
        for maker in (within_a_sentence, between_sentences, spliced_sentences, reversed_pieces):
            cases += [case for case in (maker(rng, document, source) for _ in range(3)) if case]
        read = recognised(rng, document, 0.05)
        noisy = Source(f"{name}, read", read.text, "ocr")
        for at in rng.sample(range(len(document.sentences)), 6):
            place = read.sentences[at].start, read.sentences[at].end
            cases.append(
                Case(
                    family=Family.FAITHFUL,
                    name="found prose, 5 % noise",
                    source=noisy,
                    verdicts=NOISY,
                    quote=document.sentences[at].sentence.text,
                    places=(place,),
                    noise=0.05,
                )
            )
        for placed in rng.sample(before.sentences, 4) if before else ():
            # Licences copy one another: what is nearly there is no stranger.
            if fuzz.partial_ratio(_bare(placed.sentence.text), _bare(document.text)) < _STRANGE:
                cases.append(
                    Case(
                        family=Family.ABSENT,
                        name="from another text",
                        quote=placed.sentence.text,
                        source=source,
                    )
                )
        before = document
        yield cases
