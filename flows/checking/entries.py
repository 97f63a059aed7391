"""One document's entry on a page about many: from its title to the next.

A briefing book has a date and a source for each of its documents. A post that
copies one entry says of that document alone what it says; the date of another
must not pass for its own.
"""

from dataclasses import replace

from flows.checking.dates import is_date
from flows.matching import SourceText, compare
from flows.records import FieldName, Page, PageField, Verdict

#: Ways of reading (``Page.basis``) of pages that are about many documents.
ARTICLES = ("briefing book", "legacy page", "all words of the page")

_FAITHFUL = (Verdict.VERBATIM, Verdict.TYPOGRAPHIC)
#: Lines below its title in which an entry has its date, if it has one.
_HEAD_LINES = 3


def at_entry(page: Page, title: str | None) -> Page:
    """Return *page* with the date and the sources of the entry called *title* alone.

    Where the page has no such entry, or two, or the entry no date or source
    of its own, those of the whole page stay.
    """
    if title is None or not page.basis.startswith(ARTICLES):
        return page
    # The first title is that of the whole page.
    titles = [found for found in page.fields if found.name is FieldName.TITLE][1:]
    called = [each for each in titles if is_called(title, each)]
    if len(called) != 1:
        return page
    start = called[0].end
    end = min((each.start for each in titles if each.start >= start), default=len(page.text))
    fields = page.fields
    date = _date_below(page, called[0], end)
    if date is not None:
        fields = (*(each for each in fields if each.name is not FieldName.DATE), date)
    if any(each.name is FieldName.SOURCE and start <= each.start < end for each in fields):
        fields = tuple(
            each
            for each in fields
            if each.name is not FieldName.SOURCE or start <= each.start < end
        )
    return replace(page, fields=fields)


def is_called(title: str, found: PageField) -> bool:
    """Whether *title* has the words of the page's title *found*, or most of them."""
    if 2 * len(title.split()) < len(found.value.split()):
        return False
    return compare(title, SourceText(found.value)).verdict in _FAITHFUL


def _date_below(page: Page, title: PageField, end: int) -> PageField | None:
    """Return the line below *title* that is a date and nothing else.

    ``None`` on a page whose entries begin with their dates.
    """
    above = page.text[: title.start].rstrip().rpartition("\n")[2]
    if is_date(above):
        return None
    place = title.end
    filled = 0
    for line in page.text[title.end : end].splitlines(keepends=True):
        words = line.strip()
        if words and is_date(words):
            start = place + line.index(words)
            return PageField(
                name=FieldName.DATE,
                value=words,
                start=start,
                end=start + len(words),
                found_by="label",
            )
        filled += bool(words)
        if filled == _HEAD_LINES:
            break
        place += len(line)
    return None
