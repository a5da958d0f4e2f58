"""What was tried at a gate and refused: kept, counted against the unit that tried it, and shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial, wraps
from typing import Any, TypeVar

from django.db.models import Count, Max, QuerySet

from yiwang.ledger import clock
from yiwang.ledger import store as ledger
from yiwang.org.asker import Asker
from yiwang.org.district import UnitFacts
from yiwang.org.queries import facts
from yiwang.org.session import acting_as, keep_anyway

from .gate import Attempted, AtTheGate
from .models import Attempt

MOST = 200  # attempts that one page lists

Done = TypeVar("Done")


@dataclass(frozen=True, slots=True)
class ByUnit:
    """How often a unit tried, and when last."""

    unit: UnitFacts
    n: int
    last: datetime


def noting(done: Callable[..., Done]) -> Callable[..., Done]:
    """What is refused at a gate is written down once the transaction that was refused is over."""

    @wraps(done)
    def noted(asker: Asker, *args: Any, **more: Any) -> Done:
        try:
            return done(asker, *args, **more)
        except AtTheGate as refused:
            if not getattr(refused, "noted", False):  # an act within another is one attempt
                refused.noted = True  # type: ignore[attr-defined]
                keep_anyway(partial(_keep, asker, refused.attempted))
            raise

    return noted


def _keep(asker: Asker, tried: Attempted) -> None:
    with acting_as(asker):
        known = facts(asker)
        unit = known.units[asker.posts[0].unit] if asker.posts else known.root
        row = Attempt.objects.create(
            district_id=asker.district,
            at=clock.now(),
            person_id=asker.person,
            unit_id=unit.id,
            kind=tried.kind,
            action=tried.action,
            to_id=known.by_code[tried.unit].id,
            seen_by=known.seen_by(unit.id),
        )
        data = {"unit": unit.code, "kind": tried.kind, "to": tried.unit}
        rows = [ledger.Rows(Attempt, [row.pk])]
        ledger.append(asker, f"gate:{unit.code}"[:120], "refused", data, stream="gate", at=row.at, rows=rows)


def attempts(asker: Asker) -> QuerySet[Attempt]:
    """Those of the asker's own units and of what lies below them, the newest first."""
    return Attempt.objects.filter(district=asker.district).select_related("person").order_by("-at", "-pk")


def by_unit(asker: Asker) -> list[ByUnit]:
    """The units that tried, the most often first."""
    units = facts(asker).units
    counted = attempts(asker).order_by().values("unit_id").annotate(n=Count("pk"), last=Max("at"))
    found = [ByUnit(units[one["unit_id"]], one["n"], one["last"]) for one in counted]
    return sorted(found, key=lambda one: (-one.n, one.unit.code))
