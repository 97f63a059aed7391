"""Nothing makes the comparison raise, hang, or point outside the texts."""

import json
from random import Random
from time import process_time

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


_PAGE = "The allies met in Brussels and agreed, after a debate, to admit new members. " * 12
_SOME = Random(7).choices(
    [*_PAGE.split(), "one", "two", "hundred", "thousand", "and", "twenty-one"], k=40_000
)

HOSTILE = {
    "one phrase for ever": ("the the the", "the " * 25_000),
    "brackets alone": ("(" * 100_000, "(" * 100_000),
    "nested brackets": ("[" * 50_000 + "a" + "]" * 50_000, "a b c"),
    "one word of a million letters": ("a" * 1000 + "b", "a" * 1_000_000),
    "a quotation of 100 kB": (_PAGE * 100, _PAGE.replace("new", "old") * 100),
    "a page repeated to 2 MB": (_PAGE[:200].replace("and", "but"), (_PAGE + "\n") * 2000),
    "an ellipsis after every word": ("a ... " * 15_000, "a b " * 15_000),
    "marks of omission alone": ("... " * 30_000, "... " * 30_000),
    "editorial brackets for ever": ("[a] " * 20_000, "a b " * 20_000),
    "numbers for ever": ("one hundred " * 5000, "two hundred " * 5000),
    "combining marks for ever": ("e" + "\u0301" * 100_000, "e" + "\u0301" * 99_999),
    "character references for ever": ("&amp;" * 20_000 + "x", "&#39;" * 20_000 + "x"),
    "blanks for ever": ("a" + " " * 500_000 + "b", "a" + " " * 500_000 + "c b"),
    "a bracket after every word": (" ".join(f"{w} [{w}]" for w in _SOME[:4000]), " ".join(_SOME)),
    "every word twice": (" ".join(f"{w} {w}" for w in _SOME[:4000]), " ".join(_SOME)),
    "words of the source shuffled": (" ".join(sorted(_SOME[:20_000])), " ".join(_SOME)),
    "pieces backwards": (" ... ".join(reversed(_SOME[:4000])), " ".join(_SOME)),
    "lone surrogates and NULs": ("\ud800 abc\x00 def", "\x00\ud800 abc def"),
}  # fmt: skip


@pytest.mark.parametrize("quote, text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("kind", ["page", "ocr"])
def test_hostile_input_takes_bounded_time(quote, text, kind):
    """Neither side can make a comparison hang; 2 s is the promise, twice that on a busy machine."""
    begun = process_time()
    compare(quote, SourceText(text, kind))
    assert process_time() - begun < 4


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
