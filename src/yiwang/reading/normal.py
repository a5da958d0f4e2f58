"""A copy of the text that is easy to parse, with the way back to the original (R9.10).

Parsing never touches the original: `flatten` replaces glyph by glyph, so that every offset stays what it was, and
`Block` drops the blanks and line breaks of one paragraph while it remembers where each character came from.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cache

from .grammar import load


@cache
def _table() -> dict[int, str]:
    table: dict[int, str] = {}
    for code in (*range(0x2F00, 0x2FD6), *range(0xFF01, 0xFF5F)):
        plain = unicodedata.normalize("NFKC", chr(code))
        if len(plain) == 1:
            table[code] = plain
    glyphs = load("glyphs")
    for pair in (glyphs["radicals_supplement"] + " " + glyphs["other"]).split():
        table[ord(pair[0])] = pair[1]
    for blank in glyphs["blank"]:
        table[ord(blank)] = " "
    return table


# sixteen digits in a row count nothing (a goal holds fifteen): no number may be made of them, nor of a part of them
_ENDLESS = re.compile(r"\d{16,}|\d[\d,]{19,}|[〇零一二三四五六七八九十百千万亿两]{40,}")


def flatten(text: str) -> str:
    """The same text, glyph for glyph in one spelling; the length never changes. Numbers without end become signs.

    >>> flatten("⼈⼯智能部⻔增长５．６％")
    '人工智能部门增长5.6%'
    """
    return _ENDLESS.sub(lambda found: "□" * len(found[0]), text.translate(_table()))


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
