"""Which words of a post claim what, and which link vouches for them."""

import re
import textwrap
from pathlib import Path

import pytest

import flows.demo
from flows.citations import find_claims, find_links, sentences_of
from flows.records import CheckKind, Claim, FieldName, Layer

LETTER = "https://nsarchive.gwu.edu/document/27160-doc-06-clinton-letter-yeltsin"
MEMO = "https://nsarchive.gwu.edu/document/27170-doc-16-strobe-talbott-memorandum"
PARAGRAPH = (
    "The envoy describes a dinner at which nobody spoke of the treaty until the last guest "
    "had left, and he calls the silence “a negotiation of its own.”"
)


def claims_of(text):
    found = find_claims(text, find_links(text))
    for claim in found:
        assert text[claim.start : claim.end] == claim.exact
        if claim.within is not None:
            outer = found[claim.within]
            assert outer.kind is CheckKind.PASSAGE
            assert outer.start <= claim.start
            assert claim.end <= outer.end
    assert [claim.start for claim in found] == sorted(claim.start for claim in found)
    return found


def told(text):
    """Return claims as short rows: kind, field, rule, words."""
    return [
        (
            claim.kind.value,
            claim.field.value if claim.field else None,
            claim.binding,
            claim.exact,
        )
        for claim in claims_of(text)
    ]


@pytest.fixture(scope="module")
def samples():
    folder = Path(flows.demo.__file__).parent / "data"
    text = (folder / "posts-22684108-22684265.txt").read_text(encoding="utf-8")
    second = text.index("Anonymous", 10)
    return [part.split("\n", 1)[1].strip() for part in (text[:second], text[second:])]


def test_first_sample_post(samples):
    """Every labelled field, and each quotation inside the description."""
    found = claims_of(samples[0])
    rows = [(claim.kind.value, claim.field and claim.field.value, claim.within) for claim in found]
    assert rows == [
        ("field", "date", None),
        ("passage", "description", None),
        *[("quotation", None, 1)] * 7,
        ("field", "source", None),
        ("field", "posting", None),
    ]
    assert found[0].exact == "Nov 28, 1994"
    assert found[2].exact.startswith("I would like to reassure you now")
    assert found[2].exact.endswith("during your visit.")
    assert found[8].exact == "assurances"
    assert found[9].exact == "Freedom of Information Lawsuit. State Department."
    assert found[10].exact == "NATO Expansion – The Budapest Blow Up 1994\n\nNov 24, 2021"
    assert {claim.urls for claim in found} == {(LETTER,)}
    assert {claim.binding for claim in found} == {"block"}


def test_second_sample_post(samples):
    """Its date has no label, its description three paragraphs, and there is no posting."""
    found = claims_of(samples[1])
    rows = [(claim.kind.value, claim.field and claim.field.value, claim.within) for claim in found]
    assert rows == [
        ("field", "date", None),
        ("passage", "description", None),
        ("quotation", None, 1),
        ("passage", "description", None),
        *[("quotation", None, 3)] * 4,
        ("passage", "description", None),
        ("quotation", None, 8),
        ("field", "source", None),
    ]
    assert found[0].exact == "Apr 15, 1995"
    assert found[9].exact == "new"


