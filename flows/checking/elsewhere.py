"""Look for words in sources that a post does not cite."""

from collections.abc import Callable, Iterable

from flows.checking.asking import Answer, ask
from flows.checking.deciding import FAITHFUL
from flows.checking.shelf import Shelf
from flows.citations import page_of
from flows.records import Verdict

#: Fewer words than this stand in many sources by chance; naming one of them
#: as the true source would be a guess.
ENOUGH_WORDS = 6


#: Finds words in sources that a post does not cite: (words, addresses left out).
Elsewhere = Callable[[str, Iterable[str]], Answer | None]


def search(shelf: Shelf, candidates: Callable[[str], Iterable[str]]) -> Elsewhere:
    """Return a function that finds the best source for words, among *candidates*.

    ``candidates(words)`` names sources that may hold the words, likeliest
    first; each is compared in full before it is believed.
    """

    def elsewhere(exact: str, left_out: Iterable[str]) -> Answer | None:
        if len(exact.split()) < ENOUGH_WORDS:
            return None
        # Another edition of a cited page is not another source.
        skip = set(map(page_of, left_out))
        noisy: Answer | None = None
        for url in candidates(exact):
            reading = None if page_of(url) in skip else shelf.reading(url)
            if reading is None:
                continue
            answer = ask(exact, reading, shelf)
            if answer.verdict in FAITHFUL:
                return answer
            if answer.verdict is Verdict.OCR_NOISE and noisy is None:
                noisy = answer
        return noisy

    return elsewhere
