"""The words of a quotation and of its place, face to face.

Most of a quotation usually stands in the source letter by letter. Such a stretch
is read as one word of the kind ``SHARED``, the same on both sides, so that only
the words around a difference are read, aligned and typed. Words beside a
difference, numbers, months and denials stay words of their own: a difference
may be part of what they say.
"""

import re
from functools import lru_cache

from rapidfuzz.distance import Levenshtein, Postfix, Prefix

from flows.matching.edits.context import sentence_ends
from flows.matching.edits.edges import are_clean, are_sturdy
from flows.matching.values.dates import MONTHS
from flows.matching.values.negation import DENYING, NEGATORS
from flows.matching.values.numbers import NUMBER_WORDS
from flows.matching.words.quotation import Quotation
from flows.matching.words.source import SourceText
from flows.matching.words.wording import Words, read_words
from flows.matching.words.wordlists import words_of

#: Words beside a difference, and at either end of a quotation, that stay words.
BESIDE = 3
#: A shorter stretch costs less when it is simply read.
LEAST_SHARED = 24
#: Texts whose lengths multiply to more than this are read word by word.
_MOST_CELLS = 4_000_000
#: Up to this many characters, what lies between the shared ends is one difference.
_SMALL = 64
#: Characters that must agree at either end for the ends themselves to be settled.
_CLOSED = 20

# A run of characters without blanks around a place: the rest of its first and
# last words, their signs and their numbers.
_BEFORE = re.compile(r"[^\s]{1,80}\Z")
_AFTER = re.compile(r"[^\s]{1,80}")

# What may be more than typography before the first or after the last letter.
_SIGN = re.compile(r"[^\w\s.,:;!?'\"‘’“”„«»()*_…–—-]")
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
    quotation: Quotation, source: SourceText, place: tuple[int, int], margin: int
) -> tuple[Words, Words]:
    """Return the words of the whole *quotation* and those of the source around *place*.

    *place* is where, in ``source.read``, the quotation's first and last letters
    are thought to stand; *margin* says how many characters beside it may belong
    to it. Words of the kind ``SHARED`` stand at the same places of both lists.

    >>> page = SourceText("The envoy left the room before the chairman had read the first clause.")
    >>> quote = Quotation("The envoy left the room before the chairman had read the last clause.")
    >>> ours, theirs = words_facing(quote, page, (0, 69), 0)
    >>> [words.norms[-3:] for words in (ours, theirs)]
    [['the', 'last', 'clause'], ['the', 'first', 'clause']]
    """
    shared, closed = _shared(quotation, source, place)
    low, high = place if closed else widened(source.read, *place, margin)
    if not shared:
        return quotation.words, source.words(low, high)
    quoted = Words(quotation.read, [], [], [], [])
    found = Words(source.read, [], [], [], [])
    q, s = quotation.letters[0] if closed else 0, low
    for number, (start, there, length) in enumerate(shared):
        if start > q or there > s:
            quoted.extend(read_words(quotation.read, q, start))
            found.extend(read_words(source.read, s, there))
        q, s = start + length, there + length
        name = f"\0{number}"
        quoted.share(name, start, q)
        found.share(name, there, s)
    end = quotation.letters[1] if closed else len(quotation.read)
    if end > q or high > s:
        quoted.extend(read_words(quotation.read, q, end))
        found.extend(read_words(source.read, s, high))
    return quoted, found


def widened(text: str, start: int, end: int, margin: int) -> tuple[int, int]:
    """Return the stretch of *text* in which the words of an approximate place stand."""
    low, high = max(0, start - margin), min(len(text), end + margin)
    if margin:
        # Words of the sentence before or after are nobody's counterpart here.
        stops = [stop for stop in sentence_ends(text, low, start + 1) if stop <= start]
        low = stops[-1] if stops else low
        stops = sentence_ends(text, max(start, end - 1), min(len(text), high + 1))
        high = stops[0] if stops else high
    before = _BEFORE.search(text, max(0, low - 80), low)
    after = _AFTER.match(text, high)
    low = before.start() if before else low
    high = after.end() if after else high
    # "5 %" and "5 million" are wholes.
    return low, min(len(text), high + 12) if not margin else high


def _shared(
    quotation: Quotation, source: SourceText, place: tuple[int, int]
) -> tuple[list[Stretch], bool]:
    """Return the stretches to be read as one word each, none where every word counts.

    The second value says that the place begins and ends where the quotation
    does, and that nothing beside either can change what is said there. It is
    not so where words were put in for nothing: they may have stood outside.
    """
    text = quotation.read
    if source.is_ocr or len(text) < 2 * LEAST_SHARED or "[" in text or quotation.ellipses:
        return [], False
    first, last = quotation.letters
    core = text[first:last]
    before, middle, after = _equal(core, source.read[place[0] : place[1]])
    closed = (
        min(before[2], after[2]) >= _CLOSED
        and place[0] + before[2] < place[1] - after[2]
        and are_sturdy(core)
        and are_clean(source.read, *place)
        and _SIGN.search(text[:first] + text[last:]) is None
    )
    found: list[Stretch] = []
    for run in (before, *middle, after):
        start, end = first + run[0], first + run[0] + run[2]
        low = start if closed and run is before else _after_words(text, start, end)
        high = end if closed and run is after else _before_words(text, start, end)
        if high - low >= LEAST_SHARED:
            found.append((low, place[0] + run[1] + low - start, high - low))
    return found, closed


def _equal(quoted: str, found: str) -> tuple[Stretch, list[Stretch], Stretch]:
    """Return what two texts share: their beginning, longer stretches between, their end."""
    before = Prefix.similarity(quoted, found)
    q, s = quoted[before:], found[before:]
    after = Postfix.similarity(q, s)
    rows, columns = len(q) - after, len(s) - after
    between: list[Stretch] = []
    if max(rows, columns) > _SMALL and rows * columns <= _MOST_CELLS:
        between = [
            (before + op.src_start, before + op.dest_start, op.src_end - op.src_start)
            for op in Levenshtein.opcodes(q[:rows], s[:columns])
            if op.tag == "equal" and op.src_end - op.src_start >= LEAST_SHARED
        ]
    return (0, 0, before), between, (before + rows, before + columns, after)


def _after_words(text: str, start: int, end: int) -> int:
    """Return where, after some words of ``text[start:end]``, a stretch may begin."""
    place = start
    for _ in range(BESIDE + 1):
        place = text.find(" ", place, end) + 1
        if not place:
            return end
    loose = _binds_nothing(text[text.rfind(" ", 0, place - 1) + 1 : place - 1])
    while True:
        stop = text.find(" ", place)
        last, loose = loose, _binds_nothing(text[place : stop if stop >= 0 else len(text)])
        if last and loose:
            return place
        if not 0 <= stop < end:
            return end
        place = stop + 1


def _before_words(text: str, start: int, end: int) -> int:
    """Return where, before the last words of ``text[start:end]``, a stretch may end."""
    place = end
    for _ in range(BESIDE + 1):
        place = text.rfind(" ", start, place)
        if place < 0:
            return start
    stop = text.find(" ", place + 1)
    loose = _binds_nothing(text[place + 1 : stop if stop >= 0 else len(text)])
    while True:
        stop = text.rfind(" ", 0, place)
        last, loose = loose, _binds_nothing(text[stop + 1 : place])
        if last and loose:
            return place
        if stop < start:
            return start
        place = stop


@lru_cache(maxsize=16384)
def _binds_nothing(written: str) -> bool:
    """Return whether a word, as written, can belong to nothing that stands beside it."""
    return _PLAIN.fullmatch(written) is not None and written not in _BINDING
