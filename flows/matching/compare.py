"""Compare a quotation with a source: the story in one screen.

Locate, then judge. The words are looked for letter by letter; then in pieces,
where marks of omission divide them; then with differences; then as pieces that
were joined without a mark. What is found is judged word by word, and the
verdict follows from the differences alone.
"""

from dataclasses import replace

from flows.matching.concluding import concluded
from flows.matching.edits.context import match_of
from flows.matching.oneplace import changed_in_one_place
from flows.matching.parts import in_part, stands_in_part
from flows.matching.placing.locating import exact_places
from flows.matching.plainly import same_as_written
from flows.matching.scans.columns import without_other_column
from flows.matching.scans.excerpts import Excerpt
from flows.matching.scans.margins import without_margin
from flows.matching.scans.pageheads import without_page_heads
from flows.matching.searching import (
    SHORT_WORDS,
    Pointers,
    exactly,
    gapped,
    in_marked_pieces,
    in_unmarked_pieces,
    nearly,
)
from flows.matching.values.dates import day_of, places_of
from flows.matching.verdict import FAITHFUL, changes_words, reason_for
from flows.matching.words.effort import TooMuchWorkError, bounded
from flows.matching.words.language import language_of
from flows.matching.words.lexicon import zipf
from flows.matching.words.quotation import Quotation
from flows.matching.words.source import SourceText
from flows.matching.words.wording import read_words
from flows.records import Comparison, Edit, EditKind, Severity, Verdict


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
    return _judged(Quotation(quote, source.read), source)


def compare_in_context(quote: str, source: SourceText) -> Comparison:
    """Return what ``compare`` returns, with the sentences before and after for a reader.

    >>> page = SourceText("They met. The allies will not permit it. They left.")
    >>> compare_in_context("The allies will not permit it.", page).context
    Context(before='They met.', after='They left.')
    """
    return _judged(Quotation(quote, source.read, in_context=True), source)


def _judged(quotation: Quotation, source: SourceText) -> Comparison:
    try:
        with bounded():
            result = _compared(quotation, source)
            if source.is_ocr and result.verdict not in FAITHFUL:
                result = _as_laid_out(quotation, source, result)
    except TooMuchWorkError:
        return _silent(_TOO_LONG)
    if result.verdict in FAITHFUL and quotation.struck not in source.text:
        reason = (
            f"The source has these words, but the quotation strikes out “{quotation.struck}”; "
            "it cannot be told whether that is quoted or taken back."
        )
        return replace(result, verdict=Verdict.NOT_CHECKABLE, reason=reason)
    return result


_TOO_LONG = (
    "The quotation is so long, and differs from the source in so many places, that it cannot be "
    "compared word by word as a whole; parts of it may be."
)

_NOT_PLACED = (
    "Parts of the quotation stand in the source, or much like it, but so long a quotation "
    "could not be placed as a whole; its parts may be."
)


def _compared(quotation: Quotation, source: SourceText) -> Comparison:
    if not quotation.key and not quotation.words.norms:
        return _silent("The quotation holds no words to compare.")
    if not source.key:
        return _silent("The source holds no words to compare with.")
    places = exact_places(quotation.key, source)
    plain = same_as_written(quotation, source, places)
    if plain is not None:
        return plain
    found = exactly(quotation, source, places)
    if found is None and quotation.ellipses:
        found = in_marked_pieces(quotation, source)
    if found is None:
        pointers = Pointers(quotation, source)
        changed = changed_in_one_place(quotation, source, pointers)
        if changed is not None:
            return changed
        found = nearly(quotation, source, pointers)
        if found is None or gapped(found.judgements[0]):
            found = in_unmarked_pieces(quotation, source, found) or found
    if found is None:
        found = in_part(quotation, source)
    if found is None:
        return _same_day(quotation, source) or _absent(quotation, source)
    return concluded(quotation, source, found)


def _as_laid_out(quotation: Quotation, source: SourceText, whole: Comparison) -> Comparison:
    """Return what the passage says without what a machine read into it, if that changes anything."""
    result = _read_from(quotation, without_page_heads(quotation, source, whole), whole)
    if whole.verdict is Verdict.NOT_CHECKABLE:
        return result or whole
    if (result is None or result.verdict is Verdict.ALTERED) and not quotation.ellipses:
        apart = _read_from(quotation, without_other_column(quotation, source), result or whole)
        result = apart or result
    if result is None or result.verdict is Verdict.ALTERED:
        result = _read_from(quotation, without_margin(source, whole), whole) or result
    return result or whole


