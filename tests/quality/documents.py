"""Sources to quote from: pages of generated prose that know where each sentence stands."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import accumulate
from random import Random

from tests.quality.grammar import Mark, Sentence, make_sentence, vary
from tests.quality.templates import BOILERPLATE, HEADINGS, REGISTERS

#: Share of the frames a document draws from; absent sentences use the rest.
_FRAMES_USED = 0.7

Swap = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Placed:
    """A sentence and where it stands: ``document.text[start:end]``."""

    start: int
    end: int
    sentence: Sentence
    paragraph: int

    def mark_span(self, mark: Mark) -> tuple[int, int]:
        """Return where *mark* stands in the document, while the sentence is unchanged there."""
        return self.start + mark.start, self.start + mark.end


@dataclass(frozen=True, slots=True)
class Document:
    """A source text with its sentences, its lookalike pairs and the frames it left unused."""

    text: str
    sentences: tuple[Placed, ...]
    twins: tuple[tuple[int, int], ...] = ()
    unused: tuple[str, ...] = ()

    def rewritten(self, swaps: Iterable[Swap]) -> "Document":
        """Return the document after *swaps*, with every sentence where it then stands."""
        text, shift = rewrite(self.text, swaps)
        moved = tuple(
            replace(s, start=shift(s.start, after=True), end=shift(s.end)) for s in self.sentences
        )
        return replace(self, text=text, sentences=moved)


class Shift:
    """Where offsets of a text have gone after non-overlapping replacements."""

    def __init__(self, swaps: list[Swap]) -> None:
        self._starts = [start for start, _, _ in swaps]
        self._swaps = swaps
        self._growth = [0, *accumulate(len(new) - (end - start) for start, end, new in swaps)]

    def __call__(self, offset: int, *, after: bool = False) -> int:
        """Return the new offset; *after* puts it behind what was inserted there."""
        index = bisect_right(self._starts, offset)
        if index and not after and self._starts[index - 1] == offset:
            index -= 1
        if index:
            start, end, new = self._swaps[index - 1]
            if offset < end:
                # Inside replaced words: the proportionate place is near enough.
                return start + self._growth[index - 1] + min(offset - start, len(new))
        return offset + self._growth[index]


def rewrite(text: str, swaps: Iterable[Swap]) -> tuple[str, Shift]:
    """Return *text* with each ``text[start:end]`` replaced, and the way offsets moved.

    Raises:
        ValueError: two replacements overlap.
    """
    ordered = sorted(swaps)
    pieces, at = [], 0
    for start, end, new in ordered:
        if start < at:
            raise ValueError(f"replacements overlap at {start}")
        pieces += (text[at:start], new)
        at = end
    pieces.append(text[at:])
    return "".join(pieces), Shift(ordered)


def _table(rng: Random) -> str:
    rows = [
        f"{rng.choice(HEADINGS)}\t{rng.randint(10, 999)}\t{rng.randint(1000, 99_999):,}"
        for _ in range(rng.randint(3, 6))
    ]
    return "\n".join(["Item\tPages\tCost", *rows])


class _Writer:
    def __init__(self, rng: Random, registers: tuple[str, ...]) -> None:
        frames = [frame for register in registers for frame in REGISTERS[register]]
        rng.shuffle(frames)
        kept = max(4, round(len(frames) * _FRAMES_USED))
        self.rng, self.frames, self.unused = rng, frames[:kept], tuple(frames[kept:])
        self.parts: list[str] = []
        self.length = 0
        self.placed: list[Placed] = []
        self.twins: list[tuple[int, int]] = []
        self.paragraph = 0

    def say(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def sentence(self, sentence: Sentence) -> None:
        start = self.length
        self.say(sentence.text)
        self.placed.append(Placed(start, self.length, sentence, self.paragraph))

    def new_sentence(self) -> None:
        rng = self.rng
        if self.placed and rng.random() < 0.04:
            earlier = rng.randrange(len(self.placed))
            lookalike = vary(rng, self.placed[earlier].sentence)
            # A chain of lookalikes would lead back to one sentence twice.
            taken = any(earlier in pair for pair in self.twins)
            if lookalike is not None and not taken:
                self.twins.append((earlier, len(self.placed)))
                self.sentence(lookalike[0])
                return
        self.sentence(make_sentence(rng, rng.choice(self.frames)))

    def block(self) -> None:
        rng, roll = self.rng, self.rng.random()
        if roll < 0.08:
            self.say(rng.choice(HEADINGS) + "\n\n")
        elif roll < 0.12:
            self.say(_table(rng) + "\n\n")
        elif roll < 0.18:
            self.say(rng.choice(BOILERPLATE) + "\n\n")
        elif roll < 0.24:
            for number in range(rng.randint(2, 4)):
                self.paragraph += 1
                self.say(rng.choice(("- ", f"{number + 1}. ")))
                self.new_sentence()
                self.say("\n")
            self.say("\n")
        else:
            self.paragraph += 1
            gap = "  " if rng.random() < 0.1 else " "
            for number in range(rng.randint(2, 7)):
                if number:
                    self.say(gap)
                self.new_sentence()
            self.say("\n\n")


def make_document(rng: Random, size: int, *, registers: tuple[str, ...] = ()) -> Document:
    """Return a page of at least *size* characters, or one sentence when *size* is 0."""
    writer = _Writer(rng, registers or tuple(REGISTERS))
    if size == 0:
        writer.new_sentence()
    while writer.length < size:
        writer.block()
    text = "".join(writer.parts)
    return Document(text, tuple(writer.placed), tuple(writer.twins), writer.unused)
