"""The short ways give what the long ones give."""

import importlib
import re
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.matching import SourceText, compare, compare_in_context, judging, searching
from flows.matching.oneplace import changed_in_one_place
from flows.matching.placing.aligning import unlike
from flows.matching.placing.anchoring import PIECES, anchored, pieces_in
from flows.matching.placing.locating import SMALL, exact_places, shared_pieces
from flows.matching.placing.lookups import anchors_found, spots_of
from flows.matching.plainly import same_as_written
from flows.matching.searching import Pointers
from flows.matching.words.folding import fold_key
from flows.matching.words.index import ANCHOR, COMMON
from flows.matching.words.quotation import Quotation
from flows.matching.words.wording import read_words
from flows.records import Context, Verdict

SYLLABLES = st.lists(
    st.sampled_from(["ba", "ke", "lo", "mi", "nur", "ost"]), min_size=8, max_size=80
)
SIGNS = st.text(alphabet="abUS aB19 .,;:-'’[](%$é\n", max_size=24)
WORDS = st.lists(st.sampled_from(["the", "two", "envoys", "left"]), max_size=7)


@settings(max_examples=15, deadline=None)
@given(SYLLABLES, st.integers(0, SMALL), st.integers(1, 200))
def test_the_index_finds_a_key_wherever_the_text_has_it(syllables, start, length):
    """A long source, searched by its index, gives the places that a search of its letters gives."""
    stretch = " ".join(syllables)
    text = f"{stretch} and then " * (2 * SMALL // len(stretch))
    source = SourceText(text)
    assert len(source.key) > SMALL
    for key in (source.key[start : start + length], b"q" + source.key[start : start + length]):
        places = [found.start() for found in re.finditer(b"(?=%b)" % re.escape(key), source.key)]
        found = exact_places(key, source)
        assert set(found) <= set(places)
        assert bool(found) == bool(places)
        # Overlapping places within one piece are told once.
        assert all(any(0 <= place - near < 8 for near in found) for place in places[:500])


def _places_in(text, key):
    place = text.find(key)
    while place >= 0:
        yield place
        place = text.find(key, place + 1)


def test_in_a_long_source_the_index_finds_what_a_direct_search_finds():
    """Each stretch of a source of 2 MB, once or often there, has the places that a search gives."""
    rng = Random("long")
    words = ["".join(rng.choices("abdeiklmnorstu", k=rng.randint(2, 9))) for _ in range(3000)]
    phrases = [" ".join(rng.choices(words, k=12)) for _ in range(400)]
    text = " ".join(
        rng.choice(phrases) if rng.random() < 0.2 else rng.choice(words) for _ in range(150_000)
    )
    source = SourceText(text)
    assert len(source.key) > 1_500_000
    often = 0
    for _ in range(120):
        longest = rng.choice([30, 400])
        start, length = rng.randrange(len(source.key) - 400), rng.randint(ANCHOR, longest)
        stretch = source.key[start : start + length]
        changed = stretch[: length // 2] + b"q" + stretch[length // 2 + 1 :]
        for key in (stretch, changed):
            found = exact_places(key, source)
            assert found == list(_places_in(source.key, key))
            often += len(found) > 3
    assert often > 10


@pytest.mark.parametrize(
    "length, step, dense", [(8, 8, False), (6, 2, True)], ids=["sparse", "dense"]
)
def test_shared_pieces_are_those_that_both_sides_have(length, step, dense):
    """Every piece of the quotation is found wherever the source has it, unless it is everywhere."""
    rng = Random("pieces")
    words = ["".join(rng.choices("adeinorst19", k=rng.randint(1, 7))) for _ in range(200)]
    filling = [rng.choice(words) if rng.random() < 0.7 else "restored" for _ in range(30_000)]
    source = SourceText(" ".join(filling))
    places = {}
    for place in range(0, len(source.key) - length + 1, step):
        piece = _as_seen(source.key[place : place + length], dense)
        places.setdefault(piece, []).append(place)
    assert max(map(len, places.values())) > COMMON
    key = source.key[5000:5400] + b"xylophone" + source.key[-300:]
    wanted = [
        (place, other)
        for place in range(len(key) - length + 1)
        if len(found := places.get(_as_seen(key[place : place + length], dense), [])) <= COMMON
        for other in found
    ]
    quotes, sources = shared_pieces(key, source, dense=dense)
    assert list(zip(quotes.tolist(), sources.tolist(), strict=True)) == wanted


def _as_seen(piece, dense):
    """The dense index tells characters apart by their lowest five bits."""
    return bytes(byte & 31 for byte in piece) if dense else piece


@settings(max_examples=12, deadline=None)
@given(SYLLABLES, st.integers(0, 300), st.integers(115, 400))
def test_anchors_stand_where_their_letters_stand(syllables, start, length):
    """The places of an anchor are all those of its fifteen characters."""
    stretch = "".join(syllables)
    filling = "".join(f"w{number}x" for number in range(6000))
    source = SourceText(f"{filling} {stretch} {filling[::-1]} {stretch}")
    key = source.key[len(filling) - 120 + start :][:length]
    telling, hits = anchors_found(key, source, PIECES, most_entries=10**6, common=10**6)
    assert telling == PIECES
    wanted = [
        (number, found.start() - spot)
        for number, spot in enumerate(spots_of(len(key), PIECES))
        for found in re.finditer(b"(?=%b)" % re.escape(key[spot : spot + ANCHOR]), source.key)
    ]
    assert sorted(hits) == sorted(wanted)


@settings(max_examples=150, deadline=None)
@given(SIGNS)
def test_plain_words_are_read_as_all_words_are(text):
    """Reading a stretch alone or beside an accent, which asks for a closer look, is the same."""
    alone, beside = read_words(text), read_words(f"é\n{text}")
    assert alone.norms == beside.norms[1:]
    assert alone.kinds == beside.kinds[1:]
    assert [place + 2 for place in alone.starts] == beside.starts[1:]
    assert [place + 2 for place in alone.ends] == beside.ends[1:]


@settings(max_examples=80, deadline=None)
@given(WORDS, WORDS)
def test_what_is_alike_is_taken_off_both_ends_once(quoted, found):
    """What is unlike begins and ends with other words, and nothing is taken off twice."""
    first, rows, columns = unlike(quoted, found)
    assert quoted[:first] == found[:first]
    assert quoted[rows:] == found[columns:]
    assert first <= min(rows, columns)
    ours, theirs = quoted[first:rows], found[first:columns]
    if ours and theirs:
        assert ours[0] != theirs[0]
        assert ours[-1] != theirs[-1]


STEM = (
    "The envoys of the two republics met again in the old customs house by the harbour. "
    "They had agreed at once to publish the whole text of their letters before the autumn, "
    "and the clerk of the council read every page aloud to the members who had come. "
)
CHANGES = {
    "one word": ("the clerk of", "the mayor of", [("word", "mayor", "clerk")]),
    "two words for two": ("of the council read", "of the sailors sang", [("word", "sailors", "council"), ("word", "sang", "read")]),
    "a word put in": ("every page aloud", "every single page aloud", [("insertion", "single", "")]),
    "words left out": ("the whole text of their letters", "their letters", [("deletion", "", "the whole text of")]),
    "the first word but one": ("The envoys of", "The captains of", [("word", "captains", "envoys")]),
    "the last words": ("who had come", "who were there", [("word", "were", "had"), ("word", "there", "come")]),
    "a denial": ("had agreed at", "had not agreed at", [("negation", "not", "")]),
    "two places": ("old customs house by the harbour. They had agreed", "new customs house by the harbour. They had refused",
                   [("word", "new", "old"), ("negation", "refused", "agreed")]),
}  # fmt: skip


@pytest.mark.parametrize("words, changed, edits", CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize(
    "beside", ["", "It was in May. ", "By then 12 "], ids=["alone", "sentence", "number"]
)
def test_what_differs_is_told_the_same_with_and_without_neighbours(words, changed, edits, beside):
    """The edit is the changed words and nothing more, wherever in the passage they stand."""
    assert words in STEM
    source = SourceText(f"{beside}{STEM}{beside}Nothing else was on record there.")
    result = compare(STEM.replace(words, changed).strip(), source)
    told = [(edit.kind.value, edit.quoted, edit.source) for edit in result.edits]
    assert told == edits


PLACES = st.integers(0, len(STEM.split()) - 1)
PUT = st.sampled_from(
    [
        "",
        "not",
        "the",
        "envoys",
        "12 May",
        "no longer",
        "members who",
        "Harbour,",
        "and the",
        "-5 %",
        "1975",
        "two hundred",
        "14th of May,",
        "5 to 7",
        "cannot",
    ]
)
DATED = (
    "On May 12, 1974, at 5 p.m., the two envoys signed 3 letters in the old customs house by the "
    "harbour. They cannot and shall not sell more than 1,200 tons of grain before the autumn of 1975, "
    "and the clerk of the council read all twenty-one pages aloud to the 5–7 members who had come. "
)
EDITS = st.lists(st.tuples(PLACES, st.integers(0, 3), PUT), min_size=1, max_size=3)


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from([STEM, DATED]),
    EDITS,
    st.integers(0, 12),
    st.integers(0, 12),
    st.sampled_from(["", "It was in 3 ", "Not "]),
)
def test_aligning_between_equal_words_gives_what_aligning_all_words_gives(
    stem, edits, dropped, left, beside
):
    """However a passage was changed and cut, both ways tell the same of it."""
    words = stem.split()
    for place, length, put in edits:
        words[place : place + length] = [put] if put else []
    quote = " ".join(words[dropped : len(words) - left])
    source = SourceText(f"{beside}{stem}thousand men were there.")
    short = compare(quote, source)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(judging, "between_equals", lambda *_: None)
        assert compare(quote, source) == short


def _name(number: int) -> str:
    return "".join(Random(number).choices(["ba", "ke", "lo", "mi", "nur", "ost"], k=7))


MINUTES = [
    f"The delegate of {_name(number)} told the members of the commission that the letter from "
    f"{_name(number + 200)} had been read aloud twice, and the secretary of the "
    f"{_name(number + 400)} delegation asked for another copy of it. Neither {_name(number + 600)} "
    f"nor the observers sent by {_name(number + 800)} had seen the paper when the meeting ended."
    for number in range(120)
]


@pytest.mark.parametrize("number", [3, 38, 61, 97])
def test_more_pieces_tell_a_place_from_hundreds_like_it(number):
    """Where most of a passage stands all over the source, its other parts tell its place."""
    passage = MINUTES[number].replace("told", "tell")
    source = SourceText(" ".join(MINUTES))
    assert len(source.key) > SMALL
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(searching, "anchored", lambda *_: None)
        searched = compare(passage, source)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(searching, "approximate_places", lambda *_: pytest.fail("searched"))
        assert compare(passage, source) == searched
    assert [edit.source for edit in searched.edits] == ["told"]


def test_a_name_that_stands_near_by_as_well_is_not_the_end_of_the_passage():
    """The last of many pieces may stand a line before the end, where names changed places."""
    went, left = "Marshal Vandenberghe", "Colonel Ostrowski"
    source = SourceText(f"{STEM}Then {went} went in to look at the papers with {left}. All left.")
    key = fold_key(f"{STEM}Then {left} went in to look at the papers with {went}.")
    found = anchored(key, source, len(key) // 2, pieces_in(key))
    assert found is not None
    assert found.places
    assert all(b"atthepaperswith" in source.key[: place.end] for place in found.places)


CLOSED = {
    "a year": ("The bridge at the old mill was rebuilt by the villagers in 1974.", " Fine ships came."),
    "a verb": ("It took the whole council to say what the new bridge had been!", " Not so the mill."),
    "a scale": ("The bridge at the old mill cost the villagers some 6.1 million.", "\nThousands came."),
    "a number in words": ("He told them: “The bridge at the old mill has arches, and seven.”", " Fine."),
}  # fmt: skip
NOT_CLOSED = {
    "the number goes on": ("The bridge at the old mill cost each of the villagers about 6.", "1 pounds."),
    "the words go on": ("The bridge at the old mill cost each of the villagers about 6", " million."),
    "a footnote": ("The bridge at the old mill was rebuilt by the villagers in 1974.", "[5] Ships came."),
    "few words": ("The bridge fell in 1974.", " Fine ships came."),
}  # fmt: skip


def _told_both_ways(quote, source):
    """Return what the short way tells, if anything, and what the long ways tell."""
    whole = importlib.import_module("flows.matching.compare")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(whole, "same_as_written", lambda *_: None)
        long = compare(quote, source)
    read = Quotation(quote)
    return same_as_written(read, source, exact_places(read.key, source)), long


@pytest.mark.parametrize("quote, after", CLOSED.values(), ids=CLOSED)
def test_a_closed_sentence_is_plain_whatever_its_last_word(quote, after):
    """Where a sentence ends on both sides, its last number or verb is told as other words are."""
    short, long = _told_both_ways(quote, SourceText(f"So it was. {quote}{after}"))
    assert short is not None
    assert short == long


@pytest.mark.parametrize("quote, after", NOT_CLOSED.values(), ids=NOT_CLOSED)
def test_a_number_that_may_go_on_is_judged(quote, after):
    """A number at the end with anything but a closed sentence behind it is no plain case."""
    short, _ = _told_both_ways(quote, SourceText(f"So it was. {quote}{after}"))
    assert short is None


OPENED = {
    "a sentence before": "So it was. ",
    "words in quotation marks before": "They said: “So it was.” ",
    "a paragraph before": "All that was built\n\n",
    "an item of a list": "Built there:\n- one mill, two\n- ",
    "the beginning": "",
}
NOT_OPENED = {
    "a number before": "Of the mills there were half ",
    "a line before": "Of the mills there were half\n",
    "a mark before": "Of the mills there were half; ",
}


@pytest.mark.parametrize("before", OPENED.values(), ids=OPENED)
def test_an_opened_sentence_is_plain_whatever_its_first_word(before):
    """Where a sentence begins on both sides, its first number or verb is told as other words are."""
    quote = "A bridge at the old mill was rebuilt by the villagers and their guests."
    short, long = _told_both_ways(quote, SourceText(f"{before}{quote} Fine ships came."))
    assert short is not None
    assert short == long


@pytest.mark.parametrize("before", NOT_OPENED.values(), ids=NOT_OPENED)
def test_a_number_that_may_begin_earlier_is_judged(before):
    """A number at the start with anything but a sentence's begin before it is no plain case."""
    quote = "A million bridges were rebuilt by the villagers and by all their guests."
    short, _ = _told_both_ways(quote, SourceText(f"{before}{quote} Fine ships came."))
    assert short is None


def test_a_mark_at_the_end_of_a_source_does_not_stand_before_its_first_word():
    """What a quotation opens with is looked for before the words, not behind everything."""
    words = "The bridge was rebuilt by the villagers"
    found = compare(f"“{words}", SourceText(f"{words} “")).matches
    assert [(match.start, match.exact) for match in found] == [(0, words)]


LETTER = (
    "The surveyor walked along the frozen canal with some clerks. She counted every barge that lay "
    "there, and in the evening the clerks copied her list for the council of the town. "
    "Nobody in the town had asked for it, but the miller kept a copy in his desk."
)
PLAIN = {
    "one word for another": ("along the frozen canal", "along the narrow canal", ("word", "narrow", "frozen")),
    "a denial for a word": ("copied her list", "never her list", ("negation", "never", "copied")),
    "a denial put in": ("that lay there", "that not lay there", ("negation", "not", "")),
    "a word put in": ("clerks copied her", "clerks soon copied her", ("insertion", "soon", "")),
    "a word put in twice": ("in the evening", "in the the evening", ("insertion", "the", "")),
    "words put in": ("evening the clerks", "evening the old tired clerks", ("insertion", "old tired", "")),
    "a word left out": ("copied her list for", "copied list for", ("deletion", "", "her")),
    "a mark behind it": ("that lay there, and", "that lay outside, and", ("word", "outside", "there")),
    "another mark behind it": ("that lay there, and", "that lay outside; and", ("word", "outside", "there")),
    "letters in common": ("some clerks. She", "some clergymen. She", ("word", "clergymen", "clerks")),
}  # fmt: skip
NOT_PLAIN = {
    "a name": ("the council of", "the Council and"),
    "a number": ("with some clerks", "with nine clerks"),
    "a month": ("in the evening", "in the march"),
    "a word that may be a sign": ("walked along the", "walked to along the"),
    "a numeral": ("every barge that", "every ix that"),
    "words in another order": ("copied her list", "her copied list"),
    "more words than can be told from a gap": ("that lay there", "that with all its old ropes lay there"),
    "the last word but one": ("in his desk.", "in her desk."),
}  # fmt: skip


def test_a_word_put_in_that_the_source_has_before_the_passage_needs_the_judgement():
    """It may have left its place there, which is another order of the words and no insertion."""
    passage = STEM[STEM.index(" agreed at once") + 1 :].strip()
    kinds = {}
    for put in ("had", "quickly"):
        quote = passage.replace("before the autumn", f"before the {put} autumn")
        short, long = _changed_both_ways(quote, SourceText(STEM))
        assert short in {None, long}
        kinds[put] = short is not None, [edit.kind.value for edit in long.edits]
    assert kinds == {"had": (False, ["order"]), "quickly": (True, ["insertion"])}


def test_near_the_beginning_plain_words_need_a_source_that_begins_there_too():
    """A word before the passage could be one of it, unless a sentence ends there."""
    quote = LETTER.replace("The surveyor", "The painter")
    short, long = _changed_both_ways(quote, SourceText(f"It was in May. {LETTER}"))
    assert short == long
    assert [(edit.quoted, edit.source) for edit in short.edits] == [("painter", "surveyor")]
    assert _changed_both_ways(quote, SourceText(f"By then 12 {LETTER}"))[0] is None


def test_several_plain_words_in_one_place_are_told_one_by_one():
    """Two words for two are two edits, and a word more beside one of them a third, either way."""
    source = SourceText(LETTER)
    for changed, edits in (
        ("a sledge which lay", [("a", "every"), ("sledge", "barge"), ("which", "that")]),
        ("every long yellow sledge that lay", [("long yellow", ""), ("sledge", "barge")]),
    ):
        short, long = _changed_both_ways(LETTER.replace("every barge that lay", changed), source)
        assert short == long
        assert [(edit.quoted, edit.source) for edit in short.edits] == edits


def _changed_both_ways(quote, source):
    """Return what is told of plain words, if anything, and what the judgement word by word tells."""
    whole = importlib.import_module("flows.matching.compare")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(whole, "changed_in_one_place", lambda *_: None)
        long = compare(quote, source)
    read = Quotation(quote)
    return changed_in_one_place(read, source, Pointers(read, source)), long


@pytest.mark.parametrize("words, changed, edit", PLAIN.values(), ids=PLAIN)
@pytest.mark.parametrize(
    "beside", ["", "It was in May. ", "By then 12 "], ids=["alone", "sentence", "number"]
)
def test_plain_words_are_told_as_a_judgement_of_all_words_tells_them(words, changed, edit, beside):
    """One plain difference is the same edit, at the same place and with the same score, either way."""
    assert LETTER.count(words) == 1
    source = SourceText(f"{beside}{LETTER}\n{beside}Nothing else was on record there.")
    short, long = _changed_both_ways(LETTER.replace(words, changed), source)
    assert short == long
    assert [(e.kind.value, e.quoted, e.source) for e in short.edits] == [edit]


@pytest.mark.parametrize("words, changed", NOT_PLAIN.values(), ids=NOT_PLAIN)
def test_words_that_do_not_show_what_they_are_need_the_judgement(words, changed):
    """Names, values, several changes and words near an end are judged among the words around them."""
    assert LETTER.count(words) == 1
    short, long = _changed_both_ways(LETTER.replace(words, changed), SourceText(LETTER))
    assert short is None
    assert long.verdict is Verdict.ALTERED


WORDS_PUT = st.sampled_from(
    [
        "",
        "",
        "not",
        "never",
        "the",
        "clerks",
        "old barge",
        "by",
        "nine",
        "may",
        "Town",
        "town,",
        "-5 %",
    ]
)


@settings(max_examples=150, deadline=None)
@given(
    st.integers(0, len(LETTER.split()) - 1),
    st.integers(0, 2),
    WORDS_PUT,
    st.tuples(st.integers(0, 9), st.integers(0, 9)),
    st.sampled_from([("", ""), ("It was in 3 ", " thousand ships came."), ("$5. Not ", "")]),
)
def test_wherever_plain_words_differ_both_ways_agree(place, length, put, cut, beside):
    """However a passage is changed and cut, what the short way tells is what the long way tells."""
    words = LETTER.split()
    words[place : place + length] = [put] if put else []
    quote = " ".join(words[cut[0] : len(words) - cut[1]])
    short, long = _changed_both_ways(quote, SourceText(f"{beside[0]}{LETTER}{beside[1]}"))
    assert short in {None, long}


def test_half_of_the_words_is_half_on_every_python():
    """Added one by one, the weights of four words are more than half of eight on Python 3.11 alone."""
    page = SourceText("It rained. Six painters own our red barges now and nothing else was sold.")
    found = compare("The governor saw his red barges now and", page)
    assert (found.verdict, found.score) == (Verdict.ALTERED, 0.5)


@pytest.mark.parametrize("words, changed, edits", CHANGES.values(), ids=CHANGES)
def test_the_sentences_around_are_given_to_whoever_asks_for_them(words, changed, edits):
    """They are the same for changed words as for true ones, and change nothing else."""
    source = SourceText(f"The harbour had frozen. {STEM}Nobody kept a copy.")
    for quote in (STEM.strip(), STEM.replace(words, changed).strip()):
        asked = compare_in_context(quote, source)
        assert asked.context == Context(
            before="The harbour had frozen.", after="Nobody kept a copy."
        )
        assert replace(asked, context=None) == compare(quote, source)
    assert len(asked.edits) == len(edits)
