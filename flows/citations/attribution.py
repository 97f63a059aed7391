"""To whom a post gives the words that it sets in quotation marks.

English names a speaker in few ways: a subject and a verb of saying before the
words or behind them ("the consul wrote: …", "…, said the consul"),
"according to" and its like, a name before a colon, and a name behind a dash.
Whoever is named so is read off the sentence, whatever the name: "the memo" and
"the page" are the sources themselves; "I", "they" and "my …" are people of the
poster's own world, whom no page of the Archive quotes; any other speaker can
be asked for in the source's text (``Voice.NAMED``). Words that a sentence
denies or imagines ("the memo never says …") are nobody's.
"""

import re

from flows.citations.antecedents import antecedent_of
from flows.citations.cues import speaker_before
from flows.citations.denials import is_called_false, is_called_false_behind
from flows.citations.leads import lead_above, name_in_lead, names_in
from flows.citations.sayings import (
    SAYS,
    has_clauses,
    inverted_subject,
    is_asserted,
    is_imagined,
    is_of_some_time,
    last_clause,
    verb_of_saying,
)
from flows.citations.speakers import (
    ANYBODY,
    MINE,
    MY,
    OTHERS,
    PHRASE,
    SOURCE,
    UNNAMED,
    WORD,
    Attribution,
    Voice,
    name_in,
    named_by,
    subject_of,
)

#: Code points before and behind a quotation in which its speaker is looked for.
_BEFORE, _BEHIND = 160, 100
#: Behind the words, a pronoun stands at once.
_SUBJECT_BEHIND = 40

_MARKS_AND_LINE_ENDS = '“”"«»„\n'
_SENTENCE_END = re.compile(r"[.!?…][\"”’)\]]*(?:\s+|\Z)")
#: What stands between commas or dashes behind a subject.
_ASIDE = re.compile(
    r",\s+(?:who|whom|whose|which|in|on|at|of|from|for|during|by)\b[^,]{1,80},\s*"
    r"|\s[–—]\s[^–—]{1,80}\s[–—]\s",
    re.IGNORECASE,
)
_BEING = re.compile(r"\b(?:is|was|are|were)\W*\Z", re.IGNORECASE)
_ACCORDING = re.compile(
    r"(?:\bin\s+)?(?P<owner>[^.!?“”\",:]{2,60})[’']s?\s+(?:\w+\s+)?words\b[^.!?“”\":]{0,20}\W*\Z"
    r"|\b(?:according\s+to|in\s+the\s+words\s+of|to\s+quote|quoting|citing|per)\s+"
    r"(?P<name>[^.!?“”\",:]{2,60})\W*\Z",
    re.IGNORECASE,
)
_NAME_AND_COLON = re.compile(
    r"(?:\A|.*\s)(?P<name>(?:[Tt]he\s+|[A-Z][\w’'-]+\s+)[A-Z][\w’'-]+|@\w+)\s*:\s*\Z"
)
_ARTICLE = re.compile(r"(?:the|this|that|these|its|an?|his|her|their|our)\Z", re.IGNORECASE)
_THING = re.compile(r"(?:it|this|that|which|here)\Z", re.IGNORECASE)
_READING = re.compile(
    r"\b(?:I|we|you)\s+(?:(?:just|can|may|will|even)\s+)?(?:read|f(?:ou|i)nd|noticed?|spotted|learn(?:ed|t)?)"
    r"\s*(?:(?:t?here|in\s+it)\W*)?\Z",
    re.IGNORECASE,
)
_NONE = re.compile(r"\bno\W*\Z", re.IGNORECASE)
_MY_THING = re.compile(rf"\b{MY}\s+(?:[\w’'-]+\s+){{0,2}}[\w’'-]+\W*\Z", re.IGNORECASE)

_HE = re.compile(r"\b(?:he|she|they)\W*\Z", re.IGNORECASE)
_TO_POSTER = re.compile(r"[\w’']+\s+(?:to\s+)?(?:me|us)\b", re.IGNORECASE)
_WRITTEN_IN = re.compile(r"\w+\s+in\s+(?P<where>[^.!?“”\",:]{3,60})")

