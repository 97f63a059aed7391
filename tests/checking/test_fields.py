"""Labelled fields are compared with the page's field of the same name."""

import pytest

from flows.records import CheckKind, FieldName
from tests.checking.readings import PAGE, checks, field, page, posting

TEXT = (
    "Memorandum on the harbor works\nDate\nMar 9, 1961\nDescription\nThe engineers report on the "
    "quays.\nSource\nNational Archives, Record Group 59, Central Files.\nDocument published in "
    "following posting(s):\nCranes and Quays – The Harbor Papers\nJun 4, 2019"
)
READ = page(
    PAGE,
    TEXT,
    fields=(
        field(FieldName.DATE, "Mar 9, 1961", TEXT),
        field(FieldName.SOURCE, "National Archives, Record Group 59, Central Files.", TEXT),
    ),
    postings=(posting("Cranes and Quays – The Harbor Papers", "Jun 4, 2019", TEXT),),
)
DATE, SOURCE, POSTING = FieldName.DATE, FieldName.SOURCE, FieldName.POSTING

CASES = {
    "the same date": (DATE, "Mar 9, 1961", "verbatim", None),
    "the day in another spelling": (DATE, "9 March 1961", "typographic", None),
    "the day in figures": (DATE, "1961-03-09", "typographic", None),
    "another day": (DATE, "Mar 8, 1961", "altered", "date"),
    "the month alone": (DATE, "March 1961", "elided", "date"),
    "about the year": (DATE, "circa 1961", "elided", "date"),
    "another month": (DATE, "April 1961", "altered", "date"),
    "a date that could not be read": (DATE, "the spring that year, 1961", "not_checkable", None),
    "another year": (DATE, "9 March 1962", "altered", "date"),
    "the same source": (
        SOURCE,
        "National Archives, Record Group 59, Central Files.",
        "verbatim",
        None,
    ),
    "another record group": (
        SOURCE,
        "National Archives, Record Group 84, Central Files.",
        "altered",
        "number",
    ),
    "another source altogether": (SOURCE, "Private papers of a clerk", "altered", "name"),
    "title and date of the posting": (
        POSTING,
        "Cranes and Quays – The Harbor Papers\n\nJun 4, 2019",
        "verbatim",
        None,
    ),
    "the posting with a hyphen and another spelling of its date": (
        POSTING,
        "Cranes and Quays - The Harbor Papers\n4 June 2019",
        "typographic",
        None,
    ),
    "the posting with another date": (
        POSTING,
        "Cranes and Quays – The Harbor Papers\n\nJun 5, 2019",
        "altered",
        "date",
    ),
    "title and date of the posting on one line": (
        POSTING,
        "Cranes and Quays – The Harbor Papers, Jun 4, 2019",
        "typographic",
        None,
    ),
    "title and another date on one line": (
        POSTING,
        "Cranes and Quays – The Harbor Papers (Jun 5, 2019)",
        "altered",
        "date",
    ),
    "the posting with its month alone": (
        POSTING,
        "Cranes and Quays – The Harbor Papers\n\nJune 2019",
        "elided",
        None,
    ),
    "a posting of another name": (
        POSTING,
        "Ships and Sails – The Dockyard Letters\n\nJun 4, 2019",
        "altered",
        None,
    ),
}


@pytest.mark.parametrize("name, words, verdict, edit", CASES.values(), ids=CASES)
def test_a_field_is_compared_with_its_namesake(name, words, verdict, edit):
    """The verdict, the kind of the edit, and a match that points into the page."""
    (check,) = checks(words, READ, kind=CheckKind.FIELD, field=name)
    assert check.verdict == verdict, check.reason
    if edit is not None:
        assert edit in {found.kind for found in check.edits}
    for match in check.matches:
        assert TEXT[match.start : match.end] == match.exact
    for found in check.edits:
        assert words[found.quoted_start : found.quoted_end] == found.quoted


def test_a_date_found_only_by_its_place_contradicts_nothing():
    """A news page has many dates; that a post gives another one proves nothing."""
    text = "Harbor news\nPublished on Jun 4, 2019, about papers of Mar 9, 1961 and other years."
    dates = (
        field(DATE, "Jun 4, 2019", text, found_by="structure"),
        field(DATE, "Mar 9, 1961", text, found_by="structure"),
    )
    news = page(PAGE, text, fields=dates)
    (same,) = checks("9 March 1961", news, kind=CheckKind.FIELD, field=DATE)
    assert same.verdict == "typographic"
    (other,) = checks("Mar 2, 1950", news, kind=CheckKind.FIELD, field=DATE)
    assert other.verdict == "not_found"


def test_the_pages_own_machine_reading_of_a_date_counts():
    """The datetime attribute says which day a printed abbreviation means."""
    text = "Date\n3.9.61\nDescription\nA report on the quays and the cranes beside them."
    read = page(PAGE, text, fields=(field(DATE, "3.9.61", text, iso="1961-03-09T12:00:00Z"),))
    (check,) = checks("March 9, 1961", read, kind=CheckKind.FIELD, field=DATE)
    assert check.verdict == "typographic"


def test_a_page_without_the_field_is_searched_and_never_contradicts():
    """An unlabelled page cannot prove that a date is wrong."""
    bare = page(PAGE, "A page about the quays, written on 9 March 1961 and never revised since.")
    (check,) = checks("Mar 2, 1950", bare, kind=CheckKind.FIELD, field=DATE)
    assert check.verdict == "not_checkable"
    assert "field_not_labelled" in check.warnings


