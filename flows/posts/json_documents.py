"""Walk through JSON of any size and find the posts in it.

The document is never held: objects are built from the inside out, an object
that is a post is handed on as soon as it ends, and what encloses it keeps
only its scalar values.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from flows.posts.boards import form_of, post_from
from flows.posts.columns import Columns
from flows.posts.draft import Yielded
from flows.posts.pieces import ENTITIES, PIECES, WHOLE, WRITERS
from flows.posts.streams import Bytes
from flows.records import Unreadable

#: Board exports nest five or six levels deep.
DEEPEST = 60
#: The longest stretch without a quotation mark, in bytes: a longer string is
#: no post, and would have to be held whole.
LONGEST_STRING = 8_000_000


@dataclass(slots=True)
class _Level:
    """An object or array that has begun: its scalars, and where its next value goes."""

    is_object: bool
    values: dict[str, Any] = field(default_factory=dict)
    items: list[Any] = field(default_factory=list)
    key: str = ""
    size: int = 0
    handed_on: bool = False
    #: How many values an array has had, and how many posts there were before this one began.
    seen: int = 0
    posts_before: int = 0

    def keep(self, value: object) -> None:
        """Remember *value* under the current key, unless the object is absurdly large."""
        self.size += len(value) if isinstance(value, str) else 8
        if self.size > LONGEST_STRING:
            return
        if self.is_object:
            self.values[self.key] = value
        else:
            self.items.append(value)

    def take(self, part: "_Level") -> None:
        """Remember *part*, an object within this one that is no post, unless it is too large."""
        self.size += part.size
        if self.is_object:
            self.values.setdefault(self.key, part.values)
        elif self.size <= LONGEST_STRING:
            self.items.append(part.values)


class _Guarded:
    """Ends a source in which one string would fill the memory."""

    def __init__(self, source: Bytes) -> None:
        self._source = source
        self._run = 0
        self.too_long = False

    def read(self, size: int = -1, /) -> bytes:
        if size == 0:  # ijson asks for nothing to learn whether it gets bytes
            return b""
        data = self._source.read(size if size > 0 else 1 << 16)
        last = data.rfind(b'"')
        self._run = self._run + len(data) if last < 0 else len(data) - last
        if self._run > LONGEST_STRING:
            self.too_long = True
            return b""
        return data


class JsonWalk:
    """The posts in a JSON document, or in several set one after the other.

    A post without an id goes by *name* and its number.
    """

    def __init__(
        self, source: Bytes, *, origin: str, columns: Columns, name: str = "object"
    ) -> None:
        self._source = source
        self._name = name
        self._origin = origin
        self._columns = columns
        self._stack: list[_Level] = []
        self._too_deep = 0
        self._guarded = _Guarded(source)
        self.count = 0
        self.form: str | None = None

    def posts(self) -> Iterator[Yielded]:
        """Yield the posts; a fault in the JSON ends them and is named with its place."""
        import ijson  # noqa: PLC0415  20 ms to load, and dumps in JSON Lines do not need it

        events = ijson.basic_parse(self._guarded, multiple_values=True, buf_size=1 << 16)
        told = False
        try:
            for event, value in events:
                yield from self._event(event, value)
                if self._too_deep and not told:
                    told = True
                    yield Unreadable(
                        place=f"byte {self._source.position} or before",
                        reason=f"nested deeper than {DEEPEST} levels; left out",
                    )
        except (ijson.JSONError, UnicodeDecodeError, ValueError, RecursionError) as error:
            if self._guarded.too_long:
                reason = f"a string of more than {LONGEST_STRING} bytes"
            else:
                reason = str(error).splitlines()[0][:200] or type(error).__name__
            yield Unreadable(
                place=f"byte {self._source.position} or before",
                reason=f"the JSON cannot be read there: {reason}",
            )

    @property
    def gave_up(self) -> bool:
        """Whether a string was too long to read on; what follows its line may be read."""
        return self._guarded.too_long

    def _event(self, event: str, value: object) -> Iterator[Yielded]:
        if event in {"start_map", "start_array"}:
            yield from self._begin(is_object=event == "start_map")
        elif event in {"end_map", "end_array"}:
            yield from self._end()
        elif self._too_deep:
            return
        elif event == "map_key":
            self._stack[-1].key = str(value)
        elif self._stack:
            self._stack[-1].seen += 1
            self._stack[-1].keep(_number(value))
            if (place := self._place_of_a_post()) is not None:
                yield Unreadable(place=place, reason="no post: not an object")

    def _begin(self, *, is_object: bool) -> Iterator[Yielded]:
        if len(self._stack) >= DEEPEST or self._too_deep:
            self._too_deep += 1
            return
        parent = self._stack[-1] if self._stack else None
        opens_replies = parent is not None and parent.is_object and parent.key == "posts"
        if opens_replies and parent is not None and not parent.handed_on:
            # An opening post that encloses its replies goes before them.
            post = list(self._post(parent.values, self._stack[:-1]))
            parent.handed_on = bool(post)
            yield from post
        if parent is not None:
            parent.seen += 1
        self._stack.append(_Level(is_object, posts_before=self.count))

    def _end(self) -> Iterator[Yielded]:
        if self._too_deep:
            self._too_deep -= 1
            return
        level = self._stack.pop()
        parent = self._stack[-1] if self._stack else None
        if not level.is_object:
            if parent is not None and parent.is_object and level.items:
                parent.values.setdefault(parent.key, level.items)
            return
        if parent is not None and self._describes(parent):
            parent.take(level)
            return
        found = [] if level.handed_on else list(self._post(level.values, self._stack))
        if found:
            yield from found
        elif self.count == level.posts_before and (place := self._place_of_a_post()) is not None:
            yield Unreadable(place=place, reason="no post in it: no number or no text")
        elif parent is not None and parent.is_object:
            # Small objects that describe the one around them ({"board": {…}}).
            parent.values.setdefault(parent.key, level.values)

    def _describes(self, parent: _Level) -> bool:
        """Whether the object that just ended in *parent* is a part of the post around it."""
        if parent.is_object and (parent.key in WRITERS or parent.key in WHOLE):
            return True
        around = self._stack[-2] if len(self._stack) > 1 else parent
        if not parent.is_object and around.is_object and around.key in PIECES:
            return True
        return any(level.is_object and level.key in ENTITIES for level in self._stack)

    def _place_of_a_post(self) -> str | None:
        """Return where the value that just ended stood, if only posts stand there.

        That is an array of the whole document, or one under ``posts``.
        """
        parent = self._stack[-1] if self._stack else None
        if parent is None or parent.is_object:
            return None
        if len(self._stack) == 1:
            return f"[{parent.seen - 1}]"
        around = self._stack[-2]
        if around.is_object and around.key == "posts":
            return f"posts[{parent.seen - 1}]"
        return None

    def _post(self, row: dict[str, Any], around: list[_Level]) -> Iterator[Yielded]:
        form = form_of(row, self._columns)
        if form is None:
            return
        enclosing = [level.values for level in reversed(around) if level.is_object]
        self.form = self.form or form
        self.count += 1
        post = post_from(
            row,
            enclosing,
            form=form,
            origin=self._origin,
            place=f"{self._name}-{self.count}",
            columns=self._columns,
        )
        if post is not None:
            yield post


def _number(value: object) -> object:
    """Ijson gives ``Decimal`` for exactness; times and ids are plain numbers."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value
