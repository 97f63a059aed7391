"""Can it be told whether a machine misread a word, or a quoter changed it?

Where the source's reading is an ordinary word, a number or a name on a page
that was read well, it can: the quoter changed it. Where the reading is none of
these, looks like the quoted word from afar, and like no other word much more, it
cannot; nor can it where two words explain the reading equally well. Then
nothing is said against the quotation, and nothing for it.
"""

from functools import partial

from flows.matching.scans.confusions import misread
from flows.matching.scans.ocr import has_word_too_many, without_shared_ends
from flows.matching.scans.rivals import better_explained, nearest_cost
from flows.matching.words.legibility import is_credible
from flows.matching.words.lexicon import Ends, is_ordinary, zipf
from flows.matching.words.source import SourceText
from flows.matching.words.wording import NUMBER, SIGN, Words

#: Cost per letter up to which a scrap may be the quoted word: on a page read
#: well, and so much more where every word was misread.
_LIKENESS, _LIKENESS_IN_NOISE = 0.34, 0.4
#: So much nearer than the quoted word another must be to tell that the source had that one.
_DISTINCT, _DISTINCT_IN_NOISE = 0.3, 0.6
#: Cost per letter up to which a scrap that the quotation lacks is some known word.
_KNOWN = 0.2
#: A word list has foreign words and misprints: a rare one so many times rarer than
#: the quoted word, and short of it by one letter, may be that word where much was misread.
_RARE, _RARER, _MUCH = 3.2, 1.5, 0.1
_SLIP = 0.4
#: So many words side by side are weighed against what else they may have been.
_MOST_WORDS = 6


def cannot_tell(source: SourceText, q: Words, s: Words, step: tuple[int, int, int, int]) -> bool:
    """Return whether the words of a *step* may differ by the machine's doing or the quoter's alike."""
    q0, q1, s0, s1 = step
    if s0 == s1 or SIGN in q.kinds[q0:q1]:
        return False
    read = s.norms[s0:s1]
    if len(read) > 1 and all(map(is_ordinary, read)):
        return False
    noise = source.noise_near(s.starts[s0])
    credible = [
        is_credible(
            s.norms[k],
            s.written(k, k + 1),
            noise,
            used=_is_used(s.norms[k], source.used),
        )
        for k in range(s0, s1)
    ]
    letters = "".join(filter(str.isalpha, s.written(s0, s1)))
    capitals = letters.isupper()
    if all(credible):
        return q1 - q0 == s1 - s0 == 1 and noise >= _MUCH and _is_rest_of(q.norms[q0], read[0])
    if q0 == q1:
        return not any(
            credible[k] or _is_known(read[k], source, capitals=capitals) for k in range(len(read))
        )
    if NUMBER in q.kinds[q0:q1]:
        return q1 - q0 == s1 - s0 == 1 and _digits_agree(q.norms[q0], read[0])
    return _may_be(q.norms[q0:q1], read, source, noise, capitals=capitals)


def _may_be(
    meant: list[str], read: list[str], source: SourceText, noise: float, *, capitals: bool
) -> bool:
    question = (*meant, "", *read, noise, capitals)
    if question not in source.known:
        source.known[question] = _looks_like(meant, read, source.used, noise, capitals=capitals)
    return source.known[question]


def _looks_like(
    meant: list[str], read: list[str], used: Ends, noise: float, *, capitals: bool
) -> bool:
    shared = without_shared_ends(meant, "".join(read))
    if shared is not None:
        meant, read = shared[0], [shared[1]]
        if not meant or not read[0] or is_ordinary(read[0]):
            return False
    whole_meant, whole_read = "".join(meant), "".join(read)
    length = max(len(whole_meant), len(whole_read))
    cost = partial(misread, capitals=capitals)
    ours = cost(whole_meant, whole_read)
    likeness = _LIKENESS + _LIKENESS_IN_NOISE * noise
    if ours > max(_SLIP, likeness * length) or has_word_too_many(whole_meant, read, ours):
        return False
    if len(meant) > _MOST_WORDS:
        # Not one of them was read rightly: no other words need to be thought of.
        return True
    doubt = _DISTINCT + _DISTINCT_IN_NOISE * noise
    return not better_explained(meant, whole_read, cost, used, doubt=doubt)


def _is_rest_of(meant: str, read: str) -> bool:
    """Return whether a rare word *read* is more likely the common word *meant*, with a letter lost."""
    return (
        len(read) >= _LEAST_RARE
        and zipf(read) < min(_RARE, zipf(meant) - _RARER)
        and any(meant[:place] + meant[place + 1 :] == read for place in range(len(meant)))
    )


_LEAST_RARE = 4


def _is_used(norm: str, used: Ends) -> bool:
    return norm in used.get((len(norm), norm[:1]), ())


def _is_known(norm: str, source: SourceText, *, capitals: bool) -> bool:
    """Return whether a scrap is plainly some word misread, so that leaving it out is a change."""
    question = norm, capitals
    if question not in source.known:
        least = max(_SLIP, _KNOWN * len(norm))
        cost = partial(misread, capitals=capitals)
        source.known[question] = nearest_cost(norm, cost, source.used, least) <= least
    return source.known[question]


def _digits_agree(number: str, read: str) -> bool:
    """Return whether a scrap of letters and digits has no digit that the *number* lacks in its place."""
    digits = "".join(filter(str.isdigit, number))
    return (
        not read.isdigit()
        and len(digits) == len(read)
        and any(map(str.isdigit, read))
        and all(one == two or not two.isdigit() for one, two in zip(digits, read, strict=True))
    )
