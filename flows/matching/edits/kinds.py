"""Say in what way words of a quotation differ from words of the source.

One step of an alignment comes in, one typed difference goes out. The rules
are tried from the harmless to the grave where the harmless one is exact (same
letters, same value), and from the grave to the harmless otherwise.
"""

import re
import unicodedata
from functools import lru_cache

from flows.matching.edits.divisions import decimal_lost, division, sign_spelt_out
from flows.matching.edits.markers import is_lone_letter, is_marker, only_raised
from flows.matching.edits.naming import TITLES, named, shouted
from flows.matching.scans import litter, ocr
from flows.matching.scans.doubt import cannot_tell
from flows.matching.scans.furniture import is_litter_between
from flows.matching.scans.glued import glued_outside
from flows.matching.scans.rivals import lacks_what_tells
from flows.matching.scans.spoilt import is_stroke
from flows.matching.scans.telegraph import spells_marks
from flows.matching.values.abbreviations import ABBREVIATIONS, abbreviates, is_number_sign
from flows.matching.values.clock import HALVES, colon_alone
from flows.matching.values.dates import FOREIGN_MONTHS, MONTHS, WEEKDAYS
from flows.matching.values.measures import KINDS_OF_UNITS, is_measure, measures, same_unit
from flows.matching.values.negation import (
    any_opposed,
    denials,
    expanded,
    is_negator,
    opposed,
)
from flows.matching.values.numbers import NUMBER_WORDS, is_number_word
from flows.matching.values.romans import roman_at
from flows.matching.words.effort import spend, spend_once
from flows.matching.words.sides import CHANGES, Sides
from flows.matching.words.wording import NUMBER, SIGN, Words
from flows.records import EditKind, Severity

_EQUALS = {"%": "percent", "&": "and", "£": "pounds", "€": "euros", "$": "dollars"}

#: Steps of work for a difference, and for weighing what a machine may have misread.
_STEPS_A_DIFFERENCE, _STEPS_A_MISREADING = 15, 200


def describe(  # noqa: PLR0911  a list of rules, each with its answer
    sides: Sides, step: tuple[int, int, int, int]
) -> tuple[EditKind, Severity]:
    """Return kind and severity of the difference in one alignment step."""
    spend(_STEPS_A_DIFFERENCE)
    q0, q1, s0, s1 = step
    q, s = sides.q, sides.s
    if not sides.source.is_ocr and _is_plain(q, q0, q1) and _is_plain(s, s0, s1):
        return word_for_word(q.norms[q0], s.norms[s0])
    quoted, found = q.norms[q0:q1], s.norms[s0:s1]
    if only_raised(q, s, step):
        return EditKind.TYPOGRAPHY, Severity.NONE
    if not (quoted and found) and sign_spelt_out(sides, step):
        return EditKind.TYPOGRAPHY, Severity.MINOR
    if not quoted:
        told = _left_out(sides, q0, s0, s1)
        return (EditKind.OCR, Severity.MINOR) if _in_doubt(sides, step, told) else told
    if not found:
        told = _put_in(sides, step)
        return (EditKind.OCR, Severity.MINOR) if _in_doubt(sides, step, told) else told
    if _letters(quoted) == _letters(found):
        return division(sides, step)
    if (
        expanded(quoted) == expanded(found)
        or _spelt_out(quoted) == _spelt_out(found)
        or _without_umlauts(sides, step)
        or same_unit(quoted, found)
        or (
            len(quoted) == len(found) == 1
            and (abbreviates(q, q0, s, s0) or abbreviates(s, s0, q, q0))
        )
    ):
        return EditKind.TYPOGRAPHY, Severity.MINOR
    if colon_alone(quoted, found):
        return EditKind.NUMBER, Severity.NONE
    if sides.source.is_ocr and (
        decimal_lost(_bare(quoted), _bare(found))
        or _noise(sides, step)
        or glued_outside(q, s, step)
    ):
        # "OULD" is "could" as well as "would".
        alike = len(quoted) == len(found) == 1 and lacks_what_tells(quoted[0], found[0])
        return EditKind.OCR, Severity.MINOR if alike else Severity.NONE
    told = _changed(sides, step)
    return (EditKind.OCR, Severity.MINOR) if _in_doubt(sides, step, told) else told


