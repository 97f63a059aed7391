"""One post against its sources: every claim asked of every witness, one finding each."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from flows.checking.asking import (
    Answer,
    ask,
    evidence,
    layer_of,
    why_not,
    with_warnings,
    witness,
)
from flows.checking.blocks import at_home
from flows.checking.charging import COPIED_WORDS, is_charged, of_another
from flows.checking.deciding import (
    DIFFERENT,
    FAITHFUL,
    UNREAD,
    Decision,
    decide,
)
from flows.checking.edges import without_own_edges
from flows.checking.editions import edition_cautions
from flows.checking.elsewhere import Elsewhere
from flows.checking.fields import compare_field
from flows.checking.lone_lines import LoneLine, read_lone_lines
from flows.checking.shelf import Reading, Shelf
from flows.citations import CANDIDATE, find_lone_lines, page_of, sentences_of
from flows.records import (
    Check,
    CheckedPost,
    CheckKind,
    Claim,
    FieldName,
    Layer,
    Link,
    Post,
    SourceStatus,
    Verdict,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CitingPost:
    """A post that cites the Archive, with what it links to and what it claims."""

    post: Post
    links: tuple[Link, ...]
    claims: tuple[Claim, ...]


def check_post(citing: CitingPost, shelf: Shelf, elsewhere: Elsewhere) -> CheckedPost:
    """Return *citing* with one finding per claim that a source can vouch for.

    Claims without a source (the poster's own words) give no finding.
    """
    seen: dict[str, int] = {}
    checks: list[Check] = []
    ids: dict[int, str] = {}
    for place, claim in enumerate(at_home(citing.claims, shelf)):
        for check in _findings(claim, shelf, elsewhere):
            identity = _identity(citing.post, check, seen)
            ids[place] = identity
            within = ids.get(claim.within) if claim.within is not None else None
            checks.append(replace(check, id=identity, within=within))
    checks = _with_lone_lines(citing, checks, shelf, seen)
    return CheckedPost(post=citing.post, links=citing.links, checks=tuple(checks))


def _with_lone_lines(
    citing: CitingPost, checks: list[Check], shelf: Shelf, seen: dict[str, int]
) -> list[Check]:
    """Return *checks* with those of lines that no label explains, yet that are fields of a page.

    A passage that is such a line is left out: one finding on it is enough.
    """
    lines = find_lone_lines(citing.post.text, citing.links, citing.claims)
    copied_from = {
        check.source.url for check in checks if check.source is not None and _is_copied(check)
    }
    told = [
        _made_of_line(line) for line in read_lone_lines(citing.post.text, lines, copied_from, shelf)
    ]
    if not told:
        return checks
    kept = [check for check in checks if not _is_told(citing.post.text, check, told)]
    told = [replace(line, id=_identity(citing.post, line, seen)) for line in told]
    return sorted([*kept, *told], key=lambda check: (check.start, -check.end))


def _is_told(text: str, check: Check, told: Sequence[Check]) -> bool:
    """Whether the words of a passage are those of lines found to be fields, but for a few."""
    inside = [line for line in told if line.start < check.end and check.start < line.end]
    if check.kind is CheckKind.FIELD or not inside or check.start > inside[0].start:
        return False
    spans = [(line.start, line.end) for line in inside]
    place, outside = check.start, 0
    for start, end in sorted(spans):
        outside += len(text[place : max(place, start)].split())
        place = max(place, end)
    return outside + len(text[place : check.end].split()) < COPIED_WORDS


def _is_copied(check: Check) -> bool:
    """Whether words of a post surely come from its source, be it with a change."""
    return check.verdict in FAITHFUL or (
        check.verdict in DIFFERENT
        and check.kind is not CheckKind.FIELD
        and len(check.exact.split()) >= COPIED_WORDS
    )


def _made_of_line(line: LoneLine) -> Check:
    decision = Decision(comparison=line.answer.comparison, answer=line.answer)
    return _made(line.claim, decision, [[line.answer]])


def _findings(claim: Claim, shelf: Shelf, elsewhere: Elsewhere) -> list[Check]:
    """Return the finding on *claim*; of a candidate, those on the sentences that were copied."""
    if claim.binding != CANDIDATE or claim.kind is not CheckKind.PASSAGE:
        check = _check(claim, shelf, elsewhere)
        return [check] if check is not None else []
    whole = _unmarked(claim, shelf, elsewhere)
    if whole is not None:
        return [whole]
    parts = (_unmarked(sentence, shelf, elsewhere) for sentence in sentences_of(claim))
    return [part for part in parts if part is not None]


def _unmarked(claim: Claim, shelf: Shelf, elsewhere: Elsewhere) -> Check | None:
    """Return the finding on words without marks, the poster's remarks at their ends left out."""
    whole = _check(claim, shelf, elsewhere)
    if whole is None or whole.verdict not in DIFFERENT:
        return whole
    rest = without_own_edges(claim, whole.edits)
    return (_check(rest, shelf, elsewhere) if rest is not None else None) or whole


def _check(claim: Claim, shelf: Shelf, elsewhere: Elsewhere) -> Check | None:
    asked = _ask_all(claim, shelf)
    if not asked:
        return None
    answers = [answer for answers in asked for answer in answers]
    decision = decide(claim.exact, answers)
    if not is_charged(claim, decision, answers, shelf):
        another = of_another(claim)
        return _made(claim, another, asked) if another is not None else None
    return _made(claim, _look_elsewhere(claim, decision, answers, elsewhere), asked)


def _made(claim: Claim, decision: Decision, asked: Sequence[Sequence[Answer]]) -> Check:
    answers = [answer for answers in asked for answer in answers]
    comparison, answer = decision.comparison, decision.answer
    if answer is not None and comparison.verdict not in UNREAD:
        comparison = with_warnings(
            comparison,
            *_cautions(claim, answer, asked),
            *edition_cautions(comparison.verdict, answer, answers),
        )
    found = answer is not None and comparison.verdict is not Verdict.UNAVAILABLE
    return Check(
        id="",
        kind=claim.kind,
        field=claim.field,
        exact=claim.exact,
        start=claim.start,
        end=claim.end,
        verdict=comparison.verdict,
        reason=comparison.reason,
        source=evidence(answer) if found and answer is not None else None,
        matches=comparison.matches,
        edits=comparison.edits,
        warnings=comparison.warnings,
        witnesses=tuple(witness(given) for given in answers),
        score=comparison.score,
        context=comparison.context,
    )


def _ask_all(claim: Claim, shelf: Shelf) -> list[list[Answer]]:
    """Ask the cited sources, nearest first, until one of them has the words.

    Each list holds the answers for one link: of the capture that it names, of
    the page, of the document behind it. None is empty.
    """
    asked: list[list[Answer]] = []
    for _, urls in groupby(claim.urls, key=page_of):
        readings = [reading for url in urls for reading in _witnesses(claim, url, shelf)]
        answers = [_ask(claim, reading, shelf) for reading in readings]
        if answers:
            asked.append(answers)
        if any(answer.verdict in FAITHFUL for answer in answers):
            break
    return asked


def _witnesses(claim: Claim, url: str, shelf: Shelf) -> list[Reading]:
    """Return whom to ask: what the editors wrote on the page is asked of the page alone."""
    readings = shelf.witnesses(url)
    editors_words = claim.kind is CheckKind.FIELD or claim.field is FieldName.DESCRIPTION
    return readings[:1] if editors_words else readings


def _ask(claim: Claim, reading: Reading, shelf: Shelf) -> Answer:
    if claim.kind is not CheckKind.FIELD or why_not(reading) or reading.page is None:
        return ask(claim.exact, reading, shelf)
    whole = shelf.prepared(reading.source.canonical_url)
    return Answer(
        layer=layer_of(reading),
        reading=reading,
        comparison=compare_field(claim, reading.page, whole),
    )


def _look_elsewhere(
    claim: Claim, decision: Decision, answers: Sequence[Answer], elsewhere: Elsewhere
) -> Decision:
    """Name another source that has the words, when the cited ones were read and lack them."""
    found = decision.comparison
    lacking = found.verdict is Verdict.NOT_FOUND or "found_in_part" in found.warnings
    if not lacking or claim.kind is CheckKind.FIELD:
        return decision
    other = elsewhere(claim.exact, [answer.url for answer in answers])
    if other is None or other.verdict not in (*FAITHFUL, Verdict.OCR_NOISE):
        return decision
    comparison = replace(
        other.comparison,
        verdict=Verdict.MISATTRIBUTED,
        reason=f"Not in the source cited; the words stand in {other.url}.",
    )
    return Decision(comparison=comparison, answer=other)


def _cautions(claim: Claim, chosen: Answer, asked: Sequence[Sequence[Answer]]) -> list[str]:
    cautions = []
    answers = [answer for answers in asked for answer in answers]
    if chosen in answers and chosen not in asked[0]:
        cautions.append("other_link")
    status = chosen.reading.source.status
    if status is SourceStatus.STALE:
        cautions.append("stale_source")
    if status is SourceStatus.ARCHIVED and not chosen.is_capture:
        cautions.append("archived_source")
    document = [answer for answer in answers if answer.layer is not Layer.PAGE]
    on_page = chosen.layer is Layer.PAGE and chosen.verdict in FAITHFUL
    if claim.speaker is Layer.OCR and on_page and document:
        if all(answer.verdict is Verdict.NOT_FOUND for answer in document):
            cautions.append("editors_words")
        elif all(answer.verdict in UNREAD for answer in document):
            cautions.append("sources_missing")
    return cautions


def _identity(post: Post, check: Check, seen: dict[str, int]) -> str:
    """Return an id that is the same for the same post and words on every run."""
    words = " ".join(check.exact.split())
    parts = (post.board or "", post.id, check.kind, check.field or "", words)
    base = hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
    seen[base] = seen.get(base, 0) + 1
    return base if seen[base] == 1 else f"{base}-{seen[base]}"
