"""Quotation against source: where the words stand, and in which words they differ."""

from flows.matching.compare import compare, same_typography
from flows.matching.folding import Folded, fold
from flows.matching.source import SourceText
from flows.matching.streaming import as_answer, compare_stream
from flows.matching.wording import Words, read_words

__all__ = [
    "Folded",
    "SourceText",
    "Words",
    "as_answer",
    "compare",
    "compare_stream",
    "fold",
    "read_words",
    "same_typography",
]
