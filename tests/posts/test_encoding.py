"""Texts in every encoding that dumps come in."""

import pytest

from flows.posts.encoding import decoded, encoding_of, is_text

ENGLISH = "It’s a note – “with marks” of its time, and nothing more than a note.\n" * 5
FRENCH = "« Déjà vu », écrit-il à la fin de l’été, où l’ambassadeur s’était tu.\n" * 5
RUSSIAN = "Он пишет, что двери остаются закрытыми до утра, и никто не спорит.\n" * 5

CASES = {
    "UTF-8": (ENGLISH, "utf-8"),
    "UTF-8 with a mark": (ENGLISH, "utf-8-sig"),
    "UTF-16 with a mark": (ENGLISH, "utf-16"),
    "UTF-16, low byte first": (ENGLISH, "utf-16-le"),
    "UTF-16, high byte first": (ENGLISH, "utf-16-be"),
    "windows-1252, English": (ENGLISH, "cp1252"),
    "windows-1252, French": (FRENCH, "cp1252"),
    "windows-1251": (RUSSIAN, "cp1251"),
    "KOI8-R": (RUSSIAN, "koi8-r"),
    "ASCII": ("plain words\n" * 9, "ascii"),
}


@pytest.mark.parametrize("case", CASES)
def test_text_is_read_as_it_was_written(case, read):
    text, encoding = CASES[case]
    [post], _ = read(text.encode(encoding))
    assert post.text == text.strip()


def test_stray_bytes_in_utf_8_are_read_as_windows_1252():
    mixed = "Zürich, naïve façade, garçon. ".encode() * 3 + b"it\x92s"
    assert encoding_of(mixed) == "utf-8"
    assert decoded(mixed).endswith("it’s")


def test_sample_may_end_in_the_middle_of_a_character():
    assert encoding_of("naïve“".encode()[:-1]) == "utf-8"


NO_TEXT = {
    "zero bytes": bytes(100),
    "random bytes": bytes((i * i * 31 + i * 7) % 256 for i in range(3_000)),
}


@pytest.mark.parametrize("sample", NO_TEXT.values(), ids=NO_TEXT)
def test_these_are_no_texts(sample):
    assert not is_text(sample)
