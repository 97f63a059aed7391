"""Reduce a text to letters that typing and text recognition leave alone.

Case, accents, white space and punctuation go; letters that recognition takes
for one another (1, l, I, i, j; 0, o; 5, s; c, e; b, h; u, n) become one
letter. The result is for finding a place only: words that differ may become
the same, and ``flows.matching`` reads the real ones.
"""

import codecs
import unicodedata

#: Pieces of this many letters are indexed: long enough to be rare in a
#: million pages, short enough that one in three survives a 10 % misreading.
PIECE = 10
#: A piece begins at every fourth letter of a source, at every letter of a quotation.
STRIDE = 4

_LOOKALIKES = {"1": "l", "i": "l", "j": "l", "0": "o", "5": "s", "c": "e", "h": "b", "u": "n"}


def _tables() -> tuple[bytes, bytes]:
    kept, dropped = bytearray(range(256)), bytearray()
    for byte in range(256):
        sign = bytes([byte]).decode("cp1252", "ignore")
        base = unicodedata.normalize("NFKD", sign)[:1].casefold()[:1]
        if base.isascii() and base.isalnum():
            kept[byte] = ord(_LOOKALIKES.get(base, base))
        elif sign.isalpha():
            kept[byte] = ord("z")  # æ, ð, ø, þ: any one letter will do
        else:
            dropped.append(byte)
    return bytes(kept), bytes(dropped)


_KEPT, _DROPPED = _tables()


def _spelt_out(error: UnicodeError) -> tuple[str, int]:
    """Write letters that windows-1252 lacks as hexadecimal digits; drop all else."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    strange = error.object[error.start : error.end].casefold()
    return "".join(f"{ord(sign):x}" for sign in strange if sign.isalnum()), error.end


codecs.register_error("nsarchive-letters", _spelt_out)


def letters(text: str) -> bytes:
    """Return the letters and digits of *text*, one byte each, reduced as above.

    windows-1252 serves as the quick way through typographic punctuation and
    western accents; a text with other signs is decomposed first.

    >>> letters("“It’s Élise’s — in 10 pages.”")
    b'ltsellseslnlopages'
    >>> letters("lt's EIise's ln IO pages") == letters("It's Elise's in 10 pages")
    True
    """
    try:
        raw = text.encode("cp1252")
    except UnicodeEncodeError:
        raw = unicodedata.normalize("NFKD", text).encode("cp1252", "nsarchive-letters")
    return raw.translate(_KEPT, _DROPPED)
