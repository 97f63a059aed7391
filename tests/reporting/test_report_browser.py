"""The report in a real browser: what is seen, asked for and complained about.

Chromium is driven over its own protocol (DevTools), because the page has no
script of its own that could be asked, and allows none.
"""

import base64
import time
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from flows.records import Edit, EditKind, Match, Severity
from flows.reporting import write_report
from tests.browser import NARROW, WIDE

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def report_page(sample, tmp_path_factory):
    """The sample's report.html on disk."""
    return write_report(sample, tmp_path_factory.mktemp("sample")).with_name("report.html")


@pytest.fixture(scope="module")
def hostile_page(hostile, tmp_path_factory):
    """The hostile post's report.html on disk."""
    return write_report(hostile, tmp_path_factory.mktemp("hostile")).with_name("report.html")


@pytest.fixture(scope="module")
def folded_page(sample, tmp_path_factory):
    """A report with one changed word in a long passage."""
    far = "The clerks counted the crates again and again until the ledger was full. " * 9
    quoted, source = (f"{far}It was the year {year} at last. {far}" for year in (1931, 1932))
    at = quoted.index("1931")
    edit = Edit(
        kind=EditKind.NUMBER,
        quoted="1931",
        source="1932",
        severity=Severity.MAJOR,
        quoted_start=at,
        quoted_end=at + 4,
        source_start=at,
        source_end=at + 4,
    )
    post = sample.posts[0]
    check = replace(
        post.checks[0],
        exact=quoted,
        start=0,
        end=len(quoted),
        matches=(Match(start=0, end=len(source), exact=source),),
        edits=(edit,),
    )
    checked = replace(post, post=replace(post.post, text=quoted), checks=(check,))
    report = replace(sample, posts=(checked,))
    return write_report(report, tmp_path_factory.mktemp("folded")).with_name("report.html")


def test_the_browser_requests_nothing_and_complains_of_nothing(tab, hostile_page):
    """Hostile words included: one file is read, and that is all."""
    tab.open(hostile_page)
    tab.value("document.querySelectorAll('details').forEach(d => d.open = true)")
    tab.ask("Page.captureScreenshot", captureBeyondViewport=True)
    requests = [told["request"]["url"] for told in tab.told("Network.requestWillBeSent")]
    assert [url for url in requests if not url.startswith("data:")] == [hostile_page.as_uri()]
    assert tab.told("Log.entryAdded") == []
    assert tab.told("Runtime.consoleAPICalled") == []
    assert tab.told("Runtime.exceptionThrown") == []
    assert tab.told("Page.javascriptDialogOpening") == []


def test_the_index_requests_nothing_either(tab, report_page):
    """It lies beside the runs."""
    index = report_page.parent.parent / "index.html"
    tab.open(index)
    assert len(tab.told("Network.requestWillBeSent")) <= 2
    assert tab.told("Log.entryAdded") == []
    assert tab.value("document.querySelectorAll('tbody tr').length") == 1


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_nothing_sticks_out_at_the_side(tab, hostile_page, width):
    """Long addresses break; wide tables do not push the page."""
    tab.open(hostile_page, width=width)
    tab.value("document.querySelectorAll('details').forEach(d => d.open = true)")
    # What is off the screen is laid out only when it comes near it.
    tab.value("document.querySelectorAll('*').forEach(e => e.style.contentVisibility = 'visible')")
    assert tab.value("document.documentElement.scrollWidth") <= width
    assert (
        tab.value("""
        Math.max(...[...document.querySelectorAll('blockquote, .reason, .notes, .fulltext, td')]
            .map(e => e.getBoundingClientRect().right))""")
        <= width
    )


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_the_words_are_large_enough_to_read(tab, report_page, width):
    """Sixteen pixels for what is quoted, eleven for the smallest note."""
    tab.open(report_page, width=width)
    sizes = tab.value("""
        [...document.querySelectorAll('blockquote, .reason, .notes, td, dd, nav a')]
            .map(e => parseFloat(getComputedStyle(e).fontSize))""")
    quoted = tab.value(
        "parseFloat(getComputedStyle(document.querySelector('blockquote')).fontSize)"
    )
    assert quoted >= 16
    assert min(sizes) >= 11


PLACES = """
(() => {
  const [post, source] = ['post', 'source'].map(
    side => document.querySelector('#c2 .' + side).getBoundingClientRect());
  return {post: [post.top, post.right, post.bottom], source: [source.top, source.left]};
})()"""


def test_the_two_columns_stand_side_by_side_on_a_wide_screen(tab, report_page):
    """So that the eye can go across."""
    at = tab.open(report_page).value(PLACES)
    assert at["post"][0] == at["source"][0]
    assert at["post"][1] < at["source"][1]


def test_the_two_columns_stand_one_above_the_other_on_a_telephone(tab, report_page):
    """The post's words first."""
    at = tab.open(report_page, width=NARROW).value(PLACES)
    assert at["post"][2] <= at["source"][0]


