"""What counts as the same words, and what merely looks as if it did."""

import pytest

from flows.matching import SourceText, compare
from flows.records import EditKind, Verdict

VERBATIM, TYPOGRAPHIC, ALTERED = Verdict.VERBATIM, Verdict.TYPOGRAPHIC, Verdict.ALTERED

SAME_WORDS = {
    "nothing differs": ("the treaty was signed in Moscow", "So the treaty was signed in Moscow.", VERBATIM),
    "only white space differs": ("the treaty\n   was signed", "Then the treaty was\u00a0signed there.", VERBATIM),
    "curly quotation marks": ('he said "we agree" at once', "Then he said “we agree” at once.", TYPOGRAPHIC),
    "dash instead of hyphens": ("the plan -- a bold one -- failed", "Now the plan — a bold one — failed.", TYPOGRAPHIC),
    "letter case": ("THE TREATY WAS SIGNED", "The treaty was signed there.", TYPOGRAPHIC),
    "ligatures": ("the final offer was made", "And the ﬁnal oﬀer was made.", TYPOGRAPHIC),
    "soft hyphen": ("the agreement was made", "And the agree\u00adment was made.", TYPOGRAPHIC),
    "hyphen at a line end": ("the European partners agreed", "Then the Euro-\npean partners agreed.", TYPOGRAPHIC),
    "zero-width blank": ("the partners agreed to it", "Now the part\u200bners agreed to it.", TYPOGRAPHIC),
    "full stops of an abbreviation": ("the US insisted on using it", "And the U.S. insisted on using it.", TYPOGRAPHIC),
    "footnote marker dropped": ("during your visit. The letter notes", "So during your visit.[1] The letter notes it.", TYPOGRAPHIC),
    "raised footnote digit dropped": ("during your visit the letter notes", "And during your visit¹ the letter notes.", TYPOGRAPHIC),
    "number glued to a full stop dropped": ("during your visit. The letter notes", "So during your visit.12 The letter notes.", TYPOGRAPHIC),
    "mojibake of an apostrophe": ("after Ukraine’s Rada has ratified", "Now, after Ukraineâ€™s Rada has ratified it.", TYPOGRAPHIC),
    "mojibake of a mark whose last byte was lost": ("he said “nothing will move” then", "Now he said â€œnothing will moveâ€ then.", TYPOGRAPHIC),
    "mojibake of other letters": ("after Wałęsa and Škoda met Иван there", "Now, after WaÅ‚Ä™sa and Å\xa0koda met Ð˜Ð²Ð°Ð½ there.", TYPOGRAPHIC),
    "number of a list item behind a quote mark": ("> 1. The mill burned in one night", "There. The mill burned in one night.", TYPOGRAPHIC),
    "mojibake twice over": ("after Ukraine’s café — a “bold” one — closed", "Now, after UkraineÃ¢â‚¬â„¢s cafÃƒÂ© Ã¢â‚¬â€\x9d a Ã¢â‚¬Å“boldÃ¢â‚¬Â\x9d one Ã¢â‚¬â€\x9d closed.", TYPOGRAPHIC),
    "a byte order mark decoded wrongly": ("ï»¿after the Rada had ratified it", "Now, after the Rada had ratified it.", TYPOGRAPHIC),
    "accents that begin like mojibake": ("the naïve château “Â” closed", "Now the naïve château “Â” closed.", VERBATIM),
    "hyphen for a blank": ("the Non Proliferation Treaty was signed", "Now the Non-Proliferation Treaty was signed.", TYPOGRAPHIC),
    "a stroke through a letter lost": ("the ferry to Ghawdex was late", "So the ferry to Għawdex was late.", TYPOGRAPHIC),
    "accents lost": ("the coup d'etat in the capital", "After the coup d’état in the capital.", TYPOGRAPHIC),
    "contraction written out": ("they do not agree with us", "Here they don’t agree with us.", TYPOGRAPHIC),
    "grouping comma": ("some 1200 men marched off", "There some 1,200 men marched off.", TYPOGRAPHIC),
    "number in words": ("some 1,200 men marched off", "There some twelve hundred men marched off.", TYPOGRAPHIC),
    "million in words": ("it cost $2.5 million in all", "And it cost $2,500,000 in all.", TYPOGRAPHIC),
    "date in another spelling": ("signed on 28 November 1994 in Moscow", "It was signed on Nov. 28, 1994 in Moscow.", TYPOGRAPHIC),
    "per cent in words": ("it rose by 5 percent that year", "Since it rose by 5% that year.", TYPOGRAPHIC),
    "day spelt out": ("it ran from the first of May onwards", "Then it ran from the 1st of May onwards.", TYPOGRAPHIC),
    "ordinal day and plain day": ("the note of August 2 is lost", "So the note of August 2nd is lost.", TYPOGRAPHIC),
    "day in an old ordinal": ("upon the 3rd of November, 1847, they sailed", "And upon the 3d of November, 1847, they sailed.", TYPOGRAPHIC),
    "fractions as signs": ("it stood 3 1/4 miles from the gate", "Now it stood 3¼ miles from the gate.", TYPOGRAPHIC),
    "numbers of a list swallowed on one line": ("Points: approve the minutes elect a treasurer close", "Points:\n1. approve the minutes\n2. elect a treasurer\n3. close", TYPOGRAPHIC),
    "footnote marker put in at the end": ("stored for up to 14 days.[7]", "It was stored for up to 14 days. Approximately a third was lost.", TYPOGRAPHIC),
    "footnote marker copied as a plain digit": ("founded in 19531 by the miners", "It was founded in 1953[1] by the miners.", TYPOGRAPHIC),
    "footnote marker glued to a word": ("founded by the miners2 of the valley", "It was founded by the miners[2] of the valley.", TYPOGRAPHIC),
    "raised digit of a measure copied as a plain one": ("some 40 km2 of forest burned", "Then some 40 km² of forest burned.", TYPOGRAPHIC),
    "lowered digit of a formula copied as a plain one": ("a tank of H2O burst there", "So a tank of H₂O burst there.", TYPOGRAPHIC),
    "power written with a caret": ("some 10^6 grains were sown", "And some 10⁶ grains were sown.", TYPOGRAPHIC),
    "a board's quote mark before a number": ("“> 4. the minister left at once", "Now: 4. the minister left at once.", TYPOGRAPHIC),
    "a script without blanks": ("美国从来没有打算在该地", "总统说美国从来没有打算在该地驻扎轰炸机。", VERBATIM),
    "footnote letters and notes put in": ("the mill burned,[a] and the dam broke.[note 4]", "There the mill burned, and the dam broke. Nobody wept.", TYPOGRAPHIC),
    "footnote letter beside the same letter": ("when it happens,[a] a bell rings", "For when it happens, a bell rings.", TYPOGRAPHIC),
    "footnote letter behind the last word": ('the words "in" and "not in"[a] test it.[a]', 'Here the words "in" and "not in" test it. It rains.', TYPOGRAPHIC),
    "footnote digits behind a bracket": ("the mill burned (see Tab B).12", "There the mill burned (see Tab B).[12] Nobody wept.", TYPOGRAPHIC),
    "round footnote marker left out": ("the mill burned. Nobody wept", "There the mill burned.(3) Nobody wept.", TYPOGRAPHIC),
    "round number between two sentences left out": ("the mill burned. Nobody wept", "There the mill burned. (3) Nobody wept.", TYPOGRAPHIC),
    "a page's number between dashes": ("the mill burned. Nobody wept", "There the mill burned.\n\n— 17 —\n\nNobody wept.", TYPOGRAPHIC),
    "a dash between a year and a number": ("in 1962, 63 mills burned", "Then in 1962 — 63 mills burned.", TYPOGRAPHIC),
    "a compound written apart": ("the work was underway then", "Now the work was under way then.", TYPOGRAPHIC),
    "another sign for about": ("it held ~400 men there", "For it held ≈400 men there.", TYPOGRAPHIC),
    "a struck mark beside a number": ("it held 400 men there", "For it held ~~400~~ men there.", TYPOGRAPHIC),
    "a sign that a board ate": ("it read x y on the dial", "Now it read x > y on the dial.", TYPOGRAPHIC),
    "a list's sign": ("the mill - the dam - the quay", "Take the mill\n+ the dam\n+ the quay.", TYPOGRAPHIC),
    "number of a list item escaped": ("1\\. The mill burned in one night", "There. The mill burned in one night.", TYPOGRAPHIC),
    "a hyphen escaped": ("the RFC\\-822 header was lost", "There the RFC-822 header was lost.", TYPOGRAPHIC),
    "a decimal point and quotation marks escaped": ('it is 10\\.6 feet \\"long\\" there', 'Then it is 10.6 feet "long" there.', TYPOGRAPHIC),
    "an acute for an apostrophe": ("the miller´s son was lost", "There the miller's son was lost.", TYPOGRAPHIC),
    "a prime for an apostrophe": ("the miller′s son was lost", "There the miller's son was lost.", TYPOGRAPHIC),
    "a soft hyphen and a blank": ("the con\u00ad current sessions ended", "There the concurrent sessions ended.", TYPOGRAPHIC),
    "a possessive cut at a line end": ("the chair- man's seat was lost", "There the chairman's seat was lost.", TYPOGRAPHIC),
    "glued at a line break": ("the ProgramAgency met there today", "And the Program\nAgency met there today.", TYPOGRAPHIC),
}  # fmt: skip


