"""Quotations that a source does not hold, or that nothing can be said about."""

from random import Random

from tests.quality.documents import Document
from tests.quality.grammar import make_sentence
from tests.quality.vocabulary import LAST_NAMES, WORDS

#: Written for this file, each in a language that the sources are not in.
FOREIGN = {
    "French": (
        "Le ministre a répondu que les deux délégations se reverraient avant la fin du mois prochain.",
        "Nous ne pouvons pas accepter que cette question soit réglée sans les habitants du village.",
        "La vieille gare était fermée depuis longtemps, mais le facteur y passait encore chaque matin.",
    ),
    "German": (
        "Der Botschafter erklärte, dass die Verhandlungen erst nach den Wahlen fortgesetzt würden.",
        "Wir haben niemals behauptet, dass die Brücke noch vor dem Winter fertig werden könnte.",
        "Im alten Bahnhof brannte noch Licht, obwohl seit Jahren kein Zug mehr gehalten hatte.",
    ),
    "Spanish": (
        "El secretario insistió en que ninguna de las cartas había sido enviada sin su permiso.",
        "No podemos aceptar que los precios suban otra vez antes de la próxima reunión del consejo.",
        "La puerta roja del almacén llevaba muchos años cerrada y nadie recordaba quién la cerró.",
    ),
    "Russian": (
        "Министр ответил, что обе делегации снова встретятся до конца следующего месяца.",
        "Мы никогда не говорили, что этот мост будет готов раньше наступления зимы.",
        "На старой станции ещё горел свет, хотя поезда давно уже там не останавливались.",
    ),
    "Chinese": ("部长回答说，两国代表团将在下个月底之前再次会面，并讨论所有尚未解决的问题。",),
}


def invented(rng: Random, document: Document) -> str:
    """Return a sentence of the document's world, from a frame that the document never uses."""
    return make_sentence(rng, rng.choice(document.unused)).text


def refilled(rng: Random, document: Document) -> str | None:
    """Return a sentence in a frame of the document, with everything in it filled otherwise.

    ``None`` when too little of the frame would differ to call it another sentence.
    """
    placed = rng.choice(document.sentences)
    if len(placed.sentence.marks) < 4:
        return None
    sentence = make_sentence(rng, placed.sentence.frame)
    return sentence.text if sentence.text not in document.text else None


def _vary_words(rng: Random, text: str, share: float) -> str:
    words = text.split(" ")
    # The first and last words stay: else nobody could say where the passage begins.
    for at in rng.sample(range(2, len(words) - 2), min(round(len(words) * share), len(words) - 4)):
        pool = (
            LAST_NAMES if words[at][:1].isupper() else WORDS[rng.choice(("noun", "adj", "adverb"))]
        )
        words[at] = rng.choice(pool)
    return " ".join(words)


def paraphrased(rng: Random, document: Document) -> str:
    """Return a sentence of the document with two words in three replaced and the order turned."""
    words = (
        _vary_words(rng, rng.choice(document.sentences).sentence.text, 0.6).rstrip(".").split(" ")
    )
    middle = len(words) // 2
    return " ".join(["As it was put,", *words[middle:], "while", *words[:middle]]) + "."


def assembled(rng: Random, document: Document) -> str:
    """Return a line made of single words and pairs of words from all over the document."""
    words: list[str] = []
    while len(words) < 14:
        text = rng.choice(document.sentences).sentence.text.rstrip(".").split(" ")
        at = rng.randrange(len(text))
        words += text[at : at + rng.choice((1, 1, 2))]
    return " ".join(words) + "."


def heavily_changed(rng: Random, text: str, share: float = 1 / 3) -> str:
    """Return *text* with *share* of its words replaced by others."""
    return _vary_words(rng, text, share)
