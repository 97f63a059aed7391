"""See whether a quotation begins or ends inside a word, a number or a denial."""

import re

from flows.matching.edits.judgement import Judgement
from flows.matching.scans.litter import like_a_negator
from flows.matching.values.numbers import SCALE_WORDS, find_numbers
from flows.matching.words.lexicon import is_ordinary
from flows.matching.words.quotation import ELLIPSIS
from flows.matching.words.sides import Difference
from flows.matching.words.wording import NUMBER, SIGN, WORD, Words
from flows.matching.words.wordlists import words_of
from flows.records import EditKind, Severity


def cut_numbers(judgement: Judgement, first: int, last: int) -> None:
    """See whether the quotation begins or ends inside a number of the source."""
    s, q = judgement.sides.s, judgement.sides.q
    if (
        first
        and _begins(judgement, first)
        and _straddles(s, first)
        and not _opens_with(q, s.written(first - 1, first))
    ):
        judgement.warnings.append("truncated_start")
        judgement.differences.insert(
            0, Difference(EditKind.NUMBER, Severity.MAJOR, 0, 1, first - 1, first + 1)
        )
    if last < len(s) and _ends(judgement, last) and _straddles(s, last):
        judgement.warnings.append("truncated_end")
        judgement.differences.append(
            Difference(EditKind.NUMBER, Severity.MAJOR, len(q) - 1, len(q), last - 1, last + 1)
        )


def _opens_with(q: Words, sign: str) -> bool:
    """Return whether the quotation has before its first word what boards take for a mark of theirs."""
    return q.text[: q.starts[0]].rstrip().endswith(sign)


# The rest of a sentence that is its "not" and nothing else.
_NOTHING_MORE = re.compile(r"[\"”’')\]]*(?:[.!?;]|\Z)")


def _begins(judgement: Judgement, first: int) -> bool:
    """Return whether the first quoted word is the source's word *first*."""
    return bool(judgement.equal) and judgement.equal[0][:2] == (0, first)


def _ends(judgement: Judgement, last: int) -> bool:
    """Return whether the last quoted word is the source's word before *last*."""
    q, s, length = judgement.equal[-1] if judgement.equal else (0, 0, 0)
    return length > 0 and (q + length, s + length) == (len(judgement.sides.q), last)


_AUXILIARIES = frozenset(
    words_of(
        "is are was were be been am will would shall should can could may might must do "
        "does did has have had"
    )
)


def cut_negation(judgement: Judgement, last: int) -> None:
    """See whether the quotation stops just before the "not" of its last verb."""
    s, q = judgement.sides.s, judgement.sides.q
    if (
        last < len(s)
        and _denies(judgement, last)
        and (q.norms[-1] in _AUXILIARIES or _NOTHING_MORE.match(s.text, s.ends[last]) is not None)
        and not s.text[s.ends[last - 1] : s.starts[last]].strip()
        and _ends_here(judgement, last)
        # A mark of omission says that something follows; its joint is judged elsewhere.
        and not ELLIPSIS.match(q.text, q.ends[-1] + _blanks(q.text, q.ends[-1]))
    ):
        judgement.differences.append(
            Difference(EditKind.NEGATION, Severity.MAJOR, len(q) - 1, len(q), last - 1, last + 1)
        )


def _denies(judgement: Judgement, place: int) -> bool:
    s = judgement.sides.s
    if s.norms[place] in {"not", "never"}:
        return True
    misread = judgement.sides.source.is_ocr and not is_ordinary(s.norms[place])
    return misread and like_a_negator(s.written(place, place + 1))


def _ends_here(judgement: Judgement, last: int) -> bool:
    """Return whether the last quoted word answers the source's word before *last*, however misread."""
    q = judgement.sides.q
    if _ends(judgement, last):
        return True
    return any(d.q1 == len(q) and d.s1 == last for d in judgement.differences)


def _blanks(text: str, place: int) -> int:
    return len(text[place : place + 8]) - len(text[place : place + 8].lstrip())


_IN_BRACKETS = re.compile(r"\s+\[(\d{1,3})\]")


def bracketed_number(judgement: Judgement, last: int) -> None:
    """See whether a number in brackets at the end, no footnote marker, replaces the source's."""
    s, q = judgement.sides.s, judgement.sides.q
    found = _IN_BRACKETS.match(q.text, q.ends[-1])
    if (
        found is not None
        and last < len(s)
        and s.kinds[last] == NUMBER
        and not s.text[s.ends[last - 1] : s.starts[last]].strip(" \u00a0\n")
        and s.norms[last].lstrip("#") != found[1]
        and _ends_here(judgement, last)
    ):
        judgement.differences.append(
            Difference(EditKind.NUMBER, Severity.MAJOR, len(q) - 1, len(q), last - 1, last + 1)
        )


#: Signs that belong to a number behind a blank as well; a dash there is none.
_APART, _BLANKS = frozenset("<>≤≥±$£€¥"), frozenset(" \u00a0")
_DASHES = str.maketrans("–‐‑", "---")


def _straddles(s: Words, place: int) -> bool:
    """Return whether the words before and after *place* make one number."""
    gap = s.text[s.ends[place - 1] : s.starts[place]].translate(_DASHES)
    if gap.strip(" \u00a0\n-"):
        return False
    before, after = s.norms[place - 1], s.norms[place]
    if s.kinds[place - 1] == SIGN:
        together = not gap or (before in _APART and gap in _BLANKS)
        return together and s.kinds[place] in {NUMBER, SIGN} and before not in "%&"
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


def cut_words(judgement: Judgement, first: int, last: int) -> None:
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
        if difference.q0 == 0 and word.endswith(quoted) and difference.s0 == first:
            judgement.warnings.append("truncated_start")
            mark = q.text[: q.starts[0]].rstrip()[-1:]
        elif difference.q1 == len(q) and word.startswith(quoted) and difference.s1 == last:
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