@pytest.mark.parametrize("quote, text, verdict", SAME_WORDS.values(), ids=SAME_WORDS)
def test_the_same_words_are_told_by_their_dress(quote, text, verdict):
    """A difference of dress is never an alteration."""
    result = compare(quote, SourceText(text))
    assert result.verdict is verdict
    match = result.matches[0]
    assert text[match.start : match.end] == match.exact


LOOKS_THE_SAME = {
    "a decimal point lost": ("it cost 25 dollars in all", "And it cost 2.5 dollars in all.", EditKind.NUMBER),
    "a minus lost": ("it was 5 degrees that day", "Because it was -5 degrees that day.", EditKind.NUMBER),
    "a less-than lost": ("it held 5 grams of iron", "For it held <5 grams of iron.", EditKind.NUMBER),
    "a currency sign lost": ("it cost 5 in all to us", "And it cost $5 in all to us.", EditKind.NUMBER),
    "a percent sign lost": ("it rose by 5 in that year", "And it rose by 5% in that year.", EditKind.NUMBER),
    "now here and nowhere": ("the treaty is nowhere to be seen", "See, the treaty is now here to be seen.", None),
    "no table and notable": ("there was notable talk of it", "Then there was no table talk of it.", EditKind.NEGATION),
    "apart and a part": ("it stood apart of the plan", "So it stood a part of the plan.", EditKind.WORD),
    "resign and re-sign": ("they will resign the treaty soon", "Now they will re-sign the treaty soon.", EditKind.WORD),
    "a real number dropped": ("signed in Moscow in the spring", "It was signed in Moscow in 1994 in the spring.", EditKind.NUMBER),
    "a year changed": ("signed in Moscow in 1995 by all", "It was signed in Moscow in 1994 by all.", EditKind.NUMBER),
    "a day changed": ("signed on 28 November 1994 in Moscow", "Signed on November 29, 1994 in Moscow.", EditKind.DATE),
    "a Cyrillic letter in a word": ("the trеaty was signed there", "Then the treaty was signed there.", EditKind.WORD),
    "million for billion": ("it cost $5 million in all", "And it cost $5 billion in all.", EditKind.NUMBER),
    "another day spelt out": ("it ran from the second of May onwards", "Then it ran from the 1st of May onwards.", EditKind.DATE),
    "another fraction": ("it stood 3 3/4 miles from the gate", "Now it stood 3¼ miles from the gate.", EditKind.NUMBER),
    "a denial lost in a script without blanks": ("美国从来打算在该地", "总统说美国从来没有打算在该地驻扎轰炸机。", None),
    "another digit than the footnote's": ("founded in 19532 by the miners", "It was founded in 1953[1] by the miners.", EditKind.NUMBER),
    "square made cubic": ("some 40 km3 of forest burned", "Then some 40 km² of forest burned.", EditKind.NUMBER),
    "square measure made a length": ("some 40 km of forest burned", "Then some 40 km² of forest burned.", EditKind.NUMBER),
    "a power made a plain number": ("some 106 grains were sown there", "And some 10⁶ grains were sown there.", EditKind.NUMBER),
    "a letter in brackets of its own": ("they burned [a] mill in one night", "There they burned the mill in one night.", None),
    "an escaped minus lost": ("it was 5 degrees that day", "And it was \\-5 degrees that day.", EditKind.NUMBER),
    "an about lost": ("it held 400 men there", "For it held ~400 men there.", EditKind.NUMBER),
    "an about put in": ("it held ≈ 400 men there", "For it held 400 men there.", EditKind.NUMBER),
    "a plus made a minus": ("it read 5 - 10 on the dial", "Now it read 5 + 10 on the dial.", EditKind.NUMBER),
    "equal made unequal": ("it read x ≠ 10 on the dial", "Now it read x = 10 on the dial.", EditKind.NUMBER),
    "a less-than cut off before a blank": ("5 grams of iron were in it", "It said: < 5 grams of iron were in it.", EditKind.NUMBER),
    "a more-than for a less-than at the start": ("> 5 grams of iron were in it", "It said: < 5 grams of iron were in it.", EditKind.NUMBER),
    "more made less between letters": ("it read x < y on the dial", "Now it read x > y on the dial.", EditKind.WORD),
    "another box ticked": ("marked ☒ Yes ☐ No by them", "It was marked ☐ Yes ☒ No by them.", EditKind.WORD),
    "a number in brackets in mid-sentence": ("they sold barges by then", "There they sold (3) barges by then.", EditKind.NUMBER),
    "a range made a list": ("boxes 1, 3 were lost", "Then boxes 1–3 were lost.", EditKind.NUMBER),
    "a list made a range": ("boxes 1-3 were lost", "Then boxes 1, 3 were lost.", EditKind.NUMBER),
    "a number between dashes in a line of words": ("they sold barges by then", "There they sold - 3 - barges by then.", EditKind.NUMBER),
    "an exponent lost": ("it is 10 metres in all", "And it is 10² metres in all.", EditKind.NUMBER),
}  # fmt: skip


