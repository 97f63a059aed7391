"""report.md, as trackers and wikis show it."""

import re
from dataclasses import replace
from urllib.parse import unquote

import pytest
from lxml import html
from markdown_it import MarkdownIt

from flows.reporting.as_markdown import code, escaped, report_to_markdown
from flows.reporting.fragments import with_links
from flows.reporting.wording import VERDICTS, Group

DIALECTS = {
    "CommonMark with HTML allowed": MarkdownIt("commonmark", {"html": True}),
    "GitHub's tables and strike-through": MarkdownIt("commonmark", {"html": True}).enable(
        ["table", "strikethrough"]
    ),
}

HOSTILE = {
    "a link": "[press here](https://evil.example)",
    "a reference link": "[press here][1]",
    "an image": "![x](https://evil.example/x.png)",
    "an autolink": "<https://evil.example>",
    "a tag": "<script>alert(1)</script>",
    "a comment": "<!-- swallowed -->",
    "an entity": "&lt;script&gt; &#60;",
    "a heading": "# Verdict: verbatim",
    "a heading underlined": "===",
    "a rule": "---",
    "a list": "- one",
    "a numbered list": "1. one",
    "a quote": "> said nobody",
    "a table": "| a | b |",
    "code": "`code` and ``more``",
    "a fence": "```",
    "bold and struck": "**bold** __bold__ ~~struck~~ *i* _i_",
    "a backslash at the end": "the end\\",
    "a hard break": "one  \ntwo",
    "an unclosed code span": "a ` b",
    "a mention": "thanks @everyone and #12",
    "an address": "see https://evil.example/a_b_c and www.evil.example",
}


def _shown(rendered):
    """Return the words that a browser shows for *rendered*."""
    return " ".join(html.fromstring(f"<div>{rendered}</div>").text_content().split())


@pytest.mark.parametrize("markdown", DIALECTS.values(), ids=DIALECTS)
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_text_shows_itself_and_nothing_else(text, markdown):
    """No link, tag, list or heading comes of it, and no character is lost."""
    rendered = markdown.render(f"before {escaped(text)} after\n\n{escaped(text)}\n")
    assert set(re.findall(r"<(\w+)", rendered)) <= {"p", "code"}
    words = " ".join(text.split())
    assert _shown(rendered) == f"before {words} after {words}"


NOT_LINKED = {"mentions": "@all", "numbers": "#12", "addresses": "https://a.example"}


@pytest.mark.parametrize("text", NOT_LINKED.values(), ids=NOT_LINKED)
def test_what_trackers_link_by_themselves_is_code(text):
    """They leave code alone."""
    assert f"`{text}`" in escaped(f"thanks {text} for it")


def test_a_code_span_holds_any_backticks():
    """The fence is longer than any run of them."""
    rendered = MarkdownIt().render(code("a ``` b `"))
    assert rendered == "<p><code>a ``` b `</code></p>\n"


@pytest.mark.parametrize("markdown", DIALECTS.values(), ids=DIALECTS)
def test_a_hostile_post_injects_nothing_into_the_report(hostile, markdown):
    """The only links and tags are none; the table is the totals'."""
    rendered = markdown.render(report_to_markdown(hostile).decode())
    tags = {"h1", "h2", "h3", "p", "ul", "li", "blockquote", "strong", "code"}
    tags |= {"table", "thead", "tbody", "tr", "th", "td", "br"}
    assert set(re.findall(r"<(\w+)", rendered)) <= tags
    assert rendered.count("<table") <= 1


def test_changed_words_are_bold_and_numbered(sample):
    """In the post's words and in the source's."""
    text = report_to_markdown(sample).decode()
    assert "because **41** (2) of the 27" in text
    assert "because **14** (2) of the 27" in text
    assert "would **‸** (1) sign" in text
    assert "- (2) number: post “41”, source “14” (major)" in text


@pytest.mark.parametrize("markdown", DIALECTS.values(), ids=DIALECTS)
def test_each_source_opens_at_the_words_and_nothing_else_is_linked(hostile, markdown):
    """The hostile post names a source that no link may lead to."""
    report = with_links(hostile)
    checks = [check for post in report.posts for check in post.checks]
    shown = {Group.DIFFERS, Group.AGREES}
    wanted = {c.link for c in checks if c.matches and VERDICTS[c.verdict].group in shown}
    rendered = markdown.render(report_to_markdown(report).decode())
    links = {unquote(link) for link in html.fromstring(rendered).xpath("//a/@href")}
    assert links
    assert links <= {unquote(link) for link in wanted if link and link.startswith("https://nsa")}


@pytest.mark.parametrize("markdown", DIALECTS.values(), ids=DIALECTS)
def test_brackets_in_an_address_do_not_end_its_link(sample, markdown):
    """Older pages of the Archive have them."""
    post = sample.posts[0]
    link = "https://nsarchive.gwu.edu/NSAEBB/a_(Mar.%205,%201974)_b.pdf#:~:text=ferry"
    checked = replace(post, checks=(replace(post.checks[1], link=link),))
    rendered = markdown.render(report_to_markdown(replace(sample, posts=(checked,))).decode())
    (found,) = html.fromstring(rendered).xpath("//a")
    assert unquote(found.get("href")) == unquote(link)
    assert found.text == "open it at these words"


def test_a_witness_does_not_say_again_what_the_check_says(sample):
    """Its own reason stands only where it is another."""
    post = sample.posts[0]
    witness = replace(post.checks[1].witnesses[0], reason=post.checks[1].reason)
    check = replace(post.checks[1], witnesses=(witness,))
    report = replace(sample, posts=(replace(post, checks=(check,)),))
    assert report_to_markdown(report).decode().count(escaped(check.reason)) == 1


def test_nothing_checked_is_said_first(empty):
    """It must not look like a clean result."""
    assert (
        report_to_markdown(empty).decode().startswith("# Verification report: Nothing was checked.")
    )
