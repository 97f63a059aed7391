"""Say in what way words of a quotation differ from words of the source.

One step of an alignment comes in, one typed difference goes out. The rules
are tried from the harmless to the grave where the harmless one is exact (same
letters, same value), and from the grave to the harmless otherwise.
"""

import re
from dataclasses import dataclass

from flows.matching import litter, ocr
from flows.matching.abbreviations import abbreviates, is_number_sign
from flows.matching.clock import HALVES
from flows.matching.dates import MONTHS, WEEKDAYS
from flows.matching.doubt import cannot_tell
from flows.matching.furniture import is_litter_between
from flows.matching.lexicon import is_ordinary, zipf
from flows.matching.markers import is_marker, only_raised
from flows.matching.negation import denials, expanded, is_negator, opposed
from flows.matching.numbers import is_number_word
from flows.matching.quotation import Quotation
from flows.matching.rivals import lacks_what_tells
from flows.matching.source import SourceText
from flows.matching.telegraph import spells_marks
from flows.matching.wording import NUMBER, SIGN, Words
from flows.matching.wordlists import words_of
from flows.records import EditKind, Severity

TITLES = frozenset(
    words_of(
        "mr mrs ms miss dr sir lord lady president secretary minister chancellor "
        "general gen colonel col ambassador premier prof professor senator sen chairman "
        "comrade king queen prince deputy"
    )
)
_PRONOUNS = frozenset(
    words_of(
        "he she it they we you i him her them us his hers its their theirs our your my "
        "this that these those who which there here then himself herself itself "
        "themselves"
    )
)
_FUNCTION = _PRONOUNS | frozenset(
    words_of(
        "a an the of in on at to for by with and or is was are were be been has have had "
        "all any both each either every few many more most much neither no none not one "
        "other several some such from into as if when but than so can could may might "
        "must shall should will would do does did"
    )
)
_EQUALS = {"%": "percent", "&": "and", "£": "pounds", "€": "euros", "$": "dollars"}
# With and without the hyphen these are two words of different sense.
_SENSE_HYPHENS = frozenset(
    words_of(
        "resign recover reform recreation resent release remark repress reserve resort "
        "retreat rebound redress resolve restrain resound reprove relay represent "
        "reenact unionized"
    )
) - {"reenact"}
# Without the apostrophe these are other words.
_SENSE_APOSTROPHES = frozenset(words_of("were well ill shell hell wed shed id whore cant wont"))
_BENIGN_COMPOUNDS = frozenset(
    words_of(
        "into onto anyone everyone someone today tomorrow tonight itself himself "
        "herself themselves myself yourself ourselves throughout within upon however "
        "therefore cannot altogether sometime anyway forever meanwhile worldwide nearby "
        "percent goodwill longstanding ongoing website email online framework "
        "nationwide halfway whoever whatever wherever"
    )
)

#: Kinds that mean: not the same words.
CHANGES = frozenset(
    {
        EditKind.NEGATION,
        EditKind.NUMBER,
        EditKind.DATE,
        EditKind.NAME,
        EditKind.WORD,
        EditKind.INSERTION,
        EditKind.DELETION,
        EditKind.ORDER,
    }
)


@dataclass(frozen=True, slots=True)
class Difference:
    """A typed difference: words ``q0:q1`` of the quotation, ``s0:s1`` of the source's words."""

    kind: EditKind
    severity: Severity
    q0: int
    q1: int
    s0: int
    s1: int

    @property
    def changes_words(self) -> bool:
        """Whether the words themselves differ, not merely their dress."""
        return self.kind in CHANGES and self.severity is not Severity.NONE

    @property
    def doubtful(self) -> bool:
        """Whether nobody can tell if a machine misread the words or the quoter changed them."""
        return self.kind is EditKind.OCR and self.severity is not Severity.NONE

    @property
    def counts(self) -> bool:
        """Whether the words differ, or may."""
        return self.changes_words or self.doubtful


