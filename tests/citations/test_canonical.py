"""Canonical addresses are keys of the cache: once written, they never change."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.citations import (
    canonical_url,
    capture_time,
    companions,
    find_links,
    link_kind,
    page_of,
)
from flows.records import LinkKind

LETTER = "https://nsarchive.gwu.edu/document/27160-doc-06-clinton-letter-yeltsin"

GOLDEN = {
    LETTER: [
        LETTER,
        "http://nsarchive.gwu.edu/document/27160-doc-06-clinton-letter-yeltsin",
        "nsarchive.gwu.edu/document/27160-doc-06-clinton-letter-yeltsin/",
        "HTTPS://WWW.NSARCHIVE.GWU.EDU/document/27160-doc-06-clinton-letter-yeltsin#top",
        "https://nsarchive.gwu.edu.//document/27160-doc-06-clinton-letter-yeltsin?utm_source=x",
        "hxxps://nsarchive[.]gwu[.]edu/document/27160-doc-06-clinton-letter-yeltsin",
        "https:\\/\\/nsarchive.gwu.edu\\/document\\/27160-doc-06-clinton-letter-yeltsin",
        "https://web.archive.org/web/2022/" + LETTER,
        "https://nsarchive.gwu.edu/document/27160-doc-06-clinton-\nletter-yeltsin",
    ],
    "https://nsarchive.gwu.edu/": ["nsarchive.gwu.edu", "http://nsarchive.gwu.edu/?fbclid=1"],
    "https://nsarchive.gwu.edu/dc.html?doc=4390816-Document-01": [
        "nsarchive.gwu.edu/dc.html?utm_medium=y&doc=4390816-Document-01"
    ],
    "https://nsarchive2.gwu.edu/NSAEBB/NSAEBB435/": [
        "http://nsarchive2.gwu.edu//NSAEBB/NSAEBB435",
        "nsarchive2.gwu.edu/NSAEBB/NSAEBB435/#1",
    ],
    "https://www.gwu.edu/~nsarchiv/NSAEBB/NSAEBB53/": [
        "http://www.gwu.edu/%7Ensarchiv/NSAEBB/NSAEBB53/",
        "gwu.edu/~nsarchiv/NSAEBB/NSAEBB53",
    ],
    "https://nsarchive2.gwu.edu/nukevault/ebb371/Memo%20(Mar.%205,%201974).pdf": [
        "nsarchive2.gwu.edu/nukevault/ebb371/Memo%20%28Mar.%205%2C%201974%29.pdf"
    ],
}

NOTHING_TO_FETCH = {
    "display-truncated": "nsarchive.gwu.edu/briefing-boo…",
    "display-truncated in the middle": "nsarchive.gwu.edu/.../27160",
    "a port of its own": "https://nsarchive.gwu.edu:8080/document/33560",
    "another site": "https://example.com/document/33560",
    "a look-alike": "https://nsarchive.gwu.edu.example.com/document/33560",
    "a user before another host": "https://nsarchive.gwu.edu@example.com/",
    "no address": "the Archive",
    "nothing": "",
}

KINDS = {
    "nsarchive.gwu.edu/document/33560": LinkKind.DOCUMENT,
    "nsarchive.gwu.edu/document/21440-document-44": LinkKind.DOCUMENT,
    "nsarchive.gwu.edu/document": LinkKind.POSTING,
    "nsarchive.gwu.edu/media/27160/ocr": LinkKind.OCR,
    "nsarchive.gwu.edu/media/27160": LinkKind.POSTING,
    "nsarchive.gwu.edu/briefing-book/cuba/2019-02-14/notes": LinkKind.BRIEFING_BOOK,
    "nsarchive.gwu.edu/briefing-book/2019-02-14/notes": LinkKind.BRIEFING_BOOK,
    "nsarchive.gwu.edu/briefing-books": LinkKind.POSTING,
    "nsarchive.gwu.edu/node/3712": LinkKind.POSTING,
    "nsarchive.gwu.edu/news/2021/a": LinkKind.POSTING,
    "nsarchive.gwu.edu/dc.html?doc=1-a": LinkKind.POSTING,
    "nsarchive.gwu.edu": LinkKind.POSTING,
    "nsarchive.gwu.edu/sites/default/files/documents/1/a.pdf": LinkKind.FILE,
    "nsarchive.gwu.edu/x/letter.PDF": LinkKind.FILE,
    "assets.documentcloud.org/documents/1/a.pdf": LinkKind.FILE,
    "nsarchive2.gwu.edu/NSAEBB/NSAEBB19/01-01.PDF": LinkKind.LEGACY,
    "nsarchive.gwu.edu/NSAEBB/NSAEBB19/": LinkKind.LEGACY,
    "nsarchive.gwu.edu/nsa/foia.html": LinkKind.LEGACY,
    "www2.gwu.edu/~nsarchiv/": LinkKind.LEGACY,
    "www.seas.gwu.edu/nsarchive": LinkKind.LEGACY,
    "www.nsarchive.org": LinkKind.LEGACY,
    "unredacted.com/about": LinkKind.POSTING,
    "nsarchive.wordpress.com": LinkKind.POSTING,
    "nsarchive.gwu.edu/briefing-boo…": LinkKind.UNUSABLE,
    "example.com": LinkKind.UNUSABLE,
}


@pytest.mark.parametrize("golden", GOLDEN)
def test_equivalent_spellings_share_one_key(golden):
    assert [canonical_url(written) for written in GOLDEN[golden]] == [golden] * len(GOLDEN[golden])
    assert canonical_url(golden) == golden


@pytest.mark.parametrize("url", NOTHING_TO_FETCH.values(), ids=NOTHING_TO_FETCH)
def test_what_cannot_be_fetched_has_no_key(url):
    assert canonical_url(url) is None


@pytest.mark.parametrize("url", KINDS)
def test_kind_is_told_from_the_shape(url):
    assert link_kind(url) is KINDS[url]


COMPANIONS = {
    LETTER: ("https://nsarchive.gwu.edu/media/27160/ocr",),
    "https://nsarchive.gwu.edu/document/33560": ("https://nsarchive.gwu.edu/media/33560/ocr",),
    "https://nsarchive.gwu.edu/media/27160/ocr": (),
    "https://nsarchive.gwu.edu/news/2021/a": (),
    "https://nsarchive.gwu.edu/NSAEBB/NSAEBB19/": ("https://nsarchive2.gwu.edu/NSAEBB/NSAEBB19/",),
    "https://www.gwu.edu/~nsarchiv/NSAEBB/a.htm": ("https://nsarchive2.gwu.edu/NSAEBB/a.htm",),
    "https://www2.gwu.edu/~nsarchiv/": ("https://nsarchive2.gwu.edu/",),
    "https://nsarchive2.gwu.edu/NSAEBB/NSAEBB19/": (),
}


@pytest.mark.parametrize("url", COMPANIONS)
def test_companions_hold_the_same_words(url):
    assert companions(url) == COMPANIONS[url]


ARCHIVED = "https://web.archive.org/web/20211124010203id_/" + LETTER
#: What a post links to, the time named there, the address of the capture.
CAPTURES = {
    "to the second": (f"https://web.archive.org/web/20211124010203/{LETTER}", ARCHIVED),
    "in another form": (f"web.archive.org/web/20211124010203if_/{LETTER}", ARCHIVED),
    "from another host of it": (
        f"http://wayback.archive.org/web/20211124010203/{LETTER}",
        ARCHIVED,
    ),
    "of a page written otherwise": (
        f"https://web.archive.org/web/20211124010203/{LETTER.replace('https', 'http')}/?ref=x",
        ARCHIVED,
    ),
    "of an older host": (
        "https://web.archive.org/web/20091124010203/http://www.gwu.edu/%7Ensarchiv/a.htm",
        "https://web.archive.org/web/20091124010203id_/https://www.gwu.edu/~nsarchiv/a.htm",
    ),
    "to the month": (
        f"https://web.archive.org/web/202111/{LETTER}",
        f"https://web.archive.org/web/20211101000000id_/{LETTER}",
    ),
    "in another archive": (
        f"https://archive.ph/2021.11.24-010203/{LETTER}",
        f"https://archive.ph/20211124010203/{LETTER}",
    ),
    "below a path of another archive": (
        f"https://arquivo.pt/wayback/20211124010203/{LETTER}",
        f"https://arquivo.pt/wayback/20211124010203/{LETTER}",
    ),
    "of no time": (f"https://web.archive.org/web/{LETTER}", None),
    "the list of all": (f"https://web.archive.org/web/2021*/{LETTER}", None),
    "whichever is newest": (f"https://archive.ph/newest/{LETTER}", None),
    "through a redirector": (f"https://href.li/?{LETTER}", None),
    "the page itself": (LETTER, None),
}


@pytest.mark.parametrize("url, capture", CAPTURES.values(), ids=CAPTURES)
def test_a_capture_that_a_link_names_has_one_address_beside_that_of_its_page(url, capture):
    [link] = find_links(f"see {url} there")
    assert link.canonical_url == canonical_url(url)
    assert link.capture_url == capture
    assert page_of(capture or url) == link.canonical_url
    assert (link.capture_wanted is None) == (capture is None)
    assert capture is None or capture_time(capture) == link.capture_wanted


@given(st.text(max_size=300))
def test_canonical_form_is_its_own_canonical_form(text):
    """Any text: no failure, and what comes out goes in unchanged."""
    for url in (text, f"nsarchive.gwu.edu/{text}", f"https://nsarchive2.gwu.edu/{text}?{text}"):
        canonical = canonical_url(url)
        if canonical is not None:
            assert canonical_url(canonical) == canonical
            assert canonical.isascii()
            assert not any(character.isspace() for character in canonical)


@given(st.text(max_size=200), st.sampled_from(["nsarchive.gwu.edu", "gwu.edu/~nsarchiv", LETTER]))
def test_links_are_slices_without_overlap(text, host):
    whole = f"{text}{host}{text} {host}/{text}"
    place = 0
    for link in find_links(whole):
        assert whole[link.start : link.end] == link.url
        assert link.start >= place
        place = link.end
