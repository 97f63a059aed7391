"""Is a difference explained by a machine's misreading of the source?

It is, when the source's reading is not itself an ordinary word or number, and
is what an image of the quoted word may be taken for. Costs of confusion come
from real pages: l, I, 1 and t; rn and m; c and e; h and b; letters lost to
``~``. A word that means something is evidence, however near it looks.
"""

from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from flows.matching.lexicon import is_ordinary, zipf
from flows.matching.negation import is_negator
from flows.matching.wordlists import words_of

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
_MERGES = ((1, 2), (1, 3), (2, 1), (2, 2), (2, 3))
_SAME_SHAPE = str.maketrans("iIl|!oOsSbBzZgq", "111110055882299")

#: Marks of classification, release and registry that stand in mid-sentence.
FURNITURE = frozenset(
    words_of(
        "unclassified classified declassified secret topsecret confidential sensitive "
        "eyes nodis exdis limdis noforn oadr declassify declassification release "
        "released part full excised exempted denied sanitized copy page pages case doc "
        "document id date foia mdr eo authority nara initials state department us fax "
        "telegram cable incoming outgoing section sec ref reproduced photocopy library "
        "presidential clinton bush reagan carter of from in on at the to and as be by "
        "for under u s x b1 b3 e o no reason review reviewed exempt exemption partial "
        "foreign relations defense security national agency cia nsa dod distribution "
        "only action info subject classification"
    )
)
_MARKS = frozenset(
    words_of(
        "unclassified classified declassified secret confidential nodis exdis limdis "
        "noforn oadr declassify foia mdr nara photocopy excised sanitized released"
    )
)


@lru_cache(maxsize=16384)
def misread(meant: str, read: str) -> float:
    """Return what it costs to take *meant* for *read*; 1 for an unlikely letter.

    A weighted edit distance: look-alike letters and look-alike pairs are
    cheap, a letter lost or added in an image costs most of a letter.

    >>> misread("been", "bccn"), misread("modern", "modem"), misread("no", "so")
    (0.8, 0.4, 1.0)
    """
    rows, columns = len(meant), len(read)
    if rows > 60 or columns > 60:
        return float(Levenshtein.distance(meant, read))
    costs = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows + 1):
        for j in range(columns + 1):
            if not i and not j:
                continue
            best = 1e9
            if i:
                best = costs[i - 1][j] + 0.8
            if j:
                lost = 0.5 if read[j - 1] in "~'-^*" else 0.8
                best = min(best, costs[i][j - 1] + lost)
            if i and j:
                cost = _letter(meant[i - 1], read[j - 1])
                if i == j == 1 and meant[0] + read[0] in _CAPITALS:
                    cost = min(cost, _SLIGHT)
                best = min(best, costs[i - 1][j - 1] + cost)
            best = min(best, *_merged(meant, read, i, j, costs), best)
            costs[i][j] = best
    return round(costs[rows][columns], 3)


def _letter(meant: str, read: str) -> float:
    if meant == read:
        return 0.0
    if meant + read in _ALIKE:
        return _SLIGHT
    return 0.6 if not read.isalnum() else 1.0


def _merged(meant: str, read: str, i: int, j: int, costs: list[list[float]]) -> list[float]:
    return [1e9] + [
        costs[i - first][j - second] + _SLIGHT
        for first, second in _MERGES
        if first <= i and second <= j and (meant[i - first : i], read[j - second : j]) in _MERGED
    ]


def explains(meant: list[str], read: list[str]) -> bool:  # noqa: PLR0911  a list of rules, each with its answer
    """Return whether the source's words *read* are a likely misreading of the words *meant*.

    >>> explains(["been"], ["bccn"]), explains(["has"], ["bas"]), explains(["with"], ["uitb"])
    (True, True, True)
    >>> explains(["forbid"], ["permit"]), explains(["not"], ["now"]), explains(["1994"], ["1934"])
    (False, False, False)
    """
    whole_meant, whole_read = "".join(meant), "".join(read)
    if not whole_meant or not whole_read:
        return False
    if any(character.isdigit() for character in whole_meant):
        return len(meant) == len(read) and all(map(_number_misread, meant, read))
    if whole_read.isdigit():
        return len(whole_read) <= len(whole_meant) and _shape(whole_meant) == _shape(whole_read)
    if whole_meant == whole_read:
        return True
    cost = misread(whole_meant, whole_read)
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
    """Return whether a long, rare entry of the word list is but a frequent word misspelt."""
    return len(read) >= 5 and zipf(read) < 3.0 and zipf(meant) - zipf(read) >= 2.0


def _number_misread(meant: str, read: str) -> bool:
    """Letters for digits of the same shape, or a number cut up by lost points."""
    if meant == read:
        return True
    if read.isdigit() or not read:
        return False
    return _shape(meant) == _shape(read)


def _shape(word: str) -> str:
    return word.translate(_SAME_SHAPE)


def like_a_negator(word: str) -> bool:
    """Return whether a stray word may be a misread "not", "no" or "never".

    >>> like_a_negator("nol"), like_a_negator("tsT")
    (True, False)
    """
    word = word.lower()
    if is_ordinary(word) and not is_negator(word):
        return False
    return any(
        misread(negator, word) <= _SLIGHT for negator in ("not", "no", "never", "nor", "none")
    )


_TWO_LETTERS = frozenset(
    words_of(
        "am an as at be by do go he if in is it me my no of on or so to up us we ok oh "
        "ex vs dr mr pm uk eu un"
    )
)


def _is_scrap(norm: str) -> bool:
    if len(norm) == 2 and norm.isalpha():
        return norm not in _TWO_LETTERS
    return len(norm) == 3 and norm.isalpha() and not is_ordinary(norm)


def _is_registry(norms: list[str], written: list[str]) -> bool:
    """Return whether the words are a line of capitals and figures, such as COPY NO 12."""
    return (
        len(norms) > 1
        and all(word.isupper() or word.isdigit() for word in written)
        and "not" not in norms
        and "never" not in norms
        and any(
            norm in _MARKS or norm in {"copy", "page", "case", "doc", "ref", "box"}
            for norm in norms
        )
    )


def is_stray(norms: list[str], written: list[str]) -> bool:
    """Return whether source words that the quotation lacks are marks and not text.

    Loose letters, stamps and registry marks are; so are scraps that are no
    words. Anything that may be a word of the sentence is not.
    """
    if _is_registry(norms, written):
        return True
    if any(like_a_negator(word) for word in norms):
        return False
    marked = any(
        norm in _MARKS and (word.isupper() or len(norms) > 2)
        for norm, word in zip(norms, written, strict=True)
    )
    for norm, word in zip(norms, written, strict=True):
        if (norm in _MARKS and word.isupper()) or (
            marked and (norm in FURNITURE or word.isupper() or norm[:1].isdigit())
        ):
            continue
        if len(norm) == 1 and (word.isupper() and norm != "i") and not norm.isdigit():
            continue
        # A longer scrap may be a misread word of the sentence: not ours to drop.
        if _is_scrap(norm):
            continue
        return False
    return True
