"""How it stands: figures from the work itself, as the asker may see it, each with its receipt and its matters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from django.utils import timezone

from yiwang.matters.kinds import world
from yiwang.org.asker import Asker
from yiwang.org.district import District, UnitFacts
from yiwang.org.queries import facts
from yiwang.org.session import acting_as

from . import kept, statement, units
from .definition import Indicator
from .kept import Ready
from .measured import PAGE, Cases, Measured
from .period import TICK, Period
from .sources import Folded, Source, Standing
from .sql import Sql, sql
from .statement import ALL_IN_ONE, CasePart, Counted, Frame
from .units import Members


def definitions(asker: Asker) -> list[Indicator]:
    """Every indicator of the district, in the pack's order."""
    with acting_as(asker):
        return [kept.ready(asker, code).definition for code in kept.codes(asker)]


def measure(
    asker: Asker,
    indicator: str,
    *,
    unit: str | None = None,
    period: str | Period | None = None,
    by: str | None = None,
    as_of: datetime | None = None,
    now: datetime | None = None,
) -> Measured:
    """The value of an indicator.

    unit    code or name of a unit of the tree; its matters and those of all units below it. None: everything in sight
    period  "2026-10", "2026", "2026-Q3", "today", "month", "2026-10-01/2026-10-12"; None: everything up to now
    by      "lead" or "street": whose matters a unit's are; the definition's first when left out
    as_of   the moment for which the ledger is folded, whatever was done later
    Raises NotThere, NotThere, Unreadable.
    """
    return measures(asker, [indicator], unit=unit, period=period, by=by, as_of=as_of, now=now)[indicator]


def measures(
    asker: Asker,
    indicators: Sequence[str],
    *,
    unit: str | None = None,
    period: str | Period | None = None,
    by: str | None = None,
    as_of: datetime | None = None,
    now: datetime | None = None,
) -> dict[str, Measured]:
    """Several figures of one unit and period, counted together: one statement for rates and counts of a period, one
    for what stands open, one for each median."""
    with acting_as(asker):
        asked = _Asked(asker, period, unit, as_of, now)
        by_indicator: dict[str, Measured] = {}
        for together in _together([kept.ready(asker, code) for code in indicators], by):
            frame = asked.frame(together[0], by)
            counted = asked.count(frame, together).get(0) or [Counted() for _ in together]
            for one, counts in zip(together, counted, strict=True):
                by_indicator[one.id] = asked.measured(one, frame, by, counts)
        return {code: by_indicator[code] for code in indicators}


def measure_by_unit(
    asker: Asker,
    indicator: str,
    *,
    within: str | None = None,
    period: str | Period | None = None,
    by: str | None = None,
    as_of: datetime | None = None,
    now: datetime | None = None,
) -> dict[str, Measured]:
    """unit code -> figure, for every unit below `within` (else the district) that has a matter in it. One statement.

    With by="street" the district is divided by street and a street by neighbourhood; with by="lead" by the units
    next below, each with all that is under it, and `within` itself with what none of them has.
    """
    with acting_as(asker):
        ready = kept.ready(asker, indicator)
        asked = _Asked(asker, period, within, as_of, now)
        way = units.dimension(ready.definition, by)
        listed = units.groups(asked.district, way, asked.unit)
        position = f"(%s::bigint[])[array_position(%s::bigint[], m.{units.column_of(way, asked.unit)})]"
        frame = asked.frame(ready, by, group=sql(position, list(listed.values()), list(listed)))
        counts = asked.count(frame, [ready])
        by_unit = {}
        for unit in asked.district.units.values():
            if unit.id in counts:
                ids = [below for below, above in listed.items() if above == unit.id]
                alone = replace(frame, group=ALL_IN_ONE, members=Members(units.column_of(way, asked.unit), ids))
                by_unit[unit.code] = replace(asked.measured(ready, alone, by, counts[unit.id][0]), unit=unit)
        return by_unit


