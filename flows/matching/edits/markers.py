"""Footnote markers and raised digits, and what becomes of them when words are copied.

A marker belongs to no sentence, so it may stand on one side only. Who copies a
page from a browser gets ``20211`` for ``2021[1]`` and ``km2`` for ``km²``: the
digits are the same, only their raising is lost. A plain ``106`` for ``10⁶`` is
not let pass: it reads as another number.
"""

import re

from flows.matching.words.wording import NUMBER, SIGN, Words

_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉", "01234567890123456789")
_RAISED = re.compile(r"\[(\d{1,3})\]|([⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉]+)")
_MARKER_BEFORE = ".,;:!?”\"’')]»"
# What a marker other than a bare number holds: [a], [note 4]; (3) behind a mark.
_BRACKETED = re.compile(r"\[(?:[a-z]|(?:note|nb|n|fn)\.?[ \u00a0]?\d{1,3})\]")
_LONE_LETTER = re.compile(r"\[[a-z]\]")
_IN_ROUND = re.compile(r"\(\d{1,3}\)")
_SENTENCE_END = frozenset(".!?")
_LONGEST_BRACKET = 12
_SMALL_ROMANS = frozenset({"ii", "iii", "iv", "vi", "vii", "viii", "ix"})
_LINE_START = re.compile(r"(?:^|\n)[ \t]*\(?\Z")
#: Characters within which the next item of a list begins.
_LIST = 1500
# A page's number in a line of its own between dashes.
_PAGE_BEFORE = re.compile(r"(?:\A|\n)[ \t]*[-–—][ \t]?\Z")
_PAGE_AFTER = re.compile(r"[ \t]?[-–—][ \t]*(?:\n|\Z)")
_LINE_NUMBER = re.compile(r"(?:^|[.!?:;”\"]\s*\n|\n\s*\n)[ \t>*_]*\(?\Z")


def is_marker(words: Words, place: int) -> bool:
    """Return whether a word is a footnote marker or numbers a list item.

    A marker stands in brackets, or is glued to the punctuation before it; a
    number or a letter that belongs to the sentence is neither.
    """
    if _in_glued_brackets(words.text, words.starts[place]) or _letters_an_item(words, place):
        return True
    if (
        words.kinds[place] != NUMBER
        or len(words.norms[place]) > 3
        or not words.norms[place].isdigit()
    ):
        return False
    text, start, end = words.text, words.starts[place], words.ends[place]
    before, after = text[start - 1 : start], text[end : end + 1]
    if (before == "[" and after == "]") or _numbers_a_page(text, start, end):
        return True
    if (
        before
        and before in _MARKER_BEFORE
        and not text[start - 2 : start - 1].isdigit()
        and (not after or after.isspace() or after in _MARKER_BEFORE or after in "*_")
    ):
        return (
            text[start - 2 : start - 1].isalpha() or text[start - 2 : start - 1] in _MARKER_BEFORE
        )
    return (
        after in {".", ")"}
        and text[end + 1 : end + 2].isspace()
        and len(words.norms[place]) <= 2
        and (_opens_a_paragraph(text, start) or _in_a_list(text, start, int(words.norms[place])))
    )


def is_lone_letter(words: Words, first: int, last: int) -> bool:
    """Return whether words that one side has alone are a letter such as ``[a]``, apart from others."""
    start, end = words.starts[first], words.ends[last - 1]
    return end - start == 1 and _LONE_LETTER.fullmatch(words.text, start - 1, end + 1) is not None


def _letters_an_item(words: Words, place: int) -> bool:
    """Return whether a letter or a small Roman numeral opens a paragraph as "(b)" or "iv)" does."""
    norm, end = words.norms[place], words.ends[place]
    return (
        (len(norm) == 1 or norm in _SMALL_ROMANS)
        and words.text[end : end + 1] == ")"
        and words.text[end + 1 : end + 2].isspace()
        and norm.isalpha()
        and _opens_a_paragraph(words.text, words.starts[place])
    )


def _numbers_a_page(text: str, start: int, end: int) -> bool:
    return (
        _PAGE_AFTER.match(text, end) is not None
        and _PAGE_BEFORE.search(text, max(0, start - 12), start) is not None
    )


