"""A body of HTML to its layout, XHTML included."""

import re
from dataclasses import dataclass, replace

from flows.pages.encoding import Decoded, decode
from flows.pages.fields import title_of
from flows.pages.layout import Layout, lay_out
from flows.pages.sniffing import is_xhtml

#: Elements whose content is not markup: written ``<script/>`` as XML allows,
#: an HTML parser would take the rest of the page for their content.
_SELF_CLOSED = re.compile(
    r"<(?:script|style|title|textarea|iframe|noscript|noframes|xmp)\b[^<>]{0,4096}/>", re.IGNORECASE
)
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_SITE = re.compile(r"\s*[|–—-]\s*(?:the )?national security archive\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Html:
    """A body of HTML: its layout, the markup that was parsed, the characters it came as."""

    layout: Layout
    markup: str
    decoded: Decoded


def read_html(body: bytes, *, content_type: str, with_title: bool = True) -> Html:
    """Return *body* laid out.

    A page whose only words are navigation is laid out with it, and a page
    without a heading of its own begins with the title in its head, unless
    *with_title* is false.
    """
    decoded = decode(body, content_type=content_type)
    # Browsers leave zeros out; the parser would take one for the end of the page.
    markup = decoded.text.replace("\0", "")
    if is_xhtml(markup, content_type=content_type):
        markup = _as_html(markup)
    layout = lay_out(markup)
    if not has_words(layout.text):
        layout = lay_out(markup, with_navigation=True)
    if with_title and title_of(layout) is None:
        layout = _headed(layout)
    return Html(layout=layout, markup=markup, decoded=decoded)


def has_words(text: str) -> bool:
    """Whether *text* holds a letter or a digit of any script."""
    return any(character.isalnum() for character in text)


def bare_title(title: str) -> str:
    """Return a head's title without the site's name behind it.

    >>> bare_title("The Moment of Truth | National Security Archive")
    'The Moment of Truth'
    """
    return _SITE.sub("", title).strip() or title.strip()


def own_line(text: str, words: str) -> int | None:
    """Return where *words* are a whole line of *text*, or ``None``."""
    at = f"\n{text}\n".find(f"\n{words}\n")
    return None if at < 0 else at


def _as_html(markup: str) -> str:
    # The same number of characters takes their place: offsets stay right.
    markup = _SELF_CLOSED.sub(lambda found: " " * len(found[0]), markup)
    return _CDATA.sub(lambda found: " " * 9 + found[1] + " " * 3, markup)


def _headed(layout: Layout) -> Layout:
    title = bare_title(layout.head_title)
    if not title or own_line(layout.text, title) is not None:
        return layout
    lead = title + "\n\n"
    return replace(
        layout,
        text=lead + layout.text,
        shift=len(lead),
        headed=True,
        written=tuple((at if at < 0 else at + len(lead), data) for at, data in layout.written),
    )
