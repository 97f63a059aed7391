"""``cache info`` and ``cache check``: what the cache holds, and whether all of it still holds.

The check goes further than the usual WARC checkers, which accept a truncated
last record, repeated or missing record ids, missing or impossible dates, and
flipped bytes where there are no digests.
"""

import gzip
import io
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Table, func, select
from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from flows.archive.catalogue import tables
from flows.archive.catalogue.database import Database
from flows.archive.catalogue.ledger import Ledger
from flows.archive.catalogue.rows import Location, Stored
from flows.archive.evidence.digests import digest_of, labelled
from flows.archive.evidence.reading import members, parse_block
from flows.archive.evidence.store import Store
from flows.errors import StoreError


@dataclass(frozen=True, slots=True, kw_only=True)
class Info:
    """Counts and sizes (bytes) of a cache; ``statuses`` counts the sources that failed."""

    catalogue: str
    version: int
    sources: int
    captures: int
    bodies: int
    attempts: int
    texts: int
    posts: int
    runs: int
    files: int
    bytes: int
    statuses: tuple[tuple[str, int], ...] = ()
    oldest: datetime | None = None
    newest: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something wrong in the store: in which file, at which byte, and what."""

    file: str
    offset: int | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What ``check`` went through, and what it found."""

    files: int
    records: int
    captures: int
    problems: tuple[Problem, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems


def take_stock(database: Database, store: Store, *, catalogue: str) -> Info:
    """Return the counts and sizes of a cache."""

    def count(table: Table) -> int:
        return connection.execute(select(func.count()).select_from(table)).scalar() or 0

    captures, sources = tables.captures, tables.sources
    with database.reading() as connection:
        version = connection.execute(select(func.max(tables.schema_versions.c.version))).scalar()
        statuses = connection.execute(
            select(sources.c.status, func.count())
            .where(sources.c.status.is_not(None))
            .group_by(sources.c.status)
            .order_by(sources.c.status)
        ).all()
        oldest, newest, bodies = connection.execute(
            select(
                func.min(captures.c.captured_at),
                func.max(captures.c.captured_at),
                func.count(captures.c.digest.distinct()),
            )
        ).one()
        length = connection.execute(select(func.sum(tables.files.c.length))).scalar()
        return Info(
            catalogue=catalogue,
            version=version or 0,
            sources=count(sources),
            captures=count(captures),
            bodies=bodies,
            attempts=count(tables.attempts),
            texts=count(tables.texts),
            posts=count(tables.posts),
            runs=count(tables.runs),
            files=len(list(store.names())),
            bytes=length or 0,
            statuses=tuple((row[0], row[1]) for row in statuses),
            oldest=oldest,
            newest=newest,
        )


@dataclass(slots=True)
class Findings:
    """Collects problems over all files of a store."""

    now: datetime
    problems: list[Problem] = field(default_factory=list)
    records: int = 0
    ids: Counter[str] = field(default_factory=Counter)

    def add(self, file: str, offset: int | None, reason: str) -> None:
        """Add a problem."""
        self.problems.append(Problem(file=file, offset=offset, reason=reason))


def check_store(database: Database, store: Store, *, now: datetime) -> Checked:
    """Read every record again and hash it again; then every capture the catalogue names."""
    findings = Findings(now=now)
    query = select(tables.files.c.name, tables.files.c.length, tables.files.c.owner)
    with database.reading() as connection:
        vouched = {row.name: row for row in connection.execute(query)}
    names = list(store.names())
    for name in names:
        row = vouched.pop(name, None)
        if row is None:
            findings.add(name, None, "the catalogue does not know this file")
        _check_file(store, name, None if row is None else row.length, findings)
    for name, row in vouched.items():
        # One of which nothing is vouched for yet is just being begun.
        if row.length:
            findings.add(name, None, "the file is missing")
    captures = 0
    for stored in Ledger(database).every_capture():
        captures += 1
        _check_capture(store, stored, findings)
    return Checked(
        files=len(names),
        records=findings.records,
        captures=captures,
        problems=tuple(findings.problems),
    )


def _check_file(store: Store, name: str, vouched: int | None, findings: Findings) -> None:
    with store.whole(name) as file:
        length = file.seek(0, io.SEEK_END)
        file.seek(0)
        if vouched is not None and length < vouched:
            findings.add(name, length, f"the file ends before byte {vouched}, which was written")
        # What lies beyond was never vouched for: a run that is going on, or a
        # tail that the next run will cut.
        end = length if vouched is None else min(length, vouched)
        for offset, member in members(file, end=end):
            findings.records += 1
            if member is None:
                findings.add(name, offset, "the record is damaged or ends too early")
                return
            for reason in record_problems(member, findings):
                findings.add(name, offset, reason)


def record_problems(member: bytes, findings: Findings) -> list[str]:
    """Return what is wrong with one record, given as a gzip member."""
    try:
        plain = gzip.decompress(member)
        record: Any = next(iter(ArchiveIterator(io.BytesIO(plain), no_record_parse=True)))
        block = record.raw_stream.read()
    except (StopIteration, ArchiveLoadFailed, OSError, EOFError, ValueError) as error:
        return [f"the record cannot be read: {error}"]
    header = record.rec_headers.get_header
    problems = []
    length = header("Content-Length") or ""
    head_end = plain.find(b"\r\n\r\n") + 4
    if not length.isdigit() or plain[head_end + int(length) :] != b"\r\n\r\n":
        problems.append("its Content-Length is not the length of its block")
    problems += _header_problems(record, findings)
    block_digest, payload_digest = header("WARC-Block-Digest"), header("WARC-Payload-Digest")
    if block_digest is None:
        problems.append("it has no block digest")
    elif block_digest.startswith("sha256:") and labelled(block) != block_digest:
        problems.append("its block has another digest than its header says")
    if record.rec_type == "response" and block_digest is not None:
        body = block[len(block) - len(_payload(block)) :]
        if payload_digest is None:
            problems.append("it has no payload digest")
        elif payload_digest.startswith("sha256:") and labelled(body) != payload_digest:
            problems.append("its payload has another digest than its header says")
    return problems


def _header_problems(record: Any, findings: Findings) -> list[str]:  # noqa: ANN401  warcio's
    header = record.rec_headers.get_header
    problems = []
    record_id = header("WARC-Record-ID") or ""
    if not re.fullmatch(r"<urn:uuid:[0-9a-fA-F-]{36}>", record_id):
        problems.append("it has no proper record id")
    findings.ids[record_id] += 1
    if findings.ids[record_id] > 1:
        problems.append("another record has the same id")
    date = header("WARC-Date") or ""
    try:
        at = datetime.fromisoformat(date)
    except ValueError:
        at = None
    if at is None or not date.endswith("Z"):
        problems.append(f"its date, {date!a}, is none")
    elif not datetime(1990, 1, 1, tzinfo=UTC) <= at <= findings.now + timedelta(days=1):
        problems.append(f"its date, {date}, cannot be right")
    if record.rec_type not in {"warcinfo", "response", "request", "revisit"}:
        problems.append(f"its type, {record.rec_type!a}, is none that is written here")
    return problems


def _payload(block: bytes) -> bytes:
    return block.partition(b"\r\n\r\n")[2]


def _check_capture(store: Store, stored: Stored, findings: Findings) -> None:
    place: Location = stored.location
    try:
        block = next(_blocks(store.read(place)))
        body = parse_block(block).body
    except (StoreError, StopIteration) as error:
        findings.add(place.file, place.offset, f"{stored.capture.url}: {error}")
        return
    if digest_of(body) != stored.capture.digest:
        reason = f"{stored.capture.url}: the body has another digest than the catalogue says"
        findings.add(place.file, place.offset, reason)
    if len(body) != stored.capture.size:
        reason = f"{stored.capture.url}: the body has another size than the catalogue says"
        findings.add(place.file, place.offset, reason)


def _blocks(member: bytes) -> Iterator[bytes]:
    try:
        for record in ArchiveIterator(io.BytesIO(member), no_record_parse=True):
            yield record.raw_stream.read()
    except (ArchiveLoadFailed, OSError, EOFError, ValueError, zlib.error) as error:
        raise StoreError(f"the record cannot be read: {error}") from error
