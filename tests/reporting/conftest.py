"""A report with everything in it, made from four invented posts and sources.

Every offset is found in the texts, never typed in, so that a changed word
cannot make the sample untrue.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

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
from tests.browser import chromium, tab

__all__ = ["chromium", "tab"]

ARCHIVE = "https://nsarchive.gwu.edu"
HARBOUR = f"{ARCHIVE}/document/90001-doc-01-harbour-memorandum"
HARBOUR_TEXT = f"{ARCHIVE}/media/90001/ocr"
CABLE = f"{ARCHIVE}/document/90002-doc-02-cable-embassy"
MINUTES = f"{ARCHIVE}/sites/default/files/documents/minutes-of-the-round-table.pdf"
BOOK = f"{ARCHIVE}/briefing-book/baltic/2019-05-14/ferries-and-frontiers"
GONE = f"{ARCHIVE}/news/2004/closed-gallery"
LEGACY = "https://nsarchive2.gwu.edu/NSAEBB/NSAEBB999/index.htm"
WALL = f"{ARCHIVE}/document/90003-sign-in"
REFUSED = "https://assets.documentcloud.org/documents/1/harbour.pdf"
OLD = f"{ARCHIVE}/project/harbours"

HARBOUR_PAGE = """Memorandum on the Harbour Talks

Date: Nov 28, 1994
Source: Freedom of Information request. Department of State.

The memorandum sums up three weeks of talks in the harbour office. The minister would not sign \
the ferry agreement before the autumn, the author writes, because 14 of the 27 pilots had left \
the service. “We cannot promise what we do not hold,” he told the envoy on 3 March 1994. The \
envoy did not object. Yet the paper shows how close the two sides had come: they agreed on the \
tariffs, on the winter timetable, and on the repair of the northern pier. However, the question \
of the customs house was left to a later meeting."""

HARBOUR_OCR = (
    "MEMORANDUM U S Department of State We cannot promise what we do not hold he told tbe envoy "
    "The tariffs bave been agreed upon and the northern pier will be repaired before the frost"
)

CABLE_PAGE = """Cable from the Embassy

The ambassador reports a calm morning. Nobody in the city believes that the ferry line will be \
closed, and the newspapers print the timetable for the whole of next year. In the afternoon the \
pilots’ union called its members to the old theatre; by the evening the mood had turned."""

MORNING = datetime(2025, 3, 2, 6, 30, tzinfo=UTC)
SHA = "sha256:" + "3f9c1e7ab0d24c58"


@dataclass
class _Bench:
    """Collects the checks of one post, whose words it looks up in the texts."""

    post: Post
    links: tuple[Link, ...] = ()

    def __post_init__(self) -> None:
        self.checks: list[Check] = []

    def check(
        self,
        exact: str,
        verdict: Verdict,
        reason: str,
        *,
        kind: CheckKind = CheckKind.QUOTATION,
        field: FieldName | None = None,
        source: str | None = None,
        page: str = "",
        layer: Layer = Layer.PAGE,
        places: tuple[str, ...] = (),
        edits: tuple[tuple[EditKind, str, str, Severity], ...] = (),
        **more: object,
    ) -> Check:
        start = self.post.text.index(exact)
        matches = tuple(_match(page, place) for place in places)
        check = Check(
            id=f"{self.post.id}-{len(self.checks) + 1:02d}",
            kind=kind,
            field=field,
            exact=exact,
            start=start,
            end=start + len(exact),
            verdict=verdict,
            reason=reason,
            source=CheckSource(
                url=source,
                layer=layer,
                digest=SHA + source[-8:].encode().hex(),
                captured_at=MORNING,
            )
            if source
            else None,
            matches=matches,
            edits=tuple(_edit(exact, page, matches, *given) for given in edits),
            **{"score": 0.97, **more},
        )
        self.checks.append(check)
        return check

    def done(self) -> CheckedPost:
        return CheckedPost(post=self.post, links=self.links, checks=tuple(self.checks))


def _match(page: str, place: str) -> Match:
    start = page.index(place)
    end = start + len(place)
    return Match(
        start=start,
        end=end,
        exact=place,
        prefix=page[max(0, start - 32) : start],
        suffix=page[end : end + 32],
    )


def _edit(exact, page, matches, kind, quoted, source, severity) -> Edit:
    quoted_start = exact.index(quoted.lstrip("^"))
    quoted = "" if quoted.startswith("^") else quoted
    source_start = page.index(source.lstrip("^"), matches[0].start if matches else 0)
    source = "" if source.startswith("^") else source
    return Edit(
        kind=kind,
        quoted=quoted,
        source=source,
        severity=severity,
        quoted_start=quoted_start,
        quoted_end=quoted_start + len(quoted),
        source_start=source_start,
        source_end=source_start + len(source),
    )


def _links(text: str, *urls: tuple[str, LinkKind]) -> tuple[Link, ...]:
    return tuple(
        Link(
            url=url,
            canonical_url=None if kind is LinkKind.UNUSABLE else url,
            kind=kind,
            start=text.index(url),
            end=text.index(url) + len(url),
        )
        for url, kind in urls
    )


def _altered_post() -> CheckedPost:
    text = f"""Date

