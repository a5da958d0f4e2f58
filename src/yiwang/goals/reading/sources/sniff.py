"""Which format the bytes are in."""

from __future__ import annotations

from yiwang.why import say

from . import Source, UnreadableDocument
from .plain import decode


def sniff(data: bytes, filename: str | None) -> Source:
    if not data.strip():
        raise UnreadableDocument(say("goals.reading.empty"))
    return Source(decode(data), "txt")
