"""Nothing makes the comparison raise, hang, or point outside the texts."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.matching import SourceText, compare, compare_stream, fold
from flows.matching.placing.bitparallel import ends_in_python, nearest, prefix_in_python
from flows.matching.words.folding import fold_key
from flows.records import Verdict

ANY_TEXT = st.text(max_size=120)
WORDS = [
    "the",
    "allies",
    "did",
    "not",
    "accept",
    "plan",
    "of",
    "12",
    "May",
    "1994",
    "but",
    "U.S.",
    "“NATO”",
    "—",
    "$2.5",
    "[his]",
    "…",
    "ﬁnal",
    "Euro-\npean",
]
PROSE = st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join)
FAITHFUL = {Verdict.VERBATIM, Verdict.TYPOGRAPHIC, Verdict.ELIDED, Verdict.OCR_NOISE}


@given(ANY_TEXT)
def test_a_key_leads_back_to_its_text(text):
    """Every folded character comes from the character at its offset, in order."""
    folded = fold(text)
    offsets = folded.offsets.tolist()
    assert len(offsets) == len(folded.key)
    assert offsets == sorted(offsets)
    assert b"".join(fold_key(text[offset]) for offset in dict.fromkeys(offsets)) == folded.key
    assert fold_key(text) == folded.key


@pytest.mark.parametrize("piece", ["A ﬁg, “Ж” 5; ", "plain words. ", "ﷺ"])
def test_the_key_of_a_long_text_is_that_of_its_parts(piece):
    """However the text is divided for folding, and however many letters one character gives."""
    times = 70_000 // len(piece)
    whole, part = fold(piece * times), fold(piece)
    assert whole.key == part.key * times
    offsets = whole.offsets.reshape(times, len(part.key))
    for number in (0, 1, times // 2, times - 1):
        assert (offsets[number] - number * len(piece)).tolist() == part.offsets.tolist()


# The first doubtful word loads the word list: no deadline for one example.
@settings(max_examples=300, deadline=None)
@given(ANY_TEXT | PROSE, ANY_TEXT | PROSE, st.sampled_from(["page", "ocr"]))
def test_every_span_is_cut_from_the_texts_as_given(quote, text, kind):
    """Matches and edits are evidence: the slice is what they say."""
    result = compare(quote, SourceText(text, kind))
    for match in result.matches:
        assert text[match.start : match.end] == match.exact
    for edit in result.edits:
        assert 0 <= edit.quoted_start <= edit.quoted_end <= len(quote)
        assert 0 <= edit.source_start <= edit.source_end <= len(text)
    assert 0 <= result.score <= 1
    assert result.reason


@settings(deadline=None)
@given(PROSE.filter(lambda text: any(map(str.isalpha, text))), PROSE, PROSE)
def test_a_copied_passage_is_never_altered(passage, before, after):
    """What was copied whole, between blanks, is faithful wherever it stands."""
    source = SourceText(f"{before} zebra {passage} zebra {after}")
    assert compare(passage, source).verdict in FAITHFUL | {Verdict.NOT_CHECKABLE}


@given(
    st.lists(
        st.sampled_from(["the", "allies", "agreed", "on", "plan", "today"]), min_size=6, max_size=12
    )
)
def test_a_dropped_not_is_never_assured(words):
    """Wherever a *not* stood, its loss is a change."""
    for place in range(1, len(words)):
        text = " ".join([*words[:place], "not", *words[place:]])
        result = compare(" ".join(words), SourceText(f"Quite so. {text}."))
        assert result.verdict not in FAITHFUL


@given(st.binary(min_size=1, max_size=70), st.binary(max_size=200))
def test_the_slower_search_gives_the_same_result(pattern, text):
    """Without edlib the distances and the places are the same."""
    hits = nearest(pattern, text, len(pattern))
    distance, ends = ends_in_python(pattern, text, len(pattern)) if text else (len(pattern), [])
    if distance >= len(pattern):
        assert hits == []
        return
    assert {hit.distance for hit in hits} == {distance}
    assert {hit.end for hit in hits} <= set(ends)
    for hit in hits:
        reach = text[max(0, hit.end - len(pattern) - distance) : hit.end][::-1]
        assert prefix_in_python(pattern[::-1], reach) == hit.end - hit.start


def test_a_stream_answers_every_question_in_order():
    """A bad line is answered by an error, and the stream goes on."""
    lines = [
        json.dumps({"source_id": "a", "source": "The treaty was signed in Moscow."}),
        json.dumps({"id": 1, "quote": "The treaty was not signed in Moscow.", "source_id": "a"}),
        "{",
        json.dumps({"id": 2, "quote": "treaty", "source_id": "b"}),
        json.dumps({"id": 3, "quote": 5, "source": "x"}),
        json.dumps({"id": 4, "quote": "x y", "source": "x y", "source_kind": "pdf"}),
        json.dumps([1]),
        b"\xff",
        "[" * 100_000,
        json.dumps(
            {"id": 5, "quote": "treaty was signed in", "source": "The treaty was signed in it."}
        ),
    ]
    answers = list(compare_stream(lines))
    assert [answer["id"] for answer in answers] == [1, None, 2, 3, 4, None, None, None, 5]
    assert answers[0]["verdict"] == "altered"
    assert answers[-1]["verdict"] == "verbatim"
    assert all("error" in answer for answer in answers[1:-1])
