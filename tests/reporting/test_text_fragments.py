"""Links that open at the words."""

from dataclasses import replace

import pytest

from flows.records import Layer, Match
from flows.reporting import text_fragment
from flows.reporting.fragments import with_links

PAGE = "https://nsarchive.gwu.edu/document/1"
LONG = "Alpha beta gamma delta epsilon zeta eta theta. " * 8 + "The very last words stand here"


def _match(exact, prefix="", suffix=""):
    return Match(start=100, end=100 + len(exact), exact=exact, prefix=prefix, suffix=suffix)


FRAGMENTS = {
    "words long enough to stand alone": (
        [_match("the northern pier will be repaired before the frost", "and ", " comes")],
        "text=the%20northern%20pier%20will%20be%20repaired%20before%20the%20frost",
    ),
    "few words take their neighbours along": (
        [_match("9 pilots", "of the 14 and then ", " who had left the service")],
        "text=the%2014%20and%20then-,9%20pilots,-who%20had%20left%20the",
    ),
    "the syntax's own characters are encoded": (
        [_match("salt-and-pepper, bread & butter on the captain's table")],
        "text=salt%2Dand%2Dpepper%2C%20bread%20%26%20butter%20on%20the%20captain%27s%20table",
    ),
    "a long passage is given by its ends": (
        [_match(LONG)],
        (
            "text=Alpha%20beta%20gamma%20delta%20epsilon%20zeta,"
            "The%20very%20last%20words%20stand%20here"
        ),
    ),
    "a passage over a line break is given by its ends": (
        [_match("One two three\n\nfour five six")],
        "text=One%20two%20three,four%20five%20six",
    ),
    "a word cut in the middle is made whole": (
        [_match("ministers agreed on the tariffs at the roun", "the prime", "dtable")],
        "text=primeministers%20agreed%20on%20the%20tariffs%20at%20the%20roundtable",
    ),
    "neighbours in another line are left alone": (
        [_match("9 pilots", "Label\n", "\nNext label")],
        "text=9%20pilots",
    ),
    "every place of an elided passage is shown": (
        [_match("One two three\nfour"), _match("five\nsix")],
        "text=One%20two%20three,four&text=five,six",
    ),
}


@pytest.mark.parametrize("matches, wanted", FRAGMENTS.values(), ids=FRAGMENTS)
def test_a_fragment_names_the_words(matches, wanted):
    """As the WICG draft spells it."""
    assert text_fragment(PAGE, *matches) == f"{PAGE}#:~:{wanted}"


ADDRESSES = {
    "without a fragment": (PAGE, f"{PAGE}#:~:text="),
    "with a fragment of its own": (f"{PAGE}#notes", f"{PAGE}#notes:~:text="),
    "with a directive already": (f"{PAGE}#notes:~:text=old", f"{PAGE}#notes:~:text="),
}


@pytest.mark.parametrize("url, start", ADDRESSES.values(), ids=ADDRESSES)
def test_the_address_itself_stays(url, start):
    """Only an older directive is replaced."""
    assert text_fragment(url, _match("words")) == f"{start}words"


def test_without_a_place_the_address_is_plain():
    """There is nothing to point at."""
    assert text_fragment(PAGE) == PAGE


def test_links_are_filled_in_where_there_is_a_place(sample):
    """A link that checking gave is kept; a PDF or a missing place gets none."""
    given = sample.posts[0].checks[0]
    post = replace(sample.posts[0], checks=(replace(given, link="https://kept.example/"), given))
    kept, filled = with_links(replace(sample, posts=(post,))).posts[0].checks
    assert kept.link == "https://kept.example/"
    assert filled.link.startswith(f"{given.source.url}#:~:text=")
    for post in with_links(sample).posts:
        for check in post.checks:
            has_place = check.matches and check.source and check.source.layer is not Layer.PDF
            assert bool(check.link) == bool(has_place)


def test_only_web_addresses_get_a_link(hostile):
    """A javascript: address never becomes one."""
    assert with_links(hostile).posts[-1].checks[0].link is None
