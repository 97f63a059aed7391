"""Pages that are not, or not wholly, what their address names, though no rule knows them.

A wall in words that nobody foresaw looks like any short page. It does not
name what its address names, has no labelled fields, and speaks to its
visitor, of the visitor's browser or of the site's own machines: it is no
source, and is asked for again. A page that the site itself broke off ends
between its tags, and one of a few words says nothing of itself. On these two,
words that are found are evidence; words that are not may stand in what was
not sent.
"""

import re
from urllib.parse import unquote, urlsplit

from flows.pages.walls import SHORT_WORDS

BROKEN_OFF = "The page breaks off before its end."
NOTHING_OF_IT = "The page has hardly a word, and none that its address names."
STRANGE = (
    "The answer speaks to its visitor and shows nothing of what its address names; "
    "it is not the source."
)

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


def strange_reason(text: str, *, url: str, has_fields: bool = False) -> str | None:
    """Return why the page of these words is no source, as a plain sentence, or ``None``.

    With *has_fields*, those of a document were found on it.

    >>> strange_reason("Please reload: our server lost the page you wanted.", url="/news/harbor")
    'The answer speaks to its visitor and shows nothing of what its address names; it is not the source.'
    >>> strange_reason("The harbor was closed; please tell your server.", url="/news/harbor")
    """
    words = len(text.split())
    if has_fields or not _FEWEST_WORDS <= words <= SHORT_WORDS or _is_named(text, url):
        return None
    machines = _different(_OF_MACHINES, text)
    strange = machines > 0 and machines + _different(_TO_VISITOR, text) >= _LEAST_SPOKEN
    return STRANGE if strange else None


def part_reason(text: str, markup: str, *, url: str, has_fields: bool = False) -> str | None:
    """Return why words that are missing in *text* may stand in the source all the same.

    A plain sentence, or ``None``.
    """
    if _breaks_off(markup):
        return BROKEN_OFF
    few = not has_fields and len(text.split()) < _FEWEST_WORDS
    return NOTHING_OF_IT if few and _names_in(url) and not _is_named(text, url) else None


def _breaks_off(markup: str) -> bool:
    """Whether *markup* lacks its end: not by habit of a hand that never closed anything."""
    if _OPENED.search(markup) is None or _CLOSED.search(markup) is not None:
        return False
    return any(_left_open(pattern, markup) for pattern in _PARTS.values())


def _left_open(pattern: re.Pattern[str], markup: str) -> bool:
    found = pattern.findall(markup)
    return found.count("") > found.count("/")


def _is_named(text: str, url: str) -> bool:
    """Whether *text* has a word of its address."""
    return not _names_in(url).isdisjoint(_NAME.findall(text.lower()))


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
