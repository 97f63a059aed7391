"""No body makes reading fail, none is silently empty, and none takes long."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.pages import read_page, unusable_reason
from flows.records import Layer

DOCUMENT = "https://nsarchive.gwu.edu/document/90001-x"
URLS = [
    DOCUMENT,
    "https://nsarchive.gwu.edu/media/90001/ocr",
    "https://nsarchive.gwu.edu/briefing-book/a/2020-01-01/b",
    "https://nsarchive2.gwu.edu/NSAEBB/NSAEBB1/index.htm",
    "https://nsarchive.gwu.edu/news/x",
    "",
    "http://[",
    "not an address",
]
TYPES = [
    "text/html",
    "text/html; charset=utf-8",
    "text/plain",
    "application/pdf",
    "application/xhtml+xml",
    "image/png",
    "",
    ";;;",
    "text/html; charset=\x00",
]


def check(body: bytes, url: str, content_type: str) -> None:
    page = read_page(body, url=url, content_type=content_type)
    reason = unusable_reason(body, url=url, content_type=content_type)
    has_words = any(character.isalnum() for character in page.text)
    assert has_words or page.problem or page.frame_urls
    assert reason is None or page.problem == reason
    for found in page.fields:
        assert page.text[found.start : found.end] == found.value
        assert found.value == found.value.strip() != ""
    for posting in page.postings:
        assert posting.title in page.text[posting.start : posting.end]
    for address in (*page.file_urls, *page.frame_urls, page.ocr_url):
        assert address is None or address.startswith(("http://", "https://"))


@settings(max_examples=120, deadline=None)
@given(st.binary(max_size=600), st.sampled_from(URLS), st.sampled_from(TYPES))
def test_any_bytes_can_be_read(body, url, content_type):
    check(body, url, content_type)


TAGS = st.sampled_from(
    [
        "<html>", "<head>", "<title>T", "</title>", "<body class=front>", "<main>", "<article>", "<h1>", "</h1>", "<h2>Date</h2>",
        "<h2>", "Source", "Description:", "Document published in following posting(s):", "<a href=/x>", "<a href=http://[>", "</a>",
        "Nov 28, 1994", "<time datetime=x>", "</time>", "<div class=field--name-field-date>", "<div class=field__label>", "<div class='field--name-field-postings'>",
        "</div>", "</div>", "<frameset>", "<frame src=a>", "<base href='http://['>", "<meta http-equiv=refresh content=0;url=x>", "<input type=password>",
        "<p>", "words ", "\x00", "\ud7ff", "<nav>", "<script>", "<pre>", "<svg>", "<table><tr><td>", "<dt>", "<dd>", "<b>Date</b>", "<![CDATA[", "]]>", "<?xml ?>", "</", "<", '<a b="',
    ]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(TAGS, max_size=50), st.sampled_from(URLS))
def test_any_soup_of_tags_can_be_read(tags, url):
    check("".join(tags).encode("utf-8", "replace"), url, "text/html; charset=utf-8")


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300), st.integers(0, 8))
def test_a_broken_pdf_is_a_finding(rest, version):
    check(b"%%PDF-1.%d\n" % version + rest, URLS[0], "application/pdf")


P = "<p>The engineer writes about the <em>harbour</em> and its &amp; cranes.</p>\n"

#: Each must be read within two seconds on a slow core.
HOSTILE = {
    "five megabytes of paragraphs": P * (5_000_000 // len(P)),
    "five megabytes in one word": "a" * 5_000_000,
    "five megabytes of blanks": "a" + " " * 5_000_000 + "b",
    "ten thousand nested divisions": "<div>" * 10_000 + "deep" + "</div>" * 10_000,
    "a hundred thousand nested classes": "<div class=x>" * 100_000 + "deep",
    "nested inline tags": "<b><i>" * 50_000 + "deep",
    "nested tables": "<table><tr><td>" * 5_000 + "deep",
    "nested lists of labels": "<dl><dt>Date<dd>" * 5_000 + "deep",
    "only less-than signs": "a" + "<" * 500_000,
    "only quotation marks in a tag": "a<p " + "\"'" * 200_000,
    "unclosed attributes": "a" + '<a href="' * 50_000,
    "unclosed comments": "a" + "<!--" * 100_000,
    "unclosed scripts": "a" + "<script>" * 50_000,
    "unclosed script tags": "a" + "<script " * 50_000,
    "ampersands": "a" + "&" * 500_000,
    "open entities": "a" + "&#" * 200_000,
    "labels": "<h1>T</h1>" + "<h2>Date</h2><p>Nov 28, 1994</p>" * 5_000,
    "label lines": "<h1>T</h1>" + "<p>Source</p><p>x</p>" * 20_000,
    "fields": "<h1>T</h1>" + "<div class=field--name-field-date>Nov 28, 1994</div>" * 5_000,
    "fields in fields": "<div class=field--name-field-date>" * 5_000 + "Nov 28, 1994",
    "postings": "<p>Document published in following posting(s):</p>" + "<a href=/x>A title</a> Nov 24, 2021<br>" * 5_000,
    "dates": "<p>Document published in following posting(s):</p>" + "Nov 24, 2021 " * 20_000,
    "almost dates": "<p>Document published in following posting(s):</p>" + "Nov " * 50_000,
    "links": "<h1>T</h1>" + "<a href=/sites/default/files/a.pdf>x</a>" * 20_000,
    "headings": "<h1>a</h1>" * 20_000,
    "times": "<main>" + "<time datetime=1994-11-28>Nov 28, 1994</time> " * 10_000,
    "colons": "a: " * 200_000,
    "XML declarations": "<?xml " * 50_000 + "a",
    "self-closed scripts": '<?xml version="1.0"?>' + "<script/>" * 50_000 + "a",
    "self-closed scripts that are not": '<?xml version="1.0"?>' + "<script " * 50_000 + "a",
    "openings of sentences": "<h1>T</h1>" + ". " * 150 + "the requested url " * 40,
}  # fmt: skip


@pytest.mark.alone
@pytest.mark.parametrize("markup", HOSTILE.values(), ids=HOSTILE)
def test_no_page_takes_long(markup):
    """Ten times as much takes ten times as long, give or take, and a few seconds at most.

    A quadratic step takes a hundred times as long.
    """
    body = markup.encode()
    few, _ = seconds_for(body[: len(body) // 10])
    many, page = seconds_for(body)
    assert many < min(10, 30 * few + 0.5)
    assert page.text or page.problem


def seconds_for(body):
    """Return the processor time that reading *body* takes, and the page."""
    started = time.process_time()
    page = read_page(body, url=DOCUMENT, content_type="text/html; charset=utf-8")
    return time.process_time() - started, page


BRIEFING_BOOK = {name: HOSTILE[name] for name in ("labels", "headings", "dates", "links", "times")}


@pytest.mark.alone
@pytest.mark.parametrize("markup", BRIEFING_BOOK.values(), ids=BRIEFING_BOOK)
def test_no_briefing_book_takes_long(markup):
    started = time.process_time()
    page = read_page(markup.encode(), url=URLS[2], content_type="text/html; charset=utf-8")
    assert time.process_time() - started < 4.0
    assert page.text


def test_deep_nesting_loses_no_words():
    body = b"<div>" * 10_000 + b"deep words" + b"</div>" * 10_000 + b"<p>and after"
    page = read_page(body, url=DOCUMENT, content_type="text/html")
    assert page.text.split() == ["deep", "words", "and", "after"]


def test_deep_data_is_data():
    page = read_page(b"[" * 200_000 + b"]" * 200_000, url=DOCUMENT, content_type="")
    assert page.problem is not None


EMPTY = [b"", b" \r\n", b"\x00\x00", b"<html></html>", b"\xef\xbb\xbf", b"<!-- nothing -->", b"---"]


@pytest.mark.parametrize("body", EMPTY)
@pytest.mark.parametrize("url", URLS)
def test_what_has_no_words_says_so(body, url):
    page = read_page(body, url=url, content_type="text/html")
    assert page.problem
    assert unusable_reason(body, url=url, content_type="text/html") == page.problem


def test_the_layer_follows_the_address():
    text = b"U S Department of State"
    assert read_page(text, url=URLS[1], content_type="text/plain").layer is Layer.OCR
    assert read_page(text, url=URLS[0], content_type="text/plain").layer is Layer.PAGE


STRAY_ZEROS = {
    "one in the words": b"<h1>The Quays</h1><p>The har\0bor was closed for the winter.</p>",
    "one in the head": b"<title>The\0 Quays</title><h1>The Quays</h1><p>The harbor was closed for the winter.",
    "one in a tag": b"<h1>The Quays</h1><p class='a\0b'>The harbor was closed for the winter.</p>",
    "padding behind the page": b"<h1>The Quays</h1><p>The harbor was closed for the winter.</p>\0\0",
}


@pytest.mark.parametrize("body", STRAY_ZEROS.values(), ids=STRAY_ZEROS)
def test_stray_zeros_in_a_page_are_left_out_as_browsers_do(body):
    """A damaged byte hides no page, and what comes behind it is read."""
    body = body.ljust(400).replace(b"</h1>", b"</h1>" + b"<p>Further words of the page.</p>" * 12)
    page = read_page(body, url=DOCUMENT, content_type="text/html; charset=utf-8")
    assert page.problem is None
    assert "The harbor was closed for the winter." in page.text
    assert "\0" not in page.text


def test_a_file_with_many_zeros_is_no_page():
    """A program's file that is called a page stays binary data."""
    body = b"<html>" + b"\x00\x01\x02\x00\x00\x00ab" * 200
    page = read_page(body, url=DOCUMENT, content_type="text/html")
    assert page.problem is not None
    assert "binary" in page.problem


def test_a_stray_zero_in_recognised_text_is_left_out():
    """A text page is read as the words around the zero stand."""
    body = b"the fields near the river stood under wa\0ter until June " * 3
    page = read_page(body, url=URLS[1], content_type="text/plain")
    assert page.text.startswith("the fields near the river stood under water until June")
