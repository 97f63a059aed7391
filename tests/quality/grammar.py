"""Sentences out of frames and words, with a mark on everything that was filled in.

A mark remembers which words of the sentence came from a slot, what would
change the sense (``other``) and which spellings would not (``same``), so that
an alteration can say exactly what it did.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random

from tests.quality.vocabulary import FIRST_NAMES, LAST_NAMES, PAIRS, TITLES, WORDS

_SLOT = re.compile(r"\{(\w+)\}")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_UNITS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["_", "_", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_TAGS = {
    "org": "org",
    "country": "name",
    "city": "name",
    "firm": "name",
    "people": "people",
    "adverb": "adverb",
    "adj": "adjective",
    "must_not": "negation",
    "is_not": "negation",
    "contracted": "contraction",
    "never": "never",
    "contrast": "contrast",
}
_WITHOUT_NOT = {
    "can't": "can",
    "won't": "will",
    "never": "always",
    "no longer": "still",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of a sentence that filled a slot: ``sentence.text[start:end]``.

    ``other`` reads differently and means something else (empty: none known);
    ``same`` are other spellings of the same thing.
    """

    tag: str
    slot: str
    start: int
    end: int
    other: str = ""
    same: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """One generated sentence, the frame it was made from, and its marks in order."""

    text: str
    frame: str
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class _Filler:
    text: str
    tag: str
    other: str = ""
    same: tuple[str, ...] = ()


