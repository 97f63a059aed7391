"""The owner's sample posts, read as a user would read them on the board."""

from datetime import UTC, datetime
from importlib.resources import files

from flows.posts import read_posts

SAMPLE = str(files("flows.demo") / "data" / "posts-22684108-22684265.txt")


def test_the_sample_gives_two_posts_with_author_time_and_answer():
    """Number, poster's id, time in UTC by the board's zone, and the post answered."""
    posts = list(read_posts([SAMPLE]))
    assert [(post.id, post.author_id, post.replies_to) for post in posts] == [
        ("22684108", "13825e", ("22683995",)),
        ("22684265", "13825e", ("22683995",)),
    ]
    assert [post.posted_at for post in posts] == [
        datetime(2025, 3, 2, 1, 11, tzinfo=UTC),
        datetime(2025, 3, 2, 1, 41, tzinfo=UTC),
    ]
