"""Cut a text into words, numbers and the signs that bear sense.

A word is what must agree for a quotation to be faithful; everything between
words is typography. So the signs whose loss changes the sense are words here:
a minus before a number, currency signs, ``%``, ``<`` and ``>`` before a
number, an exponent. Digits and letters that touch are separate words, which
makes ``10am`` and ``10 am``, ``B-52`` and ``B52`` the same. A footnote marker such
as ``[1]`` is no word.
"""

import re
import unicodedata
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, compress, count
from operator import or_

from flows.matching.words.folding import TRANSCRIBED
from flows.matching.words.wordlists import words_of

# Characters that may stand inside a word without being seen: soft hyphen,
# zero-width characters, combining marks.
_UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff\u034f"
_MARKS = "\u0300-\u036f"
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_FRACTIONS = "½¼¾⅓⅔⅛⅜⅝⅞"
_APOSTROPHES = "'’‘ʼ`´′＇"
# Scripts that put no blanks between words: each character is one.
_UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_LETTER = rf"[^\W\d_{_RAISED}₀₁₂₃₄₅₆₇₈₉{_FRACTIONS}{_UNSPACED}]"

WORD, NUMBER, SIGN = 0, 1, 2
#: A stretch of words that quotation and source share letter by letter (``facing``).
SHARED = 3

_TOKEN = re.compile(
    rf"""
    ( [A-Za-z]{{2,}}+(?=[ ,;\n])                                  # most words, without further ado
    | (?<![A-Za-z])[A-Za-z](?:\.[A-Za-z])+(?![A-Za-z])\.?   # U.S., a.m.
    | {_LETTER}+(?:[{_UNSEEN}{_MARKS}]+{_LETTER}*)*
      (?:[{_APOSTROPHES}][{_UNSEEN}]*{_LETTER}+(?:[{_UNSEEN}{_MARKS}]+{_LETTER}*)*)*
    | [{_UNSPACED}№]
    )
    | \[\d{{1,3}}\] | (?<=[.,;:!?”"’)])\[[a-z]\]                 # a footnote marker: no word
    | ( \d+(?:(?:[.,:/][{_UNSEEN}]*|[{_UNSEEN}]+(?:[.,:/][{_UNSEEN}]*)?)\d+)* | (?<![\w.…)\]”"’'»])\.\d+ | [{_FRACTIONS}] )
    | ( [$£€¥%‰&±≤≥≠]
      | (?<![\w)\]%])(?<!\d[ \u00a0])[-−–](?=[$£€¥]?\.?\d)    # a minus, not a range or a hyphen
      | [<>](?=\s?=?\s?[-−$£€¥]?\.?\d)
      | (?<=[\w ])<(?=[ ]?\w)(?![ ]?\w[^<>\n]{{0,80}}>)          # less than, and no bracket
      | (?<=\d)\+(?!\w)                                         # so many or more
      | (?<=\d)[{_RAISED}]+
      | (?:(?<=\b[mM])|(?<=\b[kcm]m)|(?<=\bft)|(?<=\bmi))[²³]   # square and cubic measures
    )
    """,
    re.VERBOSE,
)

# A stretch of plain English: its words are runs of ASCII letters, apostrophes among them,
# its numbers of ASCII digits, and no sign, no footnote marker and no point with a letter
# or a digit behind it asks for a closer look.
_PLAIN_STRETCH = re.compile(
    r"(?:[A-Za-z \n,;:!?()\"'’“”—/_*\]]++|[0-9]++(?:[.,:/][0-9]++)*+"
    r"|[\[–-](?![0-9]|[a-z]\])|\.(?![A-Za-z0-9]))*+"
)
_PLAIN_TOKEN = re.compile(r"([a-z]+(?:'[a-z]+)*|[0-9]+(?:[.,:/][0-9]+)*)")
_DIGIT = re.compile(r"[0-9]")

_SIGNS = str.maketrans({"−": "-", "–": "-", "\u00a0": " "})
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_FRACTION_VALUES = {
    "½": "0.5",
    "⅓": "0.333",
    "⅔": "0.667",
    "¼": "0.25",
    "¾": "0.75",
    "⅛": "0.125",
    "⅜": "0.375",
    "⅝": "0.625",
    "⅞": "0.875",
}
_DROPPED = frozenset(_UNSEEN)


