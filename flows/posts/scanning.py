"""Find the few lines or posts of a dump that may hold a link, without parsing the others.

The bytes are searched in chunks as they are read. Only around a hit is a line,
or the post between two headers, cut out and handed on, each once, in order.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from flows.citations.prefilter import OVERLAP, next_hit
from flows.posts.streams import Bytes

#: Small enough to stay in a processor's cache while it is searched for one
#: needle after the other.
_CHUNK = 1 << 19

#: A line or post longer than this is cut: memory stays bounded.
LONGEST_STRETCH = 1 << 24
#: How far back the header of a post is looked for, in bytes.
_BACK = 1 << 19


@dataclass(frozen=True, slots=True)
class Stretch:
    """A line of an input: its bytes, and where they begin."""

    data: bytes
    position: int


def lines_with_links(source: Bytes) -> Iterator[Stretch]:
    """Yield every line of *source* that may hold a link, without its break.

    A line longer than ``LONGEST_STRETCH`` is yielded cut.
    """
    window = _Window(source, back=0)
    while (hit := window.next_hit()) is not None:
        start = window.data.rfind(b"\n", 0, hit) + 1
        end = window.line_end(hit)
        base = window.position
        if end - start > LONGEST_STRETCH:
            window.skip_line()
            yield Stretch(window.data[start : start + LONGEST_STRETCH], base + start)
            continue
        yield Stretch(window.data[start:end].removesuffix(b"\r"), base + start)
        window.go_on(end)


def stretches_with_links(source: Bytes, is_header: Callable[[bytes], bool]) -> Iterator[bytes]:
    """Yield every post of *source* that may hold a link, from its header to the next one."""
    window = _Window(source, back=_BACK)
    while (hit := window.next_hit()) is not None:
        start = _header_before(window.data, hit, window.done, is_header)
        end = window.line_end(hit)
        while end < len(window.data):
            following = window.line_end(end + 1)
            line = window.data[end + 1 : following]
            if is_header(line) or end - start > LONGEST_STRETCH:
                break
            end = following
        yield window.data[start : end + 1]
        window.go_on(end)


def _header_before(data: bytes, hit: int, floor: int, is_header: Callable[[bytes], bool]) -> int:
    """Return where the post around *hit* begins, or the line of *hit* if no header is near."""
    end = data.find(b"\n", hit)
    end = len(data) if end < 0 else end
    own_line = data.rfind(b"\n", 0, hit) + 1
    while end > floor:
        start = data.rfind(b"\n", 0, end) + 1
        if is_header(data[start:end]):
            return start
        if start == 0:
            break
        end = start - 1
    return own_line


class _Window:
    """The part of a source that is in memory: what was searched last, and a bit before it."""

    def __init__(self, source: Bytes, *, back: int) -> None:
        self._source = source
        self._back = back
        self.data = b""
        self.position = 0
        self.done = 0
        self._searched = 0

    def next_hit(self) -> int | None:
        """Return the place in ``data`` of the next needle, or ``None`` at the end."""
        while True:
            hit = next_hit(self.data, max(self.done, self._searched - OVERLAP))
            if hit >= 0:
                self._searched = hit
                return hit
            self._searched = len(self.data)
            if not self._slide():
                return None

    def line_end(self, place: int) -> int:
        """Return where the line at *place* ends, reading on as far as needed."""
        while (end := self.data.find(b"\n", place)) < 0:
            place = len(self.data)
            if len(self.data) > 2 * LONGEST_STRETCH or not self._extend():
                return len(self.data)
        return end

    def go_on(self, end: int) -> None:
        """Search behind *end* next."""
        self.done = self._searched = end

    def skip_line(self) -> None:
        """Leave out the rest of a line that is too long."""
        while True:
            self.position += len(self.data)
            self.data = self._source.read(_CHUNK)
            end = self.data.find(b"\n")
            if end >= 0 or not self.data:
                self.done = self._searched = max(end, 0)
                return

    def _slide(self) -> bool:
        """Read the next chunk; keep the beginning of its first line or post."""
        fresh = self._source.read(_CHUNK)
        if not fresh:
            return False
        # A line that goes on through several chunks is kept from its start.
        line = max(self.data.rfind(b"\n") + 1, len(self.data) - LONGEST_STRETCH)
        keep = min(line, max(0, len(self.data) - self._back, self.done - 1))
        self.position += keep
        self.done = max(0, self.done - keep)
        self._searched -= keep
        self.data = self.data[keep:] + fresh
        return True

    def _extend(self) -> bool:
        fresh = self._source.read(_CHUNK)
        self.data += fresh
        return bool(fresh)
