"""Bytes become the characters that were meant, whatever the labels say."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.pages import read_page
from flows.pages.encoding import decode

ENGLISH = "He said “that” – and it wasn’t so. Déjà vu, 5 £."
RUSSIAN = "Запись беседы президента с министром в Москве, 1995 год"
POLISH = "Zażółć gęślą jaźń w Warszawie i Łodzi, także później"
META = '<meta charset="{}">'

MEANT = {
    "UTF-8 that says so": (ENGLISH, "utf-8", "text/html; charset=utf-8"),
    "UTF-8 that says nothing": (ENGLISH, "utf-8", "text/html"),
    "UTF-8 that claims to be Latin 1": (ENGLISH, "utf-8", "text/html; charset=ISO-8859-1"),
    "UTF-8 that claims to be windows-1252": (ENGLISH, "utf-8", 'text/html; charset="windows-1252"'),
    "windows-1252 that says so": (ENGLISH, "cp1252", "text/html; charset=windows-1252"),
    "windows-1252 that claims to be Latin 1": (ENGLISH, "cp1252", "text/html; charset=iso-8859-1"),
    "windows-1252 that claims to be UTF-8": (ENGLISH, "cp1252", "text/html; charset=utf-8"),
    "windows-1252 that says nothing": (ENGLISH, "cp1252", ""),
    "windows-1252 that claims an unknown encoding": (
        ENGLISH,
        "cp1252",
        "text/html; charset=x-none",
    ),
    "windows-1252 that claims to be UTF-16": (ENGLISH, "cp1252", "text/html; charset=utf-16"),
    "windows-1251 that says so": (RUSSIAN, "cp1251", "text/html; charset=windows-1251"),
    "windows-1251 that says nothing": (RUSSIAN, "cp1251", "text/html"),
    "KOI8-R that says nothing": (RUSSIAN, "koi8-r", "text/html"),
    "windows-1250 that says nothing": (POLISH, "cp1250", "text/html"),
    "UTF-16 that says so": (ENGLISH, "utf-16-le", "text/html; charset=utf-16"),
    "UTF-16 that says nothing": (ENGLISH, "utf-16-be", "text/html"),
    "a codec that is no encoding": (ENGLISH, "utf-8", "text/html; charset=rot13"),
    "an encoding that nobody should run": (ENGLISH, "utf-8", "text/html; charset=unicode_escape"),
}


@pytest.mark.parametrize("text, encoding, content_type", MEANT.values(), ids=MEANT)
def test_the_characters_are_the_ones_meant(text, encoding, content_type):
    assert decode(text.encode(encoding), content_type=content_type).text == text


@pytest.mark.parametrize("encoding", ["windows-1251", "koi8-r", "utf-8", "shift_jis"])
@pytest.mark.parametrize(
    "form",
    [
        '<meta charset="{}">',
        "<meta http-equiv=content-type content='text/html; charset={}'>",
        '<?xml version="1.0" encoding="{}"?>',
    ],
)
def test_the_pages_own_declaration_counts_when_the_header_is_silent(encoding, form):
    text = "「文書」" if encoding == "shift_jis" else RUSSIAN
    body = (form.format(encoding) + text).encode(encoding)
    assert decode(body, content_type="text/html").text.endswith(text)


def test_the_header_wins_over_the_page():
    body = (META.format("utf-8") + RUSSIAN).encode("koi8-r")
    assert decode(body, content_type="text/html; charset=koi8-r").text.endswith(RUSSIAN)


def test_a_servers_habit_yields_to_the_pages_own_alphabet():
    body = (META.format("windows-1251") + RUSSIAN).encode("cp1251")
    assert decode(body, content_type="text/html; charset=ISO-8859-1").text.endswith(RUSSIAN)


@pytest.mark.parametrize(
    "bom, encoding",
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ],
)
def test_a_byte_order_mark_wins_and_is_no_word(bom, encoding):
    decoded = decode(bom + ENGLISH.encode(encoding), content_type="text/html; charset=koi8-r")
    assert decoded.text == ENGLISH
    assert decoded.offset == len(bom)


def test_one_damaged_character_does_not_spoil_the_others():
    body = ENGLISH.encode() + b" \xe2\x80 " + ENGLISH.encode()
    decoded = decode(body, content_type="text/html; charset=utf-8")
    assert decoded.text.count(ENGLISH) == 2
    assert not decoded.exact


@given(st.binary(max_size=400), st.text(max_size=40))
def test_any_bytes_become_characters(body, content_type):
    decoded = decode(body, content_type=content_type)
    if decoded.exact:
        assert decoded.text.encode(decoded.encoding) == body[decoded.offset :]


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=200))
def test_labelled_utf8_is_read_as_it_was_written(text):
    body = b"\xef\xbb\xbf" + text.encode()
    assert decode(body, content_type="text/plain").text == text


def test_the_encoding_in_use_is_said():
    page = read_page(ENGLISH.encode("cp1252"), url="", content_type="text/plain")
    assert "cp1252" in page.basis
