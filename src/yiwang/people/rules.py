"""What links and reasons must be. Pure."""

from __future__ import annotations

import hashlib
import re
import secrets
from datetime import timedelta

from yiwang.why import Refusal, say

USUAL_HOURS, MOST_HOURS = 72, 24 * 14
LEAST_REASON, MOST_REASON = 4, 200
_SECRET = re.compile(r"[A-Za-z0-9_-]{43}")


def new_secret() -> str:
    """The secret of a link: 256 bits, for addresses."""
    return secrets.token_urlsafe(32)


def hashed(secret: str) -> str:
    """What the database knows of a secret; empty for what cannot be one.

    >>> hashed("short")
    ''
    """
    return hashlib.sha256(secret.encode()).hexdigest() if _SECRET.fullmatch(secret) else ""


def checked_reason(reason: str) -> str:
    """A reason, tidied. Raises Refusal."""
    tidy = " ".join(reason.split())
    if not LEAST_REASON <= len(tidy) <= MOST_REASON or len(set(tidy)) < 3:
        raise Refusal(say("people.reason", least=LEAST_REASON, most=MOST_REASON))
    return tidy


def checked_life(hours: int) -> timedelta:
    """How long a link may live. Raises Refusal."""
    if not 1 <= hours <= MOST_HOURS:
        raise Refusal(say("people.hours", most=MOST_HOURS))
    return timedelta(hours=hours)
