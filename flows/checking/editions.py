"""Editions of one page: as a web archive kept it, and as it reads today.

The Archive edits its pages, so words may stand in one edition and not in
another. A post that links to a capture cites that edition; the page is asked
beside it, and where the two do not read alike, the finding says so.
"""

from collections.abc import Iterator, Sequence

from flows.checking.asking import Answer
from flows.checking.deciding import DIFFERENT, FAITHFUL, UNREAD
from flows.citations import capture_time
from flows.records import SourceStatus, Verdict

_LACKING = (*DIFFERENT, Verdict.NOT_FOUND)


def edition_cautions(verdict: Verdict, chosen: Answer, answers: Sequence[Answer]) -> list[str]:
    """Return what a reader must know about the editions asked, as codes of warnings.

    Args:
        verdict: The verdict on the words.
        chosen: The answer it rests on.
        answers: Every answer given.
    """
    if verdict in (*FAITHFUL, Verdict.OCR_NOISE):
        cautions = [*_otherwise(chosen, answers)]
    elif verdict in _LACKING and any(a.is_capture and a.verdict in UNREAD for a in answers):
        cautions = ["capture_not_read"]
    else:
        cautions = []
    if chosen.is_capture and _of_another_time(chosen):
        cautions.append("other_capture")
    return cautions


def _otherwise(chosen: Answer, answers: Sequence[Answer]) -> Iterator[str]:
    """Yield a code for each kind of edition of the page chosen that has not got the words."""
    for answer in answers:
        if answer is chosen or answer.page != chosen.page or answer.verdict not in _LACKING:
            continue
        if answer.is_capture:
            yield "capture_differs"
        elif answer.reading.source.status is not SourceStatus.ARCHIVED:
            yield "page_differs"


def _of_another_time(answer: Answer) -> bool:
    capture = answer.reading.source.capture
    named = capture_time(answer.url)
    return capture is not None and named != f"{capture.captured_at:%Y%m%d%H%M%S}"
