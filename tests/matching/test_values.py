"""Numbers, times, sums and abbreviations in another spelling, and in another sense."""

import pytest

from flows.matching import SourceText, compare
from flows.records import EditKind, Severity, Verdict

BEFORE, AFTER = "The levy was read out in the hall. ", " Then the hall was cleared."

EQUAL = {
    "thousands parted by a blank": ("they mustered 1 200 men there", "they mustered 1,200 men there"),
    "thousands parted by a thin blank": ("they mustered 1\u202f200\u202f000 men there", "they mustered 1,200,000 men there"),
    "a range of years in full": ("the 1995–1996 accounts were lost", "the 1995-96 accounts were lost"),
    "a range of years with a stroke": ("the 1995/96 accounts were lost", "the 1995–96 accounts were lost"),
    "pages cut short": ("see pages 123–25 of the ledger", "see pages 123-125 of the ledger"),
    "a decade with an apostrophe": ("the levies of the 1970's were light", "the levies of the 1970s were light"),
    "a fraction in words": ("two thirds of them stayed away", "2/3 of them stayed away"),
    "a fraction with a hyphen as a sign": ("two-thirds of them stayed away", "⅔ of them stayed away"),
    "an article by its figure": ("as Article 6 of the pact says", "as Article VI of the pact says"),
    "a war by its word": ("until World War Two was over", "until World War II was over"),
    "a point in a time": ("the hall opened at 10.30 a.m. sharp", "the hall opened at 10:30 a.m. sharp"),
    "an hour without minutes": ("the hall opened at 5 p.m. sharp", "the hall opened at 5:00 PM sharp"),
    "an hour of twenty-four": ("the hall opened at 17:15 sharp", "the hall opened at 5:15 p.m. sharp"),
    "military time": ("they left between 06:00 and 14:30 by cart", "they left between 0600 and 1430 by cart"),
    "a month before another sentence's ordinal": ("ten carts left in June; the second in May", "10 carts left in June; the second in May"),
    "a note's number behind a number": ("they mustered 62. Nobody else stood in the hall", "they mustered 62.14 Nobody else stood in the hall"),
    "an hour in words": ("the hall opened at five p.m. sharp", "the hall opened at 5 p.m. sharp"),
    "a currency in words": ("it cost 2.5 million dollars in all", "it cost $2.5 million in all"),
    "per cent as a sign": ("it fell to 2.5% of all that year", "it fell to 2.5 per cent of all that year"),
    "a scale cut short": ("it cost $2.5m in all that year", "it cost $2.5 million in all that year"),
    "the article of a day": ("since April 1, 1979 they had met", "since the 1st of April, 1979 they had met"),
    "a title written out": ("they heard General Brandt say so", "they heard Gen. Brandt say so"),
    "a title cut short": ("they heard Amb. Brandt say so", "they heard Ambassador Brandt say so"),
    "a day of the week cut short": ("they met on Tues. in the hall", "they met on Tuesday in the hall"),
    "a number sign": ("they drew № 14 from the urn", "they drew No. 14 from the urn"),
    "a range with its to": ("they mustered 1,000 to 1,200 men there", "they mustered 1,000–1,200 men there"),
    "a range in words": ("they mustered ten to fifteen men there", "they mustered 10–15 men there"),
    "a range of years with its to": ("the accounts of 1962 to 1963 were lost", "the accounts of 1962–63 were lost"),
    "a vote with its to": ("the motion fell by 12 to 3 in the hall", "the motion fell by 12–3 in the hall"),
    "a vote with its to, and a number in words": ("one of them fell by 12 to 3 there", "1 of them fell by 12–3 there"),
    "a product with its x": ("the hall was 5 x 10 paces wide", "the hall was 5 × 10 paces wide"),
    "a year of two digits": ("they met on 5 March 1962 in the hall", "they met on 5 Mar 62 in the hall"),
    "a month and a year of two digits": ("they met in October 1962 in the hall", "they met in OCT '62 in the hall"),
    "a day with strokes and a short year": ("they met on October 27, 1962 in the hall", "they met on 10/27/62 in the hall"),
    "a unit cut short": ("the hall was 30 meters long, 2,000 kilometers away", "the hall was 30 m long, 2,000 km away"),
    "a unit of weight cut short": ("some 15 kilotons of it fell on the hall", "some 15 kt of it fell on the hall"),
    "feet cut short": ("the hall was 20 ft high that year", "the hall was 20 feet high that year"),
    "an annex in small numerals": ("as Annex iv of the pact says", "as Annex 4 of the pact says"),
    "an adverb cut short": ("they mustered approx. 40 men there", "they mustered approximately 40 men there"),
    "a dozen": ("they mustered 12 men there", "they mustered a dozen men there"),
    "two dozen": ("they mustered 24 men there", "they mustered two dozen men there"),
    "a number sign in words": ("they drew number 14 from the urn", "they drew No. 14 from the urn"),
}  # fmt: skip


@pytest.mark.parametrize("quote, text", EQUAL.values(), ids=EQUAL)
@pytest.mark.parametrize("turned", [False, True], ids=["as quoted", "as found"])
def test_equal_values_are_no_change(quote, text, turned):
    """One value in two spellings is the same statement, whichever side has which."""
    quote, text = (text, quote) if turned else (quote, text)
    result = compare(quote, SourceText(BEFORE + text + AFTER))
    assert result.verdict is Verdict.TYPOGRAPHIC
    assert result.edits