#: Words that may be a part of a number, of a time or of a word in full.
_TELLING = NUMBER_WORDS | HALVES | ABBREVIATIONS | FOREIGN_MONTHS | {"no"}
# Small letters, but not those alone that may be a numeral: "iv".
_SMALL = re.compile(r"(?![ivxlcdm]+$)[a-z]+")


def word_for_word(quoted: str, found: str) -> tuple[EditKind, Severity]:
    """Return kind and severity of one word put for another, if both stand for themselves."""
    if denials([quoted]) != denials([found]) or opposed(quoted, found):
        return EditKind.NEGATION, Severity.MAJOR
    return EditKind.WORD, Severity.MINOR


def alone(norms: list[str], kind: EditKind) -> tuple[EditKind, Severity]:
    """Return kind and severity of words on one side only, if all of them stand for themselves.

    *kind* says whether they were put in or left out.
    """
    return (EditKind.NEGATION, Severity.MAJOR) if denials(norms) else (kind, Severity.MINOR)


def _is_plain(words: Words, first: int, last: int) -> bool:
    """Return whether there is one word, which nothing but a denial in it can tell from a ``WORD``.

    Small letters are no name, no date, no number in figures and no contraction.
    """
    norm = words.norms[first] if last - first == 1 else ""
    return stands_for_itself(norm) and words.written(first, last) == norm


@lru_cache(maxsize=16384)
def stands_for_itself(norm: str) -> bool:
    """Return whether a word in small letters is no more than a word, whatever stands beside it."""
    return _SMALL.fullmatch(norm) is not None and norm not in _TELLING and not is_measure(norm)


def _in_doubt(
    sides: Sides, step: tuple[int, int, int, int], told: tuple[EditKind, Severity]
) -> bool:
    """Return whether what a step was *told* to be may be a machine's misreading as well."""
    return (
        sides.source.is_ocr
        and told[0] in CHANGES
        and (step[0] < step[1] or told[0] is not EditKind.NEGATION)
        and cannot_tell(sides.source, sides.q, sides.s, step)
    )


def _letters(norms: list[str]) -> str:
    return "".join(norms).replace("'", "").replace("~", "")


def _bare(norms: list[str]) -> list[str]:
    """Return numbers without the sign of a value."""
    return [norm.removeprefix("#") for norm in norms]


def _spelt_out(norms: list[str]) -> list[str]:
    joined = " ".join([_EQUALS.get(norm, norm) for norm in norms]).replace("per cent", "percent")
    return joined.split()


#: How letters with dots or a ring are written where a keyboard lacks them.
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})


def _without_umlauts(sides: Sides, step: tuple[int, int, int, int]) -> bool:
    """Return whether one side writes "ae" for the "ä" of the other."""
    q0, q1, s0, s1 = step
    quoted, found = sides.q.written(q0, q1), sides.s.written(s0, s1)
    if quoted.isascii() == found.isascii():
        return False
    ours, theirs = (
        unicodedata.normalize("NFC", written).lower().translate(_UMLAUTS)
        for written in (quoted, found)
    )
    return ours == theirs


def _noise(sides: Sides, step: tuple[int, int, int, int]) -> bool:
    q0, q1, s0, s1 = step
    quoted, found = sides.q.norms[q0:q1], sides.s.norms[s0:s1]
    if any(norm[:1] in "@#%" for norm in (*quoted, *found)):
        quoted = sides.q.written(q0, q1).lower().split()
        found = sides.s.written(s0, s1).lower().split()
    letters = "".join(filter(str.isalpha, sides.s.written(s0, s1)))
    known, question = sides.source.known, (*quoted, "", *found, letters.isupper())
    spend_once(question, _STEPS_A_MISREADING)
    if question not in known:
        known[question] = ocr.explains(
            quoted, found, capitals=letters.isupper(), used=sides.source.used
        )
    return known[question]