@pytest.mark.parametrize("quote, text, kind", LOOKS_THE_SAME.values(), ids=LOOKS_THE_SAME)
def test_words_that_merely_look_alike_are_altered(quote, text, kind):
    """What bears sense is never folded away."""
    result = compare(quote, SourceText(text))
    assert result.verdict is ALTERED
    assert kind is None or kind in {edit.kind for edit in result.edits}


ALTERED_IN = {
    "not dropped": ("The allies will permit it.", "The allies will not permit it.", EditKind.NEGATION, True),
    "not put in": ("The allies will not permit it.", "The allies will permit it.", EditKind.NEGATION, True),
    "will made won't": ("The allies won't permit it.", "The allies will permit it.", EditKind.NEGATION, True),
    "able made unable": ("They were unable to permit it.", "They were able to permit it.", EditKind.NEGATION, True),
    "never made always": ("He always gave in to them.", "He never gave in to them.", EditKind.NEGATION, True),
    "no longer dropped": ("They hold the town.", "They no longer hold the town.", EditKind.NEGATION, True),
    "failed to put in": ("They failed to sign the treaty.", "They sign the treaty.", EditKind.NEGATION, True),
    "without for with": ("He came with any papers at all.", "He came without any papers at all.", EditKind.NEGATION, True),
    "a name changed": ("We told Gorbachev of the plan today.", "We told Yeltsin of the plan today.", EditKind.NAME, True),
    "a title put in": ("We told Mr. Yeltsin of the plan.", "We told Yeltsin of the plan.", EditKind.NAME, False),
    "a word changed": ("The Russians forbid progress on that track.", "The Russians permit progress on that track.", EditKind.WORD, False),
    "a word put in": ("We will surely discuss the matter.", "We will discuss the matter.", EditKind.INSERTION, False),
    "a word left out": ("We will discuss the matter.", "We will calmly discuss the matter.", EditKind.DELETION, False),
    "a word in capitals changed": ("THE MILLS BURNED IN ONE NIGHT.", "The mill burned in one night.", EditKind.WORD, False),
    "all made some": ("Some mills burned in one night.", "All mills burned in one night. Yet All Saints stood.", EditKind.WORD, False),
    "and made or": ("The mill or the dam broke.", "The mill & the dam broke.", EditKind.WORD, False),
    "two names exchanged": ("France attacked Poland that very year.", "Poland attacked France that very year.", EditKind.ORDER, False),
}  # fmt: skip


