"""The index proposes the right text, keeps what it was given, and survives its writers."""

import multiprocessing
import os
import signal
import string
import subprocess
import sys
import textwrap
import time
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.concordance import Concordance
from flows.concordance.building import merge
from flows.concordance.letters import letters
from flows.concordance.segment import Segment, TornSegmentError
from tests.quality.documents import Document, make_document
from tests.quality.recognition import recognised

TEXTS = {f"page/{number}": make_document(Random(number), 2500).text for number in range(40)}


@pytest.fixture
def index(tmp_path) -> Concordance:
    filled = Concordance.open(tmp_path / "index")
    for key, text in TEXTS.items():
        filled.add(key, text)
    filled.flush()
    return filled


def passage(key: str, at: int = 700, length: int = 160) -> str:
    return TEXTS[key][at : at + length]


def test_every_text_is_proposed_for_its_own_words(index):
    """The text stands first, and the place is near."""
    for key in TEXTS:
        first = index.candidates(passage(key))[0]
        assert first.key == key
        assert abs(first.offset - 700) < 120
        assert first.votes > 20


TYPED_OTHERWISE = {
    "in capitals": lambda text: text.upper(),
    "without blanks": lambda text: text.replace(" ", ""),
    "with curly quotation marks": lambda text: f"“{text}”",
    "with soft hyphens": "\u00ad".join,
    "with misread letters": lambda text: text.replace("l", "1").replace("o", "0").replace("e", "c"),
    "with a word changed": lambda text: text.replace(text.split()[6], "otherwise"),
}


@pytest.mark.parametrize("change", TYPED_OTHERWISE.values(), ids=TYPED_OTHERWISE)
def test_typing_does_not_hide_a_text(index, change):
    """What faithful or nearly faithful copies differ in is folded away."""
    assert index.candidates(change(passage("page/7")))[0].key == "page/7"


NOTHING_TO_FIND = {
    "no letters": "… — 。",
    "nothing": "",
    "fewer letters than a piece": "the treaty"[:8],
    "words of no text": "Zwölf Boxkämpfer jagen Viktor quer über den großen Sylter Deich",
}


@pytest.mark.parametrize("quote", NOTHING_TO_FIND.values(), ids=NOTHING_TO_FIND)
def test_nothing_is_proposed_for_what_is_not_there(index, quote):
    """No candidate is better than a random one."""
    assert index.candidates(quote) == []


def test_recall_under_noise_stays_up(index):
    """Pieces of letters survive where whole words do not."""
    rng, found = Random(4), 0
    chosen = [(key, make_document(Random(number), 2500)) for number, key in enumerate(TEXTS)]
    for key, document in chosen:
        words = rng.choice(
            [s for s in document.sentences if len(s.sentence.text) > 80]
        ).sentence.text
        noisy = recognised(rng, Document(words, ()), 0.1).text
        found += key in [candidate.key for candidate in index.candidates(noisy)]
    assert found >= 0.85 * len(TEXTS)


def test_parallel_texts_are_all_proposed(tmp_path):
    """A passage that two sources share is found in both."""
    with Concordance.open(tmp_path) as index:
        index.add("original", TEXTS["page/1"])
        index.add("copy", f"{TEXTS['page/2'][:600]} {passage('page/1')} {TEXTS['page/3'][:600]}")
    index.refresh()
    assert {c.key for c in index.candidates(passage("page/1"))} == {"original", "copy"}


def test_one_of_many_pages_that_are_nearly_alike_is_told_by_what_is_its_own(tmp_path):
    """A form that went out a thousand times is found by the name and the number filled in."""
    form = make_document(Random("form"), 1400).text
    half = form.index(" ", 700)
    names = ["".join(Random(number).choices(string.ascii_lowercase, k=9)) for number in range(1000)]
    letter = [
        f"{form[:half]} {name} {number * 7919}{form[half:]}" for number, name in enumerate(names)
    ]
    with Concordance.open(tmp_path / "index") as index:
        for number, text in enumerate(letter):
            index.add(f"letter/{number:03}", text)
            if number % 180 == 90:
                index.flush()
    asked = range(0, 1000, 9)
    quotes = [letter[number][half - 120 : half + 120] for number in asked]
    first = [index.candidates(quote)[0].key for quote in quotes]
    assert first == [f"letter/{number:03}" for number in asked]


