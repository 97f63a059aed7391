"""How much work one comparison may take, counted in steps and not in seconds.

Words are compared by methods whose cost grows faster than the texts do. Each of
them states its steps here before it begins. A comparison that would take more
than ``MOST`` ends: whatever it had found till then is half a judgement, so nothing
is said of the quotation but that. Steps are counted, so that the same texts have
the same answer on every machine.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

#: Steps of one comparison, each some microsecond's work. A quotation of 3,000
#: letters takes an eighth, of an Archive's page some thousandths.
MOST = 750_000


class TooMuchWorkError(Exception):
    """The comparison would take more steps than one may."""


class _Account:
    """What is left of the steps, and what was paid for once."""

    __slots__ = ("left", "paid")

    def __init__(self, steps: int) -> None:
        self.left = steps
        self.paid: set[object] = set()


_account: ContextVar[_Account | None] = ContextVar("account", default=None)


@contextmanager
def bounded(steps: int = MOST) -> Iterator[None]:
    """Bound the work of the ``with`` block to so many *steps*.

    >>> with bounded(10):
    ...     spend(4), spend(6)
    ...     spend(1)
    Traceback (most recent call last):
    ...
    flows.matching.words.effort.TooMuchWorkError: more than 10 steps
    """
    token = _account.set(_Account(steps))
    try:
        yield
    except TooMuchWorkError:
        raise TooMuchWorkError(f"more than {steps} steps") from None
    finally:
        _account.reset(token)


def spend(steps: int) -> None:
    """Count *steps* of work about to be done; outside ``bounded`` there is no bound.

    Raises:
        TooMuchWorkError: They are more than what is left.
    """
    account = _account.get()
    if account is not None:
        account.left -= steps
        if account.left < 0:
            raise TooMuchWorkError


def spend_once(question: object, steps: int) -> None:
    """Count *steps* the first time that a *question*'s answer has to be found out."""
    account = _account.get()
    if account is not None and question not in account.paid:
        account.paid.add(question)
        spend(steps)
