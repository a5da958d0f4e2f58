"""What the people of a panel have answered, and what a matter knows of it: each once, in person, as it stands. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from yiwang.org.colleagues import Colleague
from yiwang.why import Words, say

from .act import Act
from .action import Action
from .capacity import not_independent
from .clock_state import Delta, State
from .definition import Kind
from .facts import written
from .panel import (
    AWAITED,
    BALLOTS,
    SEATED,
    SEATED_UNITS,
    Panel,
    fact_of_panel,
    panel_of,
    parts_of,
)
from .recusal import RECUSED, marks_of, out_of
from .world import World


def why_answered(kind: Kind, state: State, action: Action, act: Act, world: World) -> Words | None:
    """That whoever acts has answered already; None where they have not, or it is no panel's."""
    name = panel_of(kind.panels, action.actors)
    ballot = (state.get(f"{BALLOTS}{name}") or {}).get(str(act.person)) if name else None
    if ballot is None:
        return None
    at = datetime.fromisoformat(ballot[1]).astimezone(world.district.zone)
    return say("matters.answered_already", panel=kind.panels[name].title.mapping(), at=at)


def taken(kind: Kind, state: State, action: Action, act: Act, given: Mapping[str, Any], world: World) -> Delta | None:
    """What an answer of somebody on a panel changes: their own alone, and the numbers; None where it is no panel's."""
    name = panel_of(kind.panels, action.actors)
    if not name or act.person is None:
        return None
    vote = given.get(kind.panels[name].vote)
    ballots = {**(state.get(f"{BALLOTS}{name}") or {}), str(act.person): [vote, written(act.at)]}
    delta: Delta = {f"{BALLOTS}{name}": ballots}
    return delta | follow(kind, state | delta, world)


def cleared(kind: Kind, state: Mapping[str, Any], stage: str) -> Delta:
    """What is asked anew when a matter comes into a stage: nobody has answered yet."""
    return {
        f"{BALLOTS}{name}": None
        for name in kind.panels
        if stage in kind.asks_panel[name] and state.get(f"{BALLOTS}{name}") is not None
    }


def follow(kind: Kind, merged: Mapping[str, Any], world: World) -> Delta:
    """Who sits on each panel, who has yet to answer, and the numbers, as the facts make them."""
    if not kind.panels:
        return {}
    derived: Delta = {}
    awaited: list[str] = []
    units = set(merged.get(SEATED_UNITS) or ())
    for name, panel in kind.panels.items():
        seats = _seats(panel, merged)
        if seats != merged.get(f"{SEATED}{name}"):
            units |= _units_of(seats, world)
        derived[f"{SEATED}{name}"] = seats or None
        here = merged.get("stage") in kind.asks_panel[name]
        sitting = _taking_part(seats, merged, world)
        ballots = merged.get(f"{BALLOTS}{name}") or {}
        if here:
            awaited += [mark for one in sitting if str(one) not in ballots for mark in marks_of([one])]
        derived |= _numbers(name, panel, sitting, ballots) if seats else dict.fromkeys(_facts(name, panel))
    derived[AWAITED] = sorted(set(awaited)) or None
    derived[SEATED_UNITS] = sorted(units) or None
    return derived


def _seats(panel: Panel, merged: Mapping[str, Any]) -> list[int]:
    said = merged.get(f"form.{panel.of}")
    return [] if said in (None, "") else list(dict.fromkeys(said)) if isinstance(said, list | tuple) else [said]


def _units_of(people: list[int], world: World) -> set[str]:
    return {post.unit_code for one in world.people.in_post() if one.person in people for post in one.posts}


def _taking_part(seats: list[int], state: Mapping[str, Any], world: World) -> list[int]:
    """Those who sit and have not stepped back: these count for the quorum (回避)."""
    if not seats or not state.get(RECUSED):
        return seats
    posts = {one.person: one.posts for one in world.people.in_post()}
    return [one for one in seats if not out_of(state, marks_of([one], posts.get(one, ())))]


def _facts(name: str, panel: Panel) -> Iterator[str]:
    return (fact_of_panel(name, part) for part in parts_of(panel))


def _numbers(name: str, panel: Panel, sitting: list[int], ballots: Mapping[str, Any]) -> Delta:
    votes = [ballots[str(one)][0] for one in sitting if str(one) in ballots]
    abstained = sum(vote in panel.abstains for vote in votes)
    agreed = sum(vote in panel.for_ for vote in votes)
    every = {
        "members": len(sitting),
        "responded": len(votes),
        "open": len(sitting) - len(votes),
        "cast": len(votes) - abstained,
        "for": agreed,
        "against": len(votes) - abstained - agreed,
        "abstained": abstained,
        "quorum": panel.stands(len(votes), len(sitting)),
    }
    return {fact_of_panel(name, part): every[part] for part in parts_of(panel)}


def hides(kind: Kind, state: Mapping[str, Any]) -> list[str]:
    """The panels whose votes nobody is shown as the matter stands."""
    return [name for name, panel in kind.panels.items() if panel.secret and state["stage"] in kind.asks_panel[name]]


def cannot_sit(kind: Kind, given: Mapping[str, Any], after: State, at: datetime, world: World) -> dict[str, Words]:
    """field -> who of those whom it names to sit on a panel could never answer: the matter is out of their sight, or
    they or their unit have handled what they would judge (R1.7)."""
    wrong: dict[str, Words] = {}
    for name, panel in kind.panels.items():
        if panel.of not in given:
            continue
        said = given[panel.of] if isinstance(given[panel.of], list) else [given[panel.of]]
        people = [one for one in world.people.in_post() if one.person in said]
        blind = [one.name for one in people if not one.clears(kind.matter, after["sensitivity"])]
        handled = [one.name for one in people if judges_own(kind, name, one, after, at)]
        if blind or handled:
            wrong[panel.of] = say("matters.sits_blind" if blind else "matters.sits_handled", names=blind or handled)
    return wrong


def judges_own(kind: Kind, panel: str, colleague: Colleague, after: State, at: datetime) -> bool:
    """Whether independence keeps somebody from all that is done on a panel."""
    acts = {name: action for name, action in kind.actions.items() if panel in action.actors}
    return bool(acts) and all(
        not_independent(kind, after, action, Act(name, at, person=colleague.person, posts=colleague.posts))
        for name, action in acts.items()
    )
