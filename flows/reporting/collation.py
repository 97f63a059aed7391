"""The post's words and the source's words, laid side by side.

As an apparatus of variants does it: each place where the two differ gets a
number, the number stands at both readings, and the list of differences says
in words what was read where.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from flows.records import Check, Edit, EditKind, Match, Severity, Verdict
from flows.reporting.pieces import Piece, Tone
from flows.reporting.surroundings import after, before, sentences_around

# A stretch without any difference is shown in full up to here, then by its
# two ends; the whole stands in report.json.
_LONGEST_SAME = 1_400
_END_OF_SAME = 500
# Beside a difference about two lines are enough to find the place by; what is
# further off is folded, if that spares the reader at least as much again.
_NEAR = 160
_WORTH_FOLDING = 320
_LONGEST_FOLDED = 5_000
#: More differences than this are counted, not listed.
MOST_DIFFERENCES = 100

#: Differences that change no word: marked lightly, listed last.
SLIGHT = frozenset({EditKind.CASE, EditKind.TYPOGRAPHY})


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """An edit with its number, or without one when it is slight."""

    edit: Edit
    number: int | None
    times: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Collation:
    """Both columns and the differences between them.

    ``places`` holds the source's side: one sequence of pieces per place. Where
    differences are numbered, words far from all of them are ``FOLDED`` pieces.
    ``elsewhere`` counts further places where the same passage stands;
    ``unlisted`` the differences beyond those listed.
    """

    quoted: tuple[Piece, ...]
    places: tuple[tuple[Piece, ...], ...]
    differences: tuple[Difference, ...]
    elsewhere: int = 0
    unlisted: int = 0


@dataclass(frozen=True, slots=True)
class _Span:
    """Where one edit's reading stands in the text that is shown."""

    start: int
    end: int
    tone: Tone
    number: int | None


def collate(check: Check) -> Collation:
    """Return the words of *check* and of its source, with every difference marked.

    An edit whose reading does not stand where its offsets say, nor anywhere
    else in the text, is listed but not marked: a wrong mark is worse than none.
    """
    edits = sorted(check.edits, key=lambda edit: (edit.quoted_start, edit.source_start))
    numbers = _numbers(edits)
    quoted = _place(check.exact, edits, numbers, side="quoted", shifts=(0, check.start))
    fragments, elsewhere = _fragments(check)
    return Collation(
        quoted=tuple(_pieces(check.exact, quoted)),
        places=tuple(_source_places(check, fragments, edits, numbers)),
        differences=_differences(edits[:MOST_DIFFERENCES], numbers),
        elsewhere=elsewhere,
        unlisted=max(0, len(edits) - MOST_DIFFERENCES),
    )


def _numbers(edits: Sequence[Edit]) -> list[int | None]:
    numbers: list[int | None] = []
    last = 0
    for edit in edits:
        if edit.kind in SLIGHT:
            numbers.append(None)
        else:
            last += 1
            numbers.append(last)
    return numbers


def _differences(edits: Sequence[Edit], numbers: list[int | None]) -> tuple[Difference, ...]:
    numbered = [
        Difference(edit=edit, number=number)
        for edit, number in zip(edits, numbers, strict=False)
        if number is not None
    ]
    slight: dict[tuple[EditKind, str, str], list[Edit]] = {}
    for edit in edits:
        if edit.kind in SLIGHT:
            slight.setdefault((edit.kind, edit.quoted, edit.source), []).append(edit)
    return (
        *numbered,
        *(Difference(edit=same[0], number=None, times=len(same)) for same in slight.values()),
    )


def _reading(edit: Edit, side: str) -> tuple[str, int, int]:
    if side == "quoted":
        return edit.quoted, edit.quoted_start, edit.quoted_end
    return edit.source, edit.source_start, edit.source_end


def _place(
    text: str,
    edits: Sequence[Edit],
    numbers: list[int | None],
    *,
    side: str,
    shifts: tuple[int, int],
) -> list[_Span]:
    """Return where the readings stand in *text*, in order and without overlap.

    Offsets count from the start of *text* or from that of the whole it was
    cut from; which of the *shifts* is right is told by the readings
    themselves, and the first is taken when they tell nothing.
    """

    def fits(edit: Edit, shift: int) -> bool:
        reading, start, end = _reading(edit, side)
        return start >= shift and text[start - shift : end - shift] == reading

    wordy = [edit for edit in edits if _reading(edit, side)[0]]
    shift = max(shifts, key=lambda value: sum(fits(edit, value) for edit in wordy))
    spans: list[_Span] = []
    cursor = 0
    for edit, number in zip(edits, numbers, strict=True):
        reading, start, _ = _reading(edit, side)
        start = text.find(reading, cursor) if reading and not fits(edit, shift) else start - shift
        if not cursor <= start <= len(text):
            continue
        tone = _tone(edit, number, reading)
        if reading or number is not None:
            spans.append(_Span(start, start + len(reading), tone, number))
            cursor = start + len(reading)
    return spans


