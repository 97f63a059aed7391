"""What each HTML element does to the text of a page."""


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


#: Parted from their surroundings by a blank line.
PARAGRAPHS = _names(
    """
    address article aside blockquote body center details dialog dir dl fieldset figure footer
    form h1 h2 h3 h4 h5 h6 header hgroup hr html main menu nav ol p pre section table ul
    """
)

#: On a line of their own.
LINES = _names(
    """
    caption dd div dt figcaption frameset legend li summary tbody tfoot thead
    tr
    """
)

#: Parted from the cell before by a tab.
CELLS = frozenset({"td", "th"})

#: Their content is no text of the page.
UNREAD = _names(
    """
    applet audio canvas embed iframe noframes noscript script select style svg template video
    """
)

#: Their content is no markup: a tokeniser takes them whole.
RAW = frozenset({"iframe", "noframes", "script", "style"})

#: They become tags of the soup even without a class.
KEPT = _names(
    """
    a article aside b base dd dl dt embed font footer form frame frameset h1 h2 h3 h4 h5 h6
    header iframe input label legend link main meta nav object section strong th time title
    """
)

#: Attributes for which any element becomes a tag of the soup.
MARKS = ("class", "id", "role", "property", "itemprop")

#: A page that forgets to close its menu does not hide its article for that.
ENDS_NAVIGATION = frozenset({"article", "h1", "main"})

#: White space in them counts.
VERBATIM = frozenset({"listing", "plaintext", "pre", "textarea", "xmp"})

#: Identifiers of what the Wayback Machine puts on top of a capture.
WAYBACK_TOOLBAR = frozenset({"donato", "wm-ipp", "wm-ipp-base", "wm-ipp-print"})
