"""Citing posts in the catalogue, so that a later refetch can check them again.

The catalogue holds them as opaque JSON with the addresses they cite; what is
in the JSON is decided here alone.
"""

import hashlib
from collections.abc import Collection, Sequence

from pydantic import TypeAdapter

from flows.archive import Archive
from flows.checking import CitingPost
from flows.citations import companions
from flows.records import Post

_CITING = TypeAdapter(CitingPost)


def post_key(post: Post) -> str:
    """Return a name for *post* that is the same on every run over the same input.

    Numbers of posts are unique on one board only, and files may hold different
    versions of one post, so the file is part of it.
    """
    parts = (post.origin, post.board or "", post.thread or "", post.id)
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def remember(archive: Archive, run_id: str, items: Sequence[CitingPost]) -> None:
    """Keep *items* with the addresses that their findings depend on."""
    rows = []
    for item in items:
        urls = cited(item)
        if urls:
            rows.append((post_key(item.post), _CITING.dump_json(item), sorted(urls)))
    archive.remember_posts(run_id, rows)


def recall(archive: Archive, urls: Collection[str]) -> list[CitingPost]:
    """Return the kept posts whose findings depend on any of *urls*."""
    return [_CITING.validate_json(payload) for _, payload in archive.posts_citing(urls)]


def cited(item: CitingPost) -> set[str]:
    """Return every canonical address that the findings of *item* depend on."""
    named = (url for link in item.links for url in (link.canonical_url, link.capture_url))
    urls = {url for url in named if url is not None}
    urls.update(url for claim in item.claims for url in claim.urls)
    return urls.union(*(companions(url) for url in urls)) if urls else urls
