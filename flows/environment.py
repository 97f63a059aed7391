"""What Prefect reads from the environment when it is imported, unless the user chose otherwise.

Import this module before anything of Prefect's.
"""

import os

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