_CLOSING = re.compile(r"[”\"’'»“*_\])]*")
_VERB_AND_NAME = re.compile(rf"[,\s]\s*{SAYS}\s+(?P<name>[^.!?\n“”\",;:—–]{{1,60}})")
#: Behind words that a comma or a mark of their own divides, any verb of the past may tell of speech.
_ANY_VERB_AND_NAME = re.compile(
    r"[,\s]\s*[a-z]+ed\s+(?P<name>(?:the\s+)?[^\W\d_a-z][\w’'-]+(?:\s+[^\W\d_a-z][\w’'-]+)*)"
)
#: Not where the verb leads to words of its own: "“…” and the memo says “…”".
_NAME_AND_VERB = re.compile(
    rf"[,\s]\s*(?:as\s+)?(?P<name>[^\W\d_][^.!?\n“”\",;:()<>—–]{{0,60}}?)\s+(?P<verb>{SAYS})\b"
    r"(?!\s*(?:that\s*)?[:“\"«„])"
)
_NAME_ALONE = re.compile(
    r"\s*(?:--|[—–―-])\s*(?P<dash>[^\W\d_][^.:!?\n“”\"]{1,80})"
    r"|\s*\((?P<bracket>[A-Z][\w.’' -]{2,40})\)"
    r"|\s+(?P<bare>[A-Z][\w’'-]+(?:\s+(?:[A-Z]\.|[A-Z][\w’'-]+)){1,3})\s*(?:[.,;]|$)",
    re.MULTILINE,
)
_IS_SOMEBODYS = re.compile(r"\s*(?:is|was|are|were)\s+(?P<what>[^.!?\n“”\"]{2,80})")
_IS_NOT = re.compile(
    r"\s*\w+\s+nowhere\b|\s*(?:is|are|was|were|does|do|did|has|have|will|can)\s*(?:n[’']t|(?:\s\w+)?\s+(?:not|never|nowhere))\b",
    re.IGNORECASE,
)
#: Behind a single word "… said" tells of that word: the “experts” said.
_LEAST_SAID = 4


def attribution_of(text: str, start: int, end: int, floor: int, ceiling: int) -> Attribution:
    """Return to whom the sentence around the quotation ``text[start:end]`` gives its words.

    Nothing before *floor* or behind *ceiling* is read. A speaker named before
    the words wins over one named behind them.

    >>> text = "My neighbour, who knows, says “it is over”."
    >>> attribution_of(text, 31, 41, 0, len(text)).voice.value
    'others'
    >>> text = "“It is over,” wrote Consul Brandt."
    >>> attribution_of(text, 1, 12, 0, len(text)).name
    'Brandt'
    """
    sentence = _sentence_before(text, start, floor)
    found = _named_before(sentence) if sentence else UNNAMED
    if found.voice is Voice.UNNAMED:
        after = text[end : min(ceiling, end + _BEHIND)]
        found = _named_behind(text[start:end], after)
        sentence = sentence or after[:_SUBJECT_BEHIND]
    if found.voice is Voice.UNNAMED and (lead := lead_above(text, start)):
        found = _named_before(lead)
    if found == SOURCE:
        found = antecedent_of(text, start, floor, sentence) or found
    return found


def _sentence_before(text: str, start: int, floor: int) -> str:
    before = text[max(floor, start - _BEFORE) : start].rstrip("“”\"'‘«»„ \t\r\n")
    last = 1 + max(map(before.rfind, _MARKS_AND_LINE_ENDS))
    for border in _SENTENCE_END.finditer(before, last):
        last = border.end()
    sentence = _ASIDE.sub(" ", before[last:])
    return sentence.lower() if sentence.isupper() else sentence


def _named_before(sentence: str) -> Attribution:
    if is_called_false(sentence):
        return OTHERS
    verb = verb_of_saying(sentence)
    unreal = verb is not None and not is_asserted(sentence[: verb.start()], verb.group())
    if unreal or is_imagined(sentence):
        return OTHERS
    inverted = inverted_subject(sentence)
    if inverted is not None:
        return named_by(inverted)
    return _said(sentence, verb) if verb is not None else _without_verb(sentence)


def _without_verb(sentence: str) -> Attribution:
    """Return whom *sentence*, which has no verb of saying, names all the same."""
    layer = speaker_before(sentence, len(sentence), 0)
    if layer is not None:
        return Attribution(Voice.SOURCE, layer)
    named = _ACCORDING.search(sentence) or _NAME_AND_COLON.match(sentence)
    if named is not None:
        return named_by(named.group(named.lastgroup or "name"))
    being = _BEING.search(sentence)
    if being is not None:
        return _being(last_clause(sentence[: being.start()]))
    return _opening(last_clause(sentence), sentence)


