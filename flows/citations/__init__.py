"""What a post claims: its links, its quotations and fields, and which link vouches for which.

Pure functions over text; no input or output. ``may_hold_link`` looks at raw
bytes, so that a reader of large dumps can leave out what holds no link before
anything is parsed.
"""

from flows.citations.canonical import canonical_url, companions, link_kind
from flows.citations.claims import find_claims
from flows.citations.finding import find_links
from flows.citations.prefilter import may_hold_link
from flows.citations.replies import bind_replies
from flows.citations.sentences import sentences_of

__all__ = [
    "bind_replies",
    "canonical_url",
    "companions",
    "find_claims",
    "find_links",
    "link_kind",
    "may_hold_link",
    "sentences_of",
]
