"""What the catalogue knows of sources and captures: one row per source, every capture kept."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, insert, select, update

from flows.archive.catalogue.database import Database
from flows.archive.catalogue.due import State, is_due
from flows.archive.catalogue.entries import (
    add_attempt,
    add_capture,
    add_confirmation,
    row_of,
    state_values,
    wanted_values,
)
from flows.archive.catalogue.rows import (
    CAPTURE_COLUMNS,
    KNOWN,
    Known,
    Location,
    NewCapture,
    Stored,
    known_from,
    location_from,
    stored_from,
)
from flows.archive.catalogue.tables import captures, confirmations, sources
from flows.archive.outcomes import Outcome
from flows.records import Capture, Failure, SourceStatus, Wanted

#: Values per IN list; SQLite allows 32,766, others fewer.
IN_LIST = 500


class Ledger:
    """Questions and entries about sources."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # ── questions ────────────────────────────────────────────────────────────

    def known(self, urls: Collection[str]) -> dict[str, Known]:
        """Return what is known of each of *urls*, by canonical address."""
        ordered = list(dict.fromkeys(urls))
        found: dict[str, Known] = {}
        with self._database.reading() as connection:
            for start in range(0, len(ordered), IN_LIST):
                part = ordered[start : start + IN_LIST]
                query = KNOWN.where(sources.c.canonical_url.in_(part))
                for row in connection.execute(query):
                    found[row[0]] = known_from(row)
        return found

    def unhappy(self) -> list[Known]:
        """Return every source with a failure, in the order of their addresses."""
        with self._database.reading() as connection:
            query = KNOWN.where(sources.c.status.is_not(None)).order_by(sources.c.canonical_url)
            return [known_from(row) for row in connection.execute(query)]

    def failures(self) -> list[Failure]:
        """Return the failed sources as ``failures`` lists them."""
        return [
            Failure(
                url=known.wanted.url,
                canonical_url=known.wanted.canonical_url,
                status=known.state.status,
                reason=known.state.reason or "",
                attempts=known.attempts,
                last_attempt_at=known.last_attempt_at,
                next_attempt_at=known.state.next_attempt_at,
                http_status=known.state.http_status,
            )
            for known in self.unhappy()
            if known.state.status is not None
        ]

    def due(self, *, now: datetime, every: bool, scheduled: bool) -> list[Wanted]:
        """Return the failed sources that a refetch at *now* takes."""
        return [
            known.wanted
            for known in self.unhappy()
            if is_due(known.state, now=now, every=every, scheduled=scheduled)
        ]

    def latest(self, canonical_url: str) -> Capture | None:
        """Return the capture in use for a source: the original's, or else an archived one."""
        known = self.known([canonical_url]).get(canonical_url)
        stored = (known.stored or known.archived) if known is not None else None
        return stored.capture if stored is not None else None

    def holds(self, canonical_url: str, digest: str, captured_at: datetime) -> bool:
        """Return whether this very capture is in the catalogue."""
        query = select(captures.c.id).where(
            captures.c.canonical_url == canonical_url,
            captures.c.digest == digest,
            captures.c.captured_at == captured_at,
        )
        with self._database.reading() as connection:
            return connection.execute(query).first() is not None

    def captures_of(self, canonical_url: str) -> list[Stored]:
        """Return every capture of a source, the newest first."""
        query = (
            select(*CAPTURE_COLUMNS)
            .where(captures.c.canonical_url == canonical_url)
            .order_by(captures.c.captured_at.desc(), captures.c.id.desc())
        )
        with self._database.reading() as connection:
            rows = connection.execute(query).all()
        return [stored for row in rows if (stored := stored_from(canonical_url, tuple(row)))]

    def is_confirmed(self, stored: Stored, at: datetime) -> bool:
        """Return whether *stored* is known to have been found unchanged at that very time."""
        query = select(confirmations.c.id).where(
            confirmations.c.capture_id == stored.id, confirmations.c.at == at
        )
        with self._database.reading() as connection:
            return connection.execute(query).first() is not None

    def locations(self, digest: str) -> list[Location]:
        """Return every place where a body with *digest* lies, the oldest first."""
        query = (
            select(captures.c.file, captures.c.offset, captures.c.length)
            .where(captures.c.digest == digest)
            .order_by(captures.c.id)
        )
        with self._database.reading() as connection:
            return [location_from(*row) for row in connection.execute(query)]

    def every_capture(self) -> Iterator[Stored]:
        """Yield every capture ever stored, the oldest first."""
        last = 0
        while True:
            query = select(captures.c.canonical_url, *CAPTURE_COLUMNS).where(captures.c.id > last)
            query = query.order_by(captures.c.id).limit(1_000)
            with self._database.reading() as connection:
                rows = connection.execute(query).all()
            if not rows:
                return
            last = rows[-1].id
            yield from (stored for row in rows if (stored := stored_from(row[0], row[1:])))

    # ── entries ──────────────────────────────────────────────────────────────

    def want(self, wanted: Iterable[Wanted]) -> None:
        """Make sure that each of *wanted* has its row, and remember who cites it since when."""
        by_url = {item.canonical_url: item for item in wanted}
        known = self.known(by_url)
        new = [item for url, item in by_url.items() if url not in known]
        changed = [
            item for url, item in by_url.items() if url in known and _adds(item, known[url].wanted)
        ]
        if not new and not changed:
            return
        with self._database.writing() as connection:
            for item in new:
                # Another process may have entered it in between.
                present = select(sources.c.url).where(sources.c.canonical_url == item.canonical_url)
                if connection.execute(present).first() is None:
                    connection.execute(insert(sources).values(wanted_values(item)))
            for item in changed:
                old = known[item.canonical_url].wanted
                times = [t for t in (item.cited_at, old.cited_at) if t is not None]
                connection.execute(
                    row_of(item.canonical_url).values(
                        cited_at=min(times, default=None),
                        capture_wanted=old.capture_wanted or item.capture_wanted,
                    )
                )

    def lease(self, canonical_url: str, owner: str, *, now: datetime, seconds: float) -> str | None:
        """Take the source for *owner*; return ``None``, or the name of who has it.

        A lease that ran out counts as given back.
        """
        with self._database.writing(fleeting=True) as connection:
            query = select(sources.c.leased_by, sources.c.leased_until).where(
                sources.c.canonical_url == canonical_url
            )
            holder, until = connection.execute(query).one()
            if holder not in {None, owner} and until is not None and until > now:
                return str(holder)
            connection.execute(
                row_of(canonical_url).values(
                    leased_by=owner, leased_until=now + timedelta(seconds=seconds)
                )
            )
        return None

    def release(self, canonical_url: str, owner: str) -> None:
        """Give back what *owner* leased."""
        with self._database.writing(fleeting=True) as connection:
            connection.execute(
                update(sources)
                .where(and_(sources.c.canonical_url == canonical_url, sources.c.leased_by == owner))
                .values(leased_by=None, leased_until=None)
            )

    def free_leases_of(self, owners: Collection[str]) -> None:
        """Give back everything that *owners*, who are dead, had leased."""
        with self._database.writing(fleeting=True) as connection:
            connection.execute(
                update(sources)
                .where(sources.c.leased_by.in_(list(owners)))
                .values(leased_by=None, leased_until=None)
            )

    def lease_holders(self) -> set[str]:
        """Return who has leased anything."""
        query = select(sources.c.leased_by).where(sources.c.leased_by.is_not(None)).distinct()
        with self._database.reading() as connection:
            return {row[0] for row in connection.execute(query)}

    def enter_attempt(self, canonical_url: str, outcome: Outcome, run_id: str | None) -> None:
        """Add one try that will be followed by another in the same run."""
        with self._database.writing() as connection:
            add_attempt(connection, canonical_url, outcome, run_id)

    def enter_result(
        self,
        canonical_url: str,
        outcome: Outcome,
        state: State,
        run_id: str | None,
        *,
        new: NewCapture | None = None,
        unchanged: tuple[int, NewCapture] | None = None,
    ) -> None:
        """Add the last try of a run with the state it leads to, and give the lease back.

        Args:
            canonical_url: The source.
            outcome: How the last try ended.
            state: The state after it.
            run_id: The run.
            new: The capture it yielded.
            unchanged: The id of the capture it confirmed, with the revisit record.
        """
        values: dict[str, Any] = state_values(state)
        with self._database.writing() as connection:
            add_attempt(connection, canonical_url, outcome, run_id)
            if new is not None:
                values["capture_id"] = add_capture(connection, new)
                values["checked_at"] = outcome.at
            if unchanged is not None:
                add_confirmation(connection, *unchanged, outcome.at)
                values["checked_at"] = outcome.at
            connection.execute(
                row_of(canonical_url).values(leased_by=None, leased_until=None, **values)
            )

    def distrust(self, capture: Capture, reason: str, *, now: datetime) -> None:
        """Let its source do without *capture*, whose record cannot be read.

        The capture stays listed. The source is a failed one that is due, and
        nobody asks any more whether it has changed since.
        """
        same = select(captures.c.id).where(
            captures.c.canonical_url == capture.canonical_url, captures.c.digest == capture.digest
        )
        failed = State(status=SourceStatus.FAILED, reason=reason, next_attempt_at=now)
        with self._database.writing() as connection:
            numbers = connection.execute(same).scalars().all()
            row = row_of(capture.canonical_url)
            connection.execute(
                row.where(sources.c.capture_id.in_(numbers)).values(
                    state_values(failed) | {"capture_id": None, "checked_at": None}
                )
            )
            connection.execute(
                row.where(sources.c.archived_id.in_(numbers)).values(archived_id=None)
            )

    def want_again(self, capture: Capture, reason: str, *, due: datetime) -> None:
        """Let its source count as a failed one, and *capture* be used until there is a better.

        Nobody asks whether it has changed since: it is asked for as a whole.
        """
        same = select(captures.c.id).where(
            captures.c.canonical_url == capture.canonical_url, captures.c.digest == capture.digest
        )
        failed = State(status=SourceStatus.FAILED, reason=reason, next_attempt_at=due)
        with self._database.writing() as connection:
            connection.execute(
                row_of(capture.canonical_url)
                .where(sources.c.capture_id.in_(same))
                .values(state_values(failed) | {"checked_at": None})
            )

    def enter_archived(self, canonical_url: str, new: NewCapture) -> None:
        """Add a capture from the Wayback Machine, and use it while the original is missing."""
        with self._database.writing() as connection:
            number = add_capture(connection, new)
            connection.execute(row_of(canonical_url).values(archived_id=number))

    def enter_imported(self, wanted: Wanted, new: NewCapture) -> None:
        """Add a capture made by others.

        It is used as the source's capture when there is none that is newer.
        """
        self.want([wanted])
        url = wanted.canonical_url
        with self._database.writing() as connection:
            number = add_capture(connection, new)
            newest = connection.execute(
                select(captures.c.captured_at)
                .select_from(sources.join(captures, sources.c.capture_id == captures.c.id))
                .where(sources.c.canonical_url == url)
            ).scalar()
            if newest is None or newest < new.capture.captured_at:
                values = state_values(State()) | {
                    "capture_id": number,
                    "checked_at": new.capture.captured_at,
                }
                connection.execute(row_of(url).values(values))

    def enter_confirmed(self, stored: Stored, new: NewCapture, at: datetime) -> None:
        """Add that others found *stored* unchanged at some time, with their revisit record."""
        current = row_of(stored.capture.canonical_url).where(sources.c.capture_id == stored.id)
        with self._database.writing() as connection:
            add_confirmation(connection, stored.id, new, at)
            connection.execute(current.where(sources.c.checked_at < at).values(checked_at=at))


def _adds(new: Wanted, old: Wanted) -> bool:
    earlier = new.cited_at is not None and (old.cited_at is None or new.cited_at < old.cited_at)
    return earlier or (new.capture_wanted is not None and old.capture_wanted is None)
