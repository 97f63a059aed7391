"""Addresses inside addresses: web archives, redirectors, search results.

An address is opened when it shows that it leads elsewhere: its host is one of
those listed, a word of its host or path says so (``out.``, ``/redirect?url=``,
``/l.php?u=``), the time of a capture stands before the inner address, that is
the whole query, or it is encoded as only redirectors do. An Archive address
inside any other site's address is that site's business: it is not a link to
the Archive.
"""

import re
from dataclasses import dataclass
from urllib.parse import unquote

from flows.citations.sealed import unsealed

_SCHEME = r"(?:https?(?::|%(?:25)*3a)(?:/|%(?:25)*2f){1,2})"

#: Hosts that say nothing of it in their addresses, or hold addresses without a scheme.
_KNOWN = (
    r"(?:web|wayback|www|liveweb|web-beta)\.archive\.org|archive\.org"
    r"|(?:www\.)?archive\.(?:is|ph|today|li|md|vn|fo)"
    r"|(?:wayback\.)?archive-it\.org|webarchive\.loc\.gov|timetravel\.mementoweb\.org|arquivo\.pt"
    r"|ghostarchive\.org|megalodon\.jp|12ft\.io|r\.jina\.ai|via\.hypothes\.is|outline\.com"
    r"|webarchive\.nationalarchives\.gov\.uk|(?:www\.)?removepaywalls?\.com"
    r"|(?:www\.|scholar\.|translate\.|news\.)?google\.[a-z.]{2,6}|webcache\.googleusercontent\.com"
    r"|(?:[a-z0-9-]+\.)?cdn\.ampproject\.org"
    r"|(?:html\.|www\.)?duckduckgo\.com|(?:www\.)?bing\.com|r\.search\.yahoo\.com|(?:www\.)?yandex\.[a-z.]{2,6}"
    r"|(?:l|lm|m|www)\.facebook\.com|l\.instagram\.com|out\.reddit\.com|(?:www\.)?youtube\.com"
    r"|(?:www\.)?linkedin\.com|t\.umblr\.com|anon\.to|nullrefer\.com|nullrefer\.us"
    r"|(?:www\.)?dereferer\.(?:me|org|com)|derefer\.[a-z]{2,3}|hidereferrer\.[a-z]{2,3}|vk\.com|away\.vk\.com|steamcommunity\.com"
    r"|slack-redir\.net|disq\.us|(?:[a-z0-9-]+\.)?safelinks\.protection\.outlook\.com"
    r"|cc\.bingj\.com|(?:app\.hypothes\.is|hyp\.is)/go|getpocket\.com"
    r"|(?:www\.|old\.)?reddit\.com/submit|(?:www\.)?(?:twitter|x)\.com/(?:intent/[a-z]{4,5}|share)|t\.me/(?:iv|share/url)"
    r"|(?:www\.)?webcitation\.org|exit\.sc|l\.messenger\.com|sanitizeurl\.[a-z]{2,3}"
)
#: A host that begins as a known one and goes on only looks like it.
_KNOWN_HOST = re.compile(
    rf"(?:{_KNOWN})(?:(?P<whole>\.?(?::\d+)?(?=[/?]))|(?=\.[a-z0-9]|-))", re.IGNORECASE
)

#: Words of a host or path that say that the address leads elsewhere.
_LEADS = frozenset(
    """
    url redir redirect redirector redirection jsredir out outbound outgoing away exit leave leaving
    go goto link links linkout linkprotect linkfilter click clicks clicktime clicktrack clicktracking
    clk clck ck l lm r jump deref derefer dereferer dereferrer anon anonym anonymouse anonymous
    anonymizer nullrefer proxy ezproxy webproxy libproxy login visit external fwd forward
    share sharer sharearticle submit intent warning safe safety safelink safelinks safebrowsing
    protect protection urldefense secure track tracker tracking trk translate cache amp
    view viewer open snapshot
    """.split()  # noqa: SIM905  reads better
)
_WORD = re.compile(r"[a-z0-9]+")
_CAPTURE_TIME = re.compile(r"/\d{4,14}(?:[a-z]{2}_)?/\Z", re.IGNORECASE)
#: Parameters that say where a reader comes from, not where he is led.
_ORIGIN = re.compile(
    r"[?&;](?:ref|referr?er|from|source|src_?url|origin|via|back)(?:=|%(?:25)*3d)\Z", re.IGNORECASE
)
#: What is searched for, be it a host, is no address.
_SEARCHED = re.compile(r"[?&](?:q|query|text|p)(?:=|%3d)(?:site(?::|%3a))?\Z", re.IGNORECASE)
_HOST = re.compile(r"(?:[a-z0-9_-]{1,63}\.)+[a-z]{2,24}\.?(?::\d{1,5})?(?=[/?#]|\Z)", re.IGNORECASE)

