"""Whatever address of the Archive a redirector encodes, it is found, and let through by its bytes."""

import base64
import json
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.citations import canonical_url, find_links, may_hold_link

PAGES = st.sampled_from(
    [
        "https://nsarchive.gwu.edu/document/27160-doc-06_a",
        "http://www2.gwu.edu/~nsarchiv/NSAEBB/NSAEBB53/index.html",
        "https://unredacted.com/2015/03/10/a-note/",
        "https://assets.documentcloud.org/documents/37/Letter-(1994).pdf",
        "https://nsarchive.gwu.edu/virtual-reading-room?page=2&title=nato",
    ]
)


def hyphenated(page, _):
    """Proofpoint 2: every other character but letters, digits and dots becomes ``-XX``."""
    escaped = "".join(
        letter
        if letter.isalnum() or letter == "."
        else "_"
        if letter == "/"
        else f"-{ord(letter):02X}"
        for letter in page
    )
    return f"https://urldefense.proofpoint.com/v2/url?u={escaped}&d=DwMFaQ&c=x"


def starred(page, _):
    """Proofpoint 3: brackets and tildes are taken out, a run of them with its length."""
    taken = "".join(letter for letter in page if letter in "()~&")
    kept = "".join("*" if letter in "()~&" else letter for letter in page)
    packed = base64.urlsafe_b64encode(taken.encode()).decode().rstrip("=")
    return f"https://urldefense.com/v3/__{kept}__;{packed}!!Ab3!x$"


def packed(page, before):
    """A record that holds the address behind so many bytes, in base64."""
    record = b"\x08\x13\x22\x01\x02\x03\x04"[:before] + page.encode() + b"\xd2\x01\x00"
    return f"https://news.example.com/{base64.urlsafe_b64encode(record).decode().rstrip('=')}?oc=5"


def packed_value(page, before):
    """The address alone, in base64 with escaped padding, behind a mark of a few letters."""
    value = base64.b64encode(page.encode()).decode()
    return f"https://example.com/ck/a?p=1&u={'a1z'[: before % 4]}{quote(value, safe='')}&ntb=1"


def escaped(page, before):
    """Percent signs escaped once more each time."""
    for _ in range(before % 3 + 1):
        page = quote(page, safe="")
    return f"https://example.com/redirect?url={page}&id=1"


@settings(deadline=None)
@given(
    PAGES,
    st.integers(0, 7),
    st.sampled_from([hyphenated, starred, packed, packed_value, escaped]),
    st.sampled_from(["{}", "see {} there", "({})", "<{}>", '"{}"', "a\n{}\nb"]),
)
def test_encoded_address_is_found(page, before, encode, around):
    text = around.format(encode(page, before))
    assert [link.canonical_url for link in find_links(text)] == [canonical_url(page)]
    assert may_hold_link(text.encode())
    assert may_hold_link(json.dumps(text).replace("/", "\\/").encode())


@pytest.mark.parametrize("encode", [hyphenated, starred, packed, packed_value, escaped])
@pytest.mark.parametrize(
    "other",
    [
        "https://nsarchive.gwu.edu.example.com/document/1",
        "https://nsarchive-gwu.edu/document/1",
        "https://example.com/nsarchive.gwu.edu/document/1",
        "https://user:nsarchive.gwu.edu@example.com/",
    ],
)
def test_encoded_look_alike_is_not_the_archive(encode, other):
    assert find_links(f"see {encode(other, 4)} there") == []


def test_run_that_was_taken_out_is_put_back():
    """``**B`` stands for three characters; what follows the run is the next of what was taken."""
    taken = base64.urlsafe_b64encode(b"((((").decode().rstrip("=")
    [link] = find_links(
        f"https://urldefense.com/v3/__https://nsarchive2.gwu.edu/x/a**Bb*c.pdf__;{taken}!!Ab3!x$"
    )
    assert link.canonical_url == canonical_url("https://nsarchive2.gwu.edu/x/a(((b(c.pdf")
