"""Can it be told whether a machine misread a word, or a quoter changed it?

Where the source's reading is an ordinary word, a number or a name on a page
that was read well, it can: the quoter changed it. Where the reading is none of
these, looks like the quoted word from afar, and like no other word much more, it
cannot; nor can it where two words explain the reading equally well. Then
nothing is said against the quotation, and nothing for it.
"""

from functools import partial

from flows.matching.placing.pairing import worn_at_blanks
from flows.matching.scans.confusions import misread
from flows.matching.scans.ocr import has_word_too_many, picture, without_shared_ends
from flows.matching.scans.rivals import better_explained, nearest_cost
from flows.matching.scans.scatter import is_scattered
from flows.matching.scans.slips import (
    explains_less,
    hides_anything,
    may_be_lost,
    may_be_slipped_word,
    may_be_slips,
    one_slip_means,
    slips,
)
from flows.matching.scans.spoilt import has_room, is_blot, is_worn, line_unread, under_sign
from flows.matching.scans.torn_margins import lost_with_margin, torn_off
from flows.matching.values.numbers import is_number_word
from flows.matching.words.effort import spend_once
from flows.matching.words.legibility import is_credible
from flows.matching.words.lexicon import Ends, is_ordinary, zipf
from flows.matching.words.source import SourceText
from flows.matching.words.wording import NUMBER, SIGN, WORD, Words

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
#: Slips that another word must have fewer than the quoted one, beside those of its rarity.
_MORE_SLIPS = 1.0
#: Steps of work for weighing what else words may have been.
_STEPS_A_DOUBT = 300
#: Share of misread words from which a line of scraps is no worse than the rest of the page.
_TOLD_APART = 0.25
#: So many words side by side are weighed against what else they may have been.
_MOST_WORDS = 6


def cannot_tell(source: SourceText, q: Words, s: Words, step: tuple[int, int, int, int]) -> bool:
    """Return whether the words of a *step* may differ by the machine's doing or the quoter's alike."""
    q0, q1, s0, s1 = step
    if SIGN in q.kinds[q0:q1]:
        return False
    noise = _noise_about(source, s.starts[min(s0, len(s) - 1)])
    if noise < _TOLD_APART and (
        (NUMBER not in s.kinds[s0:s1] and line_unread(s, s0, s1)) or _is_covered(q, s, step)
    ):
        return True
    if s0 == s1:
        meant = q.written(q0, q1)
        return (
            may_be_lost(meant, noise)
            or under_sign(q, s, step)
            or lost_with_margin(source, meant, s, s0)
        )
    if q1 - q0 == s1 - s0 == 1 and torn_off(source, q.norms[q0], s, s0):
        return True
    return _may_be_noise(source, q, s, step, noise)


def _may_be_noise(
    source: SourceText, q: Words, s: Words, step: tuple[int, int, int, int], noise: float
) -> bool:
    """Return whether the source's words of a *step* may be misread, or quoted letters lost beside them."""
    q0, q1, s0, s1 = step
    read = s.norms[s0:s1]
    if len(read) > 1 and all(map(is_ordinary, read)):
        return q1 - q0 == 1 and worn_at_blanks(q.norms[q0], read)
    if q1 - q0 > 1 and any(may_be_lost(word, noise) for word in q.norms[q0:q1]):
        kept = [k for k in range(q0, q1) if not may_be_lost(q.norms[k], noise)]
        return [q.norms[k] for k in kept] == read or (
            len(kept) > 0
            and kept[-1] - kept[0] == len(kept) - 1
            and _may_be_misread(source, q, s, (kept[0], kept[-1] + 1, s0, s1), noise)
        )
    return _may_be_misread(source, q, s, step, noise)


def _is_covered(q: Words, s: Words, step: tuple[int, int, int, int]) -> bool:
    """Return whether the quoted words of a *step* lie under other print, such as a stamp."""
    q0, q1, s0, s1 = step
    if q0 == q1 or s1 - s0 > 1:
        return False
    beside = (s0 - 1, s0) if s0 == s1 else (s0,)
    return any(
        0 <= place < len(s)
        and is_blot(s, place)
        and has_room(q, s, step, place)
        and not one_slip_means(s.norms[place])
        for place in beside
    )


