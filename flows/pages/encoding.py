"""Bytes of a page to characters.

The order of belief is that of the WHATWG Encoding standard (byte order mark,
then the ``Content-Type`` header, then the page's own ``meta`` or XML
declaration), with one exception: a body that is valid UTF-8 and has
characters outside ASCII is UTF-8 whatever it claims, because text in a
single-byte encoding is practically never valid UTF-8 by accident, while
servers that label UTF-8 as ISO-8859-1 are common.
"""

import codecs
import re
from dataclasses import dataclass

#: Longest beginning of a body in which a declaration is looked for; WHATWG
#: says 1,024 bytes, real pages put long comments and scripts before it.
DECLARATION_WITHIN = 4096

#: Longest part of an undeclared body that is shown to charset-normalizer,
#: whose cost grows with the number of encodings times the length.
GUESS_FROM = 32_768

#: Encodings that pages of the Archive and its Russian, Spanish and East
#: European partners were written in before UTF-8; a free guess among a
#: hundred encodings turns a short page with two curly quotes into Kurdish.
GUESS_AMONG = ["cp1252", "cp1251", "koi8_r", "cp1250", "cp866", "mac_roman", "shift_jis"]

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HEADER = re.compile(r"""charset\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE)
_META = re.compile(
    rb"""<meta\b[^>]{0,512}?charset\s*=\s*["']?\s*([\w.:-]{1,40})"""
    rb"""|<\?xml\b[^>]{0,256}?encoding\s*=\s*["']([\w.:-]{1,40})""",
    re.IGNORECASE,
)
#: WHATWG: these names mean windows-1252 on the web.
_MEANS_1252 = frozenset({"ascii", "iso8859-1", "cp1252"})
_UTF16 = frozenset({"utf-16-le", "utf-16-be"})
_LATIN = frozenset({"cp1250", "cp1252", "mac_roman"})
#: What Polish or Czech text becomes when it is read as windows-1252.
_SIGN_IN_A_WORD = re.compile(
    r"[^\W\d_][\u00a1-\u00a9\u00ac-\u00b6\u00b8\u00b9\u00bc-\u00bf\ufffd][^\W\d_]"
)
#: Not encodings of characters, or dangerous to run over hostile input.
_REFUSED = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """A body as characters.

    ``offset`` is the number of bytes before the first character (a byte
    order mark). ``exact`` tells that encoding ``text`` again gives the bytes
    back, so that places in it can be counted in bytes.
    """

    text: str
    encoding: str
    offset: int
    exact: bool


def decode(body: bytes, *, content_type: str = "") -> Decoded:
    r"""Return *body* as characters; bytes that mean nothing become U+FFFD.

    >>> decode("naïve".encode(), content_type="text/html; charset=iso-8859-1").text
    'naïve'
    >>> decode(b"\x93quoted\x94").text
    '“quoted”'
    """
    for bom, encoding in _BOMS:
        if body.startswith(bom):
            return _decoded(body, encoding, offset=len(bom))
    encoding = _utf16_by_zeros(body) or _encoding(body, _declared(body, content_type))
    return _decoded(body, encoding)


def _encoding(body: bytes, declared: str | None) -> str:
    """Return the encoding of an unmarked body: the declared one, unless the bytes say no."""
    if declared in _UTF16 and b"\x00" in body[:64]:
        return str(declared)
    if _is_utf8(body) and (declared is None or declared in _MEANS_1252 or not body.isascii()):
        return "utf-8"
    if declared is None or declared in _UTF16 or (declared == "utf-8" and _mostly_wrong(body)):
        return _guessed(body)
    return declared


def _declared(body: bytes, content_type: str) -> str | None:
    """Return Python's name for the encoding that the header or the page declares."""
    found = _HEADER.search(content_type[:1024])
    header = _known(found[1]) if found else None
    # Old servers label every page ISO-8859-1; a page that names an alphabet
    # of its own knows better.
    if header is not None and header != "cp1252":
        return header
    meta = _META.search(body, 0, DECLARATION_WITHIN)
    own = _known((meta[1] or meta[2]).decode("ascii", "replace")) if meta else None
    # A declaration that can be read as ASCII cannot be UTF-16 (WHATWG).
    own = "utf-8" if own in _UTF16 else own
    return header if own is None or (header and own == "utf-8") else own


def _known(label: str) -> str | None:
    """Return Python's name for an encoding of text, or ``None`` for anything else."""
    try:
        info = codecs.lookup(label)
    except (LookupError, ValueError):
        return None
    if not getattr(info, "_is_text_encoding", True) or info.name in _REFUSED:
        return None
    if info.name in _MEANS_1252:
        return "cp1252"
    return {"utf-16": "utf-16-le", "utf-8-sig": "utf-8"}.get(info.name, info.name)


def _decoded(body: bytes, encoding: str, *, offset: int = 0) -> Decoded:
    rest = body[offset:]
    try:
        text = rest.decode(encoding)
    except (UnicodeError, ValueError):
        return Decoded(text=_lossy(rest, encoding), encoding=encoding, offset=offset, exact=False)
    return Decoded(
        text=text, encoding=encoding, offset=offset, exact=_gives_back(text, rest, encoding)
    )


def _gives_back(text: str, rest: bytes, encoding: str) -> bool:
    try:
        return text.encode(encoding) == rest
    except (UnicodeError, ValueError):
        return False


def _lossy(rest: bytes, encoding: str) -> str:
    try:
        return rest.decode(encoding, "replace")
    except (UnicodeError, ValueError):
        return rest.decode("latin-1")


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True


def _mostly_wrong(body: bytes) -> bool:
    """Whether a body that says UTF-8 has more wrong bytes than right characters beyond ASCII.

    A page with one damaged character is still UTF-8; a windows-1252 page
    labelled UTF-8 has hardly a right one.
    """
    text = body.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    beyond = len(text) - len(text.encode("ascii", "ignore"))
    return wrong * 2 > beyond


def _utf16_by_zeros(body: bytes) -> str | None:
    """Return the UTF-16 of an unmarked body: every second byte of Latin text is zero."""
    head = body[:2048]
    if len(head) < 8 or head.count(0) * 5 < len(head) * 2:
        return None
    even, odd = head[::2].count(0), head[1::2].count(0)
    if odd > even * 8:
        return "utf-16-le"
    if even > odd * 8:
        return "utf-16-be"
    return None


def _guessed(body: bytes) -> str:
    """Return the likeliest encoding of a body that neither says nor is UTF-8."""
    from charset_normalizer import from_bytes  # noqa: PLC0415  0.1 s that few pages need

    # Only the surroundings of what is not ASCII can tell encodings apart.
    places = re.finditer(rb"[\x00-\x7f]{0,24}[\x80-\xff]+[\x00-\x7f]{0,24}", body)
    sample = bytearray()
    for place in places:
        sample += re.sub(rb"<[^>]*>?", b" ", place[0])
        if len(sample) >= GUESS_FROM:
            break
    best = from_bytes(bytes(sample), cp_isolation=GUESS_AMONG, enable_fallback=False).best()
    if best is None:
        return "cp1252"
    if best.encoding in _LATIN and not _SIGN_IN_A_WORD.search(sample.decode("cp1252", "replace")):
        # Too short to tell from its neighbours, and by far the commonest.
        return "cp1252"
    return best.encoding
