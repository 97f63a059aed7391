"""Bytes to readable text with structure: what a source says, and where it says it.

``read_page`` turns a capture into a ``records.Page``; ``unusable_reason`` tells
an answer that is no evidence (a challenge, a sign-in page, a missing page
served as found) from a source. Both are pure functions of the bytes and never
fail: what cannot be read is a finding, not an exception.

One module per kind of page: ``document``, ``briefing_book``, ``article``,
``legacy``, ``ocr``, ``plain``, ``pdf`` with ``scans``; ``walls`` holds the rules for answers
that are no evidence. Underneath, ``encoding`` makes characters of bytes,
``layout`` makes text of markup, ``offsets`` leads back to the bytes.
"""

from flows.pages.offsets import byte_offset
from flows.pages.reading import breaks_off, lacks_text_layer, read_page, unusable_reason
from flows.pages.version import EXTRACTOR

__all__ = [
    "EXTRACTOR",
    "breaks_off",
    "byte_offset",
    "lacks_text_layer",
    "read_page",
    "unusable_reason",
]
