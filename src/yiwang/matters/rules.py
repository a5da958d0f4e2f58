"""What may be done to a matter, and what comes of it: pure decisions with their reasons.

(kind, state, act, world) -> a change of state, or a refusal that says why. One action by one person and a year of
simulated history go through the same functions; so do pages that show what can be done and why not the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from yiwang.expr import UNKNOWN
from yiwang.org.access import SENSITIVITY_COMPLAINT, SENSITIVITY_INTERNAL, PostHeld
from yiwang.org.queries import Place
from yiwang.why import Receipt, Words, say
from yiwang.worktime import due

from . import clocks, forms
from .definition import Action, Kind, Since
from .facts import State, row
from .world import World


class Refused(Exception):
    """What was asked may not be done; `receipt` says why, in the words of those who asked."""

    def __init__(self, receipt: Receipt) -> None:
        super().__init__(receipt.sentence("zh"))
        self.receipt = receipt


@dataclass(frozen=True, slots=True)
class Act:
    """Somebody does something: which action, by whom in which post, with what, when."""

    action: str
    at: datetime
    data: Mapping[str, Any] = field(default_factory=dict)
    person: int | None = None
    posts: tuple[PostHeld, ...] = ()
    role: str = ""  # "system" or "reporter", for those who hold no post


@dataclass(frozen=True, slots=True)
class Decision:
    """What changes, in which post it was done, and what the form said."""

    delta: State
    data: Mapping[str, Any]
    post: PostHeld | None
    role: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One action on a matter's page: open to the asker, or refused with the reason beside it."""

    name: str
    action: Action
    refusal: Receipt | None

    @property
    def allowed(self) -> bool:
        return self.refusal is None


def choices(kind: Kind, state: State, act: Act, world: World) -> list[Choice]:
    """Every action of the kind, with the reason against it if there is one (look: never hide, always say why)."""
    return [
        Choice(name, action, refusal(kind, state, name, act, world))
        for name, action in kind.actions.items()
        if action.actors != ["system"]
    ]


def decide(kind: Kind, state: State, act: Act, world: World) -> Decision:
    """What the action changes. Raises Refused, or forms.Incomplete when something asked for is missing or wrong."""
    if against := refusal(kind, state, act.action, act, world):
        raise Refused(against)
    action = kind.actions[act.action]
    given = forms.given(kind, action, act.data, world)
    role, post = authority(action, state, act, world)  # type: ignore[misc]
    delta: State = {f"form.{name}": value for name, value in given.items() if name not in forms.BUILT_IN}
    forms.settle(given, state, delta, world)
    if action.handles and act.person is not None:
        unit = post.unit_code if post else ""
        delta["handlers"] = _with(state.get("handlers"), act.person)
        delta["handling_units"] = _with(state.get("handling_units"), unit)
    _pass_time(kind, state, delta, act, action, world)
    _move(kind, state, delta, act.action, act.at, world)
    return Decision(delta, given, post, role)


def begin(
    kind: Kind, data: Mapping[str, Any], at: datetime, world: World, *, place: Place | None, number: str
) -> Decision:
    """The first state of a matter. Raises forms.Incomplete."""
    given = forms.opening(kind, data, world)
    units = world.district.units
    desk = world.district.centre.code
    delta: State = {
        "kind": kind.matter,
        "number": number,
        "title": given.pop("title"),
        "category": given.pop("category", ""),
        "channel": given.pop("channel", ""),
        "urgency": given.pop("urgency", None) or "normal",
        "created_at": at,
        "closed_at": None,
        "desk": desk,
        "lead": given.pop("unit", None),
        "street": units[place.street].code if place else given.pop("street", None),
        "neighbourhood": units[place.neighbourhood].code if place else None,
        "cell": place.cell if place else "",
        "lon": place.lon if place else None,
        "lat": place.lat if place else None,
    }
    known = world.categories.get(delta["category"])
    if known:
        delta["category.class"], delta["category.top"] = known.class_, known.top
        if known.urgency != "normal":
            delta["urgency"] = known.urgency
    delta["sensitivity"] = kind.sensitivity.get(delta.get("category.class", ""), SENSITIVITY_INTERNAL)
    delta |= {f"form.{name}": value for name, value in given.items()}
    if found := route(kind, delta, at, world, place):
        delta["suggested"], delta["suggested_because"] = found
    _enter(kind, {}, delta, kind.first, at, world, also="create")
    return Decision(delta, {}, None, "")


