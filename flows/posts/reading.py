"""Read posts from any input, one after the other, with bounded memory."""

import os
from collections.abc import Iterator, Sequence

from flows.errors import InputError
from flows.posts.opening import UnreadableInputError, files_in, opened_bytes
from flows.posts.recognise import recognise
from flows.posts.streams import Bytes
from flows.records import Input, Post, Unreadable

#: What cannot be read is named one by one up to this many times per input,
#: then only counted: a dump of garbage must not fill the memory with reasons.
_MOST_NAMED = 1_000


class PostStream:
    """Posts in the order of their inputs; iterate once.

    ``inputs`` is complete when the iteration has ended: one entry per file,
    with its form, the number of posts and what could not be read.
    """

    def __init__(
        self,
        paths: Sequence[str | os.PathLike[str]],
        *,
        columns: str | None = None,
        only_with_links: bool = False,
    ) -> None:
        self._paths = paths
        self._columns = columns
        self._only_with_links = only_with_links
        self._inputs: list[Input] = []

    @property
    def inputs(self) -> tuple[Input, ...]:
        """What was read so far."""
        return tuple(self._inputs)

    def __iter__(self) -> Iterator[Post]:
        for path in files_in(self._paths):
            yield from self._read(path)
        self._require_something()

    def _read(self, path: str) -> Iterator[Post]:
        problems = _Problems()
        form, count = "unreadable", 0
        try:
            with opened_bytes(path) as opened:
                source = Bytes(opened)
                form, found = recognise(source, origin=path, only_with_links=self._only_with_links)
                for item in found:
                    if isinstance(item, Unreadable):
                        problems.add(item)
                    else:
                        count += 1
                        yield item
                if source.problem is not None:
                    problems.add(Unreadable(place="end", reason=source.problem))
        except UnreadableInputError as error:
            problems.add(Unreadable(place="whole input", reason=str(error)))
        self._inputs.append(
            Input(path=path, format=form, posts=count, unreadable=problems.listed())
        )

    def _require_something(self) -> None:
        if any(entry.posts for entry in self._inputs):
            return
        first = os.fspath(self._paths[0]) if self._paths else "(no input)"
        if not self._inputs:
            raise InputError(
                first, "the folder holds no files" if self._paths else "nothing to read"
            )
        if len(self._inputs) == 1:
            entry = self._inputs[0]
            reason = entry.unreadable[0].reason if entry.unreadable else "no posts in it"
            raise InputError(entry.path, reason)
        reasons = {entry.unreadable[0].reason for entry in self._inputs if entry.unreadable}
        told = "; ".join(sorted(reasons)[:3]) or "no posts in them"
        raise InputError(first, f"nothing readable in {len(self._inputs)} files ({told})")


class _Problems:
    """Collects what could not be read, without growing beyond bounds."""

    def __init__(self) -> None:
        self._named: list[Unreadable] = []
        self._more = 0

    def add(self, problem: Unreadable) -> None:
        """Name *problem*, or count it when enough are named."""
        if len(self._named) < _MOST_NAMED:
            self._named.append(problem)
        else:
            self._more += 1

    def listed(self) -> tuple[Unreadable, ...]:
        """Return what was named, and how many more there were."""
        if not self._more:
            return tuple(self._named)
        rest = Unreadable(place="further", reason=f"{self._more} more parts could not be read")
        return (*self._named, rest)


def read_posts(
    paths: Sequence[str | os.PathLike[str]],
    *,
    columns: str | None = None,
    only_with_links: bool = False,
) -> PostStream:
    """Return the posts in *paths* as a stream.

    Each of *paths* is a file, a folder (walked, sorted) or ``-`` (standard
    input); the form of each file is told from its content.

    Args:
        paths: What to read.
        columns: For tables, which column is which: ``"id=nr,text=body"``.
        only_with_links: Yield only posts that may hold an address of the
            Archive. Large dumps are then read about as fast as ``grep`` reads
            them, because posts without one are not even parsed.

    Raises:
        InputError: While iterating: nothing in any of *paths* can be read.
    """
    return PostStream(paths, columns=columns, only_with_links=only_with_links)
