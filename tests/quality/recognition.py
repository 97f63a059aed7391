"""What text recognition does to a page, as a model of noise.

Punctuation other than apostrophes and hyphens goes, loose classification
letters and stamps fall between words, words are glued, split and doubled,
letters are taken for letters of like shape. Misreadings that give an
ordinary word or a number are not made: nobody could tell them from a
different word.
"""

import re
from collections.abc import Iterable
from functools import cache
from random import Random

from wordfreq import zipf_frequency

from tests.quality.documents import Document, Swap, rewrite

#: The commonest confusions of letter shapes; seven in ten misreadings are of these.
USUAL: dict[str, tuple[str, ...]] = {
    "l": ("1", "I"),
    "i": ("1", "l"),
    "I": ("l", "1"),
    "m": ("rn",),
    "rn": ("m",),
    "e": ("c",),
    "c": ("e",),
    "h": ("b",),
    "b": ("h",),
}
#: Rarer ones, all seen in recognised typescript.
RARER: dict[str, tuple[str, ...]] = {
    "a": ("o", "~"),
    "d": ("cl",),
    "e": ("a", "o"),
    "f": ("t",),
    "g": ("q",),
    "i": ("j",),
    "k": ("lc",),
    "m": ("ni", "in"),
    "n": ("u", "ri", "ii"),
    "o": ("c", "e"),
    "q": ("g",),
    "r": ("~",),
    "s": ("a", "~"),
    "t": ("l", "f"),
    "u": ("n", "ii"),
    "v": ("y",),
    "w": ("vv", "u", "v"),
    "y": ("v",),
    "z": ("s",),
    "ri": ("n",),
    "li": ("h",),
    "cl": ("d",),
    "B": ("8",),
    "D": ("O",),
    "G": ("C", "6"),
    "H": ("II",),
    "O": ("0", "Q"),
    "S": ("5",),
    "T": ("1",),
    "U": ("II",),
    "W": ("VV",),
    "Z": ("2",),
}
_USUAL_SHARE = 0.7
STAMPS = (
    "UNCLASSIFIED U S Department of State",
    "DECLASSIFIED",
    "CONFIDENTIAL",
    "SECRET",
    "Declassify on OADR",
    "EXDIS",
    "RELEASED IN PART",
    "NODIS",
)
LOOSE = ("U", "S", "X", "C", "tsT", "·", "•", "°", "~", "U", "S")
_WORD = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*")
_ORDINARY = 2.6


@cache
def ordinary(word: str) -> bool:
    """Return whether English readers know *word*: then it is a reading, not noise."""
    return zipf_frequency(word, "en") >= _ORDINARY


def misread(rng: Random, word: str, wanted: int) -> str | None:
    """Return *word* with about *wanted* letters misread, or ``None`` if that reads as a word."""
    for _ in range(4):
        letters, at, left = [], 0, wanted
        slots = sorted(rng.sample(range(len(word)), min(wanted + 1, len(word))))
        while at < len(word):
            taken, reading = (1, word[at])
            if left and at in slots:
                taken, reading = _confused(rng, word[at : at + 2])
                left -= reading != word[at]
            letters.append(reading)
            at += taken
        reading = "".join(letters)
        bare = "".join(sign for sign in reading if sign.isalnum())
        words = ordinary(bare.lower()) or ordinary(reading.lower())
        if reading != word and bare and not bare.isdigit() and not words:
            return reading
    return None


def _confused(rng: Random, pair: str) -> tuple[int, str]:
    """Return how many letters of *pair* are misread, and as what; a letter without a double stays."""
    first, second = (USUAL, RARER) if rng.random() < _USUAL_SHARE else (RARER, USUAL)
    for table in (first, second):
        for length in (2, 1):
            if pair[:length] in table and len(pair) >= length:
                return length, rng.choice(table[pair[:length]])
    return 1, pair[:1]


