"""A document page's fields are found in every dress the site, or an old copy of it, may wear.

To add a dress: write one entry of ``FIELDS_IN_EVERY_DRESS`` whose key says in
what it differs, with the six constants below in place of a real page's words
(never the words of a real page), and run the tests. Every entry must give the
same title, date, description and source.
"""

import pytest

from flows.pages import read_page
from flows.records import FieldName, Page

URL = "https://nsarchive.gwu.edu/document/90001-doc-01-harbour-memorandum"
TITLE = "Memorandum on the Harbour Works, “Second Draft”"
DATE = "Nov 28, 1994"
DESCRIPTION = (
    "The engineer writes to the minister — briefly.\n\nHe asks for “two more cranes” & a clerk."
)
SOURCE = "Freedom of Information Request. Harbour Board."
FIRST, SECOND = "The first paragraph follows.", "The second one."

PARAGRAPHS = (
    "<p>The engineer writes to the minister — briefly.</p>\n"
    "<p>He asks for “two more cranes” &amp; a clerk.</p>"
)

FIELDS_IN_EVERY_DRESS = {
    "Drupal's own, labels above": f"""<main><h1 class="page-title"><span class="field field--name-title">{TITLE}</span></h1>
        <div class="field field--name-field-date field--label-above"><div class="field__label">Date</div>
        <div class="field__item"><time datetime="1994-11-28T12:00:00Z">{DATE}</time></div></div>
        <div class="field field--name-field-description"><div class="field__label">Description</div>
        <div class="field__item">{PARAGRAPHS}</div></div>
        <div class="field field--name-field-source"><div class="field__label">Source</div>
        <div class="field__item">{SOURCE}</div></div></main>""",
    "labels inline with colons": f"""<h1>{TITLE}</h1>
        <div class="clearfix field field--name-field-date field--label-inline"><div class="field__label">Date:&nbsp;</div>
        <div class="field__items"><div class="field__item"><time>{DATE}</time></div></div></div>
        <div class="field--name-field-description"><span class="field__label">Description</span>: {PARAGRAPHS}</div>
        <div class="field--name-field-source"><span class="field__label">Source:</span> {SOURCE}</div>""",
    "labels visually hidden, items in more wrappers": f"""<h1>{TITLE}</h1><article><div><div>
        <div class="field field--name-field-date field--label-visually_hidden"><div class="field__label visually-hidden">Date</div>
        <div class="field__items"><div class="field__item even"><span><time>{DATE}</time></span></div></div></div>
        <section class="field--name-field-description"><h2 class="field__label visually-hidden">Description</h2><div><div>{PARAGRAPHS}</div></div></section>
        </div><div class="field--name-field-source"><h3 class="label-hidden field__label">Source</h3><div>{SOURCE}</div></div></div></article>""",
    "no labels at all, classes only": f"""<h1>{TITLE}</h1><div class="field--name-field-date">{DATE}</div>
        <div class="field--name-field-description">{PARAGRAPHS}</div><div class="field--name-field-source">{SOURCE}</div>""",
    "Drupal 7's class names": f"""<h1 id="page-title">{TITLE}</h1>
        <div class="field field-name-field-date field-type-datetime"><div class="field-label">Date:&nbsp;</div><div class="field-items"><div class="field-item even"><span class="date-display-single">{DATE}</span></div></div></div>
        <div class="field field-name-body"><div class="field-items"><div class="field-item">{PARAGRAPHS}</div></div></div>
        <div class="field field-name-field-source"><div class="field-label">Source:</div><div class="field-items">{SOURCE}</div></div>""",
    "the description in the body field": f"""<h1>{TITLE}</h1><div class="field--name-field-date"><div class="field__label">Date</div><time>{DATE}</time></div>
        <div class="clearfix text-formatted field field--name-body"><div class="field__item">{PARAGRAPHS}</div></div>
        <div class="field--name-field-source">{SOURCE}</div>""",
    "another order": f"""<h1>{TITLE}</h1><div class="field--name-field-source"><div class="field__label">Source</div>{SOURCE}</div>
        <div class="field--name-field-description">{PARAGRAPHS}</div><div class="field--name-field-date"><b>Date:</b> {DATE}</div>""",
    "headings as labels": f"""<article><h1>{TITLE}</h1><h2>Date</h2><p>{DATE}</p><h2>Description</h2>{PARAGRAPHS}<h2>Source</h2><p>{SOURCE}</p></article>""",
    "a list of terms": f"""<h1>{TITLE}</h1><dl><dt>Date<dd>{DATE}<dt>Description<dd>{PARAGRAPHS}<dt>Source:<dd>{SOURCE}</dl>""",
    "bold labels in the same paragraph": f"""<h1>{TITLE}</h1><p><strong>Date:</strong> {DATE}</p><div><strong>Description:</strong> {PARAGRAPHS}</div><p><b>Source</b>: {SOURCE}</p>""",
    "bold labels without colons, broken lines": f"""<h1>{TITLE}</h1><p><strong>Date</strong><br>{DATE}<p><strong>Description</strong><br></p>{PARAGRAPHS}<p><strong>SOURCE</strong><br/>{SOURCE}""",
    "a table": f"""<h1>{TITLE}</h1><table><tr><th>Date</th><td>{DATE}</td></tr><tr><th>Description</th><td>{PARAGRAPHS}</td></tr><tr><td>Source</td><td>{SOURCE}</td></tr></table>""",
    "text alone, label above": f"""<h1>{TITLE}</h1><div>Date</div><div>{DATE}</div><div>Description</div>{PARAGRAPHS}<div>Source</div><div>{SOURCE}</div>""",
    "text alone, label inline": f"""<h1>{TITLE}</h1><p>Date: {DATE}</p><p>Description: {PARAGRAPHS}<p>Source: {SOURCE}</p>""",
    "classes for one field, labels for the rest": f"""<h1>{TITLE}</h1><div class="field--name-field-date"><time>{DATE}</time></div><h3>Description</h3>{PARAGRAPHS}<h3>Source</h3>{SOURCE}""",
    "unclosed and misnested": f"""<h1>{TITLE}<div class=field--name-field-date><div class=field__label>Date<div class=field__item><time>{DATE}</div></div></div>
        <div class=field--name-field-description><b><i>Description</b></i>{PARAGRAPHS}</div><div class=field--name-field-source>{SOURCE}""",
    "upper-case tags and attributes": f"""<H1>{TITLE}</H1><DIV CLASS="field--name-field-date">{DATE}</DIV><DIV CLASS="field--name-field-description">{PARAGRAPHS}</DIV><DIV CLASS="field--name-field-source">{SOURCE}</DIV>""",
    "written as XML": f"""<?xml version="1.0" encoding="UTF-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head><script src="x.js"/><title>x</title></head><body><h1>{TITLE}</h1>
        <div class="field--name-field-date"><time>{DATE}</time></div><br/><div class="field--name-field-description">{PARAGRAPHS}</div><div class="field--name-field-source">{SOURCE}</div></body></html>""",
    "a site's name in an h1 of its own": f"""<header><h1 class="site-name"><a href="/">National Security Archive</a></h1></header><main><h1>{TITLE}</h1>
        <div class="field--name-field-date">{DATE}</div><div class="field--name-field-description">{PARAGRAPHS}</div><div class="field--name-field-source">{SOURCE}</div></main>""",
    "the title in the head alone": f"""<head><title>{TITLE} | National Security Archive</title></head><h2>Date</h2><p>{DATE}</p><h2>Description</h2>{PARAGRAPHS}<h2>Source</h2><p>{SOURCE}</p>""",
    "a menu that is never closed": f"""<nav><ul><li>Home<li>Date<main><h1>{TITLE}</h1><h2>Date</h2><p>{DATE}</p><h2>Description</h2>{PARAGRAPHS}<h2>Source</h2><p>{SOURCE}</p>""",
    "a sidebar and a footer after the last field": f"""<main><h1>{TITLE}</h1><h4>Date</h4>{DATE}<h4>Description</h4>{PARAGRAPHS}<h4>Source</h4><p>{SOURCE}</p></main><aside><p>Related words</p></aside><footer>Contact</footer>""",
    "the document's file after the last field": f"""<h1>{TITLE}</h1><h4>Date</h4>{DATE}<h4>Description</h4>{PARAGRAPHS}<h4>Source</h4><p>{SOURCE}</p><div class="field field--name-field-media-file"><a href="/a.pdf">Download the file</a></div>""",
}


