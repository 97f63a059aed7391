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
#: An address in base64 holds ``http`` in one of three forms (``sealed``).
#: The needles of a row are searched for together.
_ROWS = ((b"gwu", b"h0dh"), (b"ahr0c", b"dhrw"), (b"sarch",), (b"nreda",), (b"tclo",))
NEEDLES = tuple(needle for row in _ROWS for needle in row)

#: The longest needle less one: how far a find can reach over a border of chunks.
OVERLAP = max(map(len, NEEDLES)) - 1


def _alike() -> bytes:
    """Return a table in which capitals are small, and letters at one place of a row the same.

    No byte of a longer character becomes a letter. What looks like a needle
    then need not be one; the rows are such that it seldom is not.
    """
    table = bytes(range(256)).lower()
    for row in _ROWS:
        for one, *others in zip(*row, strict=False):
            for other in others:
                table = table.replace(table[other : other + 1], table[one : one + 1])
    return table


_ALIKE = _alike()
#: For each row what its needles look like, as far as all go, and the needles.
_LOOKS = tuple((row[0][: min(map(len, row))].translate(_ALIKE), row) for row in _ROWS)


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
    as long as one for the very bytes. So the bytes are first made alike, in
    memory that is used again and stays in the processor's cache.
    """

    def __init__(self) -> None:
        self._data = b""
        self._alike = memoryview(b"")
        self._room = bytearray()

    def next_hit(self, data: bytes, start: int = 0) -> int:
        """Return the place of the first needle in *data* from *start* on, or -1."""
        if data is not self._data:
            self._take(data)
        first = -1
        end = len(data)
        for look, row in _LOOKS:
            found: int = sz.find(self._alike, look, start, end)
            while found >= 0 and not data[found : found + OVERLAP + 1].lower().startswith(row):
                found = sz.find(self._alike, look, found + 1, end)
            if found >= 0 and (first < 0 or found < first):
                first = found
                end = min(len(data), found + OVERLAP)
        return first

    def _take(self, data: bytes) -> None:
        if len(self._room) < len(data):
            self._room = bytearray(len(data))
        self._alike = memoryview(self._room)[: len(data)]
        sz.translate(data, _ALIKE, out=self._alike)
        self._data = data
