"""Lines of a post that no label explains, yet that are a page's title, date or source.

Many posts begin with the page's title on a line of its own, then its date.
Such a line may as well be the poster's own headline, so it is taken for a
field only where the page shows it: the same words, or all but one of them
beside other words that were surely copied from that page. A date counts
where it is the page's own, or where it stands beside the page's title.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from flows.checking.asking import Answer, layer_of, why_not
from flows.checking.dates import compare_date, is_date, title_beside_day
from flows.checking.entries import at_entry
from flows.checking.fields import compare_field
from flows.checking.pointing import in_page
from flows.checking.shelf import Reading, Shelf
from flows.checking.sources import same_source
from flows.matching import SourceText, compare, read_words, same_typography
from flows.records import (
    Claim,
    Comparison,
    EditKind,
    FieldName,
    Layer,
    Page,
    PageField,
    Verdict,
)

#: Of fewer words, all but one say too little about where they come from.
LEAST_NEARLY = 5
#: One or two words ("Background") may stand on any page.
LEAST_SOURCE = 3
#: Pages asked about one line, the nearest first.
_MOST_PAGES = 3

_SAME = (Verdict.VERBATIM, Verdict.TYPOGRAPHIC)
_DRESS = (EditKind.TYPOGRAPHY, EditKind.CASE, EditKind.OCR)


@dataclass(frozen=True, slots=True, kw_only=True)
class LoneLine:
    """A line that is a field of a page: its claim, and what the page answers."""

    claim: Claim
    answer: Answer


def read_lone_lines(
    text: str, lines: Sequence[Claim], copied_from: Collection[str], shelf: Shelf
) -> list[LoneLine]:
    """Return those of *lines*, in order of place, that are fields of the pages they are bound to.

    Args:
        text: The post's text.
        lines: Its lone lines.
        copied_from: Addresses of pages from which other words of the post were copied.
        shelf: The sources as read.
    """
    whole = list(_titles_and_sources(lines, copied_from, shelf))
    known = {each.claim.start for each in whole}
    lines = [part for line in lines for part in _parts(line, whole=line.start in known)]
    rest = [line for line in lines if line.start not in known]
    found = [*whole, *_titles_and_sources(rest, copied_from, shelf)]
    known = {each.claim.start for each in found}
    found += _around_titles([line for line in rest if line.start not in known], shelf)
    titled = {_line_of(each, lines): each for each in found}
    dates: list[LoneLine] = []
    joined: dict[int, LoneLine] = {}
    for place, line in enumerate(lines):
        if not is_date(line.exact):
            continue
        before = lines[place - 1] if place else None
        above = titled.get(before.start) if before and _adjacent(text, before, line) else None
        if above is not None and above.claim.field is FieldName.POSTING:
            joined[above.claim.start] = _with_date(text, above, line, shelf)
            continue
        after = lines[place + 1] if place + 1 < len(lines) else None
        below = titled.get(after.start) if after and _adjacent(text, line, after) else None
        title = next((each for each in (above, below) if _is_title(each)), None)
        if (dated := _date(line, title, shelf)) is not None:
            dates.append(dated)
    kept = [joined.get(each.claim.start, each) for each in found]
    return sorted([*kept, *dates], key=lambda each: each.claim.start)


def _around_titles(lines: Sequence[Claim], shelf: Shelf) -> Iterator[LoneLine]:
    """Yield the page's title where it stands in a line with a few other words ("Document 2 – …")."""
    for line in lines:
        words = _norms(line.exact)
        for reading, page in _pages(line, shelf):
            titles = [each for each in page.fields if each.name is FieldName.TITLE]
            long = [
                each for each in titles if len(set(read_words(each.value).norms)) >= LEAST_NEARLY
            ]
            held = [each for each in long if words.issuperset(read_words(each.value).norms)]
            found = next(iter(_inside(line, held, page, reading)), None)
            if found is not None:
                yield found
                break


def _inside(
    line: Claim, titles: Sequence[PageField], page: Page, reading: Reading
) -> Iterator[LoneLine]:
    prepared = SourceText(line.exact)
    for title in titles:
        place = compare(title.value, prepared)
        if place.verdict not in _SAME or len(place.matches) != 1:
            continue
        start, end = place.matches[0].start, place.matches[0].end
        part = replace(
            line, start=line.start + start, end=line.start + end, exact=line.exact[start:end]
        )
        compared = _whole(part.exact, title.value)
        if compared is not None and compared.verdict in _SAME:
            yield _answered(part, FieldName.TITLE, in_page(compared, title.start, page), reading)


def _parts(line: Claim, *, whole: bool) -> list[Claim]:
    """Return the title and the date that share a line, in order, unless it is a field as it is."""
    spans = None if whole or is_date(line.exact) else title_beside_day(line.exact)
    if spans is None:
        return [line]
    return [
        replace(
            line,
            start=line.start + start,
            end=line.start + end,
            exact=line.exact[start:end],
        )
        for start, end in sorted(spans)
    ]


def _line_of(found: LoneLine, lines: Sequence[Claim]) -> int:
    """Return where the line begins in which *found* stands."""
    return max(line.start for line in lines if line.start <= found.claim.start)


def _is_title(line: LoneLine | None) -> bool:
    return line is not None and line.claim.field is FieldName.TITLE


