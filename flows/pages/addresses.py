"""The addresses a page names: its document's file, its OCR page, its frames.

All are made absolute (RFC 3986, honouring ``<base href>``) and only web
addresses are returned; whether one may be fetched is for ``archive`` to say.
"""

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urljoin, urlsplit

from bs4 import Tag

from flows.pages.layout import Layout
from flows.pages.tags import attribute

#: Addresses kept of each sort: a page that names more is a list of files.
MOST_ADDRESSES = 100

_OCR = re.compile(r"/media/\d+/ocr/?$", re.IGNORECASE)
_PDF = re.compile(r"\.pdf$", re.IGNORECASE)
_FILE_FIELD = re.compile(r"^field--?name-field-(?:media-)?(?:file|document)")
_SOURCES = {
    "a": "href",
    "iframe": "src",
    "embed": "src",
    "object": "data",
    "frame": "src",
}


def ocr_address(layout: Layout, *, url: str) -> str | None:
    """Return the address of the document's OCR page, if the page links to one."""
    for address, _ in _addresses(layout, url=url):
        if _OCR.search(urlsplit(address).path):
            return address
    return None


def file_addresses(layout: Layout, *, url: str) -> tuple[str, ...]:
    """Return the PDF files of the page, those of Drupal's file field first."""
    fielded: dict[str, None] = {}
    others: dict[str, None] = {}
    for address, tag in _addresses(layout, url=url):
        path = urlsplit(address).path
        if not (_PDF.search(path) or "/files/" in path):
            continue
        if tag.find_parent(class_=_FILE_FIELD):
            fielded.setdefault(address)
        elif _PDF.search(path):
            others.setdefault(address)
    return tuple({**fielded, **others})[:MOST_ADDRESSES]


def frame_addresses(layout: Layout, *, url: str) -> tuple[str, ...]:
    """Return the frames of a frame set, in the page's order."""
    frames = {address: None for address, tag in _addresses(layout, url=url) if tag.name == "frame"}
    return tuple(frames)[:MOST_ADDRESSES]


def _addresses(layout: Layout, *, url: str) -> Iterator[tuple[str, Tag]]:
    base = next(iter(layout.tags.named("base")), None)
    root = url
    if base is not None:
        root = _absolute(url, attribute(base, "href")) or url
    for tag in layout.tags.named(*_SOURCES):
        if address := _absolute(root, attribute(tag, _SOURCES[tag.name])):
            yield _behind_viewer(address) or address, tag


def _behind_viewer(address: str) -> str | None:
    """Return the file that a viewer in the page shows: ``viewer.html?file=/x.pdf``."""
    if "file=" not in address:
        return None
    for value in parse_qs(urlsplit(address).query).get("file", []):
        if _PDF.search(value.split("?", 1)[0]):
            return _absolute(address, value)
    return None


def _absolute(root: str, value: str) -> str | None:
    if not value or value.startswith("#"):
        return None
    try:
        address = urljoin(root, value)
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        return None
    return address.split("#", 1)[0]
