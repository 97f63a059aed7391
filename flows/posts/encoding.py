"""Tell in which encoding an input is written, from its first bytes.

Order: byte order mark; UTF-16 by its zero bytes; UTF-8 if the sample is;
then charset-normalizer, of which only single-byte answers are believed, and
windows-1252 when it has none. Single bytes that are no UTF-8 in a file that
otherwise is are read as windows-1252: dumps put together from several boards
mix the two.
"""

import codecs
from collections.abc import Callable

SAMPLE = 1 << 16

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: Control characters that text files hold: tab, line feed, form feed, return,
#: and the escape of terminal logs.
_CONTROLS = frozenset(range(32)) - {0x09, 0x0A, 0x0C, 0x0D, 0x1B}
_MOST_CONTROLS = 0.02

#: The name under which the error handler below is registered.
_ERRORS = "nsarchive-windows-1252"


def _as_windows_1252(error: UnicodeError) -> tuple[str | bytes, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return wrong.decode("windows-1252", "replace"), error.end


codecs.register_error(_ERRORS, _as_windows_1252)


def decoded(data: bytes) -> str:
    r"""Return the text of *data*, UTF-8 with stray bytes of windows-1252 in it.

    >>> decoded(b"it\x92s caf\xc3\xa9")
    'it’s café'
    """
    return data.decode("utf-8", _ERRORS)


def encoding_of(sample: bytes) -> str:
    r"""Return the name of the codec for a text that begins with *sample*.

    >>> encoding_of("Zażółć".encode("utf-16"))
    'utf-16'
    >>> encoding_of(b"it\x92s \x93quoted\x94")
    'cp1252'
    """
    for mark, name in _MARKS:
        if sample.startswith(mark):
            return name
    if (wide := _utf_16(sample)) is not None:
        return wide
    if _is_utf_8(sample):
        return "utf-8"
    return _single_byte(sample)


def is_text(sample: bytes) -> bool:
    """Whether *sample* can be the beginning of a text in any known encoding."""
    if not sample or any(sample.startswith(mark) for mark, _ in _MARKS) or _utf_16(sample):
        return True
    controls = sum(byte in _CONTROLS for byte in sample[:8_192])
    return controls <= max(2, _MOST_CONTROLS * min(len(sample), 8_192))


def _utf_16(sample: bytes) -> str | None:
    """Latin text in UTF-16 has a zero in every other byte."""
    head = sample[:4_096]
    if len(head) < 4:
        return None
    even, odd = head[::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > 0.4 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.4 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None


def _is_utf_8(sample: bytes) -> bool:
    decode: Callable[[bytes, bool], str] = codecs.getincrementaldecoder("utf-8")().decode
    try:
        decode(sample, False)  # noqa: FBT003  the codec's own signature
    except UnicodeDecodeError:
        # A few stray bytes among many well-formed sequences: still UTF-8.
        replaced = sample.decode("utf-8", "replace")
        wrong = replaced.count("\ufffd")
        wide = sum(ord(character) > 0x7F for character in replaced) - wrong
        return wide > 4 * wrong
    return True


def _single_byte(sample: bytes) -> str:
    from charset_normalizer import from_bytes  # noqa: PLC0415  0.1 s to load, seldom needed

    # Bytes 0x80-0x9F are quotation marks and dashes in windows-1252 and
    # nothing printable in the ISO encodings that look like it.
    best = from_bytes(sample[:16_384], cp_exclusion=["utf_8", "utf_16", "utf_32"]).best()
    name = best.encoding if best is not None else "cp1252"
    latin = {"latin_1", "iso8859_15", "iso8859_9", "cp1254", "cp437", "cp850", "cp858", "mac_roman"}
    cyrillic_or_greek = {"cp1251", "cp1253", "koi8_r", "koi8_u", "iso8859_5", "iso8859_7"}
    if name in latin or name not in cyrillic_or_greek | {"cp1250", "cp1255", "cp1256"}:
        return "cp1252"
    high = sum(byte >= 0xC0 for byte in sample) / max(1, len(sample))
    # Texts in another alphabet consist of high bytes; a Latin one with a few
    # curly quotation marks must not be taken for one.
    return name if high > 0.2 else "cp1252"