_INNER = re.compile(
    rf"(?:[/=?:_]|%(?:25)*3d)_*(?P<inner>(?:{_SCHEME}|(?:www2?\.)?(?:nsarchive|gwu\.edu|unredacted)).*)",
    re.IGNORECASE | re.DOTALL,
)
_INNER_WITH_SCHEME = re.compile(
    rf"(?:[/=?]|%(?:25)*3d)_*(?P<inner>{_SCHEME}.*)", re.IGNORECASE | re.DOTALL
)
#: Of these, the ones that keep captures, and name them by their time.
_ARCHIVE = re.compile(
    r"(?P<wayback>(?:(?:web|wayback|www|web-beta)\.)?archive\.org/web/)"
    r"|(?:www\.)?archive\.(?:is|ph|today|li|md|vn|fo)/|(?:wayback\.)?archive-it\.org/"
    r"|webarchive\.loc\.gov/|arquivo\.pt/|webarchive\.nationalarchives\.gov\.uk/",
    re.IGNORECASE,
)
_TIME = re.compile(r"/(\d{4,14}|\d{4}(?:\.\d\d){2}-\d{6})(?:[a-z]{2}_)?/+\Z", re.IGNORECASE)
_FIRST_MOMENT = "00000101000000"


@dataclass(frozen=True, slots=True)
class Wrapped:
    """What a wrapper holds: the address, and the capture that was asked for.

    ``capture_wanted`` has 14 digits (a shorter time means its first moment);
    ``before`` is what makes the address of that capture with the page's behind it.
    """

    inner: str
    capture_wanted: str | None = None
    before: str = ""


def unwrap(plain: str) -> Wrapped | None:
    """Return what the address *plain* wraps, or ``None`` if it leads nowhere else.

    >>> unwrap("https://web.archive.org/web/20211124000000/https://nsarchive.gwu.edu/node/1").inner
    'https://nsarchive.gwu.edu/node/1'
    >>> unwrap("https://example.com/?u=https://nsarchive.gwu.edu/node/1") is None
    True
    >>> unwrap("https://example.com/redirect?u=https://nsarchive.gwu.edu/node/1").inner
    'https://nsarchive.gwu.edu/node/1'
    """
    address = plain.removeprefix("https://").removeprefix("//")
    if _HOST.match(address) is None or _known(address) is False:
        return None
    sealed = unsealed(address)
    if sealed is not None:
        return Wrapped(sealed)
    found = _in_plain_sight(address)
    if found is None:
        return None
    inner, outer = found
    time, before = _capture(outer)
    return Wrapped(inner, time, before)


def leads_elsewhere(outer: str, *, whole: bool) -> bool:
    """Whether an address that begins with *outer*, up to an inner one, leads to that one.

    *whole* says that the inner one has its scheme; only hosts that are listed
    do without.

    >>> leads_elsewhere("out.example.com/t3_x?url=", whole=True)
    True
    >>> leads_elsewhere("example.com/?u=", whole=True)
    False
    """
    known = _known(outer)
    if known is not None or _HOST.match(outer) is None:
        return known is True and (whole or _SEARCHED.search(outer) is None)
    if not whole or _ORIGIN.search(outer):
        return False
    before_query = outer.partition("?")[0]
    return (
        not _LEADS.isdisjoint(_WORD.findall(before_query.lower()))
        or _CAPTURE_TIME.search(outer) is not None
        or (outer.endswith("?") and outer.count("/") <= 1)
    )


def _known(address: str) -> bool | None:
    """Whether the host is one of those listed; ``None`` if it does not even look like one."""
    found = _KNOWN_HOST.match(address)
    return found.group("whole") is not None if found is not None else None


def _in_plain_sight(address: str) -> tuple[str, str] | None:
    """Return the address that stands inside *address*, and what stands before it."""
    pattern = _INNER if _known(address) else _INNER_WITH_SCHEME
    found = pattern.search(address, address.find("/"))
    if found is None:
        return None
    inner = found.group("inner")
    whole = inner[:4].lower() == "http"
    if not leads_elsewhere(address[: found.start("inner")], whole=whole):
        return None
    escaped = re.match(r"https?%|[^/?#]*%(?:25)*2f", inner, re.IGNORECASE) is not None
    in_query = "?" in address[: found.start("inner")]
    if escaped or in_query:
        inner = inner.partition("&")[0]
    if "/RK=" in inner:
        inner = inner.partition("/RK=")[0]
    for _ in range(3):
        if not escaped or re.match(r"https?://[^/?#%]*(?:/|\Z)", inner, re.IGNORECASE):
            break
        inner = unquote(inner)
    return inner, address[: found.start("inner")]


def _capture(before: str) -> tuple[str | None, str]:
    """Return the time of the capture that an address beginning with *before* names, if it does.

    With it comes the one spelling of *before*. Captures of the Wayback Machine
    are named in their ``id_`` form: the bytes as archived, without banner or
    rewritten links.
    """
    archive, time = _ARCHIVE.match(before), _TIME.search(before)
    if archive is None or time is None:
        return None, ""
    digits = re.sub(r"\D", "", time[1])
    stamp = digits + _FIRST_MOMENT[len(digits) :]
    if archive["wayback"]:
        return stamp, f"https://web.archive.org/web/{stamp}id_/"
    return stamp, f"https://{before[: time.start()].lower()}/{stamp}/"
