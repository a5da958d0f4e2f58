"""How often something may be tried: counters in the database, one for all processes, that outlive a restart.

A counter is a row for as long as its window lasts. Whoever is counted is kept as a keyed fingerprint, not as an
address. Rows are bounded: the total of a thing is counted first, and beyond it nothing new is written.
Counting has a connection of its own (`apart`): it holds although the request is taken back, and nobody waits for
somebody else's transaction.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connections
from django.http import HttpRequest

from .keyed import keyed
from .networks import together
from .visitor import visitor

APART = "apart"
SWEEP = 2_000  # rows that one sweep removes at most
_SWEEP_EVERY = 100

_COUNT = """
INSERT INTO org_try AS t (key, n, until) VALUES (%(key)s, 1, now() + make_interval(secs => %(seconds)s))
ON CONFLICT (key) DO UPDATE SET
    n = CASE WHEN t.until <= now() THEN 1 ELSE least(t.n + 1, 1000000) END,
    until = CASE WHEN t.until <= now() THEN excluded.until ELSE t.until END
RETURNING n, ceil(extract(epoch FROM until - now()))::int
"""
_GIVE_BACK = "UPDATE org_try SET n = greatest(n - 1, 0) WHERE key = %(key)s AND until > now()"
_SWEEP = (
    "DELETE FROM org_try WHERE key IN (SELECT key FROM org_try WHERE until <= now() LIMIT %(most)s FOR UPDATE"
    " SKIP LOCKED)"
)


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many within so many seconds, from the first one on."""

    at_most: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Count:
    """One try that was counted: the how-manieth it is, and when its window ends (seconds from now)."""

    key: str
    n: int
    over: bool
    wait: int

    def give_back(self) -> None:
        """It was no try after all (the password was right)."""
        with _apart() as cursor:
            cursor.execute(_GIVE_BACK, {"key": self.key})


@contextmanager
def _apart() -> Iterator[Any]:
    """A cursor outside of every transaction; its connection goes back at once, for checking a password takes long."""
    try:
        with connections[APART].cursor() as cursor:
            yield cursor
    finally:
        connections[APART].close()


def count(what: str, who: str, limit: Limit) -> Count:
    """Count one try of `who` (any text; kept as a fingerprint) at `what` (a word of ours)."""
    key = f"{what}:{keyed('tries', who)}" if who else what
    with _apart() as cursor:
        cursor.execute(_COUNT, {"key": key, "seconds": limit.seconds})
        n, wait = cursor.fetchone()
    if secrets.randbelow(_SWEEP_EVERY) == 0:
        sweep()
    return Count(key, n, n > limit.at_most, max(wait, 1))


def over(request: HttpRequest, what: str, *, each: Limit, all_together: Limit) -> Count | None:
    """Count one try of this visitor; what is over its limit, or None when it may go on."""
    total = count(f"{what}:all", "", all_together)
    if total.over:
        return total
    own = count(what, together(visitor(request)), each)
    if own.over:
        total.give_back()  # one who is refused must not use up what is everybody's
        return own
    return None


def sweep() -> int:
    """Forget what has ended; how many rows went."""
    with _apart() as cursor:
        cursor.execute(_SWEEP, {"most": SWEEP})
        return int(cursor.rowcount)
