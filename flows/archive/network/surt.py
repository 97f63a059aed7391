"""Addresses in the form by which indexes of web archives sort and compare them."""

import re
from urllib.parse import unquote, urlsplit


def surt(url: str) -> str:
    """Return *url* as a sort-friendly key: the same for http and https, ``www`` or not.

    >>> surt("https://www.nsarchive.org/A?b=2&a=1")
    'org,nsarchive)/a?a=1&b=2'

    Raises:
        ValueError: it cannot be read as an address at all.
    """
    parts = urlsplit(url.lower())
    host = re.sub(r"^www\d*\.", "", parts.hostname or "")
    path = parts.path.rstrip("/") or "/"
    query = "&".join(sorted(parts.query.split("&"))) if parts.query else ""
    return f"{','.join(reversed(host.split('.')))}){path}" + (f"?{query}" if query else "")


def same_page(one: str, other: str) -> bool:
    """Return whether an index would list *one* and *other* together.

    Percent escapes and repeated slashes do not matter, as writers of indexes
    do not agree on them.

    >>> same_page("http://nsarchive2.gwu.edu:80//NSAEBB/A%20b/", "https://nsarchive2.gwu.edu/nsaebb/a b")
    True
    """
    try:
        first, second = (re.sub(r"/{2,}", "/", unquote(surt(url))) for url in (one, other))
    except ValueError:
        return False
    return first.rstrip("/") == second.rstrip("/")
