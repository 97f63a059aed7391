"""The words of a quotation and of its place, face to face.

Most of a quotation usually stands in the source letter by letter. Such a stretch
is read as one word of the kind ``SHARED``, the same on both sides, so that only
the words around a difference are read, aligned and typed. Words beside a
difference, numbers, months and denials stay words of their own: a difference
may be part of what they say.
"""

import re
from functools import lru_cache
from itertools import compress, count
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein, Postfix, Prefix

from flows.matching.edits.context import sentence_ends
from flows.matching.edits.edges import ENDINGS, are_clean, are_sturdy
from flows.matching.placing.aligning import align
from flows.matching.placing.pairing import Step
from flows.matching.values.dates import MONTHS
from flows.matching.values.negation import DENYING, NEGATORS
from flows.matching.values.numbers import NUMBER_WORDS
from flows.matching.words.quotation import Quotation
from flows.matching.words.source import SourceText
from flows.matching.words.wording import SHARED, Words, read_words
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
# last words, their signs and their numbers. Some signs stand before a blank.
_BEFORE = re.compile(r"[^\s]{1,80}\Z|[<>≤≥±$£€¥][ \u00a0]\Z")
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


class Outline(NamedTuple):
    """What a quotation and a place of its source share, character by character.

    The first and the last letter of the quotation are thought to stand at ``low`` and
    before ``high`` of ``source.read``. From there on the two are equal up to ``before``
    characters, and from ``rows`` and ``columns`` on to the end; ``between`` are longer
    stretches that they share there.

    ``settled`` says that nothing beside the place can change what is said there, ``closed``
    that it also begins and ends where the quotation does, whatever differs. That is not so
    where words were put in for nothing: they may have stood outside.
    """

    low: int
    high: int
    before: int
    rows: int
    columns: int
    between: list[Stretch]
    settled: bool
    closed: bool


def outlined(quotation: Quotation, source: SourceText, low: int, high: int) -> Outline | None:
    """Return the outline of a place, ``None`` where every word counts."""
    text = quotation.read
    if source.is_ocr or len(text) < 2 * LEAST_SHARED or "[" in text or quotation.ellipses:
        return None
    first, last = quotation.letters
    core = text[first:last]
    before, rows, columns, between = _equal(core, source.read[low:high])
    sturdy = are_sturdy(core)
    settled = (
        len(core) - rows >= _CLOSED
        and (sturdy or (are_sturdy(core, closed=True) and ends_alike(text[last:], source, high)))
        and are_clean(source.read, low, high)
        and _SIGN.search(text[:first] + text[last:]) is None
    )
    closed = settled and sturdy and _CLOSED <= before < columns
    return Outline(low, high, before, rows, columns, between, settled, closed)


def ends_alike(tail: str, source: SourceText, end: int) -> bool:
    """Return whether a sentence ends with *tail*, and behind *end* of ``source.read`` as well."""
    tail = tail.strip()
    behind = end + len(tail)
    return (
        tail in ENDINGS
        and source.read.startswith(tail, end)
        and source.read[behind : behind + 1].isspace()
    )


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
    outline = outlined(quotation, source, *place)
    shared = _shared(quotation, outline) if outline else []
    closed = outline is not None and outline.closed
    low, high = place if closed else widened(source.read, *place, margin)
    if not shared:
        return quotation.words, source.words(low, high)
    first, last = quotation.letters if closed else (0, len(quotation.read))
    return (
        _with_shared(quotation.read, first, last, [(q, length) for q, _, length in shared]),
        _with_shared(source.read, low, high, [(s, length) for _, s, length in shared]),
    )


def quoted_words(quotation: Quotation, outline: Outline) -> Words:
    """Return the words of the *quotation* as ``words_facing`` gives them."""
    shared = _shared(quotation, outline)
    if not shared:
        return quotation.words
    first, last = quotation.letters if outline.closed else (0, len(quotation.read))
    return _with_shared(quotation.read, first, last, [(q, length) for q, _, length in shared])


def _with_shared(text: str, low: int, high: int, shared: list[tuple[int, int]]) -> Words:
    """Return the words of ``text[low:high]``, each of the *shared* stretches as one word."""
    words = Words(text, [], [], [], [])
    place = low
    for number, (start, length) in enumerate(shared):
        if start > place:
            words.extend(read_words(text, place, start))
        place = start + length
        words.share(f"\0{number}", start, place)
    if high > place:
        words.extend(read_words(text, place, high))
    return words