def read(markup: str, *, url: str = URL) -> Page:
    page = read_page(markup.encode(), url=url, content_type="text/html; charset=utf-8")
    for found in page.fields:
        assert page.text[found.start : found.end] == found.value
    for posting in page.postings:
        assert posting.title in page.text[posting.start : posting.end]
    return page


def values(page: Page, name: FieldName) -> list[str]:
    return [found.value for found in page.fields if found.name is name]


@pytest.mark.parametrize("markup", FIELDS_IN_EVERY_DRESS.values(), ids=FIELDS_IN_EVERY_DRESS)
def test_every_field_is_found(markup):
    page = read(markup)
    assert page.problem is None
    assert page.title == TITLE
    assert values(page, FieldName.TITLE) == [TITLE]
    assert values(page, FieldName.DATE) == [DATE]
    assert values(page, FieldName.DESCRIPTION) == [DESCRIPTION]
    assert values(page, FieldName.SOURCE) == [SOURCE]


UNPREFIXED = (
    f'<h1>{TITLE}</h1><p class="document-date">{DATE}</p><div class="document-description">{PARAGRAPHS}</div>'
    f'<div class="document-source">{SOURCE}</div>'
)


def test_classes_without_drupals_prefix_are_known():
    page = read(UNPREFIXED)
    assert values(page, FieldName.DATE) == [DATE]
    assert values(page, FieldName.DESCRIPTION) == [DESCRIPTION]
    assert values(page, FieldName.SOURCE) == [SOURCE]


