"""Bind quotations to links that stand in another post of the conversation."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from flows.citations.binding import CANDIDATE, MENTIONED, REPLY, addresses
from flows.records import CheckKind, Claim, Link, Post

#: How many answers above the post answered a source is looked for, and in how
#: many posts of one level: enough for an exchange, whatever a spammer quotes.
_FURTHEST = 6
_MOST_ABOVE = 20

Item = tuple[Post, Sequence[Link], Sequence[Claim]]


def bind_replies(items: Sequence[Item]) -> list[list[Claim]]:
    """Return the claims of every post, those of link-free posts bound through replies.

    A post without a usable link takes the links of the posts it answers, in
    the order it names them; failing that, the links of posts that answer it;
    failing that, those of the post that began the exchange. Words that the
    post answered says itself are quoted from there, unmarked words prove
    nothing, and a source several answers away may be forgotten by then: all
    three are ``candidate``.
    """
    by_id: dict[str, int] = {}
    answers: dict[str, list[int]] = {}
    for place, (post, _, _) in enumerate(items):
        by_id.setdefault(post.id, place)
        for target in dict.fromkeys(post.replies_to):
            answers.setdefault(target, []).append(place)
    bound = []
    for place, (post, links, claims) in enumerate(items):
        asked = [by_id[target] for target in post.replies_to if target in by_id]
        if addresses(links) or not claims:
            said = [items[other][0] for other in asked]
            bound.append([_own_or_quoted(claim, said) for claim in claims])
            continue
        near = _first_with_links(asked, items, place) or _first_with_links(
            answers.get(post.id, ()), items, place
        )
        far = () if near else _further_up(asked, items, by_id)
        posts = [items[other][0] for other in asked]
        bound.append([_bind(claim, near or far, posts, far=bool(far)) for claim in claims])
    return bound


def _further_up(
    asked: Sequence[int], items: Sequence[Item], by_id: Mapping[str, int]
) -> tuple[str, ...]:
    """Return the links of the nearest posts above those in *asked*, which have none."""
    seen = set(asked)
    level = list(asked)
    for _ in range(_FURTHEST):
        above = [
            by_id[target]
            for place in level
            for target in items[place][0].replies_to
            if target in by_id and by_id[target] not in seen
        ][:_MOST_ABOVE]
        seen.update(above)
        level = list(dict.fromkeys(above))
        if found := _first_with_links(level, items, -1):
            return found
    return ()


def _first_with_links(places: Sequence[int], items: Sequence[Item], own: int) -> tuple[str, ...]:
    urls: dict[str, None] = {}
    for place in places:
        if place != own:
            urls.update(dict.fromkeys(addresses(items[place][1])))
    return tuple(urls)


def _own_or_quoted(claim: Claim, asked: Sequence[Post]) -> Claim:
    """Leave a quotation from a post answered to that post, whatever the answer links to."""
    if claim.kind is not CheckKind.QUOTATION or claim.within is not None:
        return claim
    said_there = any(claim.exact in post.text for post in asked)
    return replace(claim, binding=CANDIDATE) if said_there else claim


def _bind(claim: Claim, urls: tuple[str, ...], asked: Sequence[Post], *, far: bool) -> Claim:
    if not urls or claim.urls:
        return claim
    said_there = any(claim.exact in post.text for post in asked)
    own_words = claim.kind is CheckKind.PASSAGE or claim.binding == CANDIDATE
    unsure = far or said_there or (own_words and claim.field is None)
    mentioned = MENTIONED if claim.binding == MENTIONED else REPLY
    return replace(claim, urls=urls, binding=CANDIDATE if unsure else mentioned)
