"""The visible label of a link, which may show any address, is not the link.

``[https://nsarchive.gwu.edu/document/1](https://example.com)`` leads to
example.com. In Markdown, BBCode and HTML only the target counts.
"""

import re

_REACH = 300
_MARKDOWN = re.compile(
    r"[^\[\]\n]{0,200}\]\(\s*<?(?:[a-z]{3,6}:|//|/|www\.|[\w-]+(?:\.[\w-]+)+[/)])", re.IGNORECASE
)
_OPEN_BRACKET = re.compile(r"\[[^\[\]\n]{0,200}\Z")
_ANCHOR = re.compile(r"<a\b[^<>]{0,1000}\bhref\b[^<>]{0,1000}>[^<>]{0,200}\Z", re.IGNORECASE)
_ESCAPED_ANCHOR = re.compile(
    r"&lt;a\b[^<>]{0,500}\bhref\b(?:(?!&gt;)[^<>]){0,500}&gt;[^<>]{0,60}\Z", re.IGNORECASE
)
_ANCHOR_END = re.compile(r"(?:[^<>]|<(?!a\b|/a))*?(?:</a|&lt;/a|<\\/a)", re.IGNORECASE)
_ORG = re.compile(r"\[\[[^\[\]\n]{1,1000}\]\[[^\[\]\n]{0,200}\Z")
_ORG_END = re.compile(r"[^\[\]\n]{0,200}\]\]")
_CHAT = re.compile(r"<[a-z]{3,6}:[^<>|\s]{1,1000}\|[^<>|\n]{0,200}\Z", re.IGNORECASE)
_CHAT_END = re.compile(r"[^<>|\n]{0,200}>")
_BBCODE = re.compile(r"\[url=[^\[\]\n]{1,1000}\][^\[\]\n]{0,200}\Z", re.IGNORECASE)


def is_label(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` is what a link shows, not where it leads.

    >>> is_label("[nsarchive.gwu.edu](https://example.com)", 1, 18)
    True
    >>> is_label("[the letter](nsarchive.gwu.edu/node/1)", 13, 37)
    False
    """
    before = text[max(0, start - _REACH) : start]
    after = text[end : end + _REACH]
    if _MARKDOWN.match(after) and _OPEN_BRACKET.search(before):
        return True
    if "][" in before and _ORG_END.match(after) and _ORG.search(before):
        return True
    if "|" in before and _CHAT_END.match(after) and _CHAT.search(before):
        return True
    if "url=" in before.lower() and _BBCODE.search(before):
        return True
    far = text[max(0, start - 2 * _REACH) : start]
    if "href" not in far.lower():
        return False
    opened = _last_anchor(far)
    return opened and _ANCHOR_END.match(after) is not None


def _last_anchor(before: str) -> bool:
    place = max(before.rfind("<a "), before.rfind("<A "), before.rfind("&lt;a "))
    if place < 0:
        return False
    opened = before[place:]
    return bool(_ANCHOR.match(opened) or _ESCAPED_ANCHOR.match(opened))
