"""Find every Archive address in a text, however it is written.

The text is searched for the few letters that every address of the Archive
holds; only around those is anything else looked at, in a window of bounded
size, so the time is linear in the length of the text whatever it contains.
"""

import re
from collections.abc import Iterator

from flows.citations.canonical import canonical_url, is_archive_address, link_kind
from flows.citations.ending import address_end
from flows.citations.hosts import HOST, USER_BEFORE, glued, host_end
from flows.citations.sealed import BASE64_OF_HTTP, SIGN, STARRED, starred_end
from flows.citations.spelling import plain_address, undisguise
from flows.citations.visible import is_label
from flows.citations.wrappers import leads_elsewhere, unwrap
from flows.records import Link

#: Letters that every host of the Archive holds, in one of these forms, or an
#: encoded address of any host.
_ANCHOR = re.compile(
    rf"(?i:nsarchiv|gwu|unredacted|documentcloud)|(?P<base64>{BASE64_OF_HTTP.pattern})", re.ASCII
)
_ROOT = re.compile(r"nsarchiv", re.IGNORECASE | re.ASCII)
_NEARBY = re.compile(r"edu|org|com", re.IGNORECASE | re.ASCII)

#: How far a wrapper may reach back from the host, and an address forward, in
#: code points. Browsers and servers cut addresses at some 2,000.
_BACK = 600
_AHEAD = 2_400
#: Most addresses are short and unwrapped: a small window is tried first.
_SMALL_BACK = 80
_SMALL_AHEAD = 400
#: An address that ends this close to its window may have been cut by it.
_MARGIN = 120
#: How far from the anchor the rest of the host stands, tags and blanks included.
_NEAR = 60

_SCHEME = re.compile(
    r"(?:h?[tx*]{1,3}ps?|https?|ｈｔｔｐｓ?|ftp)\s?(?::|%(?:25)*3a)?(?:\s?(?:[/\\]|%(?:25)*2f)){1,4}\s?\Z|//\Z",
    re.IGNORECASE,
)
_USER = re.compile(rf"(?<=//){USER_BEFORE}\Z", re.ASCII)
_TOKEN = re.compile(r"[^\s<>\"“”‘’«»`|\[\]{}()]*\Z")
#: Where the next address could begin whose host stands before an anchor.
_TO_NEXT_SCHEME = re.compile(r"(?:(?!h[tx]{2}ps?:)\S)*", re.IGNORECASE)
_BEGINS = re.compile(r"h[tx]{2}ps?:/", re.IGNORECASE)
_OUTER = re.compile(
    r"(?:(?:https?|hxxps?):/{1,3})?(?P<host>(?:[a-z0-9_-]{1,63}\.){1,12}[a-z]{2,24})(?::\d+)?[/?]",
    re.IGNORECASE,
)

#: The first letters of every host in ``HOST``.
_HOST_BEGINS = frozenset("0adgnstuwADGNSTUW")


class _WindowTooSmallError(Exception):
    """The address reaches beyond the window it was looked for in."""


def find_links(text: str) -> list[Link]:
    """Return every Archive address in *text*, in order, without overlaps.

    ``text[link.start:link.end] == link.url`` for each. An address shown
    shortened (``nsarchive.gwu.edu/briefing-boo…``) is returned as
    ``unusable``. The visible label of a link is not a link: what counts is
    where it leads.

    >>> [link.canonical_url for link in find_links("see hxxps://nsarchive[.]gwu[.]edu/node/3712.")]
    ['https://nsarchive.gwu.edu/node/3712']
    >>> find_links("write to nsarchiv@gwu.edu, not to nsarchive.gwu.edu.example.com")
    []
    """
    return list(each_link(text))


def each_link(text: str) -> Iterator[Link]:
    """Yield the links of ``find_links`` one by one: a text may hold a million."""
    floor = tried = 0
    for anchor in _ANCHOR.finditer(text):
        if anchor.start() < floor:
            continue
        span = None
        if anchor.lastgroup is None:
            if not _promising(text, anchor):
                continue
            span = _address_around(text, anchor.start(), floor)
        if span is None and anchor.start() >= tried:
            span = _sealed_address_around(text, anchor.start(), floor)
            if span is None or not is_archive_address(text[slice(*span)]):
                span = None
                skipped = _TO_NEXT_SCHEME.match(text, anchor.start())
                tried = skipped.end() if skipped is not None else floor
        if span is None:
            continue
        start, end = span
        if not is_label(text, start, end) and is_archive_address(text[start:end]):
            yield _link(text[start:end], start)
        floor = end


def _link(url: str, start: int) -> Link:
    wrapped = unwrap(plain_address(url))
    canonical = canonical_url(url)
    before = wrapped.before if wrapped is not None else ""
    return Link(
        url=url,
        # One string for both where they are the same, as they mostly are.
        canonical_url=url if canonical == url else canonical,
        kind=link_kind(url),
        start=start,
        end=start + len(url),
        capture_wanted=wrapped.capture_wanted if wrapped is not None else None,
        capture_url=before + canonical if before and canonical else None,
    )