def _tone(edit: Edit, number: int | None, reading: str) -> Tone:
    if number is None:
        return Tone.SLIGHT
    if not reading:
        return Tone.MISSING
    # An honest ellipsis, or a misread letter of the scan, is nobody's fault.
    return Tone.NOTED if edit.severity is Severity.NONE else Tone.DIFFERS


def _pieces(text: str, spans: Sequence[_Span]) -> list[Piece]:
    pieces: list[Piece] = []
    cursor = 0
    same = _far_and_near if any(span.number is not None for span in spans) else _same
    for span in spans:
        pieces += same(text[cursor : span.start])
        pieces.append(Piece(text[span.start : span.end], span.tone, span.number))
        cursor = span.end
    return pieces + same(text[cursor:])


def _far_and_near(text: str) -> list[Piece]:
    """Return *text*, a stretch beside a numbered difference, with its middle folded."""
    start = text.rfind(" ", 0, _NEAR)
    end = text.find(" ", len(text) - _NEAR) + 1
    if start < 0 or not end or not _WORTH_FOLDING <= end - start <= _LONGEST_FOLDED:
        return _same(text)
    return [
        Piece(text[:start], Tone.SAME),
        Piece(text[start:end], Tone.FOLDED),
        Piece(text[end:], Tone.SAME),
    ]


def _same(text: str) -> list[Piece]:
    if len(text) <= _LONGEST_SAME:
        return [Piece(text, Tone.SAME)] if text else []
    left_away = len(text) - 2 * _END_OF_SAME
    return [
        Piece(text[:_END_OF_SAME], Tone.SAME),
        Piece(f"{left_away:,}", Tone.CUT),
        Piece(text[-_END_OF_SAME:], Tone.SAME),
    ]


def _fragments(check: Check) -> tuple[list[Match], int]:
    """Return the places that together answer the quotation, and the count of repeats."""
    matches = list(check.matches)
    if check.verdict is Verdict.SPLICED or len(matches) < 2:
        return matches, 0
    # Each as long as the quotation: the same passage at several places.
    if check.verdict is not Verdict.ELIDED and all(
        match.end - match.start >= 0.7 * len(check.exact) for match in matches
    ):
        return matches[:1], len(matches) - 1
    return sorted(matches, key=lambda match: match.start), 0


def _source_places(
    check: Check, fragments: list[Match], edits: Sequence[Edit], numbers: list[int | None]
) -> list[tuple[Piece, ...]]:
    parts = [_matched(match, edits, numbers) for match in fragments]
    if not parts:
        return []
    if check.verdict is Verdict.SPLICED:
        return [
            (*before(match), *part, *after(match))
            for match, part in zip(fragments, parts, strict=True)
        ]
    context = sentences_around(check, fragments[0], fragments[-1])
    line: list[Piece] = list(before(fragments[0], context))
    for index, part in enumerate(parts):
        if index:
            line += _between(fragments[index - 1], fragments[index], edits, numbers)
        line += part
    return [(*line, *after(fragments[-1], context))]


def _matched(match: Match, edits: Sequence[Edit], numbers: list[int | None]) -> list[Piece]:
    inside = sorted(
        (
            (edit, number)
            for edit, number in zip(edits, numbers, strict=True)
            if match.start <= edit.source_start <= edit.source_end <= match.end
            or (edit.source and not edit.source_end)  # offsets that were never set
        ),
        key=lambda pair: pair[0].source_start,
    )
    spans = _place(
        match.exact,
        [edit for edit, _ in inside],
        [number for _, number in inside],
        side="source",
        shifts=(match.start, 0),
    )
    return _pieces(match.exact, spans)


def _between(
    earlier: Match, later: Match, edits: Sequence[Edit], numbers: list[int | None]
) -> list[Piece]:
    """Return what was left out between two places, as far as an edit tells it."""
    for edit, number in zip(edits, numbers, strict=True):
        if (
            edit.kind is EditKind.OMISSION
            and earlier.end <= edit.source_start <= edit.source_end <= later.start
        ):
            return [
                Piece(" ", Tone.SAME),
                Piece(edit.source.strip(), Tone.LEFT_OUT, number),
                Piece(" ", Tone.SAME),
            ]
    return [Piece("", Tone.GAP)]
