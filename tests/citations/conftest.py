"""The hand-labelled contexts, read once."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

_ESCAPE = re.compile(r"\\(u[0-9a-f]{4}|.)")
_PLAIN = {"n": "\n", "t": "\t", "r": "\r"}


@dataclass(frozen=True)
class Context:
    shows: str
    text: str
    pages: tuple[str | None, ...]


def _unescape(found):
    written = found.group(1)
    return chr(int(written[1:], 16)) if len(written) == 5 else _PLAIN.get(written, written)


def _page(written):
    if written == "?":
        return None
    return "https://" + ("nsarchive.gwu.edu" if written.startswith("/") else "") + written


def read_contexts():
    rows = (Path(__file__).parent / "link_contexts.txt").read_text(encoding="utf-8").splitlines()
    for row in rows:
        if row and not row.startswith("#"):
            shows, text, pages = (part.strip() for part in row.split("¦"))
            named = () if pages == "-" else tuple(map(_page, pages.split()))
            yield Context(shows, _ESCAPE.sub(_unescape, text), named)


@pytest.fixture(scope="session")
def contexts():
    return list(read_contexts())


def pytest_generate_tests(metafunc):
    if "context" in metafunc.fixturenames:
        rows = list(read_contexts())
        metafunc.parametrize("context", rows, ids=[row.shows for row in rows])
