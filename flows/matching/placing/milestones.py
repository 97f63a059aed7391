"""Divide two long lists of words where a phrase stands once in either.

To set a hundred thousand words against as many takes the product of both; between
phrases that can answer nothing but each other, it takes little more than the sum.
"""

from bisect import bisect_left

#: Words of a phrase: fewer stand in a long text twice.
_PHRASE = 4


def milestones(quoted: list[str], found: list[str]) -> list[tuple[int, int]]:
    """Return places of equal words, rising on both sides, at which both lists may be divided.

    Each begins a phrase that stands once in *quoted* and once in *found*; of those
    that cross one another, as many as stand in order are kept.

    >>> milestones("a b c d x e f g h".split(), "e a b c d e f g h".split())
    [(0, 1), (5, 5)]
    """
    theirs = _once(found)
    both = [(q, theirs[phrase]) for phrase, q in _once(quoted).items() if phrase in theirs]
    return _rising(both)


def _once(words: list[str]) -> dict[tuple[str, ...], int]:
    """Return the phrases that stand once among *words*, in order, and where."""
    places: dict[tuple[str, ...], int] = {}
    twice: set[tuple[str, ...]] = set()
    for place, phrase in enumerate(zip(*(words[k:] for k in range(_PHRASE)), strict=False)):
        if phrase in places:
            twice.add(phrase)
        else:
            places[phrase] = place
    for phrase in twice:
        del places[phrase]
    return places


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest list of *pairs* that rises on both sides (Fredman 1975)."""
    tails: list[int] = []
    numbers: list[int] = []
    before: list[int] = []
    for number, (_, s) in enumerate(pairs):
        length = bisect_left(tails, s)
        before.append(numbers[length - 1] if length else -1)
        tails[length : length + 1] = [s]
        numbers[length : length + 1] = [number]
    chain: list[tuple[int, int]] = []
    number = numbers[-1] if numbers else -1
    while number >= 0:
        chain.append(pairs[number])
        number = before[number]
    return chain[::-1]
