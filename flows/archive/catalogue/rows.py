"""Rows of the catalogue as records: what is known of a source, what is stored of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from flows.archive.catalogue.due import State
from flows.archive.catalogue.tables import captures, sources
from flows.records import Capture, LinkKind, SourceStatus, Via, Wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """Where a record lies: a file of the store, and bytes from *offset*."""

    file: str
    offset: int
    length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A capture with what is needed to ask whether it still holds."""

    id: int
    capture: Capture
    location: Location
    payload_digest: str
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """One source as the catalogue knows it."""

    wanted: Wanted
    state: State
    attempts: int
    last_attempt_at: datetime | None
    stored: Stored | None = None
    checked_at: datetime | None = None
    archived: Stored | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCapture:
    """A capture about to be entered; its record is on disk already.

    ``file_length`` is the length of the file up to which it is vouched for.
    """

    capture: Capture
    location: Location
    record_id: str
    payload_digest: str
    file_length: int
    etag: str | None = None
    last_modified: str | None = None


CAPTURE_COLUMNS = [column for column in captures.c if column.name != "canonical_url"]
_original = captures.alias("original")
_archived = captures.alias("archived")


def _columns_of(alias: Any) -> list[Any]:  # noqa: ANN401  an aliased table
    return [alias.c[column.name] for column in CAPTURE_COLUMNS]


_SOURCE = [
    sources.c.canonical_url,
    sources.c.url,
    sources.c.kind,
    sources.c.cited_at,
    sources.c.capture_wanted,
    sources.c.status,
    sources.c.reason,
    sources.c.http_status,
    sources.c.failures,
    sources.c.definite,
    sources.c.definite_at,
    sources.c.next_attempt_at,
    sources.c.attempts,
    sources.c.last_attempt_at,
    sources.c.checked_at,
]
KNOWN = select(*_SOURCE, *_columns_of(_original), *_columns_of(_archived)).select_from(
    sources.outerjoin(_original, sources.c.capture_id == _original.c.id).outerjoin(
        _archived, sources.c.archived_id == _archived.c.id
    )
)


def known_from(row: Row[Any]) -> Known:
    """Return what a row of ``KNOWN`` says."""
    values = tuple(row)
    first, second = len(_SOURCE), len(_SOURCE) + len(CAPTURE_COLUMNS)
    url, written, kind, cited_at, capture_wanted, status, reason = values[:7]
    http_status, failures, definite, definite_at, next_at, tries, last_at, checked = values[7:first]
    return Known(
        wanted=Wanted(
            canonical_url=url,
            url=written,
            kind=LinkKind(kind),
            cited_at=cited_at,
            capture_wanted=capture_wanted,
        ),
        state=State(
            status=None if status is None else SourceStatus(status),
            reason=reason,
            http_status=http_status,
            failures=failures,
            definite=definite,
            definite_at=definite_at,
            next_attempt_at=next_at,
        ),
        attempts=tries,
        last_attempt_at=last_at,
        checked_at=checked,
        stored=stored_from(url, values[first:second]),
        archived=stored_from(url, values[second:]),
    )


def stored_from(canonical_url: str, values: Sequence[Any]) -> Stored | None:
    """Return the capture that the values of ``CAPTURE_COLUMNS`` describe; ``None`` if empty."""
    if values[0] is None:
        return None
    number, url, digest, at, status, content_type, size, via, etag, modified = values[:10]
    payload_digest, _, file, offset, length = values[10:]
    return Stored(
        id=number,
        capture=Capture(
            canonical_url=canonical_url,
            url=url,
            digest=digest,
            captured_at=at,
            http_status=status,
            content_type=content_type,
            size=size,
            via=Via(via),
        ),
        location=location_from(file, offset, length),
        payload_digest=payload_digest,
        etag=etag,
        last_modified=modified,
    )


def location_from(file: str, offset: int, length: int) -> Location:
    """Return a place in the store."""
    return Location(file=file, offset=offset, length=length)
