"""What of a record made by others is believed: pure rules, each refusal with its reason."""

import base64
import binascii
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flows.archive.evidence.foreign import Foreign
from flows.archive.evidence.reading import Recorded, parse_block
from flows.archive.network.client import acceptable
from flows.archive.network.guard import refusal
from flows.archive.network.judging import Inspect
from flows.archive.network.mementos import Memento, memento_at
from flows.errors import StoreError
from flows.records import LinkKind
from flows.settings import Settings

#: Gives the canonical address and the kind of a page, or ``None`` if it is none of the Archive's.
Canonical = Callable[[str], tuple[str, LinkKind] | None]


class RefusedRecordError(Exception):
    """This record is not taken, for the reason given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """Reads what a record says of itself; each method refuses what cannot be believed.

    ``canonical`` tells pages of the Archive; ``inspect`` says why a body is
    no evidence; no record is of a time after ``now``.
    """

    settings: Settings
    canonical: Canonical
    inspect: Inspect | None
    now: datetime

    def target(self, record: Foreign) -> tuple[str, datetime]:
        """Return the address that *record* is about, and its time.

        Raises:
            RefusedRecordError: it is damaged, a part of something, or of no possible time.
        """
        if record.problem is not None:
            raise RefusedRecordError(record.problem)
        if record.header("WARC-Truncated") or record.header("WARC-Segment-Number"):
            raise RefusedRecordError("it says of itself that it is not the whole answer")
        return plain_url(record.header("WARC-Target-URI")), self.date(record.header("WARC-Date"))

    def address(self, url: str) -> tuple[str, LinkKind]:
        """Return the canonical address, and the kind, of what *url* names: a page or a capture.

        Raises:
            RefusedRecordError: it is neither.
        """
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

    def date(self, text: str | None) -> datetime:
        """Return the time that *text* names.

        Raises:
            RefusedRecordError: it names none, or none that can be right.
        """
        try:
            at = datetime.fromisoformat(text or "")
        except ValueError:
            raise RefusedRecordError(f"its date, {text!a}, is none") from None
        at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
        if not datetime(1990, 1, 1, tzinfo=UTC) <= at <= self.now + timedelta(days=1):
            raise RefusedRecordError(f"its date, {text}, cannot be right")
        return at

    def page(self, block: bytes, url: str) -> Recorded:
        """Return the answer in *block*, a whole page at *url*.

        Raises:
            RefusedRecordError: it is no page, or not the whole of it.
        """
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


def plain_url(target: str | None) -> str:
    """Return the address in WARC-Target-URI, without the angle brackets of early wgets."""
    return (target or "").removeprefix("<").removesuffix(">")


def check_digests(record: Foreign) -> None:
    """Look whether the digests that *record* carries are those of its bytes.

    Raises:
        RefusedRecordError: one of them is not.
    """
    # The payload of a revisit record lies elsewhere.
    parts = {"WARC-Block-Digest": record.block}
    if record.kind == "response":
        parts["WARC-Payload-Digest"] = after_head(record.block)
    for name, data in parts.items():
        if digest_holds(record.header(name), data) is False:
            raise RefusedRecordError(f"its {name} is not that of its bytes")


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


def after_head(block: bytes) -> bytes:
    """Return what follows the head of the HTTP message in *block*."""
    return block.partition(b"\r\n\r\n")[2] if b"\r\n\r\n" in block else block
