"""A source, folded and indexed once, to be asked many times."""

import re
import sys
from collections import Counter
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

import numpy as np
import numpy.typing as npt

from flows.matching.words.folding import Folded, fold, selected, without_markers
from flows.matching.words.language import language_of
from flows.matching.words.legibility import noise_around
from flows.matching.words.lexicon import Ends, by_ends
from flows.matching.words.reading import Reading, read
from flows.matching.words.wording import Words, read_words

if TYPE_CHECKING:
    from flows.matching.placing.lookups import Lookup

SourceKind = Literal["page", "ocr"]

#: Length of the pieces of the sparse index: one machine word.
PIECE = 8
#: Length of the pieces of the dense index, short enough to survive one
#: misread letter in every seven.
SHORT_PIECE = 6
#: The dense index holds every second place: it costs four bytes a character.
SHORT_STEP = 2

#: From this share of words that repeat the word before them on, a machine-read
#: page is taken to carry two text layers.
DOUBLED = 0.25
_FEW = 8
#: Characters that share one estimate of noise.
_BLOCK = 128
_LETTERS = re.compile(r"\b[a-z]{4,30}\b")
_WRITTEN = re.compile(r"\S+")
_DOUBLED_WORD = re.compile(r"(?<!\S)(\S+)(?:\s+\1)+(?!\S)")


class SourceText:
    """A source's text, prepared for comparison on first need.

    ``kind`` is ``page`` for text that people typed and ``ocr`` for text that a
    machine read from an image. All offsets a comparison gives count code
    points of ``text``, exactly as given.

    >>> source = SourceText("The treaty was signed in Moscow.")
    >>> source.text[4:10]
    'treaty'
    """

    def __init__(self, text: str, kind: SourceKind = "page") -> None:
        if kind not in {"page", "ocr"}:
            raise ValueError(f"kind must be 'page' or 'ocr', not {kind!r}")
        self.text = text
        self.kind = kind
        #: Whether a machine read this text.
        self.is_ocr = kind == "ocr"
        self.reading: Reading = read(text)
        #: The text that is compared: as given, with mojibake put right.
        self.read = self.reading.text
        #: The last lookup in the index (``lookups``).
        self.last_lookup: Lookup | None = None
        #: What was found out about misread words, for it is asked more than once.
        self.known: dict[tuple[object, ...], bool] = {}
        self._noise: dict[int, float] = {}

    def excerpt(self, reading: Reading) -> "SourceText":
        """Return a part of the same text, read as *reading* says; offsets stay those of ``text``."""
        part = SourceText("", self.kind)
        part.text, part.reading, part.read = self.text, reading, reading.text
        return part

    @cached_property
    def folded(self) -> Folded:
        """The key of the text, with the way back to ``read``."""
        folded = without_markers(self.read, fold(self.read))
        if self.second_layer is None:
            return folded
        return selected(folded, ~self.second_layer[folded.offsets])

    @cached_property
    def second_layer(self) -> npt.NDArray[np.bool_] | None:
        """Which characters merely repeat the word before them, if a page was read twice."""
        return _second_layer(self.read) if self.is_ocr else None

    def words(self, start: int, end: int) -> Words:
        """Return the words of ``read[start:end]``, those of a second text layer left out."""
        words = read_words(self.read, start, end, noisy=self.is_ocr)
        if self.second_layer is None:
            return words
        kept = [k for k in range(len(words)) if not self.second_layer[words.starts[k]]]
        return Words(
            words.text,
            [words.norms[k] for k in kept],
            [words.starts[k] for k in kept],
            [words.ends[k] for k in kept],
            [words.kinds[k] for k in kept],
        )

    def noise_near(self, start: int) -> float:
        """Return the share of misread words around a place of ``read``, 0 to 1."""
        block = start // _BLOCK
        if block not in self._noise:
            self._noise[block] = noise_around(self.read, block * _BLOCK, (block + 1) * _BLOCK)
        return self._noise[block]

    @property
    def key(self) -> bytes:
        """The key in which words are looked for."""
        return self.folded.key

    @cached_property
    def used(self) -> Ends:
        """The words of letters that the source has at least twice."""
        counts = Counter(_LETTERS.findall(self.read.lower()))
        return by_ends(word for word, count in counts.items() if count > 1)

    @cached_property
    def language(self) -> str | None:
        """The language of the text, ``None`` if it cannot be told."""
        return language_of(self.read)

    @cached_property
    def sparse(self) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.int32]]:
        """Every eighth piece of eight characters, sorted, with its place in the key."""
        whole = len(self.key) // PIECE
        pieces = np.frombuffer(self.key, dtype="<u8", count=whole)
        order = np.argsort(pieces, kind="stable").astype(np.int32)
        return pieces[order], order * np.int32(PIECE)

    @cached_property
    def dense(self) -> npt.NDArray[np.uint64]:
        """Every second short piece, sorted: its hash in the upper half, its place in the lower."""
        hashes = short_pieces(self.key, step=SHORT_STEP)
        entries = np.empty(len(hashes), dtype=np.uint64)
        halves = entries.view(np.uint32)
        low, high = (0, 1) if sys.byteorder == "little" else (1, 0)
        halves[high::2] = hashes
        halves[low::2] = np.arange(0, SHORT_STEP * len(hashes), SHORT_STEP, dtype=np.uint32)
        # The place decides among equal pieces, so any kind of sorting gives one order.
        entries.sort()
        return entries


def pieces_of(key: bytes) -> npt.NDArray[np.uint64]:
    """Return the pieces of eight characters at every place of *key*."""
    count = max(0, len(key) - PIECE + 1)
    return (
        np.ndarray((count,), dtype="<u8", buffer=key, strides=(1,)) if count else np.empty(0, "<u8")
    )


def short_pieces(key: bytes, *, step: int = 1) -> npt.NDArray[np.uint32]:
    """Return hashes of the short pieces at every *step*-th place of *key*.

    Five bits a character are enough to tell letters apart; six characters
    fill 30 bits, so pieces of plain letters never share a hash.
    """
    count = max(0, len(key) - SHORT_PIECE + 1)
    letters = np.frombuffer(key, dtype=np.uint8) & 31
    hashes = np.zeros(-(-count // step), dtype=np.uint32)
    for place in range(SHORT_PIECE):
        hashes <<= np.uint32(5)
        hashes |= letters[place : place + count : step]
    return hashes


def _second_layer(text: str) -> npt.NDArray[np.bool_] | None:
    """Mark the words that repeat the word before them, ``None`` unless whole pages are doubled.

    A single "had had" is somebody's prose.
    """
    sample = text[:20_000].split()
    repeats = sum(first == second for first, second in pairwise(sample))
    if repeats < _FEW or repeats < DOUBLED * len(sample):
        return None
    dropped = np.zeros(len(text) + 1, dtype=bool)
    for found in _DOUBLED_WORD.finditer(text):
        words = [word.span() for word in _WRITTEN.finditer(text, *found.span())]
        if len(words) % 2:
            dropped[words[0][1] : found.end()] = True
            continue
        # "62 62 62 62" is "62 62", or 62.62 without its point, read twice.
        for (_, first), (_, last) in zip(words[::2], words[1::2], strict=True):
            dropped[first:last] = True
    return dropped