Nov 28, 1995

Description

The minister would sign the ferry agreement before the autumn, the author writes, because 41 of \
the 27 pilots had left the service. “We cannot ever promise what we do not hold,” he told the \
ambassador on 3 March 1994.

They had agreed on the tariffs and, of course, on the repair of the northern pier. We cannot \
promise what we do not hold. The envoy did not object.

So much for the ferries, I say.

{HARBOUR}
>>90000002"""
    bench = _Bench(
        Post(
            id="90000001",
            text=text,
            board="harbours",
            thread="90000000",
            author_id="7c41aa",
            posted_at=datetime(2025, 3, 2, 1, 11, tzinfo=UTC),
            zone_rule="America/Los_Angeles",
            permalink="https://boards.example/harbours/res/90000000.html#90000001",
            replies_to=("90000002",),
            origin="posts.txt",
            raw_offsets=((0, 0), (17, 18)),
        ),
        _links(text, (HARBOUR, LinkKind.DOCUMENT)),
    )
    page = {"source": HARBOUR, "page": HARBOUR_PAGE}
    major, minor = Severity.MAJOR, Severity.MINOR
    asked = (
        Witness(layer=Layer.PAGE, url=HARBOUR, verdict=Verdict.ALTERED, score=0.96),
        Witness(
            layer=Layer.OCR,
            url=HARBOUR_TEXT,
            verdict=Verdict.NOT_FOUND,
            score=0.2,
            reason="the sentence is the editors' own",
        ),
    )
    bench.check(
        "Nov 28, 1995",
        Verdict.ALTERED,
        "The page's field says “Nov 28, 1994”.",
        kind=CheckKind.FIELD,
        field=FieldName.DATE,
        places=("Nov 28, 1994",),
        edits=((EditKind.DATE, "Nov 28, 1995", "Nov 28, 1994", major),),
        witnesses=asked[:1],
        **page,
    )
    passage = bench.check(
        text[text.index("The minister") : text.index("\n\nThey had")],
        Verdict.ALTERED,
        "The page has this passage, with 4 changed words; one of them turns the sentence round.",
        kind=CheckKind.PASSAGE,
        field=FieldName.DESCRIPTION,
        places=(
            HARBOUR_PAGE[HARBOUR_PAGE.index("The minister") : HARBOUR_PAGE.index(" The envoy did")],
        ),
        edits=(
            (EditKind.NEGATION, "^sign the", "not", major),
            (EditKind.NUMBER, "41", "14", major),
            (EditKind.INSERTION, "ever", "^promise", minor),
            (EditKind.WORD, "ambassador", "envoy", minor),
        ),
        witnesses=asked,
        context=Context(
            before="The memorandum sums up three weeks of talks in the harbour office.",
            after="The envoy did not object.",
        ),
        **page,
    )
    bench.check(
        "We cannot ever promise what we do not hold",
        Verdict.ALTERED,
        "The words stand in the page's quotation, with one word added.",
        field=FieldName.DESCRIPTION,
        places=("We cannot promise what we do not hold",),
        edits=((EditKind.INSERTION, "ever", "^promise", minor),),
        witnesses=(
            asked[0],
            replace(asked[1], verdict=Verdict.ALTERED, score=0.93, reason="one word added"),
        ),
        within=passage.id,
        **page,
    )
    bench.check(
        "We cannot promise what we do not hold. The envoy did not object.",
        Verdict.SPLICED,
        "Two passages from different places of the page stand here as one.",
        places=("We cannot promise what we do not hold", "The envoy did not object."),
        warnings=("ambiguous",),
        **page,
    )
    return bench.done()


def _faithful_post() -> CheckedPost:
    text = f"""The paper shows how close they were: “they agreed on the tariffs … and on the \
