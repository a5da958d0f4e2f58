"""What stands against an action: each check gives the reason, or None. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from yiwang.expr import UNKNOWN
from yiwang.org.personal import in_short
from yiwang.why import Receipt, Words, say
from yiwang.worktime import due

from . import clocks
from .act import Act
from .action import Action, Extends, Since
from .capacity import called, not_independent, unit_name
from .clock_state import State
from .definition import Kind
from .facts import row
from .fields.filling import title_of
from .linked import WAITS
from .panels import why_answered
from .recused import authority_of, why_out
from .world import World


def refusal(kind: Kind, state: State, name: str, act: Act, world: World) -> Receipt | None:
    """The first reason why `act.person` may not do `name` now; None when they may."""
    action = kind.actions.get(name)
    if action is None:
        return Receipt(say("matters.no_such_action", action=in_short(name, 40), kind=kind.title.mapping()))
    if state.get(WAITS):
        return _because(say("matters.waits_for_another"), action)
    for check in (_stage, _taking_part, _who, _answered, _independent, _often, _window, _before, _condition, _time):
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


def _taking_part(kind: Kind, state: State, name: str, action: Action, act: Act, world: World) -> Receipt | None:
    """Who takes no part in a matter does nothing to it (回避)."""
    words = why_out(kind, state, act, world)
    reference = kind.recusal.reference if kind.recusal else ""
    return Receipt(words, False, (), reference or kind.reference) if words else None


def _who(kind: Kind, state: State, name: str, action: Action, act: Act, world: World) -> Receipt | None:
    if authority_of(kind, name, action, state, act, world):
        return None
    who = [called(kind, by, state, world, act.at) for by in action.actors]
    return _because(say("matters.not_yours", who=who), action)


def _answered(kind: Kind, state: State, name: str, action: Action, act: Act, world: World) -> Receipt | None:
    """Who sits on a panel answers once."""
    words = why_answered(kind, state, action, act, world)
    return _because(words, action) if words else None


def _independent(kind: Kind, state: State, name: str, action: Action, act: Act, world: World) -> Receipt | None:
    """Who handled a matter does not verify it, who drafted does not sign (`capacity.not_independent`)."""
    words = not_independent(kind, state, action, act)
    return _because(words, action) if words else None


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
    due = state.clock(action.before).due if action.before else None
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
                return _because(_missing(kind, expression.fields(), seen), action, explained)
            words = say("matters.condition", because=action.because.mapping()) if action.because else None
            return _because(words or say("matters.condition_fails"), action, explained)
    return None


def _missing(kind: Kind, names: Iterable[str], seen: Mapping[str, Any]) -> Words:
    """Which facts of a condition are not there: fields by what people call them, in the order of the kind."""
    fields = {name.removeprefix("form.").partition(".")[0] for name in names if seen.get(name) in (None, UNKNOWN)}
    called = [title_of(name, spec) for name, spec in kind.fields.items() if name in fields]
    return say("matters.facts_missing", facts=called) if called else say("matters.fact_missing")


def _time(kind: Kind, state: State, name: str, action: Action, act: Act, world: World) -> Receipt | None:
    """What would move no clock is refused, not recorded: a pause of one that stands, an extension without an end."""
    if action.extends and (against := _no_extension(kind, state, action, act, world)):
        return against
    if action.to is not None:
        return None
    reasons = [(one, clocks.why_not_pause(state.clock(one), act.at)) for one in action.pauses]
    if reasons and all(key for _, key in reasons):
        clock, key = reasons[0]
        return _because(_of_clock(key or "", clock, kind, state, world), action)
    if action.continues and not any(state.clock(one).paused for one in action.continues):
        return _because(_of_clock("matters.clock_not_paused", action.continues[0], kind, state, world), action)
    return None


def _no_extension(kind: Kind, state: State, action: Action, act: Act, world: World) -> Receipt | None:
    how: Extends = action.extends  # type: ignore[assignment]
    asks = how.by in (*action.needs, *action.may)
    clock, left, n = state.clock(how.clock), clocks.left_of(how, state), state.get(f"form.{how.by}")
    if not clock.runs:
        return _because(_of_clock("matters.clock_not_running", how.clock, kind, state, world), action)
    if left < 1 or (not asks and isinstance(n, int | float) and n > left):
        return _because(say("matters.extended_enough", most=how.up_to, left=left), action)
    if not asks and not n:
        return _because(say("matters.nothing_asked"), action)
    if clock.due is not None and (clocks.asked_at(how, kind, state) or act.at) > clock.due:
        return _because(_of_clock("matters.clock_already_over", how.clock, kind, state, world), action)
    return None


def _of_clock(key: str, clock: str, kind: Kind, state: State, world: World) -> Words:
    return say(key, clock=kind.clocks[clock].title.mapping(), due=_local(state.clock(clock).due, world))


def idle(kind: Kind, state: State, action: Action, given: Mapping[str, Any], world: World) -> Receipt | None:
    """Giving a matter to the unit that has it, or into the category that it is in, changes nothing."""
    stays = action.to in (None, state["stage"])
    unit, category = given.get("unit"), given.get("category")
    moved = category is not None and category != state.get("category")
    if unit is not None and "unit" in action.needs and unit == state.get("lead") and not moved:
        if stays or kind.stages[state["stage"]].owner == "unit":
            return _because(say("matters.has_it_already", unit=unit_name(unit, world)), action)
    elif stays and category is not None and "category" in action.needs and not moved and unit is None:
        return _because(say("matters.category_already", category=world.categories[category].name), action)
    return None


def _local(at: datetime | None, world: World) -> datetime | None:
    return at.astimezone(world.district.zone) if at else None
