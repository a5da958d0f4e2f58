"""Who read personal data, by person, day and purpose: for whoever audits (R9.1, R9.3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Max, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from yiwang.typed import moments

from . import personal
from .asker import Asker
from .models import Appointment, Reading
from .queries import facts, readings_of

MOST = 500  # rows of a page; the page says how many more there are


@dataclass(frozen=True, slots=True)
class Readings:
    """Which readings: on these local days, both included; of who has these words in their name; for a purpose."""

    since: date
    until: date
    name: str = ""
    purpose: str = ""
    over: bool = False  # only those above the day's usual number

    @classmethod
    def of(cls, given: Mapping[str, Any], today: date | None = None) -> Readings:
        """From a query string; without days the last thirty."""
        today = today or timezone.localdate()
        said = {name: str(given.get(name, "")).replace("\x00", "").strip()[:60] for name in ("name", "purpose")}
        until = moments.day(given.get("until")) or today
        return cls(
            moments.day(given.get("since")) or until - timedelta(days=29), until, **said, over=given.get("over") == "1"
        )


@dataclass(frozen=True, slots=True)
class OfADay:
    """What one person read on one day for one purpose; `unit` is theirs, `over`: more in all that day than is usual."""

    day: date
    person: int
    name: str
    unit: Mapping[str, str] | None
    purpose: Any
    n: int
    over: bool


@dataclass(frozen=True, slots=True)
class OneReading:
    """One reading: of what, when, by whom, what for."""

    at: datetime
    name: str
    subject: str
    number: str  # of the matter, if it is one
    purpose: Any
    reason: str
    over: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """Readings that a filter means: by day, person and purpose, and one by one; `n` counts them all."""

    n: int
    notice: int
    days: list[OfADay] = field(default_factory=list)
    rows: list[OneReading] = field(default_factory=list)

    @property
    def more(self) -> bool:
        """Whether there are more than the rows tell."""
        return self.n > len(self.rows)


def readings(asker: Asker, wanted: Readings) -> Listed:
    """The readings that a filter means; nothing for who does not audit. Call inside `acting_as`."""
    known = facts(asker)
    if not asker.may_audit:
        return Listed(0, known.personal.a_day.notice)
    notice = known.personal.a_day.notice
    start = datetime(wanted.since.year, wanted.since.month, wanted.since.day, tzinfo=known.zone)
    end = datetime(wanted.until.year, wanted.until.month, wanted.until.day, tzinfo=known.zone) + timedelta(days=1)
    rows = Reading.objects.filter(district=asker.district, at__gte=start, at__lt=end)
    if wanted.name:
        rows = rows.filter(person__name__icontains=wanted.name)
    if wanted.purpose:
        rows = rows.filter(purpose=wanted.purpose)
    if wanted.over:
        rows = rows.filter(nth__gt=notice)
    days = list(_by_day(asker, rows, notice))
    each = rows.select_related("person").order_by("-at", "-pk")[:MOST]
    return Listed(rows.count(), notice, days, [_reading(asker, row, notice) for row in each])


def _by_day(asker: Asker, rows: QuerySet[Reading], notice: int) -> list[OfADay]:
    known = facts(asker)
    counted = (
        rows.annotate(day=TruncDate("at", tzinfo=known.zone))
        .values("day", "person", "person__name", "purpose")
        .annotate(n=Count("pk"), last=Max("nth"))
        .order_by("-day", "-last", "person")[:MOST]
    )
    units = _units(asker, {one["person"] for one in counted})
    return [
        OfADay(
            one["day"],
            one["person"],
            one["person__name"],
            units.get(one["person"]),
            purpose_title(asker, one["purpose"]),
            one["n"],
            one["last"] > notice,
        )
        for one in counted
    ]


def _units(asker: Asker, people: set[int]) -> dict[int, Mapping[str, str]]:
    known = facts(asker).units
    held = Appointment.objects.filter(district=asker.district, person__in=people).order_by("since")
    return {person: known[unit].short or known[unit].name for person, unit in held.values_list("person", "post__unit")}


def _reading(asker: Asker, row: Reading, notice: int) -> OneReading:
    noun, _, key = row.subject.partition(":")
    return OneReading(
        row.at,
        row.person.name,
        key if noun == "number" else "",
        key if noun == "matter" else "",
        purpose_title(asker, row.purpose),
        personal.masked(row.reason),
        row.nth > notice,
    )


def purpose_title(asker: Asker, code: str) -> Any:
    """What a purpose is called; of readings before there were codes: their words."""
    known = facts(asker).personal.purposes.get(code)
    return known.mapping() if known else personal.masked(code)


@dataclass(frozen=True, slots=True)
class ReaderTold:
    """A reading as the person concerned is told of it: which unit, what for, when; never whose name."""

    at: datetime
    unit: Mapping[str, str]
    purpose: Any


def readers_told(asker: Asker, number: str) -> list[ReaderTold]:
    """Who opened the personal data of a matter, newest first, for whoever reported it (design §7)."""
    known, rows = facts(asker), list(readings_of(asker, f"matter:{number}"))
    units = _units(asker, {row.person_id for row in rows})
    return [
        ReaderTold(row.at, units.get(row.person_id, known.root.name), purpose_title(asker, row.purpose)) for row in rows
    ]


def over_today(asker: Asker) -> int:
    """How many people read more today than is usual: what every page shows to the auditor."""
    if not asker.may_audit:
        return 0
    known = facts(asker)
    midnight = timezone.now().astimezone(known.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    rows = Reading.objects.filter(district=asker.district, at__gte=midnight, nth__gt=known.personal.a_day.notice)
    return rows.values("person").distinct().count()