def route(kind: Kind, state: State, at: datetime, world: World, place: Place | None) -> tuple[str, str] | None:
    """(unit, because) of the first route whose condition holds; None when no route leads to a unit."""
    seen = row(kind, state, at)
    for one in kind.routing:
        if one.when is None or kind.expressions[one.when].evaluate(seen) is True:
            unit = world.unit_for(one.to, state.get("category", ""), place)
            if unit:
                duty = world.duty_of(state.get("category", "")) if one.to == "duty of category" else None
                return unit, f"{one.because} {duty.clause}" if duty else one.because
    return None


# --- what stands against an action -------------------------------------------------------------------------------


def refusal(kind: Kind, state: State, name: str, act: Act, world: World) -> Receipt | None:
    """The first reason why `act.person` may not do `name` now; None when he may."""
    action = kind.actions.get(name)
    if action is None:
        return Receipt(say("matters.no_such_action", action=name, kind=kind.title.mapping()))
    for check in (_stage, _who, _independent, _often, _window, _before, _condition):
        if against := check(kind, state, name, action, act, world):
            return against
    return None


def _because(words: Words, action: Action, reasons: tuple[Receipt, ...] = ()) -> Receipt:
    return Receipt(words, False, reasons, action.reference or None)


def _stage(kind: Kind, state: State, name: str, action: Action, act: Act, world: World) -> Receipt | None:
    stage = state["stage"]
    if stage in action.stages:
        return None
    title = kind.stages[stage].title.mapping()
    if kind.stages[stage].final:
        return _because(say("matters.already_closed", stage=title, at=_local(state.get("closed_at"), world)), action)
    allowed = [kind.stages[one].title.mapping() for one in action.stages]
    return _because(say("matters.not_at_this_stage", stage=title, allowed=allowed), action)


def _who(kind: Kind, state: State, name: str, action: Action, act: Act, world: World) -> Receipt | None:
    if authority(action, state, act, world):
        return None
    who = [say(f"matters.by_{by}", unit=_unit_name(_place_of_duty(by, state, world), world)) for by in action.actors]
    return _because(say("matters.not_yours", who=who), action)


def _independent(kind: Kind, state: State, name: str, action: Action, act: Act, world: World) -> Receipt | None:
    """Who handled a matter never verifies it, nor does his unit (R1.7); no setting changes that.

    Where the desk itself handled it (a direct reply), it is verified there all the same, by another person: only the
    desk may verify, and nobody else would be left.
    """
    if not action.verifies:
        return None
    if act.person is not None and act.person in (state.get("handlers") or ()):
        return _because(say("matters.handled_by_yourself"), action)
    units = set(state.get("handling_units") or ()) - {"", state.get("desk")}
    if act.posts and units.issuperset(post.unit_code for post in act.posts):
        return _because(say("matters.handled_by_your_unit"), action)
    return None


def _often(kind: Kind, state: State, name: str, action: Action, act: Act, world: World) -> Receipt | None:
    done = state.get(f"count.{name}", 0)
    if action.at_most is None or done < action.at_most:
        return None
    title = action.title.mapping()
    if action.then:
        instead = kind.actions[action.then].title.mapping()
        return _because(say("matters.too_often_then", n=done, action=title, instead=instead), action)
    return _because(say("matters.too_often", n=done, action=title), action)


def _window(kind: Kind, state: State, name: str, action: Action, act: Act, world: World) -> Receipt | None:
    if action.within is None:
        return None
    window = action.within if isinstance(action.within, Since) else Since(action.within, state["stage"])
    since = state.get(f"in.{window.since}") or state.get(f"at.{window.since}")
    if since is None:
        return None
    until = due(since, kind.limits[window.limit], world.calendar)
    if until.at is None or act.at <= until.at:
        return None
    words = say("matters.window_over", limit=window.limit, since=_local(since, world), until=_local(until.at, world))
    return _because(words, action, (until.receipt,))


def _before(kind: Kind, state: State, name: str, action: Action, act: Act, world: World) -> Receipt | None:
    due = state.get(f"clock.{action.before}.due") if action.before else None
    if due is None or act.at <= due:
        return None
    clock = kind.clocks[action.before].title.mapping()  # type: ignore[index]
    return _because(say("matters.clock_already_over", clock=clock, due=_local(due, world)), action)


