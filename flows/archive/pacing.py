"""Politeness: no host is asked more often than agreed, by all threads and processes together.

Each host has a file with the time of its next free slot. Whoever wants to ask
takes the slot and moves the time on, under the lock of the file, and then
waits for its slot; nobody waits while holding the lock.
"""

import struct
from collections.abc import Callable
from pathlib import Path

from flows.archive.locks import lock
from flows.errors import cannot_write

#: A slot further ahead than this, in seconds, comes from a clock that was wrong.
FURTHEST = 3_600.0

#: A Crawl-delay beyond this, in seconds, counts as this.
LONGEST_DELAY = 300.0

_TIME = struct.Struct("<d")


def take_slot(now: float, free_at: float, interval: float) -> tuple[float, float]:
    """Return when to ask, and when the next one may; times and *interval* in seconds.

    >>> take_slot(100.0, 0.0, 1.0), take_slot(100.0, 103.5, 1.0)
    ((100.0, 101.0), (103.5, 104.5))
    """
    if free_at > now + FURTHEST:
        free_at = now
    slot = max(now, free_at)
    return slot, slot + interval


class Pace:
    """Hands out the slots of hosts.

    Args:
        folder: Where the files of the hosts lie; shared by processes.
        requests_per_second: The rate, unless a host asks for a slower one.
        clock: Seconds since the epoch.
        sleep: Waits so many seconds.
    """

    def __init__(
        self,
        folder: Path,
        *,
        requests_per_second: float,
        clock: Callable[[], float],
        sleep: Callable[[float], None],
    ) -> None:
        self._folder = folder
        self._interval = 1.0 / requests_per_second
        self._clock = clock
        self._sleep = sleep

    def wait(self, host: str, crawl_delay: float = 0.0) -> None:
        """Wait until *host* may be asked; a slower *crawl_delay* (seconds) wins."""
        interval = max(self._interval, min(crawl_delay, LONGEST_DELAY))
        now = self._clock()
        slot = self._move(host, lambda free_at: take_slot(now, free_at, interval))
        if slot > now:
            self._sleep(slot - now)

    def hold(self, host: str, seconds: float) -> None:
        """Let nobody ask *host* for so many seconds: it asked for a pause."""
        until = self._clock() + seconds
        self._move(host, lambda free_at: (until, max(free_at, until)))

    def _move(self, host: str, step: Callable[[float], tuple[float, float]]) -> float:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with (self._folder / host).open("a+b") as file:
                lock(file)
                file.seek(0)
                written = file.read(_TIME.size)
                free_at = _TIME.unpack(written)[0] if len(written) == _TIME.size else 0.0
                slot, free_at = step(free_at)
                file.truncate(0)
                file.write(_TIME.pack(free_at))
                file.flush()
        except OSError as error:
            raise cannot_write(self._folder, error) from error
        return slot