@dataclass(slots=True)
class Words:
    """The words of a stretch of text, as parallel lists.

    ``norms[i]`` is the form in which words are compared; ``text[starts[i]:ends[i]]``
    is the word as written; ``kinds[i]`` is ``WORD``, ``NUMBER``, ``SIGN`` or ``SHARED``.
    """

    text: str
    norms: list[str]
    starts: list[int]
    ends: list[int]
    kinds: list[int]
    #: Words of shared stretches that were not read one by one.
    unread: int = 0

    def __len__(self) -> int:
        return len(self.norms)

    @property
    def count(self) -> int:
        """How many words there are, those of shared stretches included."""
        return len(self.norms) + self.unread

    def share(self, norm: str, start: int, end: int) -> None:
        """Add a stretch that both sides share, as one word called *norm*."""
        self.norms.append(norm)
        self.starts.append(start)
        self.ends.append(end)
        self.kinds.append(SHARED)
        self.unread += self.text.count(" ", start, end)

    def extend(self, more: "Words") -> None:
        """Add the words of *more*, which are of the same text."""
        self.norms += more.norms
        self.starts += more.starts
        self.ends += more.ends
        self.kinds += more.kinds

    def join(self, places: Iterable[int]) -> None:
        """Make one word of each word of *places*, in order, and the one before it."""
        joined = set(places)
        if not joined:
            return
        firsts = [place for place in range(len(self.norms)) if place not in joined]
        lasts = [*firsts[1:], len(self.norms)]
        groups = list(zip(firsts, lasts, strict=True))
        self.norms = ["".join(self.norms[first:last]) for first, last in groups]
        self.kinds = [self.kinds[a] if last - a == 1 else WORD for a, last in groups]
        self.starts = [self.starts[first] for first in firsts]
        self.ends = [self.ends[last - 1] for last in lasts]

    def numbers_and(self, norms: Container[str]) -> Iterator[int]:
        """Yield the places of numbers in figures and of the words among *norms*, in order."""
        figures = map(NUMBER.__eq__, self.kinds)
        return compress(count(), map(or_, figures, map(norms.__contains__, self.norms)))

    def written(self, first: int, last: int) -> str:
        """Return the text from the *first* word up to, not including, the *last*."""
        if first >= last:
            return ""
        return self.text[self.starts[first] : self.ends[last - 1]]


def read_words(text: str, start: int = 0, end: int | None = None, *, noisy: bool = False) -> Words:
    """Return the words of ``text[start:end]``; offsets count from the start of *text*.

    >>> read_words("The U.S. won’t pay -5%, or 1,200.").norms
    ['the', 'us', "won't", 'pay', '-', '5', '%', 'or', '1200']
    """
    stop = len(text) if end is None else end
    if not noisy and _PLAIN_STRETCH.fullmatch(text, start, stop):
        return _plain_words(text, start, stop)
    norms: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    kinds: list[int] = []
    for found in _TOKEN.finditer(text, start, stop):
        kind = found.lastindex
        if kind is None:
            continue
        written = found[0]
        if kind == 1:
            norms.append(
                written.lower() if written.isalpha() and written.isascii() else norm_word(written)
            )
        elif kind == 2:
            norms.append(norm_number(written))
        else:
            if written in "<>" and _eaten_by_a_board(text, found.start()):
                continue
            norms.append(written.translate(_SIGNS))
        starts.append(found.start())
        ends.append(found.end())
        kinds.append(kind - 1)
    words = Words(text, norms, starts, ends, kinds)
    if noisy:
        _join_misread(words)
    return words


def _plain_words(text: str, start: int, end: int) -> Words:
    """Return the words of a plain stretch, as ``_TOKEN`` would find them at twice the cost."""
    # What lies before the first word, the word, what lies before the second one, and so on.
    pieces = _PLAIN_TOKEN.split(text[start:end].lower().replace("’", "'"))
    borders = list(accumulate(map(len, pieces), initial=start))
    norms, starts, ends = pieces[1::2], borders[1:-1:2], borders[2::2]
    kinds = [WORD] * len(norms)
    if _DIGIT.search(text, start, end):
        for place, norm in enumerate(norms):
            if norm < "a":
                norms[place], kinds[place] = norm_number(norm), NUMBER
    return Words(text, norms, starts, ends, kinds)


