"""``check``: one quotation against one source, or a stream of them, as JSON."""

import argparse
import sys
from collections.abc import Iterable
from dataclasses import fields, replace
from pathlib import Path
from typing import IO

import orjson

from flows.checking import prepare
from flows.commands.exits import EXIT_DONE, EXIT_FINDING
from flows.commands.options import settings_from
from flows.errors import InputError, UsageError
from flows.matching import SourceText, compare, compare_stream
from flows.records import CheckSource, Comparison, Layer, Page, SourceStatus, Verdict


def check(options: argparse.Namespace) -> int:
    """Print a comparison as JSON, or one per line of a stream."""
    settings = settings_from(options)
    if options.jsonl is not None:
        if options.quote is not None or options.source is not None:
            raise UsageError("check: --jsonl stands alone; leave out --quote and --source")
        return _stream(options.jsonl, settings.fail_on)
    if options.quote is None or options.source is None:
        raise UsageError("check: give --quote and --source, or --jsonl")
    evidence: dict[str, object] = {}
    if options.source.startswith(("http://", "https://")):
        comparison, source = _with_url(options)
        evidence = _evidence(comparison, source)
    else:
        comparison = _with_file(options)
    _print(comparison, evidence)
    return EXIT_FINDING if comparison.verdict in settings.fail_on else EXIT_DONE


def _stream(place: str, fail_on: Iterable[Verdict]) -> int:
    failing = set(fail_on)
    status = EXIT_DONE
    with _opened(place) as lines:
        for answer in compare_stream(lines):
            sys.stdout.buffer.write(orjson.dumps(answer, option=orjson.OPT_APPEND_NEWLINE))
            if place == "-":
                # Somebody may be waiting at the other end before sending more.
                sys.stdout.buffer.flush()
            if answer.get("verdict") in failing:
                status = EXIT_FINDING
    return status


def _opened(place: str) -> IO[bytes]:
    if place == "-":
        return sys.stdin.buffer
    try:
        return Path(place).open("rb")
    except OSError as error:
        raise InputError(place, error.strerror or str(error)) from None


def _with_file(options: argparse.Namespace) -> Comparison:
    from flows.pages import read_page

    path = Path(options.source)
    try:
        body = path.read_bytes()
    except OSError as error:
        raise InputError(options.source, error.strerror or str(error)) from None
    if not body.strip():
        raise InputError(options.source, "the file is empty")
    if options.source_kind is None and _is_markup(body, path):
        page = read_page(body, url=path.name, content_type=_content_type(body))
        return _with_page(options.quote, page)
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        from charset_normalizer import from_bytes

        best = from_bytes(body).best()
        if best is None:
            raise InputError(options.source, "the file is not text") from None
        text = str(best)
    return compare(options.quote, SourceText(text, kind=options.source_kind or "page"))


def _with_page(quote: str, page: Page) -> Comparison:
    if page.problem is not None:
        return Comparison(verdict=Verdict.NOT_CHECKABLE, reason=page.problem)
    return compare(quote, prepare(page))


def _with_url(options: argparse.Namespace) -> tuple[Comparison, CheckSource | None]:
    from flows.citations import find_links
    from flows.pages import read_page
    from flows.pipeline.verifying import open_archive
    from flows.records import Wanted

    links = [link for link in find_links(options.source) if link.canonical_url is not None]
    if not links or links[0].canonical_url is None:
        raise UsageError(f"check: not an address of the Archive: {options.source}")
    link, canonical = links[0], links[0].canonical_url
    with open_archive(settings_from(options)) as archive:
        for address in filter(None, (link.capture_url, canonical)):
            wanted = Wanted(
                canonical_url=address,
                url=link.url,
                kind=link.kind,
                capture_wanted=link.capture_wanted,
            )
            source = archive.obtain([wanted])[0]
            if source.capture is not None:
                break
        if source.capture is None:
            unread = source.status is SourceStatus.UNUSABLE
            verdict = Verdict.NOT_CHECKABLE if unread else Verdict.UNAVAILABLE
            return Comparison(verdict=verdict, reason=source.reason or str(source.status)), None
        body = archive.body(source.capture)
    page = read_page(body, url=canonical, content_type=source.capture.content_type)
    comparison = _with_page(options.quote, page)
    if address == canonical and link.capture_url is not None:
        comparison = replace(comparison, warnings=(*comparison.warnings, "capture_not_read"))
    captured = CheckSource(
        url=address,
        layer=page.layer,
        digest=source.capture.digest,
        captured_at=source.capture.captured_at,
    )
    return comparison, captured


def _evidence(comparison: Comparison, source: CheckSource | None) -> dict[str, object]:
    """Return what was compared with, and a link that opens it at the words, as a report has it."""
    from flows.reporting import text_fragment
    from flows.reporting.as_json import time_to_json

    if source is None:
        return {"source": None, "link": None}
    placed = bool(comparison.matches) and source.layer is not Layer.PDF
    return {
        "source": {
            "url": source.url,
            "layer": source.layer,
            "digest": source.digest,
            "captured_at": time_to_json(source.captured_at),
        },
        "link": text_fragment(source.url, *comparison.matches) if placed else None,
    }


def _is_markup(body: bytes, path: Path) -> bool:
    start = body[:1024].lstrip().lower()
    return body.startswith(b"%PDF-") or (
        start.startswith((b"<!doctype html", b"<html", b"<?xml"))
        or path.suffix.lower() in {".html", ".htm", ".xhtml"}
    )


def _content_type(body: bytes) -> str:
    return "application/pdf" if body.startswith(b"%PDF-") else "text/html"


def _print(comparison: Comparison, evidence: dict[str, object]) -> None:
    told = {field.name: getattr(comparison, field.name) for field in fields(comparison)} | evidence
    shown = orjson.dumps(told, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    sys.stdout.buffer.write(shown)