def _adjacent(text: str, first: Claim, second: Claim) -> bool:
    return not any(character.isalnum() for character in text[first.end : second.start])


def _titles_and_sources(
    lines: Sequence[Claim], copied_from: Collection[str], shelf: Shelf
) -> Iterator[LoneLine]:
    for line in lines:
        if is_date(line.exact):
            continue
        nearly: LoneLine | None = None
        for reading, page in _pages(line, shelf):
            for name, comparison in _same_fields(line.exact, page):
                answered = _answered(line, name, comparison, reading)
                if comparison.verdict in _SAME:
                    yield answered
                    break
                if nearly is None and reading.source.canonical_url in copied_from:
                    nearly = answered
            else:
                continue
            break
        else:
            if nearly is not None:
                yield nearly


def _pages(line: Claim, shelf: Shelf) -> Iterator[tuple[Reading, Page]]:
    for url in line.urls[:_MOST_PAGES]:
        reading = shelf.reading(url)
        if reading is None or reading.page is None or why_not(reading) is not None:
            continue
        if layer_of(reading) is Layer.PAGE:
            yield reading, reading.page


def _same_fields(exact: str, page: Page) -> Iterator[tuple[FieldName, Comparison]]:
    """Yield the fields of *page* whose whole value is *exact*, or nearly, the surest first."""
    close: list[tuple[FieldName, Comparison]] = []
    for found in page.fields:
        if found.name not in {FieldName.TITLE, FieldName.SOURCE}:
            continue
        comparison = _as_field(exact, found, page)
        if comparison is not None:
            close.append((found.name, comparison))
    close += [
        (FieldName.POSTING, in_page(compared, posting.start, page))
        for posting in page.postings
        if (compared := _whole(exact, posting.title)) is not None and compared.verdict in _SAME
    ]
    yield from sorted(close, key=lambda each: each[1].verdict not in _SAME)


def _as_field(exact: str, found: PageField, page: Page) -> Comparison | None:
    compared = _whole(exact, found.value)
    if found.name is FieldName.SOURCE:
        if len(exact.split()) < LEAST_SOURCE:
            return None
        ours = _norms(exact)
        shared = len(ours & _norms(found.value))
        if (compared is None or compared.verdict not in _SAME) and shared * 3 >= len(ours):
            named = same_source(exact, found, page)
            if named is not None and named.verdict in _SAME:
                return named
    return None if compared is None else in_page(compared, found.start, page)


def _whole(exact: str, value: str) -> Comparison | None:
    """Return how *exact* compares with the whole of *value*, if it is that but for one word."""
    known = _norms(value)
    if not exact or len(_norms(exact) & known) + 1 < len(known):
        return None
    ours, theirs = read_words(exact).norms, read_words(value).norms
    if not ours or abs(len(ours) - len(theirs)) > 1:
        return None
    compared = same_typography(exact, value)
    if compared.verdict in _SAME:
        return compared
    changed = [edit for edit in compared.edits if edit.kind not in _DRESS]
    one_word = len(changed) == 1 and (
        changed[0].kind is EditKind.DATE
        or max(len(changed[0].quoted.split()), len(changed[0].source.split())) <= 1
    )
    if compared.verdict is not Verdict.ALTERED or not one_word or len(ours) < LEAST_NEARLY:
        return None
    # "BREAKING: " before a title, or "!!" and a word behind it, is the poster's.
    inside = ours[0] == theirs[0] and ours[-1] == theirs[-1]
    return compared if inside or len(ours) == len(theirs) else None


@lru_cache(maxsize=4096)
def _norms(text: str) -> frozenset[str]:
    return frozenset(read_words(text).norms)


def _date(line: Claim, title: LoneLine | None, shelf: Shelf) -> LoneLine | None:
    """Return *line* as a page's date: beside its *title* whatever it says, else if it is the same."""
    for reading, page in _pages(line, shelf):
        beside = title is not None and title.answer.url == reading.source.canonical_url
        if title is not None and not beside:
            continue
        entry = at_entry(page, title.claim.exact) if title is not None else page
        dates = [
            found
            for found in entry.fields
            if found.name is FieldName.DATE and (beside or found.found_by != "structure")
        ]
        comparison = compare_date(line.exact, dates, page)
        if comparison is not None and (beside or comparison.verdict in _SAME):
            return _answered(line, FieldName.DATE, comparison, reading)
    return None


def _with_date(text: str, posting: LoneLine, line: Claim, shelf: Shelf) -> LoneLine:
    """Return the posting's title and the date below it as one field, as a page lists it."""
    start, end = posting.claim.start, line.end
    whole = replace(posting.claim, end=end, exact=text[start:end])
    reading = posting.answer.reading
    if reading.page is None:
        return posting
    prepared = shelf.prepared(reading.source.canonical_url)
    comparison = compare_field(whole, reading.page, prepared)
    return LoneLine(claim=whole, answer=replace(posting.answer, comparison=comparison))


def _answered(line: Claim, name: FieldName, comparison: Comparison, reading: Reading) -> LoneLine:
    answer = Answer(layer=layer_of(reading), reading=reading, comparison=comparison)
    return LoneLine(claim=replace(line, field=name), answer=answer)
