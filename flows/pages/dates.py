"""What a date looks like on a page: a pattern to find one, not to understand it.

``flows.matching`` compares dates; here they are only told from titles. A bare
year is not a date: titles end in years.
"""

import re

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_YEAR = r"(?:1[6-9]|20)\d\d"

#: "Nov 28, 1994", "28 November 1994", "Nov 28-30, 1994", "November 1994",
#: "1994-11-28", "11/28/1994", each perhaps after "circa".
DATE = re.compile(
    rf"(?<![\w/-])(?:(?:circa|ca?\.)\s+)?(?:"
    rf"{_MONTH}\s+{_DAY}(?:\s?[-–]\s?{_DAY})?,?\s+{_YEAR}"
    rf"|{_DAY}(?:\s?[-–]\s?{_DAY})?\s+{_MONTH},?\s+{_YEAR}"
    rf"|{_MONTH},?\s+{_YEAR}"
    rf"|{_YEAR}-\d\d-\d\d"
    rf"|\d{{1,2}}/\d{{1,2}}/{_YEAR}"
    rf")(?![\w/-])",
    re.IGNORECASE,
)