def _condition(kind: Kind, state: State, name: str, action: Action, act: Act, world: World) -> Receipt | None:
    for text, wanted in ((action.when, True), (action.unless, False)):
        if text is None:
            continue
        expression, seen = kind.expressions[text], row(kind, state, act.at)
        value = expression.evaluate(seen)
        if value is not wanted:
            explained = (expression.explain(seen),)
            if value is UNKNOWN:
                return _because(say("matters.fact_missing"), action, explained)
            words = say("matters.condition", because=action.because.mapping()) if action.because else None
            return _because(words or say("matters.condition_fails"), action, explained)
    return None


# --- who ----------------------------------------------------------------------------------------------------------

_UNIT_ROLES = frozenset({"clerk", "head", "dispatcher"})


def authority(action: Action, state: State, act: Act, world: World) -> tuple[str, PostHeld | None] | None:
    """In which capacity (and post) somebody may do an action; None when in none."""
    for by in action.actors:
        if by == act.role and by in ("system", "reporter"):
            return by, None
        place = _place_of_duty(by, state, world)
        for post in act.posts:
            if _fits(by, post, place) or (by == "handler" and act.person in (state.get("handlers") or ())):
                return by, post
    return None


def _fits(by: str, post: PostHeld, place: str | None) -> bool:
    if by == "dispatcher":
        return post.role == "dispatcher" and post.unit_code == place
    if by == "unit":
        return post.role in _UNIT_ROLES and post.unit_code == place
    return by == post.role and by in ("supervisor", "grid_worker")


def _place_of_duty(by: str, state: State, world: World) -> str | None:
    return state.get({"dispatcher": "desk", "unit": "lead"}.get(by, ""))


def holder(kind: Kind, stage: str, state: State, world: World) -> tuple[str | None, str]:
    """(unit, role) whose move it is in a stage."""
    owner = kind.stages[stage].owner or ""
    if owner == "supervisor":
        return world.district.supervision.code, owner
    return state.get({"dispatcher": "desk", "unit": "lead"}.get(owner, "")), owner


# --- what it changes ----------------------------------------------------------------------------------------------


def _move(kind: Kind, state: State, delta: State, name: str, at: datetime, world: World) -> None:
    to = kind.actions[name].to
    delta[f"at.{name}"] = at
    delta.setdefault(f"first.{name}", state.get(f"first.{name}") or at)
    delta[f"count.{name}"] = state.get(f"count.{name}", 0) + 1
    if to is None:
        clocks.turn(kind, state, delta, [name], at, world)
    else:
        _enter(kind, state, delta, to, at, world, also=name)


def _enter(kind: Kind, state: State, delta: State, stage: str, at: datetime, world: World, *, also: str) -> None:
    delta["stage"] = stage
    delta[f"in.{stage}"] = at
    merged = {**state, **delta}
    delta["holder"], delta["holder_role"] = holder(kind, stage, merged, world)
    clocks.turn(kind, state, delta, [also, stage], at, world)
    if kind.stages[stage].final:
        delta["closed_at"] = at
        clocks.stop_all(kind, state, delta, at)
    elif state.get("closed_at") is not None:
        delta["closed_at"] = None


def _pass_time(kind: Kind, state: State, delta: State, act: Act, action: Action, world: World) -> None:
    for name in action.pauses:
        clocks.pause(name, state, delta, act, world)
    for name in action.continues:
        clocks.go_on(name, state, delta, act, kind, world)
    if action.extends:
        clocks.extend(action.extends, state, delta, act, kind, world)


def involved(state: State) -> set[str]:
    """The codes of all units that take part: they keep seeing what they once held."""
    units = {state.get(name) for name in ("desk", "lead", "holder", "street", "neighbourhood")}
    units |= {*(state.get("handling_units") or ()), *(state.get("once") or ()), *(state.get("co_units") or ())}
    return {unit for unit in units if unit}


def shows_reporter(state: State, units: tuple[str, ...]) -> bool:
    """Whether even the masked name of who reported shows: never to the unit complained about (R2.15)."""
    return state["sensitivity"] < SENSITIVITY_COMPLAINT or state.get("lead") not in units


def _with(kept: list[Any] | None, one: Any) -> list[Any]:
    return [*(kept or ()), one] if one not in (kept or ()) else list(kept or ())


def _unit_name(code: str | None, world: World) -> Mapping[str, str] | str:
    return world.district.by_code[code].name if code in world.district.by_code else "—"


def _local(at: datetime | None, world: World) -> datetime | None:
    return at.astimezone(world.district.zone) if at else None
