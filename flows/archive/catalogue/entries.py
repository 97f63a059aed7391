"""Single entries in the catalogue, each inside a transaction of the caller's."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, or_, update

from flows.archive.catalogue.due import State
from flows.archive.catalogue.rows import NewCapture
from flows.archive.catalogue.tables import attempts, captures, confirmations, files, sources
from flows.archive.outcomes import Outcome
from flows.records import Wanted


def row_of(canonical_url: str) -> Any:  # noqa: ANN401  SQLAlchemy's builder
    """Return an UPDATE of the source's row, to be given values."""
    return update(sources).where(sources.c.canonical_url == canonical_url)


def wanted_values(item: Wanted) -> dict[str, Any]:
    """Return the columns of a source that was never asked for."""
    return {
        "canonical_url": item.canonical_url,
        "url": item.url,
        "kind": str(item.kind),
        "cited_at": item.cited_at,
        "capture_wanted": item.capture_wanted,
        "failures": 0,
        "definite": 0,
        "attempts": 0,
    }


def state_values(state: State) -> dict[str, Any]:
    """Return the columns that hold a failure state."""
    return {
        "status": None if state.status is None else str(state.status),
        "reason": state.reason,
        "http_status": state.http_status,
        "failures": state.failures,
        "definite": state.definite,
        "definite_at": state.definite_at,
        "next_attempt_at": state.next_attempt_at,
    }


def add_attempt(
    connection: Connection, canonical_url: str, outcome: Outcome, run_id: str | None
) -> None:
    """Add a try, and count it in the source's row if anybody was asked."""
    connection.execute(
        insert(attempts).values(
            canonical_url=canonical_url,
            at=outcome.at,
            run_id=run_id,
            outcome=str(outcome.kind),
            requests=outcome.requests,
            http_status=outcome.http_status,
            reason=outcome.reason,
        )
    )
    if outcome.requests:
        connection.execute(
            row_of(canonical_url).values(
                attempts=sources.c.attempts + 1, last_attempt_at=outcome.at
            )
        )


def add_capture(connection: Connection, new: NewCapture) -> int:
    """Add a capture, and vouch for the file it lies in; return its id."""
    capture = new.capture
    row = insert(captures).values(
        canonical_url=capture.canonical_url,
        url=capture.url,
        digest=capture.digest,
        captured_at=capture.captured_at,
        http_status=capture.http_status,
        content_type=capture.content_type,
        size=capture.size,
        via=str(capture.via),
        etag=new.etag,
        last_modified=new.last_modified,
        payload_digest=new.payload_digest,
        record_id=new.record_id,
        file=new.location.file,
        offset=new.location.offset,
        length=new.location.length,
    )
    key = connection.execute(row).inserted_primary_key
    vouch(connection, new.location.file, new.file_length)
    return int(key[0]) if key is not None else 0


def add_confirmation(
    connection: Connection, capture_id: int, new: NewCapture, at: datetime
) -> None:
    """Add that a capture was found unchanged, and where the revisit record lies."""
    connection.execute(
        insert(confirmations).values(
            capture_id=capture_id,
            at=at,
            record_id=new.record_id,
            file=new.location.file,
            offset=new.location.offset,
            length=new.location.length,
        )
    )
    vouch(connection, new.location.file, new.file_length)


def vouch(connection: Connection, file: str, length: int) -> None:
    """Let the catalogue know that the first *length* bytes of *file* are on disk."""
    connection.execute(
        update(files)
        .where(files.c.name == file, or_(files.c.length < length, files.c.length.is_(None)))
        .values(length=length)
    )