def _left_out(sides: Sides, at: int, s0: int, s1: int) -> tuple[EditKind, Severity]:
    s = sides.s
    if all(is_marker(s, place) for place in range(s0, s1)) or is_lone_letter(s, s0, s1):
        return EditKind.TYPOGRAPHY, Severity.NONE
    if spells_marks(sides.q, at, s, s0, s1):
        return EditKind.TYPOGRAPHY, Severity.MINOR
    if sides.source.is_ocr:
        if (
            is_litter_between(s, s0, s1)
            or _is_litter(s, s0, s1)
            or all(_is_litter(s, place, place + 1) for place in range(s0, s1))
        ):
            return EditKind.OCR, Severity.NONE
        if any(litter.like_a_negator(s.written(k, k + 1)) for k in range(s0, s1)):
            return EditKind.NEGATION, Severity.MAJOR
    return _lone(s, s0, s1, EditKind.DELETION)


def _is_litter(s: Words, s0: int, s1: int) -> bool:
    written = [s.written(place, place + 1) for place in range(s0, s1)]
    around = s.text[max(0, s.starts[s0] - _AROUND) : s.ends[s1 - 1] + _AROUND]
    capitals = sum(map(str.isupper, around)) > sum(map(str.islower, around))
    return _repeats(s, s0, s1) or litter.is_stray(s.norms[s0:s1], written, among_capitals=capitals)


def _put_in(sides: Sides, step: tuple[int, int, int, int]) -> tuple[EditKind, Severity]:
    q, (q0, q1, _, _) = sides.q, step
    if sides.source.is_ocr and is_stroke(q, sides.s, step):
        return EditKind.OCR, Severity.NONE
    if all(is_marker(q, place) for place in range(q0, q1)) or is_lone_letter(q, q0, q1):
        return EditKind.TYPOGRAPHY, Severity.NONE
    return _lone(q, q0, q1, EditKind.INSERTION)


def _lone(words: Words, first: int, last: int, kind: EditKind) -> tuple[EditKind, Severity]:
    """Type words that stand on one side only."""
    norms = _norms_that_deny(words, first, last)
    if denials(norms) or any(_denies_in_disguise(norm) for norm in norms):
        return EditKind.NEGATION, Severity.MAJOR
    if norms[-1] in _HYPHENED and _HYPHEN.match(words.text, words.ends[last - 1]):
        return EditKind.NEGATION, Severity.MAJOR
    if last - first == 1 and norms[0] in TITLES and words.written(first, last)[:1].isupper():
        return EditKind.NAME, Severity.MINOR
    if any(norm.startswith("@") for norm in norms) or _of_a_date(words, first, last):
        return EditKind.DATE, Severity.MAJOR
    related = last - first == 1 and norms[0] in _RELATIONS
    if (not related and any(words.kinds[first:last]) and last - first <= 3) or (
        norms[-1] in KINDS_OF_UNITS and measures(words, first, last)
    ):
        return EditKind.NUMBER, Severity.MAJOR
    return EditKind.WORD if related else kind, Severity.MINOR


def _norms_that_deny(words: Words, first: int, last: int) -> list[str]:
    """Return the norms of some words; a "No." before a number is none that denies."""
    return [
        "number" if norm == "no" and is_number_sign(words.text, words.starts[first + k]) else norm
        for k, norm in enumerate(words.norms[first:last])
    ]


