"""Turn a finding into a comparison: edits, warnings, verdict, matches, reason."""

from collections.abc import Iterable
from math import fsum

from flows.matching.edits.context import context_of, match_of, reverses
from flows.matching.edits.judgement import Judgement
from flows.matching.joints import FAR, joint, missing
from flows.matching.searching import SHORT_WORDS, Finding
from flows.matching.typesetting import CLOSING, dress, edit_of, same_but_for_blanks
from flows.matching.verdict import decide, in_doubt, reason_for
from flows.matching.words.quotation import WHOLE, Quotation
from flows.matching.words.source import SourceText
from flows.matching.words.wording import Words
from flows.records import Comparison, Edit, EditKind, Match, Severity, Verdict

_OPENING = "\"'“‘«([{"


#: Marks that end a statement.
_STATING = frozenset(".!")


def concluded(quotation: Quotation, source: SourceText, finding: Finding) -> Comparison:
    """Return the comparison that follows from a finding."""
    edits: list[Edit] = []
    warnings: list[str] = []
    words = _words(quotation, finding)
    spliced = False
    previous: Judgement | None = None
    for place, judgement in enumerate(finding.judgements):
        if previous is not None and not finding.partial:
            between, apart, told = joint(previous, judgement, source, marked=finding.marked)
            edits += between
            spliced |= apart
            warnings += told
        edges = (
            place == 0 and not finding.partial and not _starts_with_mark(quotation, words),
            place == len(finding.judgements) - 1
            and not finding.partial
            and not _ends_with_mark(quotation, words),
        )
        edits += _edits(judgement, edges)
        warnings += judgement.warnings
        previous = judgement
    edits += [missing(quotation, piece) for piece in finding.missing]
    if not edits and quotation.ellipses:
        edits += _outer_marks(quotation, words, finding)
    if not edits and not finding.others:
        edits += _repaired(quotation, words, source, finding.judgements[0])
    verdict = decide(edits, spliced=spliced)
    spans = [(judgement.start, judgement.end) for judgement in finding.judgements]
    spans[0] = (with_opening(words.text, words.starts[0], source, spans[0][0]), spans[0][1])
    spans[-1] = (spans[-1][0], with_closing(words.text, words.ends[-1], source, spans[-1][1]))
    first, last = min(spans)[0], max(end for _, end in spans)
    if reverses(source.read, first, last):
        warnings.append("context_reverses")
    warnings += _cautions(edits, words, finding)
    if (
        verdict is Verdict.ALTERED
        and len(spans) > 1
        and not finding.partial
        and spans == sorted(spans)
        and last - first <= FAR
    ):
        # An omission that changes the sense: the place is the passage as a whole.
        spans = [(first, last)]
    matches = _matches(source, spans + finding.others)
    return Comparison(
        verdict=verdict,
        matches=matches,
        edits=_given(edits, quotation, source),
        warnings=tuple(dict.fromkeys(warnings)),
        score=round(_score(words, finding), 4),
        reason=reason_for(verdict, edits, len(matches)),
        context=context_of(source.read, first, last) if quotation.in_context else None,
    )


def _cautions(edits: list[Edit], words: Words, finding: Finding) -> list[str]:
    """Return what a reader must know of the finding as a whole, as codes of warnings."""
    told = {
        "ambiguous": finding.ambiguous,
        "short": words.count < SHORT_WORDS,
        "question_mark": any(map(_asks, edits)),
        "misread_words": any(map(in_doubt, edits)),
    }
    return [code for code, holds in told.items() if holds]


def _asks(edit: Edit) -> bool:
    """Return whether one side asks, by its mark alone, what the other one states."""
    marks = edit.quoted[:1], edit.source[:1]
    return "?" in marks and (marks[0] in _STATING or marks[1] in _STATING)


def _words(quotation: Quotation, finding: Finding) -> Words:
    """Return the quoted words, as they were compared if that was in one place."""
    first = finding.judgements[0]
    return first.words if first.piece is WHOLE else quotation.words


def _edits(judgement: Judgement, edges: tuple[bool, bool]) -> list[Edit]:
    found = dress(judgement, edges=edges)
    if judgement.differences:
        found += [edit_of(judgement, difference) for difference in judgement.differences]
        found.sort(key=lambda edit: (edit.quoted_start, edit.source_start))
    return found


