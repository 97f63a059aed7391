"""Which addresses may be asked at all: pure rules, the same for links, redirects and robots.

Two questions, asked at two places. ``refusal`` looks at a URL before anything
is done with it. ``is_public`` looks at the address of the socket really
connected, so that no second lookup of a name can come between check and use.
"""

import ipaddress
import re
from collections.abc import Collection
from urllib.parse import unquote, urlsplit

#: Hosts that are shared with others: only what lies below these paths is the Archive's.
SHARED_HOSTS = {
    "www.gwu.edu": "/~nsarchiv",
    "www2.gwu.edu": "/~nsarchiv",
    "www.seas.gwu.edu": "/nsarchive",
}

WAYBACK_HOST = "web.archive.org"

#: What of web.archive.org is asked: its index of captures, and captures.
WAYBACK_PATHS = ("/cdx/search/cdx", "/web/")

PORTS = {"http": 80, "https": 443}

# Anything outside printable ASCII, and the backslash, is read differently by
# different parsers of URLs; so are blanks. A URL that needs them is written
# with percent escapes.
_PLAIN = re.compile(r"[!-\[\]-~]+", re.ASCII)
_HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+", re.ASCII)


def refusal(url: str, hosts: Collection[str], *, wayback: bool = False) -> str | None:
    """Return why *url* must not be asked for, or ``None`` if it may be.

    Only ``http`` and ``https`` on their own ports, exact host names, no
    credentials, nothing two parsers could read differently. *wayback* also
    allows the capture index and the captures of the Wayback Machine.

    >>> refusal("https://nsarchive.gwu.edu/document/1", ["nsarchive.gwu.edu"])
    >>> refusal("https://nsarchive.gwu.edu.evil.example/", ["nsarchive.gwu.edu"])
    'the host nsarchive.gwu.edu.evil.example is not one of the hosts that may be asked'
    """
    try:
        parts = urlsplit(url) if _PLAIN.fullmatch(url) else None
        port = parts.port if parts is not None else None
    except ValueError:
        return "the address cannot be read"
    if parts is None:
        return "the address holds characters that no plain address has"
    wrong = None
    if parts.scheme not in PORTS:
        wrong = f"only http and https are asked, not {parts.scheme or 'an address without either'}"
    elif "@" in parts.netloc:
        wrong = "the address holds a user name or password"
    elif port not in {None, PORTS[parts.scheme]}:
        wrong = f"port {port} is not asked"
    elif not _HOST.fullmatch(parts.hostname or ""):
        wrong = "the address names no proper host"
    return wrong or _host_refusal(parts.hostname or "", parts.path, hosts, wayback=wayback)


def _host_refusal(host: str, path: str, hosts: Collection[str], *, wayback: bool) -> str | None:
    if wayback and host == WAYBACK_HOST:
        below = path == "/robots.txt" or path.startswith(WAYBACK_PATHS)
        return None if below else "this part of the Wayback Machine is not asked"
    if host not in hosts:
        return f"the host {host} is not one of the hosts that may be asked"
    root = SHARED_HOSTS.get(host)
    if root is not None and path != "/robots.txt" and not _is_below(path, root):
        return f"only what lies below {root} on {host} is the Archive's"
    return None


def _is_below(path: str, root: str) -> bool:
    """Return whether *path* stays below *root* however a server reads its escapes."""
    plain = unquote(path)
    if ".." in plain.split("/") or "\\" in plain or "%" in plain:
        return False
    return plain == root or plain.startswith(f"{root}/")


def is_public(address: str) -> bool:
    """Return whether *address* is one of the public internet (IPv4 or IPv6).

    Addresses that wrap another (IPv4-mapped, 6to4, Teredo, NAT64) are judged
    by the one inside too.

    >>> [is_public(a) for a in ("8.8.8.8", "127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1")]
    [True, False, False, False]
    """
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return all(map(_is_global, _with_inner(parsed)))


_Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def _is_global(address: _Address) -> bool:
    return address.is_global and not (address.is_multicast or address.is_reserved)


def _with_inner(address: _Address) -> list[_Address]:
    if isinstance(address, ipaddress.IPv4Address):
        return [address]
    if address in _NAT64:
        # Python counts the translation prefix itself as global; what matters
        # is the IPv4 address that the translator will connect to.
        return [ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)]
    if address.ipv4_mapped is not None:
        return [address.ipv4_mapped]
    inner: list[_Address] = [address]
    if address.sixtofour is not None:
        inner.append(address.sixtofour)
    if address.teredo is not None:
        inner.extend(address.teredo)
    return inner
