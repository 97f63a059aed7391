"""Tell from raw bytes whether they can hold an address of the Archive.

Dumps of whole boards are gigabytes of which a few posts in a million cite the
Archive. Looking for a handful of letters, caseless, with SIMD (stringzilla)
runs at the speed of the disk cache; everything else is done only for the few
stretches that have them.
"""

import stringzilla as sz

#: Every address that ``find_links`` finds holds one of these in its raw form,
#: whatever escapes surround it: the root of the host, the university's name
#: (for a root broken by ``<wbr>`` or a zero-width blank), and the two hosts
#: that have neither. Letters only: dots and slashes are what gets disguised.
NEEDLES = ("nsarchiv", "gwu", "unredacted", "documentcloud")

#: The longest needle less one: how far a find can reach over a border of chunks.
OVERLAP = max(map(len, NEEDLES)) - 1


def may_hold_link(data: bytes) -> bool:
    """Whether *data*, in UTF-8, may hold an address of the Archive.

    ``False`` is certain; ``True`` means that a closer look is worth it.

    >>> may_hold_link(b"at NSARCHIVE [.] gwu [.] edu"), may_hold_link(b"at nsa.gov")
    (True, False)
    """
    return next_hit(data) >= 0


def next_hit(data: bytes, start: int = 0) -> int:
    """Return the place of the first needle in *data* from *start* on, or -1."""
    first = -1
    for needle in NEEDLES:
        end = len(data) if first < 0 else min(len(data), first + len(needle))
        found = sz.utf8_uncased_search(data, needle, start, end)
        if found >= 0 and (first < 0 or found < first):
            first = found
    return first
