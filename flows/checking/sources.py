"""Whether two source lines name the same source: one spelt out, the other shortened.

"RG 59" is "Record Group 59" where those words stand in the other line, "Dept."
is "Department", and "State Department" is "Department of State". A shorter form
is accepted only for words that are there, so that another number or another
institution stays what it is.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from flows.checking.pointing import match_in, value_edit
from flows.matching import Words, read_words
from flows.records import Comparison, Edit, EditKind, Page, PageField, Severity, Verdict

#: Lines of more words are descriptions, not sources.
MOST_WORDS = 120
#: Initials stand for as many words at most.
_LONGEST_NAME = 9

_FUNCTION = frozenset(["a", "and", "at", "by", "et", "for", "from", "in", "of", "on", "the", "to"])
_NEGATORS = frozenset(["no", "not", "never", "without", "non", "un"])
#: Places that are called after somebody, whose last name is enough.
_NAMED_AFTER = frozenset(["library", "papers", "collection", "museum", "foundation", "files"])
#: Names that are as often used without their last words; the first form is the full one.
_CLIPPED = (
    ("national archives and records administration", "national archives", "nara"),
    ("freedom of information act", "freedom of information", "foia"),
)

_SHORTENED, _LEFT_OUT, _PUT_IN, _CHANGED, _UNLIKE, _SKIPPED = 0.02, 1.0, 1.0, 1.5, 1.9, 0.001


@dataclass(frozen=True, slots=True)
class _Step:
    """Words ``q0:q1`` of the post's line against words ``s0:s1`` of the page's."""

    q0: int
    q1: int
    s0: int
    s1: int
    cost: float


def same_source(exact: str, found: PageField, page: Page) -> Comparison | None:
    """Return how the line *exact* names the source in *found*, word for word or shortened.

    ``None`` if the two are too unlike to be set against each other: they
    share less than half of their words.
    """
    ours, theirs = read_words(exact), read_words(found.value)
    if not 0 < len(ours) <= MOST_WORDS or not 0 < len(theirs) <= MOST_WORDS:
        return None
    steps = _aligned(ours, theirs)
    match = match_in(page, found.start, found.end)
    changed = [step for step in steps if step.cost >= _LEFT_OUT]
    left_out = [step for step in changed if step.q0 == step.q1]
    agreeing = any(step.cost < _LEFT_OUT and step.cost != _SKIPPED for step in steps)
    if not agreeing or (left_out != changed and len(changed) * 2 > len(steps)):
        return None
    # A word too many here and one too few there are one name for another.
    exchanged = any(step.q0 == step.q1 for step in changed) and any(
        step.s0 == step.s1 for step in changed
    )
    edits = tuple(
        _edit(step, ours, theirs, found.start, exchanged=exchanged)
        for step in steps
        if step.cost > _SKIPPED
    )
    if not changed:
        reason = f"The same source, shortened or spelt out; the page writes it “{found.value}”."
        return Comparison(
            verdict=Verdict.TYPOGRAPHIC, matches=(match,), edits=edits, score=1.0, reason=reason
        )
    dressed = tuple(edit for edit in edits if edit.severity is Severity.NONE)
    if left_out == changed and _are_whole_parts(left_out, theirs):
        return Comparison(
            verdict=Verdict.ELIDED,
            matches=(match,),
            edits=(*dressed, *_omissions(left_out, ours, theirs, found.start)),
            warnings=("less_precise",),
            score=1.0,
            reason=f"The same source with less detail; the page writes it “{found.value}”.",
        )
    return Comparison(
        verdict=Verdict.ALTERED,
        matches=(match,),
        edits=edits,
        score=1.0,
        reason=f"The page's field says “{found.value}”.",
    )


def _aligned(ours: Words, theirs: Words) -> list[_Step]:
    """Return the cheapest way to set the words of the lines against each other."""
    height, width = len(ours), len(theirs)
    best: list[list[tuple[float, _Step | None]]] = [
        [(float("inf"), None)] * (width + 1) for _ in range(height + 1)
    ]
    best[0][0] = (0.0, None)
    for q in range(height + 1):
        for s in range(width + 1):
            before = best[q][s][0]
            for step in _steps(ours, theirs, q, s):
                cost = before + step.cost
                if cost < best[step.q1][step.s1][0]:
                    best[step.q1][step.s1] = (cost, step)
    steps: list[_Step] = []
    q, s = height, width
    while (last := best[q][s][1]) is not None:
        steps.append(last)
        q, s = last.q0, last.s0
    return steps[::-1]


def _steps(ours: Words, theirs: Words, q: int, s: int) -> list[_Step]:
    found: list[_Step] = []
    if q < len(ours):
        skip = _SKIPPED if ours.norms[q] in _FUNCTION else _PUT_IN
        found.append(_Step(q, q + 1, s, s, skip))
    if s < len(theirs):
        skip = _SKIPPED if theirs.norms[s] in _FUNCTION else _LEFT_OUT
        found.append(_Step(q, q, s, s + 1, skip))
    if q >= len(ours) or s >= len(theirs):
        return found
    if ours.norms[q] == theirs.norms[s]:
        found.append(_Step(q, q + 1, s, s + 1, 0.0))
    elif _one_word(ours, q, theirs, s) or _same_year(ours, q, theirs, s):
        found.append(_Step(q, q + 1, s, s + 1, _SHORTENED))
    else:
        # A number stands for a number, if for anything.
        like = ours.norms[q].isdigit() == theirs.norms[s].isdigit()
        found.append(_Step(q, q + 1, s, s + 1, _CHANGED if like else _UNLIKE))
    found += [_Step(q, q + 1, s, end, _SHORTENED) for end in _initials(ours, q, theirs, s)]
    found += [_Step(q, end, s, s + 1, _SHORTENED) for end in _initials(theirs, s, ours, q)]
    found += _turned(ours, theirs, q, s)
    found += _clipped(ours, theirs, q, s)
    return found


def _one_word(ours: Words, q: int, theirs: Words, s: int) -> bool:
    return _shortens(ours, q, theirs, s) or _shortens(theirs, s, ours, q)


def _shortens(short: Words, at: int, long: Words, place: int) -> bool:
    """Whether a word is the other, cut short ("Vol.", "B.") or drawn together ("Dept")."""
    less, more = short.norms[at], long.norms[place]
    if not (less.isalpha() and more.isalpha()) or len(less) >= len(more) or less[0] != more[0]:
        return False
    dotted = short.text[short.ends[at] : short.ends[at] + 1] == "."
    if more.startswith(less):
        return dotted
    letters = iter(more)
    drawn = less[-1] == more[-1] and all(letter in letters for letter in less)
    return drawn and len(less) >= 2 and (dotted or (len(less) == 4 and len(more) >= 8))


def _same_year(ours: Words, q: int, theirs: Words, s: int) -> bool:
    """Whether "63" is "1963" behind the same year: 1961-63."""
    one, other = sorted((ours.norms[q], theirs.norms[s]), key=len)
    before = ours.norms[q - 1 : q] + theirs.norms[s - 1 : s] if q and s else []
    return (
        (len(one), len(other)) == (2, 4)
        and (one + other).isdigit()
        and other.endswith(one)
        and len(set(before)) == 1
        and before[0][:2] == other[:2]
        and len(before[0]) == 4
    )


def _initials(short: Words, at: int, long: Words, place: int) -> list[int]:
    """Return where words of *long* may end whose initials are the word of *short*."""
    written = short.written(at, at + 1).replace(".", "")
    if len(written) < 2 or not written.isalpha() or not (written[0] + written[-1]).isupper():
        return []
    states = {(0, place)} if long.norms[place] not in _FUNCTION else set()
    ends = set()
    letters = short.norms[at].replace("'", "")
    while states:
        following = set()
        for done, here in states:
            if done == len(letters):
                ends.add(here)
                continue
            if here >= len(long) or here - place >= _LONGEST_NAME:
                continue
            if long.norms[here][0] == letters[done]:
                following.add((done + 1, here + 1))
            if long.norms[here] in _FUNCTION:
                following.add((done, here + 1))
        states = following
    return sorted(end for end in ends if end - place > 1)


def _turned(ours: Words, theirs: Words, q: int, s: int) -> list[_Step]:
    """Set "State Department" against "Department of State", either way round."""
    found = []
    for (one, a), (other, b), swap in (
        ((ours, q), (theirs, s), False),
        ((theirs, s), (ours, q), True),
    ):
        if a + 1 >= len(one) or b + 2 >= len(other) or other.norms[b + 1] != "of":
            continue
        if _alike(one, a, other, b + 2) and _alike(one, a + 1, other, b):
            spans = (b, b + 3, a, a + 2) if swap else (a, a + 2, b, b + 3)
            found.append(_Step(*spans, _SHORTENED))
    return found


def _alike(one: Words, a: int, other: Words, b: int) -> bool:
    return one.norms[a] == other.norms[b] or _one_word(one, a, other, b)


def _clipped(ours: Words, theirs: Words, q: int, s: int) -> list[_Step]:
    found = []
    for names in _CLIPPED:
        lengths = [(_spans(ours, q, name), _spans(theirs, s, name)) for name in names]
        mine = [here for here, _ in lengths if here]
        other = [there for _, there in lengths if there]
        found += [_Step(q, q + a, s, s + b, _SHORTENED) for a in mine for b in other]
    return found


def _spans(words: Words, place: int, name: str) -> int:
    """Return how many words *name* has if it stands at *place*, else 0."""
    wanted = _words_of(name)
    return len(wanted) if tuple(words.norms[place : place + len(wanted)]) == wanted else 0


@cache
def _words_of(name: str) -> tuple[str, ...]:
    return tuple(name.split())


def _are_whole_parts(left_out: list[_Step], theirs: Words) -> bool:
    """Whether what was left out are whole parts between commas or stops, and denies nothing."""
    gone = {place for step in left_out for place in range(step.s0, step.s1)}
    kept = [
        place not in gone and theirs.norms[place] not in _FUNCTION for place in range(len(theirs))
    ]
    if any(theirs.norms[place] in _NEGATORS for place in gone):
        return False
    for here, following in pairwise(range(len(theirs))):
        between = theirs.text[theirs.ends[here] : theirs.starts[following]]
        parted = any(mark in between for mark in ",.;:()[]–—\n")
        torn = (here in gone and kept[following]) or (kept[here] and following in gone)
        if torn and not parted and not _is_first_name(theirs, here, following, gone):
            return False
    return True


def _is_first_name(words: Words, here: int, following: int, gone: set[int]) -> bool:
    """Whether the word that was left out before another is a first name: "Nixon Library"."""
    return (
        here in gone
        and words.norms[here].isalpha()
        and words.norms[following].isalpha()
        and _NAMED_AFTER.issuperset(words.norms[following + 1 : following + 2])
        and following + 1 < len(words)
    )


def _omissions(left_out: list[_Step], ours: Words, theirs: Words, base: int) -> Iterator[Edit]:
    """Yield what was left out, words that stand together as one edit."""
    runs: list[list[_Step]] = []
    for step in left_out:
        if runs and runs[-1][-1].s1 == step.s0:
            runs[-1].append(step)
        else:
            runs.append([step])
    for run in runs:
        first, last = run[0].s0, run[-1].s1
        yield value_edit(
            EditKind.OMISSION,
            "",
            theirs.written(first, last),
            quoted_at=ours.starts[run[0].q0] if run[0].q0 < len(ours) else len(ours.text),
            source_at=base + theirs.starts[first],
            severity=Severity.MINOR,
        )


def _edit(step: _Step, ours: Words, theirs: Words, base: int, *, exchanged: bool) -> Edit:
    quoted, source = ours.written(step.q0, step.q1), theirs.written(step.s0, step.s1)
    if step.cost < _LEFT_OUT:
        kind, severity = EditKind.TYPOGRAPHY, Severity.NONE
    elif any(map(str.isdigit, quoted + source)):
        kind, severity = EditKind.NUMBER, Severity.MAJOR
    elif exchanged or (quoted and source):
        kind, severity = EditKind.NAME, Severity.MAJOR
    else:
        kind, severity = (EditKind.DELETION if source else EditKind.INSERTION), Severity.MINOR
    return value_edit(
        kind,
        quoted,
        source,
        quoted_at=ours.starts[step.q0] if step.q0 < len(ours) else len(ours.text),
        source_at=base + (theirs.starts[step.s0] if step.s0 < len(theirs) else len(theirs.text)),
        severity=severity,
    )
