"""List where equal words are dressed differently: case, accents, punctuation.

White space is no difference. On machine-read sources, which have lost their
punctuation, its absence is not listed.
"""

from dataclasses import replace

from flows.matching.edits.judgement import EqualRun, Judgement
from flows.matching.words.effort import spend
from flows.matching.words.sides import Difference
from flows.matching.words.wording import Words
from flows.records import Edit, EditKind, Severity

#: Steps of work for a word that is dressed differently.
_STEPS_A_WORD = 4
#: Marks that may follow a last word.
CLOSING = ".,;:!?…\"'”’»)]}"


def same_but_for_blanks(first: str, second: str) -> bool:
    """Return whether two texts are equal when every run of white space counts as one blank."""
    return first == second or " ".join(first.split()) == " ".join(second.split())


def dress(judgement: Judgement, *, edges: tuple[bool, bool] = (True, True)) -> list[Edit]:
    """Return the typographic edits of equal words and of what stands between them.

    *edges* says whether what stands before the first and after the last word
    of the quotation is compared too. Offsets count in the texts as read.
    """
    sides = judgement.sides
    q, s = sides.q, sides.s
    edits: list[Edit] = []
    if judgement.differences or not same_but_for_blanks(
        q.text[q.starts[0] : q.ends[-1]], s.text[judgement.start : judgement.end]
    ):
        edits = _inside(judgement)
    if edges[0]:
        edits = _before(judgement) + edits
    if edges[1]:
        edits += _after(judgement)
    return edits


def _inside(judgement: Judgement) -> list[Edit]:
    q, s = judgement.sides.q, judgement.sides.s
    edits: list[Edit] = []
    for run in judgement.equal:
        first, other, length = run
        ours = q.text[q.starts[first] : q.ends[first + length - 1]]
        if ours != s.text[s.starts[other] : s.ends[other + length - 1]]:
            edits += _within(judgement, run)
    return edits


def _within(judgement: Judgement, run: EqualRun) -> list[Edit]:
    q, s = judgement.sides.q, judgement.sides.s
    edits: list[Edit] = []
    first, _, length = run
    spend(_STEPS_A_WORD * length)
    for place, other in zip(
        range(first, first + length), range(run[1], run[1] + length), strict=True
    ):
        if place > first:
            gap = q.text[q.ends[place - 1] : q.starts[place]]
            theirs = s.text[s.ends[other - 1] : s.starts[other]]
            if gap != theirs:
                edits += _gap(judgement, (q.ends[place - 1], gap), (s.ends[other - 1], theirs))
        if q.text[q.starts[place] : q.ends[place]] != s.text[s.starts[other] : s.ends[other]]:
            edits += _word(q, s, place, other)
    return edits


def _gap(judgement: Judgement, ours: tuple[int, str], theirs: tuple[int, str]) -> list[Edit]:
    quoted, source = ours[1].strip(), theirs[1].strip()
    if quoted == source or (judgement.sides.source.is_ocr and not source):
        return []
    # A second text layer stands between words as if it were punctuation.
    doubled = judgement.sides.source.second_layer is not None and any(map(str.isalnum, source))
    kind = EditKind.OCR if doubled else EditKind.TYPOGRAPHY
    if not judgement.sides.source.is_ocr and _another_sign(judgement, ours, theirs):
        told = EditKind.NUMBER if _beside_a_number(judgement.sides.s, theirs) else EditKind.WORD
        edit = _edit(
            told, (ours[0] + _lead(ours[1]), quoted), (theirs[0] + _lead(theirs[1]), source)
        )
        severity = Severity.MAJOR if told is EditKind.NUMBER else Severity.MINOR
        return [replace(edit, severity=severity)]
    return [
        _edit(
            kind,
            (ours[0] + _lead(ours[1]), quoted),
            (theirs[0] + _lead(theirs[1]), source),
        )
    ]


#: Signs between words or numbers of which one for another says something else.
_SENSE = frozenset("=≠≈~+<>≤≥☐☑☒✓✗✔✘")
_MINUS = frozenset("-–−")
_ABOUT = frozenset("~≈")


