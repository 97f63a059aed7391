"""Times of day in any spelling: "5 p.m.", "five PM", "5.00 pm" and "17:00" are one time."""

import re

from flows.matching.words.wording import Words
from flows.matching.words.wordlists import words_of

_TIME = re.compile(r"(\d{1,2})(?:[:.]([0-5]\d))?")
_HOURS = {
    word: str(hour)
    for hour, word in enumerate(
        words_of("one two three four five six seven eight nine ten eleven twelve"), start=1
    )
}
HALVES = frozenset({"am", "pm"})


def time_at(words: Words, place: int) -> tuple[int, str] | None:
    """Return where a time of day ends that begins at *place*, and its value, ``None`` if none does.

    Without "a.m." or "p.m." only what can be nothing else is taken for one.

    >>> from flows.matching.words.wording import read_words
    >>> time_at(read_words("5 p.m. sharp"), 0), time_at(read_words("17:00 sharp"), 0)
    ((2, '17:00h'), (1, '17:00h'))
    """
    norm = _HOURS.get(words.norms[place], words.norms[place])
    found = _TIME.fullmatch(norm)
    if found is None:
        return None
    hour, minute = int(found[1]), found[2] or "00"
    if place + 1 < len(words) and words.norms[place + 1] in HALVES and 1 <= hour <= 12:
        hour = hour % 12 + 12 * (words.norms[place + 1] == "pm")
        return place + 2, f"{hour:02}:{minute}h"
    if ":" in norm and 13 <= hour <= 23:
        return place + 1, f"{hour:02}:{minute}h"
    return None


_WRITTEN_OUT = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")


def colon_alone(ours: list[str], theirs: list[str]) -> bool:
    """Return whether either side is one number, and both are one time of day, civil and military.

    >>> colon_alone(["06:00"], ["0600"]), colon_alone(["1430"], ["14:30"]), colon_alone(["6:00"], ["600"])
    (True, True, False)
    """
    if len(ours) != 1 or len(theirs) != 1:
        return False
    colon, plain = (ours[0], theirs[0]) if ":" in ours[0] else (theirs[0], ours[0])
    found = _WRITTEN_OUT.fullmatch(colon)
    return found is not None and plain == found[1] + found[2]