MARKS = """
[...document.querySelectorAll('#differs ~ .group mark')].map(mark => {
  const style = getComputedStyle(mark), around = getComputedStyle(mark.parentElement);
  const box = mark.getBoundingClientRect();
  return {
    text: mark.textContent,
    colour: style.color !== around.color,
    ground: style.backgroundColor !== 'rgba(0, 0, 0, 0)',
    line: style.textDecorationLine !== 'none',
    weight: parseInt(style.fontWeight) > parseInt(around.fontWeight),
    number: mark.nextElementSibling?.tagName === 'SUP',
    visible: box.width > 3 && box.height > 8,
  };
})"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_altered_word_is_seen_to_be_marked(tab, report_page, scheme):
    """By weight and number as well as by colour."""
    tab.ask(
        "Emulation.setEmulatedMedia",
        features=[{"name": "prefers-color-scheme", "value": scheme}],
    )
    marks = tab.open(report_page).value(MARKS)
    words = {mark["text"] for mark in marks}
    assert {"Nov 28, 1995", "Nov 28, 1994", "41", "14", "not", "ever", "envoy"} <= words
    for mark in marks:
        assert mark["visible"], mark
        assert mark["number"], mark
        assert mark["weight"], mark
        assert mark["ground"] or mark["line"], mark
        assert mark["colour"], mark


def test_by_night_the_paper_is_dark(tab, report_page):
    """The page follows the reader's machine."""
    tab.ask(
        "Emulation.setEmulatedMedia",
        features=[{"name": "prefers-color-scheme", "value": "dark"}],
    )
    colour = tab.open(report_page).value(
        "getComputedStyle(document.documentElement).backgroundColor"
    )
    red, green, blue = (int(part) for part in colour[4:-1].split(","))
    assert max(red, green, blue) < 64


def test_the_keyboard_reaches_the_findings_first(tab, report_page):
    """The first stop of the tab key is the skip link, and it can be seen there."""
    tab.open(report_page)
    for kind in ("keyDown", "keyUp"):
        tab.ask("Input.dispatchKeyEvent", type=kind, key="Tab", windowsVirtualKeyCode=9)
    assert tab.value("document.activeElement.getAttribute('href')") == "#main"
    assert tab.value("document.activeElement.getBoundingClientRect().left") >= 0


def test_a_folded_stretch_opens_with_the_keyboard_and_shows_its_words(tab, folded_page):
    """In the middle of the line, not below it."""
    tab.open(folded_page)
    before = tab.value("document.querySelector('.fold').closest('blockquote').offsetHeight")
    tab.value("document.querySelector('.fold > summary').focus()")
    for kind in ("keyDown", "keyUp"):
        tab.ask("Input.dispatchKeyEvent", type=kind, key=" ", windowsVirtualKeyCode=32, text=" ")
    assert tab.value("document.querySelector('.fold').open")
    after = tab.value("document.querySelector('.fold').closest('blockquote').offsetHeight")
    assert after > before


def test_a_folded_stretch_is_printed(tab, folded_page):
    """With all its words, and without its handle; the sentences to cite are for the screen."""
    tab.open(folded_page)
    text = _printed(tab)
    assert "counted the crates again and again" in text
    assert "characters without a difference" not in text
    assert "Sentences to cite" not in text


def test_what_to_look_at_begins_on_the_first_screen(tab, report_page):
    """Before anybody scrolls."""
    tab.open(report_page)
    top = tab.value("document.querySelector('.brief li').getBoundingClientRect().bottom")
    assert top < 900


def test_one_press_takes_the_whole_sentence(tab, report_page):
    """Nothing has to be marked by hand."""
    tab.open(report_page)
    tab.value("document.querySelector('.cite').open = true")
    assert tab.value("getComputedStyle(document.querySelector('.cite p')).userSelect") == "all"


CONTRAST = """
(() => {
  const parts = c => c.match(/[\\d.]+/g).map(Number);
  const light = c => { const [r, g, b] = parts(c).map(v => { v /= 255;
      return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const ground = e => { for (; e; e = e.parentElement) {
      const c = getComputedStyle(e).backgroundColor;
      if (parts(c).length < 4 || parts(c)[3] > 0) return c; }
    return 'rgb(255, 255, 255)'; };
  const low = [];
  for (const e of document.querySelectorAll('body *')) {
    const own = [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
    if (!own) continue;
    const [a, b] = [light(getComputedStyle(e).color), light(ground(e))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) low.push([e.tagName, e.className, ratio]);
  }
  return low;
})()"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_word_stands_out_from_its_ground(tab, hostile_page, scheme):
    """At least 4.5 to 1 (WCAG 2.2, 1.4.3)."""
    tab.ask(
        "Emulation.setEmulatedMedia",
        features=[{"name": "prefers-color-scheme", "value": scheme}],
    )
    tab.open(hostile_page)
    tab.value("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert tab.value(CONTRAST) == []


def test_on_paper_nothing_is_folded_away(tab, report_page):
    """A closed summary cannot be opened on a printed page."""
    tab.open(report_page)
    text = _printed(tab)
    assert "because 41" in text
    assert "They had agreed on the tariffs and, of course" in text
    assert "14 of the 27 pilots had left the service" in text
    assert "letter case" in text


def _printed(tab):
    printed = base64.b64decode(tab.ask("Page.printToPDF")["data"])
    document = pypdfium2.PdfDocument(printed)
    return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in document)


def test_five_thousand_checks_open_in_a_browser(tab, large, tmp_path):
    """And the last of them can be gone to."""
    page = write_report(large, tmp_path).with_name("report.html")
    started = time.monotonic()
    tab.open(page)
    assert tab.value("document.querySelectorAll('article').length") > 3_000
    assert time.monotonic() - started < 20
    assert Path(page).stat().st_size < 15_000_000
