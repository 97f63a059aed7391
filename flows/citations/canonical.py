"""One address per page: equivalent spellings share one capture.

Canonical addresses are ``https``, in one spelling of the host, without
fragment, tracking parameters, doubled slashes and needless escapes
(RFC 3986 §6.2). On the Archive's own site the final slash goes too, and pages
known by their number or slug lose their query and their capitals, because
Drupal's addresses ignore both. In the hand-made file trees letter case counts,
and a folder ends in a slash, so that its frames and links resolve.

A legacy address keeps its own host: which of the old trees still answers is
not known, and a wrong guess must cost one request, not the source. The copy of
the tree that the Archive keeps today is named by ``companions`` instead.
"""

import re
from functools import lru_cache
from urllib.parse import quote, unquote

from flows.citations.hosts import FILE_TREES, HOST, SPELLING, USER_BEFORE, host_end
from flows.citations.spelling import plain_address
from flows.citations.wrappers import unwrap
from flows.records import LinkKind

_SITE = "nsarchive.gwu.edu"
_MIRROR_OF_TREES = "nsarchive2.gwu.edu"

#: Parameters that mail programs, search engines and social sites add.
_TRACKING = re.compile(
    r"(?:utm_\w+|mtm_\w+|pk_\w+|hsa_\w+|_hs\w+|mc_[ce]id|fbclid|gclid|dclid|gbraid|wbraid|msclkid"
    r"|twclid|yclid|igshid|igsh|ref|ref_src|ref_url|spm|si|_ga|_gl|etype|eid|emci|emdi|ceid"
    r"|vero_\w+|oly_\w+|ss_\w+|trk\w*|source|share|fb_\w+|amp)\Z",
    re.IGNORECASE,
)
#: Nobody's name or password is sent anywhere.
_USER = re.compile(rf"(?<=//){USER_BEFORE}", re.ASCII)
#: A capture of a redirector of a mail filter is seldom wrapped once more.
_MOST_WRAPPERS = 4
#: Longer than any address that a browser or a server takes, in code points.
_LONGEST = 10_000

_TRUNCATED = re.compile(r"[…⋯]|\.{3,}|%(?:25)*e2%(?:25)*80%(?:25)*a6", re.IGNORECASE)
_ESCAPED_SLASH = re.compile(r"%(?:25)*(?:2f|3a%(?:25)*2f)", re.IGNORECASE)
_TRAILING = ".,;:!?*_-&=+'\"“”„‘’«»‹›"

_DOCUMENT = re.compile(r"/document/[^/]+", re.IGNORECASE)
_NUMBER = re.compile(r"/document/(\d+)(?![0-9])(?:-|\Z)")
_OCR = re.compile(r"/media/\d+/ocr", re.IGNORECASE)
_BOOK = re.compile(r"/briefing-books?/[^/]+", re.IGNORECASE)
_NODE = re.compile(r"/node/\d+", re.IGNORECASE)
_FILE = re.compile(
    r"/sites/default/files/.|.*\.(?:pdf|docx?|xlsx?|pptx?|rtf|txt|jpe?g|png|gif|tiff?|mp[34]|mov|wav|zip)\Z",
    re.IGNORECASE,
)
_TREE = re.compile(
    r"/(?:NSAEBB|nukevault|coldwar|radiation|latin_america|guatemala|mexico|nsa)(?:/|\Z)"
    r"|/~?nsarchive?(?:/|\Z)"
    r"|.*\.html?\Z",
    re.IGNORECASE,
)
_EXTENSION = re.compile(r"\.[a-z0-9]{2,5}\Z", re.IGNORECASE)


