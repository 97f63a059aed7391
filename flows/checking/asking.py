"""Ask one source for one claim: the comparison, or the reason why there is none."""

from dataclasses import dataclass, replace

from flows.checking.shelf import Reading, Shelf
from flows.citations import page_of
from flows.records import (
    CheckSource,
    Comparison,
    Edit,
    EditKind,
    Layer,
    Severity,
    SourceStatus,
    Verdict,
    Witness,
)

#: Statuses of a source that was obtained, yet is no evidence.
_OBTAINED = {SourceStatus.UNUSABLE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What one witness said about one claim."""

    layer: Layer
    reading: Reading
    comparison: Comparison

    @property
    def verdict(self) -> Verdict:
        """The verdict of this witness alone."""
        return self.comparison.verdict

    @property
    def url(self) -> str:
        """The canonical address of the witness."""
        return self.reading.source.canonical_url

    @property
    def page(self) -> str:
        """The address of the page of which the witness is an edition: mostly its own."""
        return page_of(self.url)

    @property
    def is_capture(self) -> bool:
        """Whether the witness is the capture that a post names, not the page as it reads today."""
        return self.url != self.page


def ask(exact: str, reading: Reading, shelf: Shelf) -> Answer:
    """Return what *reading* says about the words *exact*."""
    missing = why_not(reading)
    if missing is not None:
        return Answer(layer=layer_of(reading), reading=reading, comparison=missing)
    comparison = shelf.compared(exact, reading.source.canonical_url)
    comparison = _unless_partial(comparison, reading)
    return Answer(layer=layer_of(reading), reading=reading, comparison=comparison)


def why_not(reading: Reading) -> Comparison | None:
    """Return ``unavailable`` or ``not_checkable`` with the reason, or ``None`` if it can be read.

    A source that was not obtained is ``unavailable``; one that was obtained
    and holds nothing to compare is ``not_checkable``. Neither says anything
    about the quotation.
    """
    source, page = reading.source, reading.page
    if source.capture is None and source.status not in _OBTAINED:
        reason = source.reason or f"the source is {source.status}"
        return Comparison(verdict=Verdict.UNAVAILABLE, reason=_sentence(reason))
    if page is None or page.problem is not None or source.status in _OBTAINED:
        problem = page.problem if page is not None else None
        reason = problem or source.reason or "no text could be read from it"
        return Comparison(verdict=Verdict.NOT_CHECKABLE, reason=_sentence(reason))
    return None


def layer_of(reading: Reading) -> Layer:
    """Return whose words the source holds, told by its page or, failing that, its kind."""
    if reading.page is not None:
        return reading.page.layer
    return {"ocr": Layer.OCR, "file": Layer.PDF}.get(reading.source.kind, Layer.PAGE)


def evidence(answer: Answer) -> CheckSource | None:
    """Return the capture behind *answer*, or ``None`` when nothing was obtained."""
    capture = answer.reading.source.capture
    if capture is None:
        return None
    return CheckSource(
        url=answer.url,
        layer=answer.layer,
        digest=capture.digest,
        captured_at=capture.captured_at,
        via=answer.reading.source.via,
    )


def witness(answer: Answer) -> Witness:
    """Return the line that the report keeps of *answer*."""
    capture = answer.reading.source.capture
    return Witness(
        layer=answer.layer,
        url=answer.url,
        verdict=answer.verdict,
        score=answer.comparison.score,
        reason=answer.comparison.reason,
        captured_at=capture.captured_at if capture is not None else None,
        capture=answer.is_capture,
    )


def changed_share(answer: Answer, exact: str) -> float:
    """Return which share of the quoted words the source words differently (0 to 1).

    It tells a quotation with a changed word from a page that merely says
    something similar; it never makes a verdict better.
    """
    words = max(1, len(exact.split()))
    return min(1.0, sum(map(_weight, answer.comparison.edits)) / words)


def _weight(edit: Edit) -> int:
    if edit.severity is Severity.NONE:
        return 0
    if edit.kind is EditKind.OMISSION:
        return 1  # however much was left out, the quoted words themselves are the source's
    return max(len(edit.quoted.split()), len(edit.source.split()))


def with_warnings(comparison: Comparison, *more: str) -> Comparison:
    """Return *comparison* with each warning of *more* added once, in order."""
    return replace(comparison, warnings=tuple(dict.fromkeys((*comparison.warnings, *more))))


def _unless_partial(comparison: Comparison, reading: Reading) -> Comparison:
    """Take back "not found" when part of the source has no text: the words may stand there."""
    page = reading.page
    lacking = comparison.verdict is Verdict.NOT_FOUND or "found_in_part" in comparison.warnings
    if not lacking or page is None or page.incomplete is None:
        return comparison
    reason = f"Not in the part that has a text. {_sentence(page.incomplete)}"
    return replace(comparison, verdict=Verdict.NOT_CHECKABLE, reason=reason)


def _sentence(reason: str) -> str:
    reason = reason.strip()
    return reason[:1].upper() + reason[1:] + ("" if reason.endswith((".", "!", "?")) else ".")
