"""Addresses inside addresses: web archives, redirectors, search results.

Only wrappers listed here are opened. An Archive address inside any other
site's address is that site's business: it is not a link to the Archive.
"""

import re
from dataclasses import dataclass
from urllib.parse import unquote

_SCHEME = r"(?:https?(?::|%(?:25)*3a)(?:/|%(?:25)*2f){1,2})"

#: Hosts whose path holds the wrapped address.
_BY_PATH = (
    r"(?:web|wayback|www)\.archive\.org|archive\.org|web-beta\.archive\.org"
    r"|(?:www\.)?archive\.(?:is|ph|today|li|md|vn|fo)"
    r"|(?:wayback\.)?archive-it\.org|webarchive\.loc\.gov|timetravel\.mementoweb\.org|arquivo\.pt"
    r"|ghostarchive\.org|megalodon\.jp|12ft\.io|r\.jina\.ai|via\.hypothes\.is|outline\.com"
    r"|urldefense\.com|liveweb\.archive\.org|webarchive\.nationalarchives\.gov\.uk|(?:www\.)?removepaywalls?\.com"
    r"|(?:www\.)?google\.[a-z.]{2,6}/amp"
)
#: Hosts whose query holds it.
_BY_QUERY = (
    r"(?:www\.|scholar\.|translate\.|news\.)?google\.[a-z.]{2,6}|webcache\.googleusercontent\.com"
    r"|(?:html\.|www\.)?duckduckgo\.com|(?:www\.)?bing\.com|r\.search\.yahoo\.com|(?:www\.)?yandex\.[a-z.]{2,6}"
    r"|(?:l|lm|m|www)\.facebook\.com|l\.instagram\.com|out\.reddit\.com|(?:www\.)?youtube\.com"
    r"|(?:www\.)?linkedin\.com|t\.umblr\.com|href\.li|anonym\.to|anon\.to|nullrefer\.com|nullrefer\.us"
    r"|(?:www\.)?dereferer\.(?:me|org|com)|derefer\.[a-z]{2,3}|hidereferrer\.[a-z]{2,3}|vk\.com|away\.vk\.com|steamcommunity\.com"
    r"|slack-redir\.net|disq\.us|(?:[a-z0-9-]+\.)?safelinks\.protection\.outlook\.com"
    r"|sys\.4chan(?:nel)?\.org/derefer|cc\.bingj\.com|(?:app\.hypothes\.is|hyp\.is)/go|getpocket\.com"
    r"|(?:www\.|old\.)?reddit\.com/submit|(?:www\.)?(?:twitter|x)\.com/(?:intent/[a-z]{4,5}|share)|t\.me/(?:iv|share/url)"
    r"|(?:www\.)?webcitation\.org|exit\.sc|l\.messenger\.com|sanitizeurl\.[a-z]{2,3}"
)
WRAPPER_HOST = re.compile(rf"(?:{_BY_PATH}|{_BY_QUERY})\.?(?::\d+)?(?=[/?])", re.IGNORECASE)

_INNER = re.compile(
    rf"(?:[/=?:_]|%(?:25)*3d)_*(?P<inner>(?:{_SCHEME}|(?:www2?\.)?(?:nsarchive|gwu\.edu|unredacted)).*)",
    re.IGNORECASE | re.DOTALL,
)
_WAYBACK = re.compile(
    r"(?:web|wayback|www|web-beta)?\.?archive\.org/web/(\d{4,14})(?!\d)", re.IGNORECASE
)
_FIRST_MOMENT = "00000101000000"


@dataclass(frozen=True, slots=True)
class Wrapped:
    """What a wrapper holds: the address, and the capture that was asked for.

    ``capture_wanted`` has 14 digits (a shorter time means its first moment).
    """

    inner: str
    capture_wanted: str | None


def unwrap(plain: str) -> Wrapped | None:
    """Return what the address *plain* wraps, or ``None`` if it is no known wrapper.

    >>> unwrap("https://web.archive.org/web/20211124000000/https://nsarchive.gwu.edu/node/1").inner
    'https://nsarchive.gwu.edu/node/1'
    >>> unwrap("https://example.com/?u=https://nsarchive.gwu.edu/node/1") is None
    True
    """
    address = plain.removeprefix("https://").removeprefix("//")
    host = WRAPPER_HOST.match(address)
    if host is None:
        return None
    found = _INNER.search(address, host.end())
    if found is None:
        return None
    inner = found.group("inner")
    escaped = re.match(r"https?%|[^/?#]*%(?:25)*2f", inner, re.IGNORECASE) is not None
    in_query = "?" in address[: found.start("inner")]
    if escaped or in_query:
        inner = inner.partition("&")[0]
    if "/RK=" in inner:
        inner = inner.partition("/RK=")[0]
    inner = inner.partition("__;")[0]
    for _ in range(3):
        if not escaped or re.match(r"https?://[^/?#%]*(?:/|\Z)", inner, re.IGNORECASE):
            break
        inner = unquote(inner)
    time = _WAYBACK.match(address)
    stamp = time.group(1) if time is not None else None
    return Wrapped(inner, stamp + _FIRST_MOMENT[len(stamp) :] if stamp else None)
