"""Words that an export keeps in pieces, and addresses that it keeps beside the words.

Telegram's exports give a text as a list of strings and marked pieces
(https://core.telegram.org/import-export); Twitter's shorten every address in
a text and list what each stands for under ``entities``, and give long texts whole
under a key of their own; Bluesky's list the addresses under ``facets``
(https://docs.bsky.app/docs/advanced-guides/post-richtext).
"""

from collections.abc import Mapping
from typing import Any

#: The keys under which lists hold the pieces of a text: no posts.
PIECES = frozenset({"text", "text_entities"})
#: The keys under which everything tells of the words of the post around it.
ENTITIES = frozenset({"entities", "extended_entities", "facets"})
#: The keys of objects that hold the whole of a text of which the post around them has the start.
WHOLE = ("note_tweet", "extended_tweet")
#: The keys of objects that say who wrote the post around them.
WRITERS = frozenset({"user", "author"})


def joined(value: object) -> str | None:
    """Return the words of *value*, a string or a list of pieces; ``None`` if it is neither.

    A piece that hides an address behind words is followed by it.

    >>> joined(["See ", {"type": "text_link", "text": "this", "href": "https://a.example"}, "."])
    'See this <https://a.example>.'
    """
    if isinstance(value, str):
        return value
    if not isinstance(value, list):
        return None
    return "".join(_piece(item) for item in value)


def _piece(item: object) -> str:
    if not isinstance(item, Mapping):
        return item if isinstance(item, str) else ""
    words, hidden = item.get("text"), item.get("href")
    words = words if isinstance(words, str) else ""
    if not isinstance(hidden, str) or hidden in words:
        return words
    return f"{words} <{hidden}>"


def whole_text(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what of *row* has its text whole: *row* itself, or an object in it."""
    return next((row[key] for key in WHOLE if isinstance(row.get(key), Mapping)), row)


def with_whole_addresses(words: str, row: Mapping[str, Any]) -> str:
    """Return *words* with each shortened address in full, as *row* gives it beside them.

    >>> with_whole_addresses("Read https://t.example/x", {"entities": {"urls": [
    ...     {"url": "https://t.example/x", "expanded_url": "https://a.example/memo"}]}})
    'Read https://a.example/memo'
    """
    entities = row.get("entities")
    urls = entities.get("urls") if isinstance(entities, Mapping) else None
    for item in urls if isinstance(urls, list) else []:
        short, full = (
            (item.get("url"), item.get("expanded_url")) if isinstance(item, Mapping) else ("", "")
        )
        if isinstance(short, str) and short and isinstance(full, str) and full:
            words = words.replace(short, full)
    return _with_facets(words, row.get("facets"))


def _with_facets(words: str, facets: object) -> str:
    """Put each address that a facet gives in the place of a shortened one, or behind its words."""
    links = [_link_of(facet) for facet in facets] if isinstance(facets, list) else []
    if not any(links):
        return words
    raw = words.encode("utf-8", "replace")
    for start, end, address in sorted(filter(None, links), reverse=True):
        label = raw[start:end].decode("utf-8", "replace").strip()
        if not label or label in address or label.rstrip(".…") in address:
            raw = raw[:start] + address.encode("utf-8", "replace") + raw[end:]
        else:
            raw = raw[:end] + f" <{address}>".encode("utf-8", "replace") + raw[end:]
    return raw.decode("utf-8", "replace")


def _link_of(facet: object) -> tuple[int, int, str] | None:
    """Return the bytes a facet covers and the address it gives them, ``None`` if it gives none."""
    if not isinstance(facet, Mapping):
        return None
    index, features = facet.get("index"), facet.get("features")
    address = next(
        (
            item["uri"]
            for item in (features if isinstance(features, list) else [])
            if isinstance(item, Mapping) and isinstance(item.get("uri"), str)
        ),
        None,
    )
    if address is None or not isinstance(index, Mapping):
        return None
    start, end = index.get("byteStart"), index.get("byteEnd")
    return (start, end, address) if isinstance(start, int) and isinstance(end, int) else None