DATES = {
    "two items are two readings": (
        (
            '<div class="field--name-field-date"><div class="field__item"><time>Nov 28, 1994</time></div>'
            '<div class="field__item"><time>Dec 2, 1994</time></div></div>'
        ),
        ["Nov 28, 1994", "Dec 2, 1994"],
    ),
    "a range is read whole and by its ends": (
        '<div class="field--name-field-date"><time>Nov 28, 1994</time> - <time>Dec 2, 1994</time></div>',
        ["Nov 28, 1994 - Dec 2, 1994", "Nov 28, 1994", "Dec 2, 1994"],
    ),
    "a circa date has no machine reading": (
        (
            '<div class="field--name-field-circa-date"><div class="field__label">Date</div>'
            '<div class="field__item">circa November 1994</div></div>'
        ),
        ["circa November 1994"],
    ),
    "both a date and a circa date": (
        (
            '<div class="field--name-field-date"><time>Nov 28, 1994</time></div>'
            '<div class="field--name-field-circa-date">1994?</div>'
        ),
        ["Nov 28, 1994", "1994?"],
    ),
    "no date at all": ('<div class="field--name-field-source">Somewhere.</div>', []),
    "a label whose value is missing": (
        "<h2>Date</h2><h2>Source</h2><p>Somewhere.</p>",
        [],
    ),
    "the only time on the page, when nothing is labelled": (
        '<main><h1>T</h1><p><time datetime="1994-11-28">28 November 1994</time></p><p>Words.</p></main>',
        ["28 November 1994"],
    ),
}


@pytest.mark.parametrize("markup, expected", DATES.values(), ids=DATES)
def test_dates_are_read_in_every_form(markup, expected):
    assert sorted(values(read(markup), FieldName.DATE)) == sorted(expected)


def test_a_dates_machine_reading_is_kept_beside_its_words():
    page = read(
        '<div class="field--name-field-date"><time datetime="1994-11-28T12:00:00Z">Nov 27, 1994</time></div>'
    )
    (date,) = page.fields
    assert (date.value, date.iso) == ("Nov 27, 1994", "1994-11-28T12:00:00Z")


def test_a_news_pages_dates_are_all_given_its_own_first():
    page = read(
        "<h1>News</h1><p>On 28 November 1994 it began.</p><p>Published: Mar 16, 2018</p>",
        url="https://nsarchive.gwu.edu/news/x",
    )
    assert values(page, FieldName.DATE) == ["Mar 16, 2018", "28 November 1994"]


NOT_A_LABEL = {
    "a label's word opening a sentence": "<p>Date palms grow along the quay.</p>",
    "a bold word inside a sentence": "<p>He gave the <b>date</b> twice.</p>",
    "a longer heading": "<h2>Sources and methods</h2><p>Nov 28, 1994</p>",
    "a word in the menu": "<nav><ul><li>Date</li><li>Source</li></ul></nav><p>Words.</p>",
    "a class that only resembles": '<p class="field--name-field-update">Nov 28, 1994</p>',
}


@pytest.mark.parametrize("markup", NOT_A_LABEL.values(), ids=NOT_A_LABEL)
def test_other_words_are_not_labels(markup):
    page = read(f"<h1>T</h1>{markup}")
    assert [found.name for found in page.fields] == [FieldName.TITLE]


