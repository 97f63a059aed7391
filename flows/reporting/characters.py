"""Characters that must not reach a file, or a reader's eye, as they are.

Posts and pages are hostile. Three things are done to their text, each by one
function and only where it is shown or written, never in the evidence itself:
lone surrogates, which no encoding can write, become U+FFFD, one for one, so
that offsets stay true; characters that cannot be seen or that turn the
direction of the line (Unicode UAX 9; "Trojan Source", CVE-2021-42574) are
named, so that a reader sees that they are there.
"""

import re
import unicodedata
from collections.abc import Iterator

_SURROGATE = re.compile("[\ud800-\udfff]")

# Zero-width joiner and non-joiner (U+200C, U+200D) are left alone: they belong
# to the spelling of Persian, Hindi and many other languages.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e"
    "\u2060-\u2069\u206a-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)


def writable(text: str) -> str:
    r"""Return *text* with each lone surrogate replaced by U+FFFD; its length stays.

    >>> writable("a\ud800b") == "a\ufffdb"
    True
    """
    # isascii() is constant time, and most of what is written is ASCII.
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)


def one_line(text: str) -> str:
    r"""Return *text* with every run of white space as one blank, none at the ends.

    >>> one_line("  The letter\nstates: ")
    'The letter states:'
    """
    return " ".join(text.split())


def split_unseen(text: str) -> Iterator[tuple[str, str]]:
    r"""Yield ``(readable text, name of the unseen character after it)`` in order.

    The last name is empty. ``\r\n`` counts as the line end it is.

    >>> list(split_unseen("ab\u202ecd"))
    [('ab', 'U+202E right-to-left override'), ('cd', '')]
    """
    text = writable(text).replace("\r\n", "\n")
    end = 0
    for found in _UNSEEN.finditer(text):
        character = found.group()
        name = unicodedata.name(character, "control character").lower()
        yield text[end : found.start()], f"U+{ord(character):04X} {name}"
        end = found.end()
    yield text[end:], ""


def named(text: str) -> str:
    r"""Return *text* with unseen characters written out as ``[U+202E]``.

    >>> named("safe\u202egnp.exe")
    'safe[U+202E]gnp.exe'
    """
    return "".join(
        f"{readable}[{name.split()[0]}]" if name else readable
        for readable, name in split_unseen(text)
    )
