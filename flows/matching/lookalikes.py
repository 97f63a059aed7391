"""Other places that share long pieces with a quotation, and which of them are plainly worse.

A page that says much the same thing many times has many lookalikes, and to judge
one takes as long as to judge the right place. Words that a lookalike has not, in
any spelling, tell how many differences its judgement would find at least.
"""

from collections.abc import Iterator
from itertools import compress

from flows.matching.judging import stretch_read
from flows.matching.placing.bitparallel import nearest
from flows.matching.placing.locating import Place, exact_places
from flows.matching.values.spellings import has_one_spelling
from flows.matching.words.folding import fold_key
from flows.matching.words.quotation import Quotation
from flows.matching.words.source import SourceText
from flows.matching.words.wording import WORD

#: A longer quotation has so many words that the lookalikes are not all judged.
_MOST_WORDS = 400
#: What brackets hold may be the quoter's own, or a footnote marker.
_BRACKETS = "([{<"


def lookalikes(key: bytes, source: SourceText, places: list[Place]) -> Iterator[Place]:
    """Yield places other than *places* that share long pieces with the quotation's *key*."""
    taken = [place.start for place in places]
    for at in (0, len(key) // 3, 2 * len(key) // 3, len(key) - 16):
        if at < 0 or len(key) < 32:
            continue
        for hit in exact_places(key[at : at + 16], source)[:12]:
            # The next sentence may be one of the lookalikes, so only what begins close by is
            # the same place.
            if any(abs(hit - at - start) < len(key) // 2 for start in taken):
                continue
            taken.append(hit - at)
            low, high = max(0, hit - at - 24), min(len(source.key), hit - at + len(key) + 24)
            limit = places[0].distance + len(key) // 4 + 8
            for near in nearest(key, source.key[low:high], limit)[:1]:
                yield Place(low + near.start, low + near.end, near.distance)


def telling_words(quotation: Quotation, source: SourceText) -> list[bytes]:
    """Return the quoted words that are changed wherever their letters do not stand.

    There are none where a machine may have misread the source.
    """
    words = quotation.words
    if (
        source.is_ocr
        or quotation.ellipses
        or len(words) > _MOST_WORDS
        or any(sign in quotation.read for sign in _BRACKETS)
    ):
        return []
    plain = [kind == WORD for kind in words.kinds]
    return [norm.encode("ascii") for norm in compress(words.norms, plain) if has_one_spelling(norm)]


def lacking(words: list[bytes], source: SourceText, place: Place) -> int:
    """Return how many of *words* stand nowhere in what a judgement of *place* would read."""
    offsets = source.folded.offsets
    start, end = int(offsets[place.start]), int(offsets[place.end - 1]) + 1
    low, high = stretch_read(source, start, end)
    letters = fold_key(source.read[low:high])
    return sum(word not in letters for word in words)
