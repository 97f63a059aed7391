"""Claims against witnesses: which source vouches, what each layer answers, one verdict.

``citations`` says which words claim what, ``matching`` compares words with one
text; this room asks every witness of a claim (the Archive's page, then the
primary document's text) and decides between their answers.
"""

from flows.checking.checks import CitingPost, check_post
from flows.checking.elsewhere import search
from flows.checking.shelf import Reading, Shelf, prepare

__all__ = ["CitingPost", "Reading", "Shelf", "check_post", "prepare", "search"]
