"""Editorial brackets: the quoter's own words inside a quotation.

They may explain a pronoun or change a form; they may not deny, nor change a number.
"""

import re
from bisect import bisect_left, bisect_right

from flows.matching.edits.kinds import describe
from flows.matching.edits.naming import TITLES
from flows.matching.placing.pairing import Step
from flows.matching.values.negation import denials
from flows.matching.words.quotation import Quotation
from flows.matching.words.sides import Sides, agree
from flows.matching.words.wording import WORD, Words
from flows.matching.words.wordlists import words_of
from flows.records import EditKind, Severity


def to_align(quotation: Quotation, q: Words, s: Words) -> list[str]:
    """Return the quoted words as they take part in the alignment.

    Bracketed words that the source has not are the quoter's own: they must
    not be matched with like words that happen to stand near.
    """
    if not quotation.brackets:
        return q.norms
    norms = list(q.norms)
    theirs = _Phrases(s.norms)
    for number, (start, end) in enumerate(quotation.brackets):
        first, last = bisect_right(q.ends, start), bisect_left(q.starts, end)
        if first == last or q.starts[first] < start or q.ends[last - 1] > end:
            continue
        if q.norms[first:last] not in theirs:
            norms[first:last] = [f"[{number}"] * (last - first)
    return norms


class _Phrases:
    """The phrases of a text, to be asked whether words stand there together."""

    def __init__(self, norms: list[str]) -> None:
        self._norms = norms
        # One string is searched far faster than a list of words, and no word holds a line feed.
        self._joined = _joined(norms)
        self._asked = 0
        self._phrases: dict[int, set[tuple[str, ...]]] = {}

    def __contains__(self, words: list[str]) -> bool:
        """Return whether the *words* stand there; of many at a time, whether they may."""
        self._asked += 1
        if self._asked <= _FEW_BRACKETS:
            return _joined(words) in self._joined
        length = min(len(words), _LONGEST_PHRASE)
        return self._of(length).issuperset(zip(*(words[k:] for k in range(length)), strict=False))

    def _of(self, length: int) -> set[tuple[str, ...]]:
        if length not in self._phrases:
            columns = (self._norms[k:] for k in range(length))
            self._phrases[length] = set(zip(*columns, strict=False))
        return self._phrases[length]


#: Brackets that are looked for in the whole text, one after the other; of more,
#: phrases of so many words at most are looked up.
_FEW_BRACKETS, _LONGEST_PHRASE = 100, 6


def _joined(norms: list[str]) -> str:
    return "\n".join(["", *norms, ""])


def _bracket_of(sides: Sides, word: int) -> int | None:
    return sides.quotation.bracket_at(sides.q.starts[word], sides.q.ends[word])


def bracketed(sides: Sides, steps: list[Step]) -> list[Step]:
    """Make one step of what a bracket holds and of the words it stands for."""
    if not sides.quotation.brackets:
        return steps
    merged: list[Step] = []
    for step in steps:
        bracket = _bracket_of(sides, step[0]) if step[0] < step[1] else None
        last = merged[-1] if merged else None
        if last is not None and not agree(sides, step) and not agree(sides, last):
            before = _bracket_of(sides, last[0]) if last[0] < last[1] else None
            if (
                before is not None
                and bracket in {before, None}
                and (bracket is not None or step[0] == step[1])
            ) or (bracket is not None and last[0] == last[1]):
                merged[-1] = (last[0], step[1], last[2], step[3])
                continue
        merged.append(step)
    return merged


def editorial(sides: Sides, step: Step) -> tuple[EditKind, Severity] | None:  # noqa: PLR0911  a list of rules, each with its answer
    """Judge an editor's brackets: honest, unless they deny or change a number."""
    q0, q1, s0, s1 = step
    if any(_bracket_of(sides, word) is None for word in range(q0, q1)):
        return None
    if s0 < s1 and _OPEN_BRACKET.search(
        sides.s.text, max(0, sides.s.starts[s0] - _REACH), sides.s.starts[s0]
    ):
        # What the source itself has in brackets is no word of the quoter's.
        return None
    quoted, found = sides.q.norms[q0:q1], sides.s.norms[s0:s1]
    if denials(quoted) != denials(found):
        return EditKind.NEGATION, Severity.MAJOR
    theirs = [k for k in range(s0, s1) if sides.s.kinds[k] != WORD or sides.s.norms[k][0] in "@#"]
    if theirs:
        return EditKind.NUMBER, Severity.MAJOR
    plain, severity = describe(sides, step) if found else (EditKind.EDITORIAL, Severity.NONE)
    if plain in {EditKind.NEGATION, EditKind.NUMBER, EditKind.DATE}:
        return plain, severity
    if plain is EditKind.WORD and len(quoted) == len(found) == 1 and not _kin(quoted[0], found[0]):
        return EditKind.WORD, Severity.MINOR
    if plain is EditKind.NAME and len(found) == 1 and _other_name(sides, step):
        return EditKind.NAME, Severity.MAJOR
    if found and len(found) > 2 * len(quoted) + 6:
        return EditKind.DELETION, Severity.MINOR
    return EditKind.EDITORIAL, Severity.MINOR


# Inside a bracket of the source, some words after its beginning.
_OPEN_BRACKET = re.compile(r"\[[^\[\]]*\Z")
_REACH = 200


def _other_name(sides: Sides, step: Step) -> bool:
    """Return whether a bracket puts one name for another: "[Clinton]" for "Yeltsin"."""
    q0, q1, s0, _ = step
    found = sides.s.norms[s0]
    if found in TITLES or not sides.s.text[sides.s.starts[s0]].isupper():
        return False
    if any(
        0 <= word < len(sides.q) and _bracket_of(sides, word) == _bracket_of(sides, q0)
        for word in (q0 - 1, q1)
    ):
        # "[Boris Yeltsin]" for "Yeltsin".
        return False
    names = [
        sides.q.norms[word]
        for word in range(q0, q1)
        if sides.q.text[sides.q.starts[word]].isupper() and sides.q.norms[word] not in TITLES
    ]
    return 0 < len(names) == q1 - q0 and not any(_kin(name, found) for name in names)


_POINTING = frozenset(
    words_of(
        "he she it they we you i him her them us his hers its their theirs our your my "
        "this that these those who which there here then now said such one is are was "
        "were be been has have had will would shall should may might can could do does "
        "did a an the"
    )
)


def _kin(first: str, second: str) -> bool:
    """Return whether an editor may fairly put *first* for *second*: a pronoun, or a form of it."""
    if second in _POINTING:
        return True
    stem = 0
    for a, b in zip(first, second, strict=False):
        if a != b:
            break
        stem += 1
    return stem >= max(3, min(len(first), len(second)) - 3)