UNEQUAL = {
    "thousands parted otherwise": ("they mustered 1 200 men there", "they mustered 12,000 men there", EditKind.NUMBER),
    "a range with another end": ("the 1995–1997 accounts were lost", "the 1995-96 accounts were lost", EditKind.NUMBER),
    "a range cut to its beginning": ("they lost the accounts of 1995", "they lost the accounts of 1995-96", EditKind.NUMBER),
    "another decade": ("the levies of the 1960s were light", "the levies of the 1970s were light", EditKind.NUMBER),
    "a decade made a year": ("the levies of 1970 were light", "the levies of 1970s were light", EditKind.NUMBER),
    "another part": ("three quarters of them stayed away", "two thirds of them stayed away", EditKind.NUMBER),
    "another article": ("as Article 5 of the pact says", "as Article VI of the pact says", EditKind.NUMBER),
    "a pronoun is no numeral": ("and 1 of them said as much", "and I of them said as much", EditKind.NUMBER),
    "morning made evening": ("the hall opened at 10:30 p.m. sharp", "the hall opened at 10:30 a.m. sharp", EditKind.NUMBER),
    "another minute": ("the hall opened at 10.50 a.m. sharp", "the hall opened at 10:30 a.m. sharp", EditKind.NUMBER),
    "per cent made points": ("it fell by 2.5 percentage points that year", "it fell by 2.5 per cent that year", EditKind.NUMBER),
    "another scale cut short": ("it cost $2.5bn in all that year", "it cost $2.5 million in all that year", EditKind.NUMBER),
    "another currency in words": ("it cost 2.5 million euros in all", "it cost $2.5 million in all", EditKind.NUMBER),
    "a day left out before a month": ("they met in October 1982 in the hall", "they met in 12 October 1982 in the hall", EditKind.DATE),
    "a vote made a range": ("the motion fell by 12–3 in the hall", "the motion fell by 12–13 in the hall", EditKind.NUMBER),
    "a vote turned": ("one of them fell by 3–12 in the hall", "1 of them fell by 12–3 in the hall", EditKind.NUMBER),
    "a range with another to": ("they mustered 10 to 50 men there", "they mustered 10–15 men there", EditKind.NUMBER),
    "another dozen": ("they mustered twelve men there", "they mustered two dozen men there", EditKind.NUMBER),
    "dozens are no dozen": ("they mustered 12 men there", "they mustered dozens of men there", EditKind.NUMBER),
    "another military minute": ("they left between 0600 and 14:45 by cart", "they left between 0600 and 1430 by cart", EditKind.NUMBER),
    "a decimal cut before a unit": ("they paid 62. Marks they had none in the hall", "they paid 62.14 marks they had in the hall", EditKind.NUMBER),
    "another short year": ("they met on 5 March 1972 in the hall", "they met on 5 Mar 62 in the hall", EditKind.DATE),
    "a short year of any century": ("they met on 5 March 1912 in the hall", "they met on 5 Mar 12 in the hall", EditKind.NUMBER),
    "a number that is no year": ("on May 5, 1962 men met in the hall", "on May 5, 62 men met in the hall", EditKind.NUMBER),
    "metres made millions": ("the hall was 30 million long", "the hall was 30 m long", EditKind.NUMBER),
    "another chapter": ("as Chapter XVI of the pact says", "as Chapter XIV of the pact says", EditKind.NUMBER),
    "a beginning that denies": ("they made binding terms in the hall", "they made non-binding terms in the hall", EditKind.NEGATION),
    "a beginning that denies a name": ("they made un-American terms in the hall", "they made American terms in the hall", EditKind.NEGATION),
    "a name that begins like a rank": ("they heard Gennady Brandt say so", "they heard Gen. Brandt say so", EditKind.NAME),
    "a no that is no number sign": ("they drew lots from the urn", "they drew no lots from the urn", EditKind.NEGATION),
    "a sentence cut before its not": ("some of them said certainly", "some of them said certainly not", EditKind.NEGATION),
}  # fmt: skip


@pytest.mark.parametrize("quote, text, kind", UNEQUAL.values(), ids=UNEQUAL)
def test_unequal_values_are_a_change(quote, text, kind):
    """What merely resembles another spelling of the value is typed as what it is."""
    result = compare(quote, SourceText(BEFORE + text + "." + AFTER))
    assert result.verdict is Verdict.ALTERED
    assert kind in {edit.kind for edit in result.edits if edit.severity is Severity.MAJOR}


def test_a_number_sign_denies_nothing():
    """To leave out "No." is to leave out a word, in a sentence and behind points."""
    page = SourceText("The bill, under No. 14 of the ledger, was paid in March.")
    dropped = compare("The bill, under 14 of the ledger, was paid in March.", page)
    assert dropped.verdict is Verdict.ALTERED
    assert EditKind.NEGATION not in {edit.kind for edit in dropped.edits}
    assert compare("The bill … was paid in March.", page).verdict is Verdict.ELIDED


@pytest.mark.parametrize(
    "quote, text",
    [
        ("they praised the art of the day", "they praised the article of the day"),
        ("where they sat for the rest of it", "where they Saturday for the rest of it"),
        ("beneath the Sun of that spring", "beneath the Sunday of that spring"),
        ("the gen was read out in the hall", "the general was read out in the hall"),
    ],
)
def test_a_word_that_looks_like_an_abbreviation_is_a_word(quote, text):
    """Without a point, and unless it is a title before a name, it stands for itself."""
    result = compare(quote, SourceText(BEFORE + text + "." + AFTER))
    assert result.verdict is Verdict.ALTERED
