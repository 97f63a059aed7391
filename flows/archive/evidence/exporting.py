"""``cache export``: everything in one WARC file, or in one WACZ that players open.

A WARC is all files of the store, one after the other: gzip members need no
joining. A WACZ (1.1.1) is a zip of that WARC with an index, a list of pages
and digests of all of it. Either is written beside its place and renamed.
"""

import gzip
import hashlib
import io
import os
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

import orjson
from sqlalchemy import select
from warcio.archiveiterator import ArchiveIterator

from flows import __version__
from flows.archive.catalogue.database import Database
from flows.archive.catalogue.tables import files
from flows.archive.evidence.reading import members, parse_block
from flows.archive.evidence.store import Store
from flows.archive.network.surt import surt
from flows.errors import StoreError, UsageError

WARC_NAME = "nsarchive-verify.warc.gz"

#: Lines of the index in one gzip member.
LINES_PER_BLOCK = 1_024


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What was written: ``records`` in ``path``, of ``bytes`` bytes."""

    path: Path
    records: int
    bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """A line of the index."""

    key: str
    stamp: str
    url: str
    mime: str
    status: int
    digest: str
    offset: int
    length: int

    def line(self) -> bytes:
        fields = {
            "url": self.url,
            "mime": self.mime,
            "status": str(self.status),
            "digest": self.digest,
            "length": str(self.length),
            "offset": str(self.offset),
            "filename": WARC_NAME,
        }
        return f"{self.key} {self.stamp} ".encode() + orjson.dumps(fields) + b"\n"


def export(database: Database, store: Store, path: Path, *, now: datetime) -> Exported:
    """Write everything that the store holds to *path*.

    Raises:
        UsageError: the name of *path* ends neither in .warc.gz nor in .wacz.
        StoreError: it cannot be written, or a file of the store is broken.
    """
    if not path.name.endswith((".wacz", ".warc.gz")):
        raise UsageError(f"{path}: an export is called *.warc.gz or *.wacz")
    beside = path.with_name(f".{path.name}.part")
    try:
        with beside.open("wb") as out:
            if path.name.endswith(".wacz"):
                records = _write_wacz(database, store, out, now)
            else:
                records = sum(1 for _ in _copied(_vouched(database), store, out))
            out.flush()
            os.fsync(out.fileno())
        beside.replace(path)
    except OSError as error:
        raise StoreError(f"{path}: cannot be written: {error.strerror}") from error
    finally:
        beside.unlink(missing_ok=True)
    return Exported(path=path, records=records, bytes=path.stat().st_size)


def _vouched(database: Database) -> dict[str, int]:
    """Return the length of every file, as far as the catalogue vouches for it."""
    with database.reading() as connection:
        return dict(connection.execute(select(files.c.name, files.c.length)).tuples().all())


def _copied(lengths: dict[str, int], store: Store, out: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """Copy every vouched record to *out*; yield each with its offset there."""
    offset = 0
    for name in store.names():
        with store.whole(name) as file:
            for at, member in members(file, end=lengths.get(name, 0)):
                if member is None:
                    raise StoreError(f"{name}: the record at {at} is damaged: see cache check")
                out.write(member)
                yield offset, member
                offset += len(member)


def _write_wacz(database: Database, store: Store, out: IO[bytes], now: datetime) -> int:
    records = 0
    lengths = _vouched(database)
    entries: list[_Entry] = []
    resources: list[dict[str, Any]] = []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED, allowZip64=True) as wacz:
        size = sum(lengths.values())
        with _resource(wacz, f"archive/{WARC_NAME}", resources, size=size) as part:
            for offset, member in _copied(lengths, store, part):
                records += 1
                entries.extend(_entries(member, offset))
        blocks = _index_blocks(sorted(entry.line() for entry in entries))
        with _resource(wacz, "indexes/index.cdx.gz", resources) as part:
            part.write(b"".join(block for _, block in blocks))
        with _resource(wacz, "indexes/index.idx", resources) as part:
            part.write(_index_of_blocks(blocks))
        with _resource(wacz, "pages/pages.jsonl", resources) as part:
            part.write(_pages(entries))
        package = {
            "profile": "data-package",
            "wacz_version": "1.1.1",
            "title": "Captures kept by nsarchive-verify",
            "software": f"nsarchive-verify/{__version__}",
            "created": f"{now:%Y-%m-%dT%H:%M:%SZ}",
            "resources": resources,
        }
        data = orjson.dumps(package, option=orjson.OPT_INDENT_2)
        wacz.writestr("datapackage.json", data)
        digest = f"sha256:{hashlib.sha256(data).hexdigest()}"
        wacz.writestr(
            "datapackage-digest.json", orjson.dumps({"path": "datapackage.json", "hash": digest})
        )
    return records


def _index_blocks(lines: list[bytes]) -> list[tuple[bytes, bytes]]:
    """Return the index in gzip members of so many lines: key and time of the first, and bytes.

    ReplayWeb.page reads a compressed index only in this form (ZipNum), in
    which a player of a large file loads the few blocks that it needs.
    """
    blocks = []
    for start in range(0, len(lines), LINES_PER_BLOCK):
        part = lines[start : start + LINES_PER_BLOCK]
        first = b" ".join(part[0].split(b" ", 2)[:2])
        blocks.append((first, gzip.compress(b"".join(part), mtime=0)))
    return blocks


def _index_of_blocks(blocks: list[tuple[bytes, bytes]]) -> bytes:
    """Return the index of the index: where each block lies in ``index.cdx.gz``."""
    meta = {"format": "cdxj-gzip-1.0", "filename": "index.cdx.gz"}
    lines = [b"!meta 0 " + orjson.dumps(meta)]
    offset = 0
    for first, block in blocks:
        digest = f"sha256:{hashlib.sha256(block).hexdigest()}"
        place = {"offset": offset, "length": len(block), "digest": digest}
        lines.append(first + b" " + orjson.dumps(place))
        offset += len(block)
    return b"".join(line + b"\n" for line in lines)


class _Hashing(io.RawIOBase):
    """Writes through, hashing and counting."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self.hash = hashlib.sha256()
        self.size = 0

    def writable(self) -> bool:
        return True

    def write(self, data: Any, /) -> int:  # noqa: ANN401  the protocol's type
        self.hash.update(data)
        self.size += len(data)
        return self._out.write(data)


