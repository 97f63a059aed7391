"""Many witnesses, one verdict.

The rules, in the order in which they are tried:

1. A witness that has the words (verbatim, typographic, elided) settles it;
   the Archive's page is preferred over the document's text when both do, and
   a capture that the post names over the page as it reads today.
2. A changed word on a page that otherwise has the very words is an alteration,
   even if the noise of a machine-read text could explain it away: the page is
   typed by editors and is the better reading.
3. Recognition noise that explains every difference settles it next.
4. Then the closest witness that has the words altered or spliced. When that
   witness merely says something similar and another could not be read, the
   words may stand in the other: nothing is said against them.
5. Words in no witness are ``not_found`` only if every witness was read.
"""

from dataclasses import dataclass, replace

from flows.checking.asking import Answer, changed_share, with_warnings
from flows.records import Comparison, Layer, Verdict

FAITHFUL = (Verdict.VERBATIM, Verdict.TYPOGRAPHIC, Verdict.ELIDED)
DIFFERENT = (Verdict.ALTERED, Verdict.SPLICED)
UNREAD = (Verdict.UNAVAILABLE, Verdict.NOT_CHECKABLE)

#: Up to this share of changed words a page is taken to hold the very passage
#: that was quoted, not merely a similar one. One changed word in seven is
#: above what editors' summaries of a document share with its own wording.
SAME_PASSAGE = 0.15

LAYER_NAMES = {
    Layer.PAGE: "the Archive's page",
    Layer.OCR: "the primary document (machine-read text)",
    Layer.PDF: "the primary document (PDF)",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The verdict on a claim and the answer it rests on (``None``: on none)."""

    comparison: Comparison
    answer: Answer | None


def decide(exact: str, answers: list[Answer]) -> Decision:
    """Return the one verdict that *answers*, nearest source first, support."""
    unread = [answer for answer in answers if answer.verdict in UNREAD]
    chosen = _closest(exact, answers)
    if chosen is None:
        return _nothing_found(answers, unread)
    similar_only = changed_share(chosen, exact) > SAME_PASSAGE
    if chosen.verdict in DIFFERENT and similar_only and unread:
        return _may_stand_elsewhere(chosen, unread[0])
    comparison = chosen.comparison
    if chosen.verdict in DIFFERENT and unread:
        comparison = with_warnings(comparison, "sources_missing")
    comparison = _with_disagreement(comparison, chosen, answers)
    return Decision(comparison=comparison, answer=chosen)


def _closest(exact: str, answers: list[Answer]) -> Answer | None:
    for verdict in FAITHFUL:
        for answer in sorted(answers, key=_page_first):
            if answer.verdict is verdict:
                return answer
    different = [answer for answer in answers if answer.verdict in DIFFERENT]
    different.sort(key=lambda answer: (changed_share(answer, exact), _page_first(answer)))
    pages = [answer for answer in different if answer.layer is Layer.PAGE]
    if pages and changed_share(pages[0], exact) <= SAME_PASSAGE:
        return pages[0]
    noisy = [answer for answer in answers if answer.verdict is Verdict.OCR_NOISE]
    return next(iter(noisy + different), None)


def _page_first(answer: Answer) -> int:
    return 0 if answer.layer is Layer.PAGE else 1


def _nothing_found(answers: list[Answer], unread: list[Answer]) -> Decision:
    if not unread:
        absent = next((a for a in answers if a.verdict is Verdict.NOT_FOUND), None)
        comparison = absent.comparison if absent else Comparison(verdict=Verdict.NOT_FOUND)
        if len(answers) > 1:
            names = " and ".join(dict.fromkeys(map(_name, answers)))
            comparison = replace(
                comparison, reason=f"Read in full, and the words are in none of them: {names}."
            )
        return Decision(comparison=comparison, answer=absent)
    missing = unread[0]
    if len(unread) == len(answers):
        return Decision(comparison=missing.comparison, answer=missing)
    reason = (
        f"The words are not in what could be read, but {_name(missing)} "
        f"could not be: {missing.comparison.reason}"
    )
    comparison = with_warnings(
        Comparison(verdict=missing.verdict, reason=reason), "sources_missing"
    )
    return Decision(comparison=comparison, answer=missing)


def _may_stand_elsewhere(similar: Answer, missing: Answer) -> Decision:
    reason = (
        f"{_capital(_name(similar))} has only similar words, and "
        f"{_name(missing)} could not be read: {missing.comparison.reason}"
    )
    comparison = with_warnings(
        Comparison(verdict=missing.verdict, reason=reason), "sources_missing"
    )
    return Decision(comparison=comparison, answer=missing)


def _with_disagreement(comparison: Comparison, chosen: Answer, answers: list[Answer]) -> Comparison:
    """Say so when another witness of the same words reads them differently."""
    others = [
        answer
        for answer in answers
        if answer.page != chosen.page and answer.verdict in DIFFERENT and answer.layer is Layer.PAGE
    ]
    if chosen.verdict in FAITHFUL and others:
        return with_warnings(comparison, "layers_differ")
    return comparison


def _name(answer: Answer) -> str:
    return "the capture that the post links to" if answer.is_capture else LAYER_NAMES[answer.layer]


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]
