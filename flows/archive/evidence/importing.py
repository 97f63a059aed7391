"""``cache import``: WARC files made by others (wget, browsertrix, …), record by record.

A record is taken if it is a whole answer 200 for a page of the Archive, and
every digest that it carries is right. A revisit record, which says that a page
was unchanged, is taken if the record that holds the page is in the same file,
before it or after it, or in the cache. Anything else is refused with its
reason; one bad record does not spoil the others. What is taken is written
anew, block for block, with digests of this program's own, and says which
record it came from.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from flows.archive.catalogue.ledger import Ledger
from flows.archive.catalogue.rows import Location, NewCapture, Stored
from flows.archive.evidence.acceptance import (
    Acceptance,
    Canonical,
    RefusedRecordError,
    after_head,
    check_digests,
    digest_holds,
    plain_url,
)
from flows.archive.evidence.digests import digest_of, labelled
from flows.archive.evidence.foreign import Foreign, foreign_records
from flows.archive.evidence.inventory import Problem
from flows.archive.evidence.reading import Recorded, read_exchange
from flows.archive.evidence.store import Store
from flows.archive.evidence.warc import UNCHANGED_PROFILE, member, warc_date
from flows.archive.network.judging import Inspect
from flows.archive.network.mementos import made_at, memento_at
from flows.errors import InputError, StoreError
from flows.records import Capture, Via, Wanted
from flows.settings import Settings

__all__ = ["Canonical", "Imported", "Importer"]


class _Became(StrEnum):
    """What became of a record that was not refused."""

    TAKEN = "taken"
    KNOWN = "known"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of the answers in a WARC file; other kinds of records are passed over.

    ``taken`` counts new captures, ``known`` those that the cache had, and
    ``unchanged`` the revisit records that confirm one.
    """

    path: Path
    taken: int
    known: int
    unchanged: int = 0
    refused: tuple[Problem, ...] = ()


