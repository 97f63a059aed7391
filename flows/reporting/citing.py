"""What a finding says, in sentences that can be published beside its link.

They tell what stands in the post and what stands in the source, each in its
own words, and where and when the source was read. What a reader should make
of it is not said. A check that was not made gives no sentence.
"""

import itertools
from collections.abc import Iterator, Sequence

from flows.records import Check, Run, Verdict
from flows.reporting.characters import named, one_line
from flows.reporting.collation import Collation, collate
from flows.reporting.moments import day
from flows.reporting.outline import Finding
from flows.reporting.pieces import Piece, Tone
from flows.reporting.wording import LAYERS, VERDICTS, Group, warning_words

#: What was left out of a reading by the report, not by post or source.
_LEFT_OUT = "[…]"
_LEFT_OUT_HERE = f" {_LEFT_OUT} "
# A reading of about three lines is published whole.
_LONGEST_WHOLE = 300
# Characters kept beside a difference, and at either end of a long reading.
_BESIDE = 70
_AT_AN_END = 140

_NO_WORDS = frozenset({Tone.GAP, Tone.CUT})


def citation(finding: Finding, run: Run) -> str:
    """Return *finding* in sentences, with the source's address, time and digest.

    The result is one line, empty when nothing was compared. Long readings are
    cut to the words beside their differences; ``[…]`` stands for what the
    report left out.
    """
    check = finding.check
    if VERDICTS[check.verdict].group is Group.UNCHECKED:
        return ""
    return named(" ".join(_sentences(finding, run)))


def _sentences(finding: Finding, run: Run) -> Iterator[str]:
    check, post = finding.check, finding.post.post
    if run.stand_in:
        yield "Demonstration with a stand-in source, not for publication."
    sides = collate(check)
    of = f" of {day(post.posted_at)}" if post.posted_at else ""
    at = f" ({post.permalink})" if post.permalink else ""
    yield f"Post {one_line(post.id)}{of}{at} has {_quoted(sides.quoted)}"
    if check.verdict is Verdict.NOT_FOUND:
        yield one_line(check.reason)
    yield from _source(check, sides)
    yield from (f"Note: {one_line(warning_words(warning))}" for warning in check.warnings)
    source = check.source
    if source is None:
        return
    # In angle brackets, as RFC 3986 (appendix C) advises, so that no stop sticks to it.
    yield f"<{one_line(check.link or source.url)}>"
    if source.digest:
        yield f"(Bytes compared: {one_line(source.digest)}; check {check.id}, run {run.id}.)"


def _source(check: Check, sides: Collation) -> Iterator[str]:
    source = check.source
    if source is None:
        return
    read = f" on {day(source.captured_at)}" if source.captured_at else ""
    layer = f"The {LAYERS[source.layer]}"
    if not sides.places:
        yield f"{layer} was read{read}."
        return
    if check.verdict is Verdict.MISATTRIBUTED:
        layer += ", another than the post cites"
    readings = " Elsewhere it has ".join(map(_quoted, sides.places))
    yield f"{layer}, as read{read}, has {readings}"


def _quoted(column: Sequence[Piece]) -> str:
    words = excerpt(column)
    return f"“{words}”" if words.endswith((".", "!", "?")) else f"“{words}”."


def excerpt(column: Sequence[Piece]) -> str:
    """Return *column* in one line, cut to what stands beside its numbered differences.

    >>> excerpt((Piece("in ", Tone.SAME), Piece("1931", Tone.DIFFERS, 1)))
    'in 1931'
    """
    stretches = _stretches(column)
    whole = one_line("".join(text for text, _ in stretches))
    if len(whole) <= _LONGEST_WHOLE:
        return whole
    last = len(stretches) - 1
    if last == 0:
        return f"{_beginning(whole, _AT_AN_END)} {_LEFT_OUT} {_ending(whole, _AT_AN_END)}"
    return one_line(
        "".join(
            text if differs else _beside(text, first=at == 0, last=at == last)
            for at, (text, differs) in enumerate(stretches)
        )
    )


def _stretches(column: Sequence[Piece]) -> list[tuple[str, bool]]:
    """Return the text of *column* by turns without and with a numbered difference."""
    reading = (piece for piece in column if piece.tone is not Tone.CONTEXT)
    return [
        ("".join(_LEFT_OUT_HERE if p.tone in _NO_WORDS else p.text for p in pieces), differs)
        for differs, pieces in itertools.groupby(reading, key=lambda p: p.number is not None)
    ]


def _beside(text: str, *, first: bool, last: bool) -> str:
    """Return of *text* what stands beside the difference before it, and that after it."""
    kept = _BESIDE if first or last else 2 * _BESIDE
    if len(text) <= kept + len(_LEFT_OUT_HERE):
        return text
    before = "" if first else _beginning(text, _BESIDE)
    after = "" if last else _ending(text, _BESIDE)
    return f"{before}{_LEFT_OUT_HERE}{after}"


def _beginning(text: str, longest: int) -> str:
    return text[:longest].rpartition(" ")[0] or text[:longest]


def _ending(text: str, longest: int) -> str:
    return text[-longest:].partition(" ")[2] or text[-longest:]