@contextmanager
def _resource(
    wacz: zipfile.ZipFile, path: str, resources: list[dict[str, Any]], *, size: int = 0
) -> Iterator[Any]:
    """Yield a file to write *path* of the WACZ to; list it with its digest afterwards.

    Only what may come near 2 GiB (*size*, in bytes) gets the fields of ZIP64:
    ReplayWeb.page expects them where the directory of the file has them too,
    and reads a smaller file that has them from the wrong place.
    """
    with wacz.open(path, "w", force_zip64=size > zipfile.ZIP64_LIMIT // 2) as part:
        hashing = _Hashing(part)
        yield hashing
    resources.append(
        {
            "name": path.rpartition("/")[2],
            "path": path,
            "hash": f"sha256:{hashing.hash.hexdigest()}",
            "bytes": hashing.size,
        }
    )


def _entries(member: bytes, offset: int) -> Iterator[_Entry]:
    record: Any = next(iter(ArchiveIterator(io.BytesIO(member), no_record_parse=True)))
    header = record.rec_headers.get_header
    if record.rec_type not in {"response", "revisit"}:
        return
    read = parse_block(record.raw_stream.read())
    url = header("WARC-Target-URI")
    mime = (read.header("content-type") or "unk").partition(";")[0].strip() or "unk"
    yield _Entry(
        key=surt(url),
        stamp=re.sub(r"[^0-9]", "", header("WARC-Date"))[:14],
        url=url,
        mime="warc/revisit" if record.rec_type == "revisit" else mime,
        status=read.status,
        digest=header("WARC-Payload-Digest") or "-",
        offset=offset,
        length=len(member),
    )


def _pages(entries: list[_Entry]) -> bytes:
    lines = [{"format": "json-pages-1.0", "id": "pages", "title": "All pages"}]
    for number, entry in enumerate(entries):
        if entry.status == 200 and "revisit" not in entry.mime:
            s = entry.stamp
            at = f"{s[:4]}-{s[4:6]}-{s[6:8]}T{s[8:10]}:{s[10:12]}:{s[12:14]}Z"
            lines.append({"id": str(number), "url": entry.url, "ts": at, "title": entry.url})
    return b"".join(orjson.dumps(line) + b"\n" for line in lines)
