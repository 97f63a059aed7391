"""Tables: comma-, semicolon-, tab- or bar-separated rows under a line of column names."""

import csv
import re
from collections.abc import Iterator
from io import StringIO

from flows.posts.columns import USUAL, Columns, plain_name
from flows.posts.draft import LONGEST_POST, Yielded
from flows.posts.encoding import decoded
from flows.posts.opening import UnreadableInputError
from flows.posts.rows import post_from_row
from flows.posts.streams import Bytes, pieces_of
from flows.records import Unreadable

_DELIMITERS = ",;\t|"
_LONGEST_HEADER = 20_000
#: How much of a table tells how it escapes quotation marks, in bytes.
_SAMPLE = 1 << 16
#: A first line that tells spreadsheets the separator and is no row.
_SEPARATOR = re.compile(rb"\"?sep=[,;\t|]\"?(?:\r?\n|\r|\Z)", re.IGNORECASE)


def delimiter_of(head: bytes, columns: Columns) -> str | None:
    r"""Return what separates the columns of a table that begins with *head*.

    ``None`` if it is no table: the first line must name a column for the
    text and at least one more that posts usually have.

    >>> delimiter_of(b"no;body;date\n1;words;2021-01-01", Columns())
    ';'
    """
    lines = head[: 2 * _LONGEST_HEADER].splitlines()[:2]
    if lines and _SEPARATOR.fullmatch(lines[0].strip()):
        lines = lines[1:]
    line = decoded(lines[0][:_LONGEST_HEADER]).lstrip("\ufeff").strip() if lines else ""
    for delimiter in _DELIMITERS:
        names = _names(line, delimiter)
        known = sum(any(name in columns.names(part) for name in names) for part in USUAL)
        has_text = any(name in columns.names("text") for name in names)
        short = all(len(name) <= 40 for name in names)
        if len(names) > 1 and has_text and known > 1 and short:
            return delimiter
    return None


def _names(line: str, delimiter: str) -> list[str]:
    try:
        rows = list(csv.reader(StringIO(line), delimiter=delimiter))
    except csv.Error:
        return []
    return [plain_name(name) for name in rows[0]] if rows else []


def read_table(
    source: Bytes, *, origin: str, columns: Columns, delimiter: str
) -> Iterator[Yielded]:
    """Yield a post for every row; rows that cannot be read are named with their line.

    Raises:
        UnreadableInputError: a column that the user named is not there.
    """
    csv.field_size_limit(LONGEST_POST)
    head = source.peek(_SAMPLE)
    # Some programs write \" in a quoted cell, others "" (RFC 4180).
    escaped = b'\\"' in head and b'""' not in head
    reader = csv.reader(
        _lines(source),
        delimiter=delimiter,
        escapechar="\\" if escaped else None,
        doublequote=not escaped,
    )
    if _SEPARATOR.match(head.lstrip(b"\xef\xbb\xbf")):
        next(reader)
    names = [plain_name(name) for name in next(reader)]
    for part, name in columns.given.items():
        if name not in names:
            told = ", ".join(names)
            raise UnreadableInputError(f"no column “{name}” for {part}; the columns are {told}")
    number = 0
    while True:
        number += 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Unreadable(place=f"line {reader.line_num}", reason=str(error))
            continue
        if not any(row):
            continue
        named = dict(zip(names, row, strict=False))
        post = post_from_row(named, origin=origin, place=f"row-{number}", columns=columns)
        if post is not None:
            yield post
        else:
            yield Unreadable(place=f"line {reader.line_num}", reason="the row has no text")


def _lines(source: Bytes) -> Iterator[str]:
    for piece in pieces_of(source):
        yield decoded(piece.text).replace("\0", "\ufffd") + ("\n" if piece.ended else "")