FIELDS = {
    "labels and values on one line": (
        f"Date: 4 May 1962\nDescription: {PARAGRAPH}\nSource: Records of the Embassy.\n{LETTER}",
        {"date": "4 May 1962", "description": PARAGRAPH, "source": "Records of the Embassy."},
    ),
    "labels in bold": (
        f"**Date**\n1962-05-04\n\n**Source**\nRecords of the Embassy.\n\n{LETTER}",
        {"date": "1962-05-04", "source": "Records of the Embassy."},
    ),
    "labels in capitals, another order": (
        f"SOURCE\n\nRecords of the Embassy.\n\nDATE\n\nCirca May 1962\n\n{LETTER}",
        {"date": "Circa May 1962", "source": "Records of the Embassy."},
    ),
    "labels with a dash": (
        f"Date – May 4, 1962\nSource – Records of the Embassy.\n{LETTER}",
        {"date": "May 4, 1962", "source": "Records of the Embassy."},
    ),
    "several fields on one line": (
        f"Date: May 4, 1962 | Source: Records of the Embassy. | {LETTER}",
        {"date": "May 4, 1962", "source": "Records of the Embassy."},
    ),
    "several fields on one line, one of them with the same mark inside": (
        f"Date: May 4, 1962; Source: Records of the Embassy; box 7.\n{LETTER}",
        {"date": "May 4, 1962", "source": "Records of the Embassy; box 7."},
    ),
    "a value that goes on over line ends": (
        f"Source: Records of the Embassy,\nbox 7.\nDate: May 4, 1962\n{LETTER}",
        {"source": "Records of the Embassy,\nbox 7.", "date": "May 4, 1962"},
    ),
    "own words below the last value, and below an empty line": (
        f"Source: Records of the Embassy.\n\nWell well.\n\nDate: May 4, 1962\nWell.\n{LETTER}",
        {"source": "Records of the Embassy.", "date": "May 4, 1962"},
    ),
    "labels in German": (
        f"Datum: 4. Mai 1962\nQuelle: Akten der Botschaft.\n{LETTER}",
        {"date": "4. Mai 1962", "source": "Akten der Botschaft."},
    ),
    "labels with a full-width colon": (
        f"Date：May 4, 1962\nSource：Records of the Embassy.\n{LETTER}",
        {"date": "May 4, 1962", "source": "Records of the Embassy."},
    ),
    "labels in Russian": (
        f"Дата: 4 мая 1962 г.\nИсточник: Records.\nОписание: {PARAGRAPH}\n{LETTER}",
        {"date": "4 мая 1962 г.", "source": "Records.", "description": PARAGRAPH},
    ),
    "labels in Spanish, in capitals": (
        f"FECHA: 4 de mayo de 1962\nFUENTES: Records.\n{LETTER}",
        {"date": "4 de mayo de 1962", "source": "Records."},
    ),
    "dated, without a colon, and sources": (
        f"Dated May 4, 1962\nSource(s): Records.\n{LETTER}",
        {"date": "May 4, 1962", "source": "Records."},
    ),
    "labels in a list": (
        f"• Date: May 4, 1962\n• Source: Records.\n{LETTER}",
        {"date": "May 4, 1962", "source": "Records."},
    ),
    "labels in a numbered list": (
        f"1. Date: May 4, 1962\n2. Source: Records.\n{LETTER}",
        {"date": "May 4, 1962", "source": "Records."},
    ),
    "labels in a table": (
        f"| Date | May 4, 1962 |\n| Source | Records. |\n{LETTER}",
        {"date": "May 4, 1962", "source": "Records."},
    ),
    "labels and tabs": (
        f"Date\tMay 4, 1962\nSource\tRecords.\n{LETTER}",
        {"date": "May 4, 1962", "source": "Records."},
    ),
    "labels in square brackets": (
        f"[Date] May 4, 1962\n[Source] Records.\n{LETTER}",
        {"date": "May 4, 1962", "source": "Records."},
    ),
    "labels behind pictures": (
        f"📅 Date: May 4, 1962\n📁 Source: Records.\n{LETTER}",
        {"date": "May 4, 1962", "source": "Records."},
    ),
    "labels of documents": (
        f"Date of the document: May 4, 1962\nDocument source: Records.\n{LETTER}",
        {"date": "May 4, 1962", "source": "Records."},
    ),
    "a date in other words than usual": (
        f"Date: the 4th of that May, 1962\nSource: Records.\n{LETTER}",
        {"date": "the 4th of that May, 1962", "source": "Records."},
    ),
    "the date's label alone": (
        f"Date: May 1962\n\n{PARAGRAPH}\n\n{LETTER}",
        {"date": "May 1962"},
    ),
    "greentext": (
        f">Date\n>May 4, 1962\n>Description\n>{PARAGRAPH}\n>Source\n>Records.\n{LETTER}",
        {"date": "May 4, 1962", "description": PARAGRAPH, "source": "Records."},
    ),
    "published in": (
        f"Date: May 4, 1962\nPublished in: Cranes and Quays, Jun 4, 2019\n{LETTER}",
        {"date": "May 4, 1962", "posting": "Cranes and Quays, Jun 4, 2019"},
    ),
    "the Archive itself as the source": (
        f"Date: May 4, 1962\nSource: National Security Archive, GWU\n{LETTER}",
        {"date": "May 4, 1962"},
    ),
    "the National Archives are another institution": (
        f"Date: May 4, 1962\nSource: National Archives\n{LETTER}",
        {"date": "May 4, 1962", "source": "National Archives"},
    ),
    "a source that is not named": (
        f"Date: May 4, 1962\nSource: see link below\n{LETTER}",
        {"date": "May 4, 1962"},
    ),
    "a title, too": (
        f"Title: A Dinner\nDate: May 4, 1962\n{LETTER}",
        {"title": "A Dinner", "date": "May 4, 1962"},
    ),
    "a date without a label": (
        f"May 4, 1962\nDescription\n{PARAGRAPH}\nSource\nRecords.\n{LETTER}",
        {"date": "May 4, 1962", "description": PARAGRAPH, "source": "Records."},
    ),
    "a range of days": (
        f"Date\nMay 4-6, 1962\nSource\nRecords.\n{LETTER}",
        {"date": "May 4-6, 1962", "source": "Records."},
    ),
    "the link is the source": (
        f"Date: May 4, 1962\nDescription: {PARAGRAPH}\nSource: {LETTER}",
        {"date": "May 4, 1962", "description": PARAGRAPH},
    ),
    "a description without any other label": (
        f"Description\n\n{PARAGRAPH}\n\n{LETTER}",
        {"description": PARAGRAPH},
    ),
}


