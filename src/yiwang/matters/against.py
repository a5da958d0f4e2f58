"""What stands against an action: each check gives the reason, or None. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from yiwang.expr import UNKNOWN
from yiwang.org.asker import PostHeld
from yiwang.org.personal import in_short
from yiwang.org.roles import DESK, EVERYWHERE, NOTHING, UNIT
from yiwang.org.roster import Roster, on_duty
from yiwang.why import Receipt, Words, say
from yiwang.worktime import due

from . import clocks
from .act import Act
from .action import Action, Extends, Since
from .clock_state import State
from .definition import Kind
from .facts import row
from .linked import WAITS
from .world import World


def refusal(kind: Kind, state: State, name: str, act: Act, world: World) -> Receipt | None:
    """The first reason why `act.person` may not do `name` now; None when they may."""
    action = kind.actions.get(name)
    if action is None:
        return Receipt(say("matters.no_such_action", action=in_short(name, 40), kind=kind.title.mapping()))
    if state.get(WAITS):
        return _because(say("matters.waits_for_another"), action)
    for check in (_stage, _who, _independent, _often, _window, _before, _condition, _time):
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
    who = [called(by, state, world, act.at) for by in action.actors]
    return _because(say("matters.not_yours", who=who), action)


def called(by: str, state: State, world: World, at: datetime | None = None) -> Words:
    """Who may, as people call them: by the title of the role, and of the unit where it hangs on one; of a roster, who
    is on duty."""
    if (roster := world.district.rosters.get(by)) and at is not None:
        asked = on_duty(roster, at.astimezone(world.district.zone))
        post = world.district.posts.get(asked.post)
        words = "matters.by_lead_of_roster" if asked.gap else "matters.by_roster"
        return say(words, roster=roster.title.mapping(), post=post.title if post else asked.post)
    unit = _unit_name(_place_of_duty(by, state, world), world)
    role = world.district.roles.get(by)
    if role is None:
        return say(f"matters.by_{by}", unit=unit)
    title = {language: text[:1].lower() + text[1:] for language, text in role.title.items()}
    return say("matters.by_role" if role.place == EVERYWHERE else "matters.by_role_of", role=title, unit=unit)


def _independent(kind: Kind, state: State, name: str, action: Action, act: Act, world: World) -> Receipt | None:
    """Who handled a matter never verifies it, nor does their unit (R1.7); no setting changes that.

    Who acts for another is both: neither may have handled it, nor done what this act asks of somebody else.
    Where the desk itself handled it (a direct reply), it is verified there all the same, by another person: only the
    desk may verify, and nobody else would be left.
    """
    for other in action.unlike:
        if not {*act.behind}.isdisjoint(state.get(f"by.{other}") or ()):
            return _because(say("matters.done_by_yourself", action=kind.actions[other].title.mapping()), action)
    if not action.verifies:
        return None
    if not {*act.behind}.isdisjoint(state.get("handlers") or ()):
        return _because(say("matters.handled_by_yourself"), action)
    units = set(state.get("handling_units") or ()) - {"", state.get("desk")}
    if act.posts and units.issuperset(post.unit_code for post in act.posts):
        return _because(say("matters.handled_by_your_unit"), action)
    if act.stands_for and not units.isdisjoint(post.unit_code for post in act.stands_for.own):
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
                return _because(say("matters.fact_missing"), action, explained)
            words = say("matters.condition", because=action.because.mapping()) if action.because else None
            return _because(words or say("matters.condition_fails"), action, explained)
    return None


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
            return _because(say("matters.has_it_already", unit=_unit_name(unit, world)), action)
    elif stays and category is not None and "category" in action.needs and not moved and unit is None:
        return _because(say("matters.category_already", category=world.categories[category].name), action)
    return None


# --- who ----------------------------------------------------------------------------------------------------------


def authority(action: Action, state: State, act: Act, world: World) -> tuple[str, PostHeld | None] | None:
    """In which capacity (and post) somebody may do an action; None when in none."""
    for by in action.actors:
        if by == act.role and by in ("system", "reporter"):
            return by, None
        place, roster = _place_of_duty(by, state, world), world.district.rosters.get(by)
        for post in act.posts:
            handled = by == "handler" and not {*act.behind}.isdisjoint(state.get("handlers") or ())
            if fits(by, post, place) or handled or (roster and _asked(roster, post, act, world)):
                return by, post
    return None


def _asked(roster: Roster, post: PostHeld, act: Act, world: World) -> bool:
    """Whether it is for the holder of a post: who is on duty when it is done, or who leads the roster."""
    return post.code in (roster.lead, on_duty(roster, act.at.astimezone(world.district.zone)).post)


def fits(by: str, post: PostHeld, place: str | None) -> bool:
    """Whether what `by` does at a unit is for the holder of a post; `filtering` asks the same of rows."""
    if by == UNIT:
        return post.does.for_the_unit and post.unit_code == place
    return by == post.role and (post.does.place == EVERYWHERE or post.unit_code == place)


def _place_of_duty(by: str, state: State, world: World) -> str | None:
    """The unit for which it is done: the desk's, the one in charge; None for what is done everywhere."""
    where = UNIT if by == UNIT else world.district.roles.get(by, NOTHING).place
    return state.get({DESK: "desk", UNIT: "lead"}.get(where, ""))


def _unit_name(code: str | None, world: World) -> Mapping[str, str] | str:
    return world.district.by_code[code].name if code in world.district.by_code else "—"


def _local(at: datetime | None, world: World) -> datetime | None:
    return at.astimezone(world.district.zone) if at else None
