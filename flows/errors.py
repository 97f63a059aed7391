"""Every error raised on purpose, in one tree.

A missing or unreadable *source* is a finding, never an exception that leaves
``archive``; these errors are for broken input, configuration or environment.
A message says what is wrong, why, and what to do.

Every argument is handed up to ``Exception``: Prefect pickles exceptions, and
one whose ``args`` do not match its signature cannot be unpickled.
"""


class VerifyError(Exception):
    """Root of the tree; the command line prints it as one line."""


class UsageError(VerifyError):
    """The command or its settings make no sense; exit status 2."""


class InputError(VerifyError):
    """There is nothing readable to work on; exit status 2."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(path, reason)
        self.path = path
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}"


class NoSuchRunError(VerifyError):
    """The report asked for does not exist; exit status 2."""


class StoreError(VerifyError):
    """The cache cannot be read or written; exit status 3, nothing known is lost."""


def cannot_write(place: object, error: OSError) -> StoreError:
    """Return the error that says why nothing can be written at *place*, and what to do."""
    why = error.strerror or error
    return StoreError(f"{place}: cannot be written ({why}): make room or choose another cache")


class DamagedCaptureError(StoreError):
    """The record of a capture is missing or not what was written; others may be sound."""


class EngineError(VerifyError):
    """Prefect could not be used; exit status 3, and ``--engine direct`` does without it."""
