"""Undo a board's HTML, and remember where every character came from.

Inline tags join without a blank, because boards set them inside addresses
(``https:<em>//</em>``, ``<wbr>``); block tags and ``<br>`` break lines, even
where the raw form has no line break at all; the target of a link wins over
its label, which may be cut short.
"""

import re
from html import unescape

from flows.citations import may_hold_link

_TOKEN = re.compile(
    r"<!--[^<]{0,5000}?-->|<![a-z][^<>]{0,1000}>"
    r"|<(?P<close>/?)(?P<tag>[a-z][a-z0-9:-]{0,30})"
    r"(?P<attributes>(?:\s(?:[^<>\"']|\"[^\"<>]*\"|'[^'<>]*')*)?)/?>"
    r"|(?P<entity>&(?:\#\d{1,7}|\#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});)"
    r"|(?P<blank>[\t\r\n\f][ \t\r\n\f]*|[ ][ \t\r\n\f]+)",
    re.IGNORECASE,
)
_ANYTHING_TO_UNDO = re.compile(r"[<&\t\r\n\f]| {2}")
_ATTRIBUTE = re.compile(
    r"(?P<name>[\w:@-]{1,60})\s{0,9}=\s{0,9}(?:\"(?P<two>[^\"<>]*)\"|'(?P<one>[^'<>]*)'|(?P<bare>[^\s\"'<>]+))"
)
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "blockquote",
        "ul",
        "ol",
        "li",
        "pre",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "table",
        "tr",
        "section",
        "article",
        "header",
        "footer",
        "main",
        "aside",
        "nav",
        "form",
        "dl",
        "dt",
        "dd",
        "hr",
        "figure",
        "figcaption",
        "fieldset",
        "legend",
        "td",
        "th",
        "caption",
        "summary",
        "details",
        "option",
    ]
)
#: Struck out; so is ``<s>``, but boards hide spoilers in it.
_STRUCK = frozenset({"del", "strike"})
_PARAGRAPHS = frozenset("p blockquote ul ol pre h1 h2 h3 h4 h5 h6 table".split())  # noqa: SIM905  reads better
_SKIPPED = frozenset({"script", "style", "template", "noscript", "head", "title", "svg"})
_KNOWN = re.compile(
    r"<(?:br|p|q|a|span|div|em|strong|i|b|wbr|blockquote|s|u|del|strike)\b[^<>]{0,500}>|&(?:#\d+|#x[0-9a-f]+|amp|lt|gt|quot|nbsp|apos);",
    re.IGNORECASE,
)
_BREAKS_LINES = re.compile(
    r"<(?:br|p|div|blockquote|li|tr|h[1-6]|pre|article|section)\b", re.IGNORECASE
)
#: A board's own page sets every post as a block quote.
_WHOLE_QUOTE = re.compile(
    r"\s*<blockquote\b(?:(?!</blockquote).)*</blockquote>\s*\Z", re.IGNORECASE | re.DOTALL
)
_GREATER = re.compile(r"\s*(?:<[^<>]{0,200}>\s*)*(?:>|&gt;|&#62;|&#x3e;|\Z)", re.IGNORECASE)
_ADDRESS = re.compile(
    r"(?:[a-z]{3,6}:|www\.|\S+\.\w)\S*(?:…|\.\.\.|\s(?:…|\.\.\.)\s\S+)?\Z", re.IGNORECASE
)


