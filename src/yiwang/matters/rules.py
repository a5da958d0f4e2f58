"""What may be done to a matter, and what comes of it: pure decisions with their reasons.

(kind, state, act, world) -> a change of state, or a refusal that says why. One action by one person and a year of
simulated history go through the same functions; so do pages that show what can be done and why not the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from yiwang.org.asker import SENSITIVITY_COMPLAINT
from yiwang.org.district import Place
from yiwang.why import Incomplete, Receipt, Refusal, Words, say

from . import clocks, draws, draws_people, ending, following, forms, gate, panels, recused
from .act import Act, Choice, Decision
from .action import Action
from .against import idle, refusal
from .capacity import authority
from .clock_state import Delta, State, is_of_a_clock
from .definition import BUILT_IN, Kind
from .facts import row
from .fields import documents
from .fields.measured import sizes
from .linked import COUNTED_WITH, ONE_WITH
from .under import wanted
from .world import World


def choices(kind: Kind, state: State, act: Act, world: World) -> list[Choice]:
    """Every action of the kind, with the reason against it if there is one (look: never hide, always say why)."""
    return [
        Choice(name, action, refusal(kind, state, name, act, world))
        for name, action in kind.actions.items()
        if action.actors != ["system"]
    ]


def decide(kind: Kind, state: State, act: Act, world: World) -> Decision:
    """What the action changes. Raises Refusal, or Incomplete when something asked for is missing or wrong."""
    if against := refusal(kind, state, act.action, act, world):
        raise Refusal(against)
    action = kind.actions[act.action]
    given = forms.given(kind, action, act.data, state, world, act.at)
    if wrong := _contradicting(kind, state, action, given, act, world) or recused.not_there(kind, state, given):
        raise Incomplete(wrong)
    role, post = recused.authority_of(kind, act.action, action, state, act, world)  # type: ignore[misc]
    if against := idle(kind, state, action, given, world):
        raise Refusal(against)
    gate.check(kind, given.get("unit"), act.action, world)
    answered = panels.taken(kind, state, action, act, given, world)
    delta: Delta = answered or {f"form.{name}": value for name, value in given.items() if name not in BUILT_IN}
    documents.add(kind.fields, state, delta)
    delta |= forms.no_longer_asked(kind, action, State(state | delta), act.at)
    _keep_word(kind, state, delta, role)
    forms.settle(given, state, delta)
    _take_out(kind, state, delta, given, act, world, action)
    notes = _draw(kind, state, delta, action, act, world)
    following.classify(kind, state, delta, world)
    _seat(kind, State(state | delta), given, act.at, world)
    following.compute(kind, state, delta, act.at)
    if action.handles and act.person is not None:
        unit = post.unit_code if post and authority(action, state, act, world) else ""  # else they stood in
        delta["handlers"] = _with(state.get("handlers"), *act.behind)
        delta["handling_units"] = _with(state.get("handling_units"), unit)
    if act.action in kind.remembered and act.person is not None:
        before = None if action.to else state.get(f"by.{act.action}")  # who handed on what lies here now
        delta[f"by.{act.action}"] = _with(before, *act.behind)
    _move(kind, state, delta, act, action, given, world)
    following.follow(kind, state, delta, act.at, world)
    opens = tuple(wanted(kind, action, state | delta, act.at, world)) if action.opens else ()
    return Decision(delta, {**given, **notes}, post, role, opens)


def _keep_word(kind: Kind, state: State, delta: Delta, role: str) -> None:
    """What a reporter or an outside party said is changed by themselves alone (design §10.12): others' answers stay in
    their entry."""
    kept = {"reporter": "said", **{party: f"said.{party}" for party in kind.parties}}
    own = kept.pop(role, "")
    for said in kept.values():
        for name in {*(state.get(said) or ())} & delta.keys():
            del delta[name]
    if own:
        delta[own] = sorted({*(state.get(own) or ()), *delta.keys()})


def begin(
    kind: Kind,
    data: Mapping[str, Any],
    at: datetime,
    world: World,
    *,
    place: Place | None,
    door: str = "",
    beside: Mapping[str, Any] | None = None,
) -> State:
    """The first state of a matter that has no number yet. Raises Incomplete.

    door    behind which it is opened: what a form takes there, `forms.asked_at_opening` says
    beside  facts that it is born with and nobody enters
    """
    given = forms.opening(kind, data, world, at, door=door)
    if door and (passed := clocks.over_at_once(kind, given, at, world)):
        raise Incomplete(passed)
    gate.check(kind, given.get("unit"), "", world)
    units = world.district.units
    desk = units[place.street].code if place and kind.desk == "street" else world.district.centre.code
    said: Delta = {
        "kind": kind.matter,
        "title": given.pop("title"),
        "category": given.pop("category", ""),
        "channel": given.pop("channel", ""),
        "urgency.said": given.pop("urgency", None) or kind.usual_urgency,
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
    said |= beside or {}
    first, nothing = State(said | {f"form.{name}": value for name, value in given.items()}), State()
    _take_out(kind, first, first, {**given, "unit": first["lead"]}, Act(recused.BIRTH, at), world)
    following.classify(kind, nothing, first, world)
    _seat(kind, first, given, at, world)
    following.compute(kind, nothing, first, at)
    _enter(kind, nothing, first, kind.first, at, world, also="create")
    following.follow(kind, nothing, first, at, world)
    return first


def ended_elsewhere(kind: Kind, first: State, stage: str, at: datetime, world: World) -> State:
    """The first state of a matter that ended before it came here: history, with no clock and nobody's move."""
    plain = {
        name: value
        for name, value in first.items()
        if not is_of_a_clock(name) and not name.startswith(("in.", "suggested"))
    }
    ends: Delta = {"stage": stage, f"in.{stage}": at, "closed_at": at, "holder": None, "holder_role": ""}
    ended = State(plain | ends)
    said = ending.ended(kind, ended, at, world) | ending.counted(kind, {}, ended, at)
    return State(ended | {name: value for name, value in said.items() if value is not None})


