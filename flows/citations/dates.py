"""Tell a line that is nothing but a date; what day it is, is ``matching``'s business."""

import re

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
    r"|januar|februar|märz|mai|juni|juli|oktober|dezember"
    r"|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)\.?"
)
_YEAR = r"(?:1[6-9]|20)\d\d"
_DAY = r"\d{1,2}(?:st|nd|rd|th|\.)?"
_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?"
_ONE = (
    rf"{_WEEKDAY}(?:{_MONTH}\s+{_DAY}(?:\s*[-–—]\s*{_DAY})?,?\s+{_YEAR}"
    rf"|{_DAY}(?:\s*[-–—]\s*{_DAY})?\s+(?:de\s+)?{_MONTH},?\s+(?:de\s+)?{_YEAR}"
    rf"|{_YEAR}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|\d{{1,2}}[-/.]\d{{1,2}}[-/.]{_YEAR}"
    rf"|{_MONTH},?\s+{_YEAR}|{_YEAR})"
)
_DATE = re.compile(
    rf"\(?(?:ca?\.|circa|c\.|about|undated)?\s*(?:{_ONE})(?:\s*(?:[-–—]|to)\s*(?:{_ONE}))?\)?[.,]?"
    r"|undated|n\.\s?d\.|no date",
    re.IGNORECASE,
)


def is_date(words: str) -> bool:
    """Whether *words* are a date, a range or a circa date, and nothing else.

    >>> [is_date(line) for line in ("Nov 28, 1994", "circa 1962", "In 1994 they met")]
    [True, True, False]
    """
    return len(words) <= 80 and _DATE.fullmatch(words.strip()) is not None
