"""Tell the form of an input from its content; file names are not asked."""

from collections.abc import Iterator

from flows.posts.dchan_text import is_header, read_dchan_text
from flows.posts.draft import Yielded
from flows.posts.encoding import SAMPLE, encoding_of, is_text
from flows.posts.opening import UnreadableInputError
from flows.posts.prose import read_prose
from flows.posts.streams import Bytes, Transcoded


def recognise(
    source: Bytes, *, origin: str, only_with_links: bool = False
) -> tuple[str, Iterator[Yielded]]:
    """Return the name of the form of *source*, and what it yields.

    Raises:
        UnreadableInputError: it is empty, or no text at all.
    """
    text = as_utf_8(source)
    head = text.peek(SAMPLE)
    if any(is_header(line) for line in head.splitlines()):
        form = read_dchan_text(text, origin=origin, only_with_links=only_with_links)
        return "dchan-text", form
    return "prose", read_prose(text, origin=origin, only_with_links=only_with_links)


def as_utf_8(source: Bytes) -> Bytes:
    """Return the text of *source* as UTF-8, whatever it was written in.

    Raises:
        UnreadableInputError: it is empty, or no text at all.
    """
    sample = source.peek(SAMPLE)
    if not sample.strip():
        raise UnreadableInputError(source.problem or "empty")
    if not is_text(sample):
        raise UnreadableInputError("neither text nor an archive of texts")
    encoding = encoding_of(sample)
    if encoding == "utf-8":
        return source
    if encoding == "utf-8-sig":
        source.read(3)
        return source
    return Bytes(Transcoded(source, encoding))
