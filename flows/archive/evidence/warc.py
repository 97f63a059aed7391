r"""WARC 1.1 records (ISO 28500:2017) for exchanges, byte for byte as they went over the wire.

The block of a record is what was sent or received, chunk sizes and content
coding included. Both digests are SHA-256: ``WARC-Block-Digest`` over head and
body, ``WARC-Payload-Digest`` over the body as sent. The ``digest`` of a
``Capture`` is another thing: SHA-256 over the *decoded* body, so that the
same page sent twice in different codings is the same page.
"""

import io
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from flows import __version__
from flows.archive.evidence.digests import labelled
from flows.archive.outcomes import Exchange

VERSION = "WARC/1.1"
UNCHANGED_PROFILE = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
NOT_MODIFIED_PROFILE = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """Records ready to be written: ``data`` begins with the one called ``record_id``.

    ``length`` is that first record's length, in bytes, as compressed.
    """

    data: bytes
    length: int
    record_id: str
    payload_digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Refers:
    """The capture that a revisit record says is unchanged."""

    url: str
    at: datetime
    payload_digest: str


def pack(exchange: Exchange, *, refers: Refers | None = None) -> Packed:
    """Return a response record and its request record.

    With *refers* the first is a revisit record instead: the head alone, for
    an answer that said (304) or proved that nothing changed.
    """
    record_id = f"<urn:uuid:{uuid.uuid4()}>"
    payload_digest = labelled(exchange.wire_body)
    headers = _common(exchange)
    if refers is None:
        block, kind = exchange.head + exchange.wire_body, "response"
    else:
        block, kind = exchange.head, "revisit"
        payload_digest = refers.payload_digest
        not_modified = exchange.status == 304
        headers["WARC-Profile"] = NOT_MODIFIED_PROFILE if not_modified else UNCHANGED_PROFILE
        headers["WARC-Refers-To-Target-URI"] = refers.url
        headers["WARC-Refers-To-Date"] = warc_date(refers.at)
    headers["WARC-Payload-Digest"] = payload_digest
    first = member(kind, "application/http; msgtype=response", headers, block, record_id=record_id)
    second = member(
        "request",
        "application/http; msgtype=request",
        # Without it warcio would add one of its own, over the wrong bytes.
        _common(exchange) | {"WARC-Concurrent-To": record_id, "WARC-Payload-Digest": labelled(b"")},
        exchange.request,
    )
    return Packed(
        data=first + second, length=len(first), record_id=record_id, payload_digest=payload_digest
    )


def file_header(name: str, at: datetime) -> bytes:
    """Return the warcinfo record with which the file *name* begins."""
    fields = {
        "software": f"nsarchive-verify/{__version__}",
        "format": "WARC File Format 1.1",
        "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        "robots": "obey",
    }
    block = "".join(f"{key}: {value}\r\n" for key, value in fields.items()).encode("ascii")
    headers = {"WARC-Date": warc_date(at), "WARC-Filename": name}
    return member("warcinfo", "application/warc-fields", headers, block)


def member(
    kind: str,
    content_type: str,
    headers: dict[str, str],
    block: bytes,
    *,
    record_id: str | None = None,
) -> bytes:
    """Return one record as a gzip member of its own, so that it can be read alone."""
    fields = [("WARC-Type", kind)]
    fields.append(("WARC-Record-ID", record_id or f"<urn:uuid:{uuid.uuid4()}>"))
    fields += headers.items()
    fields.append(("WARC-Block-Digest", labelled(block)))
    record = ArcWarcRecord(
        "warc",
        kind,
        StatusAndHeaders("", fields, protocol=VERSION),
        io.BytesIO(block),
        None,
        content_type,
        len(block),
    )
    record.payload_length = len(block)
    packed = io.BytesIO()
    if kind == "revisit":
        # warcio writes nothing but parsed HTTP headers for a revisit record,
        # in its own words; this record keeps the bytes that came.
        record.rec_type = "response"
    WARCWriter(packed, gzip=True, warc_version=VERSION).write_record(record)
    return packed.getvalue()


def warc_date(at: datetime) -> str:
    """Return *at* as WARC 1.1 writes times, to the microsecond."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}Z"


def _common(exchange: Exchange) -> dict[str, str]:
    headers = {"WARC-Target-URI": exchange.url, "WARC-Date": warc_date(exchange.at)}
    return headers | ({"WARC-IP-Address": exchange.ip} if exchange.ip else {})
