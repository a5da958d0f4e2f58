"""Proves the routes of a kind: each leads somewhere that exists, and each can fire. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from yiwang.why import Words, say

from .crew import Crew
from .definition import Kind
from .fields.spec import FieldSpec
from .route import field_of_unit
from .routing import BY_FIELD, BY_LOAD, BY_ROSTER, OF_DUTY, OF_PLACE, role_and_sort


def complaints(
    kind: Kind, units: Collection[str], classes: Iterable[tuple[str, str]], crew: Crew
) -> Iterator[tuple[str, Words]]:
    """(path in the file, what is wrong) of every route that leads nowhere, or that another before it always takes."""
    for number, route in enumerate(kind.routing):
        if wrong := leads_nowhere(route.to, units, crew) or _no_field(kind, route.to):
            yield f"routing[{number}].to", wrong
    yield from _shadowed(kind, list(classes))


def leads_nowhere(to: str, units: Collection[str], crew: Crew) -> Words | None:
    """Why a route, or a duty of duties.csv, leads nowhere; fields are the kind's own: `_no_field` looks at them."""
    if to.startswith(BY_ROSTER):
        name = to.removeprefix(BY_ROSTER)
        there = crew.everybody or name in crew.rosters
        return None if there else say("matters.route_no_roster", name=name, known=[*crew.rosters])
    if to.startswith(BY_LOAD):
        role, sort = role_and_sort(to)
        return None if crew.leads_by_load(role, sort) else say("matters.route_no_load", role=role, sort=sort or "—")
    if to in OF_PLACE or to == OF_DUTY or to.startswith(BY_FIELD) or field_of_unit(to):
        return None
    return say("matters.route_to_nobody", to=to) if units and to not in units else None


def _no_field(kind: Kind, to: str) -> Words | None:
    if (field := field_of_unit(to)) and kind.fields.get(field, FieldSpec()).type != "object":
        return say("matters.unit_of_what", field=field)
    if not to.startswith(BY_FIELD):
        return None
    name = to.removeprefix(BY_FIELD)
    spec = kind.fields.get(name)
    if spec is not None and spec.type in ("unit", "units"):
        return None
    return say(
        "matters.route_no_unit",
        field=name,
        known=[one for one, s in kind.fields.items() if s.type in ("unit", "units")],
    )


def _always_leads(to: str) -> bool:
    """Whether it leads to a unit whatever the matter is: a place may be unknown, a field empty, a category nobody's."""
    return to not in OF_PLACE and to != OF_DUTY and not to.startswith(BY_FIELD) and not field_of_unit(to)


def _shadowed(kind: Kind, classes: list[tuple[str, str]]) -> Iterator[tuple[str, Words]]:
    """Every route can fire: for some category of the pack it is the first whose condition may hold."""
    fires = [False] * len(kind.routing)
    for category, class_ in classes or [("", "")]:
        facts = {"category": category, "category.class": class_} if category else {}
        for number, route in enumerate(kind.routing):
            value = True if route.when is None else _settled(kind, route.when, facts)
            if value is not False:
                fires[number] = True
            if value is True and _always_leads(route.to):
                break
    for number, fired in enumerate(fires):
        if not fired:
            yield f"routing[{number}]", say("matters.route_shadowed", to=kind.routing[number].to)


def _settled(kind: Kind, text: str, facts: dict[str, str]) -> object:
    """The value of a condition where these facts settle it; otherwise something that is neither True nor False."""
    expression = kind.expressions[text].simplify(facts)
    return expression.evaluate({}) if not expression.fields() else None
