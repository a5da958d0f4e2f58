"""Proves that everything a kind names exists: stages, actions, fields, clocks, and who owns or acts."""

from __future__ import annotations

from collections.abc import Iterator

from yiwang.org.roles import NOTHING, UNIT
from yiwang.why import Words, say

from .action import Action, Since
from .crew import Crew
from .definition import BUILT_IN, BY, OWNERS, Kind


def complaints(kind: Kind, crew: Crew) -> Iterator[tuple[str, Words]]:
    """(path in the file, what it names that is not there), in the order of the file."""
    both = set(kind.stages) & set(kind.actions)
    if both:
        yield "actions", say("matters.name_twice", names=sorted(both))
    yield from _stages(kind, crew)
    for name, action in kind.actions.items():
        path = f"actions.{name}"
        yield from _places(path, action, kind)
        yield from _extension(path, action, kind)
        for by in action.actors:
            yield from _actor(f"{path}.by", by, (*BY, *kind.own_actors), crew)
        yield from _asked(path, action, kind)
        yield from _times(path, action, kind)
    yield from _alike(kind)
    yield from _clocks(kind)
    for name, door in kind.opens.items():
        for by in door.by:
            if not crew.knows(by):
                yield f"opens.{name}.by", say("matters.owner_unknown", owner=by, known=[*crew.roles])
    yield from _unseen(kind, crew)
    if kind.auto and kind.auto not in kind.actions:
        yield "auto", say("matters.no_such_event", event=kind.auto)


def _stages(kind: Kind, crew: Crew) -> Iterator[tuple[str, Words]]:
    """A stage that waits has an owner, one that ends has none."""
    for name, stage in kind.stages.items():
        if stage.final == (stage.owner is not None):
            wrong = "matters.owner_wanted" if not stage.final else "matters.final_has_owner"
            yield f"stages.{name}", say(wrong, stage=name)
        elif stage.owner is not None:
            yield from _actor(f"stages.{name}.owner", stage.owner, (*OWNERS, *kind.own_actors), crew)


def _alike(kind: Kind) -> Iterator[tuple[str, Words]]:
    """Nobody reads two stages, or two things that they can do at one stage, under one title."""
    stages: dict[tuple[str, ...], str] = {}
    for name, stage in kind.stages.items():
        title = tuple(stage.title.values())
        if stages.setdefault(title, name) != name:
            yield f"stages.{name}.title", say("matters.title_twice", title=stage.title.mapping())
    acts: dict[tuple[object, ...], str] = {}
    for name, action in kind.actions.items():
        said = {
            (stage, by, *action.title.values()) for stage in action.stages for by in action.actors if by != "system"
        }
        others = {acts.setdefault(one, name) for one in said} - {name}
        # what takes the place of another may bear its title
        if any(action.then != other and kind.actions[other].then != name for other in others):
            yield f"actions.{name}.title", say("matters.title_twice", title=action.title.mapping())


def _places(path: str, action: Action, kind: Kind) -> Iterator[tuple[str, Words]]:
    """Where an action comes from and leads to are stages."""
    for place in [*action.stages, *([action.to] if action.to else [])]:
        if place not in kind.stages:
            yield f"{path}.{'to' if place == action.to else 'from'}", say("matters.no_such_stage", stage=place)
    for number, outcome in enumerate(action.outcomes):
        if outcome.to not in kind.stages:
            yield f"{path}.outcomes[{number}].to", say("matters.no_such_stage", stage=outcome.to)
    for number, refused in enumerate(action.refuses):
        if refused.field not in action.asked:
            yield f"{path}.refuses[{number}].field", say("matters.no_such_field", field=refused.field)


def _extension(path: str, action: Action, kind: Kind) -> Iterator[tuple[str, Words]]:
    """An extension says by which field, and which action asks for it."""
    if action.extends and action.extends.by not in {*kind.fields, *BUILT_IN}:
        yield f"{path}.extends.by", say("matters.no_such_field", field=action.extends.by)
    if action.extends and action.extends.asked_by and action.extends.asked_by not in kind.actions:
        yield f"{path}.extends.asked_by", say("matters.no_such_event", event=action.extends.asked_by)