@dataclass(frozen=True, slots=True)
class Sides:
    """Both sides of an alignment, with what a rule may want to know about them."""

    quotation: Quotation
    source: SourceText
    q: Words
    s: Words


def agree(sides: Sides, step: tuple[int, int, int, int]) -> bool:
    """Return whether a step sets one word against the same word."""
    q0, q1, s0, s1 = step
    return q1 - q0 == s1 - s0 == 1 and sides.q.norms[q0] == sides.s.norms[s0]


def describe(  # noqa: PLR0911  a list of rules, each with its answer
    sides: Sides, step: tuple[int, int, int, int]
) -> tuple[EditKind, Severity]:
    """Return kind and severity of the difference in one alignment step."""
    q0, q1, s0, s1 = step
    q, s = sides.q, sides.s
    quoted, found = q.norms[q0:q1], s.norms[s0:s1]
    if only_raised(q, s, step):
        return EditKind.TYPOGRAPHY, Severity.NONE
    if not quoted:
        told = _left_out(sides, q0, s0, s1)
        return (EditKind.OCR, Severity.MINOR) if _in_doubt(sides, step, told) else told
    if not found:
        return _put_in(sides, q0, q1)
    if _letters(quoted) == _letters(found):
        return _division(sides, step)
    if (
        expanded(quoted) == expanded(found)
        or _spelt_out(quoted) == _spelt_out(found)
        or (
            len(quoted) == len(found) == 1
            and (abbreviates(q, q0, s, s0) or abbreviates(s, s0, q, q0))
        )
    ):
        return EditKind.TYPOGRAPHY, Severity.MINOR
    if sides.source.is_ocr and (_decimal_lost(quoted, found) or _noise(sides, step)):
        # "OULD" is "could" as well as "would".
        alike = len(quoted) == len(found) == 1 and lacks_what_tells(quoted[0], found[0])
        return EditKind.OCR, Severity.MINOR if alike else Severity.NONE
    told = _changed(sides, step)
    return (EditKind.OCR, Severity.MINOR) if _in_doubt(sides, step, told) else told


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


def _spelt_out(norms: list[str]) -> list[str]:
    joined = " ".join([_EQUALS.get(norm, norm) for norm in norms]).replace("per cent", "percent")
    return joined.split()


def _decimal_lost(quoted: list[str], found: list[str]) -> bool:
    """Return whether a number lost its point, comma or colon to the recognition.

    "2.5" against "2 5" is; "25" against "2 5" is not, for the source may
    well have 2.5. A year, and thousands cut between groups, can be nothing else.
    """
    if not all(norm.isdigit() for norm in found) or len(found) < 2:
        return False
    if len(quoted) == 1 and re.split(r"[.,:/]", quoted[0]) == found:
        return True
    whole = "".join(found)
    if len(quoted) != 1 or quoted[0] != whole:
        return False
    grouped = len(found[0]) <= 3 and all(len(group) == 3 for group in found[1:])
    return grouped or (len(whole) == 4 and whole[:2] in {"18", "19", "20"})


def _noise(sides: Sides, step: tuple[int, int, int, int]) -> bool:
    q0, q1, s0, s1 = step
    quoted, found = sides.q.norms[q0:q1], sides.s.norms[s0:s1]
    if any(norm[:1] in "@#" for norm in (*quoted, *found)):
        quoted = sides.q.written(q0, q1).lower().split()
        found = sides.s.written(s0, s1).lower().split()
    letters = "".join(filter(str.isalpha, sides.s.written(s0, s1)))
    known, question = sides.source.known, (*quoted, "", *found, letters.isupper())
    if question not in known:
        known[question] = ocr.explains(
            quoted, found, capitals=letters.isupper(), used=sides.source.used
        )
    return known[question]


