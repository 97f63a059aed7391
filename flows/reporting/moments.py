"""Times as a reader writes them, in UTC and in English whatever the machine's language."""

from datetime import UTC, datetime

# strftime's month names follow the machine's language; the report is English.
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def when(moment: datetime | None) -> str:
    """Return *moment* in UTC to the minute; nothing for no moment.

    >>> when(datetime(2025, 3, 2, 1, 11, tzinfo=UTC))
    '2 March 2025, 01:11 UTC'
    """
    return f"{day(moment)}, {_in_utc(moment):%H:%M} UTC" if moment is not None else ""


def day(moment: datetime) -> str:
    """Return the day of *moment* in UTC.

    >>> day(datetime(2025, 3, 2, 1, 11, tzinfo=UTC))
    '2 March 2025'
    """
    moment = _in_utc(moment)
    return f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}"


def _in_utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC) if moment.tzinfo else moment
