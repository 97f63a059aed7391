"""Is a difference explained by a machine's misreading of the source?

It is, when the source's reading is not itself an ordinary word or number, and
is what an image of the quoted word may be taken for. Costs of confusion come
from real pages: l, I, 1 and t; rn and m; c and e; h and b; letters lost to
``~``. A word that means something is evidence, however near it looks.
"""

from functools import lru_cache, partial
from itertools import accumulate

from rapidfuzz.distance import Levenshtein

from flows.matching.lexicon import Ends, is_ordinary, zipf
from flows.matching.negation import is_negator
from flows.matching.rivals import better_explained

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
}  # fmt: skip
_SLIGHT = 0.4
NONE_USED: Ends = {}
#: What a letter lost, a letter put in and a speck cost: letters are lost more often.
_LOST, _ADDED, _SPECK = 0.8, 0.9, 0.5
#: Letters beyond which no picture of a word is weighed letter by letter.
_LONGEST = 60
#: A look-alike group may be so many letters longer than what it looks like.
_LONGEST_CHANGE = 4
_MERGED_AT: dict[str, list[tuple[str, str]]] = {}
for _first, _second in sorted(_MERGED):
    _MERGED_AT.setdefault(_first[-1] + _second[-1], []).append((_first, _second))
_SAME_SHAPE = str.maketrans("iIl|!oOsSbBzZgq", "111110055882299")


def misread(meant: str, read: str, *, capitals: bool = False, limit: float = float("inf")) -> float:
    """Return what it costs to take *meant* for *read*; 1 for an unlikely letter.

    A weighted edit distance: look-alike letters and look-alike pairs are
    cheap, a letter lost or added in an image costs most of a letter. With
    *capitals* all letters may have been capitals, else only the first. A cost
    above *limit* is told as infinite.

    >>> misread("been", "bccn"), misread("modern", "modem"), misread("no", "so")
    (0.8, 0.4, 1.0)
    """
    if abs(len(meant) - len(read)) > _LONGEST_CHANGE + limit / _LOST:
        return float("inf")
    return _misread(meant, read, capitals, limit)


@lru_cache(maxsize=32768)
def _misread(meant: str, read: str, capitals: bool, limit: float) -> float:  # noqa: FBT001  a cache key
    rows, columns = len(meant), len(read)
    if rows > _LONGEST or columns > _LONGEST:
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
                pair = letter + seen
                if pair in _ALIKE or ((capitals or i == j == 1) and pair in _CAPITALS):
                    best += _SLIGHT
                else:
                    best += 1.0 if seen.isalnum() else _SLIGHT if seen == "~" else 0.6
            best = min(best, above[j] + _LOST, row[j - 1] + added[j - 1])
            for first, second in _MERGED_AT.get(letter + seen, ()):
                if meant.endswith(first, 0, i) and read.endswith(second, 0, j):
                    merged = costs[i - len(first)][j - len(second)] + _SLIGHT
                    best = min(best, merged)
            row.append(best)
        if i > 1 and min(row) > limit and min(above) > limit:
            return float("inf")
        costs.append(row)
    return round(costs[rows][columns], 3)


def explains(  # noqa: PLR0911  a list of rules, each with its answer
    meant: list[str],
    read: list[str],
    *,
    capitals: bool = False,
    used: Ends = NONE_USED,
) -> bool:
    """Return whether the source's words *read* are a likely misreading of the words *meant*.

    They are if they mean nothing themselves, look like what was meant, and no
    other word explains them better. *capitals* says that the source has them
    in capitals; *used* has the words that it uses.

    >>> explains(["been"], ["bccn"]), explains(["has"], ["bas"]), explains(["with"], ["uitb"])
    (True, True, True)
    >>> explains(["forbid"], ["permit"]), explains(["not"], ["now"]), explains(["1994"], ["1934"])
    (False, False, False)
    >>> explains(["comfortable"], ["uncomforfable"]), explains(["inaccurate"], ["accurafe"])
    (False, False)
    """
    whole_meant, whole_read = "".join(meant), "".join(read)
    if not whole_meant or not whole_read:
        return False
    if any(character.isdigit() for character in whole_meant):
        return len(meant) == len(read) and all(map(_number_misread, meant, read))
    if len(read) > 1 and any(map(str.isdigit, read)):
        return False
    if whole_read.isdigit():
        return len(whole_read) <= len(whole_meant) and _shape(whole_meant) == _shape(whole_read)
    if whole_meant == whole_read:
        return True
    shared = _same_ends(meant, whole_read)
    if shared is not None:
        meant, whole_read = shared
        whole_meant, read = "".join(meant), [whole_read]
        if not whole_read or not meant:
            return False
    cost = partial(misread, capitals=capitals)
    return _alike(meant, read, cost(whole_meant, whole_read)) and not better_explained(
        meant, whole_read, cost, used
    )


def _same_ends(meant: list[str], read: str) -> tuple[list[str], str] | None:
    """Return what is left of glued words when those that were read rightly are taken away."""
    first, last, rest = 0, len(meant), read
    while last - first > 1 and rest.startswith(meant[first]):
        rest, first = rest[len(meant[first]) :], first + 1
    while last - first > 1 and rest.endswith(meant[last - 1]):
        rest, last = rest[: -len(meant[last - 1])], last - 1
    return (meant[first:last], rest) if last - first < len(meant) else None


def _alike(meant: list[str], read: list[str], cost: float) -> bool:
    """Return whether words look like what was read at so low a cost that noise may account for it."""
    whole_meant, whole_read = "".join(meant), "".join(read)
    length = max(len(whole_meant), len(whole_read))
    if len(read) == 1 and is_ordinary(whole_read):
        return _is_misprint(whole_meant, whole_read) and cost <= _SLIGHT
    if len(read) > 1 and all(is_ordinary(word) and zipf(word) >= 4 for word in read):
        return False
    if all(not is_ordinary(word) for word in meant):
        # Two unknown words, names perhaps: only a real look-alike will do.
        return cost <= _SLIGHT * (1 + length // 5)
    if any(is_negator(word) for word in meant):
        return cost <= 2 * _SLIGHT
    return cost <= max(2 * _SLIGHT, _LIKELY * length)


#: Cost per letter up to which a scrap that is no word is taken for a misread word.
_LIKELY = 0.25


def _is_misprint(meant: str, read: str) -> bool:
    """Return whether a rare entry of the word list is but a frequent word misread.

    >>> _is_misprint("the", "tho"), _is_misprint("but", "hut")
    (True, False)
    """
    rarer = zipf(meant) - zipf(read)
    return rarer >= _FAR_RARER or (len(read) >= 5 and zipf(read) < 3.0 and rarer >= 2.0)


#: One of so many thousand: nobody wrote the rarer word where the other fits.
_FAR_RARER = 3.3


def _number_misread(meant: str, read: str) -> bool:
    """Letters for digits of the same shape, or a number cut up by lost points."""
    if meant == read:
        return True
    if read.isdigit() or not read:
        return False
    return _shape(meant) == _shape(read)


def _shape(word: str) -> str:
    return word.translate(_SAME_SHAPE)