def _may_be_misread(
    source: SourceText, q: Words, s: Words, step: tuple[int, int, int, int], noise: float
) -> bool:
    q0, q1, s0, s1 = step
    read = s.norms[s0:s1]
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
        if q.kinds[q0:q1] == s.kinds[s0:s1] == [NUMBER]:
            return _same_but_for_points(q.written(q0, q1), s.written(s0, s1))
        return (
            q1 - q0 == s1 - s0 == 1
            and q.kinds[q0] == s.kinds[s0] == WORD
            and not is_number_word(read[0])
            and _may_be_word_misread(source, s.starts[s0], q.norms[q0], read[0], noise)
        )
    if q0 == q1:
        return not any(
            credible[k] or _is_known(read[k], source, capitals=capitals) for k in range(len(read))
        )
    meant = q.norms[q0:q1]
    if NUMBER in q.kinds[q0:q1]:
        meant = q.written(q0, q1).lower().split()
        if not all(map(is_number_word, meant)):
            return q1 - q0 == s1 - s0 == 1 and _digits_agree(q.norms[q0], read[0])
    if q1 - q0 == 1 and is_worn(meant[0], "".join(read)):
        return True
    return _may_be(meant, read, source, noise, capitals=capitals)


def _noise_about(source: SourceText, place: int) -> float:
    """Return the share of misread words on the page around a place: of few words it is chance."""
    around = [
        source.noise_near(max(0, place + far)) for far in _FAR if place + far < len(source.read)
    ]
    return max(source.noise_near(place), round(sum(around) / max(1, len(around)), 2))


#: Characters from a place at which the words tell how well the page was read.
_FAR = (-1200, -800, -400, 0, 400, 800, 1200)


def _may_be_word_misread(
    source: SourceText, place: int, meant: str, read: str, noise: float
) -> bool:
    """Return whether what reads like a word may be the word *meant* all the same."""
    if not is_ordinary(read):
        # A term or a name that no list knows, on a page read well.
        return (
            read.islower()
            and is_ordinary(meant)
            and (slips(meant, read) == 1 or is_worn(meant, read))
        )
    if noise >= _MUCH and _is_rest_of(meant, read):
        return True
    scattered = slips(meant, read, limit=2) <= 2 and is_scattered(source, place)
    return may_be_slipped_word(meant, read, noise, scattered=scattered)


def _may_be(
    meant: list[str], read: list[str], source: SourceText, noise: float, *, capitals: bool
) -> bool:
    question = (*meant, "", *read, noise, capitals)
    spend_once(question, _STEPS_A_DOUBT)
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
    whole_meant, whole_read = "".join(meant), picture(meant, read)
    length = max(len(whole_meant), len(whole_read))
    cost = partial(misread, capitals=capitals)
    ours = cost(whole_meant, whole_read)
    likeness = _LIKENESS + _LIKENESS_IN_NOISE * noise
    slipped = may_be_slips(whole_meant, whole_read, noise)
    if not slipped and ours > max(_SLIP, likeness * length):
        return False
    hidden = slipped and len(read) == 1 and hides_anything(whole_read, noise)
    if not hidden and has_word_too_many(whole_meant, read, ours):
        return False
    if hidden or len(meant) > _MOST_WORDS:
        # Not one of them was read rightly: no other words need to be thought of.
        return True
    doubt = _DISTINCT + _DISTINCT_IN_NOISE * noise
    return not better_explained(meant, whole_read, cost, used, doubt=doubt) or (
        slipped
        and explains_less(noise)
        and not better_explained(meant, whole_read, slips, used, doubt=_MORE_SLIPS)
    )


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


def _same_but_for_points(number: str, read: str) -> bool:
    """Return whether two numbers have the same figures, and a point where the other has a comma.

    >>> _same_but_for_points("0.74", "0,74"), _same_but_for_points("1.2", "12")
    (True, False)
    """
    return number.replace(",", ".") == read.replace(",", ".")


def _digits_agree(number: str, read: str) -> bool:
    """Return whether a scrap of letters and digits has no digit that the *number* lacks in its place."""
    digits = "".join(filter(str.isdigit, number))
    return (
        not read.isdigit()
        and len(digits) == len(read)
        and any(map(str.isdigit, read))
        and all(one == two or not two.isdigit() for one, two in zip(digits, read, strict=True))
    )
