"""Which key or column of a row is which part of a post.

Rows come from exports, dumps and tables that nobody agreed on: each part of a
post has the names under which it is usually found, the likeliest first.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from flows.posts.opening import UnreadableInputError

USUAL: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "post_id", "postid", "no", "num", "number", "nr", "post_no", "post", "name", "guid", "message_id", "tweet_id", "id_str", "object_id", "uri"),
    "text": ("text", "body", "selftext", "comment", "com", "message", "content", "post_text", "full_text", "markdown", "posttext", "post_body", "comment_text", "cooked", "raw_message", "description", "caption", "url"),
    "title": ("title", "subject", "sub"),
    "board": ("board", "boarduri", "board_uri", "subreddit", "forum", "channel", "group"),
    "thread": ("thread", "thread_id", "threadid", "thread_num", "thread_no", "resto", "link_id", "topic", "topic_id", "conversation_id"),
    "author_id": ("author_id", "poster_id", "poster_hash", "posterid", "author", "user", "username", "user_id", "account", "from"),
    "time": ("posted_at", "time", "timestamp", "created_utc", "created_at", "date_unixtime", "date", "datetime", "creation", "created", "published", "published_at", "posted", "post_time"),
    "permalink": ("permalink", "post_url", "link", "url", "source_url"),
    "replies_to": ("replies_to", "reply_to", "in_reply_to", "parent_id", "in_reply_to_id", "in_reply_to_status_id_str", "in_reply_to_status_id", "reply_to_message_id", "parent"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Columns:
    """The names given by the user, part by part; parts not named go by the usual names."""

    given: Mapping[str, str] = field(default_factory=dict)

    def names(self, part: str) -> Sequence[str]:
        """Return the names to look for, all in lower case."""
        given = self.given.get(part)
        return (given,) if given is not None else USUAL[part]


@lru_cache(maxsize=4096)
def plain_name(name: str) -> str:
    """Return a column's name in the spelling that ``USUAL`` has.

    >>> [plain_name(name) for name in (" Post ID", "createdAt", "reply-to")]
    ['post_id', 'created_at', 'reply_to']
    """
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name.strip().lstrip("\ufeff"))
    return re.sub(r"[\s_-]+", "_", parted).lower()


def parse_columns(written: str | None) -> Columns:
    """Return the columns that ``--columns`` names: ``"id=nr,text=body"``.

    Raises:
        UnreadableInputError: a part is not one of those that a post has.
    """
    given = {}
    for pair in (written or "").split(","):
        part, equals, name = (piece.strip() for piece in pair.partition("="))
        if not pair.strip():
            continue
        if part not in USUAL or not equals or not name:
            raise UnreadableInputError(
                f"--columns: “{pair.strip()}” is not part=column; the parts are {', '.join(USUAL)}"
            )
        given[part] = plain_name(name)
    return Columns(given)
