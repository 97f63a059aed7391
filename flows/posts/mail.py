"""E-mails: single messages, and mailboxes of them (mbox, RFC 4155).

The words are those of the plain part, or of the HTML part where there is no
plain one; soft line breaks (RFC 3676) are undone, quotation marks (``>``) are
kept, because they say whose words those are. A message attached to another, as
some programs forward them, and each message of a digest (RFC 2046, sections
5.2.1 and 5.1.5) is a post of its own.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr, parsedate_to_datetime
from itertools import islice

from flows.posts.draft import LONGEST_POST, Yielded, clean, trimmed
from flows.posts.markup import undo_markup
from flows.posts.prose import name_of
from flows.posts.streams import Bytes, pieces_of
from flows.records import Post, Unreadable

_HEADER = re.compile(rb"[!-9;-~]{1,60}:[ \t]")
_USUAL = re.compile(
    rb"(?:from|to|cc|subject|date|message-id|mime-version|received|return-path|reply-to|sender"
    rb"|delivered-to|content-type|list-id|in-reply-to):",
    re.IGNORECASE,
)
_ENVELOPE = re.compile(rb"From \S{1,200}\s{1,3}.{0,60}\d{4}")
_QUOTED_ENVELOPE = re.compile(rb">+From ")

#: Attachments make messages long; what lies beyond is no text.
LONGEST_MESSAGE = 16_000_000
#: Digests hold a few dozen messages; nobody forwards a forwarded message this often.
MOST_ATTACHED, DEEPEST = 1_000, 6


def is_mail(head: bytes) -> bool:
    """Whether *head* begins a message: three header lines, two of them the usual ones."""
    lines = head.split(b"\n", 30)
    if lines and _ENVELOPE.match(lines[0]):
        lines = lines[1:]
    usual = 0
    for number, line in enumerate(lines):
        if not line.strip():
            return usual >= 2 and number >= 2
        if line[:1] in b" \t" and number:
            continue
        if not _HEADER.match(line) and not line.rstrip().endswith(b":"):
            return False
        usual += _USUAL.match(line) is not None
    return usual >= 3


def is_mailbox(head: bytes) -> bool:
    """Whether *head* begins a mailbox, whose messages are set apart by ``From `` lines."""
    return _ENVELOPE.match(head) is not None and is_mail(head)


def read_mail(source: Bytes, *, origin: str, mailbox: bool) -> Iterator[Yielded]:
    """Yield a post per message; messages that cannot be read are named."""
    messages = _messages(source) if mailbox else iter([_whole(source)])
    for number, (data, cut) in enumerate(messages, start=1):
        place = f"message {number}"
        name = name_of(origin)
        try:
            posts = _posts(data, origin, f"{name}-{number}" if mailbox else name)
        except (ValueError, LookupError, RecursionError, TypeError, AttributeError) as error:
            # The parser promises never to fail; on hostile headers it does.
            yield Unreadable(place=place, reason=f"broken message: {error}"[:200])
            continue
        yield from posts
        if not posts:
            yield Unreadable(place=place, reason="no text in it")
        if cut:
            yield Unreadable(place=place, reason=f"longer than {LONGEST_MESSAGE} bytes; cut there")


def _whole(source: Bytes) -> tuple[bytes, bool]:
    data = source.peek(LONGEST_MESSAGE + 1)
    return data[:LONGEST_MESSAGE], len(data) > LONGEST_MESSAGE


def _messages(source: Bytes) -> Iterator[tuple[bytes, bool]]:
    held: list[bytes] = []
    size = 0
    cut = False
    after_blank = fresh = True
    for piece in pieces_of(source):
        if fresh and after_blank and _ENVELOPE.match(piece.text):
            if held:
                yield b"".join(held), cut
            held, size, cut = [], 0, False
            continue
        line = piece.text[1:] if fresh and _QUOTED_ENVELOPE.match(piece.text) else piece.text
        if size <= LONGEST_MESSAGE:
            held.append(line + (b"\n" if piece.ended else b""))
        cut = cut or size > LONGEST_MESSAGE
        size += len(line) + 1
        after_blank, fresh = not piece.text.strip(), piece.ended
    if held:
        yield b"".join(held), cut


def _posts(data: bytes, origin: str, name: str) -> list[Post]:
    """Return the post of a message and those of the messages attached to it."""
    outer = BytesParser(policy=policy.default).parsebytes(data)
    messages = [outer, *islice(_attached(outer, DEEPEST), MOST_ATTACHED)]
    names = [name, *(f"{name}.{number}" for number in range(1, len(messages)))]
    found = (_post(*pair, origin) for pair in zip(messages, names, strict=True))
    return [post for post in found if post is not None]


def _attached(message: EmailMessage, depth: int) -> Iterator[EmailMessage]:
    """Yield the messages attached to *message*, and those attached to them."""
    if not message.is_multipart() or depth == 0:
        return
    for part in message.iter_parts():
        if not isinstance(part, EmailMessage):
            continue
        if part.get_content_type() == "message/rfc822":
            inner = part.get_content()
            if isinstance(inner, EmailMessage):
                yield inner
                yield from _attached(inner, depth - 1)
        else:
            yield from _attached(part, depth - 1)


def _post(message: EmailMessage, name: str, origin: str) -> Post | None:
    words = _words(message)
    if words is None:
        return None
    kept, offsets = words
    posted_at, rule = _time(message)
    answered = [_first_id(message, header) for header in ("In-Reply-To", "References")]
    return Post(
        id=_first_id(message, "Message-ID") or name,
        text=kept,
        board=_address(message, "List-Id"),
        author_id=_address(message, "From"),
        posted_at=posted_at,
        zone_rule=rule,
        permalink=_permalink(message),
        replies_to=tuple(dict.fromkeys(found for found in answered if found)),
        origin=origin,
        raw_offsets=offsets,
    )


def _words(message: EmailMessage) -> tuple[str, tuple[tuple[int, int], ...]] | None:
    part = message.get_body(preferencelist=("plain", "html"))
    if not isinstance(part, EmailMessage):
        return None
    content = part.get_content()
    if not isinstance(content, str):
        return None
    content = content[:LONGEST_POST].replace("\r\n", "\n")
    if part.get_content_subtype() == "html":
        text, offsets = undo_markup(content, spaced=True)
        return trimmed(clean(text), offsets)
    if part.get_param("format") == "flowed":
        content = _unflowed(content, joined=str(part.get_param("delsp")).lower() == "yes")
    return trimmed(clean(content))


def _unflowed(text: str, *, joined: bool) -> str:
    """Undo the soft breaks of RFC 3676: lines that end in a blank go on."""
    lines: list[str] = []
    soft = False
    for line in text.split("\n"):
        mark = re.match(r">*", line)
        depth = mark.end() if mark is not None else 0
        body = line[depth:].removeprefix(" ") if depth or line.startswith(" ") else line
        signature = body == "-- "
        if soft and not signature and lines and _depth(lines[-1]) == depth:
            lines[-1] += body
        else:
            lines.append(">" * depth + (" " if depth else "") + body)
        soft = body.endswith(" ") and not signature
        if soft and joined:
            lines[-1] = lines[-1][:-1]
    return "\n".join(lines)


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip(">"))


def _time(message: EmailMessage) -> tuple[datetime | None, str | None]:
    written = str(message.get("Date", ""))
    try:
        found = parsedate_to_datetime(written)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None, None
    zone = re.search(r"[+-]\d{4}|\b[A-Z]{1,5}\b(?=\s*(?:\(|\Z))", written)
    if found.tzinfo is None:
        return found.replace(tzinfo=UTC), "UTC (no zone given)"
    try:
        return found.astimezone(UTC), f"as written ({zone.group()})" if zone else "as written"
    except OverflowError:
        return None, None


def _first_id(message: EmailMessage, header: str) -> str | None:
    found = re.findall(r"<([^<>\s]{1,300})>", str(message.get(header, "")))
    return clean(found[-1]) if found else None


def _address(message: EmailMessage, header: str) -> str | None:
    written = str(message.get(header, ""))
    address = parseaddr(written)[1]
    return clean(address).strip()[:200] or None


def _permalink(message: EmailMessage) -> str | None:
    found = re.search(r"https?://[^\s<>]{1,500}", str(message.get("Archived-At", "")))
    return found.group() if found is not None else None