repair of the northern pier.” He added that "we CANNOT promise what we do not hold", and that \
“[the tariffs] have been agreed upon and the northern pier will be repaired before the frost”.

Nobody in the city believes that the ferry line will be closed

14 of the 27 pilots had left the service

Source: Freedom of Information request. Department of State.

See {CABLE} and {HARBOUR} and https://nsarchive.gwu.edu/briefing-boo…"""
    bench = _Bench(
        Post(id="90000002", text=text, board="harbours", thread="90000000", origin="posts.txt"),
        _links(
            text,
            (CABLE, LinkKind.DOCUMENT),
            (HARBOUR, LinkKind.DOCUMENT),
            ("https://nsarchive.gwu.edu/briefing-boo…", LinkKind.UNUSABLE),
        ),
    )
    page = {"source": HARBOUR, "page": HARBOUR_PAGE}
    none = Severity.NONE
    left_out = ", on the winter timetable,"
    bench.check(
        "they agreed on the tariffs … and on the repair of the northern pier.",
        Verdict.ELIDED,
        "Both fragments stand in the page, in this order; what was left out turns nothing round.",
        places=("they agreed on the tariffs", "and on the repair of the northern pier."),
        edits=((EditKind.OMISSION, "…", left_out, none),),
        **page,
    )
    bench.check(
        "we CANNOT promise what we do not hold",
        Verdict.TYPOGRAPHIC,
        "The same words; letter case differs.",
        places=("We cannot promise what we do not hold",),
        edits=((EditKind.CASE, "CANNOT", "cannot", none), (EditKind.CASE, "we", "We", none)),
        **page,
    )
    bench.check(
        "[the tariffs] have been agreed upon and the northern pier will be repaired before the "
        "frost",
        Verdict.OCR_NOISE,
        "One difference, and the scan's “bave” is a misreading of “have”.",
        source=HARBOUR_TEXT,
        page=HARBOUR_OCR,
        layer=Layer.OCR,
        places=(HARBOUR_OCR[HARBOUR_OCR.index("The tariffs") :],),
        edits=(
            (EditKind.EDITORIAL, "[the tariffs]", "The tariffs", none),
            (EditKind.OCR, "have", "bave", none),
        ),
        witnesses=(
            Witness(layer=Layer.PAGE, url=HARBOUR, verdict=Verdict.NOT_FOUND, score=0.3),
            Witness(layer=Layer.OCR, url=HARBOUR_TEXT, verdict=Verdict.OCR_NOISE, score=0.98),
        ),
    )
    bench.check(
        "Nobody in the city believes that the ferry line will be closed",
        Verdict.VERBATIM,
        "The words stand in the page.",
        kind=CheckKind.PASSAGE,
        source=CABLE,
        page=CABLE_PAGE,
        places=("Nobody in the city believes that the ferry line will be closed",),
        warnings=("context_reverses", "stale_source"),
        context=Context(
            before="The ambassador reports a calm morning.",
            after="In the afternoon the pilots’ union called its members to the old theatre; by "
            "the evening the mood had turned.",
        ),
    )
    bench.check(
        "14 of the 27 pilots had left the service",
        Verdict.VERBATIM,
        "The words stand in the page.",
        kind=CheckKind.PASSAGE,
        places=("14 of the 27 pilots had left the service",),
        warnings=("short", "truncated_start", "truncated_end"),
        **page,
    )
    bench.check(
        "Freedom of Information request. Department of State.",
        Verdict.VERBATIM,
        "The page's source field says the same.",
        kind=CheckKind.FIELD,
        field=FieldName.SOURCE,
        places=("Freedom of Information request. Department of State.",),
        **page,
    )
    return bench.done()


