"""Which words and which classes name a field of a document page.

The Archive's site is Drupal: a field is a ``div.field--name-field-date`` with
an optional ``.field__label`` and its items. Themes rename wrappers and hide
labels, old copies of pages lose their classes, and some pages are typed by
hand, so a field is also known by its label alone.
"""

import re

from flows.records import FieldName

#: Drupal 8 and later (``field--name-…``), Drupal 7 (``field-name-…``), Views.
_PREFIX = re.compile(r"^(?:field--name-|field-name-|views-field-|node__|document__)(?:field-)?")

_BY_CLASS = {
    "title": FieldName.TITLE,
    "title-field": FieldName.TITLE,
    "display-title": FieldName.TITLE,
    "date": FieldName.DATE,
    "circa-date": FieldName.DATE,
    "date-circa": FieldName.DATE,
    "document-date": FieldName.DATE,
    "doc-date": FieldName.DATE,
    "date-range": FieldName.DATE,
    "description": FieldName.DESCRIPTION,
    "document-description": FieldName.DESCRIPTION,
    "body": FieldName.DESCRIPTION,
    "summary": FieldName.DESCRIPTION,
    "source": FieldName.SOURCE,
    "sources": FieldName.SOURCE,
    "document-source": FieldName.SOURCE,
    "posting": FieldName.POSTING,
    "postings": FieldName.POSTING,
    "document-postings": FieldName.POSTING,
    "related-posting": FieldName.POSTING,
    "related-postings": FieldName.POSTING,
    "published-in": FieldName.POSTING,
    "referenced-by": FieldName.POSTING,
    "briefing-book": FieldName.POSTING,
    "briefing-books": FieldName.POSTING,
}

_BY_LABEL = {
    "title": FieldName.TITLE,
    "document title": FieldName.TITLE,
    "date": FieldName.DATE,
    "dates": FieldName.DATE,
    "circa": FieldName.DATE,
    "circa date": FieldName.DATE,
    "date (circa)": FieldName.DATE,
    "document date": FieldName.DATE,
    "date of document": FieldName.DATE,
    "description": FieldName.DESCRIPTION,
    "document description": FieldName.DESCRIPTION,
    "summary": FieldName.DESCRIPTION,
    "source": FieldName.SOURCE,
    "sources": FieldName.SOURCE,
    "document source": FieldName.SOURCE,
}
_POSTINGS = re.compile(
    r"(?:(?:this )?document )?(?:was |is )?published in (?:the )?following (?:posting|briefing book)s?"
    r"(?:\(s\)|s)?|(?:published in )?posting(?:s|\(s\))",
    re.IGNORECASE,
)
#: Classes without Drupal's prefix that can mean nothing else.
_BARE = frozenset({"document-date", "document-description", "document-source", "document-postings"})
LONGEST_LABEL = 80
_INLINE = re.compile(r"([^\W\d][^\n\t:]{0,70}?)[ \u00a0]*:(?=[ \u00a0\t]*\S)")


def by_class(classes: list[str]) -> FieldName | None:
    """Return the field that an element's classes name, or ``None``.

    >>> by_class(["field", "field--name-field-circa-date"])
    <FieldName.DATE: 'date'>
    """
    for name in classes:
        bare, prefixed = _PREFIX.subn("", name.lower())
        if (prefixed or bare in _BARE) and bare in _BY_CLASS:
            return _BY_CLASS[bare]
    return None


def by_label(words: str) -> FieldName | None:
    """Return the field that *words*, the whole of a label, name, or ``None``.

    >>> by_label("Document published in following posting(s):")
    <FieldName.POSTING: 'posting'>
    >>> by_label("Date palms")
    """
    if len(words) > LONGEST_LABEL:
        return None
    label = " ".join(words.split()).rstrip(" :").casefold()
    if _POSTINGS.fullmatch(label):
        return FieldName.POSTING
    return _BY_LABEL.get(label)


def inline_label(line: str) -> tuple[FieldName, int] | None:
    """Return the field that a line such as ``Date: Nov 28, 1994`` names, and the label's length.

    >>> inline_label("Date: Nov 28, 1994")
    (<FieldName.DATE: 'date'>, 5)
    >>> inline_label("The date: he would not say")
    """
    found = _INLINE.match(line)
    if found is None or (name := by_label(found[1])) is None:
        return None
    return name, found.end()
