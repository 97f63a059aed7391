"""What else the catalogue keeps: runs, posts, texts, and what hosts said of themselves."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Table, and_, delete, insert, select, update

from flows.archive.catalogue.database import Database
from flows.archive.catalogue.ledger import IN_LIST
from flows.archive.catalogue.tables import citations, lookups, posts, probes, robots, runs, texts


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteAnswer:
    """A host's answer about itself: its robots.txt, or its page for what does not exist."""

    fetched_at: datetime
    status: int
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """What the Wayback Machine said about a source the last time it was asked."""

    asked_at: datetime
    reason: str
    failures: int
    next_attempt_at: datetime | None


class Journal:
    """Entries that are not about one source's state."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # ── runs ─────────────────────────────────────────────────────────────────

    def begin_run(self, run_id: str, flow: str, started_at: datetime, owner: str) -> None:
        """Enter a run that begins."""
        values = {"flow": flow, "started_at": started_at, "owner": owner}
        with self._database.writing() as connection:
            _put(connection, runs, {"id": run_id}, values)

    def finish_run(self, run_id: str, outcome: str, finished_at: datetime) -> None:
        """Enter how a run ended."""
        with self._database.writing() as connection:
            connection.execute(
                update(runs)
                .where(runs.c.id == run_id)
                .values(outcome=outcome, finished_at=finished_at)
            )

    def abandon_runs(self, is_dead: Callable[[str], bool], at: datetime) -> list[str]:
        """Mark the unfinished runs of dead owners as abandoned; return their ids."""
        query = select(runs.c.id, runs.c.owner).where(runs.c.finished_at.is_(None))
        with self._database.reading() as connection:
            unfinished = connection.execute(query).all()
        abandoned = [row.id for row in unfinished if row.owner is None or is_dead(row.owner)]
        for run_id in abandoned:
            self.finish_run(run_id, "abandoned", at)
        return abandoned

    # ── posts ────────────────────────────────────────────────────────────────

    def remember_posts(
        self, run_id: str, items: Sequence[tuple[str, bytes, Sequence[str]]]
    ) -> None:
        """Keep posts (key, opaque JSON, addresses they cite), each in place of its older form."""
        newest = {key: (payload, urls) for key, payload, urls in items}
        keys = list(newest)
        with self._database.writing() as connection:
            for start in range(0, len(keys), IN_LIST):
                part = keys[start : start + IN_LIST]
                connection.execute(delete(posts).where(posts.c.key.in_(part)))
                connection.execute(delete(citations).where(citations.c.post_key.in_(part)))
                rows = [{"key": k, "run_id": run_id, "payload": newest[k][0]} for k in part]
                connection.execute(insert(posts), rows)
                pairs = [
                    {"canonical_url": url, "post_key": key}
                    for key in part
                    for url in dict.fromkeys(newest[key][1])
                ]
                if pairs:
                    connection.execute(insert(citations), pairs)

    def posts_citing(self, urls: Collection[str]) -> list[tuple[str, bytes]]:
        """Return the kept posts that cite any of *urls*, each once, in order of their keys."""
        ordered = list(dict.fromkeys(urls))
        found: dict[str, bytes] = {}
        with self._database.reading() as connection:
            for start in range(0, len(ordered), IN_LIST):
                query = (
                    select(posts.c.key, posts.c.payload)
                    .select_from(posts.join(citations, citations.c.post_key == posts.c.key))
                    .where(citations.c.canonical_url.in_(ordered[start : start + IN_LIST]))
                )
                found.update((row.key, row.payload) for row in connection.execute(query))
        return sorted(found.items())

    # ── derived texts ────────────────────────────────────────────────────────

    def keep_text(self, digest: str, extractor: str, url: str, payload: bytes) -> None:
        """Keep what *extractor* read from the body with *digest*; nothing if it is empty."""
        if not payload:
            return
        key = {"digest": digest, "extractor": extractor, "url": url}
        with self._database.writing() as connection:
            _put(connection, texts, key, {"payload": payload})

    def text(self, digest: str, extractor: str, url: str) -> bytes | None:
        """Return what was kept, or ``None``."""
        query = select(texts.c.payload).where(
            texts.c.digest == digest, texts.c.extractor == extractor, texts.c.url == url
        )
        with self._database.reading() as connection:
            payload = connection.execute(query).scalar()
        return None if payload is None else bytes(payload)

    # ── what hosts said of themselves ────────────────────────────────────────

    def robots(self, origin: str) -> SiteAnswer | None:
        """Return the last robots.txt of *origin*."""
        return self._answer(robots, robots.c.origin == origin)

    def keep_robots(self, origin: str, answer: SiteAnswer) -> None:
        """Keep the robots.txt of *origin*."""
        self._keep_answer(robots, {"origin": origin}, answer)

    def probe(self, host: str) -> SiteAnswer | None:
        """Return how *host* last answered for a page that cannot exist."""
        return self._answer(probes, probes.c.host == host)

    def keep_probe(self, host: str, answer: SiteAnswer) -> None:
        """Keep how *host* answers for a page that cannot exist."""
        self._keep_answer(probes, {"host": host}, answer)

    def lookup(self, canonical_url: str) -> Lookup | None:
        """Return what the Wayback Machine last said about a source."""
        query = select(lookups).where(lookups.c.canonical_url == canonical_url)
        with self._database.reading() as connection:
            row = connection.execute(query).first()
        if row is None:
            return None
        return Lookup(
            asked_at=row.asked_at,
            reason=row.reason,
            failures=row.failures,
            next_attempt_at=row.next_attempt_at,
        )

    def keep_lookup(self, canonical_url: str, lookup: Lookup) -> None:
        """Keep what the Wayback Machine said about a source."""
        values = {
            "asked_at": lookup.asked_at,
            "reason": lookup.reason,
            "failures": lookup.failures,
            "next_attempt_at": lookup.next_attempt_at,
        }
        with self._database.writing() as connection:
            _put(connection, lookups, {"canonical_url": canonical_url}, values)

    def _answer(self, table: Table, condition: Any) -> SiteAnswer | None:  # noqa: ANN401
        with self._database.reading() as connection:
            row = connection.execute(select(table).where(condition)).first()
        if row is None:
            return None
        return SiteAnswer(fetched_at=row.fetched_at, status=row.status, body=bytes(row.body))

    def _keep_answer(self, table: Table, key: dict[str, str], answer: SiteAnswer) -> None:
        values = {"fetched_at": answer.fetched_at, "status": answer.status, "body": answer.body}
        with self._database.writing() as connection:
            _put(connection, table, key, values)


def fresh(answer: SiteAnswer | None, now: datetime, lifetime: timedelta) -> bool:
    """Return whether *answer* is there and younger than *lifetime*.

    One as far ahead of *now* was dated by a clock that was wrong.
    """
    return answer is not None and abs(now - answer.fetched_at) < lifetime


def _put(connection: Connection, table: Table, key: dict[str, str], values: dict[str, Any]) -> None:
    """Insert a row, or change it if its key is there; inside one transaction, on any database."""
    condition = and_(*(table.c[name] == value for name, value in key.items()))
    if connection.execute(update(table).where(condition).values(values)).rowcount == 0:
        connection.execute(insert(table).values(key | values))