def _lost_post() -> CheckedPost:
    text = f"""“Nobody in the city believes that the ferry line will be closed.” — {HARBOUR}

“The pilots were paid in gold, and everyone on the quay knew it.” — {CABLE}

“The gallery was closed on a Tuesday without a word to the staff.” — {GONE}

“Minute four was struck from the record at the chairman's wish.” — {MINUTES}

“Le quai était désert.” — {WALL}"""
    bench = _Bench(
        Post(
            id="90000003",
            text=text,
            board="harbours",
            posted_at=datetime(2025, 3, 1, 23, 5, tzinfo=UTC),
            origin="posts.txt",
        ),
        _links(
            text,
            (HARBOUR, LinkKind.DOCUMENT),
            (CABLE, LinkKind.DOCUMENT),
            (GONE, LinkKind.POSTING),
            (MINUTES, LinkKind.FILE),
            (WALL, LinkKind.DOCUMENT),
        ),
    )
    bench.check(
        "Nobody in the city believes that the ferry line will be closed.",
        Verdict.MISATTRIBUTED,
        f"Not in the source cited; the words stand in {CABLE}.",
        source=CABLE,
        page=CABLE_PAGE,
        places=("Nobody in the city believes that the ferry line will be closed",),
        edits=((EditKind.TYPOGRAPHY, ".", ",", Severity.NONE),),
        witnesses=(Witness(layer=Layer.PAGE, url=HARBOUR, verdict=Verdict.NOT_FOUND, score=0.1),),
    )
    bench.check(
        "The pilots were paid in gold, and everyone on the quay knew it.",
        Verdict.NOT_FOUND,
        "Read in full, and the words are in none of them: the Archive's page and the primary "
        "document (machine-read text).",
        source=CABLE,
        score=0.1,
        witnesses=(
            Witness(layer=Layer.PAGE, url=CABLE, verdict=Verdict.NOT_FOUND, score=0.1),
            Witness(layer=Layer.OCR, url=HARBOUR_TEXT, verdict=Verdict.NOT_FOUND, score=0.08),
        ),
    )
    bench.check(
        "The gallery was closed on a Tuesday without a word to the staff.",
        Verdict.UNAVAILABLE,
        "The page answered 404: it is no longer there.",
        witnesses=(Witness(layer=Layer.PAGE, url=GONE, verdict=Verdict.UNAVAILABLE, score=0.0),),
        score=0.0,
    )
    bench.check(
        "Minute four was struck from the record at the chairman's wish.",
        Verdict.NOT_CHECKABLE,
        "The PDF is a scan without a text layer.",
        source=MINUTES,
        layer=Layer.PDF,
        score=0.0,
    )
    bench.check(
        "Le quai était désert.",
        Verdict.NOT_CHECKABLE,
        "The server answered with a sign-in page.",
        source=WALL,
        warnings=("sources_missing",),
        score=0.0,
    )
    return bench.done()


