"""Bind quotations to links that stand in another post of the conversation."""

from collections.abc import Sequence
from dataclasses import replace

from flows.citations.binding import CANDIDATE, REPLY, addresses
from flows.records import CheckKind, Claim, Link, Post

Item = tuple[Post, Sequence[Link], Sequence[Claim]]


def bind_replies(items: Sequence[Item]) -> list[list[Claim]]:
    """Return the claims of every post, those of link-free posts bound through replies.

    A post without a usable link takes the links of the posts it answers, in
    the order it names them; failing that, the links of posts that answer it.
    Words that the post answered says itself are quoted from there, and
    unmarked words prove nothing: both are ``candidate``.
    """
    by_id: dict[str, int] = {}
    answers: dict[str, list[int]] = {}
    for place, (post, _, _) in enumerate(items):
        by_id.setdefault(post.id, place)
        for target in dict.fromkeys(post.replies_to):
            answers.setdefault(target, []).append(place)
    bound = []
    for place, (post, links, claims) in enumerate(items):
        if addresses(links) or not claims:
            bound.append(list(claims))
            continue
        asked = [by_id[target] for target in post.replies_to if target in by_id]
        near = _first_with_links(asked, items, place) or _first_with_links(
            answers.get(post.id, ()), items, place
        )
        bound.append([_bind(claim, near, [items[other][0] for other in asked]) for claim in claims])
    return bound


def _first_with_links(places: Sequence[int], items: Sequence[Item], own: int) -> tuple[str, ...]:
    urls: dict[str, None] = {}
    for place in places:
        if place != own:
            urls.update(dict.fromkeys(addresses(items[place][1])))
    return tuple(urls)


def _bind(claim: Claim, urls: tuple[str, ...], asked: Sequence[Post]) -> Claim:
    if not urls or claim.urls:
        return claim
    said_there = any(claim.exact in post.text for post in asked)
    own_words = claim.kind is CheckKind.PASSAGE or claim.binding == CANDIDATE
    unsure = said_there or (own_words and claim.field is None)
    return replace(claim, urls=urls, binding=CANDIDATE if unsure else REPLY)
