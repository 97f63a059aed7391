"""The stages strung together as plain functions, without Prefect.

``verify`` turns posts into a report; ``refetch`` tries failed fetches again
and checks the posts that depend on them. Both take the engine that runs their
batches as an argument, so that every engine gives the same report.
"""

from flows.pipeline.engine import BatchRunner, Outcome, Progress, Silence, run_directly
from flows.pipeline.refetching import refetch
from flows.pipeline.verifying import verify

__all__ = [
    "BatchRunner",
    "Outcome",
    "Progress",
    "Silence",
    "refetch",
    "run_directly",
    "verify",
]
