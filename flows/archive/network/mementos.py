"""Addresses of captures in the Wayback Machine, and the times in them.

A capture is asked for in its ``id_`` form: the bytes as archived, without
banner or rewritten links. When it was made its answer says in the header
Memento-Datetime (RFC 7089 §2.1.1), without which it is none; its address says
the same in 14 digits.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from flows.archive.network.guard import WAYBACK_HOST

_MEMENTO = re.compile(rf"https?://{re.escape(WAYBACK_HOST)}/web/([0-9]{{14}})(?:id_)?/(.+)")


@dataclass(frozen=True, slots=True)
class Memento:
    """What the address of a capture names: its time in 14 digits, and the page."""

    at: str
    original: str

    @property
    def url(self) -> str:
        """The address to ask for."""
        return f"https://{WAYBACK_HOST}/web/{self.at}id_/{self.original}"


def memento_at(url: str) -> Memento | None:
    """Return the capture of which *url* is the address, or ``None`` for any other address.

    >>> memento_at("https://web.archive.org/web/20200601120000id_/https://nsarchive.gwu.edu/x")
    Memento(at='20200601120000', original='https://nsarchive.gwu.edu/x')
    >>> memento_at("https://nsarchive.gwu.edu/x") is None
    True
    """
    read = _MEMENTO.fullmatch(url)
    return Memento(read[1], read[2]) if read is not None else None


def stamp(at: datetime) -> str:
    """Return *at* in the 14 digits of the Wayback Machine.

    >>> stamp(datetime(2020, 6, 1, 12, tzinfo=UTC))
    '20200601120000'
    """
    return f"{at.astimezone(UTC):%Y%m%d%H%M%S}"


def made_at(memento: Memento, header: str | None) -> datetime | None:
    """Return when a capture was made: as its *header* Memento-Datetime says, or its address.

    >>> made_at(Memento("20200601120000", ""), "Mon, 01 Jun 2020 12:00:09 GMT")
    datetime.datetime(2020, 6, 1, 12, 0, 9, tzinfo=datetime.timezone.utc)
    """
    try:
        return parsedate_to_datetime(header or "").astimezone(UTC)
    except (ValueError, TypeError):
        pass
    try:
        return datetime.strptime(memento.at, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None
