"""Judge words that were located: every difference found, none weighed yet.

A judgement reads the words of the source around the place, sets them against
the quoted words and types what differs. Numbers and dates are first compared
as they are written; where that leaves differences, they are compared as values.
"""

import re
from dataclasses import dataclass, field

from flows.matching.aligning import Step, align
from flows.matching.context import sentence_ends
from flows.matching.dates import MONTHS, find_dates
from flows.matching.edits import Difference, Sides, describe
from flows.matching.lexicon import is_ordinary
from flows.matching.negation import denials
from flows.matching.numbers import SCALE_WORDS, find_numbers, is_number_word
from flows.matching.quotation import Piece, Quotation
from flows.matching.source import SourceText
from flows.matching.wording import NUMBER, SIGN, WORD, Words
from flows.matching.wordlists import words_of
from flows.records import EditKind, Severity

# A run of characters without blanks around a place: the rest of its first and
# last words, their signs and their numbers.
_BEFORE = re.compile(r"[^\s]{1,80}\Z")
_AFTER = re.compile(r"[^\s]{1,80}")

#: Words of the source, on either side of an approximate place, among which
#: the true first and last word are looked for.
MARGIN_WORDS = 3
_MARGIN = 14 * MARGIN_WORDS
_WIDE = 160

_BLANKS = re.compile(r"\s+")


@dataclass(slots=True)
class Judgement:
    """What differs between quoted words and the words of one place.

    ``start`` and ``end`` count in ``source.read``. ``differences`` point into
    ``q`` and ``s``, the words of both sides as they were compared.
    """

    sides: Sides
    piece: Piece
    start: int
    end: int
    differences: list[Difference]
    equal: list[tuple[int, int]]
    share: float
    warnings: list[str] = field(default_factory=list)

    @property
    def faithful(self) -> bool:
        """Whether no word differs."""
        return not any(difference.changes_words for difference in self.differences)

    @property
    def weight(self) -> int:
        """How many words the changes touch: to choose between places."""
        return sum(
            2 if d.kind is EditKind.ORDER else max(d.q1 - d.q0, d.s1 - d.s0)
            for d in self.differences
            if d.changes_words
        )


def judge(
    quotation: Quotation, piece: Piece, source: SourceText, start: int, end: int, *, exact: bool
) -> Judgement | None:
    """Return how the words of *piece* differ from those at ``source.read[start:end]``.

    *exact* says that the place was found letter by letter; otherwise the words
    around it take part, and those that answer no quoted word fall away.
    ``None`` if no word agrees.
    """
    if exact:
        return _judged(quotation, piece, source, (start, end), 0)
    near = _judged(quotation, piece, source, (start, end), _MARGIN)
    if near is None or not _frayed(near):
        return near
    # The place was cut short by a long insertion in the source.
    wide = _judged(quotation, piece, source, (start, end), _WIDE)
    return wide if wide is not None and wide.weight < near.weight else near


def _frayed(judgement: Judgement) -> bool:
    """Return whether words at an end of the quotation answer nothing, or something else."""
    last = len(judgement.sides.q)
    return any(d.changes_words and (d.q0 == 0 or d.q1 == last) for d in judgement.differences)


def _judged(
    quotation: Quotation, piece: Piece, source: SourceText, place: tuple[int, int], margin: int
) -> Judgement | None:
    low, high = _widened(source.read, *place, margin)
    q = _part(quotation.words, piece)
    s = source.words(low, high)
    steps = align(_to_align(quotation, q, s), s.norms, noisy=source.is_ocr)
    sides = Sides(quotation, source, q, s)
    plain = all(
        q.norms[step[0]] == s.norms[step[2]]
        for step in steps
        if step[0] < step[1] and step[2] < step[3]
    ) and all(step[1] - step[0] == step[3] - step[2] == 1 for step in steps)
    if plain and steps:
        differences: list[Difference] = []
    else:
        sides, steps, differences = _differing(sides, steps)
    found = [step for step in steps if step[2] < step[3]]
    if not found:
        return None
    judgement = Judgement(
        sides,
        piece,
        sides.s.starts[found[0][2]],
        sides.s.ends[found[-1][3] - 1],
        differences,
        [(step[0], step[2]) for step in steps if _equal(sides, step)],
        0.0,
    )
    _cut_numbers(judgement, found[0][2], found[-1][3])
    _cut_negation(judgement, found[-1][3])
    if differences:
        _cut_words(judgement, found)
        _moved(judgement)
    judgement.share = _share(judgement)
    return judgement


