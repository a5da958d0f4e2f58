"""Two matters made one, and taken apart again: what stands against it, and what comes of it for both (R1.13, R2.12).

The one waits for the other: nothing can be done to it, its clocks stop or run on as its kind says, and it ends as the
other does. Taken apart it is what it was. What others wait for waits for none, so no two wait for each other. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from math import cos, hypot, radians
from typing import Any

from yiwang.org.asker import PostHeld
from yiwang.org.titles import Title
from yiwang.typed.text import seen
from yiwang.why import Receipt, Words, say

from . import clocks, ending, facts, following, recused
from .act import Act
from .action import Action
from .capacity import NO_POST, authority, called
from .children import COUNTED, WHOLE, fact_of_children
from .clock_state import Delta, State
from .definition import Kind
from .entitled import every_title
from .granting import ASKED_OF
from .joined import Merge, fact_named
from .linked import (
    BEFORE,
    CALLERS,
    COUNTED_WITH,
    INTO,
    MERGED,
    ONE_WITH,
    WAITS,
    Link,
    with_link,
    without_link,
)  # fmt: skip
from .recusal import STANDS_IN, marks_of, out_of
from .world import World

MERGE, TAKE, PART, GIVE_BACK, END = "link.merge", "link.take", "link.part", "link.give_back", "link.end"
FEWEST, MOST = 4, 400  # signs of a reason
TELLING = 8  # signs of a title that tells which matter is meant
_METRES_A_DEGREE = 111_320


def metres_between(state: State, other: State) -> float | None:
    """How far the places of two matters are from each other; None where one has none."""
    if state.get("lon") is None or other.get("lon") is None:
        return None
    across = (state["lon"] - other["lon"]) * cos(radians((state["lat"] + other["lat"]) / 2))
    return hypot(across, state["lat"] - other["lat"]) * _METRES_A_DEGREE


def reason_wrong(reason: str, *sides: State) -> Words | None:
    """What is wrong with the reason for making one of two, or two of one: it stands in the ledgers of both."""
    if len(seen(reason).strip()) < FEWEST:
        return say("matters.text_too_short", n=FEWEST)
    if len(reason) > MOST:
        return say("matters.text_too_long", n=len(reason), most=MOST)
    names = [state["number"] for state in sides]
    names += [title for state in sides for said in every_title(state) if len(title := seen(said)) >= TELLING]
    return say("matters.reason_names_other") if any(name.upper() in seen(reason).upper() for name in names) else None


# --- may it be done -------------------------------------------------------------------------------------------------


def post_for(how: Merge, state: State, act: Act, world: World) -> tuple[str, PostHeld | None] | None:
    """In which role and post somebody may merge a matter; None when in none."""
    return post_of(how.roles, state, act, world)


def post_of(roles: list[str], state: State, act: Act, world: World) -> tuple[str, PostHeld | None] | None:
    """In which of some roles, and in which post, somebody acts on a matter; None when in none."""
    if act.role not in NO_POST and out_of(state, marks_of(act.behind, act.every_post)):
        return None
    return authority(Action(title=Title(), from_=[], by=roles), state, act, world)


def against_merging(kind: Kind, matter: State, into: Kind, other: State, act: Act, world: World) -> Receipt | None:
    """The first reason why `one` may not be merged into `other`; None when it may."""
    return next(_against(kind, matter, into, other, act, world), None)


def _against(kind: Kind, mine: State, into: Kind, other: State, act: Act, world: World) -> Iterator[Receipt]:
    how = kind.merge
    if how is None or into.merge is None or kind.matter != into.matter:
        yield _no("merge_of_kind", one=kind.title.mapping(), other=into.title.mapping())
        return
    if mine["number"] == other["number"]:
        yield _no("merge_with_itself")
    for state in (mine, other):
        if not post_for(how, state, act, world):
            who = [called(kind, by, state, world) for by in how.roles]
            yield Receipt(say("matters.not_yours", who=who), False, (), kind.reference)
    yield from _standing(kind, mine, into, other)
    for words in recused.wrong_with(into, other, {}, recused.joined(mine, other), world).values():
        yield Receipt(words, False, (), kind.reference)
    yield from _alike(kind, how, mine, other)


def _standing(kind: Kind, mine: State, into: Kind, other: State) -> Iterator[Receipt]:
    """How both stand: open, alone, and with an end that both know."""
    for state in (mine, other):
        if state.get(WAITS):
            yield _no("merge_waits", number=state["number"])
        elif state.get("closed_at") is not None:
            yield _no("merge_ended", number=state["number"])
    if mine.get(CALLERS, 1) > 1:
        yield _no("merge_waited_for", number=mine["number"])
    if mine.get(WHOLE) or any(mine.get(fact_of_children(name, COUNTED[1])) for name in kind.children):
        yield _no("merge_in_family", number=mine["number"])
    how = kind.merge
    if how and how.stages and mine["stage"] not in how.stages:
        stage, allowed = (
            kind.stages[mine["stage"]].title.mapping(),
            [kind.stages[s].title.mapping() for s in how.stages],
        )
        yield _no("merge_stage", number=mine["number"], stage=stage, allowed=allowed)
    ends = {name for name, stage in kind.stages.items() if stage.final}
    if {name for name, stage in into.stages.items() if stage.final} - ends:
        yield _no("merge_versions", one=kind.version, other=into.version)


def _alike(kind: Kind, how: Merge, state: State, other: State) -> Iterator[Receipt]:
    """How near they are, and whether they are of the same."""
    for word in how.same:
        if state.get(fact_named(word)) != other.get(fact_named(word)):
            yield _no("merge_differs", fact=name_of(kind, word))
    if how.within.metres:
        apart = metres_between(state, other)
        if apart is None:
            yield _no("merge_no_place", most=how.within.metres)
        elif apart > how.within.metres:
            yield _no("merge_too_far", metres=round(apart), most=how.within.metres)
    between = abs(state["created_at"] - other["created_at"])
    if how.within.days and between > timedelta(days=how.within.days):
        yield _no("merge_too_long", days=between.days, most=how.within.days)


def name_of(kind: Kind, word: str) -> Any:
    """What people call that which a word of `same` names."""
    if word in ("reporter", "place"):
        return say(f"matters.same_{word}")
    found = kind.schema.fields.get(word)
    return found.title if found and found.title else word


def _no(key: str, **args: Any) -> Receipt:
    return Receipt(say(f"matters.{key}", **args), False)


def against_parting(kind: Kind, state: State, act: Act, world: World) -> Receipt | None:
    """Why a matter may not be taken apart from the one that it waits for; None when it may."""
    if not state.get(WAITS) or kind.merge is None:
        return _no("parted_too_late" if state.get(ONE_WITH) else "part_of_nothing", number=state["number"])
    if not post_for(kind.merge, state, act, world):
        return _no("not_yours", who=[called(kind, by, state, world) for by in kind.merge.roles])
    return None


# --- what comes of it -----------------------------------------------------------------------------------------------


def waiting(kind: Kind, state: State, other: State, at: datetime, world: World) -> Delta:
    """What changes of the one that waits from now on: its clocks, whose move it is, and what it was before."""
    how: Merge = kind.merge  # type: ignore[assignment]
    delta: Delta = {}
    if how.clocks == "stop":
        clocks.stop_all(kind, state, delta, at, world)
    delta |= {"holder": None, "holder_role": ""}
    if state.get("raised"):
        delta["raised"] = []
    delta |= {fact: None for fact in (STANDS_IN, ASKED_OF) if state.get(fact)}
    if state.get("holder"):  # who had it goes on seeing it
        delta["once"] = sorted({*(state.get("once") or ()), state["holder"]})
    before = {name: state.get(name) for name in delta}
    said = {ONE_WITH: True, INTO: other["number"], WAITS: True, COUNTED_WITH: how.counts == "once", BEFORE: before}
    return delta | said | with_link(state, Link(MERGED, True, other["number"]))


def waited_for(kind: Kind, state: State, other: State, at: datetime, world: World) -> Delta:
    """What changes of the matter for which another waits from now on, and what follows from that."""
    delta: Delta = {CALLERS: other.get(CALLERS, 1) + 1, **with_link(other, Link(MERGED, False, state["number"]))}
    delta |= recused.joined(state, other)
    following.follow(kind, other, delta, at, world)
    return delta


def apart(kind: Kind, state: State, at: datetime, world: World) -> Delta:
    """What changes of the one that waits for nobody any more: it is what it was before."""
    delta: Delta = dict(facts.read(facts.write(state[BEFORE])))
    delta |= {ONE_WITH: False, INTO: None, WAITS: False, COUNTED_WITH: False, BEFORE: None}
    delta |= without_link(state, Link(MERGED, True, state[INTO]))
    for clock in (state | delta).clocks():
        found = clocks.reckon(clock, world.calendar) if clock.runs and not clock.paused else None
        if found and found.at is not None and found.at != clock.due:  # another calendar since
            delta |= clock.move(found.at, found.provisional)
    following.follow(kind, state, delta, at, world)
    return delta


def given_back(kind: Kind, matter: State, other: State, at: datetime, world: World) -> Delta:
    """What changes of the other, for which one matter less waits, and what follows from that."""
    delta: Delta = {CALLERS: other.get(CALLERS, 1) - 1, **without_link(other, Link(MERGED, False, matter["number"]))}
    following.follow(kind, other, delta, at, world)
    return delta


def ended(kind: Kind, state: State, other: State, at: datetime, world: World) -> Delta:
    """What changes of the one that waits when the other has ended: it ends there too, and waits no more."""
    stage = other["stage"]
    delta: Delta = {"stage": stage, f"in.{stage}": at, "closed_at": at, WAITS: False, BEFORE: None}
    clocks.stop_with(kind, state, delta, other, at, world)
    return delta | ending.ended(kind, state | delta, at, world)
