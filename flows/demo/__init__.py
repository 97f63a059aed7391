"""Bundled sample posts and the stand-in archive they are checked against."""
