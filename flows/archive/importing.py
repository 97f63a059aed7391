"""``cache import``: WARC files made by others (wget, browsertrix, …), record by record.

A record is taken if it is a whole answer 200 for a page of the Archive, and
every digest that it carries is right. Anything else is refused with its
reason; one bad record does not spoil the others. What is taken is written
anew, block for block, with digests of this program's own, and says which
record it came from.
"""

import base64
import binascii
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flows.archive.client import acceptable
from flows.archive.digests import digest_of, labelled
from flows.archive.foreign import Foreign, foreign_records
from flows.archive.guard import refusal
from flows.archive.inventory import Problem
from flows.archive.judging import Inspect
from flows.archive.ledger import Ledger
from flows.archive.mementos import Memento, made_at, memento_at
from flows.archive.reading import Recorded, parse_block
from flows.archive.rows import Location, NewCapture
from flows.archive.store import Store
from flows.archive.warc import member, warc_date
from flows.errors import InputError, StoreError
from flows.records import Capture, LinkKind, Via, Wanted
from flows.settings import Settings

#: Gives the canonical address and the kind of a page, or ``None`` if it is none of the Archive's.
Canonical = Callable[[str], tuple[str, LinkKind] | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of the answers in a WARC file; other kinds of records are passed over.

    ``taken`` counts new captures, ``known`` those that the cache had.
    """

    path: Path
    taken: int
    known: int
    refused: tuple[Problem, ...] = ()


class RefusedRecordError(Exception):
    """This record is not taken, for the reason given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Importer:
    """Takes the captures of WARC files made by others into the cache.

    ``canonical`` tells pages of the Archive; ``inspect`` says why a body is
    no evidence; ``now`` dates the import.
    """

    settings: Settings
    ledger: Ledger
    store: Store
    canonical: Canonical
    inspect: Inspect | None
    now: datetime

    def take(self, path: Path) -> Imported:
        """Take what can be taken from the file *path*.

        Raises:
            InputError: it cannot be opened, or holds no WARC record at all.
            StoreError: the cache cannot be written.
        """
        taken = known = read = 0
        refused: list[Problem] = []
        try:
            with path.open("rb") as file:
                for record in foreign_records(file, limit=2 * self.settings.max_bytes):
                    read += record.begun
                    if record.kind in {"warcinfo", "request", "metadata", "conversion"}:
                        continue
                    try:
                        new = self._take(record, path.name)
                    except RefusedRecordError as error:
                        problem = Problem(file=path.name, offset=record.offset, reason=str(error))
                        refused.append(problem)
                        continue
                    taken, known = taken + new, known + (not new)
        except OSError as error:
            raise InputError(str(path), error.strerror or str(error)) from error
        if not read:
            raise InputError(str(path), "holds no WARC record")
        return Imported(path=path, taken=taken, known=known, refused=tuple(refused))

    def _take(self, record: Foreign, file: str) -> bool:
        header = record.header
        if record.problem is not None:
            raise RefusedRecordError(record.problem)
        if record.kind != "response":
            raise RefusedRecordError(f"a record of type {record.kind or 'unknown'} holds no page")
        if header("WARC-Truncated") or header("WARC-Segment-Number"):
            raise RefusedRecordError("it says of itself that it is not the whole answer")
        # Early versions of wget put it in angle brackets.
        url = (header("WARC-Target-URI") or "").removeprefix("<").removesuffix(">")
        canonical_url, kind = self._address(url)
        at = self._date(header("WARC-Date"))
        block = record.block
        self._check_digests(header, block)
        read = self._page(block, url)
        captured_at = at
        if (memento := memento_at(canonical_url)) is not None:
            captured_at = made_at(memento, read.header("memento-datetime")) or at
        if self.ledger.holds(canonical_url, digest_of(read.body), captured_at):
            return False
        headers = {
            "WARC-Target-URI": url,
            "WARC-Date": warc_date(at),
            "WARC-Payload-Digest": labelled(_after_head(block)),
            "X-Imported-From": file.encode("ascii", "replace").decode("ascii"),
        }
        record_id = header("WARC-Record-ID") or ""
        if record_id:
            headers["X-Imported-Record-ID"] = record_id
        packed = member("response", "application/http; msgtype=response", headers, block)
        stored_in, offset, file_length = self.store.append(packed, self.now)
        new = NewCapture(
            capture=Capture(
                canonical_url=canonical_url,
                url=url,
                digest=digest_of(read.body),
                captured_at=captured_at,
                http_status=read.status,
                content_type=read.header("content-type") or "",
                size=len(read.body),
                via=Via.IMPORT,
            ),
            location=Location(file=stored_in, offset=offset, length=len(packed)),
            record_id=record_id,
            payload_digest=headers["WARC-Payload-Digest"],
            file_length=file_length,
        )
        wanted = Wanted(canonical_url=canonical_url, url=url, kind=kind)
        self.ledger.enter_imported(wanted, new)
        return True

    def _address(self, url: str) -> tuple[str, LinkKind]:
        """Return the canonical address, and the kind, of what *url* names: a page or a capture."""
        memento = memento_at(url)
        original = memento.original if memento is not None else url
        why = refusal(original, self.settings.hosts)
        page = self.canonical(original) if why is None else None
        if page is None:
            raise RefusedRecordError(why or f"{url!a} is no address of a page of the Archive")
        if memento is None:
            return page
        if memento.url != url:
            raise RefusedRecordError("a capture with a banner: only its id_ form is as archived")
        return Memento(memento.at, page[0]).url, page[1]

    def _date(self, text: str | None) -> datetime:
        try:
            at = datetime.fromisoformat(text or "")
        except ValueError:
            raise RefusedRecordError(f"its date, {text!a}, is none") from None
        at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
        if not datetime(1990, 1, 1, tzinfo=UTC) <= at <= self.now + timedelta(days=1):
            raise RefusedRecordError(f"its date, {text}, cannot be right")
        return at

    def _check_digests(self, header: Callable[[str], str | None], block: bytes) -> None:
        for name, data in (
            ("WARC-Block-Digest", block),
            ("WARC-Payload-Digest", _after_head(block)),
        ):
            if digest_holds(header(name), data) is False:
                raise RefusedRecordError(f"its {name} is not that of its bytes")

    def _page(self, block: bytes, url: str) -> Recorded:
        try:
            read = parse_block(block, limit=self.settings.max_bytes)
        except StoreError as error:
            raise RefusedRecordError(str(error)) from error
        content_type = read.header("content-type") or ""
        promised = read.header("content-length") or ""
        decoded = read.header("content-encoding") or read.header("transfer-encoding")
        if promised.isdigit() and not decoded and len(read.wire_body) < int(promised):
            there = len(read.wire_body)
            raise RefusedRecordError(f"the answer in it broke off: {there} of {promised} bytes")
        if read.status != 200:
            raise RefusedRecordError(f"an answer {read.status} is no page")
        if not acceptable(content_type):
            raise RefusedRecordError(f"its content type, {content_type[:60]!a}, holds no text")
        why = None if read.body.strip() else "its body is empty"
        if why is None and self.inspect is not None:
            why = self.inspect(read.body, url=url, content_type=content_type)
        if why is not None:
            raise RefusedRecordError(why)
        return read


def digest_holds(digest: str | None, data: bytes) -> bool | None:
    """Return whether *digest*, as WARC headers give it, is that of *data*.

    ``None`` if there is none or its algorithm is unknown: not checked.

    >>> digest_holds("sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ", b"")
    True
    >>> digest_holds("md5:00000000000000000000000000000000", b""), digest_holds(None, b"")
    (False, None)
    """
    name, _, value = (digest or "").partition(":")
    name = name.strip().lower().replace("sha-", "sha")
    if name not in {"md5", "sha1", "sha256", "sha384", "sha512"}:
        return None
    computed = hashlib.new(name, data).digest()
    spellings = [base64.b32encode(computed), base64.b64encode(computed)]
    spellings += [base64.urlsafe_b64encode(computed), binascii.hexlify(computed)]
    plain = value.strip().rstrip("=")
    exact = {spelling.decode("ascii").rstrip("=") for spelling in spellings}
    return plain in exact or plain.lower() == computed.hex()


def _after_head(block: bytes) -> bytes:
    return block.partition(b"\r\n\r\n")[2] if b"\r\n\r\n" in block else block
