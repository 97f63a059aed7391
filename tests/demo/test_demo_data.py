"""The demonstration's data: what the sample posts are, how they were tampered with, by what they are checked."""

import hashlib
import re
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from flows.demo import StandInArchive, demo_posts
from flows.demo.standin import CHALLENGE, FAILING, FAILING_ONCE, GONE, SCAN
from flows.demo.wire import Request
from flows.pages import read_page, unusable_reason
from flows.records import FieldName, Layer, Page

SITE = "https://nsarchive.gwu.edu"
LETTER = "/document/27160-doc-06-clinton-letter-yeltsin"
MEMO = "/document/27170-doc-16-strobe-talbott-memorandum-president-moment-truth"

SAMPLE, TAMPERED = (path.read_text(encoding="utf-8") for path in demo_posts())


def ask(path: str, *, archive: StandInArchive | None = None, number: int = 1):
    request = Request(method="GET", url=SITE + path, headers={}, at=0.0, number=number)
    return (archive or StandInArchive())(request)


def read(path: str, *, number: int = 2) -> Page:
    archive = StandInArchive()
    archive.heal()
    answer = ask(path, archive=archive, number=number)
    assert answer.status == 200
    return read_page(
        answer.body, url=SITE + path, content_type=dict(answer.headers)["Content-Type"]
    )


def posts_of(text: str) -> list[str]:
    return re.split(r"(?m)^(?=Anonymous ID:)", text)[1:]


def paragraphs_of(post: str) -> list[str]:
    """Return the lines of a post between its labels Description and Source."""
    lines = [line.strip() for line in post.splitlines()]
    block = lines[lines.index("Description") + 1 : lines.index("Source")]
    return [line for line in block if line]


def words(text: str) -> list[str]:
    return re.findall(r"[\w-]+", text.replace("—", " ").replace(" -- ", " "))


def changes(before: str, after: str) -> list[tuple[str, str]]:
    """Return the words replaced, as (source's, post's)."""
    old, new = words(before), words(after)
    return [
        (" ".join(old[a:b]), " ".join(new[c:d]))
        for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        if tag != "equal"
    ]


LETTER_TEXT = paragraphs_of(posts_of(SAMPLE)[0])
MEMO_TEXT = paragraphs_of(posts_of(SAMPLE)[1])


def tampered(number: int) -> str:
    (post,) = [post for post in posts_of(TAMPERED) if f"No.{22690100 + number} " in post]
    return post


def test_the_sample_posts_are_the_owners_to_the_byte():
    digest = hashlib.sha256(demo_posts()[0].read_bytes()).hexdigest()
    assert digest == "421d0c542a5f7a10f0deb606805e1af899f825a2c56bfcdfe68cf039ade8aeb1"


def test_every_tampered_post_has_a_number_of_its_own():
    numbers = re.findall(r"No\.(\d+)", TAMPERED)
    assert len(numbers) == len(set(numbers)) == len(posts_of(TAMPERED)) == 16
    assert not set(numbers) & set(re.findall(r"No\.(\d+)", SAMPLE))


def test_every_tampered_post_says_what_was_done():
    for post in posts_of(TAMPERED):
        assert re.search(r"\n\(Demonstration post\. [A-Z][^)\n]+\)\n", post)


WORDS_CHANGED = {
    "a year": (2, MEMO_TEXT, [("1994", "1993")]),
    "a name": (3, LETTER_TEXT, [("Kazakhstan", "Georgia")]),
    "a dropped not": (4, LETTER_TEXT, [("not", "")]),
    "an inserted word": (5, MEMO_TEXT, [("", "nuclear")]),
    "a swallowed clause": (
        6,
        MEMO_TEXT,
        [("proceed even if the Russians refuse to", "")],
    ),
    "nothing but typesetting": (10, MEMO_TEXT, []),
}


@pytest.mark.parametrize("number, source, expected", WORDS_CHANGED.values(), ids=WORDS_CHANGED)
def test_just_the_named_words_were_changed(number, source, expected):
    assert changes("\n".join(source), "\n".join(paragraphs_of(tampered(number)))) == expected


def test_the_typeset_differently_differs_in_characters():
    assert paragraphs_of(tampered(10)) != MEMO_TEXT


def test_the_tampered_date_is_not_the_pages():
    assert "\nNov 29, 1994\n" in tampered(1)
    assert "Nov 29, 1994" not in read(LETTER).text


def test_the_spliced_passages_both_stand_in_the_source_but_not_together():
    quoted = tampered(7).split("“", 1)[1].split("”\n", 1)[0]
    first, second = re.split(r"(?<=Moscow\.) ", quoted)
    text = read(MEMO).text.replace("“", "‘").replace("”", "’")
    assert first in text
    assert second in text
    assert quoted not in text


