"""Answers in no known words that are not, or not wholly, what their address names."""

import pytest

from flows.pages import read_page, unusable_reason

HARBOR = "https://nsarchive.gwu.edu/news/2020-01-01/dredging-quarrel"
NUMBER = "https://nsarchive.gwu.edu/node/3712"

UNFORESEEN_WALLS = {
    "a wall in new words": "<h1>A moment of your time</h1><p>Something in your network made us doubt "
    "that you are a person. Copy the letters from the picture to go on.</p>",
    "maintenance in new words": "<h1>Back on Monday</h1><p>We are moving our machines; until then "
    "many pages of this site are offline.</p>",
    "a missing page in new words": "<h1>Nothing lives here</h1><p>We have looked, and what you asked "
    "for has gone. Perhaps the search box helps you.</p>",
    "a program's fault": "<b>Notice</b>: Undefined index in <b>/srv/www/start.php</b>: database error, "
    "no memory left on this host for it",
    "a hotel's door": "<h1>Welcome, guest</h1><p>Accept the terms of our wi-fi to use the internet "
    "while you stay with us.</p>",
    "a closed account": "<p>This account is closed. Ask your hosting company, or its support.</p>",
}


@pytest.mark.parametrize("markup", UNFORESEEN_WALLS.values(), ids=UNFORESEEN_WALLS)
def test_a_page_that_speaks_to_its_visitor_of_something_else_is_no_source(markup):
    body = f"<!DOCTYPE html><html><body>{markup}</body></html>".encode()
    why = unusable_reason(body, url=HARBOR, content_type="text/html")
    assert why is not None
    assert why.endswith("it is not the source.")


def test_what_a_page_of_hardly_a_word_lacks_is_not_missing_from_the_source():
    body = b"<!DOCTYPE html><html><body><p>ok</p></body></html>"
    page = read_page(body, url=HARBOR, content_type="text/html")
    assert page.incomplete is not None
    assert page.problem is None, "its words may be the source's all the same"


SHORT_SOURCES = {
    "a page that names what its address names": (
        HARBOR,
        "<h1>The dredging quarrel</h1><p>Please see our site if you want the whole page.</p>",
    ),
    "a short news item without the address's words": (
        HARBOR,
        "<h1>A ditch too deep</h1><p>The minister swore that the harbor would be dug by June.</p>",
    ),
    "a letter that says you and we": (
        NUMBER,
        "<h1>Letter</h1><p>We shall send you the maps before our ships come.</p>",
    ),
    "a long page": (
        HARBOR,
        "<h1>Notice</h1><p>" + "We tell you that our server and your browser met the page. " * 30,
    ),
}


@pytest.mark.parametrize("url, markup", SHORT_SOURCES.values(), ids=SHORT_SOURCES)
def test_a_short_page_is_the_source_where_nothing_speaks_against_it(url, markup):
    body = f"<!DOCTYPE html><html><body>{markup}</body></html>".encode()
    page = read_page(body, url=url, content_type="text/html")
    assert (page.incomplete, page.problem) == (None, None)


WHOLE = (
    "<!DOCTYPE html><html><body><main><article><h1>The dredging quarrel</h1>"
    "<p>The minister spoke of June.</p></article></main></body></html>"
)


@pytest.mark.parametrize("end", ["spoke of", "spoke of June.</p>", "</article>"])
def test_a_page_that_the_site_broke_off_is_read_in_part(end):
    body = WHOLE[: WHOLE.index(end) + len(end)].encode()
    page = read_page(body, url=HARBOR, content_type="text/html")
    assert page.incomplete == "The page breaks off before its end."


NEVER_CLOSED = {
    "whole": WHOLE,
    "an old page whose author closed nothing": "<HTML><BODY><TABLE><TR><TD><P>The dredging quarrel.",
    "a piece of a page": "<article><p>The minister spoke of the dredging quarrel.",
}


@pytest.mark.parametrize("markup", NEVER_CLOSED.values(), ids=NEVER_CLOSED)
def test_a_page_is_whole_where_nothing_shows_that_it_broke_off(markup):
    page = read_page(markup.encode(), url=HARBOR, content_type="text/html")
    assert page.incomplete is None
