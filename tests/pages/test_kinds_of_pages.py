"""Each kind of page is read in its own way: briefing books, legacy pages, recognised texts, PDF files."""

import pytest

from flows.pages import read_page, unusable_reason
from flows.records import FieldName, Layer, Page
from tests.pages.pdf_files import pdf

HTML = "text/html"
BRIEFING_BOOK = "https://nsarchive.gwu.edu/briefing-book/harbours/2018-03-16/two-cranes"
LEGACY = "https://nsarchive2.gwu.edu/NSAEBB/NSAEBB900/index.htm"
OCR = "https://nsarchive.gwu.edu/media/90001/ocr"
PDF = "https://nsarchive.gwu.edu/sites/default/files/documents/1/a.pdf"


def read(markup: str, url: str, *, encoding: str = "utf-8") -> Page:
    return read_page(markup.encode(encoding), url=url, content_type=HTML)


def values(page: Page, name: FieldName) -> list[str]:
    for found in page.fields:
        assert page.text[found.start : found.end] == found.value
    return [found.value for found in page.fields if found.name is name]


# ── briefing books ───────────────────────────────────────────────────────────

BOOK = """<title>Two Cranes | National Security Archive</title><main><article>
<p>Records of the harbour</p><h1>Two Cranes and a Clerk</h1><figure><img><figcaption>The quay in spring.</figcaption></figure>
<p>Published: Mar 16, 2018</p><p>Briefing Book #900</p><p>Compiled and edited by A. Reader</p>
<p><b>Washington, D.C., March 16, 2018</b> – The board asked for cranes.<a href="#_edn1"><sup>[1]</sup></a> (Document 8)</p>
<h2>The Documents</h2>
<div><h3>Document 8</h3><h4>Letter on the second crane</h4><p>Nov 28, 1994</p><p>Source: Harbour Board</p><p>The clerk writes that it is late.</p>
<a href="/sites/default/files/documents/8.pdf">Read</a></div>
<h2>Notes</h2><p>[1] Minutes, 2 December 1994.</p></article></main>"""


def test_a_briefing_book_is_read_whole():
    page = read(BOOK, BRIEFING_BOOK)
    for words in (
        "Records of the harbour",
        "The quay in spring.",
        "cranes.[1] (Document 8)",
        "[1] Minutes",
    ):
        assert words in page.text
    assert page.title == "Two Cranes and a Clerk"
    assert page.basis.startswith("briefing book")
    assert page.file_urls == ("https://nsarchive.gwu.edu/sites/default/files/documents/8.pdf",)


def test_its_documents_titles_and_dates_are_fields_the_books_own_first():
    page = read(BOOK, BRIEFING_BOOK)
    titles, dates = values(page, FieldName.TITLE), values(page, FieldName.DATE)
    assert titles[0] == "Two Cranes and a Clerk"
    assert "Letter on the second crane" in titles
    assert dates[0] == "Mar 16, 2018"
    assert {"Nov 28, 1994", "2 December 1994"} <= set(dates)
    assert values(page, FieldName.SOURCE) == ["Harbour Board"]


def test_a_node_is_known_as_a_briefing_book_by_its_number():
    page = read(BOOK, "https://nsarchive.gwu.edu/node/3712")
    assert page.basis.startswith("briefing book")


# ── legacy pages ─────────────────────────────────────────────────────────────

TABLES = """<HTML><HEAD><TITLE>The Harbour Papers</TITLE></HEAD><BODY BGCOLOR=white>
<TABLE><TR><TD WIDTH=100><FONT SIZE=2>Electronic
Briefing Book No. 900</FONT></TD><TD><CENTER><B>The Harbour  Papers,
1962</B></CENTER><P>The engineer’s letter  is “lost”.  It was
typed – twice.<P>Second.</TD></TR></TABLE></BODY></HTML>"""


def test_a_legacy_page_keeps_its_words_through_tables_and_hard_wraps():
    page = read(TABLES, LEGACY, encoding="windows-1252")
    assert "Electronic Briefing Book No. 900" in page.text
    assert "The Harbour Papers, 1962" in page.text
    assert "The engineer’s letter is “lost”. It was typed – twice.\n\nSecond." in page.text
    assert page.title == "The Harbour Papers"
    assert page.basis.startswith("legacy page")


def test_a_frame_set_names_its_frames_and_is_incomplete_not_unusable():
    markup = (
        '<title>Papers</title><frameset cols="20%,*"><frame src="menu.htm"><frame src="/x/main.htm#a">'
        "<frame src='javascript:x()'></frameset><noframes>Your browser shows no frames.</noframes>"
    )
    page = read(markup, LEGACY)
    assert page.frame_urls == (
        "https://nsarchive2.gwu.edu/NSAEBB/NSAEBB900/menu.htm",
        "https://nsarchive2.gwu.edu/x/main.htm",
    )
    assert page.problem is None
    assert page.incomplete is not None
    assert unusable_reason(markup.encode(), url=LEGACY, content_type=HTML) is None


