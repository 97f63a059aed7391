"""Scanned PDF files are read by Tesseract where it is installed, and by nobody where it is not."""

import shutil
import stat
from pathlib import Path

import pytest

from flows.matching import SourceText, compare
from flows.pages import EXTRACTOR, lacks_text_layer, read_page
from flows.pipeline import recognising
from flows.pipeline.recognising import engine, recognised_page
from flows.records import Layer, Page, Verdict
from tests.pages.pdf_files import joined, pdf, scanned

URL = "https://nsarchive.gwu.edu/sites/default/files/documents/9/scan.pdf"
WORDS = (
    "The harbour commission met on the ninth of May and agreed\n"
    "that no vessel should leave the northern basin before the\n"
    "inspectors had counted every crate a second time."
)
MORE = (
    "Nothing was said about the southern basin, where the\nwater had been too low since the winter."
)


def installed() -> str:
    """Return the recogniser these tests need; .ci/run installs it."""
    found = engine()
    assert found is not None, "install tesseract-ocr (with its English data) to run this test"
    return found


def recognised(body: bytes) -> Page:
    page, worked = recognised_page(body, url=URL, engine=installed())
    assert worked
    return page


def test_a_scan_has_no_text_of_its_own():
    page = read_page(scanned(WORDS), url=URL, content_type="application/pdf")
    assert (page.text, page.layer, page.extractor) == ("", Layer.PDF, EXTRACTOR)
    assert lacks_text_layer(page)


@pytest.mark.tesseract
def test_the_words_of_a_scan_are_recognised():
    """The text is marked as machine-read, and the extractor says by what."""
    page = recognised(scanned(WORDS, MORE))
    assert page.layer is Layer.OCR
    assert page.problem is None
    assert page.extractor == f"{EXTRACTOR}+{installed()}"
    assert "2 recognised by tesseract" in page.basis
    assert not lacks_text_layer(page)
    for words in (WORDS, MORE):
        verdict = compare(words, SourceText(page.text, kind="ocr")).verdict
        assert verdict in {Verdict.VERBATIM, Verdict.TYPOGRAPHIC, Verdict.OCR_NOISE}
    assert page.text.index("\f") > page.text.index("crate")


@pytest.mark.tesseract
def test_a_changed_word_is_seen_in_a_scan():
    page = recognised(scanned(WORDS))
    changed = WORDS.replace("no vessel should", "every vessel should")
    assert compare(changed, SourceText(page.text, kind="ocr")).verdict is Verdict.ALTERED


@pytest.mark.tesseract
def test_only_the_pages_without_a_text_layer_are_recognised():
    page = recognised(joined("Typed by the clerk.", WORDS))
    first, second = page.text.split("\f")
    assert first.strip() == "Typed by the clerk."
    assert "northern basin" in second
    assert page.layer is Layer.PDF
    assert page.incomplete is None
    assert "1 of 2 pages; 1 recognised by" in page.basis


def test_a_file_with_a_text_layer_needs_nobody():
    page = read_page(pdf("Typed by the clerk."), url=URL, content_type="application/pdf")
    assert not lacks_text_layer(page)


@pytest.mark.tesseract
def test_an_empty_side_is_not_missing():
    """The back of a sheet has no words; a page that was not reached may have some."""
    page = recognised(scanned(WORDS, ""))
    assert page.incomplete is None


@pytest.mark.tesseract
def test_pages_that_are_not_reached_in_time_are_named():
    page, worked = recognised_page(scanned(WORDS, MORE), url=URL, engine=installed(), seconds=0)
    assert worked
    assert page.problem is not None
    assert page.text == ""
    assert page.extractor == f"{EXTRACTOR}+{installed()}"


def test_without_the_program_there_is_no_engine(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert engine() is None


BROKEN = {
    "it fails": '#!/bin/sh\n[ "$1" = --version ] && echo tesseract 9.9.9 && exit 0\nexit 1\n',
    "it hangs": '#!/bin/sh\n[ "$1" = --version ] && echo tesseract 9.9.9 && exit 0\nexec /bin/sleep 30\n',
    "it vanishes": '#!/bin/sh\n[ "$1" = --version ] && echo tesseract 9.9.9 && exit 0\nrm "$0"; exit 1\n',
}


@pytest.mark.parametrize("script", BROKEN.values(), ids=BROKEN)
def test_a_program_that_does_not_work_leaves_the_scan_as_it_was(script, monkeypatch, tmp_path):
    """Nothing that goes wrong there is taken for a page without words, or for a fault here."""
    program = tmp_path / "tesseract"
    program.write_text(script)
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    monkeypatch.setattr(recognising, "SECONDS_PER_PAGE", 0.5)
    assert engine() == "tesseract 9.9.9"
    page, worked = recognised_page(scanned(WORDS), url=URL, engine="tesseract 9.9.9")
    assert not worked
    assert page.problem is not None
    assert page.text == ""


def test_a_program_of_that_name_that_is_another_is_no_engine(monkeypatch, tmp_path):
    program = tmp_path / "tesseract"
    shutil.copy(Path("/bin/true"), program)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert engine() is None
