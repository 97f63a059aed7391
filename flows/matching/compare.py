"""Compare a quotation with a source: the story in one screen.

Locate, then judge. The words are looked for letter by letter; then in pieces,
where marks of omission divide them; then with differences; then as pieces that
were joined without a mark. What is found is judged word by word, and the
verdict follows from the differences alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from flows.matching.bitparallel import nearest
from flows.matching.context import context_of, match_of, reverses, sentence_ends
from flows.matching.fragments import is_clean, place_pieces, split_unmarked
from flows.matching.judging import Judgement, judge
from flows.matching.language import language_of
from flows.matching.lexicon import zipf
from flows.matching.locating import MOST_PLACES, Place, approximate_places, exact_places
from flows.matching.negation import turns_round
from flows.matching.plainly import same_as_written
from flows.matching.quotation import Piece, Quotation
from flows.matching.source import SourceText
from flows.matching.typesetting import dress, edit_of, same_but_for_blanks
from flows.matching.verdict import decide, reason_for
from flows.matching.wording import read_words
from flows.records import Comparison, Edit, EditKind, Match, Severity, Verdict

#: A quotation of fewer words stands in many texts by chance: found, it gets the
#: warning ``short``; not found, its place cannot be guessed.
SHORT_WORDS = 4
#: Share of the quoted words (long ones counting more) that must stand in one
#: place for that place to be certain. Sentences on one subject share up to a third.
SURE_SHARE = 0.5
#: Largest share of the key that may differ where an approximate place is sought.
_FARTHEST = 0.45
#: In machine-read text a stamp may stand in mid-sentence.
_FARTHEST_IN_NOISE = 0.6
#: Identical places judged one by one; the rest are compared with these.
_JUDGED = 40
#: Characters that a mark of omission may honestly bridge.
FAR = 3000
#: Pieces beyond this number are no quotation any more.
MOST_PIECES = 60
#: Letters that a piece joined without a mark must have: a name or a phrase stands anywhere.
LEAST_JOINED = 19
LEAST_JOINED_WORDS = 5
#: Words that may be missing inside one sentence before it is two joined pieces.
_GAP_WORDS = 12


@dataclass(slots=True)
class _Finding:
    """Judged pieces in the order of the quotation, and how they are joined."""

    judgements: list[Judgement]
    marked: bool = False
    missing: list[Piece] = field(default_factory=list)
    others: list[tuple[int, int]] = field(default_factory=list)
    ambiguous: bool = False


def compare(quote: str, source: SourceText) -> Comparison:
    """Return whether *quote* is faithful to *source*, and if not, in which words.

    Never raises for any text. Offsets of matches and edits count code points
    of ``quote`` and of ``source.text`` as given.

    >>> page = SourceText("The allies will not permit progress on that track.")
    >>> compare("The allies will not permit progress", page).verdict
    <Verdict.VERBATIM: 'verbatim'>
    >>> changed = compare("The allies will permit progress on that track", page)
    >>> changed.verdict, [(edit.kind, edit.source) for edit in changed.edits]
    (<Verdict.ALTERED: 'altered'>, [(<EditKind.NEGATION: 'negation'>, 'not')])
    """
    quotation = Quotation(quote)
    if not quotation.key and not quotation.words.norms:
        return _silent("The quotation holds no words to compare.")
    if not source.key:
        return _silent("The source holds no words to compare with.")
    places = exact_places(quotation.key, source)
    plain = same_as_written(quotation, source, places)
    if plain is not None:
        return plain
    found = _exactly(quotation, source, places)
    if found is None and quotation.ellipses:
        found = _in_marked_pieces(quotation, source)
    if found is None:
        found = _nearly(quotation, source)
        if found is None or _gapped(found.judgements[0]):
            found = _in_unmarked_pieces(quotation, source, found) or found
    if found is None:
        return _absent(quotation, source)
    return _concluded(quotation, source, found)


def same_typography(first: str, second: str) -> Comparison:
    """Return how *first* compares with the whole of *second*: a title with a title.

    >>> same_typography("NATO Expansion - The Budapest Blow Up", "NATO Expansion – The Budapest Blow Up").verdict
    <Verdict.TYPOGRAPHIC: 'typographic'>
    """
    source = SourceText(second)
    forward = compare(first, source)
    if forward.verdict not in {Verdict.VERBATIM, Verdict.TYPOGRAPHIC}:
        return forward
    ours, theirs = Quotation(first), read_words(source.read)
    rest = [
        place
        for place in range(len(theirs))
        if theirs.ends[place] <= forward.matches[0].start
        or theirs.starts[place] >= forward.matches[-1].end
    ]
    if not rest or len(ours.words) == len(theirs):
        return forward
    left = theirs.written(rest[0], rest[-1] + 1)
    edit = Edit(
        kind=EditKind.DELETION,
        quoted="",
        source=left,
        severity=Severity.MINOR,
        source_start=source.reading.given(theirs.starts[rest[0]]),
        source_end=source.reading.given_end(theirs.ends[rest[-1]]),
    )
    edits = (*forward.edits, edit)
    return Comparison(
        verdict=Verdict.ALTERED,
        matches=forward.matches,
        edits=edits,
        score=forward.score,
        reason=reason_for(Verdict.ALTERED, edits, 1),
    )


def _silent(reason: str) -> Comparison:
    return Comparison(verdict=Verdict.NOT_CHECKABLE, reason=reason)


def _whole(quotation: Quotation) -> Piece:
    return Piece(0, len(quotation.words))


def _judge_at(
    quotation: Quotation, source: SourceText, start: int, end: int, *, exact: bool
) -> Judgement | None:
    offsets = source.folded.offsets
    first, last = int(offsets[start]), int(offsets[end - 1]) + 1
    return judge(quotation, _whole(quotation), source, first, last, exact=exact)


def _exactly(quotation: Quotation, source: SourceText, places: list[int]) -> _Finding | None:
    """Look for the letters as they are; every place that is equally good counts."""
    key = quotation.key
    if not places or not quotation.words.norms:
        return None
    clean = [place for place in places if is_clean(source, place, place + len(key))]
    if not clean and len(quotation.words) < SHORT_WORDS:
        return None
    chosen = _apart(clean or places, len(key))[:MOST_PLACES]
    judged: list[tuple[int, Judgement]] = []
    for place in chosen[:_JUDGED]:
        judgement = _judge_at(quotation, source, place, place + len(key), exact=True)
        if judgement is not None:
            judged.append((place, judgement))
    if not judged:
        return None
    least = min(judgement.weight for _, judgement in judged)
    best = [(place, judgement) for place, judgement in judged if judgement.weight == least]
    if best[0][1].weight and best[0][1].share < SURE_SHARE:
        return None
    others = [(judgement.start, judgement.end) for _, judgement in best[1:]]
    offsets = source.folded.offsets
    taken = source.read[best[0][1].start : best[0][1].end]
    for place in chosen[_JUDGED:]:
        start, end = int(offsets[place]), int(offsets[place + len(key) - 1]) + 1
        if source.read[start:end] == taken:
            others.append((start, end))
    return _Finding([best[0][1]], others=others)


def _apart(places: list[int], length: int) -> list[int]:
    kept: list[int] = []
    for place in places:
        if not kept or place >= kept[-1] + length:
            kept.append(place)
    return kept


def _in_marked_pieces(quotation: Quotation, source: SourceText) -> _Finding | None:
    """Look for each stretch between marks of omission."""
    pieces = quotation.pieces()
    if not 2 <= len(pieces) <= MOST_PIECES:
        return None
    judged = place_pieces(quotation, pieces, source)
    found = [j for j in judged if j is not None and j.share >= SURE_SHARE]
    missing = [p for p, j in zip(pieces, judged, strict=True) if j is None or j.share < SURE_SHARE]
    words = sum(j.piece.last - j.piece.first for j in found)
    if not found or words * 2 < len(quotation.words):
        return None
    return _Finding(found, marked=True, missing=missing)


def _nearly(quotation: Quotation, source: SourceText) -> _Finding | None:
    """Look for the place with the fewest differences, and for its lookalikes."""
    key = quotation.key_to_seek
    if not key:
        return None
    farthest = _FARTHEST_IN_NOISE if source.is_ocr else _FARTHEST
    places = approximate_places(key, source, int(farthest * len(key)))
    judged = [
        judgement
        for place in places[:8]
        if place.end > place.start
        and (judgement := _judge_at(quotation, source, place.start, place.end, exact=False))
        is not None
    ]
    judged = [judgement for judgement in judged if _is_sure(quotation, judgement)]
    if not judged:
        return None
    if not all(judgement.faithful for judgement in judged):
        judged += _lookalikes(quotation, source, places)
    best = min(
        judged, key=lambda judgement: (not judgement.faithful, judgement.weight, judgement.start)
    )
    rivals = [
        judgement
        for judgement in judged
        if judgement is not best
        and judgement.faithful == best.faithful
        and judgement.weight == best.weight
        and (judgement.start >= best.end or judgement.end <= best.start)
    ]
    theirs = best.sides.s.text[best.start : best.end].split()
    ambiguous = any(source.read[rival.start : rival.end].split() != theirs for rival in rivals)
    return _Finding(
        [best], others=[(rival.start, rival.end) for rival in rivals], ambiguous=ambiguous
    )


def _is_sure(quotation: Quotation, judgement: Judgement) -> bool:
    words = len(quotation.words)
    if judgement.faithful:
        return True
    agreeing = words * judgement.share
    if words < SHORT_WORDS:
        return False
    if words >= 8 and len(judgement.equal) >= 0.55 * words:
        return True
    return judgement.share >= (SURE_SHARE if words > 6 else 0.55) and agreeing >= 2


def _lookalikes(quotation: Quotation, source: SourceText, places: list[Place]) -> list[Judgement]:
    """Return judgements of other places that share long pieces with the quotation."""
    key = quotation.key_to_seek
    taken = [(place.start, place.end) for place in places]
    found: list[Judgement] = []
    for at in (0, len(key) // 3, 2 * len(key) // 3, len(key) - 16):
        if at < 0 or len(key) < 32:
            continue
        for hit in exact_places(key[at : at + 16], source)[:12]:
            low, high = max(0, hit - at - 24), min(len(source.key), hit - at + len(key) + 24)
            if any(low < end - 24 and start + 24 < high for start, end in taken):
                continue
            taken.append((low, high))
            for near in nearest(key, source.key[low:high], places[0].distance + len(key) // 4 + 8)[
                :1
            ]:
                judgement = _judge_at(
                    quotation, source, low + near.start, low + near.end, exact=False
                )
                if judgement is not None and _is_sure(quotation, judgement):
                    found.append(judgement)
    return found


def _gapped(judgement: Judgement) -> bool:
    """Return whether a place leaves so much open that two places may explain it better."""
    return judgement.share < 0.9 or any(
        d.s1 - d.s0 >= 4 or d.q1 - d.q0 >= 4 for d in judgement.differences if d.changes_words
    )


def _in_unmarked_pieces(
    quotation: Quotation, source: SourceText, whole: _Finding | None
) -> _Finding | None:
    """Look for pieces that were joined without a mark; better than *whole*, or nothing."""
    pieces = split_unmarked(quotation, source)
    if not 2 <= len(pieces) <= MOST_PIECES:
        return None
    judged = place_pieces(quotation, pieces, source)
    found = [j for j in judged if j is not None and j.share >= 0.7]
    if len(found) != len(pieces) or any(map(_too_small, found)):
        return None
    if (
        whole is not None
        and sum(j.weight for j in found) + len(pieces) > whole.judgements[0].weight
    ):
        return None
    return _Finding(found)


def _too_small(judgement: Judgement) -> bool:
    """Return whether a piece is so small that it may stand anywhere: a name, a phrase."""
    words = judgement.sides.q
    return len(words) < LEAST_JOINED_WORDS or sum(map(len, words.norms)) < LEAST_JOINED


def _absent(quotation: Quotation, source: SourceText) -> Comparison:
    ours = language_of(quotation.read)
    theirs = source.language
    if theirs == "en" and ours != "en" and not _reads_as_english(quotation):
        ours = ours or "unknown"
    if ours and theirs and ours != theirs:
        return _silent(
            "The quotation is in another language than the source, so words cannot be compared."
        )
    if len(quotation.words) < SHORT_WORDS:
        if source.is_ocr:
            return Comparison(
                verdict=Verdict.NOT_CHECKABLE,
                warnings=("short",),
                reason="So few words may be hidden by misread characters; nothing can be said.",
            )
        return Comparison(
            verdict=Verdict.NOT_FOUND,
            warnings=("short",),
            reason="These few words do not stand in the source.",
        )
    return Comparison(
        verdict=Verdict.NOT_FOUND,
        reason="The source was read in full, and the words are not in it.",
    )


def _reads_as_english(quotation: Quotation) -> bool:
    """Return whether enough of the words are English ones, names left out."""
    words = quotation.words
    plain = [
        norm for norm, at in zip(words.norms, words.starts, strict=True) if words.text[at].islower()
    ]
    return len(plain) < 5 or sum(zipf(norm) >= 3.7 for norm in plain) >= 0.6 * len(plain)


def _concluded(quotation: Quotation, source: SourceText, finding: _Finding) -> Comparison:
    edits: list[Edit] = []
    warnings: list[str] = []
    spliced = False
    previous: Judgement | None = None
    for place, judgement in enumerate(finding.judgements):
        if previous is not None:
            joint, apart, told = _joint(previous, judgement, source, marked=finding.marked)
            edits += joint
            spliced |= apart
            warnings += told
        edges = (
            place == 0 and not _starts_with_mark(quotation),
            place == len(finding.judgements) - 1 and not _ends_with_mark(quotation),
        )
        edits += _edits(judgement, edges)
        warnings += judgement.warnings
        previous = judgement
    edits += [_missing(quotation, piece) for piece in finding.missing]
    if not edits and _starts_with_mark(quotation) | _ends_with_mark(quotation):
        edits += _outer_marks(quotation, finding)
    if not edits and not finding.others:
        edits += _repaired(quotation, source, finding.judgements[0])
    verdict = decide(edits, spliced=spliced)
    spans = [(judgement.start, judgement.end) for judgement in finding.judgements]
    spans[0] = (_with_opening(quotation, source, spans[0][0]), spans[0][1])
    spans[-1] = (spans[-1][0], _with_closing(quotation, source, spans[-1][1]))
    first, last = min(start for start, _ in spans), max(end for _, end in spans)
    if reverses(source.read, first, last):
        warnings.append("context_reverses")
    if finding.ambiguous:
        warnings.append("ambiguous")
    if len(quotation.words) < SHORT_WORDS:
        warnings.append("short")
    if (
        verdict is Verdict.ALTERED
        and len(spans) > 1
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
        score=round(_score(quotation, finding), 4),
        reason=reason_for(verdict, edits, len(matches)),
        context=context_of(source.read, first, last),
    )


def _edits(judgement: Judgement, edges: tuple[bool, bool]) -> list[Edit]:
    found = dress(judgement, edges=edges)
    if judgement.differences:
        found += [edit_of(judgement, difference) for difference in judgement.differences]
        found.sort(key=lambda edit: (edit.quoted_start, edit.source_start))
    return found


def _starts_with_mark(quotation: Quotation) -> bool:
    return bool(quotation.ellipses) and quotation.ellipses[0][0] < quotation.words.starts[0]


def _ends_with_mark(quotation: Quotation) -> bool:
    return bool(quotation.ellipses) and quotation.ellipses[-1][0] >= quotation.words.ends[-1]


def _outer_marks(quotation: Quotation, finding: _Finding) -> list[Edit]:
    """List a mark of omission before the first or after the last word: it hides nothing inside."""
    edits: list[Edit] = []
    for start, end in quotation.ellipses:
        outside = (
            finding.judgements[0].start
            if start < quotation.words.starts[0]
            else finding.judgements[-1].end
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


def _joint(
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
    stops = sentence_ends(text, one.end, two.start)
    kind, severity, apart = EditKind.OMISSION, Severity.NONE, False
    warnings: list[str] = []
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
        severity = Severity.MAJOR if turns_round(touched) else Severity.NONE
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
    return [edit], apart, warnings


def _touched(text: str, start: int, end: int, stops: list[int], source: SourceText) -> list[str]:
    """Return the left-out words of the sentences that are quoted in part."""
    if not stops:
        norms = read_words(text, start, end).norms
        if source.is_ocr and len(norms) > 40:
            # Nothing tells where sentences end: what stands near either piece.
            return norms[:20] + norms[-20:]
        return norms
    return read_words(text, start, stops[0]).norms + read_words(text, stops[-1], end).norms


def _missing(quotation: Quotation, piece: Piece) -> Edit:
    start, end = quotation.words.starts[piece.first], quotation.words.ends[piece.last - 1]
    return Edit(
        kind=EditKind.INSERTION,
        quoted=quotation.read[start:end],
        source="",
        severity=Severity.MINOR,
        quoted_start=start,
        quoted_end=end,
    )


_OPENING = "\"'“‘«([{"
_CLOSING = ".,;:!?…\"'”’»)]}"


def _with_opening(quotation: Quotation, source: SourceText, start: int) -> int:
    """Take in the opening marks that both sides have."""
    place = quotation.words.starts[0]
    while (
        place
        and start
        and quotation.read[place - 1] == source.read[start - 1]
        and source.read[start - 1] in _OPENING
    ):
        place, start = place - 1, start - 1
    return start


def _with_closing(quotation: Quotation, source: SourceText, end: int) -> int:
    """Take in the closing marks that both sides have."""
    place = quotation.words.ends[-1]
    while (
        place < len(quotation.read)
        and end < len(source.read)
        and quotation.read[place] == source.read[end]
        and source.read[end] in _CLOSING
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


def _repaired(quotation: Quotation, source: SourceText, judgement: Judgement) -> list[Edit]:
    """List, as one typographic edit, that the texts agree only once wrong decoding is undone."""
    start, end = judgement.start, judgement.end
    q0, q1 = quotation.words.starts[0], quotation.words.ends[-1]
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


def _score(quotation: Quotation, finding: _Finding) -> float:
    words = sum(j.piece.last - j.piece.first for j in finding.judgements)
    agreeing = sum((j.piece.last - j.piece.first) * j.share for j in finding.judgements)
    return max(0.0, min(1.0, agreeing / max(words, len(quotation.words), 1)))