@lru_cache(maxsize=4_096)
def canonical_url(url: str) -> str | None:
    """Return the one address of the page that *url* leads to.

    *url* may be written in any way that ``find_links`` reads. ``None`` means
    that nothing can be fetched: not an Archive address, a display-truncated
    one, or one on a port of its own.

    >>> canonical_url("HTTP://NSArchive.gwu.edu.//Document/33560/?utm_source=x#top")
    'https://nsarchive.gwu.edu/document/33560'
    >>> canonical_url("www.gwu.edu/%7Ensarchiv/NSAEBB/NSAEBB222")
    'https://www.gwu.edu/~nsarchiv/NSAEBB/NSAEBB222/'
    >>> canonical_url("https://nsarchive.gwu.edu.example.com/document/33560") is None
    True
    """
    if len(url) > _LONGEST:
        return None
    plain = _unwrapped(url)
    parts = _split(plain)
    if parts is None or _TRUNCATED.search(plain):
        return None
    kind, port, rest = parts
    if port not in {"", "80", "443"}:
        return None
    host = SPELLING[kind]
    path, query = _path_and_query(rest, host)
    return f"https://{host}{path}{'?' + query if query else ''}"


def link_kind(url: str) -> LinkKind:
    """Return what *url* leads to, told from its shape alone.

    >>> link_kind("https://nsarchive.gwu.edu/media/27160/ocr")
    <LinkKind.OCR: 'ocr'>
    >>> link_kind("nsarchive.gwu.edu/briefing-boo…")
    <LinkKind.UNUSABLE: 'unusable'>
    """
    canonical = canonical_url(url)
    if canonical is None:
        return LinkKind.UNUSABLE
    host, _, rest = canonical.removeprefix("https://").partition("/")
    return _kind(host, "/" + rest.partition("?")[0])


def capture_time(url: str) -> str | None:
    """Return the time, in 14 digits, of the capture that *url* names, or ``None``.

    >>> capture_time("archive.ph/2019.03.14-093000/https://nsarchive.gwu.edu/node/1")
    '20190314093000'
    """
    wrapped = unwrap(plain_address(url))
    return wrapped.capture_wanted if wrapped is not None else None


def page_of(address: str) -> str:
    """Return the page of which *address* is a capture; any other address is its own page.

    >>> page_of("https://web.archive.org/web/20190101000000id_/https://nsarchive.gwu.edu/node/1")
    'https://nsarchive.gwu.edu/node/1'
    """
    return canonical_url(address) or address


def companions(canonical_url: str) -> tuple[str, ...]:
    """Return further addresses that hold the words of the page *canonical_url*.

    A document page has the text of the document itself; an address in one of
    the abandoned file trees has its copy in the tree that is kept today.

    >>> companions("https://nsarchive.gwu.edu/document/27160-doc-06-clinton-letter-yeltsin")
    ('https://nsarchive.gwu.edu/media/27160/ocr',)
    >>> companions("https://www2.gwu.edu/~nsarchiv/NSAEBB/NSAEBB222/index.htm")
    ('https://nsarchive2.gwu.edu/NSAEBB/NSAEBB222/index.htm',)
    """
    host, slash, rest = canonical_url.removeprefix("https://").partition("/")
    path = slash + rest
    if host == _SITE:
        number = _NUMBER.match(path)
        if number is not None:
            return (f"https://{_SITE}/media/{number.group(1)}/ocr",)
        return (f"https://{_MIRROR_OF_TREES}{path}",) if _in_tree(path) else ()
    if host in FILE_TREES and host != _MIRROR_OF_TREES:
        below = re.sub(r"\A/~?nsarchive?(?=/|\Z)", "", path) or "/"
        return (f"https://{_MIRROR_OF_TREES}{below}",)
    return ()


def is_archive_address(url: str) -> bool:
    """Whether *url* names a host of the Archive, be there anything to fetch or not.

    >>> is_archive_address("nsarchive.gwu.edu/briefing-boo…"), is_archive_address("gwu.edu")
    (True, False)
    """
    return _split(_unwrapped(url)) is not None


def _unwrapped(url: str) -> str:
    plain = plain_address(url)
    for _ in range(_MOST_WRAPPERS):
        wrapped = unwrap(plain) if _split(plain) is None else None
        if wrapped is None:
            break
        plain = plain_address(wrapped.inner)
    return plain


