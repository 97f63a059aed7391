"""Where an address ends: punctuation, brackets, cuts, and lines it was wrapped over.

Addresses of the Archive are ASCII (RFC 3986), and names of its files may hold
accented Latin letters (RFC 3987), so the first character of any other script
ends them. What may stand inside an address but not at its end
(a comma, an unopened bracket) is left to the sentence around it.
"""

import re

_RUN = re.compile(r"[A-Za-z0-9\-._~%!$&()+,;=:@/?#À-ÖØ-öø-ɏ]*")
_NEXT_ADDRESS = re.compile(r"h[tx]{2}ps?(?::|%(?:25)*3a)(?:/|%(?:25)*2f)", re.IGNORECASE)
#: What only looks like a part of the path: another field of a row, the end of
#: a line or a mark in quoted-printable, an emoji's name, a new sentence, a type.
_NOT_OF_PATH = re.compile(
    r"=(?:0[9AD]|2[02]|3[CE]|C2|E2)(?![0-9a-f])|=2[CE]\Z"
    r"|:[a-z][a-z0-9_+-]{1,30}:(?![A-Za-z0-9/])"
    r"|\.(?!(?:Html?|Pdf|Docx?|Txt|Jpe?g|Png|Gif|Zip)\b)[A-Z][a-z]{2,20}\Z"
    r"|\((?:PDF|pdf|HTML|html|DOC|TXT)\)\Z"
)
_SLUG = re.compile(
    r"/?(?:document|media|node|briefing-books?|news|project|events|postings|blog|special-exhibit)/"
    r"[^,;?]*(?P<row>[,;])",
    re.IGNORECASE,
)
_NOT_AT_END = ".,;:!?_-&=+@$(~%"
_CUT_HERE = re.compile(r"\.{3,}|…|⋯|\s?(?:\[(?:\.{3}|…)\]|\((?:\.{3}|…)\))")
#: phpBB shows of a long address its first 39 code points and its last ten.
_SHOWN = 39
_MIDDLE_CUT = re.compile(r" \.\.\. \S{10}(?=[)\]>.,;:!?\"”’]*(?:\s|\Z))")
_AFTER_CUT = re.compile(r"[A-Za-z0-9/][A-Za-z0-9\-._~%/]*|", re.ASCII)

_SECTIONS = (
    "document|documents|media|briefing-book|briefing-books|news|node|project|postings|events|blog|"
    "special-exhibit|foia|virtual-reading-room|sites|dc\\.html|NSAEBB|nukevault|coldwar|"
    "~nsarchiv|%7Ensarchiv|nsarchive?"
)
_SPELT_SLASH = r"\s{1,3}(?:forward[\s-])?slash\s{1,3}"
_SPACED_PATH = re.compile(
    rf"(?:\s?/\s?|{_SPELT_SLASH})(?=(?:{_SECTIONS})(?:\s?/|\s|\?|\Z))", re.IGNORECASE
)
_SPACED_STEP = re.compile(rf"\s?/\s(?=\S)|\s/(?=\S)|{_SPELT_SLASH}(?=\S)", re.IGNORECASE)
_BLANK_STEP = re.compile(r"[ ](?=[A-Za-z]{0,30}[0-9-])")
_ONLY_SECTION = re.compile(rf"/(?:{_SECTIONS})/?\Z", re.IGNORECASE)

_BREAK = re.compile(r"[ \t]*\r?\n(?:[ \t]*>+)*[ \t]*|[ ]")
_REST = re.compile(r"[A-Za-z0-9\-._~%/,()=&?]*[A-Za-z0-9/)]", re.ASCII)
_SLUG_REST = re.compile(r"[a-z0-9%._~\-/]+\Z", re.ASCII)
_FILE_REST = re.compile(r"[\w%.\-/]+\.(?:html?|pdf)\Z", re.IGNORECASE | re.ASCII)
_END_OF_LINE = re.compile(r"[ \t]*[)\]>}.,;\"'”’]*[ \t]*(?:\r?\n|\Z)")
_IN_ANGLES = re.compile(r"[^\s<>]*(?:[ \t]*\r?\n(?:[ \t]*>(?=\s*\S))*[ \t]*[^\s<>]+){1,4}(?=>)")

#: A line that goes to this column or beyond was probably broken by a mail
#: program (they break at 65 to 80 columns), not by its author.
_WRAP_COLUMN = 58
_MOST_LINES = 5


