"""Input that is broken, huge or made to do harm: bounded memory and time, no traceback."""

import bz2
import contextlib
import gzip
import io
import json
import os
import subprocess
import sys
import threading
import zipfile

import pytest
import zstandard

from flows.errors import InputError
from flows.posts import compressed, opening, read_posts

POST = "Anonymous ID: 13825e March 1, 2025, 5:11 p.m. No.{}\nwords {}\n"
MEASURE = r"""
import re, sys
from pathlib import Path
from flows.citations import find_links
from flows.posts import read_posts
stream = read_posts(sys.argv[1:2], only_with_links=sys.argv[2] == "quick")
links = sum(len(find_links(post.text)) for post in stream)
# The peak of this program alone; getrusage also counts what started it.
peak = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text()).group(1)
print(links, int(peak) // 1024)
"""


def measured(path, manner="thorough"):
    """Return links found and peak memory in MiB of a process that reads *path*."""
    command = [sys.executable, "-c", MEASURE, str(path), manner]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    links, peak = done.stdout.split()
    return int(links), int(peak)


UNREADABLE = {
    "an empty file": (b"", "empty"),
    "blanks only": (b" \n\n\t\n", "empty"),
    "zero bytes": (bytes(10_000), "neither text nor"),
    "machine code": (bytes((i * i + 7 * i) % 256 for i in range(9_000)), "neither text nor"),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(200), "neither text nor"),
    "a document of another kind": (b"%PDF-1.7\n\x00\x01\x02\x03" * 40, "neither text nor"),
    "an object without text": (b'{"a": 1, "b": [1, 2]}', "no posts"),
    "an empty list": (b"[]", "no posts"),
    "only the start of a packed file": (gzip.compress(b"words" * 100)[:10], ""),
    "a broken zip file": (b"PK\x03\x04rubbish", "broken zip"),
}


@pytest.mark.parametrize("case", UNREADABLE)
def test_nothing_readable_is_an_input_error(case, tmp_path):
    content, reason = UNREADABLE[case]
    path = tmp_path / "input"
    path.write_bytes(content)
    with pytest.raises(InputError) as raised:
        list(read_posts([path]))
    assert reason in raised.value.reason
    assert raised.value.path == str(path)
    assert "\n" not in str(raised.value)


def test_missing_file_and_empty_folder_are_input_errors(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        list(read_posts([tmp_path / "missing"]))
    with pytest.raises(InputError, match="no files"):
        list(read_posts([tmp_path]))
    with pytest.raises(InputError):
        list(read_posts([]))


def test_missing_file_beside_a_readable_one_is_named(tmp_path):
    (tmp_path / "a.txt").write_text("words", encoding="utf-8")
    stream = read_posts([tmp_path / "missing", tmp_path / "a.txt"])
    assert [post.id for post in stream] == ["a"]
    assert [entry.posts for entry in stream.inputs] == [0, 1]
    assert stream.inputs[0].unreadable[0].reason == "no such file or folder"


def test_device_is_not_read():
    with pytest.raises(InputError, match="neither a file nor a pipe"):
        list(read_posts(["/dev/zero"]))


def test_pipe_to_which_nobody_writes_is_left(tmp_path, monkeypatch):
    monkeypatch.setattr(opening, "PIPE_PATIENCE", 0.05)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(InputError):
        list(read_posts([pipe]))


def test_pipe_with_a_writer_is_read(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=lambda: pipe.write_text(POST.format(1, "x")))
    writer.start()
    posts = list(read_posts([pipe]))
    writer.join()
    assert [post.id for post in posts] == ["1"]


def test_standard_input(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(POST.format(7, "x").encode())))
    assert [post.id for post in read_posts(["-"])] == ["7"]


def test_folder_is_walked_in_order_and_loops_end(tmp_path):
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "2.txt").write_text("two", encoding="utf-8")
    (tmp_path / "a.txt").write_text("one", encoding="utf-8")
    (tmp_path / ".hidden").write_text("not read", encoding="utf-8")
    (tmp_path / "b" / "loop").symlink_to(tmp_path)
    assert [post.text for post in read_posts([tmp_path])] == ["one", "two"]


def test_zero_bytes_inside_text_are_replaced(read):
    [post], _ = read("words \x00 and more words")
    assert "\x00" not in post.text
    assert post.text.startswith("words \ufffd and")


def test_half_surrogates_can_be_written_as_utf_8(read):
    rows = '{"id": "1", "text": "a \\ud83d b"}\n{"id": "2", "text": "c"}\n'
    posts, _ = read(rows)
    assert [post.text.encode() for post in posts] == ["a \ufffd b".encode(), b"c"]


def test_deep_nesting_is_named_and_the_rest_read(read):
    deep = "[" * 50_000 + "]" * 50_000
    rows = '{"posts": [{"no": 1, "com": "kept", "time": 1}, {"x": ' + deep + "}, "
    rows += '{"no": 2, "com": "kept too", "time": 1}]}'
    posts, [entry] = read(rows)
    assert [post.text for post in posts] == ["kept", "kept too"]
    assert "nested deeper" in entry.unreadable[0].reason


def test_deeply_nested_markup(read):
    page = "<html><body>" + "<div>" * 50_000 + "<p>words</p>"
    [post], _ = read(page)
    assert post.text == "words"


