"""A quotation, read once: its words, its key, its ellipses and its brackets."""

import re
import sys
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from flows.matching.words.folding import Folded, fold, fold_character, fold_key, without_markers
from flows.matching.words.reading import Reading, read
from flows.matching.words.wording import WORD, Words, read_words

#: Marks of omission. Three bare points may also stand in the source: the
#: source is asked for the words without them first.
ELLIPSIS = re.compile(
    r"[\[({<]\s*(?:[…⋯]|\.(?:\s?\.){1,})\s*[\])}>]|[…⋯][.…⋯]*|\.(?:[ \u00a0]?\.){2,}|(?<=\s)[*](?:\s?[*]){2}(?=\s)"
)
# Words struck out: marked as in Markdown, or overlaid letter by letter.
_STRUCK = re.compile(r"~~(?=\S)[^~\n]{1,300}(?<=\S)~~|(?:\w[\u0335-\u0338])+")
# What each of them holds, one of these signs or two points: most quotations have none.
_OMITTING = ("…", "⋯", "*")
_POINTS = re.compile(r"\.\s?\.")
_BRACKET = re.compile(r"\[([^\[\]]{1,200})\]")
# Remarks of a quoter, which stand for nothing and are also put in round brackets.
_REMARK = re.compile(
    r"[\[(](?:sic|(?:my |our )?(?:emphasis|emphases|italics)(?: is| are)?"
    r"(?: added| mine| ours| supplied| in (?:the )?original)?)[!?.]?[\])]",
    re.IGNORECASE,
)
# Letters that a quoter puts to the end of a word more often than a footnote stands there.
_ENDINGS = frozenset("sdrny")
#: Characters beside a bracket that tell whose it is, and blanks in one that nobody writes twice.
_BESIDE, _WORDY = 8, 2
# What may stand behind a sentence's last mark and behind a note.
_CLOSING = " \n\t\u00a0\"'”’»)"
_STOPS = frozenset(".!?")
_MARKER = re.compile(r"\s*(?:\d{1,3}|[a-z*†‡]|note \d{1,3})\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Piece:
    """Words ``first:last`` of a quotation, to be found in one place."""

    first: int
    last: int


#: All words of a quotation, however many there are.
WHOLE = Piece(0, sys.maxsize)


class Quotation:
    """The words somebody gives as another's; offsets count as in ``SourceText``.

    Brackets that stand, with the words beside them, in the text *compared* with are
    the source's own.
    """

    def __init__(self, text: str, compared: str = "", *, in_context: bool = False) -> None:
        self.text = text
        #: Whether the sentences before and after it are asked for.
        self.in_context = in_context
        self.reading: Reading = read(text)
        self.read = self.reading.text
        #: The key in which the words are looked for.
        self.key: bytes = self.folded.key if "[" in self.read else fold_key(self.read)
        #: Where marks of omission stand.
        self.ellipses: list[tuple[int, int]] = (
            [found.span() for found in ELLIPSIS.finditer(self.read)] if _may_omit(self.read) else []
        )
        #: Where editorial brackets stand; ellipses and footnote markers are none.
        self.brackets: list[tuple[int, int]] = (
            self._brackets() if "[" in self.read or "(" in self.read else []
        )
        if self.brackets and "[" in compared:
            self.brackets = [span for span in self.brackets if not self._stands_in(compared, span)]
        #: From where to where the characters stand that count in the key, markers included.
        self.letters: tuple[int, int] = _letters(self.read)

    @cached_property
    def words(self) -> Words:
        """The words; letters in brackets within a word belong to it."""
        words = read_words(self.read)
        if "[" in self.read:
            _join_bracketed_letters(words, self.brackets)
        return words

    @cached_property
    def folded(self) -> Folded:
        """The key of the words, with the way back to ``read``."""
        return without_markers(self.read, fold(self.read))

    @property
    def struck(self) -> str:
        """The first words that are struck out, as written; empty if there are none."""
        if self.text.isascii() and "~~" not in self.text:
            return ""
        found = _STRUCK.search(self.text)
        return found[0] if found else ""

    @property
    def key_to_seek(self) -> bytes:
        """The key without what brackets hold: the quoter's own words lead astray."""
        return self._key_without_brackets if self.brackets else self.key

    @cached_property
    def _key_without_brackets(self) -> bytes:
        kept: list[str] = []
        last = 0
        for start, end in self.brackets:
            if self.read[start - 1 : start].isalnum() or self.read[end : end + 1].isalnum():
                continue
            kept.append(self.read[last:start])
            last = end
        rest = " ".join((*kept, self.read[last:]))
        return without_markers(rest, fold(rest)).key

    def _brackets(self) -> list[tuple[int, int]]:
        found = {
            bracket.span()
            for bracket in _BRACKET.finditer(self.read)
            if not self._is_marker(bracket) and not ELLIPSIS.fullmatch(bracket[0])
        }
        return sorted(found | {remark.span() for remark in _REMARK.finditer(self.read)})

    def _stands_in(self, compared: str, bracket: tuple[int, int]) -> bool:
        start, end = bracket
        literal = self.read[start:end]
        if _REMARK.fullmatch(literal):
            return False
        before = self.read[max(0, start - _BESIDE) : end]
        after = self.read[start : end + _BESIDE]
        return any(
            len(passage) == len(literal) + _BESIDE and passage in compared
            for passage in (before, after)
        ) or (literal.count(" ") >= _WORDY and literal in compared)

    def is_remark(self, start: int) -> bool:
        """Return whether the character at *start* is of a remark such as ``[emphasis added]``."""
        place = bisect_left(self._remarks, (start, 0))
        return place > 0 and start < self._remarks[place - 1][1]

    @cached_property
    def _remarks(self) -> list[tuple[int, int]]:
        return [span for span in self.brackets if _REMARK.fullmatch(self.read, *span)]

    def is_closing_note(self, start: int) -> bool:
        """Return whether the character at *start* is of a bracket behind the last sentence: ``[p. 3]``."""
        first, last = self._closing_note
        return first < start < last

    @cached_property
    def _closing_note(self) -> tuple[int, int]:
        first, last = self.brackets[-1] if self.brackets else (0, 0)
        closes = not self.read[last:].strip(_CLOSING)
        return (
            (first, last)
            if closes and self.read[:first].rstrip(_CLOSING)[-1:] in _STOPS
            else (0, 0)
        )

    def _is_marker(self, bracket: re.Match[str]) -> bool:
        """Return whether a bracket is a footnote marker; ``[T]he`` and ``missile[s]`` are none."""
        if _MARKER.fullmatch(bracket[1]) is None:
            return False
        before = self.read[bracket.start() - 1 : bracket.start()]
        after = self.read[bracket.end() : bracket.end() + 1]
        return not after.isalpha() and not (before.isalpha() and bracket[1] in _ENDINGS)

    def bracket_at(self, start: int, end: int) -> int | None:
        """Return which bracket holds characters of ``start:end``, ``None`` if none does."""
        number = bisect_right(self._brackets_reach, start)
        if number < len(self.brackets) and self.brackets[number][0] < end:
            return number
        return None

    @cached_property
    def _brackets_reach(self) -> list[int]:
        """How far each bracket and those before it reach: some hold others."""
        return list(accumulate((end for _, end in self.brackets), max))

    def pieces(self) -> list[Piece]:
        """Return the stretches between the marks of omission, in order."""
        found: list[Piece] = []
        first = 0
        for start, _ in self.ellipses:
            last = first
            while last < len(self.words) and self.words.starts[last] < start:
                last += 1
            if last > first:
                found.append(Piece(first, last))
            first = last
        if first < len(self.words):
            found.append(Piece(first, len(self.words)))
        return found

    def key_of(self, piece: Piece) -> bytes:
        """Return the key of the words of *piece*."""
        text = self.read[self.words.starts[piece.first] : self.words.ends[piece.last - 1]]
        return without_markers(text, fold(text)).key


def _may_omit(text: str) -> bool:
    for sign in _OMITTING:
        if sign in text:
            return True
    return _POINTS.search(text) is not None


def _letters(text: str) -> tuple[int, int]:
    first, last = 0, len(text)
    while first < last and not fold_character(text[first]):
        first += 1
    while last > first and not fold_character(text[last - 1]):
        last -= 1
    return first, last


# Letters in brackets that belong to the word they touch, and none that mark a footnote.
_LETTERS_IN_WORD = re.compile(
    rf"\[[^\W\d_]+\](?=[^\W\d_])|(?<=[^\W\d_])\[(?:[{''.join(sorted(_ENDINGS))}]|[^\W\d_]{{2,}})\]"
)


def _join_bracketed_letters(words: Words, brackets: list[tuple[int, int]]) -> None:
    """Make one word of ``[T]he`` and of ``expan[ded]``; ``list[int, str]`` is three."""
    edges = {
        edge
        for start, end in brackets
        if _LETTERS_IN_WORD.match(words.text, start)
        for edge in (start, end - 1)
    }
    words.join(
        place
        for place in range(1, len(words))
        if words.starts[place] - words.ends[place - 1] == 1
        and words.ends[place - 1] in edges
        and words.kinds[place - 1] == words.kinds[place] == WORD
    )
