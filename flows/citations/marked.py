"""The marked quotations of a paragraph as claims: charged, or only asked for.

A quotation is charged to a source when the post gives it to that source, or
to nobody in particular and yet sets it out as a quotation. Words given to
others, and words behind a mark that nothing closes, are candidates; titles
and terms are mentioned.
"""

import re

from flows.citations.attribution import attribution_of
from flows.citations.binding import CANDIDATE, MENTIONED, Surroundings, bind_words
from flows.citations.layout import Paragraph
from flows.citations.presenting import beside_address, is_presented
from flows.citations.quotations import Quotation, quotations_in
from flows.citations.speakers import Voice
from flows.records import CheckKind, Claim

#: Shorter stretches without marks are not looked for in the sources: a few
#: common words in a row stand on any page.
LEAST_CANDIDATE_WORDS = 8

#: A paragraph with as many code points around its quotation may be a copy.
_OWN_WORDS = 160

_SENTENCE_BORDER = re.compile(r"[.!?][\"”’)]*\s")
_OPENING_MARK = re.compile(r"[“„«\"‟]")


def marked_claims(
    paragraph: Paragraph, following: Paragraph | None, around: Surroundings
) -> list[Claim]:
    """Return the marked quotations of *paragraph*, which *following* comes after, in order."""
    found = []
    for quotation in quotations_in(around.text, paragraph.start, paragraph.end):
        sure = quotation.closed or _goes_on(around.text, following)
        enough = sure or _may_be_copied(around.text, quotation)
        if enough and not around.in_address(quotation.start, quotation.end):
            found.append(_quotation(quotation, paragraph, around, sure=sure))
    return found


def _goes_on(text: str, following: Paragraph | None) -> bool:
    return following is not None and _OPENING_MARK.match(text, following.start) is not None


def _may_be_copied(text: str, quotation: Quotation) -> bool:
    """Whether words behind a mark that nothing closes are enough to be asked for."""
    return len(text[quotation.start : quotation.end].split()) >= LEAST_CANDIDATE_WORDS


def _quotation(
    quotation: Quotation,
    paragraph: Paragraph,
    around: Surroundings,
    *,
    sure: bool,
) -> Claim:
    """Return *quotation* as a claim, bound by its link and by who is said to speak."""
    text = around.text
    urls, binding = bind_words(around, quotation.start, quotation.end)
    attribution = attribution_of(
        text, quotation.start, quotation.end, paragraph.start, paragraph.end
    )
    if attribution.voice is Voice.OTHERS or not sure:
        binding = CANDIDATE
    named = attribution.name
    if named is not None and named[:1].islower() and beside_address(quotation, around):
        named = None  # "the diplomat" may be whom the page calls "the consul"
    elif attribution.voice is Voice.UNNAMED and not is_presented(quotation, paragraph, around):
        binding = MENTIONED if binding != CANDIDATE else binding
    return Claim(
        kind=CheckKind.QUOTATION,
        start=quotation.start,
        end=quotation.end,
        exact=text[quotation.start : quotation.end],
        urls=urls,
        binding=binding,
        speaker=attribution.layer if _is_own_phrase(text, quotation, paragraph) else None,
        named=named,
    )


def _is_own_phrase(text: str, quotation: Quotation, paragraph: Paragraph) -> bool:
    """Whether it is the poster who gives the words to somebody.

    In the middle of a longer paragraph such a phrase may itself be copied
    from the editors ("The letter states: …"); it counts only where it opens
    the paragraph, or where the paragraph is too short to be a copy.
    """
    floor = max(paragraph.start, quotation.start - _OWN_WORDS)
    before = text[floor : quotation.start]
    opens = floor == paragraph.start and not _SENTENCE_BORDER.search(before)
    after = min(paragraph.end, quotation.end + _OWN_WORDS) - quotation.end
    return opens or len(before) + after < _OWN_WORDS