def _draw(kind: Kind, state: State, delta: Delta, action: Action, act: Act, world: World) -> dict[str, Any]:
    """What the action draws by lot, into its fields; what its entry says of each draw. Raises Refusal."""
    notes: dict[str, Any] = {}
    for how in action.draws:
        before = act.drawn_before.get(how.field, ())
        names: list[Any]
        if kind.fields[how.field].type == draws_people.PEOPLE:
            names, said = draws_people.drawn(kind, how, State(state | delta), act, before, world)
        else:
            names, said = draws.drawn(how, kind.fields, state | delta, world.lists, act.seed, before)
        delta[f"form.{how.field}"] = names
        notes[f"{draws.NOTE}{how.field}"] = said
    return notes


def _take_out(
    kind: Kind,
    state: State,
    delta: Delta,
    given: Mapping[str, Any],
    act: Act,
    world: World,
    action: Action | None = None,
) -> None:
    """Whoever is named as taking no part, or says so of themselves, takes none from now on (回避). Raises Refusal,
    Incomplete."""
    changed = recused.taken(kind, state, given, act, action)
    if wrong := recused.wrong_with(kind, state, given, changed, world):
        raise Incomplete(wrong) if "" not in wrong else Refusal(Receipt(wrong[""], False, (), kind.reference))
    delta |= changed


def _seat(kind: Kind, after: State, given: Mapping[str, Any], at: datetime, world: World) -> None:
    """Whoever is named to sit on a panel can answer there. Raises Incomplete."""
    if wrong := panels.cannot_sit(kind, given, after, at, world):
        raise Incomplete(wrong)


# --- what it changes ----------------------------------------------------------------------------------------------


def _move(
    kind: Kind, state: State, delta: Delta, act: Act, action: Action, given: Mapping[str, Any], world: World
) -> None:
    name, at = act.action, act.at
    delta[f"at.{name}"] = at
    delta.setdefault(f"first.{name}", state.get(f"first.{name}") or at)
    delta[f"count.{name}"] = state.get(f"count.{name}", 0) + 1
    to = _leads_to(kind, state | delta, action, given, at)
    if to not in (None, state["stage"]):
        clocks.leave(kind, state, delta, at, world)
    _pass_time(kind, state, delta, act, action, world)
    _raise(kind, state, delta, action, to)
    since = _dated(state, act, action)
    if to is None:
        clocks.turn(kind, state, delta, [name], since, world)
    else:
        _enter(kind, state, delta, to, at, world, also=name, since=since)


def _dated(state: State, act: Act, action: Action) -> datetime:
    """From when on what an action starts is counted: from when it was done, or what the platform does late from when it
    should have been (R3.2)."""
    if action.does is None or not action.does.dated or act.role != "system":
        return act.at
    event = action.does.dated
    return state.get(f"in.{event}") or state.get(f"at.{event}") or act.at