@pytest.mark.parametrize("case", FIELDS)
def test_labelled_fields(case):
    text, want = FIELDS[case]
    found = {claim.field.value: claim.exact for claim in claims_of(text) if claim.field is not None}
    assert found == want
    assert all(claim.urls == (LETTER,) for claim in claims_of(text))


NO_FIELDS = {
    "a table's head": f"Title | Date | Source\n{LETTER}",
    "a source that is hearsay": f"Source: my uncle\n{LETTER}",
    "prose that begins like a label": f"Source material is thin.\nDate palms grow there.\n{LETTER}",
    "a description in a sentence": f"Her description of it is in {LETTER}",
    "one label and no document": "Date: May 4, 1962\nhttps://nsarchive.gwu.edu/news/a",
    "a date alone": f"May 4, 1962\n{LETTER}",
}


@pytest.mark.parametrize("text", NO_FIELDS.values(), ids=NO_FIELDS)
def test_these_are_no_fields(text):
    assert [claim for claim in claims_of(text) if claim.field is not None] == []


def test_own_line_between_description_and_link_is_not_charged():
    """Only a label says that all above it was copied from the page."""
    own = "they have been lying to all of us about this for thirty years now"
    rows = told(f"Description\n\n{PARAGRAPH}\n\n{own}\n\n{LETTER}")
    assert ("passage", "description", "block", PARAGRAPH) in rows
    assert ("passage", "description", "candidate", own) in rows


def test_several_postings_are_several_claims():
    text = (
        "Date\n\nMay 4, 1962\n\nDocument published in following posting(s):\n\n"
        f"The Dinner Files\n\nMar 1, 2020\n\nThe Treaty\nApr 2, 2021\n\n{LETTER}"
    )
    postings = [c.exact for c in claims_of(text) if c.field is FieldName.POSTING]
    assert postings == ["The Dinner Files\n\nMar 1, 2020", "The Treaty\nApr 2, 2021"]


TWO_BLOCKS = "Date\n\n{}\n\nSource\n\nRecords {}.\n\n"


def test_blocks_followed_by_their_links():
    text = TWO_BLOCKS.format("May 4, 1962", "one") + LETTER + "\n\n"
    text += TWO_BLOCKS.format("May 5, 1962", "two") + MEMO
    assert [claim.urls[0] for claim in claims_of(text)] == [LETTER, LETTER, MEMO, MEMO]


def test_blocks_headed_by_their_links():
    text = LETTER + "\n\n" + TWO_BLOCKS.format("May 4, 1962", "one")
    text += MEMO + "\n\n" + TWO_BLOCKS.format("May 5, 1962", "two")
    assert [claim.urls[0] for claim in claims_of(text)] == [LETTER, LETTER, MEMO, MEMO]
    assert all(set(claim.urls) == {LETTER, MEMO} for claim in claims_of(text))


