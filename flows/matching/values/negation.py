"""English negation: the words that turn a sentence round, and their disguises."""

from functools import lru_cache

from flows.matching.words.wordlists import words_of

#: Words that deny by themselves.
NEGATORS = frozenset(
    words_of(
        "not no never none nobody nothing nowhere neither nor without cannot hardly "
        "scarcely barely unable impossible unlikely lacking nay absent"
    )
)
#: Verbs that deny what follows them.
DENYING = frozenset(
    words_of(
        "fail fails failed failing refuse refuses refused refusing decline declines "
        "declined declining deny denies denied denying reject rejects rejected "
        "rejecting lack lacks lacked refusal failure avoid avoided avoids cease ceased "
        "ceases stop stopped"
    )
)
#: Words of other languages that deny, and are no words of English.
_FOREIGN = frozenset(
    words_of(
        "nicht kein keine keinen keinem keiner keines niemals niemand nichts weder "
        "ne pas jamais aucun aucune nunca jamás "
        "не ни нет никогда никто нельзя"
    )
)
#: Words that open a contrast, an exception or a condition.
CONTRASTS = frozenset(
    words_of(
        "but however except unless although though yet nevertheless nonetheless "
        "notwithstanding despite only whereas rather instead until provided excluding"
    )
)
_FULL = {
    "cannot": ("can", "not"),
    "can't": ("can", "not"),
    "won't": ("will", "not"),
    "shan't": ("shall", "not"),
    "ain't": ("is", "not"),
    "let's": ("let", "us"),
    "it's": ("it", "is"),
    "that's": ("that", "is"),
    "there's": ("there", "is"),
    "he's": ("he", "is"),
    "she's": ("she", "is"),
    "what's": ("what", "is"),
    "i'm": ("i", "am"),
}
_ENDINGS = {"'re": "are", "'ve": "have", "'ll": "will", "'d": "would"}
#: Beginnings that deny the rest of a word.
PREFIXES = ("un", "in", "im", "il", "ir", "dis", "non")

# Pairs in which the longer word merely happens to begin like a negation.
_NOT_NEGATED = frozenset(
    words_of(
        "inform informed informs income incoming inside into import important imports "
        "impress impressed improve impart inland input intake indeed increase implant "
        "impose imposed impound infuse inborn inbound index invest invested invent "
        "inset install instill intend intended intent intense inspire inspired involve "
        "involved inquest inch ink inner int until unit united union under undo display "
        "discover discovered discount dispatch discharge distress dispose disposed "
        "discourse distill dismiss disease dismay disguise disgrace disk nonce ill ire "
        "irk impact impeach implied imply implies imprint inflate inflamed inhabit "
        "inhabited incite including infer inn ingrained inroad insight inward inwards "
        "irate impassioned impel impulse universe universal indebted inures incense "
        "incorporated incorporate invaluable inflammable intone unless"
    )
)


def is_negator(norm: str) -> bool:
    """Return whether a word denies by itself, contractions included."""
    return norm in NEGATORS or norm.endswith("n't")


def expanded(norms: list[str]) -> list[str]:
    """Return *norms* with contractions written out.

    >>> expanded(["we", "don't", "say", "cannot"])
    ['we', 'do', 'not', 'say', 'can', 'not']
    """
    out: list[str] = []
    for norm in norms:
        if norm in _FULL:
            out += _FULL[norm]
        elif norm.endswith("n't"):
            out += (norm[:-3], "not")
        elif "'" in norm and (ending := norm[norm.rfind("'") :]) in _ENDINGS:
            out += (norm[: norm.rfind("'")], _ENDINGS[ending])
        else:
            out.append(norm)
    return out


def denials(norms: list[str]) -> int:
    """Return how many words of a stretch deny.

    "No longer" counts once; "fail to" and "refused" count as denials.

    >>> denials(["did", "not", "agree"]), denials(["failed", "to", "agree"]), denials(["agreed"])
    (1, 1, 0)
    """
    return sum(map(_denials_in, norms))


@lru_cache(maxsize=16384)
def _denials_in(norm: str) -> int:
    return sum(
        is_negator(part) or part in DENYING or part in _FOREIGN or part.startswith("n'")
        for part in expanded([norm])
    )


def opposed(first: str, second: str) -> bool:
    """Return whether two words differ by a negating prefix or ending.

    >>> opposed("able", "unable"), opposed("inform", "form"), opposed("useful", "useless")
    (True, False, True)
    """
    short, long = (first, second) if len(first) <= len(second) else (second, first)
    if long in _NOT_NEGATED or len(short) < 3:
        return False
    if long.endswith(short) and long[: len(long) - len(short)] in PREFIXES:
        return True
    if first == second or not (first.endswith("less") or second.endswith("less")):
        return False
    with_less, other = (first, second) if first.endswith("less") else (second, first)
    return other.removesuffix("ful") == with_less[:-4]


def any_opposed(firsts: list[str], seconds: list[str]) -> bool:
    """Return whether a word of *firsts* is ``opposed`` to one of *seconds*.

    >>> any_opposed(["quite", "unable"], ["well", "able"])
    True
    """
    return any(
        bare in others and opposed(word, bare)
        for words, others in ((firsts, set(seconds)), (seconds, set(firsts)))
        for word in words
        for bare in _without_denial(word)
    )


@lru_cache(maxsize=16384)
def _without_denial(word: str) -> tuple[str, ...]:
    """Return what *word* may deny, by its first letters or its last."""
    bare = [word[len(prefix) :] for prefix in PREFIXES if word.startswith(prefix)]
    if word.endswith("less"):
        bare += (word[:-4], word[:-4] + "ful")
    return tuple(bare)


def turns_round(norms: list[str]) -> bool:
    """Return whether words left out of a sentence deny it or set a contrast to it."""
    return denials(norms) > 0 or any(norm in CONTRASTS for norm in norms)
