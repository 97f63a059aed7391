"""Tell in which language a text is written, as far as a comparison needs to know.

A quotation in another language than its source cannot be compared word by
word: that is not a finding about the quotation. Function words tell the
common Latin-script languages apart; scripts tell the rest.
"""

import re
import string
import unicodedata
from collections import Counter

from flows.matching.words.wordlists import words_of

_FUNCTION_WORDS = {
    "en": words_of(
        "the of and to in that is was for it with as his on be at by had not are but "
        "from or have an they which one you were all her she there would their we him "
        "been has when who will no more if out so said what up its about than into them "
        "can only other new some could these may then do first any my now such like our "
        "over me even most made after also did many off before must well back through "
        "years where much your way down should because each just those people how too "
        "little us state good very make world still own see men work long here get both "
        "between life being under never day same another know year while last might "
        "great old off come since go against came right used take three"
    ),
    "de": words_of(
        "der die das und ist nicht ein eine zu den mit sich des auf für im dem von wird "
        "auch es an werden aus er hat dass sie nach bei einer um am sind noch wie einem "
        "über einen so zum war haben nur oder aber vor zur bis mehr durch man sein "
        "wurde ich wir daß ihr"
    ),
    "fr": words_of(
        "le la les de des et est un une du en que qui dans pour pas au sur ne se plus "
        "par ce avec il sont ou mais aux nous cette être fait comme ont ses leur elle "
        "son à été d'un d'une qu'il c'est vous l'on"
    ),
    "es": words_of(
        "el la los las de y en que un una del se por con no para al es su como más lo "
        "pero sus le ya fue este ha sí porque esta son entre cuando muy sin sobre "
        "también me hasta hay donde quien desde todo nos"
    ),
    "it": words_of(
        "il la le di e che un una del in per con non è si da dei al della sono come più "
        "ma anche alla gli nel ha su questo delle lo mi cui era essere stato"
    ),
    "pt": words_of(
        "o a os as de e que do da em um uma para com não se por mais dos como mas ao "
        "foi das tem à seu sua ou ser quando muito há nos já está também só pelo pela "
        "até isso"
    ),
    "nl": words_of(
        "de het een en van in is dat op te zijn met voor niet aan er om ook als dan "
        "maar bij nog uit door naar heeft ze wordt deze worden"
    ),
}
#: Of each function word, the languages that have it.
_LANGUAGES_OF = {
    word: tuple(name for name, words in _FUNCTION_WORDS.items() if word in words)
    for word in set().union(*_FUNCTION_WORDS.values())
}
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
# The same for small letters of ASCII, found in half the time.
_PLAIN_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")
_ASCII = re.compile(r"[\x00-\x7f]+")
_NO_LETTERS = bytes(set(range(128)) - set(string.ascii_letters.encode("ascii")))

#: So much of a source is read to tell its language.
SAMPLE = 4000

#: Fewer words than this do not tell a language by its function words.
_ENOUGH = 6


def language_of(text: str) -> str | None:
    """Return a language (``en``) or a script (``script:CYRILLIC``), ``None`` if unsure.

    >>> language_of("Der Vertrag wird nicht von allen Staaten unterzeichnet, die es wollen.")
    'de'
    >>> language_of("Договор был подписан в Москве.")
    'script:CYRILLIC'
    """
    sample = text[:SAMPLE]
    script = _script(sample)
    if script not in {None, "LATIN"}:
        return f"script:{script}"
    words = _words(sample)
    if len(words) < _ENOUGH:
        return None
    shares = dict.fromkeys(_FUNCTION_WORDS, 0)
    for names, count in Counter(map(_LANGUAGES_OF.get, words)).items():
        for name in names or ():
            shares[name] += count
    ranked = sorted(shares, key=lambda name: -shares[name])
    best, second = shares[ranked[0]], shares[ranked[1]]
    if best < max(2, 0.2 * len(words)) or best < 1.5 * second:
        return None
    return ranked[0]


def _words(sample: str) -> list[str]:
    """Return the words of *sample* in small letters, with straight apostrophes."""
    if sample.isascii():
        return _PLAIN_WORD.findall(sample.lower())
    return [word.lower().replace("’", "'") for word in _WORD.findall(sample)]


def _script(sample: str) -> str | None:
    latin = len(sample.encode("ascii", "ignore").translate(None, _NO_LETTERS))
    counts = {"LATIN": latin} if latin else {}
    for letter, times in Counter(filter(str.isalpha, _ASCII.sub("", sample))).items():
        name = unicodedata.name(letter, "?").split()[0]
        counts[name] = counts.get(name, 0) + times
    if not counts:
        return None
    best = max(counts, key=lambda name: (counts[name], name))
    return best if counts[best] * 2 > sum(counts.values()) else None
