"""One file of every form that posts come in, all about four made-up sources."""

import bz2
import csv
import gzip
import io
import json
import lzma
import tarfile
import zipfile
from collections.abc import Iterator
from email.message import EmailMessage
from html import escape
from pathlib import Path

import zstandard

from tests.end_to_end.desk import DESCRIPTION, GRAIN, GRAIN_OCR

BOOK = "https://nsarchive.gwu.edu/briefing-book/harvest-files/2019-02-14/the-second-winter"
NEWS = "https://nsarchive.gwu.edu/news/2020-05-20/wagons-found"
LEGACY = "https://nsarchive2.gwu.edu/NSAEBB/NSAEBB901/index.htm"

CABLE = (
    "We do not expect the ministry to admit the shortfall before 14 May, and it will not ask "
    "for more than 1,200 wagons."
)
BOOK_WORDS = (
    "The second winter closed four of the five mills, and the council kept the number from its "
    "own members until the roads were open again."
)
NEWS_WORDS = (
    "The wagons stood behind the brewery for eleven years, and no inspector ever counted them."
)
LEGACY_WORDS = "Nobody in the district was paid in grain after the first of March."

#: The pages that the site serves, by address.
PAGES = {
    BOOK: f"<title>The Second Winter</title><main><h1>The Second Winter</h1><p>Published: Feb 14, 2019"
    f"<p>Briefing Book #901<p>{BOOK_WORDS}<p>Four reports of the council follow.</main>",
    NEWS: f"<title>Wagons found</title><main><h1>Wagons Found</h1><p>May 20, 2020<p>{NEWS_WORDS}"
    "<p>They are shown to visitors on Sundays.</main>",
    LEGACY: f"<title>NSAEBB 901</title><table><tr><td><h2>Pay in Kind</h2><p>{LEGACY_WORDS}"
    "<p>The ledgers are in the cellar.</td></tr></table>",
}

FIELDS = (
    f"Date\n\nMay 2, 1972\n\nDescription\n\n{DESCRIPTION}\n\n\u00a0\n\nSource\n\n"
    f"Department of State records.\n\n{GRAIN}"
)
CHANGED = CABLE.replace("1,200", "2,100")
REVERSED = CABLE.replace("do not expect", "expect")
SHORTENED = f"{BOOK_WORDS.partition(', and')[0]} … until the roads were open again."


def files() -> Iterator[tuple[str, bytes]]:
    """Yield the name and the bytes of every file, in no special order."""
    for name, content in _texts():
        yield name, content.encode()
    prose = f"The harvest file says “{LEGACY_WORDS}” ({LEGACY}).\n"
    yield "prose-utf-16.txt", prose.encode("utf-16")
    yield "prose-windows-1252.txt", f"Café talk: {prose}".encode("cp1252")
    yield "packed.gz", gzip.compress(_lines("gz", f"“{CABLE}” {GRAIN}"), mtime=0)
    yield "packed.bz2", bz2.compress(_lines("bz2", f"“{NEWS_WORDS}” {NEWS}"))
    yield "packed.xz", lzma.compress(_lines("xz", f"“{REVERSED}” {GRAIN}"))
    yield "packed.zst", zstandard.compress(_lines("zst", f"“{BOOK_WORDS}” {BOOK}"))
    yield "packed.zip", _zip({"a.jsonl": _lines("zip", f"“{CHANGED}” {GRAIN}"), "b.txt": b""})
    yield "packed.tar.gz", _tar({"in/a.jsonl": _lines("tar", f"{NEWS_WORDS}\n\n{NEWS}")})
    yield "cut.json", json.dumps(_board(900, [_vichan(f"“{CABLE}”", GRAIN)] * 2)).encode()[:-150]
    yield "rubbish.bin", bytes(range(256)) * 8


def write(folder: Path) -> None:
    """Write every file into *folder*."""
    for name, content in files():
        (folder / name).write_bytes(content)


