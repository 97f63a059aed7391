"""The labels of an Archive document page, as posts copy them.

A label stands alone on its line (``Description``) or before its value
(``Date: Nov 28, 1994``), in bold, in capitals, with any kind of colon, or in
one of the languages in which such posts are passed on.
"""

import re
from dataclasses import dataclass

from flows.citations.layout import Line
from flows.records import FieldName

_NAMES = {
    FieldName.TITLE: r"(?:document\s+)?title|titel|titre|t[íi]tulo|titolo",
    FieldName.DATE: r"(?:circa\s+|document\s+)?date|datum|fecha|data",
    FieldName.DESCRIPTION: r"(?:document\s+)?description|beschreibung|descripci[óo]n|descri[çc][ãa]o|descrizione",
    FieldName.SOURCE: r"(?:document\s+)?source|quelle|fuente|fonte",
    FieldName.POSTING: (
        r"(?:this\s+)?(?:documents?\s+)?(?:was\s+)?published\s+in(?:\s+the)?\s+following\s+posting\s*(?:\(s\)|s)?"
        r"|(?:related\s+)?posting\s*(?:\(s\)|s)"
    ),
}
_DECORATION = r"[*_#=\[\]\s~•·▪-]*"
_COLON = r"[:：﹕]"
_LABEL = re.compile(
    _DECORATION
    + "(?:"
    + "|".join(f"(?P<{name.value}>{pattern})" for name, pattern in _NAMES.items())
    + rf")(?:[*_\]~\s]*(?P<colon>{_COLON})|\s+[–—-](?=\s))?[*_\]~=]*(?:\s+|\Z|(?<={_COLON}))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Label:
    """A label on a line; its value begins at ``value_start`` (the line's end if it is alone)."""

    name: FieldName
    line: int
    value_start: int
    alone: bool


def label_on(text: str, line: Line, number: int) -> Label | None:
    """Return the label with which *line*, the line of that *number*, begins, if any.

    Without a colon a label must stand alone: "Source material" is prose.
    """
    if line.blank:
        return None
    found = _LABEL.match(text, line.start, line.end)
    if found is None or found.lastgroup is None:
        return None
    name = next(name for name in _NAMES if found.group(name.value) is not None)
    alone = found.end() >= line.end
    separated = found.group("colon") is not None or re.search(r"[–—-]\s*\Z", found.group())
    if not alone and not separated:
        return None
    return Label(name, number, min(found.end(), line.end), alone)
