"""report.html: what a reader is told, and what a hostile text cannot do."""

import base64
import hashlib
import itertools
import re
import time
from dataclasses import replace

import pytest
from lxml import html

from flows.records import (
    CheckedPost,
    Edit,
    EditKind,
    Match,
    Post,
    Severity,
    SourceStatus,
    Verdict,
)
from flows.reporting.as_html import report_to_html, shown, web_address
from flows.reporting.collation import collate
from flows.reporting.fragments import with_links
from flows.reporting.pieces import Tone
from flows.reporting.wording import EDITS, STATUSES, VERDICTS, WARNINGS, Group, edit_words


def _page(report):
    return html.fromstring(report_to_html(report).decode())


def _text(element):
    return " ".join(element.text_content().split())


def _one(page, path):
    (element,) = page.xpath(path)
    return element


def _entry(page, number):
    return _one(page, f"//*[@id='c{number}']")


# ── nothing from outside, nothing run ────────────────────────────────────────


def test_the_page_is_whole_in_itself(hostile):
    """No element of it fetches, frames, posts or runs anything."""
    page = _page(hostile)
    assert page.xpath("//script|//iframe|//object|//embed|//form|//base|//img|//svg") == []
    assert page.xpath("//@src|//@srcset|//@action|//@style") == []
    assert page.xpath("//link/@href") == ["data:,"]
    assert [name for tag in page.iter() for name in tag.attrib if name.startswith("on")] == []
    assert "@import" not in page.xpath("//style")[0].text
    assert "url(" not in page.xpath("//style")[0].text


def test_the_policy_allows_the_one_style_sheet_and_nothing_else(sample):
    """By its digest, so that a style smuggled in would not apply."""
    page = _page(sample)
    policy = _one(page, "//meta[@http-equiv='Content-Security-Policy']/@content")
    style = _one(page, "//style").text
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def test_only_web_addresses_become_links(hostile):
    """Outward ones say nothing about where they were followed from."""
    page = _page(hostile)
    own = {"report.json", "checks.csv", "report.md"}
    outward = [a for a in page.xpath("//a") if not a.get("href").startswith("#")]
    outward = [a for a in outward if a.get("href") not in own]
    assert outward
    for link in outward:
        assert link.get("href").startswith(("https://", "http://"))
        assert link.get("rel") == "noopener noreferrer nofollow"


ADDRESSES = {
    "https": ("https://nsarchive.gwu.edu/document/1", True),
    "http": ("http://www.gwu.edu/~nsarchiv/", True),
    "with a text fragment": ("https://a.example/#:~:text=one%2C%20two,-three", True),
    "upper-case scheme": ("HTTPS://a.example/", True),
    "javascript": ("javascript:alert(1)", False),
    "javascript after a blank": (" javascript:alert(1)", False),
    "data": ("data:text/html,<b>", False),
    "no scheme": ("//evil.example/", False),
    "a line end inside": ("https://a.example/\njavascript:x", False),
    "a quotation mark inside": ('https://a.example/" onclick="x', False),
    "nothing": ("", False),
}


@pytest.mark.parametrize("url, linked", ADDRESSES.values(), ids=ADDRESSES)
def test_an_address_becomes_a_link_or_stays_text(url, linked):
    """Only http and https, only as one word."""
    assert (web_address(url) is not None) is linked


def test_hostile_words_are_shown_as_they_are(hostile):
    """Tags as text, unseen characters by name, surrogates as U+FFFD."""
    entry = _one(_page(hostile), "//article[contains(., 'Post =2+5')]")
    assert "</blockquote><script>" in _text(entry)
    assert entry.xpath(".//script|.//b[text()='bold']") == []
    assert entry.xpath(".//*[@class='unseen'][text()='U+202E']/@title") == [
        "U+202E right-to-left override"
    ]
    assert "\u202e" not in html.tostring(entry, encoding="unicode")
    assert entry.xpath(".//*[@class='digest']/@title") == ['"><b>']


UNSEEN = {
    "right-to-left override": ("a\u202eb", "U+202E"),
    "isolate": ("a\u2067b", "U+2067"),
    "zero-width space": ("a\u200bb", "U+200B"),
    "escape": ("a\x1b[31mb", "U+001B"),
    "byte order mark": ("a\ufeffb", "U+FEFF"),
    "tag letter": ("a\U000e0041b", "U+E0041"),
    "line separator": ("a\u2028b", "U+2028"),
}


