"""Fold a text to a key in which only letters and digits count.

Both sides of a comparison are folded by this one function. The key serves to
*find* words and for nothing else: signs that bear sense (minus, ``<``, ``%``,
currency, decimal points) are not in it, so no verdict may rest on it. Words
are judged in the text as it was given (``wording``, ``aligning``).

A key holds one byte for each folded character: ``a``–``z`` and ``0``–``9`` as
themselves, other letters as a byte from 128 up (different letters may share
one; the judgement that follows tells them apart). Letters are casefolded and
lose their accents after compatibility decomposition (Unicode NFKD); a letter
of another script that merely looks like a Latin one is not folded to it.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

_UNKNOWN = 1
_EXPANDS = 2

#: Letters that decompose into nothing, yet have a common Latin transcription.
TRANSCRIBED = {
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "ı": "i",
    "ħ": "h",
}

#: Superscript and subscript digits: footnote markers more often than exponents,
#: so they are left out of the key; ``wording`` keeps exponents as signs.
_RAISED_DIGITS = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉")


@lru_cache(maxsize=4096)
def fold_character(character: str) -> str:
    """Return the letters and digits that one character counts for, often just one.

    >>> [fold_character(c) for c in "É—ﬁß5"]
    ['e', '', 'fi', 'ss', '5']
    """
    if character.isascii():
        return character.lower() if character.isalnum() else ""
    if character in _RAISED_DIGITS:
        return ""
    decomposed = unicodedata.normalize("NFKD", character).casefold()
    letters = "".join(TRANSCRIBED.get(letter, letter) for letter in decomposed)
    return "".join(letter for letter in letters if letter.isalnum())


def _byte(letter: str) -> int:
    code = ord(letter)
    if code < 128:
        return code
    return 128 | ((code ^ (code >> 7)) & 127)


def _ascii_table() -> npt.NDArray[np.uint8]:
    table = np.zeros(256, dtype=np.uint8)
    for code in range(128):
        folded = fold_character(chr(code))
        table[code] = ord(folded) if folded else 0
    return table


_ASCII = _ascii_table()
_ASCII_BYTES = _ASCII.tobytes()
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_ASCII_DROPPED = bytes(code for code in range(128) if not _ASCII[code])

# One byte per code point, learnt as texts bring new characters: computing the
# whole of Unicode at once would cost a second at every start.
_TABLE = np.full(0x110000, _UNKNOWN, dtype=np.uint8)
_TABLE[:128] = _ASCII[:128]
_EXPANSIONS: dict[int, bytes] = {}


@dataclass(frozen=True, slots=True)
class Folded:
    """A key and the way back.

    ``offsets[i]`` is the code-point offset, in the text, of the character that
    gave ``key[i]``; the array never decreases, and two entries are equal only
    where one character (a ligature) gave two.
    """

    key: bytes
    offsets: npt.NDArray[np.int32]


def fold(text: str) -> Folded:
    """Return the key of *text* with its offsets.

    >>> folded = fold("The U.S. “côte”")
    >>> folded.key
    b'theuscote'
    >>> [int(offset) for offset in folded.offsets]
    [0, 1, 2, 4, 6, 10, 11, 12, 13]
    """
    if len(text) <= _CHUNK:
        key, places = _folded(text)
        return Folded(key, places.astype(np.int32))
    # Piece by piece, because the arrays between text and key are much larger than either.
    keys: list[bytes] = []
    offsets = np.empty(len(text), dtype=np.int32)
    last = 0
    for start in range(0, len(text), _CHUNK):
        key, places = _folded(text[start : start + _CHUNK])
        keys.append(key)
        first, last = last, last + len(key)
        if last > len(offsets):
            offsets.resize(last + len(text), refcheck=False)
        places += start
        offsets[first:last] = places
    offsets.resize(last, refcheck=False)
    return Folded(b"".join(keys), offsets)


#: Characters folded at a time: so few that what lies between text and key stays in
#: the processor's cache, and that a rare sign slows down no more than its neighbours.
_CHUNK = 1 << 15


def _folded(text: str) -> tuple[bytes, npt.NDArray[np.signedinteger]]:
    """Return the key of *text*, and the offset of each character of it."""
    try:
        given = text.encode("latin-1")
    except UnicodeEncodeError:
        mapped = _TABLE.take(_codes(text))
    else:
        mapped = np.frombuffer(given.translate(_LATIN_BYTES), dtype=np.uint8)
    places = (mapped != 0).nonzero()[0]
    key = mapped.take(places).tobytes()
    if _UNKNOWN in key:
        for code in np.unique(_codes(text)[mapped == _UNKNOWN]).tolist():
            _learn(code)
        return _folded(text)
    return _expanded(_codes(text), mapped) if _EXPANDS in key else (key, places)


def _codes(text: str) -> npt.NDArray[np.unsignedinteger]:
    """Return the code points of *text*, in two bytes each if all of them fit."""
    units = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), dtype="<u2")
    if len(units) == len(text):
        return units
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")


#: A footnote marker: it may stand on one side only.
_MARKER = re.compile(r"\[\d{1,3}\]")


def without_markers(text: str, folded: Folded) -> Folded:
    """Return the key without footnote markers such as [1].

    >>> without_markers("visit.[12] The", fold("visit.[12] The")).key
    b'visitthe'
    """
    spans = [found.span() for found in _MARKER.finditer(text)] if "[" in text else []
    if not spans:
        return folded
    borders = folded.offsets.searchsorted(np.array(spans, dtype=np.int32).ravel()).tolist()
    kept = list(zip([0, *borders[1::2]], [*borders[::2], len(folded.key)], strict=True))
    return Folded(
        b"".join(folded.key[start:end] for start, end in kept),
        np.concatenate([folded.offsets[start:end] for start, end in kept]),
    )


def selected(folded: Folded, kept: npt.NDArray[np.bool_]) -> Folded:
    """Return the characters of a key for which *kept* holds."""
    key = np.frombuffer(folded.key, dtype=np.uint8)[kept].tobytes()
    return Folded(key, folded.offsets[kept])


def fold_key(text: str) -> bytes:
    """Return the key of *text* alone; the same bytes as ``fold(text).key``."""
    # Most texts that are not ASCII have but a few marks that are not.
    if not text.isascii() and any(fold_character(found[0]) for found in _NOT_ASCII.finditer(text)):
        return fold(text).key
    return text.encode("ascii", "ignore").translate(_ASCII_BYTES, _ASCII_DROPPED)


def _learn(code: int) -> None:
    folded = fold_character(chr(code))
    if len(folded) > 1:
        _EXPANSIONS[code] = bytes(map(_byte, folded))
        _TABLE[code] = _EXPANDS
    else:
        _TABLE[code] = _byte(folded) if folded else 0


def _expanded(
    codes: npt.NDArray[np.unsignedinteger], mapped: npt.NDArray[np.uint8]
) -> tuple[bytes, npt.NDArray[np.int32]]:
    """Return the same for a text in which some characters stand for several letters."""
    lengths = (mapped != 0).astype(np.int32)
    places = np.flatnonzero(mapped == _EXPANDS)
    expansions = [_EXPANSIONS[code] for code in codes[places].tolist()]
    lengths[places] = [len(expansion) for expansion in expansions]
    offsets = np.repeat(np.arange(len(codes), dtype=np.int32), lengths)
    key = np.repeat(mapped, lengths)
    starts = np.cumsum(lengths)[places] - lengths[places]
    for start, expansion in zip(starts.tolist(), expansions, strict=True):
        key[start : start + len(expansion)] = np.frombuffer(expansion, dtype=np.uint8)
    return key.tobytes(), offsets


def _latin_bytes() -> bytes:
    for code in range(128, 256):
        _learn(code)
    return _TABLE[:256].tobytes()


#: What each character of ISO 8859-1 gives in the key, as in ``_TABLE``.
_LATIN_BYTES = _latin_bytes()
