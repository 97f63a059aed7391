"""A copied entry is compared with its own document's date and source, not with another's."""

import pytest

from flows.checking import CitingPost, Shelf, check_post, search
from flows.citations import find_claims, find_links
from flows.pages import read_page
from flows.records import Post
from tests.checking.readings import OTHER, PAGE, Reading, source

BOOK = "https://nsarchive.gwu.edu/briefing-book/europe/2018-04-05/the-barge-papers"

BELOW = """<!DOCTYPE html><html><body><main><article><h1>The Barge Papers</h1>
<p>Published: Apr 5, 2018</p><p>Six barges were lost, and nobody was told.</p>
<h3>Document 1: Letter of the Harbor Master</h3><p>Mar 3, 1957</p>
<p>Source: Velm City Archive, box 4.</p><p>The master asks for rope.</p>
<h3>Document 2: Report on the Second Barge</h3><p>Jun 9, 1957</p>
<p>Source: Ministry of Rivers, file 88.</p><p>The barge was found upside down.</p>
</article></main></body></html>"""
ABOVE = """<!DOCTYPE html><html><body><main><article><h1>The Barge Papers</h1>
<p>Six barges were lost, and nobody was told.</p>
<p>Mar 3, 1957</p><h3>Document 1: Letter of the Harbor Master</h3><p>The master asks for rope.</p>
<p>Jun 9, 1957</p><h3>Document 2: Report on the Second Barge</h3><p>It was found upside down.</p>
</article></main></body></html>"""

ENTRY = "Title: {}\nDate: {}\nSource: {}\n{}"
LETTER, REPORT = "Document 1: Letter of the Harbor Master", "Document 2: Report on the Second Barge"


def fields(text: str, pages: dict[str, str]) -> set[tuple[str, str]]:
    """Return the verdicts on the fields of a post of this text, each with its field."""
    links = find_links(text)
    citing = CitingPost(
        post=Post(id="1", text=text), links=tuple(links), claims=tuple(find_claims(text, links))
    )
    known = {
        url: Reading(
            source=source(url), page=read_page(body.encode(), url=url, content_type="text/html")
        )
        for url, body in pages.items()
    }
    shelf = Shelf(known.get, lambda _: ())
    checks = check_post(citing, shelf, search(shelf, lambda _: list(known))).checks
    return {(str(check.field), str(check.verdict)) for check in checks}


ENTRIES = {
    "its own": (LETTER, "Mar 3, 1957", "Velm City Archive, box 4.", "verbatim", "verbatim"),
    "the other's date": (LETTER, "Jun 9, 1957", "Velm City Archive, box 4.", "altered", "verbatim"),
    "the other's source": (
        *(REPORT, "Jun 9, 1957", "Velm City Archive, box 4."),
        *("verbatim", "altered"),
    ),
    "less precise": (REPORT, "June 1957", "Ministry of Rivers, file 88.", "elided", "verbatim"),
    "no entry of that name": (
        *("The whole story", "Jun 9, 1957", "Velm City Archive, box 4."),
        *("verbatim", "verbatim"),
    ),
}


@pytest.mark.parametrize("title, day, kept, dated, sourced", ENTRIES.values(), ids=ENTRIES)
def test_an_entry_has_a_date_and_a_source_of_its_own(title, day, kept, dated, sourced):
    found = fields(ENTRY.format(title, day, kept, BOOK), {BOOK: BELOW})
    assert {("date", dated), ("source", sourced)} <= found
    assert len(found) == 3


@pytest.mark.parametrize(
    "day, verdict", [("Jun 9, 1957", "verbatim"), ("Mar 3, 1957", "altered")], ids=str
)
def test_a_date_below_an_entrys_title_needs_no_label(day, verdict):
    copied = f"{REPORT}\n{day}\nThe barge was found upside down.\n\n{BOOK}"
    assert ("date", verdict) in fields(copied, {BOOK: BELOW})


@pytest.mark.parametrize("title, day", [(LETTER, "Mar 3, 1957"), (REPORT, "Jun 9, 1957")])
def test_dates_that_stand_above_their_titles_accuse_nobody(title, day):
    found = fields(ENTRY.format(title, day, "Six barges were lost", BOOK), {BOOK: ABOVE})
    assert ("date", "verbatim") in found


def document(title: str, date: str) -> str:
    return (
        f"<!DOCTYPE html><html><body><main><article><h1>{title}</h1>"
        f'<div class="field field--name-field-date"><div class="field__label">Date</div>'
        f'<div class="field__item"><time datetime="">{date}</time></div></div></article></main></body></html>'
    )


def test_a_date_of_the_other_page_cited_does_not_pass_for_its_own():
    """Two copied documents whose dates were exchanged; neither has a description."""
    pages = {PAGE: document(LETTER, "Mar 3, 1957"), OTHER: document(REPORT, "Jun 9, 1957")}
    exchanged = "Title: {}\nDate: {}\n{}\n\nTitle: {}\nDate: {}\n{}".format(
        *(LETTER, "Jun 9, 1957", PAGE), *(REPORT, "Mar 3, 1957", OTHER)
    )
    assert fields(exchanged, pages) == {("title", "verbatim"), ("date", "altered")}
    as_they_are = exchanged.replace("Jun 9", "x").replace("Mar 3", "Jun 9").replace("x", "Mar 3")
    assert fields(as_they_are, pages) == {("title", "verbatim"), ("date", "verbatim")}
