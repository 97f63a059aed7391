"""Count what a piece of work does, where its time would depend on the machine."""

import sys
from collections.abc import Callable
from types import FrameType


def calls(work: Callable[[], object]) -> int:
    """Return how many functions *work* calls, the steps of its generators among them.

    >>> calls(lambda: sum(1 for _ in range(100))) > 100
    True
    """
    count = 0

    def counted(_frame: FrameType, event: str, _value: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count
