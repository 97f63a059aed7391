"""Which sources, cited or not, may hold some words: the run's own, then the whole cache."""

from collections.abc import Callable, Iterator

from flows.archive import Archive
from flows.pipeline.reading import Sources


def candidates_for(archive: Archive, sources: Sources) -> Callable[[str], Iterator[str]]:
    """Return a function that names the sources that may hold given words."""

    def candidates(exact: str) -> Iterator[str]:
        yield from [source.canonical_url for source in sources if source.capture is not None]

    return candidates