HOSTILE_TEXT = (
    "</blockquote><script>alert(1)</script> <img src=x onerror=alert(2)> \u202eexe.gpj\u202c "
    '=HYPERLINK("javascript:alert(3)") [press](javascript:alert(4)) | a | b |\n'
    "# heading\n- @everyone see https://evil.example/x `code` <b>bold</b>\n1. &lt; 5 > 4\ud800"
)


def _hostile_post() -> CheckedPost:
    post = Post(
        id="=2+5",
        text=HOSTILE_TEXT,
        board='"><svg onload=alert(5)>',
        author_id="\u202eadmin",
        permalink="javascript:alert(6)",
        origin="../../etc/passwd",
    )
    check = Check(
        id="hostile",
        kind=CheckKind.PASSAGE,
        field=None,
        exact=HOSTILE_TEXT,
        start=0,
        end=len(HOSTILE_TEXT),
        verdict=Verdict.ALTERED,
        reason="<script>alert(7)</script> [x](https://evil.example)",
        source=CheckSource(
            url="javascript:alert(8)", layer=Layer.PAGE, digest='"><b>', captured_at=None
        ),
        matches=(Match(start=3, end=12, exact="</script>", prefix="<b>", suffix="\x1b[31m"),),
        edits=(
            Edit(
                kind=EditKind.WORD,
                quoted="<script>",
                source="</script>",
                severity=Severity.MINOR,
                quoted_start=HOSTILE_TEXT.index("<script>"),
                quoted_end=HOSTILE_TEXT.index("<script>") + 8,
                source_start=3,
                source_end=12,
            ),
        ),
        warnings=("a_new_warning: <i>of another version</i>",),
        witnesses=(
            Witness(
                layer=Layer.PAGE,
                url="data:text/html,<b>",
                verdict=Verdict.ALTERED,
                score=float("nan"),
                reason="*bold*",
            ),
        ),
        score=0.5,
    )
    return CheckedPost(post=post, checks=(check,))


def _source(
    url: str, kind: LinkKind, status: SourceStatus, *, attempts: int = 1, **more: object
) -> Source:
    held = status in {"fetched", "revalidated", "cached", "stale", "archived"}
    via = {"archived": Via.WAYBACK, "fetched": Via.NETWORK, "revalidated": Via.NETWORK}
    shown = f"https://web.archive.org/web/20190514000000id_/{url}" if status == "archived" else url
    capture = Capture(
        canonical_url=url,
        url=shown,
        digest=SHA + url[-8:].encode().hex(),
        captured_at=MORNING,
        http_status=200,
        content_type="application/pdf" if kind is LinkKind.FILE else "text/html; charset=utf-8",
        size=48_211,
        via=via.get(status, Via.CACHE),
    )
    return Source(
        url=url,
        canonical_url=url,
        kind=kind,
        status=status,
        attempts=attempts,
        http_status=more.pop("http_status", 200 if held else None),
        via=capture.via if held else None,
        capture=capture if held else None,
        **more,
    )


def _sources() -> tuple[Source, ...]:
    return (
        _source(HARBOUR, LinkKind.DOCUMENT, SourceStatus.FETCHED),
        _source(HARBOUR_TEXT, LinkKind.OCR, SourceStatus.CACHED, attempts=0),
        _source(
            CABLE,
            LinkKind.DOCUMENT,
            SourceStatus.STALE,
            attempts=4,
            reason="The server did not answer within 60 seconds.",
        ),
        _source(MINUTES, LinkKind.FILE, SourceStatus.REVALIDATED),
        _source(BOOK, LinkKind.BRIEFING_BOOK, SourceStatus.ARCHIVED, attempts=3),
        _source(
            OLD,
            LinkKind.POSTING,
            SourceStatus.FAILED,
            attempts=4,
            http_status=503,
            reason="The server answered 503 four times.",
            next_attempt_at=datetime(2025, 3, 2, 8, 30, tzinfo=UTC),
        ),
        _source(
            GONE, LinkKind.POSTING, SourceStatus.GONE, http_status=404, reason="No longer there."
        ),
        _source(
            REFUSED,
            LinkKind.FILE,
            SourceStatus.REFUSED,
            attempts=0,
            reason="The host's robots.txt does not allow it.",
        ),
        _source(
            WALL,
            LinkKind.DOCUMENT,
            SourceStatus.UNUSABLE,
            http_status=200,
            reason="A sign-in page came in place of the document.",
        ),
    )


