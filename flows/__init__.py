"""Checks what posts quote from the National Security Archive against its pages.

A post walks through the rooms in this order, and never back::

    posts → citations → archive → pages → matching → checking → reporting

``records`` (frozen data) and ``errors`` are where they meet; ``pipeline``
strings them together as plain functions; ``dates`` reads lines that are dates,
for those who find them and those who compare them. Prefect is known to
``orchestration`` alone, which has the two flows; ``verify`` and ``refetch`` are
where scripts and deployments find these.
"""

__version__ = "0.1.0"
