"""Whose act an entry is: of who did it, and of the person for whom they did it (org.delegating)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from yiwang.why import Words, say

from .draft import STOOD_FOR
from .models import Entry


def whose(entries: Iterable[Entry]) -> Iterator[int]:
    """Everybody whose acts the entries are."""
    for entry in entries:
        yield from (one for one in (entry.person_id, entry.data.get(STOOD_FOR)) if one)


Called: TypeAlias = Words | str | Mapping[str, str]


def done_by(entry: Entry, names: Mapping[int, str], otherwise: Called) -> Called:
    """Who did it as people are told: "X for Y"; `otherwise` where nobody did."""
    who = names.get(entry.person_id or 0)
    other = names.get(entry.data.get(STOOD_FOR) or 0)
    if who and other:
        return say("matters.for_another", who=who, name=other)
    return who or otherwise
