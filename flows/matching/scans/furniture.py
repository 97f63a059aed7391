"""What stands on a scanned page and is no part of its text.

Lines at the head and foot of a page, marks of classification and of exemption
from release, boxes where words were withheld, numbers of paragraphs and what a
scanner made of handwriting and of rules fall between the words of a sentence.
They are told by their form alone: each is written in a way that prose is not.
"""

import re

from flows.matching.words.lexicon import is_ordinary
from flows.matching.words.wording import Words

#: Characters of one piece of furniture, or of several side by side.
LONGEST = 400

_LEVEL = r"(?:TOP\s+SECRET|SECRET|CONFIDENTIAL|UNCLASSIFIED|RESTRICTED|LIMITED\s+OFFICIAL\s+USE|DECLASSIFIED)"
_CAVEAT = r"(?:SENSITIVE|EYES\s+ONLY|NODIS|EXDIS|LIMDIS|STADIS|NOFORN|CHEROKEE|UMBRA|XGDS|SPECAT|NATO|COSMIC)"
_PORTION = r"\((?:TS|S|C|U|SBU|LOU)(?:[/-]{1,2}(?:NF|SI|TK|FOUO|NODIS))*\)"
_EXEMPTION = r"\(?b\)?\s*\(\s*\d\s*\)(?:\s*\([A-F]\))?"
_ORDER = (
    r"E\.?\s?O\.?\s*1\d{4}(?:\.\d)?,?(?:\s*(?:Sec(?:tion|\.)?\s*)?[13]\.\d(?:\s*\(\s*[a-h]\s*\))*"
    r"(?:\s*\(?\d\)?)?)?"
)
_KINDS = (
    r"(?:DECLASSIFIED|Declassified)\s+(?i:per|by|under|in\s+part)\s+" + _ORDER,
    rf"{_LEVEL}(?:\s*[/-]{{1,2}}\s*{_CAVEAT}|\s+{_CAVEAT})*",
    r"-\s*\d{1,3}\s*-",
    # The head of a cable's page: PAGE 02  MOSCOW  04563  121843Z.
    r"PAGE\s+\d{1,3}(?:\s+OF\s+\d{1,3})?(?:\s+[A-Z]{3,12}){1,2}\s+\d{3,6}(?:\s+\d{2}\s+OF\s+\d{2})?(?:\s+\d{6}Z)?",
    r"(?i:page)\s+\d{1,3}(?:\s+(?i:of)\s+\d{1,3})?",
    _PORTION,
    _EXEMPTION,
    _ORDER,
    r"[13]\.[3-6]\s*\([a-h]\)(?:\s*\([a-h0-9]\))*",
    r"25X\d",
    r"B[1-9](?![\w-])",
    r"\[(?i:redacted|deleted|excised|withheld|illegible|\s*)\]",
    r"(?:DECLASSIFIED\s+)?Authority\s+NND\s*\d{4,6}(?:\s+By\s+\w{2,4}\s+NARA\s+Date\s+[\d/]{6,10})?",
    r"(?i:appr(?:\.|oved)\s+for\s+release):?(?:\s+(?:\d{4}/\d\d/\d\d|\d\d?/\d\d?/\d{2,4}))?(?:\s+C?\d{5,9})?",
    r"Photocopy\s+from\s+(?:[A-Z][\w.]*\s+){1,4}Library",
    r"RECEIVED\s+[A-Z]{3}\.?\s+\d{1,2}",
    r"U\.?\s?S\.?\s+Department\s+of\s+State",
    r"Case\s+No\.?\s+[A-Z]{1,2}-\d{4}-\d{4,6}",
    r"Doc\s+No\.?\s+[A-Z]?\d{6,10}",
    r"Date:?\s+\d\d/\d\d/\d{4}",
    r"(?:\.\s?){4,}\d{0,3}(?!\d)",
    r"_{3,}",
)
_ONE = re.compile("|".join(f"(?:{kind})" for kind in _KINDS))
_SEPARATORS = " \t\r\n.,;:/|•·*–—-"
_BETWEEN = frozenset(_SEPARATORS)
#: The number of a paragraph, with or without its mark: "3. (C)", "(a)", "12.".
_NUMBER = re.compile(rf"(?:\(?\d{{1,2}}[.)]|\([a-z]\))?\s*(?:{_PORTION})?")
#: The same where a machine lost the points and brackets: "3 C The".
_MARKED = re.compile(r"\d{1,2}\s+(?:TS|S|C|U|SBU|LOU)")
_ENDED_BEFORE = re.compile(r"[.!?:;][\"'”’)]*\s+")
_ENDED = re.compile(r"[.!?:;][\"'”’)]*\s*\Z")
#: Letters, figures and other signs that make a scrawl: no word mixes all three.
_SCRAWL = re.compile(r"\S{1,9}")


