"""Fields that a post copied together belong to one page: the one their description stands on."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from flows.checking.asking import ask, changed_share
from flows.checking.charging import COPIED_WORDS
from flows.checking.deciding import DIFFERENT, FAITHFUL, SAME_PASSAGE
from flows.checking.entries import is_called
from flows.checking.shelf import Shelf
from flows.citations import BLOCK, page_of
from flows.records import CheckKind, Claim, FieldName


def at_home(claims: Sequence[Claim], shelf: Shelf) -> list[Claim]:
    """Return *claims* with the fields of a block asked of its own page alone, where it is known.

    A date or a source may stand on another page that the post cites, too, and
    would then pass for the block's. Its own page is the nearest one, once the
    description or the title copied with them is found to stand there.
    """
    homes = {
        claim.urls
        for claim in claims
        if claim.binding == BLOCK
        and (
            (claim.field is FieldName.DESCRIPTION and _stands(claim, shelf))
            or (claim.title is not None and _is_titled(claim, claim.title, shelf))
        )
    }
    return [
        replace(claim, urls=_of_nearest_page(claim))
        if claim.kind is CheckKind.FIELD and claim.binding == BLOCK and claim.urls in homes
        else claim
        for claim in claims
    ]


def _of_nearest_page(claim: Claim) -> tuple[str, ...]:
    """Return the addresses of the nearest page: of the capture that a link names, and its own."""
    return tuple(takewhile(lambda url: page_of(url) == page_of(claim.urls[0]), claim.urls))


def _is_titled(claim: Claim, title: str, shelf: Shelf) -> bool:
    """Whether the page nearest to *claim*, of several, has *title*."""
    nearest = _of_nearest_page(claim)
    if len(nearest) == len(claim.urls):
        return False
    pages = (reading.page for url in nearest for reading in shelf.witnesses(url)[:1])
    return any(
        found.name is FieldName.TITLE and is_called(title, found)
        for page in pages
        if page is not None
        for found in page.fields
    )


def _stands(claim: Claim, shelf: Shelf) -> bool:
    """Whether the words of *claim*, enough to know a page by, stand on the page nearest to it."""
    if len(_of_nearest_page(claim)) == len(claim.urls) or len(claim.exact.split()) < COPIED_WORDS:
        return False
    pages = [reading for url in _of_nearest_page(claim) for reading in shelf.witnesses(url)[:1]]
    answers = [ask(claim.exact, reading, shelf) for reading in pages]
    return any(
        answer.verdict in FAITHFUL
        or (answer.verdict in DIFFERENT and changed_share(answer, claim.exact) <= SAME_PASSAGE)
        for answer in answers
    )