def test_a_frame_set_without_frames_has_no_words():
    page = read("<frameset></frameset>", LEGACY)
    assert page.problem is not None


def test_what_the_wayback_machine_adds_is_no_part_of_the_page():
    page = read('<body><div id="wm-ipp-base"><p>42 captures</p></div><p>Its own words.</p>', LEGACY)
    assert page.text == "Its own words."


# ── recognised text ──────────────────────────────────────────────────────────

RECOGNISED = (
    "UNCLASSIFIED U S Department of State tbe crane  bas been £ WASH INGTON forinternational"
)


@pytest.mark.parametrize(
    "body, content_type",
    [
        (RECOGNISED, "text/plain"),
        (f"<html><body><p>{RECOGNISED}</p></body></html>", HTML),
        (f"<pre>{RECOGNISED}</pre>", HTML),
        (RECOGNISED, HTML),
    ],
    ids=["plain text", "a page", "preformatted", "plain text labelled as a page"],
)
def test_recognised_text_is_kept_word_for_word(body, content_type):
    page = read_page(body.encode(), url=OCR, content_type=content_type)
    assert page.layer is Layer.OCR
    assert page.text.split() == RECOGNISED.split()
    assert page.problem is None


@pytest.mark.parametrize(
    "text", ["<a slip of the pen", "<p 12 of the file", '{"U" S', "[1] U S", "%PDF is not this"]
)
def test_recognised_text_may_begin_with_any_sign(text):
    page = read_page(text.encode(), url=OCR, content_type="text/plain")
    assert page.text == text
    assert page.problem is None


@pytest.mark.parametrize("content_type", ["", HTML])
def test_recognised_text_in_brackets_is_no_data(content_type):
    page = read_page(b'[1] "U S" Department of State', url=OCR, content_type=content_type)
    assert page.text == '[1] "U S" Department of State'
    assert page.problem is None


def test_a_recognised_text_is_not_cut_into_fields():
    page = read("<p>Date</p><p>Nov 28, 1994</p><p>Source</p><p>x</p>", OCR)
    assert page.fields == ()


# ── PDF files ────────────────────────────────────────────────────────────────


def read_pdf(body: bytes, content_type: str = "application/pdf") -> Page:
    return read_page(body, url=PDF, content_type=content_type)


def test_a_pdfs_text_is_read_page_by_page():
    page = read_pdf(pdf("The first page.", "The second page."))
    assert page.layer is Layer.PDF
    assert [text.strip() for text in page.text.split("\f")] == [
        "The first page.",
        "The second page.",
    ]
    assert (page.problem, page.incomplete) == (None, None)
    assert "2 of 2 pages" in page.basis


def test_a_pdf_is_known_by_its_bytes():
    assert read_pdf(pdf("Words."), content_type=HTML).layer is Layer.PDF


def test_a_scan_is_a_source_that_cannot_be_compared():
    body = pdf(None, None)
    page = read_pdf(body)
    assert page.problem is not None
    assert "scan" in page.problem
    assert unusable_reason(body, url=PDF, content_type="application/pdf") is None


def test_a_half_scanned_file_says_which_pages_have_no_text():
    page = read_pdf(pdf("The first page.", None, "The third page.", None))
    assert page.problem is None
    assert page.incomplete == "No text layer on pages 2, 4 of 4."


def test_a_damaged_file_is_no_evidence():
    body = pdf("Words.")[:60]
    assert "damaged" in (read_pdf(body).problem or "")
    assert unusable_reason(body, url=PDF, content_type="application/pdf") is not None


def test_a_file_that_lost_its_table_is_mended_by_the_reader():
    body = pdf("Words that survive.").replace(b"startxref", b"startxxxx")
    assert "Words that survive." in read_pdf(body).text


def test_a_legacy_pages_sources_are_its_documents():
    """Each document's source stands on a line of its own, behind its label."""
    body = (
        "<html><body><table><tr><td><b>The Harbor Papers</b><br>Posted - June 4, 2001<p>"
        "<b>Document 1</b><br>Report on the quays<br>Source: Harbor Office, Box 4<p>The quays have "
        "sunk.<p><b>Document 2</b><br>Letter from the consul<br>Source: Consular Files, Box 11<p>"
        "Three barges were thrown over the mole.</td></tr></table></body></html>"
    )
    page = read_page(body.encode("cp1252"), url=LEGACY, content_type="text/html")
    sources = [found.value for found in page.fields if found.name is FieldName.SOURCE]
    assert sources == ["Harbor Office, Box 4", "Consular Files, Box 11"]