def plain_text(raw: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    r"""Return the text of *raw*, which may be HTML or not, and its offsets.

    Exports hold both: a forum's HTML, and words of which only ``<``, ``>`` and
    ``&`` are escaped (Reddit). Where no tag breaks a line, line breaks do.

    >>> plain_text("See\n\n&gt; a &amp; b\n\nmine")[0]
    'See\n\n> a & b\n\nmine'
    >>> plain_text("one\nline<br>two")[0]
    'one line\ntwo'
    """
    if _KNOWN.search(raw) is None:
        return _with_line_feeds(raw)
    quoted = _WHOLE_QUOTE.match(raw) is None
    return undo_markup(raw, lines=_BREAKS_LINES.search(raw) is None, quoted=quoted)


def _with_line_feeds(raw: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    pairs = [(0, 0)]
    pairs.extend(
        (found.start() - number, found.start() + 1)
        for number, found in enumerate(re.finditer("\r\n", raw))
    )
    return raw.replace("\r\n", "\n"), tuple(pairs)


def attributes_of(written: str) -> dict[str, str]:
    """Return the attributes of a tag, names in lower case, values unescaped.

    >>> attributes_of('class="quote" title=a&amp;b')
    {'class': 'quote', 'title': 'a&b'}
    """
    return {
        found.group("name").lower(): unescape(
            found.group("two") or found.group("one") or found.group("bare") or ""
        )
        for found in _ATTRIBUTE.finditer(written)
    }


class _Writer:
    """Collects text; pairs an offset of it with one of the raw form where their distance changes."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.line_start = True
        self.pairs: list[tuple[int, int]] = []

    def put(self, text: str, raw: int) -> None:
        """Add *text*, which stands at *raw* or was made from what stands there."""
        if not text:
            return
        last = self.pairs[-1] if self.pairs else (0, 0)
        if raw - self.length != last[1] - last[0] or not self.pairs:
            self.pairs.append((self.length, raw))
        self.parts.append(text)
        self.length += len(text)
        self.line_start = text.endswith("\n")

    def cut(self, parts: int) -> None:
        """Take back everything but the first *parts* parts."""
        self.length -= sum(map(len, self.parts[parts:]))
        del self.parts[parts:]
        self.line_start = not self.parts or self.parts[-1].endswith("\n")
        while self.pairs and self.pairs[-1][0] >= self.length:
            self.pairs.pop()


class _Reader:
    """Walks over the tokens of one raw text."""

    def __init__(self, raw: str, *, spaced: bool, lines: bool, quoted: bool) -> None:
        self.raw = raw
        self.spaced = spaced
        self.quoted = quoted
        self.lines = lines
        self.out = _Writer()
        self._skipping: str | None = None
        self._link: tuple[str, int, int] | None = None
        self._quote_depth = 0
        self._breaks = 0

    def read(self) -> tuple[str, tuple[tuple[int, int], ...]]:
        done = 0
        for token in _TOKEN.finditer(self.raw):
            self._words(self.raw[done : token.start()], done)
            done = token.end()
            if token.group("tag"):
                self._tag(token)
            elif token.group("entity"):
                self._entity(token)
            elif token.group("blank"):
                self._blank(token)
        self._words(self.raw[done:], done)
        return "".join(self.out.parts), tuple(self.out.pairs)

    def _blank(self, token: re.Match[str]) -> None:
        written = token.group("blank")
        if self.lines and "\n" in written and not self._skipping:
            for found in re.finditer(r"\r?\n|[^\r\n]", written):
                self.out.put(found.group().removeprefix("\r"), token.start() + found.start())
        elif not self.out.line_start:
            self._words(" ", token.start())

    def _words(self, text: str, raw: int) -> None:
        if self.out.line_start and text.startswith(" "):
            raw, text = raw + 1, text[1:]
        if not text or self._skipping:
            return
        if self.out.line_start and self._quote_depth:
            self.out.put("> " * min(self._quote_depth, 5), raw)
        self.out.put(text, raw)

    def _entity(self, token: re.Match[str]) -> None:
        written = token.group("entity")
        plain = unescape(written)
        self._words("" if plain == "\u00ad" else plain, token.start())

    def _tag(self, token: re.Match[str]) -> None:
        tag = token.group("tag").lower()
        closes = bool(token.group("close"))
        if self._skipping:
            if closes and tag == self._skipping:
                self._skipping = None
            return
        if tag in _SKIPPED:
            self._skipping = None if closes else tag
        elif tag == "br":
            self.out.put("\n", token.start())
        elif tag == "a":
            self._anchor(token, closes=closes)
        elif tag == "span" and not closes:
            self._quote_span(token)
        elif tag == "q":
            self._words("”" if closes else "“", token.start())
        elif tag in _STRUCK or (tag == "s" and self.spaced):
            self._words("~~", token.start())
        elif tag in _BLOCKS:
            self._block(tag, token.start(), closes=closes)

    def _quote_span(self, token: re.Match[str]) -> None:
        """Give greentext back the ``>`` that dChan takes away."""
        classes = attributes_of(token.group("attributes")).get("class", "").split()
        if "quote" in classes and _GREATER.match(self.raw, token.end()) is None:
            self._words(">", token.start())

    def _block(self, tag: str, raw: int, *, closes: bool) -> None:
        """Break the line; an empty paragraph is an empty line, as boards mean it."""
        if (closes and tag == "p" and not self.spaced) or not self.out.line_start:
            self.out.put("\n", raw)
        if tag == "blockquote" and self.quoted:
            self._quote_depth = max(0, self._quote_depth + (-1 if closes else 1))
        if closes and self.spaced and tag in _PARAGRAPHS and self.out.length:
            self.out.put("\n", raw)

    def _anchor(self, token: re.Match[str], *, closes: bool) -> None:
        if closes:
            link, self._link = self._link, None
            if link is not None:
                self._finish_anchor(*link, end=token.start())
            return
        target = attributes_of(token.group("attributes")).get("href", "").strip()
        place = token.start("attributes")
        self._link = (target, len(self.out.parts), place) if _leads_out(target) else None

    def _finish_anchor(self, target: str, start: int, raw: int, *, end: int) -> None:
        label = "".join(self.out.parts[start:]).strip()
        if label == target:
            return
        if not label or _ADDRESS.fullmatch(label):
            self.out.cut(start)
            self.out.put(target, raw)
        elif may_hold_link(target.encode("utf-8", "replace")):
            self.out.put(f" <{target}>", end)


def _leads_out(target: str) -> bool:
    return re.match(r"(?:https?:)?//", target, re.IGNORECASE) is not None


def undo_markup(
    raw: str, *, spaced: bool = False, lines: bool = False, quoted: bool = False
) -> tuple[str, tuple[tuple[int, int], ...]]:
    r"""Return the text of *raw* and its offsets, as ``Post.raw_offsets`` has them.

    Text that the markup only implies (line breaks, the target of a link) is
    paired with the place of the tag. With *spaced*, paragraphs are set apart
    by an empty line and block quotes marked with ``>``, as mail and pages want
    it; boards set one line a paragraph. With *lines*, line breaks of the raw
    form are kept, not only those that tags make. With *quoted*, block quotes
    are marked without the empty lines: boards set whole posts as such, others
    the words of somebody else.

    >>> undo_markup('<p>https:<em>//</em>nsarchive.gwu.edu</p><p>&gt;next</p>')[0]
    'https://nsarchive.gwu.edu\n>next\n'
    """
    if _ANYTHING_TO_UNDO.search(raw) is None:
        return raw.removeprefix(" "), ((0, int(raw.startswith(" "))),)
    return _Reader(raw, spaced=spaced, lines=lines, quoted=spaced or quoted).read()
