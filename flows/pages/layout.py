"""HTML to readable text, with the place of every element in it.

The page is parsed once, by BeautifulSoup on lxml. While the parser runs, its
events are written down twice: the words go to a text with block structure
(what a reader sees, top to bottom), and the elements that carry meaning
(headings, labels, links, anything with a class) become tags of a soup that
know their place in that text. Tags without words keep the soup small: a page
of 5 MB costs a fraction of what BeautifulSoup needs for every node, and the
event interface has no limit on nesting.

Inline tags join words without a blank, block tags and ``<br>`` break lines,
table cells are parted by a tab. White space collapses as in a browser; raised
digits become footnote markers (``[1]``) or exponents (``10⁶``); no other
character is changed. Left out are scripts, styles, navigation and what
the page hides.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeAlias

from bs4 import BeautifulSoup, Tag
from bs4.builder._lxml import LXMLTreeBuilder
from lxml import etree

from flows.pages.elements import (
    CELLS,
    ENDS_NAVIGATION,
    KEPT,
    LINES,
    MARKS,
    PARAGRAPHS,
    RAW,
    UNREAD,
    VERBATIM,
    WAYBACK_TOOLBAR,
)
from flows.pages.tags import Placed, Tags

#: Elements kept in the soup; beyond it, only those of Drupal's fields. Real
#: document pages have about 1,500.
KEPT_ELEMENTS = 10_000

#: Words a page may hide before its text counts as incomplete: below are menu
#: and button labels.
HIDDEN_WORDS = 20

_BLANKS = re.compile(r"[ \t\n\r\f]+")
_INVISIBLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)

#: Raised digits that end a word or sentence are footnote markers; here they get
#: the brackets in which the Archive sets its own, because a reader would take
#: ``2021¹`` for another number without its raising.
_DIGITS = re.compile(r"\d{1,3}", re.ASCII)
#: Before raised digits that belong to the word: units, and symbols of elements (``U235``).
_BELONGS = re.compile(r"(?<!\w)(?:[kcm]?m|ft|in|yd|mi)\Z|(?<![\w.])[A-Z][a-z]?\Z")
_NUMBER = re.compile(r"(?P<times>[×·x]\s?)?(?P<digits>\d+)\Z")
_EXPONENT_BASES = frozenset({"2", "10"})
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
#: The shortest number behind which raised digits are a marker: a year.
_YEAR_DIGITS = 4

_COUNTED = VERBATIM | {"sup"}

#: What separates two pieces of text; the strongest asked for wins.
_NOTHING, _BLANK, _TAB, _LINE, _PARAGRAPH = range(5)
_SEPARATOR = ("", " ", "\t", "\n", "\n\n")


#: What lxml's parser hands to its target; it publishes no types.
_Event: TypeAlias = Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The readable text of a page and the elements found in it.

    ``written`` lists every piece of character data in the page's order with
    its offset in ``text`` (-1 if it was left out), for the way back to bytes.
    ``hidden_words`` counts words outside navigation that the page hides.
    ``headed`` tells that the text begins with the title from the head.
    """

    text: str
    soup: BeautifulSoup
    tags: Tags
    head_title: str
    written: tuple[tuple[int, str], ...]
    unread: str
    hidden_words: int
    shift: int = 0
    headed: bool = False

    def span(self, tag: Tag) -> tuple[int, int]:
        """Return where the words of *tag* stand in ``text``, without white space around."""
        if not isinstance(tag, Placed):
            return 0, 0
        return self.trim(tag.opened_at + self.shift, tag.closed_at + self.shift)

    def trim(self, start: int, end: int) -> tuple[int, int]:
        """Return ``start, end`` narrowed to the words between them."""
        # Without copying: a page may be wrapped in itself ten thousand times.
        while start < end and self.text[start].isspace():
            start += 1
        while start < end and self.text[end - 1].isspace():
            end -= 1
        return start, end

    def words(self, tag: Tag) -> str:
        """Return the words of *tag* as they stand in ``text``."""
        start, end = self.span(tag)
        return self.text[start:end]


def lay_out(markup: str, *, with_navigation: bool = False) -> Layout:
    r"""Return the readable text of *markup* and its elements; never fails on broken HTML.

    >>> lay_out("<p>the <b>trea</b>ty<sup>1</sup><p>of&nbsp;1995").text
    'the treaty[1]\n\nof\xa01995'
    """
    builder = _Builder(with_navigation=with_navigation)
    soup = BeautifulSoup(f"<html>{markup}", builder=builder, element_classes={Tag: Placed})
    return builder.layout(soup)


