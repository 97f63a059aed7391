"""A passage without what a machine read into it: lines of another column, heads of pages."""

from dataclasses import dataclass

from flows.matching.words.quotation import Quotation
from flows.matching.words.source import SourceText
from flows.records import Comparison, Edit, EditKind, Severity

#: Characters between a cut and a word beside it: a blank and a mark.
_BESIDE = 2


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A part of a page, as a source of its own whose offsets lead back into the *whole*.

    ``cuts`` are what was taken out. ``confirmed`` says that it is none of the
    passage, ``blurred`` that nobody can tell to the word where it begins and
    ends; ``reason`` tells a reader what it seems to be, ``warning`` names it.
    """

    whole: SourceText
    source: SourceText
    cuts: tuple[tuple[int, int], ...]
    confirmed: bool
    reason: str
    warning: str | None = None
    blurred: bool = False

    def all_beside_cuts(self, edits: list[Edit]) -> bool:
        """Return whether all *edits* stand beside cuts, so that either side may own their words.

        One that stands beside such an edit counts as well.
        """
        given = self.whole.reading
        owned = [(given.given(one), given.given_end(two)) for one, two in self.cuts]
        left = list(edits)
        while left:
            beside = [edit for edit in left if any(_touch(edit, span) for span in owned)]
            if not beside:
                return False
            owned += [(edit.source_start, edit.source_end) for edit in beside]
            left = [edit for edit in left if edit not in beside]
        return True

    def edits(self, quotation: Quotation, passage: Comparison) -> list[Edit]:
        """Return what was taken out inside the passage, as misreadings of the page."""
        words, given = quotation.words, self.whole.reading
        if not passage.matches:
            return []
        start, end = passage.matches[0].start, passage.matches[-1].end
        found: list[Edit] = []
        for one, two in self.cuts:
            first, last = given.given(one), given.given_end(two)
            text = self.whole.text[first:last]
            first += len(text) - len(text.lstrip())
            if start <= first < end:
                at = quotation.reading.given(words.starts[0])
                found.append(
                    Edit(
                        kind=EditKind.OCR,
                        quoted="",
                        source=text.strip(),
                        severity=Severity.NONE,
                        quoted_start=at,
                        quoted_end=at,
                        source_start=first,
                        source_end=first + len(text.strip()),
                    )
                )
        return found


def excerpt(
    source: SourceText,
    cuts: list[tuple[int, int]],
    low: int,
    high: int,
    *,
    confirmed: bool,
    reason: str,
    warning: str | None = None,
    blurred: bool = False,
) -> Excerpt:
    """Return ``source.read[low:high]`` without *cuts*, as a source of its own."""
    part = source.excerpt(source.reading.without(cuts, low, high))
    return Excerpt(source, part, tuple(cuts), confirmed, reason, warning, blurred)


def _touch(edit: Edit, span: tuple[int, int]) -> bool:
    return edit.source_start <= span[1] + _BESIDE and edit.source_end >= span[0] - _BESIDE
