"""Judge what the index proposes, by reading the texts themselves."""

from collections.abc import Callable
from dataclasses import dataclass

from flows.concordance.index import Candidate, Concordance
from flows.matching import SourceText, compare
from flows.records import Comparison, Verdict

#: From what serves a reader most to what serves least.
_ORDER = (
    Verdict.VERBATIM,
    Verdict.TYPOGRAPHIC,
    Verdict.ELIDED,
    Verdict.OCR_NOISE,
    Verdict.ALTERED,
    Verdict.SPLICED,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A source in which the quotation, or an altered form of it, stands."""

    key: str
    comparison: Comparison
    candidate: Candidate


def compare_with_all(
    quote: str,
    index: Concordance,
    load: Callable[[str], SourceText | None],
    *,
    limit: int = 8,
) -> list[Hit]:
    """Return the sources that hold *quote*, the most faithful first.

    Several hits mean parallel texts ("also stands in …"). Ties go by score,
    then by votes, then by key: the same index gives the same answer.

    Args:
        quote: The words looked for.
        index: Proposes the sources; it is never believed.
        load: Returns a source by its key, ``None`` when it is not to be had.
        limit: Sources that are read at most.
    """
    hits = []
    for candidate in index.candidates(quote, limit=limit):
        source = load(candidate.key)
        if source is None:
            continue
        comparison = compare(quote, source)
        if comparison.verdict in _ORDER:
            hits.append(Hit(key=candidate.key, comparison=comparison, candidate=candidate))
    return sorted(
        hits,
        key=lambda hit: (
            _ORDER.index(hit.comparison.verdict),
            -hit.comparison.score,
            -hit.candidate.votes,
            hit.key,
        ),
    )
