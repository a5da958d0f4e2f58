"""One entry of a matter as it is hashed; the arithmetic of chains is `yiwang.ledger.chain` (design §6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from yiwang.ledger.chain import digest, encode, moment


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
        who = (self.person, self.post, self.role)
        body = (self.number, self.seq, moment(self.at), self.action, *who, self.from_stage, self.to_stage)
        return digest(prev + encode((*body, self.data, self.delta, self.key)), algorithm)
