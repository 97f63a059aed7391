"""What a run takes from outside itself: the time, the passing of it, and chance."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """Parameters, so that tests need neither wait nor guess.

    ``clock`` gives the time now in UTC; ``sleep`` waits so many seconds;
    ``chance`` draws from [0, 1).
    """

    clock: Callable[[], datetime]
    sleep: Callable[[float], None]
    chance: Callable[[], float]