_UNITS = frozenset(words_of("st nd rd th am pm km kg mm cm s"))


#: What a machine writes where it gave up on a letter, or saw a speck.
_SPECKS = "~^*•|;¬"


def _join_misread(words: Words) -> None:
    """Make one word of letters, digits and specks that touch: a machine read "m1ll" for "mill".

    A speck stands for a letter that the machine gave up on; all are ``~`` in the norm.
    """
    text = words.text
    for place, kind in enumerate(words.kinds):
        start = words.starts[place]
        if (
            start
            and text[start - 1] in _SPECKS
            and (kind == WORD or text[start - 2 : start - 1].isalpha())
        ):
            words.norms[place] = "~" + words.norms[place]
            words.starts[place] -= 1
    words.join(_touching(words))


def _touching(words: Words) -> Iterator[int]:
    """Yield the words that touch the word before them, units behind their numbers left out."""
    figures = ""
    for place, norm in enumerate(words.norms):
        touches = (
            place > 0
            and words.ends[place - 1] == words.starts[place]
            and SIGN not in words.kinds[place - 1 : place + 1]
            and not (norm in _UNITS and figures.isdigit())
        )
        if touches:
            yield place
        # One character tells as much as all: whether there are figures, and nothing else.
        figures = (figures if touches else "") + norm
        figures = figures[:1] if figures.isdigit() else figures and _LETTER_FOUND


#: Stands for a word that has more than figures.
_LETTER_FOUND = "x"

_EACH_A_WORD = re.compile(f"[{_UNSPACED}]")


def inside_word(text: str, place: int) -> bool:
    """Return whether the characters before and at *place* belong to one word.

    >>> inside_word("treaty", 3), inside_word("条約の", 1)
    (True, False)
    """
    return text[place].isalnum() and not (
        _EACH_A_WORD.match(text[place]) or _EACH_A_WORD.match(text[place - 1])
    )


def _eaten_by_a_board(text: str, place: int) -> bool:
    """Return whether a ``>`` opens a line, where boards take it for a quote mark."""
    line = text.rfind("\n", 0, place) + 1
    return text[place] == ">" and not text[line:place].strip("> \t\"'“‘")


@lru_cache(maxsize=65536)
def norm_word(written: str) -> str:
    """Return the form in which a word is compared.

    Case, accents, ligatures, unseen characters, the shape of the apostrophe
    and the full stops of an abbreviation do not count; the letters do.

    >>> norm_word("Côte"), norm_word("ﬁ\u00adnal"), norm_word("U.S.")
    ('cote', 'final', 'us')
    """
    # NFKD would make a blank and an accent of the acute that stands for an apostrophe.
    decomposed = unicodedata.normalize("NFKD", written.replace("´", "'")).casefold()
    letters: list[str] = []
    for letter in decomposed:
        if letter in _APOSTROPHES:
            letters.append("'")
        elif letter in _DROPPED or letter == "." or unicodedata.combining(letter):
            continue
        else:
            letters.append(TRANSCRIBED.get(letter, letter))
    return "".join(letters)


@lru_cache(maxsize=8192)
def norm_number(written: str) -> str:
    """Return a number without grouping commas, in ASCII digits.

    >>> norm_number("1,200"), norm_number("2.5"), norm_number("28,11")
    ('1200', '2.5', '28,11')
    """
    if written in _FRACTION_VALUES:
        return _FRACTION_VALUES[written]
    digits = unicodedata.normalize("NFKC", written)
    if not digits.isascii():
        digits = "".join(character for character in digits if character not in _DROPPED)
        digits = "".join(
            str(unicodedata.digit(character, -1)) if character.isdigit() else character
            for character in digits
        )
    if _GROUPED.fullmatch(digits):
        digits = digits.replace(",", "")
    return "0" + digits if digits.startswith(".") else digits
