"""Proves a pack's directory: what carries a system is there, and what carries none says what it waits for. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from yiwang.why import Words, say

from .definition import Directory, System

Complaint = tuple[str, Words]  # (path in the file, what is wrong there)
_STORY = re.compile(r"[a-z0-9_]{1,80}")


@dataclass(frozen=True, slots=True)
class Known:
    """What the rest of the pack and the platform define, by the name of the list that may name it: kinds, indicators,
    pages. A list that could not be read is left out, and what it holds is not missed."""

    names: Mapping[str, Collection[str]]


def complaints(directory: Directory, known: Known) -> Iterator[Complaint]:
    """Everything that is wrong with a directory."""
    seen: dict[int, int] = {}
    for place, system in enumerate(directory.systems):
        path = f"systems[{place}]"
        if not 1 <= system.number <= 9999:
            yield f"{path}.number", say("systems.number", n=system.number)
        if system.number in seen:
            yield f"{path}.number", say("systems.twice", n=system.number)
        seen[system.number] = place
        if system.group not in directory.groups:
            yield f"{path}.group", say("systems.no_group", name=system.group, known=list(directory.groups))
        if system.waits and system.waits not in directory.waiting:
            yield f"{path}.waits", say("systems.unknown.waiting", name=system.waits, known=list(directory.waiting))
        yield from ((f"{path}.{at}", words) for at, words in _system(system, known))
    empty = set(directory.groups) - {system.group for system in directory.systems}
    yield from ((f"groups.{name}", say("systems.empty_group", name=name)) for name in sorted(empty))


def _system(system: System, known: Known) -> Iterator[Complaint]:
    for field, names in known.names.items():
        for place, name in enumerate(getattr(system, field)):
            if name not in names:
                yield f"{field}[{place}]", say(f"systems.unknown.{field}", name=name, known=sorted(names))
    for place, name in enumerate(system.stories):
        if not _STORY.fullmatch(name):
            yield f"stories[{place}]", say("systems.story", name=name)
    if not system.carried and not system.waits:
        yield "number", say("systems.nothing_carries", n=system.number)
    if system.lacks is not None and not system.waits:
        yield "lacks", say("systems.lacks_nothing", n=system.number)
    if not system.carried and system.stories:
        yield "stories", say("systems.story_of_nothing", n=system.number)
    if system.carried and not system.stories and not system.waits:
        yield "number", say("systems.unproven", n=system.number)
