"""``report.json`` back into a ``Report``.

Keys beyond the schema may be missing (an older version wrote the file) or
unknown (a newer one did); those of the schema must be there.
"""

from datetime import datetime
from pathlib import Path
from typing import Any

import orjson

from flows.errors import InputError
from flows.records import (
    Capture,
    Change,
    Check,
    CheckedPost,
    CheckKind,
    CheckSource,
    Context,
    Edit,
    EditKind,
    FieldName,
    Input,
    Layer,
    Link,
    LinkKind,
    Match,
    Post,
    Report,
    Run,
    Severity,
    Source,
    SourceStatus,
    Unreadable,
    Verdict,
    Via,
    Witness,
)
from flows.reporting.schema import SCHEMA

Json = dict[str, Any]


def read_report(path: Path) -> Report:
    """Return the report that the file *path* (a ``report.json``) holds.

    Raises:
        InputError: the file cannot be read, is no report, or follows a schema
            that this version does not know.
    """
    try:
        tree = orjson.loads(path.read_bytes())
    except OSError as error:
        raise InputError(str(path), error.strerror or str(error)) from None
    except orjson.JSONDecodeError as error:
        raise InputError(str(path), f"not a whole JSON file ({error})") from None
    found = tree.get("schema") if isinstance(tree, dict) else None
    if found != SCHEMA:
        raise InputError(str(path), f"no report of schema {SCHEMA} (schema: {found!r})")
    try:
        return report_from_tree(tree)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        reason = f"a report of schema {SCHEMA} with a broken entry ({error!r})"
        raise InputError(str(path), reason) from None


def report_from_tree(tree: Json) -> Report:
    """Return the report that the parsed JSON *tree* describes.

    Raises:
        KeyError, TypeError, ValueError, AttributeError: an entry is missing or
            not of its kind.
    """
    return Report(
        run=_run(tree["run"]),
        posts=tuple(_post(item) for item in tree["posts"]),
        sources=tuple(_source(item) for item in tree["sources"]),
        changes=tuple(
            Change(
                kind=item["kind"],
                post=item.get("post"),
                check=item.get("check"),
                source=item.get("source"),
                before=item.get("before"),
                after=item.get("after"),
            )
            for item in tree["changes"]["items"]
        ),
        since_run=tree["changes"]["since_run"],
    )


def time_from_json(text: str | None) -> datetime | None:
    """Return the moment that *text* (RFC 3339) names, or ``None`` for ``None``."""
    return None if text is None else datetime.fromisoformat(text)


def _run(item: Json) -> Run:
    return Run(
        id=item["id"],
        started_at=datetime.fromisoformat(item["started_at"]),
        finished_at=time_from_json(item["finished_at"]),
        version=item["version"],
        offline=item["offline"],
        inputs=tuple(
            Input(
                path=given["path"],
                format=given["format"],
                posts=given["posts"],
                unreadable=tuple(
                    Unreadable(place=part["place"], reason=part["reason"])
                    for part in given["unreadable"]
                ),
            )
            for given in item["inputs"]
        ),
        flow=item.get("flow", "verify"),
        stand_in=item.get("stand_in", False),
    )


def _post(item: Json) -> CheckedPost:
    post = Post(
        id=item["id"],
        text=item["text"],
        board=item["board"],
        thread=item["thread"],
        author_id=item["author_id"],
        posted_at=time_from_json(item["posted_at"]),
        permalink=item["permalink"],
        zone_rule=item.get("zone_rule"),
        replies_to=tuple(item.get("replies_to", ())),
        origin=item.get("origin", ""),
        raw_offsets=tuple((text, raw) for text, raw in item.get("raw_offsets", ())),
    )
    return CheckedPost(
        post=post,
        links=tuple(
            Link(
                url=link["url"],
                canonical_url=link["canonical_url"],
                kind=LinkKind(link["kind"]),
                start=link["start"],
                end=link["end"],
                capture_wanted=link.get("capture_wanted"),
                capture_url=link.get("capture_url"),
            )
            for link in item["links"]
        ),
        checks=tuple(_check(check) for check in item["checks"]),
    )


def _check(item: Json) -> Check:
    source, context = item["source"], item.get("context")
    return Check(
        id=item["id"],
        kind=CheckKind(item["kind"]),
        field=FieldName(item["field"]) if item["field"] is not None else None,
        exact=item["exact"],
        start=item["start"],
        end=item["end"],
        verdict=Verdict(item["verdict"]),
        reason=item["reason"],
        source=source
        and CheckSource(
            url=source["url"],
            layer=Layer(source["layer"]),
            digest=source["digest"],
            captured_at=time_from_json(source["captured_at"]),
            via=Via(source["via"]) if source.get("via") else None,
        ),
        matches=tuple(
            Match(
                start=match["start"],
                end=match["end"],
                exact=match["exact"],
                prefix=match["prefix"],
                suffix=match["suffix"],
            )
            for match in item["matches"]
        ),
        edits=tuple(_edit(edit) for edit in item["edits"]),
        warnings=tuple(item["warnings"]),
        witnesses=tuple(
            Witness(
                layer=Layer(witness["layer"]),
                url=witness["url"],
                verdict=Verdict(witness["verdict"]),
                score=witness["score"],
                reason=witness.get("reason", ""),
                captured_at=time_from_json(witness.get("captured_at")),
                capture=witness.get("capture", False),
            )
            for witness in item["witnesses"]
        ),
        score=item["score"],
        link=item["link"],
        context=context and Context(before=context["before"], after=context["after"]),
        within=item.get("within"),
    )


def _edit(item: Json) -> Edit:
    return Edit(
        kind=EditKind(item["kind"]),
        quoted=item["quoted"],
        source=item["source"],
        severity=Severity(item["severity"]),
        quoted_start=item.get("quoted_start", 0),
        quoted_end=item.get("quoted_end", 0),
        source_start=item.get("source_start", 0),
        source_end=item.get("source_end", 0),
    )


def _source(item: Json) -> Source:
    via, capture = item["via"], item.get("capture")
    return Source(
        url=item["url"],
        canonical_url=item["canonical_url"],
        kind=LinkKind(item["kind"]),
        status=SourceStatus(item["status"]),
        attempts=item["attempts"],
        http_status=item["http_status"],
        via=Via(via) if via is not None else None,
        reason=item["reason"],
        next_attempt_at=time_from_json(item["next_attempt_at"]),
        capture=capture
        and Capture(
            canonical_url=capture["canonical_url"],
            url=capture["url"],
            digest=item["digest"],
            captured_at=datetime.fromisoformat(item["captured_at"]),
            http_status=capture["http_status"],
            content_type=capture["content_type"],
            size=capture["size"],
            via=Via(capture["via"]),
        ),
    )
