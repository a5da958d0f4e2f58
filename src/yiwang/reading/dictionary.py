"""Canonical names of indicators: a list that grows; unknown names are kept as they were read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache

from .grammar import load


@dataclass(frozen=True, slots=True)
class Known:
    """The name to use, and what the dictionary knows of it."""

    name: str
    measure: str | None = None
    unit: str | None = None
    known: bool = False


@dataclass(frozen=True, slots=True)
class Dictionary:
    """`aliases` (name as read -> canonical name) are the district's own, kept from its corrections; they come first."""

    aliases: Mapping[str, str] = field(default_factory=dict)

    def canonical(self, name: str) -> Known:
        """The canonical name of an indicator, or the name as it is.

        >>> Dictionary().canonical("空气质量指数优良率").name
        '空气质量优良率'
        >>> Dictionary({"绿量": "新增各类绿地面积"}).canonical("绿量").name
        '新增各类绿地面积'
        """
        own = self.aliases.get(name)
        if own:
            return Known(own, known=True)
        spelled = _spelled(name)
        own = self.aliases.get(spelled)
        return Known(own, known=True) if own else _known(spelled)


@cache
def _spellings() -> list[tuple[re.Pattern[str], str]]:
    return [(re.compile(pattern), plain) for pattern, plain in load("indicators")["spell"]]


@cache
def _entries() -> list[tuple[re.Pattern[str], Known]]:
    return [
        (re.compile(entry["match"]), Known(entry["name"], entry.get("measure"), entry.get("unit"), True))
        for entry in load("indicators")["known"]
    ]


@cache
def _any_spelling() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern.pattern})" for pattern, _ in _spellings()))


@cache
def _any_entry() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern.pattern})" for pattern, _ in _entries()))


@lru_cache(maxsize=50_000)
def _spelled(name: str) -> str:
    if not _any_spelling().search(name):
        return name
    for pattern, plain in _spellings():
        name = pattern.sub(plain, name)
    return name


@lru_cache(maxsize=50_000)
def _known(name: str) -> Known:
    if not _any_entry().fullmatch(name):
        return Known(name)
    for pattern, known in _entries():
        if pattern.fullmatch(name):
            return known
    return Known(name)


def forget() -> None:
    """Empty the memory of names looked up; for measurements."""
    _spelled.cache_clear()
    _known.cache_clear()
