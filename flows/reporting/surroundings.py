"""What stands around a place in its source: the sentences kept, or else the nearest words."""

import re

from flows.records import Check, Context, Match
from flows.reporting.pieces import Piece, Tone

_LONGEST_CONTEXT = 400
# A suffix shorter than this ends with its text; a longer one was cut.
_SHORT_SUFFIX = 16
# A label or a heading of the page stands in a block of its own, without a stop.
_STOPS = (".", "!", "?", "…", ":", ";", ",", "”", "’", '"', ")", "“", "‘")
_BLOCK_BEFORE = re.compile(r"\n[^\S\n]*\n\s*\Z")
_LABEL_AFTER = re.compile(r"[^\S\n]*\n[^\S\n]*\n\s*[^\n.!?…]{1,40}\n")


def sentences_around(check: Check, first: Match, last: Match) -> Context | None:
    """Return the sentences kept around *check*; a page's labels beside it are none.

    Where a warning speaks of the words around, they are all returned.
    """
    context = check.context
    if context is None or "context_reverses" in check.warnings:
        return context
    labelled = _BLOCK_BEFORE.search(first.prefix) and not context.before.rstrip().endswith(_STOPS)
    return Context(
        before="" if labelled else context.before,
        after="" if _LABEL_AFTER.match(last.suffix) else context.after,
    )


def before(match: Match, context: Context | None = None) -> tuple[Piece, ...]:
    """Return what stands before *match*: the sentence kept, or else the nearest words."""
    near = match.prefix.rpartition("\n")[2]
    if len(near) == len(match.prefix) and match.start > len(near):
        # The prefix was cut at a length, mostly inside a word.
        near = "… " + near.partition(" ")[2]
    sentence = context.before.strip()[-_LONGEST_CONTEXT:] if context else ""
    if not sentence:
        return _context(near)
    if match.prefix.rstrip()[-12:] == sentence[-12:]:
        return _context(sentence + _gap(match.prefix[len(match.prefix.rstrip()) :]))
    return _context(f"{sentence} {near}")


def after(match: Match, context: Context | None = None) -> tuple[Piece, ...]:
    """Return what stands after *match*: the nearest words, then the sentence kept."""
    near = match.suffix.partition("\n")[0]
    sentence = context.after.strip()[:_LONGEST_CONTEXT] if context else ""
    if sentence and match.suffix.lstrip()[:12] == sentence[:12]:
        return _context(_gap(match.suffix[: -len(match.suffix.lstrip())]) + sentence)
    if len(near) == len(match.suffix) > _SHORT_SUFFIX:
        near = near.rpartition(" ")[0] + " …"
    return _context(f"{near} {sentence}" if sentence else near)


def _gap(blanks: str) -> str:
    return " " if blanks else ""


def _context(text: str) -> tuple[Piece, ...]:
    return (Piece(text, Tone.CONTEXT),) if text.strip() else ()
