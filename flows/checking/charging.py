"""Whether the words of a claim are a source's at all, or the poster's or somebody else's.

What nobody quotes from a source cannot be misquoted: such words are held
against it only where it shows that they were taken from it.
"""

import re
from collections.abc import Sequence

from flows.checking.asking import Answer, changed_share, why_not
from flows.checking.deciding import DIFFERENT, FAITHFUL, SAME_PASSAGE, Decision
from flows.checking.shelf import Shelf
from flows.citations import CANDIDATE, MENTIONED
from flows.records import Claim, Comparison, Verdict

#: A ``candidate`` is a stretch of a post that may be copied from a source or be
#: the poster's own words. It is reported only when a source really holds it: from
#: ``COPIED_WORDS`` on if the words are the same, and from ``CHANGED_WORDS`` on if
#: some differ, since shorter runs of common words resemble something on every page.
COPIED_WORDS = 8
CHANGED_WORDS = 12

#: Marked words that are a title or a term, or that somebody whom no source knows
#: is said to have spoken, are charged only where a source has nearly the same
#: ones: from this number of words on, and up to one changed word in five.
LEAST_MENTIONED = 5
NEARLY_SAME = 0.2


def is_charged(claim: Claim, decision: Decision, answers: Sequence[Answer], shelf: Shelf) -> bool:
    """Whether *decision*, which rests on *answers*, is a finding about *claim*."""
    if claim.binding == CANDIDATE:
        return _surely_copied(claim, decision)
    return _quotes_a_source(claim, decision, answers, shelf)


def of_another(claim: Claim) -> Decision | None:
    """Return what is said of words that are not charged because the post gives them to another.

    Nothing can be said of them, and a reader should see that; ``None`` for
    words that nobody in particular is said to have spoken.
    """
    if claim.named is None or claim.binding in (CANDIDATE, MENTIONED):
        return None
    reason = (
        f"The post gives these words to “{claim.named}”, whom none of the sources cited names; "
        "they are not in them, and need not be."
    )
    comparison = Comparison(verdict=Verdict.NOT_CHECKABLE, reason=reason)
    return Decision(comparison=comparison, answer=None)


def _surely_copied(claim: Claim, decision: Decision) -> bool:
    verdict, answer = decision.comparison.verdict, decision.answer
    words = len(claim.exact.split())
    if answer is None or words < COPIED_WORDS:
        return False
    if verdict in FAITHFUL or verdict is Verdict.OCR_NOISE:
        return True
    if words < CHANGED_WORDS or verdict not in DIFFERENT:
        return False
    return changed_share(answer, claim.exact) <= SAME_PASSAGE


def _quotes_a_source(
    claim: Claim, decision: Decision, answers: Sequence[Answer], shelf: Shelf
) -> bool:
    """Whether marked words are a quotation from the sources cited, and not somebody else's."""
    if claim.binding != MENTIONED and (claim.named is None or _known(claim.named, answers, shelf)):
        return True
    verdict, answer = decision.comparison.verdict, decision.answer
    if verdict in FAITHFUL or verdict is Verdict.OCR_NOISE:
        return True
    if verdict is not Verdict.ALTERED or answer is None:
        return False
    return (
        len(claim.exact.split()) >= LEAST_MENTIONED
        and changed_share(answer, claim.exact) <= NEARLY_SAME
    )


def _known(name: str, answers: Sequence[Answer], shelf: Shelf) -> bool:
    """Whether a source that was read, or an address, names *name*, or none could be read.

    "The Post" is no post: a name is looked for in its capitals, unless the
    whole sentence stands in capitals. Of several words one is enough.
    """
    urls = [answer.url for answer in answers if why_not(answer.reading) is None]
    word = rf"\b(?:{'|'.join(map(re.escape, name.split()))})(?:s|es)?\b"
    case = 0 if name[:1].isupper() and not name.isupper() else re.IGNORECASE
    return (
        not urls
        or any(re.search(word, answer.url, re.IGNORECASE) for answer in answers)
        or any(re.search(word, shelf.prepared(url).text, case) for url in urls)
    )