def _sample() -> Report:
    return Report(
        run=Run(
            id="20250302T063000Z-verify-a1b2c3",
            started_at=datetime(2025, 3, 2, 6, 29, 12, 250_000, tzinfo=UTC),
            finished_at=datetime(2025, 3, 2, 6, 31, tzinfo=UTC),
            version="0.1.0",
            offline=False,
            inputs=(
                Input(path="posts.txt", format="text dump", posts=3),
                Input(
                    path="old/thread.json",
                    format="vichan thread",
                    posts=1,
                    unreadable=(Unreadable(place="posts[4]", reason="com is a number"),),
                ),
            ),
        ),
        posts=(_altered_post(), _faithful_post(), _lost_post()),
        sources=_sources(),
        changes=(
            Change(kind="new_post", post="90000003"),
            Change(
                kind="verdict_changed",
                post="90000001",
                check="90000001-01",
                source=HARBOUR,
                before="unavailable",
                after="altered",
            ),
            Change(
                kind="source_changed",
                source=CABLE,
                before="sha256:0b1d",
                after="sha256:3f9c",
            ),
            Change(kind="source_recovered", source=HARBOUR, before="failed", after="fetched"),
            Change(kind="source_lost", source=GONE, before="cached", after="gone"),
        ),
        since_run="20250301T063000Z-verify-0f0e0d",
    )


@pytest.fixture(scope="session")
def sample():
    """A report with every verdict, edit severity, warning and status in it."""
    return _sample()


@pytest.fixture(scope="session")
def hostile(sample):
    """The sample with a post that tries to break out of every format."""
    return replace(sample, posts=(*sample.posts, _hostile_post()))


@pytest.fixture(scope="session")
def empty():
    """A run that read one post without any link."""
    return Report(
        run=Run(
            id="20250302T070000Z-verify-000000",
            started_at=MORNING,
            finished_at=MORNING,
            version="0.1.0",
            offline=True,
        ),
        posts=(CheckedPost(post=Post(id="1", text="Nothing of note.")),),
    )


@pytest.fixture(scope="session")
def unreachable(sample):
    """The sample as it would be had no source been reached."""
    reason = "The network could not be reached."
    return replace(
        sample,
        posts=tuple(
            replace(
                post,
                checks=tuple(
                    replace(
                        check,
                        verdict=Verdict.UNAVAILABLE,
                        reason=reason,
                        source=None,
                        matches=(),
                        edits=(),
                        warnings=(),
                        witnesses=tuple(
                            replace(witness, verdict=Verdict.UNAVAILABLE, reason=reason)
                            for witness in check.witnesses
                        ),
                    )
                    for check in post.checks
                ),
            )
            for post in sample.posts
        ),
    )


@pytest.fixture(scope="session")
def large(sample):
    """The sample's posts over and over, until 5,000 checks are reached."""
    size = sum(len(post.checks) for post in sample.posts)
    rounds = -(-5_000 // size)
    return replace(
        sample,
        posts=tuple(
            replace(post, post=replace(post.post, id=f"{post.post.id}-{turn}"))
            for turn in range(rounds)
            for post in sample.posts
        ),
    )


@pytest.fixture(scope="session")
def texts():
    """The invented sources' own texts, by address."""
    return SimpleNamespace(pages={HARBOUR: HARBOUR_PAGE, CABLE: CABLE_PAGE}, hostile=HOSTILE_TEXT)
