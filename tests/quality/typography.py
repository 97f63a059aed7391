"""Differences that are none: what typing, typesetting and boards do to the same words.

Each variation picks places inside a passage and gives the source's form and
the quotation's form of each, so that both sides can be written apart.
"""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

Pair = tuple[int, int, str, str]


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage's blanks and words, as offsets into the whole text."""

    text: str
    start: int
    end: int

    def blanks(self) -> list[int]:
        """Return where single blanks stand between two letters of the passage."""
        text = self.text
        return [
            at
            for at in range(self.start + 2, self.end - 2)
            if text[at] == " " and text[at - 1].isalpha() and text[at + 1].isalpha()
        ]

    def sentence_gaps(self) -> list[int]:
        """Return where blanks stand between two sentences of the passage."""
        text = self.text
        return [
            at
            for at in range(self.start + 2, self.end - 2)
            if text[at] == " "
            and text[at - 1] == "."
            and text[at + 1].isupper()
            and text[at - 3] != " "
        ]

    def words(self, *, least: int = 1) -> list[tuple[int, int]]:
        """Return the plain lower-case words of at least *least* letters."""
        found, at = [], self.start
        for word in self.text[self.start : self.end].split(" "):
            if len(word) >= least and word.isascii() and word.isalpha() and word.islower():
                found.append((at, at + len(word)))
            at += len(word) + 1
        return found


Variation = Callable[[Random, Passage], list[Pair]]


def _at_blanks(*forms: tuple[str, str], most: int = 4) -> Variation:
    def vary(rng: Random, passage: Passage) -> list[Pair]:
        blanks = passage.blanks()
        chosen = rng.sample(blanks, min(len(blanks), rng.randint(1, most)))
        return [(at, at + 1, *rng.choice(forms)) for at in chosen]

    return vary


def _at_gaps(*forms: tuple[str, str]) -> Variation:
    def vary(rng: Random, passage: Passage) -> list[Pair]:
        return [(at, at + 1, *rng.choice(forms)) for at in passage.sentence_gaps()]

    return vary


def _in_words(*forms: tuple[str, str], least: int = 6, most: int = 3) -> Variation:
    """Put something inside words, at least two letters from either end."""

    def vary(rng: Random, passage: Passage) -> list[Pair]:
        words = passage.words(least=least)
        pairs = []
        for start, end in rng.sample(words, min(len(words), rng.randint(1, most))):
            at = rng.randint(start + 3, end - 3)
            pairs.append((at, at, *rng.choice(forms)))
        return pairs

    return vary


def _around_words(*forms: tuple[str, str, str, str]) -> Variation:
    """Enclose words: source's opening and closing sign, quotation's opening and closing sign."""

    def vary(rng: Random, passage: Passage) -> list[Pair]:
        words = passage.words(least=3)
        pairs = []
        for start, end in rng.sample(words, min(len(words), rng.randint(1, 2))):
            word = passage.text[start:end]
            a, b, c, d = rng.choice(forms)
            pairs.append((start, end, f"{a}{word}{b}", f"{c}{word}{d}"))
        return pairs

    return vary


def _replaced(source: str, quote: str) -> Variation:
    """Write one sign of the passage in another way on either side, wherever it stands."""

    def vary(rng: Random, passage: Passage) -> list[Pair]:
        pairs, at = [], passage.text.find(source[0], passage.start, passage.end)
        while at >= 0:
            pairs.append((at, at + 1, source[1:], quote))
            at = passage.text.find(source[0], at + 1, passage.end)
        return pairs

    return vary


def _ligatures(rng: Random, passage: Passage) -> list[Pair]:
    pairs: list[Pair] = []
    for letters, sign in (("ffi", "ﬃ"), ("ffl", "ﬄ"), ("ff", "ﬀ"), ("fi", "ﬁ"), ("fl", "ﬂ")):
        at = passage.text.find(letters, passage.start, passage.end)
        while at >= 0 and at + len(letters) <= passage.end:
            if all(at >= end or at + len(letters) <= start for start, end, _, _ in pairs):
                one, two = (sign, letters) if rng.random() < 0.7 else (letters, sign)
                pairs.append((at, at + len(letters), one, two))
            at = passage.text.find(letters, at + 1, passage.end)
    return pairs


def _wrapped_at_70(rng: Random, passage: Passage) -> list[Pair]:
    pairs, line = [], passage.start
    for at in range(passage.start, passage.end):
        if passage.text[at] == " " and at - line > 64 and passage.text[at - 1] not in "-–—":
            pairs.append((at, at + 1, " ", "\n"))
            line = at
    return pairs


def _garbled(text: str) -> str:
    """Return *text* as UTF-8 that was read as windows-1252 (Latin-1 where that has no sign)."""
    signs = []
    for byte in text.encode():
        try:
            signs.append(bytes([byte]).decode("cp1252"))
        except UnicodeDecodeError:
            signs.append(chr(byte))
    return "".join(signs)


def _mojibake(rng: Random, passage: Passage) -> list[Pair]:
    pairs = _around_words(("“", "”", "“", "”"), ("‘", "’", "‘", "’"))(rng, passage)
    taken = {start for start, _, _, _ in pairs} | {end for _, end, _, _ in pairs}
    free = [at for at in passage.blanks() if at not in taken and at + 1 not in taken]
    pairs += [(at, at + 1, " — ", " — ") for at in free[:1]]
    if rng.random() < 0.7:
        return [(start, end, one, _garbled(two)) for start, end, one, two in pairs]
    return [(start, end, _garbled(one), two) for start, end, one, two in pairs]