def test_a_key_is_held_once(tmp_path):
    """Adding a key again changes nothing, before and after a flush."""
    index = Concordance.open(tmp_path)
    assert index.add("one", TEXTS["page/1"])
    assert not index.add("one", TEXTS["page/2"])
    index.flush()
    assert not index.add("one", TEXTS["page/2"])
    assert "one" in index
    assert "two" not in index
    assert list(index.keys()) == ["one"]


def test_texts_too_short_for_a_piece_are_held_all_the_same(tmp_path):
    """Otherwise every run would add them again."""
    with Concordance.open(tmp_path) as index:
        index.add("empty", "")
        index.add("short", "a word")
        index.add("long", TEXTS["page/4"])
        index.add("last", "x")
    again = Concordance.open(tmp_path)
    assert sorted(again.keys()) == ["empty", "last", "long", "short"]
    assert again.candidates(passage("page/4"))[0].key == "long"
    again.check()


def test_many_flushes_merge_and_lose_nothing(tmp_path):
    """A hundred small flushes leave few files, every key and every place."""
    index = Concordance.open(tmp_path)
    for number in range(100):
        index.add(f"k{number}", f"{TEXTS[f'page/{number % 40}']} number {number}")
        index.flush()
    assert len(list(tmp_path.glob("*.segment"))) == len(index._segments) < 24
    again = Concordance.open(tmp_path)
    assert len(again._segments) < 24
    assert sorted(again.keys()) == sorted(f"k{number}" for number in range(100))
    again.check()
    found = {c.key for c in again.candidates(passage("page/9"), limit=6)}
    assert found >= {"k9", "k49", "k89"}


def test_merged_segments_answer_as_one_that_was_built_at_once(tmp_path):
    """Merging changes where pieces lie, not what they say."""
    whole = Concordance.open(tmp_path / "whole")
    parts = Concordance.open(tmp_path / "parts")
    for key, text in TEXTS.items():
        whole.add(key, text)
        parts.add(key, text)
        if int(key[5:]) % 9 == 0:
            parts.flush()
    whole.flush()
    parts.flush()
    merge(parts._segments, tmp_path / "merged.segment")
    merged, built = Segment(tmp_path / "merged.segment"), whole._segments[0]
    for name, array in built.arrays.items():
        assert np.array_equal(array, merged.arrays[name]), name


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(alphabet=string.ascii_letters + " .,é’ж", max_size=120), max_size=12))
def test_whatever_is_added_is_held_and_found(tmp_path_factory, texts):
    """Any texts: every key is held, and a text's own letters lead to it or to its equal."""
    with Concordance.open(tmp_path_factory.mktemp("any")) as index:
        for number, text in enumerate(texts):
            index.add(str(number), text)
    index.check()
    assert sorted(index.keys(), key=int) == [str(number) for number in range(len(texts))]
    for number, text in enumerate(texts):
        if len(letters(text)) > 40 and len(set(letters(text))) > 8:
            keys = {candidate.key for candidate in index.candidates(text, limit=12)}
            assert str(number) in keys or any(
                letters(texts[int(key)]) == letters(text) for key in keys
            )


@given(st.text(max_size=60))
def test_letters_are_letters_and_digits_and_reducing_is_final(text):
    """One byte each, whatever the script, and the same when reduced again."""
    reduced = letters(text)
    assert reduced.isalnum() or not reduced
    assert letters(reduced.decode()) == reduced


# ── what goes wrong ──────────────────────────────────────────────────────────


def _cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size - 100)