def _asked(path: str, action: Action, kind: Kind) -> Iterator[tuple[str, Words]]:
    """What an action needs or may be told are fields."""
    for what in ("needs", "may"):
        for asked in getattr(action, what):
            if asked not in {*kind.fields, *BUILT_IN}:
                yield f"{path}.{what}", say("matters.no_such_field", field=asked)


def _times(path: str, action: Action, kind: Kind) -> Iterator[tuple[str, Words]]:
    """The clocks that an action touches, what follows it and what its time runs from exist."""
    touched = [*action.pauses, *action.continues, action.before, action.extends.clock if action.extends else None]
    for clock in touched:
        if clock and clock not in kind.clocks:
            yield path, say("matters.no_such_clock", clock=clock)
    for number, other in enumerate(action.unlike):
        if other not in kind.actions:
            yield f"{path}.unlike[{number}]", say("matters.no_such_event", event=other)
        elif kind.actions[other] is action:
            yield f"{path}.unlike[{number}]", say("matters.unlike_itself", action=other)
    if action.then and action.then not in kind.actions:
        yield f"{path}.then", say("matters.no_such_event", event=action.then)
    if isinstance(action.within, Since) and action.within.since not in {*kind.stages, *kind.actions}:
        yield f"{path}.within", say("matters.no_such_event", event=action.within.since)


def _clocks(kind: Kind) -> Iterator[tuple[str, Words]]:
    """A clock is turned by stages and actions."""
    for name, clock in kind.clocks.items():
        for what in ("starts", "stops", "drops", "resumes", "restarts"):
            for event in clock.on(what):
                if event not in {*kind.stages, *kind.actions}:
                    yield f"clocks.{name}.{what}", say("matters.no_such_event", event=event)


def _unseen(kind: Kind, crew: Crew) -> Iterator[tuple[str, Words]]:
    """Who has a move, is to be told, or opens one sees the kind: nobody reports what they could not follow."""
    named = [(f"opens.{name}.by", door.by) for name, door in kind.opens.items()]
    named += [(f"stages.{name}.owner", [stage.owner]) for name, stage in kind.stages.items() if stage.owner]
    for name, action in kind.actions.items():
        named += [(f"actions.{name}.by", action.actors), (f"actions.{name}.raises", action.raises)]
    for path, roles in named:
        for role in roles:
            if role not in BY and crew.knows(role) and not crew.sees(role, kind.matter):
                yield path, say("matters.role_blind", role=role, kind=kind.matter)


def _actor(path: str, name: str, words: tuple[str, ...], crew: Crew) -> Iterator[tuple[str, Words]]:
    """Who owns or acts is a word of the platform's, or a role that says what it acts for."""
    if name in words:
        return
    if name in BY or not crew.knows(name):
        yield path, say("matters.owner_unknown", owner=name, known=[*words, *crew.roles, *crew.rosters])
    elif not crew.everybody and name in crew.roles and not crew.roles[name].acts_for:
        yield path, say("matters.role_acts_nowhere", role=name)


def enough_people(kind: Kind, crew: Crew) -> Iterator[tuple[str, Words]]:
    """Where one action takes somebody who has not done another, there is such a person: of another role, or a second
    one of the same."""
    for name, action in kind.actions.items():
        for other in action.unlike:
            before = kind.actions[other].actors
            numbers = {by: 2 if by in (*BY, *kind.own_actors) else crew.fewest(by) for by in action.actors}
            if all(_acted_as(by, before, crew) and n < 2 for by, n in numbers.items()):
                most = max(numbers.values(), default=0)
                yield f"actions.{name}.unlike", say("matters.unlike_alone", action=name, other=other, n=most)


def _acted_as(by: str, before: list[str], crew: Crew) -> bool:
    """Whether who does what `by` says may have done what others do: as the same, or for the unit in charge."""
    return by in before or (UNIT in before and crew.roles.get(by, NOTHING).for_the_unit)
