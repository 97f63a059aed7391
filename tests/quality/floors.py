"""Floors under the figures: they may be raised, and not lowered without a written reason.

``floors.json`` holds, per suite, the fingerprint of its cases and per figure
the floor and the best floor there ever was. A floor below its best needs a
``reason``. The ``seal`` is a digest over fingerprints and bests, so that
neither can be edited in passing.
"""

import json
from dataclasses import dataclass
from hashlib import sha256
from math import floor
from pathlib import Path
from typing import Any

FLOORS = Path(__file__).with_name("floors.json")
_LEAST_REASON = 20
_STEP = 100_000


class FloorsError(Exception):
    """The floors file was changed in a way that the gate does not accept."""


@dataclass(frozen=True, slots=True)
class Miss:
    """A figure below its floor."""

    figure: str
    floor: float
    got: float

    def __str__(self) -> str:
        return f"{self.figure}: {self.got:.5f} is below the floor of {self.floor:.5f}"


def seal(content: dict[str, Any]) -> str:
    """Return the digest over every suite's fingerprint and best floors."""
    kept = {
        size: [
            suite["fingerprint"],
            {name: entry["best"] for name, entry in suite["figures"].items()},
        ]
        for size, suite in content["suites"].items()
    }
    return f"sha256:{sha256(json.dumps(kept, sort_keys=True).encode()).hexdigest()}"


def load(path: Path = FLOORS) -> dict[str, Any]:
    """Return the floors.

    Raises:
        FloorsError: a floor was lowered without a reason, or the seal is broken.
    """
    content: dict[str, Any] = json.loads(path.read_text("utf-8"))
    if content["seal"] != seal(content):
        raise FloorsError(f"{path.name}: the seal does not fit; use --raise-floor to change floors")
    for size, suite in content["suites"].items():
        for name, entry in suite["figures"].items():
            if entry["floor"] < entry["best"] and len(entry.get("reason", "")) < _LEAST_REASON:
                raise FloorsError(
                    f"{path.name}: {size} floor of {name!r} was lowered from {entry['best']} to "
                    f"{entry['floor']}; write a reason of {_LEAST_REASON} letters or more beside it"
                )
    return content


def misses(content: dict[str, Any], size: str, shares: dict[str, float]) -> list[Miss]:
    """Return the figures of *size* that are below their floor, or no longer measured."""
    figures = content["suites"].get(size, {"figures": {}})["figures"]
    return [
        Miss(name, entry["floor"], shares.get(name, 0.0))
        for name, entry in figures.items()
        if shares.get(name, 0.0) < entry["floor"]
    ]


def raised(
    content: dict[str, Any], size: str, shares: dict[str, float], fingerprint: str
) -> dict[str, Any]:
    """Return *content* with every floor of *size* raised to what was reached, none lowered.

    A new fingerprint means other cases: then the floors start afresh from
    *shares*, and the old fingerprint is kept in ``replaced`` for a reader.
    """
    suite = content["suites"].get(size, {"fingerprint": fingerprint, "figures": {}})
    figures = dict(suite["figures"])
    replaced = list(suite.get("replaced", []))
    if suite["fingerprint"] != fingerprint:
        replaced.append(suite["fingerprint"])
        figures = {}
    for name, share in shares.items():
        reached = floor(share * _STEP) / _STEP
        before = figures.get(name, {"floor": 0.0, "best": 0.0})
        if reached > before["floor"]:
            figures[name] = {"floor": reached, "best": max(reached, before["best"])}
        else:
            figures[name] = before
    fresh = {"fingerprint": fingerprint, "figures": figures, "replaced": replaced}
    after = {**content, "suites": {**content["suites"], size: fresh}}
    return {**after, "seal": seal(after)}


def save(content: dict[str, Any], path: Path = FLOORS) -> None:
    """Write the floors, one figure to a line."""
    path.write_text(
        json.dumps(content, indent=1, ensure_ascii=False, sort_keys=True) + "\n", "utf-8"
    )
