"""What every part of a typed tree knows: its type and its place in the text."""

from __future__ import annotations

from dataclasses import dataclass, field

from .types import Type


@dataclass(frozen=True, slots=True)
class Node:
    """`at` is the offset of the node's first character; it takes no part in comparing nodes."""

    type: Type
    at: int = field(compare=False, kw_only=True, default=0)

    def parts(self) -> tuple[Node, ...]:
        return ()