def _flip(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    raw[30] ^= 0xFF
    path.write_bytes(raw)


DAMAGE = {
    "cut short": _cut,
    "a flipped byte in the header": _flip,
    "emptied": lambda path: path.write_bytes(b""),
    "gone": lambda path: path.unlink(),
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_segment_is_named_and_mended_by_adding_again(index, damage):
    """Its texts are no longer held, so the next run adds them."""
    (path,) = index.folder.glob("*.segment")
    damage(path)
    again = Concordance.open(index.folder)
    assert again.lost == (path.name,)
    assert "page/3" not in again
    for key, text in TEXTS.items():
        assert again.add(key, text)
    again.flush()
    assert again.candidates(passage("page/3"))[0].key == "page/3"


def test_a_flipped_byte_in_the_pieces_is_found_by_a_check(index):
    """Opening reads the header alone; a check reads everything."""
    (path,) = index.folder.glob("*.segment")
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 1
    path.write_bytes(raw)
    with pytest.raises(TornSegmentError, match="damaged"):
        Concordance.open(index.folder).check()


def test_a_torn_list_means_an_empty_index(index):
    """The index is derived: it is made again, never trusted in part."""
    (index.folder / "segments.json").write_text('{"schema": "nsarch')
    again = Concordance.open(index.folder)
    assert list(again.keys()) == []


def test_an_index_is_written_without_what_windows_lacks(tmp_path, monkeypatch):
    """Neither writing at an offset without seeking nor opening a folder is needed."""
    monkeypatch.delattr(os, "pwrite", raising=False)
    real = os.open

    def refusing(path, flags, *mode):
        if Path(path).is_dir():
            raise PermissionError(path)
        return real(path, flags, *mode)

    monkeypatch.setattr(os, "open", refusing)
    with Concordance.open(tmp_path) as index:
        index.add("a", TEXTS["page/3"])
    again = Concordance.open(tmp_path)
    again.check()
    assert "a" in again


def test_a_list_cannot_name_files_elsewhere(index, tmp_path):
    """A name with a folder in it is not opened."""
    (index.folder / "segments.json").write_text(
        '{"schema": "nsarchive-verify/concordance/1", "segments": ["../other.segment"]}'
    )
    assert Concordance.open(index.folder).lost == ()


WRITER = textwrap.dedent("""
    import sys, pathlib
    from random import Random
    from flows.concordance import Concordance
    from tests.quality.documents import make_document
    index = Concordance.open(pathlib.Path(sys.argv[1]))
    number = 0
    while True:
        index.add(f"{sys.argv[2]}/{number}", make_document(Random(number), 900).text)
        index.flush()
        print(number, flush=True)
        number += 1
""")


def test_a_writer_killed_at_any_moment_leaves_a_whole_index(tmp_path):
    """What it reported as flushed is there; nothing else is torn."""
    for round_ in range(4):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path), f"w{round_}"],
            stdout=subprocess.PIPE,
            text=True,
        )
        reported = [int(writer.stdout.readline()) for _ in range(5 + 3 * round_)]
        time.sleep(0.003 * round_)
        writer.send_signal(signal.SIGKILL)
        reported += [int(line) for line in writer.stdout.read().split()]
        writer.wait(10)
        writer.stdout.close()
        index = Concordance.open(tmp_path)
        assert index.lost == ()
        index.check()
        assert all(f"w{round_}/{number}" in index for number in reported)


def _write(folder: str, name: str, count: int) -> None:
    index = Concordance.open(Path(folder))
    for number in range(count):
        index.add(f"{name}/{number}", f"{TEXTS[f'page/{number % 40}'][:900]} {name} {number}")
        index.flush()


def test_two_processes_write_one_index(tmp_path):
    """Neither loses what the other wrote, and a reader is never refused."""
    context = multiprocessing.get_context("spawn")
    writers = [
        context.Process(target=_write, args=(str(tmp_path), name, 25)) for name in ("a", "b")
    ]
    for writer in writers:
        writer.start()
    reader = Concordance.open(tmp_path)
    while any(writer.is_alive() for writer in writers):
        reader.refresh()
        assert reader.lost == ()
        reader.candidates(passage("page/2", 200, 120))
        time.sleep(0.02)
    for writer in writers:
        writer.join(30)
        assert writer.exitcode == 0
    reader.refresh()
    assert sorted(reader.keys()) == sorted(f"{name}/{n}" for name in ("a", "b") for n in range(25))
    reader.check()