def test_the_moved_sentence_stands_only_on_the_other_page():
    quoted = tampered(8).split("“", 1)[1].split("”\n", 1)[0]
    assert quoted in read(LETTER).text
    assert quoted not in read(MEMO).text
    assert MEMO in tampered(8)


def test_the_invented_sentence_stands_nowhere():
    quoted = tampered(9).split("“", 1)[1].split("”\n", 1)[0]
    for path in (LETTER, MEMO, "/media/27160/ocr", "/media/27170/ocr"):
        assert words(quoted)[:6] != words(read(path).text)[:6]
        assert quoted not in read(path).text


def test_the_misread_words_stand_in_the_document_alone_and_only_misread():
    quoted = tampered(12).split("“", 1)[1].split("”\n", 1)[0]
    assert quoted not in read(LETTER).text
    recognised = read("/media/27160/ocr").text
    assert quoted not in recognised
    assert quoted in recognised.replace("tbe", "the").replace("tbat", "that").replace(
        "tbis", "this"
    )


# ── the stand-in pages ───────────────────────────────────────────────────────

STAND_INS = [LETTER, MEMO, "/media/27160/ocr", "/media/27170/ocr", FAILING]


@pytest.mark.parametrize("path", STAND_INS)
def test_every_page_says_that_it_is_a_stand_in(path):
    page = read(path)
    assert "STAND-IN PAGE" in page.text[:200]
    assert page.problem is None
    for found in page.fields:
        assert "STAND-IN PAGE" not in found.value


def test_no_page_of_the_folder_lacks_the_label():
    folder = Path(str(demo_posts()[0])).parent / "pages"
    for path in folder.glob("*.html"):
        assert "STAND-IN PAGE" in path.read_text(encoding="utf-8")


CLAIMS = {
    "the letter's": (
        LETTER,
        posts_of(SAMPLE)[0],
        LETTER_TEXT,
        "Nov 28, 1994",
        [("NATO Expansion – The Budapest Blow Up 1994", "Nov 24, 2021")],
    ),
    "the memorandum's": (MEMO, posts_of(SAMPLE)[1], MEMO_TEXT, "Apr 15, 1995", []),
}


@pytest.mark.parametrize("path, post, description, date, postings", CLAIMS.values(), ids=CLAIMS)
def test_the_page_gives_every_field_that_the_post_claims(path, post, description, date, postings):
    page = read(path)
    values = {found.name: found.value for found in page.fields}
    for found in page.fields:
        assert page.text[found.start : found.end] == found.value
        assert found.found_by == ("structure" if found.name is FieldName.TITLE else "class")
    assert values[FieldName.DATE] == date
    assert date in post
    assert values[FieldName.DESCRIPTION].split("\n\n") == description
    assert values[FieldName.SOURCE] == "Freedom of Information Lawsuit. State Department."
    assert [(posting.title, posting.date) for posting in page.postings] == postings
    assert page.ocr_url == SITE + path.replace("/document/", "/media/").split("-")[0] + "/ocr"


@pytest.mark.parametrize("path", ["/media/27160/ocr", "/media/27170/ocr"])
def test_the_documents_texts_are_in_the_manner_of_recognised_text(path):
    page = read(path)
    recognised = page.text.split("\n\n", 1)[1]
    assert page.layer is Layer.OCR
    assert not re.search(r"[.,:;()/“”]", recognised)
    assert "UNCLASSIFIED" in recognised


# ── the faults ───────────────────────────────────────────────────────────────


def test_the_failing_page_fails_until_it_is_healed():
    archive = StandInArchive()
    assert [ask(FAILING, archive=archive, number=n).status for n in (1, 2, 9)] == [503, 503, 503]
    archive.heal()
    assert ask(FAILING, archive=archive, number=10).status == 200


def test_one_page_recovers_within_the_run():
    assert [ask(FAILING_ONCE, number=n).status for n in (1, 2)] == [503, 200]


def test_the_gone_page_and_unknown_pages_are_missing():
    assert ask(GONE).status == ask("/anything").status == 404


def test_the_challenge_is_no_evidence():
    answer = ask(CHALLENGE)
    reason = unusable_reason(answer.body, url=SITE + CHALLENGE, content_type="text/html")
    assert answer.status == 200
    assert reason is not None
    assert "challenge" in reason


def test_the_scan_is_obtained_but_has_no_text():
    answer = ask(SCAN)
    page = read_page(answer.body, url=SITE + SCAN, content_type="application/pdf")
    assert page.problem is not None
    assert "scan" in page.problem
    assert unusable_reason(answer.body, url=SITE + SCAN, content_type="application/pdf") is None


def test_robots_allow_what_the_demonstration_cites():
    body = ask("/robots.txt").body.decode()
    assert "Crawl-delay" not in body
    assert "Disallow: /document" not in body
