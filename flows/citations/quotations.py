"""Find marked quotations, in the marks of any typography.

Opening and closing marks are told apart by their shape where they have one,
and by what stands beside them where they have none. Apostrophes are not
marks; a mark inside a quotation (‘ ’ in “ ”) does not end it. A quotation
ends with its paragraph at the latest: where the next paragraph begins with an
opening mark, the quotation goes on and gives a piece for each paragraph.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

#: Opening mark -> closing marks. „ “ is German, ” ” Swedish, « » French,
#: » « Danish and German, 「 」 Japanese.
_PAIRS = {
    "“": "”",
    "„": "“”",
    "‟": "”",
    "”": "”",
    "«": "»",
    "»": "«",
    "「": "」",
    "『": "』",
    '"': '"',
    "＂": "＂",
    "‘": "’",
    "‚": "‘’",
    "‹": "›",
    "'": "'",
    "`": "'",
}
_SINGLE = "‘‚‹'`"
_DOUBLED = {"``": "''", "''": "''"}
_MARK = re.compile("|".join(map(re.escape, ("``", "''", *_PAIRS))))
#: Where letters or digits are left out at the beginning of a word: '90s, 'tis, 'em.
_ELISION = re.compile(
    r"[‘’'`](?:\d\ds?\b|t(?:is|was|were)\b|em\b|til+\b|cause\b|bout\b|round\b|nough\b|neath\b)",
    re.IGNORECASE,
)

#: Single marks set off terms of one or two words far oftener than quotations,
#: and straight ones are apostrophes more often than marks.
_SINGLE_WORDS = 3
_LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Quotation:
    """The words between two marks, without the marks; *closed* if the second mark was found."""

    start: int
    end: int
    mark: str
    closed: bool = True


def quotations_in(text: str, start: int, end: int) -> list[Quotation]:
    """Return the outermost quotations of the paragraph ``text[start:end]``, in order.

    >>> text = "He wrote “it’s a ‘cold peace’ now” and 'left'."
    >>> [text[q.start:q.end] for q in quotations_in(text, 0, len(text))]
    ['it’s a ‘cold peace’ now']
    """
    return list(_scan(text, start, end))


def _scan(text: str, start: int, end: int) -> Iterator[Quotation]:
    place = start
    unclosed: set[str] = set()
    while (found := _MARK.search(text, place, end)) is not None:
        mark = found.group()
        place = found.end()
        if mark in unclosed or not _opens(text, found.start(), found.end(), start, end):
            continue
        close = _closing(text, mark, found.end(), end)
        if close is None:
            if mark in '“„«"':
                yield Quotation(found.end(), end, mark, closed=False)
            unclosed.add(mark)
            continue
        close_start, close_end = close
        first, last = _stripped(text, found.end(), close_start)
        place = close_end
        if not _has_words(text, first, last):
            continue
        if mark in _SINGLE and len(text[first:last].split()) < _SINGLE_WORDS:
            place = found.end()
            continue
        yield Quotation(first, last, mark)


def _has_words(text: str, start: int, end: int) -> bool:
    return any(text[place].isalnum() for place in range(start, end))


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    inside = text[start:end]
    first = start + len(inside) - len(inside.lstrip())
    return first, max(first, start + len(inside.rstrip()))


def _opens(text: str, start: int, after: int, floor: int, ceiling: int) -> bool:
    before = text[start - 1] if start > floor else " "
    following = text[after] if after < ceiling else " "
    if following.isspace() and text[start:after] not in {"«", "“"}:
        return False
    mark = text[start:after]
    if mark in "“„«「『‟":
        return True
    if mark in _SINGLE and _ELISION.match(text, start, ceiling):
        return False
    # » opens only where « is not its partner: «a» closes with it.
    # Behind an equals sign it is the value of an attribute or a setting.
    return not (before.isalnum() or before in ".,;!?)]%=")


def _closing(text: str, mark: str, start: int, end: int) -> tuple[int, int] | None:
    closers = _DOUBLED.get(mark) or _PAIRS.get(mark, "")
    end = min(end, start + _LONGEST)
    if mark in _DOUBLED:
        place = text.find(closers, start, end)
        return (place, place + 2) if place >= 0 else None
    pattern = _CLOSERS[mark]
    depth = 0
    for found in pattern.finditer(text, start, end):
        character = found.group()
        if character in closers and _closes(text, mark, found.start(), start, end):
            if mark in _SINGLE and _is_genitive(text, mark, found.start(), end):
                continue
            if depth == 0:
                return found.start(), found.end()
            depth -= 1
        elif character == mark and mark not in closers and mark not in _SINGLE:
            depth += 1
    return None


def _closes(text: str, mark: str, place: int, start: int, end: int) -> bool:
    if mark in "“„«「『‟»＂":
        return True
    before = text[place - 1] if place > start else " "
    after = text[place + 1] if place + 1 < end else " "
    if mark in _SINGLE:
        return not before.isspace() and not after.isalnum()
    return not before.isspace() and not (after.isalnum() and before.isalnum())


def _is_genitive(text: str, mark: str, place: int, end: int) -> bool:
    """Whether the mark at *place* is the apostrophe of "the boys' own".

    It is when it follows an s, a word in small letters comes next, and another
    mark closes the quotation before the next one opens.
    """
    if text[place - 1].lower() != "s" or not text[place + 1 : place + 3].strip().islower():
        return False
    following = _NEXT_SINGLE[mark].search(text, place + 1, min(end, place + 400))
    return following is not None and following.group("closes") is not None


_NEXT_SINGLE = {
    mark: re.compile(
        rf"(?P<closes>(?<=\S)[{re.escape(_PAIRS[mark])}](?!\w))|(?<!\w){re.escape(mark)}(?=\w)"
    )
    for mark in _SINGLE
}
_CLOSERS = {
    mark: re.compile("[" + re.escape(mark + closers) + "]") for mark, closers in _PAIRS.items()
}