@pytest.mark.parametrize("quote, text, kind, major", ALTERED_IN.values(), ids=ALTERED_IN)
def test_every_change_is_typed(quote, text, kind, major):
    """The edit names the kind of change, and shows both readings where they stand."""
    result = compare(quote, SourceText(f"First of all, it rained. {text} Then it snowed."))
    assert result.verdict is ALTERED
    edits = [edit for edit in result.edits if edit.kind is kind]
    assert edits
    assert any(edit.severity == "major" for edit in edits) or not major
    for edit in edits:
        assert quote[edit.quoted_start : edit.quoted_end] == edit.quoted


NO_ONE = {
    "everyone for it": (
        "They found that everyone in the mill slept.",
        "They found that no one in the mill slept.",
    ),
    "it for everyone": (
        "They found that no one in the mill slept.",
        "They found that everyone in the mill slept.",
    ),
    "it beside a number": (
        "They found that no one of 20 men slept.",
        "They found that someone of twenty men slept.",
    ),
    "still for no longer": ("They were still in the mill.", "They were no longer in the mill."),
}


@pytest.mark.parametrize("quote, text", NO_ONE.values(), ids=NO_ONE)
def test_no_one_is_one_word(quote, text):
    """What stands for it is one denial, and no number is lost with it."""
    edits = compare(quote, SourceText(f"It rained. {text} Then it snowed.")).edits
    assert [edit.kind for edit in edits if edit.severity != "none"] == [EditKind.NEGATION]


