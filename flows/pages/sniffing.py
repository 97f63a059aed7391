"""What a body is, told from its first bytes; the ``Content-Type`` only breaks ties.

Servers label PDF files as HTML and HTML as plain text; the first bytes do not
lie (WHATWG MIME Sniffing, in the small).
"""

import json
import re
from enum import StrEnum


class Form(StrEnum):
    """In what way a body must be read."""

    HTML = "html"
    PLAIN = "plain"
    PDF = "pdf"
    DATA = "data"
    BINARY = "binary"
    EMPTY = "empty"


#: A PDF header may be preceded by up to 1,024 bytes of anything (ISO 32000-1, annex H).
PDF_HEADER_WITHIN = 1024

_SIGNATURES = (
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF87a", "an image"),
    (b"GIF89a", "an image"),
    (b"II*\x00", "an image"),
    (b"MM\x00*", "an image"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x1f\x8b", "compressed data"),
    (b"BZh", "compressed data"),
    (b"\x28\xb5\x2f\xfd", "compressed data"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"\x00asm", "a program"),
    (b"ID3", "sound"),
    (b"OggS", "sound or video"),
)
_MEDIA = {"image": "an image", "audio": "sound", "video": "a video", "font": "a font"}
_MARKUP = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,4096}?-->\s*){0,8}<(?:!doctype\s+html|html|head|body|title|"
    rb"meta|frameset|h[1-6]|div|p|table|main|article|section|span|a)\b",
    re.IGNORECASE | re.DOTALL,
)
#: What a text file may not begin with and still be one: recognised text has
#: stray "<" signs, but no document type.
_WHOLE_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,4096}?-->\s*){0,8}<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_DATA = re.compile(rb"\s*(?:\{\s*(?:\"|\})|\[\s*(?:[\[{\"\]]|-?\d))")
_TEXT_BOM = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
#: One zero among so many bytes is damage to a text; programs and pictures have more.
_STRAY = 32
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\r\f\x0b\x1b")


def form_of(body: bytes, *, content_type: str) -> Form:
    """Return how *body* must be read.

    >>> form_of(b"%PDF-1.4 ...", content_type="text/html")
    <Form.PDF: 'pdf'>
    >>> form_of(b"one run of text", content_type="")
    <Form.PLAIN: 'plain'>
    """
    if not body.strip():
        return Form.EMPTY
    if b"%PDF-" in body[:PDF_HEADER_WITHIN] and not _MARKUP.match(body):
        return Form.PDF
    if binary_kind(body, content_type=content_type):
        return Form.BINARY
    return _text_form(body.lstrip(b"\xef\xbb\xbf"), content_type)


def _text_form(body: bytes, content_type: str) -> Form:
    media = content_type.split(";", 1)[0].strip().lower()
    if media in {"text/html", "application/xhtml+xml"}:
        return Form.DATA if _is_json(body) else Form.HTML
    if media == "text/plain":
        return Form.HTML if _WHOLE_PAGE.match(body) else Form.PLAIN
    if media.endswith("xml") or _MARKUP.match(body):
        return Form.HTML
    if media.endswith(("json", "javascript", "css")) or _is_json(body):
        return Form.DATA
    return Form.PLAIN


def _is_json(body: bytes) -> bool:
    """Whether the whole of *body* is JSON; recognised text may begin with a bracket, too."""
    if not _DATA.match(body):
        return False
    try:
        json.loads(body)
    except RecursionError:
        return True
    except ValueError:
        return False
    return True


def binary_kind(body: bytes, *, content_type: str) -> str | None:
    """Return what a body without any text is, in words, or ``None`` if it may be text."""
    for signature, kind in _SIGNATURES:
        if body.startswith(signature):
            return kind
    media = content_type.split("/", 1)[0].strip().lower()
    if media in _MEDIA:
        return _MEDIA[media]
    if body.startswith(_TEXT_BOM):
        return None
    head = body[:4096]
    zeros = head.count(0)
    # Unmarked UTF-16 has zeros, and hardly another control character; a text
    # may hold a stray zero, which browsers leave out (HTML 13.2.6.4.7).
    controls = len(head) - len(head.translate(None, _CONTROLS)) - zeros
    most = max(1, len(head) // _STRAY)
    stray = zeros <= most and controls <= most
    if controls * 20 > len(head) or (zeros and not stray and not 0.3 < zeros / len(head) < 0.6):
        return "binary data"
    return None


def is_xhtml(markup: str, *, content_type: str) -> bool:
    """Whether *markup* is written as XML, so that ``<script/>`` is a whole element."""
    return "xhtml" in content_type.lower() or "xml" in markup[:512].lower().split("<html", 1)[0]
