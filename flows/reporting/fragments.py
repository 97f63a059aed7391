"""Links that open a page at the quoted words.

Text fragments as the WICG draft "URL Fragment Text Directives" defines them:
``#:~:text=[prefix-,]textStart[,textEnd][,-suffix]``. A browser that does not
know them, or does not find the words, opens the page at its top.
"""

import dataclasses
import re
from urllib.parse import quote

from flows.records import Check, Layer, Match, Report
from flows.reporting.characters import one_line, writable

# Chromium's own generator changes from the whole text to start and end here.
_LONGEST_WHOLE = 300
# Words at either end of a long passage, and beside a short one.
_WORDS_AT_AN_END = 6
_WORDS_BESIDE = 4
# Under this many characters words may well occur elsewhere on the page, and
# need their neighbours to be told apart.
_NEEDS_NEIGHBOURS = 40
_MOST_PLACES = 8

_WEB = re.compile(r"https?://[^\s<>\"'\\^`{|}\x00-\x20]+\Z", re.IGNORECASE)

_WORD_AT_END = re.compile(r"\w+\Z")
_WORD_AT_START = re.compile(r"\A\w+")


def text_fragment(url: str, *matches: Match) -> str:
    """Return *url* with a fragment that makes a browser show *matches*.

    A passage that is long or runs over a line break is given by its first and
    last words, because a single term may not cross a block of the page. A
    match that begins or ends inside a word is widened to the whole word:
    browsers match whole words only.

    >>> text_fragment("https://a.example/p", Match(start=4, end=9, exact="Rada’s vote",
    ...     prefix="now, after ", suffix=" of November"))
    'https://a.example/p#:~:text=now%2C%20after-,Rada%E2%80%99s%20vote,-of%20November'
    """
    base, _, fragment = url.partition("#")
    fragment = fragment.partition(":~:")[0]
    directives = "&".join(f"text={_directive(match)}" for match in matches[:_MOST_PLACES])
    return f"{base}#{fragment}:~:{directives}" if directives else url


def web_address(url: str | None) -> str | None:
    """Return *url* if it may become a link: http or https, nothing else.

    >>> web_address("javascript:alert(1)") is None
    True
    """
    return url if url and _WEB.match(url) else None


def with_links(report: Report) -> Report:
    """Return *report* with ``link`` filled in where a check has a place but no link."""
    return dataclasses.replace(
        report,
        posts=tuple(
            dataclasses.replace(post, checks=tuple(_with_link(check) for check in post.checks))
            for post in report.posts
        ),
    )


def _with_link(check: Check) -> Check:
    source = check.source
    if check.link is not None or source is None or not check.matches:
        return check
    # A PDF viewer has no text to search when it opens; its page is linked plainly.
    if source.layer is Layer.PDF or not source.url.startswith(("https://", "http://")):
        return check
    return dataclasses.replace(check, link=text_fragment(source.url, *check.matches))


def _directive(match: Match) -> str:
    exact, prefix, suffix = (writable(part) for part in (match.exact, match.prefix, match.suffix))
    if exact[:1].isalnum() and (cut := _WORD_AT_END.search(prefix)):
        exact, prefix = cut.group() + exact, prefix[: cut.start()]
    if exact[-1:].isalnum() and (cut := _WORD_AT_START.search(suffix)):
        exact, suffix = exact + cut.group(), suffix[cut.end() :]
    lines = [one_line(line) for line in exact.splitlines() if line.strip()] or [""]
    if len(lines) > 1 or len(lines[0]) > _LONGEST_WHOLE:
        start = " ".join(lines[0].split()[:_WORDS_AT_AN_END])
        end = " ".join(lines[-1].split()[-_WORDS_AT_AN_END:])
        return f"{_encoded(start)},{_encoded(end)}"
    term = _encoded(lines[0])
    if len(lines[0]) >= _NEEDS_NEIGHBOURS:
        return term
    # Only neighbours in the same line: those in the next block are often
    # a label that the page shows elsewhere.
    before = " ".join(prefix.rpartition("\n")[2].split()[-_WORDS_BESIDE:])
    after = " ".join(suffix.partition("\n")[0].split()[:_WORDS_BESIDE])
    if before:
        term = f"{_encoded(before)}-,{term}"
    if after:
        term = f"{term},-{_encoded(after)}"
    return term


def _encoded(words: str) -> str:
    # "-", "," and "&" are the syntax of the directive itself.
    return quote(words, safe="").replace("-", "%2D")
