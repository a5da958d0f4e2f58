"""Tracking codes: what the database knows of them, and how one is found again.

A code has eight signs of thirty-one: whoever reads the database could try all of them against a plain hash. So what
is kept is the hash under the installation's secret (`org.keyed`). Codes given before that keep working: their rows
were sealed by a migration, and a row or a session that still holds the plain hash is found by it.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator

from yiwang.org.keyed import all_keyed, keyed

SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # without look-alikes
LENGTH = 8
MARK = "k1."  # of a fingerprint under the secret
_PURPOSE = "tracking"


def new_code() -> str:
    """Eight signs without look-alikes."""
    return "".join(secrets.choice(SIGNS) for _ in range(LENGTH))


def tracking_of(number: str, code: str) -> str:
    """What the database knows of a tracking code: 46 characters, from which nobody without the secret finds it."""
    return MARK + keyed(_PURPOSE, plain_hash(number, code))


def drawn_code(public: bool, number: str) -> tuple[str, str]:
    """(code, what is kept of it) for a matter that its reporter may track; empty for one that is not public."""
    code = new_code() if public else ""
    return code, tracking_of(number, code) if code else ""


def plain_hash(number: str, code: str) -> str:
    """SHA-256 of number and code: all that was kept until the code was put under the secret."""
    return hashlib.sha256(f"{number}:{code.strip().upper()}".encode("utf-8", "surrogatepass")).hexdigest()


def trackings(known: str) -> Iterator[str]:
    """Under which fingerprints a row may stand, from a plain hash (of a form or an old session) or a fingerprint."""
    if known.startswith(MARK):
        yield known
        return
    yield from (MARK + one for one in all_keyed(_PURPOSE, known))
    yield known
