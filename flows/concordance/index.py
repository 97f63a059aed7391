"""The index as a folder: what it holds, how it grows, what it proposes.

The folder grows like a log-structured merge tree (O'Neil et al. 1996): every
flush writes one new segment; eight of one size become one of the next. The
list of segments is replaced whole by renaming, under a lock, so that a reader
sees the index before or after a flush and a killed writer leaves only files
that nobody lists; the next writer removes those.
"""

import json
import os
import uuid
from collections.abc import Iterator
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from flows.concordance.building import Pending, merge
from flows.concordance.letters import letters
from flows.concordance.lock import locked
from flows.concordance.segment import Segment, TornSegmentError, sync_folder
from flows.concordance.voting import Candidate, candidates

__all__ = ["Candidate", "Concordance"]

_LIST = "segments.json"
_SCHEMA = "nsarchive-verify/concordance/1"
#: Letters kept in memory before they are written by themselves.
_SPILL = 48_000_000
#: Segments of one size that are merged into one of the next.
_FAN = 8
#: No merge past this many strides: piece numbers are 32 bits wide.
_MOST = 1 << 31


class Concordance(AbstractContextManager["Concordance"]):
    """An index over many texts, each under a key; opened with ``open``.

    What was added is found after ``flush`` (leaving the ``with`` block
    flushes). Several processes may read and write one folder at once.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.lost: tuple[str, ...] = ()
        self._segments: list[Segment] = []
        self._pending = Pending()
        self._listed: tuple[str, ...] = ()

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Return the index in *folder*, an empty one if there is none.

        Segments that are damaged are left out and named in ``lost``: their
        texts are then not ``in`` the index, and adding them again mends it.
        """
        folder.mkdir(parents=True, exist_ok=True)
        index = cls(folder)
        index.refresh()
        return index

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Write what was added, unless the block failed."""
        if kind is None:
            self.flush()

    def refresh(self) -> None:
        """See what other processes have written since."""
        held = {segment.path.name: segment for segment in self._segments}
        for _ in range(20):
            listed, lost = _read_list(self.folder), []
            segments = []
            for name in listed:
                try:
                    segments.append(held.get(name) or Segment(self.folder / name))
                except (OSError, TornSegmentError):
                    lost.append(name)
            # A file may be merged away between reading the list and opening it.
            if not lost or listed == _read_list(self.folder):
                break
        self._segments, self._listed, self.lost = segments, listed, tuple(lost)

    def add(self, key: str, text: str) -> bool:
        """Take *text* into the index under *key*; return whether it was new.

        A key stands for one text for ever (give it the text's digest), so a
        key that is already held is left as it is.
        """
        if key in self:
            return False
        self._pending.add(key, letters(text), len(text))
        if self._pending.size >= _SPILL:
            self.flush()
        return True

    def flush(self) -> None:
        """Bring everything added to the disk, and merge segments when there are many."""
        if not self._pending.keys:
            return
        name = f"{uuid.uuid4().hex}.segment"
        self._pending.write(self.folder / name)
        self._pending = Pending()
        with locked(self.folder):
            self.refresh()
            self._publish([*self._listed, name])
            self.refresh()
            self._merge()
            self._sweep()

    def keys(self) -> Iterator[str]:
        """Yield the keys held, in the order of segments, each once."""
        seen = set()
        for segment in self._segments:
            for text in range(segment.texts):
                key = segment.key(text)
                if key not in seen:
                    seen.add(key)
                    yield key
        yield from (key for key in self._pending.keys if key not in seen)

    def __contains__(self, key: object) -> bool:
        """Return whether a text was added under *key*, flushed or not."""
        return key in self._pending.keys or any(key in segment for segment in self._segments)

    def candidates(self, quote: str, *, limit: int = 8) -> list[Candidate]:
        """Return up to *limit* texts that may hold *quote*, the likeliest first."""
        return candidates(quote, self._segments, limit=limit)

    def check(self) -> None:
        """Read every segment and compare its checksums.

        Raises:
            TornSegmentError: a segment is damaged; the message names it.
        """
        for segment in self._segments:
            segment.check()

    def _publish(self, names: list[str]) -> None:
        """Replace the list of segments. The caller holds the lock."""
        beside = self.folder / f"{_LIST}.{os.getpid()}.new"
        with beside.open("w", encoding="utf-8") as file:
            json.dump({"schema": _SCHEMA, "segments": names}, file)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self.folder / _LIST)
        sync_folder(self.folder)

    def _merge(self) -> None:
        """Merge the first eight neighbours of one size, until there are none."""
        while True:
            group = _mergeable(self._segments)
            if not group:
                return
            name = f"{uuid.uuid4().hex}.segment"
            merge(group, self.folder / name)
            gone = {segment.path.name for segment in group}
            self._publish([*(listed for listed in self._listed if listed not in gone), name])
            self.refresh()
            # A reader that still maps them keeps them; one that comes too late
            # reads the list again.
            for segment in group:
                with suppress(OSError):
                    segment.path.unlink()

    def _sweep(self) -> None:
        """Remove files that no list names; the caller holds the lock.

        A file of another writer that is not listed yet is young: it is left.
        """
        listed = {*self._listed}
        newest = max((s.path.stat().st_mtime for s in self._segments), default=0.0)
        for path in self.folder.iterdir():
            stray = path.name.endswith((".segment", ".new")) and path.name not in listed
            if stray and path.stat().st_mtime < newest - 3600:
                path.unlink(missing_ok=True)


def _read_list(folder: Path) -> tuple[str, ...]:
    """Return the names of the segments in force; none when there is no list yet."""
    try:
        content = json.loads((folder / _LIST).read_text("utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        # The index is derived: what cannot be read is made again.
        return ()
    if content.get("schema") != _SCHEMA:
        return ()
    return tuple(name for name in content["segments"] if Path(name).name == name)


def _mergeable(segments: list[Segment]) -> list[Segment]:
    sizes: dict[int, list[Segment]] = {}
    for segment in segments:
        sizes.setdefault(max(len(segment), 1).bit_length() // 3, []).append(segment)
    for _, group in sorted(sizes.items()):
        chosen = group[:_FAN]
        if len(chosen) == _FAN and sum(int(s.text_start[-1]) for s in chosen) < _MOST:
            return chosen
    return []
