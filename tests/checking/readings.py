"""Sources as read, without a network: pages and documents given as plain text."""

from datetime import UTC, datetime

from flows.checking import CitingPost, Reading, Shelf, check_post, search
from flows.records import (
    Capture,
    CheckKind,
    Claim,
    FieldName,
    Layer,
    LinkKind,
    Page,
    PageField,
    Post,
    Posting,
    Source,
    SourceStatus,
    Via,
)

PAGE = "https://nsarchive.gwu.edu/document/50010-doc-07-harbor-memo"
OCR = "https://nsarchive.gwu.edu/media/50010/ocr"
CAPTURE = f"https://web.archive.org/web/20250301120000id_/{PAGE}"
OTHER = "https://nsarchive.gwu.edu/document/50020-doc-08-winter-cable"
THEN = datetime(2025, 3, 1, 12, tzinfo=UTC)


def source(url: str, status: SourceStatus = SourceStatus.FETCHED, reason: str | None = None):
    """Return a source; it has a capture unless its status says that there is none."""
    missing = status in {
        SourceStatus.FAILED,
        SourceStatus.GONE,
        SourceStatus.REFUSED,
        SourceStatus.UNUSABLE,
    }
    capture = Capture(
        canonical_url=url,
        url=url,
        digest="sha256:" + "0" * 64,
        captured_at=THEN,
        http_status=200,
        content_type="text/html",
        size=10,
        via=Via.NETWORK,
    )
    return Source(
        url=url,
        canonical_url=url,
        kind=LinkKind.OCR if url == OCR else LinkKind.DOCUMENT,
        status=status,
        via=None if missing else Via.WAYBACK if url == CAPTURE else Via.NETWORK,
        reason=reason,
        capture=None if missing else capture,
    )


def page(url: str, text: str, **more) -> Reading:
    """Return *url* as read, with this text."""
    layer = Layer.OCR if url == OCR else Layer.PAGE
    return Reading(
        source=source(url),
        page=Page(
            url=url, layer=layer, text=text, extractor="test/1", **{"basis": "whole text"} | more
        ),
    )


def missing(url: str, status: SourceStatus, reason: str) -> Reading:
    """Return *url* as a source that could not be had."""
    return Reading(source=source(url, status, reason))


def field(name: FieldName, value: str, text: str, *, found_by="label", iso=None) -> PageField:
    """Return the field of a page whose text holds *value*."""
    start = text.index(value)
    end = start + len(value)
    return PageField(name=name, value=value, start=start, end=end, found_by=found_by, iso=iso)


def posting(title: str, date: str, text: str) -> Posting:
    """Return a posting that a page lists."""
    start = text.index(title)
    return Posting(title=title, date=date, start=start, end=text.index(date, start) + len(date))


def checks(words: str, *readings: Reading, kind=CheckKind.QUOTATION, **claim):
    """Return the findings on one claim of a post, asked of *readings*."""
    known = {reading.source.canonical_url: reading for reading in readings}
    claim = {"urls": (PAGE,), "binding": "nearest link", **claim}
    made = Claim(kind=kind, start=0, end=len(words), exact=words, **claim)
    shelf = Shelf(known.get, lambda url: (OCR,) if url == PAGE else ())
    post = CitingPost(post=Post(id="1", text=words), links=(), claims=(made,))
    return check_post(post, shelf, search(shelf, lambda _: list(known))).checks


def verdict(words: str, *readings: Reading, **claim) -> str:
    """Return the one verdict on *words*."""
    return str(checks(words, *readings, **claim)[0].verdict)