def _widened(text: str, start: int, end: int, margin: int) -> tuple[int, int]:
    low, high = max(0, start - margin), min(len(text), end + margin)
    if margin:
        # Words of the sentence before or after are nobody's counterpart here.
        stops = sentence_ends(text, low, start)
        low = stops[-1] if stops else low
        stops = sentence_ends(text, max(start, end - 1), min(len(text), high + 1))
        high = stops[0] if stops else high
    before = _BEFORE.search(text, max(0, low - 80), low)
    after = _AFTER.match(text, high)
    low = before.start() if before else low
    high = after.end() if after else high
    # "5 %" and "5 million" are wholes.
    return low, min(len(text), high + 12) if not margin else high


def _to_align(quotation: Quotation, q: Words, s: Words) -> list[str]:
    """Return the quoted words as they take part in the alignment.

    Bracketed words that the source has not are the quoter's own: they must
    not be matched with like words that happen to stand near.
    """
    if not quotation.brackets:
        return q.norms
    norms = list(q.norms)
    for number, (start, end) in enumerate(quotation.brackets):
        held = [k for k in range(len(q)) if q.starts[k] < end and q.ends[k] > start]
        if not held or q.starts[held[0]] < start or q.ends[held[-1]] > end:
            continue
        words = [q.norms[k] for k in held]
        if not any(s.norms[k : k + len(words)] == words for k in range(len(s) - len(words) + 1)):
            for k in held:
                norms[k] = f"[{number}"
    return norms


def _part(words: Words, piece: Piece) -> Words:
    if piece.first == 0 and piece.last == len(words):
        return words
    cut = slice(piece.first, piece.last)
    return Words(words.text, words.norms[cut], words.starts[cut], words.ends[cut], words.kinds[cut])


def _equal(sides: Sides, step: Step) -> bool:
    q0, q1, s0, s1 = step
    return q1 - q0 == s1 - s0 == 1 and sides.q.norms[q0] == sides.s.norms[s0]


def _differing(sides: Sides, steps: list[Step]) -> tuple[Sides, list[Step], list[Difference]]:
    differences = _typed(sides, steps)
    if any(_may_be_value(sides, d) for d in differences if d.changes_words):
        values = Sides(sides.quotation, sides.source, _as_values(sides.q), _as_values(sides.s))
        steps_by_value = align(
            _to_align(sides.quotation, values.q, values.s),
            values.s.norms,
            noisy=sides.source.is_ocr,
        )
        by_value = _typed(values, steps_by_value)
        if _grave(by_value) <= _grave(differences):
            written = _written_otherwise(values, steps_by_value)
            return values, steps_by_value, sorted(by_value + written, key=lambda d: (d.q0, d.s0))
    return sides, steps, differences


def _grave(differences: list[Difference]) -> int:
    return sum(d.changes_words for d in differences)


def _may_be_value(sides: Sides, difference: Difference) -> bool:
    """Return whether a difference holds a number or a month, so that values may agree."""
    for words, first, last in (
        (sides.q, difference.q0, difference.q1),
        (sides.s, difference.s0, difference.s1),
    ):
        for place in range(first, last):
            norm = words.norms[place]
            if words.kinds[place] == NUMBER or norm in MONTHS or is_number_word(norm):
                return True
    return False


