"""The originals: obtained politely, kept as evidence, asked for again when they failed.

Nothing here reads a page or judges a quotation. Sources come out as
``flows.records.Source``, with the capture to use if there is one, and always
with the true reason if there is none. ``network`` asks, ``evidence`` keeps the answers
as they came, ``catalogue`` knows what was asked and kept.
"""

from flows.archive.archive import Archive

__all__ = ["Archive"]
