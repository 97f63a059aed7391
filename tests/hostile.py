"""Quotations and sources made to take long, in any size.

Each kind is a function of a random generator and of the letters that quotation
and source shall have; it returns both. ``FAITHFUL`` are those whose quotation
differs from its source by typography or by what a machine misread alone, ``CHANGED``
those whose every sentence is changed.
"""

import re
from collections.abc import Callable
from random import Random

Pair = tuple[str, str]
Make = Callable[[Random, int], Pair]

_WORDS = [
    "the",
    "a",
    "of",
    "to",
    "in",
    "and",
    "that",
    "was",
    "he",
    "for",
    "on",
    "with",
    "as",
    "his",
    "they",
    "at",
    "by",
    "had",
    "not",
    "are",
    "but",
    "from",
    "which",
    "you",
    "were",
    "all",
    "her",
    "would",
    "there",
    "when",
    "who",
    "will",
    "more",
    "if",
    "out",
    "said",
    "what",
    "about",
    "into",
    "harbour",
    "pilot",
    "ferry",
    "captain",
    "signal",
    "quay",
    "lantern",
    "mole",
    "cargo",
    "customs",
    "officer",
    "ledger",
    "winter",
    "storm",
    "crossing",
    "island",
    "council",
    "letter",
    "agreed",
    "refused",
    "reported",
    "considered",
    "Minister",
    "Commissioner",
    "Greta",
    "Halloran",
    "Port",
    "Selkirk",
    "yesterday",
    "Tuesday",
    "however",
]
_NUMBERS = [
    "one",
    "two",
    "four",
    "eleven",
    "twenty",
    "thirty-one",
    "hundred",
    "thousand",
    "million",
    "and",
    "half",
]
_ABBREVIATIONS = ["U.S.", "U.N.", "Gen.", "No.", "p.m.", "i.e.", "Dr.", "St."]
_DENIALS = ["not", "never", "no", "nor", "cannot", "don't", "without"]
_MONTHS = ["January", "March", "May", "July", "Sept.", "October"]


def prose(rng: Random, letters: int) -> str:
    """Return sentences, with numbers, dates and denials, of so many *letters*."""
    sentences: list[str] = []
    size = 0
    while size < letters:
        words = rng.choices(_WORDS, k=rng.randint(6, 20))
        if rng.random() < 0.5:
            words[-2] = rng.choice([_date(rng), str(rng.randint(2, 9999)), "not", "U.S."])
        sentence = " ".join(words).capitalize() + rng.choice(".;?—") + " "
        sentences.append(sentence)
        size += len(sentence)
    return "".join(sentences)[:letters]


def _date(rng: Random) -> str:
    return f"{rng.randint(1, 28)} {rng.choice(_MONTHS)} {rng.randint(1940, 1999)}"


def _many(rng: Random, size: int, one: Callable[[Random], str], blank: str = " ") -> str:
    pieces: list[str] = []
    while size > 0:
        pieces.append(one(rng))
        size -= len(pieces[-1]) + len(blank)
    return blank.join(pieces)


