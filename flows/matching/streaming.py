"""Compare a stream of JSON lines, each source prepared once (``check --jsonl``)."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from flows.matching.compare import compare
from flows.matching.words.source import SourceText
from flows.records import Comparison


class _LineError(Exception):
    """A line that cannot be compared; the message is what the answer says."""


def compare_stream(lines: Iterable[str | bytes]) -> Iterator[dict[str, Any]]:
    """Yield one answer for each line that asks something, in the order of the lines.

    A line with ``source_id`` and ``source`` but no ``quote`` registers a
    source and has no answer; a later line of the same id replaces it. A line
    that cannot be read is answered by its ``id``, if it has one, and ``error``.

    >>> answers = compare_stream([
    ...     '{"source_id": "a", "source": "The treaty was signed in Moscow."}',
    ...     '{"id": 1, "quote": "treaty was signed", "source_id": "a"}',
    ...     'not JSON',
    ... ])
    >>> next(answers)["verdict"]
    'verbatim'
    >>> next(answers)
    {'id': None, 'error': 'line 3 is not JSON: Expecting value'}
    """
    sources: dict[str, SourceText] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        asked: Any = None
        try:
            asked = _parsed(line, number)
            answer = _answered(asked, number, sources)
        except _LineError as error:
            identity = asked.get("id") if isinstance(asked, dict) else None
            yield {"id": identity, "error": str(error)}
        else:
            if answer is not None:
                yield answer


def _parsed(line: str | bytes, number: int) -> dict[str, Any]:
    try:
        asked = json.loads(line)
    except UnicodeDecodeError:
        raise _LineError(f"line {number} is not UTF-8") from None
    except json.JSONDecodeError as error:
        raise _LineError(f"line {number} is not JSON: {error.msg}") from None
    except (RecursionError, ValueError):
        raise _LineError(f"line {number} is nested too deeply or holds too long a number") from None
    if not isinstance(asked, dict):
        raise _LineError(f"line {number} is not a JSON object")
    return asked


def _answered(
    asked: dict[str, Any], number: int, sources: dict[str, SourceText]
) -> dict[str, Any] | None:
    if "source" in asked:
        source = _source(asked, number)
        if "source_id" in asked:
            sources[_key(asked["source_id"])] = source
            if "quote" not in asked:
                return None
    elif "source_id" in asked:
        known = sources.get(_key(asked["source_id"]))
        if known is None:
            raise _LineError(f"line {number}: no source {asked['source_id']!r} came before it")
        source = known
    else:
        raise _LineError(f"line {number} has neither source nor source_id")
    quote = asked.get("quote")
    if not isinstance(quote, str):
        raise _LineError(f"line {number}: quote must be a text")
    return {"id": asked.get("id"), **as_answer(compare(quote, source))}


def _key(identity: object) -> str:
    return json.dumps(identity, sort_keys=True)


def _source(asked: dict[str, Any], number: int) -> SourceText:
    text, kind = asked["source"], asked.get("source_kind", "page")
    if not isinstance(text, str):
        raise _LineError(f"line {number}: source must be a text")
    if kind not in ("page", "ocr"):
        raise _LineError(f"line {number}: source_kind must be 'page' or 'ocr', not {kind!r}")
    return SourceText(text, kind=kind)


def as_answer(comparison: Comparison) -> dict[str, Any]:
    """Return a comparison as the plain values of one answer."""
    return {
        "verdict": str(comparison.verdict),
        "reason": comparison.reason,
        "matches": [asdict(match) for match in comparison.matches],
        "edits": [
            {**asdict(edit), "kind": str(edit.kind), "severity": str(edit.severity)}
            for edit in comparison.edits
        ],
        "warnings": list(comparison.warnings),
        "score": comparison.score,
    }