MARKS = {
    "curly": ("He says “the doors stay shut” there.", ["the doors stay shut"]),
    "straight": ('He says "the doors stay shut" there.', ["the doors stay shut"]),
    "guillemets": ("Il dit « les portes restent fermées » là.", ["les portes restent fermées"]),
    "reversed guillemets": ("Er sagt »die Türen bleiben zu« dort.", ["die Türen bleiben zu"]),
    "low and high": ("Er sagt „die Türen bleiben zu“ dort.", ["die Türen bleiben zu"]),
    "low and right": ("On mówi „drzwi są zamknięte” tam.", ["drzwi są zamknięte"]),
    "Swedish": ("Han säger ”dörrarna är stängda” där.", ["dörrarna är stängda"]),
    "corner brackets": ("彼は「扉は閉じたまま」と言う。", ["扉は閉じたまま"]),
    "typewriter": ("He says ``the doors stay shut'' there.", ["the doors stay shut"]),
    "single curly": ("He says ‘the doors stay shut’ there.", ["the doors stay shut"]),
    "single straight": ("He says 'the doors stay shut' there.", ["the doors stay shut"]),
    "apostrophes are no marks": ("It's Moscow's and the allies' doors, don't ask.", []),
    "curly apostrophes are no marks": ("It’s Moscow’s and the allies’ doors, don’t ask.", []),
    "apostrophe inside single marks": (
        "He says ‘it’s the allies’ own doors’ there.",
        ["it’s the allies’ own doors"],
    ),
    "straight apostrophe inside single marks": (
        "He says 'it's the allies' own doors' there.",
        ["it's the allies' own doors"],
    ),
    "years cut short": ("In the '90s and '80s nobody asked.", []),
    "words cut short": (
        "'Tis the '90s again, tell 'em: 'the doors stay shut' he says.",
        ["the doors stay shut"],
    ),
    "inches": ('A 6" gun and a 12" gun.', []),
    "nested": ("He says “she called it ‘a closed door’ then” there.", ["she called it ‘a closed door’ then"]),
    "nested straight": (
        "He says \"she called it 'a closed door' then\" there.",
        ["she called it 'a closed door' then"],
    ),
    "two of them": ("“First words here,” he said, “second words there.”", ["First words here,", "second words there."]),
    "never closed": ("He says “the doors stay shut and so on", []),
    "closed only": ("the doors stay shut” and so on", []),
    "empty": ("He says “” and leaves.", []),
    "blanks inside": ("He says “ the doors stay shut ” there.", ["the doors stay shut"]),
    "one word": ("The word “assurances” was chosen.", ["assurances"]),
    "brackets and ellipsis inside": (
        "“the doors [of the hall] stay … shut”",
        ["the doors [of the hall] stay … shut"],
    ),
    "mark after a dash": ("he went on—“the doors stay shut”—and left", ["the doors stay shut"]),
    "mark after a bracket": ("(“the doors stay shut”)", ["the doors stay shut"]),
}  # fmt: skip


@pytest.mark.parametrize("case", MARKS)
def test_marked_quotations(case):
    words, want = MARKS[case]
    found = [c.exact for c in claims_of(f"{words}\n\n{LETTER}") if c.kind is CheckKind.QUOTATION]
    assert found == want


def test_reopened_marks_give_a_piece_for_each_paragraph():
    text = f"“The doors stay shut.\n\n“They were shut before.”\n\n{LETTER}"
    assert [c.exact for c in claims_of(text)] == ["The doors stay shut.", "They were shut before."]


OVER_LINES = {
    "verses": "“The doors stay shut,\nthe guests have left,\nand nobody has the key.”",
    "a word broken at the end of a line": "“The doors were shut by the minis-\nter himself.”",
    "straight marks": '"The doors stay shut,\nthe guests have left."',
    "guillemets": "« Les portes restent fermées,\nles hôtes sont partis »",
    "own words before and behind": "He says “the doors stay shut,\nthe guests have left” and leaves.",
    "as in mail": "> He says “the doors stay shut,\n> the guests have left” there.",
}