def _starts_with_mark(quotation: Quotation, words: Words) -> bool:
    return bool(quotation.ellipses) and quotation.ellipses[0][0] < words.starts[0]


def _ends_with_mark(quotation: Quotation, words: Words) -> bool:
    return bool(quotation.ellipses) and quotation.ellipses[-1][0] >= words.ends[-1]


def _outer_marks(quotation: Quotation, words: Words, finding: Finding) -> list[Edit]:
    """List a mark of omission before the first or after the last word: it hides nothing inside."""
    if not (_starts_with_mark(quotation, words) or _ends_with_mark(quotation, words)):
        return []
    edits: list[Edit] = []
    for start, end in quotation.ellipses:
        outside = (
            finding.judgements[0].start if start < words.starts[0] else finding.judgements[-1].end
        )
        edits.append(
            Edit(
                kind=EditKind.TYPOGRAPHY,
                quoted=quotation.read[start:end],
                source="",
                severity=Severity.NONE,
                quoted_start=start,
                quoted_end=end,
                source_start=outside,
                source_end=outside,
            )
        )
    return edits


def with_opening(quoted: str, place: int, source: SourceText, start: int) -> int:
    """Return where the source's words begin, with the opening marks that both sides have.

    The first quoted word stands at *place*, the first of the source's at *start*.
    """
    while (
        place
        and start
        and quoted[place - 1] == source.read[start - 1]
        and source.read[start - 1] in _OPENING
    ):
        place, start = place - 1, start - 1
    return start


def with_closing(quoted: str, place: int, source: SourceText, end: int) -> int:
    """Return where the source's words end, with the closing marks that both sides have.

    The last quoted word ends at *place*, the last of the source's at *end*.
    """
    while (
        place < len(quoted)
        and end < len(source.read)
        and quoted[place] == source.read[end]
        and source.read[end] in CLOSING
    ):
        place, end = place + 1, end + 1
    return end


def _matches(source: SourceText, spans: Iterable[tuple[int, int]]) -> tuple[Match, ...]:
    reading = source.reading
    given = ((reading.given(start), reading.given_end(end)) for start, end in spans)
    return tuple(match_of(source.text, start, end) for start, end in dict.fromkeys(given))


def _given(edits: list[Edit], quotation: Quotation, source: SourceText) -> tuple[Edit, ...]:
    """Return the edits with offsets, and readings, of the texts as given."""
    if not quotation.reading.breaks and not source.reading.breaks:
        return tuple(edits)
    moved: list[Edit] = []
    for edit in edits:
        q0 = quotation.reading.given(edit.quoted_start)
        q1 = (
            quotation.reading.given_end(edit.quoted_end)
            if edit.quoted_end > edit.quoted_start
            else q0
        )
        s0 = source.reading.given(edit.source_start)
        s1 = (
            source.reading.given_end(edit.source_end) if edit.source_end > edit.source_start else s0
        )
        moved.append(
            Edit(
                kind=edit.kind,
                quoted=quotation.text[q0:q1],
                source=source.text[s0:s1],
                severity=edit.severity,
                quoted_start=q0,
                quoted_end=q1,
                source_start=s0,
                source_end=s1,
            )
        )
    return tuple(moved)


def _repaired(
    quotation: Quotation, words: Words, source: SourceText, judgement: Judgement
) -> list[Edit]:
    """List, as one typographic edit, that the texts agree only once wrong decoding is undone."""
    start, end = judgement.start, judgement.end
    q0, q1 = words.starts[0], words.ends[-1]
    ours = quotation.text[quotation.reading.given(q0) : quotation.reading.given_end(q1)]
    theirs = source.text[source.reading.given(start) : source.reading.given_end(end)]
    if same_but_for_blanks(ours, theirs):
        return []
    return [
        Edit(
            kind=EditKind.TYPOGRAPHY,
            quoted=quotation.read[q0:q1],
            source=source.read[start:end],
            severity=Severity.NONE,
            quoted_start=q0,
            quoted_end=q1,
            source_start=start,
            source_end=end,
        )
    ]


def _score(words: Words, finding: Finding) -> float:
    if finding.judgements[0].piece is WHOLE:
        return max(0.0, finding.judgements[0].share)
    placed = sum(j.piece.last - j.piece.first for j in finding.judgements)
    agreeing = fsum((j.piece.last - j.piece.first) * j.share for j in finding.judgements)
    return max(0.0, min(1.0, agreeing / max(placed, len(words), 1)))
