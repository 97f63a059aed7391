"""What an image of one word may be taken for: letters of like shape, and what they cost.

Costs of confusion come from real pages: l, I, 1 and t; rn and m; c and e; h and
b; letters lost to ``~``.
"""

from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate

from rapidfuzz.distance import Levenshtein

from flows.matching.words.effort import spend_once

_GROUPS = (
    "il1tjfr|!",
    "ceo0",
    "hb",
    "nu",
    "nr",
    "uv",
    "vy",
    "vw",
    "oa",
    "ao",
    "o0",
    "s5",
    "s8",
    "b8",
    "b6",
    "g9",
    "gq",
    "z2",
    "ft",
    "fr",
    "ce",
    "co",
    "ec",
    "ea",
    "eo",
    "rn",
    "kx",
    "hn",
    "hk",
    "ij",
    "yv",
    "gy",
    "dc",
    "pr",
    "as",
    "t+",
    "mn",
    "wu",
    "wv",
    "bo",
    "do",
    "lk",
    "di",
    "dl",
    "dt",
    "tc",
    "an",
    "pn",
    "hw",
    "e6",
    "sb",
    "gp",
)
_CAPITALS = frozenset(
    a + b
    for group in (
        "be",
        "fp",
        "ef",
        "cg",
        "oq",
        "rk",
        "rb",
        "bp",
        "do",
        "hn",
        "mn",
        "gc",
        "il",
        "sz",
        "vy",
        "wv",
        "ra",
        "tfi",
        "uov",
        "hkx",
        "d0",
        "g6",
        "a4",
        "z2",
        "pr",
        "ey",
        "lt",
        "ty",
        "hm",
    )
    for a in group
    for b in group
    if a != b
)
_ALIKE = frozenset(a + b for group in _GROUPS for a in group for b in group if a != b)
_MERGED = {
    ("m", "rn"), ("m", "nn"), ("m", "in"), ("m", "ni"), ("m", "iii"), ("m", "tn"), ("m", "ra"),
    ("w", "vv"), ("w", "uu"), ("w", "iv"), ("d", "cl"), ("d", "ci"), ("h", "li"), ("h", "ii"), ("h", "lt"),
    ("u", "ii"), ("u", "li"), ("n", "ii"), ("n", "ri"), ("n", "ti"), ("k", "lc"), ("b", "lo"), ("b", "li"),
    ("fi", "f"), ("fl", "f"), ("ff", "f"), ("ll", "u"), ("nt", "m"), ("cl", "d"), ("rn", "m"), ("ri", "n"),
    ("vv", "w"), ("li", "h"), ("ti", "n"), ("in", "m"), ("ni", "m"), ("nn", "m"), ("il", "u"), ("li", "u"),
    ("th", "ui"), ("th", "tli"), ("th", "lh"), ("tt", "u"), ("rr", "n"), ("ff", "n"), ("fi", "h"), ("fi", "n"),
    ("fl", "il"), ("nd", "rid"), ("ll", "il"), ("a", "ci"), ("g", "cj"), ("q", "cj"), ("y", "ij"),
}  # fmt: skip
SLIGHT = 0.4
#: What a letter lost, a letter put in, a speck, and two letters that changed places cost.
_LOST, _ADDED, _SPECK, _TURNED = 0.8, 0.9, 0.5, 1.0
#: Letters beyond which no picture of a word is weighed letter by letter.
_LONGEST = 60
#: Letters beyond which nothing is taken for the picture of anything: the distance costs their square.
_NO_PICTURE = 2000
#: What a letter more or fewer costs at least: a group of three may be read for one.
_LEAST_A_LETTER = SLIGHT / 2
_MERGED_AT: dict[str, list[tuple[str, str]]] = {}
for _first, _second in sorted(_MERGED):
    _MERGED_AT.setdefault(_first[-1] + _second[-1], []).append((_first, _second))


def misread(meant: str, read: str, *, capitals: bool = False, limit: float = float("inf")) -> float:
    """Return what it costs to take *meant* for *read*; 1 for an unlikely letter.

    A weighted edit distance: look-alike letters and look-alike pairs are
    cheap, a letter lost or added in an image costs most of a letter. With
    *capitals* all letters may have been capitals, else only the first. A cost
    above *limit* is told as infinite.

    >>> misread("been", "bccn"), misread("modern", "modem"), misread("no", "so")
    (0.8, 0.4, 1.0)
    """
    if abs(len(meant) - len(read)) * _LEAST_A_LETTER > limit:
        return float("inf")
    spend_once((meant, read), min(len(meant), _LONGEST) * min(len(read), _LONGEST) // 2)
    return _misread(meant, read, capitals, limit)


@lru_cache(maxsize=32768)
def _misread(meant: str, read: str, capitals: bool, limit: float) -> float:  # noqa: FBT001  a cache key
    rows, columns = len(meant), len(read)
    if rows > _LONGEST or columns > _LONGEST:
        if max(rows, columns) > _NO_PICTURE:
            return float("inf")
        return float(Levenshtein.distance(meant, read))
    added = [_SPECK if letter in "~'-" else _ADDED for letter in read]
    costs = [[0.0, *accumulate(added)]]
    for i in range(1, rows + 1):
        above, letter = costs[-1], meant[i - 1]
        row = [above[0] + _LOST]
        for j in range(1, columns + 1):
            seen = read[j - 1]
            best = above[j - 1]
            if letter != seen:
                best += _unlike(letter + seen, capitals=capitals or i == j == 1)
                if letter == read[j - 2] and i > 1 < j and seen == meant[i - 2]:
                    best = min(best, costs[i - 2][j - 2] + _TURNED)
            best = min(best, above[j] + _LOST, row[j - 1] + added[j - 1])
            for first, second in _MERGED_AT.get(letter + seen, ()):
                if meant.endswith(first, 0, i) and read.endswith(second, 0, j):
                    merged = costs[i - len(first)][j - len(second)] + SLIGHT
                    best = min(best, merged)
            row.append(best)
        if i > 1 and min(row) > limit and min(above) > limit:
            return float("inf")
        costs.append(row)
    return round(costs[rows][columns], 3)


def _unlike(pair: str, *, capitals: bool) -> float:
    """Return what it costs to take the first letter of a *pair* for the second."""
    if pair in _ALIKE or (capitals and pair in _CAPITALS):
        return SLIGHT
    return 1.0 if pair[1].isalnum() else SLIGHT if pair[1] == "~" else 0.6


def one_slip_from(read: str) -> Iterator[str]:
    """Yield what *read* may have been if one letter, or one group of letters, was misread.

    >>> "lines" in one_slip_from("hnes"), "modern" in one_slip_from("modem")
    (True, True)
    """
    for place, letter in enumerate(read):
        before, after = read[:place], read[place + 1 :]
        for other in _MEANT.get(letter, ""):
            yield before + other + after
        for seen, meant in _GROUPS_FROM.get(letter, ()):
            if read.startswith(seen, place):
                yield before + meant + read[place + len(seen) :]


#: The letters for which one may be taken, and the groups of letters by their first.
_MEANT: dict[str, str] = {}
for _pair in sorted(_ALIKE):
    _MEANT[_pair[1]] = _MEANT.get(_pair[1], "") + _pair[0]
_GROUPS_FROM: dict[str, list[tuple[str, str]]] = {}
for _first, _second in sorted(_MERGED):
    _GROUPS_FROM.setdefault(_second[0], []).append((_second, _first))