def _misreadings(rng: Random, text: str, rate: float) -> Iterable[Swap]:
    """Spread misreadings so that *rate* of all letters is wrong."""
    owed = 0.0
    for found in _WORD.finditer(text):
        word = found.group()
        owed += rate * len(word) * rng.choice((0.0, 0.5, 1.0, 1.5, 2.0))
        if owed < 1 or len(word) < 3:
            continue
        wanted = min(int(owed), max(1, round(len(word) * 0.4)))
        reading = misread(rng, word, wanted)
        if reading is not None:
            owed -= wanted
            yield found.start(), found.end(), reading


def _furniture(rng: Random, text: str, stamps: float) -> Iterable[Swap]:
    """Lose punctuation; let letters, stamps, splits and glued words in between words."""
    for at, sign in enumerate(text):
        if sign in '.,:;()/"“”‘’!?—–…':
            # A point between digits leaves a blank: "$2.5" reads "$2 5".
            inside = 0 < at < len(text) - 1 and text[at - 1].isalnum() and text[at + 1].isalnum()
            yield at, at + 1, "'" if sign in "‘’" and inside else " " if inside else ""
        elif sign == " " and 0 < at < len(text) - 1:
            if not (text[at - 1].isalpha() and text[at + 1].isalpha()):
                continue
            roll = rng.random()
            if roll < stamps * 0.15:
                yield at, at + 1, f" {rng.choice(STAMPS)} "
            elif roll < stamps:
                yield at, at + 1, f" {rng.choice(LOOSE)} "
            elif roll < stamps * 1.2:
                yield at, at + 1, ""
        elif sign in "\n\t":
            yield at, at + 1, " "


def _splits(rng: Random, text: str, share: float) -> Iterable[Swap]:
    for found in _WORD.finditer(text):
        if len(found.group()) >= 6 and rng.random() < share:
            at = rng.randint(found.start() + 2, found.end() - 2)
            pieces = text[found.start() : at], text[at : found.end()]
            if not any(ordinary(piece.lower()) for piece in pieces):
                yield at, at, rng.choice((" ", "- "))


def recognised(
    rng: Random,
    document: Document,
    rate: float,
    *,
    stamps: float = 0.03,
    protected: tuple[tuple[int, int], ...] = (),
) -> Document:
    """Return *document* as text recognition might give it.

    Args:
        rng: Where chance comes from.
        document: The page as it was typed.
        rate: Share of letters misread, 0 to 0.25.
        stamps: Share of blanks into which something strange falls.
        protected: Spans whose letters are read rightly.
    """
    text = document.text
    swaps: list[Swap] = []
    if rate:
        swaps += _misreadings(rng, text, rate)
        hit = {start for start, _, _ in swaps}
        swaps += [
            swap
            for swap in _splits(rng, text, rate / 4)
            if not any(start in hit for start in range(swap[0] - 30, swap[0] + 1))
        ]
    swaps = [s for s in swaps if not any(s[0] < end and s[1] > start for start, end in protected)]
    read = document.rewritten(swaps)
    if protected:
        _, shift = rewrite(text, swaps)
        protected = tuple((shift(a, after=True), shift(b)) for a, b in protected)
    # Nothing strange falls into protected words, or right beside them.
    furniture = [
        swap
        for swap in _furniture(rng, read.text, stamps)
        if read.text[swap[0]] != " "
        or not any(start - 1 <= swap[0] <= end for start, end in protected)
    ]
    return read.rewritten(furniture)


def doubled(document: Document) -> Document:
    """Return a page whose text layer was written twice: every word stands twice."""
    return document.rewritten(
        (found.end(), found.end(), f" {found.group()}")
        for found in re.finditer(r"\S+", document.text)
    )


def interleaved(rng: Random, document: Document, other: Document, width: int = 48) -> Document:
    """Return *document* with the lines of a second column between its own lines."""
    lines, line = [], ""
    for word in other.text.split():
        line = f"{line} {word}".strip()
        if len(line) >= width:
            lines.append(line)
            line = ""
    swaps, last = [], 0
    for at, sign in enumerate(document.text):
        if sign in " \n" and at - last >= width and lines:
            swaps.append((at, at + 1, f"\n{lines.pop(0)}\n"))
            last = at
    return document.rewritten(swaps)