def address_end(plain: str, start: int, authority_end: int, *, in_angles: bool) -> int:
    """Return where the address that begins at *start* ends.

    *authority_end* is where its host ends; *in_angles* says that it stands in
    ``<…>``, whose line breaks do not count (RFC 3986, appendix C).

    >>> text = "(see https://nsarchive.gwu.edu/node/1)."
    >>> text[5:address_end(text, 5, 30, in_angles=False)]
    'https://nsarchive.gwu.edu/node/1'
    """
    if in_angles:
        whole = _IN_ANGLES.match(plain, authority_end)
        if whole is not None:
            return whole.end()
    shown = _MIDDLE_CUT.match(plain, start + _SHOWN)
    if shown is not None and not re.search(r"\s", plain[start : start + _SHOWN]):
        return shown.end()
    end = _trimmed(plain, start, _path_end(plain, authority_end))
    for _ in range(_MOST_LINES):
        further = _continued(plain, start, end)
        if further is None:
            break
        end = _trimmed(plain, start, further)
    return _with_cut(plain, end)


def _path_end(plain: str, place: int) -> int:
    """Return the end of the run of address characters, blanks around slashes allowed."""
    slash = _SPACED_PATH.match(plain, place)
    spaced = slash is not None and slash.group() != "/"
    if slash is not None:
        place = slash.end()
    end = _run_end(plain, place)
    while spaced or _ONLY_SECTION.search(plain, max(0, end - 30), end):
        step = _SPACED_STEP.match(plain, end)
        if step is None and plain[end - 1 : end] == "/":
            step = _BLANK_STEP.match(plain, end)
        if step is None or "\n" in step.group():
            break
        end = _run_end(plain, step.end())
    return end


def _run_end(plain: str, place: int) -> int:
    found = _RUN.match(plain, place)
    end = found.end() if found is not None else place
    other = _NEXT_ADDRESS.search(plain, place, end)
    end = other.start() if other is not None else end
    query = plain.find("?", place, end)
    path_end = query if query >= 0 else end
    slug = _SLUG.match(plain, place, path_end)
    if slug is not None:
        return slug.start("row")
    foreign = _NOT_OF_PATH.search(plain, place, path_end)
    return foreign.start() if foreign is not None else end


def _trimmed(plain: str, start: int, end: int) -> int:
    """Leave what belongs to the sentence to the sentence."""
    end = _balanced(plain, start, end)
    while end > start + 1 and plain[end - 1] in _NOT_AT_END:
        end -= 1
    return end


def _balanced(plain: str, start: int, end: int) -> int:
    """Return the place of the first closing bracket that none opens, else *end*."""
    depth = 0
    for place in range(start, end):
        character = plain[place]
        if character == "(":
            depth += 1
        elif character == ")":
            depth -= 1
            if depth < 0:
                return place
    return end


def _with_cut(plain: str, end: int) -> int:
    """Take in an ellipsis that stands for the rest of the address, and what follows it."""
    cut = _CUT_HERE.match(plain, end)
    if cut is None and plain[end : end + 1] in {"-", "_", "/"}:
        cut = _CUT_HERE.match(plain, end + 1)
    if cut is None:
        return end
    if cut.group()[:1].isspace():
        return end
    after = _AFTER_CUT.match(plain, cut.end())
    return _trimmed_after(plain, cut.end(), after.end() if after is not None else cut.end())


def _trimmed_after(plain: str, least: int, end: int) -> int:
    while end > least and plain[end - 1] in _NOT_AT_END:
        end -= 1
    return end


def _continued(plain: str, start: int, end: int) -> int | None:  # noqa: PLR0911  one rule a line
    """Return where the address ends on the next line, or ``None`` if it ends here.

    An address goes on when it stops at a character that cannot be its last
    (``-``, ``/``, ``=`` …) and what follows looks like an address, or when its
    line is full and the whole next line is one token that does.
    """
    stopped = end
    while plain[stopped : stopped + 1] in {"-", "_", "=", "&", "?", "%"} and stopped - end < 2:
        stopped += 1
    gap = _BREAK.match(plain, stopped)
    rest = _REST.match(plain, gap.end()) if gap is not None else None
    if gap is None or rest is None or _NEXT_ADDRESS.match(rest.group()):
        return None
    token = rest.group()
    whole_line = _END_OF_LINE.match(plain, rest.end()) is not None
    border = plain[stopped - 1]
    looks_like_slug = _SLUG_REST.match(token) is not None
    joined = ("-" in token.strip("-") or "/" in token.strip("/")) and looks_like_slug
    if border in "-/=&?%_":
        new_line = "\n" in gap.group()
        if border == "/" and not new_line:
            return None
        sure = joined or _FILE_REST.match(token) or (whole_line and looks_like_slug and new_line)
        return rest.end() if sure else None
    if "\n" not in gap.group() or not whole_line:
        return None
    if token.startswith(("-", "/")) and looks_like_slug and len(token) > 1:
        return rest.end()
    line_start = plain.rfind("\n", 0, start) + 1
    full = end - line_start >= _WRAP_COLUMN
    if full and looks_like_slug and token.count("-") >= 1:
        return rest.end()
    return rest.end() if full and _FILE_REST.match(token) else None
