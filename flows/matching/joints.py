"""What lies between two pieces of a quotation, and whether leaving it out is honest."""

import re

from flows.matching.edits.context import sentence_ends
from flows.matching.edits.judgement import Judgement
from flows.matching.scans.hidden_denials import hides_denial, misread_denial
from flows.matching.values.abbreviations import is_number_sign
from flows.matching.values.negation import is_negator, turns_round
from flows.matching.words.quotation import Piece, Quotation
from flows.matching.words.source import SourceText
from flows.matching.words.wording import Words, read_words
from flows.records import Edit, EditKind, Severity

#: Characters that a mark of omission may honestly bridge.
FAR = 3000
#: Words that may be missing inside one sentence before it is two joined pieces.
_GAP_WORDS = 12


def joint(
    one: Judgement, two: Judgement, source: SourceText, *, marked: bool
) -> tuple[list[Edit], bool, list[str]]:
    """Judge what lies between two pieces: edits, whether they are spliced, warnings."""
    if two.start < one.end:
        return [], True, []
    text = source.read
    left_out = text[one.end : two.start]
    words = read_words(text, one.end, two.start)
    q = one.sides.quotation.words
    start, end = q.ends[one.piece.last - 1], q.starts[two.piece.first]
    place = (start, start) if not marked else (start, end)
    # One character more: an end of a sentence shows by the capital after it.
    stops = [s for s in sentence_ends(text, one.end, two.start + 1) if s <= two.start]
    kind, severity, apart = EditKind.OMISSION, Severity.NONE, False
    warnings: list[str] = []
    touched: list[str] = []
    if not len(words):
        if not marked:
            return [], False, []
        kind = EditKind.TYPOGRAPHY
    elif not marked:
        if stops or len(words) > _GAP_WORDS:
            return [], True, []
        kind = EditKind.NEGATION if turns_round(words.norms) else EditKind.DELETION
        severity = Severity.MAJOR if kind is EditKind.NEGATION else Severity.MINOR
    else:
        apart = two.start - one.end > FAR
        touched = _touched(text, one.end, two.start, stops, source)
        hidden = source.is_ocr and hides_denial(touched)
        severity = Severity.MAJOR if hidden or turns_round(touched) else Severity.NONE
        if severity is Severity.NONE and turns_round(words.norms):
            warnings.append("omission_contrast")
    stripped = left_out.strip()
    lead = len(left_out) - len(left_out.lstrip()) if stripped else 0
    edit = Edit(
        kind=kind,
        quoted=q.text[place[0] : place[1]].strip(),
        source=stripped,
        severity=severity,
        quoted_start=place[0],
        quoted_end=place[1],
        source_start=one.end + lead,
        source_end=one.end + lead + len(stripped),
    )
    edits = [edit]
    if marked and source.is_ocr and severity is Severity.NONE and len(words):
        edits += _misread_denial(words, touched, edit.quoted_end)
    return edits, apart, warnings


def _misread_denial(words: Words, touched: list[str], at: int) -> list[Edit]:
    """Return the edit that tells of a scrap left out which may be a denial."""
    scrap = misread_denial(touched)
    if scrap not in words.norms:
        return []
    place = words.norms.index(scrap)
    return [
        Edit(
            kind=EditKind.OCR,
            quoted="",
            source=words.written(place, place + 1),
            severity=Severity.MINOR,
            quoted_start=at,
            quoted_end=at,
            source_start=words.starts[place],
            source_end=words.ends[place],
        )
    ]


def _touched(text: str, start: int, end: int, stops: list[int], source: SourceText) -> list[str]:
    """Return the left-out words of the sentences that are quoted in part."""
    if not stops:
        norms = _plain_norms(text, start, end)
        if source.is_ocr and len(norms) > 40:
            # Nothing tells where sentences end: what stands near either piece.
            return norms[:20] + norms[-20:]
        return norms
    return _plain_norms(text, start, stops[0]) + _plain_norms(text, stops[-1], end)


def _plain_norms(text: str, start: int, end: int) -> list[str]:
    """Return the norms of the words, but of those with a capital of their own: “Eyes Only” sets no contrast."""
    words = read_words(text, start, end)
    return [
        norm
        for norm, first, last in zip(words.norms, words.starts, words.ends, strict=True)
        if (is_negator(norm) and not is_number_sign(text, first))
        or not _NAMED.fullmatch(text, first, last)
        or _opens(text, first)
    ]


_NAMED = re.compile(r"[A-Z][a-z]+")


def _opens(text: str, start: int) -> bool:
    """Return whether a word may have its capital from the beginning of a sentence."""
    return not text[max(0, start - 4) : start].rstrip(" \n\"“‘'(")[-1:].isalpha()


def missing(quotation: Quotation, piece: Piece) -> Edit:
    """Return the edit for a piece that stands nowhere in the source: words put in."""
    start, end = quotation.words.starts[piece.first], quotation.words.ends[piece.last - 1]
    return Edit(
        kind=EditKind.INSERTION,
        quoted=quotation.read[start:end],
        source="",
        severity=Severity.MINOR,
        quoted_start=start,
        quoted_end=end,
    )
