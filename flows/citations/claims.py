"""Cut a post into what it claims a source says.

Labelled fields come first; what they leave is read paragraph by paragraph:
marked quotations, and stretches that may be copied without marks. The latter
are ``candidate``: only a source's text can tell a pasted paragraph from the
poster's own words, which are nobody's misquotation.
"""

import re
from bisect import bisect_right
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate

from flows.citations.binding import BLOCK, CANDIDATE, Surroundings, bind_block, bind_words
from flows.citations.cues import attribution_start, lead_end, speaker_before
from flows.citations.fields import Block, FieldValue, blocks_of
from flows.citations.labels import label_on
from flows.citations.layout import Manner, Paragraph, lines_of, paragraphs_of
from flows.citations.marked import LEAST_CANDIDATE_WORDS, marked_claims
from flows.citations.quotations import quotations_in
from flows.records import CheckKind, Claim, FieldName, Layer, Link

#: A quotation that fills this share of its paragraph stands for all of it.
_WHOLE = 0.9

#: A longer line above a block, in code points, is prose.
_LONGEST_TITLE = 300

_ANNOUNCES = re.compile(
    r"\b(?:quot\w*|excerpts?|passage|verbatim|(?:key|relevant|important)\s+part"
    r"|from\s+(?:the|this|that)\s+(?:page|site|link|article|posting))\b",
    re.IGNORECASE,
)
#: Tags that boards take at the ends of quoted words.
_TAG_BEFORE = re.compile(
    r"(?:\s*\[(?:quote|b|i|u|code|spoiler)(?:=[^\[\]\n]{0,80})?\])+\s*", re.IGNORECASE
)
_TAG_BEHIND = re.compile(r"(?:\s*\[/(?:quote|b|i|u|code|spoiler)\])+\s*\Z", re.IGNORECASE)
_SOURCE_CUE = re.compile(
    r"[\s(\[<–—-]*\b(?:sources?|sauce|link|via|see|from|here|read\s+more|quelle)\s*[:：]?\s*[(\[<]*\s*\Z"
    r"|[\s(\[<–—:-]+\Z",
    re.IGNORECASE,
)
#: What an address leaves before the words that follow it.
_LEFT_OVER = " \t\r\n\u00a0)]>.,;:–—-"


def find_claims(text: str, links: Sequence[Link]) -> list[Claim]:
    """Return what *text* claims about the pages in *links*, in order of place.

    ``text[claim.start:claim.end] == claim.exact`` for each; ``within`` is the
    position in the returned list of the passage that holds a quotation. A
    post without usable links has claims without ``urls``; ``bind_replies``
    may find the source in another post.

    >>> from flows.citations import find_links
    >>> text = "It calls this “a cold peace” (nsarchive.gwu.edu/document/33560)."
    >>> [(claim.kind.value, claim.exact) for claim in find_claims(text, find_links(text))]
    [('quotation', 'a cold peace')]
    """
    around = Surroundings(text, links)
    blocks = blocks_of(text, links)
    found = [
        *_from_blocks(text, blocks, around),
        *_from_prose(list(_gaps(text, blocks)), around),
    ]
    return _in_order(found)


def _from_blocks(text: str, blocks: Sequence[Block], around: Surroundings) -> Iterator[list[Claim]]:
    """Yield the claims of each field: the field itself, then the quotations in it."""
    for place, block in enumerate(blocks):
        urls = bind_block(place, blocks, around)
        title = _title_of(text, block)
        for value in block.values:
            field = replace(_field(text, value, urls), title=title)
            yield [field, *_quoted_by_editors(text, value, urls)]


def _title_of(text: str, block: Block) -> str | None:
    """Return the title that *block* gives, or else the line above it, which may be one."""
    given = next((value for value in block.values if value.name is FieldName.TITLE), None)
    if given is not None:
        return text[given.start : given.end]
    above = text[max(0, block.start - _LONGEST_TITLE) : block.start].strip()
    return above.rpartition("\n")[2].strip(_LEFT_OVER) or None


def _field(text: str, value: FieldValue, urls: tuple[str, ...]) -> Claim:
    described = value.name is FieldName.DESCRIPTION
    return Claim(
        kind=CheckKind.PASSAGE if described else CheckKind.FIELD,
        start=value.start,
        end=value.end,
        exact=text[value.start : value.end],
        field=value.name,
        urls=urls,
        binding=BLOCK if value.sure else CANDIDATE,
    )


def _quoted_by_editors(text: str, value: FieldValue, urls: tuple[str, ...]) -> list[Claim]:
    if value.name is not FieldName.DESCRIPTION:
        return []
    return [
        Claim(
            kind=CheckKind.QUOTATION,
            start=quotation.start,
            end=quotation.end,
            exact=text[quotation.start : quotation.end],
            urls=urls,
            binding=BLOCK,
        )
        for quotation in quotations_in(text, value.start, value.end)
        if quotation.closed
    ]