def _repeated(unit: str, size: int) -> str:
    return (unit * (size // len(unit) + 1))[:size]


def _misspelt(rng: Random, word: str) -> str:
    place = rng.randrange(len(word))
    return word[:place] + rng.choice("bcdkmpqx") + word[place + 1 :]


def _smudged(rng: Random, text: str, rate: float) -> str:
    """Return *text* as a bad machine reads it."""
    return "".join(
        rng.choice("eocilt1rnmh~. ") if letter.isalpha() and rng.random() < rate else letter
        for letter in text
    )


def _by_words(change: Callable[[Random, list[str]], list[str]]) -> Make:
    """Quote a passage, its words changed."""

    def make(rng: Random, size: int) -> Pair:
        text = prose(rng, size)
        return " ".join(change(rng, text.split())), text

    return make


def _dressed(change: Callable[[Random, str], str]) -> Make:
    """Quote a passage, its text changed."""

    def make(rng: Random, size: int) -> Pair:
        text = prose(rng, size)
        return change(rng, text), text

    return make


def _scanned(change: Callable[[Random, str], str]) -> Make:
    """Quote a passage that the source has changed."""

    def make(rng: Random, size: int) -> Pair:
        text = prose(rng, size)
        return text, change(rng, text)

    return make


def _both(one: Callable[[Random], str], blank: str = " ") -> Make:
    return lambda rng, size: (_many(rng, size, one, blank), _many(rng, size, one, blank))


def _endless(quoted: str, found: str) -> Make:
    return lambda _, size: (_repeated(quoted, size) + "a", _repeated(found, size) + "a")


def _lines(text: str, width: int) -> list[str]:
    return [text[place : place + width] for place in range(0, len(text), width)]


def _columns(rng: Random, size: int) -> Pair:
    one, two = prose(rng, size), prose(rng, size)
    rows = zip(_lines(one, 45), _lines(two, 45), strict=True)
    return one, "\n".join(f"{left:45}   {right}" for left, right in rows)


def _refrain(rng: Random, size: int) -> Pair:
    """Repeat one sentence, a word changed each time."""
    sentence = prose(rng, 110).split()
    verses = []
    for _ in range(size // 110 + 1):
        verse = list(sentence)
        verse[rng.randrange(len(verse))] = rng.choice(_WORDS)
        verses.append(" ".join(verse))
    return _repeated(" ".join(sentence) + " ", size), " ".join(verses)


def _in_groups(words: list[str], size: int) -> list[str]:
    return [" ".join(words[place : place + size]) for place in range(0, len(words), size)]


def _shuffled(rng: Random, parts: list[str]) -> list[str]:
    return rng.sample(parts, len(parts))


#: Nothing but the dress, or the machine's reading, differs.
FAITHFUL: dict[str, Make] = {
    "quoted whole": _dressed(lambda _, text: text),
    "marks around every word": _dressed(lambda _, text: re.sub(r"(\S+)", r"“‘\1’”", text)),
    "every blank a line end": _dressed(lambda _, text: text.replace(" ", "\n\n")),
    "in capitals": _dressed(lambda _, text: text.upper()),
    "a remark after every word": _dressed(lambda _, text: text.replace(" ", " [sic] ")),
    "footnotes after every word": _scanned(lambda _, text: re.sub(r"([a-z]) ", r"\1[7] ", text)),
    "marks of omission, nothing left out": _by_words(lambda _, words: _in_groups(words, 300)),
}

#: Words are changed everywhere.
CHANGED: dict[str, Make] = {
    "every word another": _by_words(lambda rng, words: [rng.choice(_WORDS) for _ in words]),
    "every fifth word another": _by_words(
        lambda _, words: [w if k % 5 else "zebra" for k, w in enumerate(words)]
    ),
    "every hundredth word another": _by_words(
        lambda _, words: [w if k % 100 else "zebra" for k, w in enumerate(words)]
    ),
    "every second word left out": _by_words(lambda _, words: words[::2]),
    "a denial after every tenth word": _by_words(
        lambda _, words: [w if k % 10 else f"{w} never" for k, w in enumerate(words)]
    ),
    "every number another": _dressed(
        lambda _, text: re.sub(r"\d", lambda found: str((int(found[0]) + 1) % 10), text)
    ),
    "words shuffled": _by_words(_shuffled),
    "words in pairs, each turned round": _by_words(
        lambda _, words: [words[k ^ 1] if k ^ 1 < len(words) else w for k, w in enumerate(words)]
    ),
    "phrases shuffled": _by_words(lambda rng, words: _shuffled(rng, _in_groups(words, 40))),
    "another text": lambda rng, size: (prose(rng, size), prose(rng, size)),
}

#: Texts that are hardly texts, and those of which nothing is known beforehand.
WILD: dict[str, Make] = {
    "the source's words hyphenated": _scanned(
        lambda _, text: re.sub(r"\b([a-z]{3})([a-z]{3,})", r"\1-\n\2", text)
    ),
    "number words": _both(lambda rng: rng.choice(_NUMBERS)),
    "a bracket after every word": _by_words(lambda _, words: [f"{w} [{w}]" for w in words]),
    "every word in brackets": _by_words(lambda _, words: [f"[{w}]" for w in words]),
    "bracketed phrases": _by_words(
        lambda _, words: [f"{part} [said he then]" for part in _in_groups(words, 5)]
    ),
    "endings in brackets": _by_words(lambda _, words: [f"{w}[ed]" for w in words]),
    "figures": _both(lambda rng: str(rng.randint(0, 99_999))),
    "dates": _both(_date),
    "roman numerals": _both(lambda rng: "".join(rng.choices(["X", "V", "IX", "M", "I"], k=3))),
    "abbreviations": _both(lambda rng: rng.choice(_ABBREVIATIONS)),
    "letters for words": _both(lambda rng: rng.choice("abcde")),
    "two words": _both(lambda rng: rng.choice(["the", "of"])),
    "denials": _both(lambda rng: rng.choice(_DENIALS)),
    "chains of hyphens": _both(lambda rng: rng.choice(_WORDS), blank="-"),
    "unclosed brackets": _endless("[a ", "(a "),
    "nested brackets": lambda _, size: ("[" * size + "a" + "]" * size, "(" * size + "a b"),
    "brackets in brackets": _endless("[a [b] c (d) [sic] ", "a b c d "),
    "letters and brackets": _endless("a[b]c", "abc"),
    "an ellipsis after every word": _by_words(lambda _, words: [f"{w} ..." for w in words]),
    "pieces backwards": _by_words(
        lambda _, words: [f"{part} …" for part in reversed(_in_groups(words, 50))]
    ),
    "quotation marks": _endless("\"' ", "“‘ "),
    "zero-width signs": _dressed(lambda _, text: "\u200b".join(text)),
    "combining marks": _dressed(lambda _, text: "\u0301\u0327".join(text)),
    "letters struck out": _dressed(lambda _, text: "\u0336".join(text)),
    "wrong decoding": _endless("â€™Ã©Â ", "’é "),
    "wrong decoding begun": _endless("ââÃÂ", "âÂÃï"),
    "character references": _endless("&amp;&lt;&#39; a ", "&quot;a&#x41;"),
    "escapes": _endless("\\*\\_", "\\"),
    "one sentence for ever, each time another": _refrain,
    "two columns": _columns,
    "every word twice": _by_words(lambda _, words: [f"{w} {w}" for w in words]),
    "every word misspelt": _by_words(lambda rng, words: [_misspelt(rng, w) for w in words]),
    "every word cut in two": _by_words(
        lambda _, words: [f"{w[: len(w) // 2]} {w[len(w) // 2 :]}" for w in words]
    ),
    "a smudged page": _scanned(lambda rng, text: _smudged(rng, text, 0.1)),
    "a page hardly read": _scanned(lambda rng, text: _smudged(rng, text, 0.2)),
    "stamps in every line": _scanned(
        lambda _, text: re.sub(r"((?:\S+ ){7})", r"\1SECRET (S) ", text)
    ),
    "litter after every line": _scanned(lambda _, text: "\n.,~ |\n".join(_lines(text, 60))),
    "letters apart": _dressed(lambda _, text: " ".join(text.replace(" ", ""))),
    "no blanks": _dressed(lambda _, text: text.replace(" ", "")),
    "long words": _both(lambda rng: "".join(rng.choices("abcde", k=2000))),
    "one long word": lambda rng, size: ("ab" * (size // 2), "".join(rng.choices("ab", k=size))),
    "figures without end": _endless("1", "12"),
    "thousands": _endless(",000", ",0000"),
    "figures and units": _endless("1s", "1 s"),
    "apostrophes": _endless("'s'n't", "n't's "),
    "Hebrew letters": _dressed(
        lambda _, text: text.translate({97 + k: 0x5D0 + k for k in range(26)})
    ),
    "Chinese characters": _both(lambda rng: chr(0x4E00 + rng.randint(0, 800)), blank=""),
    "control characters": _endless("\x00\x07\x1b[0m ", "\x00\x85\u2028\x0b"),
    "lone surrogates": _endless("\ud800 a", "\ud800a \udfff"),
    "blanks": lambda _, size: ("a" + " " * size + "b", "a" + " " * size + "c b"),
    "one word for ever": _endless("the ", "the "),
    "one word for ever, in prose": _dressed(lambda _, text: _repeated("the ", len(text))),
}

KINDS: dict[str, Make] = FAITHFUL | CHANGED | WILD


def pair(kind: str, size: int) -> Pair:
    """Return quotation and source of a *kind*, each of some *size* letters, always the same ones."""
    return KINDS[kind](Random(f"{kind} {size}"), size)