def _raise(kind: Kind, state: State, delta: Delta, action: Action, to: str | None) -> None:
    """In whose inbox it stands beside whose move it is: until it ends, or an action lowers it."""
    before = list(state.get("raised") or ())
    ends = to is not None and kind.stages[to].final
    after = [] if ends else sorted({*before, *action.raises} - {*action.lowers})
    if after != before:
        delta["raised"] = after


def _leads_to(kind: Kind, after: State, action: Action, given: Mapping[str, Any], at: datetime) -> str | None:
    """Where an action leads by what was answered now: an answer of before, or one left out, decides nothing."""
    if action.outcomes:
        seen = row(kind, _answered(kind, after, action, given), at)
        for outcome in action.outcomes:
            if kind.expressions[outcome.when].evaluate(seen) is True:
                return outcome.to
    return action.to


def _contradicting(
    kind: Kind, state: State, action: Action, given: Mapping[str, Any], act: Act, world: World
) -> dict[str, Words]:
    """field -> why its answer cannot stand beside the others, or before the moment at which it is given."""
    if act.role != "system" and (passed := clocks.over_at_once(kind, given, act.at, world)):
        return passed
    if not action.refuses:
        return {}
    seen = row(kind, _answered(kind, state, action, given), act.at)
    found = [one for one in action.refuses if kind.expressions[one.when].evaluate(seen) is True]
    return {one.field: say("matters.condition", because=one.because.mapping()) for one in found}


def _answered(kind: Kind, state: State, action: Action, given: Mapping[str, Any]) -> State:
    """The state with the answers given now, and without those of before; documents that were handed in stand."""
    said = {f"form.{name}": given.get(name) for name in action.asked if name not in BUILT_IN}
    typed = {name: state.get(name) for name in said if name[5:] in kind.fields and kind.fields[name[5:]].documents}
    said |= {name: documents.stands(before, said[name] or {}) for name, before in typed.items()}
    return state | said | sizes(kind.fields, said)


def _enter(
    kind: Kind,
    state: State,
    delta: Delta,
    stage: str,
    at: datetime,
    world: World,
    *,
    also: str,
    since: datetime | None = None,
) -> None:
    """The matter comes into a stage at `at`; what that starts is counted from `since`, where it is said."""
    delta["stage"] = stage
    delta[f"in.{stage}"] = at
    delta.update(panels.cleared(kind, state, stage))
    clocks.turn(kind, state, delta, [also, stage], since or at, world)
    if kind.stages[stage].final:
        delta["closed_at"] = at
        clocks.stop_all(kind, state, delta, at, world)
    elif state.get("closed_at") is not None:
        delta["closed_at"] = None
        if state.get(ONE_WITH):  # what comes back from an end that it had with another goes its own way
            delta |= {ONE_WITH: False, COUNTED_WITH: False}


def _pass_time(kind: Kind, state: State, delta: Delta, act: Act, action: Action, world: World) -> None:
    called = action.title.speak(world.district.languages[0])
    for name in action.pauses:
        clocks.pause(name, state, delta, act, _reason(kind, action, delta, called))
    for name in action.continues:
        clocks.go_on(name, state, delta, act.at, world)
    if how := action.extends:
        asking = [kind.actions[name] for name in kind.asking(how)]
        reason = next((said for one in [action, *asking] if (said := _reason(kind, one, state | delta, ""))), "")
        clocks.extend(how, state, delta, act, kind, world, reason or called)


def _reason(kind: Kind, action: Action, state: Mapping[str, Any], otherwise: str) -> str:
    """What was written where an action asks for words; `otherwise` where it asks for none."""
    texts = [name for name in action.needs if name in kind.fields and kind.fields[name].type == "text"]
    said = "；".join(str(state[f"form.{name}"]) for name in texts if state.get(f"form.{name}"))
    return said or otherwise


def shows_reporter(state: State, units: tuple[str, ...]) -> bool:
    """Whether even the masked name of who reported shows: never to the unit complained about (R2.15)."""
    return state["sensitivity"] < SENSITIVITY_COMPLAINT or state.get("lead") not in units


def _with(pauses: list[Any] | None, *added: Any) -> list[Any]:
    return list(dict.fromkeys((*(pauses or ()), *added)))
