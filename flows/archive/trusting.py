"""Which captures a run may rest on: those whose evidence is there."""

from collections.abc import Callable, Mapping
from datetime import datetime

from flows.archive.catalogue.rows import Known
from flows.archive.evidence.presence import Presence
from flows.archive.premises import Premises
from flows.archive.sourcing import failing
from flows.errors import DamagedCaptureError
from flows.records import Capture, Source, Wanted


class Trust:
    """Withdraws from use what can no longer be shown; one look at the store for all.

    A capture withdrawn stays in the catalogue and its record in the store, for
    ``cache check`` to name. Its source counts as failed, and is due at once.

    Args:
        premises: Catalogue and store.
        clock: The time now, in UTC.
    """

    def __init__(self, premises: Premises, clock: Callable[[], datetime]) -> None:
        self._premises = premises
        self._clock = clock
        self._presence: Presence | None = None

    def problem(self, capture: Capture) -> str | None:
        """Return why the bytes of *capture* are nowhere in the store, or ``None``.

        Raises:
            StoreError: the store cannot be looked at.
        """
        presence = self._look()
        if presence is None or presence.complete:
            return None
        problem = None
        for location in self._premises.ledger.locations(capture.digest):
            problem = presence.problem(location)
            if problem is None:
                return None
        return problem

    def sound(self, known: Mapping[str, Known]) -> dict[str, Known]:
        """Return *known*, read again where a capture in use had to be withdrawn.

        Raises:
            StoreError: the store cannot be looked at.
        """
        current = dict(known)
        if not any(item.stored or item.archived for item in current.values()):
            return current
        presence = self._look()
        if presence is None or presence.complete:
            return current
        withdrawn = []
        for url, item in current.items():
            for stored in (item.stored, item.archived):
                if stored is None or presence.problem(stored.location) is None:
                    continue
                problem = self.problem(stored.capture)
                if problem is not None:
                    self.withdraw(stored.capture, problem)
                    withdrawn.append(url)
        return current | self._premises.ledger.known(withdrawn)

    def require(self, capture: Capture) -> None:
        """Fail unless the bytes of *capture* are in the store.

        Raises:
            DamagedCaptureError: the record is not there in full.
            StoreError: the store cannot be looked at.
        """
        problem = self.problem(capture)
        if problem is not None:
            raise DamagedCaptureError(problem)

    def distrust(self, source: Source, problem: str) -> Source:
        """Return *source* as it is without its capture, which cannot be read for *problem*."""
        if source.capture is None:
            return source
        self.withdraw(source.capture, problem)
        known = self._premises.ledger.known([source.canonical_url])[source.canonical_url]
        wanted = Wanted(canonical_url=source.canonical_url, url=source.url, kind=source.kind)
        return failing(wanted, known)

    def withdraw(self, capture: Capture, problem: str) -> None:
        """Let its source do without *capture*, which cannot be read because of *problem*."""
        reason = f"the stored copy is damaged and cannot be read ({problem}): see cache check"
        self._premises.ledger.distrust(capture, reason, now=self._clock())

    def _look(self) -> Presence | None:
        database = self._premises.existing
        if self._presence is None and database is not None:
            self._presence = Presence(database, self._premises.existing_store(database))
        return self._presence