def _as_values(words: Words) -> Words:
    """Make one word of each date and of each number, named by its value."""
    spans = [(first, last, f"@{day}") for first, last, day in find_dates(words)]
    taken = {place for first, last, _ in spans for place in range(first, last)}
    spans += [
        (first, last, f"#{value}")
        for first, last, value in find_numbers(words)
        if not taken.intersection(range(first, last))
    ]
    norms: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    kinds: list[int] = []
    place = 0
    for first, last, value in sorted(spans):
        for column, old in (
            (norms, words.norms),
            (starts, words.starts),
            (ends, words.ends),
            (kinds, words.kinds),
        ):
            column.extend(old[place:first])  # type: ignore[arg-type]  # each column is copied into its like
        norms.append(value)
        starts.append(words.starts[first])
        ends.append(words.ends[last - 1])
        kinds.append(NUMBER)
        place = last
    norms += words.norms[place:]
    starts += words.starts[place:]
    ends += words.ends[place:]
    kinds += words.kinds[place:]
    return Words(words.text, norms, starts, ends, kinds)


def _written_otherwise(sides: Sides, steps: list[Step]) -> list[Difference]:
    """List equal values in unlike spellings: no change, yet worth showing."""
    found: list[Difference] = []
    for step in steps:
        q0, q1, s0, s1 = step
        if _equal(sides, step) and sides.q.norms[q0][0] in "@#":
            ours, theirs = sides.q.written(q0, q1), sides.s.written(s0, s1)
            if _BLANKS.sub(" ", ours) != _BLANKS.sub(" ", theirs):
                kind = EditKind.DATE if sides.q.norms[q0][0] == "@" else EditKind.NUMBER
                found.append(Difference(kind, Severity.NONE, q0, q1, s0, s1))
    return found


def _typed(sides: Sides, steps: list[Step]) -> list[Difference]:
    steps = _signs_joined(sides, _bracketed(sides, _grouped(steps))) if steps else steps
    differences: list[Difference] = []
    for step in steps:
        if not _equal(sides, step):
            kind, severity = _described(sides, step)
            differences.append(Difference(kind, severity, *step))
    return differences


def _grouped(steps: list[Step]) -> list[Step]:
    """Make one step of neighbouring words that stand on one side only."""
    grouped: list[Step] = []
    for step in steps:
        last = grouped[-1] if grouped else None
        if last is not None and (
            (last[0] == last[1] and step[0] == step[1])
            or (last[2] == last[3] and step[2] == step[3])
        ):
            grouped[-1] = (last[0], step[1], last[2], step[3])
        else:
            grouped.append(step)
    return grouped


def _described(sides: Sides, step: Step) -> tuple[EditKind, Severity]:
    if sides.quotation.brackets and step[0] < step[1]:
        editorial = _editorial(sides, step)
        if editorial is not None:
            return editorial
    return describe(sides, step)


def _bracket_of(sides: Sides, word: int) -> int | None:
    start, end = sides.q.starts[word], sides.q.ends[word]
    for number, (first, last) in enumerate(sides.quotation.brackets):
        if start < last and end > first:
            return number
    return None


def _bracketed(sides: Sides, steps: list[Step]) -> list[Step]:
    """Make one step of what a bracket holds and of the words it stands for."""
    if not sides.quotation.brackets:
        return steps
    merged: list[Step] = []
    for step in steps:
        bracket = _bracket_of(sides, step[0]) if step[0] < step[1] else None
        last = merged[-1] if merged else None
        if last is not None and not _equal(sides, step) and not _equal(sides, last):
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


def _editorial(sides: Sides, step: Step) -> tuple[EditKind, Severity] | None:
    """Judge an editor's brackets: honest, unless they deny or change a number."""
    q0, q1, s0, s1 = step
    if any(_bracket_of(sides, word) is None for word in range(q0, q1)):
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
    if found and len(found) > 2 * len(quoted) + 6:
        return EditKind.DELETION, Severity.MINOR
    return EditKind.EDITORIAL, Severity.MINOR


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


