"""Tell from raw bytes whether they can hold an address of the Archive.

Dumps of whole boards are gigabytes of which a few posts in a million cite the
Archive. Looking for a handful of letters with SIMD (stringzilla) takes little
more than reading the file; everything else is done only for the few stretches
that have them.
"""

import stringzilla as sz

#: Every address that ``find_links`` finds holds one of these in its raw form,
#: in capitals or small letters, whatever escapes surround it: a piece of
#: ``nsarchiv``, the university's name (for a root broken by ``<wbr>`` or a
#: zero-width blank), and pieces of the two hosts that have neither,
#: ``unredacted`` and ``documentcloud``. Letters only: dots and slashes are what
#: gets disguised. Of each name that piece was taken which few other words hold.
NEEDLES = (b"sarch", b"gwu", b"nreda", b"tclo")

#: The longest needle less one: how far a find can reach over a border of chunks.
OVERLAP = max(map(len, NEEDLES)) - 1

#: Makes capitals small letters; no byte of a longer character becomes a letter.
_SMALL = bytes(range(256)).lower()


def may_hold_link(data: bytes) -> bool:
    """Whether *data*, in UTF-8, may hold an address of the Archive.

    ``False`` is certain; ``True`` means that a closer look is worth it.

    >>> may_hold_link(b"at NSARCHIVE [.] gwu [.] edu"), may_hold_link(b"at nsa.gov")
    (True, False)
    """
    small = data.lower()
    return any(sz.find(small, needle) >= 0 for needle in NEEDLES)


class Sieve:
    """Searches one part of a large input after the other for the needles.

    A search without regard to case that knows Unicode takes up to three times
    as long as one for the very bytes. So capitals are first made small, in
    memory that is used again and stays in the processor's cache.
    """

    def __init__(self) -> None:
        self._data = b""
        self._small = memoryview(b"")
        self._room = bytearray()

    def next_hit(self, data: bytes, start: int = 0) -> int:
        """Return the place of the first needle in *data* from *start* on, or -1."""
        if data is not self._data:
            self._take(data)
        first = -1
        end = len(data)
        for needle in NEEDLES:
            found: int = sz.find(self._small, needle, start, end)
            if found >= 0 and (first < 0 or found < first):
                first = found
                end = min(len(data), found + OVERLAP)
        return first

    def _take(self, data: bytes) -> None:
        if len(self._room) < len(data):
            self._room = bytearray(len(data))
        self._small = memoryview(self._room)[: len(data)]
        sz.translate(data, _SMALL, out=self._small)
        self._data = data
