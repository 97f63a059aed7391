"""Posts in, citing posts out: which posts cite the Archive, and for which words."""

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from flows.checking import CitingPost
from flows.citations import bind_replies, companions, find_claims, find_links, link_kind
from flows.records import Link, LinkKind, Post, Wanted

#: Posts without links that are remembered, because a later post may answer
#: them with the source, and that are listed in the report when there are no
#: more of them than this. Bounds the memory of a run over a whole board.
LINKLESS_KEPT = 1_000


@dataclass(slots=True)
class Gathering:
    """The posts of a run that matter, collected from a stream of any length."""

    posts: int = 0
    _citing: list[CitingPost] = field(default_factory=list)
    _linked: set[str] = field(default_factory=set)
    _answering: list[Post] = field(default_factory=list)
    _recent: deque[Post] = field(default_factory=lambda: deque(maxlen=LINKLESS_KEPT))
    _linkless: int = 0

    def add(self, posts: Iterable[Post]) -> None:
        """Take in *posts*; of those without a link, keep what a reply chain may need."""
        for post in posts:
            self.posts += 1
            links = tuple(find_links(post.text))
            if links:
                self._citing.append(_citing(post, links))
                self._linked.add(post.id)
            elif self._linked.intersection(post.replies_to):
                self._answering.append(post)
            else:
                self._linkless += 1
                self._recent.append(post)

    def finish(self) -> list[CitingPost]:
        """Return the posts to check and list, with quotations bound across replies.

        Posts without a link come after those with one; they are left out when
        there are many of them and nobody who cites the Archive answers them.
        """
        answered = {target for item in self._citing for target in item.post.replies_to}
        few = self._linkless <= LINKLESS_KEPT
        kept = [post for post in self._recent if few or post.id in answered]
        others = [_citing(post, ()) for post in (*self._answering, *kept)]
        return bind_all([*self._citing, *others])


def _citing(post: Post, links: tuple[Link, ...]) -> CitingPost:
    return CitingPost(post=post, links=links, claims=tuple(find_claims(post.text, list(links))))


def bind_all(items: Sequence[CitingPost]) -> list[CitingPost]:
    """Return *items* with the claims of link-free posts bound through replies."""
    bound = bind_replies([(item.post, item.links, item.claims) for item in items])
    return [
        CitingPost(post=item.post, links=item.links, claims=tuple(claims))
        for item, claims in zip(items, bound, strict=True)
    ]


def wanted_sources(items: Iterable[CitingPost]) -> list[Wanted]:
    """Return each distinct source once, in order of first mention.

    That is the page of every usable link, the capture of it that the link names,
    and for a document page the address of the document's text when somebody
    quotes from it.
    """
    found: dict[str, Wanted] = {}
    for item in items:
        cited_at = item.post.posted_at
        for link in item.links:
            for address in (link.canonical_url, link.capture_url):
                if address is not None:
                    wanted = Wanted(
                        canonical_url=address,
                        url=link.url,
                        kind=link.kind,
                        cited_at=cited_at,
                        capture_wanted=link.capture_wanted,
                    )
                    found[address] = _earlier(found.get(address), wanted)
        for url in dict.fromkeys(url for claim in item.claims for url in claim.urls):
            for address in companions(url):
                kind = link_kind(address)
                extra = Wanted(canonical_url=address, url=address, kind=kind, cited_at=cited_at)
                found[address] = _earlier(found.get(address), extra)
    return [wanted for wanted in found.values() if wanted.kind is not LinkKind.UNUSABLE]


def _earlier(known: Wanted | None, new: Wanted) -> Wanted:
    """Of two mentions keep the first, with the earlier time: its author saw the page then."""
    if known is None:
        return new
    times: list[datetime] = [t for t in (known.cited_at, new.cited_at) if t is not None]
    return Wanted(
        canonical_url=known.canonical_url,
        url=known.url,
        kind=known.kind,
        cited_at=min(times, default=None),
        capture_wanted=known.capture_wanted or new.capture_wanted,
    )
