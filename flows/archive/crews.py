"""Work on many sources at once: hosts side by side, the sources of one host in turn."""

import queue
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

#: Most workers at the same time, over all hosts.
MOST_WORKERS = 64


def side_by_side(
    items: Sequence[T],
    work: Callable[[T], R],
    *,
    host: Callable[[T], str],
    per_host: int,
    hurry: Callable[[], None],
) -> Iterator[R]:
    """Yield the results of *work* on each of *items*, as they are ready.

    The first exception of *work* is raised here, and nothing more is begun;
    so it is when the caller breaks off.

    Args:
        items: What to work on.
        work: Works on one, in a thread.
        host: Where an item belongs.
        per_host: Most items of one host worked on at the same time.
        hurry: Called when nobody waits for the rest any more.

    >>> sorted(side_by_side("abc", str.upper, host=str, per_host=1, hurry=lambda: None))
    ['A', 'B', 'C']
    """
    waiting: dict[str, queue.SimpleQueue[T]] = defaultdict(queue.SimpleQueue)
    for item in items:
        waiting[host(item)].put(item)
    done: queue.SimpleQueue[tuple[R | None, BaseException | None]] = queue.SimpleQueue()
    stop = threading.Event()

    def labour(mine: "queue.SimpleQueue[T]") -> None:
        while not stop.is_set():
            try:
                item = mine.get_nowait()
            except queue.Empty:
                return
            try:
                done.put((work(item), None))
            except BaseException as error:  # noqa: BLE001  raised again in the caller's thread
                done.put((None, error))
                return

    # One worker for each host before any host has a second: there are not
    # always enough of them for all.
    crews = [mine for n in range(per_host) for mine in waiting.values() if n < mine.qsize()]
    if not crews:
        return
    with ThreadPoolExecutor(min(len(crews), MOST_WORKERS)) as pool:
        for mine in crews:
            pool.submit(labour, mine)
        try:
            yield from (_result(*done.get()) for _ in items)
        except BaseException:
            hurry()
            raise
        finally:
            stop.set()


def _result(result: R | None, error: BaseException | None) -> R:
    if error is not None:
        raise error
    return result  # type: ignore[return-value]  # without an error there is a result