def _promising(text: str, anchor: re.Match[str]) -> bool:
    """Whether more of a host stands around *anchor*; cheap, and true for every address."""
    near = text[max(0, anchor.start() - _NEAR) : anchor.end() + _NEAR]
    if _NEARBY.search(near) is None:
        return False
    if anchor.group().lower() != "gwu" or _ROOT.search(near):
        return True
    # The root is found by itself unless something stands in the middle of it.
    return _ROOT.search(undisguise(near).plain) is not None


def _address_around(text: str, anchor: int, floor: int) -> tuple[int, int] | None:
    """Return the span of the address whose host holds the *anchor*, in ``text``."""
    base = max(floor, anchor - _SMALL_BACK)
    ahead = min(len(text), anchor + _SMALL_AHEAD)
    try:
        span = _in_window(text, anchor, base, ahead, cut=base > floor)
        if span is None or ahead == len(text) or span[1] < ahead - _MARGIN:
            return span
    except _WindowTooSmallError:
        pass
    base = max(floor, anchor - _BACK)
    ahead = min(len(text), anchor + _AHEAD)
    try:
        return _in_window(text, anchor, base, ahead, cut=base > floor)
    except _WindowTooSmallError:
        return None  # nothing as long as that is an address


def _in_window(
    text: str, anchor: int, base: int, ahead: int, *, cut: bool
) -> tuple[int, int] | None:
    view = undisguise(text[base:ahead])
    place = view.at(anchor - base)
    host = _host_at(view.plain, place)
    if host is None:
        return None
    authority_end = host_end(view.plain, *host)
    if authority_end is None:
        return None
    start = _address_start(view.plain, host[0], cut=cut)
    if start is None:
        return None
    opened = view.plain[start - 1 : start] == "<"
    end = _end(view.plain, start, authority_end, in_angles=opened)
    first, last = view.raw_span(start, end)
    return base + first, base + last


def _end(plain: str, start: int, authority_end: int, *, in_angles: bool) -> int:
    end = address_end(plain, start, authority_end, in_angles=in_angles)
    starred = plain.find(STARRED, start, authority_end + len(STARRED))
    return max(end, starred_end(plain, starred) or 0) if starred >= 0 else end


def _sealed_address_around(text: str, anchor: int, floor: int) -> tuple[int, int] | None:
    """Return the span of the address around *anchor* that may hold an encoded one."""
    if SIGN.search(text, max(0, anchor - _NEAR), anchor + _NEAR) is None:
        return None
    base = max(floor, anchor - _BACK)
    view = undisguise(text[base : anchor + _AHEAD])
    place = view.at(anchor - base)
    token = _TOKEN.search(view.plain, 0, place)
    begin = token.start() if token is not None else place
    begins = [scheme.start() for scheme in _BEGINS.finditer(view.plain, begin, place)] or [begin]
    matches = (_OUTER.match(view.plain, each) for each in reversed(begins))
    nearest = next((outer for outer in matches if outer is not None), None)
    if nearest is None:
        return None
    start, authority_end = nearest.start(), nearest.end() - 1
    outer = _OUTER.match(view.plain, begins[0])
    if outer is not None and leads_elsewhere(view.plain[outer.start("host") : start], whole=True):
        start = outer.start()
    end = _end(view.plain, start, authority_end, in_angles=False)
    first, last = view.raw_span(start, end)
    return (base + first, base + last) if end > place else None


def _host_at(plain: str, place: int) -> tuple[int, int] | None:
    """Return the span of the host that covers *place*, the longest reading first."""
    for start in range(max(0, place - 40), place + 1):
        if plain[start : start + 1] not in _HOST_BEGINS:
            continue
        found = HOST.match(plain, start)
        if found is not None and found.end() > place:
            return found.span()
    return None


def _address_start(plain: str, host: int, *, cut: bool) -> int | None:
    """Return where the address around the host at *host* begins, or ``None`` if it has no border.

    *cut* says that the text goes on before ``plain``.

    Raises:
        _WindowTooSmallError: the address may begin before ``plain``.
    """
    user = _USER.search(plain, max(0, host - _NEAR), host)
    host = user.start() if user is not None else host
    before = plain[max(0, host - 40) : host]
    scheme = _SCHEME.search(before)
    start = host - len(before) + scheme.start() if scheme is not None else host
    previous = plain[start - 1 : start] if start else ""
    if scheme is None and previous and (glued(previous) or previous in ".\\"):
        italic = previous == "_" and not plain[start - 2 : start - 1].strip()
        if not italic:
            return None
    if scheme is not None and previous.isalnum():
        return start
    token = _TOKEN.search(plain, max(0, start - _BACK), start)
    begin = token.start() if token is not None else start
    if cut and begin == 0:
        raise _WindowTooSmallError
    outer = _OUTER.search(plain, begin, start)
    if outer is None:
        return None if scheme is None and previous == "/" else start
    if scheme is not None and previous in ",;":
        return start  # one address behind the other
    leads = leads_elsewhere(plain[outer.start("host") : start], whole=scheme is not None)
    return outer.start() if leads else None
