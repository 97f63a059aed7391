"""``report.html``: the report as an editor reads it, in one file.

The page asks nothing of any other machine and runs no script; its
Content-Security-Policy forbids both, and allows its own style sheet by digest
alone. Everything from a post or a page is escaped, characters that cannot be
seen are named, and only http and https addresses become links.
"""

import base64
import functools
import hashlib
import importlib.resources
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from flows.records import Report, Verdict
from flows.reporting import wording
from flows.reporting.characters import split_unseen, writable
from flows.reporting.citing import citation
from flows.reporting.collation import collate
from flows.reporting.fragments import web_address
from flows.reporting.history import HELD
from flows.reporting.moments import when
from flows.reporting.outline import Finding, outline
from flows.reporting.pieces import Piece, Tone
from flows.reporting.posts_in_full import LONGEST_SHOWN, marked_text

if TYPE_CHECKING:
    # Loaded when the first page is made: the command line starts without it.
    from jinja2 import Environment
    from markupsafe import Markup

# Words that could not be compared are shown so that they can be recognised.
_LONGEST_MENTION = 600
# As many as are taken in at a glance; all of them follow one by one.
_MOST_IN_BRIEF = 20
# Words so short are quoted there; longer ones are named by their post.
_LONGEST_IN_BRIEF = 60


def report_to_html(report: Report) -> bytes:
    """Return *report* as one self-contained HTML page in UTF-8."""
    told = outline(report)
    return page(
        "report.html",
        told=told,
        run=report.run,
        report=report,
        post_numbers={id(post): number for number, post in enumerate(report.posts, start=1)},
        source_rows={
            source.canonical_url: row for row, source in enumerate(report.sources, start=1)
        },
    )


def page(template: str, **values: object) -> bytes:
    """Return the page that the packaged *template* makes of *values*."""
    from markupsafe import Markup  # noqa: PLC0415  loaded late, see above

    style = _packaged("report.css")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode("ascii")
    # The style sheet is ours and holds no "<", so it may stand unescaped.
    text = (
        _environment()
        .get_template(template)
        .render(
            style=Markup(style),  # noqa: S704  packaged file
            style_digest=digest,
            **values,
        )
    )
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        # Looked for only now: a long page takes a while to search.
        return writable(text).encode("utf-8")


def shown(text: str | None) -> "Markup":
    """Return *text* escaped, with every unseen character named in its place."""
    from markupsafe import Markup, escape  # noqa: PLC0415  loaded late, see above

    if not text:
        return Markup()
    chip = Markup('<span class="unseen" title="{}">{}</span>')
    return Markup().join(
        escape(readable) + chip.format(name, name.split()[0]) if name else escape(readable)
        for readable, name in split_unseen(text)
    )


def short_digest(digest: str | None) -> str:
    """Return the first twelve hexadecimal digits of *digest*, without its scheme."""
    return (digest or "").rpartition(":")[2][:12]


def sentence(text: str) -> str:
    """Return *text* with a capital at its beginning.

    >>> sentence("it answered 404 Not Found")
    'It answered 404 Not Found'
    """
    return text[:1].upper() + text[1:]


def clipped(text: str) -> str:
    """Return *text*, or its beginning when it is too long to be only mentioned."""
    return text if len(text) <= _LONGEST_MENTION else text[:_LONGEST_MENTION].rstrip() + " …"


_TAGS: Mapping[Tone, tuple[str, str]] = {
    Tone.DIFFERS: ('<mark class="v">', "</mark>"),
    Tone.NOTED: ('<mark class="v noted">', "</mark>"),
    Tone.SLIGHT: ('<span class="slight">', "</span>"),
    Tone.MISSING: ('<mark class="v none" title="nothing stands here">', "‸</mark>"),
    Tone.LEFT_OUT: ('<mark class="v out">', "</mark>"),
    Tone.CONTEXT: ('<span class="around">', "</span>"),
    Tone.GAP: ('<span class="gap">', "⋯ further on ⋯</span>"),
    Tone.FOLDED: (
        '<details class="fold"><summary>{:,} characters without a difference</summary>',
        "</details>",
    ),
    Tone.CUT: ('<span class="gap">', " characters without a difference, not shown here</span>"),
}


def pieces(column: Iterable[Piece], anchor: str) -> "Markup":
    """Return *column* as HTML; numbers lead to the list of differences at *anchor*."""
    from markupsafe import Markup  # noqa: PLC0415  loaded late, see above

    number = Markup('<sup><a href="#{}d{}" aria-label="difference {}">{}</a></sup>')
    parts: list[Markup] = []
    for piece in column:
        before, after = _TAGS.get(piece.tone, ("", ""))
        before = before.format(len(piece.text))
        parts += (Markup(before), shown(piece.text), Markup(after))  # noqa: S704  table above
        if piece.number is not None:
            parts.append(number.format(anchor, piece.number, piece.number, piece.number))
    return Markup().join(parts)


def _packaged(name: str) -> str:
    templates = importlib.resources.files(__package__).joinpath("templates")
    return templates.joinpath(name).read_text("utf-8")


@functools.cache
def _environment() -> "Environment":
    from jinja2 import Environment, FunctionLoader, StrictUndefined  # noqa: PLC0415  loaded late

    environment = Environment(
        loader=FunctionLoader(_packaged),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "shown": shown,
        "when": when,
        "short": short_digest,
        "pieces": pieces,
        "web": web_address,
        "subject": wording.subject,
        "warning": wording.warning_words,
        "change": wording.change_words,
        "clipped": clipped,
        "sentence": sentence,
        "wordy": wording.is_wordy,
        "low": wording.verdict_in_a_sentence,
        "witness_name": wording.witness_name,
        "id": id,
    }
    environment.globals |= _globals()
    return environment


def _globals() -> dict[str, Any]:
    return {
        "collate": collate,
        "counted": wording.counted,
        "is_held": HELD.__contains__,
        "citation": citation,
        "most_in_brief": _MOST_IN_BRIEF,
        "longest_in_brief": _LONGEST_IN_BRIEF,
        "marked_text": marked_text,
        "longest_post": LONGEST_SHOWN,
        "verdict_counts": _verdict_counts,
        "Verdict": Verdict,
        "Group": wording.Group,
        **{
            name: getattr(wording, name)
            for name in (
                *("VERDICTS", "GROUP_TITLES", "LAYERS", "STATUSES", "SOURCE_KINDS", "VIAS"),
                *("EDITS", "SEVERITIES"),
            )
        },
    }


def _verdict_counts(findings: Iterable[Finding]) -> str:
    """Return such as ``4 verbatim, 1 elided``, worst first."""
    verdicts = [finding.check.verdict for finding in findings]
    return ", ".join(
        f"{verdicts.count(verdict):,} {wording.verdict_in_a_sentence(verdict)}"
        for verdict in wording.VERDICTS
        if verdict in verdicts
    )
