"""From the post to the finding: which of its words are charged, and which never are."""

import pytest

from flows.checking import Shelf, check_post, search
from flows.pipeline.gathering import Gathering
from flows.posts.replies import replies_in
from flows.records import Post
from tests.checking.readings import OCR, PAGE, page

DESCRIPTION = (
    "The customs inspector at Velm counts the barges that came down the river in March. He writes "
    "that “not one of them carried the timber that the ministry has paid for,” and asks that the "
    "ledger be shown to Secretary Aldous. The ledger was burned on 3 April."
)
DOCUMENT = (
    "Velm customs house March not one of them carried the timber that the ministry has paid for I "
    "ask that the ledger be shown to the Secretary The ferryman laughs at us"
)
INVENTED = "the river froze in June and nobody dared to tell the minister"
CHANGED = "not one of them carried the silver that the ministry has paid for"
TRUE = "not one of them carried the timber that the ministry has paid for"


def verdicts(*texts):
    """Return the findings on the last of some posts, each numbered and answering as it says."""
    gathering = Gathering()
    gathering.add(
        Post(id=str(number), text=text, replies_to=replies_in(text))
        for number, text in enumerate(texts, start=1)
    )
    known = {PAGE: page(PAGE, DESCRIPTION), OCR: page(OCR, DOCUMENT)}
    shelf = Shelf(known.get, lambda url: (OCR,) if url == PAGE else ())
    elsewhere = search(shelf, lambda _: list(known))
    found = {item.post.id: item for item in gathering.finish()}
    checked = check_post(found[str(len(texts))], shelf, elsewhere)
    return [(check.exact, str(check.verdict)) for check in checked.checks]


FRAMES = {
    "the source": "The memo states: “{}” {}",
    "somebody in the source": "The inspector reports that “{}”. See {}",
    "somebody in the source, behind": "“{},” wrote Aldous. {}",
    "nobody, beside the link": "“{}” ({})",
    "nobody, on its own": "look at this\n\n“{}”\n\n{}",
    "whoever wrote it": "They even admitted that “{}”, it is all in there: {}",
    "a list": "- “{}”\n- and more of it\n{}",
    "documents": "These declassified records say “{}”. {}",
    "a lead in the paragraph above": "The inspector to the ministry:\n\n“{}”\n\n{}",
    "a lead of the source's names": "Aldous, in the ledger: “{}” {}",
    "a lead that only announces": "Best part: “{}” {}",
    "a noun that may be a verb": "Money quote: “{}” {}",
    "a lead in another language": "Im Bericht steht: “{}” {}",
    "he, somebody in the source": "Aldous came late. He writes “{}”. {}",
    "a verb of speech, whatever it is, behind": "“{},” grumbled Aldous. {}",
    "French marks and their blanks": "La lettre dit : « {} ». {}",
    "block quote": "The page says:\n\n> {}\n\n{}",
}


@pytest.mark.parametrize("frame", FRAMES.values(), ids=FRAMES)
def test_words_given_to_the_source_are_charged(frame):
    """True, changed or invented: the verdict is of the words alone."""
    for words, verdict in ((TRUE, "verbatim"), (CHANGED, "altered"), (INVENTED, "not_found")):
        ((exact, found),) = verdicts(frame.format(words, PAGE))
        assert exact.rstrip(",.") == words
        assert found in {verdict, "typographic" if verdict == "verbatim" else verdict}


NAMED = {
    "a newspaper": "As the Morning Herald wrote: “{}”. The file: {}",
    "a newspaper, behind": "“{},” the Herald wrote. The file: {}",
    "a biographer": "His biographer, who never saw the file, claims “{}”. Well: {}",
    "a motto": "“{}” — Edmund Marsh, 1911\n\n{}",
    "a newspaper with a date": "TLM, 4 May 1958: “{}”. The file: {}",
    "one word before a colon": "Sceptic: “{}”\nThe file: {}",
    "a newspaper on the line above": "As the Herald wrote:\n“{}”\n{}",
    "a newspaper above a list": "From the Herald:\n\n- “{}”\n- and so on\n\nThe file: {}",
    "a correspondent above his lines": "On Tue, 4 Mar 2025, Ludmila wrote:\n> “{}”\n\nWhere is that? {}",
    "a verb of speech, whatever it is, behind": "“{},” exclaimed Jasper Quill. The file: {}",
    "he, a speaker of the sentence before": "Doctor Quill gave a talk. He calls it “{}”. His file: {}",
    "a book that holds it": "As it is written in Leviticus, “{}”. The file: {}",
    "another language": "Die Zeitung schrieb damals: “{}”. Die Akte: {}",
    "a name with capitals inside": "ChatBox made this up: “{}”. The file: {}",
    "hearsay about the memo": "Some blog claims that the memo says “{}”. It does not: {}",
}


@pytest.mark.parametrize("frame", NAMED.values(), ids=NAMED)
def test_words_of_somebody_unknown_to_the_source_are_neither_missing_nor_passed_over(frame):
    ((exact, found),) = verdicts(frame.format(INVENTED, PAGE))
    assert (exact.rstrip(","), found) == (INVENTED, "not_checkable")


OTHERS = {
    "a relative": "My great-aunt used to say “{}”. The file: {}",
    "a relative, in another language": "Mi abuelo decía: “{}”. Mirad {}",
    "she, a relative": "My aunt grew up there. “{},” she said. Now I have found {}",
    "what somebody told the poster": "I met a ferryman on the pier. He told me “{}”. See {}",
    "a lie about the memo": "It is a lie that the memo says “{}”. Read {}",
    "a fake quote": "Fake: “{}”\nThe file: {}",
    "a false saying": "The meme falsely has Aldous say “{}”. {}",
    "what is called false behind": "“{}” — not a real quote. {}",
    "what is said to be said": "The memo allegedly says “{}”. {}",
    "what stands nowhere": "“{}” appears nowhere in {}",
    "people": "People say “{}”. The file: {}",
    "a title": "Who has read “The River Froze in June and Other Tales”, {:.0}{}",
    "irony": "So much for the “honest timber trade”, {:.0}{}",
    "the memo, which does not say so": "The memo never says “{}”. Read {}",
    "another site's words": "“{}” https://herald.example/river\n\nThe file: {}",
    "greentext": ">{}\nyeah, sure. {}",
    "the poster's own words": "I think {}, and so do you. {}",
}


@pytest.mark.parametrize("frame", OTHERS.values(), ids=OTHERS)
def test_words_of_others_are_not_missing_from_the_source(frame):
    assert verdicts(frame.format(INVENTED, PAGE)) == []


CONVERSATIONS = {
    "the link above": ((PAGE, f">>1\nIt says “{CHANGED}”"), [(CHANGED, "altered")]),
    "chat below a link": ((PAGE, ">>1\nall this talk of “honest timber for the poor people”"), []),
    "words of the poster answered": (
        (f"the ledger was forged by monks\n{PAGE}", ">>1\n“the ledger was forged by monks” says who"),
        [],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CONVERSATIONS)
def test_answers(case):
    texts, expected = CONVERSATIONS[case]
    assert verdicts(*texts) == expected