def _of_a_date(words: Words, first: int, last: int) -> bool:
    """Return whether a number among the words stands beside a month, as a day or a year does."""
    return any(
        words.kinds[place] == NUMBER
        and words.norms[place].isdigit()
        and any(
            words.norms[beside] in MONTHS and words.text[words.starts[beside]].isupper()
            for beside in (place - 1, place + 1)
            if 0 <= beside < len(words)
        )
        for place in range(first, last)
    )


#: Beginnings that deny the word behind their hyphen: "un-American", "non-binding".
_HYPHENED = frozenset({"un", "non", "dis"})
_HYPHEN = re.compile(r"[-‐‑–]\w")
#: Characters on either side that tell whether a text is in capitals.
_AROUND = 60
_LOOKALIKES = str.maketrans("оеаріѕοενυһᴏ", "oeapisoevuho")


def _denies_in_disguise(norm: str) -> bool:
    """Return whether letters of another script make a "not" that reads like one."""
    return not norm.isascii() and is_negator(norm.translate(_LOOKALIKES))


def _repeats(words: Words, first: int, last: int) -> bool:
    """Return whether the words merely repeat those before or after them."""
    length = last - first
    norms = words.norms[first:last]
    return norms in (
        words.norms[max(0, first - length) : first],
        words.norms[last : last + length],
    ) or all(
        norm
        in words.norms[max(0, first + k - 1) : first + k]
        + words.norms[first + k + 1 : first + k + 2]
        for k, norm in enumerate(norms)
    )


def _changed(sides: Sides, step: tuple[int, int, int, int]) -> tuple[EditKind, Severity]:
    q0, q1, s0, s1 = step
    q, s = sides.q, sides.s
    quoted, found = _norms_that_deny(q, q0, q1), _norms_that_deny(s, s0, s1)
    if denials(quoted) != denials(found) or any(map(_denies_in_disguise, quoted)):
        return EditKind.NEGATION, Severity.MAJOR
    if any_opposed(quoted, found):
        return EditKind.NEGATION, Severity.MAJOR
    if any(norm.startswith("@") for norm in (*quoted, *found)) or _calendar(q, q0, q1, s, s0, s1):
        return EditKind.DATE, Severity.MAJOR
    if (
        _numeric(q, q0, q1)
        or _numeric(s, s0, s1)
        or HALVES.issuperset((*quoted, *found))
        or (q1 - q0 == s1 - s0 == 1 and roman_at(q, q0) and roman_at(s, s0))
        or (measures(q, q0, q1) and measures(s, s0, s1))
    ):
        return EditKind.NUMBER, Severity.MAJOR
    if named(sides, s, s0, s1) or (named(sides, q, q0, q1) and not shouted(sides, step)):
        extra = set(quoted) ^ set(found)
        minor = bool(extra) and extra <= TITLES
        return EditKind.NAME, Severity.MINOR if minor else Severity.MAJOR
    return EditKind.WORD, Severity.MINOR


def _calendar(q: Words, q0: int, q1: int, s: Words, s0: int, s1: int) -> bool:
    return _names_a_day(q, q0, q1) and _names_a_day(s, s0, s1)


def _names_a_day(words: Words, first: int, last: int) -> bool:
    return any(
        (
            (norm in MONTHS or norm in WEEKDAYS)
            and words.text[words.starts[k]].isupper()
            and norm not in {"sun", "sat", "mon", "mar", "jan"}
        )
        or (norm in FOREIGN_MONTHS and k > 0 and words.kinds[k - 1] == NUMBER)
        for k, norm in enumerate(words.norms[first:last], first)
    )


#: Signs that are about numbers only where one stands beside them.
_RELATIONS = frozenset("<>≠")
_BETWEEN_WORDS = _RELATIONS | {"&"}


def _numeric(words: Words, first: int, last: int) -> bool:
    return any(
        (kind in {NUMBER, SIGN} and norm not in _BETWEEN_WORDS)
        or norm[0] == "#"
        or is_number_word(norm)
        for kind, norm in zip(words.kinds[first:last], words.norms[first:last], strict=True)
    )
