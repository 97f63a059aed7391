"""The tables of the catalogue; times are UTC, written so that text order is time order."""

from datetime import UTC, datetime

from sqlalchemy import (
    Column,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
)


class Instant(TypeDecorator[datetime]):
    """An aware time, kept as ``2026-01-31T12:00:00.000000Z``: readable, and the same everywhere."""

    impl = String(27)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Write a time."""
        if value is None:
            return None
        return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}Z"

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Read a time."""
        return None if value is None else datetime.fromisoformat(value)


metadata = MetaData()

#: Which migrations have been made.
schema_versions = Table(
    "schema_versions",
    metadata,
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("applied_at", Instant, nullable=False),
)

#: One row per source ever wanted: its failure state, its captures, who is at it.
sources = Table(
    "sources",
    metadata,
    Column("canonical_url", Text, primary_key=True),
    Column("url", Text, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("cited_at", Instant),
    Column("capture_wanted", String(14)),
    Column("status", String(16), index=True),
    Column("reason", Text),
    Column("http_status", Integer),
    Column("failures", Integer, nullable=False, default=0),
    Column("definite", Integer, nullable=False, default=0),
    Column("definite_at", Instant),
    Column("next_attempt_at", Instant),
    Column("attempts", Integer, nullable=False, default=0),
    Column("last_attempt_at", Instant),
    Column("capture_id", Integer, ForeignKey("captures.id")),
    Column("checked_at", Instant),
    Column("archived_id", Integer, ForeignKey("captures.id")),
    Column("leased_by", String(64)),
    Column("leased_until", Instant),
)

#: Every capture, for ever: what it is and where its record lies.
captures = Table(
    "captures",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("canonical_url", Text, nullable=False, index=True),
    Column("url", Text, nullable=False),
    Column("digest", String(80), nullable=False, index=True),
    Column("captured_at", Instant, nullable=False),
    Column("http_status", Integer, nullable=False),
    Column("content_type", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("via", String(16), nullable=False),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("payload_digest", String(120), nullable=False),
    Column("record_id", String(80), nullable=False),
    Column("file", Text, nullable=False),
    Column("offset", Integer, nullable=False),
    Column("length", Integer, nullable=False),
)

#: When a capture was found unchanged, and where the revisit record lies.
confirmations = Table(
    "confirmations",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("capture_id", Integer, ForeignKey("captures.id"), nullable=False, index=True),
    Column("at", Instant, nullable=False),
    Column("record_id", String(80), nullable=False),
    Column("file", Text, nullable=False),
    Column("offset", Integer, nullable=False),
    Column("length", Integer, nullable=False),
)

#: Every try ever made; rows are added, never changed.
attempts = Table(
    "attempts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("canonical_url", Text, nullable=False, index=True),
    Column("at", Instant, nullable=False),
    Column("run_id", String(80)),
    Column("outcome", String(16), nullable=False),
    Column("requests", Integer, nullable=False),
    Column("http_status", Integer),
    Column("reason", Text),
)

#: What was read from a body, by the version of the reader; can be made again.
texts = Table(
    "texts",
    metadata,
    Column("digest", String(80), primary_key=True),
    Column("extractor", String(80), primary_key=True),
    Column("url", Text, primary_key=True),
    Column("payload", LargeBinary, nullable=False),
)

#: The files of records: up to which byte the catalogue vouches, and who writes.
files = Table(
    "files",
    metadata,
    Column("name", Text, primary_key=True),
    Column("length", Integer, nullable=False),
    Column("owner", String(64)),
    Column("closed", Integer, nullable=False, default=0),
)

#: robots.txt by origin; ``status`` as answered.
robots = Table(
    "robots",
    metadata,
    Column("origin", Text, primary_key=True),
    Column("fetched_at", Instant, nullable=False),
    Column("status", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

#: How a host answers for a page that cannot exist.
probes = Table(
    "probes",
    metadata,
    Column("host", Text, primary_key=True),
    Column("fetched_at", Instant, nullable=False),
    Column("status", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

#: What the Wayback Machine said about a source, and when to ask it again.
lookups = Table(
    "lookups",
    metadata,
    Column("canonical_url", Text, primary_key=True),
    Column("asked_at", Instant, nullable=False),
    Column("reason", Text, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("next_attempt_at", Instant),
)

runs = Table(
    "runs",
    metadata,
    Column("id", String(80), primary_key=True),
    Column("flow", String(16), nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("finished_at", Instant),
    Column("outcome", String(32)),
    Column("owner", String(64)),
)

posts = Table(
    "posts",
    metadata,
    Column("key", String(80), primary_key=True),
    Column("run_id", String(80), nullable=False),
    Column("payload", LargeBinary, nullable=False),
)

citations = Table(
    "citations",
    metadata,
    Column("canonical_url", Text, primary_key=True),
    Column("post_key", String(80), primary_key=True),
    Index("citations_by_post", "post_key"),
)
