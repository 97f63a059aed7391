"""Which posts a post answers: ``>>22683995``, but not ``>>>/board/`` or backlinks."""

import re

_REPLY = re.compile(r"(?<![>\w])>>(\d{1,15})(?!\d)")


def replies_in(text: str) -> tuple[str, ...]:
    """Return the numbers of the posts that *text* answers, each once, in order.

    >>> replies_in(">>22683995 and >>>/k/12 and again >>22683995")
    ('22683995',)
    """
    if ">>" not in text:
        return ()
    return tuple(dict.fromkeys(_REPLY.findall(text)))
