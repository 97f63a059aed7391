"""Read records back: the exchange inside a record, decoded as the client decoded it."""

import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from flows.archive.network.decoding import TooLargeError, UndecodableError, decode, unchunk
from flows.errors import DamagedCaptureError

#: Largest decoded body that is read back, in bytes; no setting allows larger ones in.
LARGEST = 4_000_000_000

#: Bytes read at a time.
PIECE = 65_536


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """An HTTP response as a record holds it; ``body`` is decoded, ``wire_body`` as sent."""

    head: bytes
    wire_body: bytes
    body: bytes
    status: int
    headers: tuple[tuple[str, str], ...]

    def header(self, name: str) -> str | None:
        """Return the first value of header *name*, in any letter case."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)


def members(file: BinaryIO, *, end: int) -> Iterator[tuple[int, bytes | None]]:
    """Yield (offset, bytes) of each gzip member of *file* up to byte *end*.

    A broken or unfinished member is yielded as ``None`` and is the last one.
    """
    offset, buffer = 0, b""
    while offset < end or buffer:
        inflate, member = zlib.decompressobj(31), bytearray()
        while not inflate.eof:
            buffer = buffer or file.read(min(PIECE, end - offset - len(member)))
            if not buffer or not _consume(inflate, buffer):
                yield offset, None
                return
            member += buffer
            buffer = b""
        buffer = inflate.unused_data
        whole = bytes(member[: len(member) - len(buffer)])
        yield offset, whole
        offset += len(whole)


def _consume(inflate: Any, data: bytes) -> bool:  # noqa: ANN401  zlib's decompressor
    """Run *data* through *inflate*, keeping nothing; return whether it is sound."""
    try:
        while data and not inflate.eof:
            inflate.decompress(data, PIECE)
            data = inflate.unconsumed_tail
    except zlib.error:
        return False
    return True


def read_exchange(member: bytes) -> Recorded:
    """Return the response in one record (a gzip member).

    Raises:
        DamagedCaptureError: the bytes are no such record, or their body is damaged.
    """
    try:
        record: Any = next(iter(ArchiveIterator(io.BytesIO(member), no_record_parse=True)))
        block = record.raw_stream.read()
    except (StopIteration, ArchiveLoadFailed, OSError, EOFError, ValueError) as error:
        raise DamagedCaptureError(f"a record cannot be read: {error}") from error
    return parse_block(block)


def parse_block(block: bytes, *, limit: int = LARGEST) -> Recorded:
    r"""Return the response whose bytes, head and body, are *block*.

    >>> parse_block(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nhello").body
    b'hello'

    Raises:
        DamagedCaptureError: it is no HTTP response, or its body is damaged.
    """
    ends = [at + len(mark) for mark in (b"\r\n\r\n", b"\n\n") if (at := block.find(mark)) >= 0]
    if not ends or not block.startswith(b"HTTP/"):
        raise DamagedCaptureError("the record holds no HTTP response")
    head, wire_body = block[: min(ends)], block[min(ends) :]
    lines = head.decode("latin-1").splitlines()
    status = lines[0].split(" ")[1:2]
    if not status or not status[0].isdigit():
        raise DamagedCaptureError("the record holds no HTTP status")
    pairs = (line.partition(":") for line in lines[1:] if ":" in line)
    headers = tuple((name.strip(), value.strip()) for name, _, value in pairs)
    recorded = Recorded(
        head=head, wire_body=wire_body, body=b"", status=int(status[0]), headers=headers
    )
    try:
        plain = wire_body
        if "chunked" in (recorded.header("transfer-encoding") or "").lower():
            plain = _without_chunks(wire_body)
        body = decode([plain], coding=recorded.header("content-encoding"), limit=limit)
    except (UndecodableError, TooLargeError) as error:
        raise DamagedCaptureError(f"the body in the record is damaged: {error}") from error
    return Recorded(
        head=head, wire_body=wire_body, body=body, status=int(status[0]), headers=headers
    )


def _without_chunks(body: bytes) -> bytes:
    """Return *body* without chunk sizes; some recorders leave the header and drop the sizes."""
    first_line = body.partition(b"\n")[0].partition(b";")[0].strip()
    if re.fullmatch(rb"[0-9a-fA-F]{1,16}", first_line):
        return unchunk(body)
    return body
