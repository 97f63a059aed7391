"""``report.json``: the report as a script reads it.

Keys stand in the order of the schema; what goes beyond it comes after. The
same report gives the same bytes. Times are UTC, ``2025-03-02T01:11:00Z``,
with a fraction only where there is one. Text is never escaped or shortened:
``text[start:end] == exact`` holds in the file for whoever counts code points.
"""

import math
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import orjson

from flows.records import (
    Change,
    Check,
    CheckedPost,
    Edit,
    Link,
    Match,
    Report,
    Run,
    Source,
    Witness,
)
from flows.reporting.characters import writable
from flows.reporting.schema import SCHEMA
from flows.reporting.tally import totals

Json = dict[str, Any]


def report_to_json(report: Report) -> bytes:
    """Return *report* as UTF-8 JSON with two blanks of indentation and a last line end.

    A lone surrogate, which is no character (RFC 7493 §2.1 forbids it), is
    written as U+FFFD; every offset stays as it was.
    """
    return b"".join(json_pieces(report))


def json_pieces(report: Report) -> Iterator[bytes]:
    """Yield the bytes of ``report_to_json``, each check by itself.

    A check has a match for every place where its words stand: all of them at
    once, as dictionaries, would take many times the memory of the findings.
    """
    tree = {
        "schema": SCHEMA,
        "run": _run(report.run),
        "totals": _totals(report),
        "changes": {
            "since_run": report.since_run,
            "items": [_change(change) for change in report.changes],
        },
        "posts": [_post(post) for post in report.posts],
        "sources": [_source(source) for source in report.sources],
    }
    checks = (check for post in report.posts for check in post.checks)
    first, *others = _dumped(tree, orjson.OPT_APPEND_NEWLINE).split(_HERE)
    yield first
    for check, following in zip(checks, others, strict=True):
        yield _dumped(_check(check)).replace(b"\n", b"\n" + b"  " * _CHECK_DEPTH)
        yield following


#: Stands for a check until it is written; JSON holds no such byte itself.
_HERE = b"\0"
#: The report, its posts, one post, its checks.
_CHECK_DEPTH = 4


def _dumped(tree: Json, options: int = 0) -> bytes:
    options |= orjson.OPT_INDENT_2
    try:
        return orjson.dumps(tree, option=options)
    except orjson.JSONEncodeError:
        return orjson.dumps(_writable_tree(tree), option=options)


def time_to_json(moment: datetime | None) -> str | None:
    """Return *moment* in UTC as RFC 3339 writes it; one without a zone counts as UTC.

    >>> time_to_json(datetime(2025, 3, 2, 1, 11, tzinfo=UTC))
    '2025-03-02T01:11:00Z'
    """
    if moment is None:
        return None
    if moment.tzinfo is not None:
        moment = moment.astimezone(UTC).replace(tzinfo=None)
    return moment.isoformat() + "Z"


def _run(run: Run) -> Json:
    return {
        "id": run.id,
        "started_at": time_to_json(run.started_at),
        "finished_at": time_to_json(run.finished_at),
        "version": run.version,
        "offline": run.offline,
        "inputs": [
            {
                "path": given.path,
                "format": given.format,
                "posts": given.posts,
                "unreadable": [
                    {"place": part.place, "reason": part.reason} for part in given.unreadable
                ],
            }
            for given in run.inputs
        ],
        "flow": run.flow,
        "stand_in": run.stand_in,
    }


def _totals(report: Report) -> Json:
    counted = totals(report)
    return {
        "posts": counted.posts,
        "posts_with_links": counted.posts_with_links,
        "links": counted.links,
        "sources": counted.sources,
        "checks": counted.checks,
        "verdicts": {verdict.value: number for verdict, number in counted.verdicts.items()},
        "sources_by_status": {
            status.value: number for status, number in counted.sources_by_status.items()
        },
    }


def _change(change: Change) -> Json:
    return {
        "kind": change.kind,
        "post": change.post,
        "check": change.check,
        "source": change.source,
        "before": change.before,
        "after": change.after,
    }


