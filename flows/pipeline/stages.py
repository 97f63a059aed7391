"""The stages between posts and report: obtain the sources, ask them for every claim."""

from collections.abc import Callable, Sequence
from functools import partial

from flows.archive import Archive
from flows.checking import CitingPost, check_post, search
from flows.pipeline.engine import (
    POSTS_PER_BATCH,
    SOURCES_PER_BATCH,
    BatchRunner,
    Progress,
    batches,
)
from flows.pipeline.reading import Sources
from flows.records import CheckedPost, Source, Wanted


class Stages:
    """Works on one run's sources, batch by batch, through the engine's *run_batch*.

    ``scheduled`` tells the archive that nobody is waiting, so that sources
    that are gone are asked for only now and then.
    """

    def __init__(
        self,
        archive: Archive,
        sources: Sources,
        *,
        run_batch: BatchRunner,
        progress: Progress,
        scheduled: bool = False,
    ) -> None:
        self._archive = archive
        self._sources = sources
        self._run_batch = run_batch
        self._progress = progress
        self._scheduled = scheduled

    def fetch(
        self, wanted: Sequence[Wanted], *, again: Callable[[], Sequence[Wanted]] | None = None
    ) -> None:
        """Obtain *wanted*.

        *again* returns those asked for whatever the cache says of them. It is
        called before each batch, as other runs may have asked since.
        """
        self._progress.stage("fetching sources", len(wanted))
        for batch in batches(wanted, SOURCES_PER_BATCH):
            work = partial(self._obtain, batch, again=again() if again is not None else ())
            self._sources.add(self._run_batch("fetch", work, len(batch)))

    def fetch_further(self, items: Sequence[CitingPost]) -> None:
        """Obtain what only the pages of the quoted sources name.

        That is a document's file when its text page is missing (files are
        large, so they are asked for only where a post quotes from the
        document), and the frames of legacy pages.
        """
        self._mend()
        quoted = dict.fromkeys(url for item in items for claim in item.claims for url in claim.urls)
        further: dict[str, Wanted] = {}
        for url in quoted:
            for address, kind in self._sources.further(url):
                if address not in self._sources:
                    further[address] = Wanted(canonical_url=address, url=address, kind=kind)
        if further:
            self.fetch(list(further.values()))

    def check(self, items: Sequence[CitingPost]) -> list[CheckedPost]:
        """Return every post of *items* with its findings, in order."""
        self._progress.stage("checking posts", len(items))
        self._mend()
        shelf = self._sources.shelf()
        elsewhere = search(shelf, self._sources.holding)

        def work(batch: Sequence[CitingPost]) -> list[CheckedPost]:
            done = []
            for item in batch:
                done.append(check_post(item, shelf, elsewhere))
                self._progress.advance()
            return done

        checked: list[CheckedPost] = []
        for batch in batches(items, POSTS_PER_BATCH):
            checked.extend(self._run_batch("check", partial(work, batch), len(batch)))
        return checked

    def _mend(self) -> None:
        """Read every page, and obtain anew those whose copy in the cache is damaged."""
        damaged = self._sources.damaged()
        if damaged:
            self.fetch(damaged, again=lambda: damaged)

    def _obtain(self, wanted: Sequence[Wanted], *, again: Sequence[Wanted]) -> list[Source]:
        return self._archive.obtain(
            wanted,
            again={item.canonical_url for item in again},
            scheduled=self._scheduled,
            progress=self._tell,
        )

    def _tell(self, source: Source) -> None:
        self._progress.advance()
        if source.capture is None:
            self._progress.note(f"{source.canonical_url}: {source.status}: {source.reason}")
