"""Quotations made of pieces: ellipses honest and not, editorial brackets, splices."""

import re
from collections.abc import Callable
from random import Random

from flows.records import EditKind, Verdict
from tests.quality.cases import Case, Expected, Family, Source
from tests.quality.documents import Document, Placed
from tests.quality.strangers import FOREIGN, invented

MARKS = (
    "…",
    " … ",
    "... ",
    " ... ",
    "...",
    " . . . ",
    ". . . ",
    " […] ",
    " [...] ",
    " (...) ",
    " (…) ",
    " .... ",
    "… ",
    " [. . .] ",
)
#: Words that turn a sentence round; an honest ellipsis leaves none of them out.
TURNS = re.compile(
    r"\b(not|no|never|none|nobody|nothing|neither|nor|hardly|without|unless|but|however|except|although|"
    r"though|while|whereas|instead|rather|yet|despite|cannot|fail\w*|den\w+|refus\w+|longer|until|if|"
    r"un\w+|in\w{5,}|im\w+|ir\w+|il\w+|dis\w+|only|than|against|few|less|forbid|reject|oppose|prevent\w*|"
    r"abandon\w*|provided|subject|where|when|may|might|exclude|lose|ignor\w+|dismiss\w+|halt\w*|cancel\w*|conceal\w*|resist|avoid|block)\b|n't",
    re.IGNORECASE,
)
_ELIDED = frozenset({Verdict.ELIDED})
_WRONG = frozenset({Verdict.ALTERED})
_SPLICED = frozenset({Verdict.SPLICED})
_TURNED = frozenset({EditKind.OMISSION, EditKind.NEGATION})

Maker = Callable[[Random, Document, Source], Case | None]


def _words(placed: Placed) -> list[tuple[int, int]]:
    return [
        (placed.start + found.start(), placed.start + found.end())
        for found in re.finditer(r"\S+", placed.sentence.text)
    ]


def _alone(document: Document, *spans: tuple[int, int]) -> bool:
    """Return whether each span's words stand only once: else any of the places is right."""
    return all(document.text.count(document.text[start:end]) == 1 for start, end in spans)


def _piece(rng: Random, document: Document, least: int = 6) -> tuple[int, int] | None:
    """Return the span of six or more running words of one sentence."""
    placed = rng.choice(document.sentences)
    words = _words(placed)
    if len(words) < least:
        return None
    first = rng.randrange(len(words) - least + 1)
    last = rng.randrange(first + least - 1, len(words))
    ends = words[first][0] - placed.start, words[last][1] - placed.start
    inside = any(mark.start < end < mark.end for mark in placed.sentence.marks for end in ends)
    # To stop inside a number, or before a negation, is to change it.
    if inside or re.match(r" (not|no|never)\b", document.text[words[last][1] : words[last][1] + 8]):
        return None
    return words[first][0], words[last][1]


def _case(
    family: Family,
    name: str,
    quote: str,
    source: Source,
    verdicts: frozenset[Verdict],
    places: tuple[tuple[int, int], ...] = (),
    **more: object,
) -> Case:
    return Case(
        family=family,
        name=name,
        quote=quote,
        source=source,
        verdicts=verdicts,
        places=places,
        **more,
    )


def within_a_sentence(rng: Random, document: Document, source: Source) -> Case | None:
    """Leave some words of one sentence out, none of which turns it round."""
    placed = rng.choice(document.sentences)
    words = _words(placed)
    if len(words) < 13:
        return None
    first = rng.randint(5, len(words) - 7)
    last = rng.randint(first + 1, min(first + 6, len(words) - 5))
    left = document.text[words[first][0] : words[last - 1][1]]
    one, two = (words[0][0], words[first - 1][1]), (words[last][0], words[-1][1])
    if TURNS.search(left) or not _alone(document, one, two):
        return None
    # Part of a name, a number or a date left out is another name, number or date.
    cuts = one[1] - placed.start, two[0] - placed.start
    if any(mark.start < cut < mark.end for mark in placed.sentence.marks for cut in cuts):
        return None
    text = document.text
    quote = text[one[0] : one[1]] + rng.choice(MARKS) + text[two[0] : two[1]]
    return _case(
        Family.FAITHFUL,
        "ellipsis in a sentence",
        quote,
        source,
        _ELIDED,
        (one, two),
        figures=("ellipses_found",),
    )


