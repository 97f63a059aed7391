"""Read posts from any input, one after the other, with bounded memory."""

import os
from collections.abc import Callable, Iterator, Sequence

from flows.errors import InputError
from flows.posts.columns import parse_columns
from flows.posts.compressed import Member, members
from flows.posts.opening import UnreadableInputError, files_in, opened_bytes
from flows.posts.recognise import Wishes, recognise
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
        """Yield the posts of one input, which may unpack to several texts."""
        problems = Problems()
        try:
            with opened_bytes(path) as opened:
                seekable = opened if opened.seekable() else None
                for member in members(Bytes(opened), name=path, seekable=seekable):
                    if isinstance(member, Unreadable):
                        problems.add(member)
                    else:
                        yield from self._read_member(member)
        except UnreadableInputError as error:
            problems.add(Unreadable(place="whole input", reason=str(error)))
        if problems.listed():
            self._record(path, "unreadable", 0, problems)

    def _read_member(self, member: Member) -> Iterator[Post]:
        problems = Problems()
        form: Callable[[], str] = lambda: "unreadable"  # noqa: E731  replaced below
        count = 0
        try:
            wishes = Wishes(parse_columns(self._columns), only_with_links=self._only_with_links)
            form, found = recognise(member.source, origin=member.name, wishes=wishes)
            for item in found:
                if isinstance(item, Unreadable):
                    problems.add(item)
                else:
                    count += 1
                    yield item
        except UnreadableInputError as error:
            problems.add(Unreadable(place="whole input", reason=str(error)))
        if member.source.problem is not None:
            problems.add(
                Unreadable(place=f"byte {member.source.position}", reason=member.source.problem)
            )
        self._record(member.name, form(), count, problems)

    def _record(self, path: str, form: str, posts: int, problems: "Problems") -> None:
        self._inputs.append(
            Input(path=path, format=form, posts=posts, unreadable=problems.listed())
        )

    def _require_something(self) -> None:
        if any(entry.posts or self._was_searched(entry) for entry in self._inputs):
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

    def _was_searched(self, entry: Input) -> bool:
        """A dump in which no post may hold a link was read all the same."""
        return self._only_with_links and entry.format != "unreadable"


class Problems:
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