BUDAPEST = ("Harbours of the North – Winter 1994", "Nov 24, 2021")
OTHER = ("The Second Crane", "Mar 1, 2019")
LABEL = "Document published in following posting(s):"
POSTINGS = {
    "a link, then a date": (
        f'<div class="field__label">{LABEL}</div><a href="/briefing-book/a">{BUDAPEST[0]}</a><div>{BUDAPEST[1]}</div>',
        [BUDAPEST],
    ),
    "a date, then a link, twice": (
        (
            f'<h3>{LABEL}</h3><ul><li><span>{BUDAPEST[1]}</span> <a href="/x">{BUDAPEST[0]}</a></li>'
            f'<li><span>{OTHER[1]}</span> <a href="/y">{OTHER[0]}</a></li></ul>'
        ),
        [BUDAPEST, OTHER],
    ),
    "two links with dates after, deep in wrappers": (
        (
            f'<div><div><strong>{LABEL}</strong></div><div><div><div><h3><a href="/x"><span>{BUDAPEST[0]}</span></a></h3>'
            f'</div><div><p><time datetime="2021-11-24">{BUDAPEST[1]}</time></p></div></div>'
            f'<div><div><a href="/y">{OTHER[0]}</a></div><time>{OTHER[1]}</time></div></div></div>'
        ),
        [BUDAPEST, OTHER],
    ),
    "title and date in one link": (
        f'<p>{LABEL}</p><a href="/x">{BUDAPEST[0]} <span>{BUDAPEST[1]}</span></a>',
        [BUDAPEST],
    ),
    "cards with a picture, a teaser and a further link": (
        (
            f'<h2>{LABEL}</h2><article><a href="/x"><img src="a.jpg" alt=""></a><h3><a href="/x">{BUDAPEST[0]}</a></h3>'
            f'<time>{BUDAPEST[1]}</time><p>What the posting tells.</p><a href="/x">Read more</a></article>'
        ),
        [BUDAPEST],
    ),
    "text alone": (
        f"<p>{LABEL}</p><p>{BUDAPEST[0]}</p><p>{BUDAPEST[1]}</p><p>{OTHER[0]}</p><p>{OTHER[1]}</p>",
        [BUDAPEST, OTHER],
    ),
    "the date in brackets": (
        f"<p><b>{LABEL}</b></p><p>{BUDAPEST[0]} ({BUDAPEST[1]})</p>",
        [BUDAPEST],
    ),
    "no date": (f'<p>{LABEL}</p><a href="/x">{BUDAPEST[0]}</a>', [(BUDAPEST[0], None)]),
    "the document's file below the list is no posting": (
        (
            f'<p>{LABEL}</p><a href="/x">{BUDAPEST[0]}</a> {BUDAPEST[1]}<p><a href="/sites/a.pdf">Download</a> '
            f'<a href="/media/90001/ocr">Text</a></p>'
        ),
        [BUDAPEST],
    ),
    "by class, without a label": (
        f'<div class="field--name-field-postings"><a href="/x">{BUDAPEST[0]}</a><span>{BUDAPEST[1]}</span></div>',
        [BUDAPEST],
    ),
    "the label in other words": (
        f'<h4>Published in the following postings</h4><a href="/x">{BUDAPEST[0]}</a> {BUDAPEST[1]}',
        [BUDAPEST],
    ),
    "a teaser of Drupal's with fields of its own": (
        (
            f'<div class="field field--name-field-postings"><div class="field__label">{LABEL}</div>'
            f'<article class="node node--view-mode-teaser"><h2><a href="/x"><span class="field--name-title">{BUDAPEST[0]}</span></a></h2>'
            f'<div class="field--name-field-date"><time>{BUDAPEST[1]}</time></div>'
            f'<div class="field--name-body"><p>Of a day in spring (Dec 5, 1994).</p></div></article></div>'
        ),
        [BUDAPEST],
    ),
    "rows of a view": (
        (
            f'<h2>{LABEL}</h2><div class="views-row"><div class="views-field-title"><a href=/x>{BUDAPEST[0]}</a></div>'
            f'<div class="views-field-field-date"><time>{BUDAPEST[1]}</time></div></div>'
        ),
        [BUDAPEST],
    ),
    "none": ("<p>Words.</p>", []),
}


@pytest.mark.parametrize("markup, expected", POSTINGS.values(), ids=POSTINGS)
def test_postings_are_title_and_date(markup, expected):
    page = read(
        f"<main><h1>T</h1><h2>Source</h2><p>{SOURCE}</p>{markup}</main><footer>Jan 1, 2001</footer>"
    )
    assert [(posting.title, posting.date) for posting in page.postings] == expected
    assert values(page, FieldName.SOURCE) == [SOURCE]
    assert page.title == "T"


