"""A stretch of a document with the place at which it stands."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field


@dataclass(slots=True)
class Block:
    """One paragraph without its blanks; `origin(i)` is where character i stands in the original text."""

    text: str
    _at: list[int] = field(default_factory=list)
    _from: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, flat: str, spans: list[tuple[int, int]]) -> Block:
        """The characters of `flat` within spans (start, end), in order, as one run."""
        at, origin, parts, length = [], [], [], 0
        for start, end in spans:
            at.append(length)
            origin.append(start)
            parts.append(flat[start:end])
            length += end - start
        return cls("".join(parts), at, origin)

    def part(self, start: int, end: int) -> Block:
        """Characters start to end of this block, as a block of their own, without blanks."""
        at, origin, parts, length = [], [], [], 0
        for i in range(start, end):
            if self.text[i] != " ":
                at.append(length)
                origin.append(self.origin(i))
                parts.append(self.text[i])
                length += 1
        return Block("".join(parts), at, origin)

    def origin(self, index: int) -> int:
        k = bisect_right(self._at, index) - 1
        return self._from[k] + index - self._at[k]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Half-open range of the block -> half-open range of the original."""
        return self.origin(start), self.origin(end - 1) + 1
