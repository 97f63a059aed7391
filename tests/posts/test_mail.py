"""Messages attached to messages are posts of their own."""

from email.message import EmailMessage

import pytest

from flows.posts import read_posts

LINK = "https://nsarchive.gwu.edu/document/40001-doc-01-a-cable"


def message(words, number, **more):
    mail = EmailMessage()
    mail["From"] = "Ann <ann@example.org>"
    mail["Date"] = f"Mon, 03 Mar 2025 12:0{number}:00 -0500"
    mail["Subject"] = "A cable"
    mail["Message-ID"] = f"<{number}@example.org>"
    mail.set_content(words, **more)
    return mail


def read(tmp_path, data):
    path = tmp_path / "mail.eml"
    path.write_bytes(data)
    stream = read_posts([path])
    posts = [(post.id, post.text, f"{post.posted_at:%H:%M}") for post in stream]
    assert [entry.unreadable for entry in stream.inputs] == [()]
    return posts


@pytest.mark.parametrize("coding", ["8bit", "quoted-printable", "base64"])
def test_an_attached_message_is_a_post_with_its_own_time(tmp_path, coding):
    """As mail programs forward: the words of both, each under its own name."""
    inner = message(f"“The mills are shut.” {LINK}", 1, cte=coding)
    outer = message("see below", 2)
    outer.add_attachment(inner)
    assert read(tmp_path, outer.as_bytes()) == [
        ("2@example.org", "see below", "17:02"),
        ("1@example.org", f"“The mills are shut.” {LINK}", "17:01"),
    ]


def test_a_message_forwarded_twice(tmp_path):
    inner, middle, outer = (message(f"words {number}", number) for number in (1, 2, 3))
    middle.add_attachment(inner)
    outer.add_attachment(middle)
    assert [words for _, words, _ in read(tmp_path, outer.as_bytes())] == [
        "words 3",
        "words 2",
        "words 1",
    ]


def test_a_digest_is_its_messages(tmp_path):
    """RFC 2046, section 5.1.5: what stands in a digest is a message unless it says otherwise."""
    parts = b"".join(
        b"--border\n\n" + message(f"words {number}", number).as_bytes() + b"\n" for number in (1, 2)
    )
    head = (
        b"From: list@example.org\nTo: ann@example.org\nSubject: Digest\nMIME-Version: 1.0\n"
        b'Content-Type: multipart/digest; boundary="border"\n\n'
    )
    found = read(tmp_path, head + parts + b"--border--\n")
    assert [words for _, words, _ in found] == ["words 1", "words 2"]


def test_messages_in_messages_without_end_are_left(tmp_path):
    """Nobody forwards that often; what comes first is read."""
    mail = message("words 0", 0)
    for number in range(1, 10):
        outer = message(f"words {number}", number)
        outer.add_attachment(mail)
        mail = outer
    words = [words for _, words, _ in read(tmp_path, mail.as_bytes())]
    assert words == [f"words {number}" for number in range(9, 2, -1)]
