"""What Prefect reads from the environment when it is imported, unless the user chose otherwise.

Import this module before anything of Prefect's.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager

_PREFERRED = {
    # Two switches, one for the client and one for the server: no statistics.
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    # Measuring the machine during a run tells nothing about quotations.
    "PREFECT_TELEMETRY_ENABLE_RESOURCE_METRICS": "false",
    # The first start of a server migrates its database, which can take longer
    # than the 20 seconds that Prefect waits.
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
    # A server that comes back after a crash still knows who holds a run slot.
    "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": (
        "prefect.server.concurrency.lease_storage.filesystem"
    ),
}

for _name, _value in _PREFERRED.items():
    os.environ.setdefault(_name, _value)


@contextmanager
def loopback_without_proxy() -> Iterator[None]:
    """Let nothing on this machine be reached through a proxy while this lasts.

    Prefect's client asks a server on 127.0.0.1 through ``HTTP_PROXY`` unless
    ``NO_PROXY`` names it, and a proxy cannot know what that address means.
    """
    before = {name: os.environ.get(name) for name in ("NO_PROXY", "no_proxy")}
    known = before["no_proxy"] or before["NO_PROXY"] or ""
    if known.strip() == "*":
        yield
        return
    # Both spellings: who reads both lets the one in small letters win, even if it is empty.
    for name in before:
        os.environ[name] = ",".join(filter(None, (known, "127.0.0.1", "localhost", "::1")))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
