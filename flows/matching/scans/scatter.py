"""Did a machine put any letter for any other on a page, or only letters of like shape?

Words that are no words tell it: "thtt" for "that" is no look-alike, "tbat" is.
Where letters were misread whatever their shape, words became other words by
chance as well; where only shapes were confused, another word is another word.
"""

import re

from flows.matching.scans.confusions import misread
from flows.matching.scans.slips import one_slip_means
from flows.matching.words.lexicon import is_ordinary
from flows.matching.words.source import SourceText

#: Characters around a place in which misread words are looked at, and how many of them.
_AROUND, _MOST_WORDS = 2000, 60
#: From this cost on a slip is none of shape.
_NO_SHAPE = 0.8
#: So many such words, and such a share of all that tell, show a page misread at random.
_LEAST, _SHARE = 3, 0.6
_SMALL = re.compile(r"(?<![\w'’-])[a-z]{3,12}(?![\w'’-])")


def is_scattered(source: SourceText, place: int) -> bool:
    """Return whether letters around ``source.read[place]`` were misread whatever their shape."""
    block = place // _AROUND
    question = "scattered", block
    if question not in source.known:
        start = max(0, block * _AROUND - _AROUND // 2)
        source.known[question] = _reads_scattered(source.read[start : start + 2 * _AROUND])
    return source.known[question]


def _reads_scattered(text: str) -> bool:
    told = shaped = 0
    for word in _SMALL.findall(text):
        if is_ordinary(word):
            continue
        meant = one_slip_means(word)
        if meant:
            told += 1
            shaped += misread(meant, word) < _NO_SHAPE
            if told == _MOST_WORDS:
                break
    return told - shaped >= max(_LEAST, _SHARE * told)
