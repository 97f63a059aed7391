"""The words of a date in the languages in which the Archive's pages are passed on.

Words are compared without case and accents. A month is also known by any
beginning of its name, three letters or more, that begins no other month's.
"""

import unicodedata
from enum import Enum
from functools import cache

_MONTHS = """
    january february march april may june july august september october november december
    januar februar marz april mai juni juli august september oktober november dezember
    janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre
    enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
    janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro
    gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
    январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь
    января февраля марта апреля мая июня июля августа сентября октября ноября декабря
    январе феврале марте апреле мае июне июле августе сентябре октябре ноябре декабре
"""
_WEEKDAYS = """
    monday tuesday wednesday thursday friday saturday sunday
    montag dienstag mittwoch donnerstag freitag samstag sonntag
    lundi mardi mercredi jeudi vendredi samedi dimanche
    lunes martes miercoles jueves viernes sabado domingo
    segunda-feira terca-feira quarta-feira quinta-feira sexta-feira sabado domingo
    lunedi martedi mercoledi giovedi venerdi sabato domenica
    понедельник вторник среда четверг пятница суббота воскресенье
"""
_SHORT_WEEKDAYS = "mon tue wed thu fri sat sun - tues - thur - - - - - - thurs - - -"


class Word(Enum):
    """What a word does in a date that is neither a number, a month nor a weekday."""

    CIRCA = "circa"
    TO = "to"
    EARLY = "early"
    MIDDLE = "middle"
    LATE = "late"
    SPRING = "spring"
    SUMMER = "summer"
    AUTUMN = "autumn"
    WINTER = "winter"
    FILLER = "filler"


_WORDS = {
    Word.CIRCA: (
        "circa ca c cca about approx approximately around probably possibly etwa ungefahr vers "
        "environ hacia aproximadamente cerca около примерно ок"
    ),
    Word.TO: "to until till through thru and bis und au al hasta ate a по до и",
    Word.EARLY: "early beginning anfang debut principios comienzos inicio inicios начало начале",
    Word.MIDDLE: "mid middle mitte mi milieu mediados meados meta середина середине",
    Word.LATE: "late end ende fin finales fines fim конец конце",
    Word.SPRING: "spring fruhling fruhjahr printemps primavera весна весной",
    Word.SUMMER: "summer sommer ete verano verao estate лето летом",
    Word.AUTUMN: "autumn fall herbst automne otono outono autunno осень осенью",
    Word.WINTER: "winter hiver invierno inverno зима зимой",
    Word.FILLER: (
        "of the on in dated date from between at noon midnight local time hours hrs uhr "
        "de del do da la le les el los den der dem vom von am im en em du desde ano an dia mes "
        "с г гг год года году от в"
    ),
}


def folded(text: str) -> str:
    """Return *text* without case and accents.

    >>> folded("Août"), folded("ноябрЯ")
    ('aout', 'ноября')
    """
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


@cache
def _table(words: str, size: int) -> dict[str, int]:
    return {
        folded(name): place % size + 1 for place, name in enumerate(words.split()) if name != "-"
    }


def month_of(word: str) -> int | None:
    """Return the number of the month that *word*, folded, names or abbreviates.

    >>> [month_of(word) for word in ("november", "sept", "aout", "ноября", "jui", "novel")]
    [11, 9, 8, 11, None, None]
    """
    names = _table(_MONTHS, 12)
    if word in names:
        return names[word]
    if len(word) < 3:
        return None
    meant = {number for name, number in names.items() if name.startswith(word)}
    return meant.pop() if len(meant) == 1 else None


def weekday_of(word: str) -> int | None:
    """Return the weekday that *word*, folded, names: 1 for Monday, as ISO 8601 counts."""
    return _table(_WEEKDAYS, 7).get(word) or _table(_SHORT_WEEKDAYS, 7).get(word)


def kind_of(word: str) -> Word | None:
    """Return what *word*, folded, does in a date, ``None`` if it has no place in one."""
    return _kinds().get(word)


@cache
def _kinds() -> dict[str, Word]:
    return {folded(word): kind for kind, words in _WORDS.items() for word in words.split()}