@pytest.mark.parametrize("text", OVER_LINES.values(), ids=OVER_LINES)
def test_a_quotation_over_several_lines_is_one(text):
    found = find_claims(f"{text}\n\n{LETTER}", find_links(f"{text}\n\n{LETTER}"))
    inside = re.search(r"[“\"«]\s?(.*?)\s?[”\"»]", text, re.DOTALL).group(1)
    assert inside in [claim.exact for claim in found if claim.kind is CheckKind.QUOTATION]


NOT_OVER_LINES = {
    "a blank line between": '"The doors stay shut\n\nthe guests" have left',
    "another begins first": '"The doors stay shut\n"the guests have left"',
    "inches": 'A door of 30"\nand a mark" behind it',
    "greentext and an answer": '>"the doors\nstay" shut',
}


@pytest.mark.parametrize("text", NOT_OVER_LINES.values(), ids=NOT_OVER_LINES)
def test_these_marks_join_no_lines(text):
    found = find_claims(f"{text}\n\n{LETTER}", find_links(f"{text}\n\n{LETTER}"))
    assert not any("doors" in c.exact and "\n" in c.exact for c in found)


def test_quoted_inside_an_address_is_no_quotation():
    text = f'<a href="https://example.com/x">a page</a> and {LETTER}'
    assert [c for c in claims_of(text) if c.kind is CheckKind.QUOTATION] == []


PLAIN = PARAGRAPH.partition(", and")[0] + "."


def test_pasted_paragraph_is_a_candidate():
    """Only the source's text can tell a copied paragraph from the poster's own words."""
    [claim] = claims_of(f"{PLAIN}\n\n{LETTER}")
    assert (claim.kind, claim.field, claim.binding) == (CheckKind.PASSAGE, None, "candidate")
    assert claim.exact == PLAIN


PASTED = {
    "address in brackets behind it": f"{PLAIN} ({LETTER})",
    "source cue before the address": f"{PLAIN} Source: {LETTER}",
    "dash before the address": f"{PLAIN} – {LETTER}",
    "address on the line below": f"{PLAIN}\n{LETTER}",
    "address before it": f"{LETTER} {PLAIN}",
    "quote tags around it": f"[quote]{PLAIN}[/quote]\n{LETTER}",
    "own line above it": f"look what they did there\n{PLAIN}\n{LETTER}",
    "own long line above it": f"I have read this thing three times and still cannot believe it\n{PLAIN}\n{LETTER}",
}


@pytest.mark.parametrize("text", PASTED.values(), ids=PASTED)
def test_pasted_paragraph_is_cut_out_exactly(text):
    assert PLAIN in [claim.exact for claim in claims_of(text)]


@pytest.mark.parametrize("column", [50, 58, 60, 64, 72, 78])
def test_paragraph_wrapped_at_any_column_is_one_passage(column):
    wrapped = "\n".join(textwrap.wrap(f"{PLAIN} {PLAIN}", column))
    assert [claim.exact for claim in claims_of(f"{wrapped}\n\n{LETTER}")] == [wrapped]


def test_lines_quoted_as_in_mail_are_one_quotation():
    """Markdown sets a blank behind the mark; greentext sets none, and a thought a line."""
    words = "The envoy left before noon,\n> and nobody at the long table had asked him why."
    assert [c.exact for c in claims_of(f"> {words}\n\n{LETTER}")] == [words]
    lines = (
        ">the envoy left before noon and nobody asked\n>and nobody at the long table had asked him"
    )
    assert len(claims_of(f"{lines}\n\n{LETTER}")) == 2


def test_hard_wrapped_paragraph_is_one_passage():
    wrapped = PLAIN[:70].rpartition(" ")[0]
    wrapped = f"{wrapped}\n{PLAIN[len(wrapped) + 1 :]}"
    assert wrapped in [claim.exact for claim in claims_of(f"{wrapped}\n\n{LETTER}")]


def test_greentext_is_charged_only_when_introduced():
    """``>`` marks mockery as often as quotation; a sentence before it tells which."""
    words = "the doors of the hall stay shut until the guests have left"
    [own] = claims_of(f">{words}\n{LETTER}")
    assert own.binding == "candidate"
    [quoted] = claims_of(f"The memo says:\n>{words}\n{LETTER}")
    assert (quoted.kind, quoted.exact) == (CheckKind.QUOTATION, words)
    assert (quoted.binding, quoted.speaker) == ("only_link", Layer.OCR)