def _in_glued_brackets(text: str, start: int) -> bool:
    """Return whether the word at *start* is of a marker in brackets that touch what is before them."""
    low = max(0, start - _LONGEST_BRACKET)
    for sign, form in (("[", _BRACKETED), ("(", _IN_ROUND)):
        opening = text.rfind(sign, low, start)
        if opening <= 0 or form.match(text, opening) is None:
            continue
        before = text[opening - 1]
        # "(3)" between two sentences counts them, or points to a note.
        between = sign == "(" and before == " " and text[opening - 2 : opening - 1] in _SENTENCE_END
        if between or before in _MARKER_BEFORE or (sign == "[" and before.isalpha()):
            found = form.match(text, opening)
            if found is not None and start < found.end():
                return True
    return False


def _opens_a_paragraph(text: str, start: int) -> bool:
    return _LINE_NUMBER.search(text, max(0, start - 12), start) is not None and (
        start == 0
        or "\n" in text[max(0, start - 12) : start]
        or not text[:start].strip(" \t(\n>\"“‘'*_")
    )


def _in_a_list(text: str, start: int, number: int) -> bool:
    """Return whether a number opens a line, and the next or the last one opens another."""
    if not _LINE_START.search(text, max(0, start - 12), start):
        return False
    near = text[max(0, start - _LIST) : start + _LIST]
    return any(
        re.search(rf"^[ \t]*\(?{other}[.)]\s", near, re.MULTILINE)
        for other in (number - 1, number + 1)
    )


def only_raised(q: Words, s: Words, step: tuple[int, int, int, int]) -> bool:
    """Return whether a step sets digits against the same digits, raised or in brackets.

    >>> from flows.matching.words.wording import read_words
    >>> only_raised(read_words("40 km2 of it"), read_words("40 km² of it"), (2, 3, 2, 2))
    True
    >>> only_raised(read_words("40 km3 of it"), read_words("40 km² of it"), (2, 3, 2, 2))
    False
    """
    q0, q1, s0, s1 = step
    if q1 - q0 > 1 or s1 - s0 > 1:
        return False
    if s0 == s1:
        return _is_glued(q, q0, s, s0)
    if q0 == q1:
        return _is_glued(s, s0, q, q0)
    if q.kinds[q0] == s.kinds[s0] == NUMBER:
        ours, theirs = q.norms[q0].lstrip("#"), s.norms[s0].lstrip("#")
        if _ends_in_marker(q, q0, s, s0) or _ends_in_marker(s, s0, q, q0):
            return True
        return ours in _with_digits(theirs, s, s0) or theirs in _with_digits(ours, q, q0)
    return _is_power(q, q0, s, s0) or _is_power(s, s0, q, q0)


def _ends_in_marker(words: Words, place: int, other: Words, bare: int) -> bool:
    """Return whether "62.14" is the "62." of *other*, a note's number behind it, and the next sentence follows."""
    number = _SENTENCE_OF_NUMBER.match(words.text, words.starts[place])
    plain = _NUMBER_ENDS.match(other.text, other.starts[bare])
    return number is not None and plain is not None and number.groups() == plain.groups()


# A number with a point and a note's number, or with its point alone, before another sentence.
_SENTENCE_OF_NUMBER = re.compile(r"(\d+)\.[1-9]\d{0,2}\s+[\"“‘'(\[]?([A-Z][a-z]*)\b")
_NUMBER_ENDS = re.compile(r"(\d+)[.!?][”\"’']?\s+[\"“‘'(\[]?([A-Z][a-z]*)\b")


def _is_glued(words: Words, place: int, other: Words, after: int) -> bool:
    """Return whether a number that only *words* have is raised behind the word before it."""
    return (
        place > 0
        and after > 0
        and words.kinds[place] == NUMBER
        and words.ends[place - 1] == words.starts[place]
        and words.norms[place - 1] == other.norms[after - 1]
        and words.norms[place].lstrip("#") == _digits_after(other, after - 1)
    )


def _with_digits(number: str, words: Words, place: int) -> tuple[str, ...]:
    digits = _digits_after(words, place)
    return (number + digits,) if digits else ()


def _digits_after(words: Words, place: int) -> str:
    found = _RAISED.match(words.text, words.ends[place])
    return (found[1] or found[2]).translate(_PLAIN) if found else ""


def _is_power(plain: Words, place: int, raised: Words, other: int) -> bool:
    """Return whether ``10^6`` stands for ``10⁶``, or ``km2`` for ``km²``."""
    before = plain.text[plain.starts[place] - 1 : plain.starts[place]]
    return (
        plain.kinds[place] == NUMBER
        and raised.kinds[other] == SIGN
        and (before == "^" or before.isalpha())
        and raised.norms[other].translate(_PLAIN) == plain.norms[place].lstrip("#")
    )