def _signs_joined(sides: Sides, steps: list[Step]) -> list[Step]:
    """Show a sign that was lost or put in together with its number."""
    joined: list[Step] = []
    for step in steps:
        last = joined[-1] if joined else None
        if (last is not None and _is_number(sides, step) and _is_lone_sign(sides, last)) or (
            last is not None
            and _is_number(sides, last)
            and _is_lone_sign(sides, step)
            and _is_after(sides, step)
        ):
            joined[-1] = (last[0], step[1], last[2], step[3])
        else:
            joined.append(step)
    return joined


def _is_lone_sign(sides: Sides, step: Step) -> bool:
    q0, q1, s0, s1 = step
    if q1 - q0 + s1 - s0 == 1:
        return (sides.q.kinds[q0] if q0 < q1 else sides.s.kinds[s0]) == SIGN
    return (
        q1 - q0 == s1 - s0 == 1
        and sides.q.kinds[q0] == sides.s.kinds[s0] == SIGN
        and sides.q.norms[q0] != sides.s.norms[s0]
    )


def _is_after(sides: Sides, step: Step) -> bool:
    q0, q1, s0, s1 = step
    norm = sides.q.norms[q0] if q0 < q1 else sides.s.norms[s0]
    return norm in "%‰" or not norm.isascii()


def _is_number(sides: Sides, step: Step) -> bool:
    q0, q1, s0, s1 = step
    return q1 - q0 == s1 - s0 == 1 and sides.q.kinds[q0] == sides.s.kinds[s0] == NUMBER


def _cut_numbers(judgement: Judgement, first: int, last: int) -> None:
    """See whether the quotation begins or ends inside a number of the source."""
    s, q = judgement.sides.s, judgement.sides.q
    if first and judgement.equal and judgement.equal[0] == (0, first) and _straddles(s, first):
        judgement.warnings.append("truncated_start")
        judgement.differences.insert(
            0, Difference(EditKind.NUMBER, Severity.MAJOR, 0, 1, first - 1, first + 1)
        )
    end = (len(q) - 1, last - 1)
    if last < len(s) and judgement.equal and judgement.equal[-1] == end and _straddles(s, last):
        judgement.warnings.append("truncated_end")
        judgement.differences.append(
            Difference(EditKind.NUMBER, Severity.MAJOR, len(q) - 1, len(q), last - 1, last + 1)
        )


_AUXILIARIES = frozenset(
    words_of(
        "is are was were be been am will would shall should can could may might must do "
        "does did has have had"
    )
)


def _cut_negation(judgement: Judgement, last: int) -> None:
    """See whether the quotation stops just before the "not" of its last verb."""
    s, q = judgement.sides.s, judgement.sides.q
    if (
        last < len(s)
        and s.norms[last] in {"not", "never"}
        and s.norms[last - 1] in _AUXILIARIES
        and not s.text[s.ends[last - 1] : s.starts[last]].strip()
        and judgement.equal
        and judgement.equal[-1] == (len(q) - 1, last - 1)
    ):
        judgement.differences.append(
            Difference(EditKind.NEGATION, Severity.MAJOR, len(q) - 1, len(q), last - 1, last + 1)
        )


def _straddles(s: Words, place: int) -> bool:
    """Return whether the words before and after *place* make one number."""
    gap = s.text[s.ends[place - 1] : s.starts[place]]
    if gap.strip(" \u00a0\n-"):
        return False
    before, after = s.norms[place - 1], s.norms[place]
    if s.kinds[place - 1] == SIGN:
        return not gap and s.kinds[place] in {NUMBER, SIGN} and before not in "%&"
    if after in {"%", "‰"} or (s.kinds[place] == SIGN and not after.isascii() and not gap):
        return s.kinds[place - 1] == NUMBER
    if not gap and s.kinds[place - 1] == NUMBER and after in {"st", "nd", "rd", "th"}:
        return False
    if after in SCALE_WORDS or before in SCALE_WORDS or "-" in gap or s.kinds[place] == WORD:
        near = range(max(0, place - 3), min(len(s), place + 3))
        window = Words(
            s.text, [s.norms[k] for k in near], [s.starts[k] for k in near], [s.ends[k] for k in near],
            [s.kinds[k] for k in near],
        )  # fmt: skip
        middle = place - near.start
        return any(
            one < middle < two
            for one, two, _ in find_numbers(window)
            if window.norms[middle] != "and"
        )
    return False


