"""The supervision orders as the asker may see them: matters, some of which say which goal opened them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import QuerySet

from yiwang.matters.definition import Kind
from yiwang.matters.facts import read
from yiwang.matters.kinds import kind_of, ordered_kind
from yiwang.matters.queries import Filter, matters
from yiwang.org.asker import Asker
from yiwang.org.queries import facts
from yiwang.pages.queries import pages_of
from yiwang.typed.numbers import whole
from yiwang.why import NotThere
from yiwang.why.words import LANGUAGES

from .settings import rules_of


@dataclass(frozen=True, slots=True)
class Order:
    """One order: its colour and what its kind calls that grade, where it stands, when the unit's answer is due."""

    id: int
    number: str
    goal: int | None
    title: str
    colour: str
    grade: dict[str, str]
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
    rows = _rows(asker)
    far = datetime.max.replace(tzinfo=UTC)
    all_orders = sorted(
        _read(asker, rows.filter(closed_at__isnull=True)), key=lambda order: (order.due or far, order.number)
    )
    if not only_open:
        all_orders += _read(
            asker, rows.filter(closed_at__isnull=False).order_by("-closed_at")[: pages_of(asker).board.closed]
        )
    return all_orders


def closed_orders(asker: Asker) -> int:
    """How many orders that the asker sees are closed; `orders` lists the last of them."""
    return _rows(asker).filter(closed_at__isnull=False).count()


def orders_of(asker: Asker, goals: Iterable[int]) -> dict[int, list[Order]]:
    """goal -> its orders, the newest first."""
    rows = _rows(asker).filter(source__in=[order_source(goal) for goal in goals])
    by_goal: dict[int, list[Order]] = {}
    for order in sorted(_read(asker, rows), key=lambda order: order.opened, reverse=True):
        if order.goal is not None:
            by_goal.setdefault(order.goal, []).append(order)
    return by_goal


def order_source(goal: int) -> str:
    """What an order says of where it came from: the one link between the two.

    >>> order_source(7), goal_of(order_source(7)), goal_of("round")
    ('goal:7', 7, None)
    """
    return f"goal:{goal}"


def goal_of(source: str) -> int | None:
    """The goal that an order is about; None where none opened it."""
    name, _, number = source.partition(":")
    return whole(number) if name == "goal" else None


def _rows(asker: Asker) -> QuerySet[Any]:
    """Every order that the asker sees; none where the pack has no kind for them."""
    kind = ordered_kind(asker)
    return matters(asker, Filter(kind=kind.matter)) if kind else matters(asker).none()


def _read(asker: Asker, rows: QuerySet[Any]) -> list[Order]:
    district, first = facts(asker), rules_of(asker).orders.first
    fields = ["id", "number", "source", "title", "stage", "kind", "kind_version", "facts", "lead_id"]
    read_orders = []
    for row in rows.values(*fields, "created_at", "closed_at"):
        state, kind = read(row["facts"]), _kind(asker, row["kind"], row["kind_version"])
        said = kind.ordering
        if said is None:  # no order in the version that it runs by
            continue
        unit = district.units.get(row["lead_id"])
        colour = state.get(f"form.{said.grade}") or first
        read_orders.append(
            Order(
                id=row["id"],
                number=row["number"],
                goal=goal_of(row["source"]),
                title=row["title"],
                colour=colour,
                grade=_grade(kind, said.grade, colour),
                stage=_stage(kind, row["stage"]),
                open=row["closed_at"] is None,
                month=f"{row['created_at'].astimezone(district.zone):%Y-%m}",
                unit=(unit.short or unit.name) if unit else None,
                due=state.clock(said.due).due,
                opened=row["created_at"],
                closed=row["closed_at"],
                answered=state.get(f"at.{said.answered_by}"),
            )
        )
    return read_orders


def _kind(asker: Asker, code: str, version: date) -> Kind:
    try:
        return kind_of(asker, code, version)
    except NotThere:
        return kind_of(asker, code)


def _grade(kind: Kind, field: str, colour: str) -> dict[str, str]:
    """What the kind calls a grade: the title that its enum gives it."""
    titles = kind.fields[field].values if field in kind.fields else {}
    return titles[colour].mapping() if colour in titles else dict.fromkeys(LANGUAGES, colour)


def _stage(kind: Kind, stage: str) -> dict[str, str]:
    return kind.stages[stage].title.mapping() if stage in kind.stages else dict.fromkeys(LANGUAGES, stage)
