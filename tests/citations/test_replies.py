"""A quotation without a link takes the link of the conversation."""

from flows.citations import bind_replies, find_claims, find_links
from flows.records import Post

LETTER = "https://nsarchive.gwu.edu/document/27160-doc-06-clinton-letter-yeltsin"
MEMO = "https://nsarchive.gwu.edu/document/33560"


def bound(*posts):
    """Return, post by post, the words with the addresses and rule they were bound by."""
    items = []
    for number, replies, text in posts:
        links = find_links(text)
        post = Post(id=number, text=text, replies_to=replies)
        items.append((post, links, find_claims(text, links)))
    return [
        [(claim.exact, claim.urls, claim.binding) for claim in claims]
        for claims in bind_replies(items)
    ]


def test_answer_takes_the_link_of_the_post_it_answers():
    result = bound(("1", (), LETTER), ("2", ("1",), "it says “the doors stay shut”"))
    assert result[1] == [("the doors stay shut", (LETTER,), "reply")]


def test_question_takes_the_link_of_its_answer():
    result = bound(("1", (), "who wrote “the doors stay shut”?"), ("2", ("1",), LETTER))
    assert result[0] == [("the doors stay shut", (LETTER,), "reply")]


def test_post_answered_wins_over_an_answer():
    result = bound(("1", (), LETTER), ("2", ("1",), "“the doors stay shut”"), ("3", ("2",), MEMO))
    assert result[1][0][1] == (LETTER,)


def test_several_posts_answered_are_asked_in_their_order():
    result = bound(("1", (), LETTER), ("2", (), MEMO), ("3", ("2", "1"), "“the doors stay shut”"))
    assert result[2][0][1] == (MEMO, LETTER)


def test_own_link_is_never_replaced():
    result = bound(("1", (), LETTER), ("2", ("1",), f"“the doors stay shut” {MEMO}"))
    assert result[1] == [("the doors stay shut", (MEMO,), "only_link")]


def test_words_of_the_post_answered_are_its_words():
    """Quoting a poster is not quoting the Archive."""
    result = bound(
        ("1", (), f"nobody will ever read this file {LETTER}"),
        ("2", ("1",), "“nobody will ever read this file” speak for yourself"),
    )
    assert {rule for _, _, rule in result[1]} == {"candidate"}


def test_words_of_the_post_answered_stay_its_words_beside_a_link():
    result = bound(
        ("1", (), "nobody will ever read this file"),
        (
            "2",
            ("1",),
            f"“nobody will ever read this file” I do: {MEMO} and it says “the doors stay shut”",
        ),
    )
    rules = {words: rule for words, _, rule in result[1]}
    assert rules["nobody will ever read this file"] == "candidate"
    assert rules["the doors stay shut"] == "only_link"


def test_unmarked_words_of_an_answer_stay_candidates():
    words = "the doors of the hall stay shut until the last of the guests has left"
    result = bound(("1", (), LETTER), ("2", ("1",), words))
    assert result[1] == [(words, (LETTER,), "candidate")]


def test_nobody_has_a_link():
    assert bound(("1", (), "“the doors stay shut”"), ("2", ("1",), "sure")) == [
        [("the doors stay shut", (), "")],
        [],
    ]


def test_post_that_answers_itself_ends():
    assert bound(("1", ("1",), "“the doors stay shut”"))[0][0][1] == ()


def test_a_source_further_up_is_only_a_candidate():
    """Two answers later the talk may have moved on; the source must really have the words."""
    result = bound(
        ("1", (), LETTER), ("2", ("1",), "go on"), ("3", ("2",), "it says “the doors stay shut”")
    )
    assert result[2] == [("the doors stay shut", (LETTER,), "candidate")]


def test_exchange_that_goes_in_a_circle_ends():
    result = bound(
        ("1", ("3",), "a"), ("2", ("1",), "b"), ("3", ("2",), "it says “the doors stay shut”")
    )
    assert result[2][0][:2] == ("the doors stay shut", ())
