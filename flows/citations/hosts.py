"""The Archive's hosts, past and present, in every spelling.

The hosts are matched letter by letter, in ASCII, with a border on both sides:
a look-alike (``nsarchive.gwu.edu.example.com``, ``nsarchive-gwu.edu``, a
Cyrillic letter) is another host and never the Archive's.
"""

import re
from unicodedata import category

#: A dot inside a host, as people write it. Blanks around it and line breaks
#: after it are allowed only between the three labels of the gwu.edu hosts,
#: which together cannot be ordinary prose.
_DOT = r"(?:\s{0,2}[.．。｡]\s{0,2}|\s{1,2}(?:dot|punkt)\s{1,2}|%(?:25)*2e)"
_TIGHT = r"(?:[.．。｡]|%(?:25)*2e|\ (?:dot|punkt)\ )"
_SLASH = r"(?:\s?/+\s?|%(?:25)*2f)"
_TILDE = r"(?:~|%(?:25)*7e)"
#: Captures of the Wayback Machine name the port even where it is the usual one.
_USUAL_PORT = r"\.?(?::(?:80|443))?"

#: A university's proxy, through which its members read other sites: EZproxy, OCLC's and
#: Innovative's put the site's host, its dots as they are or as hyphens, before their own.
_PROXY = (
    r"\.(?:[a-z0-9-]{1,40}\.){0,4}?(?:[a-z0-9-]{0,30}(?:proxy|ezp)[a-z0-9-]{0,30}|idm\.oclc)"
    r"(?:\.[a-z0-9-]{1,40}){1,5}"
)

#: The groups name the kind of host; ``canonical`` turns each into one spelling.
HOST = re.compile(
    rf"""
    (?P<mirror>(?:dev|test|stage|staging)\.nsarchive\.gwu\.edu\.(?:[a-z0-9-]{{1,40}}\.){{0,4}}blackmesh\.com)
  | (?P<old_proxied>(?:0-)?(?:www[.-])?(?:nsarchive2\.gwu\.edu|nsarchive2-gwu-edu){_PROXY})
  | (?P<proxied>(?:0-)?(?:www[.-])?(?:nsarchive\.gwu\.edu|nsarchive-gwu-edu){_PROXY})
  | (?P<old>(?:www{_DOT})?nsarchive2{_DOT}gwu{_DOT}edu)
  | (?P<main>(?:www{_DOT})?nsarchive{_DOT}gwu{_DOT}edu)
  | (?P<seas>(?:www{_DOT})?seas{_DOT}gwu{_DOT}edu(?={_USUAL_PORT}{_SLASH}{_TILDE}?nsarchive?(?![a-z0-9-])))
  | (?P<gwu2>www2{_DOT}gwu{_DOT}edu(?={_USUAL_PORT}{_SLASH}{_TILDE}nsarchive?(?![a-z0-9-])))
  | (?P<gwu>(?:www{_DOT})?gwu{_DOT}edu(?={_USUAL_PORT}{_SLASH}{_TILDE}nsarchive?(?![a-z0-9-])))
  | (?P<org>(?:www{_TIGHT})?nsarchive{_TIGHT}org)
  | (?P<blog>nsarchive{_TIGHT}wordpress{_TIGHT}com)
  | (?P<mail>nsarchive{_TIGHT}salsalabs{_TIGHT}org)
  | (?P<unredacted>(?:www{_TIGHT})?unredacted{_TIGHT}com)
  | (?P<cloud>assets{_TIGHT}documentcloud{_TIGHT}org(?={_USUAL_PORT}{_SLASH}documents))
    """,
    re.IGNORECASE | re.VERBOSE | re.ASCII,
)

#: One spelling per host. The staging mirror and the proxies of universities show
#: the Archive's own pages and are read there; ``www.`` is dropped or kept as the site itself does.
SPELLING = {
    "mirror": "nsarchive.gwu.edu",
    "old_proxied": "nsarchive2.gwu.edu",
    "proxied": "nsarchive.gwu.edu",
    "old": "nsarchive2.gwu.edu",
    "main": "nsarchive.gwu.edu",
    "seas": "www.seas.gwu.edu",
    "gwu2": "www2.gwu.edu",
    "gwu": "www.gwu.edu",
    "org": "www.nsarchive.org",
    "blog": "nsarchive.wordpress.com",
    "mail": "nsarchive.salsalabs.org",
    "unredacted": "unredacted.com",
    "cloud": "assets.documentcloud.org",
}

#: Hosts of hand-made file trees, where letter case and final slashes count.
FILE_TREES = frozenset(
    {"nsarchive2.gwu.edu", "www.seas.gwu.edu", "www2.gwu.edu", "www.gwu.edu", "www.nsarchive.org"}
)

_BARE_DOTS = ".．。｡"
#: A name, and a password, that a browser would send to the host behind them (RFC 3986 §3.2.1).
USER_BEFORE = r"[A-Za-z0-9\-._~%!$&'()*+,;=:]{1,200}@"
#: Behind a host, all of this would make the host a user name (RFC 3986 §3.2.1).
_USER_INFO = re.compile(USER_BEFORE, re.ASCII)
_PATH_FOLLOWS = re.compile(r"\.?(?::\d{1,5})?(?=[/?#]|%(?:25)*(?:2f|3f|23))", re.IGNORECASE)
_SPELT_MORE = re.compile(r"\s{1,2}(?:dot|punkt)\s{1,2}[a-z0-9]", re.IGNORECASE)
_SPACED_MORE = re.compile(r"\s{0,2}[.．。｡]\s{0,2}[a-z0-9-]+\s{0,2}[.．。｡]?", re.IGNORECASE)
_PORT = re.compile(r":(\d{1,5})(?![\w@.:])")


def glued(character: str) -> bool:
    """Whether *character* beside a host makes it part of a longer word or host.

    Letters of alphabets that look like Latin ones do, and accents that stand
    over the last letter; the characters of scripts written without blanks (Chinese, Japanese, Thai …) do not.
    """
    if character.isascii():
        return character.isalnum() or character in "-_@"
    if category(character) in {"Mn", "Me"}:  # an accent of the letter before it
        return not "\ufe00" <= character <= "\ufe0f"
    if not (character.isalpha() or character.isnumeric()):
        return False
    code = ord(character)
    return code < 0x0E00 or 0xFF10 <= code <= 0xFF5A or 0x1D400 <= code <= 0x1D7FF


def host_end(plain: str, start: int, end: int) -> int | None:  # noqa: PLR0911  one rule a line
    """Return where the authority that begins with the host ``plain[start:end]`` ends.

    That is behind a final dot and a port when a path follows, else at *end*.
    ``None`` means that the host goes on: it is another host.
    """
    follows = _PATH_FOLLOWS.match(plain, end)
    if follows is not None:
        return follows.end()
    after = plain[end : end + 1]
    if not after:
        return end
    if glued(after) or after == "%":
        return None
    if after in _BARE_DOTS and plain[end + 1 : end + 2].isalnum() and _goes_on(plain, end + 1):
        return None
    if _USER_INFO.match(plain, end):
        return None
    if _SPELT_MORE.match(plain, end):
        return None
    spaced = any(character.isspace() for character in plain[start:end])
    if spaced and _SPACED_MORE.match(plain, end):
        return None
    port = _PORT.match(plain, end)
    return port.end() if port is not None else end


def _goes_on(plain: str, place: int) -> bool:
    """Whether the character at *place*, behind a dot, can begin another host label."""
    character = plain[place]
    return character.isascii() or glued(character)
