"""A source, folded and indexed once, to be asked many times."""

import re
from collections import Counter
from functools import cached_property
from itertools import pairwise
from typing import Literal

import numpy as np
import numpy.typing as npt

from flows.matching.words.folding import Folded, fold, selected, without_markers
from flows.matching.words.index import DenseIndex, SparseIndex, dense_index, pieces_of, sparse_index
from flows.matching.words.language import language_of
from flows.matching.words.legibility import noise_around
from flows.matching.words.lexicon import Ends, by_ends
from flows.matching.words.reading import Reading, read
from flows.matching.words.wording import Words, read_words

SourceKind = Literal["page", "ocr"]

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
        if not self.is_ocr or self.second_layer is None:
            return folded
        return selected(folded, ~self.second_layer[folded.offsets])

    @cached_property
    def second_layer(self) -> npt.NDArray[np.bool_] | None:
        """Which characters merely repeat the word before them, if a page was read twice."""
        return _second_layer(self.read) if self.is_ocr else None

    def words(self, start: int, end: int) -> Words:
        """Return the words of ``read[start:end]``, those of a second text layer left out."""
        words = read_words(self.read, start, end, noisy=self.is_ocr)
        if not self.is_ocr or self.second_layer is None:
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
    def sparse(self) -> SparseIndex:
        """Where every eighth piece of eight characters of the key stands."""
        return sparse_index(self.key)

    def times(self, piece: bytes, first: int, count: int) -> int:
        """Return how many of *count* places of the sparse index, from entry *first* on, hold *piece*."""
        held = pieces_of(self.key)[self.sparse.places[first : first + count]]
        return int(np.count_nonzero(held == pieces_of(piece)))

    @cached_property
    def dense(self) -> DenseIndex:
        """Where every second short piece of the key stands, common ones left out."""
        return dense_index(self.key)


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