def test_contractions_beside_each_other_are_written_out():
    """Each "not" answers its own, however many stand close together."""
    page = SourceText("They said that we cannot and shall not pay for it, nor did not pay.")
    assert compare("we can not and shan't pay for it", page).verdict is TYPOGRAPHIC
    dropped = compare("we can not and shall pay for it", page)
    assert [edit.kind for edit in dropped.edits if edit.severity == "major"] == [EditKind.NEGATION]


def test_a_contraction_is_no_negation_changed():
    """Do not and don't deny alike."""
    result = compare("We do not think so at all", SourceText("We don't think so at all."))
    assert EditKind.NEGATION not in {edit.kind for edit in result.edits}


STRUCK_OUT = {
    "as Markdown has it": "the harbour was ~~not~~ open to ships",
    "letter by letter": "the harbour was n\u0336o\u0336t\u0336 open to ships",
}


@pytest.mark.parametrize("quote", STRUCK_OUT.values(), ids=STRUCK_OUT)
def test_words_struck_out_are_neither_faithful_nor_altered(quote):
    """A reader sees a word taken back; the poster may have meant to quote it."""
    found = compare(quote, SourceText("In June the harbour was not open to ships."))
    assert found.verdict is Verdict.NOT_CHECKABLE
    assert "strikes out" in found.reason


def test_words_struck_out_in_the_source_are_quoted_with_their_strokes():
    quote = STRUCK_OUT["letter by letter"]
    assert compare(quote, SourceText(f"In June {quote}.")).verdict is Verdict.VERBATIM


def test_changed_words_are_altered_although_others_are_struck_out():
    found = compare(
        STRUCK_OUT["as Markdown has it"], SourceText("In May the harbour was not open to barges.")
    )
    assert found.verdict is Verdict.ALTERED