def _division(sides: Sides, step: tuple[int, int, int, int]) -> tuple[EditKind, Severity]:  # noqa: C901, PLR0911, PLR0912  a list of rules, each with its answer
    """Judge words whose letters agree and whose blanks, hyphens or apostrophes do not."""
    q0, q1, s0, s1 = step
    quoted, found = sides.q.norms[q0:q1], sides.s.norms[s0:s1]
    noise = (
        (EditKind.OCR, Severity.NONE)
        if sides.source.is_ocr
        else (EditKind.TYPOGRAPHY, Severity.MINOR)
    )
    if _decimal_lost(quoted, found):
        return noise
    if any(sides.q.kinds[q0:q1]) or any(sides.s.kinds[s0:s1]):
        if [c for c in "".join(quoted) if c.isdigit()] and _digits(quoted) != _digits(found):
            return EditKind.NUMBER, Severity.MAJOR
        return EditKind.TYPOGRAPHY, Severity.NONE
    if len(quoted) == len(found) == 1:
        pair = {quoted[0], found[0]}
        if pair & _SENSE_APOSTROPHES and not sides.source.is_ocr:
            return EditKind.WORD, Severity.MINOR
        return EditKind.TYPOGRAPHY, Severity.MINOR
    whole = "".join(quoted)
    gaps = _gaps(sides.q, q0, q1) + _gaps(sides.s, s0, s1)
    if sides.quotation.brackets and any("[" in gap or "]" in gap for gap in gaps):
        return EditKind.EDITORIAL, Severity.NONE
    hyphenated = all(gap.strip() for gap in gaps)
    if hyphenated:
        if whole in _SENSE_HYPHENS and not any(gap != gap.strip() for gap in gaps):
            return EditKind.WORD, Severity.MINOR
        return EditKind.TYPOGRAPHY, Severity.NONE
    pieces = quoted if len(quoted) > len(found) else found
    if len(quoted) > 1 and len(found) > 1:
        pieces = quoted + found
    if whole in _BENIGN_COMPOUNDS or (
        any(len(piece) == 1 and piece not in {"a", "i"} for piece in pieces)
    ):
        return noise
    scrap = sides.source.is_ocr and not all(map(is_ordinary, pieces))
    least = 5.0 if sides.source.is_ocr else 0.0
    known = 3.6 if sides.source.is_ocr else 0.0
    denied = any(is_negator(piece) for piece in pieces)
    if denied and is_ordinary(whole) and zipf(whole) >= known and not scrap:
        return EditKind.NEGATION, Severity.MAJOR
    if any("\n" in gap for gap in gaps):
        return EditKind.TYPOGRAPHY, Severity.NONE
    if (
        is_ordinary(whole)
        and zipf(whole) >= known
        and all(is_ordinary(piece) and zipf(piece) >= least for piece in pieces)
    ):
        return EditKind.WORD, Severity.MINOR
    return noise


def _digits(norms: list[str]) -> list[str]:
    return re.findall(r"\d+(?:[.,:/]\d+)*", " ".join(norms))


def _gaps(words: Words, first: int, last: int) -> list[str]:
    # A soft hyphen at the end of a word was its hyphen at a line's end.
    return [
        words.text[
            words.ends[k] - (words.text[words.ends[k] - 1] == "\u00ad") : words.starts[k + 1]
        ]
        for k in range(first, last - 1)
    ]


def _left_out(sides: Sides, at: int, s0: int, s1: int) -> tuple[EditKind, Severity]:
    s = sides.s
    if all(is_marker(s, place) for place in range(s0, s1)):
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


def _put_in(sides: Sides, q0: int, q1: int) -> tuple[EditKind, Severity]:
    q = sides.q
    if all(is_marker(q, place) for place in range(q0, q1)):
        return EditKind.TYPOGRAPHY, Severity.NONE
    return _lone(q, q0, q1, EditKind.INSERTION)