def _cut_words(judgement: Judgement, found: list[Step]) -> None:
    """See whether the first or last quoted word is a part of a longer word.

    A scrap that is no word, in a quotation long enough, or one that a mark of
    omission follows, was plainly cut: a warning, not a change. A scrap that is
    a word in its own right may mislead, so it stays a change.
    """
    sides = judgement.sides
    q, s = sides.q, sides.s
    for place, difference in enumerate(judgement.differences):
        if difference.q1 - difference.q0 != 1 or difference.s1 - difference.s0 != 1:
            continue
        quoted = q.written(difference.q0, difference.q1).lower()
        word = s.written(difference.s0, difference.s1).lower()
        if quoted == word:
            continue
        if difference.q0 == 0 and word.endswith(quoted) and difference.s0 == found[0][2]:
            judgement.warnings.append("truncated_start")
            mark = q.text[: q.starts[0]].rstrip()[-1:]
        elif difference.q1 == len(q) and word.startswith(quoted) and difference.s1 == found[-1][3]:
            judgement.warnings.append("truncated_end")
            mark = q.text[q.ends[-1] :].lstrip()[:1]
        else:
            continue
        is_word = q.kinds[difference.q0] == WORD and s.kinds[difference.s0] == WORD
        marked = mark in {"…", "-"} or q.text[q.ends[-1] :].lstrip().startswith("..")
        if is_word and len(q) >= 4 and (not is_ordinary(quoted) or (marked and difference.q0 > 0)):
            judgement.differences[place] = Difference(
                EditKind.TYPOGRAPHY,
                Severity.MINOR,
                difference.q0,
                difference.q1,
                difference.s0,
                difference.s1,
            )
            hidden = len(word) - len(quoted)
            if difference.q0 == 0 and word.endswith(quoted):
                judgement.start += hidden
            else:
                judgement.end -= hidden


#: So many changes leave no order to speak of.
_MOST_CHANGES = 60
#: Words between two halves of an exchange that are shown with it.
_REACH = 8


def _moved(judgement: Judgement) -> None:
    """Turn words that left one place and came to another into one difference of order."""
    changes = judgement.differences
    q, s = judgement.sides.q, judgement.sides.s
    if len(changes) > _MOST_CHANGES:
        return
    one = 0
    while one < len(changes):
        for two in range(len(changes) - 1, one, -1):
            if not all(change.changes_words for change in changes[one : two + 1]):
                continue
            first, last = changes[one], changes[two]
            if last.q0 - first.q1 > _REACH or last.s0 - first.s1 > _REACH:
                continue
            gone = [norm for c in changes[one : two + 1] for norm in s.norms[c.s0 : c.s1]]
            come = [norm for c in changes[one : two + 1] for norm in q.norms[c.q0 : c.q1]]
            if gone and sorted(gone) == sorted(come):
                grave = denials(gone) or any(
                    c.severity is Severity.MAJOR for c in changes[one : two + 1]
                )
                changes[one : two + 1] = [
                    Difference(
                        EditKind.ORDER,
                        Severity.MAJOR if grave else Severity.MINOR,
                        first.q0,
                        last.q1,
                        first.s0,
                        last.s1,
                    )
                ]
                break
        one += 1


def _share(judgement: Judgement) -> float:
    """Return which share of the quoted words the source has, long words counting more."""
    q = judgement.sides.q
    lost = [0.0]
    whole = sum(map(_weight, q.norms, q.kinds))
    for difference in judgement.differences:
        if difference.changes_words and difference.kind is not EditKind.ORDER:
            lost.append(
                sum(_weight(q.norms[k], q.kinds[k]) for k in range(difference.q0, difference.q1))
            )
    return 1 - sum(lost) / whole if whole else 0.0


def _weight(norm: str, kind: int) -> float:
    return 1.0 if kind != WORD or len(norm) > 3 else 0.35