def _another_sign(judgement: Judgement, ours: tuple[int, str], theirs: tuple[int, str]) -> bool:
    """Return whether one sign that bears sense stands for another, or an "about" was lost.

    A sign that is gone may have been a mark of the page; a board eats ``>`` and a
    ``+`` that opens a line.
    """
    quoted, source = ours[1].strip(), theirs[1].strip()
    if quoted in _SENSE and source in _SENSE:
        return not _ABOUT.issuperset((quoted, source))
    if "," in {quoted, source} and (ours[1] in _MINUS or theirs[1] in _MINUS):
        # "1–3" has the 2 between them, "1, 3" has not.
        return _between_digits(judgement.sides.s, theirs)
    if "+" in {quoted, source} and (quoted in _MINUS or source in _MINUS):
        return "\n" not in ours[1] + theirs[1]
    about = quoted[-1:] if not _ABOUT.isdisjoint(quoted) else source[-1:]
    return (
        about in _ABOUT
        and (quoted[-1:] in _ABOUT) is not (source[-1:] in _ABOUT)
        and _beside_a_number(judgement.sides.s, theirs)
        and not (quoted + source).strip("~≈,;:.(\"'“‘")
        and (quoted + source).count(about) == 1
    )


def _between_digits(words: Words, gap: tuple[int, str]) -> bool:
    return words.text[gap[0] - 1 : gap[0]].isdigit() and _beside_a_number(words, gap)


def _beside_a_number(words: Words, gap: tuple[int, str]) -> bool:
    """Return whether a digit stands behind a gap between words."""
    end = gap[0] + len(gap[1])
    return words.text[end : end + 1].isdigit()


def _lead(text: str) -> int:
    stripped = len(text) - len(text.lstrip())
    return 0 if stripped == len(text) else stripped


def _word(q: Words, s: Words, place: int, other: int) -> list[Edit]:
    ours, theirs = q.written(place, place + 1), s.written(other, other + 1)
    if q.norms[place][0] in "@#":
        return []
    if ("[" in ours or "]" in ours) and "[" not in theirs:
        return [_edit(EditKind.EDITORIAL, (q.starts[place], ours), (s.starts[other], theirs))]
    kind = EditKind.CASE if ours.lower() == theirs.lower() else EditKind.TYPOGRAPHY
    if q.norms[place].isdigit() and ours.isascii() and theirs.isascii():
        kind = EditKind.NUMBER
    return [_edit(kind, (q.starts[place], ours), (s.starts[other], theirs))]


def _before(judgement: Judgement) -> list[Edit]:
    q, s = judgement.sides.q, judgement.sides.s
    lead = q.text[: q.starts[0]]
    ours = "".join(lead.split())
    if not ours:
        return []
    theirs = "".join(s.text[max(0, judgement.start - 2 * len(lead) - 8) : judgement.start].split())
    if theirs.endswith(ours):
        return []
    place = q.starts[0] - len(lead.lstrip())
    return [_edit(EditKind.TYPOGRAPHY, (place, lead.strip()), (judgement.start, ""))]


def _after(judgement: Judgement) -> list[Edit]:
    q, s = judgement.sides.q, judgement.sides.s
    tail = q.text[q.ends[-1] :]
    ours = "".join(tail.split())
    if not ours:
        return []
    theirs = "".join(s.text[judgement.end : judgement.end + 2 * len(tail) + 8].split())
    if theirs.startswith(ours):
        return []
    stop = judgement.end
    while stop < len(s.text) and s.text[stop] in CLOSING:
        stop += 1
    source = s.text[judgement.end : stop]
    if judgement.sides.source.is_ocr and not source:
        return []
    start = q.ends[-1] + _lead(tail)
    return [_edit(EditKind.TYPOGRAPHY, (start, tail.strip()), (judgement.end, source))]


def _edit(kind: EditKind, ours: tuple[int, str], theirs: tuple[int, str]) -> Edit:
    return Edit(
        kind=kind,
        quoted=ours[1],
        source=theirs[1],
        severity=Severity.NONE,
        quoted_start=ours[0],
        quoted_end=ours[0] + len(ours[1]),
        source_start=theirs[0],
        source_end=theirs[0] + len(theirs[1]),
    )


def edit_of(judgement: Judgement, difference: Difference) -> Edit:
    """Return a difference as an edit; an empty side stands where words are missing."""
    q, s = judgement.sides.q, judgement.sides.s
    q0, q1 = _span(q, difference.q0, difference.q1)
    s0, s1 = _span(s, difference.s0, difference.s1)
    return Edit(
        kind=difference.kind,
        quoted=q.text[q0:q1],
        source=s.text[s0:s1],
        severity=difference.severity,
        quoted_start=q0,
        quoted_end=q1,
        source_start=s0,
        source_end=s1,
    )


def _span(words: Words, first: int, last: int) -> tuple[int, int]:
    if first < last:
        start, end = words.starts[first], words.ends[last - 1]
        if words.text[start - 1 : start] + words.text[end : end + 1] in {"[]", "()"}:
            return start - 1, end + 1
        return start, end
    place = words.ends[first - 1] if first else (words.starts[0] if len(words) else 0)
    return place, place
