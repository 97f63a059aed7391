"""A post that quotes a scanned document: the real command, with Tesseract and without."""

import pytest

from flows.demo.server import Answer
from flows.pipeline.recognising import engine
from tests.end_to_end.desk import GRAIN, GRAIN_OCR, document_page
from tests.pages.pdf_files import scanned

FILE = "https://nsarchive.gwu.edu/sites/default/files/documents/41001/grain-cable.pdf"
WORDS = (
    "The mills by the river have been closed since April, and\n"
    "no miller would say to whom the last wagons were sold."
)
POST = (
    "Anonymous ID:\u00a0 4f20aa March 3, 2025, 9:05 a.m. No.30000001 \u00a0\n\n"
    "The cable says: “{words}”\n\n{url}\n"
)


@pytest.fixture
def scan(desk):
    """The site serves the cable's page with a scanned file, and no recognised text."""
    link = f'<div class="field field--name-field-media-file"><a href="{FILE}">File</a></div></main>'
    desk.site.set(GRAIN, document_page().replace("</main>", link))
    desk.site.pages.pop(GRAIN_OCR)
    headers = (("Content-Type", "application/pdf"),)
    desk.site.set(FILE, Answer(status=200, headers=headers, body=scanned(WORDS)))
    return desk


def run(desk, words, url, **variables):
    name = desk.write("posts.txt", POST.format(words=words.replace("\n", " "), url=url))
    result = desk.run("run", name, **variables)
    assert result.status == 0, result.err
    [check] = [c for c in result.report["posts"][0]["checks"] if c["kind"] == "quotation"]
    return check


@pytest.mark.tesseract
@pytest.mark.parametrize("url", [FILE, GRAIN], ids=["the file", "the page it belongs to"])
def test_words_of_a_scan_are_found_by_recognition(scan, url):
    """The words stand in no text layer and on no page; the recogniser reads them."""
    assert engine() is not None, "install tesseract-ocr to run this test"
    check = run(scan, WORDS, url)
    assert check["verdict"] in {"verbatim", "typographic", "ocr_noise"}
    assert check["source"]["layer"] == "ocr"
    assert check["source"]["url"] == FILE


@pytest.mark.tesseract
def test_changed_words_of_a_scan_are_altered(scan):
    check = run(scan, WORDS.replace("no miller", "every miller"), FILE)
    assert check["verdict"] == "altered"


@pytest.mark.tesseract
def test_without_the_recogniser_a_scan_is_not_checkable(scan):
    """And once it is installed, the same cache gives the words."""
    check = run(scan, WORDS, FILE, PATH=str(scan.folder))
    assert check["verdict"] == "not_checkable"
    assert "scan" in check["reason"]
    assert run(scan, WORDS, FILE)["source"]["layer"] == "ocr"
    assert scan.asked(FILE) == 1