def test_mail_quoting_is_somebody_elses_mail():
    text = f"On Monday, Ann wrote:\n> I have seen the doors and they are all still shut today.\n\n{LETTER}"
    assert {claim.binding for claim in claims_of(text)} == {"candidate"}


SPEAKERS = {
    "The memo states: “the doors stay shut”": Layer.OCR,
    "According to the telegram, “the doors stay shut”": Layer.OCR,
    "In the letter he writes “the doors stay shut”": Layer.OCR,
    "The Archive's page says “the doors stay shut”": Layer.PAGE,
    "The summary notes that “the doors stay shut”": Layer.PAGE,
    "The editors of the memo write “the doors stay shut”": None,
    "My neighbour says “the doors stay shut”": None,
    "“the doors stay shut”": None,
}


@pytest.mark.parametrize("words", SPEAKERS)
def test_to_whom_the_post_gives_the_words(words):
    [claim] = [c for c in claims_of(f"{words} {LETTER}") if c.kind is CheckKind.QUOTATION]
    expected = SPEAKERS[words]
    if expected is None and "editors" in words:
        expected = Layer.PAGE
    assert claim.speaker is expected


def test_editors_phrase_in_a_copied_paragraph_gives_nobody_the_words(samples):
    assert {claim.speaker for claim in claims_of(samples[0])} == {None}


def rule(words):
    """Return by which rule the one quotation in *words* is bound, and whom it names."""
    [claim] = [c for c in claims_of(f"{words}. {LETTER}") if c.kind is CheckKind.QUOTATION]
    return claim.binding, claim.named


NOBODYS = {
    "a relative": "My uncle always said “never trust a man who counts the doors at night”",
    "a friend, with a name between": "My old friend Tom used to say: “the doors stay shut”",
    "a landlord, in a relative clause": "My landlord, who owns the hall, says “the doors stay shut”",
    "what they call it": "They call it “restraint”, how nice",
    "a question in the air": "Everyone asks “why did nobody shut the doors?”",
    "what the poster thought": "My first thought was “the doors stay shut”",
    "what the memo does not say": "The memo never says “the doors stay shut”",
    "what the memo ought to say": "The memo should have said “the doors stay shut”",
    "a question about the memo": "Where does the memo say “the doors stay shut”",
    "a condition": "If the memo said “the doors stay shut” I would believe it",
    "an imagined minister": "Imagine a minister saying “I was wrong about the doors”",
    "a posture": "He does as if “the doors stay shut” were his own idea",
    "a saying of long ago": "Quist once said “the doors stay shut”",
    "put in other words": "In other words: “the doors stay shut”",
    "what he meant": "What he meant was “the doors stay shut”",
    "denied behind the words": "“The doors stay shut” is not in the memo",
    "denied in short": "“The doors stay shut” doesn't appear in the memo",
    "a thing of the poster's": "See my older post “the doors of the hall and who shut them”",
    "the poster's teacher tells of the memo": "My teacher claims the memo says “the doors stay shut”",
    "acted out": "and I'm like “the doors stay shut”",
    "somebody behind the words": "“The doors stay shut,” they said",
    "behind the words, last week": "“The doors stay shut,” claimed Senator Brandt last week",
    "what the poster looked up": "I googled “the doors stay shut” and found this",
    "no such words": "There is no “the doors of the hall stay shut” in the memo",
    "a motto": "“The doors stay shut” was my grandmother's motto",
}


@pytest.mark.parametrize("words", NOBODYS.values(), ids=NOBODYS)
def test_words_given_to_others_are_not_charged(words):
    assert rule(words)[0] == "candidate"


TERMS = {
    "so-called": "So much for the so-called “free harbour”",
    "one word": "The “experts” knew it all along",
    "an ironic phrase": "Sure, the “most open house of all” was shut that night",
    "a slogan": "All this talk of “doors for everybody” is tiresome",
    "the name of a book": "Compare the novel “The Doors of the Hall and Other Stories”",
    "a title before the words": "“Seven Doors in October” is a good film about it",
    "a nickname": "Harold “the Fox” Quist was there",
    "words to look for": "Search the page for “doors and three keys”",
}