def _post(checked: CheckedPost) -> Json:
    post = checked.post
    return {
        "id": post.id,
        "board": post.board,
        "thread": post.thread,
        "author_id": post.author_id,
        "posted_at": time_to_json(post.posted_at),
        "permalink": post.permalink,
        "text": post.text,
        "links": [_link(link) for link in checked.links],
        "checks": [orjson.Fragment(_HERE)] * len(checked.checks),
        "zone_rule": post.zone_rule,
        "replies_to": list(post.replies_to),
        "origin": post.origin,
        "raw_offsets": [list(pair) for pair in post.raw_offsets],
    }


def _link(link: Link) -> Json:
    return {
        "url": link.url,
        "canonical_url": link.canonical_url,
        "kind": link.kind.value,
        "start": link.start,
        "end": link.end,
        "capture_wanted": link.capture_wanted,
        "capture_url": link.capture_url,
    }


def _check(check: Check) -> Json:
    source, context = check.source, check.context
    return {
        "id": check.id,
        "kind": check.kind.value,
        "field": check.field.value if check.field else None,
        "exact": check.exact,
        "start": check.start,
        "end": check.end,
        "verdict": check.verdict.value,
        "reason": check.reason,
        "source": source
        and {
            "url": source.url,
            "layer": source.layer.value,
            "digest": source.digest,
            "captured_at": time_to_json(source.captured_at),
            "via": source.via.value if source.via else None,
        },
        "matches": [_match(match) for match in check.matches],
        "edits": [_edit(edit) for edit in check.edits],
        "warnings": list(check.warnings),
        "witnesses": [_witness(witness) for witness in check.witnesses],
        "score": _score(check.score),
        "link": check.link,
        "context": context and {"before": context.before, "after": context.after},
        "within": check.within,
    }


def _match(match: Match) -> Json:
    return {
        "start": match.start,
        "end": match.end,
        "exact": match.exact,
        "prefix": match.prefix,
        "suffix": match.suffix,
    }


def _edit(edit: Edit) -> Json:
    return {
        "kind": edit.kind.value,
        "quoted": edit.quoted,
        "source": edit.source,
        "severity": edit.severity.value,
        "quoted_start": edit.quoted_start,
        "quoted_end": edit.quoted_end,
        "source_start": edit.source_start,
        "source_end": edit.source_end,
    }


def _witness(witness: Witness) -> Json:
    return {
        "layer": witness.layer.value,
        "url": witness.url,
        "verdict": witness.verdict.value,
        "score": _score(witness.score),
        "reason": witness.reason,
        "captured_at": time_to_json(witness.captured_at),
        "capture": witness.capture,
    }


def _source(source: Source) -> Json:
    capture = source.capture
    return {
        "url": source.url,
        "canonical_url": source.canonical_url,
        "kind": source.kind.value,
        "status": source.status.value,
        "http_status": source.http_status,
        "via": source.via.value if source.via else None,
        "captured_at": time_to_json(capture.captured_at) if capture else None,
        "digest": capture.digest if capture else None,
        "attempts": source.attempts,
        "reason": source.reason,
        "next_attempt_at": time_to_json(source.next_attempt_at),
        "capture": capture
        and {
            "url": capture.url,
            "canonical_url": capture.canonical_url,
            "http_status": capture.http_status,
            "content_type": capture.content_type,
            "size": capture.size,
            "via": capture.via.value,
        },
    }


def _score(score: float) -> float:
    # Not-a-number would be written as null, which the schema does not allow.
    return min(1.0, max(0.0, score)) if math.isfinite(score) else 0.0


def _writable_tree(value: Any) -> Any:  # noqa: ANN401  any JSON value, and the same kind back
    match value:
        case str():
            return writable(value)
        case dict():
            return {writable(key): _writable_tree(item) for key, item in value.items()}
        case list():
            return [_writable_tree(item) for item in value]
        case _:
            return value
