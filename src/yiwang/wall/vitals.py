"""The vital signs on the wall: value, lamp, age, the nearest bound, and a line with a gap where nothing was read."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from yiwang.indicators import vitals
from yiwang.indicators.definition import Levels
from yiwang.indicators.vitals import Vital
from yiwang.look.speech import listed, speak, spoken
from yiwang.look.times import age_text, span_text
from yiwang.org.asker import Asker
from yiwang.why.figures import figure

LAMPS = ("ok", "watch", "alarm", "stale")
WORST_FIRST = ("alarm", "stale", "watch", "ok", "unknown")


@dataclass(frozen=True, slots=True)
class VitalTile:
    """One sign as its tile shows it."""

    sign: Vital

    @property
    def name(self) -> str:
        return speak(self.sign.definition.title)

    @property
    def unit(self) -> str:
        return speak(self.sign.definition.unit)

    @property
    def why(self) -> str:
        return reverse("wall:vital", args=[self.sign.definition.code])

    @property
    def shown(self) -> float | None:
        """The last reading; the page strikes it through when it is stale."""
        return self.sign.last

    @property
    def age(self) -> str:
        return age_text(self.sign.at, self.sign.now) if self.sign.at else spoken("wall.vital.never")

    @property
    def expected(self) -> str:
        """How often it should report."""
        return spoken("wall.vital.expected", span=span_text(self.sign.definition.cadence))

    @property
    def bound(self) -> str:
        """The bound that was reached, else the first one it must not reach."""
        sign = self.sign
        if sign.threshold is not None:
            above = sign.definition.high is not None and (sign.value or 0) >= sign.threshold
            return f"{'≥' if above else '≤'} {figure(sign.threshold)} {spoken(f'wall.level.{sign.level}')}"
        parts = []
        if (low := first_bound(sign.definition.low)) is not None:
            parts.append(f"> {figure(low)}")
        if (high := first_bound(sign.definition.high)) is not None:
            parts.append(f"< {figure(high)}")
        return listed(parts)

    @property
    def high(self) -> float | None:
        return first_bound(self.sign.definition.high)

    @property
    def low(self) -> float | None:
        return first_bound(self.sign.definition.low)

    @property
    def line(self) -> list[float | None]:
        """The readings oldest first, with a gap at the end while the sign is silent."""
        values: list[float | None] = [value for _, value in self.sign.spark]
        return [*values, *([None] * max(len(values) // 4, 1))] if self.sign.stale and values else values


class VitalSigns:
    """All signs that the asker sees, at `now`; `most` of them as tiles."""

    def __init__(self, asker: Asker, now: datetime, *, most: int, worst_first: bool = False) -> None:
        self.most = most
        self.all = [VitalTile(sign) for sign in vitals.vitals(asker, now=now)]
        if worst_first:
            self.all.sort(key=lambda tile: WORST_FIRST.index(tile.sign.lamp))

    @property
    def counts(self) -> list[tuple[str, int]]:
        """(lamp, how many): they add up to all signs."""
        counted = Counter[str](tile.sign.lamp for tile in self.all)
        return [(lamp, counted[lamp]) for lamp in LAMPS]

    @property
    def tiles(self) -> list[VitalTile]:
        """Those that fit on the screen: nothing that is off stays out, the pack's order holds."""
        worst = sorted(self.all, key=lambda tile: WORST_FIRST.index(tile.sign.lamp))[: self.most]
        return [tile for tile in self.all if tile in worst]

    def under(self, lamp: str) -> list[VitalTile]:
        return [tile for tile in self.all if not lamp or tile.sign.lamp == lamp]


def first_bound(side: Levels | None) -> float | None:
    """The mildest threshold of a side."""
    return side.listed()[0][1] if side and side.listed() else None