def test_deeply_nested_mail_is_named_or_read(read):
    part = "Content-Type: multipart/mixed; boundary=b\n\n--b\n"
    mail = "From: a@example.org\nDate: x\nSubject: y\n" + part * 3_000
    with contextlib.suppress(InputError):
        posts, _ = read(mail)
        assert len(posts) <= 1


def test_truncated_archive_gives_what_it_held(read):
    dump = "".join(json.dumps({"id": str(n), "text": f"post {n * n}"}) + "\n" for n in range(5_000))
    packed = gzip.compress(dump.encode())
    posts, [entry] = read(packed[: len(packed) // 2])
    assert len(posts) > 500
    assert [post.id for post in posts] == [str(n) for n in range(len(posts))]
    assert any("end" in problem.reason for problem in entry.unreadable)


BOMBS = {
    "gzip": gzip.compress(b"a b\n" * 1_000_000),
    "bzip2": bz2.compress(b"a b\n" * 1_000_000),
    "zstd": zstandard.compress(b"a b\n" * 1_000_000),
}


@pytest.mark.parametrize("kind", BOMBS)
def test_bomb_is_left_when_it_becomes_absurd(kind, read, monkeypatch):
    monkeypatch.setattr(compressed, "RATIO_COUNTS_FROM", 1_000_000)
    _, [entry] = read(BOMBS[kind])
    assert "times its size" in entry.unreadable[-1].reason


def zip_of(entries):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return packed.getvalue()


def test_archives_nested_too_deeply_are_named(read):
    content = b"words"
    for _ in range(6):
        content = zip_of({"a.zip": content})
    with pytest.raises(InputError, match="packed more than"):
        read(content)


def test_zip_entry_that_is_a_bomb_leaves_the_others(read, monkeypatch):
    monkeypatch.setattr(compressed, "RATIO_COUNTS_FROM", 1_000_000)
    content = zip_of({"a.txt": b"words", "b.txt": b"a b\n" * 1_000_000, "c.txt": b"more words"})
    posts, inputs = read(content)
    assert {"words", "more words"} <= {post.text for post in posts}
    assert "times its size" in inputs[1].unreadable[-1].reason


def test_entry_names_never_become_paths(read, tmp_path):
    posts, _ = read(zip_of({"../../escape.txt": b"words"}))
    assert [post.id for post in posts] == ["escape"]
    assert not (tmp_path.parent / "escape.txt").exists()


LINK = "https://nsarchive.gwu.edu/document/33560"
WORDS = "words " * 100_000
ONE_LINE = {
    "prose": ("", LINK),
    "a post": (POST.format(1, ""), "\n" + POST.format(2, LINK)),
    "a JSON line": ('{"id": "1", "text": "', f'"}}\n{{"id": "2", "text": "{LINK}"}}\n'),
}


@pytest.mark.parametrize("manner", ["thorough", "quick"])
@pytest.mark.parametrize("case", ONE_LINE)
def test_fifty_megabytes_on_one_line(case, manner, tmp_path):
    path = tmp_path / "input"
    before, behind = ONE_LINE[case]
    with path.open("w", encoding="utf-8") as file:
        file.write(before)
        for _ in range(90):
            file.write(WORDS)
        file.write(behind)
    links, peak = measured(path, manner)
    assert links == 1
    assert peak < 150


def test_one_document_is_never_held_whole(tmp_path):
    path = tmp_path / "input"
    with path.open("w", encoding="utf-8") as file:
        file.write('{"posts": [')
        for number in range(15_000):
            file.write(f'{{"no": {number}, "time": 1, "com": "words {WORDS[:1200]}"}}, ')
        file.write(f'{{"no": 1, "time": 1, "com": "{LINK}"}}]}}')
    links, peak = measured(path)
    assert links == 1
    assert peak < 100


def test_string_that_would_fill_the_memory_is_named(tmp_path):
    path = tmp_path / "input"
    text = '{"posts": [{"no": 1, "time": 1, "com": "kept"}, {"no": 2, "com": "'
    path.write_text(text + "x" * 50_000_000 + '"}]}', encoding="utf-8")
    stream = read_posts([path])
    assert [post.text for post in stream] == ["kept"]
    assert any("bytes" in problem.reason for problem in stream.inputs[0].unreadable)


def test_sparse_file_of_many_gigabytes_is_refused_at_once(tmp_path):
    path = tmp_path / "input"
    with path.open("wb") as file:
        file.truncate(10_000_000_000)
    with pytest.raises(InputError, match="neither text nor"):
        list(read_posts([path]))


def test_columns_that_are_not_there_are_named(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("Nr;Inhalt\n1;words\n", encoding="utf-8")
    stream = read_posts([path], columns="id=nr,text=inhalt")
    assert [(post.id, post.text) for post in stream] == [("1", "words")]
    with pytest.raises(InputError, match="is not part=column"):
        list(read_posts([path], columns="nonsense"))


def test_words_behind_many_blanks_are_read(read):
    """The form is told from the first words, however far down they stand."""
    posts, [entry] = read("\n" * 200_000 + "A note.\n")
    assert [post.text for post in posts] == ["A note."]
    assert entry.format == "prose"