def _texts() -> Iterator[tuple[str, str]]:
    head = "Anonymous ID:\u00a0 4f20aa {time} No.{number} \u00a0 🗄️.is 🔗kun\u00a0 >>0002"
    first = head.format(time="March 3, 2025, 9:05 a.m.", number=30000001)
    second = head.format(time="Dec. 31, 2024, midnight", number=30000002)
    posts = [f"{first}\n\n>>30000000\n\n{FIELDS}", f"{second}\n\nIt says “{CHANGED}”\n{GRAIN}\n"]
    yield "dchan.txt", "\n\n".join(posts)
    yield "dchan.html", _dchan_page()
    italic = [_kun(CABLE.join("“”")), _kun(GRAIN.replace("//", "<em>//</em>"), raw=True)]
    answer = '<p class="body-line ltr "><a href="/x/res/100.html#100">&gt;&gt;100</a></p>'
    yield (
        "8kun.json",
        json.dumps(_board(100, ["".join(italic), answer + _kun("What it means nobody knows.")])),
    )
    yield (
        "vichan-catalogue.json",
        json.dumps([{"threads": [_post(200, 0, _vichan(LEGACY_WORDS, LEGACY))], "page": 0}]),
    )
    broken = "<wbr>".join(BOOK[place : place + 35] for place in range(0, len(BOOK), 35))
    yield (
        "4chan.json",
        json.dumps(_board(300, [f"&quot;{SHORTENED}&quot;<br>{broken}"])).replace("/", "\\/"),
    )
    yield "4chan.html", _fourchan_page()
    yield "vichan.html", _vichan_page()
    yield "foolfuuka.json", _foolfuuka()
    yield "lynxchan.json", _lynxchan()
    yield "lynxchan.html", _lynxchan_page()
    yield "reddit.json", _reddit()
    yield "export.jsonl", _lines("e1", f"“{NEWS_WORDS}” {NEWS}", f"My own words. {NEWS}").decode()
    yield "table.csv", _table()
    yield "mail.mbox", _mailbox()
    yield (
        "mail.eml",
        _mail("m3@example.org", f"<p>“{BOOK_WORDS}”</p><a href='{BOOK}'>here</a>", "html"),
    )
    yield (
        "page.html",
        f"<!doctype html><title>x</title><p>“{LEGACY_WORDS}”</p><a href='{LEGACY}'>y</a>",
    )
    yield "prose.md", f"# Harvest\n\n> {BOOK_WORDS}\n\nThat is from [the book]({BOOK}), I think.\n"


def _lines(first: str, *bodies: str) -> bytes:
    rows = [
        {"id": f"{first}-{n}", "text": body, "created_at": f"2021-02-0{n}T03:04:05+01:00"}
        for n, body in enumerate(bodies, start=1)
    ]
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def _kun(words: str, *, raw: bool = False) -> str:
    return f'<p class="body-line ltr ">{words if raw else escape(words)}</p>'


def _vichan(words: str, url: str) -> str:
    return f'{escape(words)}<br/><a href="{url}" rel="nofollow">{url[:30]}...</a>'


def _post(number: int, thread: int, html: str) -> dict[str, object]:
    return {
        "no": number,
        "resto": thread,
        "com": html,
        "time": 1_600_000_000 + number,
        "id": "0a0b0c",
    }


def _board(thread: int, bodies: list[str]) -> dict[str, object]:
    posts = [_post(thread + n, thread if n else 0, html) for n, html in enumerate(bodies)]
    return {"posts": posts}


def _dchan_page() -> str:
    posts = [
        (501, f'<p class="body-line">{CABLE}</p><p class="body-line">{GRAIN}</p>'),
        (502, '<p class="body-line"><a href="#501">&gt;&gt;501</a> thank you</p>'),
    ]
    return "<html><body>" + "".join(
        f'<article id="{number}" class="article"><header class="header"><span class="author">Anonymous</span>'
        f'<span><a href="?poster_hash=9f8e7d">ID:&nbsp;9f8e7d</a></span>'
        f'<span title="2021-07-04T23:30:00+00:00">July 4, 2021, 4:30 p.m.</span> <a href="#{number}">No.{number}</a>'
        f'<a href="https://8kun.top/pf/res/500.html#{number}">kun</a></header>'
        f'<div class="post-body">{body}</div></article>'
        for number, body in posts
    )