@pytest.mark.parametrize("text, name", UNSEEN.values(), ids=UNSEEN)
def test_a_character_that_cannot_be_seen_is_named(text, name):
    """In its place, with its Unicode name to hover on."""
    assert f">{name}</span>" in shown(text)


SEEN = {
    "a line end": "a\nb",
    "a carriage return before it": "a\r\nb",
    "a no-break space": "a\u00a0b",
    "a joiner inside an emoji": "👩\u200d🚀",
    "a non-joiner inside a Persian word": "می\u200cروم",
}


@pytest.mark.parametrize("text", SEEN.values(), ids=SEEN)
def test_what_belongs_to_writing_is_left_alone(text):
    """No chip in an ordinary text."""
    assert "unseen" not in shown(text)


# ── what the reader is told ──────────────────────────────────────────────────


def test_the_first_screen_tells_the_finding_and_what_is_missing(sample):
    """Differences and missing checks are two numbers, never one."""
    page = _page(sample)
    assert _text(_one(page, "//h1")) == "6 of 12 comparisons differ from the source."
    assert _text(_one(page, "//*[@class='standfirst']")).startswith(
        "3 more checks could not be made."
    )


def test_the_totals_stand_in_three_groups_worst_first(sample):
    """Only verdicts that occur are listed, each with its sign and word."""
    groups = _page(sample).xpath("//*[@class='tally']/div")
    assert [_text(group.find("h3")) for group in groups] == [
        "Differs from the source 6",
        "Could not be checked 3",
        "Agrees with the source 6",
    ]
    assert [_text(item) for item in groups[0].iter("li")] == [
        *("≠ Altered 3", "+ Spliced 1", "→ Misattributed 1", "∅ Not found 1"),
    ]


@pytest.mark.parametrize("verdict", Verdict)
def test_every_verdict_has_a_word_and_a_sign_of_its_own(sample, verdict):
    """None is told by colour alone, and the legend says what it does not claim."""
    words = VERDICTS[verdict]
    others = [other for name, other in VERDICTS.items() if name is not verdict]
    assert words.sign not in {other.sign for other in others}
    assert words.word not in {other.word for other in others}
    legend = _one(_page(sample), "//dl[@class='legend']")
    assert f"{words.means} It does not claim: {words.no_claim}" in _text(legend)


def test_the_first_screen_leads_to_every_difference_worst_first(sample):
    """A part of words that differ as a whole is no line of its own: it is the same difference."""
    page = _page(sample)
    lines = page.xpath("//ol[@class='brief']/li")
    assert [_text(line.find("span[@class='verdict differs']")) for line in lines] == [
        *("≠ Altered", "≠ Altered", "+ Spliced", "→ Misattributed", "∅ Not found"),
    ]
    assert [line.find(".//a").get("href") for line in lines] == [
        "#c1",
        "#c2",
        "#c4",
        "#c11",
        "#c12",
    ]
    for line in lines:
        entry = _one(page, f"//*[@id='{line.find('.//a').get('href')[1:]}']")
        assert _text(entry.find(".//p[@class='reason']")) in _text(line)
    assert _text(lines[0].xpath(".//q")[0]) == "Nov 28, 1995"
    told = _text(_one(page, "//ol[@class='brief']/following-sibling::p[1]"))
    assert told == "1 other difference is part of a passage in this list, and told with it."


def test_a_long_list_of_differences_is_cut_and_says_so(large):
    """The first screen stays one; all of them follow below."""
    page = _page(large)
    lines = page.xpath("//ol[@class='brief']/li")
    differ = len(page.xpath("//section[@aria-labelledby='differs']//article"))
    parts = len(page.xpath("//section[@aria-labelledby='differs']//p[contains(., 'part of')]"))
    rest = _text(_one(page, "//ol[@class='brief']/following-sibling::p[1]"))
    assert len(lines) == 20
    assert rest == f"and {differ - parts - 20:,} more below"


