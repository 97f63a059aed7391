"""Quotation against source: where the words stand, and in which words they differ.

``compare`` tells the story in one screen. Below it, each resting on the next:
``searching`` (the place to be judged), ``judging`` (what differs there),
``edits`` (of what kind), ``scans`` (what a machine misread), ``placing``
(where the words are), ``values`` (numbers, dates, denials) and ``words`` (what
both sides are read as).
"""

from flows.matching.compare import compare, compare_in_context, same_typography
from flows.matching.streaming import as_answer, compare_stream
from flows.matching.words.folding import Folded, fold
from flows.matching.words.source import SourceText
from flows.matching.words.wording import Words, read_words

__all__ = [
    "Folded",
    "SourceText",
    "Words",
    "as_answer",
    "compare",
    "compare_in_context",
    "compare_stream",
    "fold",
    "read_words",
    "same_typography",
]
