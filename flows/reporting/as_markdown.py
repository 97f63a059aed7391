"""``report.md``: the report for an issue tracker or a wiki.

Trackers and wikis read different dialects of Markdown, so nothing of a post
or page relies on one: characters that mean something in any of them become
entities or are escaped, addresses and ``@names`` become code, which no
dialect links, and quoted text stands in block quotes line by line. The one
link of a check leads to its source, opened at the words.
"""

import re
from collections.abc import Iterable, Iterator

from flows.records import Check, Report, Source
from flows.reporting.characters import named, one_line
from flows.reporting.collation import Collation, collate
from flows.reporting.fragments import web_address
from flows.reporting.history import HELD
from flows.reporting.outline import Finding, Obstacle, Outline, outline
from flows.reporting.pieces import Piece, Tone
from flows.reporting.wording import (
    GROUP_TITLES,
    LAYERS,
    STATUSES,
    VERDICTS,
    Group,
    change_words,
    counted,
    edit_words,
    subject,
    warning_words,
    witness_words,
)

# What trackers turn into links of their own accord: addresses, @mentions,
# #numbers and !numbers.
_LINKED = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*://|mailto:|www\.)\S+|\S*(?:[@#]\w|!\d)\S*")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "|": "&#124;", "~": "&#126;", "$": "&#36;"}
_ESCAPED = re.compile(r"[\\`*_{}\[\]#]|[&<>|~$]")
_LIST_START = re.compile(r"(?:(?P<digits>\d+)(?=[.)])|(?=[-+=:.]))")
# A page for a tracker must stay short; agreements are counted, not shown.
_LONGEST_TEXT = 1_500


def report_to_markdown(report: Report) -> bytes:
    """Return *report* as Markdown in UTF-8: what a reader needs, without the agreements."""
    told = outline(report)
    return "\n".join(_lines(told)).encode("utf-8")


def escaped(text: str) -> str:
    r"""Return *text* as one line of Markdown that shows exactly these words.

    >>> print(escaped("*see* [this](x) or www.a.example, @all"))
    \*see\* \[this\](x) or `www.a.example,` `@all`
    """
    return _safe_start(_inline(text))


def code(text: str) -> str:
    """Return *text* as a code span, fenced by more backticks than it holds in a row.

    >>> code("a`b")
    '``a`b``'
    """
    text = one_line(named(text))
    fence = "`" * (max((len(run) for run in re.findall("`+", text)), default=0) + 1)
    pad = " " if text[:1] == "`" or text[-1:] == "`" else ""
    return f"{fence}{pad}{text}{pad}{fence}" if text else ""


def _inline(text: str) -> str:
    text = one_line(named(text))
    parts: list[str] = []
    end = 0
    for found in _LINKED.finditer(text):
        parts += _escaped_words(text[end : found.start()]), code(found.group())
        end = found.end()
    return "".join(parts) + _escaped_words(text[end:])


def _escaped_words(text: str) -> str:
    return _ESCAPED.sub(lambda found: _ENTITIES.get(found[0], f"\\{found[0]}"), text)


def _safe_start(line: str) -> str:
    # "1." would begin a list, "-" a list or a rule, "=" a heading.
    start = _LIST_START.match(line)
    if not start:
        return line
    digits = start["digits"] or ""
    return f"{digits}&#{ord(line[len(digits)])};{line[len(digits) + 1 :]}"


def _lines(told: Outline) -> Iterator[str]:
    run, report = told.report.run, told.report
    yield f"# Verification report: {told.headline}"
    yield ""
    if run.stand_in:
        yield "**Demonstration:** the sources are stand-ins; nothing here is about the real pages."
        yield ""
    if told.explanation:
        yield from (told.explanation, "")
    made = run.finished_at or run.started_at
    yield (
        f"Run {code(run.id)}, {made:%Y-%m-%d %H:%M} UTC; {counted(told.totals.posts, 'post')}, "
        f"{counted(told.totals.links, 'link')}, {counted(told.totals.sources, 'source')}."
        + (" Offline: no request was made." if run.offline else "")
    )
    yield ""
    yield from _tally(told)
    if told.differing:
        yield from ("## Differences", "")
        for _, findings in told.differing:
            for finding in findings:
                yield from _entry(finding)
    if told.obstacles:
        yield from ("## Could not be checked", "")
        yield "Nothing was compared here. That is no doubt about the quotations."
        yield ""
        for obstacle in told.obstacles:
            yield from _obstacle(obstacle)
    if told.cautions:
        yield from ("## Agrees, but needs a second look", "")
        for finding in told.cautions:
            yield from _entry(finding)
    yield from _changes(report)
    yield from _sources(report)


def _tally(told: Outline) -> Iterator[str]:
    if not told.totals.checks:
        return
    yield "| verdict | checks |"
    yield "|---|---:|"
    for group in Group:
        number = told.number_of(group)
        if number or group is Group.AGREES:
            yield f"| **{GROUP_TITLES[group]}** | **{number:,}** |"
        for verdict, words in VERDICTS.items():
            if words.group is group and told.totals.verdicts[verdict]:
                yield f"| {words.sign} {words.word} | {told.totals.verdicts[verdict]:,} |"
    yield ""


