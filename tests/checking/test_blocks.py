"""Fields copied together are asked of the page their description stands on."""

import pytest

from flows.checking import CitingPost, Shelf, check_post, search
from flows.citations import find_claims, find_links
from flows.records import FieldName, Post
from tests.checking.readings import OTHER, PAGE, field, page

QUAYS = (
    "The engineers report that the quays have sunk by a hand's breadth since the winter, and that "
    "no crane may be set upon them."
)
STORM = (
    "The consul describes the storm that threw three barges over the mole, and lists the houses "
    "that stood under water in the morning."
)


def _read(url: str, date: str, description: str, source: str):
    text = f"A report\nDate\n{date}\nDescription\n{description}\nSource\n{source}"
    fields = (field(FieldName.DATE, date, text), field(FieldName.SOURCE, source, text))
    return page(url, text, fields=fields)


READINGS = {
    PAGE: _read(PAGE, "Mar 9, 1961", QUAYS, "Harbor Office, Box 4"),
    OTHER: _read(OTHER, "Nov 30, 1960", STORM, "Consular Files, Box 11"),
}
TWO = (
    "Date: {}\nDescription: {}\nSource: {}\n"
    + PAGE
    + "\n\nDate: {}\nDescription: {}\nSource: {}\n"
    + OTHER
)
RIGHT = (
    "Mar 9, 1961",
    QUAYS,
    "Harbor Office, Box 4",
    "Nov 30, 1960",
    STORM,
    "Consular Files, Box 11",
)

SWAPPED = {
    "nothing": ((0, 1, 2, 3, 4, 5), []),
    "the dates": ((3, 1, 2, 0, 4, 5), ["date", "date"]),
    "the sources": ((0, 1, 5, 3, 4, 2), ["source", "source"]),
    "the links, that is everything": ((3, 4, 5, 0, 1, 2), []),
}


@pytest.mark.parametrize("order, altered", SWAPPED.values(), ids=SWAPPED)
def test_what_stands_on_the_other_page_is_no_field_of_this_one(order, altered):
    """A date of one document beneath the words of another is a wrong date."""
    text = TWO.format(*(RIGHT[place] for place in order))
    links = find_links(text)
    shelf = Shelf(READINGS.get, lambda _: ())
    post = CitingPost(
        post=Post(id="1", text=text), links=tuple(links), claims=tuple(find_claims(text, links))
    )
    checks = check_post(post, shelf, search(shelf, lambda _: [])).checks
    assert [str(check.field) for check in checks if check.verdict == "altered"] == altered
    assert len(checks) == 6
