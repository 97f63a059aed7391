"""What one try to obtain a source came to: frozen data shared within the room."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    """How a try ended, as far as it decides what happens next.

    ``OBTAINED`` and ``UNCHANGED`` (304) are successes. ``GONE``, ``BLOCKED``
    (the site's refusal), ``REFUSED`` (ours) and ``UNUSABLE`` are answers that
    another try now would not change. ``TRANSIENT`` deserves another try, and
    so does ``NO_CONNECTION``, which says that the host was not reached at all.
    """

    OBTAINED = "obtained"
    UNCHANGED = "unchanged"
    GONE = "gone"
    BLOCKED = "blocked"
    REFUSED = "refused"
    UNUSABLE = "unusable"
    TRANSIENT = "transient"
    NO_CONNECTION = "no_connection"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One request and its response, byte for byte as they went over the wire.

    ``head`` ends with the empty line; ``wire_body`` is what followed, transfer
    and content coding included; ``body`` is the same decoded. ``ip`` is the
    address connected to, unless a proxy stood between.
    """

    url: str
    at: datetime
    request: bytes
    head: bytes
    wire_body: bytes
    body: bytes
    status: int
    headers: tuple[tuple[str, str], ...]
    ip: str | None = None

    def header(self, name: str) -> str | None:
        """Return the first value of header *name*, in any letter case."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)

    @property
    def content_type(self) -> str:
        """The Content-Type header, or an empty string."""
        return self.header("content-type") or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How one try ended, and why in a plain sentence.

    ``retry_after`` is in seconds from ``at``; ``requests`` counts the requests
    made, redirects included; ``redirects`` are the exchanges that led to
    ``exchange``, in order. ``asked`` is false when something about the host
    as a whole (out of reach, no robots.txt to be had) settled the matter, so
    that trying this one source again now would be of no use. ``archived_at``
    is set for a capture of the Wayback Machine: when it was made.
    """

    kind: Kind
    reason: str
    at: datetime
    http_status: int | None = None
    retry_after: float | None = None
    requests: int = 0
    asked: bool = True
    exchange: Exchange | None = None
    redirects: tuple[Exchange, ...] = ()
    archived_at: datetime | None = None

    @property
    def succeeded(self) -> bool:
        """Whether there is a source now."""
        return self.kind in {Kind.OBTAINED, Kind.UNCHANGED}

    @property
    def transient(self) -> bool:
        """Whether another try may end otherwise."""
        return self.kind in {Kind.TRANSIENT, Kind.NO_CONNECTION}

    @property
    def held(self) -> bool:
        """Whether nobody was asked, because the host had asked to be left alone for a while."""
        return not self.asked and not self.requests and self.retry_after is not None

    def after(self, redirects: tuple[Exchange, ...], requests: int) -> "Outcome":
        """Return this outcome as the end of a chain of *redirects*."""
        return replace(self, redirects=redirects, requests=requests)
