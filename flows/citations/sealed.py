"""Addresses that a redirector has encoded, told by the shape of the encoding.

Mail filters escape with hyphens (Proofpoint 2) or leave stars for what they
took out (Proofpoint 3); search engines, news services and newsletters pack the
address, alone or inside a record, in base64 (RFC 4648 §5); a translated page
is served under a host made of the original's.
"""

import binascii
import re
from urllib.parse import unquote

STARRED = "/v3/__"
_STARRED = re.compile(
    rf"{STARRED}(?P<inner>https?:.*?)__;(?P<taken>[A-Za-z0-9+/=_-]*)!", re.IGNORECASE | re.DOTALL
)
_AFTER_STARRED = re.compile(r"[A-Za-z0-9+/=_-]*!![\w-]*")
_RUN = re.compile(r"\*\*(?P<length>[A-Za-z0-9_-])|\*")
#: ``**A`` stands for two characters that were taken out, ``**B`` for three …
_LENGTHS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

_HYPHENATED = re.compile(r"[=/](?P<inner>https?-3A__[^&\s]+)", re.IGNORECASE)

#: ``http`` in base64, when it begins at the first, second or third byte of a
#: group of three; the group begins so many characters before.
BASE64_OF_HTTP = re.compile(r"aHR0c|(?<=[A-Za-z0-9_+-]{2})h0dH|(?<=[A-Za-z0-9_+-]{3})odHRw")
#: One of these stands right beside the host, or instead of it.
SIGN = re.compile(rf"(?i:-3a__|/v3/__|\.translate\.goog)|{BASE64_OF_HTTP.pattern}")
_GROUP_BEGINS = {"a": 0, "h": 2, "o": 3}
_ESCAPED_PLUS, _ESCAPED_SLASH = re.compile("%2[Bb]"), re.compile("%2[Ff]")
_BASE64_RUN = re.compile(r"[A-Za-z0-9_+-]+")
_PACKED = re.compile(rb"https?://[!#-;=?-\[\]^-z|~]+")

_TRANSLATED = re.compile(
    r"(?P<labels>[a-z0-9-]{4,63})\.translate\.goog(?P<rest>[/?#].*|)\Z", re.IGNORECASE
)
_OF_TRANSLATOR = re.compile(r"&?_x_tr_\w+=[^&#]*")


def unsealed(address: str) -> str | None:
    """Return what *address*, without its scheme, holds in one of the encodings above.

    >>> unsealed("urldefense.proofpoint.com/v2/url?u=https-3A__nsarchive.gwu.edu_node_4&d=DwM")
    'https://nsarchive.gwu.edu/node/4'
    >>> unsealed("www.bing.com/ck/a?u=a1aHR0cHM6Ly9uc2FyY2hpdmUuZ3d1LmVkdS9ub2RlLzQ&ntb=1")
    'https://nsarchive.gwu.edu/node/4'
    >>> unsealed("nsarchive-gwu-edu.translate.goog/node/4?_x_tr_sl=en&_x_tr_tl=de")
    'https://nsarchive.gwu.edu/node/4'
    """
    translated = _TRANSLATED.match(address)
    if translated is not None:
        return _translated(translated)
    starred = _STARRED.search(address)
    if starred is not None:
        return _without_stars(starred)
    hyphenated = _HYPHENATED.search(address)
    if hyphenated is not None:
        inner = hyphenated.group("inner")
        return unquote(inner.replace("-", "%").replace("_", "/"))
    return _unpacked(address)


def starred_end(plain: str, place: int) -> int | None:
    """Return where the address ends whose path, at *place*, is that of Proofpoint 3.

    No other address holds stars.
    """
    closed = plain.find("__;", place, place + 2_000)
    after = _AFTER_STARRED.match(plain, closed + len("__;")) if closed >= 0 else None
    return after.end() if after is not None else None


def _translated(found: re.Match[str]) -> str:
    """A dot of the host was made a hyphen, and a hyphen two."""
    host = re.sub("-+", lambda run: "-" * (len(run[0]) // 2) or ".", found.group("labels"))
    rest = _OF_TRANSLATOR.sub("", found.group("rest")).replace("?&", "?").rstrip("?")
    return f"https://{host}{rest}"


def _without_stars(found: re.Match[str]) -> str:
    taken = iter(_decoded(found.group("taken")).decode("utf-8", "replace"))

    def put_back(star: re.Match[str]) -> str:
        length = star.group("length")
        wanted = 1 if length is None else _LENGTHS.index(length) + 2
        return "".join(character for _, character in zip(range(wanted), taken, strict=False))

    return _RUN.sub(put_back, found.group("inner"))


def _unpacked(address: str) -> str | None:
    address = _ESCAPED_SLASH.sub("_", _ESCAPED_PLUS.sub("-", address))
    for anchor in BASE64_OF_HTTP.finditer(address):
        run = _BASE64_RUN.match(address, anchor.start() - _GROUP_BEGINS[anchor.group()[0]])
        packed = _PACKED.search(_decoded(run.group())) if run is not None else None
        if packed is not None:
            return packed.group().decode("ascii")
    return None


def _decoded(base64: str) -> bytes:
    whole = base64.rstrip("=").replace("-", "+").replace("_", "/")
    whole = whole[: len(whole) - (len(whole) % 4 == 1)]
    try:
        return binascii.a2b_base64(whole + "=" * (-len(whole) % 4))
    except binascii.Error:
        return b""
