"""Tell the form of an input from its content; file names are not asked."""

from collections.abc import Iterator

from flows.posts.dchan_text import is_header, read_dchan_text
from flows.posts.draft import Yielded
from flows.posts.encoding import ERRORS, SAMPLE, encoding_of, is_text
from flows.posts.opening import UnreadableInputError
from flows.posts.prose import read_prose
from flows.posts.streams import Bytes, Text


def recognise(source: Bytes, *, origin: str) -> tuple[str, Iterator[Yielded]]:
    """Return the name of the form of *source*, and what it yields.

    Raises:
        UnreadableInputError: it is empty, or no text at all.
    """
    sample = source.peek(SAMPLE)
    if not sample.strip():
        raise UnreadableInputError("empty")
    if not is_text(sample):
        raise UnreadableInputError("neither text nor an archive of texts")
    encoding = encoding_of(sample)
    head = sample.decode(encoding, "replace")
    text = Text(source, encoding, ERRORS if encoding == "utf-8" else "replace")
    if any(is_header(line) for line in head.splitlines()):
        return "dchan-text", read_dchan_text(text.pieces(), origin=origin)
    return "prose", read_prose(text.pieces(), origin=origin)