def measure_by_month(
    asker: Asker,
    indicator: str,
    *,
    unit: str | None = None,
    period: str | Period | None = "year",
    by: str | None = None,
    as_of: datetime | None = None,
    now: datetime | None = None,
) -> list[Measured]:
    """The figure of every month of a period that has begun, first to last, empty ones too. One statement.

    What stands open is counted at each month's end, from the ledgers folded up to it.
    """
    with acting_as(asker):
        ready = kept.ready(asker, indicator)
        asked = _Asked(asker, period if period is not None else "year", unit, as_of, now)
        assert asked.period
        months = [month for month in asked.period.months() if month.first <= asked.today]
        if ready.counted is None:
            return _standing_by_month(asked, ready, months, by)
        month_of = sql("to_char(%s AT TIME ZONE %s, 'YYYY-MM')", ready.counted, str(asked.district.zone))
        frame = asked.frame(ready, by, group=month_of)
        counts = asked.count(frame, [ready])
        by_month = []
        for month in months:
            inside = Period(max(month.first, asked.period.first), min(month.until, asked.period.until))
            begin, end = inside.instants(asked.district.zone)
            alone = replace(frame, group=ALL_IN_ONE, begin=begin, end=end)
            counted = counts.get(f"{month.first:%Y-%m}", [Counted()])[0]
            by_month.append(replace(asked.measured(ready, alone, by, counted), period=inside))
        return by_month


def _standing_by_month(asked: _Asked, ready: Ready, months: list[Period], by: str | None) -> list[Measured]:
    ends = [min(month.instants(asked.district.zone)[1] - TICK, asked.at) for month in months]
    source = Folded(asked.asker, ends, only_open=True)
    frame = replace(asked.frame(ready, by), source=source, group=Sql("m.moment - 1"))
    counts = asked.count(frame, [ready])
    by_month = []
    for number, (month, end) in enumerate(zip(months, ends, strict=True)):
        alone = replace(frame, group=ALL_IN_ONE, source=Folded(asked.asker, [end], only_open=True))
        measured = asked.measured(ready, alone, by, counts.get(number, [Counted()])[0])
        by_month.append(replace(measured, period=month, at=end, as_of=True))
    return by_month


def cases(
    asker: Asker,
    indicator: str,
    *,
    part: CasePart = "numerator",
    unit: str | None = None,
    period: str | Period | None = None,
    by: str | None = None,
    as_of: datetime | None = None,
    now: datetime | None = None,
    page: int = 1,
    size: int = PAGE,
) -> Cases:
    """The matters behind a figure, page by page; their number is the figure. Raises NotThere too."""
    with acting_as(asker):
        asked = _Asked(asker, period, unit, as_of, now)
        one = kept.ready(asker, indicator)
        return asked.measured(one, asked.frame(one, by), by, Counted()).cases(part, page=page, size=size)


def _together(readies: Sequence[Ready], by: str | None) -> list[list[Ready]]:
    """Those that one statement can count: told apart in the same way, and both of a period or both of a moment."""
    together: dict[object, list[Ready]] = {}
    for one in readies:
        key = one.id if one.definition.median else (one.counted is None, units.dimension(one.definition, by))
        together.setdefault(key, []).append(one)
    return list(together.values())


class _Asked:
    """One question: for whom, over which days, of which unit, at which moment."""

    def __init__(
        self, asker: Asker, period: str | Period | None, unit: str | None, as_of: datetime | None, now: datetime | None
    ) -> None:
        self.asker = asker
        self.district: District = facts(asker)
        self.as_of = as_of
        self.at = as_of or now or timezone.now()
        self.today: date = self.at.astimezone(self.district.zone).date()
        self.period = Period.parse(period, self.today) if isinstance(period, str) else period
        self.unit: UnitFacts | None = units.named(self.district, unit)

    def frame(self, ready: Ready, by: str | None, *, group: Sql = ALL_IN_ONE) -> Frame:
        begin, end = self.period.instants(self.district.zone) if self.period else (None, None)
        way = units.dimension(ready.definition, by)
        members = units.members(self.district, self.unit, way) if self.unit else None
        moment = self._moment(ready, end)
        only_open = ready.counted is None
        source: Source = Standing(self.asker, self.at, only_open)
        if moment is not None:
            source = Folded(self.asker, [moment], only_open)
        return Frame(source, begin, end, members, group)

    def _moment(self, ready: Ready, end: datetime | None) -> datetime | None:
        """Up to when ledgers must be folded: to a moment that was asked for, and to see what stood open in the past."""
        if ready.counted is None and end is not None and end <= self.at:
            return end - TICK
        return self.as_of

    def count(self, frame: Frame, together: list[Ready]) -> dict[object, list[Counted]]:
        if together[0].definition.median:
            return statement.spans(frame, together[0], world(self.asker).calendar)
        return statement.count(frame, together)

    def measured(self, ready: Ready, frame: Frame, by: str | None, counted: Counted) -> Measured:
        moment = self._moment(ready, frame.end)
        way = units.dimension(ready.definition, by)
        return Measured(
            ready, self.asker, frame, self.period, self.unit, way, moment or self.at, moment is not None, counted
        )
