"""Lines without a label: the page's own title and date, or the poster's headline."""

import pytest

from flows.checking import CitingPost, Shelf, check_post, search
from flows.citations import find_claims, find_links
from flows.records import FieldName, Post
from tests.checking.readings import PAGE, field, page, posting

TITLE = "Memorandum on the Closed Quays of the Northern Harbor"
DAY = "Mar 9, 1961"
SOURCE = "National Archives, Record Group 84, Post Files, Box 7"
WORDS = (
    "The engineers report that the quays have sunk by a hand's breadth since the winter, and that "
    "no crane may be set upon them before the autumn."
)
LISTED = "Cranes and Quays – The Harbor Papers"
TEXT = (
    f"{TITLE}\nDate\n{DAY}\nDescription\n{WORDS}\nSource\n{SOURCE}\nDocument published in "
    f"following posting(s):\n{LISTED}\nJun 4, 2019"
)
READ = page(
    PAGE,
    TEXT,
    fields=(
        field(FieldName.TITLE, TITLE, TEXT, found_by="structure"),
        field(FieldName.DATE, DAY, TEXT),
        field(FieldName.SOURCE, SOURCE, TEXT),
    ),
    postings=(posting(LISTED, "Jun 4, 2019", TEXT),),
)


def found(text: str) -> dict[str, str]:
    """Return the verdict on each field that was found in a post, by its name."""
    links = find_links(text)
    shelf = Shelf({PAGE: READ}.get, lambda _: ())
    post = CitingPost(
        post=Post(id="1", text=text), links=tuple(links), claims=tuple(find_claims(text, links))
    )
    checks = check_post(post, shelf, search(shelf, lambda _: [])).checks
    for check in checks:
        assert text[check.start : check.end] == check.exact
        for match in check.matches:
            assert TEXT[match.start : match.end] == match.exact
    assert [check.start for check in checks] == sorted(check.start for check in checks)
    spans = [(check.start, check.end) for check in checks]
    assert len(set(spans)) == len(spans), "one finding on the same words is enough"
    return {str(check.field): str(check.verdict) for check in checks if check.field is not None}


CASES = {
    "title, date, words": (
        f"{TITLE}\n{DAY}\n\n{WORDS}\n\n{PAGE}",
        {"title": "verbatim", "date": "verbatim"},
    ),
    "date, title": (
        f"9 March 1961\n{TITLE}\n\n{WORDS}\n\n{PAGE}",
        {"title": "verbatim", "date": "typographic"},
    ),
    "the link first, lines far apart": (
        f"{PAGE}\n\n{TITLE}\n\n{DAY}\n\n{WORDS}",
        {"title": "verbatim", "date": "verbatim"},
    ),
    "in bold and capitals": (
        f"**{TITLE.upper()}**\n{DAY}\n\n{WORDS}\n\n{PAGE}",
        {"title": "typographic", "date": "verbatim"},
    ),
    "on one line": (
        f"{TITLE} ({DAY})\n\n{WORDS}\n\n{PAGE}",
        {"title": "verbatim", "date": "verbatim"},
    ),
    "greentext": (f">{TITLE}\n>{DAY}\n{PAGE}", {"title": "verbatim", "date": "verbatim"}),
    "the month alone": (
        f"{TITLE}\nMarch 1961\n\n{WORDS}\n\n{PAGE}",
        {"title": "verbatim", "date": "elided"},
    ),
    "another day below the title": (
        f"{TITLE}\nMar 8, 1961\n\n{WORDS}\n\n{PAGE}",
        {"title": "verbatim", "date": "altered"},
    ),
    "the title above labels": (
        f"{TITLE}\n\nDate\n\n{DAY}\n\nSource\n\n{SOURCE}\n\n{PAGE}",
        {"title": "verbatim", "date": "verbatim", "source": "verbatim"},
    ),
    "source and posting below": (
        f"{TITLE}\n{DAY}\n\n{WORDS}\n\nNARA, RG 84, Post Files, Box 7\n\n{LISTED}\nJun 4, 2019\n{PAGE}",
        {
            "title": "verbatim",
            "date": "verbatim",
            "source": "typographic",
            "posting": "verbatim",
        },
    ),
    "a posting with another date": (
        f"{WORDS}\n\n{LISTED}\nJun 5, 2019\n{PAGE}",
        {"posting": "altered"},
    ),
    "one word of the title changed, beside copied words": (
        f"{TITLE.replace('Closed', 'Open')}\n\n{WORDS}\n\n{PAGE}",
        {"title": "altered"},
    ),
    "a word put into the title, beside copied words": (
        f"{TITLE.replace('Closed', 'Never Closed')}\n\n{WORDS}\n\n{PAGE}",
        {"title": "altered"},
    ),
    "another number in the source, beside copied words": (
        f"{WORDS}\n\n{SOURCE.replace('84', '48')}\n\n{PAGE}",
        {"source": "altered"},
    ),
}


