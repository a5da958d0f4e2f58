"""Why a count on the wall is what it is: what it counts, at which moment, and the parts that add up to it."""

from __future__ import annotations

from datetime import datetime

from yiwang.matters import kinds, overview
from yiwang.matters.kinds import world
from yiwang.matters.overview import Scope
from yiwang.org.asker import Asker
from yiwang.org.queries import facts
from yiwang.why import Receipt, Words, say

from .rows import claim_of


def receipt_of_count(asker: Asker, now: datetime, selection: str, scope: Scope) -> Receipt:
    """The count of a selection by kind and stage; the parts are counted in one statement, so they add up.

    Raises NotThere.
    """
    parts = overview.counts_by_stage(asker, now, selection, scope)
    known = {kind.matter: kind for kind in kinds.current_kinds(asker)}
    by_kind: dict[str, list[Receipt]] = {}
    totals: dict[str, int] = {}
    for (kind, stage), n in parts.items():
        stages = known[kind].stages if kind in known else {}
        title = stages[stage].title.mapping() if stage in stages else stage
        by_kind.setdefault(kind, []).append(Receipt(say("wall.of_stage", stage=title), n))
        totals[kind] = totals.get(kind, 0) + n
    because = [
        Receipt(say("wall.of_kind", kind=known[kind].title.mapping() if kind in known else kind), totals[kind], stages)
        for kind, stages in by_kind.items()
    ]
    if selection == "open" and (merged := overview.counted_elsewhere(asker, now, scope)):
        because.append(Receipt(say("wall.merged", n=merged)))
    return Receipt(_claim(asker, selection, scope), sum(totals.values()), because, at=now)


def _claim(asker: Asker, selection: str, scope: Scope) -> Words:
    """What is counted, and where."""
    what = claim_of(asker, selection)
    where: list[object] = []
    if scope.street:
        where.append(facts(asker).by_code[scope.street].name)
    if scope.kind:
        where.append(kinds.kind_of(asker, scope.kind).title.mapping())
    if scope.category:
        category = world(asker).categories.get(scope.category)
        where.append(category.name if category else scope.category)
    return say("wall.counted_in", what=what, where=where) if where else what