def _accents(rng: Random, passage: Passage) -> list[Pair]:
    words = ("naïve", "cliché", "façade", "protégé", "rôle", "Ångström")
    pairs = []
    for at in rng.sample(passage.blanks(), min(2, len(passage.blanks()))):
        word = f" {rng.choice(words)} "
        pairs.append((at, at + 1, word, unicodedata.normalize("NFD", word)))
    return pairs


def _upper(rng: Random, passage: Passage) -> list[Pair]:
    inside = passage.text[passage.start : passage.end]
    return [(passage.start, passage.end, inside, inside.upper())]


def _word_case(rng: Random, passage: Passage) -> list[Pair]:
    words = passage.words(least=3)
    pairs = []
    for start, end in rng.sample(words, min(len(words), rng.randint(1, 3))):
        word = passage.text[start:end]
        pairs.append((start, end, word, rng.choice((word.capitalize(), word.upper()))))
    return pairs


#: White space alone: these stay verbatim.
SPACING: dict[str, Variation] = {
    "hard wraps in the source": _at_blanks(("\n", " "), ("\r\n", " "), ("\n   ", " ")),
    "hard wraps in the quotation": _wrapped_at_70,
    "two blanks and tabs": _at_blanks(("  ", " "), (" ", "  "), ("\t", " "), (" ", "\t")),
    "paragraph breaks lost or doubled": _at_gaps(("\n\n", " "), (" ", "\n\n"), ("\n\n", "\n\n\n")),
    "paragraph breaks lost without a blank": _at_gaps(("\n\n", "")),
}

TYPOGRAPHY: dict[str, Variation] = {
    "no-break and thin blanks": _at_blanks(
        ("\u00a0", " "), (" ", "\u00a0"), ("\u2009", " "), (" ", "\u202f")
    ),
    "zero-width characters": _in_words(
        ("\u200b", ""), ("", "\u200b"), ("\ufeff", ""), ("", "\u200d")
    ),
    "soft hyphens": _in_words(("\u00ad", ""), ("", "\u00ad")),
    "line-end hyphens": _in_words(
        ("-\n", ""), ("- ", ""), ("-\n  ", ""), ("", "-\n"), ("\u00ad\n", "")
    ),
    "quotation marks": _around_words(
        ("“", "”", '"', '"'),
        ('"', '"', "“", "”"),
        ("“", "”", "‘", "’"),
        ("«", "»", '"', '"'),
        ("„", "“", '"', '"'),
        ("``", "''", '"', '"'),
        ("‹", "›", "'", "'"),
        ("“", "”", "''", "''"),
    ),
    "nested quotation marks": _around_words(
        ("“", "”", "'", "'"),
        ("‘“", "”’", "\"'", "'\""),
        ("“", "”", "‘", "’"),
        ('"', '"', "'", "'"),
    ),
    "apostrophes": _replaced("'’", "'"),
    "curly apostrophes": _replaced("''", "’"),
    "dashes": _at_blanks(
        (" — ", " -- "),
        ("—", " - "),
        (" – ", " - "),
        ("—", "--"),
        (" — ", "—"),
        (" - ", " – "),
        ("–", "—"),
        ("--", "—"),
    ),
    "hyphens": _at_blanks(("\u2011", "-"), ("-", "\u2010"), ("-", "\u2011"), most=2),
    "ellipsis signs on both sides": _at_blanks(
        ("… ", "... "), (" ... ", " … "), (". . . ", "… "), ("...", "…"), most=1
    ),
    "ligatures": _ligatures,
    "letter case": _word_case,
    "capitals throughout": _upper,
    "footnote markers dropped": _at_blanks(("[1] ", " "), ("[12] ", " "), ("[3] ", " "), most=2),
    "footnote markers at sentence ends": _at_gaps(("[4] ", " "), (" [15] ", " "), ("[2]\n", " ")),
    "list marks swallowed": _at_gaps(("\n- ", " "), ("\n* ", "\n"), ("\n• ", " "), ("\n+ ", "\n")),
    "numbered list marks swallowed": _at_gaps(("\n1. ", "\n"), ("\n2. ", " ")),
    "emphasis marks swallowed": _around_words(("*", "*", "", ""), ("_", "_", "", "")),
    "emphasis marks added": _around_words(
        ("", "", "_", "_"), ("", "", "*", "*"), ("", "", "**", "**")
    ),
    "points in abbreviations": _at_blanks(
        (" the U.S. ", " the US "),
        (" the US ", " the U.S. "),
        (" U.S.S.R. ", " USSR "),
        (" U.N. ", " UN "),
        (" at 5 p.m. ", " at 5 pm "),
        most=1,
    ),
    "mojibake": _mojibake,
    "accents composed and decomposed": _accents,
}


def mixed(rng: Random, passage: Passage, names: list[str]) -> list[Pair]:
    """Return the pairs of several variations, leaving out what would overlap."""
    kept: list[Pair] = []
    for name in names:
        for pair in (SPACING | TYPOGRAPHY)[name](rng, passage):
            if all(pair[0] > end + 1 or pair[1] < start - 1 for start, end, _, _ in kept):
                kept.append(pair)
    return kept
