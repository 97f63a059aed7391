"""Text made to be slow: a tenth of a megabyte of it takes well under a second or two."""

import time

import pytest

from flows.citations import canonical_url, find_claims, find_links

SIZE = 100_000

#: Of processor time. Linear code needs a few tenths of one on a slow machine; a quadratic
#: step needs minutes.
LIMIT_SECONDS = 5.0

HOSTILE = {
    "angles": "<",
    "straight marks": '"',
    "opening marks": "“",
    "single marks": "'a ",
    "pairs of marks": '"a b" ',
    "half a scheme": "http",
    "schemes": "https://",
    "roots": "nsarchive ",
    "universities": "gwu.edu/",
    "hosts": "nsarchive.gwu.edu ",
    "hosts without blanks": "nsarchive.gwu.edu",
    "labels of links": "[https://nsarchive.gwu.edu/a]",
    "links": "https://nsarchive.gwu.edu/document/1-a ",
    "links broken over lines": "nsarchive.gwu.edu/a-\n",
    "links to others": "https://example.com/a ",
    "open anchors": '<a href="nsarchive.gwu.edu ',
    "open brackets": "nsarchive.gwu.edu/(",
    "dots": "nsarchive.gwu.edu/...",
    "spelt dots": "nsarchive dot gwu dot ",
    "entities": "&#",
    "greater": ">",
    "quoted lines": "> a\n",
    "labels": "Date: 1990\n",
    "labels alone": "Date\n",
    "labels and links": "Date\nnsarchive.gwu.edu/a\n",
    "attributes": '<a title="x" ',
    "marks in marks": '“"',
    "attributions": "a.” — Bo ",
    "relatives": "my uncle said ",
    "blocks": "Description\n\nfoo\n\n",
    "reply marks": ">>1 ",
    "reply marks to boards": ">>>/a/1 ",
    "reply marks to the first post": ">>1 (OP) ",
    "slashes of boards": ">>/",
    "blanks": " ",
    "empty lines": "\n",
    "leads": "the memo says ",
    "open quotations": "“a \n\n",
    "www": "www.",
    "encoded schemes": "aHR0c",
    "encoded schemes behind a slash": "https://a.example/aHR0c",
    "hyphens for escapes": "nsarchive.gwu.edu-3A__",
    "starred addresses": "a.example/v3/__https://nsarchive.gwu.edu",
    "translated hosts": "nsarchive.translate.goog",
    "percent signs": "%25",
    "escaped hosts": "%2Fnsarchive.gwu.edu",
    "zero-width blanks": "\u200b",
}


@pytest.mark.parametrize("unit", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("tail", ["", " x"], ids=["", "and a word"])
def test_time_is_linear(unit, tail):
    """A word behind it all makes patterns that almost matched try every other way."""
    text = unit * (SIZE // len(unit)) + tail
    before = time.process_time()
    links = find_links(text)
    find_claims(text, links)
    canonical_url(f"https://nsarchive.gwu.edu/{text}")
    assert time.process_time() - before < LIMIT_SECONDS
    assert all(text[link.start : link.end] == link.url for link in links)
