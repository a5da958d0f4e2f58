"""Single things on the wall: a count with its doors, a matter as a row, a hot spot."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from yiwang.look.speech import speak, spoken
from yiwang.matters import ending, kinds
from yiwang.matters.clocks import was_late
from yiwang.matters.facts import read
from yiwang.matters.kinds import world
from yiwang.matters.overview import LATELY, RECENT, HotSpot
from yiwang.matters.page_rows import MatterRow
from yiwang.org.asker import Asker
from yiwang.org.queries import facts
from yiwang.pages.definition import Wall
from yiwang.pages.queries import pages_of
from yiwang.why import Words, say

UNKNOWN_MARK = "cross"  # of a kind that the pack defines no more


@dataclass(frozen=True, slots=True)
class Figure:
    """One count with its two doors, why and the list; `label` is the word beside it, `claim` says what it counts, for
    its accessible name; `alarm` whether it stands out."""

    name: str
    n: int
    why: str
    cases: str
    label: str
    claim: str
    alarm: bool


@dataclass(frozen=True, slots=True)
class FeedRow:
    """A matter as the feed tells it; `note`: what a list of cases says of it beside."""

    matter: MatterRow
    kind: Any
    stage: Any
    ended: ending.Ended | None
    street: Any
    lead: Any
    clock: Mapping[str, Any]
    href: str
    why: str
    note: Any = None


@dataclass(frozen=True, slots=True)
class HotRow:
    """A hot spot: its place in the list, and how it moved against the period before."""

    rank: int
    category: Any
    street: Any
    spot: HotSpot
    cases: str

    @property
    def change(self) -> int | None:
        """Per cent against the period before; None where there was nothing before."""
        return round((self.spot.n - self.spot.before) * 100 / self.spot.before) if self.spot.before else None

    @property
    def rises(self) -> bool:
        """What is new rises."""
        return self.change is None or self.change > 0

    @property
    def moved(self) -> str:
        """The change as it is shown: ▲ 12%, ▼ 8%, –, or that it is new."""
        if self.change is None:
            return spoken("wall.hot.new")
        if self.change == 0:
            return "–"
        return f"{'▲' if self.rises else '▼'} {abs(self.change)}%"


def claim_of(asker: Asker, selection: str) -> Words:
    """What a selection of matters counts (matters.overview)."""
    return say(f"wall.counts.{selection}", **own_thresholds(asker).get(selection, {}))


def own_thresholds(asker: Asker) -> dict[str, dict[str, Any]]:
    """selection -> what fills the places of its words: how the district chose."""
    pages = pages_of(asker)
    return {"soon": {"span": pages.desk.soon}, RECENT: {"span": pages.wall.new}, LATELY: {"days": pages.wall.lately}}


class AsSeen:
    """How counts and matters are shown to an asker at `now`."""

    def __init__(self, asker: Asker, now: datetime) -> None:
        self.asker, self.now = asker, now
        self.facts = facts(asker)

    @property
    def page(self) -> Wall:
        """What the district chose for its wall."""
        return pages_of(self.asker).wall

    @property
    def soon(self) -> timedelta:
        """What is due within it is urgent."""
        return pages_of(self.asker).desk.soon

    def figure(self, name: str, n: int, street: str = "", kind: str = "") -> Figure:
        asked = urlencode({key: value for key, value in (("street", street), ("kind", kind)) if value})
        query = f"?{asked}" if asked else ""
        why, cases = (reverse(f"wall:{door}", args=[name]) + query for door in ("why", "cases"))
        label = spoken(f"wall.figure.{name}", **own_thresholds(self.asker).get(name, {}))
        return Figure(name, n, why, cases, label, speak(claim_of(self.asker, name)), n > 0 and name in self.page.alarms)

    def rows(self, matters: Iterable[MatterRow]) -> list[FeedRow]:
        return [self.row(one) for one in matters]

    def row(self, matter: MatterRow) -> FeedRow:
        kind = self._kinds.get(matter.kind)
        stage = kind.stages.get(matter.stage) if kind else None
        return FeedRow(
            matter,
            self.kind_title(matter.kind),
            stage.title.mapping() if stage else matter.stage,
            ending.shown(kind, matter.facts, world(self.asker)) if kind else None,
            self._short(matter.street_id),
            self._short(matter.lead_id),
            self._clock(matter),
            self.matter_page(matter.number),
            reverse("desk:why", args=[matter.number, matter.due_clock])
            if matter.due_clock and not matter.closed_at
            else "",
        )

    def _short(self, unit: int | None) -> Any:
        found = self.facts.units.get(unit) if unit else None
        return (found.short or found.name) if found else None

    def _clock(self, matter: MatterRow) -> dict[str, Any]:
        """The clock that presses most, as a chip shows it; for a closed matter how long it took, and if too long."""
        if matter.closed_at:
            kind = self._kinds.get(matter.kind)
            late = kind is not None and was_late(kind, read(matter.facts))
            return {"started": matter.created_at, "stopped": matter.closed_at, "late": late}
        if not matter.due_clock:
            return {}
        defined = self._kinds[matter.kind].clocks.get(matter.due_clock) if matter.kind in self._kinds else None
        clock = read(matter.facts).clock(matter.due_clock)
        return {
            "title": defined.title.mapping() if defined else None,
            "due": matter.due_at,
            "started": clock.since,
            "provisional": clock.provisional,
        }

    @cached_property
    def _kinds(self) -> dict[str, Any]:
        return {kind.matter: kind for kind in kinds.current_kinds(self.asker)}

    def kind_title(self, code: str) -> Any:
        kind = self._kinds.get(code)
        return (kind.short or kind.title).mapping() if kind else code

    def mark_of(self, code: str) -> str:
        """The shape of a kind's points on the map."""
        kind = self._kinds.get(code)
        return kind.mark if kind else UNKNOWN_MARK

    @staticmethod
    def matter_page(number: str) -> str:
        return reverse("desk:matter", args=[number])