@pytest.mark.parametrize("words", TERMS.values(), ids=TERMS)
def test_titles_and_terms_are_mentioned(words):
    """Marks alone do not say that anybody is quoted."""
    assert rule(words) == ("mentioned", None)


def test_words_in_marks_among_greentext_are_mentioned():
    text = f">good grief, “and the doors stay shut for another year”, sure\n{LETTER}"
    found = find_claims(text, find_links(text))
    assert [c.binding for c in found if c.exact.startswith("and")] == ["mentioned"]


PRESENTED = {
    "a sentence of its own": "Read this. “The doors stay shut.” Read it again",
    "alone on its line": "look at this\n“the doors stay shut”\n",
    "an item of a list": "- “the doors stay shut”\n- and more\n",
    "behind a sentence of the poster's": "I can prove it. “The doors stay shut” -- the cable, 1958",
    "behind a colon": "Key words: “the doors stay shut”",
    "long, at the beginning": "“The doors stay shut until noon” I mean, come on",
    "what one reads there": "I read “the doors stay shut” in there",
    "of a thing before the words": "Here you have it, this “the doors stay shut”",
    "a part of the letter": "The letter's final remark (“the doors stay shut”) is chilling",
    "a place in the letter": "In the second letter, “the doors stay shut”",
    "of him or her": "There he says “the doors stay shut”",
    "of whoever wrote it": "They even admitted “the doors stay shut”",
    "of a document, titled": "The letter speaks of “The Doors of the Hall”",
    "the last line": "The last line reads “the doors stay shut”",
    "my favorite line": "My favorite line is “the doors stay shut”",
    "the money quote": "Here is the money quote: “the doors stay shut”",
    "in the letter": "In the letter we are told that “the doors stay shut”",
    "an arrow behind": "“The doors stay shut now and for ever” <- actual quote from the letter",
    "quoted": "And I quote “the doors stay shut”",
}


@pytest.mark.parametrize("words", PRESENTED.values(), ids=PRESENTED)
def test_words_set_out_as_a_quotation_are_charged(words):
    assert rule(words) == ("only_link", None)


SOMEBODYS = {
    "the memo, after the poster": "As I said, the memo states “the doors stay shut”",
    "a document of a relative": "My uncle's memo says “the doors stay shut”",
    "the article that is linked": "The article says “the doors stay shut”",
    "not only": "Not only does the memo say “the doors stay shut”",
    "a doubt about something else": "I could not believe what the memo says: “the doors stay shut”",
}


@pytest.mark.parametrize("words", SOMEBODYS.values(), ids=SOMEBODYS)
def test_words_given_to_a_source_are_charged(words):
    assert rule(words) == ("only_link", None)


NAMED = {
    "a man before the words": ("The envoy says “the doors stay shut”", "envoy"),
    "a newspaper": ("As the Morning Herald wrote: “the doors stay shut”", "Herald"),
    "a reader of the poster's": ("A reader wrote to me: “the doors stay shut”", "reader"),
    "a man with his place": ("The guy at the bar told us “the doors stay shut”", "guy"),
    "a possessor": ("Quist's biographer claims that “the doors stay shut”", "biographer"),
    "according to": ("According to the Herald, “the doors stay shut”", "Herald"),
    "a name and a colon": ("Edmund Quist: “the doors stay shut”", "Quist"),
    "a headline": ("The Herald headline was “the doors stay shut”", "Herald"),
    "a proverb": ("As the saying goes, “a shut door tells no tales”", "saying"),
    "quoted as saying": ("The envoy is quoted as saying “the doors stay shut”", "envoy"),
    "before its subject": ("Writes the envoy: “the doors stay shut”", "envoy"),
    "who tells of the memo": ("Some blog claims the memo says “the doors stay shut”", "blog"),
    "a place before the subject": ("In his memoirs Quist writes “the doors stay shut”", "Quist"),
    "an aside": ("Quist, in his memoirs, recalls “the doors stay shut”", "Quist"),
    "in his words": ("In Edmund Quist's own words, “the doors stay shut”", "Quist"),
    "of whom nothing else is known": ("The envoy wanted “the doors to stay shut”", "envoy"),
    "no verb of saying": ("Herald News ran with “the doors of the hall stay shut”", "News"),
    "was the headline": ("“The doors stay shut” was the headline in the Herald", "Herald"),
    "a handle": ("@quist62: “the doors stay shut”", "quist62"),
    "behind the words": ("“The doors stay shut,” claimed Senator Brandt of Ohio", "Brandt"),
    "behind the words, the verb last": ("“The doors stay shut,” Consul Brandt wrote", "Brandt"),
    "behind a dash": ("“The doors stay shut.” — Edmund Quist, 1962", "Quist"),
    "in brackets": ("“The doors stay shut.” (Orwell)", "Orwell"),
    "as a sentence": ("“The doors stay shut.” George Orwell", "Orwell"),
}