def _split(plain: str) -> tuple[str, str, str] | None:
    """Return kind of host, port and the rest, or ``None`` if it is not an Archive host."""
    start = len("https://") if plain.startswith("https://") else 0
    start += len("//") if plain.startswith("//") else 0
    user = _USER.match(plain, start)
    start = user.end() if user is not None else start
    plain = plain[start:]
    found = HOST.match(plain)
    if found is None or found.lastgroup is None:
        return None
    end = host_end(plain, 0, found.end())
    if end is None:
        return None
    port = plain[found.end() : end].lstrip(".").removeprefix(":")
    return found.lastgroup, port, plain[end:]


def _path_and_query(rest: str, host: str) -> tuple[str, str]:
    for _ in range(3):
        if not _ESCAPED_SLASH.match(rest) and not (rest.startswith("/") and "%2F" in rest.upper()):
            break
        rest = unquote(rest)
    path, _, query = rest.partition("#")[0].partition("?")
    if host == _SITE:
        path = path.partition("&")[0]  # the rest of somebody else's query
    path = _clean_path(path)
    kind = _kind(host, path)
    if kind in {LinkKind.DOCUMENT, LinkKind.OCR} or _NODE.fullmatch(path):
        return path.lower(), ""
    if kind is LinkKind.BRIEFING_BOOK:
        return re.sub(r"\A/briefing-books?/", "/briefing-book/", path, flags=re.IGNORECASE), ""
    if path == "/" and not query:
        return "/", ""
    folder = kind is LinkKind.LEGACY and not _EXTENSION.search(path) and path != "/"
    return path + ("/" if folder else ""), _clean_query(query)


def _clean_path(path: str) -> str:
    segments: list[str] = []
    for segment in path.split("/"):
        decoded = unquote(segment, errors="surrogateescape").strip()
        if decoded == "..":
            del segments[-1:]
        elif decoded and decoded != ".":
            segments.append(decoded)
    while segments:
        segments[-1] = _without_sentence(segments[-1])
        if segments[-1]:
            break
        segments.pop()
    return "/" + "/".join(
        quote(segment, safe="~!$&'()*+,;=:@", errors="surrogateescape") for segment in segments
    )


def _without_sentence(segment: str) -> str:
    """Leave out the punctuation that a sentence or a quotation put behind an address."""
    kept = segment.rstrip(_TRAILING)
    if kept.endswith(")") and "(" not in kept:
        kept = kept.rstrip(")" + _TRAILING)
    return kept


def _clean_query(query: str) -> str:
    pairs = [pair.removeprefix("amp;") for pair in query.rstrip(_TRAILING).split("&")]
    kept = [
        pair
        for pair in pairs
        if pair.strip(_TRAILING) and not _TRACKING.match(pair.partition("=")[0])
    ]
    sorted_pairs = sorted(quote(unquote(pair), safe="=~!$'()*,:@/?") for pair in kept)
    return "&".join(sorted_pairs).rstrip(_TRAILING)


def _in_tree(path: str) -> bool:
    return _TREE.match(path) is not None and not path.startswith("/dc.html")


def _kind(host: str, path: str) -> LinkKind:  # noqa: PLR0911  a table in words
    if host in FILE_TREES:
        return LinkKind.LEGACY
    if host == "assets.documentcloud.org":
        return LinkKind.FILE
    if host != _SITE:
        return LinkKind.POSTING
    if _OCR.fullmatch(path):
        return LinkKind.OCR
    if _in_tree(path.partition("?")[0]):
        return LinkKind.LEGACY
    if _FILE.match(path):
        return LinkKind.FILE
    if _DOCUMENT.fullmatch(path):
        return LinkKind.DOCUMENT
    return LinkKind.BRIEFING_BOOK if _BOOK.match(path) else LinkKind.POSTING
