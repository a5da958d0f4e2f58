"""A red lamp opens a supervision order: once per goal, and none while one is open (R5.9, 一事一单)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yiwang.ledger import clock
from yiwang.matters import store as matters
from yiwang.matters.definition import GOAL, Kind
from yiwang.matters.kinds import ordered_kind
from yiwang.matters.ordering import Ordering
from yiwang.org.asker import Asker
from yiwang.org.queries import facts
from yiwang.why import Refusal, say

from ..permissions import must_supervise
from ..queries.orders import order_source, orders_of
from ..queries.settings import rules_of, today_of
from ..queries.standing import Standing, lamps
from .goals import hold, tell


@transaction.atomic
def supervise(
    asker: Asker, now: datetime | None = None, *, goal: int | None = None, colour: str | None = None
) -> list[str]:
    """Open an order for each red goal with a lead unit that has none open and had none this month.

    goal    only this one;  colour  another grade than the ladder says (特事特办)
    Returns the numbers of the new orders. Raises Refusal.
    """
    must_supervise(asker)
    kind = ordered_kind(asker)
    if kind is None:
        raise Refusal(say("goals.order.no_kind"))
    now = now or clock.now()
    month = f"{today_of(asker, now):%Y-%m}"
    opened = []
    for standing in lamps(asker, now=now).goals:
        if standing.lamp.colour != "alarm" or standing.goal.lead_id is None:
            continue
        if goal is not None and standing.goal.pk != goal:
            continue
        hold(standing.goal.pk)  # two askers at once open one order
        earlier = orders_of(asker, [standing.goal.pk]).get(standing.goal.pk, [])
        if any(order.open or order.month == month for order in earlier):
            continue
        last = next((order.colour for order in earlier if not order.in_time), None)
        opened.append(_open(asker, kind, standing, colour or rules_of(asker).orders.after(last), month, now))
    if opened:
        tell(asker)
    return opened


def _open(asker: Asker, kind: Kind, standing: Standing, colour: str, month: str, now: datetime) -> str:
    """An order speaks the plan's own words, which are in no reader's language but the plan's; why it was opened is kept
    as words and said in each reader's."""
    goal, source = standing.goal, order_source(standing.goal.pk)
    key = f"{source}:{month}"
    unit = facts(asker).units[goal.lead_id]  # type: ignore[index]
    said: Ordering = kind.ordering  # type: ignore[assignment]
    made = matters.open_matter(
        asker,
        kind.matter,
        {"title": goal.title, "text": goal.quote or goal.title, said.grade: colour, "unit": unit.code},
        at=now,
        source=source,
        key=key,
        door="" if asker.system else GOAL,
        because=standing.lamp.receipt.claim,
    )
    matters.act(asker, made.id, said.issued_by, {"unit": unit.code}, at=now, key=f"{key}:issued")
    return made.number
