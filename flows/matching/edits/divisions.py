"""Judge words that are the same letters, divided otherwise: blanks, hyphens, apostrophes, points."""

import re

from flows.matching.values.negation import is_negator
from flows.matching.words.lexicon import is_ordinary, zipf
from flows.matching.words.sides import Sides
from flows.matching.words.wording import NUMBER, Words
from flows.matching.words.wordlists import words_of
from flows.records import EditKind, Severity

# With and without the hyphen these are two words of different sense.
_SENSE_HYPHENS = frozenset(
    words_of(
        "resign recover reform recreation resent release remark repress reserve resort "
        "retreat rebound redress resolve restrain resound reprove relay represent "
        "reenact unionized"
    )
) - {"reenact"}
# Without the apostrophe these are other words.
_SENSE_APOSTROPHES = frozenset(words_of("were well ill shell hell wed shed id whore cant wont"))
_BENIGN_COMPOUNDS = frozenset(
    words_of(
        "into onto anyone everyone someone anymore underway today tomorrow tonight itself himself "
        "herself themselves myself yourself ourselves throughout within upon however "
        "therefore cannot altogether sometime anyway forever meanwhile worldwide nearby "
        "percent goodwill longstanding ongoing website email online framework "
        "nationwide halfway whoever whatever wherever"
    )
)


def division(sides: Sides, step: tuple[int, int, int, int]) -> tuple[EditKind, Severity]:  # noqa: C901, PLR0911, PLR0912  a list of rules, each with its answer
    """Judge words whose letters agree and whose blanks, hyphens or apostrophes do not."""
    q0, q1, s0, s1 = step
    quoted, found = sides.q.norms[q0:q1], sides.s.norms[s0:s1]
    noise = (
        (EditKind.OCR, Severity.NONE)
        if sides.source.is_ocr
        else (EditKind.TYPOGRAPHY, Severity.MINOR)
    )
    if decimal_lost(quoted, found):
        return noise
    if any(sides.q.kinds[q0:q1]) or any(sides.s.kinds[s0:s1]):
        if [c for c in "".join(quoted) if c.isdigit()] and _digits(quoted) != _digits(found):
            return EditKind.NUMBER, Severity.MAJOR
        return EditKind.TYPOGRAPHY, Severity.NONE
    if len(quoted) == len(found) == 1:
        pair = {quoted[0], found[0]}
        if pair & _SENSE_APOSTROPHES and not sides.source.is_ocr:
            return EditKind.WORD, Severity.MINOR
        return EditKind.TYPOGRAPHY, Severity.MINOR
    whole = "".join(quoted)
    gaps = _gaps(sides.q, q0, q1) + _gaps(sides.s, s0, s1)
    if sides.quotation.brackets and any("[" in gap or "]" in gap for gap in gaps):
        return EditKind.EDITORIAL, Severity.NONE
    hyphenated = all(gap.strip() for gap in gaps)
    if hyphenated:
        if whole in _SENSE_HYPHENS and not any(gap != gap.strip() for gap in gaps):
            return EditKind.WORD, Severity.MINOR
        return EditKind.TYPOGRAPHY, Severity.NONE
    pieces = quoted if len(quoted) > len(found) else found
    if len(quoted) > 1 and len(found) > 1:
        pieces = quoted + found
    if whole in _BENIGN_COMPOUNDS or (
        any(len(piece) == 1 and piece not in {"a", "i"} for piece in pieces)
    ):
        return noise
    scrap = sides.source.is_ocr and not all(map(is_ordinary, pieces))
    least = 5.0 if sides.source.is_ocr else 0.0
    known = 3.6 if sides.source.is_ocr else 0.0
    denied = any(is_negator(piece) for piece in pieces)
    if denied and is_ordinary(whole) and zipf(whole) >= known and not scrap:
        return EditKind.NEGATION, Severity.MAJOR
    if any("\n" in gap for gap in gaps):
        return EditKind.TYPOGRAPHY, Severity.NONE
    if (
        is_ordinary(whole)
        and zipf(whole) >= known
        and all(is_ordinary(piece) and zipf(piece) >= least for piece in pieces)
    ):
        return EditKind.WORD, Severity.MINOR
    return noise


#: Words between two numbers, and the signs that are read so.
_READ_AS = {"to": frozenset("-–—‐‑"), "x": frozenset("×"), "by": frozenset("×")}


def sign_spelt_out(sides: Sides, step: tuple[int, int, int, int]) -> bool:
    """Return whether a step sets a word between two numbers against a sign that is read so.

    >>> from flows.matching.words.quotation import Quotation
    >>> from flows.matching.words.source import SourceText
    >>> from flows.matching.words.wording import read_words
    >>> quoted, found = Quotation("12 to 3"), SourceText("12–3")
    >>> sign_spelt_out(Sides(quoted, found, quoted.words, read_words(found.read)), (1, 2, 1, 1))
    True
    """
    q0, q1, s0, s1 = step
    words, at, other, place = (sides.q, q0, sides.s, s0) if s0 == s1 else (sides.s, s0, sides.q, q0)
    if q1 - q0 + s1 - s0 != 1 or not 0 < place < len(other):
        return False
    return other.kinds[place - 1] == other.kinds[place] == NUMBER and other.text[
        other.ends[place - 1] : other.starts[place]
    ].strip() in _READ_AS.get(words.norms[at], ())


def _digits(norms: list[str]) -> list[str]:
    return re.findall(r"\d+(?:[.,:/]\d+)*", " ".join(norms))


def _gaps(words: Words, first: int, last: int) -> list[str]:
    # A soft hyphen at the end of a word was its hyphen at a line's end.
    return [
        words.text[
            words.ends[k] - (words.text[words.ends[k] - 1] == "\u00ad") : words.starts[k + 1]
        ]
        for k in range(first, last - 1)
    ]


def decimal_lost(quoted: list[str], found: list[str]) -> bool:
    """Return whether a number lost its point, comma or colon to the recognition.

    "2.5" against "2 5" is; "25" against "2 5" is not, for the source may
    well have 2.5. A year, and thousands cut between groups, can be nothing else.
    """
    if not all(norm.isdigit() for norm in found) or len(found) < 2:
        return False
    if len(quoted) == 1 and re.split(r"[.,:/]", quoted[0]) == found:
        return True
    whole = "".join(found)
    if len(quoted) != 1 or quoted[0] != whole:
        return False
    grouped = len(found[0]) <= 3 and all(len(group) == 3 for group in found[1:])
    return grouped or (len(whole) == 4 and whole[:2] in {"18", "19", "20"})
