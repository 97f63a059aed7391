"""Bundled sample posts and the stand-in archive they are checked against.

``demo_posts`` gives the files of posts; ``StandInArchive`` answers for the
Archive's site when ``flows.demo.server.StandIn`` serves it on 127.0.0.1. The
two files are the owner's sample posts as they came, and the same posts
tampered with in about ten ways, each tampered post saying what was done.
"""

from importlib.resources import files
from pathlib import Path

from flows.demo.standin import StandInArchive

__all__ = ["StandInArchive", "demo_posts"]

_POSTS = ("posts-22684108-22684265.txt", "posts-tampered.txt")


def demo_posts() -> list[Path]:
    """Return the bundled files of posts, the faithful ones first.

    >>> [path.name for path in demo_posts()]
    ['posts-22684108-22684265.txt', 'posts-tampered.txt']
    """
    return [Path(str(files("flows.demo") / "data" / name)) for name in _POSTS]
