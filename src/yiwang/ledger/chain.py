"""The arithmetic of a ledger: each entry carries the hash of the one before it (design §6, R9.1, R9.5).

Pure functions. What is hashed is the entry itself in one deterministic spelling, so a changed, removed or inserted
entry shows as a broken chain. A hash can be worked out by everybody; the seal beside it only by who holds the ledger's
key, so that a chain that somebody wrote anew in the database shows too, although it holds.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Protocol

import msgspec

from yiwang.why import Words, say

GENESIS = bytes(32)
encode = msgspec.json.Encoder(order="deterministic").encode


def digest(data: bytes, algorithm: str) -> bytes:
    """32 bytes by sha256 or sm3. Raises ValueError when this machine's OpenSSL lacks the algorithm."""
    return hashlib.sha256(data).digest() if algorithm == "sha256" else hashlib.new(algorithm, data).digest()


def moment(at: datetime) -> str:
    """An instant as it is hashed: UTC with microseconds."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def entry_seal(key: bytes, chained: bytes) -> bytes:
    """16 bytes over an entry's hash, which bind it to the key (RFC 2104, cut as its §5 allows)."""
    return hmac.digest(key, b"entry" + chained, "sha256")[:16]


def head_seal(key: bytes, seq: int, head: bytes) -> bytes:
    """16 bytes over the end of a chain: an earlier end cannot be given out for the last one."""
    return hmac.digest(key, b"head" + seq.to_bytes(8, "big") + head, "sha256")[:16]


class Chained(Protocol):
    """What can stand in a chain."""

    @property
    def seq(self) -> int: ...

    def hash(self, prev: bytes, algorithm: str) -> bytes:
        """The hash that binds this entry to the one before it."""
        ...


@dataclass(frozen=True, slots=True)
class Link:
    """One entry of `ledger.Entry` as it is hashed. `data` holds JSON values."""

    subject: str
    seq: int
    stream: str
    at: datetime
    action: str
    person: int | None
    data: Mapping[str, Any]
    key: str | None

    def hash(self, prev: bytes, algorithm: str) -> bytes:
        """The hash that binds this entry to the one before it."""
        body = (self.subject, self.seq, self.stream, moment(self.at), self.action, self.person, self.data, self.key)
        return digest(prev + encode(body), algorithm)


@dataclass(frozen=True, slots=True)
class Kept:
    """One link as the database holds it: what its columns say of the chain.

    number  its row's, by which entries of several chains are put in order; it rises along each chain
    """

    link: Chained
    prev: bytes
    hash: bytes
    seal: bytes | None
    number: int = 0


@dataclass(frozen=True, slots=True)
class Head:
    """Where a chain ends, as the row beside it says."""

    seq: int
    hash: bytes
    seal: bytes | None


@dataclass(frozen=True, slots=True)
class Break:
    """The first place at which a chain does not hold.

    still  whether it is so now, too: what lies outside the database may have changed while it was looked at
    """

    subject: str
    seq: int
    words: Words
    still: Callable[[], bool] | None = field(default=None, compare=False)


def broken(
    subject: str,
    links: Iterable[Kept],
    head: Head,
    algorithm: str,
    keys: Sequence[bytes] = (),
    *,
    sealed_from: int = 1,
) -> Break | None:
    """The first place at which one chain does not hold; None where it is whole.

    links        in order
    keys         every key that the ledger has had; none: seals are not looked at
    sealed_from  the first entry that must bear a seal; earlier ones are of a time before there were seals
    """
    prev, seq, number = GENESIS, 0, 0
    for link in links:
        seq += 1
        if link.link.seq != seq:
            return Break(subject, seq, say("ledger.gap", n=seq))
        if link.prev != prev:
            return Break(subject, seq, say("ledger.unchained", n=seq))
        if link.link.hash(prev, algorithm) != link.hash:
            return Break(subject, seq, say("ledger.changed", n=seq))
        if keys and (link.seal or seq >= sealed_from) and not _sealed(link.seal, keys, link.hash):
            return Break(subject, seq, say("ledger.unsealed", n=seq))
        if link.number < number:
            return Break(subject, seq, say("ledger.renumbered", n=seq))
        prev, number = link.hash, link.number
    if seq != head.seq or prev != head.hash:
        return Break(subject, seq + 1, say("ledger.cut", n=seq, version=head.seq))
    if keys and (head.seal or seq >= sealed_from) and not any(head.seal == head_seal(k, seq, prev) for k in keys):
        return Break(subject, seq + 1, say("ledger.set_back", n=seq))
    return None


def _sealed(seal: bytes | None, keys: Sequence[bytes], chained: bytes) -> bool:
    return any(seal == entry_seal(key, chained) for key in keys)


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
