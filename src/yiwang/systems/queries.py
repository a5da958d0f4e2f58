"""The directory as the asker sees it: what carries each system, what runs of it. Call inside `acting_as`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from yiwang.indicators import queries as indicators
from yiwang.matters import overview
from yiwang.matters.kinds import current_kinds
from yiwang.matters.queries import Filter, matters
from yiwang.nouns import register
from yiwang.org.asker import Asker
from yiwang.org.per_load import per_load
from yiwang.why import say

from .definition import Directory, System, directory_from
from .models import Directory as Row

STATES = ("running", "part", "empty", "absent")


@per_load
def directory_of(asker: Asker) -> Directory | None:
    """The directory of the asker's district; None where the pack has none."""
    row = Row.objects.filter(district=asker.district).first()
    return directory_from(row.definition) if row else None


def has_any(asker: Asker) -> bool:
    """Whether the district has a directory."""
    return directory_of(asker) is not None


@dataclass(frozen=True, slots=True)
class Carrier:
    """What carries a system.

    sort     kind, indicator or page
    title    by language, or words
    seen     whether the asker's roles see it
    open, overdue  of a kind: how many matters that the asker sees are open, and past a limit
    any      of a kind: whether the asker sees any, also closed ones
    """

    sort: str
    name: str
    title: Any
    seen: bool = True
    open: int = 0
    overdue: int = 0
    any: bool = True


@dataclass(frozen=True, slots=True)
class Standing:
    """A system and what carries it, the one where it opens first."""

    system: System
    carriers: tuple[Carrier, ...]

    @property
    def state(self) -> str:
        """running; part: something of it waits; empty: nothing was done yet that the asker sees; absent: no carrier."""
        if not self.carriers:
            return "absent"
        if not any(carrier.any for carrier in self.carriers):
            return "empty"
        return "part" if self.system.waits else "running"

    @property
    def figure(self) -> Carrier | None:
        """The kind whose open matters are its figure: its first, where the asker sees it."""
        first = next(iter(self.carriers), None)
        return first if first is not None and first.sort == "kind" else None

    @property
    def opens(self) -> Carrier | None:
        """Where it opens: the first carrier that the asker sees."""
        return next((carrier for carrier in self.carriers if carrier.seen), None)


class Standings:
    """Every system of the district at `now`."""

    def __init__(self, asker: Asker, directory: Directory, now: datetime) -> None:
        self._asker, self._directory, self._now = asker, directory, now

    def __iter__(self) -> Iterator[Standing]:
        for system in self._directory.systems:
            yield Standing(system, tuple(self._carriers(system)))

    def _carriers(self, system: System) -> Iterator[Carrier]:
        """Those that are in use now: what was retired since carries nothing."""
        yield from (self._kinds[name] for name in system.kinds if name in self._kinds)
        for sort, names, titles in (
            ("indicator", system.indicators, self._indicators),
            ("page", system.pages, self._pages),
        ):
            yield from (Carrier(sort, name, titles[name]) for name in names if name in titles)

    @cached_property
    def _pages(self) -> Mapping[str, Any]:
        return {block.name: say(block.words) for block in register.blocks()}

    @cached_property
    def _indicators(self) -> Mapping[str, Any]:
        return {one.indicator: one.title.mapping() for one in indicators.definitions(self._asker)}

    @cached_property
    def _kinds(self) -> dict[str, Carrier]:
        standing = overview.counts_by_kind(self._asker, self._now, "open")
        late = overview.counts_by_kind(self._asker, self._now, "overdue")
        return {
            kind.matter: Carrier(
                "kind",
                kind.matter,
                kind.title.mapping(),
                self._asker.sees_kind(kind.matter),
                standing.get(kind.matter, 0),
                late.get(kind.matter, 0),
                kind.matter in standing or self._ever(kind.matter),
            )
            for kind in current_kinds(self._asker)
            if not kind.retired
        }

    def _ever(self, kind: str) -> bool:
        return matters(self._asker, Filter(kind=kind), now=self._now).order_by().exists()