def test_each_count_of_the_tally_leads_to_its_findings(sample):
    """Agreements lie folded by post, so theirs lead nowhere."""
    page = _page(sample)
    links = {link.get("href")[1:]: _text(link) for link in page.xpath("//*[@class='tally']//a")}
    assert set(links) == {
        *("altered", "spliced", "misattributed", "not_found", "unavailable", "not_checkable")
    }
    for target, words in links.items():
        assert words[2:] in _text(_one(page, f"//*[@id='{target}']"))


def test_a_part_of_a_passage_leads_to_the_whole(sample):
    """The same changed word is found twice, and a reader is told why."""
    (link,) = _entry(_page(sample), 3).xpath(".//p[contains(., 'part of')]/a[2]")
    assert (link.get("href"), link.text) == ("#c2", "check 2")


def test_the_source_opens_at_the_words_where_there_is_a_place(sample):
    """The plain address stays, to be copied and kept."""
    entry = _entry(_page(with_links(sample)), 2)
    address, place = entry.xpath(".//dl[@class='evidence']/dd[1]//a/@href")
    assert place.startswith(f"{address}#:~:text=")


def test_a_digest_stands_in_full_in_the_list_of_sources(sample):
    """Where a pointer cannot hover, and on paper."""
    page = _page(sample)
    row = _entry(page, 2).xpath(".//a[span[@class='digest']]/@href")[0]
    digest = sample.posts[0].checks[1].source.digest
    assert digest in _text(_one(page, f"//tr[@id='{row[1:]}']"))


def test_headings_name_verdict_and_number_to_who_hears_them(sample):
    """A list of headings is how a screen reader's user finds the way."""
    names = _page(sample).xpath("//article//*[self::h3 or self::h4]/@aria-label")
    assert "Altered: passage in the description, check 2" in names
    assert len(names) == len(set(names))


def test_signs_are_shown_without_quotation_marks_around_them():
    """Quotation marks around a quotation mark cannot be read."""
    curly = Edit(kind=EditKind.TYPOGRAPHY, quoted="“", source="‘", severity=Severity.NONE)
    assert edit_words(curly) == "typography: post [“], source [‘]"


def test_every_changed_word_is_marked_on_both_sides_and_listed(sample):
    """Each number stands in the post's words, the source's words and the list."""
    entry = _entry(_page(sample), 2)
    for side in ("post", "source"):
        numbers = entry.xpath(f".//*[@class='{side}']//mark/following-sibling::sup[1]/a/text()")
        assert list(dict.fromkeys(numbers)) == ["1", "2", "3", "4"]
    assert [_text(mark) for mark in entry.xpath(".//*[@class='post']//mark")] == [
        *("‸", "41", "ever", "ambassador"),
    ]
    assert [_text(item) for item in entry.xpath(".//ol/li")] == [
        "1negation: nothing in the post, source not (major)",
        "2number: post 41, source 14 (major)",
        "3insertion: post ever, nothing in the source (minor)",
        "4word: post ambassador, source envoy (minor)",
    ]


def test_all_marks_of_all_checks_are_in_the_page(sample):
    """Nothing that the collation marks gets lost on the way."""
    page = _page(sample)
    marked = {Tone.DIFFERS, Tone.NOTED, Tone.MISSING, Tone.LEFT_OUT}
    wanted = sum(
        piece.tone in marked
        for post in sample.posts
        for check in post.checks
        if VERDICTS[check.verdict].group is not Group.UNCHECKED
        for column in (collate(check).quoted, *collate(check).places)
        for piece in column
    )
    assert len(page.xpath("//mark")) == wanted > 10


def test_numbers_lead_to_the_list_of_differences(sample):
    """Every link inside the page has a target, and no id stands twice."""
    page = _page(sample)
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    targets = {href[1:] for href in page.xpath("//a/@href") if href.startswith("#")}
    assert targets <= set(ids)


def test_every_witness_and_its_answer_is_named(sample):
    """The layer, the answer and the reason."""
    text = _text(_entry(_page(sample), 2))
    assert "Archive page: altered" in text
    assert "primary document (OCR text): not found (the sentence is the editors' own)" in text


