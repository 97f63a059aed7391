"""Tell a line that is nothing but a date; what day it is, is for ``checking`` to compare."""

from flows.dates import read_date


def is_date(words: str) -> bool:
    """Whether *words* are a date, a range or a circa date, and nothing else.

    >>> [is_date(line) for line in ("Nov 28, 1994", "circa 1962", "In 1994 they met")]
    [True, True, False]
    """
    return bool(read_date(words.strip().lstrip("*_•·▪-–— \t").rstrip("*_ \t")))
