"""The two digests of a capture, as two kinds of readers write them; both are SHA-256."""

import base64
import hashlib


def digest_of(body: bytes) -> str:
    """Return the digest of a decoded body, as records and reports give it.

    >>> digest_of(b"")[:15]
    'sha256:e3b0c442'
    """
    return f"sha256:{hashlib.sha256(body).hexdigest()}"


def labelled(data: bytes) -> str:
    """Return the digest of *data* as WARC headers give it (base 32)."""
    return "sha256:" + base64.b32encode(hashlib.sha256(data).digest()).decode("ascii")
