"""Who takes no part in a matter, what that keeps from them, and who acts where nobody else is left (回避). Pure.

Nobody who takes no part acts on it, nor whoever stands in for them or whose acts they do; nothing goes to a unit whose
people all take no part. Where that leaves nobody in a capacity, the roles that the kind names act in it. The last of
these cannot step back, so somebody always is left.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from yiwang.org.asker import PostHeld
from yiwang.org.colleagues import Colleague
from yiwang.why import Words, say

from .act import Act
from .action import Action
from .capacity import NO_POST, authority, fits, not_independent, place_of_duty, post_in, unit_name
from .clock_state import Delta, State
from .definition import Kind
from .facts import written
from .recusal import RECUSED, mark_of, mark_of_unit, marks_of, out_of, person_of, since, unit_of
from .world import World

BIRTH = "create"  # the act by which a field of the form names who takes no part

# --- what is kept from them ---------------------------------------------------------------------------------------


def why_out(kind: Kind, state: State, act: Act, world: World) -> Words | None:
    """Why whoever acts takes no part in a matter; None where they do."""
    mark = out_of(state, marks_of(act.behind, act.every_post))
    return None if not mark or act.role in NO_POST else said_of(kind, state, mark, act, world)


def said_of(kind: Kind, state: State, mark: str, act: Act, world: World) -> Words:
    """That a mark takes no part, since when and by what, told to whom it keeps out."""
    action, at = since(state, mark)
    known, local = kind.actions.get(action), at.astimezone(world.district.zone)
    by = known.title.mapping() if known else say("matters.created")
    if unit := unit_of(mark):
        return say("matters.recused_unit", unit=unit_name(unit, world), by=by, at=local)
    other = act.stands_for if act.stands_for and act.stands_for.person == person_of(mark) else None
    if other:
        return say("matters.recused_other", name=other.name, by=by, at=local)
    return say("matters.recused", by=by, at=local)


def unit_out(state: State, unit: str | None, world: World) -> bool:
    """Whether a unit cannot be given a matter: it takes no part, or nobody is left who acts for it."""
    if not unit or not state.get(RECUSED):
        return False
    acting = [(one, [post for post in one.posts if _acts_for(post, unit)]) for one in world.people.in_post()]
    there = [one for one, posts in acting if posts]
    return bool(out_of(state, [mark_of_unit(unit)])) or (bool(there) and all(_is_out(state, one) for one in there))


def _acts_for(post: PostHeld, unit: str) -> bool:
    return post.unit_code == unit and post.does.for_the_unit


def _is_out(state: State, colleague: Colleague) -> bool:
    return bool(out_of(state, marks_of([colleague.person], colleague.posts)))


# --- who acts where nobody is left --------------------------------------------------------------------------------


def authority_of(
    kind: Kind, name: str, action: Action, state: State, act: Act, world: World
) -> tuple[str, PostHeld | None] | None:
    """In which capacity somebody may do an action, also where nobody else is left who could; None when in none."""
    return authority(action, state, act, world) or standing_in(kind, name, action, state, act, world)


def standing_in(
    kind: Kind, name: str, action: Action, state: State, act: Act, world: World
) -> tuple[str, PostHeld] | None:
    """The role and post in which somebody acts because everybody who should takes no part; None where it is not so."""
    if kind.recusal is None or not state.get(RECUSED):
        return None
    held = [post for post in act.posts if post.role in kind.recusal.roles]
    people = world.people.in_post() if held else ()
    empty = (_is_left_empty(by, kind, name, state, act.at, people, world) for by in action.actors)
    if not held or not any(empty):
        return None
    role = _up(kind, name, state, act.at, people, world)
    return next(((role, post) for post in held if post.role == role and _stands(role, post, state, world)), None)


def _stands(role: str, post: PostHeld, state: State, world: World) -> bool:
    return fits(role, post, place_of_duty(role, state, world))


def _is_left_empty(
    by: str, kind: Kind, name: str, state: State, at: datetime, people: Sequence[Colleague], world: World
) -> bool:
    """Whether there are people in a capacity, and all who could do it take no part."""
    if by in NO_POST or by in kind.panels:  # nobody votes in the place of another
        return False
    acts = ((one, Act(name, at, person=one.person, posts=one.posts)) for one in people)
    able = [
        one
        for one, act in acts
        if post_in(by, state, act, world) and not not_independent(kind, state, kind.actions[name], act)
    ]
    return bool(able) and all(_is_out(state, one) for one in able)


def _up(kind: Kind, name: str, state: State, at: datetime, people: Sequence[Colleague], world: World) -> str:
    """The first of the roles that stand in of which somebody is left who may do an action; empty where none is."""
    for role, one in _left_of(kind, state, people, world):
        act = Act(name, at, person=one.person, posts=one.posts)
        if not not_independent(kind, state, kind.actions[name], act):
            return role
    return ""


def _left_of(kind: Kind, state: State, people: Sequence[Colleague], world: World) -> Iterator[tuple[str, Colleague]]:
    """(role, who) of everybody left who can stand in, in the order in which the kind names the roles."""
    for role in kind.recusal.roles if kind.recusal else ():
        for one in people:
            if not _is_out(state, one) and any(_stands(role, post, state, world) for post in one.posts):
                yield role, one


def follow(kind: Kind, state: State, at: datetime, world: World) -> list[str] | None:
    """The roles in whose inbox a matter stands because nobody else is left; none where somebody is, or it has ended."""
    stage = kind.stages[state["stage"]]
    if kind.recusal is None or not state.get(RECUSED) or stage.final:
        return None
    people = world.people.in_post()

    def empty(by: str, name: str) -> bool:
        return _is_left_empty(by, kind, name, state, at, people, world)

    for name in kind.by_stage[state["stage"]]:
        people_of = [by for by in kind.actions[name].actors if by not in NO_POST]
        if any(by == stage.owner and empty(by, name) for by in people_of) or (
            people_of and all(empty(by, name) for by in people_of)
        ):
            role = _up(kind, name, state, at, people, world)
            return [role] if role else None
    return None


# --- taking somebody out, and letting them in again ---------------------------------------------------------------


def taken(kind: Kind, state: State, given: Mapping[str, Any], act: Act, action: Action | None = None) -> Delta:
    """Who takes no part after an act, where that changes.

    action  None where the matter is opened
    """
    before = dict(state.get(RECUSED) or {})
    after = {mark: at for mark, at in before.items() if mark not in set(_named(kind, given, "readmits"))}
    new = [*_named(kind, given, "recuses"), *(marks_of(act.behind) if action and action.recuses else ())]
    for mark in new:
        after.setdefault(mark, [act.action, written(act.at)])
    return {RECUSED: after or None} if after != before else {}


def _named(kind: Kind, given: Mapping[str, Any], what: str) -> Iterator[str]:
    for name, value in given.items():
        spec = kind.fields.get(name)
        if spec is not None and getattr(spec, what) and value not in (None, ""):
            yield mark_of(spec, value)


def wrong_with(
    kind: Kind, state: State, given: Mapping[str, Any], delta: Mapping[str, Any], world: World
) -> dict[str, Words]:
    """field -> what stands against what was entered, as it is settled who takes no part; "" where no field says it."""
    after, wrong = State(state | delta), dict[str, Words]()
    if unit_out(after, given.get("unit"), world):
        wrong["unit"] = say("matters.given_to_recused", unit=unit_name(given["unit"], world))
    if kind.recusal is None or not delta.get(RECUSED):
        return wrong
    left = {one.person for _, one in _left_of(kind, after, world.people.in_post(), world)}
    if len(left) < fewest_left(kind) and delta[RECUSED].keys() - (state.get(RECUSED) or {}).keys():
        field = next((name for name in given if name in kind.fields and kind.fields[name].recuses), "")
        titles = [world.district.roles[role].title for role in kind.recusal.roles if role in world.district.roles]
        wrong[field] = say("matters.last_who_could", roles=titles, n=fewest_left(kind))
    return wrong


def fewest_left(kind: Kind) -> int:
    """How many who can stand in must be left: two where one of them may not do what another must."""
    return 2 if any(action.unlike or action.verifies for action in kind.actions.values()) else 1


def joined(matter: State, other: State) -> Delta:
    """Who takes no part in either of two takes none in the one that both become."""
    both = {**(matter.get(RECUSED) or {}), **(other.get(RECUSED) or {})}
    return {RECUSED: both} if both != (other.get(RECUSED) or {}) else {}


def not_there(kind: Kind, state: State, given: Mapping[str, Any]) -> dict[str, Words]:
    """field -> that whom it readmits takes part already."""
    return {
        name: say("matters.takes_part_already")
        for name, value in given.items()
        if (spec := kind.fields.get(name)) is not None
        and spec.readmits
        and value not in (None, "")
        and not out_of(state, [mark_of(spec, value)])
    }
