"""The verify flow, where scripts and deployments look for it."""

from flows.orchestration.verifying import run_verify, verify_posts

__all__ = ["run_verify", "verify_posts"]
