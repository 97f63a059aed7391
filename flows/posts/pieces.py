"""Words that an export keeps in pieces, and addresses that it keeps beside the words.

Telegram's exports give a text as a list of strings and marked pieces
(https://core.telegram.org/import-export); Twitter's shorten every address in
a text and list what each stands for under ``entities``.
"""

from collections.abc import Mapping
from typing import Any

#: The keys under which lists hold the pieces of a text: no posts.
PIECES = frozenset({"text", "text_entities"})
#: The keys under which everything tells of the words of the post around it.
ENTITIES = frozenset({"entities", "extended_entities"})
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


def with_whole_addresses(words: str, row: Mapping[str, Any]) -> str:
    """Return *words* with each shortened address as ``entities`` of *row* gives it in full.

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
    return words
