"""Every hand-labelled context, one by one, and the two figures over all of them."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from flows.citations import find_links, may_hold_link
from flows.citations.prefilter import NEEDLES, Sieve
from flows.records import LinkKind

LEAST_CONTEXTS = 400
FLOOR = 0.99


def test_context(context):
    """Each context gives the pages that its label names, in order."""
    found = find_links(context.text)
    assert tuple(link.canonical_url for link in found) == context.pages
    for link in found:
        assert context.text[link.start : link.end] == link.url
        assert (link.kind is LinkKind.UNUSABLE) == (link.canonical_url is None)


def test_contexts_are_many_and_different(contexts):
    assert len(contexts) >= LEAST_CONTEXTS
    assert len({context.text for context in contexts}) == len(contexts)
    assert len({context.shows for context in contexts}) == len(contexts)


def test_precision_and_recall_stay_above_their_floor(contexts):
    right = found = wanted = 0
    for context in contexts:
        got = Counter(link.canonical_url for link in find_links(context.text))
        want = Counter(context.pages)
        right += sum((got & want).values())
        found += sum(got.values())
        wanted += sum(want.values())
    assert right / found >= FLOOR
    assert right / wanted >= FLOOR


def test_prefilter_misses_no_context(contexts):
    """Whatever ``find_links`` finds, the search over raw bytes lets through."""
    missed = [
        context.shows
        for context in contexts
        if context.pages and not may_hold_link(context.text.encode())
    ]
    assert missed == []


def test_links_of_all_contexts_in_one_text(contexts):
    """Contexts do not disturb each other when an empty line stands between them."""
    text = "\n\n".join(context.text for context in contexts)
    found = Counter(link.canonical_url for link in find_links(text))
    assert found == Counter(page for context in contexts for page in context.pages)


PIECES = st.sampled_from(
    b"sarch SArCH gwu GWU nreda tclo TCLO s arch aHR0c h0dH dHRw h0d dhr g0d hwu".split()
)


@settings(deadline=None)
@given(
    st.lists(st.lists(PIECES | st.binary(max_size=40), max_size=12), max_size=3),
    st.integers(0, 60),
)
def test_sieve_finds_the_first_needle_in_each_part(parts, start):
    """The quick way through large inputs and a plain search agree on every place."""
    sieve = Sieve()
    for pieces in parts:
        data = b"".join(pieces)
        small = data.lower()
        places = [small.find(needle, start) for needle in NEEDLES]
        first = min((place for place in places if place >= 0), default=-1)
        assert sieve.next_hit(data, start) == first
        assert may_hold_link(data) == any(needle in small for needle in NEEDLES)