def _gap(document: Document, rng: Random, most: int) -> tuple[Placed, Placed, str] | None:
    if len(document.sentences) < 6:
        return None
    at = rng.randrange(len(document.sentences) - 2)
    after = min(at + rng.randint(2, most), len(document.sentences) - 1)
    one, two = document.sentences[at], document.sentences[after]
    left = document.text[one.end : two.start]
    spans = (one.start, one.end), (two.start, two.end)
    return (one, two, left) if _alone(document, *spans) else None


def between_sentences(rng: Random, document: Document, source: Source) -> Case | None:
    """Leave whole sentences out between two whole ones."""
    found = _gap(document, rng, 4)
    if found is None or TURNS.search(found[2]):
        return None
    one, two, _ = found
    text = document.text
    quote = text[one.start : one.end] + rng.choice(MARKS) + text[two.start : two.end]
    places = (one.start, one.end), (two.start, two.end)
    return _case(
        Family.FAITHFUL,
        "ellipsis between sentences",
        quote,
        source,
        _ELIDED,
        places,
        figures=("ellipses_found",),
    )


def between_paragraphs(rng: Random, document: Document, source: Source) -> Case | None:
    """Leave sentences out where the quotation breaks its line."""
    found = _gap(document, rng, 3)
    if found is None or TURNS.search(found[2]):
        return None
    one, two, _ = found
    text = document.text
    quote = text[one.start : one.end] + rng.choice(("\n", "\n\n")) + text[two.start : two.end]
    places = (one.start, one.end), (two.start, two.end)
    return _case(
        Family.NEUTRAL,
        "line break for an ellipsis",
        quote,
        source,
        _ELIDED | _SPLICED,
        places,
        figures=("line_breaks_found",),
    )


def at_the_ends(rng: Random, document: Document, source: Source) -> Case | None:
    """Open or close a verbatim passage with an ellipsis sign."""
    piece = _piece(rng, document, 8)
    if piece is None or not _alone(document, piece):
        return None
    inside = document.text[piece[0] : piece[1]]
    quote = rng.choice(
        (f"…{inside}", f"... {inside}", f"{inside}…", f"{inside} ...", f"... {inside} ...")
    )
    right = frozenset({Verdict.VERBATIM, Verdict.TYPOGRAPHIC, Verdict.ELIDED})
    return _case(Family.FAITHFUL, "ellipsis at an end", quote, source, right, (piece,))


def three_pieces(rng: Random, document: Document, source: Source) -> Case | None:
    """Join three pieces of one page, in order, with two signs."""
    if len(document.sentences) < 8:
        return None
    at = rng.randrange(len(document.sentences) - 5)
    chosen = [document.sentences[at + step] for step in (0, 2, 4)]
    spans = tuple((placed.start, placed.end) for placed in chosen)
    text = document.text
    if TURNS.search(text[spans[0][1] : spans[1][0]] + text[spans[1][1] : spans[2][0]]):
        return None
    if not _alone(document, *spans):
        return None
    sign = rng.choice(MARKS)
    quote = sign.join(text[start:end] for start, end in spans)
    return _case(
        Family.FAITHFUL, "two ellipses", quote, source, _ELIDED, spans, figures=("ellipses_found",)
    )


def swallowed(tags: frozenset[str], name: str) -> Maker:
    """Return a maker of quotations whose ellipsis swallows a negation or a contrast."""

    def make(rng: Random, document: Document, source: Source) -> Case | None:
        placed = rng.choice(document.sentences)
        marks = [mark for mark in placed.sentence.marks if mark.tag in tags]
        if not marks:
            return None
        start, end = placed.mark_span(rng.choice(marks))
        text = document.text
        whole = text[start:end]
        if tags == {"negation"} and rng.random() < 0.6:
            start += whole.find("not")
            end = start + 3
        before, after = text[placed.start : start].rstrip(" ,;"), text[end : placed.end].lstrip()
        if len(before.split()) < 4 or len(after.split()) < 4:
            return None
        quote = before + rng.choice(MARKS) + after
        left = "not" if "not" in text[start:end] else text[start:end]
        expected = Expected(_TURNED, "", left, major=True)
        return _case(
            Family.ALTERED,
            name,
            quote,
            source,
            _WRONG,
            ((placed.start, placed.end),),
            edits=(expected,),
        )

    return make


