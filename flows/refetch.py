"""The refetch flow, where scripts and deployments look for it."""

from flows.orchestration.refetching import refetch_failed, run_refetch

__all__ = ["refetch_failed", "run_refetch"]
