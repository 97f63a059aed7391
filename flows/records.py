"""The nouns of the project: frozen data, no behaviour, nothing of ours imported.

Rooms meet here. A post comes in as a ``Post``; ``citations`` finds its
``Link`` and ``Claim`` records; ``archive`` turns links into ``Source`` records
(what became of each) and captures; ``pages`` reads a capture into a ``Page``;
``matching`` compares a claim with a page (``Comparison``); ``checking`` joins
all of that into a ``Check``; ``reporting`` writes a ``Report``.

Units, everywhere: offsets are half-open and count Unicode code points; times
are aware ``datetime`` values in UTC; sizes are bytes; digests are
``sha256:<hex>`` over the bytes of the decoded response body. Names follow the
W3C Web Annotation model (``exact``, ``prefix``, ``suffix``, ``start``,
``end``) and web archiving (*capture*).
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal


class Verdict(StrEnum):
    """What a check found; exactly one per check, each explained in the README."""

    VERBATIM = "verbatim"
    TYPOGRAPHIC = "typographic"
    ELIDED = "elided"
    OCR_NOISE = "ocr_noise"
    ALTERED = "altered"
    SPLICED = "spliced"
    MISATTRIBUTED = "misattributed"
    NOT_FOUND = "not_found"
    UNAVAILABLE = "unavailable"
    NOT_CHECKABLE = "not_checkable"


class EditKind(StrEnum):
    """In what way the quoted words differ from the source's words."""

    NEGATION = "negation"
    NUMBER = "number"
    DATE = "date"
    NAME = "name"
    WORD = "word"
    INSERTION = "insertion"
    DELETION = "deletion"
    ORDER = "order"
    OMISSION = "omission"
    EDITORIAL = "editorial"
    CASE = "case"
    TYPOGRAPHY = "typography"
    OCR = "ocr"


class Severity(StrEnum):
    """How much one difference matters to a reader."""

    NONE = "none"
    MINOR = "minor"
    MAJOR = "major"


class LinkKind(StrEnum):
    """What an address of the Archive leads to, told from its shape alone."""

    DOCUMENT = "document"
    OCR = "ocr"
    BRIEFING_BOOK = "briefing_book"
    POSTING = "posting"
    FILE = "file"
    LEGACY = "legacy"
    UNUSABLE = "unusable"


class SourceStatus(StrEnum):
    """What became of one source in a run."""

    FETCHED = "fetched"
    REVALIDATED = "revalidated"
    CACHED = "cached"
    STALE = "stale"
    ARCHIVED = "archived"
    FAILED = "failed"
    GONE = "gone"
    REFUSED = "refused"
    UNUSABLE = "unusable"


class Via(StrEnum):
    """Where a source's bytes came from in this run."""

    NETWORK = "network"
    CACHE = "cache"
    WAYBACK = "wayback"
    IMPORT = "import"


class Layer(StrEnum):
    """Whose words a text holds: the editors' page, or the document itself."""

    PAGE = "page"
    OCR = "ocr"
    PDF = "pdf"


class CheckKind(StrEnum):
    """What part of a post a check is about."""

    FIELD = "field"
    PASSAGE = "passage"
    QUOTATION = "quotation"


class FieldName(StrEnum):
    """The labelled fields of an Archive document page that posts copy."""

    TITLE = "title"
    DATE = "date"
    DESCRIPTION = "description"
    SOURCE = "source"
    POSTING = "posting"


# ── what people wrote ────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One post, with the board's markup undone.

    ``raw_offsets`` pairs offsets of ``text`` with offsets of the raw form, at
    every place where the distance between the two changes; empty when they
    are the same. ``replies_to`` holds ids of posts as they are written there.
    """

    id: str
    text: str
    board: str | None = None
    thread: str | None = None
    author_id: str | None = None
    posted_at: datetime | None = None
    zone_rule: str | None = None
    permalink: str | None = None
    replies_to: tuple[str, ...] = ()
    origin: str = ""
    raw_offsets: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """A part of an input that could not be read: where it is, and why."""

    place: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One input file: the form it was recognised as and what it yielded."""

    path: str
    format: str
    posts: int
    unreadable: tuple[Unreadable, ...] = ()


# ── what a post claims ───────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One occurrence of an Archive address in a text: ``text[start:end] == url``.

    ``canonical_url`` is the one address per page that equivalent spellings
    share; ``None`` when the link is ``unusable``. ``capture_wanted`` is the
    14-digit time of the capture that the link names, if it leads into a web
    archive; ``capture_url`` the one address of that capture.
    """

    url: str
    canonical_url: str | None
    kind: LinkKind
    start: int
    end: int
    capture_wanted: str | None = None
    capture_url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Words of a post that a source is said to contain: ``text[start:end] == exact``.

    ``urls`` are canonical addresses that may vouch for the words, the nearest
    first, a capture before its page; ``binding`` says by which rule. ``within`` is the position, in the
    same list of claims, of the passage that holds this quotation.
    ``speaker`` names the layer to which the post itself gives the words
    ("the memo states: …" gives them to the document); ``named`` is anybody else
    to whom it gives them, whom a source must know if it holds their words.
    ``title`` stands above a copied field, or with it under a label of its own.
    """

    kind: CheckKind
    start: int
    end: int
    exact: str
    field: FieldName | None = None
    urls: tuple[str, ...] = ()
    binding: str = ""
    within: int | None = None
    speaker: Layer | None = None
    named: str | None = None
    title: str | None = None