PRECISION = {
    "less than the page says": ("March 1961", "Mar 9, 1961", "elided", "less_precise"),
    "more than the page says": ("Mar 9, 1961", "March 1961", "not_checkable", "more_precise"),
    "one day of the page's range": (
        "Mar 9, 1961",
        "Mar 9, 1961 - Mar 11, 1961",
        "not_checkable",
        "more_precise",
    ),
    "a time that the page has not": (
        "Mar 9, 1961, 4:30 p.m.",
        "Mar 9, 1961",
        "typographic",
        "more_precise",
    ),
    "figures that may be two days": ("9/3/1961", "Mar 9, 1961", "typographic", "ambiguous"),
}


@pytest.mark.parametrize("words, value, verdict, warning", PRECISION.values(), ids=PRECISION)
def test_a_date_of_another_precision_is_said_to_be_one(words, value, verdict, warning):
    """Neither an alteration nor a confirmation of what the page leaves open."""
    text = f"A report\nDate\n{value}\nDescription\nA report on the quays and the cranes."
    ends = [field(DATE, end, text) for end in value.split(" - ")] if " - " in value else []
    read = page(PAGE, text, fields=(field(DATE, value, text), *ends))
    (check,) = checks(words, read, kind=CheckKind.FIELD, field=DATE)
    assert (check.verdict, check.warnings) == (verdict, (warning,))
    assert value in check.reason


def test_a_news_pages_dates_neither_confirm_nor_deny_a_month():
    """Some day of the month stands on the page; whether it is the one meant nobody can say."""
    text = "Harbor news\nPublished on Jun 4, 2019, about papers of Mar 9, 1961 and other years."
    news = page(PAGE, text, fields=(field(DATE, "Mar 9, 1961", text, found_by="structure"),))
    (check,) = checks("March 1961", news, kind=CheckKind.FIELD, field=DATE)
    assert (check.verdict, check.warnings) == ("not_checkable", ("less_precise",))


def test_a_day_dropped_inside_a_quotation_is_a_change_of_words():
    """Only a field is compared as a date; quoted words are quoted words."""
    text = "The engineers met the council on March 9, 1961 to speak about the quays of the harbor."
    words = "The engineers met the council on March 1961 to speak about the quays of the harbor."
    (check,) = checks(words, page(PAGE, text))
    assert check.verdict == "altered"


PUBLISHED = {
    "another day of the year": ("Jun 5, 2019", "altered"),
    "the same day": ("4 June 2019", "typographic"),
    "the date of a paper that the page does not give": ("Mar 2, 1950", "not_found"),
    "the day of a paper": ("9 March 1961", "typographic"),
}


@pytest.mark.parametrize("words, verdict", PUBLISHED.values(), ids=PUBLISHED)
def test_the_day_of_publication_says_nothing_about_the_papers(words, verdict):
    """An article of 2019 about papers of 1961 contradicts no date of another year."""
    text = "Harbor news\nPublished: Jun 4, 2019\nThe papers of Mar 9, 1961 and other years."
    dates = (
        field(DATE, "Jun 4, 2019", text),
        field(DATE, "Mar 9, 1961", text, found_by="structure"),
    )
    (check,) = checks(words, page(PAGE, text, fields=dates), kind=CheckKind.FIELD, field=DATE)
    assert check.verdict == verdict


MANY = (
    "The Harbor Papers\nPublished: Jun 4, 2019\nDocument 1\nReport on the Sunken Quays of the "
    "Old Harbor\nSource: Harbor Office, Record Group 8, Box 4\nDocument 2\nLetter from the Consul"
)
ENTRIES = {
    "a title of an entry": (
        FieldName.TITLE,
        "Report on the Sunken Quays of the Old Harbor",
        "verbatim",
    ),
    "a word of it changed": (
        FieldName.TITLE,
        "Report on the Risen Quays of the Old Harbor",
        "altered",
    ),
    "the article's own title": (FieldName.TITLE, "The Harbor Papers", "verbatim"),
    "another title altogether": (FieldName.TITLE, "A History of Lighthouses", "not_found"),
    "a source of an entry, shortened": (SOURCE, "Harbor Office, RG 8, Box 4", "typographic"),
    "another number in it": (SOURCE, "Harbor Office, Record Group 9, Box 4", "altered"),
    "the source of a paper for which the page gives none": (
        SOURCE,
        "Consular Letters of the Western Coast",
        "not_found",
    ),
}


@pytest.mark.parametrize("name, words, verdict", ENTRIES.values(), ids=ENTRIES)
def test_the_fields_of_an_article_are_not_those_of_every_paper_in_it(name, words, verdict):
    """A briefing book's title contradicts no document's; a document's own words may be changed."""
    fields = (
        field(FieldName.TITLE, "The Harbor Papers", MANY, found_by="structure"),
        field(SOURCE, "Harbor Office, Record Group 8, Box 4", MANY),
    )
    article = page(PAGE, MANY, fields=fields, basis="briefing book, all words (utf-8)")
    (check,) = checks(words, article, kind=CheckKind.FIELD, field=name)
    assert check.verdict == verdict, check.reason


@pytest.mark.parametrize("incomplete", ["The page breaks off before its end.", None])
def test_a_field_that_may_stand_in_what_was_not_sent_is_not_called_missing(incomplete):
    """Of a page that was sent in part, no field is known to be absent."""
    text = "Memorandum on the harbor works\nDate\nMar 9, 1961\nDescription\nThe engineers"
    labelled = (field(DATE, "Mar 9, 1961", text),)
    part = page(PAGE, text, fields=labelled, incomplete=incomplete)
    (check,) = checks("Papers of the dredging board.", part, kind=CheckKind.FIELD, field=SOURCE)
    assert check.verdict == ("not_checkable" if incomplete else "not_found")
    assert (incomplete or "") in check.reason
