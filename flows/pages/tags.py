"""The tags of a page, found by name or class without walking the page again.

A search through BeautifulSoup's tree looks at every tag; a page is searched
some twenty times, so the tags are noted while the tree is built.
"""

import re
from collections.abc import Iterable

from bs4 import Tag


class Placed(Tag):
    """A tag that knows its place: offsets in the text, before trimming, and its rank."""

    opened_at: int = 0
    closed_at: int = 0
    rank: int = 0


class Tags:
    """All tags of a page, in the page's order."""

    def __init__(self) -> None:
        self._by_name: dict[str, list[Placed]] = {}
        self._by_class: dict[str, list[Placed]] = {}
        self.count = 0

    def add(self, tag: Placed) -> None:
        """Take in the next tag of the page."""
        tag.rank = self.count
        self.count += 1
        self._by_name.setdefault(tag.name, []).append(tag)
        for name in classes_of(tag):
            self._by_class.setdefault(name, []).append(tag)

    def named(self, *names: str) -> list[Placed]:
        """Return the tags with one of these names."""
        return _in_order(self._by_name.get(name, ()) for name in names)

    def classed(self, *names: str) -> list[Placed]:
        """Return the tags with one of these classes, each once."""
        return _in_order(self._by_class.get(name, ()) for name in names)

    def classed_like(self, pattern: re.Pattern[str]) -> list[Placed]:
        """Return the tags with a class in which *pattern* occurs, each once."""
        return _in_order(tags for name, tags in self._by_class.items() if pattern.search(name))


def classes_of(tag: Tag) -> list[str]:
    """Return the classes of *tag*."""
    value = tag.get("class")
    if value is None:
        return []
    return value.split() if isinstance(value, str) else [str(name) for name in value]


def attribute(tag: Tag, name: str) -> str:
    """Return an attribute without white space around, or the empty string."""
    value = tag.get(name)
    return value.strip() if isinstance(value, str) else ""


def _in_order(groups: Iterable[Iterable[Placed]]) -> list[Placed]:
    found = {tag.rank: tag for group in groups for tag in group}
    return [found[rank] for rank in sorted(found)]