class _Builder(LXMLTreeBuilder):
    """Writes the text down while BeautifulSoup builds the tags that matter."""

    def __init__(self, *, with_navigation: bool) -> None:
        super().__init__()
        self._unread_names = UNREAD if with_navigation else UNREAD | {"nav"}
        self._roles = () if with_navigation else ("navigation",)
        self._pieces: list[str] = []
        self._at = 0
        self._gap = _NOTHING
        self._after_break = False
        self._written: list[tuple[int, str]] = []
        self._data: list[str] = []
        self._stack: list[tuple[str, Placed | None, str]] = []
        # The names of the open elements that are left out, outermost first.
        self._unread: list[str] = []
        self._verbatim = 0
        self._raised = 0
        self._tags = Tags()
        self._in_title = False
        self._title: list[str] = []
        self._noscript: list[str] = []
        self._hidden_words = 0

    def prepare_markup(self, markup: _Event, *_: _Event, **__: _Event) -> Iterable[_Event]:
        """Hand the characters on as they are: ``encoding`` has already decided."""
        yield markup, None, None, False

    def feed(self, markup: str | bytes) -> None:
        """Parse *markup* in one go; the declared encoding is overruled."""
        body = markup if isinstance(markup, bytes) else markup.encode("utf-8", "replace")
        parser = etree.HTMLParser(target=self, recover=True, huge_tree=True, encoding="utf-8")
        parser.feed(body)
        parser.close()
        self._flush()
        for _, tag, _ in self._stack:
            if tag is not None:
                tag.closed_at = self._at

    def layout(self, soup: BeautifulSoup) -> Layout:
        """Return what was written down."""
        return Layout(
            text="".join(self._pieces),
            soup=soup,
            tags=self._tags,
            head_title=_BLANKS.sub(" ", "".join(self._title)).strip(),
            written=tuple(self._written),
            unread=_BLANKS.sub(" ", " ".join(self._noscript)).strip(),
            hidden_words=self._hidden_words,
        )

    # ── the parser's events ──────────────────────────────────────────────

    def start(self, tag: _Event, attrib: _Event, nsmap: _Event = None) -> None:  # noqa: ARG002  lxml's event
        """An element begins."""
        if self._data:
            self._flush()
        name: str = tag
        hides = ""
        if self._unread:
            if name in ENDS_NAVIGATION and set(self._unread) <= {"nav"}:
                self._unread.clear()
            elif name in self._unread_names:
                hides = name
        elif name in self._unread_names:
            hides = name
        elif attrib and name not in {"body", "html"}:
            hides = self._hidden_by(attrib)
        if hides:
            self._unread.append(hides)
        placed = self._keep(name, attrib) if self._wanted(name, attrib) else None
        self._stack.append((name, placed, hides))
        if name == "title" and not self._in_body() and not self._title:
            self._in_title = True
        # What is left out still parts the words around it.
        self._separate(name)
        if name in _COUNTED:
            self._count(name, 1)

    def end(self, name: _Event) -> None:
        """An element ends."""
        if self._data:
            self._flush()
        while self._stack:
            opened, placed, hides = self._stack.pop()
            if placed is not None:
                placed.closed_at = self._at
                super().end(opened)
            if hides and self._unread and self._unread[-1] == hides:
                self._unread.pop()
            if opened in _COUNTED:
                self._count(opened, -1)
            if opened != "br":
                self._separate(opened)
            if opened == "title":
                self._in_title = False
            if opened == name:
                break

    def _count(self, name: str, by: int) -> None:
        """Remember in how many elements of a kind the parser is."""
        if name == "sup":
            self._raised += by
        else:
            self._verbatim += by

    def data(self, data: _Event) -> None:
        """Characters between two tags, perhaps not all of them."""
        self._data.append(data)

    def comment(self, text: _Event) -> None:  # noqa: ARG002  lxml's event
        """Comments are not words of the page."""
        if self._data:
            self._flush()

    def pi(self, target: str, data: str) -> None:
        """Neither are processing instructions."""

    def doctype(self, name: str, pubid: str, system: str) -> None:
        """Nor is the document type."""

    # ── writing ──────────────────────────────────────────────────────────

    def _wanted(self, name: str, attrib: _Event) -> bool:
        if self._tags.count >= KEPT_ELEMENTS:
            return "field" in attrib.get("class", "")
        return name in KEPT or any(mark in attrib for mark in MARKS)

    def _keep(self, name: str, attrib: _Event) -> Placed | None:
        super().start(name, attrib)
        tag = self.soup.currentTag if self.soup is not None else None
        if not isinstance(tag, Placed):
            return None
        tag.opened_at = self._at
        self._tags.add(tag)
        return tag

    def _in_body(self) -> bool:
        return len(self._stack) > 1 and any(name == "body" for name, _, _ in self._stack[:4])

    def _hidden_by(self, attrib: _Event) -> str:
        if "hidden" in attrib:
            return "hidden"
        if attrib.get("role", "").lower() in self._roles:
            return "nav"
        if attrib.get("id", "") in WAYBACK_TOOLBAR:
            return "nav"
        style = attrib.get("style")
        if style and _INVISIBLE.search(style):
            return "hidden"
        return ""

    def _separate(self, name: str) -> None:
        """Ask for the separation that *name* makes, before and after it."""
        if name in PARAGRAPHS:
            self._gap = _PARAGRAPH
        elif name in LINES:
            self._gap = max(self._gap, _LINE)
        elif name in CELLS:
            self._gap = max(self._gap, _TAB)
        elif name == "br":
            self._gap = _PARAGRAPH if self._after_break else max(self._gap, _LINE)
            self._after_break = True

    def _flush(self) -> None:
        content = self._data[0] if len(self._data) == 1 else "".join(self._data)
        self._data.clear()
        if self._in_title:
            self._title.append(content)
            self._written.append((-1, content))
        elif self._unread:
            self._leave_out(content)
        elif self._verbatim:
            self._write_verbatim(content)
        else:
            self._write(content)

    def _leave_out(self, content: str) -> None:
        innermost = self._unread[-1]
        if innermost not in RAW:
            self._written.append((-1, content))
        if innermost == "noscript":
            self._noscript.append(content)
        elif innermost == "hidden" and self._unread[0] == "hidden":
            self._hidden_words += len(content.split())

    def _write(self, content: str) -> None:
        collapsed = _BLANKS.sub(" ", content)
        core = collapsed.strip(" ")
        if not core:
            self._gap = max(self._gap, _BLANK)
            return
        if collapsed[0] == " ":
            self._gap = max(self._gap, _BLANK)
        if self._raised and _DIGITS.fullmatch(core):
            self._put_raised(core, content)
        else:
            self._put(core, content)
        if collapsed[-1] == " ":
            self._gap = _BLANK

    def _put_raised(self, digits: str, content: str) -> None:
        """Write raised digits as what they are: a marker, an exponent, or part of a word."""
        near = "" if self._gap else "".join(piece[-24:] for piece in self._pieces[-3:])
        before = near[-24:]
        number = _NUMBER.search(before)
        linked = any(name == "a" for name, _, _ in self._stack)
        if number is not None and not linked:
            if number["times"] or number["digits"] in _EXPONENT_BASES:
                self._put(digits.translate(_RAISED), content)
                return
            marker = len(number["digits"]) >= _YEAR_DIGITS
        else:
            marker = linked or (len(digits) < 3 and _BELONGS.search(before) is None)
        if not marker or before.endswith("["):
            self._put(digits, content)
            return
        self._put(digits, content, opened="[", closed="]")

    def _write_verbatim(self, content: str) -> None:
        core = content.strip("\r\n") if self._gap >= _LINE else content
        if not core:
            return
        self._put(core, content)

    def _put(self, core: str, content: str, *, opened: str = "", closed: str = "") -> None:
        """Write *core*, which *content* was in the markup; the marks around it were not there."""
        if self._at and self._gap:
            separator = _SEPARATOR[self._gap]
            self._pieces.append(separator)
            self._at += len(separator)
        self._gap = _NOTHING
        self._after_break = False
        if opened:
            self._pieces.append(opened)
            self._at += len(opened)
        self._written.append((self._at, content))
        self._pieces.append(core)
        self._at += len(core)
        if closed:
            self._pieces.append(closed)
            self._at += len(closed)
