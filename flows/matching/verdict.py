"""Decide, from typed edits and from places alone, what a comparison found.

No similarity takes part. In this order: pieces out of order or joined without
a mark are ``spliced``; a changed word is ``altered``; where a word was misread so
badly that it cannot be told whether it was changed, the quotation is
``not_checkable``; what recognition noise explains is ``ocr_noise``; an honest omission or bracket is ``elided``; a
difference of dress is ``typographic``; no difference at all is ``verbatim``.
"""

from collections.abc import Sequence

from flows.matching.words.sides import CHANGES
from flows.records import Edit, EditKind, Severity, Verdict

FAITHFUL = frozenset({Verdict.VERBATIM, Verdict.TYPOGRAPHIC, Verdict.ELIDED, Verdict.OCR_NOISE})


def changes_words(edit: Edit) -> bool:
    """Return whether an edit means that the words are not the source's."""
    if edit.kind in CHANGES:
        return edit.severity is not Severity.NONE
    return edit.kind is EditKind.OMISSION and edit.severity is Severity.MAJOR


def in_doubt(edit: Edit) -> bool:
    """Return whether nobody can tell if a machine misread the words or the quoter changed them."""
    return edit.kind is EditKind.OCR and edit.severity is not Severity.NONE


def decide(edits: Sequence[Edit], *, spliced: bool = False) -> Verdict:
    """Return the verdict on words whose place is certain."""
    if spliced:
        return Verdict.SPLICED
    if any(changes_words(edit) for edit in edits):
        return Verdict.ALTERED
    if any(map(in_doubt, edits)):
        return Verdict.NOT_CHECKABLE
    kinds = {edit.kind for edit in edits}
    if EditKind.OMISSION in kinds or EditKind.EDITORIAL in kinds:
        return Verdict.ELIDED
    if EditKind.OCR in kinds:
        return Verdict.OCR_NOISE
    return Verdict.TYPOGRAPHIC if edits else Verdict.VERBATIM


_WORD_FOR = {
    EditKind.NEGATION: "A negation differs",
    EditKind.NUMBER: "A number differs",
    EditKind.DATE: "A date differs",
    EditKind.NAME: "A name differs",
    EditKind.WORD: "A word differs",
    EditKind.ORDER: "The order of words differs",
}
_LONGEST = 90


def reason_for(  # noqa: PLR0911  one sentence for each verdict
    verdict: Verdict, edits: Sequence[Edit], places: int
) -> str:
    """Return one plain sentence that a reader can check against the source."""
    if verdict is Verdict.VERBATIM:
        return "The words stand in the source exactly as quoted" + _times(places)
    if verdict is Verdict.TYPOGRAPHIC:
        return "The same words stand in the source; only typography differs" + _times(places)
    if verdict is Verdict.OCR_NOISE:
        example = next(edit for edit in edits if edit.kind is EditKind.OCR)
        return (
            "The words stand there; what differs is explained by misread characters, "
            f"for instance {_quoted(example.source)} for {_quoted(example.quoted)}."
        )
    if verdict is Verdict.ELIDED:
        left_out = [edit for edit in edits if edit.kind is EditKind.OMISSION]
        if left_out:
            return f"Every part stands in the source, in order; left out is {_quoted(left_out[0].source)}."
        return "The words stand in the source; what is in brackets is the quoter's."
    if verdict is Verdict.SPLICED:
        return "The parts stand in the source, but not together in this way."
    if verdict is Verdict.NOT_CHECKABLE:
        return _untold([edit for edit in edits if in_doubt(edit)])
    changed = [edit for edit in edits if changes_words(edit)]
    if not changed:
        return "The words differ from the source."
    first = next((edit for edit in changed if edit.severity is Severity.MAJOR), changed[0])
    more = len(changed) - 1
    tail = "" if not more else f" ({more} more {'difference' if more == 1 else 'differences'})"
    return f"{_said(first)}{tail}."


def _untold(edits: Sequence[Edit]) -> str:
    if not edits:
        return "Whether the words are the source's cannot be told."
    first, more = edits[0], len(edits) - 1
    tail = "" if not more else f" (and {more} more {'place' if more == 1 else 'places'})"
    if not first.quoted:
        return (
            f"The source has {_quoted(first.source)} among the words, misread so badly that "
            f"it cannot be told whether it belongs to them{tail}."
        )
    return (
        f"The source reads {_quoted(first.source)} where the quotation has "
        f"{_quoted(first.quoted)}: misread so badly that it cannot be told what stood there{tail}."
    )


def _said(edit: Edit) -> str:
    if edit.kind is EditKind.OMISSION:
        return f"What was left out turns the sentence round: {_quoted(edit.source)}"
    if not edit.quoted:
        return f"The quotation leaves out {_quoted(edit.source)}"
    if not edit.source:
        return f"The quotation adds {_quoted(edit.quoted)}, which the source has not"
    label = _WORD_FOR.get(edit.kind, "Words differ")
    return f"{label}: the source has {_quoted(edit.source)}, the quotation {_quoted(edit.quoted)}"


def _quoted(words: str) -> str:
    flat = " ".join(words.split())
    if len(flat) > _LONGEST:
        flat = flat[: _LONGEST - 1] + "…"
    return f"“{flat}”" if flat else "nothing"


def _times(places: int) -> str:
    return "." if places < 2 else f", in {places} places."
