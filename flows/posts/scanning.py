"""Find the few lines or posts of a dump that may hold a link, without parsing the others.

The bytes are searched in chunks as they are read. Only around a hit is a line,
or the post between two headers, cut out and handed on, each once, in order.
"""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from flows.citations.prefilter import OVERLAP, Sieve, may_hold_link
from flows.posts.streams import Bytes

#: Small enough to stay in a processor's cache while it is searched for one
#: needle after the other.
_CHUNK = 1 << 18

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
        line = window.data[start : min(end, start + LONGEST_STRETCH)]
        yield Stretch(line.removesuffix(b"\r"), window.position + start)
        window.go_on_behind(end)


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
    """The part of a source that is in memory: what was searched last, and a bit before it.

    Chunks without a hit are neither copied nor joined: they are kept as they
    came, just long enough to give the beginning of a line or post that
    reaches into the next one.
    """

    def __init__(self, source: Bytes, *, back: int) -> None:
        self._source = source
        self._back = back
        self._behind: deque[bytes] = deque()
        self._held = 0
        self.data = b""
        self.position = 0
        self.done = 0
        self._searched = 0
        self._sieve = Sieve()

    def next_hit(self) -> int | None:
        """Return the place in ``data`` of the next needle, or ``None`` at the end."""
        start = max(self.done, self._searched - OVERLAP)
        hit: int | None = self._sieve.next_hit(self.data, start)
        while hit is not None and hit < 0:
            hit = self._slide()
        self._searched = len(self.data) if hit is None else hit
        return hit

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

    def go_on_behind(self, end: int) -> None:
        """Search behind the line that ends at *end*, or that is too long and goes on there."""
        while end == len(self.data) and self.data:
            self.position += len(self.data)
            self.data = self._read()
            end = self.data.find(b"\n") if b"\n" in self.data else len(self.data)
        self.go_on(end)

    def _slide(self) -> int | None:
        """Read up to the next chunk with a hit; join it with what it may go on from.

        Returned is the place of the hit in ``data`` (-1 if it was done before),
        or ``None`` at the end.
        """
        self._keep(self.data)
        tail = self.data[-OVERLAP:]
        while fresh := self._read():
            border = tail + fresh[:OVERLAP]
            tail = (tail + fresh[-OVERLAP:])[-OVERLAP:]
            over_border = may_hold_link(border)
            hit = self._sieve.next_hit(fresh)
            if hit >= 0 or over_border:
                if not (over_border or self._back) and fresh.rfind(b"\n", 0, hit) >= 0:
                    self._forget_all()
                    self.data = fresh  # as it was searched: going on in it costs nothing
                    return hit
                before = self._before()
                self.data = before + fresh
                if not over_border:
                    return len(before) + hit
                start = max(self.done, len(before) - OVERLAP)
                return self._sieve.next_hit(self.data, start)
            self._keep(fresh)
        return None

    def _before(self) -> bytes:
        """Return what was kept, from the beginning of the line that may go on from there."""
        before = b"".join(self._behind)
        self._behind.clear()
        self._held = 0
        cut = before.rfind(b"\n", 0, max(0, len(before) - self._back)) + 1
        self.position += cut
        self.done = max(0, self.done - cut)
        return before[cut:]

    def _keep(self, chunk: bytes) -> None:
        """Remember *chunk*; forget those before it that nothing can begin in any more."""
        self._behind.append(chunk)
        held = self._held = self._held + len(chunk)
        whole_line = b"\n" in chunk
        while len(self._behind) > 1:
            first = len(self._behind[0])
            enough = whole_line and held - first >= self._back
            if not enough and held <= LONGEST_STRETCH + _CHUNK:
                break
            self._behind.popleft()
            held = self._held = held - first
            self.position += first
            self.done = max(0, self.done - first)

    def _forget_all(self) -> None:
        self.position += self._held
        self.done = max(0, self.done - self._held)
        self._behind.clear()
        self._held = 0

    def _read(self) -> bytes:
        """Return a whole chunk, also from sources that give little at a time."""
        fresh = self._source.read(_CHUNK)
        if 0 < len(fresh) < _CHUNK:
            self._source.peek(_CHUNK - len(fresh))
            fresh += self._source.read(_CHUNK - len(fresh))
        return fresh

    def _extend(self) -> bool:
        fresh = self._read()
        self.data += fresh
        return bool(fresh)
