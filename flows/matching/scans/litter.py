"""Is a word of a machine-read source no part of its sentences?

Stamps, marks of classification and registry, and loose letters fall into the
middle of sentences. Anything that may be a word of the sentence, however
misread, is none of them: a quoter who drops it changed the words.
"""

from flows.matching.scans.confusions import misread
from flows.matching.values.negation import is_negator
from flows.matching.words.lexicon import is_ordinary
from flows.matching.words.wordlists import words_of

#: Words of stamps and registry lines; they are litter only beside a mark.
FURNITURE = frozenset(
    words_of(
        "unclassified classified declassified secret topsecret confidential sensitive "
        "eyes nodis exdis limdis noforn oadr declassify declassification release "
        "released part full excised exempted denied sanitized copy page pages case doc "
        "document id date foia mdr eo authority nara initials state department us fax "
        "telegram cable incoming outgoing section sec ref reproduced photocopy library "
        "presidential clinton bush reagan carter "
        "u s x b1 b3 e o no reason review reviewed exempt exemption partial "
        "foreign relations defense security national agency cia nsa dod distribution "
        "only action info subject classification"
    )
)
#: Small words inside a stamp: "Department of State", "Declassify on OADR".
_LINKS = frozenset(words_of("of from in on at the to as by for under"))
_MARKS = frozenset(
    words_of(
        "unclassified classified declassified secret confidential nodis exdis limdis "
        "noforn oadr declassify foia mdr nara photocopy excised sanitized released"
    )
)
#: Loose letters that mark paragraphs: unclassified, secret, top secret, no foreign ...
_MARK_LETTERS = frozenset("uscxtnf")
_WORDS_OF_ONE = frozenset("aio")
_REGISTRY = frozenset(words_of("copy page case doc ref box"))
#: From this length on a mark is known however it was misread.
_LONG_MARK = 6
_LONG_MARKS = tuple(sorted(mark for mark in _MARKS if len(mark) >= _LONG_MARK))
_LIKELY = 0.25

#: What one letter misread costs.
_SLIP = 0.4


def like_a_negator(word: str) -> bool:
    """Return whether a stray word may be a misread "not", "no" or "never".

    >>> like_a_negator("nol"), like_a_negator("NQT"), like_a_negator("tsT")
    (True, True, False)
    """
    capitals = word.isupper()
    word = word.lower()
    if is_ordinary(word) and not is_negator(word):
        return False
    return any(
        misread(negator, word, capitals=capitals) <= _SLIP
        for negator in ("not", "no", "never", "nor", "none")
    )


def is_stray(norms: list[str], written: list[str], *, among_capitals: bool = False) -> bool:
    """Return whether source words that the quotation lacks are marks and not text.

    Loose letters, stamps and registry marks are; so are scraps that are no
    words. Anything that may be a word of the sentence is not. In a text of
    capitals (*among_capitals*) a capital shows no mark.

    >>> is_stray(["declassify", "on", "oadr"], ["Declassify", "on", "OADR"])
    True
    >>> is_stray(["in", "part", "and", "denied", "secret"], ["in", "part", "and", "DENIED", "SECRET"])
    False
    """
    if _is_registry(norms, written):
        return True
    if _is_mark("".join(norms), "".join(written)):
        return True
    if any(map(like_a_negator, written)):
        return False
    marked = any(map(_is_mark, norms, written))
    return all(
        (marked and _in_stamp(place, norms, written, among_capitals=among_capitals))
        or _is_loose_letter(norms[place], written[place])
        or _is_scrap(norms[place], written[place])
        for place in range(len(norms))
    )


def _is_mark(norm: str, written: str) -> bool:
    if not written.isupper():
        return norm in {"declassify", "declassified"} and written[:1].isupper()
    return norm in _MARKS or (
        len(norm) >= _LONG_MARK - 1
        and not is_ordinary(norm)
        and any(
            abs(len(mark) - len(norm)) <= 2
            and misread(mark, norm, capitals=True) <= _LIKELY * len(norm)
            for mark in _LONG_MARKS
        )
    )


def _in_stamp(place: int, norms: list[str], written: list[str], *, among_capitals: bool) -> bool:
    """Return whether a word beside a mark belongs to the same stamp."""
    norm, word = norms[place], written[place]
    if _is_mark(norm, word):
        return True
    if norm in _LINKS and word.islower():
        # Within the stamp, not before or after it.
        return 0 < place < len(norms) - 1 and all(
            written[near][:1].isupper() for near in (place - 1, place + 1)
        )
    if norm in FURNITURE:
        return word[:1].isupper() and not among_capitals
    return norm[:1].isdigit()


def _is_loose_letter(norm: str, written: str) -> bool:
    return len(norm) == 1 and written.isupper() and norm not in _WORDS_OF_ONE and norm.isalpha()


def _is_scrap(norm: str, written: str) -> bool:
    """Return whether two or three letters are marks: small and capital ones, or those of marks.

    A scrap in small letters may be what is left of a word of the sentence, and
    one in capitals somebody's initials.
    """
    if not norm.isalnum() or norm.isdigit() or len(norm) not in {2, 3} or is_ordinary(norm):
        return False
    if written.isupper():
        return set(norm) <= _MARK_LETTERS and (len(norm) == 2 or len(set(norm)) == 1)
    return not written.islower() and not written.istitle()


def _is_registry(norms: list[str], written: list[str]) -> bool:
    """Return whether the words are a line of capitals and figures, such as COPY NO 12."""
    return (
        len(norms) > 1
        and all(word.isupper() or word.isdigit() for word in written)
        and "not" not in norms
        and "never" not in norms
        and any(norm in _MARKS or norm in _REGISTRY for norm in norms)
    )
