"""What the index proposes is read before it is told to anyone."""

from random import Random

import pytest

from flows.concordance import Concordance, compare_with_all
from flows.matching import SourceText
from flows.records import Verdict
from tests.quality.documents import make_document
from tests.quality.recognition import recognised

PASSAGE = (
    "The keeper of the northern lighthouse wrote that no ship had passed since the ice closed in, "
    "and that the supplies would last until the second week of April."
)


def _filled(folder, extra: dict[str, str]) -> tuple[Concordance, dict[str, SourceText]]:
    texts = {f"page/{number}": make_document(Random(number), 1800).text for number in range(30)}
    texts |= extra
    with Concordance.open(folder) as index:
        for key, text in texts.items():
            index.add(key, text)
    return index, {key: SourceText(text) for key, text in texts.items()}


def test_the_source_that_holds_the_words_is_named(tmp_path):
    """A quotation given to the wrong page is found on the right one, word for word."""
    other = make_document(Random(90), 1500).text
    index, sources = _filled(tmp_path, {"right": f"{other}\n\n{PASSAGE}\n\n{other}"})
    hits = compare_with_all(PASSAGE, index, sources.get)
    assert [hit.key for hit in hits] == ["right"]
    assert hits[0].comparison.verdict is Verdict.VERBATIM
    match = hits[0].comparison.matches[0]
    assert sources["right"].text[match.start : match.end] == match.exact


def test_the_most_faithful_of_parallel_texts_comes_first(tmp_path):
    """Two editions of one passage: the changed one is told too, but later."""
    changed = PASSAGE.replace("no ship", "one ship")
    index, sources = _filled(tmp_path, {"an edition": changed, "the words": f"Notes. {PASSAGE}"})
    hits = compare_with_all(PASSAGE, index, sources.get)
    assert [hit.key for hit in hits] == ["the words", "an edition"]
    assert hits[1].comparison.verdict is Verdict.ALTERED


def test_a_source_that_cannot_be_loaded_is_passed_over(tmp_path):
    """The index may know more than the cache still holds."""
    index, _ = _filled(tmp_path, {"gone": PASSAGE})
    assert compare_with_all(PASSAGE, index, lambda _key: None) == []


@pytest.mark.parametrize(
    "quote", ["", "…", "A word never written here by anybody at all, zyxomorphic and quiet."]
)
def test_words_that_stand_nowhere_have_no_hits(tmp_path, quote):
    """The index is never believed."""
    index, sources = _filled(tmp_path, {})
    assert compare_with_all(quote, index, sources.get) == []


def test_recognised_text_is_found_through_its_noise(tmp_path):
    """A typed quotation leads to the primary document's recognised text."""
    rng = Random(77)
    document = make_document(rng, 2500)
    read = recognised(rng, document, 0.05).text
    index, sources = _filled(tmp_path, {"ocr": read})
    sources["ocr"] = SourceText(read, "ocr")
    long = [s.sentence.text for s in document.sentences if len(s.sentence.text) > 90]
    found = sum("ocr" in [hit.key for hit in compare_with_all(q, index, sources.get)] for q in long)
    assert found >= 0.8 * len(long)