class Importer:
    """Takes the captures of WARC files made by others into the cache.

    Args:
        settings: Hosts and limits.
        ledger: Where captures are entered.
        store: Where what is taken is written.
        canonical: Tells pages of the Archive.
        inspect: Says why a body is no evidence.
        now: Dates the import.
    """

    def __init__(
        self,
        *,
        settings: Settings,
        ledger: Ledger,
        store: Store,
        canonical: Canonical,
        inspect: Inspect | None,
        now: datetime,
    ) -> None:
        self._largest = 2 * settings.max_bytes
        self._ledger = ledger
        self._store = store
        self._now = now
        self._accept = Acceptance(settings=settings, canonical=canonical, inspect=inspect, now=now)

    def take(self, path: Path) -> Imported:
        """Take what can be taken from the file *path*.

        Raises:
            InputError: it cannot be opened, or holds no WARC record at all.
            StoreError: the cache cannot be written.
        """
        done: Counter[_Became] = Counter()
        refused: list[Problem] = []
        read = revisits = 0

        def take(record: Foreign, entered: Callable[[Foreign, str], _Became]) -> None:
            try:
                done[entered(record, path.name)] += 1
            except RefusedRecordError as error:
                refused.append(Problem(file=path.name, offset=record.offset, reason=str(error)))

        try:
            with path.open("rb") as file:
                for record in foreign_records(file, limit=self._largest):
                    read += record.begun
                    if _is_revisit(record):
                        revisits += 1
                    elif record.kind not in {"warcinfo", "request", "metadata", "conversion"}:
                        take(record, self._take)
                # By now what they refer to has been taken, wherever it stands.
                for record in foreign_records(file, limit=self._largest) if revisits else ():
                    if _is_revisit(record):
                        take(record, self._take_revisit)
        except OSError as error:
            raise InputError(str(path), error.strerror or str(error)) from error
        if not read:
            raise InputError(str(path), "holds no WARC record")
        return Imported(
            path=path,
            taken=done[_Became.TAKEN],
            known=done[_Became.KNOWN],
            unchanged=done[_Became.UNCHANGED],
            refused=tuple(sorted(refused, key=lambda problem: problem.offset or 0)),
        )

    def _take(self, record: Foreign, file: str) -> _Became:
        """Enter the capture in a response record."""
        self._accept.target(record)
        if record.kind != "response":
            raise RefusedRecordError(f"a record of type {record.kind or 'unknown'} holds no page")
        return self._enter(record, file, record.block)

    def _take_revisit(self, record: Foreign, file: str) -> _Became:
        """Enter that a page was found unchanged.

        Where it had been otherwise in between, or is another page with the
        same body, that makes a capture of its own.
        """
        url, at = self._accept.target(record)
        canonical_url, _ = self._accept.address(url)
        check_digests(record)
        earlier, read = self._referred_to(record, url)
        if earlier.capture.canonical_url == canonical_url:
            newest = self._ledger.latest(canonical_url)
            if newest == earlier.capture or (newest is not None and newest.captured_at >= at):
                self._confirm(record, file, earlier, at)
                return _Became.UNCHANGED
        head = record.block if record.block.startswith(b"HTTP/") else read.head
        if head.split(b" ", 2)[1:2] == [b"304"]:
            head = read.head
        return self._enter(record, file, head.rstrip(b"\r\n") + b"\r\n\r\n" + read.wire_body)

    def _referred_to(self, record: Foreign, url: str) -> tuple[Stored, Recorded]:
        """Return the capture that holds the body of a revisit record, and the answer in it.

        The digest of the payload tells it; the time only where there is no digest.
        """
        there, when = (record.header(f"WARC-Refers-To-{part}") for part in ("Target-URI", "Date"))
        canonical_url, _ = self._accept.address(plain_url(there) if there else url)
        for stored in self._ledger.captures_of(canonical_url):
            try:
                read = read_exchange(self._store.read(stored.location))
            except StoreError:
                continue
            holds = digest_holds(record.header("WARC-Payload-Digest"), read.wire_body)
            if holds is None and when:
                seconds = (self._accept.date(when) - stored.capture.captured_at).total_seconds()
                holds = abs(seconds) < 1
            if holds:
                return stored, read
        raise RefusedRecordError(
            "it says that a page was unchanged, but what it refers to "
            "is neither in this file nor in the cache"
        )

    def _confirm(self, record: Foreign, file: str, earlier: Stored, at: datetime) -> None:
        if self._ledger.is_confirmed(earlier, at):
            return
        headers = {
            "WARC-Target-URI": earlier.capture.url,
            "WARC-Date": warc_date(at),
            "WARC-Profile": record.header("WARC-Profile") or UNCHANGED_PROFILE,
            "WARC-Refers-To-Target-URI": earlier.capture.url,
            "WARC-Refers-To-Date": warc_date(earlier.capture.captured_at),
            "WARC-Payload-Digest": earlier.payload_digest,
        }
        new = self._write(record, file, "revisit", headers, record.block, earlier.capture)
        self._ledger.enter_confirmed(earlier, new, at)

    def _enter(self, record: Foreign, file: str, block: bytes) -> _Became:
        """Enter the answer in *block* as a capture of what *record* is about."""
        url, at = self._accept.target(record)
        canonical_url, kind = self._accept.address(url)
        check_digests(record)
        read = self._accept.page(block, url)
        captured_at = at
        if (memento := memento_at(canonical_url)) is not None:
            made = read.header("memento-datetime")
            if made is None:
                raise RefusedRecordError("a page of the Wayback Machine itself, and no capture")
            captured_at = made_at(memento, made) or at
        if self._ledger.holds(canonical_url, digest_of(read.body), captured_at):
            return _Became.KNOWN
        capture = Capture(
            canonical_url=canonical_url,
            url=url,
            digest=digest_of(read.body),
            captured_at=captured_at,
            http_status=read.status,
            content_type=read.header("content-type") or "",
            size=len(read.body),
            via=Via.IMPORT,
        )
        headers = {
            "WARC-Target-URI": url,
            "WARC-Date": warc_date(at),
            "WARC-Payload-Digest": labelled(after_head(block)),
        }
        new = self._write(record, file, "response", headers, block, capture)
        wanted = Wanted(canonical_url=canonical_url, url=url, kind=kind)
        self._ledger.enter_imported(wanted, new)
        return _Became.TAKEN

    def _write(
        self,
        record: Foreign,
        file: str,
        kind: str,
        headers: dict[str, str],
        block: bytes,
        capture: Capture,
    ) -> NewCapture:
        """Write a record that says from which one it was made; return what to enter."""
        origin = {"X-Imported-From": file.encode("ascii", "replace").decode("ascii")}
        record_id = record.header("WARC-Record-ID") or ""
        if record_id:
            origin["X-Imported-Record-ID"] = record_id
        packed = member(kind, "application/http; msgtype=response", headers | origin, block)
        stored_in, offset, file_length = self._store.append(packed, self._now)
        return NewCapture(
            capture=capture,
            location=Location(file=stored_in, offset=offset, length=len(packed)),
            record_id=record_id,
            payload_digest=headers["WARC-Payload-Digest"],
            file_length=file_length,
        )


def _is_revisit(record: Foreign) -> bool:
    return record.kind == "revisit" and record.problem is None
