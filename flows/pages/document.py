"""A document page of the Archive: title, dates, description, source, postings."""

import re
from urllib.parse import urlsplit

from flows.pages.addresses import file_addresses, ocr_address
from flows.pages.fields import read_fields, title_of
from flows.pages.layout import Layout
from flows.pages.postings import read_postings
from flows.pages.regions import Region, others
from flows.pages.structure import described_by_structure, head_title_field
from flows.pages.tags import classes_of
from flows.pages.version import EXTRACTOR
from flows.records import FieldName, Layer, Page, PageField

_PATH = re.compile(r"^/(?:[a-z]{2}/)?document/", re.IGNORECASE)
#: Fields of document pages; two of them by class make one. A body has every page.
_TELLING = re.compile(r"^field--?name-field-(?:date|circa-date|source|description|media-file)$")


def is_document(layout: Layout, *, url: str) -> bool:
    """Whether the page is a document page: by its address, else by its fields' classes."""
    if _PATH.match(_path(url)) or layout.tags.classed("node--type-document"):
        return True
    telling = {
        name
        for tag in layout.tags.classed_like(_TELLING)
        for name in classes_of(tag)
        if _TELLING.match(name)
    }
    return len(telling) >= 2


def read_document(layout: Layout, regions: list[Region], *, url: str) -> Page:
    """Return the page with every field that could be told apart."""
    elsewhere = others(layout, regions)
    regions = [
        region
        for region in regions
        if region.name is FieldName.POSTING or region.start not in elsewhere
    ]
    fields = read_fields(layout, regions)
    if not any(found.name is FieldName.TITLE for found in fields):
        title = title_of(layout) or head_title_field(layout)
        fields = [title, *fields] if title is not None else fields
    fields += described_by_structure(layout, fields, regions, elsewhere)
    fields.sort(key=lambda found: (found.start, -found.end))
    return Page(
        url=url,
        layer=Layer.PAGE,
        text=layout.text,
        extractor=EXTRACTOR,
        basis=f"document page; {_basis(fields, regions)}",
        title=next((found.value for found in fields if found.name is FieldName.TITLE), None),
        fields=tuple(fields),
        postings=tuple(read_postings(layout, regions)),
        ocr_url=ocr_address(layout, url=url),
        file_urls=file_addresses(layout, url=url),
    )


def _basis(fields: list[PageField], regions: list[Region]) -> str:
    ways: dict[str, dict[str, None]] = {}
    for found in fields:
        ways.setdefault(found.found_by, {}).setdefault(found.name)
    for region in regions:
        ways.setdefault(region.found_by, {}).setdefault(region.name)
    if not ways:
        return "no field could be told apart"
    return "; ".join(f"{', '.join(names)} by {way}" for way, names in sorted(ways.items()))


def _path(url: str) -> str:
    try:
        return urlsplit(url).path
    except ValueError:
        return ""