def _read_from(
    quotation: Quotation, excerpt: Excerpt | None, whole: Comparison
) -> Comparison | None:
    """Return what an *excerpt* says, ``None`` if that is no better than what the *whole* says."""
    if excerpt is None:
        return None
    passage = _compared(quotation, excerpt.source)
    warnings = (*passage.warnings, excerpt.warning) if excerpt.warning else passage.warnings
    edits = (*passage.edits, *excerpt.edits(quotation, passage))
    if passage.verdict is Verdict.ALTERED and excerpt.blurred:
        changed = [edit for edit in passage.edits if changes_words(edit)]
        if excerpt.all_beside_cuts(changed):
            # What stands beside a cut may be the other column's as well.
            verdict, reason = Verdict.NOT_CHECKABLE, excerpt.reason
            return replace(passage, verdict=verdict, warnings=warnings, edits=edits, reason=reason)
    if passage.verdict is Verdict.ALTERED and _changes(passage) < _changes(whole, quotation):
        return replace(passage, warnings=warnings, edits=edits)
    if not passage.matches or not (
        passage.verdict in FAITHFUL
        or (passage.verdict is Verdict.NOT_CHECKABLE and whole.verdict is not passage.verdict)
    ):
        return None
    if passage.verdict is Verdict.NOT_CHECKABLE:
        return replace(passage, warnings=warnings, edits=edits)
    verdict = Verdict.NOT_CHECKABLE
    if excerpt.confirmed:
        verdict = Verdict.ELIDED if passage.verdict is Verdict.ELIDED else Verdict.OCR_NOISE
    return replace(passage, verdict=verdict, warnings=warnings, edits=edits, reason=excerpt.reason)


def _changes(comparison: Comparison, quotation: Quotation | None = None) -> int:
    """Return how many words are changed; where pieces were joined, a part of the *quotation*'s."""
    if comparison.verdict is Verdict.SPLICED and quotation is not None:
        return 1 + len(quotation.words) // _PART
    if comparison.verdict is not Verdict.ALTERED:
        return _MANY
    return sum(
        max(len(edit.quoted.split()), len(edit.source.split()))
        for edit in comparison.edits
        if changes_words(edit)
    )


_MANY = 1_000_000
#: Of words joined from several places more than one in so many would be called changed.
_PART = 5


def same_typography(first: str, second: str) -> Comparison:
    """Return how *first* compares with the whole of *second*: a title with a title.

    >>> same_typography("NATO Expansion - The Budapest Blow Up", "NATO Expansion – The Budapest Blow Up").verdict
    <Verdict.TYPOGRAPHIC: 'typographic'>
    """
    source = SourceText(second)
    forward = compare_in_context(first, source)
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


def _same_day(quotation: Quotation, source: SourceText) -> Comparison | None:
    """Return where a quotation that is a date, and nothing else, stands in another spelling."""
    day = day_of(quotation.read)
    places = places_of(day, source.read) if day is not None else []
    if not places:
        return None
    given = [(source.reading.given(start), source.reading.given_end(end)) for start, end in places]
    matches = tuple(match_of(source.text, start, end) for start, end in given)
    edit = Edit(
        kind=EditKind.DATE,
        quoted=quotation.text,
        source=matches[0].exact,
        severity=Severity.NONE,
        quoted_end=len(quotation.text),
        source_start=matches[0].start,
        source_end=matches[0].end,
    )
    return Comparison(
        verdict=Verdict.TYPOGRAPHIC,
        matches=matches,
        edits=(edit,),
        warnings=("short",),
        score=1.0,
        reason=f"The same day; the source writes it “{matches[0].exact}”.",
    )


def _silent(reason: str) -> Comparison:
    return Comparison(verdict=Verdict.NOT_CHECKABLE, reason=reason)


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
    if stands_in_part(quotation, source):
        return _silent(_NOT_PLACED)
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
