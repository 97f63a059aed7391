"""The labels of an Archive document page, as posts copy them.

A label stands alone on its line (``Description``) or before its value
(``Date: Nov 28, 1994``), in bold, in capitals, in a list or a table, with any
kind of colon, or in one of the languages in which such posts are passed on.
"""

import re
from dataclasses import dataclass

from flows.citations.dates import is_date
from flows.citations.layout import Line, lines_of
from flows.records import FieldName

_NAMES = {
    FieldName.TITLE: (
        r"(?:document\s+)?title(?:\s+of(?:\s+the)?\s+document)?|titel|titre|t[íi]tulo|titolo"
        r"|название|заголовок"
    ),
    FieldName.DATE: (
        r"(?:circa\s+|document\s+)?date[ds]?(?:\s+of(?:\s+(?:the|this))?\s+[a-z]+)?|datum|datiert|fecha|data"
        r"|дата"
    ),
    FieldName.DESCRIPTION: (
        r"(?:document\s+)?description|beschreibung|descripci[óo]n|descri[çc][ãa]o|descrizione|описание"
    ),
    FieldName.SOURCE: (
        r"(?:document\s+)?source(?:\(s\)|s)?(?:\s+of(?:\s+the)?\s+document)?|quellen?|fuentes?|fontes?"
        r"|fonti|источник[иа]?"
    ),
    FieldName.POSTING: (
        r"(?:(?:this\s+)?documents?\s+)?(?:was\s+|were\s+|is\s+)?published\s+in"
        r"(?:\s+the)?(?:\s+following)?(?:\s+posting\s*(?:\(s\)|s)?)?"
        r"|(?:related\s+)?posting\s*(?:\(s\)|s)"
        r"|(?:(?:este\s+)?documento\s+)?(?:publicado\s+e[nm]|pubblicato\s+in)"
        r"|(?:(?:dieses\s+)?dokument\s+)?veröffentlicht\s+in|(?:document\s+)?publié\s+dans"
        r"|(?:документ\s+)?опубликован\w?\s+в"
    ),
}
#: Marks of lists, headings and emphasis, pictures and numbers before a label. What
#: stands in brackets or in quotation marks is a remark or quoted.
_DECORATION = r"(?:[^\w\n(“”\"'«»„<>]|_){0,12}+(?:\d{1,2}[.)]\s+(?:[*_]){0,4})?"
_COLON = r"[:：﹕]"
_LABEL = re.compile(
    _DECORATION
    + "(?:"
    + "|".join(f"(?P<{name.value}>{pattern})" for name, pattern in _NAMES.items())
    + rf")(?:[*_\]~ \u00a0]*(?P<parted>{_COLON}|[=|\t])|\s+[–—-](?=\s)|(?P<closed>\]|\*\*|__))?"
    rf"[*_\]~=|]*(?:\s+|\Z|(?<=[:：﹕=|\t]))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Label:
    """A label on a line; its value begins at ``value_start`` (the line's end if it is alone)."""

    name: FieldName
    line: int
    value_start: int
    alone: bool


#: What people set between several fields on one line.
_PARTING = re.compile(r"[ \t\u00a0]*[|¦·•;][ \t\u00a0]+")


def lines_with_labels(text: str) -> list[Line]:
    """Return the lines of *text*, each field of "Date: … | Source: …" as a line of its own.

    >>> text = "Date: May 4, 1962 | Source: Embassy files."
    >>> [text[line.start : line.end] for line in lines_with_labels(text)]
    ['Date: May 4, 1962', 'Source: Embassy files.']
    """
    return [part for line in lines_of(text) for part in _parts(text, line)]


def _parts(text: str, line: Line) -> list[Line]:
    borders = list(_PARTING.finditer(text, line.start, line.end))
    starts = [line.start, *(border.end() for border in borders)]
    ends = [*(border.start() for border in borders), line.end]
    parts = [Line(start, end, line.marked) for start, end in zip(starts, ends, strict=True)]
    labels = [label for part in parts if (label := label_on(text, part, 0)) is not None]
    return parts if sum(not label.alone for label in labels) > 1 else [line]


def label_on(text: str, line: Line, number: int) -> Label | None:
    """Return the label with which *line*, the line of that *number*, begins, if any.

    Without a colon a label must stand alone, or before what can be nothing
    else: "Source material" is prose, "Dated May 4, 1962" is a date.
    """
    if line.blank:
        return None
    found = _LABEL.match(text, line.start, line.end)
    if found is None or found.lastgroup is None:
        return None
    name = next(name for name in _NAMES if found.group(name.value) is not None)
    alone = found.end() >= line.end
    separated = (
        found.group("parted") is not None
        or found.group("closed") is not None
        or re.search(r"[–—-]\s*\Z", found.group()) is not None
        or (name is FieldName.DATE and is_date(text[found.end() : line.end]))
    )
    if not alone and not separated:
        return None
    return Label(name, number, min(found.end(), line.end), alone)
