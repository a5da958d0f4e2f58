"""The supervision orders as the asker may see them: matters, some of which say which goal opened them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from yiwang.matters.facts import read
from yiwang.matters.kinds import kind_of
from yiwang.matters.models import Matter
from yiwang.org.asker import Asker
from yiwang.org.queries import facts
from yiwang.typed.numbers import whole
from yiwang.why import NotThere

KIND = "supervision"
CLOSED = 60  # closed orders that a list ends with


@dataclass(frozen=True, slots=True)
class Order:
    """One order: its colour, where it stands, when the unit's answer is due."""

    id: int
    number: str
    goal: int | None
    title: str
    colour: str
    stage: dict[str, str]
    open: bool
    month: str
    unit: Any
    due: datetime | None
    opened: datetime
    closed: datetime | None
    answered: datetime | None

    @property
    def in_time(self) -> bool:
        """Whether the unit answered before its due, so that the next order need not climb."""
        return self.due is None or (self.answered is not None and self.answered <= self.due)


def orders(asker: Asker, *, only_open: bool = False) -> list[Order]:
    """Every open order that the asker sees, the most pressing first, then the last that were closed."""
    rows = Matter.objects.filter(district=asker.district, kind=KIND)
    far = datetime.max.replace(tzinfo=UTC)
    found = sorted(
        _read(asker, rows.filter(closed_at__isnull=True)), key=lambda order: (order.due or far, order.number)
    )
    if not only_open:
        found += _read(asker, rows.filter(closed_at__isnull=False).order_by("-closed_at")[:CLOSED])
    return found


def closed_orders(asker: Asker) -> int:
    """How many orders that the asker sees are closed; `orders` lists the last of them."""
    return Matter.objects.filter(district=asker.district, kind=KIND, closed_at__isnull=False).count()


def orders_of(asker: Asker, goals: Iterable[int]) -> dict[int, list[Order]]:
    """goal -> its orders, the newest first."""
    sources = [f"goal:{goal}" for goal in goals]
    rows = Matter.objects.filter(district=asker.district, kind=KIND, source__in=sources)
    found: dict[int, list[Order]] = {}
    for order in sorted(_read(asker, rows), key=lambda order: order.opened, reverse=True):
        if order.goal is not None:
            found.setdefault(order.goal, []).append(order)
    return found


def _read(asker: Asker, rows: Any) -> list[Order]:
    district = facts(asker)
    fields = ["id", "number", "source", "title", "stage", "kind_version", "facts", "lead_id", "created_at", "closed_at"]
    found = []
    for row in rows.values(*fields):
        state = read(row["facts"])
        unit = district.units.get(row["lead_id"])
        source, _, number = row["source"].partition(":")
        found.append(
            Order(
                id=row["id"],
                number=row["number"],
                goal=whole(number) if source == "goal" else None,
                title=row["title"],
                colour=state.get("form.colour") or "blue",
                stage=_stage(asker, row["stage"], row["kind_version"]),
                open=row["closed_at"] is None,
                month=f"{row['created_at'].astimezone(district.zone):%Y-%m}",
                unit=(unit.short or unit.name) if unit else None,
                due=state.clock("answering").due,
                opened=row["created_at"],
                closed=row["closed_at"],
                answered=state.get("at.answer"),
            )
        )
    return found


def _stage(asker: Asker, stage: str, version: Any) -> dict[str, str]:
    try:
        return kind_of(asker, KIND, version).stages[stage].title.mapping()
    except (NotThere, KeyError):
        return {"zh": stage, "en": stage}