def test_the_evidence_can_be_followed(sample):
    """Address with a text fragment's base, time of the copy, digest in full on demand."""
    entry = _entry(_page(sample), 2)
    digest = sample.posts[0].checks[1].source.digest
    assert entry.xpath(".//*[@class='digest']/@title") == [digest]
    assert "2 March 2025, 06:30 UTC" in _text(entry)
    assert entry.xpath(".//dl//a/@href")[0] == sample.posts[0].checks[1].source.url


def test_what_could_not_be_checked_is_no_doubt_about_the_quotation(sample):
    """It stands apart, under its reason, and never among the differences."""
    page = _page(sample)
    section = _one(page, "//section[@aria-labelledby='unchecked']")
    assert "no doubt about the quotations" in _text(section)
    assert "The PDF is a scan without a text layer." in _text(section)
    assert section.xpath(".//*[contains(@class, 'differs')]") == []
    differences = _one(page, "//section[@aria-labelledby='differs']")
    assert "scan without a text layer" not in _text(differences)


def test_agreements_are_folded_away_by_post_but_cautions_are_not(sample):
    """Right words whose context turns them round must be seen."""
    section = _one(_page(sample), "//section[@aria-labelledby='agrees']")
    open_entries = section.xpath(".//article[not(ancestor::details)]")
    assert [_text(entry.find(".//h3")) for entry in open_entries] == ["Passage"]
    assert "may turn the meaning round" in _text(open_entries[0])
    assert "by the evening the mood had turned" in _text(open_entries[0])
    assert _text(_one(section, "./details/summary")) == (
        "Post 90000002: 1 OCR noise, 1 elided, 1 typographic, 2 verbatim"
    )


@pytest.mark.parametrize("status", SourceStatus)
def test_every_source_tells_what_became_of_it(sample, status):
    """In the contract's word and in plain words."""
    row = _one(_page(sample), f"//table[contains(@class, 'sources')]//tr[.//b='{status.value}']")
    assert STATUSES[status] in _text(row)


def test_a_failed_source_tells_when_it_is_tried_again(sample):
    """HTTP status, tries, reason, next try."""
    row = _one(_page(sample), "//table[contains(@class, 'sources')]//tr[.//b='failed']")
    text = _text(row)
    assert "The server answered 503 four times." in text
    assert "Next try 2 March 2025, 08:30 UTC" in text
    assert row.xpath("string(td[2])") == "503"
    assert row.xpath("string(td[3])") == "4"


def test_the_changes_since_the_run_before_are_sentences(sample):
    """With both verdicts, and with the source named."""
    items = [_text(item) for item in _page(sample).xpath("//*[@class='changes']/li")]
    assert items[0] == "New post 90000003."
    assert "went from unavailable to altered" in items[1]
    assert len(items) == len(sample.changes)


def test_the_posts_are_shown_in_full_with_the_checked_words(sample):
    """The poster's own words stand unmarked between them."""
    page = _page(sample)
    for number, post in enumerate(sample.posts, start=1):
        shown_text = _one(page, f"//*[@id='p{number}']//*[@class='fulltext']")
        assert _text(shown_text) == " ".join(post.post.text.split())
    links = page.xpath("//*[@id='p1']//*[@class='fulltext']/a")
    assert [link.get("href") for link in links] == ["#c1", "#c2", "#c3", "#c2", "#c4"]
    assert links[2].text == "We cannot ever promise what we do not hold"
    assert "So much for the ferries" not in "".join(link.text for link in links)


def test_unreadable_input_is_named_at_the_top_and_in_full_below(sample):
    """A gap in what was read is a finding, too."""
    page = _page(sample)
    assert "1 part of the input" in _text(_one(page, "//dl[@class='particulars']"))
    assert "posts[4]: com is a number" in _text(_one(page, "//section[@aria-labelledby='inputs']"))


def test_nothing_checked_never_looks_like_agreement(empty):
    """No green, no table of agreements; the reason stands under the title."""
    page = _page(empty)
    assert _text(_one(page, "//h1")) == "Nothing was checked."
    assert "holds a link to the Archive" in _text(_one(page, "//*[@class='standfirst']"))
    assert page.xpath("//main//*[contains(@class, 'agrees')][not(ancestor::dl)]") == []