def _entry(finding: Finding) -> Iterator[str]:
    check = finding.check
    words = VERDICTS[check.verdict]
    sides = collate(check)
    yield f"### {words.sign} {words.word}: {subject(check).lower()}, post {escaped(finding.post.post.id)}"
    yield ""
    yield from (escaped(check.reason), "")
    yield from ("In the post:", "", *_quoted(sides.quoted), "")
    if sides.places:
        yield from ("In the source:", "")
        for place in sides.places:
            yield from (*_quoted(place), "")
    yield from _notes(check, sides)


def _notes(check: Check, sides: Collation) -> Iterator[str]:
    for one in sides.differences:
        number = f"({one.number}) " if one.number else ""
        times = f", {one.times} times" if one.times > 1 else ""
        yield f"- {number}{escaped(_shortened(edit_words(one.edit)))}{times}"
    if sides.unlisted:
        yield f"- and {counted(sides.unlisted, 'more difference')}, listed in report.json"
    for warning in check.warnings:
        yield f"- Note: {escaped(warning_words(warning))}"
    for witness in check.witnesses:
        told = witness.reason if witness.reason != check.reason else ""
        reason = f" ({escaped(told)})" if told else ""
        yield f"- Asked: {witness_words(witness)}{reason}"
    if check.source:
        when = f", copy of {check.source.captured_at:%Y-%m-%d}" if check.source.captured_at else ""
        at = _opening(check.link) if check.matches else ""
        yield f"- Source: {code(check.source.url)} ({LAYERS[check.source.layer]}{when}){at}"
    yield ""


def _opening(url: str | None) -> str:
    if web_address(url) is None or url is None:
        return ""
    # Dialects differ in which brackets end an address; percent-encoded, none does.
    safe = re.sub(r"[()\[\]*_]", lambda found: f"%{ord(found[0]):02X}", url)
    return f", [open it at these words]({safe})"


def _obstacle(obstacle: Obstacle) -> Iterator[str]:
    word = VERDICTS[obstacle.verdict]
    at = f" {code(obstacle.url)}" if obstacle.url else ""
    yield f"- {word.sign} {word.word}{at}: {escaped(obstacle.reason)}"
    for finding in obstacle.findings:
        words = escaped(_shortened(finding.check.exact, 160))
        yield (
            f"  - post {escaped(finding.post.post.id)}, {subject(finding.check).lower()}: “{words}”"
        )
    yield ""


def _changes(report: Report) -> Iterator[str]:
    if not report.since_run:
        return
    yield from (f"## Changes since run {code(report.since_run)}", "")
    for change in report.changes:
        yield f"- {escaped(change_words(change))}"
    if not report.changes:
        yield "None."
    yield ""


def _sources(report: Report) -> Iterator[str]:
    if not report.sources:
        return
    yield from ("## Sources", "")
    for source in report.sources:
        yield f"- {code(source.canonical_url)}: {_outcome(source)}"
    yield ""


def _outcome(source: Source) -> str:
    parts = [f"**{source.status.value}** ({STATUSES[source.status]})"]
    if source.http_status and source.status not in HELD:
        parts.append(f"HTTP {source.http_status}")
    if source.attempts:
        parts.append(counted(source.attempts, "try", "tries"))
    if source.reason:
        parts.append(escaped(source.reason))
    if source.next_attempt_at:
        parts.append(f"next try {source.next_attempt_at:%Y-%m-%d %H:%M} UTC")
    if source.capture:
        parts.append(
            f"copy of {source.capture.captured_at:%Y-%m-%d}, {code(source.capture.digest)}"
        )
    return "; ".join(parts)


def _quoted(column: Iterable[Piece]) -> Iterator[str]:
    """Yield *column* as a block quote; changed words are bold, with their number."""
    text = "".join(_piece(piece) for piece in column)
    lines = [line.strip() for line in text.split("\n")]
    for index, line in enumerate(line for line in lines if line):
        if index:
            yield ">"
        yield f"> {_safe_start(line)}"


def _piece(piece: Piece) -> str:
    lines = [_kept_blanks(line) for line in _shortened(piece.text).split("\n")]
    number = f" ({piece.number})" if piece.number is not None else ""
    match piece.tone:
        case Tone.DIFFERS | Tone.NOTED | Tone.LEFT_OUT:
            # Bold may not run over a line end, nor begin or end with a blank.
            return (
                "\n".join(f"**{line.strip()}**" if line.strip() else "" for line in lines) + number
            )
        case Tone.MISSING:
            return f"**‸**{number} "
        case Tone.GAP:
            return " ⋯ "
        case Tone.FOLDED:
            return f" ⋯ {len(piece.text):,} characters without a difference ⋯ "
        case Tone.CUT:
            return f" ⋯ {piece.text} characters without a difference ⋯ "
        case _:
            return "\n".join(lines)


def _kept_blanks(line: str) -> str:
    """Return *line* escaped, with the blank at either end that parts it from its neighbour."""
    words = _inline(line)
    if not words:
        return " " if line else ""
    return (" " if line[0].isspace() else "") + words + (" " if line[-1].isspace() else "")


def _shortened(text: str, longest: int = _LONGEST_TEXT) -> str:
    return text if len(text) <= longest else text[:longest].rstrip() + " …"
