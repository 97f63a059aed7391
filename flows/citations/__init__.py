"""What a post claims: its links, its quotations and fields, and which link vouches for which.

Pure functions over text; no input or output. ``may_hold_link`` looks at raw
bytes, so that a reader of large dumps can leave out what holds no link before
anything is parsed.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from flows.citations.prefilter import may_hold_link

if TYPE_CHECKING:
    from flows.citations.binding import BLOCK, CANDIDATE, MENTIONED
    from flows.citations.canonical import (
        canonical_url,
        capture_time,
        companions,
        link_kind,
        page_of,
    )
    from flows.citations.claims import find_claims
    from flows.citations.finding import each_link, find_links
    from flows.citations.lone_lines import find_lone_lines
    from flows.citations.replies import bind_replies
    from flows.citations.sentences import sentences_of

__all__ = [
    "BLOCK",
    "CANDIDATE",
    "MENTIONED",
    "bind_replies",
    "canonical_url",
    "capture_time",
    "companions",
    "each_link",
    "find_claims",
    "find_links",
    "find_lone_lines",
    "link_kind",
    "may_hold_link",
    "page_of",
    "sentences_of",
]

#: Loaded when asked for: their patterns take longer to compile than a hundred
#: megabytes to search.
_LATER = {
    "BLOCK": "binding",
    "CANDIDATE": "binding",
    "MENTIONED": "binding",
    "bind_replies": "replies",
    "canonical_url": "canonical",
    "capture_time": "canonical",
    "companions": "canonical",
    "each_link": "finding",
    "find_claims": "claims",
    "find_links": "finding",
    "find_lone_lines": "lone_lines",
    "link_kind": "canonical",
    "page_of": "canonical",
    "sentences_of": "sentences",
}


def __getattr__(name: str) -> object:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
