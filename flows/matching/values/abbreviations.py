"""Abbreviations that are read aloud as the word they stand for.

"Gen. Brandt" and "General Brandt" are the same words; "U.S." and "United
States" are not, for "U.S." is read by its letters.
"""

import re

from flows.matching.words.wording import NUMBER, Words
from flows.matching.words.wordlists import words_of

_FULL = {
    "adm": "admiral", "amb": "ambassador", "approx": "approximately", "art": "article", "arts": "articles",
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
#: Units of measure as they are cut short behind a number.
_UNITS = {
    "cm": "centimeter", "ft": "foot", "gal": "gallon", "hr": "hour", "hrs": "hour",
    "kg": "kilogram", "km": "kilometer", "kt": "kiloton", "kw": "kilowatt", "lb": "pound",
    "lbs": "pound", "m": "meter", "mg": "milligram", "mi": "mile", "min": "minute",
    "mins": "minute", "mm": "millimeter", "mt": "megaton", "mw": "megawatt", "oz": "ounce",
    "sec": "second", "secs": "second", "sq": "square", "yd": "yard", "yds": "yard",
}  # fmt: skip
_FEET = {"feet": "foot", "kilogramme": "kilogram"}
#: All words that may be abbreviations.
ABBREVIATIONS = frozenset(_FULL) | frozenset(_ALSO) | frozenset(_UNITS)
_SHORTENED = frozenset(_FULL.values()) | frozenset(_ALSO.values())
_MEASURES = frozenset(_UNITS.values())
#: Abbreviations that are words too: only a point tells them apart.
_WORDS_TOO = frozenset(words_of("ad art co ed fig inc may min para rep rev sat sun wed"))
_NUMBER_SIGN = re.compile(r"(?:No|no|NO|Nos|nos|№)\.?[ \u00a0\n]?[^\s\w]?[A-Z-]{0,6}\d")


def abbreviates(short: Words, at: int, full: Words, place: int) -> bool:
    """Return whether a word of *short* is written as an abbreviation of a word of *full*.

    It has a point behind it, or is a capitalised title before a name and no
    word of its own: nobody who writes "they sat" means Saturday. A unit of
    measure has a number before it.

    >>> from flows.matching.words.wording import read_words
    >>> full = read_words("when General Brandt")
    >>> [abbreviates(read_words(f"when {text} Brandt"), 1, full, 1) for text in ("Gen.", "Gen", "gen")]
    [True, True, False]
    """
    less, more = short.norms[at], full.norms[place]
    if at and short.kinds[at - 1] == NUMBER and less in _UNITS and unit_of(more) == _UNITS[less]:
        return True
    if more not in {_FULL.get(less), _ALSO.get(less)}:
        return False
    text, end = short.text, short.ends[at]
    if less in {"no", "nos"}:
        return is_number_sign(text, short.starts[at])
    if text[end : end + 1] == ".":
        return True
    before_name = text[end : end + 1].isspace() and text[end + 1 : end + 2].isupper()
    return text[short.starts[at]].isupper() and before_name and less not in _WORDS_TOO


def may_be_abbreviated(norm: str) -> bool:
    """Return whether a word is an abbreviation, or may be written as one.

    >>> may_be_abbreviated("general"), may_be_abbreviated("metres"), may_be_abbreviated("treaty")
    (True, True, False)
    """
    return norm in ABBREVIATIONS or norm in _SHORTENED or unit_of(norm) in _MEASURES


def unit_of(norm: str) -> str:
    """Return the name of a unit in the singular, as it is spelt in America."""
    one = _FEET.get(norm, norm).removesuffix("s")
    one = _FEET.get(one, one)
    return one[:-2] + "er" if one.endswith(("metre", "litre")) else one


def is_number_sign(text: str, start: int) -> bool:
    """Return whether the word at *start* is the "No." before a number, which denies nothing.

    >>> is_number_sign("Serial No. NSA-4471", 7), is_number_sign("No men came", 0)
    (True, False)
    """
    return _NUMBER_SIGN.match(text, start) is not None
