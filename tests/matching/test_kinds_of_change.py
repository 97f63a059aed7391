"""Of what kind a change is, and how grave, where the words alone do not tell."""

import pytest

from flows.matching import SourceText, compare
from flows.matching.verdict import changes_words
from flows.records import EditKind, Severity, Verdict


def _told(quote: str, text: str) -> list[tuple[EditKind, Severity]]:
    result = compare(quote, SourceText(text))
    assert result.verdict is Verdict.ALTERED
    return [(edit.kind, edit.severity) for edit in result.edits if changes_words(edit)]


QUANTITIES = {
    "another unit": ("the pipe runs 60 yards under the road", "the pipe runs 60 meters under the road"),
    "another unit of time": ("they waited six weeks for an answer", "they waited six days for an answer"),
    "another currency": ("he was paid 400 marks for the map", "he was paid 400 francs for the map"),
    "another kind of mile": ("it sank 90 statute miles off the cape", "it sank 90 nautical miles off the cape"),
    "a lost kind of mile": ("it sank 90 miles off the cape", "it sank 90 nautical miles off the cape"),
    "the unit of a rate": ("the well gave 12 barrels per week at best", "the well gave 12 barrels per day at best"),
}  # fmt: skip


@pytest.mark.parametrize("quote, text", QUANTITIES.values(), ids=QUANTITIES)
def test_another_unit_is_another_number(quote: str, text: str) -> None:
    """A quantity is its number and its unit: 60 yards are not 60 meters."""
    assert _told(quote, text) == [(EditKind.NUMBER, Severity.MAJOR)]


NO_QUANTITIES = {
    "units without a number": ("for days nobody came near it", "for weeks nobody came near it"),
    "what was counted": (
        "a train of 26 wagons left the yard",
        "a train of 26 barrels left the yard",
    ),
}


@pytest.mark.parametrize("quote, text", NO_QUANTITIES.values(), ids=NO_QUANTITIES)
def test_other_words_beside_numbers_stay_words(quote: str, text: str) -> None:
    """Only a unit for a unit behind a number changes a quantity."""
    assert _told(quote, text) == [(EditKind.WORD, Severity.MINOR)]


DENIALS = {
    "German": (
        "daß der Bote die Stadt erreicht habe",
        "Er schrieb, daß der Bote die Stadt nicht erreicht habe.",
    ),
    "German, no": ("Er habe Antwort bekommen", "Er habe keine Antwort bekommen und warte."),
    "French": (
        "le courrier a trouvé la maison",
        "On dit que le courrier n’a jamais trouvé la maison.",
    ),
    "Russian": ("Посол принял письмо вечером", "Посол не принял письмо вечером, а утром уехал."),
}


@pytest.mark.parametrize("quote, text", DENIALS.values(), ids=DENIALS)
def test_denials_of_other_languages_are_negations(quote: str, text: str) -> None:
    """A lost "nicht" turns a sentence round as a lost "not" does."""
    told = _told(quote, text)
    assert (EditKind.NEGATION, Severity.MAJOR) in told


MONTHS = {
    "German": ("er kam am 4. Juni in die Stadt", "Doch er kam am 4. Juli in die Stadt und blieb."),
    "French": ("la lettre du 17 mars fut perdue", "On dit que la lettre du 17 mai fut perdue."),
    "Russian": ("письмо от 12 июня было потеряно", "Но письмо от 12 июля было потеряно."),
}


@pytest.mark.parametrize("quote, text", MONTHS.values(), ids=MONTHS)
def test_another_month_of_another_language_is_another_date(quote: str, text: str) -> None:
    """Behind its day a month is known in the languages of the sources."""
    assert _told(quote, text) == [(EditKind.DATE, Severity.MAJOR)]


UMLAUTS = {
    "in the quotation": ("Der Koenig erklaerte den Krieg", "Der König erklärte den Krieg im Mai."),
    "in the source": ("Der König erklärte den Krieg", "Der Koenig erklaerte den Krieg im Mai."),
}


@pytest.mark.parametrize("quote, text", UMLAUTS.values(), ids=UMLAUTS)
def test_letters_that_a_keyboard_lacks_are_typography(quote: str, text: str) -> None:
    """ "Koenig" is how "König" is written without dots, and no other word."""
    assert compare(quote, SourceText(text)).verdict is Verdict.TYPOGRAPHIC


def test_another_day_at_the_start_is_no_item_of_a_list() -> None:
    """A number that the source has otherwise in mid-sentence numbers nothing."""
    told = _told("14. Mai, so schrieb er, kam der Bote", "Am 4. Mai, so schrieb er, kam der Bote.")
    assert told[0][1] is Severity.MAJOR


def test_a_unit_in_another_spelling_is_the_same() -> None:
    """British and American spellings name one unit."""
    page = SourceText("The road ran 185 kilometers to the north.")
    result = compare("The road ran 185 kilometres to the north", page)
    assert result.verdict is Verdict.TYPOGRAPHIC


def test_another_vowel_is_no_umlaut() -> None:
    """Only the letters that stand for the dots are taken for them."""
    assert _told("Der Kuenig erklärte den Krieg", "Der König erklärte den Krieg im Mai.")


NAMES = {
    "an initial": ("signed by K. R. Obermann in June", "It was signed by K. T. Obermann in June."),
    "an initial that reads like a pronoun": (
        "signed by K. I. Obermann",
        "It was signed by K. T. Obermann.",
    ),
    "a name behind a title": ("so Mr. Brown told us", "And so Mr. Green told us."),
    "a first name that opens a sentence": (
        "Paul Obermann left early",
        "It rained. Mark Obermann left early.",
    ),
}


@pytest.mark.parametrize("quote, text", NAMES.values(), ids=NAMES)
def test_another_name_is_told_as_one(quote: str, text: str) -> None:
    """Names are known by their capitals, also where a point or a sentence's start stands before."""
    assert _told(quote, text) == [(EditKind.NAME, Severity.MAJOR)]


@pytest.mark.parametrize(
    "quote, text",
    [
        ("Soon the envoy went home by sea", "Later the envoy went home by sea."),
        ("After Friday the envoy went home", "By Friday the envoy went home."),
    ],
    ids=["before a word", "before a name"],
)
def test_another_word_at_the_start_of_a_sentence_stays_a_word(quote: str, text: str) -> None:
    """A capital that the start of a sentence explains makes no name."""
    assert _told(quote, text) == [(EditKind.WORD, Severity.MINOR)]
