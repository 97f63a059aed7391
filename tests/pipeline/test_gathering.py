"""Which posts a run keeps, and which sources it wants, from a stream of any length."""

from datetime import UTC, datetime

from flows.pipeline.gathering import LINKLESS_KEPT, Gathering, wanted_sources
from flows.records import LinkKind, Post

CITED = "https://nsarchive.gwu.edu/document/60001-doc-02-river-survey"
QUOTED = "The memo states: “The river was surveyed twice in the spring and nobody signed.”"


def linked(number: str, *, replies_to: tuple[str, ...] = (), year: int = 2025) -> Post:
    """Return a post that quotes and cites."""
    return Post(
        id=number,
        text=f"{QUOTED}\n{CITED}",
        replies_to=replies_to,
        posted_at=datetime(year, 1, 1, tzinfo=UTC),
    )


def plain(number: str, *, replies_to: tuple[str, ...] = (), text: str = "No link here.") -> Post:
    """Return a post that cites nothing."""
    return Post(id=number, text=text, replies_to=replies_to)


def gathered(*posts: Post) -> Gathering:
    """Return what is left of *posts*."""
    gathering = Gathering()
    gathering.add(posts)
    return gathering


def test_a_page_is_wanted_once_with_its_document_and_the_earliest_time():
    """Two posts share the page; the document's text is wanted beside it."""
    items = gathered(linked("2", year=2024), linked("1", year=2023)).finish()
    wanted = wanted_sources(items)
    assert [(source.canonical_url, source.kind) for source in wanted] == [
        (CITED, LinkKind.DOCUMENT),
        ("https://nsarchive.gwu.edu/media/60001/ocr", LinkKind.OCR),
    ]
    assert {source.cited_at for source in wanted} == {datetime(2023, 1, 1, tzinfo=UTC)}


def test_a_quotation_without_a_link_is_bound_to_that_of_the_post_it_answers():
    """The reply chain carries the link over."""
    answer = plain("2", replies_to=("1",), text="And then: “nobody at all has signed the survey.”")
    items = gathered(Post(id="1", text=f"See {CITED}"), answer).finish()
    claims = next(item for item in items if item.post.id == "2").claims
    assert [claim.urls for claim in claims if claim.exact.startswith("nobody")] == [(CITED,)]


def test_a_few_posts_without_links_are_listed_and_many_are_not():
    """A report over a whole board is about the posts that cite the Archive."""
    few = gathered(linked("0"), *(plain(str(n)) for n in range(1, 6)))
    assert len(few.finish()) == 6
    many = gathered(linked("0"), *(plain(str(n)) for n in range(1, LINKLESS_KEPT + 50)))
    assert many.posts == LINKLESS_KEPT + 50
    assert [item.post.id for item in many.finish()] == ["0"]


def test_a_post_that_is_answered_with_the_source_is_kept_among_many():
    """The link may come in the answer."""
    posts = [plain(str(n)) for n in range(1, LINKLESS_KEPT + 50)]
    kept = gathered(*posts, linked("x", replies_to=(posts[-1].id,))).finish()
    assert [item.post.id for item in kept] == ["x", posts[-1].id]
