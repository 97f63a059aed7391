"""How dates in a post stand to dates on a page, whatever the spelling."""

import pytest

from flows.dates import read_date, relate

PAGE = "Jul 9, 1958"

SAME = {
    "day first": "9 July 1958",
    "day first, month shortened": "9 Jul. 1958",
    "an ordinal": "July 9th, 1958",
    "with of": "the 9th of July, 1958",
    "figures, year first": "1958-07-09",
    "figures with strokes, year first": "1958/7/9",
    "figures that only one order allows": "7/30/1958",
    "a weekday": "Wednesday, July 9, 1958",
    "a weekday behind": "July 9, 1958 (Wed.)",
    "year of two digits": "9 Jul 58",
    "year of two digits, hyphens": "9-Jul-58",
    "a Roman month": "9.VII.1958",
    "brackets": "[July 9, 1958]",
    "a word before": "Dated July 9, 1958",
    "Russian": "9 июля 1958 г.",
    "Spanish": "9 de julio de 1958",
    "German": "9. Juli 1958",
    "German, with a weekday": "Mittwoch, den 9. Juli 1958",
    "French": "le 9 juillet 1958",
    "Portuguese": "9 de julho de 1958",
    "Italian": "9 luglio 1958",
    "Chinese": "1958年7月9日",
    "as machines write it": "1958-07-09T12:00:00Z",
}


@pytest.mark.parametrize("ours", SAME.values(), ids=SAME)
def test_every_spelling_of_one_day_is_the_same(ours):
    """Neither order nor language nor abbreviation makes another day."""
    theirs = "Jul 30, 1958" if "30" in ours else PAGE
    found = relate(ours, theirs)
    assert found is not None
    assert (found.relation.value, found.ambiguous, found.adds_time) == ("same", False, False)


OTHERWISE = {
    "the month alone": ("July 1958", PAGE, "less_precise"),
    "the year alone": ("1958", PAGE, "less_precise"),
    "the decade": ("the 1950s", PAGE, "less_precise"),
    "the early days of the month": ("early July 1958", PAGE, "less_precise"),
    "the season": ("summer 1958", PAGE, "less_precise"),
    "about the year": ("circa 1958", PAGE, "less_precise"),
    "about the day": ("ca. July 9, 1958", PAGE, "less_precise"),
    "a doubtful year": ("1958?", PAGE, "less_precise"),
    "days around it": ("July 8-11, 1958", PAGE, "less_precise"),
    "months around it": ("June to August 1958", PAGE, "less_precise"),
    "years around it": ("1957-59", PAGE, "less_precise"),
    "no year": ("July 9", PAGE, "less_precise"),
    "two months for two days in them": (
        "July - August 1958",
        "Jul 9 - Aug 2, 1958",
        "less_precise",
    ),
    "a month in Spanish": ("julio de 1958", PAGE, "less_precise"),
    "a day that the page does not name": ("July 9, 1958", "July 1958", "more_precise"),
    "a month that the page does not name": ("July 1958", "1958", "more_precise"),
    "certainty that the page has not": ("July 1958", "circa July 1958", "more_precise"),
    "one day of several": ("July 9, 1958", "July 8-11, 1958", "more_precise"),
    "a date where the page has none": ("July 9, 1958", "undated", "more_precise"),
    "vaguer and bolder at once": ("1958", "circa July 1958", "more_precise"),
    "another day": ("July 8, 1958", PAGE, "different"),
    "another month": ("August 1958", PAGE, "different"),
    "another month in Russian": ("9 июня 1958", PAGE, "different"),
    "another year": ("1957", PAGE, "different"),
    "about another year": ("circa 1955", PAGE, "different"),
    "the late days of the month": ("late July 1958", PAGE, "different"),
    "a range that ends on another day": ("July 8-12, 1958", "July 8-11, 1958", "different"),
    "days that end before": ("July 1-8, 1958", PAGE, "different"),
    "undated": ("undated", PAGE, "different"),
    "a day that no calendar has": ("June 31, 1958", "Jun 30, 1958", "different"),
    "figures, neither order of which fits": ("7/8/1958", PAGE, "different"),
    "the day of another weekday": ("Monday, July 9, 1958", PAGE, "different"),
    "another weekday than the page's": (
        "Friday, 9 July 1958",
        "Wednesday, July 9, 1958",
        "different",
    ),
    "another year of two digits": ("9 Jul 59", PAGE, "different"),
    "another time of one zone": ("July 9, 1958, 3:10 p.m.", "Jul 9, 1958 15:20", "different"),
    "the same time in another form": ("July 9, 1958, 3:10 p.m.", "Jul 9, 1958 15:10", "same"),
}


@pytest.mark.parametrize("ours, theirs, relation", OTHERWISE.values(), ids=OTHERWISE)
def test_what_is_left_open_or_added_is_told_from_another_date(ours, theirs, relation):
    """Vague is true as far as it goes, exact is more than is known, and the rest is wrong."""
    found = relate(ours, theirs)
    assert found is not None
    assert found.relation.value == relation


AMBIGUOUS = {
    "month first": ("4/7/1958", "Apr 7, 1958"),
    "day first": ("4/7/1958", "Jul 4, 1958"),
    "dots": ("4.7.1958", "Jul 4, 1958"),
    "year of two digits": ("4/7/58", "Jul 4, 1958"),
    "figures on the page": ("July 4, 1958", "4/7/1958"),
}


@pytest.mark.parametrize("ours, theirs", AMBIGUOUS.values(), ids=AMBIGUOUS)
def test_figures_that_may_be_two_days_are_said_to_be(ours, theirs):
    """Either reading may be meant; neither is taken for the only one."""
    found = relate(ours, theirs)
    assert found is not None
    assert (found.relation.value, found.ambiguous) == ("same", True)


def test_the_machine_reading_settles_figures_and_invents_no_day():
    """It says which day 4/7/1958 is; that July 1958 is stored as its first day says nothing."""
    settled = relate("July 4, 1958", "4/7/1958", iso="1958-07-04T12:00:00Z")
    assert settled is not None
    assert (settled.relation.value, settled.ambiguous) == ("same", False)
    assert relate("April 7, 1958", "4/7/1958", iso="1958-07-04").relation.value == "different"
    assert relate("July 1, 1958", "July 1958", iso="1958-07-01").relation.value == "more_precise"


@pytest.mark.parametrize("given", ["July 9, 1958, 3:10 p.m. EST", "091510Z JUL 58"])
def test_a_time_that_the_page_has_not_makes_no_other_day(given):
    """The day agrees; that the time does not stand on the page is said."""
    found = relate(given, PAGE)
    assert found is not None
    assert (found.relation.value, found.adds_time) == ("same", True)


NO_DATES = {
    "a sentence": "In 1958 they met",
    "a month": "July",
    "a number": "9",
    "an address": "14 May Street 1958",
    "three numbers": "9 7 1958",
    "a file number": "611.93/7-958",
    "a price": "$1958",
    "nothing": "",
}


@pytest.mark.parametrize("line", NO_DATES.values(), ids=NO_DATES)
def test_other_lines_are_no_dates(line):
    """One word or sign that has no place in a date makes a line something else."""
    assert read_date(line) == ()
