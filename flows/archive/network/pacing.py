"""Politeness: no host is asked more often than agreed, by all threads and processes together.

Each host has a file with the time of its next free slot. Whoever wants to ask
takes the slot and moves the time on, under the lock of the file, and then
waits for its slot; nobody waits while holding the lock. Beside it stands until
when the host asked to be left alone (Retry-After, RFC 9110 §10.2.3): that is
meant for whoever would ask it, not only for the source that was answered so.
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

#: A whole host is left alone for so many seconds at most, whatever one address
#: of it asked for. A pause that lasts longer comes from a clock that was wrong.
LONGEST_PAUSE = 86_400.0

_TIMES = struct.Struct("<dd")


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

    def wait(self, host: str, crawl_delay: float = 0.0, *, patience: float) -> float:
        """Wait until *host* may be asked, and return 0; a slower *crawl_delay* (seconds) wins.

        A host that asked for a pause longer than *patience* (seconds) is not
        waited for: what is left of the pause is returned.
        """
        interval = max(self._interval, min(crawl_delay, LONGEST_DELAY))
        while (pause := self.pause(host)) <= patience:
            now = self._clock()
            slot = self._take(host, now, interval)
            if slot <= now:
                return 0.0
            self._sleep(slot - now)
            if not self.pause(host):  # nobody was told to pause in the meantime
                return 0.0
        return pause

    def pause(self, host: str) -> float:
        """Return for how many seconds *host* still asks to be left alone."""
        now = self._clock()
        _, held_until = self._change(host, lambda times: times)
        return max(0.0, held_until - now) if held_until <= now + LONGEST_PAUSE else 0.0

    def hold(self, host: str, seconds: float) -> None:
        """Let nobody ask *host* for so many seconds: it asked for a pause."""
        until = self._clock() + min(seconds, LONGEST_PAUSE)
        self._change(host, lambda times: (times[0], max(times[1], until)))

    def release(self, host: str) -> None:
        """Let *host* be asked although it asked for a pause: somebody wants it so."""
        self._change(host, lambda times: (times[0], 0.0))

    def _take(self, host: str, now: float, interval: float) -> float:
        """Return when it is our turn to ask *host*, and let others come after it."""
        slots = []

        def step(times: tuple[float, float]) -> tuple[float, float]:
            free_at, held_until = times
            if held_until <= now + LONGEST_PAUSE:
                free_at = max(free_at, held_until)
            slot, free_at = take_slot(now, free_at, interval)
            slots.append(slot)
            return free_at, held_until

        self._change(host, step)
        return slots[0]

    def _change(
        self, host: str, step: Callable[[tuple[float, float]], tuple[float, float]]
    ) -> tuple[float, float]:
        """Apply *step* to the times of *host* (next free slot, end of the pause); return them."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with (self._folder / host).open("a+b") as file:
                lock(file)
                file.seek(0)
                written = file.read(_TIMES.size).ljust(_TIMES.size, b"\0")
                before: tuple[float, float] = _TIMES.unpack(written)
                after = step(before)
                if after != before:
                    file.truncate(0)
                    file.write(_TIMES.pack(*after))
                    file.flush()
        except OSError as error:
            raise cannot_write(self._folder, error) from error
        return after
