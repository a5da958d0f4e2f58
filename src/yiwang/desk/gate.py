"""What was given to units that it may not reach, and refused: how often by whom, and one by one."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from yiwang.look.gate import StaffRequest, staff_only
from yiwang.matters.attempts import MOST, attempts, by_unit
from yiwang.matters.kinds import current_kinds
from yiwang.org.queries import facts
from yiwang.why import say


@staff_only
def page(request: StaffRequest) -> HttpResponse:
    """Those of the asker's units and of what lies below them."""
    asker = request.asker
    units, titles = facts(asker).units, {kind.matter: kind.title.mapping() for kind in current_kinds(asker)}
    units_of = by_unit(asker)
    rows = [
        {
            "at": one.at,
            "unit": units[one.unit_id].name,
            "person": one.person.name if one.person else say("desk.role_system"),
            "kind": titles.get(one.kind, one.kind),
            "to": units[one.to_id].name,
        }
        for one in attempts(asker)[:MOST]
    ]
    context = {"here": "matters", "rows": rows, "units": units_of, "n": sum(one.n for one in units_of)}
    return render(request, "desk/gate.html", context)
