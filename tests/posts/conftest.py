"""Shared ways of reading posts in these tests."""

import pytest

from flows.posts import read_posts


@pytest.fixture
def read(tmp_path):
    """Write bytes or text to a file and return its posts and its inputs."""

    def from_content(content, name="input", **options):
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        stream = read_posts([path], **options)
        posts = list(stream)
        return posts, stream.inputs

    return from_content