OTHER_DOCUMENTS = {
    "rows of related documents": (
        '<div class="view"><div class="views-row"><article class="node"><h2><a href=/document/2>Other</a></h2>'
        '<div class="field--name-field-date"><time>Jan 1, 1990</time></div>'
        '<div class="field--name-field-source">Elsewhere.</div></article></div></div>'
    ),
    "an aside": (
        '<aside><h3>See also</h3><div class="field--name-field-date">Jan 1, 1990</div>'
        '<p>Source: Elsewhere.</p></aside>'
    ),
    "the site's footer": "<footer><p>Date: Jan 1, 1990</p><p>Source: Elsewhere.</p></footer>",
    "a second article": (
        '<article><h3>Other</h3><div class="field--name-field-date">Jan 1, 1990</div>'
        '<div class="field--name-field-source">Elsewhere.</div></article>'
    ),
}  # fmt: skip


@pytest.mark.parametrize("markup", OTHER_DOCUMENTS.values(), ids=OTHER_DOCUMENTS)
def test_another_documents_fields_are_not_this_ones(markup):
    page = read(FIELDS_IN_EVERY_DRESS["Drupal's own, labels above"] + markup)
    assert values(page, FieldName.DATE) == [DATE]
    assert values(page, FieldName.SOURCE) == [SOURCE]


def test_another_documents_date_is_not_taken_for_a_missing_one():
    page = read(
        '<main><h1>T</h1><div class="field--name-field-source">Somewhere.</div><div class="views-row">'
        '<time datetime="1990-01-01">Jan 1, 1990</time></div></main>'
    )
    assert values(page, FieldName.DATE) == []


def test_a_postings_teaser_is_not_the_description():
    page = read(
        '<h1>T</h1><div class="field--name-field-description"><p>Its own words.</p></div>'
        '<div class="field--name-field-postings"><a href="/x">Posting</a>'
        '<div class="field--name-body">A teaser.</div></div>'
    )
    assert values(page, FieldName.DESCRIPTION) == ["Its own words."]


def test_addresses_are_absolute_and_the_file_field_comes_first():
    page = read(
        '<h1>T</h1><a href="/other.pdf">x</a><a href="../media/90001/ocr">text</a>'
        '<iframe src="//assets.documentcloud.org/d/1.PDF#page=2"></iframe><a href="javascript:void(0)">j</a>'
        '<a href="http://[bad">b</a><a href="mailto:a@b.c">m</a>'
        '<div class="field field--name-field-media-file"><a href="/sites/default/files/documents/1/a%20b.pdf">f</a></div>'
    )
    assert page.ocr_url == "https://nsarchive.gwu.edu/media/90001/ocr"
    assert page.file_urls == (
        "https://nsarchive.gwu.edu/sites/default/files/documents/1/a%20b.pdf",
        "https://nsarchive.gwu.edu/other.pdf",
        "https://assets.documentcloud.org/d/1.PDF",
    )


def test_the_file_behind_a_viewer_is_the_file():
    page = read(
        '<h1>T</h1><iframe src="/libraries/viewer.html?file=%2Fsites%2Fa.pdf&x=1"></iframe>'
    )
    assert page.file_urls == ("https://nsarchive.gwu.edu/sites/a.pdf",)


def test_a_base_address_is_honoured():
    page = read('<base href="https://nsarchive2.gwu.edu/NSAEBB/"><h1>T</h1><a href="a.pdf">x</a>')
    assert page.file_urls == ("https://nsarchive2.gwu.edu/NSAEBB/a.pdf",)


def test_how_each_field_was_found_is_said():
    page = read(
        f'<h1>{TITLE}</h1><div class="field--name-field-date">{DATE}</div><h2>Source</h2><p>{SOURCE}</p>'
    )
    assert {found.name: found.found_by for found in page.fields} == {
        FieldName.TITLE: "structure",
        FieldName.DATE: "class",
        FieldName.SOURCE: "label",
    }
    assert "date by class" in page.basis
    assert "source by label" in page.basis


def test_a_document_is_known_by_its_fields_when_its_address_is_not():
    page = read(
        f'<h1>T</h1><div class="field--name-field-date">{DATE}</div><div class="field--name-field-source">{SOURCE}</div>',
        url="https://nsarchive.gwu.edu/node/4711",
    )
    assert values(page, FieldName.DATE) == [DATE]


def test_a_news_page_with_a_labelled_word_has_no_fields_but_its_title():
    page = read(
        "<h1>News</h1><p>Source: our own.</p>", url="https://nsarchive.gwu.edu/news/2020-01-01/x"
    )
    assert [found.name for found in page.fields] == [FieldName.TITLE]