def _gaps(text: str, blocks: Sequence[Block]) -> Iterator[Paragraph]:
    """Yield the paragraphs outside every labelled field, label lines left out."""
    taken = [(value.start, value.end) for block in blocks for value in block.values]
    if blocks:
        starts = [block.start for block in blocks]
        reaches = list(accumulate((block.end for block in blocks), max))
        taken.extend(
            (line.start, line.end)
            for number, line in enumerate(lines_of(text))
            if (place := bisect_right(starts, line.start))
            and line.start <= reaches[place - 1]
            and label_on(text, line, number)
        )
    place = 0
    for start, end in sorted([*taken, (len(text), len(text))]):
        if start > place:
            yield from _paragraphs(text, place, start)
        place = max(place, end)


def _paragraphs(text: str, start: int, end: int) -> Iterator[Paragraph]:
    for part in paragraphs_of(text[start:end]):
        yield Paragraph(part.start + start, part.end + start, part.manner, ())


def _from_prose(paragraphs: Sequence[Paragraph], around: Surroundings) -> Iterator[list[Claim]]:
    text = around.text
    for number, paragraph in enumerate(paragraphs):
        following = paragraphs[number + 1] if number + 1 < len(paragraphs) else None
        introduced = _introduced(text, paragraphs[number - 1] if number else None)
        claims = deque(marked_claims(paragraph, following, around))
        for start, end in _pieces(paragraph, around):
            passage = _passage(start, end, paragraph, around, introduced)
            inside: list[Claim] = []
            while claims and claims[0].end <= end:
                inside.append(claims.popleft())
            if passage is None or _is_said_by(text, inside, passage):
                yield inside
            else:
                yield [passage, *inside]
        yield list(claims)


def _is_said_by(text: str, quotations: Sequence[Claim], passage: Claim) -> bool:
    """Whether quotations make up the passage, but for their marks and a few words between.

    Such words are the poster's ("… — the ambassador, 1962") as often as not.
    """
    if any(len(claim.exact) >= _WHOLE * len(passage.exact) for claim in quotations):
        return True
    outside, place = 0, passage.start
    for claim in quotations:
        outside += len(text[place : claim.start].split())
        place = max(place, claim.end)
    outside += len(text[place : passage.end].split())
    return bool(quotations) and outside < LEAST_CANDIDATE_WORDS


def _introduced(text: str, previous: Paragraph | None) -> tuple[bool, Layer | None]:
    """Whether the paragraph before says that a quotation follows, and whose."""
    if previous is None or text[previous.end - 1] not in ":：":
        return False, None
    speaker = speaker_before(text, previous.end, previous.start)
    announced = speaker is not None or _ANNOUNCES.search(text, previous.start, previous.end)
    return bool(announced), speaker


def _pieces(paragraph: Paragraph, around: Surroundings) -> Iterator[tuple[int, int]]:
    """Yield the stretches of *paragraph* between addresses, without "source:" and brackets."""
    text, place = around.text, paragraph.start
    inside = around.spans_in(paragraph.start, paragraph.end)
    for start, end in [*inside, (paragraph.end, paragraph.end)]:
        last = start
        if start < paragraph.end:
            cue = _SOURCE_CUE.search(text, max(place, start - 40), start)
            last = cue.start() if cue is not None else start
        first = place
        while first < last and text[first] in _LEFT_OVER:
            first += 1
        opened = _TAG_BEFORE.match(text, first, last)
        first = opened.end() if opened is not None else first
        closed = _TAG_BEHIND.search(text, max(first, last - 80), last)
        last = closed.start() if closed is not None else last
        while last > first and text[last - 1].isspace():
            last -= 1
        if first < last:
            yield first, last
        place = max(place, end)


def _passage(
    start: int,
    end: int,
    paragraph: Paragraph,
    around: Surroundings,
    introduced: tuple[bool, Layer | None],
) -> Claim | None:
    """Return the unmarked or ``>``-marked stretch as a claim, or ``None`` if it is too short."""
    text = around.text
    announced, speaker = introduced
    lead = lead_end(text, start, end)
    if lead > start:
        speaker = speaker_before(text, lead, start) or speaker
        start = lead
    end = attribution_start(text, start, end)
    marked = paragraph.manner is Manner.MARKED
    words = len(text[start:end].split())
    charged = marked and announced
    if words < (1 if charged else LEAST_CANDIDATE_WORDS):
        return None
    urls, binding = bind_words(around, start, end)
    return Claim(
        kind=CheckKind.QUOTATION if marked else CheckKind.PASSAGE,
        start=start,
        end=end,
        exact=text[start:end],
        urls=urls,
        binding=binding if charged else CANDIDATE,
        speaker=speaker,
    )


def _in_order(groups: Sequence[Sequence[Claim]]) -> list[Claim]:
    """Return the claims by place; the first of a group holds the others when it is a passage."""
    words: list[tuple[Claim, Claim | None]] = []
    for group in groups:
        for claim in group:
            head = group[0]
            held = head is not claim and head.start <= claim.start and claim.end <= head.end
            words.append((claim, head if held else None))
    words.sort(key=lambda pair: (pair[0].start, -pair[0].end, pair[0].kind))
    places = {id(claim): place for place, (claim, _) in enumerate(words)}
    return [
        replace(claim, within=places[id(head)]) if head is not None else claim
        for claim, head in words
    ]
