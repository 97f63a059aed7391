"""Pages that may not be the source, though nothing proves it: words missing there prove nothing.

A wall in words that nobody foresaw looks like any short page. It does not
name what its address names, has no labelled fields, and speaks to its
visitor, of the visitor's browser or of the site's own machines. A page that
the site itself broke off ends between its tags. On both, words that are found
are evidence; words that are not may stand in what was not sent.
"""

import re
from urllib.parse import unquote, urlsplit

from flows.pages.walls import SHORT_WORDS

BROKEN_OFF = "The page breaks off before its end."
UNLIKELY = "The page shows nothing of what its address names: it may not be the source."

#: So many different words to the visitor or about machines: a memo may have two,
#: and a letter all of those to "you".
_LEAST_SPOKEN = 3
#: A page of fewer words says nothing of itself.
_FEWEST_WORDS = 8
#: Shorter words of an address ("doc", "the", "1958") stand on any page.
_NAME_LETTERS = 4
#: Words in addresses that name a kind of page, not what it is about.
_KIND = re.compile(
    r"briefing|book|documents?|news|node|page|media|files?|sites|default|postings?|special|exhibit"
    r"|project|index|html?|nsaebb|nsarchive?|archive|national|security"
)
_NAME = re.compile(r"[^\W\d_]+")
_TO_VISITOR = re.compile(r"\b(?:you|your|we|our|us|please|sorry|oops)\b", re.IGNORECASE)
_OF_MACHINES = re.compile(
    r"\b(?:click|retry|reload|refresh|try\s+again|home\s+page|search\s+box|(?:web)?(?:page|site)s?"
    r"|browser|servers?|offline|online|internet|network|wi-?fi|cookies?|javascript|scripts?|php|html"
    r"|url|account|log\s?in|sign\s+in|password|user\s?name|captcha|robot|bot|errors?|exception|bytes"
    r"|memory|database|hosting|administrator)\b",
    re.IGNORECASE,
)
_OPENED = re.compile(r"<(?:html|body)\b", re.IGNORECASE)
_CLOSED = re.compile(r"</(?:html|body)\b", re.IGNORECASE)
_PARTS = {name: re.compile(rf"<(/?){name}\b", re.IGNORECASE) for name in ("main", "article")}


def doubt_about(text: str, markup: str, *, url: str, has_fields: bool = False) -> str | None:
    """Return why words that are missing in *text* may stand in the source all the same.

    A plain sentence, or ``None``. With *has_fields*, the page is what it
    should be and can only be broken off.

    >>> doubt_about("Please reload: our server lost the page you wanted.", "", url="/news/harbor")
    'The page shows nothing of what its address names: it may not be the source.'
    >>> doubt_about("The harbor was closed; please tell your server.", "", url="/news/harbor")
    """
    if _breaks_off(markup):
        return BROKEN_OFF
    if has_fields or len(text.split()) > SHORT_WORDS:
        return None
    return UNLIKELY if _is_stranger(text, url) else None


def _breaks_off(markup: str) -> bool:
    """Whether *markup* lacks its end: not by habit of a hand that never closed anything."""
    if _OPENED.search(markup) is None or _CLOSED.search(markup) is not None:
        return False
    return any(_left_open(pattern, markup) for pattern in _PARTS.values())


def _left_open(pattern: re.Pattern[str], markup: str) -> bool:
    found = pattern.findall(markup)
    return found.count("") > found.count("/")


def _is_stranger(text: str, url: str) -> bool:
    names = _names_in(url)
    if names & set(_NAME.findall(text.lower())):
        return False
    if len(text.split()) < _FEWEST_WORDS:
        return bool(names)
    machines = _different(_OF_MACHINES, text)
    return machines > 0 and machines + _different(_TO_VISITOR, text) >= _LEAST_SPOKEN


def _different(words: re.Pattern[str], text: str) -> int:
    return len({" ".join(found.lower().split()) for found in words.findall(text)})


def _names_in(url: str) -> set[str]:
    """Return the words of the last part of an address that name what it is about."""
    try:
        parts = urlsplit(url).path.rstrip("/").split("/")
    except ValueError:
        return set()
    words = _NAME.findall(unquote(parts[-1]).lower())
    return {word for word in words if len(word) >= _NAME_LETTERS and not _KIND.fullmatch(word)}
