"""The version of everything in this room that decides what a page's text is.

Texts are kept in the catalogue under it: a change in what is extracted must
change it, so that old texts are made anew from the stored bytes.
"""

EXTRACTOR = "pages/4"
