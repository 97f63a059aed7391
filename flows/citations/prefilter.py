"""Tell from raw bytes whether they can hold an address of the Archive.

Dumps of whole boards are gigabytes of which a few posts in a million cite the
Archive. Looking for a handful of letters, caseless, with SIMD (stringzilla)
runs at the speed of the disk cache; everything else is done only for the few
stretches that have them.
"""

from types import ModuleType

import stringzilla as sz

#: Every address that ``find_links`` finds holds one of these in its raw form,
#: whatever escapes surround it: a piece of ``nsarchiv``, the university's name
#: (for a root broken by ``<wbr>`` or a zero-width blank), and pieces of the two
#: hosts that have neither, ``unredacted`` and ``documentcloud``. Letters only:
#: dots and slashes are what gets disguised. Of each name that piece was taken
#: for which a caseless search is fastest and which few other words hold: the
#: whole names, with more letters that Unicode folds oddly, take twice as long.
NEEDLES = ("sarch", "gwu", "nreda", "tclo")
_NEEDLES = tuple(needle.encode() for needle in NEEDLES)

#: The longest needle less one: how far a find can reach over a border of chunks.
OVERLAP = max(map(len, NEEDLES)) - 1


def may_hold_link(data: bytes) -> bool:
    """Whether *data*, in UTF-8, may hold an address of the Archive.

    ``False`` is certain; ``True`` means that a closer look is worth it.

    >>> may_hold_link(b"at NSARCHIVE [.] gwu [.] edu"), may_hold_link(b"at nsa.gov")
    (True, False)
    """
    return next_hit(data) >= 0


#: From so many bytes on, loading numpy pays.
WORTH_FOLDING = 128_000_000


class Sieve:
    """Searches one part of a large input after the other, as ``next_hit`` does.

    A caseless search that knows Unicode takes up to three times as long as one
    for the very bytes, most in texts with a few curly marks. So the bytes are
    folded first: ``letter | 0x20`` is its small form, and no byte but the two
    forms of a letter becomes that letter. This needs numpy, which takes as
    long to load as it saves on the first hundred megabytes.
    """

    def __init__(self, *, worth_folding: int = WORTH_FOLDING) -> None:
        self._worth_folding = worth_folding
        self._seen = 0
        self._numpy: ModuleType | None = None
        self._folded = bytearray()

    def next_hit(self, data: bytes, start: int = 0) -> int:
        """Return the place of the first needle in *data* from *start* on, or -1."""
        self._seen += len(data) - start
        if self._seen <= self._worth_folding:
            return next_hit(data, start)
        if start >= len(data):
            return -1
        folded = self._fold(memoryview(data)[start:])
        first = -1
        for needle in _NEEDLES:
            end = len(folded) if first < 0 else min(len(folded), first + len(needle))
            found = sz.find(folded, needle, 0, end)
            if found >= 0 and (first < 0 or found < first):
                first = found
        return first + start if first >= 0 else -1

    def _fold(self, data: memoryview) -> memoryview:
        if self._numpy is None:
            import numpy  # noqa: PLC0415, ICN001  0.1 s to load

            self._numpy = numpy
        if len(self._folded) < len(data):
            self._folded = bytearray(len(data))
        folded = memoryview(self._folded)[: len(data)]
        letters = self._numpy.frombuffer(data, dtype="u1")
        self._numpy.bitwise_or(letters, 0x20, out=self._numpy.frombuffer(folded, dtype="u1"))
        return folded


def holds_needle(few: bytes) -> bool:
    """Whether *few* bytes hold a needle; for these a search of its own would take longer."""
    small = few.lower()
    return any(needle in small for needle in _NEEDLES)


def next_hit(data: bytes, start: int = 0) -> int:
    """Return the place of the first needle in *data* from *start* on, or -1."""
    first = -1
    for needle in NEEDLES:
        end = len(data) if first < 0 else min(len(data), first + len(needle))
        found = sz.utf8_uncased_search(data, needle, start, end)
        if found >= 0 and (first < 0 or found < first):
            first = found
    return first