def bracketed(rng: Random, document: Document, source: Source) -> Case | None:
    """Put an editor's words into brackets."""
    placed = rng.choice(document.sentences)
    text = placed.sentence.text
    right = frozenset({Verdict.ELIDED, Verdict.TYPOGRAPHIC})
    roll = rng.randrange(4)
    blanks = [found.start() for found in re.finditer(r"(?<=[a-z]) (?=[a-z])", text)]
    if len(text.split()) < 8 or not blanks or not _alone(document, (placed.start, placed.end)):
        return None
    at = rng.choice(blanks)
    if roll == 0:
        name, quote = "editorial sic", f"{text[:at]} [sic]{text[at:]}"
    elif roll == 1:
        note = rng.choice(
            ("in the 1990s", "of Hungary", "the allies", "as he then was", "emphasis added")
        )
        name, quote = "editorial note", f"{text[:at]} [{note}]{text[at:]}"
    elif roll == 2:
        name, start = "editorial capital", at + 1
        if len(text[start:].split()) < 7:
            return None
        quote = f"[{text[start].upper()}]{text[start + 1 :]}"
        place = (placed.start + start, placed.end)
        return _case(Family.FAITHFUL, name, quote, source, right, (place,))
    else:
        names = [mark for mark in placed.sentence.marks if mark.slot == "person" and mark.start > 0]
        if not names:
            return None
        name, mark = "editorial name", names[0]
        quote = (
            f"{text[: mark.start]}[{rng.choice(('the minister', 'the general'))}]{text[mark.end :]}"
        )
    return _case(Family.FAITHFUL, name, quote, source, right, ((placed.start, placed.end),))


def spliced_far(rng: Random, document: Document, source: Source) -> Case | None:
    """Join pieces of two far sentences as if they were one."""
    one, two = _piece(rng, document), _piece(rng, document)
    if one is None or two is None or abs(one[0] - two[0]) < 600 or not _alone(document, one, two):
        return None
    text = document.text
    quote = text[one[0] : one[1]].rstrip(".,;") + " " + text[two[0] : two[1]]
    return _case(
        Family.ALTERED,
        "spliced from far",
        quote,
        source,
        _SPLICED,
        (one, two),
        figures=("splices_found",),
    )


def spliced_sentences(rng: Random, document: Document, source: Source) -> Case | None:
    """Put two far sentences side by side."""
    one, two = rng.choice(document.sentences), rng.choice(document.sentences)
    spans = (one.start, one.end), (two.start, two.end)
    if abs(one.start - two.start) < 800 or not _alone(document, *spans):
        return None
    quote = f"{one.sentence.text} {two.sentence.text}"
    return _case(
        Family.ALTERED,
        "spliced whole sentences",
        quote,
        source,
        _SPLICED,
        spans,
        figures=("splices_found",),
    )


def reversed_pieces(rng: Random, document: Document, source: Source) -> Case | None:
    """Put the later sentence first, with a sign of omission between."""
    found = _gap(document, rng, 5)
    if found is None:
        return None
    one, two, _ = found
    quote = two.sentence.text + rng.choice(MARKS) + one.sentence.text
    places = (one.start, one.end), (two.start, two.end)
    return _case(
        Family.ALTERED,
        "reversed around a sign",
        quote,
        source,
        _SPLICED,
        places,
        figures=("splices_found",),
    )


def half_from_elsewhere(rng: Random, document: Document, source: Source) -> Case | None:
    """Join a true piece with one that the source does not hold."""
    piece = _piece(rng, document, 7)
    if piece is None:
        return None
    strange = rng.choice(FOREIGN["French"]) if rng.random() < 0.2 else invented(rng, document)
    quote = (
        document.text[piece[0] : piece[1]].rstrip(".,")
        + rng.choice((" ", " … ", " ... "))
        + strange
    )
    return _case(Family.ALTERED, "half from elsewhere", quote, source, frozenset())


HONEST: dict[str, Maker] = {
    "ellipsis in a sentence": within_a_sentence,
    "ellipsis between sentences": between_sentences,
    "two ellipses": three_pieces,
    "ellipsis at an end": at_the_ends,
    "editorial brackets": bracketed,
    "line break for an ellipsis": between_paragraphs,
}
DISHONEST: dict[str, Maker] = {
    "swallowed not": swallowed(frozenset({"negation"}), "swallowed not"),
    "swallowed never": swallowed(frozenset({"never"}), "swallowed never"),
    "swallowed contrast": swallowed(frozenset({"contrast"}), "swallowed contrast"),
    "spliced from far": spliced_far,
    "spliced whole sentences": spliced_sentences,
    "reversed around a sign": reversed_pieces,
    "half from elsewhere": half_from_elsewhere,
}