def in_words(value: int) -> str:
    """Return an English number word for 0 to 99, and for whole hundreds up to 9,900.

    >>> in_words(42), in_words(1200), in_words(900)
    ('forty-two', 'twelve hundred', 'nine hundred')
    """
    if value < 20:
        return _UNITS[value]
    if value < 100:
        return _TENS[value // 10] + (f"-{_UNITS[value % 10]}" if value % 10 else "")
    if value % 100 or value > 9900 or (value % 1000 == 0 and value > 900):
        raise ValueError(f"{value} has no short English form")
    return f"{in_words(value // 100)} hundred"


def _spellings(value: int) -> tuple[str, ...]:
    forms = [f"{value:,}", str(value)] if value >= 1000 else [str(value)]
    if value < 100 or (value % 100 == 0 and value <= 9900 and value % 1000):
        forms.append(in_words(value))
    return tuple(dict.fromkeys(forms))


def _near(rng: Random, value: int) -> int:
    """Return a number that is easily taken for *value* but is another."""
    digits = str(value)
    moves = [value + 1, value + 10, value * 10, value + rng.randint(2, 9)]
    if value > 2:
        moves.append(value - 1)
    if len(digits) > 1 and digits[0] != digits[1] and digits[1] != "0":
        moves.append(int(digits[1] + digits[0] + digits[2:]))
    return rng.choice([move for move in moves if move != value])


def _number(rng: Random) -> _Filler:
    value = rng.choice(
        (
            rng.randint(3, 19),
            rng.randint(20, 99),
            rng.randint(101, 999),
            rng.randint(11, 98) * 100,
            rng.randint(1001, 99_999),
        )
    )
    if value % 1000 == 0:
        value += 100
    forms = _spellings(value)
    shape = rng.randrange(len(forms))
    others = _spellings(_near(rng, value))
    # The other number is written as this one is, so that only its value tells.
    wordy = forms[shape][0].isalpha()
    fitting = [form for form in others if form[0].isalpha() == wordy] or list(others)
    if not wordy and value >= 1000 and "," in forms[shape]:
        fitting = [form for form in fitting if "," in form] or fitting
    same = tuple(form for form in forms if form != forms[shape])
    return _Filler(forms[shape], "number", fitting[0], same)


def _year(rng: Random) -> _Filler:
    year = rng.randint(1921, 1999)
    return _Filler(str(year), "year", str(year + rng.choice((-10, -1, 1, 2, 10))))


def _date_forms(year: int, month: int, day: int) -> tuple[str, ...]:
    name = _MONTHS[month - 1]
    short = name if len(name) == 3 else f"{name[:3]}."
    return (
        f"{day} {name} {year}",
        f"{name} {day}, {year}",
        f"{short} {day}, {year}",
        f"{day} {name[:3]} {year}",
        f"{year}-{month:02}-{day:02}",
    )


def _date(rng: Random) -> _Filler:
    year, month, day = rng.randint(1921, 1999), rng.randint(1, 12), rng.randint(1, 28)
    shape = rng.choice((0, 0, 0, 1, 1, 1, 2, 3))
    forms = _date_forms(year, month, day)
    changed = rng.choice(
        (
            (year + rng.choice((-1, 1, 10)), month, day),
            (year, month % 12 + 1, day),
            (year, month, day % 28 + 1),
        )
    )
    same = tuple(form for form in forms if form != forms[shape])
    return _Filler(forms[shape], "date", _date_forms(*changed)[shape], same)


def _month_year(rng: Random) -> _Filler:
    year, month = rng.randint(1921, 1999), rng.randint(0, 11)
    other = rng.choice((f"{_MONTHS[month]} {year + 1}", f"{_MONTHS[(month + 3) % 12]} {year}"))
    return _Filler(f"{_MONTHS[month]} {year}", "month_year", other)


def _money(rng: Random) -> _Filler:
    sign = rng.choice("$$$£")
    if rng.random() < 0.5:
        amount, scale = rng.randint(11, 99) / 10, rng.choice(("million", "billion"))
        other = rng.choice(
            (f"{sign}{amount + 0.2:.1f} {scale}", f"{sign}{amount * 10:.0f} {scale}")
        )
        return _Filler(f"{sign}{amount:.1f} {scale}", "money", other)
    value = rng.randint(21, 990) * 100
    return _Filler(f"{sign}{value:,}", "money", f"{sign}{_near(rng, value):,}", (f"{sign}{value}",))


def _percent(rng: Random) -> _Filler:
    value = rng.choice((rng.randint(3, 97), rng.randint(21, 98) / 2 + 0.25))
    sign = rng.choice(("%", " percent"))
    return _Filler(f"{value}{sign}", "percent", f"{value + rng.randint(1, 20)}{sign}")


def _decimal(rng: Random) -> _Filler:
    value = rng.randint(101, 9999) / 100
    return _Filler(f"{value:.2f}", "decimal", f"{value + rng.choice((0.1, 1, 0.05)):.2f}")


def _minus(rng: Random) -> _Filler:
    value = rng.randint(3, 60)
    return _Filler(f"-{value}", "minus", f"-{value + rng.randint(1, 9)}")


def _clock(rng: Random) -> _Filler:
    hour, minute = rng.randint(1, 12), rng.randint(10, 49)
    return _Filler(f"{hour}:{minute}", "number", f"{hour}:{minute + rng.randint(1, 9)}")


def _section(rng: Random) -> _Filler:
    kind, value = rng.choice(("Article", "Section", "Paragraph")), rng.randint(2, 60)
    return _Filler(f"{kind} {value}", "section", f"{kind} {value + rng.randint(1, 9)}")


def _person(rng: Random) -> _Filler:
    last = rng.choice(LAST_NAMES)
    other = rng.choice([name for name in LAST_NAMES if name != last])
    before = rng.choice((rng.choice(TITLES), rng.choice(FIRST_NAMES), ""))
    return _Filler(f"{before} {last}".strip(), "name", f"{before} {other}".strip())


def _from_list(slot: str) -> Callable[[Random], _Filler]:
    words = WORDS[slot]

    def draw(rng: Random) -> _Filler:
        word, tag = rng.choice(words), _TAGS.get(slot, "word")
        if tag in {"negation", "contraction", "never"}:
            bare = word.removesuffix(" not").replace(" not ", " ")
            return _Filler(word, tag, _WITHOUT_NOT.get(word) or bare.removesuffix("n't"))
        return _Filler(word, tag, rng.choice([other for other in words if other != word]))

    return draw


def _from_pairs(slot: str) -> Callable[[Random], _Filler]:
    tag, pairs = PAIRS[slot]

    def draw(rng: Random) -> _Filler:
        one, two = rng.choice(pairs)
        return _Filler(one, tag, two) if rng.random() < 0.5 else _Filler(two, tag, one)

    return draw


_FILLERS: dict[str, Callable[[Random], _Filler]] = {
    "number": _number,
    "year": _year,
    "date": _date,
    "month_year": _month_year,
    "money": _money,
    "percent": _percent,
    "decimal": _decimal,
    "minus": _minus,
    "clock": _clock,
    "section": _section,
    "person": _person,
    **{slot: _from_list(slot) for slot in WORDS},
    **{slot: _from_pairs(slot) for slot in PAIRS},
}


def make_sentence(rng: Random, frame: str) -> Sentence:
    """Fill *frame* from the vocabulary and return the sentence with its marks."""
    parts = _SLOT.split(frame)
    text, marks = "", []
    for position, part in enumerate(parts):
        if position % 2 == 0:
            text += part
            continue
        filler = _FILLERS[part](rng)
        if text.endswith(" a ") and filler.text[0] in "aeiou":
            text = f"{text[:-1]}n "
        start = len(text)
        text += filler.text
        marks.append(Mark(filler.tag, part, start, len(text), filler.other, filler.same))
    if not text[0].isupper():
        text = text[0].upper() + text[1:]
    if marks and marks[0].start == 0:
        first = marks[0]
        marks[0] = replace(
            first,
            other=first.other[:1].upper() + first.other[1:],
            same=tuple(form[:1].upper() + form[1:] for form in first.same),
        )
    return Sentence(text, frame, tuple(marks))


def vary(rng: Random, sentence: Sentence) -> tuple[Sentence, Mark] | None:
    """Return a lookalike of *sentence* in which one marked slot reads otherwise, or ``None``."""
    marks = [m for m in sentence.marks if m.other and m.tag in {"name", "number", "date", "org"}]
    if not marks:
        return None
    mark = rng.choice(marks)
    text = sentence.text[: mark.start] + mark.other + sentence.text[mark.end :]
    shift = len(mark.other) - (mark.end - mark.start)
    moved = tuple(
        m
        if m.end <= mark.start
        else replace(m, start=m.start + shift, end=m.end + shift)
        if m.start >= mark.end
        else replace(m, end=m.end + shift, other=sentence.text[mark.start : mark.end], same=())
        for m in sentence.marks
    )
    return Sentence(text, sentence.frame, moved), mark
