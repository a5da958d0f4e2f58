"""What a form or an action asks for: everything that is missing or wrong is said at once (R3.2)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from msgspec.structs import replace

from yiwang.why import Incomplete, say

from .action import Action, Check
from .clock_state import Delta, State
from .clocks import left_of
from .definition import Kind
from .facts import row
from .fields import documents
from .fields.checklists import photos, with_list
from .fields.filling import filled
from .fields.measured import sizes
from .fields.pairs import half_pairs
from .fields.reading import Seen
from .fields.spec import FieldSpec
from .world import World

_BUILT_IN_SPECS = {
    # the district as a whole takes nothing in
    "unit": FieldSpec(type="unit", of=["bureau", "street", "neighbourhood", "company", "office", "centre"]),
    "category": FieldSpec(type="category"),
    "files": FieldSpec(type="files"),
}
_OPENING = {
    "title": FieldSpec(type="text", required=True, at_most=200),
    "category": FieldSpec(type="category"),
    "channel": FieldSpec(type="text", at_most=40),
    "urgency": FieldSpec(type="text", at_most=20),
    "unit": FieldSpec(type="unit"),
    "street": FieldSpec(type="unit", of=["street"]),
}


def specs_of(kind: Kind, action: Action) -> dict[str, FieldSpec]:
    """name -> what the action asks for, needed ones first."""
    known = {**_listed(kind), **_BUILT_IN_SPECS, "unit": in_charge(kind), **kind.fields}
    names = [*action.needs, *(name for name in action.may if name not in action.needs)]
    if action.evidence and "files" not in names:
        names.append("files")
    return {name: known[name] for name in names}


def in_charge(kind: Kind) -> FieldSpec:
    """What is asked when a matter is given to a unit: one of the kinds that its kind says, or any but the district."""
    built_in = _BUILT_IN_SPECS["unit"]
    return replace(built_in, of=list(kind.in_charge)) if kind.in_charge else built_in


def specs_now(kind: Kind, action: Action, state: Mapping[str, Any]) -> dict[str, FieldSpec]:
    """The same for a matter as it stands: a checklist is that of the object that it names."""
    return {name: with_list(spec, state) for name, spec in specs_of(kind, action).items()}


def is_needed(action: Action, name: str) -> bool:
    """Whether an action cannot be done without a field: files are needed wherever evidence is."""
    return name in action.needs or (name == "files" and action.evidence > 0)


def given(
    kind: Kind, action: Action, data: Mapping[str, Any], state: State, world: World, at: datetime
) -> dict[str, Any]:
    """The typed values of what an action asks for. Raises Incomplete."""
    specs = specs_now(kind, action, state)
    needed = {name for name in specs if is_needed(action, name)}

    def entered(said: Mapping[str, Any]) -> State:
        facts = _as_facts(kind, said, world)
        documents.add(kind.fields, state, facts)
        return state | facts

    def asks(condition: str, said: Mapping[str, Any]) -> bool:
        return kind.expressions[condition].evaluate(row(kind, entered(said), at)) is True

    values = filled(specs, needed, data, Seen(world, at, state), asks)
    _check(kind, action.checks, specs, entered(values), at)
    if len(values.get("files") or ()) < action.evidence:
        raise Incomplete({"files": say("matters.needs_evidence", n=action.evidence)})
    for name, value in values.items():
        most = min((left_of(how, state) for how in kind.amounts.get(name, ())), default=None)
        if most is not None and not (isinstance(value, int) and 1 <= value <= most):
            raise Incomplete({name: say("matters.amount", value=value, most=max(most, 0))})
    return values


def no_longer_asked(kind: Kind, action: Action, state: State, at: datetime) -> Delta:
    """What an earlier answer said of a field that this one, as it now stands, does not ask for: it holds no more."""
    facts = row(kind, state, at)
    return {
        f"form.{name}": None
        for name, spec in specs_of(kind, action).items()
        if spec.asked_when
        and not (spec.documents or spec.sensitivity)
        and state.get(f"form.{name}") is not None
        and kind.expressions[spec.asked_when].evaluate(facts) is not True
    }


def asked_at_opening(kind: Kind, door: str) -> dict[str, FieldSpec]:
    """name -> what a new matter can be given behind a door: there channel and urgency are values of the kind's lists.

    door  empty: the platform itself opens it
    """
    asked = {name: spec for name, spec in kind.form.items() if not spec.personal and not spec.computed}
    built_in = {**_OPENING, "unit": in_charge(kind) if kind.in_charge else _OPENING["unit"]}
    must: dict[str, FieldSpec] = {name: replace(built_in[name], required=True) for name in kind.needs}
    specs = {**built_in, **must, **asked}
    if not door:
        return specs
    specs |= _listed(kind)
    fewest = kind.opens[door].at_least if door in kind.opens else {}
    here = {name: replace(specs[name], at_least=n) for name, n in fewest.items() if name in specs}
    return {**specs, **here}


def opening(kind: Kind, data: Mapping[str, Any], world: World, at: datetime, *, door: str = "") -> dict[str, Any]:
    """The typed values of a new matter: its title, category, channel and form. Raises Incomplete."""
    specs = asked_at_opening(kind, door)
    needed = {name for name, spec in specs.items() if spec.required or (spec.at_least and spec.type == "text")}

    def asks(condition: str, entered: Mapping[str, Any]) -> bool:
        return kind.expressions[condition].evaluate(row(kind, _as_facts(kind, entered, world), at)) is True

    found = filled(specs, needed, data, Seen(world, at), asks)
    _check(kind, kind.checks, specs, _as_facts(kind, found, world), at)
    return found


def _as_facts(kind: Kind, entered: Mapping[str, Any], world: World) -> State:
    """What was entered, by the names that a rule calls it."""
    facts = State({name if name in _ITSELF else f"form.{name}": value for name, value in entered.items()})
    facts |= sizes(kind.fields, facts)
    if known := world.categories.get(facts.get("category") or ""):
        facts |= {"category.class": known.class_, "category.top": known.top}
    return facts


_ITSELF = frozenset({"title", "category", "channel", "urgency", "street"})


def _check(
    kind: Kind, checks: list[Check], specs: Mapping[str, FieldSpec], entered: Mapping[str, Any], at: datetime
) -> None:
    """What must hold of the values together. Raises Incomplete, at the first field that a check speaks of."""
    wrong = half_pairs(kind.fields, specs, entered)
    for check in checks:
        expression = kind.expressions[check.that]
        if expression.evaluate(row(kind, entered, at)) is not True:
            spoken = [name.removeprefix("form.").partition(".")[0] for name in sorted(expression.fields())]
            at_field = next((name for name in specs if name in spoken), next(iter(specs), ""))
            wrong.setdefault(at_field, say("matters.check_fails", because=check.because.mapping()))
    if wrong:
        raise Incomplete(wrong)


def files_of(kind: Kind, values: Mapping[str, Any]) -> list[int]:
    """The numbers of all files that typed values name."""
    specs = {**_BUILT_IN_SPECS, **kind.fields}
    named = [
        documents.numbers(value) for name, value in values.items() if name in specs and specs[name].type == "files"
    ]
    rows = [values[name] for name in values if name in specs and specs[name].type == "checklist"]
    return sorted({number for numbers in [*named, *map(photos, rows)] for number in numbers or ()})


def settle(given: Mapping[str, Any], state: State, delta: Delta) -> None:
    """The facts that the built-in fields set; `following` works out what hangs on them."""
    if unit := given.get("unit"):
        if (before := state.get("lead")) and before != unit:
            delta["once"] = sorted({*(state.get("once") or ()), before})
        delta["lead"] = unit
    if category := given.get("category"):
        delta["category"] = category
    if urgency := given.get("urgency"):
        delta["urgency.said"] = urgency


def _listed(kind: Kind) -> dict[str, FieldSpec]:
    """The fields whose values a kind lists."""
    lists = {"channel": kind.channels, "urgency": kind.urgencies}
    return {name: FieldSpec(type="enum", values=values) for name, values in lists.items()}
