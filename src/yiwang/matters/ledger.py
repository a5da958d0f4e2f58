"""The ledger: each entry carries the hash of the one before it in its matter (design §6, R9.1, R9.5).

Pure functions. What is hashed is the entry itself in one deterministic spelling, so a changed, removed or inserted
entry shows as a broken chain; a Merkle root over all heads (`Checkpoint`) shows the removal of a whole matter.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import msgspec

from yiwang.why import Words, say

GENESIS = bytes(32)
_encode = msgspec.json.Encoder(order="deterministic").encode


def digest(data: bytes, algorithm: str) -> bytes:
    """32 bytes by sha256 or sm3. Raises ValueError when this machine's OpenSSL lacks the algorithm."""
    return hashlib.sha256(data).digest() if algorithm == "sha256" else hashlib.new(algorithm, data).digest()


@dataclass(frozen=True, slots=True)
class Link:
    """One entry as it is hashed. `at` is written in UTC with microseconds; `data` and `delta` hold JSON values."""

    number: str
    seq: int
    at: datetime
    action: str
    person: int | None
    post: int | None
    role: str
    from_stage: str
    to_stage: str
    data: Mapping[str, Any]
    delta: Mapping[str, Any]
    key: str | None

    def hash(self, prev: bytes, algorithm: str = "sha256") -> bytes:
        """The hash that binds this entry to the one before it."""
        at = self.at.astimezone(UTC).isoformat(timespec="microseconds")
        who = (self.person, self.post, self.role)
        body = (self.number, self.seq, at, self.action, *who, self.from_stage, self.to_stage)
        return digest(prev + _encode((*body, self.data, self.delta, self.key)), algorithm)


@dataclass(frozen=True, slots=True)
class Break:
    """The first entry at which a matter's chain does not hold."""

    number: str
    seq: int
    words: Words


def broken(links: Iterable[tuple[Link, bytes, bytes]], head: bytes, version: int, algorithm: str) -> Break | None:
    """The first broken entry of one matter: (link, prev, hash) in order, and what the matter's row says of the end."""
    prev, seq, number = GENESIS, 0, ""
    for link, kept_prev, kept_hash in links:
        number = link.number
        seq += 1
        if link.seq != seq:
            return Break(number, seq, say("matters.ledger_gap", n=seq))
        if bytes(kept_prev) != prev:
            return Break(number, seq, say("matters.ledger_unchained", n=seq))
        if link.hash(prev, algorithm) != bytes(kept_hash):
            return Break(number, seq, say("matters.ledger_changed", n=seq))
        prev = bytes(kept_hash)
    if seq != version or prev != bytes(head):
        return Break(number, seq + 1, say("matters.ledger_cut", n=seq, version=version))
    return None


def merkle_root(heads: Sequence[bytes], algorithm: str = "sha256") -> bytes:
    """The root of the binary tree over `heads`, in order; an odd one out moves up alone. Of nothing: zeros.

    Leaves and nodes are hashed under different first bytes, so that no node can pose as a leaf (RFC 6962 §2.1).
    """
    level = [digest(b"\x00" + bytes(head), algorithm) for head in heads]
    if not level:
        return GENESIS
    while len(level) > 1:
        pairs = [digest(b"\x01" + level[i] + level[i + 1], algorithm) for i in range(0, len(level) - 1, 2)]
        level = pairs + level[len(level) - len(level) % 2 :]
    return level[0]