def _lone(words: Words, first: int, last: int, kind: EditKind) -> tuple[EditKind, Severity]:
    """Type words that stand on one side only."""
    norms = _norms_that_deny(words, first, last)
    if denials(norms) or any(_denies_in_disguise(norm) for norm in norms):
        return EditKind.NEGATION, Severity.MAJOR
    if last - first == 1 and norms[0] in TITLES and words.written(first, last)[:1].isupper():
        return EditKind.NAME, Severity.MINOR
    if any(norm.startswith("@") for norm in norms) or _of_a_date(words, first, last):
        return EditKind.DATE, Severity.MAJOR
    if any(kind_ != 0 for kind_ in words.kinds[first:last]) and last - first <= 3:
        return EditKind.NUMBER, Severity.MAJOR
    return kind, Severity.MINOR


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
    if any(opposed(first, second) for first in quoted for second in found):
        return EditKind.NEGATION, Severity.MAJOR
    if any(norm.startswith("@") for norm in (*quoted, *found)) or _calendar(q, q0, q1, s, s0, s1):
        return EditKind.DATE, Severity.MAJOR
    if _numeric(q, q0, q1) or _numeric(s, s0, s1) or HALVES.issuperset((*quoted, *found)):
        return EditKind.NUMBER, Severity.MAJOR
    if _named(sides, s, s0, s1) or (_named(sides, q, q0, q1) and not _shouted(sides, step)):
        extra = set(quoted) ^ set(found)
        minor = bool(extra) and extra <= TITLES
        return EditKind.NAME, Severity.MINOR if minor else Severity.MAJOR
    return EditKind.WORD, Severity.MINOR


def _calendar(q: Words, q0: int, q1: int, s: Words, s0: int, s1: int) -> bool:
    return _names_a_day(q, q0, q1) and _names_a_day(s, s0, s1)


def _names_a_day(words: Words, first: int, last: int) -> bool:
    return any(
        (norm in MONTHS or norm in WEEKDAYS)
        and words.text[words.starts[k]].isupper()
        and norm not in {"sun", "sat", "mon", "mar", "jan"}
        for k, norm in enumerate(words.norms[first:last], first)
    )


def _numeric(words: Words, first: int, last: int) -> bool:
    return any(
        (kind in {NUMBER, SIGN} and norm != "&") or norm[0] == "#" or is_number_word(norm)
        for kind, norm in zip(words.kinds[first:last], words.norms[first:last], strict=True)
    )


def _named(sides: Sides, words: Words, first: int, last: int) -> bool:
    """Return whether the words hold a name: a capital that no sentence start explains."""
    for place in range(first, last):
        start = words.starts[place]
        if not words.text[start].isupper():
            continue
        norm = words.norms[place]
        if norm in _FUNCTION or norm in TITLES:
            continue
        if not _starts_sentence(words.text, start):
            # In a line of capitals a capital says nothing.
            written = words.text[max(0, start - 30) : start + 30]
            if written.upper() != written or zipf(norm) < 3.5:
                return True
        elif zipf(norm) < 3.2 or _capital_elsewhere(
            sides.source.read, words.written(place, place + 1)
        ):
            return True
    return False


def _shouted(sides: Sides, step: tuple[int, int, int, int]) -> bool:
    """Return whether capitals are the quoter's alone: the source has small letters there."""
    q0, q1, s0, s1 = step
    quoted, found = sides.q.written(q0, q1), sides.s.written(s0, s1)
    return len(quoted) > 1 and quoted.isupper() and found.islower()


def _starts_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - 6) : start].rstrip(" \t\n\u00a0\"“”‘'([*_>-—–")
    return not before or before[-1] in ".!?:;…"


#: How far into a source a word is looked for in other sentences.
_REACH = 200_000


def _capital_elsewhere(text: str, word: str) -> bool:
    """Return whether *word* stands in mid-sentence somewhere, capital and all."""
    place = text.find(" " + word, 1, _REACH)
    while place >= 0:
        before, after = text[place - 1], text[place + 1 + len(word) : place + 2 + len(word)]
        if (before == "," or "a" <= before <= "z") and not (after.isalnum() or after == "_"):
            return True
        place = text.find(" " + word, place + 1, _REACH)
    return False
