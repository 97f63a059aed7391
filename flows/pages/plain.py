"""Plain text: kept as it is, whatever its layer."""

from flows.pages.encoding import decode
from flows.pages.offsets import offsets_of_plain
from flows.pages.version import EXTRACTOR
from flows.records import Layer, Page


def read_plain(body: bytes, *, url: str, content_type: str, layer: Layer) -> Page:
    """Return the characters of *body*, unchanged."""
    decoded = decode(body, content_type=content_type)
    return Page(
        url=url,
        layer=layer,
        text=decoded.text,
        extractor=EXTRACTOR,
        basis=f"plain text ({decoded.encoding})",
        offsets=offsets_of_plain(decoded),
    )
