"""Checks what posts quote from the National Security Archive against its pages.

A post walks through the rooms in this order, and never back::

    posts → citations → archive → pages → matching → checking → reporting

``records`` (frozen data) and ``errors`` are where they meet; ``pipeline``
strings them together as plain functions; ``verify``, ``refetch``,
``batches`` and ``schedule`` are the only modules that know Prefect.
"""

__version__ = "0.1.0"
