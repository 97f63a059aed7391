"""Plain text: kept as it is, whatever its layer."""

from flows.pages.encoding import decode
from flows.pages.offsets import offsets_of_plain
from flows.pages.version import EXTRACTOR
from flows.records import Layer, Page


def read_plain(body: bytes, *, url: str, content_type: str, layer: Layer) -> Page:
    """Return the characters of *body*, unchanged but for zeros, which are left out."""
    decoded = decode(body, content_type=content_type)
    text = decoded.text.replace("\0", "")
    return Page(
        url=url,
        layer=layer,
        text=text,
        extractor=EXTRACTOR,
        basis=f"plain text ({decoded.encoding})",
        offsets=offsets_of_plain(decoded) if text == decoded.text else (),
    )