# ── the originals ────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """A stored copy of a page; its bytes lie in the store under ``digest``."""

    canonical_url: str
    url: str
    digest: str
    captured_at: datetime
    http_status: int
    content_type: str
    size: int
    via: Via


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A source that a run asks ``archive`` for.

    ``cited_at`` is the time of the earliest post that cites it: the capture
    nearest before it is the one to ask the Wayback Machine for;
    ``capture_wanted`` is set when a post names a capture itself.
    """

    canonical_url: str
    url: str
    kind: LinkKind
    cited_at: datetime | None = None
    capture_wanted: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A source that could not be obtained so far, as ``failures`` lists it."""

    url: str
    canonical_url: str
    status: SourceStatus
    reason: str
    attempts: int
    last_attempt_at: datetime | None
    next_attempt_at: datetime | None
    http_status: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What became of one source in this run, and the capture in use, if any.

    ``attempts`` counts every request ever made for it; ``reason`` is a plain
    sentence whenever the status is not an obvious success.
    """

    url: str
    canonical_url: str
    kind: LinkKind
    status: SourceStatus
    attempts: int = 0
    http_status: int | None = None
    via: Via | None = None
    reason: str | None = None
    next_attempt_at: datetime | None = None
    capture: Capture | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageField:
    """A labelled field of a page: ``page.text[start:end] == value``.

    ``found_by`` says how: ``class`` (Drupal's field class), ``label``, or
    ``structure``. ``iso`` is the page's own machine reading of a date (the
    ``datetime`` attribute), which is not part of the text.
    """

    name: FieldName
    value: str
    start: int
    end: int
    found_by: Literal["class", "label", "structure"]
    iso: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """A posting in which a document was published, as its page lists it."""

    title: str
    date: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The readable text of a capture, with the structure that was found.

    ``problem`` is a plain sentence when the text cannot be compared (no text
    layer, a sign-in page); ``offsets`` pairs offsets of ``text`` with byte
    offsets of the body wherever their distance changes, when known.
    ``incomplete`` is a plain sentence when only part of the source has a text
    (scanned pages inside a PDF): words missing here may stand in the rest.
    ``frame_urls`` are the frames a frame set shows, to be read with it.
    """

    url: str
    layer: Layer
    text: str
    extractor: str
    basis: str
    title: str | None = None
    fields: tuple[PageField, ...] = ()
    postings: tuple[Posting, ...] = ()
    ocr_url: str | None = None
    file_urls: tuple[str, ...] = ()
    problem: str | None = None
    offsets: tuple[tuple[int, int], ...] = ()
    incomplete: str | None = None
    frame_urls: tuple[str, ...] = ()


# ── quotation against source ─────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A place in a source: ``source[start:end] == exact``, with its surroundings."""

    start: int
    end: int
    exact: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One difference: the quotation's reading and the source's, each with its place.

    An empty reading has ``start == end`` at the place where words are missing.
    """

    kind: EditKind
    quoted: str
    source: str
    severity: Severity
    quoted_start: int = 0
    quoted_end: int = 0
    source_start: int = 0
    source_end: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The sentences before and after a match, for a reader who wants to see them."""

    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What comparing one quotation with one source gave.

    ``score`` (0 to 1) tells how well the place was found; it decides nothing.
    ``context`` is there where it was asked for.
    """

    verdict: Verdict
    matches: tuple[Match, ...] = ()
    edits: tuple[Edit, ...] = ()
    warnings: tuple[str, ...] = ()
    score: float = 0.0
    reason: str = ""
    context: Context | None = None


# ── findings ─────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckSource:
    """The capture and layer in which the words were looked for."""

    url: str
    layer: Layer
    digest: str | None
    captured_at: datetime | None
    via: Via | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """One layer that was asked, and what it answered.

    ``capture`` says that it is the capture that a link names, not the page.
    """

    layer: Layer
    url: str
    verdict: Verdict
    score: float
    reason: str = ""
    captured_at: datetime | None = None
    capture: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One finding: a claim, its verdict, and the evidence a reader can follow."""

    id: str
    kind: CheckKind
    field: FieldName | None
    exact: str
    start: int
    end: int
    verdict: Verdict
    reason: str
    source: CheckSource | None = None
    matches: tuple[Match, ...] = ()
    edits: tuple[Edit, ...] = ()
    warnings: tuple[str, ...] = ()
    witnesses: tuple[Witness, ...] = ()
    score: float = 0.0
    link: str | None = None
    context: Context | None = None
    within: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedPost:
    """A post with its links and findings."""

    post: Post
    links: tuple[Link, ...] = ()
    checks: tuple[Check, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Something that differs from the report before."""

    kind: Literal[
        "new_post", "verdict_changed", "source_changed", "source_recovered", "source_lost"
    ]
    post: str | None = None
    check: str | None = None
    source: str | None = None
    before: str | None = None
    after: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run of a flow. ``finished_at`` is ``None`` while it is going on.

    ``stand_in`` marks a run against stand-in sources (the demo): its findings
    say nothing about the Archive, and its report is never compared with others.
    """

    id: str
    started_at: datetime
    finished_at: datetime | None
    version: str
    offline: bool
    inputs: tuple[Input, ...] = ()
    flow: Literal["verify", "refetch"] = "verify"
    stand_in: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A run's findings, ready to be written."""

    run: Run
    posts: tuple[CheckedPost, ...] = ()
    sources: tuple[Source, ...] = ()
    changes: tuple[Change, ...] = field(default=())
    since_run: str | None = None