@pytest.mark.parametrize("text, fields", CASES.values(), ids=CASES)
def test_a_line_that_is_the_pages_field_is_compared_with_it(text, fields):
    """Without a label, the page itself shows what a line is."""
    assert found(text) == fields


OWN = {
    "a headline": f"The harbor was closed and nobody said so\n\n{WORDS}\n\n{PAGE}",
    "a headline in the title's words": f"Memorandum on the Quays\n\n{WORDS}\n\n{PAGE}",
    "the title retold": f"Quays of the Northern Harbor: Closed!\n\n{WORDS}\n\n{PAGE}",
    "nearly the title, and nothing copied": (
        f"{TITLE.replace('Closed', 'Open')}\n\nread it for yourselves\n\n{PAGE}"
    ),
    "a date of the poster's": f"March 1, 2025\n\n{WORDS}\n\n{PAGE}",
    "a headline and a date of the poster's": f"Harbor news\nMarch 1, 2025\n\n{WORDS}\n\n{PAGE}",
    "a date beneath the words": f"{WORDS}\n\nMarch 1, 2025\n\n{PAGE}",
}


@pytest.mark.parametrize("text", OWN.values(), ids=OWN)
def test_the_posters_own_lines_are_no_fields(text):
    """What only resembles the title, and dates that stand by themselves, are nobody's claim."""
    assert found(text) == {}


MORE_OWN = {
    "a word of the poster's before the title": f"BREAKING: {TITLE}\n\n{WORDS}\n\n{PAGE}",
    "a number before the title": f"Document 2 – {TITLE}\n\n{WORDS}\n\n{PAGE}",
    "a word behind the title": f"{TITLE} - unbelievable\n\n{WORDS}\n\n{PAGE}",
}


@pytest.mark.parametrize("text", MORE_OWN.values(), ids=MORE_OWN)
def test_a_title_with_words_of_the_posters_around_it_is_the_title(text):
    """What stands around it is the poster's and no part of the title."""
    assert found(text) == {"title": "verbatim"}


def test_a_label_before_a_lone_line_is_no_part_of_it():
    """One label makes no block of fields, yet it is a label."""
    assert found(f"{WORDS}\n\nSource: {SOURCE}\n\n{PAGE}") == {"source": "verbatim"}


def test_a_changed_passage_shows_as_well_that_a_post_copies_a_page():
    """Whoever changes words and title together is not let off with one of them."""
    text = f"{TITLE.replace('Closed', 'Open')}\n\n{WORDS.replace('autumn', 'summer')}\n\n{PAGE}"
    assert found(text) == {"title": "altered"}


DATED = "Minutes of the Harbor Board, March 9, 1961"


@pytest.mark.parametrize(
    "line, verdict", [(DATED, "verbatim"), (DATED.replace("9", "8", 1), "altered")]
)
def test_a_date_in_a_title_is_part_of_it(line, verdict, monkeypatch):
    """A title that ends in a date is one field, whole or changed."""
    text = f"{DATED}\nDescription\n{WORDS}"
    read = page(PAGE, text, fields=(field(FieldName.TITLE, DATED, text, found_by="structure"),))
    monkeypatch.setattr(f"{__name__}.READ", read)
    monkeypatch.setattr(f"{__name__}.TEXT", text)
    assert found(f"{line}\n\n{WORDS}\n\n{PAGE}") == {"title": verdict}
