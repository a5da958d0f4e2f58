"""Vital signs of the city: the last reading of each series, its level, its age; too old is no value (R1.15)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from django.utils import timezone

from yiwang.org.asker import Asker
from yiwang.org.district import UnitFacts
from yiwang.org.queries import facts
from yiwang.org.session import acting_as
from yiwang.signals import queries as signals
from yiwang.why import Receipt, say
from yiwang.why.words import format_value

from . import kept, rules
from .definition import Levels, VitalSign
from .kept import Sign
from .period import Period

SPARK = 48  # readings


@dataclass(frozen=True)
class Vital:
    """How one vital sign stands at a moment.

    value      the last reading while it is fresh, else None
    last, at   the last reading there ever was, and when; both None before the first
    level      normal, blue, yellow, orange, red; "stale" without a value
    threshold  the bound that was reached
    spark      the last readings, oldest first
    """

    definition: VitalSign
    dimension: dict[str, str]
    source: UnitFacts | None
    responsible: UnitFacts | None
    now: datetime
    last: float | None
    at: datetime | None
    spark: list[tuple[datetime, float]]

    @cached_property
    def stale(self) -> bool:
        return self.at is None or rules.is_stale(self.at, self.now, self.definition.keeps)

    @property
    def value(self) -> float | None:
        return None if self.stale else self.last

    @property
    def age(self) -> timedelta | None:
        return None if self.at is None else max(self.now - self.at, timedelta())

    @cached_property
    def _reached(self) -> tuple[str, float | None]:
        if self.value is None:
            return "stale", None
        return rules.level(self.value, self.definition.high, self.definition.low)

    @property
    def level(self) -> str:
        return self._reached[0]

    @property
    def threshold(self) -> float | None:
        return self._reached[1]

    @property
    def lamp(self) -> rules.Lamp:
        return "stale" if self.stale else rules.lamp_of(self.level)

    def text(self, language: str = "zh") -> str:
        """The value with its unit; "失效" when it is stale."""
        if self.value is None:
            return say("indicators.stale").speak(language)
        return self._figure(self.value, language)

    def _figure(self, value: float, language: str) -> str:
        return f"{value:,.{self.definition.decimals}f} {self.definition.unit.speak(language)}".replace("-", "−")

    @cached_property
    def receipt(self) -> Receipt:
        """Why it is this value at this level: reading, age, thresholds, who answers for it."""
        sign = self.definition
        because = [Receipt(say("indicators.no_reading"))]
        if self.last is not None and self.at is not None:
            shown = {language: self._figure(self.last, language) for language in ("zh", "en")}
            because = [
                Receipt(
                    say("indicators.reading", at=format_value(self.at)), shown, source=f"series:{sign.code}", at=self.at
                )
            ]
        fresh = say("indicators.fresh", age=self.age, keeps=sign.keeps, every=sign.cadence)
        because.append(Receipt(fresh, say("indicators.stale" if self.stale else "indicators.valid")))
        for side, key in ((sign.high, "indicators.high"), (sign.low, "indicators.low")):
            if side:
                because.append(Receipt(say(key), _listed(side)))
        if not self.stale:
            because.append(Receipt(say("indicators.level"), say(f"indicators.level_{self.level}")))
        if self.source and self.responsible:
            because.append(
                Receipt(say("indicators.answers", source=self.source.name, responsible=self.responsible.name))
            )
        if sign.plan:
            because.append(Receipt(say("indicators.plan", plan=sign.plan.mapping())))
        value = {language: self.text(language) for language in ("zh", "en")}
        return Receipt(
            say("indicators.named", title=sign.title.mapping()), value, because, sign.reference or None, self.now
        )


def _listed(side: Levels) -> list[object]:
    return [
        say("indicators.bound", level=say(f"indicators.level_{name}"), value=value) for name, value in side.listed()
    ]


def has_any(asker: Asker) -> bool:
    """Whether the district's pack has vital signs."""
    with acting_as(asker):
        return bool(kept.signs(asker))


def vitals(asker: Asker, *, now: datetime | None = None, spark: int = SPARK) -> list[Vital]:
    """Every vital sign of the district as it stands, in the pack's order. One statement over the readings."""
    now = now or timezone.now()
    with acting_as(asker):
        return _stood(asker, kept.signs(asker), now, spark)


def vital(asker: Asker, code: str, *, now: datetime | None = None, spark: int = SPARK) -> Vital:
    """One vital sign. Raises NotThere."""
    with acting_as(asker):
        signs = [sign for sign in kept.signs(asker) if sign.definition.code == code]
        if not signs:
            raise kept.no_such(code, [sign.definition.code for sign in kept.signs(asker)])
        return _stood(asker, signs, now or timezone.now(), spark)[0]


def history(
    asker: Asker, code: str, period: Period | str, *, now: datetime | None = None
) -> list[tuple[datetime, float]]:
    """The readings of a vital sign in a period. Raises NotThere, Unreadable."""
    with acting_as(asker):
        vital(asker, code, now=now, spark=1)
        zone = facts(asker).zone
        today = (now or timezone.now()).astimezone(zone).date()
        begin, end = (Period.parse(period, today) if isinstance(period, str) else period).instants(zone)
        return signals.readings(asker, code, begin, end)


def _stood(asker: Asker, wanted: list[Sign], now: datetime, spark: int) -> list[Vital]:
    district = facts(asker)
    said = signals.latest(asker, [sign.definition.code for sign in wanted], now, n=max(spark, 1))
    stood = []
    for sign in wanted:
        definition = sign.definition
        readings = said.get(definition.code, [])
        at, last = readings[-1] if readings else (None, None)
        units = (district.by_code.get(definition.source), district.by_code.get(definition.responsible))
        stood.append(
            Vital(definition, sign.dimension, *units, now, last, at.astimezone(district.zone) if at else None, readings)
        )
    return stood
