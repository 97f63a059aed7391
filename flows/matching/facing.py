"""The words of a quotation and of its place, face to face.

Most of a quotation usually stands in the source letter by letter. Such a stretch
is read as one word of the kind ``SHARED``, the same on both sides, so that only
the words around a difference are read, aligned and typed. Words beside a
difference, numbers, months and denials stay words of their own: a difference
may be part of what they say.
"""

import re

from rapidfuzz.distance import Levenshtein, Postfix, Prefix

from flows.matching.dates import MONTHS
from flows.matching.negation import DENYING, NEGATORS
from flows.matching.numbers import NUMBER_WORDS
from flows.matching.quotation import Quotation
from flows.matching.source import SourceText
from flows.matching.wording import SHARED, Words, read_words
from flows.matching.wordlists import words_of

#: Words beside a difference, and at either end of a quotation, that stay words.
BESIDE = 3
#: A shorter stretch costs less when it is simply read.
LEAST_SHARED = 24
#: Texts whose lengths multiply to more than this are read word by word.
_MOST_CELLS = 4_000_000
#: Up to this many characters, what lies between the shared ends is one difference.
_SMALL = 64

_PLAIN = re.compile(r"[a-z]+[,;]?")
#: Words that may belong to a number, a date, a denial or a name beside them.
_BINDING = (
    NUMBER_WORDS
    | frozenset(MONTHS)
    | NEGATORS
    | DENYING
    | frozenset(words_of("per cent percent point minus longer"))
)

#: A stretch that both sides share: ``quote[q:q+length] == source[s:s+length]``.
Stretch = tuple[int, int, int]


def words_facing(
    quotation: Quotation, source: SourceText, place: tuple[int, int], window: tuple[int, int]
) -> tuple[Words, Words]:
    """Return the words of the whole *quotation* and those of the source in *window*.

    *place* is where, in ``source.read``, the quotation's first and last letters
    are thought to stand; *window* holds it. Words of the kind ``SHARED`` stand
    at the same places of both lists.

    >>> page = SourceText("The delegation left the hall before the chairman had read the first clause.")
    >>> quote = Quotation("The delegation left the hall before the chairman had read the last clause.")
    >>> ours, theirs = words_facing(quote, page, (0, 74), (0, 75))
    >>> [words.norms[-3:] for words in (ours, theirs)]
    [['the', 'last', 'clause'], ['the', 'first', 'clause']]
    """
    shared = _shared(quotation, source, place)
    if not shared:
        return quotation.words, source.words(*window)
    quoted = Words(quotation.read, [], [], [], [])
    found = Words(source.read, [], [], [], [])
    q, s = 0, window[0]
    for number, (start, there, length) in enumerate(shared):
        quoted.extend(read_words(quotation.read, q, start))
        found.extend(read_words(source.read, s, there))
        q, s = start + length, there + length
        name = f"\0{number}"
        quoted.append(name, start, q, SHARED)
        found.append(name, there, s, SHARED)
    quoted.extend(read_words(quotation.read, q))
    found.extend(read_words(source.read, s, window[1]))
    return quoted, found


def _shared(quotation: Quotation, source: SourceText, place: tuple[int, int]) -> list[Stretch]:
    """Return the stretches to be read as one word each; none where every word counts."""
    text = quotation.read
    if source.is_ocr or len(text) < 2 * LEAST_SHARED or "[" in text or quotation.ellipses:
        return []
    first, last = _letters(text)
    found: list[Stretch] = []
    for q, s, length in _equal(text[first:last], source.read[place[0] : place[1]]):
        start = _after_words(text, first + q, first + q + length)
        end = _before_words(text, first + q, first + q + length)
        if end - start >= LEAST_SHARED:
            found.append((start, place[0] + s + start - first - q, end - start))
    return found


def _letters(text: str) -> tuple[int, int]:
    first, last = 0, len(text)
    while first < last and not text[first].isalnum():
        first += 1
    while last > first and not text[last - 1].isalnum():
        last -= 1
    return first, last


def _equal(quoted: str, found: str) -> list[Stretch]:
    """Return the longer stretches that two texts share, in order."""
    before = Prefix.similarity(quoted, found)
    q, s = quoted[before:], found[before:]
    after = Postfix.similarity(q, s)
    stretches = [(0, 0, before)]
    middle = len(q) - after, len(s) - after
    if max(middle) > _SMALL:
        if middle[0] * middle[1] > _MOST_CELLS:
            return []
        stretches += [
            (before + op.src_start, before + op.dest_start, op.src_end - op.src_start)
            for op in Levenshtein.opcodes(q[: middle[0]], s[: middle[1]])
            if op.tag == "equal" and op.src_end - op.src_start >= LEAST_SHARED
        ]
    return [*stretches, (before + middle[0], before + middle[1], after)]


def _after_words(text: str, start: int, end: int) -> int:
    """Return where, after some words of ``text[start:end]``, a stretch may begin."""
    place = start
    for _ in range(BESIDE + 1):
        place = text.find(" ", place, end) + 1
        if not place:
            return end
    while not _parts(text, place - 1):
        place = text.find(" ", place, end) + 1
        if not place:
            return end
    return place


def _before_words(text: str, start: int, end: int) -> int:
    """Return where, before the last words of ``text[start:end]``, a stretch may end."""
    place = end
    for _ in range(BESIDE + 1):
        place = text.rfind(" ", start, place)
        if place < 0:
            return start
    while not _parts(text, place):
        place = text.rfind(" ", start, place)
        if place < 0:
            return start
    return place


def _parts(text: str, blank: int) -> bool:
    """Return whether nothing binds the words on both sides of a *blank*."""
    before = text[text.rfind(" ", 0, blank) + 1 : blank]
    stop = text.find(" ", blank + 1)
    after = text[blank + 1 : stop if stop >= 0 else len(text)]
    return (
        _PLAIN.fullmatch(before) is not None
        and _PLAIN.fullmatch(after) is not None
        and before not in _BINDING
        and after not in _BINDING
    )
