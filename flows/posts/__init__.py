"""What people wrote: a file in any supported form, as a stream of posts."""

from flows.posts.reading import PostStream, read_posts

__all__ = ["PostStream", "read_posts"]