def widened(text: str, start: int, end: int, margin: int) -> tuple[int, int]:
    """Return the stretch of *text* in which the words of an approximate place stand."""
    high = min(len(text), end + margin)
    if margin:
        # Words of the sentence before or after are nobody's counterpart here.
        stops = sentence_ends(text, max(start, end - 1), min(len(text), high + 1))
        high = stops[0] if stops else high
    after = _AFTER.match(text, high)
    low = widened_start(text, start, margin)
    high = after.end() if after else high
    # "5 %" and "5 million" are wholes.
    return low, min(len(text), high + 12) if not margin else high


def widened_start(text: str, start: int, margin: int) -> int:
    """Return where the stretch begins in which the words of an approximate place stand."""
    low = max(0, start - margin)
    if margin:
        stops = [stop for stop in sentence_ends(text, low, start + 1) if stop <= start]
        low = stops[-1] if stops else low
    before = _BEFORE.search(text, max(0, low - 80), low)
    return before.start() if before else low


def _shared(quotation: Quotation, outline: Outline) -> list[Stretch]:
    """Return the stretches to be read as one word each."""
    text = quotation.read
    low, high, before, rows, _, between, _, closed = outline
    first, last = quotation.letters
    found: list[Stretch] = []
    # Where the words of the stretch begin, and where they end.
    start = first if closed else _after_words(text, first, first + before)
    end = _before_words(text, first, first + before)
    if end - start >= LEAST_SHARED:
        found.append((start, start + low - first, end - start))
    for q, s, length in between:
        start = _after_words(text, first + q, first + q + length)
        end = _before_words(text, first + q, first + q + length)
        if end - start >= LEAST_SHARED:
            found.append((start, start + low + s - first - q, end - start))
    start = _after_words(text, first + rows, last)
    end = last if closed else _before_words(text, first + rows, last)
    if end - start >= LEAST_SHARED:
        found.append((start, start + high - last, end - start))
    return found


def _equal(quoted: str, found: str) -> tuple[int, int, int, list[Stretch]]:
    """Return how far two texts are equal from the beginning, and from where on to the end.

    The last value has longer stretches that they share between.
    """
    before = Prefix.similarity(quoted, found)
    q, s = quoted[before:], found[before:]
    after = Postfix.similarity(q, s)
    rows, columns = len(q) - after, len(s) - after
    between: list[Stretch] = []
    if (rows > _SMALL or columns > _SMALL) and rows * columns <= _MOST_CELLS:
        between = [
            (before + op.src_start, before + op.dest_start, op.src_end - op.src_start)
            for op in Levenshtein.opcodes(q[:rows], s[:columns])
            if op.tag == "equal" and op.src_end - op.src_start >= LEAST_SHARED
        ]
    return before, before + rows, before + columns, between


def _after_words(text: str, start: int, end: int) -> int:
    """Return where, after some words of ``text[start:end]``, a stretch may begin."""
    words = text[start:end].split(" ", BESIDE + 1)
    if len(words) <= BESIDE + 1:
        return end
    place = end - len(words[-1])
    loose = _binds_nothing(words[BESIDE])
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
    words = text[start:end].rsplit(" ", BESIDE + 1)
    if len(words) <= BESIDE + 1:
        return start
    place = start + len(words[0])
    loose = _binds_nothing(words[1])
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


def aligned_apart(quoted: list[str], q: Words, s: Words, part: Step, *, outer: bool) -> list[Step]:
    """Return the steps of a *part* of both sides; a stretch that both share answers itself.

    *quoted* are the words of *q* as they take part. With *outer*, source words before the
    first and after the last quoted word belong to no step.
    """
    steps: list[Step] = []
    i, last, j, end = part
    for place in compress(count(i), map(SHARED.__eq__, q.kinds[i:last])):
        other = s.kinds.index(SHARED, j)
        if place > i or other > j:
            lead = outer and not steps
            steps += align(quoted[i:place], s.norms[j:other], at=(i, j), trail=False, lead=lead)
        steps.append((place, place + 1, other, other + 1))
        i, j = place + 1, other + 1
    if i < last or j < end:
        steps += align(quoted[i:last], s.norms[j:end], at=(i, j), lead=False, trail=outer)
    return steps