def test_no_source_reached_is_neither_agreement_nor_doubt(unreachable):
    """All checks wait; none is counted as a difference or an agreement."""
    page = _page(unreachable)
    assert _text(_one(page, "//h1")) == "Nothing could be checked."
    assert "All 15 checks wait" in _text(_one(page, "//*[@class='standfirst']"))
    assert page.xpath("//*[@class='tally']//*[contains(@class, 'agrees')]") == []
    assert "neither for nor against" in _text(_one(page, "//*[@class='standfirst']"))
    assert page.xpath("//section[@aria-labelledby='differs']") == []
    assert page.xpath("//section[@aria-labelledby='agrees']") == []
    assert "Agrees with the source none" in _text(_one(page, "//*[@class='tally']"))


def test_a_demonstration_says_so_before_anything_else(sample):
    """Stand-ins must not be taken for the Archive's pages."""
    report = replace(sample, run=replace(sample.run, stand_in=True))
    notice = _one(_page(report), "//*[@class='notice']")
    assert "stand-ins" in _text(notice)
    assert _page(sample).xpath("//*[@class='notice']") == []


def test_every_known_warning_is_a_sentence():
    """With a full stop, as the others."""
    for words in WARNINGS.values():
        assert words[0].isupper()
        assert words.endswith(".")
    assert set(EDITS) == set(type(next(iter(EDITS))))


def test_the_page_can_be_used_without_seeing_it(sample):
    """Language, one title, landmarks, headings in order, named links."""
    page = _page(sample)
    assert page.get("lang") == "en"
    assert len(page.xpath("//h1")) == len(page.xpath("//main")) == 1
    assert page.xpath("//a[1]/@href")[0] == "#main"
    levels = [int(tag.tag[1]) for tag in page.xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
    assert all(later - earlier <= 1 for earlier, later in itertools.pairwise(levels))
    assert page.xpath("//a[not(normalize-space())]") == []
    assert page.xpath("//th[not(@scope)]") == []


def _luminance(colour):
    digits = colour.lstrip("#")
    digits = "".join(2 * digit for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _contrast(one, other):
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


PAIRS = [
    *(("ink", "paper"), ("soft", "paper"), ("link", "paper"), ("agrees", "paper")),
    *(("post", "paper"), ("source", "paper"), ("post", "post-tint"), ("source", "source-tint")),
    ("ink", "field"),
]


@pytest.mark.parametrize("text, ground", PAIRS)
def test_text_stands_out_in_every_colour_scheme(sample, text, ground):
    """WCAG 2 AA: 4.5 to 1, by day, by night and on paper."""
    style = _one(_page(sample), "//style").text
    schemes = [
        dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})", block))
        for block in re.findall(r":root \{(.*?)\}", style, re.DOTALL)
    ]
    assert len(schemes) == 3
    for scheme in schemes:
        colours = schemes[0] | scheme
        assert _contrast(colours[text], colours[ground]) >= 4.5


def seconds_of(report):
    started = time.process_time()
    report_to_html(report)
    return time.process_time() - started


@pytest.mark.alone
def test_five_thousand_checks_are_quickly_made_and_not_too_large(large):
    """A long report is still one that a browser opens, and takes no more than its share of time."""
    assert sum(len(post.checks) for post in large.posts) >= 5_000
    part = replace(large, posts=large.posts[: len(large.posts) // 10])
    tenth = min(seconds_of(part) for _ in range(3))
    assert min(seconds_of(large) for _ in range(2)) < min(20 * tenth, 10)
    assert len(report_to_html(large)) < 15_000_000


def test_an_endless_post_is_shown_in_part_and_says_so(empty):
    """The whole of it is in report.json."""
    text = "word " * 100_000
    report = replace(empty, posts=(CheckedPost(post=Post(id="1", text=text)),))
    page = report_to_html(report)
    assert len(page) < 60_000
    assert b"480,000 more characters in report.json" in page


def test_a_huge_passage_is_shown_by_the_places_that_matter(sample):
    """One altered word in half a megabyte does not make half a megabyte of page."""
    text = "word " * 100_000
    first = sample.posts[0]
    match = Match(start=0, end=len(text), exact=text)
    check = replace(first.checks[0], exact=text, start=0, end=len(text), matches=(match,))
    post = replace(first, post=replace(first.post, text=text), checks=(check,))
    assert len(report_to_html(replace(sample, posts=(post,)))) < 90_000