def _opening(clause: str, sentence: str) -> Attribution:
    """Return with whom *clause*, the last of *sentence*, begins, of whose verb nothing is known.

    "The governor wanted “…”" is about the governor; behind a colon ("Key
    line: “…”") a clause need not be about anybody.
    """
    words = WORD.findall(clause)
    mine = _MY_THING.search(clause)
    if mine is not None:
        return named_by(mine.group())
    if sentence.rstrip()[-1:] in ":：":
        name = name_in_lead(sentence, clause)
        return Attribution(Voice.NAMED, name=name) if name is not None else UNNAMED
    if not words:
        return UNNAMED
    if _THING.match(words[0]) or _READING.search(clause):
        return SOURCE
    if _NONE.search(clause) or ANYBODY.match(words[0]) or MINE.match(words[0]):
        return OTHERS
    return _about(clause, words)


def _about(clause: str, words: list[str]) -> Attribution:
    """Return the noun behind the article, the place or the name with which *clause* begins."""
    if len(words) > 1 and _ARTICLE.match(words[0]) and words[1].islower():
        return named_by(" ".join(words[:2]))
    if PHRASE.match(clause):
        found = named_by(clause)
        return found if found.voice is Voice.SOURCE else UNNAMED
    return name_in(clause)


def _said(sentence: str, verb: re.Match[str]) -> Attribution:
    """Return who does what *verb*, the last in *sentence*, tells of.

    "The blog claims the cable says" gives the words to the blog.
    """
    head = sentence[: verb.start()]
    outer = verb_of_saying(head)
    if outer is not None and not has_clauses(head[outer.end() :].replace("that", "")):
        told = last_clause(head[: outer.start()])
        teller = subject_of(told, outer.group())
        if teller.voice is Voice.NAMED or (teller.voice is Voice.OTHERS and MINE.search(told)):
            return teller
    clause = last_clause(head)
    layer = speaker_before(sentence, len(sentence), 0)
    if layer is not None:
        return Attribution(Voice.SOURCE, layer)
    found = subject_of(clause, verb.group())
    if found == SOURCE:
        found = _told(clause, sentence[verb.start() :])
    talk = is_of_some_time(f"{clause} {sentence[verb.start() :]}")
    return OTHERS if talk and found.voice is not Voice.UNNAMED else found


def _told(clause: str, rest: str) -> Attribution:
    """Return whose words "he told me" or "as it is written in Ecclesiastes" announces.

    *rest* begins with the verb. What somebody told the poster is in no
    document; "the cable tells us" is.
    """
    if _HE.search(clause) and _TO_POSTER.match(rest):
        return OTHERS
    where = _WRITTEN_IN.match(rest)
    names = names_in("in " + where.group("where")) if where is not None else []
    return Attribution(Voice.NAMED, name=" ".join(names)) if names else SOURCE


def _being(clause: str) -> Attribution:
    """Return whose headline, thought or motto it "was"; only names and "my" tell."""
    found = named_by(clause)
    if found.voice is Voice.SOURCE or MINE.search(clause):
        return found
    return name_in(clause)


def _named_behind(quoted: str, after: str) -> Attribution:
    """Return who is named right behind the words *quoted*."""
    closing = _CLOSING.match(after)
    after = after[closing.end() :] if closing is not None else after
    if is_called_false_behind(after):
        return OTHERS
    alone = _NAME_ALONE.match(after)
    if alone is not None:
        found = named_by(alone.group("dash") or alone.group("bracket") or alone.group("bare"))
        return found if found.name is None or found.name[:1].isupper() else UNNAMED
    being = _IS_SOMEBODYS.match(after)
    if _IS_NOT.match(after) or (being is not None and MINE.match(being.group("what"))):
        return OTHERS
    if being is not None:
        return name_in(being.group("what"))
    last = quoted[-1:]
    divided = last in ",?!…" or after.startswith(",")
    if last == "." or not (divided or len(quoted.split()) >= _LEAST_SAID):
        return UNNAMED
    return _saying_behind(after)


def _saying_behind(after: str) -> Attribution:
    """Return the subject of the verb of saying that *after* begins with or comes to."""
    inverted = _VERB_AND_NAME.match(after) or _ANY_VERB_AND_NAME.match(after)
    if inverted is not None:
        name = inverted.group("name")
        return OTHERS if is_of_some_time(name) else named_by(name)
    found = _NAME_AND_VERB.match(after)
    if found is None or has_clauses(found.group("name")):
        return UNNAMED
    if not is_asserted(found.group("name"), found.group("verb")):
        return OTHERS
    return subject_of(found.group("name"), found.group("verb"))
