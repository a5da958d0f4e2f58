"""Names by which something is known again: a client's attempt, a message of a source. They are never cut.

Two names that differ only at the end would become one, and the second thing would be taken for a repetition of the
first. What is too long for its column is kept as its beginning and the SHA-256 of all of it.
"""

from __future__ import annotations

import hashlib

MOST_KEY, MOST_SOURCE = 80, 120  # signs of matters_entry.key and matters_matter.source
_DIGEST = 64


def whole(name: str, most: int = MOST_KEY) -> str:
    """The name itself, or what stands for all of it: one for one, at most `most` signs, printable.

    >>> whole("api:7:batch-1")
    'api:7:batch-1'
    >>> len(whole("x" * 200)), whole("x" * 200) == whole("x" * 201)
    (80, False)
    """
    if len(name) <= most and name.isprintable():
        return name
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()
    beginning = "".join(sign for sign in name[: most - _DIGEST - 1] if sign.isprintable())
    return f"{beginning}~{digest}"


def lock_of(district: int, key: str) -> int:
    """The number of the lock under which one attempt is made, wherever it comes in."""
    return int.from_bytes(hashlib.sha256(f"{district}:{key}".encode()).digest()[:8], signed=True)