def _fourchan_page() -> str:
    return (
        '<html><body><div class="postContainer opContainer" id="pc600"><div id="p600" class="post op">'
        '<div class="postInfo"><span class="dateTime" data-utc="1600000600">x</span></div>'
        f'<blockquote class="postMessage" id="m600">&quot;{CABLE}&quot;<br>{GRAIN_OCR}</blockquote></div></div>'
    )


def _vichan_page() -> str:
    return (
        '<html><body><div class="post op" id="op_700"><p class="intro"><time datetime="2020-01-02T03:04:05Z">x</time>'
        '<span class="poster_id">be0001</span><a class="post_no" href="/h/res/700.html#700">No.</a></p>'
        f'<div class="body">{_vichan(NEWS_WORDS, NEWS)}</div></div>'
        '<div class="post reply" id="reply_701"><p class="intro"><time datetime="2020-01-02T04:04:05Z">x</time></p>'
        '<div class="body"><a href="/h/res/700.html#700">&gt;&gt;700</a><br/>'
        f"It also says “{LEGACY_WORDS}”</div></div>"
    )


def _foolfuuka() -> str:
    opening = {"num": "800", "thread_num": "800", "timestamp": 1_500_000_000, "poster_hash": "Ab/9"}
    reply = {"num": "801", "thread_num": "800", "timestamp": 1_500_000_100}
    thread = {
        "op": opening | {"comment": f"Look:\n{BOOK}", "board": {"shortname": "his"}},
        "posts": {"801": reply | {"comment": f">>800\nThe page says “{BOOK_WORDS}”"}},
    }
    return json.dumps({"800": thread})


def _lynxchan() -> str:
    reply = {"postId": 89, "message": f">>88\r\n“{CHANGED}”", "creation": "2022-05-06T07:09:09Z"}
    return json.dumps(
        {
            "threadId": 88,
            "boardUri": "h",
            "message": f"x\r\n{GRAIN}",
            "creation": "2022-05-06T07:08:09Z",
            "posts": [reply],
        }
    )


def _lynxchan_page() -> str:
    return (
        '<html><body><div id="90" class="opCell"><span class="labelCreated">05/06/2022 (Fri) 23:58:09</span>'
        '<span class="labelId">aa00bb</span><a class="linkSelf" href="/h/res/90.html#90">No.</a>'
        f'<div class="divMessage">{_vichan(LEGACY_WORDS, LEGACY)}<br><span class="greenText">&gt;be me</span></div></div>'
    )


def _reddit() -> str:
    post = {
        "id": "kq81",
        "subreddit": "harvests",
        "created_utc": 1_651_881_600.0,
        "selftext": f"From [the file]({NEWS}):\n\n&gt; {NEWS_WORDS}\n\nNo comment.",
        "permalink": "/r/harvests/comments/kq81/x/",
        "is_self": True,
    }
    return json.dumps({"kind": "Listing", "data": {"children": [{"kind": "t3", "data": post}]}})


def _table() -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(["number", "date", "body"])
    writer.writerow(["1", "2020-02-03T04:05:06+02:00", f'"{CABLE}"\nvia {GRAIN}'])
    writer.writerow(["2", "1600000000", "no link"])
    return out.getvalue()


def _mail(number: str, body: str, kind: str = "plain", answers: str | None = None) -> str:
    message = EmailMessage()
    message["From"] = "Ann <ann@example.org>"
    message["Date"] = "Tue, 07 Jan 2020 12:00:00 -0500"
    message["Message-ID"] = f"<{number}>"
    if answers:
        message["In-Reply-To"] = f"<{answers}>"
    message.set_content(body, subtype=kind, cte="quoted-printable")
    return message.as_string()


def _mailbox() -> str:
    first = _mail("m1@example.org", f"The cable: {GRAIN}\n")
    second = _mail(
        "m2@example.org", f"> The cable\n\nIt says “{CABLE}”\n", answers="m1@example.org"
    )
    return "".join(
        f"From ann@example.org Tue Jan  7 12:00:00 2020\n{mail}\n" for mail in (first, second)
    )


def _zip(entries: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, content in entries.items():
            packed.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()


def _tar(entries: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as packed:
        for name, content in entries.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            packed.addfile(entry, io.BytesIO(content))
    return gzip.compress(out.getvalue(), mtime=0)
