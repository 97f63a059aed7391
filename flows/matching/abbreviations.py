"""Abbreviations that are read aloud as the word they stand for.

"Gen. Brandt" and "General Brandt" are the same words; "U.S." and "United
States" are not, for "U.S." is read by its letters.
"""

import re

from flows.matching.wordlists import words_of

_FULL = {
    "adm": "admiral", "amb": "ambassador", "art": "article", "arts": "articles",
    "asst": "assistant", "ave": "avenue", "bldg": "building", "brig": "brigadier",
    "capt": "captain", "cdr": "commander", "ch": "chapter", "cmdr": "commander",
    "co": "company", "col": "colonel", "corp": "corporation", "cpl": "corporal",
    "dept": "department", "dr": "doctor", "ed": "editor", "fig": "figure", "ft": "fort",
    "gen": "general", "gov": "governor", "govt": "government", "hon": "honorable",
    "hrs": "hours", "inc": "incorporated", "jr": "junior", "lt": "lieutenant",
    "ltd": "limited", "maj": "major", "memo": "memorandum", "messrs": "messieurs",
    "mr": "mister", "mt": "mount", "no": "number", "nos": "numbers", "para": "paragraph",
    "paras": "paragraphs", "pres": "president", "prof": "professor", "pt": "part",
    "rep": "representative", "rev": "reverend", "sec": "section", "sen": "senator",
    "sgt": "sergeant", "sr": "senior", "st": "saint", "supt": "superintendent",
    "vol": "volume", "vols": "volumes", "vs": "versus", "yrs": "years",
}  # fmt: skip
_DAYS = words_of("monday tuesday wednesday thursday friday saturday sunday")
_FULL |= {day[:3]: day for day in _DAYS} | {
    "tues": "tuesday",
    "thur": "thursday",
    "thurs": "thursday",
}
_ALSO = {"sec": "secretary", "st": "street", "gov": "government", "min": "minister", "ft": "feet"}
_NUMBER_SIGN = re.compile(r"(?:No|no|NO|Nos|nos|№)\.?[ \u00a0\n]?[^\s\w]?[A-Z-]{0,6}\d")


def read_alike(first: str, second: str) -> bool:
    """Return whether one word in normal form is the other's abbreviation.

    >>> read_alike("gen", "general"), read_alike("secretary", "sec"), read_alike("gen", "genius")
    (True, True, False)
    """
    short, full = sorted((first, second), key=len)
    return _FULL.get(short) == full or _ALSO.get(short) == full


def is_number_sign(text: str, start: int) -> bool:
    """Return whether the word at *start* is the "No." before a number, which denies nothing.

    >>> is_number_sign("Serial No. NSA-4471", 7), is_number_sign("No men came", 0)
    (True, False)
    """
    return _NUMBER_SIGN.match(text, start) is not None