def is_litter_between(s: Words, s0: int, s1: int) -> bool:
    """Return whether words ``s0:s1``, with all that stands around them, are furniture or scrawl."""
    start = s.ends[s0 - 1] if s0 else s.starts[s0]
    end = s.starts[s1] if s1 < len(s) else s.ends[s1 - 1]
    return (
        is_furniture(s.text, start, end)
        or numbers_a_paragraph(s.text, start, end)
        or _is_all_scrawl(s.text[start:end])
    )


def _is_all_scrawl(between: str) -> bool:
    scraps = between.split()
    return bool(scraps) and all(
        is_scrawl(scrap) or not any(map(str.isalnum, scrap)) for scrap in scraps
    )


def is_furniture(text: str, start: int, end: int) -> bool:
    """Return whether all that stands in ``text[start:end]`` is furniture.

    >>> line = "the talks SECRET/NODIS - 3 - went on (b)(1) for a week"
    >>> is_furniture(line, 9, 28), is_furniture(line, 9, 33)
    (True, False)
    """
    if not 0 < end - start <= LONGEST:
        return False
    place, seen = start, False
    while place < end:
        found = _ONE.match(text, place, end)
        if found is not None and not _inside_word(text, found.end()):
            place, seen = found.end(), True
        elif text[place].isspace() or text[place] in _BETWEEN:
            place += 1
        else:
            return False
    return seen


def pieces_of_furniture(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the pieces of furniture in ``text[start:end]``, in order, neighbours as one."""
    found: list[tuple[int, int]] = []
    for piece in _ONE.finditer(text, start, end):
        first, last = piece.span()
        if first == last or _inside_word(text, last) or _inside_word(text, first):
            continue
        if found and not text[found[-1][1] : first].strip(_SEPARATORS):
            found[-1] = found[-1][0], last
        else:
            found.append((first, last))
    return found


def numbers_a_paragraph(text: str, start: int, end: int) -> bool:
    """Return whether ``text[start:end]`` is the number or the mark of a paragraph that begins there.

    >>> line = "It failed. 3. (C) The talks went on. 7 ships sailed."
    >>> numbers_a_paragraph(line, 9, 18), numbers_a_paragraph(line, 35, 39)
    (True, False)
    """
    ended = _ENDED_BEFORE.match(text, start, end)
    start = ended.end() if ended else start
    number = text[start:end].strip()
    if not number or not text[end : end + 8].lstrip(" \"“'‘(")[:1].isupper():
        return False
    if _MARKED.fullmatch(number):
        return True
    return _NUMBER.fullmatch(number) is not None and (
        start == 0 or _ENDED.search(text, max(0, start - 6), start) is not None
    )


def _inside_word(text: str, place: int) -> bool:
    return text[place - 1 : place].isalnum() and text[place : place + 1].isalnum()


def is_scrawl(written: str) -> bool:
    """Return whether a scrap is what a machine made of handwriting, a stamp's edge or a rule.

    >>> [is_scrawl(scrap) for scrap in ("4fl^", ";j'W~", "B-52", "don't", "m1ll", "f>V")]
    [True, True, False, False, False, True]
    """
    if _SCRAWL.fullmatch(written) is None or is_ordinary(written.strip(_EDGES).lower()):
        return False
    signs = sum(not letter.isalnum() for letter in written)
    plain = sum(letter in _PLAIN_SIGNS for letter in written)
    return signs - plain >= 1 and len(written) - signs <= _FEW_LETTERS and signs * 4 >= len(written)


_EDGES = "\"'“”‘’()[]{}<>.,:;!?"
_PLAIN_SIGNS = frozenset("-'’.,/&")
_FEW_LETTERS = 4