@pytest.mark.parametrize("case", NAMED)
def test_anybody_else_who_is_named_is_kept(case):
    """Whether a source knows them is told when its text is at hand."""
    words, name = NAMED[case]
    assert rule(words) == ("only_link", name)


def test_a_role_beside_the_link_may_be_anybody_in_the_source():
    """ "The diplomat" is whom the page calls "the consul"."""
    [claim] = claims_of(f"The diplomat wrote: “the doors stay shut” {LETTER}")
    assert claim.named is None


def test_a_quotation_that_nothing_closes_is_a_candidate():
    words = "the doors of the hall stay shut until the last guest has left"
    found = claims_of(f'The page says "{words}\n\nand so on\n{LETTER}')
    assert [(c.binding, c.exact) for c in found if c.kind is CheckKind.QUOTATION] == [
        ("candidate", words)
    ]


NOT_COPIED = {
    "a name behind a quotation": f"“{PLAIN}” — Ambassador Quist, May 1962\n{LETTER}",
    "words before and behind": f"He wrote “{PLAIN}” and left\n{LETTER}",
}


@pytest.mark.parametrize("text", NOT_COPIED.values(), ids=NOT_COPIED)
def test_a_few_own_words_around_a_quotation_are_no_passage(text):
    assert [c.kind for c in claims_of(text)] == [CheckKind.QUOTATION]


def test_a_name_behind_a_pasted_paragraph_is_left_out():
    assert [c.exact for c in claims_of(f"{PLAIN} -- Ambassador Quist, May 1962\n{LETTER}")] == [
        PLAIN
    ]


def test_nearest_link_comes_first_and_the_others_follow():
    text = f"One says “the doors stay shut” {LETTER}\n\nThe other “the doors are open” {MEMO}"
    found = [c for c in claims_of(text) if c.kind is CheckKind.QUOTATION]
    assert [c.urls for c in found] == [(LETTER, MEMO), (MEMO, LETTER)]


def test_cue_before_the_nearest_link_is_named():
    text = f"“the doors stay shut” source: {LETTER}\n\nand elsewhere {MEMO}"
    assert [c.binding for c in claims_of(text) if c.exact == "the doors stay shut"] == ["cue"]


def test_quotation_beside_another_sites_link_is_not_charged():
    """Words that stand by somebody else's address were quoted from there."""
    text = f"“the doors stay shut” https://example.com/a\n\nfull file: {LETTER}"
    [claim] = [c for c in claims_of(text) if c.kind is CheckKind.QUOTATION]
    assert claim.binding == "candidate"


def test_truncated_link_vouches_for_nothing():
    [claim] = claims_of("“the doors stay shut” nsarchive.gwu.edu/briefing-boo…")
    assert claim.urls == ()


def test_sentences_keep_their_places():
    text = "Own words first, they say. The U.S. envoy left at noon. “He was late.” So it goes."
    passage = Claim(kind=CheckKind.PASSAGE, start=5, end=5 + len(text), exact=text)
    parts = sentences_of(passage)
    assert [part.exact for part in parts] == [
        "Own words first, they say.",
        "The U.S. envoy left at noon.",
        "“He was late.”",
        "So it goes.",
    ]
    assert all(text[part.start - 5 : part.end - 5] == part.exact for part in parts)
